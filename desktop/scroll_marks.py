"""A scroll bar that shows where in a text the matches stand."""

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QWidget

from desktop import theme

THICKNESS = 3


class MarkedScrollBar(QScrollBar):
    """Marks stand over the bar's groove, so that the handle still shows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._places: list[float] = []
        self._rows: list[int] = []
        self._rows_for = (-1, -1)

    def show_marks(self, places: Sequence[float]) -> None:
        """Mark these places of the text, from 0 (its beginning) to 1 (its end), in order."""
        self._places = [place for place in places if 0 <= place <= 1]
        self._rows_for = (-1, -1)
        self.update()

    def marks(self) -> list[int]:
        """How far down the bar each mark stands; places close together share one."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        groove = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarGroove, self
        )
        room = (groove.top(), groove.height())
        if room != self._rows_for:
            self._rows_for = room
            height = max(1, groove.height() - THICKNESS)
            rows = {groove.top() + int(place * height) for place in self._places}
            self._rows = sorted(rows)
        return self._rows

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._places:
            return
        painter = QPainter(self)
        colours = theme.colours(self.palette())
        ground, edge = QColor(colours.match), QColor(colours.quiet)
        rows = self.marks()
        first = bisect_left(rows, event.rect().top() - THICKNESS)
        for row in rows[first:]:
            if row > event.rect().bottom():
                break
            painter.fillRect(2, row, self.width() - 4, THICKNESS, edge)
            painter.fillRect(3, row + 1, self.width() - 6, THICKNESS - 2, ground)
        painter.end()
