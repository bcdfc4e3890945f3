"""The three views of one set of results: a list with snippets, lines in context, a table."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QWidget,
)

from db.records import Hit, Span
from desktop import row_table, sought
from desktop.delegates import HitDelegate
from desktop.models.paged import PagedModel, RecordRole
from desktop.models.tables import FOUND, HITS
from desktop.panels.search_context import ContextView
from desktop.row_table import calm_header, choose_row
from desktop.session import PATIENCE, Session

if TYPE_CHECKING:
    from db.contexts import Context
    from db.found_set import Row
    from desktop.results import Results

VIEWS = ("list", "context", "table")


class ResultViews(QStackedWidget):
    """Shows the results as one of VIEWS, and other pages in their place; says what was chosen."""

    hit_chosen = Signal(object)  # Hit
    hit_opened = Signal(object)  # Hit
    selection_changed = Signal()
    order_requested = Signal(str)

    def __init__(self, session: Session, results: "Results", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._results = results
        self._view = "list"
        self._following = False
        self.hits: PagedModel[Hit] = PagedModel(HITS, self._fetch, self._fill, self)
        self.list = _hit_list(self)
        self.list.setAccessibleName(self.tr("Passages found"))
        self._delegate = HitDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setModel(self.hits)
        calm_header(self.list)
        self.list.verticalHeader().setDefaultSectionSize(self._delegate.row_height(self.font()))
        self.list.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.rows: PagedModel[Row] = PagedModel(FOUND, self._fetch_rows, self._fill_rows, self)
        self.table = row_table.table(self, self.rows, ())
        self.table.setAccessibleName(self.tr("Passages found, as a table"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.horizontalHeader().setSectionsClickable(True)
        letter = self.fontMetrics().averageCharWidth()
        for section, column in enumerate(FOUND):
            self.table.setColumnWidth(section, column.width * letter + 16)
        self.context = ContextView(session, results, self)
        for page in (self.list, self.context, self.table):
            self.addWidget(page)

        for view in (self.list, self.table):
            view.selectionModel().currentChanged.connect(self._choose)
            view.activated.connect(self._activate)
            view.selectionModel().selectionChanged.connect(
                lambda _on, _off: self.selection_changed.emit()
            )
        self.table.horizontalHeader().sectionClicked.connect(self._sort_by)
        self.context.chosen.connect(partial(self._tell_line, self.hit_chosen.emit))
        self.context.activated.connect(partial(self._tell_line, self.hit_opened.emit))

    # -- what others ask of it --------------------------------------------------------------------

    def view(self) -> str:
        """Which of VIEWS is chosen."""
        return self._view

    def turn_to(self, name: str) -> None:
        """Show one of VIEWS, now or as soon as there is something to show."""
        self._view = name
        if not len(self._results.ids):
            return
        pages = {"list": self.list, "context": self.context, "table": self.table}
        self.setCurrentWidget(pages[name])
        if name == "context":
            self.context.look()

    def show_order(self, order: str) -> None:
        """Mark the column of the table that the passages are sorted by."""
        header = self.table.horizontalHeader()
        asked = "date" if order == "newest" else order
        sections = [at for at, column in enumerate(FOUND) if column.order == asked]
        header.setSortIndicatorShown(bool(sections))
        falling = order in ("newest", "value")
        for section in sections:
            header.setSortIndicator(
                section,
                Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder,
            )

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show other passages; the one a person is at stays chosen where it is still among them."""
        before = self.hits.ids()
        if ids is before or ids == before:
            self._renew_rows()
            return
        row = self.list.currentIndex().row()
        current = before[row] if 0 <= row < len(before) else None
        at_top = self.list.verticalScrollBar().value() == 0
        self._following = True
        self.hits.show(ids)
        self.rows.show(ids)
        self._delegate.forget()
        kept = self.hits.row_of(current) if current is not None else -1
        if kept >= 0:
            choose_row(self.list, kept)
            choose_row(self.table, kept)
        elif at_top or current is not None:
            self.list.scrollToTop()
            self.table.scrollToTop()
        self._following = False

    def renew(self) -> None:
        """The same passages; what is known of them has changed."""
        self._renew_rows()
        self.context.renew()

    def repaint_hits(self) -> None:
        """The colours have changed."""
        self._delegate.forget()
        self.list.viewport().update()

    def follow(self, passage_id: int | None) -> None:
        """Move to a passage that is selected elsewhere, if it is among the hits."""
        row = self.hits.row_of(passage_id) if passage_id is not None else -1
        self._following = True
        for view in (self.list, self.table):
            if row >= 0 and row != view.currentIndex().row():
                choose_row(view, row)
        self._following = False
        self.context.follow(passage_id)

    def step(self, step: int) -> bool:
        """Choose the next (1) or the previous (-1) passage found; false where there is none."""
        if self._view == "context" and self.context.rows():
            self.context.step(step)
            return True
        total = self.hits.rowCount()
        if not total:
            return False
        current = self.list.currentIndex()
        choose_row(self.list, (current.row() + step) % total if current.isValid() else 0)
        return True

    def place(self) -> tuple[int, int]:
        """Which of how many one is at, counted from 1."""
        if self._view == "context" and self.context.rows():
            return self.context.row() + 1, self.context.rows()
        return self.list.currentIndex().row() + 1, self.hits.rowCount()

    def chosen_ids(self) -> list[int]:
        """The ids of the selected passages, in the order they are listed."""
        if self._view == "context":
            return self.context.chosen_ids()
        ids = self.hits.ids()
        view = self.table if self._view == "table" else self.list
        return [ids[row] for row in row_table.selected_rows(view)]

    def go(self) -> None:
        """Put the focus on the passages."""
        if self._view == "context":
            self.context.go()
        elif self.hits.rowCount():
            view = self.table if self._view == "table" else self.list
            view.setFocus()
            if not view.currentIndex().isValid():
                choose_row(view, 0)

    # -- choosing ---------------------------------------------------------------------------------

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        hit = _hit_of(index.data(RecordRole))
        if hit is not None and not self._following:
            self.hit_chosen.emit(hit)

    def _activate(self, index: QModelIndex) -> None:
        hit = _hit_of(index.data(RecordRole))
        if hit is not None:
            self.hit_opened.emit(hit)

    def _tell_line(self, tell: Callable[[Hit], None], line: "Context") -> None:
        """A line of the context is its passage's hit, with this match first."""
        found = self.hits.record(self.hits.row_of(line.passage_id))
        if found is not None:
            tell(_with_first(found, line.start, line.end))

    def _sort_by(self, section: int) -> None:
        if order := FOUND[section].order:
            self.order_requested.emit(order)

    # -- rows -------------------------------------------------------------------------------------

    def _renew_rows(self) -> None:
        self._delegate.forget()
        self.hits.renew()
        self.rows.renew()

    def _fetch(self, ids: Sequence[int]) -> dict[int, Hit]:
        archive = self._session.archive
        with archive.patient(PATIENCE):
            return sought.hits(archive, ids, self._results.answer)

    def _fill(
        self,
        ids: Sequence[int],
        deliver: Callable[[dict[int, Hit]], None],
        failed: Callable[[], None],
    ) -> None:
        work = partial(sought.hits, ids=tuple(ids), answer=self._results.answer)
        self._session.jobs.run(work, deliver, lambda _error: failed())

    def _fetch_rows(self, ids: Sequence[int]) -> "dict[int, Row]":
        archive = self._session.archive
        with archive.patient(PATIENCE):
            return sought.rows(archive, ids, self._results.answer)

    def _fill_rows(
        self,
        ids: Sequence[int],
        deliver: "Callable[[dict[int, Row]], None]",
        failed: Callable[[], None],
    ) -> None:
        work = partial(sought.rows, ids=tuple(ids), answer=self._results.answer)
        self._session.jobs.run(work, deliver, lambda _error: failed())


def _hit_of(record: object) -> Hit | None:
    """The hit of a row in either view."""
    return record if isinstance(record, Hit) else getattr(record, "hit", None)


def _with_first(hit: Hit, start: int, end: int) -> Hit:
    """`hit` with one of its matches before the others."""
    first = Span(start, end)
    return hit._replace(matches=(first, *(each for each in hit.matches if each != first)))


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
