"""The import window: files looked at, choices made, progress, and a report of every path."""

import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.records import Report
from desktop import asked, showing
from desktop.import_choice import Choosing
from desktop.import_report import Reporting
from desktop.jobs import Progress, Ticket
from desktop.plain import Label
from desktop.session import Session

if TYPE_CHECKING:
    from db.archive import Archive


class ImportWindow(QDialog):
    """Takes in files; one at a time, kept while its job runs, so that it can be closed meanwhile."""

    source_chosen = Signal(int)
    finished_import = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import"))
        self._session = session
        self._ticket: Ticket | None = None
        self._choosing = Choosing(session, self)
        self._running = _Running(self)
        self._reporting = Reporting(self)
        self._stopped = _Stopped(self)
        self._stack = QStackedWidget(self)
        for page in (self._choosing, self._running, self._reporting, self._stopped):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.addWidget(self._stack)
        self.resize(900, 580)

        self._choosing.import_requested.connect(self._start)
        self._choosing.cancelled.connect(self.close)
        self._running.cancel_requested.connect(self._cancel)
        self._running.hide_requested.connect(self.hide)
        self._reporting.source_chosen.connect(self.source_chosen)
        self._reporting.closed.connect(self.close)
        self._stopped.keep_requested.connect(partial(self._settle, keep=True))
        self._stopped.discard_requested.connect(partial(self._settle, keep=False))
        self._stopped.closed.connect(self.close)
        session.jobs.progressed.connect(self._show_progress)
        session.jobs.ended.connect(self._end)

    def take(self, paths: Sequence[Path], table: Path | None = None) -> None:
        """Show these files and folders for a look, or all that a table names.

        A running import is shown instead.
        """
        if self._ticket is None:
            self._choosing.show_paths(paths, table)
            self._stack.setCurrentWidget(self._choosing)
        self.show()
        self.raise_()
        self.activateWindow()

    def extract(self) -> None:
        """Look for the figures of sources that have none yet."""
        if self._ticket is not None:
            return
        self._ticket = self._session.jobs.run_long(
            self.tr("Looking for figures"), _extract, self._extracted, self._fail
        )

    def look_for_stopped(self) -> None:
        """Offer what an import that was stopped has stored, if there is any."""
        self._session.jobs.run(asked.unfinished, self._show_unfinished, self._fail)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._choosing.forget()
        super().closeEvent(event)

    def _start(self, paths: list[str], encodings: dict[str, str], split: list[str]) -> None:
        keep = self._choosing.keeps_files()
        work = partial(
            _import,
            paths=paths,
            table=self._choosing.described_by(),
            encodings=encodings,
            split=split,
            keep=keep,
            ocr=self._session.settings.scan_languages,
        )
        self._running.begin()
        self._stack.setCurrentWidget(self._running)
        self._ticket = self._session.jobs.run_long(
            self.tr("Importing"), work, self._report, self._fail
        )

    def _cancel(self) -> None:
        if self._ticket is not None:
            self._running.stopping()
            self._ticket.cancel()

    def _show_progress(self, ticket: Ticket, done: int, of: int, what: str) -> None:
        if ticket is self._ticket:
            self._running.progress(done, of, what)

    def _end(self, ticket: Ticket) -> None:
        if ticket is not self._ticket:
            return
        self._ticket = None
        if ticket.cancelled() and self._session.is_open():
            self._session.jobs.run(asked.unfinished, self._say_stopped, self._fail)

    def _report(self, report: Report) -> None:
        self._reporting.show_report(report)
        self._stack.setCurrentWidget(self._reporting)
        self.finished_import.emit()
        self.show()

    def _extracted(self, _sources: int) -> None:
        self.finished_import.emit()

    def _fail(self, error: Exception) -> None:
        self._stopped.say(self._session.told(error), 0)
        self._stack.setCurrentWidget(self._stopped)
        self.show()

    def _say_stopped(self, unfinished: list[tuple[int, str, int]]) -> None:
        whole = sum(stored for _, _, stored in unfinished)
        if unfinished:
            said = self.tr(
                "Stopped. %n source(s) had been stored whole. They can be kept, or thrown away; "
                "importing the same files again goes on from here.",
                "",
                whole,
            )
        else:
            said = self.tr(
                "Stopped. The sources are kept; the figures that are missing can be looked for "
                "later: Archive, Look for Missing Figures."
            )
        self._stopped.say(said, len(unfinished))
        self._stack.setCurrentWidget(self._stopped)

    def _show_unfinished(self, unfinished: list[tuple[int, str, int]]) -> None:
        if unfinished and self._ticket is None:
            self._say_stopped(unfinished)
            self.show()
        else:
            self._session.jobs.run(asked.lacks_figures, self._take_up, self._fail)

    def _take_up(self, lacks_figures: bool) -> None:
        if lacks_figures:
            self.extract()

    def _settle(self, *, keep: bool) -> None:
        work = partial(_settle, keep=keep)
        self._session.jobs.run(work, self._settled, self._fail)

    def _settled(self, _nothing: None) -> None:
        self.close()


class _Running(QWidget):
    """How far the import is."""

    cancel_requested = Signal()
    hide_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._since = 0.0
        self._said = Label("", self)
        self._said.setWordWrap(True)
        self._bar = QProgressBar(self)
        self._bar.setAccessibleName(self.tr("Progress of the import"))
        self._cancel = QPushButton(self.tr("Stop"), self)
        hide = QPushButton(self.tr("Go On in the Background"), self)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(hide)
        row.addWidget(self._cancel)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(self._said)
        layout.addWidget(self._bar)
        layout.addLayout(row)
        layout.addStretch(2)
        self._cancel.clicked.connect(self.cancel_requested)
        hide.clicked.connect(self.hide_requested)

    def begin(self) -> None:
        self._since = time.monotonic()
        self._said.setText(self.tr("Reading the files…"))
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)

    def stopping(self) -> None:
        self._said.setText(self.tr("Stopping…"))
        self._cancel.setEnabled(False)

    def progress(self, done: int, of: int, what: str) -> None:
        self._bar.setRange(0, max(1, of))
        self._bar.setValue(done)
        rate = told_rate(done, of, time.monotonic() - self._since) if what != "figures" else ""
        self._said.setText(f"{told_progress(done, of, what)}\n{rate}".strip())


def told_progress(done: int, of: int, what: str) -> str:
    """One line for how far an import is."""
    of = max(of, 1)
    at = showing.count(min(done + 1, of)), showing.count(of)
    if what == "figures":
        text = QCoreApplication.translate("Import", "Looking for figures: source {0} of {1}")
        return text.format(*at)
    text = QCoreApplication.translate("Import", "File {0} of {1}: {2}")
    return text.format(*at, Path(what).name)


def told_rate(done: int, of: int, seconds: float) -> str:
    """How many files come in, and how long the rest will take; nothing while that is a guess."""
    if done < 5 or seconds < 3:
        return ""
    translate = QCoreApplication.translate
    minutes = max(1, round((of - done) * seconds / done / 60))
    left = translate("Import", "about %n minute(s) left", "", minutes)
    if done >= seconds:
        rate = translate("Import", "%n file(s) a second", "", round(done / seconds))
    else:
        rate = translate("Import", "%n file(s) a minute", "", round(done / seconds * 60))
    return f"{rate} · {left}" if done < of else rate


class _Stopped(QWidget):
    """An import that did not come to its end: what can be done with what it stored."""

    keep_requested = Signal()
    discard_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._said = Label("", self).wrapped()
        self._keep = QPushButton(self.tr("Keep Them"), self)
        self._discard = QPushButton(self.tr("Throw Them Away"), self)
        self._close = QPushButton(self.tr("Close"), self)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self._discard, self._keep, self._close):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(self._said)
        layout.addLayout(row)
        layout.addStretch(2)
        self._keep.clicked.connect(self.keep_requested)
        self._discard.clicked.connect(self.discard_requested)
        self._close.clicked.connect(self.closed)

    def say(self, text: str, unfinished: int) -> None:
        self._said.setText(text)
        self._keep.setVisible(bool(unfinished))
        self._discard.setVisible(bool(unfinished))


def _import(
    archive: "Archive",
    progress: Progress,
    *,
    paths: Sequence[str],
    table: Path | None,
    encodings: Mapping[str, str],
    split: Sequence[str],
    keep: bool,
    ocr: str,
) -> Report:
    from db import ingest

    return ingest.add(
        archive,
        paths,
        progress,
        manifest=table,
        encodings=encodings,
        split=bool(split),
        only_split=split or None,
        keep_originals=keep,
        ocr=ocr,
    )


def _extract(archive: "Archive", progress: Progress) -> int:
    from db import extraction

    return extraction.extract(archive, progress)


def _settle(archive: "Archive", *, keep: bool) -> None:
    from db import ingest

    for import_id, _started, _stored in ingest.unfinished(archive):
        if keep:
            ingest.keep(archive, import_id)
        else:
            ingest.discard(archive, import_id)
