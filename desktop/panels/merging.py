"""The merge window: what a copy would bring, what both changed side by side, and one Merge."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import merged, proposing
from desktop.jobs import Ticket
from desktop.plain import Label, shown, tip
from desktop.session import Session

if TYPE_CHECKING:
    from db.merge import Choice, Conflict, Merged

KEY_ROLE = Qt.ItemDataRole.UserRole
ABOUT, OURS, THEIRS = range(3)


class MergeWindow(QDialog):
    """Looks at a copy first; nothing is changed before Merge is chosen."""

    noted = Signal(str)
    merged = Signal()  # a copy has been taken in

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Merge a Copy"))
        self._session = session
        self._other = Path()
        self._ticket: Ticket | None = None
        self._said = Label("", self).wrapped()
        self._brings = self._tree(
            [self.tr("What"), self.tr("New"), self.tr("Changed"), self.tr("Removed")],
            self.tr("What would come"),
        )
        self._asked = Label("", self).wrapped()
        self._conflicts = self._tree(
            [self.tr("Changed on both sides"), self.tr("Ours"), self.tr("Theirs")],
            self.tr("Conflicts"),
        )
        self._conflicts.itemChanged.connect(self._choose)
        self._all_ours = QPushButton(self.tr("All &Ours"), self)
        self._all_theirs = QPushButton(self.tr("All &Theirs"), self)
        self._all_ours.clicked.connect(partial(self._choose_all, OURS))
        self._all_theirs.clicked.connect(partial(self._choose_all, THEIRS))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._merge = QPushButton(self.tr("&Merge"), self)
        buttons.addButton(self._merge, QDialogButtonBox.ButtonRole.AcceptRole)
        self._merge.clicked.connect(self.merge)
        buttons.rejected.connect(self.close)
        session.closing.connect(self.close)
        session.jobs.ended.connect(self._end)
        choices = QHBoxLayout()
        choices.addWidget(self._asked, 1)
        choices.addWidget(self._all_ours)
        choices.addWidget(self._all_theirs)
        layout = QVBoxLayout(self)
        layout.addWidget(self._said)
        layout.addWidget(self._brings, 2)
        layout.addLayout(choices)
        layout.addWidget(self._conflicts, 3)
        layout.addWidget(buttons)
        self.resize(760, 560)

    def look(self, other: Path) -> None:
        """Say what the archive at `other` would bring."""
        self._other = other
        self._brings.clear()
        self._conflicts.clear()
        self._set_conflicts(False)
        self._merge.setEnabled(False)
        self._said.setText(self.tr("Looking at “{0}”…").format(shown(other.name)))
        self.show()
        self.raise_()
        work = partial(merged.preview, other=other)
        title = self.tr("Looking at a copy")
        self._ticket = self._session.jobs.run_long(
            title, work, self._show, self._fail, replaces="merge look"
        )

    def choices(self) -> "dict[tuple[str, str, str], Choice]":
        """What is chosen for each conflict."""
        found: dict[tuple[str, str, str], Choice] = {}
        for at in range(self._conflicts.topLevelItemCount()):
            item = self._conflicts.topLevelItem(at)
            if item is not None:
                is_ours = item.checkState(OURS) == Qt.CheckState.Checked
                found[item.data(ABOUT, KEY_ROLE)] = "ours" if is_ours else "theirs"
        return found

    def merge(self) -> None:
        """Take the copy in, as one change that can be undone."""
        self._merge.setEnabled(False)
        work = partial(merged.merge, other=self._other, choices=self.choices())
        title = self.tr("Merging")
        self._ticket = self._session.jobs.run_long(
            title, work, self._finish, self._fail, replaces="merge"
        )

    def _tree(self, heads: list[str], name: str) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setHeaderLabels(heads)
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setAlternatingRowColors(True)
        tree.setAccessibleName(name)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for section in range(len(heads) - 1):
            tree.setColumnWidth(section, 260 if not section else 220 if len(heads) == 3 else 110)
        return tree

    def _show(self, found: "Merged") -> None:
        name = shown(self._other.name)
        if found.is_empty():
            said = self.tr("“{0}” brings nothing that is not here already.").format(name)
            self._said.setText(said)
            return
        self._said.setText(self.tr("“{0}” would bring:").format(name))
        for table in dict.fromkeys((*found.added, *found.changed, *found.removed)):
            if table not in merged.TABLES:
                continue
            counts = [each.get(table, 0) for each in (found.added, found.changed, found.removed)]
            cells = [f"{count:n}" if count else "" for count in counts]
            self._brings.addTopLevelItem(QTreeWidgetItem([merged.table(table), *cells]))
        by_key: dict[tuple[str, str, str], list[Conflict]] = {}
        for conflict in found.conflicts:
            by_key.setdefault(conflict.key, []).append(conflict)
        self._conflicts.blockSignals(True)
        for key, fields in by_key.items():
            self._conflicts.addTopLevelItem(self._item(key, fields))
        self._conflicts.blockSignals(False)
        self._set_conflicts(bool(by_key))
        self._merge.setEnabled(self._session.is_writable())
        self._merge.setDefault(True)

    def _item(self, key: tuple[str, str, str], fields: "list[Conflict]") -> QTreeWidgetItem:
        about = shown(f"{fields[0].about} ({merged.table(key[0])})")
        item = QTreeWidgetItem([about, self._values(fields, ours=True), self._values(fields)])
        for column in (ABOUT, OURS, THEIRS):
            item.setToolTip(column, tip(item.text(column)))
        item.setData(ABOUT, KEY_ROLE, key)
        item.setCheckState(OURS, Qt.CheckState.Checked)
        item.setCheckState(THEIRS, Qt.CheckState.Unchecked)
        return item

    def _values(self, fields: "list[Conflict]", *, ours: bool = False) -> str:
        told = []
        for each in fields:
            value = each.ours if ours else each.theirs
            if each.field in ("deleted", "deleted_at"):
                told.append(self.tr("removed") if value else self.tr("kept"))
            else:
                said = f"{value:,g}" if isinstance(value, float) else str(value)
                said = self.tr("nothing") if value is None else said
                told.append(self.tr("{0}: {1}").format(each.field.replace("_", " "), said))
        return shown("; ".join(told))

    def _choose(self, item: QTreeWidgetItem, column: int) -> None:
        if column not in (OURS, THEIRS):
            return
        is_checked = item.checkState(column) == Qt.CheckState.Checked
        other = THEIRS if column == OURS else OURS
        self._conflicts.blockSignals(True)
        item.setCheckState(other, Qt.CheckState.Unchecked if is_checked else Qt.CheckState.Checked)
        self._conflicts.blockSignals(False)

    def _choose_all(self, column: int, _checked: bool = False) -> None:
        for at in range(self._conflicts.topLevelItemCount()):
            item = self._conflicts.topLevelItem(at)
            if item is not None:
                item.setCheckState(column, Qt.CheckState.Checked)

    def _set_conflicts(self, are_there: bool) -> None:
        for widget in (self._conflicts, self._asked, self._all_ours, self._all_theirs):
            widget.setVisible(are_there)
        count = self._conflicts.topLevelItemCount()
        self._asked.setText(self.tr("%n change(s) on both sides: choose which stands.", "", count))

    def _end(self, ticket: Ticket) -> None:
        if ticket is self._ticket and ticket.cancelled() and self._session.is_open():
            self._said.setText(self.tr("Stopped; what the copy would bring has not come."))
            self._merge.setEnabled(self._brings.topLevelItemCount() > 0)

    def _finish(self, found: "Merged") -> None:
        self.close()
        self.noted.emit(self.tr("Merged “{0}”.").format(shown(self._other.name)))
        self.merged.emit()
        if found.brings():
            proposing.propose_series(self._session)

    def _fail(self, error: Exception) -> None:
        self._said.setText(self._session.told(error))
        self._merge.setEnabled(False)
