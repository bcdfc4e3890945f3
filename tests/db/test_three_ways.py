"""Three sources side by side: every passage in a row, in the order of the first."""

from hypothesis import given, settings
from hypothesis import strategies as st

from db import three_ways
from db.comparison import pairs_of
from db.counterparts import Pair
from db.records import Passage

WORDS = (
    "the lamp upon the mole burned low while the keeper slept",
    "forty carts of barley crossed the bridge before noon",
    "no letter came from the consul in all that winter",
    "the bell was cast anew and hung in the eastern tower",
    "seven boats were lost and nobody spoke of them again",
    "crabs were sold by the score on the steps of the market",
)


def passages(first, texts):
    return [
        Passage(first + at, first, at, 0, len(text), "paragraph", None, text)
        for at, text in enumerate(texts)
    ]


def three(a, b, c):
    a, b, c = passages(100, a), passages(200, b), passages(300, c)
    rows = three_ways.triples(pairs_of(a, b), pairs_of(a, c), pairs_of(b, c))
    return [
        (
            row.a,
            (row.b.passage, row.b.relation) if row.b else None,
            (row.c.passage, row.c.relation) if row.c else None,
        )
        for row in rows
    ]


def test_two_versions_are_held_against_the_first():
    lamp, barley, letter = WORDS[:3]
    changed = letter.replace("winter", "spring")
    assert three([lamp, barley, letter], [lamp, changed], [lamp, barley, letter]) == [
        (100, (200, "same"), (300, "same")),
        (101, (None, "only_a"), (301, "same")),
        (102, (201, "changed"), (302, "same")),
    ]


def test_what_both_others_have_and_the_first_has_not_stands_in_one_row():
    lamp, barley, letter = WORDS[:3]
    assert three([lamp, letter], [lamp, barley, letter], [lamp, letter, barley]) == [
        (100, (200, "same"), (300, "same")),
        (None, (201, "only_b"), (302, "only_b")),
        (101, (202, "same"), (301, "same")),
    ]


def test_beside_the_pieces_of_a_split_passage_the_third_stays():
    pairs = [Pair(1, 11, "split", 0.5), Pair(1, 12, "split", 0.5), Pair(2, 13, "same", 1.0)]
    rows = three_ways.triples(pairs, [Pair(1, 21, "same", 1.0), Pair(2, None, "only_a", 0.0)])
    assert [(row.b.passage, row.c.passage) for row in rows] == [(11, 21), (12, 21), (13, None)]


texts = st.lists(st.sampled_from(WORDS), max_size=5)


@settings(max_examples=60, deadline=None)
@given(texts, texts, texts)
def test_every_passage_is_in_a_row_and_the_first_is_in_its_order(a, b, c):
    rows = three(a, b, c)
    assert list(dict.fromkeys(row[0] for row in rows if row[0])) == [
        100 + at for at in range(len(a))
    ]
    for column, first, there in ((1, 200, b), (2, 300, c)):
        found = {row[column][0] for row in rows if row[column] and row[column][0] is not None}
        assert found == {first + at for at in range(len(there))}
