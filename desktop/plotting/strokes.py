"""The strokes that marks are made of: periods, whiskers, arrows, blurs, copies."""

import math
from typing import Any

import numpy
import shiboken6
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)

from desktop.plotting.finite import Floats
from desktop.plotting.inks import Inks
from desktop.plotting.marks import Feature

_OPEN = 44.0  # how long the fading tail of an open period is, in pixels


def paint_period(
    painter: QPainter,
    ink: QColor,
    feature: Feature,
    spot: QPointF,
    period: tuple[float, float],
    rect: QRectF,
) -> None:
    """A period at the height of `spot`, from left to right; an end that is nan is open.

    Nothing goes beyond `rect`: an SVG has no clipping.
    """
    start, end = period
    thickness = 6.0 if feature & Feature.FLOW else 2.0
    opens_left, opens_right = math.isnan(start), math.isnan(end)
    first = spot.x() - _OPEN if opens_left else start
    last = spot.x() + _OPEN if opens_right else end
    cut_left, cut_right = first < rect.left(), last > rect.right()
    first, last = max(first, rect.left()), min(last, rect.right())
    strong, faint = QColor(ink), QColor(ink)
    strong.setAlpha(150 if feature & Feature.FLOW else 190)
    faint.setAlpha(0)
    brush = QBrush(strong)
    vague = bool(feature & Feature.VAGUE_DATE)
    if opens_left or opens_right or vague:
        gradient = QLinearGradient(first, 0, last, 0)
        gradient.setColorAt(0, faint if opens_left or vague else strong)
        gradient.setColorAt(0.4, strong)
        gradient.setColorAt(0.6, strong)
        gradient.setColorAt(1, faint if opens_right or vague else strong)
        brush = QBrush(gradient)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush)
    painter.drawRect(QRectF(first, spot.y() - thickness / 2, last - first, thickness))
    pen = QPen(ink, 1.6)
    painter.setPen(pen)
    if not vague and not feature & Feature.FLOW:
        for x, has_no_end in ((first, opens_left or cut_left), (last, opens_right or cut_right)):
            if not has_no_end:
                painter.drawLine(QLineF(x, spot.y() - 3, x, spot.y() + 3))
    for x, is_open, sign in ((first, opens_left, 1), (last, opens_right, -1)):
        if is_open:
            painter.drawLine(QLineF(x, spot.y(), x + sign * 6, spot.y() - 4))
            painter.drawLine(QLineF(x, spot.y(), x + sign * 6, spot.y() + 4))


def paint_copies(painter: QPainter, pixmap: QPixmap, x: Floats, y: Floats) -> None:
    """Paint `pixmap` with its middle at every point: 20,000 in 4 ms, one by one they take 20."""
    if not len(x):
        return
    # The fields of QPainter::PixmapFragment: place, the part of the picture, scales, and so on.
    fragments = numpy.empty((len(x), 10))
    ratio = pixmap.devicePixelRatio()
    fragments[:, 0], fragments[:, 1] = x, y
    fragments[:, 2:] = (0, 0, pixmap.width(), pixmap.height(), 1 / ratio, 1 / ratio, 0, 1)
    address = fragments.ctypes.data
    first: Any = shiboken6.wrapInstance(address, QPainter.PixmapFragment)
    painter.drawPixmapFragments(first, len(x), pixmap)


def paint_whisker(painter: QPainter, ink: QColor, spot: QPointF, other: float) -> None:
    """An upright line from `spot` to the height of the other end of its range."""
    painter.setPen(QPen(ink, 1.6))
    painter.drawLine(QLineF(spot.x(), spot.y(), spot.x(), other))
    for y in (spot.y(), other):
        painter.drawLine(QLineF(spot.x() - 4, y, spot.x() + 4, y))


def paint_arrow(painter: QPainter, ink: QColor, spot: QPointF, size: float, *, up: bool) -> None:
    """An arrow away from a symbol: the value is at least, or at most, this."""
    sign = -1 if up else 1
    tip = spot.y() + sign * (size + 8)
    painter.setPen(QPen(ink, 1.6))
    painter.drawLine(QLineF(spot.x(), spot.y() + sign * size * 0.6, spot.x(), tip))
    head = QPainterPath(QPointF(spot.x() - 4, tip - sign * 5))
    head.lineTo(spot.x(), tip)
    head.lineTo(spot.x() + 4, tip - sign * 5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(head)


def paint_fade(painter: QPainter, ink: QColor, spot: QPointF, size: float) -> None:
    """A blur above and below a symbol: the value is about this."""
    faint = QColor(ink)
    faint.setAlpha(0)
    reach = size * 1.4
    gradient = QLinearGradient(0, spot.y() - reach, 0, spot.y() + reach)
    gradient.setColorAt(0, faint)
    gradient.setColorAt(0.5, ink)
    gradient.setColorAt(1, faint)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(gradient)
    painter.drawRect(QRectF(spot.x() - 1.5, spot.y() - reach, 3, reach * 2))


def paint_note(painter: QPainter, inks: Inks, rect: QRectF, note: str) -> None:
    """A sentence of the plot about itself, in its upper right corner."""
    metrics = QFontMetricsF(painter.font())
    box = QRectF(0, 0, metrics.horizontalAdvance(note) + 16, metrics.height() + 8)
    box.moveTopRight(QPointF(rect.right() - 6, rect.top() + 6))
    paper = QColor(inks.paper)
    paper.setAlpha(235)
    painter.setPen(QPen(inks.frame, 1))
    painter.setBrush(paper)
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(inks.text)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, note)
