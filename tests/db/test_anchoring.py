"""Words are found again only where there is no doubt; else candidates are named, best first."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import anchoring
from db.records import Span
from tests.db.random_edits import edited, written


@given(st.integers(0, 10**9))
@settings(max_examples=25, deadline=None)
def test_after_a_hundred_random_edits_none_of_500_annotations_stands_on_other_words(seed):
    dice = random.Random(seed)
    text = written(seed, 30_000)
    spans = []
    for _ in range(500):
        start = dice.randrange(len(text) - 1)
        spans.append(Span(start, min(len(text), start + dice.randint(1, 120))))
    new, went = edited(text, dice, 100)
    carried = 0
    for span, place in zip(spans, anchoring.sure_places(text, new, spans), strict=True):
        if place is None:
            continue
        carried += 1
        assert new[place.start : place.end] == text[span.start : span.end]
        # Not the same words elsewhere: the very letters that were annotated, wherever they went.
        letters = [went[at] for at in range(span.start, span.end)]
        whole = [*range(place.start, place.end)]
        if letters == [*range(letters[0] or 0, (letters[0] or 0) + len(letters))]:
            assert letters == whole
        else:  # cut and mended to the letter by a copy: most are still the old ones
            assert sum(a == b for a, b in zip(letters, whole, strict=True)) * 2 >= len(whole)
    assert carried > 100


@given(st.integers(0, 10**9))
@settings(max_examples=15, deadline=None)
def test_one_edit_leaves_all_but_its_neighbours_where_they_were(seed):
    dice = random.Random(seed)
    text = written(seed, 5000)
    at = dice.randrange(len(text))
    new = text[:at] + "a correction" + text[at + 3 :]
    spans = [Span(start, start + 20) for start in range(0, len(text) - 20, 20)]
    found = anchoring.sure_places(text, new, spans)
    for span, place in zip(spans, found, strict=True):
        if place is not None:
            assert new[place.start : place.end] == text[span.start : span.end]
        elif span.end + 32 <= at or span.start - 32 >= at + 3:
            # Only words said twice may be in doubt there, and then because one of them went.
            wide = text[max(0, span.start - 32) : span.end + 32]
            assert text.count(wide) != new.count(wide)


def test_words_that_lost_a_twin_are_in_doubt():
    line = "The sum was carried to the next page of the great ledger of the year.\n"
    old, new = line * 3, line * 2
    assert anchoring.sure_places(old, new, [Span(4, 7)]) == [None]


def test_the_same_text_leaves_everything_in_its_place():
    spans = [Span(0, 3), Span(4, 9)]
    assert anchoring.sure_places("one lonely word", "one lonely word", spans) == spans


@given(st.text("ab", max_size=60), st.lists(st.text("ab", min_size=1, max_size=20), max_size=5))
def test_every_occurrence_is_found_overlapping_ones_too(text, needles):
    found = anchoring.occurrences(text, needles)
    for needle in needles:
        assert found[needle] == [at for at in range(len(text)) if text.startswith(needle, at)]


def test_candidates_are_ranked_and_the_likeliest_is_the_corrected_word():
    old = "They lent twelve thousnad dollars to the cannery in March of that year."
    exact = "twelve thousnad dollars"
    start = old.index(exact)
    prefix, suffix = old[:start], old[start + len(exact) :][:32]
    new = (
        "Twelve people came.\n\n"
        "They lent twelve thousand dollars to the cannery in March of that year.\n\n"
        "Nothing else was lent.\n\nEleven thousand pounds went to the mill.\n"
    )
    best, *others = anchoring.candidates(exact, prefix[-32:], suffix, new)
    assert new[best.start : best.end] == "twelve thousand dollars"
    assert best.score > 80
    assert not best.is_same
    assert all(each.score <= best.score for each in others)


def test_of_the_same_words_in_two_places_the_one_in_its_old_company_comes_first():
    new = "The clerk paid forty pounds to Ada.\n\nThe smith paid forty pounds to Ben.\n"
    first, second = anchoring.candidates("forty pounds", "The smith paid ", " to Ben.", new)
    assert new[first.start - 11 : first.start] == "smith paid "
    assert first.is_same
    assert second.is_same
    assert first.score > second.score


def test_the_place_itself_goes_before_a_twin_that_is_more_alike():
    verse = "The harbour master wrote at length about the terms, which nobody understood.\n\n"
    old = verse * 5
    start = 2 * len(verse)
    new = verse * 2 + verse.replace("nobody", "no one in town") + verse * 2
    span = Span(start, start + verse.index(","))
    assert anchoring.sure_places(old, new, [span]) == [None]
    expected = anchoring.expected_place(old, new, span)
    around = old[start - 32 : start], old[span.end : span.end + 32]
    best = anchoring.candidates(old[span.start : span.end], *around, new, expected)[0]
    assert best.start == start


def test_the_expected_place_is_told_by_neighbours_that_both_texts_say_once():
    old = written(3, 3000)
    span = Span(1500, 1520)
    new = "Some new lines at the beginning.\n\n" + old[:1490] + "all of this is new" + old[1530:]
    expected = anchoring.expected_place(old, new, span)
    assert expected is not None
    assert abs(expected - (1500 + 34)) <= 30


@pytest.mark.parametrize(("exact", "new"), [("", "x"), ("   ", "x"), ("gone", ""), ("zzzz", "abc")])
def test_where_there_is_nothing_alike_there_is_no_candidate(exact, new):
    assert anchoring.candidates(exact, "before", "after", new) == []


def test_long_words_are_found_from_beginning_to_end():
    body = " ".join(f"number {n} was counted twice on the quay" for n in range(80))
    old = f"Before it. {body} After it."
    changed = body.replace("number 40 was", "number 40 had been")
    new = f"A new beginning. {changed} After it."
    best = anchoring.candidates(body, "Before it. ", " After it.", new)[0]
    assert new[best.start : best.end] == changed
    assert old


@given(st.text(max_size=300), st.text(min_size=1, max_size=40), st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_candidates_lie_in_the_text_and_apart(new, exact, context):
    found = anchoring.candidates(exact, context, context, new)
    for one in found:
        assert 0 <= one.start < one.end <= len(new)
        assert one.is_same == (new[one.start : one.end] == exact)
    ordered = sorted(found, key=lambda each: each.start)
    assert all(a.end <= b.start for a, b in pairwise(ordered))
