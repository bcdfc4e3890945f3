"""The layer of a plot that paints marks, or how dense they lie, and says which is under a point.

It works in the pixels of its view box: dates and values are turned into pixels by numpy in double
precision, so that neither 1e15 nor a single day in the year 2 is lost in Qt's transforms.
"""

import math
from collections.abc import Iterable, Sequence

import numpy
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from desktop.plotting import coverage, density, overlay
from desktop.plotting.axes import TimeAxis, ValueAxis
from desktop.plotting.finite import Floats, finite_xy
from desktop.plotting.inks import Inks
from desktop.plotting.lasso import inside
from desktop.plotting.marks import NO_MARKS, Feature, Marks
from desktop.plotting.picking import tails_under
from desktop.plotting.setting import PLAIN, Setting
from desktop.plotting.strokes import (
    paint_arrow,
    paint_fade,
    paint_note,
    paint_period,
    paint_whisker,
)
from desktop.plotting.symbols import SYMBOL, Symbols, styles_of

_REACH = 9.0  # how far from a mark a click still means it
# Each period, whisker and arrow is a call of its own: 2,000 of them take 10 ms.
_MOST_TAILS = 2_000
_MOST_RINGS = 2_000

_Pixels = tuple[Floats, Floats]


class Layer(QGraphicsItem):
    """Paints the marks it is given; reads no figure and changes no view."""

    def __init__(self, box: pyqtgraph.ViewBox, time: TimeAxis, values: ValueAxis) -> None:
        super().__init__(box)
        self._box = box
        self._time, self._values = time, values
        self._symbols = Symbols()
        self.font = QFont()
        self.is_log = False
        self.is_vector = False
        self.chosen: int | None = None
        self.selected: NDArray[numpy.intp] = numpy.zeros(0, numpy.intp)
        self.span: tuple[float, float] | None = None  # of time, marked by a person
        self.rope: list[QPointF] = []  # what a person is drawing around marks, in pixels
        self.setting: Setting = PLAIN
        self._marks: Marks = NO_MARKS
        # None while all marks are drawn: a million places need not be written out to be shown.
        self._drawn: NDArray[numpy.intp] | None = None
        self._counted: tuple[tuple[float, ...], int] | None = None
        self._picture: tuple[tuple[object, ...], QImage] | None = None
        self._x: Floats = numpy.zeros(0)
        self._y: Floats = numpy.zeros(0)
        box.sigRangeChanged.connect(self._changed)
        box.sigResized.connect(self._changed)

    @property
    def inks(self) -> Inks:
        """What it paints with."""
        return self._symbols.inks

    @inks.setter
    def inks(self, inks: Inks) -> None:
        self._symbols.inks = inks

    def show_marks(
        self, marks: Marks, hidden: Iterable[int] = (), *, with_rejected: bool = False
    ) -> None:
        """Show `marks`, but for the series in `hidden` and, if not asked for, rejected ones."""
        self._marks = marks
        drawn = numpy.ones(len(marks), bool)
        hidden = list(hidden)
        if hidden:
            drawn &= ~numpy.isin(marks.series, hidden)
        if not with_rejected and marks.figures:
            drawn &= ~marks.has(Feature.REJECTED)
        if self.is_log:
            drawn &= marks.y > 0
        is_all = bool(drawn.all())
        self._drawn = None if is_all else numpy.flatnonzero(drawn)
        x, y = (marks.x, marks.y) if is_all else (marks.x[drawn], marks.y[drawn])
        points = finite_xy(x, numpy.log10(y) if self.is_log else y)
        self._x, self._y = points.x, points.y
        self._counted = None
        self._picture = None
        self._changed()

    @property
    def drawn(self) -> NDArray[numpy.intp]:
        """The places of the marks that are not hidden, in time order."""
        if self._drawn is None:
            self._drawn = numpy.arange(len(self._x))
        return self._drawn

    @property
    def is_dense(self) -> bool:
        """Whether the view holds too many marks to show single ones."""
        is_many = len(self._x) > density.MOST_MARKS and self.setting.cells is None
        return is_many and self._in_view() > density.MOST_MARKS

    @property
    def note(self) -> str:
        """What it says where single marks cannot be told apart."""
        return density.note() if self.is_dense else ""

    @property
    def outside(self) -> int:
        """How many of the marks that are not hidden lie outside the view."""
        return len(self._x) - self._in_view()

    def times(self) -> Floats:
        """The dates of the marks that are not hidden, ascending."""
        return self._x

    def bounds(self) -> tuple[float, float, float, float] | None:
        """The smallest view that holds all (x from, x to, y from, y to); None if nothing is drawn."""
        if not len(self._x):
            return None
        marks = self._marks
        x_from, x_to = float(self._x[0]), float(self._x[-1])
        y_from, y_to = float(self._y.min()), float(self._y.max())
        if marks.figures:
            drawn = self.drawn
            x_from = min(x_from, float(numpy.nanmin(numpy.append(marks.left[drawn], x_from))))
            x_to = max(x_to, float(numpy.nanmax(numpy.append(marks.right[drawn], x_to))))
            high = self._vertical(marks.y_high[drawn])
            if not numpy.isnan(high).all():
                y_from = min(y_from, float(numpy.nanmin(high)))
                y_to = max(y_to, float(numpy.nanmax(high)))
        return x_from, x_to, y_from, y_to

    def under(self, at: QPointF) -> list[int]:
        """The places of the marks under a point of the scene, nearest first."""
        point = self.mapFromScene(at)
        if not len(self._x) or not self.boundingRect().contains(point):
            return []
        (x_from, x_to), (y_from, y_to) = self._box.viewRange()
        rect = self.boundingRect()
        across, up = (x_to - x_from) / rect.width(), (y_to - y_from) / rect.height()
        data = (x_from + (point.x() - rect.left()) * across, y_to - (point.y() - rect.top()) * up)
        reach = (_REACH * across, _REACH * up)
        if self.setting.cells is not None:
            found = coverage.under(self._marks, data)
            return [place for place in found if self._is_drawn(place)]
        if len(self._x) > density.MOST_MARKS and self.is_dense:
            # A cell and its neighbours: what lies farther off is another spot of the picture.
            reach = (1.5 * density.CELL * across, 1.5 * density.CELL * up)
        found = density.nearest(self._x, self._y, data, reach).tolist()
        if not found and self._marks.figures and not self.is_dense:
            marks, drawn = self._marks, self.drawn
            periods = (marks.left[drawn], marks.right[drawn])
            high = self._vertical(marks.y_high[drawn])
            found = tails_under(data, reach, (self._x, self._y), periods, high)
        return found if self._drawn is None else [int(self._drawn[place]) for place in found]

    def within(self, rope: Sequence[QPointF]) -> NDArray[numpy.intp]:
        """The places of the marks inside a rope laid around them, its corners in the scene."""
        corners = [self.mapFromScene(at) for at in rope]
        around = numpy.array([(at.x(), at.y()) for at in corners], numpy.float64).reshape(-1, 2)
        x, y = self._pixels(self._x, self._y)
        found = inside(x, y, around[:, 0], around[:, 1])
        return found if self._drawn is None else self._drawn[found]

    def across(self, points: Sequence[QPointF]) -> list[float]:
        """How far to the right points of the scene are, as shares of the breadth."""
        rect = self.boundingRect()
        return [(self.mapFromScene(at).x() - rect.left()) / rect.width() for at in points]

    def place(self, index: int) -> QPointF:
        """Where the mark at `index` is painted, in the scene."""
        x, y = self._pixels(
            self._marks.x[index : index + 1], self._vertical(self._marks.y[index : index + 1])
        )
        return self.mapToScene(QPointF(float(x[0]), float(y[0])))

    def boundingRect(self) -> QRectF:
        rect: QRectF = self._box.rect()
        return rect

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        rect = self.boundingRect()
        if rect.width() < 2 or rect.height() < 2:
            return
        painter.save()
        painter.setClipRect(rect)
        self._paint_grid(painter, rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font)
        if self.setting.cells is not None:
            coverage.paint(painter, self.inks, self.setting.cells, rect, self._view())
        elif self.is_dense:
            self._paint_density(painter, rect)
        elif len(self._x):
            self._paint_joins(painter)
            self._paint_marks(painter)
        self._paint_titles(painter, rect)
        if self.span is not None and self.setting.is_time:
            first, last = self._pixels(numpy.array(self.span), numpy.zeros(2))[0].tolist()
            overlay.paint_span(painter, self.inks, rect, first, last)
        if len(self.selected) and not self.is_dense:
            places = self.selected[numpy.isin(self.selected, self.drawn)][:_MOST_RINGS]
            overlay.paint_rings(painter, self.inks, self._spots(places))
        if self.rope:
            overlay.paint_rope(painter, self.inks, self.rope)
        if self.chosen is not None and self._is_drawn(self.chosen):
            spot = self.mapFromScene(self.place(self.chosen))
            overlay.paint_chosen(painter, self.inks, rect, spot)
        painter.restore()

    # What is where ------------------------------------------------------------------------

    def _changed(self, *_: object) -> None:
        self.prepareGeometryChange()
        self.update()

    def _vertical(self, values: Floats) -> Floats:
        if not self.is_log:
            return values
        with numpy.errstate(divide="ignore", invalid="ignore"):
            logarithms = numpy.log10(values)
        return numpy.where(numpy.isfinite(logarithms), logarithms, numpy.nan)

    def _view(self) -> tuple[float, float, float, float]:
        (x_from, x_to), (y_from, y_to) = self._box.viewRange()
        return x_from, x_to, y_from, y_to

    def _pixels(self, x: Floats, y: Floats) -> _Pixels:
        x_from, x_to, y_from, y_to = self._view()
        rect = self.boundingRect()
        return (
            rect.left() + (x - x_from) * (rect.width() / (x_to - x_from)),
            rect.top() + (y_to - y) * (rect.height() / (y_to - y_from)),
        )

    def _spots(self, places: NDArray[numpy.intp]) -> list[QPointF]:
        x, y = self._pixels(self._marks.x[places], self._vertical(self._marks.y[places]))
        return [QPointF(*spot) for spot in zip(x.tolist(), y.tolist(), strict=True)]

    def _is_drawn(self, index: int) -> bool:
        if self._drawn is None:
            return index < len(self._x)
        place = int(numpy.searchsorted(self._drawn, index))
        return place < len(self._drawn) and int(self._drawn[place]) == index

    def _in_view(self) -> int:
        view = self._view()
        if self._counted is None or self._counted[0] != view:
            x_from, x_to, y_from, y_to = view
            start, end = numpy.searchsorted(self._x, (x_from, x_to))
            y = self._y[start:end]
            many = int(numpy.count_nonzero((y >= y_from) & (y <= y_to)))
            self._counted = (view, many)
        return self._counted[1]

    # Painting -----------------------------------------------------------------------------

    def _paint_grid(self, painter: QPainter, rect: QRectF) -> None:
        # The axes can draw it too, in translucent lines: that took 8 ms of a frame, this 0.3.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        x_from, x_to, y_from, y_to = self._view()
        across = self._time.ticks(x_from, x_to, self._time.geometry().width())
        up = self._values.ticks(y_from, y_to, self._values.geometry().height())
        for ink, dates, values in (
            (self.inks.fine_grid, across.minor, up.minor),
            (self.inks.grid, across.places, up.places),
        ):
            x, _ = self._pixels(numpy.array(dates, numpy.float64), numpy.zeros(len(dates)))
            _, y = self._pixels(numpy.zeros(len(values)), numpy.array(values, numpy.float64))
            lines = [QLineF(at, rect.top(), at, rect.bottom()) for at in x.round().tolist()]
            lines += [QLineF(rect.left(), at, rect.right(), at) for at in y.round().tolist()]
            painter.setPen(QPen(ink, 1))
            painter.drawLines(lines)

    def _paint_density(self, painter: QPainter, rect: QRectF) -> None:
        columns = max(1, math.ceil(rect.width() / density.CELL))
        rows = max(1, math.ceil(rect.height() / density.CELL))
        ink = self.inks.colour(0)
        key = (self._view(), columns, rows, ink.rgb())
        if self._picture is None or self._picture[0] != key:
            cells = density.counts(self._x, self._y, self._view(), columns, rows)
            shades = density.shades(cells, ink.red(), ink.green(), ink.blue())
            pixels = numpy.ascontiguousarray(shades)
            format_ = QImage.Format.Format_ARGB32_Premultiplied
            # The copy owns its memory; the array goes when this function ends.
            image = QImage(pixels.data, columns, rows, columns * 4, format_).copy()
            self._picture = (key, image)
        painter.drawImage(rect, self._picture[1])
        paint_note(painter, self.inks, rect, self.note)

    def _paint_marks(self, painter: QPainter) -> None:
        x_from, x_to, y_from, y_to = self._view()
        marks, drawn = self._marks, self.drawn
        # Symbols on the border are cut, but not in an SVG, which has no clipping.
        margin = 0.0 if self.is_vector else 0.05
        margin_x, margin_y = (x_to - x_from) * margin, (y_to - y_from) * margin
        left = numpy.fmin(marks.left[drawn], self._x)
        right = numpy.fmax(marks.right[drawn], self._x)
        high = self._vertical(marks.y_high[drawn])
        low, top = numpy.fmin(self._y, high), numpy.fmax(self._y, high)
        seen = (left <= x_to + margin_x) & (right >= x_from - margin_x)
        seen &= (low <= y_to + margin_y) & (top >= y_from - margin_y)
        visible = numpy.flatnonzero(seen)
        x, y = self._pixels(self._x[visible], self._y[visible])
        places = drawn[visible]
        size = SYMBOL if len(visible) <= 3_000 else 6.0
        if marks.figures:
            start, _ = self._pixels(marks.left[places], y)
            end, _ = self._pixels(marks.right[places], y)
            _, y_high = self._pixels(x, high[visible])
            self._paint_tails(painter, places, (x, y), (start, end), y_high, size)
            ends = numpy.flatnonzero(~numpy.isnan(y_high))
            self._paint_symbols(painter, places[ends], x[ends], y_high[ends], size * 0.7)
        self._paint_symbols(painter, places, x, y, size)

    def _paint_tails(
        self,
        painter: QPainter,
        places: NDArray[numpy.intp],
        at: _Pixels,
        period: _Pixels,
        y_high: Floats,
        size: float,
    ) -> None:
        x, y = at
        start, end = period
        features = self._marks.features[places]
        # A period narrower than its symbol would only thicken it.
        wide = (end - start > size * 1.8) | numpy.isnan(start) | numpy.isnan(end)
        arrows = int(Feature.MORE | Feature.LESS | Feature.VAGUE_VALUE | Feature.RANGE)
        some = numpy.flatnonzero(wide | ((features & arrows) != 0))[:_MOST_TAILS]
        series = self._marks.series
        for place in some.tolist():
            feature = Feature(int(features[place]))
            ink = QColor(self._symbols.ink(int(series[places[place]]), feature))
            spot = QPointF(float(x[place]), float(y[place]))
            if wide[place]:
                ends = (float(start[place]), float(end[place]))
                paint_period(painter, ink, feature, spot, ends, self.boundingRect())
            if not math.isnan(y_high[place]):
                paint_whisker(painter, ink, spot, float(y_high[place]))
            if feature & (Feature.MORE | Feature.LESS):
                paint_arrow(painter, ink, spot, size, up=bool(feature & Feature.MORE))
            elif feature & Feature.VAGUE_VALUE:
                paint_fade(painter, ink, spot, size)

    def _paint_joins(self, painter: QPainter) -> None:
        pairs = self.setting.joins
        if pairs is None or not len(pairs):
            return
        pairs = pairs[numpy.isin(pairs, self.drawn).all(axis=1)]
        series = self._marks.series[pairs[:, 0]].tolist()
        ends = zip(series, self._spots(pairs[:, 0]), self._spots(pairs[:, 1]), strict=True)
        joins = [(self.inks.colour(each), start, end) for each, start, end in ends]
        overlay.paint_joins(painter, joins)

    def _paint_titles(self, painter: QPainter, rect: QRectF) -> None:
        heights = [title.top for title in self.setting.titles if title.top is not None]
        where = numpy.array([*self.setting.lines, *heights], numpy.float64)
        tops = self._pixels(numpy.zeros(len(where)), where)[1].tolist()
        overlay.paint_borders(painter, self.inks, rect, tops[: len(self.setting.lines)])
        left = iter(tops[len(self.setting.lines) :])
        for title in self.setting.titles:
            height = None if title.top is None else next(left)
            overlay.paint_title(painter, self.inks, rect, title, height)

    def paint_symbol(self, painter: QPainter, series: int, at: QPointF) -> None:
        """Paint the symbol of a series, for a legend in print."""
        self._symbols.paint(painter, series, at)

    def symbol(self, series: int, size: float = SYMBOL, ratio: float = 1.0) -> QPixmap:
        """The symbol of a series, for a legend."""
        return self._symbols.pixmap(series * 8, size, ratio)

    def _paint_symbols(
        self, painter: QPainter, places: NDArray[numpy.intp], x: Floats, y: Floats, size: float
    ) -> None:
        marks = self._marks
        if self.is_vector:
            rect = self.boundingRect()
            seen = (x >= rect.left()) & (x <= rect.right()) & (y >= rect.top())
            seen &= y <= rect.bottom()
            places, x, y = places[seen], x[seen], y[seen]
        styles = styles_of(marks.series[places], marks.features[places])
        self._symbols.paint_many(painter, styles, x, y, size, is_vector=self.is_vector)
