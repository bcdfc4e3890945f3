"""Columns that stay where they are while the rest of a table is scrolled sideways."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

_ROOM = 2  # of three parts of the width at most: something must be left to scroll


def begin_at_the_left(view: QTableView) -> None:
    """Titles in the head show their beginning; centred ones are cut at both ends."""
    header = view.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setTextElideMode(Qt.TextElideMode.ElideRight)


class PinnedColumns(QTableView):
    """Stands left of a table and shows some of its columns: one model, one selection, one scroll.

    Left and Right go from one to the other as if they were one table.
    """

    def __init__(self, table: QTableView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._beside = table
        self._columns: tuple[int, ...] = ()
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(table.selectionBehavior())
        self.setSelectionMode(table.selectionMode())
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
        self.horizontalHeader().setHighlightSections(False)
        begin_at_the_left(self)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A bar of its own would make its rows end above those beside it.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        mine, theirs = self.verticalScrollBar(), table.verticalScrollBar()
        mine.valueChanged.connect(theirs.setValue)
        theirs.valueChanged.connect(mine.setValue)
        self.horizontalHeader().sectionResized.connect(lambda _at, _was, _is: self._fit())
        self.activated.connect(table.activated)
        table.installEventFilter(self)

    def pinned(self) -> tuple[int, ...]:
        """The columns shown here, in their order."""
        return self._columns

    def show_columns(self, columns: Sequence[int], widths: Sequence[int]) -> None:
        """Show these columns here and not in the table beside; `widths` are those of all columns."""
        self._columns = tuple(columns)
        for at in range(self.model().columnCount()):
            self.setColumnHidden(at, at not in columns)
            self._beside.setColumnHidden(at, at in columns)
            self.setColumnWidth(at, widths[at])
        header = self.horizontalHeader()
        for place, at in enumerate(columns):
            header.moveSection(header.visualIndex(at), place)
        self._fit()

    def fit_rows(self) -> None:
        """Give every row the height that its words need in either part."""
        self._beside.resizeRowsToContents()
        for row in range(self.model().rowCount()):
            height = max(self._beside.rowHeight(row), self.sizeHintForRow(row))
            self._beside.setRowHeight(row, height)
            self.setRowHeight(row, height)

    def _fit(self) -> None:
        wide = sum(self.columnWidth(at) for at in self._columns)
        around = self.parentWidget()
        room = around.width() if around is not None else wide
        self.setFixedWidth(max(40, min(wide, room * _ROOM // 3)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.currentIndex()
        if event.key() == Qt.Key.Key_Right and self._columns and at.column() == self._columns[-1]:
            first = next(self._shown_beside(), None)
            if first is not None:
                self._beside.setFocus()
                self._beside.setCurrentIndex(self.model().index(at.row(), first))
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._beside and isinstance(event, QKeyEvent) and self._columns:
            goes_left = event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Left
            at = self._beside.currentIndex()
            if goes_left and at.column() == next(self._shown_beside(), -1):
                self.setFocus()
                self.setCurrentIndex(self.model().index(at.row(), self._columns[-1]))
                return True
        return super().eventFilter(watched, event)

    def _shown_beside(self) -> Iterator[int]:
        header = self._beside.horizontalHeader()
        for place in range(header.count()):
            at = header.logicalIndex(place)
            if not self._beside.isColumnHidden(at):
                yield at
