"""Accounts: what several sources say on one matter, side by side, with the words behind each cell."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
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
from desktop.models.accounts import badge
from desktop.panels.accounts_table import AccountsTable
from desktop.passage_view import InContext, PassageView
from desktop.plain import Label, shown
from desktop.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.accounts import Entry
    from db.series import Series

_COMPARED = 1  # the line of the choice of series that is about the sources compared


class AccountsPanel(AskingPanel):
    """Shows the accounts of a series, a search, a figure or two sources. Changes nothing."""

    HEARS = frozenset({"figures", "sources", "series"})

    figure_chosen = Signal(object)  # KeptFigure
    figure_activated = Signal(object)  # KeptFigure

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._accounts: Accounts | None = None
        self._asked: Callable[..., Accounts] | None = None  # what is shown came from this
        self._compared: tuple[int, ...] = ()  # the sources on the page of versions
        self._at = 0  # which entry of the cell is shown

        self._series = QComboBox(self)
        self._series.setAccessibleName(self.tr("Series"))
        self._series.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._series.setMinimumContentsLength(12)
        self._words = FilterLine(self.tr("or search: words; other words"), self)
        self._wanted = QComboBox(self)
        self._wanted.setAccessibleName(self.tr("Which rows"))
        for name, key in (
            (self.tr("Every row"), "every"),
            (self.tr("Only differences"), "differing"),
            (self.tr("Only agreements"), "agreeing"),
        ):
            self._wanted.addItem(name, key)
        self._rows = QComboBox(self)
        self._rows.setAccessibleName(self.tr("What a row is"))
        self._rows.addItem(self.tr("A row a year"), "years")
        self._rows.addItem(self.tr("A row a series"), "series")
        self._copy = QPushButton(self.tr("Copy"), self)
        self._copy.setToolTip(self.tr("Copy the table as CSV"))
        self._save = QPushButton(self.tr("Save Table…"), self)
        self._summary = Label("", self)
        self._summary.setWordWrap(True)
        self._grid = AccountsTable(self)
        self._model, self._table = self._grid.model, self._grid.table
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
        tools.addWidget(self._rows)
        tools.addWidget(self._wanted)
        for button in (self._grid.button(self), self._copy, self._save):
            tools.addWidget(button)
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
        parts.addWidget(self._grid)
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
        self.setFocusProxy(self._grid)
        self._connect()
        self._begin()

    def _connect(self) -> None:
        self._series.activated.connect(self._ask_series)
        self._words.asked.connect(self._ask_words)
        self._wanted.activated.connect(lambda _index: self._narrow())
        self._rows.activated.connect(lambda _index: self._ask_again())
        self._copy.clicked.connect(self._copy_table)
        self._save.clicked.connect(self._choose_file)
        self._next.clicked.connect(self._step)
        self._read.clicked.connect(self._activate)
        self._table.selectionModel().currentChanged.connect(self._choose)
        for part in (self._table, self._grid.pins):
            part.activated.connect(lambda _index: self._activate())

    # -- what others ask of it --------------------------------------------------------------------

    def clear(self) -> None:
        self._is_asked = False
        self._words.set_quietly("")
        self._asked, self._compared = None, ()
        self._series.setCurrentIndex(0)
        self._offer([])
        self._show(None)

    def ask_figure(self, figure_id: int) -> None:
        """Show who else says something on the matter of this figure."""
        self._series.setCurrentIndex(0)
        self._want(partial(accounted.of_figure, figure_id=figure_id))

    def offer_sources(self, source_ids: "tuple[int, ...]") -> None:
        """The sources that are compared can be asked for; they are, where nothing else was."""
        is_new, self._compared = source_ids != self._compared, source_ids
        item = self._series.model().item(_COMPARED)  # type: ignore[attr-defined]
        item.setEnabled(bool(source_ids))
        follows = is_new and self._series.currentIndex() == _COMPARED
        if source_ids and (self._asked is None or follows):
            self._series.setCurrentIndex(_COMPARED)
            self._ask_series(_COMPARED)

    # -- asking -----------------------------------------------------------------------------------

    def _offer(self, series: "Sequence[Series]") -> None:
        before, at = self._series.currentData(), self._series.currentIndex()
        self._series.clear()
        self._series.addItem(self.tr("Choose a series…"), None)
        self._series.addItem(self.tr("The sources that are compared"), None)
        self._series.model().item(_COMPARED).setEnabled(bool(self._compared))  # type: ignore[attr-defined]
        for each in series:
            unit = f" ({each.unit})" if each.unit and each.unit not in each.name else ""
            count = showing.count(len(each.points))
            self._series.addItem(f"{shown(each.name)}{unit} · {count}", each.id)
        at = max(0, self._series.findData(before)) if before is not None else min(at, _COMPARED)
        self._series.setCurrentIndex(max(0, at))

    def _ask_series(self, at: int) -> None:
        series_id = self._series.itemData(at)
        if at == _COMPARED and self._compared:
            self._words.set_quietly("")
            self._want(partial(accounted.of_sources, source_ids=self._compared))
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
            work = partial(self._asked, by=self._rows.currentData())
            jobs.run(work, self._show, self._fail, replaces="accounts")

    def _want(self, work: "Callable[..., Accounts]") -> None:
        self._asked = work
        self._ask_again()

    def _ask_again(self) -> None:
        if self._asked is not None and self._session.is_open():
            self._empty.say(self.tr("Gathering what the sources say…"))
            work = partial(self._asked, by=self._rows.currentData())
            self._session.jobs.run(work, self._show, self._fail, replaces="accounts")

    def _fail(self, error: Exception) -> None:
        self._accounts = None
        self._empty.say(self._session.told(error))
        self._stack.setCurrentIndex(0)

    # -- showing ----------------------------------------------------------------------------------

    def _show(self, accounts: Accounts | None) -> None:
        self._accounts = accounts
        if accounts is None:
            self._grid.show_matrix(None, None)
            self._empty.say(
                self.tr(
                    "Choose a series, or search, to see what each source says on the matter: a row"
                    " a year, a column a source. Searches with “;” between them have rows each."
                )
            )
        elif not accounts.matrix.rows:
            self._empty.say(self.tr("No figure stands in what was asked for."))
        for button in (self._copy, self._save):
            button.setEnabled(bool(accounts and accounts.matrix.rows))
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
        self._grid.show_matrix(accounts, matrix)
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

    def _as_seen(self) -> tuple[list[str], list[list[str]], int]:
        """The table as it is seen, without restricted sources: the head, rows, how many were left out."""
        restricted = self._accounts.restricted if self._accounts else frozenset[int]()
        every = self._grid.order()
        order = [at for at in every if not at or self._model.source_id(at) not in restricted]
        head = [str(self._model.headerData(at, Qt.Orientation.Horizontal)) for at in order]
        rows = [
            [str(self._model.index(row, at).data() or "") for at in order]
            for row in range(self._model.rowCount())
        ]
        return head, rows, len(every) - len(order)

    def _copy_table(self) -> None:
        head, rows, left_out = self._as_seen()
        QGuiApplication.clipboard().setText(accounted.as_csv(head, rows))
        self._note(self.tr("The accounts were copied as CSV."), left_out)

    def _choose_file(self) -> None:
        settings = self._session.settings
        proposed = Path(settings.last_folder or Path.home()) / self.tr("accounts.csv")
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the accounts"), str(proposed), "*.csv;;*.xlsx"
        )
        if chosen:
            path = Path(chosen)
            settings.last_folder = str(path.parent)
            self.save(path if path.suffix else path.with_suffix(".csv"))

    def save(self, path: Path) -> None:
        """Write the table as it is seen to a file: a workbook, or CSV."""
        head, rows, left_out = self._as_seen()
        work = partial(accounted.write, header=head, rows=rows, path=path)
        said = self.tr("The accounts were written to {0}.").format(path.name)
        self._session.jobs.run(
            work, lambda _path: self._note(said, left_out), partial(self._fail_to_write, path.name)
        )

    def _fail_to_write(self, name: str, error: Exception) -> None:
        if isinstance(error, OSError):
            said = self.tr("{0} could not be written: {1}.")
            self.noted.emit(said.format(name, error.strerror or ""))
        else:
            self.noted.emit(self._session.told(error))

    def _note(self, said: str, left_out: int) -> None:
        if left_out:
            said = f"{said} {self.tr('%n restricted source(s) left out.', '', left_out)}"
        self.noted.emit(said)


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
