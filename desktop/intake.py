"""Ways in besides Import: what lies on the clipboard, folders that are watched; and past reports."""

import datetime
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.session import Session

if TYPE_CHECKING:
    from desktop.panels.import_reports import ImportReportsWindow
    from desktop.panels.watched import WatchedWindow


class Intake(QObject):
    """Finds what shall be looked at before it is taken in; takes nothing in itself."""

    found = Signal(list, object)  # paths, and the table that describes files, or None
    source_chosen = Signal(int)
    noted = Signal(str)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._folder: Path | None = None
        self._reports: ImportReportsWindow | None = None
        self._watched: WatchedWindow | None = None
        session.closing.connect(self._forget_pasted)

    def slots(self) -> dict[str, Callable[[], None]]:
        """What the commands do, by their id."""
        return {
            "import_table": self.choose_table,
            "paste_source": self.paste,
            "watched": self.show_watched,
            "import_reports": self.show_reports,
        }

    def choose_table(self) -> None:
        """Ask for a table that says which files to take in, and how each is described."""
        settings = self._session.settings
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Import by a Table"),
            settings.last_folder,
            self.tr("Tables of files ({0})").format("*.csv *.tsv *.txt"),
        )
        if chosen:
            settings.last_folder = str(Path(chosen).parent)
            self.found.emit([], Path(chosen))

    def paste(self) -> None:
        """Take what lies on the clipboard: files, a picture or words."""
        data = QGuiApplication.clipboard().mimeData()
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self.found.emit(paths, None)
        elif data.hasImage():
            path = self._place(".png")
            if QGuiApplication.clipboard().image().save(str(path)):
                self.found.emit([path], None)
        elif data.text().strip():
            path = self._place(".txt")
            # Half a pair of UTF-16 may lie on a clipboard.
            path.write_text(data.text(), "utf-8", errors="replace", newline="")
            self.found.emit([path], None)
        else:
            self.noted.emit(self.tr("There are no words, files or pictures on the clipboard."))

    def show_watched(self) -> None:
        self.watched_window().open_folders()

    def show_reports(self) -> None:
        self.reports_window().open_reports()

    def watched_window(self) -> "WatchedWindow":
        """The window of watched folders, made when it is first asked for."""
        if self._watched is None:
            from desktop.panels.watched import WatchedWindow

            self._watched = WatchedWindow(self._session, self._window)
            self._watched.paths_found.connect(lambda paths: self.found.emit(paths, None))
            self._watched.noted.connect(self.noted)
        return self._watched

    def reports_window(self) -> "ImportReportsWindow":
        """The window of past imports, made when it is first asked for."""
        if self._reports is None:
            from desktop.panels.import_reports import ImportReportsWindow

            self._reports = ImportReportsWindow(self._session, self._window)
            self._reports.source_chosen.connect(self.source_chosen)
            self._reports.noted.connect(self.noted)
        return self._reports

    def _place(self, suffix: str) -> Path:
        """A file for what was pasted, named by the moment; it lasts until the archive is closed."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="muniment-pasted-"))
        said = self.tr("Pasted {0}").format(f"{datetime.datetime.now():%Y-%m-%d %H.%M.%S}")
        place = self._folder / f"{said}{suffix}"
        number = 1
        while place.exists():
            number += 1
            place = self._folder / f"{said} ({number}){suffix}"
        return place

    def _forget_pasted(self) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None
