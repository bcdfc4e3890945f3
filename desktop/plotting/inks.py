"""The colours and shapes of a plot, for light and dark, told apart also without colour."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainterPath, QPalette, QPolygonF

# Okabe and Ito's eight, darkened or lightened until each has 4.5:1 against its paper: they stay
# apart for every kind of colour-blindness, and the shapes differ as well.
_ON_LIGHT = ("#0063a6", "#b84a00", "#00735c", "#94357c", "#7a6000", "#444444", "#8f1d3f", "#4b3fa8")
_ON_DARK = ("#62b8ee", "#f0a030", "#3dcfa4", "#e79ac6", "#e8dc5a", "#d5d5d5", "#ff8f7d", "#b3a8ff")


@dataclass(frozen=True, slots=True)
class Inks:
    """What a plot is painted with; the series' colours repeat, but never with the same shape."""

    paper: QColor
    text: QColor
    muted: QColor
    frame: QColor
    grid: QColor
    fine_grid: QColor
    chosen: QColor
    series: tuple[QColor, ...]
    is_dark: bool

    def colour(self, series: int) -> QColor:
        """The colour of a series."""
        return self.series[series % len(self.series)]


def inks(palette: QPalette) -> Inks:
    """The inks that go with a widget's palette."""
    paper, text = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
    is_dark = paper.lightness() < 128
    return Inks(
        paper,
        text,
        muted=_mixed(text, paper, 0.72),
        frame=_mixed(text, paper, 0.45),
        grid=_mixed(text, paper, 0.11),
        fine_grid=_mixed(text, paper, 0.05),
        chosen=palette.color(QPalette.ColorRole.Highlight),
        series=tuple(QColor(name) for name in (_ON_DARK if is_dark else _ON_LIGHT)),
        is_dark=is_dark,
    )


def paper_inks() -> Inks:
    """The inks for print: black on white."""
    palette = QPalette(QColor("#f0f0f0"))
    palette.setColor(QPalette.ColorRole.Base, QColor("#ffffff"))
    palette.setColor(QPalette.ColorRole.Text, QColor("#111111"))
    palette.setColor(QPalette.ColorRole.Highlight, QColor("#0063a6"))
    return inks(palette)


def _mixed(ink: QColor, paper: QColor, share: float) -> QColor:
    return QColor.fromRgbF(
        ink.redF() * share + paper.redF() * (1 - share),
        ink.greenF() * share + paper.greenF() * (1 - share),
        ink.blueF() * share + paper.blueF() * (1 - share),
    )


def shape(series: int, size: float) -> QPainterPath:
    """The outline of a series' symbol around the origin; eight shapes, all of about one area."""
    # Past the eighth series the colours start again, each with the next shape.
    kind = (series + series // len(_SHAPES)) % len(_SHAPES)
    return _SHAPES[kind](size / 2)


def _circle(radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(0, 0), radius, radius)
    return path


def _square(radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addRect(-radius * 0.88, -radius * 0.88, radius * 1.76, radius * 1.76)
    return path


def _star_of(points: int, outer: float, inner: float, turn: float) -> QPainterPath:
    polygon = QPolygonF()
    corners = points * 2 if inner else points
    for corner in range(corners):
        angle = math.radians(turn) + corner * 2 * math.pi / corners
        radius = inner if inner and corner % 2 else outer
        polygon.append(QPointF(radius * math.sin(angle), -radius * math.cos(angle)))
    path = QPainterPath()
    path.addPolygon(polygon)
    path.closeSubpath()
    return path


_SHAPES = (
    _circle,
    _square,
    lambda radius: _star_of(3, radius * 1.3, 0, 0),
    lambda radius: _star_of(4, radius * 1.25, 0, 0),
    lambda radius: _star_of(3, radius * 1.3, 0, 180),
    lambda radius: _star_of(5, radius * 1.45, radius * 0.62, 0),
    lambda radius: _star_of(4, radius * 1.35, radius * 0.62, 45),
    lambda radius: _star_of(6, radius * 1.15, 0, 30),
)
