"""What the window asks about two sources side by side, as plain functions for jobs."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from db.records import KeptFigure, Passage
from desktop.jobs import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.archive import Archive
    from db.counterparts import FigurePair, Pair


@dataclass(frozen=True, slots=True)
class Row:
    """A passage of the left source and what it is in the right; one of the two may be missing."""

    a: Passage | None
    b: Passage | None
    fate: str
    likeness: float
    figures: "tuple[FigurePair, ...]" = ()


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two sources compared, with all that a view needs to show it."""

    a: int
    b: int
    rows: tuple[Row, ...] = ()
    figures: dict[int, KeptFigure] = field(default_factory=dict)


def compare(archive: "Archive", progress: Progress, a: int, b: int) -> SideBySide:
    """Compare two sources: some 0.5 s for two texts of 100,000 words, the reading included."""
    from db import comparison, figures, sources

    progress(0, 3, "")
    compared = comparison.compare(archive, a, b)
    progress(1, 3, "")
    passages = {each.id: each for source in (a, b) for each in sources.passages(archive, source)}
    progress(2, 3, "")
    kept = {each.id: each for source in (a, b) for each in figures.in_source(archive, source)}
    rows = _rows(compared.pairs, compared.figures, passages, kept)
    progress(3, 3, "")
    return SideBySide(a, b, tuple(rows), kept)


def _rows(
    pairs: "Sequence[Pair]",
    figure_pairs: "Sequence[FigurePair]",
    passages: dict[int, Passage],
    kept: dict[int, KeptFigure],
) -> list[Row]:
    places: dict[tuple[int | None, int | None], int] = {}
    first_of: dict[int, int] = {}
    for at, pair in enumerate(pairs):
        places[pair.a, pair.b] = at
        for passage_id in (pair.a, pair.b):
            if passage_id is not None:
                first_of.setdefault(passage_id, at)
    found: list[list[FigurePair]] = [[] for _ in pairs]
    for each in figure_pairs:
        in_a = kept[each.a].passage_id if each.a in kept else None
        in_b = kept[each.b].passage_id if each.b in kept else None
        at = places.get((in_a, in_b), -1)
        if at < 0:
            at = first_of.get(in_a if in_a is not None else in_b or 0, -1)
        if at >= 0:
            found[at].append(each)
    return [
        Row(
            passages.get(pair.a or 0),
            passages.get(pair.b or 0),
            pair.relation,
            pair.similarity,
            tuple(figures),
        )
        for pair, figures in zip(pairs, found, strict=True)
    ]


def join(archive: "Archive", one: int, other: int) -> None:
    from db import corrections

    corrections.join(archive, one, other)


def part(archive: "Archive", one: int, other: int) -> None:
    from db import corrections

    corrections.part(archive, one, other)


def in_order(rows: "Sequence[Row]", side: Literal["a", "b"]) -> list[Row]:
    """The rows of one side in its own order, each passage once."""
    found: dict[int, Row] = {}
    for row in rows:
        passage = row.a if side == "a" else row.b
        if passage is not None:
            found.setdefault(passage.ordinal, row)
    return [found[ordinal] for ordinal in sorted(found)]


def agrees(row: Row) -> bool:
    """The same words, in place or moved."""
    return row.fate in ("same", "moved") and row.likeness >= 1.0


def differing(row: Row) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The words of either passage that the other has not, as places in the passage."""
    from db import alignment

    if row.a is None or row.b is None or row.likeness >= 1.0:
        return [], []
    spans_a, spans_b = alignment.differing_words(row.a.text, row.b.text)
    in_a = [_whole_number(row.a.text, span.start, span.end) for span in spans_a]
    in_b = [_whole_number(row.b.text, span.start, span.end) for span in spans_b]
    # Of a whole that was cut, the other pieces' words are not missing; and the other way round.
    return ([] if row.fate == "split" else in_a, [] if row.fate == "merged" else in_b)


def _whole_number(text: str, start: int, end: int) -> tuple[int, int]:
    """A span that cuts a numeral, "12" of "12,000", widened to all of it."""
    while start and text[start].isdigit() and _is_of_number(text, start - 1):
        start -= 1 if text[start - 1].isdigit() else 2
    while end < len(text) and text[end - 1].isdigit() and _is_of_number(text, end):
        end += 1
        if not text[end - 1].isdigit():
            end += 1  # the digit behind the mark, which is known to be one
    return start, end


def _is_of_number(text: str, at: int) -> bool:
    if text[at].isdigit():
        return True
    inside = 0 < at < len(text) - 1
    return text[at] in ".,'’" and inside and text[at - 1].isdigit() and text[at + 1].isdigit()
