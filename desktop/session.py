"""What the panels share: the open archive, its jobs, the one selection, and the news of changes."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot

from db.errors import ArchiveError
from desktop import wording
from desktop.jobs import Jobs, Progress, Ticket, report_bug
from desktop.selection import Selection
from desktop.settings import Settings

if TYPE_CHECKING:
    from db.archive import Archive

# An import commits many times a second; panels need not ask again each time.
MILLISECONDS_BETWEEN_NEWS = 300
# How long a read on the window's thread may wait for a lock before it shows a placeholder.
PATIENCE = 0.02


class Session(QObject):
    """One archive at a time, from opening to closing. Owns no widget and words no dialog."""

    opened = Signal()
    closing = Signal()
    changed = Signal(object)  # frozenset of table names

    _heard = Signal(object)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.jobs = Jobs(self)
        self.selection = Selection(self)
        self.title = ""
        self._unsubscribe: Callable[[], None] | None = None
        self._news: set[str] = set()
        self._news_timer = QTimer(self)
        self._news_timer.setSingleShot(True)
        self._news_timer.setInterval(MILLISECONDS_BETWEEN_NEWS)
        self._news_timer.timeout.connect(self._tell_news)
        self._heard.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    @property
    def archive(self) -> "Archive":
        """The open archive; a mistake to ask for while none is open."""
        if self.jobs.archive is None:
            raise RuntimeError("no archive is open")
        return self.jobs.archive

    def is_open(self) -> bool:
        return self.jobs.archive is not None

    def is_writable(self) -> bool:
        return self.jobs.archive is not None and not self.jobs.archive.read_only

    def open(
        self,
        path: Path,
        failed: Callable[[Exception], None],
        *,
        writable: bool = True,
        adopt: bool = False,
    ) -> Ticket:
        """Open the archive at `path` in a job; `opened` follows, or `failed(error)`."""
        work = partial(_open, path, writable, adopt)
        return self.jobs.run_outside(work, self._take, failed, replaces="open")

    def create(self, path: Path, title: str, failed: Callable[[Exception], None]) -> Ticket:
        """Make an archive at `path` in a job; `opened` follows, or `failed(error)`."""
        work = partial(_create, path, title)
        return self.jobs.run_outside(work, self._take, failed, replaces="open")

    def sign_as(self, name: str) -> None:
        """Sign every change with `name` from now on, in this archive and those opened later."""
        self.settings.person = name
        if self.jobs.archive is not None:
            self.jobs.archive.person = name

    def close(self) -> None:
        """Close the archive. Its jobs must be over: see `Jobs.idle`."""
        archive = self.jobs.archive
        if archive is None:
            return
        self.closing.emit()
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._unsubscribe = None
        self._news_timer.stop()
        self._news.clear()
        self.jobs.archive = None
        self.selection.clear()
        self.title = ""
        archive.close()

    def told(self, error: Exception) -> str:
        """`error` in one sentence; one that is a bug is also handed to the exception window."""
        if isinstance(error, ArchiveError):
            return wording.describe(error, QCoreApplication.translate)
        report_bug(error)
        return self.tr("Something went wrong that should not have; the details are in the log.")

    @Slot(object)
    def _take(self, opened: "tuple[Archive, str]") -> None:
        archive, title = opened
        self.jobs.archive = archive
        archive.person = self.settings.person
        self.title = title
        # A bound signal keeps only this object alive, and this object outlives the archive.
        self._unsubscribe = archive.on_change(self._heard.emit)
        self.settings.add_recent(archive.path)
        self.opened.emit()

    @Slot(object)
    def _hear(self, tables: frozenset[str]) -> None:
        self._news |= tables
        if not self._news_timer.isActive():
            self._news_timer.start()

    @Slot()
    def _tell_news(self) -> None:
        news, self._news = frozenset(self._news), set()
        if news and self.is_open():
            self.changed.emit(news)


def _open(path: Path, writable: bool, adopt: bool, _progress: Progress) -> "tuple[Archive, str]":
    from db.archive import Archive

    archive = Archive.open(path, writable=writable, adopt=adopt)
    return archive, archive.title or path.stem


def _create(path: Path, title: str, _progress: Progress) -> "tuple[Archive, str]":
    from db.archive import Archive

    archive = Archive.create(path, title)
    return archive, archive.title or path.stem
