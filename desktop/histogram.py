"""A time histogram: how many passages speak of each year or decade; drag over it to narrow."""

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import showing, theme
from desktop.plain import show_tip

HEIGHT = 96
MARGIN = 4
# Bars thinner than this cannot be pointed at; then a bar stands for ten years.
THINNEST = 3.0
MOST_BARS = 400


class Histogram(QWidget):
    """Bars over time. With the keyboard: arrows move, Shift extends, Return narrows, Esc lets go."""

    brushed = Signal(int, int)  # first and last year

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._years: list[tuple[int, int]] = []
        self._bars: list[tuple[int, int]] = []  # first year, passages: every bar from first to last
        self._step = 1
        self._from: int | None = None
        self._to: int | None = None
        self._drags = False
        self._say()

    def show_years(self, years: Sequence[tuple[int, int]]) -> None:
        """Show how many passages there are for each year, in order; years without any may miss."""
        self._years = list(years)
        self._from = self._to = None
        self._arrange()

    def bars(self) -> list[tuple[int, int]]:
        """First year and passages of each bar."""
        return list(self._bars)

    def step(self) -> int:
        """How many years a bar stands for."""
        return self._step

    def brush(self) -> tuple[int, int] | None:
        """The years marked at present."""
        if self._from is None or self._to is None:
            return None
        first, last = sorted((self._from, self._to))
        return self._bars[first][0], self._bars[last][0] + self._step - 1

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    def resizeEvent(self, event: QEvent) -> None:
        self._arrange()

    # -- with the mouse ---------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._bars:
            self._from = self._to = self._bar_at(event.position().x())
            self._drags = True
            self._say()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drags:
            self._to = self._bar_at(event.position().x())
            self._say()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drags:
            self._drags = False
            self._tell()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self._told(self._bar_at(event.pos().x())) if self._bars else ""
            show_tip(event.globalPos(), text, self)
            return True
        return super().event(event)

    # -- with the keyboard ------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self._bars:
            at = self._to if self._to is not None else (len(self._bars) if step < 0 else -1)
            self._to = max(0, min(len(self._bars) - 1, at + step))
            if self._from is None or not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._from = self._to
            self._say()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._tell()
        elif event.key() == Qt.Key.Key_Escape and self._from is not None:
            self._from = self._to = None
            self._say()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # -- painting ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.colours(self.palette())
        painter.setFont(self._small())
        metrics = painter.fontMetrics()
        floor = self.height() - metrics.height() - MARGIN
        highest = max((count for _, count in self._bars), default=0)
        brush = self.brush()
        width = self._width()
        ink = QColor(colours.proposed)
        painter.setPen(Qt.PenStyle.NoPen)
        for place, (year, count) in enumerate(self._bars):
            tall = 0 if not count else max(2.0, (floor - 2 * MARGIN) * count / highest)
            gap = 1 if width > 4 else 0
            bar = QRectF(MARGIN + place * width, floor - tall, max(1.0, width - gap), tall)
            is_in = brush is not None and brush[0] <= year <= brush[1]
            faint = QColor(ink)
            faint.setAlpha(255 if brush is None or is_in else 90)
            painter.fillRect(bar, faint)
        painter.setPen(QColor(colours.line))
        painter.drawLine(MARGIN, floor, self.width() - MARGIN, floor)
        if brush is not None and self._from is not None and self._to is not None:
            first, last = sorted((self._from, self._to))
            frame = QRectF(MARGIN + first * width, 1, (last - first + 1) * width - 1, floor - 1)
            painter.setPen(QPen(self.palette().color(self.foregroundRole()), 1))
            painter.drawRect(frame)
        if self._bars:
            painter.setPen(QColor(colours.quiet))
            line = QRectF(MARGIN, floor + 2, self.width() - 2 * MARGIN, metrics.height())
            ends = (str(self._bars[0][0]), str(self._bars[-1][0] + self._step - 1))
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft, ends[0])
            if len(self._bars) > 1 or self._step > 1:
                painter.drawText(line, Qt.AlignmentFlag.AlignRight, ends[1])
            if brush is not None:
                said = _span(*brush)
                painter.setPen(self.palette().color(self.foregroundRole()))
                painter.drawText(line, Qt.AlignmentFlag.AlignHCenter, said)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(self.palette().ColorRole.Highlight), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    # -- inside -----------------------------------------------------------------------------------

    def _arrange(self) -> None:
        """Choose years or decades by the room there is, and fill the gaps between them."""
        before, self._bars, self._step = self._step, [], 1
        if self._years:
            first, last = self._years[0][0], self._years[-1][0]
            room = self.width() - 2 * MARGIN
            while self._step < 1_000 and (
                room / ((last - first) // self._step + 1) < THINNEST
                or (last - first) // self._step >= MOST_BARS
            ):
                self._step *= 10
            counted: dict[int, int] = {}
            for year, count in self._years:
                start = year // self._step * self._step
                counted[start] = counted.get(start, 0) + count
            begin = first // self._step * self._step
            self._bars = [
                (year, counted.get(year, 0)) for year in range(begin, last + 1, self._step)
            ]
        if self._step != before:  # what was marked are other years now
            self._from = self._to = None
        self._say()

    def _width(self) -> float:
        return (self.width() - 2 * MARGIN) / max(1, len(self._bars))

    def _bar_at(self, x: float) -> int:
        edges = [MARGIN + place * self._width() for place in range(len(self._bars))]
        return max(0, bisect_right(edges, x) - 1)

    def _told(self, place: int) -> str:
        year, count = self._bars[place]
        said = self.tr("%n passage(s)", "", count)
        return f"{_span(year, year + self._step - 1)}: {said}"

    def _tell(self) -> None:
        brush = self.brush()
        if brush is not None:
            self.brushed.emit(*brush)

    def _say(self) -> None:
        name = self.tr("Passages over time")
        if self._to is not None and self._to < len(self._bars):
            name = f"{name}. {self._told(self._to)}"
        elif self._bars:
            total = sum(count for _, count in self._bars)
            name = f"{name}: {_span(self._bars[0][0], self._bars[-1][0])}, {showing.count(total)}"
        self.setAccessibleName(name)
        self.update()

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.85)
        return font


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
