"""The window with a figure's form: for one of the table or the reader, or for selected words."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from db.records import Span
from desktop import judged
from desktop.panels.figure_editor import FigureForm
from desktop.session import Session

if TYPE_CHECKING:
    from db.review import Card


class FigureWindow(QDialog):
    """A window with the form: for a figure of the table or the reader, or for a new one."""

    saved = Signal(int)  # the figure's id
    noted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._figure_id = 0
        self._place: tuple[int, Span] | None = None
        self._form = FigureForm(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.addWidget(self._form)
        self.resize(860, 360)
        self._form.save_requested.connect(self._write)
        self._form.cancelled.connect(self.close)
        session.closing.connect(self.close)

    def open_figure(self, figure_id: int) -> None:
        """Show a figure of the archive for editing."""
        self._figure_id, self._place = figure_id, None
        self.setWindowTitle(self.tr("Edit Figure"))
        work = partial(judged.card_and_units, figure_id=figure_id)
        self._session.jobs.run(work, self._show_card, self._fail, replaces="figure window")

    def open_new(self, source_id: int, span: Span) -> None:
        """Show what the grammar makes of selected words, to be kept as a new figure."""
        self._figure_id, self._place = 0, (source_id, span)
        self.setWindowTitle(self.tr("New Figure"))
        work = partial(judged.draft_and_units, source_id=source_id, start=span.start, end=span.end)
        self._session.jobs.run(work, self._show_card, self._fail, replaces="figure window")

    def form(self) -> FigureForm:
        return self._form

    def _show_card(self, found: "tuple[Card | None, list[tuple[str, int]]]") -> None:
        card, units = found
        if card is None:
            said = self.tr("This figure is no longer there.")
            if self._place is not None:
                said = self.tr("A figure's words must lie in one passage.")
            self.noted.emit(said)
            return
        self._form.show_card(card, units)
        self.show()
        self.raise_()
        self.activateWindow()
        self._form.focus_first()

    def _write(self, changes: dict[str, Any]) -> None:
        if not changes and self._place is None:
            self.close()
        elif self._place is None:
            work = partial(judged.edit, figure_id=self._figure_id, fields=changes)
            self._session.jobs.run(work, lambda _written: self._end(self._figure_id), self._fail)
        else:
            source_id, span = self._place
            fields = dict(changes)
            start, end = fields.pop("start", span.start), fields.pop("end", span.end)
            adding = partial(judged.add, source_id=source_id, start=start, end=end, fields=fields)
            self._session.jobs.run(adding, self._end, self._fail)

    def _end(self, figure_id: int) -> None:
        self.saved.emit(figure_id)
        self.close()

    def _fail(self, error: Exception) -> None:
        said = self._session.told(error)
        if self.isVisible():
            self._form.say(said)
        else:
            self.noted.emit(said)
