"""Originals opened in their own program, written out byte for byte, and checked."""

import shutil
import stat
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from desktop import held
from desktop.describing import Describing
from desktop.plain import Message, shown
from desktop.session import Session

if TYPE_CHECKING:
    from db.originals import Original, Written
    from desktop.panels.fixity import FixityWindow

# Kinds that are looked at. Others might be run by the system instead: they are only written out.
OPENED = frozenset((
    ".txt", ".md", ".csv", ".tsv", ".log", ".srt", ".vtt", ".json", ".jsonl", ".xml", ".ead", ".tei",
    ".rtf", ".doc", ".docx", ".odt", ".ods", ".odp", ".xls", ".xlsx", ".pptx", ".pdf", ".epub", ".png",
    ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".webp", ".bmp", ".jp2", ".mbox", ".zip",
))  # fmt: skip
# Kinds whose program loads what they ask for from the network.
LOADING = frozenset([".html", ".htm", ".xhtml", ".mhtml", ".mht", ".svg", ".eml"])


class Originals(QObject):
    """Does what is asked about the originals of the sources chosen."""

    noted = Signal(str)

    def __init__(self, session: Session, describing: Describing, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._describing = describing
        self._window = window
        self._folder: Path | None = None
        self._fixity: FixityWindow | None = None
        session.closing.connect(self._forget_copies)

    def slots(self) -> dict[str, Callable[[], None]]:
        """What the commands do, by their id."""
        return {
            "open_original": self.open,
            "export_original": self.export,
            "check_originals": self.show_checks,
        }

    def open(self) -> None:
        """Open a private copy of the one original chosen in its own program."""
        ids = self._describing.chosen()
        if len(ids) != 1:
            self.noted.emit(self.tr("Choose one source to open its original."))
            return
        work = partial(held.original, source_id=ids[0])
        self._session.jobs.run(work, partial(self._look, ids[0]), self._fail)

    def export(self) -> None:
        """Ask where to, and write the originals of the sources chosen there."""
        ids = self._describing.chosen()
        if len(ids) == 1:
            work = partial(held.original, source_id=ids[0])
            self._session.jobs.run(work, partial(self._ask_file, ids[0]), self._fail)
        elif ids:
            title = self.tr("Export Originals to a Folder")
            folder = self._session.settings.last_folder
            chosen = QFileDialog.getExistingDirectory(self._window, title, folder)
            self.write(ids, chosen)

    def write(self, ids: tuple[int, ...], destination: str) -> None:
        """Write originals to a folder, or one to a file; nothing where none was named."""
        if not destination:
            return
        path = Path(destination)
        self._session.settings.last_folder = str(path if path.is_dir() else path.parent)
        work = partial(held.export, source_ids=ids, destination=path)
        title = self.tr("Exporting originals")
        self._session.jobs.run_long(title, work, self._say_written, self._fail)

    def show_checks(self) -> None:
        self.fixity_window().open_checks()

    def fixity_window(self) -> "FixityWindow":
        """The window of fixity checks, made when it is first asked for."""
        if self._fixity is None:
            from desktop.panels.fixity import FixityWindow

            self._fixity = FixityWindow(self._session, self._window)
            self._fixity.noted.connect(self.noted)
        return self._fixity

    # -- inside -----------------------------------------------------------------------------------

    def _look(self, source_id: int, original: "Original | None") -> None:
        if original is None:
            self.noted.emit(self.tr("This source came from no file: there is no original."))
            return
        suffix = Path(original.file_name).suffix.lower()
        if suffix in OPENED:
            self._copy(source_id)
        elif suffix in LOADING:
            self._ask_first(source_id, original)
        else:
            said = self.tr("“{0}” is of a kind that is not opened from here; export it instead.")
            self.noted.emit(said.format(shown(original.file_name)))

    def _ask_first(self, source_id: int, original: "Original") -> None:
        message = Message(
            self._window,
            self.tr("Open Original"),
            self.tr("Open “{0}” in its own program?").format(shown(original.file_name)),
            self.tr("That program may load from the network what the file asks for."),
        )
        message.setObjectName("open_original")
        message.setIcon(QMessageBox.Icon.Question)
        go = message.addButton(self.tr("Open"), QMessageBox.ButtonRole.AcceptRole)
        go.clicked.connect(lambda _checked: self._copy(source_id))
        message.setDefaultButton(message.addButton(QMessageBox.StandardButton.Cancel))
        message.open()

    def _copy(self, source_id: int) -> None:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="muniment-original-"))
        work = partial(held.private_copy, source_id=source_id, folder=self._folder)
        self._session.jobs.run(work, self._start, self._fail)

    def _start(self, copy: Path) -> None:
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))):
            self.noted.emit(self.tr("Opened a copy; the original stays as it is."))
        else:
            self.noted.emit(self.tr("No program was found for this kind of file."))

    def _ask_file(self, source_id: int, original: "Original | None") -> None:
        if original is None:
            self.noted.emit(self.tr("This source came from no file: there is no original."))
            return
        place = Path(self._session.settings.last_folder) / held.name_for(original)
        title = self.tr("Export Original")
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, str(place))
        self.write((source_id,), chosen)

    def _say_written(self, written: "Written") -> None:
        said = self.tr("%n original(s) written, byte for byte.", "", len(written.paths))
        if written.restricted:
            said += " " + self.tr("%n restricted left out.", "", written.restricted)
        self.noted.emit(said)

    def _forget_copies(self) -> None:
        if self._folder is None:
            return
        folder, self._folder = self._folder, None
        for copy in folder.rglob("*"):
            copy.chmod(stat.S_IRWXU)  # Windows removes nothing that is read-only
        shutil.rmtree(folder, ignore_errors=True)  # a program may still hold one

    def _fail(self, error: Exception) -> None:
        self.noted.emit(self._session.told(error))
