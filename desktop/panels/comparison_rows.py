"""Passages side by side, painted by hand: only what is on screen is laid out and compared."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from db.records import Passage
from desktop import compared, comparison_words, positions, theme
from desktop.compared import Row, Side

PADDING = 8
LAYOUTS_KEPT = 300
SHORT_LINE = 45


@dataclass(slots=True)
class _Cell:
    layout: QTextLayout
    height: float


class RowsView(QAbstractScrollArea):
    """Rows of one, two or three sides. Heights are guessed from lengths until a row is seen."""

    row_chosen = Signal(int)  # index into the rows shown
    row_activated = Signal(int)
    scrolled = Signal()

    def __init__(self, sides: Sequence[Side], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sides = tuple(sides)
        self._rows: Sequence[Row] = ()
        self._heights: list[int] = []
        self._tops: list[int] = [0]
        self._exact: set[int] = set()
        self._cells: OrderedDict[int, dict[str, _Cell]] = OrderedDict()
        self._current = -1
        self._middle = self._wide()
        self._side: Side = self._sides[0]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        self.viewport().setAutoFillBackground(True)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.scrolled.emit())

    def show_rows(self, rows: Sequence[Row], sides: Sequence[Side] = ()) -> None:
        """Show these rows, in other columns than before if any are named."""
        self._rows = rows
        if sides and tuple(sides) != self._sides:
            self._sides = tuple(sides)
            self._side = self._sides[0]
        self._current = 0 if rows else -1
        self._measure()
        self.verticalScrollBar().setValue(0)
        self.viewport().update()

    def rows(self) -> Sequence[Row]:
        return self._rows

    def current(self) -> int:
        return self._current

    def side(self) -> Side:
        """The side that Enter opens."""
        row = self._rows[self._current] if 0 <= self._current < len(self._rows) else None
        if row is not None and row.passage(self._side) is None:
            there = (side for side in self._sides if row.passage(side) is not None)
            return next(there, self._side)
        return self._side

    def go_to(self, at: int, *, tell: bool = True) -> None:
        """Choose a row and bring it into view."""
        if not 0 <= at < len(self._rows):
            return
        self._current = at
        self._lay_out_from(at)
        top, height = self._tops[at], self._heights[at]
        bar, seen = self.verticalScrollBar(), self.viewport().height()
        if top < bar.value() or top + min(height, seen) > bar.value() + seen:
            bar.setValue(max(0, top - max(0, (seen - height) // 3)))
        self.viewport().update()
        self._describe()
        if tell:
            self.row_chosen.emit(at)

    def seen(self) -> tuple[int, int]:
        """The first and the last row on screen."""
        if not self._rows:
            return 0, 0
        top = self.verticalScrollBar().value()
        return self._at(top), self._at(top + self.viewport().height())

    def laid_out(self) -> int:
        """How many rows are kept laid out at present."""
        return len(self._cells)

    # -- measuring --------------------------------------------------------------------------------

    def _column(self) -> int:
        gutters = max(1, len(self._sides) - 1) * self._middle
        return max(80, (self.viewport().width() - gutters) // len(self._sides))

    def _left(self, side: Side) -> int:
        return self._sides.index(side) * (self._column() + self._middle)

    def _wide(self) -> int:
        metrics = QFontMetrics(self.font())
        of_three = len(self._sides) > 2
        names = [comparison_words.fate(key, of_three=of_three) for key in comparison_words.FATES]
        return max(map(metrics.horizontalAdvance, [*names, "in marks only"])) + 2 * PADDING

    def _measure(self) -> None:
        self._cells.clear()
        self._exact.clear()
        self._middle = self._wide()
        metrics = QFontMetrics(self.font())
        line = metrics.lineSpacing()
        a_line = max(8, (self._column() - 2 * PADDING) // max(1, metrics.averageCharWidth()))
        least = 2 * line + 2 * PADDING
        self._heights = [
            max(least, (1 + self._longest(row) // a_line) * line + 2 * PADDING)
            for row in self._rows
        ]
        self._sum()

    def _longest(self, row: Row) -> int:
        found = [row.passage(side) for side in self._sides]
        return max((len(each.text) for each in found if each is not None), default=0)

    def _sum(self) -> None:
        self._tops = [0, *accumulate(self._heights)]
        seen = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setPageStep(seen)
        bar.setSingleStep(QFontMetrics(self.font()).lineSpacing() * 2)
        bar.setRange(0, max(0, self._tops[-1] - seen))

    def _at(self, down: int) -> int:
        return max(0, min(len(self._rows) - 1, bisect_right(self._tops, down) - 1))

    def _lay_out_from(self, first: int) -> None:
        """Measure the rows of a screen from `first`; what stands above keeps its place."""
        room, changed = self.viewport().height(), False
        for at in range(first, len(self._rows)):
            if at not in self._exact:
                self._exact.add(at)
                cells = self._laid_out(at)
                tall = max((cell.height for cell in cells.values()), default=0.0)
                least = 2 * QFontMetrics(self.font()).lineSpacing()
                height = int(max(tall, least)) + 2 * PADDING
                changed |= height != self._heights[at]
                self._heights[at] = height
            room -= self._heights[at]
            if room < 0:
                break
        if changed:
            self._sum()

    def _laid_out(self, at: int) -> dict[str, _Cell]:
        if at in self._cells:
            self._cells.move_to_end(at)
            return self._cells[at]
        row = self._rows[at]
        marks = compared.differing(row)
        before = self._rows[at - 1] if at else None
        cells: dict[str, _Cell] = {}
        for side in self._sides:
            passage = row.passage(side)
            if passage is None:
                continue
            earlier = before.passage(side) if before is not None else None
            if earlier is not None and earlier.id == passage.id:
                cells[side] = self._cell(self.tr("⋯ as above"), (), quiet=True)
            else:
                quiet = passage.kind == "boilerplate"
                heading = passage.kind == "heading"
                text = _on_lines(passage)
                cells[side] = self._cell(text, marks.get(side, ()), quiet=quiet, heading=heading)
        self._cells[at] = cells
        while len(self._cells) > LAYOUTS_KEPT:
            self._cells.popitem(last=False)
        return cells

    def _cell(
        self,
        text: str,
        marks: Sequence[tuple[int, int]],
        *,
        quiet: bool = False,
        heading: bool = False,
    ) -> _Cell:
        font = QFont(self.font())
        font.setBold(heading)
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        layout.setTextOption(option)
        colours = theme.colours(self.palette())
        formats = []
        if quiet:
            look = QTextCharFormat()
            look.setForeground(QColor(colours.quiet))
            formats.append(_range(0, len(text.encode("utf-16-le")) // 2, look))
        for start, end in marks:
            look = QTextCharFormat()
            look.setBackground(QColor(colours.match))
            look.setFontUnderline(True)
            begin, stop = positions.to_qt(text, start), positions.to_qt(text, end)
            formats.append(_range(begin, stop - begin, look))
        layout.setFormats(formats)
        height = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._column() - 2 * PADDING)
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return _Cell(layout, height)

    # -- painting ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._rows:
            return
        first = self._at(self.verticalScrollBar().value())
        self._lay_out_from(first)
        scrolled, seen = self.verticalScrollBar().value(), self.viewport().height()
        painter = QPainter(self.viewport())
        for at in range(self._at(scrolled), len(self._rows)):
            top = self._tops[at] - scrolled
            if top > seen:
                break
            self._paint_row(painter, at, top)
        painter.end()
        del event

    def _paint_row(self, painter: QPainter, at: int, top: int) -> None:
        row, height, width = self._rows[at], self._heights[at], self.viewport().width()
        colours, palette = theme.colours(self.palette()), self.palette()
        column = self._column()
        cells = self._laid_out(at)
        if row.fate != "same" or (row.third and row.third.fate != "same"):
            painter.fillRect(QRect(0, top, width, height), palette.alternateBase())
        for side in self._sides:
            left = self._left(side)
            if side in cells:
                painter.setPen(palette.color(QPalette.ColorRole.Text))
                cells[side].layout.draw(painter, QPointF(left + PADDING, top + PADDING))
            if at == self._current and side == self.side():
                painter.setPen(palette.color(QPalette.ColorRole.Accent))
                painter.drawRect(QRect(left, top, column - 1, height - 1).adjusted(2, 2, -2, -2))
        painter.setFont(self.font())
        for side in self._sides[1:] or self._sides:
            # Before the column it speaks of; of a side alone, behind it.
            left = self._left(side) - self._middle if len(self._sides) > 1 else column
            self._paint_fate(painter, row.told(side), QRect(left, top, self._middle, height))
        painter.setPen(QColor(colours.line))
        painter.drawLine(0, top + height - 1, width, top + height - 1)
        if at == self._current:
            accent = palette.color(QPalette.ColorRole.Accent)
            painter.fillRect(QRect(0, top, 3, height), accent)

    def _paint_fate(self, painter: QPainter, row: Row, middle: QRect) -> None:
        colours = theme.colours(self.palette())
        painter.setPen(QColor(comparison_words.colour(row.fate, colours)))
        where = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        said = comparison_words.fate(row.fate, of_three=len(self._sides) > 2)
        lines = [said, comparison_words.likeness(row)]
        painter.drawText(middle.adjusted(0, PADDING, 0, 0), where, "\n".join(lines).rstrip())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        keep = self._at(self.verticalScrollBar().value())
        self._measure()
        if self._rows and keep:
            self.verticalScrollBar().setValue(self._tops[keep])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._measure()
            self.viewport().update()

    # -- hands ------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._point(event.position().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._rows:
            self._point(event.position().toPoint())
            self.row_activated.emit(self._current)

    def _point(self, point: QPoint) -> None:
        down = self.verticalScrollBar().value() + point.y()
        if not self._rows or down > self._tops[-1]:
            return
        at = point.x() * len(self._sides) // max(1, self.viewport().width())
        self._side = self._sides[max(0, min(at, len(self._sides) - 1))]
        self.go_to(self._at(down))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, at = self.verticalScrollBar(), self._current
        match event.key():
            case Qt.Key.Key_Down:
                self.go_to(min(at + 1, len(self._rows) - 1))
            case Qt.Key.Key_Up:
                self.go_to(max(at - 1, 0))
            case Qt.Key.Key_PageDown | Qt.Key.Key_Space:
                bar.setValue(bar.value() + bar.pageStep())
                self.go_to(max(at, self.seen()[0]))
            case Qt.Key.Key_PageUp:
                bar.setValue(bar.value() - bar.pageStep())
                self.go_to(min(at, self.seen()[0]))
            case Qt.Key.Key_Home:
                self.go_to(0)
            case Qt.Key.Key_End:
                self.go_to(len(self._rows) - 1)
            case Qt.Key.Key_Left | Qt.Key.Key_Right if len(self._sides) > 1:
                step = -1 if event.key() == Qt.Key.Key_Left else 1
                beside = self._sides.index(self._side) + step
                self._side = self._sides[max(0, min(beside, len(self._sides) - 1))]
                self.go_to(at)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if at >= 0:
                    self.row_activated.emit(at)
            case _:
                super().keyPressEvent(event)

    def _describe(self) -> None:
        """What a screen reader is told of the row: its fate and the words on the chosen side."""
        row = self._rows[self._current]
        passage = row.passage(self.side())
        of_three = len(self._sides) > 2
        others = self._sides[1:] if of_three and self.side() == "a" else (self.side(),)
        told = (row.told(side).fate for side in others)
        fates = ", ".join(comparison_words.fate(each, of_three=of_three) for each in told)
        said = f"{fates}: {passage.text[:300] if passage else ''}"
        self.setAccessibleDescription(said)


def _range(start: int, length: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, look
    return made


def _on_lines(passage: Passage) -> str:
    """The passage with its line ends where they mean something; every offset stays the same."""
    lines = passage.text.split("\n")
    short = sum(1 for line in lines[:-1] if len(line) < SHORT_LINE)
    keeps = passage.kind in ("table", "list") or short > len(lines) // 3
    return passage.text.replace("\n", "\u2028" if keeps else " ")
