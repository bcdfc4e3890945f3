"""The import window: files looked at, choices made, progress, and a report of every path."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

import db.records
from db.errors import ArchiveError, Cancelled, Unreadable
from desktop import asked, showing, wording
from desktop.filter_line import FilterLine
from desktop.jobs import Progress, Ticket
from desktop.models.paged import Column, PagedModel, RecordRole
from desktop.plain import QT_TRANSLATE_NOOP, Label
from desktop.session import Session

if TYPE_CHECKING:
    from db.archive import Archive

# More are looked at when they are selected: a folder of 50,000 must not be read twice.
LOOKED_AT = 40
LONGEST_LOOKED_AT = 20_000_000
SECONDS_FOR_A_LOOK = 30.0
LONGEST_SAMPLE = 1500

ENCODINGS = (
    "utf-8", "utf-16-le", "utf-16-be", "windows-1252", "windows-1250", "windows-1251", "koi8-r",
    "cp866", "iso8859-2", "iso8859-5", "windows-1254", "windows-1257", "mac-roman", "gb18030",
    "big5", "shift_jis", "euc_jp", "iso-2022-jp", "euc-kr",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class File:
    """A file to be taken in, and what a look at it showed."""

    path: str
    size: int = 0
    refusal: Unreadable | None = None
    looked: bool = False
    media_type: str = ""
    encoding: str | None = None
    encoding_is_sure: bool = True
    passages: int = 0
    parts: tuple[db.records.Part, ...] = ()
    sample: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report."""

    result: str
    path: str
    said: str
    source_id: int | None = None


class ImportWindow(QDialog):
    """Takes in files; one at a time, kept while its job runs, so that it can be closed meanwhile."""

    source_chosen = Signal(int)
    finished_import = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import"))
        self._session = session
        self._ticket: Ticket | None = None
        self._choosing = _Choosing(session, self)
        self._running = _Running(self)
        self._reporting = _Reporting(self)
        self._stopped = _Stopped(self)
        self._stack = QStackedWidget(self)
        for page in (self._choosing, self._running, self._reporting, self._stopped):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.addWidget(self._stack)
        self.resize(820, 560)

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

    def take(self, paths: Sequence[Path]) -> None:
        """Show these files and folders for a look; a running import is shown instead."""
        if self._ticket is None:
            self._choosing.show_paths(paths)
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

    def is_running(self) -> bool:
        return self._ticket is not None

    def closeEvent(self, event: QCloseEvent) -> None:
        self._choosing.forget()
        super().closeEvent(event)

    def _start(self, paths: list[str], encodings: dict[str, str], split: list[str]) -> None:
        work = partial(_import, paths=paths, encodings=encodings, split=split)
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

    def _report(self, report: db.records.Report) -> None:
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

    def _settle(self, *, keep: bool) -> None:
        work = partial(_settle, keep=keep)
        self._session.jobs.run(work, self._settled, self._fail)

    def _settled(self, _nothing: None) -> None:
        self.close()


class _Choosing(QWidget):
    """The files, what they seem to be, and the choices for each."""

    import_requested = Signal(list, dict, list)
    cancelled = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._files: list[File] = []
        self._encodings: dict[str, str] = {}
        self._split: set[str] = set()
        self._filter = FilterLine(self.tr("Filter files"), self)
        self._model: PagedModel[File] = PagedModel(_FILE_COLUMNS, self._some, None, self)
        self._table = _table(self, self._model, (330, 80, 150))
        self._table.setAccessibleName(self.tr("Files to take in"))
        self._about = Label("", self).wrapped()
        self._sample = QPlainTextEdit(self)
        self._sample.setReadOnly(True)
        self._sample.setAccessibleName(self.tr("How the file begins"))
        self._sample.setMaximumHeight(110)
        self._encoding = QComboBox(self)
        self._encoding.setAccessibleName(self.tr("Encoding"))
        self._encoding_label = Label(self.tr("&Encoding:"), self)
        self._encoding_label.setBuddy(self._encoding)
        self._parts = QCheckBox("", self)
        self._count = Label("", self)
        self._go = QPushButton(self.tr("Import"), self)
        self._go.setDefault(True)
        cancel = QPushButton(self.tr("Cancel"), self)
        choice = QHBoxLayout()
        choice.addWidget(self._encoding_label)
        choice.addWidget(self._encoding)
        choice.addWidget(self._parts, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._count, 1)
        foot.addWidget(cancel)
        foot.addWidget(self._go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._filter)
        layout.addWidget(self._table, 1)
        layout.addWidget(self._about)
        layout.addWidget(self._sample)
        layout.addLayout(choice)
        layout.addLayout(foot)
        self._filter.asked.connect(self._narrow)
        self._table.selectionModel().currentChanged.connect(self._choose)
        self._encoding.activated.connect(self._set_encoding)
        self._parts.toggled.connect(self._set_split)
        self._go.clicked.connect(self._ask)
        cancel.clicked.connect(self.cancelled)

    def show_paths(self, paths: Sequence[Path]) -> None:
        self.forget()
        self._count.setText(self.tr("Looking at the files…"))
        self._go.setEnabled(False)
        work = partial(_list, tuple(paths), self._session.archive.path)
        self._session.jobs.run_outside(work, self._show, self._fail, replaces="import look")

    def forget(self) -> None:
        self._files, self._encodings, self._split = [], {}, set()
        self._model.show(())
        self._filter.set_quietly("")
        self._show_choices(None)

    def _show(self, files: list[File]) -> None:
        self._files = files
        self._narrow("")
        self._go.setEnabled(bool(files))
        if files:
            self._table.selectRow(0)
            self._go.setFocus()
        first = [n for n, file in enumerate(files) if file.refusal is None][:LOOKED_AT]
        self._look(first)

    def _look(self, numbers: Sequence[int]) -> None:
        wanted = tuple(
            (n, self._files[n], self._encodings.get(self._files[n].path))
            for n in numbers
            if self._files[n].size <= LONGEST_LOOKED_AT
        )
        if wanted:
            work = partial(_look, wanted)
            self._session.jobs.run_outside(work, self._looked, self._fail)

    def _looked(self, seen: dict[int, File]) -> None:
        for number, file in seen.items():
            if number < len(self._files) and self._files[number].path == file.path:
                # A proposal of parts is shown, and taken only if a person ticks it.
                self._files[number] = file
        self._model.renew()
        self._show_choices(self._current())
        self._say_count()

    def _fail(self, error: Exception) -> None:
        self._count.setText(self._session.told(error))

    def _some(self, ids: Sequence[int]) -> dict[int, File]:
        return {number: self._files[number] for number in ids if number < len(self._files)}

    def _narrow(self, words: str) -> None:
        wanted = words.casefold().split()
        self._model.show(
            [
                number
                for number, file in enumerate(self._files)
                if all(word in file.path.casefold() for word in wanted)
            ]
        )
        self._say_count()

    def _say_count(self) -> None:
        refused = sum(file.refusal is not None for file in self._files)
        said = self.tr("%n file(s)", "", len(self._files))
        if refused:
            said += ", " + self.tr("%n of them cannot be taken in", "", refused)
        if not self._files:
            said = self.tr("There are no files here.")
        self._count.setText(said)

    def _current(self) -> File | None:
        return self._model.record(self._table.currentIndex().row())

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        file = self._model.record(index.row())
        self._show_choices(file)
        if file is not None and not file.looked and file.refusal is None:
            self._look([self._model.ids()[index.row()]])

    def _show_choices(self, file: File | None) -> None:
        has_text = file is not None and file.looked and file.refusal is None
        self._sample.setVisible(has_text)
        self._encoding.setVisible(has_text)
        self._encoding_label.setVisible(has_text)
        self._parts.setVisible(has_text and file is not None and len(file.parts) > 1)
        self._about.setText("")
        if file is None:
            return
        if file.refusal is not None:
            self._about.setText(wording.reason(file.refusal, QCoreApplication.translate))
        if not has_text:
            return
        self._sample.setPlainText(file.sample)
        self._encoding.clear()
        found = file.encoding or "utf-8"
        self._encoding.addItem(self.tr("{0} (as found)").format(found), "")
        for encoding in ENCODINGS:
            self._encoding.addItem(encoding, encoding)
        chosen = self._encodings.get(file.path, "")
        self._encoding.setCurrentIndex(max(0, self._encoding.findData(chosen)))
        if not file.encoding_is_sure and not chosen:
            self._about.setText(
                self.tr("The encoding is a guess: look whether the beginning below reads well.")
            )
        self._parts.blockSignals(True)
        self._parts.setText(self.tr("Take it as %n source(s)", "", len(file.parts)))
        self._parts.setChecked(file.path in self._split)
        titles = "\n".join(f"{n}. {part.title}" for n, part in enumerate(file.parts, 1))
        self._parts.setAccessibleDescription(titles)
        if len(file.parts) > 1:
            self._about.setText(
                self.tr("This file seems to hold %n sources:", "", len(file.parts)) + "\n" + titles
            )
        self._parts.blockSignals(False)

    def _set_encoding(self, _index: int) -> None:
        file = self._current()
        if file is None:
            return
        encoding = str(self._encoding.currentData())
        if encoding:
            self._encodings[file.path] = encoding
        else:
            self._encodings.pop(file.path, None)
        self._look([self._model.ids()[self._table.currentIndex().row()]])

    def _set_split(self, on: bool) -> None:
        file = self._current()
        if file is None:
            return
        if on:
            self._split.add(file.path)
        else:
            self._split.discard(file.path)

    def _ask(self) -> None:
        paths = [file.path for file in self._files]
        self.import_requested.emit(paths, dict(self._encodings), sorted(self._split))


class _Running(QWidget):
    """How far the import is."""

    cancel_requested = Signal()
    hide_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
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
        self._said.setText(self.tr("Reading the files…"))
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)

    def stopping(self) -> None:
        self._said.setText(self.tr("Stopping…"))
        self._cancel.setEnabled(False)

    def progress(self, done: int, of: int, what: str) -> None:
        self._bar.setRange(0, max(1, of))
        self._bar.setValue(done)
        self._said.setText(told_progress(done, of, what))


def told_progress(done: int, of: int, what: str) -> str:
    """One line for how far an import is."""
    of = max(of, 1)
    at = showing.count(min(done + 1, of)), showing.count(of)
    if what == "figures":
        text = QCoreApplication.translate("Import", "Looking for figures: source {0} of {1}")
        return text.format(*at)
    text = QCoreApplication.translate("Import", "File {0} of {1}: {2}")
    return text.format(*at, Path(what).name)


class _Reporting(QWidget):
    """Every path asked for, with what became of it."""

    source_chosen = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self._head = Label("", self).wrapped()
        self._filter = FilterLine(self.tr("Filter the report"), self)
        self._model: PagedModel[Line] = PagedModel(_REPORT_COLUMNS, self._some, None, self)
        self._table = _table(self, self._model, (140, 240))
        self._table.setAccessibleName(self.tr("What became of each file"))
        self._count = Label("", self)
        copy = QPushButton(self.tr("Copy the Report"), self)
        close = QPushButton(self.tr("Close"), self)
        close.setDefault(True)
        foot = QHBoxLayout()
        foot.addWidget(self._count, 1)
        foot.addWidget(copy)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._head)
        layout.addWidget(self._filter)
        layout.addWidget(self._table, 1)
        layout.addLayout(foot)
        self._filter.asked.connect(self._narrow)
        self._table.activated.connect(self._choose)
        copy.clicked.connect(self._copy)
        close.clicked.connect(self.closed)

    def show_report(self, report: db.records.Report) -> None:
        self._lines = report_lines(report)
        sources = sum(len(imported.source_ids) for imported in report.imported)
        passages = sum(imported.passages for imported in report.imported)
        figures = sum(imported.figures for imported in report.imported)
        parts = [
            self.tr("%n source(s) taken in", "", sources),
            self.tr("%n passage(s)", "", passages),
            self.tr("%n figure(s)", "", figures),
        ]
        if report.duplicates:
            parts.append(self.tr("%n file(s) already there", "", len(report.duplicates)))
        if report.failed:
            parts.append(self.tr("%n file(s) not taken in", "", len(report.failed)))
        self._head.setText(" · ".join(parts))
        self._filter.set_quietly("")
        self._narrow("")

    def _some(self, ids: Sequence[int]) -> dict[int, Line]:
        return {number: self._lines[number] for number in ids}

    def _narrow(self, words: str) -> None:
        wanted = words.casefold().split()
        fitting = [
            number
            for number, line in enumerate(self._lines)
            if all(word in f"{line.result} {line.path} {line.said}".casefold() for word in wanted)
        ]
        self._model.show(fitting)
        self._count.setText(self.tr("%n line(s)", "", len(fitting)))

    def _choose(self, index: QModelIndex) -> None:
        line = index.data(RecordRole)
        if isinstance(line, Line) and line.source_id is not None:
            self.source_chosen.emit(line.source_id)

    def _copy(self) -> None:
        rows = [f"{line.result}\t{line.path}\t{line.said}" for line in self._lines]
        QGuiApplication.clipboard().setText("\n".join([self._head.text(), *rows]))


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


def report_lines(report: db.records.Report) -> list[Line]:
    """The report as lines, what failed first: that is what a person must look at."""
    translate = QCoreApplication.translate
    lines = []
    failed = translate("Import", "✕ not taken in")
    for path, error in report.failed:
        said = wording.describe(error, translate) if isinstance(error, ArchiveError) else str(error)
        lines.append(Line(failed, path, said))
    taken = translate("Import", "✓ taken in")
    for imported in report.imported:
        lines.append(Line(taken, imported.path, _taken(imported), imported.source_ids[0]))
    there = translate("Import", "= already there")
    for path, source_id in report.duplicates:
        said = translate("Import", "The same file is a source of this archive.")
        lines.append(Line(there, path, said, source_id))
    hidden = translate("Import", "– left out")
    lines += [Line(hidden, path, translate("Import", "Hidden.")) for path in report.left_out]
    return lines


def _taken(imported: db.records.Imported) -> str:
    translate = QCoreApplication.translate
    parts = [
        translate("Import", "%n source(s)", "", len(imported.source_ids)),
        translate("Import", "%n passage(s)", "", imported.passages),
        translate("Import", "%n figure(s)", "", imported.figures),
    ]
    if imported.encoding:
        guess = "" if imported.encoding_is_sure else translate("Import", ", a guess")
        parts.append(f"{imported.encoding}{guess}")
    if imported.parts_proposed > 1 and len(imported.source_ids) == 1:
        parts.append(translate("Import", "seems to hold %n sources", "", imported.parts_proposed))
    parts += [wording.remark(remark, translate) for remark in imported.remarks]
    return ", ".join(parts)


def _state(file: File) -> str:
    translate = QCoreApplication.translate
    if file.refusal is not None:
        return "✕ " + wording.reason(file.refusal, translate)
    if not file.looked:
        return translate("Import", "looked at when chosen")
    parts = [translate("Import", "%n passage(s)", "", file.passages)]
    if len(file.parts) > 1:
        parts.append(translate("Import", "seems to hold %n sources", "", len(file.parts)))
    return ", ".join(parts)


def _encoding(file: File) -> str:
    if not file.encoding:
        return ""
    return file.encoding if file.encoding_is_sure else f"{file.encoding} ?"


_FILE_COLUMNS: tuple[Column[File], ...] = (
    Column(QT_TRANSLATE_NOOP("Columns", "File"), lambda file: Path(file.path).name,
           tip=lambda file: file.path),
    Column(QT_TRANSLATE_NOOP("Columns", "Size"), lambda file: _size(file.size), right=True),
    Column(QT_TRANSLATE_NOOP("Columns", "Encoding"), _encoding),
    Column(QT_TRANSLATE_NOOP("Columns", "What it seems to be"), _state),
)  # fmt: skip
_REPORT_COLUMNS: tuple[Column[Line], ...] = (
    Column(QT_TRANSLATE_NOOP("Columns", "Result"), lambda line: line.result),
    Column(QT_TRANSLATE_NOOP("Columns", "File"), lambda line: Path(line.path).name,
           tip=lambda line: line.path),
    Column(QT_TRANSLATE_NOOP("Columns", "What became of it"), lambda line: line.said),
)  # fmt: skip


def _size(size: int) -> str:
    from PySide6.QtCore import QLocale

    return QLocale().formattedDataSize(size, 1)


def _table(
    parent: QWidget, model: "PagedModel[File] | PagedModel[Line]", widths: Sequence[int]
) -> QTableView:
    view = QTableView(parent)
    view.setModel(model)
    view.setShowGrid(False)
    view.setAlternatingRowColors(True)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 8)
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setStretchLastSection(True)
    for section, width in enumerate(widths):
        view.setColumnWidth(section, width)
    return view


# -- on a thread of their own -----------------------------------------------------------------------


def _list(paths: Sequence[Path], archive: Path, progress: Progress) -> list[File]:
    from db import intake

    items, _hidden = intake.items(paths, None, archive)
    progress(1, 1, "")
    return [File(str(item.path), item.size, item.refusal) for item in items]


def _look(wanted: Sequence[tuple[int, File, str | None]], progress: Progress) -> dict[int, File]:
    """The files with what they seem to be; each is read in a process of its own, within limits."""
    from db import worker

    seen = {}
    reader = worker.Worker()
    try:
        for done, (number, file, encoding) in enumerate(wanted):
            progress(done, len(wanted), "")
            request = worker.read_request(Path(file.path), encoding)
            reply = reader.ask(request, SECONDS_FOR_A_LOOK, _Stop(progress))
            seen[number] = _seen(file, reply)
    finally:
        reader.close()
    return seen


class _Stop:
    """Asks the job's progress whether it should stop."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def __call__(self) -> bool:
        try:
            self._progress(0, 1, "")
        except Cancelled:
            return True
        return False


def _seen(file: File, reply: dict[str, object]) -> File:
    from db import worker

    try:
        document, blocks, parts, _sha256 = worker.document_of(reply)
    except Unreadable as refusal:
        return File(file.path, file.size, refusal, looked=True)
    return File(
        file.path,
        file.size,
        looked=True,
        media_type=document.media_type,
        encoding=document.encoding,
        encoding_is_sure=document.encoding_is_sure,
        passages=len(blocks),
        parts=parts,
        sample=document.text[:LONGEST_SAMPLE],
    )


def _import(
    archive: "Archive",
    progress: Progress,
    *,
    paths: Sequence[str],
    encodings: Mapping[str, str],
    split: Sequence[str],
) -> db.records.Report:
    from db import ingest

    return ingest.add(
        archive, paths, progress, encodings=encodings, split=bool(split), only_split=split or None
    )


def _extract(archive: "Archive", progress: Progress) -> int:
    from db import ingest

    return ingest.extract(archive, progress)


def _settle(archive: "Archive", *, keep: bool) -> None:
    from db import ingest

    for import_id, _started, _stored in ingest.unfinished(archive):
        if keep:
            ingest.keep(archive, import_id)
        else:
            ingest.discard(archive, import_id)
