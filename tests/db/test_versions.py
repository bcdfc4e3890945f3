"""A corrected text is a new version; what stood on the old is carried over without doubt or waits."""

import random
from dataclasses import replace

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from db import (
    annotations,
    errors,
    figures,
    findings,
    history,
    ingest,
    links,
    search,
    series,
    shelf,
    sources,
    tags,
    versions,
)
from db import check as checking
from db.archive import Archive
from db.records import Span, Target
from tests.db.annotated_archive import add_figure, add_source, dump
from tests.db.random_edits import edited, written

LEDGER = """# Ledger of the mill

In March 1938 the office lent the mill 12,000 dollars for a boiler. 🚢 The clerk wrote it down.

> "We shall pay it back in oil," said the miller.

In April 1939 the mill paid back 4,500 dollars.

The loan stood at 7,500 dollars at the end of 1939.
"""
TABLES = ("annotations", "tags", "taggings", "links", "sources")


@pytest.fixture(scope="module")
def ledger_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ledger")
    (folder / "ledger.md").write_text(LEDGER)
    with Archive.create(folder / "made.muniment") as archive:
        ingest.add(archive, [folder / "ledger.md"])
        archive.backup(folder / "copy.muniment")
    return folder / "copy.muniment"


@pytest.fixture
def ledger(ledger_once, tmp_path):
    path = tmp_path / "a.muniment"
    path.write_bytes(ledger_once.read_bytes())
    with Archive.open(path, adopt=True) as archive:
        archive.person = "Ada"
        yield archive


def span(archive, words):
    start = sources.text(archive, 1).index(words)
    return Target(source_id=1, start=start, end=start + len(words))


def quoted(archive):
    """Each annotation's words as its text has them at its place."""
    text = sources.text(archive, 1)
    rows = annotations.rows(archive, annotations.ids(archive)).values()
    return [text[each.target.start : each.target.end] for each in rows]


def visible(archive):
    return [(each.id, each.status, each.figure) for each in figures.in_source(archive, 1)]


def test_what_no_edit_touched_is_carried_over_and_the_rest_waits_with_candidates(ledger):
    text = sources.text(ledger, 1)
    calm = annotations.add(ledger, "note", span(ledger, "said the miller"), body="who?")
    hurt = annotations.add(ledger, "highlight", span(ledger, "lent the mill"), colour="red")
    carried = versions.correct(ledger, 1, text.replace("lent the mill", "lent to the mill"))
    assert (carried.annotations, carried.annotations_waiting) == (1, 1)
    assert annotations.ids(ledger) == [calm]
    assert quoted(ledger) == ["said the miller"]
    assert annotations.ids(ledger, state="orphaned") == [hurt]
    (orphan,) = [each for each in shelf.all(ledger) if each.annotation_id]
    assert (orphan.words, orphan.kind) == ("lent the mill", "highlight")
    best = shelf.places(ledger, orphan)[0]
    assert best.words == "lent to the mill"
    shelf.put(ledger, {orphan: Span(best.candidate.start, best.candidate.end)})
    assert sorted(quoted(ledger)) == ["lent to the mill", "said the miller"]
    assert annotations.get(ledger, hurt).exact == "lent to the mill"
    assert not [each for each in shelf.all(ledger) if each.annotation_id]
    assert all(result.ok for result in checking.run(ledger, None))


def test_decided_figures_go_along_with_their_series_and_explain_themselves(ledger):
    text = sources.text(ledger, 1)
    kept = {each.figure.text: each for each in figures.in_source(ledger, 1)}
    paid = next(each for words, each in kept.items() if "4,500" in words)
    lent = next(each for words, each in kept.items() if "12,000" in words)
    figures.decide(ledger, [paid.id, lent.id], "accepted")
    row = series.make(ledger, "What was paid", [paid.id])
    carried = versions.correct(
        ledger, 1, "A new first line.\n\n" + text.replace("12,000", "12,500")
    )
    assert (carried.figures, carried.figures_waiting) == (1, 1)
    now = figures.rows(ledger, [paid.id])[paid.id]
    new = sources.text(ledger, 1)
    assert new[now.figure.start : now.figure.end] == paid.figure.text
    assert now.status == "accepted"
    for _part, words, start, end in now.figure.why:
        assert new[start:end] == words
    assert series.get(ledger, row).points[0].figure_id == paid.id
    spans = [(each.figure.start, each.figure.end) for each in figures.in_source(ledger, 1)]
    assert len(spans) == len(set(spans))
    (orphan,) = shelf.all(ledger)
    assert (orphan.figure_id, orphan.status) == (lent.id, "accepted")
    place = shelf.places(ledger, orphan)[0]
    assert "12,500" in place.words
    shelf.put(ledger, {orphan: Span(place.candidate.start, place.candidate.end)})
    assert shelf.count(ledger) == 0
    assert figures.rows(ledger, [lent.id])[lent.id].status == "accepted"


def test_a_new_version_is_one_command_undone_and_done_again(ledger):
    text = sources.text(ledger, 1)
    fire = tags.add(ledger, "boiler")
    tags.put(ledger, [fire], [span(ledger, "a boiler"), span(ledger, "at the end of 1939")])
    links.add(ledger, "explains", span(ledger, "a boiler"), span(ledger, "said the miller"))
    figures.decide(ledger, [each.id for each in figures.in_source(ledger, 1)], "accepted")
    before, figures_before = dump(ledger, TABLES), visible(ledger)
    commands = len(history.log(ledger))
    versions.correct(ledger, 1, text.replace("a boiler", "two boilers").replace("# ", "# The "))
    assert len(history.log(ledger)) == commands + 1
    after, figures_after = dump(ledger, TABLES), visible(ledger)
    history.undo(ledger)
    assert sources.text(ledger, 1) == text
    assert dump(ledger, TABLES) == before
    assert visible(ledger) == figures_before
    history.redo(ledger)
    assert "two boilers" in sources.text(ledger, 1)
    assert dump(ledger, TABLES) == after
    assert visible(ledger) == figures_after


def test_what_is_added_to_a_text_corrected_meanwhile_is_seen_on_the_shelf(ledger):
    old = versions.all(ledger, 1)[0].text_id
    place = replace(span(ledger, "said the miller"), text_id=old)
    versions.correct(ledger, 1, "A new line.\n\n" + sources.text(ledger, 1))
    annotations.add(ledger, "note", place, body="who?")
    (orphan,) = shelf.all(ledger)
    assert orphan.words == "said the miller"
    assert shelf.places(ledger, orphan)[0].candidate.is_same


def test_going_back_to_an_older_version_brings_home_what_waited(ledger):
    text = sources.text(ledger, 1)
    made = annotations.add(ledger, "highlight", span(ledger, "lent the mill"), colour="red")
    versions.correct(ledger, 1, text.replace("lent the mill", "gave the mill"), reason="typed")
    assert annotations.ids(ledger, state="orphaned") == [made]
    old, new = versions.all(ledger, 1)[1], versions.all(ledger, 1)[0]
    assert (new.reason, new.is_present, old.is_present) == ("typed", True, False)
    assert versions.text(ledger, old.text_id) == text
    versions.use(ledger, 1, old.text_id)
    assert annotations.ids(ledger) == [made]
    assert sources.text(ledger, 1) == text
    # And on, and back again: no figure stands twice.
    figures.decide(ledger, [each.id for each in figures.in_source(ledger, 1)], "accepted")
    for text_id in (new.text_id, old.text_id):
        versions.use(ledger, 1, text_id)
        spans = [(each.figure.start, each.figure.end) for each in figures.in_source(ledger, 1)]
        assert len(spans) == len(set(spans))


def test_passages_keep_their_kind_where_their_lines_are_as_they_were(ledger):
    text = sources.text(ledger, 1)
    kinds = [each.kind for each in sources.passages(ledger, 1)]
    versions.correct(ledger, 1, text.replace("April", "May"))
    assert [each.kind for each in sources.passages(ledger, 1)] == kinds
    for passage in sources.passages(ledger, 1):
        assert sources.text(ledger, 1)[passage.start : passage.end] == passage.text


def test_the_search_finds_the_new_words_and_no_longer_the_old(ledger):
    text = sources.text(ledger, 1)
    versions.correct(ledger, 1, text.replace("miller", "baker"))
    found = {
        words: search.find(ledger, search.Query.parse(words)).total for words in ("miller", "baker")
    }
    assert found == {"miller": 0, "baker": 1}
    history.undo(ledger)
    assert search.find(ledger, search.Query.parse("miller")).total == 1


def test_the_same_text_again_is_no_new_version(ledger):
    text = sources.text(ledger, 1)
    versions.correct(ledger, 1, text.replace("\n", "\r\n"))
    assert len(versions.all(ledger, 1)) == 1


def test_a_replaced_file_keeps_both_originals(ledger, tmp_path):
    annotations.add(ledger, "note", span(ledger, "said the miller"), body="who?")
    first = sources.get(ledger, 1)
    better = tmp_path / "better.md"
    better.write_text(LEDGER.replace("The clerk wrote it down.", "The clerk wrote all of it down."))
    carried = versions.replace(ledger, 1, better)
    assert (carried.annotations, carried.annotations_waiting) == (1, 0)
    assert sources.get(ledger, 1).file_name == "better.md"
    assert sources.original(ledger, 1) == better.read_bytes()
    # An import thrown away must not take the bytes along that undo needs.
    other = tmp_path / "other.txt"
    other.write_text("Another text.\n")
    ingest.add(ledger, [other], figures=False)
    history.undo(ledger)
    from db import storing

    storing.drop(ledger, [2])
    history.undo(ledger)
    assert sources.get(ledger, 1).sha256 == first.sha256
    assert sources.original(ledger, 1) == LEDGER.encode()
    with pytest.raises(errors.Unreadable):
        versions.replace(ledger, 1, tmp_path / "missing.txt")


ENCODED = """<TEI><teiHeader/><text><body><p>The mill had
<measure quantity="{cows}" commodity="cows">a herd</measure> on <date when="1941-05-03">Saturday</date>
and, after much talk in the hall that spring, {said}.</p></body></text></TEI>"""


def test_quantities_that_an_encoder_gave_stay_when_the_text_is_corrected_or_replaced(tmp_path):
    path = tmp_path / "mill.xml"
    path.write_text(ENCODED.format(cows=12, said="14 carts"))
    with Archive.create(tmp_path / "given.muniment") as archive:
        ingest.add(archive, [path])
        kept = lambda: [(each.figure.text, each.figure.value) for each in figures.all(archive)]  # noqa: E731
        assert ("a herd", 12.0) in kept()
        text = versions.text(archive, versions.all(archive, 1)[0].text_id)
        versions.correct(archive, 1, text.replace("14 carts", "16 carts"))
        assert kept().count(("a herd", 12.0)) == 1
        path.write_text(ENCODED.format(cows=13, said="15 carts"))
        versions.replace(archive, 1, path)
        assert kept().count(("a herd", 13.0)) == 1
        assert ("a herd", 12.0) not in kept()
        days = archive.reading().execute(
            "SELECT date FROM periods WHERE text_id = (SELECT text_id FROM sources)"
        )
        assert days.fetchall() == [("1941-05-03",)]
        versions.use(archive, 1, 1)
        assert ("a herd", 13.0) not in kept()


@pytest.mark.parametrize("last", [1, 2, 3, 5])
def test_stopped_in_the_making_nothing_has_changed_and_the_next_try_begins_anew(ledger, last):
    text = sources.text(ledger, 1)
    told = []

    def stop(_done, _of, what):
        told.append(what)
        if len(told) >= last:
            raise errors.Cancelled

    with pytest.raises(errors.Cancelled):
        versions.correct(ledger, 1, text + "More.\n", progress=stop)
    assert sources.text(ledger, 1) == text
    assert len(versions.all(ledger, 1)) == 1
    versions.correct(ledger, 1, text + "More.\n")
    assert [each.version for each in versions.all(ledger, 1)] == [2, 1]
    assert sources.text(ledger, 1).endswith("More.\n")


def test_what_the_program_remarked_on_an_older_text_is_not_shown_on_the_new(ledger):
    text = sources.text(ledger, 1)
    versions.correct(ledger, 1, text + "\nOn 31 February 1940 the mill closed.\n")
    told = [each for each in findings.all(ledger) if each.kind == "numeral"]
    assert len(told) == 1
    versions.correct(ledger, 1, text + "\nOn 28 February 1940 the mill closed.\n")
    assert not [each for each in findings.all(ledger) if each.kind == "numeral"]
    history.undo(ledger)
    assert [each.id for each in findings.all(ledger) if each.kind == "numeral"] == [told[0].id]


def test_series_and_findings_noticed_anew_are_those_of_the_text_that_shows(ledger):
    text = sources.text(ledger, 1)

    def noticed():
        series.propose(ledger)
        findings.find(ledger)
        told = sorted(each.message for each in findings.all(ledger))
        return told, sorted((each.name, len(each.points)) for each in series.all(ledger))

    before = noticed()
    versions.correct(ledger, 1, text.replace("7,500", "8,500").replace("4,500 dollars", "4 pounds"))
    after = noticed()
    assert after != before
    assert series.is_unsettled_by(history.undo(ledger))
    assert noticed() == before
    assert series.is_unsettled_by(history.redo(ledger))
    assert noticed() == after


def test_what_a_person_joined_stays_joined_where_the_passage_has_its_words(ledger):
    other, _ = add_source(ledger, "Other", "A passage of another source.")
    theirs = sources.passages(ledger, other)[0].id
    text = sources.text(ledger, 1)
    ours = {each.text: each.id for each in sources.passages(ledger, 1)}
    kept = next(each for said, each in ours.items() if said.startswith("The loan"))
    hurt = next(each for said, each in ours.items() if said.startswith("In April"))
    with ledger.writing("alignments") as database:
        for number, passage_id in enumerate((kept, hurt)):
            database.execute(
                "INSERT INTO alignments (uuid, passage_a_id, passage_b_id, verdict, made_at)"
                " VALUES (?, ?, ?, 'joined', 'now')",
                [str(number), passage_id, theirs],
            )
    sql = "SELECT passage_a_id FROM alignments ORDER BY id"
    before = ledger.reading().execute(sql).fetchall()
    versions.correct(ledger, 1, text.replace("April", "May"))
    moved, left = (row[0] for row in ledger.reading().execute(sql).fetchall())
    assert left == hurt
    found = sources.passage(ledger, moved)
    assert found is not None
    assert found.text.startswith("The loan")
    history.undo(ledger)
    assert ledger.reading().execute(sql).fetchall() == before


def test_all_that_waits_on_one_text_is_placed_with_one_reading_of_it(ledger):
    text = sources.text(ledger, 1)
    for words in ("lent the mill", "the mill 12,000", "wrote it down"):
        annotations.add(ledger, "highlight", span(ledger, words), colour="red")
    lent = next(each for each in figures.in_source(ledger, 1) if "12,000" in each.figure.text)
    figures.decide(ledger, [lent.id], "accepted")
    new = text.replace("lent the mill 12,000", "gave the mill 12,500").replace("it down", "it up")
    versions.correct(ledger, 1, new)
    waiting = shelf.all(ledger)
    wanted = {}
    for orphan in waiting:
        place = shelf.places(ledger, orphan)[0].candidate
        wanted[orphan] = Span(place.start, place.end)
    assert len(waiting) == 4
    said = []
    with ledger.writing() as database:
        database.conn.set_trace_callback(said.append)
        shelf.put(ledger, wanted)
        database.conn.set_trace_callback(None)
    assert sum("texts.text FROM texts" in each for each in said) == 1
    assert shelf.count(ledger) == 0
    assert all(result.ok for result in ledger.check())
    history.undo(ledger)
    assert shelf.all(ledger) == waiting


def test_what_is_removed_from_the_shelf_comes_back_by_undo(ledger):
    text = sources.text(ledger, 1)
    annotations.add(ledger, "highlight", span(ledger, "lent the mill"), colour="red")
    versions.correct(ledger, 1, text.replace("lent the mill", "gave the mill"))
    (orphan,) = shelf.all(ledger)
    with pytest.raises(errors.BadSpan):
        shelf.put(ledger, {orphan: Span(5, 5)})
    shelf.remove(ledger, [orphan])
    assert shelf.count(ledger) == 0
    history.undo(ledger)
    assert shelf.all(ledger) == [orphan]


@given(st.integers(0, 10**9))
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_of_500_annotations_none_moves_to_other_words_and_none_is_lost(
    tmp_path_factory, own_home, seed
):
    dice = random.Random(seed)
    text = written(seed, 20_000)
    with Archive.create(tmp_path_factory.mktemp("many") / "a.muniment") as archive:
        source_id, text_id = add_source(archive, "Long", text)
        targets = []
        for _ in range(500):
            start = dice.randrange(len(text) - 1)
            end = min(len(text), start + dice.randint(1, 100))
            targets.append(Target(source_id=source_id, start=start, end=end))
        ids = annotations.add_many(archive, "highlight", targets)
        at = text.index(".\n\n") - 4
        add_figure(archive, source_id, text_id, at, at + 4)
        quotes = {each: annotations.get(archive, each).exact for each in ids}
        new, _ = edited(text, dice, 100)
        versions.correct(archive, source_id, new)
        here = annotations.ids(archive)
        waiting = annotations.ids(archive, state="orphaned")
        assert sorted([*here, *waiting]) == sorted(ids)
        for each in annotations.rows(archive, here).values():
            assert new[each.target.start : each.target.end] == each.exact == quotes[each.id]
        for each in annotations.rows(archive, waiting).values():
            assert each.exact == quotes[each.id]
        assert all(result.ok for result in checking.run(archive, None))
        history.undo(archive)
        assert sorted(annotations.ids(archive)) == sorted(ids)
        assert sources.text(archive, source_id) == text
