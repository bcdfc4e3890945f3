"""The table of accounts: the matter and pinned sources stay, the rest scrolls; an order of one's own."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QToolButton,
    QWidget,
)

from desktop.asking_panel import without_state
from desktop.models.accounts import AccountsModel
from desktop.pinned_columns import PinnedColumns, begin_at_the_left
from desktop.row_table import table

if TYPE_CHECKING:
    from db.accounts import Matrix
    from desktop.accounted import Accounts

_LINES_A_ROW = 3
_ROWS_FITTED = 100  # rows whose heights are fitted to their words; more would be felt
_MATTER = 0


class AccountsTable(QWidget):
    """Shows a matrix. Remembers, as long as the window is open, which sources are pinned and where."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order: list[int] = []  # sources, as a person put them
        self._pinned: set[int] = set()
        self._filling = False
        self.model = AccountsModel(self)
        self.table = table(self, self.model, [])  # type: ignore[arg-type]
        self.table.setAccessibleName(self.tr("Accounts"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.setWordWrap(True)
        line = self.table.fontMetrics().lineSpacing()
        self.table.verticalHeader().setDefaultSectionSize(_LINES_A_ROW * line + 10)
        header = self.table.horizontalHeader()
        header.setSectionsMovable(True)
        begin_at_the_left(self.table)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.pins = PinnedColumns(self.table, self)
        self.pins.setAccessibleName(self.tr("Accounts: the matter and pinned sources"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.pins)
        layout.addWidget(self.table, 1)
        self.setFocusProxy(self.table)
        header.sectionMoved.connect(lambda _at, _was, _is: self._keep_order())
        self._pin = self._action(self.tr("Pin"), "Ctrl+Shift+P", self.pin)
        self._left = self._action(
            self.tr("Move Left"), "Ctrl+Shift+Left", partial(self.move_by, -1)
        )
        self._right = self._action(
            self.tr("Move Right"), "Ctrl+Shift+Right", partial(self.move_by, 1)
        )
        self.table.selectionModel().currentChanged.connect(lambda _now, _was: self._enable())
        self._enable()

    def button(self, parent: QWidget) -> QToolButton:
        """A button with what can be done with the column of the chosen cell."""
        made = QToolButton(parent)
        made.setText(self.tr("Column"))
        made.setToolTip(self.tr("Pin or move the source whose cell is chosen"))
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(made)
        menu.addActions([self._pin, self._left, self._right])
        made.setMenu(menu)
        return made

    def show_matrix(self, accounts: "Accounts | None", matrix: "Matrix | None") -> None:
        """Show these accounts, columns in the order they were put in."""
        self._filling = True
        self.model.show(accounts, matrix)
        header = self.table.horizontalHeader()
        known = {self.model.source_id(at): at for at in range(1, self.model.columnCount())}
        order = [each for each in self._order if each in known]
        order += [each for each in known if each not in self._order]
        for place, source_id in enumerate(order, 1):
            header.moveSection(header.visualIndex(known[source_id]), place)
        self._filling = False
        self._place()
        if matrix is not None and len(matrix.rows) <= _ROWS_FITTED:
            self.pins.fit_rows()

    def order(self) -> list[int]:
        """The columns as they are seen, the matter first."""
        header = self.table.horizontalHeader()
        seen = [header.logicalIndex(place) for place in range(self.model.columnCount())]
        pinned = list(self.pins.pinned())
        return pinned + [at for at in seen if at not in pinned]

    def pin(self) -> None:
        """Keep the chosen source beside the matter, or let it scroll again."""
        source_id = self._chosen()
        if source_id is not None:
            self._pinned ^= {source_id}
            self._place()
            self._enable()
            (self.pins if source_id in self._pinned else self.table).setFocus()

    def move_by(self, step: int) -> None:
        """Move the chosen source among those that are pinned, or among those that are not."""
        source_id = self._chosen()
        if source_id is None:
            return
        seen = [self.model.source_id(at) for at in self.order() if at != _MATTER]
        mates = [each for each in seen if (each in self._pinned) == (source_id in self._pinned)]
        at = mates.index(source_id)
        to = max(0, min(at + step, len(mates) - 1))
        mates.insert(to, mates.pop(at))
        others = [each for each in seen if each not in mates]
        self._order = mates + others
        header = self.table.horizontalHeader()
        self._filling = True
        for place, each in enumerate(self._order, 1):
            header.moveSection(header.visualIndex(self.model.column_of(each)), place)
        self._filling = False
        self._place()

    def _action(self, name: str, keys: str, slot: Callable[[], None]) -> QAction:
        action = QAction(name, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(partial(without_state, slot))
        self.addAction(action)
        return action

    def _chosen(self) -> int | None:
        index: QModelIndex = self.table.currentIndex()
        if not index.isValid() or index.column() == _MATTER:
            return None
        return self.model.source_id(index.column())

    def _keep_order(self) -> None:
        if not self._filling:
            columns = [at for at in self.order() if at != _MATTER]
            self._order = [self.model.source_id(at) for at in columns]

    def _place(self) -> None:
        header = self.table.horizontalHeader()
        seen = [header.logicalIndex(place) for place in range(self.model.columnCount())]
        pinned = [at for at in seen if at and self.model.source_id(at) in self._pinned]
        letter = self.fontMetrics().averageCharWidth()
        widths = [(20 if at == _MATTER else 34) * letter for at in range(len(seen))]
        for at, width in enumerate(widths):
            self.table.setColumnWidth(at, width)
        self.pins.show_columns([_MATTER, *pinned] if seen else [], widths)
        self.pins.setVisible(bool(seen))

    def _enable(self) -> None:
        source_id = self._chosen()
        self._pin.setText(self.tr("Unpin") if source_id in self._pinned else self.tr("Pin"))
        for action in (self._pin, self._left, self._right):
            action.setEnabled(source_id is not None)
