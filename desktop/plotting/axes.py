"""The axes of a plot: time below, values on the left and, on demand, others on the right."""

from typing import TYPE_CHECKING, Any

import pyqtgraph
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from desktop.plotting.ticks import Ticks, Unit, log_ticks, time_ticks, value_ticks

if TYPE_CHECKING:
    from desktop.plotting.setting import Reader


_OF_NAMES = 0.36  # of the width of a plot: what names on its left may take


class _PlainAxis(pyqtgraph.AxisItem):  # type: ignore[misc]
    """An axis whose ticks are worked out by a function of ours; it never adds SI prefixes.

    With a `reader` it is that which tells where the ticks are and what stands there.
    """

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self.enableAutoSIPrefix(False)
        self.setStyle(tickTextOffset=6, maxTickLevel=1, autoExpandTextSpace=True)
        self._labels: dict[float, str] = {}
        self._known: tuple[tuple[object, ...], Ticks] | None = None
        self.is_vector = False
        self.has_names = False  # which are cut where they would leave no room for the plot
        self.reader: Reader | None = None

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        if not self.is_vector:
            super().paint(painter, option, widget)
            return
        # The base class plays a QPicture, which scales its text by the resolution of the page.
        specification = self.generateDrawSpecs(painter)
        if specification is not None:
            self.drawPicture(painter, *specification)

    def set_font(self, font: QFont) -> None:
        """Use `font` for the labels."""
        self.setTickFont(font)

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        ticks = self.ticks(low, high, size)
        self._labels = dict(zip(ticks.places, ticks.labels, strict=True))
        # The spacings only tell the levels apart; tickStrings looks the labels up.
        return [(1.0, list(ticks.places)), (0.5, list(ticks.minor))]

    def tickStrings(self, places: list[float], scale: float, spacing: float) -> list[str]:
        labels = [self._labels.get(place, "") for place in places]
        view = self.getViewWidget()
        if not self.has_names or view is None:
            return labels
        metrics, elided = QFontMetricsF(self._font()), Qt.TextElideMode.ElideRight
        return [metrics.elidedText(label, elided, view.width() * _OF_NAMES) for label in labels]

    def ticks(self, low: float, high: float, size: float) -> Ticks:
        """The ticks for this range on `size` pixels; also the layer draws its grid at them."""
        key = (low, high, size, self._kind(), self.style["tickFont"])
        if self._known is None or self._known[0] != key:
            self._known = (key, self._ticks(low, high, size))
        return self._known[1]

    def _kind(self) -> object:
        raise NotImplementedError

    def _ticks(self, low: float, high: float, size: float) -> Ticks:
        raise NotImplementedError

    def _width(self, text: str) -> float:
        return QFontMetricsF(self._font()).horizontalAdvance(text)

    def _font(self) -> QFont:
        font: Any = self.style["tickFont"]
        return font or QFont()


class TimeAxis(_PlainAxis):
    """Shows day numbers as dates; `finest` is the finest unit its ticks may name."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self.finest: Unit = "day"

    def name_steps(self, *, are_steps: bool) -> None:
        """Have room for the names of steps, in two lines, in place of dates."""
        line = QFontMetricsF(self._font()).height()
        self.setHeight(line * 2 + 12 if are_steps else None)
        # Else the first and the last would go, being wider than half a step.
        self.setStyle(hideOverlappingLabels=not are_steps)

    def _kind(self) -> object:
        return self.finest, self.reader

    def _ticks(self, low: float, high: float, size: float) -> Ticks:
        if self.reader is not None:
            return self.reader(low, high, size)
        return time_ticks(low, high, size, self._width, finest=self.finest)


class ValueAxis(_PlainAxis):
    """Shows values; `is_log` says that it is given their logarithms."""

    def __init__(self, orientation: str = "left") -> None:
        super().__init__(orientation)
        self.is_log = False

    def _kind(self) -> object:
        return self.is_log, self.reader

    def _ticks(self, low: float, high: float, size: float) -> Ticks:
        if self.reader is not None:
            return self.reader(low, high, size)
        return (log_ticks if self.is_log else value_ticks)(low, high, size)
