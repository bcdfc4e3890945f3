"""A panel over rows of the archive: asks when it is first seen, and again when they change."""

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.session import Session


class AskingPanel(QWidget):
    """What list panels share. Each says which tables it hears of, asks, shows and clears.

    A hidden panel asks for nothing: it only remembers that what it shows is out of date.
    """

    noted = Signal(str)
    HEARS: ClassVar[frozenset[str]]

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._is_asked = False

    def reload(self) -> None:
        """Ask if that has not been done: when the panel is first looked at."""
        if not self._is_asked and self._session.is_open():
            self._ask()

    def clear(self) -> None:
        """Show nothing: no archive is open."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    def _begin(self) -> None:
        """Clear, and listen from now on; called when the panel is built."""
        self.clear()
        self._session.opened.connect(self._forget)
        self._session.closing.connect(self.clear)
        self._session.changed.connect(self._hear)

    def _ask(self) -> None:
        """Start the job that brings the rows."""
        raise NotImplementedError

    def _hear(self, tables: frozenset[str]) -> None:
        if tables & self.HEARS:
            self._forget()

    def _forget(self) -> None:
        self._is_asked = False
        if self.isVisible():
            self.reload()

    def _fail(self, error: Exception) -> None:
        self.noted.emit(self._session.told(error))

    def _run(self, work: Callable[..., Any]) -> None:
        """Change something in a job, and ask anew."""
        self._session.jobs.run(work, lambda _done: self._ask(), self._fail)


def without_state(slot: Callable[[], None], _checked: bool = False) -> None:
    """For `clicked` and `triggered`, which tell a state that `slot` does not want."""
    slot()
