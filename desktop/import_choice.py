"""The first page of the import window: the files, what they seem to be, and the choices for each."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QModelIndex, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import looking, wording
from desktop.check_box import CheckBox
from desktop.filter_line import FilterLine
from desktop.looking import Alike, File
from desktop.models.paged import Column, PagedModel
from desktop.plain import QT_TRANSLATE_NOOP, Label, shown
from desktop.row_table import choose_row, table
from desktop.session import Session

# More are looked at when they are selected: a folder of 50,000 must not be read twice.
LOOKED_AT = 40
LONGEST_LOOKED_AT = 20_000_000

ENCODINGS = (
    "utf-8", "utf-16-le", "utf-16-be", "windows-1252", "windows-1250", "windows-1251", "koi8-r",
    "cp866", "iso8859-2", "iso8859-5", "windows-1254", "windows-1257", "mac-roman", "gb18030",
    "big5", "shift_jis", "euc_jp", "iso-2022-jp", "euc-kr",
)  # fmt: skip


class Choosing(QWidget):
    """The files, what they seem to be, and the choices for each."""

    import_requested = Signal(list, dict, list)
    cancelled = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._files: list[File] = []
        self._encodings: dict[str, str] = {}
        self._split: set[str] = set()
        self._described_by: Path | None = None
        self._filter = FilterLine(self.tr("Filter files"), self)
        self._model: PagedModel[File] = PagedModel(FILES, self._some, None, self)
        self._table = table(self, self._model, (230, 80, 90, 80, 190))
        self._table.setAccessibleName(self.tr("Files to take in"))
        self._about = Label("", self).wrapped()
        self._sample = QPlainTextEdit(self)
        self._sample.setReadOnly(True)
        self._sample.setAccessibleName(self.tr("How the file begins"))
        self._sample.setMaximumHeight(110)
        self._encoding = QComboBox(self)
        self._encoding.setAccessibleName(self.tr("Encoding"))
        self._encoding.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._encoding_label = Label(self.tr("&Encoding:"), self)
        self._encoding_label.setBuddy(self._encoding)
        self._parts = CheckBox("", self)
        self._keep = CheckBox(self.tr("&Keep the files in the archive"), self)
        self._keep.setToolTip(
            self.tr("Without it the archive keeps what they say, their checksum and where they lie")
        )
        self._count = Label("", self)
        self._go = QPushButton(self.tr("Import"), self)
        self._go.setDefault(True)
        self._leave = QPushButton(self.tr("&Leave Out"), self)
        self._leave.setToolTip(self.tr("Do not take this file in (Delete)"))
        cancel = QPushButton(self.tr("Cancel"), self)
        choice = QHBoxLayout()
        choice.addWidget(self._encoding_label)
        choice.addWidget(self._encoding)
        choice.addSpacing(12)
        choice.addWidget(self._parts)
        choice.addStretch(1)
        choice.addWidget(self._leave)
        foot = QHBoxLayout()
        foot.addWidget(self._count, 1)
        foot.addWidget(self._keep)
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
        self._leave.clicked.connect(lambda _checked: self.leave_out())
        self._go.clicked.connect(self._ask)
        cancel.clicked.connect(self.cancelled)

    def show_paths(self, paths: Sequence[Path], table: Path | None = None) -> None:
        """Look at files, and at what a table of them says; without paths, at all it names."""
        self.forget()
        self._described_by = table
        self._count.setText(self.tr("Looking at the files…"))
        self._go.setEnabled(False)
        work = partial(looking.files, tuple(paths), self._session.archive.path, table=table)
        self._session.jobs.run_outside(work, self._show, self._fail, replaces="import look")

    def described_by(self) -> Path | None:
        """The table that describes the files, if there is one."""
        return self._described_by

    def keeps_files(self) -> bool:
        """Whether the archive shall hold the files themselves."""
        return self._keep.isChecked()

    def leave_out(self) -> None:
        """Take the file chosen off the list."""
        file = self._current()
        if file is None:
            return
        row = self._table.currentIndex().row()
        self._files = [each for each in self._files if each is not file]
        self._narrow(self._filter.text())
        # Of a table without a file left an import would take all that it names.
        self._go.setEnabled(any(each.path for each in self._files))
        if self._model.rowCount():
            choose_row(self._table, min(row, self._model.rowCount() - 1))
        else:
            self._show_choices(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Delete) and self._leave.isVisible():
            self.leave_out()
        else:
            super().keyPressEvent(event)

    def forget(self) -> None:
        self._keep.setChecked(True)
        self._files, self._encodings, self._split = [], {}, set()
        self._model.show(())
        self._filter.set_quietly("")
        self._show_choices(None)

    def _show(self, files: list[File]) -> None:
        self._files = files
        self._narrow("")
        self._go.setEnabled(bool(files))
        if files:
            choose_row(self._table, 0)
            self._go.setFocus()
        sound = [n for n, file in enumerate(files) if file.refusal is None and file.path]
        self._look(sound[:LOOKED_AT])
        work = partial(looking.same, paths=tuple(files[n].path for n in sound))
        self._session.jobs.run(work, self._mark, self._fail, replaces="import same")

    def _look(self, numbers: Sequence[int]) -> None:
        wanted = tuple(
            (n, self._files[n], self._encodings.get(self._files[n].path))
            for n in numbers
            if self._files[n].path and self._files[n].size <= LONGEST_LOOKED_AT
        )
        if wanted:
            work = partial(looking.look, wanted)
            self._session.jobs.run_outside(work, self._looked, self._fail)

    def _looked(self, seen: dict[int, File]) -> None:
        by_path = {file.path: file for file in seen.values()}
        if not any(file.path in by_path for file in self._files):
            return  # of the list before
        for number, file in enumerate(self._files):
            if file.path in by_path:
                # A proposal of parts is shown, and taken only if a person ticks it.
                self._files[number] = replace(by_path[file.path], alike=file.alike)
        self._renew()
        some = [each for each in self._files if each.path in by_path and each.alike is None]
        if some:
            others = tuple(each for each in self._files if each.runs)
            work = partial(looking.alike, wanted=tuple(some), others=others)
            self._session.jobs.run(work, self._mark, self._fail)

    def _mark(self, found: dict[str, Alike]) -> None:
        """Say of files what they are already, or are much like."""
        for number, file in enumerate(self._files):
            if file.path in found and not _is_here(file):
                self._files[number] = replace(file, alike=found[file.path])
        if found:
            self._renew()

    def _renew(self) -> None:
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
        here = sum(_is_here(file) for file in self._files)
        if here:
            said += ", " + self.tr("%n of them here already", "", here)
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
        # A description without a file comes along with its table.
        self._leave.setVisible(file is not None and bool(file.path))
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
        self._about.setText(_described(file))
        if not file.encoding_is_sure and not chosen:
            guess = self.tr("The encoding is a guess: look whether the beginning below reads well.")
            self._about.setText(f"{_described(file)}\n{guess}")
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
        paths = [file.path for file in self._files if file.path]
        self.import_requested.emit(paths, dict(self._encodings), sorted(self._split))


def _is_here(file: File) -> bool:
    return file.alike is not None and file.alike.is_exact


def _resembling(alike: Alike) -> str:
    translate = QCoreApplication.translate
    share = f"{alike.share:.0%}"
    if alike.is_file:
        return translate("Import", "≈ {0} like the file “{1}”").format(share, shown(alike.title))
    if alike.is_exact:
        return translate("Import", "= here already: “{0}”").format(shown(alike.title))
    return translate("Import", "≈ {0} like “{1}”").format(share, shown(alike.title))


def _described(file: File) -> str:
    """What the file would be described with."""
    translate = QCoreApplication.translate
    parts = (
        (translate("Import", "Title: {0}"), file.title),
        (translate("Import", "Creator: {0}"), file.creator),
        (translate("Import", "Date: {0}"), file.date),
        (translate("Import", "Language: {0}"), file.language),
        (translate("Import", "Format: {0}"), file.media_type),
    )
    said = " · ".join(said.format(shown(value)) for said, value in parts if value)
    return f"{_resembling(file.alike)}\n{said}" if file.alike is not None else said


def _state(file: File) -> str:
    translate = QCoreApplication.translate
    if file.refusal is not None:
        return "✕ " + wording.reason(file.refusal, translate)
    if not file.path:
        return translate("Import", "a description without a file")
    if not file.looked:
        said = translate("Import", "looked at when chosen")
        return _resembling(file.alike) if file.alike is not None else said
    parts = [_resembling(file.alike)] if file.alike is not None else []
    parts.append(translate("Import", "%n passage(s)", "", file.passages))
    if len(file.parts) > 1:
        parts.append(translate("Import", "seems to hold %n sources", "", len(file.parts)))
    return ", ".join(parts)


def _encoding(file: File) -> str:
    if not file.encoding:
        return ""
    return file.encoding if file.encoding_is_sure else f"{file.encoding} ?"


def _size(size: int) -> str:
    return QLocale().formattedDataSize(size, 1)


FILES: tuple[Column[File], ...] = (
    Column(QT_TRANSLATE_NOOP("Columns", "File"), lambda file: Path(file.path).name or "–",
           tip=lambda file: file.path),
    Column(QT_TRANSLATE_NOOP("Columns", "Size"), lambda file: _size(file.size)),
    Column(QT_TRANSLATE_NOOP("Columns", "Encoding"), _encoding),
    Column(QT_TRANSLATE_NOOP("Columns", "Language"), lambda file: file.language or ""),
    Column(QT_TRANSLATE_NOOP("Columns", "Proposed title"), lambda file: file.title,
           tip=_described),
    Column(QT_TRANSLATE_NOOP("Columns", "What it seems to be"), _state),
)  # fmt: skip
