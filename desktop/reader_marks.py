"""Brings the annotations of what is on screen to the reader's text, as it scrolls and they change."""

from functools import partial

from PySide6.QtCore import QObject, QTimer

from db.records import Source, Span
from desktop import annotated
from desktop.annotated import Marked
from desktop.session import Session
from desktop.text_view import TextView

# While the bar is dragged, not every place it passes is asked for.
MILLISECONDS_BEFORE_ASKING = 30


class ReaderMarks(QObject):
    """Asks in jobs, a stretch at a time; the text view says which. Keeps only the stretch shown."""

    def __init__(self, session: Session, view: TextView) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._text_id: int | None = None
        self._wanted: Span | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(MILLISECONDS_BEFORE_ASKING)
        self._pause.timeout.connect(self._ask)
        view.annotations_wanted.connect(self._want)
        session.changed.connect(self._hear)

    def follow(self, source: Source | None) -> None:
        """Another source, or another version of its text, is about to be shown."""
        self._text_id = source.text_id if source is not None else None
        self._wanted = None

    def _want(self, span: Span) -> None:
        self._wanted = span
        if not self._pause.isActive():
            self._pause.start()

    def _ask(self) -> None:
        if self._wanted is None or self._text_id is None or not self._session.is_open():
            return
        span = self._wanted
        work = partial(annotated.in_span, text_id=self._text_id, start=span.start, end=span.end)
        self._session.jobs.run(work, self._show, self._fail, replaces="reader marks")

    def _show(self, marked: Marked) -> None:
        if marked.text_id == self._text_id:
            self._view.show_annotations(marked.annotations, marked.tags)

    def _fail(self, error: Exception) -> None:
        self._session.told(error)  # a bug is reported; a busy archive is asked again by scrolling

    def _hear(self, tables: frozenset[str]) -> None:
        if tables & {"annotations", "taggings", "tags", "links"}:
            self._view.ask_for_annotations()
