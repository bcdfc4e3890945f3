"""The window that numbers what lies below a source: each code as it is and as it would be."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import described
from desktop.check_box import CheckBox
from desktop.filter_line import EmptyState
from desktop.models.paged import Column, PagedModel
from desktop.plain import QT_TRANSLATE_NOOP, Label
from desktop.row_table import table
from desktop.session import Session

if TYPE_CHECKING:
    from db.codes import Numbered

_COLUMNS: "tuple[Column[Numbered], ...]" = (
    Column(QT_TRANSLATE_NOOP("Columns", "Source"), lambda each: each.title),
    Column(QT_TRANSLATE_NOOP("Columns", "Code now"), lambda each: each.now or ""),
    Column(QT_TRANSLATE_NOOP("Columns", "Code then"), lambda each: each.then),
)


class NumberingWindow(QDialog):
    """Shows what would be numbered, and numbers it as one step of undo."""

    noted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._source_id: int | None = None
        self._rows: dict[int, Numbered] = {}
        self.setWindowTitle(self.tr("Number Reference Codes"))
        self._about = Label("", self)
        self._about.setWordWrap(True)
        self._model: PagedModel[Numbered] = PagedModel(_COLUMNS, self._fetch, None, self)
        self._table = table(self, self._model, (300, 110))
        self._table.setAccessibleName(self.tr("Codes as they are and as they would be"))
        self._empty = EmptyState(self)
        self._empty.say(self.tr("There is nothing to number: all below this source has its code."))
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self._all = CheckBox(self.tr("Also those that have a code already"), self)
        self._number = QPushButton(self.tr("Number"), self)
        self._number.setDefault(True)
        cancel = QPushButton(self.tr("Cancel (Esc)"), self)
        cancel.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.addWidget(self._all, 1)
        foot.addWidget(self._number)
        foot.addWidget(cancel)
        layout = QVBoxLayout(self)
        layout.addWidget(self._about)
        layout.addWidget(self._stack, 1)
        layout.addLayout(foot)
        self.resize(600, 420)
        self._all.toggled.connect(lambda _on: self._ask())
        self._number.clicked.connect(self._write)
        cancel.clicked.connect(self.reject)
        session.closing.connect(self.reject)

    def open_for(self, source_id: int) -> None:
        """Show what numbering all below this source would change."""
        self._source_id = source_id
        self._all.setChecked(False)
        self._ask()

    def rows(self) -> "list[Numbered]":
        return list(self._rows.values())

    def also_those_with_codes(self) -> CheckBox:
        return self._all

    def number(self) -> None:
        self._number.click()

    # -- inside -----------------------------------------------------------------------------------

    def _ask(self) -> None:
        if self._source_id is None:
            return
        work = partial(
            described.numbered, source_id=self._source_id, only_missing=not self._all.isChecked()
        )
        self._session.jobs.run(work, self._show, self._fail, replaces="numbering")

    def _show(self, rows: "list[Numbered]") -> None:
        self._rows = {each.source_id: each for each in rows}
        self._model.show(list(self._rows))
        self._about.setText(
            self.tr("%n source(s) would be numbered in the order they stand in.", "", len(rows))
        )
        self._stack.setCurrentWidget(self._table if rows else self._empty)
        self._number.setEnabled(bool(rows) and self._session.is_writable())
        self.show()
        self.raise_()
        self.activateWindow()

    def _fetch(self, ids: Sequence[int]) -> "dict[int, Numbered]":
        return {each: self._rows[each] for each in ids if each in self._rows}

    def _write(self) -> None:
        codes = {each.source_id: each.then for each in self._rows.values()}
        said = self.tr("%n source(s) numbered; Undo takes it back.", "", len(codes))
        self.accept()
        work = partial(described.number, codes=codes)
        self._session.jobs.run(work, lambda _none: self.noted.emit(said), self._fail)

    def _fail(self, error: Exception) -> None:
        self.noted.emit(self._session.told(error))
