"""What is painted over and under the marks: rings, spans, ropes, titles, lines between them."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from desktop.plotting.inks import Inks
from desktop.plotting.setting import Title


def paint_rings(painter: QPainter, inks: Inks, spots: Sequence[QPointF]) -> None:
    """A ring around each of the marks that are selected."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((inks.paper, 4.0), (inks.chosen, 1.8)):
        painter.setPen(QPen(ink, width))
        for spot in spots:
            painter.drawEllipse(spot, 8, 8)


def paint_chosen(painter: QPainter, inks: Inks, rect: QRectF, spot: QPointF) -> None:
    """A ring around the chosen mark, and lines to where its time and its value stand."""
    painter.setPen(QPen(inks.muted, 1, Qt.PenStyle.DotLine))
    painter.drawLine(QLineF(spot.x(), spot.y() + 11, spot.x(), rect.bottom()))
    painter.drawLine(QLineF(rect.left(), spot.y(), spot.x() - 11, spot.y()))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(inks.paper, 5))
    painter.drawEllipse(spot, 10, 10)
    painter.setPen(QPen(inks.chosen, 2.5))
    painter.drawEllipse(spot, 10, 10)


def paint_span(painter: QPainter, inks: Inks, rect: QRectF, first: float, last: float) -> None:
    """A span of time that is marked: what lies beyond it is paler."""
    beyond = QColor(inks.paper)
    beyond.setAlpha(170)
    painter.fillRect(QRectF(rect.left(), rect.top(), first - rect.left(), rect.height()), beyond)
    painter.fillRect(QRectF(last, rect.top(), rect.right() - last, rect.height()), beyond)
    painter.setPen(QPen(inks.chosen, 1.5))
    for each in (first, last):
        painter.drawLine(QLineF(each, rect.top(), each, rect.bottom()))


def paint_rope(painter: QPainter, inks: Inks, rope: Sequence[QPointF]) -> None:
    """The line that a person is drawing around marks."""
    fill = QColor(inks.chosen)
    fill.setAlpha(30)
    painter.setBrush(fill)
    painter.setPen(QPen(inks.chosen, 1.5, Qt.PenStyle.DashLine))
    painter.drawPolygon(QPolygonF(list(rope)))


def paint_borders(painter: QPainter, inks: Inks, rect: QRectF, heights: Sequence[float]) -> None:
    """Lines across the plot where one part of it ends."""
    painter.setPen(QPen(inks.frame, 1))
    for height in heights:
        painter.drawLine(QLineF(rect.left(), round(height), rect.right(), round(height)))


def paint_title(
    painter: QPainter, inks: Inks, rect: QRectF, title: Title, height: float | None
) -> None:
    """Words within the plot; `height` is where their top is, else they stand in a corner."""
    metrics = QFontMetricsF(painter.font())
    text = metrics.elidedText(title.text, Qt.TextElideMode.ElideRight, rect.width() * 0.45)
    box = QRectF(0, 0, metrics.horizontalAdvance(text) + 8, metrics.height() + 2)
    top = rect.top() + 2 if height is None else max(height + 2, rect.top() + 2)
    box.moveTopLeft(QPointF(rect.left() + 4, top))
    if title.is_right:
        box.moveRight(rect.right() - 4)
    if height is None:
        # In a corner marks may lie below; a band leaves room for its title.
        paper = QColor(inks.paper)
        paper.setAlpha(225)
        painter.fillRect(box, paper)
    painter.setPen(inks.text)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def paint_joins(painter: QPainter, joins: Sequence[tuple[QColor, QPointF, QPointF]]) -> None:
    """Lines between marks that belong to one matter."""
    for ink, start, end in joins:
        soft = QColor(ink)
        soft.setAlpha(170)
        painter.setPen(QPen(soft, 1.3))
        painter.drawLine(QLineF(start, end))
