"""Findings follow the figures: what changed is looked at, and comes out as if all were."""

import random

import pytest

from db import figures, findings, history, ingest, sources
from db.upkeep import Upkeep

TEXTS = {
    "depot": "The depot at Kaldi issued 1,240 blankets, namely 700 for the hospital and 540 for the"
    " school.\n\nThe mission received 40 horses and 25 mules, 75 animals in all.\n",
    "mill": "The Kaldi mill at Orlen ground 430 sacks of barley for the garrison in 1912.\n\n"
    "Of the 200 workers 50, or 25 per cent, were women.\n",
    "letter": "The Kaldi mill at Orlen ground 390 sacks of barley for the garrison in 1912.\n\n"
    "Of the 300 workers 50, or 30 per cent, were women.\n",
    "copy": "The Kaldi mill at Orlen ground 390 sacks of barley for the garrison in 1912.\n\n"
    "Of the 300 workers 50, or 30 per cent, were women.\n\n",
}


@pytest.fixture
def kept_up(archive, tmp_path, home):
    paths = []
    for name, text in TEXTS.items():
        paths.append(tmp_path / f"{name}.txt")
        paths[-1].write_text(text, encoding="utf-8")
    ingest.add(archive, paths)
    upkeep = Upkeep()
    assert not upkeep.look(archive)  # the import has looked
    return archive, upkeep


def test_rejecting_a_part_takes_its_sum_along_and_leaves_the_rest(kept_up):
    archive, upkeep = kept_up
    before = findings.all(archive)
    total = next(each for each in before if each.stated == 1240)
    figures.decide(archive, total.figure_ids[1:2], "rejected")
    assert upkeep.look(archive)
    assert findings.all(archive) == [each for each in before if each.id != total.id]
    history.undo(archive)
    assert upkeep.look(archive)
    assert [each.message for each in findings.all(archive)] == [each.message for each in before]


def test_an_edited_figure_changes_what_follows_and_not_what_a_person_judged(kept_up):
    archive, upkeep = kept_up
    total, animals = (
        next(each for each in findings.all(archive) if each.stated == stated)
        for stated in (1240, 75)
    )
    findings.judge(archive, total.id, "confirmed", "counted in the stores")
    findings.judge(archive, animals.id, "changed", "one was lame", verdict="agrees within rounding")
    figures.edit(archive, total.figure_ids[1], value=710.0)
    upkeep.look(archive)
    now = {each.id: each for each in findings.all(archive)}
    assert (now[total.id].verdict, now[total.id].computed) == ("differs", 1250)
    assert (now[total.id].judgement, now[total.id].reason) == ("confirmed", "counted in the stores")
    assert now[animals.id].verdict == "agrees within rounding"


def test_where_nothing_has_changed_nothing_is_written(kept_up):
    archive, upkeep = kept_up
    figures.decide(archive, [figures.all(archive)[0].id], "accepted")
    written = archive.meta("write_seq")
    assert not upkeep.look(archive)
    assert not Upkeep().look(archive)
    assert archive.meta("write_seq") == written
    figures.edit(archive, figures.all(archive)[0].id, of="woollen blankets")
    assert Upkeep().look(archive)


def test_what_changed_while_nobody_looked_is_looked_at_when_an_archive_is_opened(kept_up):
    archive, _ = kept_up
    total = next(each for each in findings.all(archive) if each.stated == 1240)
    figures.decide(archive, total.figure_ids, "rejected")
    assert Upkeep().look(archive)
    assert total.id not in [each.id for each in findings.all(archive)]


def test_looking_at_what_changed_finds_what_looking_at_everything_does(kept_up):
    archive, upkeep = kept_up
    assert any(each.kind == "disagreement" for each in findings.all(archive))
    chosen = random.Random(4)
    for step in range(8):
        every = figures.all(archive)
        for kept in chosen.sample(every, 3):
            if chosen.random() < 0.5:
                figures.decide(archive, [kept.id], "rejected")
            else:
                figures.edit(archive, kept.id, value=kept.figure.value * chosen.choice((2, 10)))
        if step == 5:
            sources.remove(archive, [chosen.choice(every).source_id])
        upkeep.look(archive)
        followed = findings.all(archive)
        written = archive.meta("write_seq")
        findings.find(archive)
        assert findings.all(archive) == followed
        assert archive.meta("write_seq") == written  # not even a row was put in its own place
