"""Jobs that must be done one after the other: decisions in the order in which they were made."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from db.errors import ArchiveError
from desktop.jobs import Ticket, Work
from desktop.session import Session


@dataclass(frozen=True, slots=True)
class _Step:
    make: Callable[[], Work[Any] | None]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]


class InTurn(QObject):
    """Runs one job at a time, the next when the one before has come home.

    Nothing is lost when the archive closes: what was not yet confirmed is then done at once, so
    the work must bear being done twice.
    """

    emptied = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._steps: deque[_Step] = deque()
        self._ticket: Ticket | None = None
        session.jobs.idle.connect(self._go_on)
        session.closing.connect(self._finish)

    def add(
        self,
        make: Callable[[], Work[Any] | None],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """When its turn comes, run what `make()` gives; None: it is not wanted any more."""
        self._steps.append(_Step(make, done, failed))
        self._go_on()

    def waiting(self) -> int:
        """How many are not confirmed yet."""
        return len(self._steps)

    def _go_on(self) -> None:
        if self._ticket is not None and not self._ticket.cancelled():
            return
        while self._steps and self._session.is_open():
            step = self._steps[0]
            work = step.make()
            if work is None:
                self._steps.popleft()
                continue
            # Among the quick ones, also where it takes 0.2 s: it must not wait for an import's end.
            self._ticket = self._session.jobs.run(work, self._land, self._fail)
            return
        self._ticket = None
        self.emptied.emit()

    def _land(self, result: Any) -> None:
        step = self._next()
        step.done(result)
        self._go_on()

    def _fail(self, error: Exception) -> None:
        step = self._next()
        step.failed(error)
        self._go_on()

    def _next(self) -> _Step:
        self._ticket = None
        return self._steps.popleft()

    def _finish(self) -> None:
        """The archive is about to close: do what is left here and now, a few milliseconds each."""
        self._ticket = None
        while self._steps:
            step = self._steps.popleft()
            work = step.make()
            if work is None:
                continue
            try:
                result = work(self._session.archive)
            except ArchiveError as error:
                step.failed(error)
            else:
                step.done(result)
