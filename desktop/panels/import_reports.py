"""The reports of the imports there were: which paths came in, which did not and why; printed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop import asked
from desktop.filter_line import EmptyState
from desktop.import_report import Reporting, as_blocks
from desktop.plain import shown
from desktop.session import Session
from desktop.showing import moment

if TYPE_CHECKING:
    from db.import_reports import KeptReport


class ImportReportsWindow(QDialog):
    """Shows the report of the import chosen; says which source was chosen in it."""

    source_chosen = Signal(int)
    noted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._reports: list[KeptReport] = []
        self.setWindowTitle(self.tr("Import Reports"))
        self._which = QComboBox(self)
        self._which.setAccessibleName(self.tr("Imports, the newest first"))
        self._reporting = Reporting(self)
        self._print = QPushButton(self.tr("&Print…"), self)
        self._print.setAutoDefault(False)
        self._empty = EmptyState(self)
        self._empty.say(
            self.tr("Nothing has been imported yet. Each import leaves its report here.")
        )
        page = QWidget(self)
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._which)
        inside.addWidget(self._reporting, 1)
        inside.addWidget(self._print, 0, Qt.AlignmentFlag.AlignLeft)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(page)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.addWidget(self._stack)
        self.resize(820, 520)
        self._which.currentIndexChanged.connect(self._choose)
        self._reporting.source_chosen.connect(self.source_chosen)
        self._reporting.closed.connect(self.reject)
        self._print.clicked.connect(lambda _checked: self.preview())
        session.closing.connect(self.reject)

    def open_reports(self) -> None:
        """Show the newest report."""
        self._session.jobs.run(asked.import_reports, self._show, self._fail, replaces="reports")
        self.show()
        self.raise_()
        self.activateWindow()

    def reporting(self) -> Reporting:
        return self._reporting

    def preview(self) -> None:
        """Show the pages of this report, to be printed."""
        from desktop.report.printing import Preview

        at = self._which.currentIndex()
        if 0 <= at < len(self._reports):
            kept = self._reports[at]
            title = self.tr("Import into “{0}”, {1}").format(
                shown(self._session.title), moment(kept.completed_at)
            )
            preview = Preview(as_blocks(title, kept.report), title, self)
            preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            preview.open()

    def _show(self, reports: "list[KeptReport]") -> None:
        self._reports = reports
        self._which.clear()
        for kept in reports:
            parts = [moment(kept.completed_at), self.tr("%n source(s)", "", kept.sources)]
            if kept.report.failed:
                parts.append(self.tr("%n not taken in", "", len(kept.report.failed)))
            parts += [kept.person] if kept.person else []
            self._which.addItem(" · ".join(parts))
        self._stack.setCurrentIndex(0 if reports else 1)

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self._reports):
            self._reporting.show_report(self._reports[at].report)

    def _fail(self, error: Exception) -> None:
        self.noted.emit(self._session.told(error))
