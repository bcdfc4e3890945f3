"""Findings follow the figures: some seconds after a change they are looked at in the background."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop import found
from desktop.session import Session

if TYPE_CHECKING:
    from db.upkeep import Upkeep

QUIET = 4_000  # milliseconds without news: a person at review decides once a second
_HEARS = frozenset({"figures", "sources", "texts"})


class FindingUpkeep(QObject):
    """Starts a look when the archive is quiet. Judgements are a person's and stay."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._upkeep: Upkeep | None = None
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET)
        self._quiet.timeout.connect(self.look)
        session.opened.connect(self._quiet.start)
        session.changed.connect(self._hear)
        session.closing.connect(self._forget)

    def look(self) -> None:
        """Look at what has changed, behind the long work that is under way."""
        self._quiet.stop()
        if not self._session.is_open() or not self._session.is_writable():
            return
        if self._upkeep is None:
            self._upkeep = found.upkeep()
        work = partial(found.keep_up, upkeep=self._upkeep)
        # Without a title: nobody waits for it, and the panels hear of what it wrote.
        self._session.jobs.run_long("", work, _say_nothing, self._fail, replaces="upkeep")

    def _hear(self, tables: frozenset[str]) -> None:
        if tables & _HEARS:
            self._quiet.start()

    def _forget(self) -> None:
        self._quiet.stop()
        self._upkeep = None

    def _fail(self, error: Exception) -> None:
        """A busy archive is no news to a person: the next change looks again. A bug is logged."""
        self._session.told(error)


def _say_nothing(_looked: bool) -> None:
    """The panels hear of what changed from the archive itself."""
