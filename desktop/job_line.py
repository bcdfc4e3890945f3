"""The line at the foot of the window for work under way: what, how far, and Cancel."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from desktop.jobs import Jobs, Ticket
from desktop.plain import ShortLabel


class JobLine(QWidget):
    """Shows the newest titled job. Hidden while there is none."""

    cancelled = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tickets: list[Ticket] = []
        self._said = ShortLabel("", self)
        self._said.setMaximumWidth(320)
        self._bar = QProgressBar(self)
        self._bar.setMaximumWidth(160)
        self._bar.setMaximumHeight(16)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._cancel = QPushButton(self.tr("Cancel"), self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._said, self._bar, self._cancel):
            layout.addWidget(widget)
        self._cancel.clicked.connect(self._stop)
        jobs.began.connect(self._begin)
        jobs.progressed.connect(self._progress)
        jobs.ended.connect(self._end)
        self.hide()

    def _begin(self, ticket: Ticket) -> None:
        self._tickets.append(ticket)
        self._bar.setRange(0, 0)
        self._said.set_full(ticket.title)
        self._cancel.setEnabled(True)
        self.show()

    def _progress(self, ticket: Ticket, done: int, of: int, what: str) -> None:
        if not self._tickets or ticket is not self._tickets[-1]:
            return
        self._bar.setRange(0, max(1, of))
        self._bar.setValue(done)
        self._said.set_full(f"{ticket.title}: {Path(what).name}" if what else ticket.title)

    def _end(self, ticket: Ticket) -> None:
        if ticket in self._tickets:
            self._tickets.remove(ticket)
        if self._tickets:
            self._said.set_full(self._tickets[-1].title)
        self.setVisible(bool(self._tickets))

    def _stop(self) -> None:
        if self._tickets:
            self._cancel.setEnabled(False)
            self._tickets[-1].cancel()
            self.cancelled.emit()
