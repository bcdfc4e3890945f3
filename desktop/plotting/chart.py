"""The plot itself: two axes, a layer of marks, and the ways of moving about in it."""

import math
from collections.abc import Callable, Iterable, Sequence

import numpy
import pyqtgraph
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QFontInfo, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from desktop.plotting import framing
from desktop.plotting.axes import TimeAxis, ValueAxis
from desktop.plotting.box import Box
from desktop.plotting.framing import View
from desktop.plotting.inks import Inks, paper_inks
from desktop.plotting.layer import Layer
from desktop.plotting.marks import NO_MARKS, Marks
from desktop.plotting.setting import PLAIN, Setting
from desktop.plotting.views import Views

SMALLEST_FONT = 12  # pixels
_MOST, _MOST_DECADES = 2e300, 320.0
_FAR = 5e8  # days: a million years and more, where civil dates still are exact


class Chart(pyqtgraph.PlotWidget):  # type: ignore[misc]
    """Shows marks and says which was pointed at, chosen or opened, by its place among them."""

    pointed = Signal(object)
    chosen = Signal(object)
    activated = Signal(object)
    roped = Signal(object)  # places of the marks a line was drawn around
    brushed = Signal(object)  # the first and the last day of a span of time, or None
    menu_asked = Signal(object, QPoint)  # the mark under the pointer or None; where on the screen
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._time, self._values, self._others = TimeAxis(), ValueAxis(), ValueAxis("right")
        self._axes = (self._time, self._values, self._others)
        super().__init__(
            parent,
            axisItems={"bottom": self._time, "left": self._values, "right": self._others},
            viewBox=Box(),
        )
        self.hideButtons()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(self.Shape.NoFrame)
        self._box = self.getViewBox()
        self._box.disableAutoRange()
        self._box.setLimits(xMin=-_FAR, xMax=_FAR, minXRange=2.0)
        self._layer = Layer(self._box, self._time, self._values)
        self.setAntialiasing(True)
        self._others.hide()
        self._marks: Marks = NO_MARKS
        self._hidden: frozenset[int] = frozenset()
        self._with_rejected = False
        self._views = Views(self.view, self)
        self._views.settled.connect(self.moved)
        self._framed: tuple[Callable[[], View], View] | None = None
        self._cycle: tuple[list[int], int] = ([], 0)
        self._pointed: int | None = None
        self.set_inks(paper_inks())
        self._box.roping.connect(self._show_rope)
        self._box.roped.connect(self._rope)
        self._box.sigRangeChangedManually.connect(self._move_by_hand)
        self.scene().sigMouseClicked.connect(self._click)
        self.scene().sigMouseMoved.connect(self._point)

    # What is shown ------------------------------------------------------------------------

    @property
    def marks(self) -> Marks:
        """The marks it was given last."""
        return self._marks

    @property
    def layer(self) -> Layer:
        """The layer that paints them."""
        return self._layer

    @property
    def turn(self) -> tuple[int, int]:
        """The chosen mark's number among those under the last click, and how many they are."""
        found, _ = self._cycle
        chosen = self._layer.chosen
        return (found.index(chosen) + 1, len(found)) if chosen in found else (1, 1)

    @property
    def is_log(self) -> bool:
        """Whether the value axis is logarithmic."""
        return self._values.is_log

    def show_marks(self, marks: Marks, *, fit: bool = True, setting: Setting = PLAIN) -> None:
        """Show other marks; with `fit` all of them, else in the view a person has chosen."""
        untouched = self._framed if self._is_framed() else None
        self._marks = marks
        self._put(setting)
        self._layer.chosen = None
        self._layer.selected = numpy.zeros(0, numpy.intp)
        self._time.finest = marks.finest
        self._refresh()
        if fit or untouched or self._layer.outside == len(self._layer.times()):
            self._views.clear()
            is_whole = not fit and untouched and untouched[0] == self._whole
            self._frame(self._whole if is_whole else self._bulk)

    def _put(self, setting: Setting) -> None:
        self._layer.setting = setting
        readers = (setting.below, setting.left, setting.right)
        for axis, reader in zip(self._axes, readers, strict=True):
            axis.reader = reader
            axis.picture = None
        self._time.name_steps(are_steps=not setting.is_time)
        self._values.has_names = setting.cells is not None
        # Unlike setVisible, these give and take its room.
        self._others.show() if setting.right is not None else self._others.hide()
        # Stages and bands have borders of their own; many rows can be moved through.
        self._box.setMouseEnabled(
            x=setting.across is None, y=setting.up is None or setting.cells is not None
        )

    def hide_series(self, hidden: Iterable[int], *, with_rejected: bool) -> None:
        """Leave the series in `hidden` out, and rejected figures unless asked for."""
        self._hidden, self._with_rejected = frozenset(hidden), with_rejected
        self._refresh()

    def set_log(self, is_log: bool) -> None:
        """Make the value axis logarithmic or linear, and fit."""
        frame = self._framed[0] if self._framed is not None and self._is_framed() else self._whole
        self._values.is_log = self._layer.is_log = is_log
        self._values.picture = self._others.picture = None
        self._refresh()
        self._views.clear()
        self._frame(frame)

    def set_inks(self, inks: Inks) -> None:
        """Paint with `inks` from now on."""
        self._layer.inks = inks
        self.setBackground(inks.paper)
        for axis in self._axes:
            axis.setPen(inks.frame)
            axis.setTickPen(inks.frame)
            axis.setTextPen(inks.text)
        self._set_fonts()
        self._layer.update()

    def set_vector(self, is_vector: bool) -> None:
        """Paint shapes and letters for print instead of pictures of them."""
        for painted in (self._layer, *self._axes):
            painted.is_vector = is_vector

    def choose(self, index: int | None) -> None:
        """Ring the mark at `index`, and bring it into the view."""
        self._layer.chosen = index
        if index is not None:
            self._reveal(index)
        self._layer.update()

    # Moving about ---------------------------------------------------------------------------

    def view(self) -> View:
        """The borders of what is shown: days from and to, values (or their logarithms)."""
        (x_from, x_to), (y_from, y_to) = self._box.viewRange()
        return x_from, x_to, y_from, y_to

    def set_view(self, view: View) -> None:
        """Show `view`; `back` returns to the one before."""
        self._views.remember()
        self._set_view(view)

    def fit(self) -> None:
        """Show everything."""
        self._views.remember()
        self._frame(self._whole)

    def back(self) -> None:
        """Show what was shown before."""
        view = self._views.back()
        if view is not None:
            self._set_view(view)

    @property
    def can_go_back(self) -> bool:
        """Whether there is a view before this one."""
        return self._views.can_go_back

    def zoom(self, factor: float) -> None:
        """Show `factor` times as much, around the chosen mark or the middle."""
        across, up = (factor if is_free else 1.0 for is_free in self._box.state["mouseEnabled"])
        self.set_view(framing.zoomed(self.view(), across, up))

    def set_box_zoom(self, is_on: bool) -> None:
        """Let dragging draw a box to zoom into, instead of moving the view."""
        self._box.setMouseMode(self._box.RectMode if is_on else self._box.PanMode)

    def set_rope(self, is_on: bool) -> None:
        """Let dragging draw a line around marks; with Shift a box, which needs no `set_rope`."""
        self._box.ropes = is_on

    def set_brush(self, is_on: bool) -> None:
        """Let dragging mark a span of time; turned off, no span is marked any more."""
        self._box.brushes = is_on
        if not is_on and self._layer.span is not None:
            self.mark_span(None)
            self.brushed.emit(None)

    def mark_span(self, days: tuple[float, float] | None) -> None:
        """Mark a span of time."""
        self._layer.span = days
        self._layer.update()

    def select(self, places: Sequence[int]) -> None:
        """Ring the marks at `places`; the view stays."""
        self._layer.selected = numpy.array(places, numpy.intp)
        self._layer.update()

    def step(self, by: int) -> None:
        """Choose the mark `by` places later in time."""
        drawn = self._layer.drawn
        if not len(drawn):
            return
        if self._layer.chosen is None:
            index = int(drawn[0] if by > 0 else drawn[-1])
        else:
            at = int(drawn.searchsorted(self._layer.chosen))
            at += by if at < len(drawn) and drawn[at] == self._layer.chosen else by - (by > 0)
            index = int(drawn[min(max(at, 0), len(drawn) - 1)])
        self.choose(index)
        self.chosen.emit(index)

    def position(self, index: int) -> QPointF:
        """Where the mark at `index` is, in the viewport's pixels."""
        return QPointF(self.mapFromScene(self._layer.place(index)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            event.ignore()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self.step(1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.step(-1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1 / 1.5)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1.5)
        elif key == Qt.Key.Key_Home:
            self.fit()
        elif key == Qt.Key.Key_Backspace:
            self.back()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._layer.chosen is not None:
            self.activated.emit(self._layer.chosen)
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        found = self._layer.under(self.mapToScene(event.position().toPoint()))
        if found and event.button() == Qt.MouseButton.LeftButton:
            # Of several over each other the one that the first click chose is meant.
            index = self._layer.chosen if self._layer.chosen in found else found[0]
            self._layer.chosen = index
            self._layer.update()
            self.activated.emit(index)

    def leaveEvent(self, event: QEvent) -> None:
        self._tell_pointed(None)
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # The first one comes from within the base class, before there is a layer.
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_layer"):
            self._set_fonts()

    # ------------------------------------------------------------------------------------------

    def _limit(self) -> None:
        """Keep the view where numbers are numbers: an overflow while painting ends the program."""
        far = _MOST_DECADES if self.is_log else _MOST
        least = framing.least_height(self._whole())
        self._box.setLimits(yMin=-far, yMax=far, minYRange=least)

    def _set_fonts(self) -> None:
        font = QFont(self.font())
        font.setPixelSize(max(SMALLEST_FONT, QFontInfo(font).pixelSize()))
        self._layer.font = font
        for axis in self._axes:
            axis.set_font(font)

    def _refresh(self) -> None:
        self._layer.show_marks(self._marks, self._hidden, with_rejected=self._with_rejected)
        self._limit()

    def _whole(self) -> View:
        whole = framing.whole(self._layer.bounds(), is_log=self.is_log)
        return framing.within(whole, self._layer.setting)

    def _bulk(self) -> View:
        whole = self._whole()
        if self._layer.setting.cells is not None:
            return whole  # a source that speaks farther off must not look silent
        bulk = framing.bulk(whole, self._layer.times())
        return framing.within(bulk, self._layer.setting)

    def _frame(self, how: Callable[[], View]) -> None:
        self._set_view(how())
        self._framed = (how, self.view())

    def _is_framed(self) -> bool:
        """Whether the view still is what `_frame` made it."""
        return self._framed is not None and bool(
            numpy.allclose(self.view(), self._framed[1], rtol=1e-12)
        )

    def _set_view(self, view: View) -> None:
        x_from, x_to, y_from, y_to = view
        if not all(map(math.isfinite, view)) or x_to <= x_from or y_to <= y_from:
            return
        self._box.setRange(
            xRange=(x_from, x_to), yRange=(y_from, y_to), padding=0, disableAutoRange=True
        )
        self._views.put()
        self.moved.emit()

    def _move_by_hand(self, *_: object) -> None:
        self._views.moved()
        self.moved.emit()

    def _reveal(self, index: int) -> None:
        spot = self._layer.mapFromScene(self._layer.place(index))
        inside = self._layer.boundingRect().adjusted(8, 8, -8, -8)
        y = float(self._marks.y[index])
        if inside.contains(spot) or inside.isEmpty() or (self.is_log and y <= 0):
            return
        at = (float(self._marks.x[index]), math.log10(y) if self.is_log else y)
        is_beside = not inside.left() <= spot.x() <= inside.right()
        is_beyond = not inside.top() <= spot.y() <= inside.bottom()
        self.set_view(framing.around(self.view(), at, across=is_beside, up=is_beyond))

    def _show_rope(self, rope: list[QPointF]) -> None:
        self._layer.rope = [self._layer.mapFromScene(at) for at in rope]
        self._layer.update()

    def _rope(self, rope: list[QPointF]) -> None:
        self._show_rope([])
        if self._box.brushes and self._layer.setting.is_time:
            first, last = framing.span(self.view(), self._layer.across(rope))
            if last > first:
                self.mark_span((first, last))
                self.brushed.emit((math.floor(first), math.floor(last)))
            return
        self.roped.emit(self._layer.within(rope).tolist())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = event.pos()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            found = self._layer.under(self.mapToScene(at))
            index = found[0] if found else None
        else:
            index = self._layer.chosen
            if index is not None:
                at = self.position(index).toPoint()
        self.menu_asked.emit(index, self.viewport().mapToGlobal(at))
        event.accept()

    def _click(self, event: MouseClickEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or event.double():
            return
        found = self._layer.under(event.scenePos())
        if not found:
            return
        event.accept()
        # Clicking again where several lie over each other goes through them one by one.
        before, at = self._cycle
        at = (at + 1) % len(found) if before == found and self._layer.chosen in found else 0
        self._cycle = (found, at)
        self._layer.chosen = found[at]
        self._layer.update()
        self.chosen.emit(found[at])

    def _point(self, at: QPointF) -> None:
        found = self._layer.under(at)
        self._tell_pointed(found[0] if found else None)

    def _tell_pointed(self, index: int | None) -> None:
        if index != self._pointed:
            self._pointed = index
            self.viewport().setCursor(
                Qt.CursorShape.ArrowCursor if index is None else Qt.CursorShape.PointingHandCursor
            )
            self.pointed.emit(index)
