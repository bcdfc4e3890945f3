"""Tells a figure's words where it is pointed at, in their sentence as far as that can be had."""

from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

from db.errors import ArchiveError
from db.records import KeptFigure, Passage
from desktop.plain import show_tip
from desktop.plotting import words


class Telling:
    """Finds the passage of a figure; shows and takes back what is said at the pointer."""

    def __init__(self, find_passage: words.FindPassage | None) -> None:
        self._find = find_passage

    def passage(self, kept: KeptFigure | None) -> Passage | None:
        """Where the figure stands; None where that cannot be told at once."""
        if kept is None or self._find is None:
            return None
        try:
            return self._find(kept.passage_id)
        except ArchiveError:
            # A busy archive must not interrupt pointing: the figure's own words do for now.
            return None

    def at_pointer(self, kept: KeptFigure | None, widget: QWidget) -> None:
        """Say what `kept` states; of none, say nothing any more."""
        text = "" if kept is None else words.tip(kept, self.passage(kept))
        show_tip(QCursor.pos(), text, widget)
