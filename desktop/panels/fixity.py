"""The checks of the originals: when all were read against their SHA-256, and what was found."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import held, showing
from desktop.filter_line import EmptyState
from desktop.models.paged import Column, PagedModel
from desktop.plain import QT_TRANSLATE_NOOP, shown
from desktop.row_table import choose_row, table
from desktop.session import Session
from desktop.showing import moment

if TYPE_CHECKING:
    from db.originals import FixityCheck


def _found(check: "FixityCheck") -> str:
    if not check.wrong:
        return QCoreApplication.translate("Fixity", "✓ all as they were")
    return QCoreApplication.translate("Fixity", "✕ %n not as it was", "", len(check.wrong))


_COLUMNS: "tuple[Column[FixityCheck], ...]" = (
    Column(QT_TRANSLATE_NOOP("Columns", "Checked"), lambda each: moment(each.at)),
    Column(
        QT_TRANSLATE_NOOP("Columns", "Originals"),
        lambda each: showing.count(each.originals),
        right=True,
    ),
    Column(QT_TRANSLATE_NOOP("Columns", "Found"), _found),
    Column(QT_TRANSLATE_NOOP("Columns", "By"), lambda each: each.person or ""),
)


class FixityWindow(QDialog):
    """Lists the checks with their reports, and makes a new one."""

    noted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._checks: dict[int, FixityCheck] = {}
        self.setWindowTitle(self.tr("Check Originals"))
        self._model: PagedModel[FixityCheck] = PagedModel(_COLUMNS, self._fetch, None, self)
        self._table = table(self, self._model, (190, 90, 200))
        self._table.setAccessibleName(self.tr("Checks, the newest first"))
        self._report = QPlainTextEdit(self)
        self._report.setReadOnly(True)
        self._report.setAccessibleName(self.tr("Report of the check"))
        self._empty = EmptyState(self)
        both = QSplitter(self)
        both.setOrientation(Qt.Orientation.Vertical)
        both.addWidget(self._table)
        both.addWidget(self._report)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(both)
        self._stack.addWidget(self._empty)
        self._check = QPushButton(self.tr("Check Now"), self)
        self._check.setDefault(True)
        self._copy = QPushButton(self.tr("Copy Report"), self)
        self._copy.setAutoDefault(False)
        close = QPushButton(self.tr("Close (Esc)"), self)
        close.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (self._check, self._copy, close):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(self._stack, 1)
        layout.addLayout(foot)
        self.resize(640, 440)
        self._empty.say(
            self.tr(
                "The originals have not been checked yet. A check reads each one against the "
                "SHA-256 it had when it came in, and keeps what it found with the date."
            )
        )
        self._table.selectionModel().currentChanged.connect(self._choose)
        self._check.clicked.connect(self._begin)
        self._copy.clicked.connect(self._copy_report)
        close.clicked.connect(self.reject)
        session.closing.connect(self.reject)
        session.changed.connect(self._hear)

    def open_checks(self) -> None:
        """Show the checks that were made."""
        self._ask()
        self.show()
        self.raise_()
        self.activateWindow()

    def check(self) -> None:
        self._check.click()

    def report(self) -> str:
        """The report of the check chosen, as text."""
        return self._report.toPlainText()

    # -- inside -----------------------------------------------------------------------------------

    def _hear(self, tables: frozenset[str]) -> None:
        if self.isVisible() and "fixity_checks" in tables:
            self._ask()

    def _ask(self) -> None:
        self._session.jobs.run(held.checks, self._show, self._fail, replaces="fixity checks")

    def _show(self, checks: "list[FixityCheck]") -> None:
        self._checks = {check.id: check for check in checks}
        self._model.show([check.id for check in checks])
        self._stack.setCurrentIndex(0 if checks else 1)
        self._check.setEnabled(self._session.is_writable())
        self._copy.setEnabled(bool(checks))
        if checks:
            choose_row(self._table, 0)
        else:
            self._report.clear()

    def _fetch(self, ids: Sequence[int]) -> "dict[int, FixityCheck]":
        return {each: self._checks[each] for each in ids if each in self._checks}

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        check = self._model.record(index.row())
        self._report.setPlainText(self._told(check) if check is not None else "")

    def _told(self, check: "FixityCheck") -> str:
        said = self.tr("Archive “{0}”, checked {1}").format(
            shown(self._session.title), moment(check.at)
        )
        lines = [f"{said}, {check.person}" if check.person else said]
        lines.append(self.tr("%n original(s) read against SHA-256.", "", check.originals))
        if not check.wrong:
            lines.append(self.tr("All are the files that were taken in."))
        problems = {
            "changed": self.tr("✕ is not the file that was taken in"),
            "missing": self.tr("✕ is not kept in the archive, and not where it was"),
        }
        for each in check.wrong:
            problem = problems.get(each.problem, each.problem)
            place = f" ({shown(each.path)})" if each.path else ""
            lines.append(f"{shown(each.file_name)}: {problem}{place}")
        return "\n".join(lines)

    def _begin(self) -> None:
        self._check.setEnabled(False)
        title = self.tr("Checking originals")
        self._session.jobs.run_long(title, held.check, self._end, self._fail)

    def _end(self, check: "FixityCheck") -> None:
        self._ask()
        self.noted.emit(_found(check))

    def _copy_report(self) -> None:
        QGuiApplication.clipboard().setText(self.report())

    def _fail(self, error: Exception) -> None:
        self._check.setEnabled(self._session.is_writable())
        self.noted.emit(self._session.told(error))
