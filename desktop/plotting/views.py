"""The views of a plot that a person has left, to go back to."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.plotting.framing import View

_MOST_VIEWS = 50
_PAUSE = 350  # ms: a wheel turns in many small steps, what counts is the view before the first


class Views(QObject):
    """Remembers views; moves by hand in quick succession are one."""

    settled = Signal()

    def __init__(self, now: Callable[[], View], parent: QObject) -> None:
        super().__init__(parent)
        self._now = now
        self._left: list[View] = []
        self._settled: View | None = None
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_PAUSE)
        self._settling.timeout.connect(self._settle)

    @property
    def can_go_back(self) -> bool:
        """Whether there is a view before this one."""
        return bool(self._left) or self._settling.isActive()

    def remember(self) -> None:
        """The view is about to be changed on purpose."""
        if not self._left or self._left[-1] != self._now():
            self._keep(self._now())

    def put(self) -> None:
        """The view is as it was wanted."""
        self._settled = self._now()

    def moved(self) -> None:
        """The view was moved by hand."""
        self._settling.start()

    def back(self) -> View | None:
        """The view before this one, which is then forgotten."""
        if self._settling.isActive():
            self._settling.stop()
            self._settle()
        return self._left.pop() if self._left else None

    def clear(self) -> None:
        """Nothing is left to go back to."""
        self._left.clear()

    def _keep(self, view: View) -> None:
        self._left.append(view)
        del self._left[:-_MOST_VIEWS]

    def _settle(self) -> None:
        if self._settled is not None and self._settled != self._now():
            self._keep(self._settled)
        self._settled = self._now()
        self.settled.emit()
