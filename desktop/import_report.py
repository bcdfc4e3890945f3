"""The last page of the import window: every path asked for, with what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from db.errors import ArchiveError
from db.records import Imported, Report
from desktop import wording
from desktop.filter_line import FilterLine
from desktop.models.paged import Column, PagedModel, RecordRole
from desktop.plain import QT_TRANSLATE_NOOP, Label
from desktop.row_table import table

if TYPE_CHECKING:
    from desktop.report.blocks import Block


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report."""

    result: str
    path: str
    said: str
    source_id: int | None = None


class Reporting(QWidget):
    """Every path asked for, with what became of it."""

    source_chosen = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self._head = Label("", self).wrapped()
        self._filter = FilterLine(self.tr("Filter the report"), self)
        self._model: PagedModel[Line] = PagedModel(LINES, self._some, None, self)
        self._table = table(self, self._model, (140, 240))
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

    def show_report(self, report: Report) -> None:
        self._lines = report_lines(report)
        self._head.setText(summed_up(report))
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


def summed_up(report: Report) -> str:
    """The report in one line."""
    translate = QCoreApplication.translate
    sources = sum(len(imported.source_ids) for imported in report.imported)
    passages = sum(imported.passages for imported in report.imported)
    figures = sum(imported.figures for imported in report.imported)
    parts = [
        translate("Import", "%n source(s) taken in", "", sources),
        translate("Import", "%n passage(s)", "", passages),
    ]
    if figures:
        parts.append(translate("Import", "%n figure(s)", "", figures))
    if report.duplicates:
        parts.append(translate("Import", "%n file(s) already there", "", len(report.duplicates)))
    if report.failed:
        parts.append(translate("Import", "%n file(s) not taken in", "", len(report.failed)))
    return " · ".join(parts)


def as_blocks(title: str, report: Report) -> "list[Block]":
    """The report as it is printed."""
    from desktop.report.blocks import Grid, Heading, Paragraph

    names = tuple(QCoreApplication.translate("Columns", column.title) for column in LINES)
    rows = tuple((line.result, line.path, line.said) for line in report_lines(report))
    return [Heading(title, 0), Paragraph(summed_up(report)), Grid(names, rows)]


def report_lines(report: Report) -> list[Line]:
    """The report as lines, what failed first: that is what a person must look at."""
    translate = QCoreApplication.translate
    lines = []
    failed = translate("Import", "✕ not taken in")
    for path, error in report.failed:
        said = wording.describe(error, translate) if isinstance(error, ArchiveError) else str(error)
        lines.append(Line(failed, path, said))
    taken = translate("Import", "✓ taken in")
    for imported in report.imported:
        source_id = next(iter(imported.source_ids), None)
        lines.append(Line(taken, imported.path, _taken(imported), source_id))
    there = translate("Import", "= already there")
    for path, source_id in report.duplicates:
        said = translate("Import", "The same file is a source of this archive.")
        lines.append(Line(there, path, said, source_id))
    hidden = translate("Import", "– left out")
    lines += [Line(hidden, path, translate("Import", "Hidden.")) for path in report.left_out]
    return lines


def _taken(imported: Imported) -> str:
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


LINES: tuple[Column[Line], ...] = (
    Column(QT_TRANSLATE_NOOP("Columns", "Result"), lambda line: line.result),
    Column(QT_TRANSLATE_NOOP("Columns", "File"), lambda line: Path(line.path).name,
           tip=lambda line: line.path),
    Column(QT_TRANSLATE_NOOP("Columns", "What became of it"), lambda line: line.said),
)  # fmt: skip
