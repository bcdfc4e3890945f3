"""Who says something of which year, and who is silent: a row a source, a cell a year."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from desktop.plotting.calendar import civil, day_number
from desktop.plotting.finite import Floats
from desktop.plotting.gathering import in_order
from desktop.plotting.inks import Inks
from desktop.plotting.marks import Feature, Marks
from desktop.plotting.setting import Cells, Reader
from desktop.plotting.ticks import Ticks, grouping_locale, label, number, time_ticks
from desktop.plotting.words import one_line

MOST_ROWS = 60
_BROAD = 46  # pixels of a year that has its own name below
_APART = 8  # pixels from which on a year is set apart from the next
_LONGEST = 34  # letters of a source's title
_HIGHEST = 34.0  # pixels
_HEIGHT = 0.84  # of a cell, of a row


@dataclass(frozen=True, slots=True)
class Covered:
    """Marks in the row of their source, the cells they fill, and the rows' titles from the top."""

    marks: Marks
    cells: Cells
    rows: tuple[str, ...]
    silent: int  # how many of the rows at the foot tell nothing


def covered(
    marks: Marks,
    sources: Sequence[tuple[int, str]],
    hidden: frozenset[int],
    *,
    with_rejected: bool,
) -> Covered:
    """Each figure over the whole years of its period; an open end does not reach beyond its year.

    `sources` are those that could have said something; ids in `hidden` have no row.
    """
    speaking = [each for each in marks.sources if each[0] not in hidden]
    known = {source_id for source_id, _ in marks.sources} | hidden
    silent = [each for each in sources if each[0] not in known]
    rows = [*speaking, *silent][:MOST_ROWS]
    row_of = {source_id: -float(row) for row, (source_id, _) in enumerate(rows)}
    heights = numpy.array([row_of.get(source_id, numpy.nan) for source_id, _ in marks.sources])
    left, right = _whole_years(marks)
    y = heights[marks.series] if len(marks) else numpy.zeros(0)
    spread = replace(
        marks,
        x=(left + right) / 2,
        y=numpy.where(numpy.isnan(y), 1.0, y),
        left=left,
        right=right,
        y_high=numpy.full(len(marks), numpy.nan),
        features=marks.features & int(Feature.REJECTED | Feature.PROPOSED),
    )
    seen = ~numpy.isnan(y)
    if not with_rejected:
        seen &= ~marks.has(Feature.REJECTED)
    titles = tuple(_short(title) for _, title in rows)
    cells = _cells(y[seen], left[seen], right[seen])
    return Covered(in_order(spread), cells, titles, max(0, len(rows) - len(speaking)))


def _whole_years(marks: Marks) -> tuple[Floats, Floats]:
    left = numpy.where(numpy.isnan(marks.left), marks.right - 1, marks.left)
    right = numpy.where(numpy.isnan(marks.right), left + 1, marks.right)
    first = {day: day_number(civil(math.floor(day))[0]) for day in set(left.tolist())}
    last = {
        # The end is the day after the last one.
        day: day_number(civil(math.ceil(day) - 1)[0] + 1)
        for day in set(right.tolist())
    }
    return (
        numpy.array([first[day] for day in left.tolist()], numpy.float64),
        numpy.array([last[day] for day in right.tolist()], numpy.float64),
    )


def _cells(y: Floats, left: Floats, right: Floats) -> Cells:
    """Runs of years of which equally many figures of a row speak."""
    columns: list[tuple[float, float, float, int]] = []
    for row in numpy.unique(y).tolist():
        of_row = y == row
        places = numpy.unique(numpy.concatenate([left[of_row], right[of_row]]))
        change = numpy.zeros(len(places), numpy.int64)
        numpy.add.at(change, numpy.searchsorted(places, left[of_row]), 1)
        numpy.add.at(change, numpy.searchsorted(places, right[of_row]), -1)
        many = numpy.cumsum(change)[:-1]
        columns += [
            (row, float(places[at]), float(places[at + 1]), int(many[at]))
            for at in numpy.flatnonzero(many).tolist()
        ]
    table = numpy.array(columns, numpy.float64).reshape(-1, 4)
    return Cells(table[:, 0], table[:, 1], table[:, 2], table[:, 3].astype(numpy.int64))


def reader(rows: Sequence[str]) -> Reader:
    """Ticks that name the rows, as many as there is room for."""

    def ticks(low: float, high: float, size: float) -> Ticks:
        seen = [row for row in range(len(rows)) if low <= -row <= high]
        every = max(1, math.ceil(16 / (size / (high - low))))
        seen = seen[::every]
        return Ticks(tuple(-float(row) for row in seen), tuple(rows[row] for row in seen))

    return ticks


def years(low: float, high: float, size: float) -> Ticks:
    """Ticks of time: the name of a year in its middle, where there is room for each."""
    if 365.2425 * size / (high - low) < _BROAD:
        return time_ticks(low, high, size, lambda text: 7.5 * len(text), finest="year")
    first, last = civil(math.floor(low))[0], civil(math.ceil(high))[0]
    middles = [(day_number(year) + 182.5, year) for year in range(first, last + 1)]
    seen = [(middle, year) for middle, year in middles if low <= middle <= high]
    borders = [float(day_number(year)) for year in range(first, last + 2)]
    labels = tuple(label(middle, "year", grouping_locale()) for middle, _ in seen)
    inside = tuple(border for border in borders if low <= border <= high)
    return Ticks(tuple(middle for middle, _ in seen), labels, inside)


def under(marks: Marks, at: tuple[float, float]) -> list[int]:
    """The places of the marks whose cell is at this day and height, the shortest period first."""
    row = round(at[1])
    found = numpy.flatnonzero((marks.y == row) & (marks.left <= at[0]) & (at[0] < marks.right))
    if abs(at[1] - row) > _HEIGHT / 2:
        return []
    order = numpy.argsort((marks.right - marks.left)[found], kind="stable")
    return [int(place) for place in found[order]]


def paint(
    painter: QPainter, inks: Inks, cells: Cells, rect: QRectF, view: tuple[float, ...]
) -> None:
    """Paint the cells: darker where more figures speak, with their number where there is room."""
    x_from, x_to, y_from, y_to = view
    across, up = rect.width() / (x_to - x_from), rect.height() / (y_to - y_from)
    gap = 1.0 if 365 * across >= _APART else 0.0
    height = min(up * _HEIGHT, _HIGHEST)
    most = max(int(cells.many.max()), 1) if len(cells.many) else 1
    metrics = QFontMetricsF(painter.font())
    locale = grouping_locale()
    for y, first, last, many in zip(
        cells.y.tolist(),
        cells.first.tolist(),
        cells.last.tolist(),
        cells.many.tolist(),
        strict=True,
    ):
        if last < x_from or first > x_to or not y_from - 1 < y < y_to + 1:
            continue
        left = rect.left() + (max(first, x_from - 1) - x_from) * across
        right = rect.left() + (min(last, x_to + 1) - x_from) * across
        middle = rect.top() + (y_to - y) * up
        box = QRectF(left, middle - height / 2, max(right - left - gap, 2), height)
        ink = inks.colour(0)
        painter.fillRect(box, shade(ink, many, most))
        painter.setPen(QPen(ink, 2))
        foot = box.bottom() - 1
        painter.drawLine(QLineF(box.left(), foot, box.right(), foot))
        _paint_years(painter, inks, box, (first, last), (rect, view))
        text = number(many, 0, locale)
        year = 365.2425 * across
        if height >= metrics.height() - 2 and year >= metrics.horizontalAdvance(text) + 6:
            painter.setPen(inks.text)
            for start in range(civil(int(first))[0], civil(int(last) - 1)[0] + 1):
                at = rect.left() + (day_number(start) + 182.6 - x_from) * across
                if rect.left() <= at <= rect.right():
                    spot = QRectF(at - year / 2, box.top(), year, box.height())
                    painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)


def shade(ink: QColor, many: int, most: int) -> QColor:
    """The filling of a cell of `many` figures where none has more than `most`.

    Pale enough for the number on top: 4.5:1 also where most figures are.
    """
    fill = QColor(ink)
    fill.setAlphaF(0.16 + 0.26 * math.log1p(many) / math.log1p(most))
    return fill


def _paint_years(
    painter: QPainter,
    inks: Inks,
    box: QRectF,
    period: tuple[float, float],
    seen: tuple[QRectF, tuple[float, ...]],
) -> None:
    """Lines of paper between the years of a run, where they are broad enough to be told apart."""
    rect, (x_from, x_to, *_) = seen
    across = rect.width() / (x_to - x_from)
    if 365 * across < _APART:
        return
    painter.setPen(QPen(inks.paper, 1))
    first, last = max(period[0], x_from), min(period[1], x_to)
    for year in range(civil(int(first))[0] + 1, civil(int(last) - 1)[0] + 1):
        at = rect.left() + (day_number(year) - x_from) * across
        painter.drawLine(QPointF(at, box.top()), QPointF(at, box.bottom()))


def _short(title: str) -> str:
    title = one_line(title)
    return title if len(title) <= _LONGEST else title[: _LONGEST - 1].rstrip() + "…"
