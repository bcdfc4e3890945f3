"""Search: a line, what was understood of it, and the passages that answer, best first."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from db.records import Hit
from desktop import asked, showing
from desktop.asked import Answer
from desktop.delegates import HitDelegate
from desktop.filter_line import EmptyState, FilterLine
from desktop.models.paged import PagedModel, RecordRole
from desktop.models.tables import HITS
from desktop.plain import Label, menu_text
from desktop.row_table import calm_header
from desktop.selection import Selected
from desktop.session import PATIENCE, Session

if TYPE_CHECKING:
    from db.query import Query


class SearchPanel(QWidget):
    """Asks for words, shows the passages that hold them. Says which was chosen; opens none."""

    hit_chosen = Signal(object)  # Hit
    hit_activated = Signal(object)  # Hit
    answered = Signal(int)  # how many passages were found

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._query: Query | None = None
        self._following = False
        self._step: Callable[[], None] = self._drop_kind
        self._words = FilterLine(
            self.tr("Search the passages: words, “phrases”, pre*, OR, NOT"), self
        )
        self._kind = QComboBox(self)
        self._kind.setAccessibleName(self.tr("Kind of passage"))
        self._kind.addItem(self.tr("All but boilerplate"), "")
        for kind in showing.PASSAGE_KINDS:
            self._kind.addItem(showing.passage_kind(kind), kind)
        self._understood = Label("", self).wrapped()
        self._model: PagedModel[Hit] = PagedModel(HITS, self._fetch, self._fill, self)
        self._list = _hit_list(self)
        self._list.setAccessibleName(self.tr("Passages found"))
        self._delegate = HitDelegate(self._list)
        self._list.setItemDelegate(self._delegate)
        self._list.setModel(self._model)
        calm_header(self._list)
        self._list.verticalHeader().setDefaultSectionSize(self._delegate.row_height(self.font()))
        self._list.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._empty = EmptyState(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._list)
        self._count = Label("", self)

        line = QHBoxLayout()
        line.addWidget(self._words, 1)
        line.addWidget(self._kind)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 6)
        layout.addLayout(line)
        layout.addWidget(self._understood)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._count)
        self.setFocusProxy(self._words)
        self._say_nothing()

        self._words.asked.connect(lambda _words: self._search())
        self._words.returnPressed.connect(self._go_to_hits)
        self._kind.activated.connect(lambda _index: self._search())
        self._list.selectionModel().currentChanged.connect(self._choose)
        self._list.activated.connect(self._activate)
        self._empty.step_chosen.connect(lambda: self._step())
        session.closing.connect(self.clear)
        session.opened.connect(self._say_nothing)
        session.changed.connect(self._hear)

    def ask(self, words: str) -> None:
        """Search for `words` as if they had been typed."""
        self._words.set_quietly(words)
        self._search()

    def words(self) -> str:
        return self._words.text()

    def focus_line(self) -> None:
        self._words.setFocus()
        self._words.selectAll()

    def query(self) -> "Query | None":
        return self._query

    def clear(self) -> None:
        self._query = None
        self._words.set_quietly("")
        self._kind.setCurrentIndex(0)
        self._model.show(())
        self._say_nothing()

    def repaint_hits(self) -> None:
        """The colours have changed."""
        self._delegate.forget()
        self._list.viewport().update()

    def follow(self, selected: Selected) -> None:
        """Move to the passage that is selected elsewhere, if it is among the hits."""
        row = self._model.row_of(selected.passage_id) if selected.passage_id is not None else -1
        if row >= 0 and row != self._list.currentIndex().row():
            self._following = True
            self._list.selectRow(row)
            self._following = False

    def _search(self) -> None:
        words = self._words.text().strip()
        kind = str(self._kind.currentData())
        if not (words or kind) or not self._session.is_open():
            self._query = None
            self._model.show(())
            self._say_nothing()
            return
        work = partial(asked.search, words=words, kind=kind)
        self._session.jobs.run(work, self._show, self._fail, replaces="search")

    def _show(self, answer: Answer) -> None:
        self._query = answer.query
        self._understood.setText(answer.understood)
        if list(answer.ids) == list(self._model.ids()):
            self._model.renew()
        else:
            self._model.show(answer.ids)
            self._list.scrollToTop()
        self._delegate.forget()
        if answer.exact:
            self._count.setText(self.tr("%n passage(s)", "", answer.total))
        else:
            self._count.setText(self.tr("more than %n passage(s)", "", answer.total))
        self._step = self._drop_kind
        if answer.ids:
            self._stack.setCurrentWidget(self._list)
        elif answer.suggestions and not self._kind.currentData():
            nearest = answer.suggestions[0]
            self._step = partial(self.ask, nearest.text)
            self._empty.say(
                self.tr(
                    "No passage answers this, but %n passage(s) answer {0}", "", nearest.total
                ).format(f"“{nearest.text}”."),
                self.tr("Search for {0}").format(menu_text(nearest.text)),
            )
            self._stack.setCurrentWidget(self._empty)
        elif self._kind.currentData():
            self._empty.say(
                self.tr("No passage of this kind holds these words."),
                self.tr("Search All Kinds"),
            )
            self._stack.setCurrentWidget(self._empty)
        else:
            self._empty.say(
                self.tr(
                    "No passage answers this. Try fewer words, the beginning of a word with * "
                    "behind it, or OR between words."
                )
            )
            self._stack.setCurrentWidget(self._empty)
        self.answered.emit(answer.total)

    def _fail(self, error: Exception) -> None:
        self._understood.setText("")
        self._count.setText("")
        self._model.show(())
        self._empty.say(self._session.told(error))
        self._stack.setCurrentWidget(self._empty)

    def _fetch(self, ids: Sequence[int]) -> dict[int, Hit]:
        archive = self._session.archive
        with archive.patient(PATIENCE):
            return asked.hits(archive, ids, self._query)

    def _fill(
        self,
        ids: Sequence[int],
        deliver: Callable[[dict[int, Hit]], None],
        failed: Callable[[], None],
    ) -> None:
        work = partial(asked.hits, ids=tuple(ids), query=self._query)
        self._session.jobs.run(work, deliver, lambda _error: failed())

    def _hear(self, tables: frozenset[str]) -> None:
        if self._query is not None and tables & {"passages", "sources", "texts", "imports"}:
            self._search()

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        hit = index.data(RecordRole)
        if isinstance(hit, Hit) and not self._following:
            self.hit_chosen.emit(hit)

    def _activate(self, index: QModelIndex) -> None:
        hit = index.data(RecordRole)
        if isinstance(hit, Hit):
            self.hit_activated.emit(hit)

    def _go_to_hits(self) -> None:
        if self._model.rowCount():
            self._list.setFocus()
            if not self._list.currentIndex().isValid():
                self._list.selectRow(0)

    def _drop_kind(self) -> None:
        self._kind.setCurrentIndex(0)
        self._search()

    def _say_nothing(self) -> None:
        self._understood.setText("")
        self._count.setText("")
        self._empty.say(
            self.tr(
                "Type words to find passages that hold all of them.\n"
                "“quoted words” stand side by side; lend* finds lending too; OR and NOT join; "
                "1300 finds 1,300."
            )
        )
        self._stack.setCurrentWidget(self._empty)


def _hit_list(parent: QWidget) -> QTableView:
    # A table of one column: a list view of 100,000 rows takes seconds to lay out, a table 7 ms.
    view = QTableView(parent)
    view.horizontalHeader().hide()
    view.verticalHeader().hide()
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setFrameShape(QFrame.Shape.StyledPanel)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setTabKeyNavigation(False)
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    return view
