"""What the window asks about two or three sources side by side, as plain functions for jobs."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from db.records import KeptFigure, Passage
from desktop.jobs import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.archive import Archive
    from db.counterparts import FigurePair, Pair

Side = Literal["a", "b", "c"]


@dataclass(frozen=True, slots=True)
class Row:
    """A passage of the first source and what it is in the second; one of the two may be missing.

    Where a third is beside them, `third` is the row of the first and the third: its `b` is the
    third's passage. A row that one of the others alone has is of no fate in the other.
    """

    a: Passage | None
    b: Passage | None
    fate: str
    likeness: float
    figures: "tuple[FigurePair, ...]" = ()
    third: "Row | None" = None

    def passage(self, side: Side) -> Passage | None:
        """The passage in a column."""
        if side == "c":
            return self.third.b if self.third else None
        return self.a if side == "a" else self.b

    def told(self, side: Side) -> "Row":
        """The row that says what became of the passage in a column other than the first's."""
        return self.third if side == "c" and self.third is not None else self


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two or three sources compared, with all that a view needs to show it."""

    a: int
    b: int
    rows: tuple[Row, ...] = ()
    figures: dict[int, KeptFigure] = field(default_factory=dict)
    c: int | None = None

    def sides(self) -> tuple[Side, ...]:
        """The columns there are."""
        return ("a", "b") if self.c is None else ("a", "b", "c")


def compare(
    archive: "Archive", progress: Progress, a: int, b: int, c: int | None = None
) -> SideBySide:
    """Compare two sources, or two with the first: 0.5 s for two texts of 100,000 words, all read."""
    from db import comparison, figures, sources

    asked = (a, b) if c is None else (a, b, c)
    progress(0, len(asked) + 1, "")
    compared = comparison.compare(archive, a, b)
    progress(1, len(asked) + 1, "")
    passages = {each.id: each for source in asked for each in sources.passages(archive, source)}
    kept = {each.id: each for source in asked for each in figures.in_source(archive, source)}
    progress(2, len(asked) + 1, "")
    rows = _rows(compared.pairs, compared.figures, passages, kept)
    if c is not None:
        others = comparison.compare(archive, a, c)
        progress(3, 4, "")
        rows = _of_three(
            (compared.pairs, others.pairs, comparison.compare(archive, b, c).pairs),
            rows,
            _rows(others.pairs, others.figures, passages, kept),
        )
    progress(len(asked) + 1, len(asked) + 1, "")
    return SideBySide(a, b, tuple(rows), kept, c)


def _of_three(
    pairs: "tuple[Sequence[Pair], Sequence[Pair], Sequence[Pair]]",
    to_b: "Sequence[Row]",
    to_c: "Sequence[Row]",
) -> list[Row]:
    """Rows of two pairs each. Figures of a row that is shown again stand in its first."""
    from db import three_ways

    rows_b = {(pair.a, pair.b): row for pair, row in zip(pairs[0], to_b, strict=True)}
    rows_c = {(pair.a, pair.b): row for pair, row in zip(pairs[1], to_c, strict=True)}
    shown: set[tuple[Side, int | None, int | None]] = set()
    found = []
    for triple in three_ways.triples(*pairs):
        row = third = Row(None, None, "", 1.0)
        if triple.b is not None:
            row = _once(rows_b[triple.a, triple.b.passage], "b", shown)
        if triple.c is not None:
            third = _once(rows_c[triple.a, triple.c.passage], "c", shown)
        found.append(replace(row, third=third))
    return found


def _once(row: Row, side: Side, shown: set[tuple[Side, int | None, int | None]]) -> Row:
    key = side, row.a.id if row.a else None, row.b.id if row.b else None
    if key in shown:
        return replace(row, figures=())
    shown.add(key)
    return row


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


def in_order(rows: "Sequence[Row]", side: Side) -> list[Row]:
    """The rows of one side in its own order, each passage once."""
    found: dict[int, Row] = {}
    for row in rows:
        passage = row.passage(side)
        if passage is not None:
            found.setdefault(passage.ordinal, row)
    return [found[ordinal] for ordinal in sorted(found)]


def agrees(row: Row) -> bool:
    """The same words, in place or moved, in all that are side by side."""
    same = row.fate in ("same", "moved") and row.likeness >= 1.0
    return same and (row.third is None or agrees(row.third))


def differing(row: Row) -> dict[Side, list[tuple[int, int]]]:
    """The words of each passage that another has not, as places in the passage."""
    in_a, in_b = _differing(row)
    if row.third is None:
        return {"a": in_a, "b": in_b}
    also_a, in_c = _differing(row.third)
    return {"a": _joined([*in_a, *also_a]), "b": in_b, "c": in_c}


def _joined(places: "Sequence[tuple[int, int]]") -> list[tuple[int, int]]:
    """Places in order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _differing(row: Row) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
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
