"""What several sources say on one matter: rows of periods, columns of sources, figures in cells."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from db import cues, edtf, figures, folding, search, series
from db.noticed import Stated, half_unit

if TYPE_CHECKING:
    from db.archive import Archive
    from db.records import KeptFigure

Badge = Literal[
    "first", "same", "about", "differs", "other period", "other scope", "asked or delivered"
]

By = Literal["years", "series"]

MOST_PASSAGES = 500
MOST_ALIKE = 500  # figures beside one that is in no series
AGREEING: tuple[Badge, ...] = ("first", "same", "about")
_ONLY_MEANT = ("asked", "offered", "planned")


@dataclass(frozen=True, slots=True)
class Row:
    """What a row speaks of: a unit (and of a rate, per what), and a year or None where undated.

    `name` is a series or the words that were searched for, where rows are told by these; a row
    of a series holds every year.
    """

    unit: str | None
    per: str | None
    year: int | None
    name: str | None = None
    every_year: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure in a cell and how it stands to the first figure of its row and year."""

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
            if agree == agreeing and (set(badges) & {"same", "about"} or not agreeing):
                kept.append(at)
        return Matrix(
            tuple(self.rows[at] for at in kept),
            self.source_ids,
            tuple(self.cells[at] for at in kept),
        )


def of_figures(archive: "Archive", figure_ids: Sequence[int], by: By = "years") -> Matrix:
    """The accounts that chosen figures give."""
    kept = figures.rows(archive, figure_ids)
    return _told(archive, [kept[each] for each in figure_ids if each in kept], by)


def of_series(archive: "Archive", series_id: int, by: By = "years") -> Matrix:
    """The accounts of one series; UnknownSeries if there is none of this id."""
    return _of(archive, series.get(archive, series_id), by)


def of_search(archive: "Archive", query: str, by: By = "years") -> Matrix:
    """The accounts in the passages that answer a query, the best 500 of them.

    Several queries, with ";" between them, have rows of their own.
    """
    queries = [each.strip() for each in query.split(";") if each.strip()]
    if len(queries) < 2:
        return _told(archive, _answering(archive, query), by)
    return matrix([(each, kept) for each in queries for kept in _answering(archive, each)])


def _answering(archive: "Archive", query: str) -> list["KeptFigure"]:
    asked = search.Query.parse(query)
    found = search.find(archive, asked, limit=MOST_PASSAGES).ids[:MOST_PASSAGES]
    return figures.in_passages(archive, found)


def of_sources(archive: "Archive", source_ids: Sequence[int], by: By = "years") -> Matrix:
    """The accounts of two sources or more."""
    found = [kept for each in source_ids for kept in figures.in_source(archive, each)]
    return _told(archive, found, by)


def like(archive: "Archive", figure_id: int, by: By = "years") -> Matrix:
    """Who else says something on the matter of a figure.

    Those of its series; of a figure in none, those in its unit that do not count another sort.
    """
    held = series.of_figure(archive, figure_id)
    if held is not None:
        return _of(archive, held, by)
    asked = figures.rows(archive, [figure_id]).get(figure_id)
    if asked is None:
        return Matrix((), (), ())
    sort = _sort(asked)
    same = [
        kept
        for kept in figures.all(archive, unit=asked.figure.unit)
        if kept.figure.per == asked.figure.per
        and (not sort or not (other := _sort(kept)) or sort & other)
    ]
    others = [kept for kept in same if kept.id != figure_id][:MOST_ALIKE]
    return _told(archive, [asked, *others] if asked.figure.unit else [asked], by)


def _sort(kept: "KeptFigure") -> frozenset[str]:
    """The words that tell what is counted more closely than the unit does: "fishing" boats."""
    unit = (kept.figure.unit or "").lower()
    words = folding.words(kept.figure.of or "")
    return frozenset(
        word
        for word in words
        if len(word) > 2 and word not in cues.SAYS_NOTHING and not (unit and word.startswith(unit))
    )


def _of(archive: "Archive", gathered: series.Series, by: By) -> Matrix:
    ids = [point.figure_id for point in gathered.points]
    if by == "series":
        kept = figures.rows(archive, ids)
        return matrix([(gathered.name, kept[each]) for each in ids if each in kept], by_year=False)
    return of_figures(archive, ids)


def _told(archive: "Archive", found: Sequence["KeptFigure"], by: By) -> Matrix:
    if by == "years":
        return matrix([(None, kept) for kept in found])
    names: dict[int, str] = {}
    for gathered in series.all(archive):
        for point in gathered.points:
            names.setdefault(point.figure_id, gathered.name)
    return matrix([(names.get(kept.id), kept) for kept in found], by_year=False)


def matrix(found: Sequence[tuple[str | None, "KeptFigure"]], *, by_year: bool = True) -> Matrix:
    """Named figures by name, unit and year, and by source; rejected ones left out.

    Without years a row holds all of them; each figure is held against the first of its year.
    """
    figures_of: dict[Row, list[KeptFigure]] = defaultdict(list)
    firsts: dict[tuple[Row, int | None], KeptFigure] = {}
    for name, kept in found:
        if kept.status != "rejected":
            year = _year(kept.figure.date)
            unit, per = kept.figure.unit, kept.figure.per
            row = Row(unit, per, year if by_year else None, name, not by_year)
            figures_of[row].append(kept)
            firsts.setdefault((row, year), kept)
    source_ids = tuple(dict.fromkeys(kept.source_id for _, kept in found))
    names = {name: at for at, name in enumerate(dict.fromkeys(name for name, _ in found))}
    rows = sorted(figures_of, key=lambda row: (row.name is None, names[row.name], _place(row)))
    cells = []
    for row in rows:
        of_source: dict[int, list[KeptFigure]] = defaultdict(list)
        for kept in figures_of[row]:
            of_source[kept.source_id].append(kept)
        cells.append(
            tuple(
                tuple(
                    Entry(kept.id, badge(kept, firsts[row, _year(kept.figure.date)]))
                    for kept in sorted(of_source[source_id], key=_by_year)
                )
                for source_id in source_ids
            )
        )
    return Matrix(tuple(rows), source_ids, tuple(cells))


def _by_year(kept: "KeptFigure") -> tuple[bool, int]:
    year = _year(kept.figure.date)
    return year is None, year or 0


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
    return edtf.days_apart(edtf.earliest_latest(one), edtf.earliest_latest(other)) > 0


def _year(day: str | None) -> int | None:
    """The year a period begins in, else the one it ends in."""
    first, last = edtf.earliest_latest(day) if day else (None, None)
    known = first if first is not None else last
    if known is None or not 1 <= known <= date.max.toordinal():
        return None
    return date.fromordinal(known).year


def _place(row: Row) -> tuple[str, str, bool, int]:
    return row.unit or "", row.per or "", row.year is None, row.year or 0
