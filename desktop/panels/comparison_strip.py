"""The strip beside a comparison: the fate of every passage at a glance; a click goes there."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from desktop import comparison_words, theme
from desktop.compared import Row, Side

WIDTH = 22


class Strip(QWidget):
    """Place as well as colour tells: left is only left, right only right, wide much changed."""

    row_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None, side: Side = "b") -> None:
        super().__init__(parent)
        self._side = side
        self._rows: Sequence[Row] = ()
        self._fates: list[
            tuple[str, float]
        ] = []  # by line; 20,000 rows are not counted at every scroll
        self._seen = 0, 0
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(self.tr("The whole comparison at a glance"))

    def show_rows(self, rows: Sequence[Row]) -> None:
        self._rows = [row.told(self._side) for row in rows]
        self._fates = []
        self.update()

    def show_seen(self, seen: tuple[int, int]) -> None:
        self._seen = seen
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 100)

    def fate_at(self, down: int) -> str:
        """The fate shown `down` pixels from the top: the commonest that is not "same"."""
        return self._line(down)[0]

    def _line(self, down: int) -> tuple[str, float]:
        if len(self._fates) != self.height():
            self._fates = [self._commonest(line) for line in range(self.height())]
        return self._fates[down]

    def _commonest(self, down: int) -> tuple[str, float]:
        first, after = self._share(down)
        rows = self._rows[first:after]
        fates = Counter(row.fate for row in rows if row.fate not in ("same", ""))
        if not fates:
            return "same", 1.0
        fate = fates.most_common(1)[0][0]
        return fate, sum(row.likeness for row in rows if row.fate == fate) / fates[fate]

    def _share(self, down: int) -> tuple[int, int]:
        height, count = max(1, self.height()), len(self._rows)
        first = min(count, down * count // height)
        return first, max(first + 1, min(count, (down + 1) * count // height))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self.palette()
        colours = theme.colours(palette)
        painter.fillRect(event.rect(), palette.base())
        if self._rows:
            for down in range(self.height()):
                fate, likeness = self._line(down)
                if fate != "same":
                    left, wide = _extent(fate, likeness)
                    ink = QColor(comparison_words.colour(fate, colours))
                    painter.fillRect(QRect(left, down, wide, 1), ink)
            count = len(self._rows)
            top = self._seen[0] * self.height() // count
            bottom = (self._seen[1] + 1) * self.height() // count
            painter.setPen(palette.color(QPalette.ColorRole.Text))
            painter.drawRect(QRect(0, top, WIDTH - 1, max(4, bottom - top - 1)))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._rows:
            self.row_chosen.emit(self._share(int(event.position().y()))[0])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)


def _extent(fate: str, likeness: float) -> tuple[int, int]:
    match fate:
        case "only_a":
            return 2, WIDTH // 2 - 2
        case "only_b":
            return WIDTH // 2, WIDTH // 2 - 2
        case "changed":
            wide = 4 + round((WIDTH - 8) * min(1.0, 2 * (1 - likeness)))
            return (WIDTH - wide) // 2, wide
    return WIDTH // 2 - 3, 6
