"""The caption under a plot in the window: what it says of itself, of its view and of a selection."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.plain import Label
from desktop.plotting.caption import outside


class Foot(Label):
    """Keeps the lines of a caption and adds to the first what changes with the view."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self.wrapped()
        self._lines: tuple[str, ...] = ()

    def say(self, lines: Sequence[str]) -> None:
        """Take the lines of a caption; without any there is nothing to be seen."""
        # The sources are named in the legend already; in the exports they stand in the caption.
        self._lines = tuple(line for n, line in enumerate(lines) if n != 1)
        self.setVisible(bool(lines))

    def follow(self, beyond: int, ringed: int) -> str:
        """Say how many figures lie beyond the view and are selected; returns the first line."""
        chosen = self.tr("{n} selected.").format(n=ringed) if ringed else ""
        first = " ".join(filter(None, [*self._lines[:1], outside(beyond), chosen]))
        self.setText("\n".join([first, *self._lines[1:]]))
        return first
