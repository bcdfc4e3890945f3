"""Makes Qt's classes on the window's thread, before any other thread can meet one half made.

PySide makes each class when it is first named. One that a job's thread is making (the plot's
library names them all) has no converter yet for the window's thread, which then ends the program
without a word: measured, twice in 80 starts. Made at import they would cost the first paint a third
of its time; so they are made after it, a few at a turn of the event loop.
"""

import time
from collections.abc import Iterator
from types import ModuleType

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QObject, QTimer, Signal

SECONDS_A_TURN = 0.005


class QtClasses(QObject):
    """Makes the classes and says when none is left; made a second time it is quick."""

    made = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left = _unmade()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._make_some)

    def start(self) -> None:
        self._timer.start(0)

    def stop(self) -> None:
        """Make no more, and say nothing."""
        self._timer.stop()

    def _make_some(self) -> None:
        until = time.perf_counter() + SECONDS_A_TURN
        for module, name in self._left:
            getattr(module, name)
            if time.perf_counter() > until:
                return
        self._timer.stop()
        self.made.emit()


def _unmade() -> Iterator[tuple[ModuleType, str]]:
    for module in (QtCore, QtGui, QtWidgets):
        yield from ((module, name) for name in dir(module) if name not in vars(module))
