"""Light and dark: Fusion with our own palettes, following the system's scheme or told otherwise."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop.settings import Theme


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours that a palette has no role for. None is ever the only cue."""

    match: str  # behind a word that was searched for
    flash: str  # behind the passage one has just come to
    proposed: str  # a figure the program proposes
    accepted: str
    rejected: str
    quiet: str  # text of less weight; 4.5:1 against the base all the same
    line: str  # a hairline between things


LIGHT = Colours(
    match="#ffe08a",
    flash="#cfe3fb",
    proposed="#1d5fa8",
    accepted="#1c7040",
    rejected="#a33636",
    quiet="#5d6166",
    line="#d4d1ca",
)
DARK = Colours(
    match="#6b5410",
    flash="#26456b",
    proposed="#8bbcf2",
    accepted="#83cf9d",
    rejected="#f0a09a",
    quiet="#a3a8ae",
    line="#3f4347",
)

_ROLES = QPalette.ColorRole
_LIGHT_ROLES = {
    _ROLES.Window: "#f4f2ee",
    _ROLES.WindowText: "#1f2225",
    _ROLES.Base: "#fffefb",
    _ROLES.AlternateBase: "#f7f5f0",
    _ROLES.Text: "#1f2225",
    _ROLES.Button: "#ebe8e2",
    _ROLES.ButtonText: "#1f2225",
    _ROLES.BrightText: "#ffffff",
    _ROLES.ToolTipBase: "#fffdf5",
    _ROLES.ToolTipText: "#1f2225",
    _ROLES.PlaceholderText: "#6b6f74",
    _ROLES.Highlight: "#2a6099",
    _ROLES.HighlightedText: "#ffffff",
    _ROLES.Accent: "#2a6099",
    _ROLES.Link: "#1d5fa8",
    _ROLES.LinkVisited: "#6a4a8c",
    _ROLES.Light: "#ffffff",
    _ROLES.Midlight: "#f2f0eb",
    _ROLES.Mid: "#c4c0b8",
    _ROLES.Dark: "#a19d95",
    _ROLES.Shadow: "#6e6a63",
}
_DARK_ROLES = {
    _ROLES.Window: "#26292c",
    _ROLES.WindowText: "#e6e4df",
    _ROLES.Base: "#1c1e20",
    _ROLES.AlternateBase: "#222527",
    _ROLES.Text: "#e6e4df",
    _ROLES.Button: "#33373b",
    _ROLES.ButtonText: "#e6e4df",
    _ROLES.BrightText: "#ffffff",
    _ROLES.ToolTipBase: "#34383c",
    _ROLES.ToolTipText: "#e6e4df",
    _ROLES.PlaceholderText: "#969ba1",
    _ROLES.Highlight: "#3d78b5",
    _ROLES.HighlightedText: "#ffffff",
    _ROLES.Accent: "#5b9bd9",
    _ROLES.Link: "#8bbcf2",
    _ROLES.LinkVisited: "#c3a6e0",
    _ROLES.Light: "#464b50",
    _ROLES.Midlight: "#3a3e42",
    _ROLES.Mid: "#4a4e53",
    _ROLES.Dark: "#15171a",
    _ROLES.Shadow: "#0d0e10",
}


def palette(dark: bool) -> QPalette:
    """Our palette; every role is set, so that none of the platform's shines through."""
    made = QPalette()
    for role, colour in (_DARK_ROLES if dark else _LIGHT_ROLES).items():
        made.setColor(role, QColor(colour))
    faint = QColor("#7c8186" if dark else "#8c8f93")
    for role in (_ROLES.WindowText, _ROLES.Text, _ROLES.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, faint)
    # A selection in a pane without the focus stays legible, and is told apart from one with it.
    away = QColor("#3b4249" if dark else "#d7dde4")
    made.setColor(QPalette.ColorGroup.Inactive, _ROLES.Highlight, away)
    made.setColor(
        QPalette.ColorGroup.Inactive,
        _ROLES.HighlightedText,
        QColor("#e6e4df" if dark else "#1f2225"),
    )
    made.setColor(QPalette.ColorGroup.Disabled, _ROLES.Highlight, away)
    return made


def system_is_dark(application: QApplication) -> bool:
    """What the system says; where it says nothing (offscreen, bare X), light."""
    return application.styleHints().colorScheme() == Qt.ColorScheme.Dark


def apply(application: QApplication, theme: Theme) -> bool:
    """Put the theme on; true if it is the dark one."""
    dark = theme == "dark" or (theme == "system" and system_is_dark(application))
    application.setPalette(palette(dark))
    return dark


def is_dark(shown: QPalette) -> bool:
    """Whether a widget with this palette stands on dark ground."""
    return shown.color(_ROLES.Base).lightness() < 128


def colours(shown: QPalette) -> Colours:
    """The colours that go with a widget's palette."""
    return DARK if is_dark(shown) else LIGHT
