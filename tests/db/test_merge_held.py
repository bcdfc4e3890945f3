"""A merge and the archive it holds: what is written meanwhile counts, and it can be stopped anywhere."""

import shutil

import pytest

from db import annotations, errors, figures, history, ingest, merge, sources, tags, versions
from db.archive import Archive
from db.records import Target


@pytest.fixture
def two(harbour, tmp_path):
    """Ours and theirs, parted, with work of every sort on their side."""
    other = shutil.copy(harbour, tmp_path / "copy.muniment")
    with Archive.open(harbour) as ours, Archive.open(other) as theirs:
        ours.person, theirs.person = "Ada", "Béatrice"
        (tmp_path / "more").mkdir()
        (tmp_path / "more" / "cable.txt").write_text("The quay cost $900 in May.\n", "utf-8")
        ingest.add(theirs, [tmp_path / "more"])
        note = annotations.add(theirs, "note", Target(source_id=1, start=0, end=6), body="whose?")
        tag = tags.add(theirs, "money")
        tags.put(theirs, [tag], [Target(annotation_id=note), Target(source_id=1)])
        figures.decide(theirs, figures.ids(theirs)[:3], "accepted")
        yield ours, theirs


def rows(archive):
    tables = ("sources", "texts", "passages", "figures", "annotations", "tags", "taggings")
    tables += ("originals", "people", "history", "imports")
    return {
        table: archive.reading().execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
        for table in tables
    }


@pytest.mark.parametrize("only_at_first", [True, False])
def test_what_is_decided_while_a_merge_looks_is_no_less_decided(two, only_at_first):
    ours, theirs = two
    number = figures.ids(theirs)[0]
    told = []

    def decide(_done, of, what):
        if (of, what) == (0, "figures") and not (told and only_at_first):
            told.append(
                figures.decide(ours, [number], "rejected" if len(told) % 2 == 0 else "proposed")
            )

    merged = merge.merge(ours, theirs.path, decide)
    assert len(told) >= 1
    kept = figures.rows(ours, [number])[number].status
    if only_at_first:
        assert kept == "rejected"
        assert [each.table for each in merged.conflicts] == ["figures"]
    assert merged.added["annotations"] == 1
    assert all(result.ok for result in ours.check())


def test_a_merge_can_be_stopped_wherever_it_is_and_leaves_all_as_it_was(two):
    ours, theirs = two
    before = rows(ours)
    calls = 0
    stop_at = 0

    def count(_done, _of, _what):
        nonlocal calls
        calls += 1
        if calls == stop_at:
            raise errors.Cancelled

    merge.preview(ours, theirs.path, count)
    assert calls > 20
    for number in range(1, calls, 4):
        calls, stop_at = 0, number
        with pytest.raises(errors.Cancelled):
            merge.merge(ours, theirs.path, count)
        assert rows(ours) == before
    calls, stop_at = 0, 0
    assert merge.merge(ours, theirs.path, count).added["sources"] == 1


def test_two_tags_of_theirs_that_are_one_here_are_put_on_a_thing_once(two):
    ours, theirs = two
    with history.command(theirs, "new tag", "tags") as recording:
        # The program makes no two of one name; another might.
        there = recording.insert("tags", {"uuid": "another", "name": "Money"})
    tags.put(theirs, [there], [Target(source_id=1)])
    here = tags.add(ours, "MONEY")
    merge.merge(ours, theirs.path)
    assert tags.of(ours, Target(source_id=1)) == [here]


def test_what_stands_on_a_text_that_comes_along_is_held_against_its_words(two):
    ours, theirs = two
    source = sources.all(theirs)[-1].id
    versions.correct(theirs, source, sources.text(theirs, source) + "And the pier $40.\n")
    annotations.add(theirs, "note", Target(source_id=source, start=4, end=8), body="which?")
    merged = merge.merge(ours, theirs.path)
    assert merged.added["texts"] == 2
    assert {annotations.get(ours, each).exact for each in annotations.ids(ours)} == {
        "Ledger",
        "quay",
    }
