"""What people add stands on exact words, carries its author, and can be removed and had back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import annotation_groups, annotations, errors, history, sources, tags
from db.archive import Archive
from db.records import Target
from tests.db.annotated_archive import LETTER, REPORT, add_figure, add_source, dump


@pytest.fixture
def filled(archive):
    """An archive in which source 1 is a letter and source 2 a report."""
    add_source(archive, "Letter", LETTER)
    add_source(archive, "Report", REPORT)
    archive.person = "Ada"
    return archive


def span(source_id, text, words):
    start = text.index(words)
    return Target(source_id=source_id, start=start, end=start + len(words))


def test_an_annotation_keeps_its_words_and_what_stands_around_them(filled):
    made = annotations.add(filled, "highlight", span(1, LETTER, "Nobody"), colour="green")
    found = annotations.get(filled, made)
    assert found.exact == "Nobody"
    assert found.prefix == LETTER[: LETTER.index("Nobody")][-32:]
    assert found.suffix == " was hurt.\n\nYour uncle\n"
    assert (found.kind, found.colour, found.person) == ("highlight", "green", "Ada")
    assert found.source_title == "Letter"
    assert found.made_at


def test_a_span_may_reach_across_passages(filled):
    across = Target(source_id=1, start=LETTER.index("Ada"), end=LETTER.index("mill") + 4)
    made = annotations.add(filled, "note", across, body="the whole matter")
    assert annotations.get(filled, made).exact == "Ada,\n\nthe mill"


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 4), (-1, 3), (0, 10_000)])
def test_a_span_without_words_is_refused_and_leaves_nothing(filled, start, end):
    with pytest.raises(errors.BadSpan):
        annotations.add(filled, "note", Target(source_id=1, start=start, end=end))
    assert annotations.ids(filled) == []
    assert history.log(filled) == []


def test_only_what_touches_the_span_asked_for_is_read(archive):
    text = "".join(f"word{number:05} " for number in range(2000))
    source_id, text_id = add_source(archive, "Long", text)
    targets = [Target(source_id=source_id, start=at, end=at + 9) for at in range(0, 20_000, 100)]
    ids = annotations.add_many(archive, "highlight", targets)
    wide = annotations.add(
        archive, "note", Target(source_id=source_id, start=10, end=15_000), body="wide"
    )
    found = annotations.in_span(archive, text_id, 10_000, 10_300)
    assert [each.id for each in found] == [wide, *ids[100:103]]
    assert annotations.in_span(archive, text_id, 10_009, 10_100) == [annotations.get(archive, wide)]


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40)), max_size=12),
    st.integers(0, 60),
    st.integers(0, 60),
)
@settings(max_examples=15, deadline=None)
def test_what_is_read_for_a_span_is_what_overlaps_it(tmp_path_factory, spans, start, length):
    text = "x" * 3000
    with Archive.create(tmp_path_factory.mktemp("in") / "a.muniment") as archive:
        source_id, text_id = add_source(archive, "X", text)
        # Far apart, so that the way of short spans and the way of long ones are both taken.
        places = [(at * 50, min(3000, at * 50 + width * 60)) for at, width in spans]
        targets = [Target(source_id=source_id, start=a, end=b) for a, b in places]
        ids = annotations.add_many(archive, "highlight", targets)
        low, high = start * 50, start * 50 + length * 10
        found = {each.id for each in annotations.in_span(archive, text_id, low, high)}
        assert found == {
            each for each, (a, b) in zip(ids, places, strict=True) if a < high and b > low
        }


def test_anything_can_have_a_memo(filled):
    figure_id = add_figure(filled, 2, 2, REPORT.index("two"), REPORT.index("two") + 3)
    with filled.writing("series") as database:
        database.execute("INSERT INTO series (uuid, name) VALUES ('s', 'Hands')")
        database.execute("INSERT INTO plots (uuid, name, made_at) VALUES ('p', 'P', 'now')")
        database.execute(
            "INSERT INTO findings (uuid, kind, message, identity, source_id)"
            " VALUES ('f', 'sum', 'm', 'i', 2)"
        )
    for target in (
        Target(source_id=1),
        Target(figure_id=figure_id),
        Target(series_id=1),
        Target(finding_id=1),
        Target(plot_id=1),
    ):
        made = annotations.add(filled, "memo", target, body="Look again.")
        assert [each.id for each in annotations.of(filled, target)] == [made]
    assert len(annotations.ids(filled, kinds=["memo"])) == 5
    series = filled.reading().execute("SELECT status FROM series").fetchone()
    assert series[0] == "kept"


def test_the_journal_is_about_nothing_else_and_begins_with_the_latest(filled):
    first = annotations.add(filled, "journal", Target(), body="Began.")
    second = annotations.add(filled, "journal", Target(), body="Went on.")
    assert [each.id for each in annotations.of(filled, Target())] == [second, first]


def test_a_removed_annotation_comes_back_with_its_tags(filled):
    tag = tags.add(filled, "fire")
    made = annotations.add(filled, "highlight", span(1, LETTER, "burned"), tag_ids=[tag])
    assert annotations.remove(filled, [made]) == 1
    assert annotations.in_span(filled, 1, 0, 100) == []
    assert annotations.ids(filled, state="removed") == [made]
    assert tags.get(filled, tag).count == 0
    assert annotations.restore(filled, [made]) == 1
    assert annotations.get(filled, made).tag_ids == (tag,)
    assert tags.get(filled, tag).count == 1


def test_a_change_says_when_it_was_made(filled):
    made = annotations.add(filled, "note", span(1, LETTER, "Tuesday"), body="or Monday?")
    assert annotations.get(filled, made).changed_at is None
    annotations.change(filled, [made], body="Monday says the report", colour="red")
    found = annotations.get(filled, made)
    assert (found.body, found.colour) == ("Monday says the report", "red")
    assert found.changed_at
    with pytest.raises(TypeError):
        annotations.change(filled, [made], start="3")


def test_annotations_are_listed_by_kind_colour_person_tag_words_and_order(filled):
    fire = tags.add(filled, "fire")
    one = annotations.add(
        filled, "highlight", span(1, LETTER, "burned"), colour="red", tag_ids=[fire]
    )
    filled.person = "Ben"
    two = annotations.add(filled, "note", span(2, REPORT, "Monday"), body="Which day?")
    assert annotations.ids(filled) == [one, two]
    assert annotations.ids(filled, descending=True) == [two, one]
    assert annotations.ids(filled, kinds=["note"]) == [two]
    assert annotations.ids(filled, colour="red") == [one]
    assert annotations.ids(filled, person="Ben") == [two]
    assert annotations.ids(filled, tag_ids=[fire]) == [one]
    assert annotations.ids(filled, words="which DAY") == [two]
    assert annotations.ids(filled, words="fire") == [one]
    assert annotations.ids(filled, source_id=2) == [two]
    assert annotation_groups.groups(filled, "person") == [("Ada", "Ada", 1), ("Ben", "Ben", 1)]


def test_annotations_are_grouped_with_their_numbers(filled):
    fire = tags.add(filled, "fire")
    annotations.add(filled, "highlight", span(1, LETTER, "burned"), colour="red", tag_ids=[fire])
    annotations.add(filled, "highlight", span(1, LETTER, "mill"), colour="red")
    filled.person = ""
    annotations.add(filled, "note", span(2, REPORT, "Monday"), body="Which day?")
    assert annotation_groups.groups(filled, "source") == [(1, "Letter", 2), (2, "Report", 1)]
    assert annotation_groups.groups(filled, "kind") == [
        ("highlight", "highlight", 2),
        ("note", "note", 1),
    ]
    assert annotation_groups.groups(filled, "colour") == [("red", "red", 2), ("", "", 1)]
    assert annotation_groups.groups(filled, "person") == [("Ada", "Ada", 2), ("", "", 1)]
    assert annotation_groups.groups(filled, "tag") == [(fire, "fire", 1)]
    assert len(annotations.ids(filled, colour="")) == 1
    assert len(annotations.ids(filled, person="")) == 1


def test_what_lies_on_a_source_in_the_bin_does_not_show(filled):
    annotations.add(filled, "highlight", span(1, LETTER, "burned"))
    sources.remove(filled, [1])
    assert annotations.ids(filled) == []
    history.undo(filled)
    assert len(annotations.ids(filled)) == 1


def test_every_change_is_signed_with_the_name_of_whoever_works_in_the_archive(filled):
    annotations.add(filled, "journal", Target(), body="Began.")
    filled.person = ""
    annotations.add(filled, "journal", Target(), body="Nameless.")
    assert [change.person for change in history.log(filled)] == [None, "Ada"]


def test_ten_thousand_annotations_are_one_command_and_undone_at_once(archive):
    text = "word " * 10_000
    source_id, _ = add_source(archive, "Long", text)
    before = dump(archive)
    targets = [Target(source_id=source_id, start=at * 5, end=at * 5 + 4) for at in range(10_000)]
    assert len(annotations.add_many(archive, "highlight", targets)) == 10_000
    after = dump(archive)
    history.undo(archive)
    assert dump(archive) == before
    history.redo(archive)
    assert dump(archive) == after


def test_undo_tells_listeners_of_every_table_it_touched(filled):
    heard = []
    tags.add(filled, "fire")
    filled.on_change(heard.append)
    history.undo(filled)
    assert "tags" in heard[-1]


def test_each_text_is_read_once_however_the_places_alternate_between_sources(filled):
    said = []
    with history.command(filled, "mark", "annotations") as recording:
        recording.database.conn.set_trace_callback(said.append)
        targets = [Target(1, 0, 4), Target(2, 0, 4)] * 5
        made = annotations.insert(recording, "highlight", targets)
        recording.database.conn.set_trace_callback(None)
    assert sum("SELECT text FROM texts" in each for each in said) == 2
    kept = annotations.rows(filled, made)
    assert [kept[each].target.source_id for each in made] == [1, 2] * 5
