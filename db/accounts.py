"""What several sources say on one matter: rows of periods, columns of sources, figures in cells."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from db import edtf, figures, search, series
from db.noticed import Stated, half_unit

if TYPE_CHECKING:
    from db.archive import Archive
    from db.records import KeptFigure

Badge = Literal[
    "first", "same", "about", "differs", "other period", "other scope", "asked or delivered"
]

MOST_PASSAGES = 500
AGREEING: tuple[Badge, ...] = ("first", "same", "about")
_ONLY_MEANT = ("asked", "offered", "planned")


@dataclass(frozen=True, slots=True)
class Row:
    """What a row speaks of: a unit (and of a rate, per what), and a year or None where undated."""

    unit: str | None
    per: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure in a cell and how it stands to the first figure of its row."""

    figure_id: int
    badge: Badge


@dataclass(frozen=True, slots=True)
class Matrix:
    """`cells[row][column]` are the figures of a row in a source; a cell may be empty."""

    rows: tuple[Row, ...]
    source_ids: tuple[int, ...]
    cells: tuple[tuple[tuple[Entry, ...], ...], ...]

    def differing(self) -> "Matrix":
        """Only the rows in which something does not agree."""
        return self._only(agreeing=False)

    def agreeing(self) -> "Matrix":
        """Only the rows in which all agree, at least two of them."""
        return self._only(agreeing=True)

    def _only(self, *, agreeing: bool) -> "Matrix":
        kept = []
        for at, row in enumerate(self.cells):
            badges = [entry.badge for cell in row for entry in cell]
            agree = all(badge in AGREEING for badge in badges)
            if agree == agreeing and (len(badges) > 1 or not agreeing):
                kept.append(at)
        return Matrix(
            tuple(self.rows[at] for at in kept),
            self.source_ids,
            tuple(self.cells[at] for at in kept),
        )


def of_figures(archive: "Archive", figure_ids: Sequence[int]) -> Matrix:
    """The accounts that chosen figures give."""
    kept = figures.rows(archive, figure_ids)
    return matrix([kept[each] for each in figure_ids if each in kept])


def of_series(archive: "Archive", series_id: int) -> Matrix:
    """The accounts of one series; UnknownSeries if there is none of this id."""
    return _of(archive, series.get(archive, series_id))


def of_search(archive: "Archive", query: str) -> Matrix:
    """The accounts in the passages that answer a query, the best 500 of them."""
    asked = search.Query.parse(query)
    found = search.find(archive, asked, limit=MOST_PASSAGES).ids[:MOST_PASSAGES]
    return matrix(figures.in_passages(archive, found))


def of_sources(archive: "Archive", a: int, b: int) -> Matrix:
    """The accounts of two sources."""
    return matrix([*figures.in_source(archive, a), *figures.in_source(archive, b)])


def like(archive: "Archive", figure_id: int) -> Matrix:
    """Who else says something on the matter of a figure: those of its series, else of its unit."""
    held = series.of_figure(archive, figure_id)
    return _of(archive, held) if held else of_figures(archive, [figure_id])


def _of(archive: "Archive", gathered: series.Series) -> Matrix:
    return of_figures(archive, [point.figure_id for point in gathered.points])


def matrix(found: Sequence["KeptFigure"]) -> Matrix:
    """Figures by unit and year, and by source; rejected ones left out."""
    figures_of: dict[Row, list[KeptFigure]] = defaultdict(list)
    for kept in found:
        if kept.status != "rejected":
            row = Row(kept.figure.unit, kept.figure.per, _year(kept.figure.date))
            figures_of[row].append(kept)
    source_ids = tuple(dict.fromkeys(kept.source_id for kept in found))
    rows = sorted(figures_of, key=_place)
    return Matrix(
        tuple(rows),
        source_ids,
        tuple(
            tuple(
                tuple(
                    Entry(kept.id, badge(kept, figures_of[row][0]))
                    for kept in figures_of[row]
                    if kept.source_id == source_id
                )
                for source_id in source_ids
            )
            for row in rows
        ),
    )


def badge(kept: "KeptFigure", first: "KeptFigure") -> Badge:
    """How a figure stands to another of its row."""
    if kept.id == first.id:
        return "first"
    mine, theirs = kept.figure, first.figure
    if (mine.modality in _ONLY_MEANT) != (theirs.modality in _ONLY_MEANT):
        return "asked or delivered"
    if (mine.value, mine.value_high) == (theirs.value, theirs.value_high):
        return "same"
    if _are_apart(mine.date, theirs.date):
        return "other period"
    one = Stated(kept.id, mine, half_unit(mine))
    other = Stated(first.id, theirs, half_unit(theirs))
    if one.low <= other.high and other.low <= one.high:
        return "about"
    if mine.of and theirs.of and mine.of.lower() != theirs.of.lower():
        return "other scope"
    return "differs"


def _are_apart(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return False
    first, last = edtf.earliest_latest(one)
    least, most = edtf.earliest_latest(other)
    return bool(
        (last is not None and least is not None and last < least)
        or (first is not None and most is not None and most < first)
    )


def _year(day: str | None) -> int | None:
    """The year a period begins in, else the one it ends in."""
    first, last = edtf.earliest_latest(day) if day else (None, None)
    known = first if first is not None else last
    if known is None or not 1 <= known <= date.max.toordinal():
        return None
    return date.fromordinal(known).year


def _place(row: Row) -> tuple[str, str, bool, int]:
    return row.unit or "", row.per or "", row.year is None, row.year or 0
