"""Saved searches: a list with what is new in each since a person last looked."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import row_table, sought
from desktop.asking_line import AskingLine
from desktop.filter_line import EmptyState
from desktop.models.paged import PagedModel
from desktop.models.tables import SAVED, SavedRow
from desktop.session import Session

if TYPE_CHECKING:
    from db.saved_searches import News, SavedSearch
    from db.search import Order

_NEWS = frozenset({"imports", "searches", "sources"})


class SavedSearches(QWidget):
    """Lists saved searches; says which one a person opens, with what is new in it."""

    chosen = Signal(object)  # SavedRow
    save_requested = Signal()
    news_came = Signal(int)  # how many passages are new in all of them
    noted = Signal(str)

    def __init__(self, session: Session, asking: AskingLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: dict[int, SavedRow] = {}
        self._model: PagedModel[SavedRow] = PagedModel(SAVED, self._fetch, None, self)
        self._list = row_table.table(self, self._model, ())
        self._list.setAccessibleName(self.tr("Saved searches"))
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self._list.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.hide()
        self._empty = EmptyState(self)
        self._empty.say(
            self.tr("A search saved here says what is new since you last looked."),
            self.tr("Save This Search…"),
        )
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._list)
        self._asking = asking
        self._buttons: dict[str, QPushButton] = {}
        buttons = QGridLayout()
        steps: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("open", self.tr("Open"), self._open),
            ("save", self.tr("Save This…"), self.save_requested.emit),
            ("rename", self.tr("Rename…"), self._rename),
            ("remove", self.tr("Remove"), self._remove),
        )
        for place, (name, text, do) in enumerate(steps):
            button = QPushButton(text, self)
            button.clicked.connect(partial(_call, do))
            buttons.addWidget(button, place // 2, place % 2)
            self._buttons[name] = button
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._stack, 1)
        layout.addLayout(buttons)
        self.setFocusProxy(self._list)
        self._look()

        self._list.activated.connect(lambda _index: self._open())
        self._list.clicked.connect(lambda _index: self._look())
        self._list.selectionModel().selectionChanged.connect(lambda _on, _off: self._look())
        self._empty.step_chosen.connect(self.save_requested)
        session.opened.connect(self.reload)
        session.closing.connect(self._forget)
        session.changed.connect(self._hear)

    def reload(self) -> None:
        """Ask for the searches, then for what is new in them."""
        if self._session.is_open():
            self._session.jobs.run(
                sought.saved_searches, self._show, self._fail, replaces="saved searches"
            )

    def save(self, text: str, order: "Order") -> None:
        """Ask for a name, and save a search under it."""
        if not text.strip():
            self.noted.emit(self.tr("Search for something first; then it can be saved."))
        elif self._session.is_writable():
            self._asking.ask(self.tr("Name of the search"), text, partial(self._keep, text, order))

    def rows(self) -> list[SavedRow]:
        return list(self._rows.values())

    def looked_at(self, search_id: int) -> None:
        """A person sees all that a saved search finds."""
        if self._session.is_writable():
            self._run(partial(sought.look_at_search, search_id=search_id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self._list.hasFocus():
            self._remove()
        else:
            super().keyPressEvent(event)

    def _show(self, saved: "list[SavedSearch]") -> None:
        self._rows = {
            each.id: SavedRow(each, before.news if (before := self._rows.get(each.id)) else None)
            for each in saved
        }
        ids = [each.id for each in saved]
        if ids == list(self._model.ids()):
            self._model.renew()
        else:
            self._model.show(ids)
        self._stack.setCurrentWidget(self._list if saved else self._empty)
        self._look()
        if saved:
            work = partial(sought.news, saved=tuple(saved))
            self._session.jobs.run(work, self._show_news, self._fail, replaces="news of searches")
        else:
            self.news_came.emit(0)

    def _show_news(self, news: "dict[int, News]") -> None:
        for search_id, found in news.items():
            if search_id in self._rows:
                self._rows[search_id] = SavedRow(self._rows[search_id].saved, found)
        self._model.renew()
        self.news_came.emit(sum(len(row.news.new) for row in self._rows.values() if row.news))

    def _forget(self) -> None:
        self._rows = {}
        self._asking.hide()
        self._model.show(())

    def _hear(self, tables: frozenset[str]) -> None:
        if tables & _NEWS:
            self.reload()

    def _look(self) -> None:
        chosen = len(self._chosen())
        is_writable = self._session.is_writable()
        self._buttons["open"].setEnabled(chosen == 1)
        self._buttons["save"].setEnabled(is_writable)
        self._buttons["rename"].setEnabled(chosen == 1 and is_writable)
        self._buttons["remove"].setEnabled(chosen > 0 and is_writable)

    def _chosen(self) -> list[int]:
        ids = self._model.ids()
        return [ids[index.row()] for index in self._list.selectionModel().selectedRows()]

    def _open(self) -> None:
        for search_id in self._chosen()[:1]:
            self.chosen.emit(self._rows[search_id])

    def _rename(self) -> None:
        for search_id in self._chosen()[:1]:
            name = self._rows[search_id].saved.name
            self._asking.ask(
                self.tr("New name of the search"), name, partial(self._give_name, search_id)
            )

    def _give_name(self, search_id: int, *, said: str) -> None:
        self._run(partial(sought.rename_search, search_id=search_id, name=said))

    def _keep(self, text: str, order: "Order", *, said: str) -> None:
        same = (row.saved.id for row in self._rows.values() if row.saved.name == said)
        search_id = next(same, None)
        if search_id is None:
            self._run(partial(sought.keep_search, name=said, text=text, order=order))
        else:  # the name is kept, and asks for something else from now on
            work = partial(sought.change_search, search_id=search_id, text=text, order=order)
            self._run(work)

    def _remove(self) -> None:
        ids = self._chosen()
        if ids and self._session.is_writable():
            self._run(partial(sought.remove_searches, ids=tuple(ids)))
            self.noted.emit(self.tr("Saved searches removed; Undo takes it back."))

    def _run(self, work: "Callable[..., Any]") -> None:
        self._session.jobs.run(work, lambda _none: None, self._fail)

    def _fail(self, error: Exception) -> None:
        self.noted.emit(self._session.told(error))

    def _fetch(self, ids: Sequence[int]) -> dict[int, SavedRow]:
        return {each: self._rows[each] for each in ids if each in self._rows}


def _call(do: Callable[[], None], _checked: bool = False) -> None:
    do()
