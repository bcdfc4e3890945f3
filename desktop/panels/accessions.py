"""The accession log: entries in a table, the chosen one in a form below it, sources put into it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db import edtf
from desktop import received, showing
from desktop.date_words import meaning
from desktop.models.paged import Column, PagedModel
from desktop.plain import QT_TRANSLATE_NOOP, Label, shown
from desktop.row_table import choose_row, table
from desktop.session import Session

if TYPE_CHECKING:
    from db.accessions import Accession

_COLUMNS: "tuple[Column[Accession], ...]" = (
    Column(QT_TRANSLATE_NOOP("Columns", "Number"), lambda each: each.number or ""),
    Column(QT_TRANSLATE_NOOP("Columns", "Received"), lambda each: each.received or ""),
    Column(QT_TRANSLATE_NOOP("Columns", "From"), lambda each: each.received_from or ""),
    Column(
        QT_TRANSLATE_NOOP("Columns", "Sources"),
        lambda each: showing.count(each.sources),
        right=True,
    ),
    Column(QT_TRANSLATE_NOOP("Columns", "Provenance"), lambda each: each.provenance or ""),
)


class AccessionsWindow(QDialog):
    """Shows the log and writes what was changed in it, each time as one step of undo."""

    noted = Signal(str)

    def __init__(
        self,
        session: Session,
        chosen: Callable[[], tuple[int, ...]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._chosen = chosen  # the sources chosen in the library
        self._entries: dict[int, Accession] = {}
        self._next = ""
        self._id: int | None = None
        self.setWindowTitle(self.tr("Accessions"))
        self._model: PagedModel[Accession] = PagedModel(_COLUMNS, self._fetch, None, self)
        self._table = table(self, self._model, (90, 100, 170, 70))
        self._table.setAccessibleName(self.tr("Accessions, the newest first"))
        self._fields: dict[str, QLineEdit | QPlainTextEdit] = {}
        self._dated = Label("", self)
        self._held = Label("", self)
        self._held.setWordWrap(True)
        self._problem = Label("", self)
        self._problem.setWordWrap(True)
        self._new = self._button(self.tr("&New"), self._begin_new)
        self._save = self._button(self.tr("&Save (Ctrl+Return)"), self._write)
        self._save.setShortcut("Ctrl+Return")
        self._put = self._button(self.tr("&Put Chosen Sources In"), self._assign)
        self._put.setToolTip(
            self.tr("The sources chosen in the library, and all below them, came with this")
        )
        self._remove = self._button(self.tr("&Remove"), self._take_off)
        close = self._button(self.tr("Close (Esc)"), self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self._problem, 1)
        for button in (self._new, self._save, self._put, self._remove, close):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(self._table, 1)
        layout.addLayout(self._form())
        self._filled = self._typed()  # the form before anyone typed
        layout.addWidget(self._held)
        layout.addLayout(foot)
        self.resize(720, 520)
        self._table.selectionModel().currentChanged.connect(self._choose)
        self._fields["received"].textChanged.connect(self._look)
        session.closing.connect(self.reject)
        session.changed.connect(self._hear)

    def open_log(self) -> None:
        """Show the log; an empty one asks for its first entry."""
        self._ask()
        self.show()
        self.raise_()
        self.activateWindow()

    def field(self, name: str) -> QLineEdit | QPlainTextEdit:
        return self._fields[name]

    def choose(self, accession_id: int) -> None:
        row = self._model.row_of(accession_id)
        if row >= 0:
            choose_row(self._table, row)

    # -- inside -----------------------------------------------------------------------------------

    def _button(self, said: str, slot: Callable[[], Any]) -> QPushButton:
        button = QPushButton(said, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked: slot())
        return button

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        for name, said, is_long in (
            ("number", self.tr("Number"), False),
            ("received", self.tr("Received"), False),
            ("received_from", self.tr("From"), False),
            ("provenance", self.tr("Provenance"), True),
            ("notes", self.tr("Notes"), True),
        ):
            field: QLineEdit | QPlainTextEdit = QPlainTextEdit(self) if is_long else QLineEdit(self)
            field.setAccessibleName(said)
            if isinstance(field, QPlainTextEdit):
                field.setTabChangesFocus(True)
                field.setFixedHeight(field.fontMetrics().lineSpacing() * 2 + 14)
            self._fields[name] = field
            label = Label(said, self)
            label.setBuddy(field)
            form.addRow(label, field)
            if name == "received":
                form.addRow("", self._dated)
        return form

    def _hear(self, tables: frozenset[str]) -> None:
        if self.isVisible() and tables & {"accessions", "sources"}:
            self._ask()

    def _ask(self) -> None:
        self._session.jobs.run(received.accessions, self._show, self._fail, replaces="accessions")

    def _show(self, log: "tuple[list[Accession], str]") -> None:
        entries, self._next = log
        is_same = {entry.id: entry for entry in entries} == self._entries
        if is_same and entries:
            return
        self._entries = {entry.id: entry for entry in entries}
        chosen = self._id
        self._model.show([entry.id for entry in entries])
        if chosen in self._entries:
            self.choose(int(chosen or 0))
        elif self._has_changes():
            self._id = None  # also one that another removed: saved, it is a new entry
        elif entries:
            choose_row(self._table, 0)
        else:
            self._begin_new()
        self._enable()

    def _fetch(self, ids: Sequence[int]) -> "dict[int, Accession]":
        return {each: self._entries[each] for each in ids if each in self._entries}

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        entry = self._model.record(index.row())
        if entry is None:
            return
        if entry.id == self._id and self._has_changes():
            self._say_held(entry)  # the log was shown anew: what is typed stays
        else:
            self._fill(entry)

    def _begin_new(self) -> None:
        self._table.selectionModel().clear()
        self._fill(None)
        self._fields["received"].setFocus()

    def _fill(self, entry: "Accession | None") -> None:
        self._id = entry.id if entry else None
        for name, field in self._fields.items():
            said = getattr(entry, name) if entry else None
            if name == "number" and entry is None:
                said = self._next
            if isinstance(field, QLineEdit):
                field.setText(said or "")
            else:
                field.setPlainText(said or "")
        self._filled = self._typed()
        self._say_held(entry)
        self._problem.setText("")
        self._look()

    def _say_held(self, entry: "Accession | None") -> None:
        held = ""
        if entry is not None and entry.sources:
            more = entry.sources - len(entry.titles)
            titles = " · ".join(map(shown, entry.titles))
            held = self.tr("%n source(s): ", "", entry.sources) + titles + (" …" if more else "")
        elif entry is not None:
            held = self.tr("No sources yet: choose some in the library and put them in.")
        self._held.setText(held)

    def _typed(self) -> dict[str, str]:
        return {name: self._text(name) for name in self._fields}

    def _has_changes(self) -> bool:
        return self._typed() != self._filled

    def _text(self, name: str) -> str:
        field = self._fields[name]
        return (field.text() if isinstance(field, QLineEdit) else field.toPlainText()).strip()

    def _look(self) -> None:
        date = self._text("received")
        read = edtf.from_words(date) if date else None
        said = (
            f"= {read}: {meaning(read)}" if read else self.tr("✕ This is not understood as a date.")
        )
        self._dated.setText(said if date else self.tr("no date"))
        self._save.setEnabled(self._session.is_writable() and (not date or read is not None))
        self._enable()

    def _enable(self) -> None:
        can = self._session.is_writable()
        self._new.setEnabled(can)
        self._put.setEnabled(can and self._id is not None)
        self._remove.setEnabled(can and self._id is not None)

    def _write(self) -> None:
        typed = self._typed()
        fields: dict[str, str | None] = {**typed}
        date = fields["received"]
        fields["received"] = edtf.from_words(date) if date else None
        work = partial(received.save, accession_id=self._id, fields=fields)
        self._session.jobs.run(work, partial(self._written, typed), self._fail)

    def _written(self, typed: dict[str, str], accession_id: int) -> None:
        self._id, self._filled = accession_id, typed
        self.noted.emit(self.tr("Accession saved; Undo takes it back."))
        self._ask()

    def _assign(self) -> None:
        ids = self._chosen()
        if not ids:
            self._problem.setText(self.tr("Choose sources in the library first."))
            return
        said = self.tr("Put into the accession; Undo takes it back.")
        work = partial(received.assign, source_ids=ids, accession_id=self._id)
        self._session.jobs.run(work, lambda _none: self.noted.emit(said), self._fail)

    def _take_off(self) -> None:
        if self._id is not None:
            self._filled = self._typed()  # what was typed goes with it
            said = self.tr("Accession removed; Undo brings it back.")
            work = partial(received.remove, accession_id=self._id)
            self._session.jobs.run(work, lambda _none: self.noted.emit(said), self._fail)

    def _fail(self, error: Exception) -> None:
        self._problem.setText(self._session.told(error))
