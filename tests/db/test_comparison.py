"""Two sources side by side: versions made by known edits, every fate named rightly."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import comparison, corrections, errors, figures, history, ingest, pairing, sources
from db.records import Passage

SYLLABLES = ["ka", "lo", "mi", "re", "tu", "san", "vor", "pel", "dun", "gri", "hes", "bro"]


def words(chosen, count):
    found = []
    for _ in range(count):
        if chosen.random() < 0.35:
            found.append(chosen.choice(["the", "of", "and", "to", "in", "was", "by"]))
        else:
            found.append("".join(chosen.choices(SYLLABLES, k=chosen.randint(2, 4))))
    return found


def passages(texts, first=1):
    return [
        Passage(first + at, 1, at, 0, len(text), "paragraph", None, text)
        for at, text in enumerate(texts)
    ]


def relations(a, b):
    pairs = comparison.pairs_of(passages(a), passages(b, 1001))
    return [(pair.a and pair.a - 1, pair.b and pair.b - 1001, pair.relation) for pair in pairs]


@pytest.fixture
def texts():
    chosen = random.Random(3)
    return [" ".join(words(chosen, chosen.randint(25, 60))) + "." for _ in range(12)]


def test_equal_texts_are_the_same_throughout(texts):
    assert relations(texts, texts) == [(at, at, "same") for at in range(12)]


def test_other_line_breaks_change_nothing(texts):
    assert relations(texts, [text.replace(" ", "\n", 3) for text in texts])[0] == (0, 0, "same")


def test_a_passage_with_other_words_is_changed(texts):
    edited = list(texts)
    edited[4] = edited[4].replace(edited[4].split()[5], "altogether", 1)
    assert relations(texts, edited)[4] == (4, 4, "changed")


def test_what_is_only_here_or_only_there_is_said_where_it_stands(texts):
    fresh = " ".join(words(random.Random(77), 30))
    edited = [*texts[:3], fresh, *texts[3:8], *texts[9:]]
    told = relations(texts, edited)
    assert told[3] == (None, 3, "only_b")
    assert (8, None, "only_a") in told
    assert sum(relation == "same" for _, _, relation in told) == 11


def test_a_passage_carried_elsewhere_has_moved_changed_or_not(texts):
    moved = [*texts[:2], *texts[3:10], texts[2], *texts[10:]]
    assert (2, 9, "moved") in relations(texts, moved)
    again = [*moved]
    again[9] = moved[9].replace(moved[9].split()[3], "otherwise", 1)
    assert (2, 9, "moved") in relations(texts, again)
    pair = next(each for each in comparison.pairs_of(passages(texts), passages(again, 1001))
                if each.relation == "moved")  # fmt: skip
    assert 0.8 < pair.similarity < 1


def test_one_passage_parted_in_two_is_split_and_two_joined_are_merged(texts):
    half = texts[5].split()
    edited = [
        *texts[:5],
        " ".join(half[:12]),
        " ".join(half[12:]),
        *texts[6:8],
        f"{texts[8]} {texts[9]}",
        *texts[10:],
    ]
    told = relations(texts, edited)
    assert [each for each in told if each[2] == "split"] == [(5, 5, "split"), (5, 6, "split")]
    assert [each for each in told if each[2] == "merged"] == [(8, 9, "merged"), (9, 9, "merged")]
    assert sum(each[2] == "same" for each in told) == 9


def test_headings_too_short_for_an_anchor_are_still_found(texts):
    a = ["Coal", *texts[:4], "Grain", *texts[4:8], "Timber", *texts[8:]]
    b = [
        "Coal",
        *texts[:4],
        "Grain",
        *[each + " Added." for each in texts[4:8]],
        "Timber",
        *texts[8:],
    ]
    told = relations(a, b)
    assert {(0, 0, "same"), (5, 5, "same"), (10, 10, "same")} <= set(told)


def test_texts_that_share_only_little_words_have_nothing_in_common():
    chosen = random.Random(9)
    a = [" ".join(words(chosen, 40)) for _ in range(5)]
    b = [" ".join(words(chosen, 40)) for _ in range(5)]
    assert {relation for *_, relation in relations(a, b)} == {"only_a", "only_b"}


def test_an_empty_source_is_compared_too(texts):
    assert relations([], texts[:2]) == [(None, 0, "only_b"), (None, 1, "only_b")]
    assert relations(texts[:1], []) == [(0, None, "only_a")]
    assert relations([], []) == []


fates = st.lists(
    st.sampled_from(["same", "same", "changed", "split", "merged", "only_a", "only_b"]),
    min_size=3,
    max_size=14,
)


@given(fates, st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_every_fate_is_named_rightly(wanted, seed):
    chosen = random.Random(seed)
    a, b, expected = [], [], []
    for fate in wanted:
        text = words(chosen, chosen.randint(24, 60))
        mine, theirs = [" ".join(text)], [" ".join(text)]
        if fate == "changed":
            edited = [word if chosen.random() > 0.3 else "zzz" for word in text]
            theirs = [" ".join([*edited, "end"])]
        elif fate == "split":
            at = len(text) // 2
            theirs = [" ".join(text[:at]), " ".join(text[at:])]
        elif fate == "merged":
            mine = [" ".join(text[: len(text) // 2]), " ".join(text[len(text) // 2 :])]
        elif fate == "only_a":
            theirs = []
        elif fate == "only_b":
            mine = []
        for i in range(max(len(mine), len(theirs))):
            here = len(a) + min(i, len(mine) - 1) if mine else None
            there = len(b) + min(i, len(theirs) - 1) if theirs else None
            expected.append((here, there, fate))
        a += mine
        b += theirs
    told = relations(a, b)
    # Neighbours that are only in one text may stand in either order.
    assert sorted(told, key=str) == sorted(expected, key=str)
    assert [each[0] for each in told if each[0] is not None] == sorted(
        each[0] for each in told if each[0] is not None
    )


@given(st.lists(st.text("abc de\n", max_size=30), max_size=6),
       st.lists(st.text("abc de\n", max_size=30), max_size=6))  # fmt: skip
@settings(max_examples=100, deadline=None)
def test_every_passage_has_one_relation(a, b):
    pairs = comparison.pairs_of(passages(a), passages(b, 1001))
    told = {}
    for pair in pairs:
        for passage_id in (pair.a, pair.b):
            if passage_id is not None:
                told.setdefault(passage_id, set()).add(pair.relation)
        assert 0 <= pair.similarity <= 1
    assert all(len(each) == 1 for each in told.values())
    assert set(told) == {*range(1, len(a) + 1), *range(1001, 1001 + len(b))}


def test_passages_rewritten_in_six_words_of_ten_are_among_the_first_five():
    chosen = random.Random(21)
    theirs = [words(chosen, 60) for _ in range(800)]
    mine = theirs[::8]
    edited = [
        [word if chosen.random() > 0.6 else words(chosen, 1)[0] for word in text] for text in mine
    ]
    found = pairing.candidates(edited, theirs)
    right = sum(8 * at in [place for place, _ in ranked] for at, ranked in enumerate(found))
    assert right >= 0.99 * len(mine)


ONE = "The harbour at Selm took in 140 ships in 1931.\n\nThe pilots were paid $2,500 that year.\n"
OTHER = (
    "The harbour at Selm took in 155 ships in 1931.\n\nThe pilots were paid $2,500 that year.\n\n"
    "Nine cranes stood on the quay.\n"
)


@pytest.fixture
def two(archive, tmp_path, home):
    for name, text in (("one.txt", ONE), ("other.txt", OTHER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    ingest.add(archive, [tmp_path / "one.txt", tmp_path / "other.txt"])
    return archive, *[source.id for source in sources.all(archive)]


def test_figures_are_told_as_the_same_different_or_only_here(two):
    archive, one, other = two
    found = comparison.compare(archive, one, other)
    rows = {each.id: each.figure for each in figures.all(archive)}
    told = [
        (pair.a and rows[pair.a].value, pair.b and rows[pair.b].value, pair.relation)
        for pair in found.figures
    ]
    assert told == [(140, 155, "differs"), (2500, 2500, "same"), (None, 9, "only_b")]
    assert found.counts() == {"changed": 1, "same": 1, "only_b": 1}


def test_a_source_that_is_not_there_is_said_so(two):
    archive, one, _ = two
    with pytest.raises(errors.UnknownSource):
        comparison.compare(archive, one, 999)


# -- a person's corrections -----------------------------------------------------------------------


@pytest.fixture
def unlike(archive, tmp_path, home):
    """Two sources of four paragraphs that have nothing in common but the first."""
    chosen = random.Random(11)
    texts = [" ".join(words(chosen, 30)) + "." for _ in range(7)]
    (tmp_path / "a.txt").write_text("\n\n".join(texts[:4]), encoding="utf-8")
    (tmp_path / "b.txt").write_text("\n\n".join([texts[0], *texts[4:]]), encoding="utf-8")
    ingest.add(archive, [tmp_path / "a.txt", tmp_path / "b.txt"])
    return archive


def fates_kept(archive):
    return [
        (pair.a and pair.a - 1, pair.b and pair.b - 5, pair.relation)
        for pair in comparison.compare(archive, 1, 2).pairs
    ]


def test_passages_joined_by_hand_are_one_pair_and_undo_parts_them(unlike):
    before = fates_kept(unlike)
    assert before[0] == (0, 0, "same")
    corrections.join(unlike, 2, 7)
    assert (1, 2, "changed") in fates_kept(unlike)
    history.undo(unlike)
    assert fates_kept(unlike) == before
    history.redo(unlike)
    assert (1, 2, "changed") in fates_kept(unlike)


def test_one_passage_joined_with_two_is_split_and_two_with_one_merged(unlike):
    corrections.join(unlike, 3, 6)
    corrections.join(unlike, 3, 7)
    assert [each for each in fates_kept(unlike) if each[2] == "split"] == [
        (2, 1, "split"),
        (2, 2, "split"),
    ]
    swapped = comparison.compare(unlike, 2, 1).pairs
    assert [pair.relation for pair in swapped if pair.b == 3] == ["merged", "merged"]


@pytest.mark.parametrize("last", [(3, 6), (4, 7)], ids=["two of each", "a row of four"])
def test_several_joined_with_several_are_pairs_of_one_relation(unlike, last):
    joined = [(2, 6), (2, 7), (3, 7), last]
    for one, other in joined:
        corrections.join(unlike, one, other)
    held = {
        (one, other): fate for one, other, fate in fates_kept(unlike) if None not in (one, other)
    }
    assert {(one - 1, other - 5): "merged" for one, other in joined}.items() <= held.items()
    assert (0, 0) in held
    assert len(held) == len(joined) + 1


def test_passages_parted_by_hand_stay_apart_however_alike_they_are(unlike):
    corrections.part(unlike, 5, 1)
    found = fates_kept(unlike)
    assert (0, None, "only_a") in found
    assert (None, 0, "only_b") in found
    corrections.join(unlike, 1, 5)
    assert fates_kept(unlike)[0] == (0, 0, "same")


def test_every_passage_still_has_one_relation_after_corrections(unlike):
    corrections.join(unlike, 4, 6)
    corrections.join(unlike, 2, 8)
    corrections.part(unlike, 1, 5)
    found = comparison.compare(unlike, 1, 2).pairs
    for side in ("a", "b"):
        seen = {}
        for pair in found:
            passage = getattr(pair, side)
            if passage is not None:
                seen.setdefault(passage, set()).add(pair.relation)
        assert len(seen) == 4
        assert all(len(relations) == 1 for relations in seen.values())


def test_a_correction_of_no_passage_is_refused(unlike):
    with pytest.raises(errors.UnknownPassage):
        corrections.join(unlike, 1, 99)
