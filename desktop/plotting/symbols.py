"""The symbols of marks: their colour tells the source, their filling how sure a figure is."""

import math

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

from desktop.plotting.finite import Floats
from desktop.plotting.inks import Inks, paper_inks, shape
from desktop.plotting.marks import Feature
from desktop.plotting.strokes import paint_copies

SYMBOL = 10.0  # pixels
_LOOK = int(Feature.HOLLOW | Feature.PROPOSED | Feature.REJECTED)  # fits into 8


def styles_of(series: NDArray[numpy.int32], features: NDArray[numpy.int32]) -> NDArray[numpy.int64]:
    """One number for each look a mark can have: eight for each series."""
    return series.astype(numpy.int64) * 8 + (features & _LOOK)


class Symbols:
    """Paints symbols in its inks; a picture of each look is painted once."""

    def __init__(self) -> None:
        self.inks: Inks = paper_inks()
        self._pixmaps: dict[tuple[int, int, float, float], QPixmap] = {}

    def ink(self, series: int, feature: Feature) -> QColor:
        """The colour of a series; what is rejected has none."""
        return self.inks.frame if feature & Feature.REJECTED else self.inks.colour(series)

    def style(self, series: int, feature: Feature) -> tuple[QPen, QBrush]:
        """The outline and filling of a symbol: the outline keeps its strength, the filling tells.

        Full: accepted. Pale: not reviewed. Paper: the date is inferred. Dotted: rejected.
        """
        ink = self.ink(series, feature)
        fill = QColor(ink)
        is_reviewed = not feature & (Feature.PROPOSED | Feature.REJECTED)
        if feature & (Feature.HOLLOW | Feature.REJECTED):
            fill = QColor(self.inks.paper)
            fill.setAlpha(150)
        elif not is_reviewed:
            fill.setAlpha(95)
        pen = QPen(ink, 2.0 if is_reviewed else 1.3)
        if feature & Feature.REJECTED:
            pen.setStyle(Qt.PenStyle.DotLine)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen, QBrush(fill)

    def paint(self, painter: QPainter, series: int, at: QPointF) -> None:
        """Paint the symbol of a series once, as a shape."""
        pen, brush = self.style(series, Feature.PLAIN)
        painter.setPen(pen)
        painter.setBrush(brush)
        painter.drawPath(shape(series, SYMBOL).translated(at))

    def paint_many(
        self,
        painter: QPainter,
        styles: NDArray[numpy.int64],
        x: Floats,
        y: Floats,
        size: float,
        *,
        is_vector: bool,
    ) -> None:
        """Paint a symbol at each place, each in its style."""
        # Reviewed figures go on top of proposed ones, and those on top of rejected ones.
        rank = styles & int(Feature.PROPOSED | Feature.REJECTED)
        ratio = painter.device().devicePixelRatioF()
        for style in sorted(set(styles.tolist()), key=lambda style: (-(style & 6), -style)):
            same = (styles == style) & (rank == style & 6)
            if is_vector:
                outline = shape(style // 8, size)
                pen, brush = self.style(style // 8, Feature(style % 8))
                painter.setPen(pen)
                painter.setBrush(brush)
                for at_x, at_y in zip(x[same].tolist(), y[same].tolist(), strict=True):
                    painter.drawPath(outline.translated(at_x, at_y))
            else:
                paint_copies(painter, self.pixmap(style, size, ratio), x[same], y[same])

    def pixmap(self, style: int, size: float, ratio: float) -> QPixmap:
        """A picture of one look."""
        key = (style, self.inks.paper.rgb(), size, ratio)
        if key not in self._pixmaps:
            side = math.ceil(size * 1.6) + 4
            pixmap = QPixmap(round(side * ratio), round(side * ratio))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen, brush = self.style(style // 8, Feature(style % 8))
            painter.setPen(pen)
            painter.setBrush(brush)
            painter.drawPath(shape(style // 8, size).translated(side / 2, side / 2))
            painter.end()
            self._pixmaps[key] = pixmap
        return self._pixmaps[key]
