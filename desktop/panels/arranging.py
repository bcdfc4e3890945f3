"""Two small windows of the tree: where sources shall move to, and the bin with what can come back."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from db.records import Source
from desktop import asked, described, showing
from desktop.filter_line import EmptyState, FilterLine
from desktop.models.tree import SourceRole, SourceTree
from desktop.plain import Label, shown
from desktop.session import Session

if TYPE_CHECKING:
    from db.bin import Binned


class PlaceWindow(QDialog):
    """The tree to choose a new place from; those that move and what lies below them is left out."""

    place_chosen = Signal(object, object)  # ids, the new parent's id or None for the top
    noted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ids: tuple[int, ...] = ()
        self.setWindowTitle(self.tr("Move to"))
        self._whom = Label("", self)
        self._filter = FilterLine(self.tr("Filter sources"), self)
        self._model = SourceTree(self)
        self._tree = QTreeView(self)
        self._tree.setAccessibleName(self.tr("Where to"))
        self._tree.setHeaderHidden(True)
        self._tree.setUniformRowHeights(True)
        self._tree.setModel(self._model)
        self._below = QPushButton(self.tr("Move Below This"), self)
        self._below.setDefault(True)
        self._top = QPushButton(self.tr("Move to the &Top"), self)
        self._top.setAutoDefault(False)
        cancel = QPushButton(self.tr("Cancel (Esc)"), self)
        cancel.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (self._below, self._top, cancel):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(self._whom)
        layout.addWidget(self._filter)
        layout.addWidget(self._tree, 1)
        layout.addLayout(foot)
        self.resize(480, 460)
        self._filter.asked.connect(self._narrow)
        self._tree.selectionModel().currentChanged.connect(lambda *_: self._look())
        self._tree.activated.connect(lambda _index: self._choose())
        self._below.clicked.connect(self._choose)
        self._top.clicked.connect(partial(self._end, None))
        cancel.clicked.connect(self.reject)
        session.closing.connect(self.reject)

    def open_for(self, ids: Sequence[int]) -> None:
        """Show where these sources could go."""
        self._ids = tuple(ids)
        self._whom.setText(self.tr("Where shall %n source(s) go?", "", len(self._ids)))
        self._session.jobs.run(asked.sources, self._show, self._fail, replaces="place")

    def tree(self) -> QTreeView:
        return self._tree

    def filter_line(self) -> QLineEdit:
        return self._filter

    def _show(self, sources: list[Source]) -> None:
        gone = set(self._ids)
        kept: list[Source] = []
        children: dict[int, list[int]] = {}
        for source in sources:
            if source.parent_id is not None:
                children.setdefault(source.parent_id, []).append(source.id)
        waiting = list(self._ids)
        while waiting:
            new = [each for each in children.get(waiting.pop(), []) if each not in gone]
            gone.update(new)
            waiting += new
        kept = [source for source in sources if source.id not in gone]
        self._filter.set_quietly("")
        self._model.show(kept)
        self._narrow("")
        self.show()
        self.raise_()
        self.activateWindow()
        self._tree.setFocus()

    def _narrow(self, words: str) -> None:
        self._model.narrow(words)
        self._tree.expandAll()
        self._tree.setCurrentIndex(self._model.index(0, 0))
        self._look()

    def _look(self) -> None:
        self._below.setEnabled(self._tree.currentIndex().isValid())

    def _choose(self) -> None:
        source = self._tree.currentIndex().data(SourceRole)
        if isinstance(source, Source):
            self._end(source.id)

    def _end(self, parent_id: int | None) -> None:
        self.accept()
        self.place_chosen.emit(self._ids, parent_id)

    def _fail(self, error: Exception) -> None:
        self.noted.emit(self._session.told(error))


class BinWindow(QDialog):
    """What lies in the bin, with what went along with it; gives back what is chosen."""

    noted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(self.tr("Bin"))
        self._list = QListWidget(self)
        self._list.setAccessibleName(self.tr("Sources in the bin"))
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.setAlternatingRowColors(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._empty = EmptyState(self)
        self._empty.say(self.tr("The bin is empty. What you remove from the library comes here."))
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        self._restore = QPushButton(self.tr("Restore"), self)
        self._restore.setDefault(True)
        close = QPushButton(self.tr("Close (Esc)"), self)
        close.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._restore)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(self._stack, 1)
        layout.addLayout(foot)
        self.resize(560, 380)
        self._restore.clicked.connect(self._give_back)
        self._list.itemSelectionChanged.connect(self._look)
        close.clicked.connect(self.reject)
        session.closing.connect(self.reject)
        session.changed.connect(self._hear)

    def open_bin(self) -> None:
        """Show what lies in the bin now."""
        self._session.jobs.run(described.binned, self._show, self._fail, replaces="bin")
        self.show()
        self.raise_()
        self.activateWindow()
        self._list.setFocus()

    def rows(self) -> QListWidget:
        return self._list

    def is_empty(self) -> bool:
        return self._stack.currentWidget() is self._empty

    def restore(self) -> None:
        self._restore.click()

    def _hear(self, tables: frozenset[str]) -> None:
        if self.isVisible() and "sources" in tables:
            self._session.jobs.run(described.binned, self._show, self._fail, replaces="bin")

    def _show(self, binned: "list[Binned]") -> None:
        self._list.clear()
        for each in binned:
            parts = [shown(each.title) or self.tr("(untitled)"), each.level]
            if each.below:
                parts.append(self.tr("with %n below it", "", each.below))
            parts.append(showing.moment(each.deleted_at))
            item = QListWidgetItem(" · ".join(parts), self._list)
            item.setData(Qt.ItemDataRole.UserRole, each.id)
        self._stack.setCurrentWidget(self._list if binned else self._empty)
        if binned:
            self._list.setCurrentRow(0)
        self._look()

    def _look(self) -> None:
        can = self._session.is_writable() and bool(self._list.selectedItems())
        self._restore.setEnabled(can)

    def _give_back(self) -> None:
        ids = tuple(item.data(Qt.ItemDataRole.UserRole) for item in self._list.selectedItems())
        if ids:
            work = partial(described.restore, ids=ids)
            said = self.tr("Restored from the bin; Undo takes it back.")
            self._session.jobs.run(work, lambda _none: self.noted.emit(said), self._fail)

    def _fail(self, error: Exception) -> None:
        self.noted.emit(self._session.told(error))
