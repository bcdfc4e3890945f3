"""Words aligned with words: in order, out of order, and never two with one."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from db.alignment import align, changes, differing_words

WORDS = [f"word{number}" for number in range(400)]
rows = st.lists(st.sampled_from(WORDS[:12]), max_size=60)


def matched(a, b):
    found = align(a, b)
    return [(i, int(j)) for i, j in enumerate(found.to_b) if j >= 0], found


@given(rows, rows)
@settings(max_examples=150, deadline=None)
def test_aligned_words_are_equal_and_none_is_used_twice(a, b):
    pairs, _ = matched(a, b)
    assert all(a[i] == b[j] for i, j in pairs)
    assert len({j for _, j in pairs}) == len(pairs)


@given(rows, rows)
@settings(max_examples=100, deadline=None)
def test_what_has_not_moved_is_in_order(a, b):
    pairs, found = matched(a, b)
    stayed = [j for i, j in pairs if not found.moved[i]]
    assert stayed == sorted(stayed)


@given(rows)
@settings(max_examples=50, deadline=None)
def test_a_text_is_aligned_with_itself_word_for_word(a):
    assert align(a, a).to_b.tolist() == list(range(len(a)))


def test_a_passage_that_moved_is_found_and_called_moved():
    chosen = random.Random(5)
    text = [chosen.choice(WORDS) for _ in range(600)]
    moved = [*text[100:140], *text[:100], *text[140:]]
    found = align(text, moved)
    assert (found.to_b >= 0).mean() > 0.99
    assert found.moved[100:140].all()
    assert not found.moved[200:].any()


def test_as_many_words_are_shared_as_difflib_finds():
    import difflib

    chosen = random.Random(11)
    a = [chosen.choice(WORDS) for _ in range(2000)]
    b = [chosen.choice(WORDS) if chosen.random() < 0.2 else word for word in a]
    blocks = difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    assert (align(a, b).to_b >= 0).sum() >= sum(block.size for block in blocks)


@given(st.text("ab .,é中\n", max_size=40), st.text("ab .,é中\n", max_size=40))
@settings(max_examples=150, deadline=None)
def test_differing_words_are_whole_words_in_order(a, b):
    for text, spans in zip((a, b), differing_words(a, b), strict=True):
        ends = [0, *(place for span in spans for place in (span.start, span.end))]
        assert ends == sorted(ends)
        assert ends[-1] <= len(text)
        assert all(text[span.start : span.end].strip() for span in spans)


def test_what_was_put_in_the_place_of_what_is_told():
    a = "The mill at Orrin ground 40 sacks a day."
    b = "The mill at Orrin and Tay ground 55 sacks a day."
    told = [(a[start:end], b[there:last]) for start, end, there, last in changes(a, b)]
    assert told == [("", "and Tay"), ("40", "55")]


def test_texts_without_a_word_in_common_or_without_words_align_to_nothing():
    assert not (align(["one", "two"], ["three", "four"]).to_b >= 0).any()
    assert align([], ["one"]).to_b.tolist() == []
    assert changes("", "") == []
