"""The plots of a report: a picture a kept series, drawn where Qt draws, on the window's thread."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QObject, QTimer, Signal

from desktop.report.blocks import Picture

if TYPE_CHECKING:
    from db.exchange.report import OfSeries

_WIDTH, _HEIGHT = 900, 560  # its letters are of the size of the text around it
_SCALE = 2  # some 280 dots to the inch on 16 cm
FEWEST = 2  # figures with a date that make a plot


def drawable(series: "Sequence[OfSeries]") -> "list[OfSeries]":
    """The series with figures enough to draw."""
    return [
        each
        for each in series
        if sum(kept.figure.date is not None for kept in each.figures) >= FEWEST
    ]


def draw(each: "OfSeries") -> Picture:
    """One series as a picture; some 0.2 s, and only on the window's thread."""
    from desktop.plotting.draw import Sheet
    from desktop.plotting.inks import paper_inks
    from desktop.plotting.state import Look

    sheet = Sheet(each.figures, each.name, Look(), paper_inks(), (_WIDTH, _HEIGHT))
    try:
        image = sheet.image(_SCALE)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        return Picture(bytes(buffer.data().data()), each.name)
    finally:
        sheet.close()


class Drawing(QObject):
    """Draws one series after another, with a turn of the window's loop between them."""

    drawn = Signal(object)  # {series id: Picture}

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: list[OfSeries] = []
        self._done: dict[int, Picture] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._step)

    def begin(self, series: "Sequence[OfSeries]") -> None:
        self._waiting, self._done = drawable(series), {}
        self._timer.start()

    def _step(self) -> None:
        if self._waiting:
            each = self._waiting.pop(0)
            self._done[each.id] = draw(each)
            return
        self._timer.stop()
        self.drawn.emit(self._done)


def drawn_at_once(
    series: "Sequence[OfSeries]", progress: Callable[[int, int, str], None] | None
) -> Mapping[int, Picture]:
    """All pictures, for the command line."""
    found = {}
    waiting = drawable(series)
    for at, each in enumerate(waiting):
        if progress is not None:
            progress(at, len(waiting), each.name)
        found[each.id] = draw(each)
    return found
