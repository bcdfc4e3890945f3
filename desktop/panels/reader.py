"""The reader: one source's text, its figures marked; goes to a passage, finds in the view.

Long because every way of coming to a place in the text ends in this one class.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFrame,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.records import Annotation, KeptFigure, Passage, Source, Span
from desktop import asked, evidence, found, showing
from desktop.asked import Opened
from desktop.asking_line import AskingLine
from desktop.filter_line import EmptyState
from desktop.plain import ShortLabel
from desktop.reader_bars import FindBar, WindowBar
from desktop.reader_marks import ReaderMarks
from desktop.selection import Selected
from desktop.session import Session
from desktop.text_view import Shown, TextView

if TYPE_CHECKING:
    from db.findings import Finding

# Beyond this a text is shown a window of passages at a time. 300,000 characters take 60 ms to set
# and paint when they are verse, a line end every 60; a novel of that length takes 20.
LONGEST_SHOWN = 300_000
MOST_FOUND = 100_000


class Reader(QWidget):
    """Shows a source; says which figure or passage in it was pointed at. Changes nothing."""

    figure_chosen = Signal(object)  # KeptFigure
    figure_activated = Signal(object)  # KeptFigure
    passage_chosen = Signal(int, int)  # source, passage
    finding_chosen = Signal(int)
    annotation_chosen = Signal(object)  # Annotation
    letter_typed = Signal(str)
    menu_requested = Signal(object)  # QPoint of the screen
    import_requested = Signal()
    shown = Signal(int)  # the source that is now on screen

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._opened: Opened | None = None
        self._coming: int | None = None
        self._wanted = Selected()
        self._matches: tuple[Span, ...] = ()
        self._archive_is_empty = False

        self._title = ShortLabel("", self)
        bold = QFont(self.font())
        bold.setBold(True)
        bold.setPointSizeF(bold.pointSizeF() * 1.15)
        self._title.setFont(bold)
        self._line = ShortLabel("", self)
        self._window = WindowBar(self)
        self._text = TextView(self)
        self._text.setAccessibleName(self.tr("Text of the source"))
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        self._marks = ReaderMarks(session, self._text)
        self.asking = AskingLine(self)
        self.asking.setContentsMargins(10, 4, 10, 6)
        self.asking.hide()
        self._find = FindBar(self)
        self._find.hide()
        self._empty = EmptyState(self)
        page = QWidget(self)
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(2)
        head = QVBoxLayout()
        head.setContentsMargins(14, 8, 14, 6)
        head.setSpacing(2)
        head.addWidget(self._title)
        head.addWidget(self._line)
        inside.addLayout(head)
        inside.addWidget(self._window)
        inside.addWidget(self._text, 1)
        inside.addWidget(self._find)
        inside.addWidget(self.asking)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.setFocusProxy(self._text)
        self._text.set_zoom(session.settings.reader_zoom)
        self._say_nothing()

        self._empty.step_chosen.connect(self.import_requested)
        self._text.figure_chosen.connect(self.figure_chosen)
        self._text.figure_activated.connect(self.figure_activated)
        self._text.finding_chosen.connect(self.finding_chosen)
        self._text.annotation_chosen.connect(self.annotation_chosen)
        self._text.letter_typed.connect(self.letter_typed)
        self._text.menu_requested.connect(self.menu_requested)
        self._text.edge_passed.connect(self._pass_edge)
        self._text.place_chosen.connect(self._choose_place)
        self._window.earlier_requested.connect(partial(self._turn, -1))
        self._window.later_requested.connect(partial(self._turn, 1))
        self._find.asked.connect(self._look_for)
        self._find.step_requested.connect(self.find_step)
        self._find.closed.connect(self._close_find)
        session.opened.connect(self._say_nothing)
        session.closing.connect(self.clear)
        session.changed.connect(self._hear)

    # -- what others ask of it --------------------------------------------------------------------

    def source(self) -> Source | None:
        return self._opened.source if self._opened else None

    def selected(self) -> Span | None:
        """The words a person has selected, in code points of the source's text."""
        return self._text.selected() if self.source() is not None else None

    def words(self, start: int | None, end: int | None) -> str:
        """The stored words of a span of the text shown."""
        return self._opened.text[start:end] if self._opened and start is not None else ""

    def at_caret(self) -> tuple[Passage | None, list[Annotation]]:
        """The passage the caret stands in, and the annotations over it, the outermost first."""
        position = self._text.caret()
        return self._text.passage_at(position), self._text.annotations_at(position)

    def has_text(self) -> bool:
        return self._opened is not None

    def show_place(self, selected: Selected, matches: Sequence[Span] = ()) -> None:
        """Show the source, and in it the figure, span or passage selected."""
        if selected.source_id is None:
            return
        self._matches = tuple(matches)
        self._wanted = selected
        if self._opened is not None and self._opened.source.id == selected.source_id:
            self._coming = None
            self._go()
        elif self._coming != selected.source_id:
            self._load(selected.source_id)

    def show_matches(self, matches: Sequence[Span]) -> None:
        """Mark what a search found in the source shown, without going anywhere."""
        self._matches = tuple(matches)
        self._text.show_matches(self._matches)

    def find_is_open(self) -> bool:
        """Whether the line that finds in this view is open."""
        return self._find.isVisible()

    def mark(self, figure: KeptFigure) -> None:
        """Set a figure apart without going to it: the person is there."""
        self._wanted = Selected(figure.source_id, figure.passage_id, figure)
        self._text.choose_figure(figure)

    def clear(self) -> None:
        self._marks.follow(None)
        self._opened, self._coming, self._wanted, self._matches = None, None, Selected(), ()
        self._text.show_text(Shown("", 0, ()))
        self._text.show_figures(())
        self._text.show_findings(())
        self._say_nothing()

    def open_find(self) -> None:
        """Open the line that finds in this view."""
        if self._opened is None:
            return
        selected = self._text.selected()
        words = self._opened.text[selected.start : selected.end] if selected else ""
        self._find.show_line(words if "\n" not in words else "")

    def find_step(self, step: int) -> None:
        """Go to the next (1) or the previous (-1) place found."""
        if not self._find.isVisible() and not self._find.words():
            self.open_find()
            return
        found = self._find.found
        if not found:
            return
        at = self._text.caret()
        starts = [span.start for span in found]
        index = bisect_right(starts, at) if step > 0 else bisect_left(starts, at) - 1
        self._go_to_found(index % len(found))

    def figure_step(self, step: int) -> None:
        """Choose the figure after or before the caret."""
        kept = self._text.next_figure(step)
        if kept is not None:
            self._bring(Span(kept.figure.start, kept.figure.end), flash=False)
            self.figure_chosen.emit(kept)

    def zoom(self, step: int) -> None:
        """Larger or smaller letters; 0 for the usual size."""
        self.set_zoom(self._session.settings.reader_zoom + step if step else 0)

    def set_zoom(self, steps: int) -> None:
        """Letters so many steps larger than usual, from now on."""
        settings = self._session.settings
        settings.reader_zoom = max(-6, min(20, steps))
        self._text.set_zoom(settings.reader_zoom)

    def evidence(self) -> evidence.Quoted | None:
        """The words that are selected here; None where none are."""
        if self._opened is None:
            return None
        selected = self._session.selection.now
        span = self._text.selected()
        if span is not None:
            return evidence.of_span(self._opened, span, selected.figure)
        if selected.source_id != self._opened.source.id:
            return None
        return evidence.of_selection(self._opened, selected)

    # -- loading ----------------------------------------------------------------------------------

    def _load(self, source_id: int) -> None:
        self._coming = source_id
        work = partial(asked.source_text, source_id=source_id)
        self._session.jobs.run(work, self._show, self._fail, replaces="reader")

    def _show(self, opened: Opened) -> None:
        if self._wanted.source_id != opened.source.id:
            return
        self._coming = None
        self._opened = opened
        self._marks.follow(opened.source)
        self._say_head()
        self._text.show_figures(())
        self._show_stretch(0)
        self._text.show_figures(opened.figures)
        self._text.show_findings(())
        self._look_for_findings()
        self._find.forget()
        self._stack.setCurrentIndex(1)
        if not opened.text:
            self._empty.say(self.tr("This source has no text: it stands for what lies below it."))
            self._stack.setCurrentIndex(0)
        self._go()
        self.shown.emit(opened.source.id)

    def _say_head(self) -> None:
        if self._opened is None:
            return
        source = self._opened.source
        self._title.set_full(source.title or self.tr("(untitled)"))
        figures = self.tr("%n figure(s)", "", len(self._opened.figures))
        told = [showing.source_line(source), figures]
        self._line.set_full(" · ".join(part for part in told if part))

    def _fail(self, error: Exception) -> None:
        self._coming = None
        self._opened = None
        self._empty.say(self._session.told(error))
        self._stack.setCurrentIndex(0)

    def _look_for_findings(self) -> None:
        if self._opened is not None and self._session.is_open():
            work = partial(found.in_source, source_id=self._opened.source.id)
            self._session.jobs.run(work, self._show_findings, self._fail, replaces="margin")

    def _show_findings(self, findings: "Sequence[Finding]") -> None:
        here = self._opened.source.id if self._opened else None
        self._text.show_findings([each for each in findings if each.source_id == here])

    def _hear(self, tables: frozenset[str]) -> None:
        if "findings" in tables:
            self._look_for_findings()
        if self._opened is None or not tables & {"figures", "sources", "texts", "passages"}:
            return
        work = partial(asked.source_figures, source_id=self._opened.source.id)
        self._session.jobs.run(work, self._refresh, self._fail, replaces="reader figures")

    def _refresh(self, found: tuple[Source, list[KeptFigure]]) -> None:
        source, figures = found
        opened = self._opened
        if opened is None or opened.source.id != source.id:
            return
        if source.text_id != opened.source.text_id:
            self._load(source.id)
            return
        self._opened = replace(opened, source=source, figures=tuple(figures))
        self._say_head()
        self._text.show_figures(figures)
        chosen = self._session.selection.now.figure
        for kept in figures:
            if chosen is not None and kept.id == chosen.id:
                self._text.choose_figure(kept)

    def say_empty(self, *, is_empty: bool) -> None:
        """Whether the archive has anything to read: the next step depends on it."""
        self._archive_is_empty = is_empty
        if self._opened is None:
            self._say_nothing()

    def _say_nothing(self) -> None:
        if self._archive_is_empty and self._session.is_writable():
            said = self.tr("This archive is empty. Import files to read and search them here.")
            self._empty.say(said, self.tr("Import Files…"))
        else:
            self._empty.say(self.tr("Choose a source in the library, or search, to read here."))
        self._stack.setCurrentIndex(0)
        self._title.set_full("")
        self._line.set_full("")
        self.asking.hide()

    # -- moving -----------------------------------------------------------------------------------

    def _go(self) -> None:
        opened, wanted = self._opened, self._wanted
        if opened is None:
            return
        self._text.show_matches(self._matches)
        self._text.choose_figure(wanted.figure)
        passage = next((p for p in opened.passages if p.id == wanted.passage_id), None)
        if wanted.figure is not None:
            self._bring(Span(wanted.figure.figure.start, wanted.figure.figure.end))
        elif wanted.span is not None:
            self._bring(wanted.span)
        elif passage is not None:
            self._bring(Span(passage.start, passage.end))

    def _bring(self, span: Span, *, flash: bool = True) -> None:
        if not self._text.holds(span.start) or not self._text.holds(span.end):
            self._show_stretch(span.start)
        self._text.go_to(span, flash)

    def _show_stretch(self, around: int) -> None:
        """Show the text, or as much of a long one as starts a little before `around`."""
        opened = self._opened
        if opened is None:
            return
        if len(opened.text) <= LONGEST_SHOWN:
            self._window.hide()
            self._text.show_text(Shown(opened.text, 0, opened.passages))
            return
        starts = [passage.start for passage in opened.passages]
        first = max(0, bisect_right(starts, max(0, around - LONGEST_SHOWN // 4)) - 1)
        begin = starts[first] if first else 0
        if begin + LONGEST_SHOWN >= len(opened.text):
            after = len(starts)
        else:
            after = max(first + 1, bisect_right(starts, begin + LONGEST_SHOWN) - 1)
        end = starts[after] if after < len(starts) else len(opened.text)
        self._first, self._after = first, after
        self._text.show_text(Shown(opened.text[begin:end], begin, opened.passages[first:after]))
        self._window.show_range(first + 1, after, len(opened.passages))

    def _turn(self, step: int) -> None:
        opened = self._opened
        if opened is None:
            return
        if step < 0:
            start = opened.passages[self._first].start - LONGEST_SHOWN * 3 // 4
        else:
            start = opened.passages[min(self._after, len(opened.passages) - 1)].start
        around = max(0, min(start + LONGEST_SHOWN // 4 * (step > 0), len(opened.text) - 1))
        self._show_stretch(around)
        self._text.go_to(Span(max(0, start), max(0, start)), flash=False)

    def _pass_edge(self, step: int) -> None:
        if self._window.can_turn(step):
            self._turn(step)

    def _choose_place(self, position: int) -> None:
        passage = self._text.passage_at(position)
        if passage is not None and self._opened is not None:
            self._text.choose_figure(None)
            self._wanted = Selected(self._opened.source.id, passage.id)
            self.passage_chosen.emit(self._opened.source.id, passage.id)

    # -- finding ----------------------------------------------------------------------------------

    def _look_for(self, words: str) -> None:
        opened = self._opened
        found: list[Span] = []
        if opened is not None and words:
            # A line end in the text answers a blank in the words.
            pattern = r"\s".join(re.escape(part) for part in words.split(" "))
            for match in re.finditer(pattern, opened.text, re.IGNORECASE):
                found.append(Span(match.start(), match.end()))
                if len(found) >= MOST_FOUND:
                    break
        self._find.found = found
        if not found:
            self._find.say_place(-1)
            self._text.show_found((), None)
            return
        starts = [span.start for span in found]
        self._go_to_found(bisect_left(starts, self._text.caret()) % len(found))

    def _go_to_found(self, index: int) -> None:
        span = self._find.found[index]
        self._bring(span, flash=False)
        self._text.show_found(self._find.found, span)
        self._find.say_place(index)

    def _close_find(self) -> None:
        self._text.show_found((), None)
        self._text.setFocus()
