"""Wholes that a text takes apart: "of the 58, 31 ... and 27", "the remaining 550", "a profit of"."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from db import cues, wholes
from db.noticed import Sentence, Stated, family
from db.reckoning import FEWEST_PARTS, Candidate

FURTHEST_PART = 120  # characters from a whole to its first part
FURTHEST_BALANCE = 60  # from what was taken in and spent to what was left


def find(told: Sequence[Sentence], index: int) -> Iterator[Candidate]:
    """What the sentence at `index` takes apart: a whole of its own or of the sentence before."""
    sentence = told[index]
    for at, figure in enumerate(sentence.figures):
        if cues.PARTITIVE.search(sentence.before(figure, 40)) or cues.PARTITIVE_ZH.match(
            sentence.after(figure, 12)
        ):
            yield from _of_the_whole(sentence, figure, sentence.figures[at + 1 :])
        if cues.REST.search(sentence.before(figure, 30)):
            before = told[index - 1] if index else None
            yield from _with_rest(sentence, at, before)
        if cues.BALANCE.search(sentence.before(figure, 30)):
            yield from _with_balance(sentence, at)


def _of_the_whole(
    sentence: Sentence, whole: Stated, after: Sequence[Stated]
) -> Iterator[Candidate]:
    """Parts behind "of the 58 engines": all of them only where the last is joined with "and"."""
    if not wholes.may_be_total(whole):
        return
    for parts in wholes.part_sets(sentence, whole, after):
        if len(sentence.gap(whole, parts[0])) > FURTHEST_PART:
            continue
        gaps = [sentence.gap(one, other) for one, other in pairwise(parts)]
        said = sentence.before(parts[-1], 200) + sentence.after(parts[-1], 40)
        # Behind a semicolon the text speaks of something else; of a battle not all are lost.
        is_whole = cues.LAST_OF_ALL.search(gaps[-1]) and not any(";" in gap for gap in gaps)
        if is_whole and not cues.CASUALTIES.search(said):
            yield Candidate(whole, parts, (sentence.passage,), "of the whole", 0.9, 1.2)
        for count in range(len(parts), FEWEST_PARTS - 1, -1):
            yield Candidate(whole, parts[:count], (sentence.passage,), "of the whole", 1.0, 1.0)


def _with_rest(sentence: Sentence, at: int, before: Sentence | None) -> Iterator[Candidate]:
    """A whole, what was taken from it, and "the remaining 550", which ends the parts."""
    rest = sentence.figures[at]
    for start in reversed(range(at - 1)):
        whole = sentence.figures[start]
        if parts := _up_to(sentence, whole, sentence.figures[start + 1 : at], rest):
            yield Candidate(whole, parts, (sentence.passage,), "the rest", 0.6, 1.6)
    if before is not None and at:
        for whole in reversed(before.figures):
            if parts := _up_to(sentence, whole, sentence.figures[:at], rest):
                around = tuple(dict.fromkeys((before.passage, sentence.passage)))
                yield Candidate(whole, parts, around, "the rest", 0.8, 1.25)


def _up_to(
    sentence: Sentence, whole: Stated, between: Sequence[Stated], rest: Stated
) -> tuple[Stated, ...]:
    """The parts of a whole that `rest` ends; none where what stands between is of other things."""
    if not wholes.may_be_total(whole) or not between:
        return ()
    if not (family(rest, whole) or wholes.is_bare(rest)):
        return ()  # "14 doctors ... to the other 3 towns"
    for parts in wholes.part_sets(sentence, whole, (*between, rest)):
        if rest in parts:
            return parts
    return ()


def _with_balance(sentence: Sentence, at: int) -> Iterator[Candidate]:
    """What was taken in, what was spent, and the profit or loss that is said to be left."""
    if at < FEWEST_PARTS:
        return
    one, other, left = sentence.figures[at - 2 : at + 1]
    if not (family(one, other) and family(other, left) and wholes.may_be_total(one)):
        return
    if len(sentence.gap(other, left)) > FURTHEST_BALANCE:
        return
    less, more = sorted((one, other), key=lambda each: each.value)
    yield Candidate(more, (less, left), (sentence.passage,), "balance", 0.6, 1.6)
