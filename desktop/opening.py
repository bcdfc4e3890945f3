"""Opening, making, closing, copying and checking archives, with what has to be asked of a person."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from db.errors import ArchiveInUse, ForeignArchive, MissingArchive
from desktop.jobs import Progress
from desktop.plain import Message
from desktop.session import Session

if TYPE_CHECKING:
    from db.archive import Archive
    from db.records import CheckResult

SUFFIX = ".muniment"
MILLISECONDS_TO_STOP = 5000


class Opening(QObject):
    """Leads from one open archive to another; says what it is waiting for and what went wrong."""

    told = Signal(str)  # a sentence for the welcome page; "" when all is well
    noted = Signal(str)  # a sentence for the status bar

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._after: Callable[[], None] | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(MILLISECONDS_TO_STOP)
        self._patience.timeout.connect(self._go_on)
        session.jobs.idle.connect(self._go_on)

    # -- which archive ----------------------------------------------------------------------------

    def open(self, path: Path) -> None:
        """Open the archive at `path` in place of the present one."""
        self.close_then(partial(self._open, path))

    def browse(self) -> None:
        title = self.tr("Open an Archive")
        kinds = self.tr("Archives (*.muniment);;All files (*)")
        chosen, _ = QFileDialog.getOpenFileName(self._window, title, self._folder(), kinds)
        if chosen:
            self._remember_folder(Path(chosen))
            self.open(Path(chosen))

    def new(self) -> bool:
        """Ask for a place and make an archive there; false if the person thought better of it."""
        title = self.tr("New Archive")
        kinds = self.tr("Archives (*.muniment)")
        proposed = str(Path(self._folder()) / self.tr("Archive.muniment"))
        # We never write over a file, so the dialog need not ask whether we may.
        no_question = QFileDialog.Option.DontConfirmOverwrite
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, title, proposed, kinds, options=no_question
        )
        if not chosen:
            return False
        path = Path(chosen)
        if path.suffix != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        self._remember_folder(path)
        if path.exists():
            said = self.tr("“{0}” is there already; choose another name.").format(path.name)
            self._show_message(said)
            return False
        self.close_then(partial(self._create, path))
        return True

    def ask_for_new(self) -> None:
        self.new()

    def sample_anew(self) -> None:
        """Throw the person's copy of the sample away and make it as it was, if they confirm."""
        message = Message(
            self._window,
            self.tr("Make the Sample Anew"),
            self.tr("Everything changed in your copy of the sample will be lost."),
        )
        message.setIcon(QMessageBox.Icon.Warning)
        go = message.addButton(self.tr("Make It Anew"), QMessageBox.ButtonRole.DestructiveRole)
        go.clicked.connect(lambda: self.close_then(self._make_sample))
        message.setDefaultButton(message.addButton(QMessageBox.StandardButton.Cancel))
        message.open()

    def sample(self) -> None:
        """Open the person's own copy of the sample, made at the first time."""
        self.close_then(self._open_sample)

    def close(self) -> None:
        self.close_then(lambda: self.told.emit(""))

    def close_then(self, after: Callable[[], None]) -> None:
        """Stop the jobs, at most 5 seconds, close the archive, and go on with `after`."""
        self._after = after
        if not self._session.is_open():
            # What runs without an archive holds none: it need not be waited for.
            self._session.jobs.cancel_all()
            self._after = None
            after()
            return
        if not self._session.jobs.running():
            self._go_on()
            return
        self._session.jobs.cancel_all()
        self.noted.emit(self.tr("Stopping what is under way…"))
        self._patience.start()

    def _go_on(self) -> None:
        if self._after is None:
            return
        if self._session.jobs.running() and self._patience.isActive():
            return
        after, self._after = self._after, None
        self._patience.stop()
        if self._session.jobs.running():
            # Closing under a statement that still runs would take the program down.
            self.noted.emit(self.tr("Something is still being stopped; please try again."))
            return
        self._session.close()
        after()

    def _open(self, path: Path, *, writable: bool = True, adopt: bool = False) -> None:
        self.told.emit(self.tr("Opening {0}…").format(path.name))
        failed = partial(self._refused, path)
        self._session.open(path, failed, writable=writable, adopt=adopt)

    def _create(self, path: Path) -> None:
        self._session.create(path, path.stem, self._fail)

    def _sample_path(self) -> Path:
        from db import known

        return known.folder() / self.tr("Sample.muniment")

    def _open_sample(self) -> None:
        path = self._sample_path()
        if path.exists():
            self._session.open(path, self._sample_refused)
        else:
            self._make_sample()

    def _sample_refused(self, error: Exception) -> None:
        self.told.emit(self._session.told(error))
        if not isinstance(error, ArchiveInUse):
            self.sample_anew()

    def _make_sample(self) -> None:
        self.told.emit(self.tr("Making the sample archive; this takes a moment…"))
        self._session.jobs.run_outside(
            partial(_make_sample, self._sample_path()),
            self._open,
            self._fail,
            title=self.tr("Making the sample archive"),
        )

    def _fail(self, error: Exception) -> None:
        self.told.emit(self._session.told(error))

    def _refused(self, path: Path, error: Exception) -> None:
        self.told.emit(self._session.told(error))
        if isinstance(error, MissingArchive):
            self._session.settings.forget_recent(path)
        if isinstance(error, ForeignArchive) and not error.facts["refused"]:
            self._ask_about(path, error, may_adopt=True)
        elif isinstance(error, ArchiveInUse):
            self._ask_about(path, error, may_adopt=False)

    def _ask_about(self, path: Path, error: Exception, *, may_adopt: bool) -> None:
        message = Message(self._window, self.tr("Open an Archive"), self._session.told(error))
        message.setIcon(QMessageBox.Icon.Question)
        read = message.addButton(self.tr("Open Read-Only"), QMessageBox.ButtonRole.AcceptRole)
        read.clicked.connect(lambda: self._open(path, writable=False))
        if may_adopt:
            adopt = message.addButton(self.tr("Make It Mine"), QMessageBox.ButtonRole.ActionRole)
            adopt.clicked.connect(lambda: self._open(path, adopt=True))
        message.addButton(QMessageBox.StandardButton.Cancel)
        message.setDefaultButton(read)
        message.open()

    # -- copies and checks ------------------------------------------------------------------------

    def back_up(self) -> None:
        archive = self._session.archive
        proposed = archive.path.with_name(self.tr("{0}, copy").format(archive.path.stem) + SUFFIX)
        title = self.tr("Back Up the Archive")
        kinds = self.tr("Archives (*.muniment)")
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, str(proposed), kinds)
        if chosen:
            self._session.jobs.run_long(
                self.tr("Backing up"),
                partial(_back_up, destination=Path(chosen)),
                self._backed_up,
                self._show_error,
            )

    def check(self) -> None:
        self._session.jobs.run_long(
            self.tr("Checking the archive"), _check, self._checked, self._show_error
        )

    def _backed_up(self, destination: Path) -> None:
        self.noted.emit(self.tr("Backed up to “{0}”.").format(destination.name))

    def _checked(self, results: "list[CheckResult]") -> None:
        wrong = [result for result in results if not result.ok]
        text = self.tr("Everything holds.")
        if wrong:
            text = self.tr("%n thing(s) do not hold.", "", len(wrong))
        lines = [
            f"{'✓' if result.ok else '✕'} {result.name}: {result.detail}" for result in results
        ]
        message = Message(self._window, self.tr("Check"), text, "\n".join(lines))
        message.setIcon(QMessageBox.Icon.Warning if wrong else QMessageBox.Icon.Information)
        message.setModal(False)
        message.show()

    def _show_error(self, error: Exception) -> None:
        self._show_message(self._session.told(error))

    def _show_message(self, text: str) -> None:
        message = Message(self._window, self.tr("Muniment"), text)
        message.setIcon(QMessageBox.Icon.Warning)
        message.setModal(False)
        message.show()

    def _folder(self) -> str:
        return self._session.settings.last_folder or str(Path.home())

    def _remember_folder(self, path: Path) -> None:
        self._session.settings.last_folder = str(path.parent)


def _make_sample(path: Path, progress: Progress) -> Path:
    from db import sample

    path.parent.mkdir(parents=True, exist_ok=True)
    # Whole or not at all: a sample that was interrupted is never taken for the sample.
    unfinished = path.with_name(f"unfinished {path.name}")
    unfinished.unlink(missing_ok=True)
    sample.write(unfinished, progress)
    unfinished.replace(path)
    return path


def _back_up(archive: "Archive", progress: Progress, *, destination: Path) -> Path:
    archive.backup(destination)
    progress(1, 1, "")
    return destination


def _check(archive: "Archive", progress: Progress) -> "list[CheckResult]":
    return archive.check(progress)
