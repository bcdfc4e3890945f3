"""The History: every change in the words of the menus, with time and person; step back from it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from db.records import Change
from desktop import judged
from desktop.asking_panel import AskingPanel
from desktop.filter_line import EmptyState, FilterLine
from desktop.models.paged import Column, PagedModel, RecordRole
from desktop.plain import QT_TRANSLATE_NOOP, Label
from desktop.row_table import choose_row, table
from desktop.session import Session
from desktop.showing import moment

# What the menus call the command; the history's own labels are stable words of the archive.
_LABELS = {
    "import": QT_TRANSLATE_NOOP("History", "Import %n source(s)"),
    "describe": QT_TRANSLATE_NOOP("History", "Describe a source"),
    "describe sources": QT_TRANSLATE_NOOP("History", "Describe %n source(s)"),
    "new source": QT_TRANSLATE_NOOP("History", "New fonds, series or file"),
    "move sources": QT_TRANSLATE_NOOP("History", "Move %n source(s)"),
    "number sources": QT_TRANSLATE_NOOP("History", "Number %n source(s)"),
    "restore sources": QT_TRANSLATE_NOOP("History", "Restore %n source(s) from the bin"),
    "remove sources": QT_TRANSLATE_NOOP("History", "Remove %n source(s)"),
    "edit figure": QT_TRANSLATE_NOOP("History", "Edit a figure"),
    "join passages": QT_TRANSLATE_NOOP("History", "Join two passages"),
    "part passages": QT_TRANSLATE_NOOP("History", "Part two passages"),
    "judge finding": QT_TRANSLATE_NOOP("History", "Judge a finding"),
    "new figure": QT_TRANSLATE_NOOP("History", "New figure"),
    "map columns": QT_TRANSLATE_NOOP("History", "Make %n figure(s) of a table"),
    "mark figures accepted": QT_TRANSLATE_NOOP("History", "Accept %n figure(s)"),
    "mark figures rejected": QT_TRANSLATE_NOOP("History", "Reject %n figure(s)"),
    "mark figures proposed": QT_TRANSLATE_NOOP("History", "Leave %n figure(s) undecided"),
    "mark figures edited": QT_TRANSLATE_NOOP("History", "Edit %n figure(s)"),
    "apply new readings": QT_TRANSLATE_NOOP("History", "Apply %n new reading(s)"),
    "make series": QT_TRANSLATE_NOOP("History", "Make a series"),
    "rename series": QT_TRANSLATE_NOOP("History", "Rename a series"),
    "merge series": QT_TRANSLATE_NOOP("History", "Merge series"),
    "split series": QT_TRANSLATE_NOOP("History", "Split a series"),
    "move figures": QT_TRANSLATE_NOOP("History", "Move figures to another series"),
    "choose reading": QT_TRANSLATE_NOOP("History", "Choose the reading of %n figure(s)"),
    "add highlight": QT_TRANSLATE_NOOP("History", "Highlight %n place(s)"),
    "add note": QT_TRANSLATE_NOOP("History", "Add %n note(s)"),
    "add bookmark": QT_TRANSLATE_NOOP("History", "Add %n bookmark(s)"),
    "add memo": QT_TRANSLATE_NOOP("History", "Add %n memo(s)"),
    "add journal": QT_TRANSLATE_NOOP("History", "Write in the journal"),
    "change annotations": QT_TRANSLATE_NOOP("History", "Change %n annotation(s)"),
    "remove annotations": QT_TRANSLATE_NOOP("History", "Remove %n annotation(s)"),
    "restore annotations": QT_TRANSLATE_NOOP("History", "Restore %n annotation(s)"),
    "new tag": QT_TRANSLATE_NOOP("History", "New tag"),
    "change tag": QT_TRANSLATE_NOOP("History", "Change a tag"),
    "move tags": QT_TRANSLATE_NOOP("History", "Move %n tag(s)"),
    "merge tags": QT_TRANSLATE_NOOP("History", "Merge tags"),
    "split tag": QT_TRANSLATE_NOOP("History", "Split a tag"),
    "remove tags": QT_TRANSLATE_NOOP("History", "Remove %n tag(s)"),
    "tag": QT_TRANSLATE_NOOP("History", "Tag %n place(s)"),
    "untag": QT_TRANSLATE_NOOP("History", "Take tags off %n place(s)"),
    "new accession": QT_TRANSLATE_NOOP("History", "New accession"),
    "change accession": QT_TRANSLATE_NOOP("History", "Change an accession"),
    "remove accession": QT_TRANSLATE_NOOP("History", "Remove an accession"),
    "assign sources": QT_TRANSLATE_NOOP("History", "Assign %n source(s) to an accession"),
    "new name": QT_TRANSLATE_NOOP("History", "New name"),
    "change name": QT_TRANSLATE_NOOP("History", "Change a name"),
    "merge names": QT_TRANSLATE_NOOP("History", "Merge %n name(s)"),
    "remove names": QT_TRANSLATE_NOOP("History", "Remove %n name(s)"),
    "use name": QT_TRANSLATE_NOOP("History", "Use a name instead of its variants"),
    "new link": QT_TRANSLATE_NOOP("History", "Link"),
    "change link": QT_TRANSLATE_NOOP("History", "Change a link"),
    "remove links": QT_TRANSLATE_NOOP("History", "Remove %n link(s)"),
    "merge a copy": QT_TRANSLATE_NOOP("History", "Merge a copy"),
    "correct text": QT_TRANSLATE_NOOP("History", "Correct the text of a source"),
    "place annotations": QT_TRANSLATE_NOOP("History", "Place %n annotation(s) from the shelf"),
    "place figures": QT_TRANSLATE_NOOP("History", "Place %n figure(s) from the shelf"),
}


def described(change: Change) -> str:
    """A change in the words of the menus: "Accept 37 figures"."""
    count_of = change.facts.get("count", 1)
    number_of = count_of if isinstance(count_of, int) else 1
    said = QCoreApplication.translate(
        "History", _LABELS.get(change.label, change.label), "", number_of
    )
    title = change.facts.get("title") or change.facts.get("name")
    return f"{said}: {title}" if isinstance(title, str) and title else said


_COLUMNS: tuple[Column[Change], ...] = (
    Column(QT_TRANSLATE_NOOP("Columns", "When"), lambda change: moment(change.at)),
    Column(QT_TRANSLATE_NOOP("Columns", "What was done"), described),
    Column(QT_TRANSLATE_NOOP("Columns", "By"), lambda change: change.person or ""),
    Column(
        QT_TRANSLATE_NOOP("Columns", "State"),
        lambda change: QCoreApplication.translate(
            "History", "↶ undone" if change.undone else "done"
        ),
    ),
)


class HistoryPanel(AskingPanel):
    """Lists what was done; takes it back, or does it again, as far as a person points."""

    HEARS = frozenset({"history", "imports"})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._changes: dict[int, Change] = {}
        self._filter = FilterLine(self.tr("Filter changes"), self)
        self._count = Label("", self)
        self._model: PagedModel[Change] = PagedModel(_COLUMNS, self._fetch, None, self)
        letter = self.fontMetrics().averageCharWidth()
        self._table = table(self, self._model, [22 * letter, 48 * letter, 20 * letter])
        self._table.setAccessibleName(self.tr("Changes, the newest first"))
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._empty = EmptyState(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._table)
        self._back = QPushButton(self.tr("Undo Back to Here"), self)
        self._forth = QPushButton(self.tr("Do Again up to Here"), self)

        line = QHBoxLayout()
        line.addWidget(self._filter, 1)
        line.addWidget(self._count)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._back)
        foot.addWidget(self._forth)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.addLayout(line)
        layout.addWidget(self._stack, 1)
        layout.addLayout(foot)
        self.setFocusProxy(self._table)

        self._filter.asked.connect(lambda _words: self._narrow())
        self._table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self._table.activated.connect(self._activate)
        self._table.customContextMenuRequested.connect(self._menu)
        self._back.clicked.connect(partial(self._step, backwards=True))
        self._forth.clicked.connect(partial(self._step, backwards=False))
        self._begin()

    def clear(self) -> None:
        self._is_asked = False
        self._filter.set_quietly("")
        self._show([])

    def _ask(self) -> None:
        self._is_asked = True
        self._session.jobs.run(judged.log, self._show, self._fail, replaces="history")

    def _show(self, changes: Sequence[Change]) -> None:
        self._changes = {change.id: change for change in changes}
        self._narrow()

    def _narrow(self) -> None:
        words = self._filter.text().casefold().split()
        ids = [
            change.id
            for change in self._changes.values()
            if all(
                word in f"{described(change)} {change.person or ''}".casefold() for word in words
            )
        ]
        current = self._current()
        self._model.show(ids)
        self._count.setText(self.tr("%n change(s)", "", len(ids)) if self._changes else "")
        row = self._model.row_of(current.id) if current else -1
        if row >= 0:
            choose_row(self._table, row)
        if ids:
            self._stack.setCurrentWidget(self._table)
        else:
            said = self.tr("No change fits these words.")
            if not self._changes:
                said = self.tr(
                    "Nothing has been changed yet. What you import, decide or arrange is listed "
                    "here and can be taken back."
                )
            self._empty.say(said)
            self._stack.setCurrentWidget(self._empty)
        self._enable()

    def _fail(self, error: Exception) -> None:
        self._is_asked = False
        self._empty.say(self._session.told(error))
        self._stack.setCurrentWidget(self._empty)

    def _fetch(self, ids: Sequence[int]) -> dict[int, Change]:
        return {each: self._changes[each] for each in ids if each in self._changes}

    def _current(self) -> Change | None:
        # What is selected: the current row is also where the focus happened to come in.
        rows = self._table.selectionModel().selectedRows()
        record = rows[0].data(RecordRole) if rows else None
        return record if isinstance(record, Change) else None

    def _enable(self) -> None:
        change = self._current()
        can = change is not None and self._session.is_writable()
        self._back.setEnabled(can and change is not None and not change.undone)
        self._forth.setEnabled(can and change is not None and change.undone)

    def _activate(self, _index: QModelIndex) -> None:
        change = self._current()
        if change is not None:
            self._step(backwards=not change.undone)

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        for button in (self._back, self._forth):
            action = menu.addAction(button.text())
            action.setEnabled(button.isEnabled())
            action.triggered.connect(button.click)
        menu.popup(self._table.viewport().mapToGlobal(at))

    def _step(self, _checked: bool = False, *, backwards: bool) -> None:
        change = self._current()
        if change is None or not self._session.is_writable():
            return
        work = partial(judged.step_to, change_id=change.id, backwards=backwards)
        title = self.tr("Undoing changes") if backwards else self.tr("Doing changes again")
        self._session.jobs.run_long(
            title, work, partial(self._say_stepped, backwards), self._say_failed
        )

    def _say_stepped(self, backwards: bool, steps: int) -> None:
        said = (
            self.tr("%n change(s) undone.", "", steps)
            if backwards
            else self.tr("%n change(s) done again.", "", steps)
        )
        self.noted.emit(said)

    def _say_failed(self, error: Exception) -> None:
        self.noted.emit(self._session.told(error))

    def text(self) -> str:
        """What is listed, a line a change."""
        rows = range(self._model.rowCount())
        columns = range(self._model.columnCount())
        return "\n".join(
            " | ".join(str(self._model.index(row, column).data()) for column in columns)
            for row in rows
        )
