"""The annotations that a table lists as a file of their own, CSV or XLSX."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop import exported
from desktop.plain import shown
from desktop.session import Session
from desktop.wording import of_export

if TYPE_CHECKING:
    from db.exchange import Written


class AnnotationExport(QObject):
    """Asks where to, writes in a job, and says what was written and left out."""

    noted = Signal(str)

    def __init__(self, session: Session, panel: QWidget) -> None:
        super().__init__(panel)
        self._session = session
        self._panel = panel

    def ask(self, ids: Sequence[int]) -> None:
        """Ask for the file and write these annotations to it."""
        settings = self._session.settings
        chosen, kind = QFileDialog.getSaveFileName(
            self._panel,
            self.tr("Export These Annotations"),
            str(Path(settings.last_folder or Path.home()) / self.tr("annotations.csv")),
            self.tr("Table (*.csv);;Sheet (*.xlsx)"),
        )
        if not chosen:
            return
        settings.last_folder = str(Path(chosen).parent)
        path = Path(chosen)
        if not path.suffix:
            path = path.with_suffix(".xlsx" if "xlsx" in kind else ".csv")
        self.write(path, ids)

    def write(self, path: Path, ids: Sequence[int]) -> None:
        """Write these annotations, whole or not at all."""
        work = partial(exported.write_annotations, destination=path, ids=tuple(ids))
        title = self.tr("Exporting annotations")
        self._session.jobs.run_long(title, work, self._tell, self._fail)

    def _tell(self, written: "Written") -> None:
        said = self.tr("%n annotation(s) exported to “{0}”.", "", written.count)
        told = [said.format(shown(written.path.name))]
        told += of_export(written, QCoreApplication.translate)
        self.noted.emit(" ".join(told))

    def _fail(self, error: Exception) -> None:
        self.noted.emit(self._session.told(error))
