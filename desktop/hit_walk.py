"""Walking from hit to hit through the reader: the next passage found, every match marked."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop import showing, sought
from desktop.session import Session

if TYPE_CHECKING:
    from db.records import Hit, Span
    from desktop.panels.reader import Reader
    from desktop.panels.search import SearchPanel

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class HitWalk(QObject):
    """Steps through what the search found while the reader has the focus."""

    noted = Signal(str)

    def __init__(
        self, session: Session, search: "SearchPanel", reader: "Reader", parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._search = search
        self._reader = reader
        self._source_id: int | None = None  # whose matches are marked, while one reads hits
        self._marked: tuple[int, object, tuple[Span, ...]] | None = None
        text = reader.focusProxy()
        if text is not None:
            text.installEventFilter(self)
        reader.shown.connect(self._mark)

    def step(self, step: int) -> bool:
        """Go to the next (1) or the previous (-1) hit; false where nothing was found."""
        if not self._search.step(step):
            return False
        place, total = self._search.place()
        said = self.tr("Passage {0} of {1} found")
        self.noted.emit(said.format(showing.count(place), showing.count(total)))
        return True

    def begin(self, hit: "Hit") -> None:
        """A hit is gone to: mark what else of its source was found."""
        self._source_id = hit.source_id
        known = self._marked
        if known and known[0] == hit.source_id and known[1] is self._search.results.answer:
            self._reader.show_matches(known[2])
        else:
            self._mark(hit.source_id)

    def end(self) -> None:
        """Something that is no hit is gone to."""
        self._source_id = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Shift+Down and Shift+Up step, unless words are being selected with them."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        step = _STEPS.get(Qt.Key(event.key()))
        if (
            step is None
            or event.modifiers() != Qt.KeyboardModifier.ShiftModifier
            or self._source_id is None
            or self._reader.selected() is not None
        ):
            return False
        return self.step(step)

    def _mark(self, source_id: int) -> None:
        query = self._search.query()
        if source_id == self._source_id and query is not None and self._session.is_open():
            work = partial(sought.matches_in, source_id=source_id, query=query)
            self._session.jobs.run(
                work,
                partial(self._show, source_id, self._search.results.answer),
                _pass,
                replaces="matches in source",
            )

    def _show(self, source_id: int, answer: object, matches: "tuple[Span, ...]") -> None:
        self._marked = source_id, answer, matches
        source = self._reader.source()
        if source is not None and source.id == source_id == self._source_id:
            self._reader.show_matches(matches)


def _pass(_error: Exception) -> None:
    """The hit itself is marked already."""
