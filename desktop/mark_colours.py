"""The nine colours of highlights and tags: their names, their keys, their grounds in light and dark."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QPalette

from desktop import theme
from desktop.plain import QT_TRANSLATE_NOOP

# In the order of the keys 1 to 9; the first word is what the archive stores.
_NAMES = {
    "yellow": QT_TRANSLATE_NOOP("Colours", "yellow"),
    "green": QT_TRANSLATE_NOOP("Colours", "green"),
    "blue": QT_TRANSLATE_NOOP("Colours", "blue"),
    "pink": QT_TRANSLATE_NOOP("Colours", "pink"),
    "orange": QT_TRANSLATE_NOOP("Colours", "orange"),
    "violet": QT_TRANSLATE_NOOP("Colours", "violet"),
    "teal": QT_TRANSLATE_NOOP("Colours", "teal"),
    "red": QT_TRANSLATE_NOOP("Colours", "red"),
    "grey": QT_TRANSLATE_NOOP("Colours", "grey"),
}
COLOURS = tuple(_NAMES)
# Text keeps 7:1 against each ground.
_LIGHT = {
    "yellow": "#fbeea0", "green": "#cdeec4", "blue": "#cfe4fb", "pink": "#fbd3e4",
    "orange": "#fddcb5", "violet": "#e2d6f8", "teal": "#c4ebe6", "red": "#f9cdc8",
    "grey": "#e2e1dd",
}  # fmt: skip
_DARK = {
    "yellow": "#57490e", "green": "#23491f", "blue": "#1f4065", "pink": "#5c2440",
    "orange": "#5e3d11", "violet": "#42306a", "teal": "#0f4a45", "red": "#63261f",
    "grey": "#3d4145",
}  # fmt: skip
# Bars and signs: 3:1 against the paper.
_LIGHT_INK = {
    "yellow": "#9a7d00", "green": "#2f7d28", "blue": "#1d5fa8", "pink": "#b03070",
    "orange": "#b35c00", "violet": "#6f4bb8", "teal": "#0f7a70", "red": "#a33636",
    "grey": "#6b6f74",
}  # fmt: skip
_DARK_INK = {
    "yellow": "#e2c64a", "green": "#83cf7a", "blue": "#8bbcf2", "pink": "#f29ac2",
    "orange": "#f0b06a", "violet": "#c3a6f0", "teal": "#6fd0c6", "red": "#f0a09a",
    "grey": "#a3a8ae",
}  # fmt: skip


def name(colour: str) -> str:
    """The colour's name as a person reads it; one of another program's stays as it is."""
    return QCoreApplication.translate("Colours", _NAMES[colour]) if colour in _NAMES else colour


def ground(colour: str | None, palette: QPalette) -> QColor:
    """The ground of words marked in a colour; grey where it has none."""
    return _find(_DARK if theme.is_dark(palette) else _LIGHT, colour, palette, 0.35)


def ink(colour: str | None, palette: QPalette) -> QColor:
    """The colour of bars and signs that stand for it."""
    return _find(_DARK_INK if theme.is_dark(palette) else _LIGHT_INK, colour, palette, 1.0)


def _find(known: dict[str, str], colour: str | None, palette: QPalette, share: float) -> QColor:
    if colour in known:
        return QColor(known[colour])
    # Another program's colour, as it writes it ("#12ab9f"): softened towards the paper.
    own = QColor(colour) if colour and colour.startswith("#") else QColor()
    if not own.isValid():
        return QColor(known["grey"])
    return mixed(own, palette.color(QPalette.ColorRole.Base), share)


def mixed(one: QColor, other: QColor, share: float = 0.5) -> QColor:
    """`share` of one colour and the rest of another."""
    parts = [
        round(a * share + b * (1 - share))
        for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index]
    ]
    return QColor(*parts)
