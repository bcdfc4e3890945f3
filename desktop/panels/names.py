"""The controlled names: which variants each has, how many sources use it; made, merged, searched."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import named, showing
from desktop.asking_panel import AskingPanel, without_state
from desktop.filter_line import EmptyState, FilterLine
from desktop.models.paged import Column, PagedModel
from desktop.panels.name_window import NameWindow, kind_said
from desktop.plain import QT_TRANSLATE_NOOP, Label, menu_text
from desktop.row_table import choose_row, selected_rows, table
from desktop.session import Session

if TYPE_CHECKING:
    from db.names import Name


def _tip(name: "Name") -> str:
    parts = [*name.forms, kind_said(name.kind)]
    return "\n".join([*parts, name.notes] if name.notes else parts)


_COLUMNS: "tuple[Column[Name], ...]" = (
    Column(QT_TRANSLATE_NOOP("Columns", "Name"), lambda each: each.name, tip=_tip),
    Column(
        QT_TRANSLATE_NOOP("Columns", "Sources"),
        lambda each: showing.count(each.sources) if each.sources else "",
        right=True,
    ),
    Column(
        QT_TRANSLATE_NOOP("Columns", "Also written"),
        lambda each: " · ".join(each.variants),
        tip=_tip,
    ),
)


class NamesPanel(AskingPanel):
    """Lists the names; says which is to be searched for. Each change can be undone."""

    search_requested = Signal(str)
    HEARS = frozenset({"names", "name_variants", "sources"})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._names: dict[int, Name] = {}
        self._window: NameWindow | None = None
        self._filter = FilterLine(self.tr("Filter names"), self)
        self._model: PagedModel[Name] = PagedModel(_COLUMNS, self._fetch, None, self)
        letter = self.fontMetrics().averageCharWidth()
        self._table = table(self, self._model, [19 * letter, 9 * letter])
        self._table.setAccessibleName(self.tr("Names"))
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._empty = EmptyState(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._table)
        self._count = Label("", self)
        self._new = QPushButton(self.tr("New…"), self)
        self._edit = QPushButton(self.tr("Edit…"), self)
        self._more = QPushButton(self.tr("Change"), self)
        self._menu = QMenu(self)
        self._more.setMenu(self._menu)
        buttons = QHBoxLayout()
        for button in (self._new, self._edit, self._more):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self._filter)
        layout.addWidget(self._stack, 1)
        layout.addLayout(buttons)
        layout.addWidget(self._count)
        self.setFocusProxy(self._table)

        self._filter.asked.connect(lambda _words: self._narrow())
        self._table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self._table.activated.connect(lambda _index: self._search())
        self._table.customContextMenuRequested.connect(self._show_menu)
        self._new.clicked.connect(lambda _checked: self._open_new())
        self._edit.clicked.connect(lambda _checked: self._open_chosen())
        self._menu.aboutToShow.connect(self._fill)
        self._empty.step_chosen.connect(self._open_new)
        self._begin()

    def chosen(self) -> "list[Name]":
        """The names selected, from above to below."""
        rows = (self._model.record(row) for row in selected_rows(self._table))
        return [name for name in rows if name is not None]

    def choose(self, name_id: int) -> None:
        row = self._model.row_of(name_id)
        if row >= 0:
            choose_row(self._table, row)

    def window_of_name(self) -> NameWindow:
        """The window of one name, made when it is first asked for."""
        if self._window is None:
            self._window = NameWindow(self._session, self)
        return self._window

    def clear(self) -> None:
        self._is_asked = False
        self._filter.set_quietly("")
        self._show([])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Delete) and self._more.isEnabled():
            self._remove()
        elif event.key() == Qt.Key.Key_F2 and self._edit.isEnabled():
            self._open_chosen()
        else:
            super().keyPressEvent(event)

    # -- loading ----------------------------------------------------------------------------------

    def _ask(self) -> None:
        self._is_asked = True
        self._session.jobs.run(named.names, self._show, self._fail, replaces="names")

    def _show(self, names: "list[Name]") -> None:
        self._names = {name.id: name for name in names}
        self._narrow()

    def _narrow(self) -> None:
        words = self._filter.text().casefold().split()
        chosen = [name.id for name in self.chosen()]
        ids = [
            name.id
            for name in self._names.values()
            if all(word in f"{' '.join(name.forms)} {name.kind}".casefold() for word in words)
        ]
        self._model.show(ids)
        for name_id in chosen[:1]:
            self.choose(name_id)
        self._count.setText(self.tr("%n name(s)", "", len(ids)))
        if not self._names:
            self._empty.say(
                self.tr(
                    "No names yet. A name keeps the spellings of a person, body or place together: "
                    "a search for one of them finds all."
                ),
                self.tr("New Name…") if self._session.is_writable() else "",
            )
        elif not ids:
            self._empty.say(self.tr("No name has these words."))
        self._stack.setCurrentWidget(self._table if ids else self._empty)
        self._enable()

    def _fetch(self, ids: Sequence[int]) -> "dict[int, Name]":
        return {each: self._names[each] for each in ids if each in self._names}

    def _enable(self) -> None:
        count, writable = len(self.chosen()), self._session.is_writable()
        self._new.setEnabled(writable)
        self._edit.setEnabled(count == 1 and writable)
        self._more.setEnabled(count > 0 and writable)

    # -- changing ---------------------------------------------------------------------------------

    def _open_new(self) -> None:
        self.window_of_name().open_new()

    def _open_chosen(self) -> None:
        for name in self.chosen()[:1]:
            self.window_of_name().open_name(name)

    def _search(self) -> None:
        for name in self.chosen()[:1]:
            self.search_requested.emit(named.words_of(name.name))

    def _show_menu(self, at: QPoint) -> None:
        if self.chosen() and self._session.is_writable():
            self._menu.popup(self._table.viewport().mapToGlobal(at))

    def _fill(self) -> None:
        self._menu.clear()
        chosen = self.chosen()
        if len(chosen) == 1:
            name = chosen[0]
            self._entry(self.tr("Search for All Its Spellings"), self._search)
            said = self.tr("Use It in %n Source(s) with a Variant", "", name.varied)
            self._entry(said, partial(self._use, name), is_enabled=name.varied > 0)
        for name in chosen if len(chosen) > 1 else ():
            said = self.tr("Merge into “{0}”").format(menu_text(name.name))
            self._entry(said, partial(self._merge, name))
        self._menu.addSeparator()
        self._entry(self.tr("Remove"), self._remove)

    def _entry(self, said: str, slot: Callable[[], None], *, is_enabled: bool = True) -> None:
        action = self._menu.addAction(said)
        action.setEnabled(is_enabled)
        action.triggered.connect(partial(without_state, slot))

    def _use(self, name: "Name") -> None:
        said = self.tr("%n source(s) changed; Undo takes it back.", "", name.varied)
        work = partial(named.use, name_id=name.id)
        self._session.jobs.run(work, lambda _count: self.noted.emit(said), self._fail)

    def _merge(self, into: "Name") -> None:
        others = tuple(name.id for name in self.chosen() if name.id != into.id)
        self._run(partial(named.merge, into=into.id, others=others))

    def _remove(self) -> None:
        ids = tuple(name.id for name in self.chosen())
        self._run(partial(named.remove, ids=ids))
        self.noted.emit(self.tr("%n name(s) removed; Undo brings them back.", "", len(ids)))
