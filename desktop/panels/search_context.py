"""The results word by word: every match on a line of its own, its neighbours coloured and sorted."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop import positions, row_table, sought, theme
from desktop.delegates import ink, is_from_right
from desktop.models.paged import Index, PagedModel, RecordRole
from desktop.models.tables import CONTEXTS
from desktop.plain import ShortLabel
from desktop.row_table import choose_row
from desktop.session import Session

if TYPE_CHECKING:
    from db.contexts import Context, Sort
    from db.query import Query
    from desktop.results import Results

DEEPEST = 3
PADDING = 6
# Colour is not the only cue for how near a word stands.
_LINES = (
    QTextCharFormat.UnderlineStyle.SingleUnderline,
    QTextCharFormat.UnderlineStyle.DashUnderline,
    QTextCharFormat.UnderlineStyle.DotLine,
)


class ContextView(QWidget):
    """Shows the matches of the results; says which was chosen. Asks when it is looked at."""

    chosen = Signal(object)  # Context
    activated = Signal(object)  # Context

    def __init__(self, session: Session, results: "Results", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._results = results
        self._lines: Sequence[Context] = ()
        self._ids: tuple[int, ...] | None = None
        self._query: Query | None = None  # whose lines these are
        self._following = False
        self._sort = QComboBox(self)
        self._sort.setAccessibleName(self.tr("Sort lines by"))
        for text, key in (
            (self.tr("Sorted as the results"), "text"),
            (self.tr("Sorted by the words before"), "left"),
            (self.tr("Sorted by the words behind"), "right"),
        ):
            self._sort.addItem(text, key)
        self._depth = QComboBox(self)
        self._depth.setAccessibleName(self.tr("How many words deep"))
        for depth in range(1, DEEPEST + 1):
            self._depth.addItem(self.tr("%n word(s) deep", "", depth), depth)
        self._depth.setCurrentIndex(DEEPEST - 1)
        self._count = ShortLabel("", self)
        self._model: PagedModel[Context] = PagedModel(CONTEXTS, self._fetch, None, self)
        self._table = row_table.table(self, self._model, ())
        self._table.setAccessibleName(self.tr("Matches in their context"))
        self._delegate = ContextDelegate(self._table)
        self._table.setItemDelegate(self._delegate)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self._table.horizontalHeader()
        header.setStretchLastSection(False)
        for section in (0, 2):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setResizeContentsPrecision(0)  # by the rows on screen
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(3, 150)
        line = QHBoxLayout()
        line.addWidget(self._sort)
        line.addWidget(self._depth)
        line.addWidget(self._count, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(line)
        layout.addWidget(self._table, 1)
        self.setFocusProxy(self._table)
        self._depth.setEnabled(False)

        self._sort.activated.connect(lambda _index: self._ask_anew())
        self._depth.activated.connect(lambda _index: self._ask_anew())
        self._table.selectionModel().currentChanged.connect(self._choose)
        self._table.activated.connect(self._activate)

    def look(self) -> None:
        """The results are others, or this view is turned to: ask for the lines if need be."""
        answer = self._results.answer
        if answer is None:
            self.clear()
            return
        ids = tuple(self._results.ids[: sought.MOST_CONTEXTS])
        if (ids, answer.query) != (self._ids, self._query):
            self._ids, self._query = ids, answer.query
            self._ask()

    def renew(self) -> None:
        """What is known of the passages has changed: the lines are asked for when looked at."""
        self._query = None
        if self.isVisible():
            self.look()

    def clear(self) -> None:
        self._ids = self._query = None
        self._lines = ()
        self._model.show(())
        self._count.set_full("")

    def follow(self, passage_id: int | None) -> None:
        """Move to a passage that is chosen elsewhere."""
        current = self._table.currentIndex().data(RecordRole)
        if passage_id is None or (current is not None and current.passage_id == passage_id):
            return
        found = (row for row, line in enumerate(self._lines) if line.passage_id == passage_id)
        row = next(found, -1)
        if row >= 0:
            self._following = True
            choose_row(self._table, row)
            self._following = False

    def step(self, step: int) -> None:
        """Choose the next or the previous line."""
        row = self._table.currentIndex().row() + step if self._table.currentIndex().isValid() else 0
        if self._lines:
            choose_row(self._table, row % len(self._lines))

    def row(self) -> int:
        return self._table.currentIndex().row()

    def rows(self) -> int:
        return len(self._lines)

    def chosen_ids(self) -> list[int]:
        """The passages of the selected lines, each once."""
        rows = row_table.selected_rows(self._table)
        return list(dict.fromkeys(self._lines[row].passage_id for row in rows))

    def go(self) -> None:
        """Put the focus on the lines."""
        self._table.setFocus()
        if self._lines and not self._table.currentIndex().isValid():
            choose_row(self._table, 0)

    def _ask_anew(self) -> None:
        self._depth.setEnabled(self._sort.currentData() != "text")
        self._ask()

    def _ask(self) -> None:
        if self._query is None or self._ids is None:
            return
        sort: Sort = self._sort.currentData()
        depth = int(self._depth.currentData())
        work = partial(sought.contexts, ids=self._ids, query=self._query, sort=sort, depth=depth)
        self._session.jobs.run(
            work, partial(self._show, sort, depth), self._fail, replaces="contexts"
        )

    def _show(self, sort: "Sort", depth: int, lines: "Sequence[Context]") -> None:
        if self._ids is None:  # cleared meanwhile
            return
        self._lines = lines
        self._delegate.sort, self._delegate.depth = sort, depth
        self._model.show(range(len(lines)))
        said = self.tr("%n line(s)", "", len(lines))
        answer = self._results.answer
        if answer is not None and len(self._results.ids) > len(self._ids or ()):
            said = self.tr("{0} in the first %n passage(s)", "", len(self._ids or ())).format(said)
        self._count.set_full(said)

    def _fail(self, error: Exception) -> None:
        self.clear()
        self._count.set_full(self._session.told(error))

    def _fetch(self, ids: Sequence[int]) -> "dict[int, Context]":
        return {each: self._lines[each] for each in ids if each < len(self._lines)}

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        line = index.data(RecordRole)
        if line is not None and not self._following:
            self.chosen.emit(line)

    def _activate(self, index: QModelIndex) -> None:
        line = index.data(RecordRole)
        if line is not None:
            self.activated.emit(line)


class ContextDelegate(QStyledItemDelegate):
    """Paints what stands before, the match, and what stands behind, close up to the match."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sort: Sort = "text"
        self.depth = DEEPEST

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = QFontMetrics(_bold(option.font))
        if index.column() == 1:
            widest = metrics.averageCharWidth() * 24
            text = str(index.data() or "")
            return QSize(
                min(widest, metrics.horizontalAdvance(text)) + 2 * PADDING, metrics.height()
            )
        return QSize(80, metrics.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(RecordRole)
        if line is None or index.column() > 2:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        # What is read from the right has what stands before it on its right.
        from_right = is_from_right(line.match)
        if index.column() == 1:
            self._paint_match(painter, option, line)
        elif (index.column() == 0) != from_right:
            self._paint_side(painter, option, line.left, at_end=True, from_right=from_right)
        else:
            self._paint_side(painter, option, line.right, at_end=False, from_right=from_right)

    def _paint_match(
        self, painter: QPainter, option: QStyleOptionViewItem, line: "Context"
    ) -> None:
        painter.save()
        painter.setFont(_bold(option.font))
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        area = option.rect.adjusted(2, 2, -2, -2)
        if not selected:
            painter.fillRect(area, QColor(theme.colours(option.palette).match))
        painter.setPen(ink(option))
        text = painter.fontMetrics().elidedText(
            line.match, Qt.TextElideMode.ElideRight, area.width() - 4
        )
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), text)
        painter.restore()

    def _paint_side(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        text: str,
        *,
        at_end: bool,
        from_right: bool,
    ) -> None:
        """Words nearest to the match stand nearest to it; what has no room is cut far from it."""
        side = "left" if at_end else "right"
        marked = nearest(text, self.depth if self.sort == side else 0, at_end=at_end)
        to_right_edge = at_end != from_right
        area: QRect = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        text = text.strip()
        metrics = QFontMetrics(option.font)
        painter.save()
        painter.setClipRect(area)
        # Laid out as one text, so that Qt orders what is read from either side.
        layout = QTextLayout(text, option.font)
        direction = QTextOption()
        direction.setWrapMode(QTextOption.WrapMode.NoWrap)
        direction.setTextDirection(
            Qt.LayoutDirection.RightToLeft if from_right else Qt.LayoutDirection.LeftToRight
        )
        layout.setTextOption(direction)
        ranges = []
        for level, (start, end) in enumerate(marked):
            look = QTextCharFormat()
            if not option.state & QStyle.StateFlag.State_Selected:
                look.setForeground(QColor(inks(option.palette)[level]))
            look.setUnderlineStyle(_LINES[level])
            look.setFontWeight(QFont.Weight.Bold if level == 0 else QFont.Weight.Normal)
            made = QTextLayout.FormatRange()
            made.start = positions.to_qt(text, start)
            made.length = positions.to_qt(text, end) - made.start
            made.format = look
            ranges.append(made)
        layout.setFormats(ranges)
        layout.beginLayout()
        row = layout.createLine()
        if row.isValid():
            row.setLineWidth(100_000)
        layout.endLayout()
        width = row.naturalTextWidth() if row.isValid() else 0
        # A line read from the right begins at the far end of its endless width.
        left = area.right() + 1 - width if to_right_edge else area.left()
        shift = row.naturalTextRect().left() if row.isValid() else 0
        top = option.rect.top() + (option.rect.height() - metrics.height()) / 2
        painter.setPen(ink(option))
        layout.draw(painter, QPointF(left - shift, top))
        painter.restore()


def nearest(text: str, depth: int, *, at_end: bool) -> list[tuple[int, int]]:
    """Where the `depth` words nearest to the match stand in the stripped text, nearest first."""
    text = text.strip()
    if not depth:
        return []
    words = _words(text)
    return words[: -depth - 1 : -1] if at_end else words[:depth]


def _words(text: str) -> list[tuple[int, int]]:
    from db import folding

    return [(token.start, token.end) for token in folding.tokens(text)]


def inks(palette: QPalette) -> tuple[str, str, str]:
    """The colours of the first, second and third word beside a match."""
    colours = theme.colours(palette)
    return colours.proposed, colours.accepted, colours.rejected


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold
