"""Accounts: what several sources say on one matter, side by side, with the words behind each cell."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.records import KeptFigure, Span
from desktop import accounted, showing
from desktop.accounted import Accounts
from desktop.asking_panel import AskingPanel
from desktop.filter_line import EmptyState, FilterLine
from desktop.models.accounts import AccountsModel, badge
from desktop.passage_view import InContext, PassageView
from desktop.plain import Label, shown
from desktop.row_table import table
from desktop.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.accounts import Entry
    from db.archive import Archive
    from db.series import Series

_LINES_A_ROW = 3
_ROWS_FITTED = 100  # rows whose heights are fitted to their words; more would be felt


class AccountsPanel(AskingPanel):
    """Shows the accounts of a series, a search, a figure or two sources. Changes nothing."""

    HEARS = frozenset({"figures", "sources", "series"})

    figure_chosen = Signal(object)  # KeptFigure
    figure_activated = Signal(object)  # KeptFigure

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._accounts: Accounts | None = None
        self._asked: Callable[[Archive], Accounts] | None = None  # what is shown came from this
        self._at = 0  # which entry of the cell is shown

        self._series = QComboBox(self)
        self._series.setAccessibleName(self.tr("Series"))
        self._series.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._series.setMinimumContentsLength(22)
        self._words = FilterLine(self.tr("or passages that speak of: words to search for"), self)
        self._wanted = QComboBox(self)
        self._wanted.setAccessibleName(self.tr("Which rows"))
        for name, key in (
            (self.tr("Every row"), "every"),
            (self.tr("Only differences"), "differing"),
            (self.tr("Only agreements"), "agreeing"),
        ):
            self._wanted.addItem(name, key)
        self._copy = QPushButton(self.tr("Copy as CSV"), self)
        self._summary = Label("", self)
        self._summary.setWordWrap(True)
        self._model = AccountsModel(self)
        self._table = table(self, self._model, [])  # type: ignore[arg-type]
        self._table.setAccessibleName(self.tr("Accounts"))
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self._table.setWordWrap(True)
        line = self._table.fontMetrics().lineSpacing()
        self._table.verticalHeader().setDefaultSectionSize(_LINES_A_ROW * line + 10)
        header = self._table.horizontalHeader()
        header.setSectionsMovable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)  # or a title loses both its ends
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._origins = Label("", self)
        self._origins.setWordWrap(True)
        self._first = _Statement(self.tr("First of the row"), self)
        self._chosen = _Statement(self.tr("Chosen"), self)
        self._next = QPushButton(self.tr("Next in the Cell"), self)
        self._read = QPushButton(self.tr("Show in Text"), self)
        self._empty = EmptyState(self)

        tools = QHBoxLayout()
        tools.addWidget(self._series, 1)
        tools.addWidget(self._words, 2)
        tools.addWidget(self._wanted)
        tools.addWidget(self._copy)
        both = QSplitter(Qt.Orientation.Horizontal, self)
        both.addWidget(self._first)
        both.addWidget(self._chosen)
        both.setChildrenCollapsible(False)
        below = QWidget(self)
        under = QVBoxLayout(below)
        under.setContentsMargins(0, 0, 0, 0)
        under.addWidget(self._origins)
        under.addWidget(both, 1)
        steps = QHBoxLayout()
        steps.addStretch(1)
        steps.addWidget(self._next)
        steps.addWidget(self._read)
        under.addLayout(steps)
        parts = QSplitter(Qt.Orientation.Vertical, self)
        parts.addWidget(self._table)
        parts.addWidget(below)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        parts.setChildrenCollapsible(False)
        page = QWidget(self)
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._summary)
        inside.addWidget(parts, 1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 6)
        layout.addLayout(tools)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self._table)
        self._connect()
        self._begin()

    def _connect(self) -> None:
        self._series.activated.connect(self._ask_series)
        self._words.asked.connect(self._ask_words)
        self._wanted.activated.connect(lambda _index: self._narrow())
        self._copy.clicked.connect(self._copy_table)
        self._next.clicked.connect(self._step)
        self._read.clicked.connect(self._activate)
        self._table.selectionModel().currentChanged.connect(self._choose)
        self._table.activated.connect(lambda _index: self._activate())

    # -- what others ask of it --------------------------------------------------------------------

    def clear(self) -> None:
        self._is_asked = False
        self._words.set_quietly("")
        self._asked = None
        self._offer([])
        self._show(None)

    def ask_figure(self, figure_id: int) -> None:
        """Show who else says something on the matter of this figure."""
        self._series.setCurrentIndex(0)
        self._want(partial(accounted.of_figure, figure_id=figure_id))

    def offer_pair(self, a: int, b: int) -> None:
        """Where nothing else was asked for: the accounts of the two sources that are compared."""
        if self._asked is None:
            self._want(partial(accounted.of_sources, a=a, b=b))

    # -- asking -----------------------------------------------------------------------------------

    def _offer(self, series: "Sequence[Series]") -> None:
        before = self._series.currentData()
        self._series.clear()
        self._series.addItem(self.tr("Choose a series…"), None)
        for each in series:
            unit = f" ({each.unit})" if each.unit and each.unit not in each.name else ""
            count = showing.count(len(each.points))
            self._series.addItem(f"{shown(each.name)}{unit} · {count}", each.id)
        self._series.setCurrentIndex(max(0, self._series.findData(before)))

    def _ask_series(self, at: int) -> None:
        series_id = self._series.itemData(at)
        if series_id is not None:
            self._words.set_quietly("")
            self._want(partial(accounted.of_series, series_id=series_id))

    def _ask_words(self, words: str) -> None:
        self._series.setCurrentIndex(0)
        if words.strip():
            self._want(partial(accounted.of_search, words=words))
        else:
            self._asked = None
            self._show(None)

    def _ask(self) -> None:
        """The series there are, and what is shown as it is by now."""
        self._is_asked = True
        jobs = self._session.jobs
        jobs.run(accounted.all_series, self._offer, self._fail, replaces="accounts' series")
        if self._asked is not None:
            jobs.run(self._asked, self._show, self._fail, replaces="accounts")

    def _want(self, work: "Callable[[Archive], Accounts]") -> None:
        self._asked = work
        self._empty.say(self.tr("Gathering what the sources say…"))
        self._session.jobs.run(work, self._show, self._fail, replaces="accounts")

    def _fail(self, error: Exception) -> None:
        self._accounts = None
        self._empty.say(self._session.told(error))
        self._stack.setCurrentIndex(0)

    # -- showing ----------------------------------------------------------------------------------

    def _show(self, accounts: Accounts | None) -> None:
        self._accounts = accounts
        if accounts is None:
            self._model.show(None, None)
            self._empty.say(
                self.tr(
                    "Choose a series, or search, to see what each source says on the matter: a row"
                    " a year, a column a source."
                )
            )
        elif not accounts.matrix.rows:
            self._empty.say(self.tr("No figure stands in what was asked for."))
        self._copy.setEnabled(bool(accounts and accounts.matrix.rows))
        self._narrow()

    def _narrow(self) -> None:
        accounts = self._accounts
        if accounts is None or not accounts.matrix.rows:
            self._stack.setCurrentIndex(0)
            return
        match self._wanted.currentData():
            case "differing":
                matrix = accounts.matrix.differing()
            case "agreeing":
                matrix = accounts.matrix.agreeing()
            case _:
                matrix = accounts.matrix
        before = self._table.currentIndex()
        row, column = before.row(), before.column()
        self._model.show(accounts, matrix)
        letter = self.fontMetrics().averageCharWidth()
        for section in range(self._model.columnCount()):
            self._table.setColumnWidth(section, (20 if section == 0 else 34) * letter)
        if len(matrix.rows) <= _ROWS_FITTED:
            self._table.resizeRowsToContents()
        rows = self.tr("%n row(s)", "", len(matrix.rows))
        sources = self.tr("%n source(s)", "", len(matrix.source_ids))
        self._summary.setText(f"{rows} · {sources}")
        self._stack.setCurrentIndex(1)
        stays = self._model.index(row, column) if self._model.entries(row, column) else None
        at = stays or next(
            (
                self._model.index(row, column)
                for row in range(self._model.rowCount())
                for column in range(1, self._model.columnCount())
                if self._model.entries(row, column)
            ),
            QModelIndex(),
        )
        self._table.setCurrentIndex(at)
        self._choose(at, QModelIndex())

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        self._at = 0
        first = self._model.first(index.row()) if index.isValid() else None
        self._first.show_entry(first, self._accounts)
        lines = self._model.origins(index.row()) if index.isValid() else []
        self._origins.setText(self.tr("Origins: {0}").format(" · ".join(lines)) if lines else "")
        self._origins.setVisible(bool(lines))
        self._show_entry()

    def _step(self) -> None:
        entries = self._entries()
        if entries:
            self._at = (self._at + 1) % len(entries)
            self._show_entry()

    def _show_entry(self) -> None:
        entries = self._entries()
        entry = entries[self._at] if entries else None
        self._chosen.show_entry(entry, self._accounts, self._at + 1, len(entries))
        self._next.setEnabled(len(entries) > 1)
        self._read.setEnabled(entry is not None)
        kept = self._kept(entry)
        if kept is not None and self.isVisible():
            self.figure_chosen.emit(kept)

    def _activate(self) -> None:
        entries = self._entries()
        kept = self._kept(entries[self._at] if entries else None)
        if kept is not None:
            self.figure_activated.emit(kept)

    def _entries(self) -> "tuple[Entry, ...]":
        index = self._table.currentIndex()
        return self._model.entries(index.row(), index.column()) if index.isValid() else ()

    def _kept(self, entry: "Entry | None") -> KeptFigure | None:
        if entry is None or self._accounts is None:
            return None
        return self._accounts.figures.get(entry.figure_id)

    def _copy_table(self) -> None:
        """The table as it is seen, columns in the order they were put in."""
        header = self._table.horizontalHeader()
        order = [header.logicalIndex(at) for at in range(self._model.columnCount())]
        names = [self._model.headerData(at, Qt.Orientation.Horizontal) for at in order]
        rows = [
            [str(self._model.index(row, at).data() or "") for at in order]
            for row in range(self._model.rowCount())
        ]
        QGuiApplication.clipboard().setText(accounted.as_csv([str(each) for each in names], rows))
        self.noted.emit(self.tr("The accounts were copied as CSV."))


class _Statement(QWidget):
    """One source's words on the matter, its figure marked."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._said = Label("", self)
        self._said.setWordWrap(True)
        self._words = PassageView(self)
        self._words.setAccessibleName(name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._said)
        layout.addWidget(self._words, 1)

    def show_entry(
        self, entry: "Entry | None", accounts: Accounts | None, at: int = 1, of: int = 1
    ) -> None:
        kept = accounts.figures.get(entry.figure_id) if entry and accounts else None
        passage = accounts.passages.get(kept.passage_id) if kept and accounts else None
        if entry is None or kept is None or passage is None:
            self._said.setText(self._name)
            self._words.show_context(InContext())
            return
        told: list[Any] = [self._name if of == 1 else f"{self._name} {at}/{of}"]
        told += [shown(kept.source_title), kept.figure.date, kept.figure.modality]
        told += [badge(entry.badge)] if entry.badge != "first" else []
        self._said.setText(" · ".join(str(each) for each in told if each))
        span = Span(kept.figure.start, kept.figure.end)
        self._words.show_context(InContext(passage.text, passage.start, figure=span))
