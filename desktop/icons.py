"""Icons from resources/icons in the colour of the text around them."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPalette, QPixmap

import resources

# Tool bars are 20 px; the second is the same on a screen of twice the density.
_SIZES = (20, 40)


def icon(name: str, palette: QPalette) -> QIcon:
    """The icon `name`, drawn for `palette`; an empty one where there is no such file."""
    file = resources.path(f"icons/{name}.svg")
    if not name or not file.is_file():
        return QIcon()
    from PySide6.QtSvg import QSvgRenderer

    svg = file.read_text(encoding="utf-8")
    made = QIcon()
    for mode, group in (
        (QIcon.Mode.Normal, QPalette.ColorGroup.Active),
        (QIcon.Mode.Disabled, QPalette.ColorGroup.Disabled),
    ):
        colour = palette.color(group, QPalette.ColorRole.ButtonText).name()
        # QtSvg paints currentColor black
        renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode()))
        for size in _SIZES:
            made.addPixmap(_drawn(renderer, size), mode)
    return made


def _drawn(renderer: "object", size: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    if isinstance(renderer, QSvgRenderer):
        renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
