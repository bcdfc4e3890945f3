"""The window with the description form: for one source, for several at once, or for a new one."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QVBoxLayout, QWidget

from desktop import described
from desktop.described import Subjects
from desktop.panels.description import DescriptionForm, next_level
from desktop.panels.templates import Templates
from desktop.plain import Label, shown
from desktop.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.records import Source


class DescriptionWindow(QDialog):
    """Shows descriptions and writes what was changed, each time as one step of undo."""

    source_made = Signal(int)
    noted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ids: tuple[int, ...] = ()
        self._is_new = False
        self._is_warned = False
        self._codes: tuple[str, ...] = ()
        self._whom = Label("", self)
        self._whom.setWordWrap(True)
        self._below = QComboBox(self)
        self._below.setAccessibleName(self.tr("Below"))
        self._below_row = QWidget(self)
        row = QFormLayout(self._below_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addRow(self.tr("Below"), self._below)
        row.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._below.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._form = DescriptionForm(self)
        self._templates = Templates(session.settings, self._form, self)
        self._templates.told.connect(self._form.say)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self._whom)
        layout.addWidget(self._below_row)
        layout.addWidget(self._templates)
        layout.addWidget(self._form, 1)
        self.resize(620, 620)
        self._below.activated.connect(self._propose_code)
        self._form.save_requested.connect(self._write)
        self._form.cancelled.connect(self.reject)
        session.closing.connect(self._leave)

    def form(self) -> DescriptionForm:
        return self._form

    def templates(self) -> Templates:
        return self._templates

    def open_sources(self, ids: "Sequence[int]") -> None:
        """Show what these sources say, to be changed."""
        if not self._may_go():
            return
        work = partial(described.subjects, ids=tuple(ids))
        self._session.jobs.run(work, self._show_subjects, self._fail, replaces="description")

    def open_new(self, near: int | None) -> None:
        """Show an empty form for a source below the one chosen, or below one of those above it."""
        if not self._may_go():
            return
        work = partial(described.above, source_id=near)
        self._session.jobs.run(work, self._show_new, self._fail, replaces="description")

    def reject(self) -> None:
        """Close; where something was changed, only when asked a second time."""
        if self._may_go():
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.isVisible() or self._may_go():
            event.accept()
        else:
            event.ignore()

    # -- inside -----------------------------------------------------------------------------------

    def _may_go(self) -> bool:
        if not self.isVisible() or self._is_warned or not self._has_changes():
            return True
        self._is_warned = True
        self._form.say(self.tr("✕ Not saved yet. Once more discards what was changed."))
        self.raise_()
        return False

    def _has_changes(self) -> bool:
        return not self._form.has_only_proposals() if self._is_new else self._form.has_changes()

    def _leave(self) -> None:
        self._is_warned = True
        self.close()

    def _show_subjects(self, subjects: Subjects) -> None:
        self._ids, self._is_new = tuple(source.id for source in subjects.sources), False
        several = len(self._ids) > 1
        self.setWindowTitle(self.tr("Describe Sources") if several else self.tr("Describe Source"))
        told = self.tr(
            "%n source(s) together: only what you change here is changed.", "", len(self._ids)
        )
        self._whom.setText(told if several else "")
        self._whom.setVisible(several)
        self._below_row.hide()
        self._form.show_subjects(subjects)
        self._come_up()

    def _show_new(self, subjects: Subjects) -> None:
        self._ids, self._is_new = (), True
        self.setWindowTitle(self.tr("New Fonds, Series or File"))
        self._whom.hide()
        self._below.clear()
        for source in subjects.sources:
            self._below.addItem(shown(source.title), source.id)
        self._below.addItem(self.tr("nothing: at the top"), None)
        # What is made is to hold others: it stands beside a file or an item, not in it.
        near = subjects.sources[0] if subjects.sources else None
        is_beside = near is not None and near.level in ("file", "item")
        self._below.setCurrentIndex(1 if is_beside else 0)
        self._below_row.show()
        above: Source | None = None
        if self._below.currentData() is not None:
            above = subjects.sources[self._below.currentIndex()]
        self._codes = subjects.codes
        code = self._codes[self._below.currentIndex()]
        self._form.show_new(next_level(above), code, subjects)
        self._come_up()

    def _propose_code(self, place: int) -> None:
        if place < len(self._codes):
            self._form.propose_code(self._codes[place])

    def _come_up(self) -> None:
        self._is_warned = False
        self.show()
        self.raise_()
        self.activateWindow()
        self._form.focus_first()

    def _write(self, fields: dict[str, Any], said: dict[str, str | None]) -> None:
        if self._is_new:
            parent_id = self._below.currentData()
            adding = partial(described.add, parent_id=parent_id, fields=fields, said=said)
            self._session.jobs.run(adding, self._end_new, self._fail)
        elif fields or said:
            work = partial(described.describe, ids=self._ids, fields=fields, said=said)
            self._session.jobs.run(work, self._end, self._fail)
        else:
            self._leave()

    def _end(self, _none: None) -> None:
        count = len(self._ids)
        self._leave()
        self.noted.emit(self.tr("%n source(s) described; Undo takes it back.", "", count))

    def _end_new(self, source_id: int) -> None:
        self._leave()
        self.source_made.emit(source_id)

    def _fail(self, error: Exception) -> None:
        said = self._session.told(error)
        if self.isVisible():
            self._form.say(said)
        else:
            self.noted.emit(said)
