"""The one shared selection: what is chosen here is chosen in every panel."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:  # 20 ms that no first paint waits for
    from db.records import KeptFigure, Span


@dataclass(frozen=True, slots=True)
class Selected:
    """What a person points at: a source, perhaps a passage of it, a figure, a span of its text."""

    source_id: int | None = None
    passage_id: int | None = None
    figure: "KeptFigure | None" = None
    span: "Span | None" = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place visited, for going back to: a tab and what was selected in it."""

    tab: str
    selected: Selected


class Selection(QObject):
    """Holds what is selected and says when it changes; moves no panel itself."""

    changed = Signal(object)  # Selected

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now = Selected()

    def choose(self, selected: Selected) -> None:
        if selected != self.now:
            self.now = selected
            self.changed.emit(selected)

    def choose_source(self, source_id: int) -> None:
        self.choose(Selected(source_id=source_id))

    def choose_passage(self, source_id: int, passage_id: int, span: "Span | None" = None) -> None:
        self.choose(Selected(source_id=source_id, passage_id=passage_id, span=span))

    def choose_figure(self, figure: "KeptFigure") -> None:
        from db.records import Span

        span = Span(figure.figure.start, figure.figure.end)
        self.choose(Selected(figure.source_id, figure.passage_id, figure, span))

    def renew_figure(self, figure: "KeptFigure") -> None:
        """The chosen figure was changed in the archive: show it as it is now."""
        if self.now.figure is not None and self.now.figure.id == figure.id:
            self.choose(replace(self.now, figure=figure))

    def clear(self) -> None:
        self.choose(Selected())


class Visited:
    """Places in the order visited, as a browser keeps them."""

    LONGEST = 200

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    def visit(self, place: Place) -> None:
        """Note `place`; what lay ahead is forgotten."""
        if self._at >= 0 and self._places[self._at] == place:
            return
        self._places = [*self._places[: self._at + 1], place][-self.LONGEST :]
        self._at = len(self._places) - 1

    def back(self) -> Place | None:
        if not self.has_back():
            return None
        self._at -= 1
        return self._places[self._at]

    def forward(self) -> Place | None:
        if not self.has_forward():
            return None
        self._at += 1
        return self._places[self._at]

    def has_back(self) -> bool:
        return self._at > 0

    def has_forward(self) -> bool:
        return self._at < len(self._places) - 1

    def clear(self) -> None:
        self._places, self._at = [], -1
