"""Tags form a tree that can be arranged without losing what carries them."""

import pytest

from db import annotations, errors, history, tags
from db.records import Target
from tests.db.annotated_archive import LETTER, REPORT, add_figure, add_source, dump


@pytest.fixture
def filled(archive):
    add_source(archive, "Letter", LETTER)
    add_source(archive, "Report", REPORT)
    return archive


BURNED = Target(source_id=1, start=LETTER.index("burned"), end=LETTER.index("burned") + 6)
MONDAY = Target(source_id=2, start=REPORT.index("Monday"), end=REPORT.index("Monday") + 6)


def names(archive):
    return [(tag.name, tag.count, tag.count_below) for tag in tags.all(archive)]


def test_tags_are_listed_as_a_tree_with_counts_of_their_own_and_below(filled):
    event = tags.add(filled, "event")
    fire = tags.add(filled, "fire", event)
    tags.add(filled, "accident", event)
    tags.put(filled, [fire], [BURNED, MONDAY])
    tags.put(filled, [event], [BURNED])
    assert names(filled) == [("event", 1, 2), ("accident", 0, 0), ("fire", 2, 2)]
    assert tags.paths(filled)["event/fire"] == fire
    assert tags.with_below(filled, event) == [event, fire, tags.all(filled)[1].id]


def test_a_path_makes_what_is_missing_once(filled):
    loans = tags.at_path(filled, "economy / Loans")
    assert tags.at_path(filled, "Economy/loans") == loans
    assert tags.paths(filled)["economy/Loans"] == loans
    history.undo(filled)
    assert tags.all(filled) == []


@pytest.mark.parametrize("name", ["", "   ", "a/b"])
def test_a_tag_needs_a_name_without_a_stroke(filled, name):
    with pytest.raises(errors.BadTag):
        tags.add(filled, name)


def test_sisters_have_different_names_however_written(filled):
    tags.add(filled, "Fire")
    with pytest.raises(errors.BadTag):
        tags.add(filled, "fire")
    other = tags.add(filled, "Flood")
    with pytest.raises(errors.BadTag):
        tags.change(filled, other, name="FIRE")
    tags.change(filled, other, name="FLOOD")


def test_a_letter_belongs_to_one_tag(filled):
    one = tags.add(filled, "fire", letter="f")
    two = tags.add(filled, "flood", letter="f")
    assert (tags.get(filled, one).letter, tags.get(filled, two).letter) == (None, "f")
    history.undo(filled)
    assert tags.get(filled, one).letter == "f"


def test_a_tag_cannot_lie_below_itself(filled):
    top = tags.add(filled, "top")
    low = tags.add(filled, "low", top)
    for bad in (top, low):
        with pytest.raises(errors.BadTag):
            tags.move(filled, [top], bad)
    with pytest.raises(errors.BadTag):
        tags.merge(filled, low, [top])


def test_many_things_are_tagged_at_once_and_none_twice(filled):
    fire = tags.add(filled, "fire")
    figure = add_figure(filled, 2, 2, REPORT.index("two"), REPORT.index("two") + 3)
    things = [BURNED, MONDAY, Target(source_id=1), Target(figure_id=figure)]
    assert tags.put(filled, [fire], things) == 4
    assert tags.put(filled, [fire], things) == 0
    assert len(annotations.ids(filled)) == 2
    assert [each.target.source_id for each in tags.taggings(filled, fire)].count(1) == 1
    assert tags.of(filled, Target(figure_id=figure)) == [fire]


def test_passages_found_by_a_search_are_tagged_in_bulk(filled):
    fire = tags.add(filled, "fire")
    rows = filled.reading().execute("SELECT id FROM passages ORDER BY id").fetchall()
    targets = annotations.passage_targets(filled, [row[0] for row in rows])
    assert tags.put(filled, [fire], targets) == len(rows)
    quotes = [annotations.get(filled, each).exact for each in annotations.ids(filled)]
    assert quotes[0] == "Dear Ada,"
    assert quotes[-1].endswith("two hands were hurt.")


def test_merging_keeps_what_carried_the_others_and_what_was_said_of_them(filled):
    fire = tags.add(filled, "fire", description="Flames.")
    blaze = tags.add(filled, "blaze", description="The same.")
    tags.add(filled, "small", fire)
    tags.add(filled, "small", blaze)
    tags.put(filled, [fire, blaze], [BURNED])
    tags.put(filled, [blaze], [MONDAY])
    before = dump(filled)
    tags.merge(filled, fire, [blaze])
    assert names(filled) == [("fire", 2, 2), ("small", 0, 0), ("small (blaze)", 0, 0)]
    assert tags.get(filled, fire).description == "Flames.\nThe same."
    history.undo(filled)
    assert dump(filled) == before


def test_splitting_gives_some_of_what_carries_a_tag_to_a_new_one(filled):
    fire = tags.add(filled, "fire", colour="red")
    tags.put(filled, [fire], [BURNED, MONDAY])
    chosen = tags.taggings(filled, fire)[1].id
    smoke = tags.split(filled, fire, [chosen], "smoke")
    assert names(filled) == [("fire", 1, 1), ("smoke", 1, 1)]
    assert tags.get(filled, smoke).colour == "red"


@pytest.mark.parametrize(("below", "left"), [(False, ["low"]), (True, [])])
def test_a_removed_tag_hands_those_below_on_or_takes_them_along(filled, below, left):
    top = tags.add(filled, "top")
    middle = tags.add(filled, "middle", top)
    tags.add(filled, "low", middle)
    tags.put(filled, [middle], [BURNED])
    before = dump(filled)
    tags.remove(filled, [middle], below=below)
    assert [tag.name for tag in tags.all(filled)] == ["top", *left]
    assert len(annotations.ids(filled)) == 1
    history.undo(filled)
    assert dump(filled) == before


def test_taking_a_tag_off_leaves_no_empty_highlight_behind(filled):
    fire = tags.add(filled, "fire")
    tags.put(filled, [fire], [BURNED])
    kept = annotations.add(filled, "highlight", MONDAY, colour="red", tag_ids=[fire])
    both = [Target(annotation_id=each) for each in annotations.ids(filled)]
    assert tags.take_off(filled, [fire], both) == 2
    assert annotations.ids(filled) == [kept]
    history.undo(filled)
    assert tags.get(filled, fire).count == 2
