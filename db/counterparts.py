"""What became of each figure when two sources are held side by side."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from db import alignment
from db.records import KeptFigure, Passage

Relation = Literal["same", "changed", "moved", "split", "merged", "only_a", "only_b"]
FigureRelation = Literal["same", "differs", "only_a", "only_b"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage of A and what it is in B; one of the two is None where there is none."""

    a: int | None
    b: int | None
    relation: Relation
    similarity: float


@dataclass(frozen=True, slots=True)
class FigurePair:
    """A figure of A and its counterpart in B; one of the two is None where there is none."""

    a: int | None
    b: int | None
    relation: FigureRelation


def of_figures(
    pairs: Sequence[Pair],
    passages: dict[int, Passage],
    figures_a: dict[int, list[KeptFigure]],
    figures_b: dict[int, list[KeptFigure]],
) -> Iterator[FigurePair]:
    """What became of each figure, in the order of the passages."""
    free_b = {each.id for found in figures_b.values() for each in found}
    done_a: set[int] = set()
    waiting: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.a is not None:
            waiting[pair.a].append(pair)
    for pair in pairs:
        if pair.a is None:
            for each in figures_b.get(pair.b or 0, ()):
                yield FigurePair(None, each.id, "only_b")
            continue
        for a, b, relation in _in_pair(pair, passages, figures_a, figures_b):
            if a.id not in done_a and b.id in free_b:
                done_a.add(a.id)
                free_b.discard(b.id)
                yield FigurePair(a.id, b.id, relation)
        waiting[pair.a].remove(pair)
        if not waiting[pair.a]:
            for each in figures_a.get(pair.a, ()):
                if each.id not in done_a:
                    yield FigurePair(each.id, None, "only_a")
    told = {pair.b for pair in pairs if pair.a is not None}
    for passage_id in sorted(told - {None}, key=str):
        for each in figures_b.get(passage_id or 0, ()):
            if each.id in free_b:
                yield FigurePair(None, each.id, "only_b")


def _in_pair(
    pair: Pair,
    passages: dict[int, Passage],
    figures_a: dict[int, list[KeptFigure]],
    figures_b: dict[int, list[KeptFigure]],
) -> Iterator[tuple[KeptFigure, KeptFigure, FigureRelation]]:
    if pair.a is None or pair.b is None:
        return
    mine, theirs = list(figures_a.get(pair.a, ())), list(figures_b.get(pair.b, ()))
    if not mine or not theirs:
        return
    a, b = passages[pair.a], passages[pair.b]
    changes = alignment.changes(a.text, b.text)
    for figure in mine:
        place = _place(figure.figure.start - a.start, changes)
        equal = [each for each in theirs if _says_the_same(figure, each)]
        if equal:
            best = min(equal, key=lambda each: abs(each.figure.start - b.start - place))
            theirs.remove(best)
            yield figure, best, "same"
            continue
        near = [each for each in theirs if _in_its_place(figure, each, a, b, changes)]
        if near:
            theirs.remove(near[0])
            yield figure, near[0], "differs"


def _place(offset: int, changes: Sequence[tuple[int, int, int, int]]) -> int:
    """Where in B's passage a place of A's passage would be."""
    moved = 0
    for start, end, there, there_end in changes:
        if end > offset:
            break
        moved = there_end - end
        del start, there
    return offset + moved


def _says_the_same(one: KeptFigure, other: KeptFigure) -> bool:
    a, b = one.figure, other.figure
    return (a.value, a.value_high, a.unit, a.per) == (b.value, b.value_high, b.unit, b.per)


def _in_its_place(
    one: KeptFigure,
    other: KeptFigure,
    a: Passage,
    b: Passage,
    changes: Sequence[tuple[int, int, int, int]],
) -> bool:
    """Whether two figures were changed one for the other: they lie in the same change."""
    if one.figure.kind != other.figure.kind:
        return False
    start, end = one.figure.start - a.start, one.figure.end - a.start
    there, there_end = other.figure.start - b.start, other.figure.end - b.start
    for first, last, first_b, last_b in changes:
        if first < end and start < last and first_b < there_end and there < last_b:
            return True
    return False


def by_passage(found: Sequence[KeptFigure]) -> dict[int, list[KeptFigure]]:
    """The figures that a person has not rejected, by the passage they stand in."""
    found_in: dict[int, list[KeptFigure]] = defaultdict(list)
    for each in found:
        if each.status != "rejected":
            found_in[each.passage_id].append(each)
    return found_in
