"""The figures of the archive as a table: narrowed, sorted by asking anew, copied as CSV."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from db.records import KeptFigure
from desktop import asked, showing
from desktop.asked import Choice, FigureOrder
from desktop.check_box import CheckBox
from desktop.figure_totals import FigureTotals
from desktop.filter_line import EmptyState, FilterLine
from desktop.models.paged import PagedModel, RecordRole
from desktop.models.tables import FIGURES
from desktop.row_table import calm_header, choose_row
from desktop.selection import Selected
from desktop.session import PATIENCE, Session

Listed = tuple[list[int], list[tuple[str, int]]]


class FiguresPanel(QWidget):
    """Lists figures; says which was chosen and which asked to be seen. Decides none."""

    figure_chosen = Signal(object)  # KeptFigure
    figures_selected = Signal(object)  # ids; empty where fewer than two are
    plot_requested = Signal(object)  # ids
    all_times_requested = Signal()  # the plot's span of time is no longer wanted
    figure_activated = Signal(object)  # KeptFigure
    import_requested = Signal()

    def __init__(
        self, session: Session, actions: Sequence[QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._row_actions = tuple(actions)
        self._order: FigureOrder = "source"
        self._descending = False
        self._following = False
        self._many: tuple[int, ...] = ()  # selected elsewhere
        self._is_asked = False
        self._source_id: int | None = None

        self._filter = FilterLine(self.tr("Filter figures: words, unit, what is counted"), self)
        self._unit = QComboBox(self)
        self._unit.setAccessibleName(self.tr("Unit"))
        self._unit.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._status = QComboBox(self)
        self._status.setAccessibleName(self.tr("Decision"))
        self._status.addItem(self.tr("Every decision"), None)
        for status in showing.STATUSES:
            self._status.addItem(showing.status_name(status), status)
        self._here = CheckBox(self.tr("Only this source"), self)
        self._days: tuple[int, int] | None = None
        self._time = QPushButton(self)
        self._time.setToolTip(self.tr("Show the figures of all times again"))
        self._time.hide()
        self._copy = QPushButton(self.tr("Copy as CSV"), self)
        self._plot = QPushButton(self.tr("Plot These"), self)
        self._plot.setToolTip(self.tr("Plot the selected rows, or all that are listed"))
        self._model: PagedModel[KeptFigure] = PagedModel(FIGURES, self._fetch, self._fill, self)
        self._table = _table(self)
        self._table.setAccessibleName(self.tr("Figures"))
        self._table.setModel(self._model)
        calm_header(self._table)
        self._empty = EmptyState(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self._count = FigureTotals(session, self)

        line = QHBoxLayout()
        line.addWidget(self._filter, 1)
        for widget in (self._unit, self._status, self._here, self._time):
            line.addWidget(widget)
        foot = QHBoxLayout()
        foot.addWidget(self._count, 1)
        foot.addWidget(self._plot)
        foot.addWidget(self._copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 6)
        layout.addLayout(line)
        layout.addWidget(self._stack, 1)
        layout.addLayout(foot)
        self.setFocusProxy(self._table)
        self._set_widths()
        self._fill_units([])

        self._filter.asked.connect(lambda _words: self._ask())
        self._unit.activated.connect(lambda _index: self._ask())
        self._status.activated.connect(lambda _index: self._ask())
        self._time.clicked.connect(self._take_all_times)
        self._here.toggled.connect(lambda _on: self._ask())
        self._copy.clicked.connect(self.copy)
        self._plot.clicked.connect(self.plot)
        header = self._table.horizontalHeader()
        header.sectionClicked.connect(self._sort)
        self._table.selectionModel().currentChanged.connect(self._choose)
        self._table.selectionModel().selectionChanged.connect(lambda *_: self._tell_selected())
        self._table.activated.connect(self._activate)
        self._table.customContextMenuRequested.connect(self._menu)
        self._empty.step_chosen.connect(self._take_step)
        session.opened.connect(self._forget)
        session.closing.connect(self.clear)
        session.changed.connect(self._hear)

    def reload(self) -> None:
        """Ask for the figures if that has not been done: when the tab is first looked at."""
        if not self._is_asked and self._session.is_open():
            self._ask()

    def clear(self) -> None:
        self._is_asked = False
        self._many = ()
        self._filter.set_quietly("")
        self._here.blockSignals(True)
        self._here.setChecked(False)
        self._here.blockSignals(False)
        self._status.setCurrentIndex(0)
        self._days = None
        self._time.hide()
        self._model.show(())
        self._fill_units([])
        self._count.setText("")

    def follow(self, selected: Selected) -> None:
        """Move to the figure selected elsewhere; keep to its source if asked to."""
        if self._here.isChecked() and selected.source_id not in (None, self._source_id):
            self._ask()
        self._reveal(selected)

    def focus_line(self) -> None:
        self._filter.setFocus()
        self._filter.selectAll()

    def chosen_ids(self) -> list[int]:
        """The ids of the selected rows, for a decision on all of them."""
        ids = self._model.ids()
        return [ids[index.row()] for index in self._table.selectionModel().selectedRows()]

    def select_many(self, ids: Sequence[int]) -> None:
        """Select the rows of these figures, as many as are listed; tells nobody."""
        self._many = tuple(ids)
        rows = sorted(row for row in map(self._model.row_of, ids) if row >= 0)
        chosen = QItemSelection()
        last = self._model.columnCount() - 1
        for row in rows:
            chosen.select(self._model.index(row, 0), self._model.index(row, last))
        self._following = True
        self._table.selectionModel().select(
            chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        if rows:
            self._table.scrollTo(self._model.index(rows[0], 0))
        self._following = False

    def narrow_time(self, days: tuple[int, int] | None, said: str) -> None:
        """List only figures whose period touches these days, `said` in words; None lists all."""
        if days == self._days:
            return
        self._days = days
        self._time.setText(self.tr("{period} ✕").format(period=said))
        self._time.setVisible(days is not None)
        if self._is_asked:
            self._ask()

    def plot(self) -> None:
        """Ask for a plot of the selected rows, or of all that are listed if fewer than two are."""
        ids = self.chosen_ids()
        self.plot_requested.emit(ids if len(ids) > 1 else list(self._model.ids()))

    def copy(self) -> None:
        """Put the selected rows, or all if fewer than two are, on the clipboard as CSV."""
        ids = self.chosen_ids()
        if len(ids) < 2:
            ids = list(self._model.ids())
        if ids:
            work = partial(asked.figures_as_csv, ids=ids)
            self._session.jobs.run(work, self._copied, self._fail, replaces="copy figures")

    def _ask(self) -> None:
        if not self._session.is_open():
            return
        self._is_asked = True
        source_id = self._session.selection.now.source_id if self._here.isChecked() else None
        self._source_id = source_id
        choice = Choice(
            words=self._filter.text(),
            unit=self._unit.currentData(),
            status=self._status.currentData(),
            source_id=source_id,
            order=self._order,
            descending=self._descending,
            days=self._days,
        )
        work = partial(asked.figure_ids, choice=choice)
        self._session.jobs.run(work, self._show, self._fail, replaces="figures")

    def _show(self, listed: Listed) -> None:
        ids, units = listed
        self._fill_units(units)
        if ids == self._model.ids():
            # News of the archive: the same rows stay where they are, selected as they are.
            self._model.renew()
        else:
            self._model.show(ids)
        self._copy.setEnabled(bool(ids))
        self._plot.setEnabled(bool(ids))
        self._count.tell(len(ids), self.chosen_ids())
        if ids:
            self._stack.setCurrentWidget(self._table)
        elif self._is_narrowed():
            self._empty.say(self.tr("No figure fits these choices."), self.tr("Show All Figures"))
            self._stack.setCurrentWidget(self._empty)
        else:
            step = self.tr("Import Files…") if self._session.is_writable() else ""
            self._empty.say(
                self.tr("No figures yet. They are found when texts are imported."), step
            )
            self._stack.setCurrentWidget(self._empty)
        self._reveal(self._session.selection.now)
        if self._many:
            self.select_many(self._many)

    def _reveal(self, selected: Selected) -> None:
        row = self._model.row_of(selected.figure.id) if selected.figure is not None else -1
        if row >= 0 and row != self._table.currentIndex().row():
            self._following = True
            choose_row(self._table, row)
            self._following = False

    def _fail(self, error: Exception) -> None:
        self._model.show(())
        self._count.setText("")
        self._empty.say(self._session.told(error))
        self._stack.setCurrentWidget(self._empty)

    def _fetch(self, ids: Sequence[int]) -> dict[int, KeptFigure]:
        archive = self._session.archive
        with archive.patient(PATIENCE):
            return asked.figures(archive, ids)

    def _fill(
        self,
        ids: Sequence[int],
        deliver: Callable[[dict[int, KeptFigure]], None],
        failed: Callable[[], None],
    ) -> None:
        work = partial(asked.figures, ids=tuple(ids))
        self._session.jobs.run(work, deliver, lambda _error: failed())

    def _hear(self, tables: frozenset[str]) -> None:
        if self._is_asked and tables & {"figures", "sources", "texts", "imports"}:
            self._ask()

    def _forget(self) -> None:
        self._is_asked = False

    def _sort(self, section: int) -> None:
        order = self._model.columns()[section].order
        header = self._table.horizontalHeader()
        if not order:
            self._show_order(header)
            return
        self._descending = order == self._order and not self._descending
        self._order = cast("FigureOrder", order)
        self._show_order(header)
        self._ask()

    def _show_order(self, header: QHeaderView) -> None:
        for section, column in enumerate(self._model.columns()):
            if column.order == self._order:
                order = (
                    Qt.SortOrder.DescendingOrder
                    if self._descending
                    else Qt.SortOrder.AscendingOrder
                )
                header.setSortIndicator(section, order)

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        kept = index.data(RecordRole)
        if isinstance(kept, KeptFigure) and not self._following:
            self.figure_chosen.emit(kept)

    def _tell_selected(self) -> None:
        ids = self.chosen_ids()
        if not self._following:
            self._many = ()
            self.figures_selected.emit(tuple(ids) if len(ids) > 1 else ())
        self._count.tell(len(self._model.ids()), ids)

    def _activate(self, index: QModelIndex) -> None:
        kept = index.data(RecordRole)
        if isinstance(kept, KeptFigure):
            self.figure_activated.emit(kept)

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        for action in self._row_actions:
            menu.addAction(action)
        menu.addSeparator()
        plotting = menu.addAction(self.tr("Plot These Figures"))
        plotting.triggered.connect(self.plot)
        copying = menu.addAction(self.tr("Copy as CSV"))
        copying.triggered.connect(self.copy)
        menu.popup(self._table.viewport().mapToGlobal(at))

    def _copied(self, copied: asked.Copied) -> None:
        QGuiApplication.clipboard().setText(copied.text)
        said = self.tr("%n figure(s) copied", "", copied.rows)
        if copied.left_out:
            said += self.tr("; %n of restricted sources left out", "", copied.left_out)
        self._count.setText(said)

    def _take_all_times(self) -> None:
        self.narrow_time(None, "")
        self.all_times_requested.emit()

    def _take_step(self) -> None:
        if not self._is_narrowed():
            self.import_requested.emit()
            return
        self._filter.set_quietly("")
        self._unit.setCurrentIndex(0)
        self._status.setCurrentIndex(0)
        self._here.setChecked(False)
        if self._days:
            self._take_all_times()
        self._ask()

    def _is_narrowed(self) -> bool:
        return bool(
            self._filter.text().strip()
            or self._unit.currentData()
            or self._status.currentData()
            or self._here.isChecked()
            or self._days
        )

    def _fill_units(self, units: list[tuple[str, int]]) -> None:
        chosen = self._unit.currentData()
        self._unit.blockSignals(True)
        self._unit.clear()
        self._unit.addItem(self.tr("Every unit"), None)
        for unit, count in units:
            self._unit.addItem(f"{unit} ({showing.count(count)})", unit)
        self._unit.setCurrentIndex(max(0, self._unit.findData(chosen)))
        self._unit.blockSignals(False)

    def _set_widths(self) -> None:
        header = self._table.horizontalHeader()
        letter = self.fontMetrics().averageCharWidth()
        for section, column in enumerate(self._model.columns()):
            header.resizeSection(section, column.width * letter + 16)


def _table(parent: QWidget) -> QTableView:
    view = QTableView(parent)
    view.setFrameShape(QFrame.Shape.StyledPanel)
    view.setShowGrid(False)
    view.setAlternatingRowColors(True)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    view.verticalHeader().hide()
    # Fixed heights: measuring 100,000 rows would fetch them all (55 s).
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 10)
    header = view.horizontalHeader()
    header.setSectionsClickable(True)
    header.setSortIndicatorShown(True)
    header.setSortIndicator(7, Qt.SortOrder.AscendingOrder)
    header.setHighlightSections(False)
    header.setStretchLastSection(True)
    return view
