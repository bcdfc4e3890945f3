"""A source's text on screen: kinds of passage set apart, figures underlined, matches marked.

Long because the positions of Qt and those of the archive must meet in one class.
"""

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPalette,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextEdit, QWidget

from db.records import Annotation, KeptFigure, Passage, Span, Tag
from desktop import annotation_marks, mark_lane, positions, showing, theme
from desktop.lane import Lane
from desktop.mark_lane import MarkLane
from desktop.plain import show_tip
from desktop.scroll_marks import MarkedScrollBar

if TYPE_CHECKING:
    from db.findings import Finding

MILLISECONDS_OF_FLASH = 1600
# Longer lines tire the eye; the margins take the rest.
CHARACTERS_A_LINE = 88
# A figure is never longer than this, so one that reaches into view starts at most so far above.
LONGEST_MARK = 400
SAMPLE_FOR_DIRECTION = 2000


@dataclass(frozen=True, slots=True)
class Shown:
    """The stretch of a text that is on screen, with what is known of it; offsets are the text's."""

    text: str
    start: int
    passages: tuple[Passage, ...]


class TextView(QPlainTextEdit):
    """Read only. Speaks of positions in the source's text; Qt's own stay inside."""

    figure_chosen = Signal(object)  # KeptFigure
    figure_activated = Signal(object)  # KeptFigure
    edge_passed = Signal(int)  # further down (1) or up (-1) than the stretch shown
    place_chosen = Signal(int)  # a position of the text with no figure
    finding_chosen = Signal(int)  # its sign in the lane was clicked
    annotation_chosen = Signal(object)  # Annotation
    annotations_wanted = Signal(object)  # Span: what is coming into view
    letter_typed = Signal(str)  # a letter or a digit, alone, while the text has the focus
    menu_requested = Signal(object)  # QPoint of the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setUndoRedoEnabled(False)
        self.viewport().setMouseTracking(True)
        # The margins beside the text are paper too.
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._shown = Shown("", 0, ())
        self._where = positions.Positions("")
        self._starts: list[int] = []
        self._figures: Sequence[KeptFigure] = ()
        self._figure_starts: list[int] = []
        self._matches: Sequence[Span] = ()
        self._match_starts: list[int] = []
        self._found: Sequence[Span] = ()
        self._found_starts: list[int] = []
        self._current: Span | None = None
        self._chosen: KeptFigure | None = None
        self._flash: Span | None = None
        self._annotations = annotation_marks.Ordered()
        self._tags: Mapping[int, Tag] = {}
        self._asked_for: Span | None = None
        self._zoom = 0
        self._kinds = _Kinds(self)
        self._bar = MarkedScrollBar(self)
        self.setVerticalScrollBar(self._bar)
        self._lane = Lane(self)
        self._mark_lane = MarkLane(self)
        self._flash_over = QTimer(self)
        self._flash_over.setSingleShot(True)
        self._flash_over.setInterval(MILLISECONDS_OF_FLASH)
        self._flash_over.timeout.connect(self._end_flash)
        # Marks are made for what is seen: 10,000 at 1 MB take a second to build, 40 take 14 ms.
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._mark())
        self.updateRequest.connect(self._scroll_lane)
        self._fit()

    # -- what is shown --------------------------------------------------------------------------

    def show_text(self, shown: Shown) -> None:
        """Show another text, or another stretch of it."""
        self._flash = None
        self._annotations, self._asked_for = annotation_marks.Ordered(), None
        self._mark_lane.show_annotations(self._annotations, self._tags)
        self._shown = shown
        self._starts = [passage.start for passage in shown.passages]
        at = positions.cuts(shown.text, [start - shown.start for start in self._starts])
        self._where = positions.Positions(shown.text, at)
        self._turn_towards(shown.text)
        self.setPlainText(positions.with_cuts(shown.text, at))
        self._mark_bar()
        self._mark()

    def show_figures(self, figures: Sequence[KeptFigure]) -> None:
        self._figures = figures
        self._figure_starts = [kept.figure.start for kept in figures]
        self._mark()

    def show_matches(self, matches: Sequence[Span]) -> None:
        """Mark what the search found."""
        self._matches = matches
        self._match_starts = [span.start for span in matches]
        self._mark_bar()
        self._mark()

    def _mark_bar(self) -> None:
        """Set the matches of the stretch shown beside the text."""
        length = max(1, len(self._shown.text))
        begin = self._shown.start
        self._bar.show_marks([(start - begin) / length for start in self._match_starts])

    def show_found(self, found: Sequence[Span], current: Span | None) -> None:
        """Mark what find-in-view found, and the one it is at."""
        self._found = found
        self._found_starts = [span.start for span in found]
        self._current = current
        self._mark()

    def show_findings(self, findings: "Sequence[Finding]") -> None:
        """Set signs of findings into the lane."""
        self._lane.show_findings(findings)

    def show_annotations(self, annotations: Sequence[Annotation], tags: Mapping[int, Tag]) -> None:
        """Mark what was annotated in the stretch that `annotations_wanted` asked for."""
        self._annotations, self._tags = annotation_marks.Ordered(annotations), tags
        self._mark_lane.show_annotations(self._annotations, tags)
        self._mark()

    def ask_for_annotations(self) -> None:
        """Have `annotations_wanted` emitted again: there may be others now."""
        self._asked_for = None
        self._mark()

    def annotations_at(self, position: int) -> list[Annotation]:
        """The annotations over `position`, the outermost first."""
        return self._annotations.within(Span(position, position + 1))

    def top_of(self, position: int) -> int | None:
        """How far down the viewport the line of `position` stands; None if it is not shown."""
        place = self.rect_of(position)
        return place.top() if place is not None else None

    def rect_of(self, position: int) -> QRect | None:
        """Where the caret would stand at `position` of the text; None if it is not shown."""
        if not self.holds(position):
            return None
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._to_qt(position))
        return self.cursorRect(cursor)

    def choose_figure(self, figure: KeptFigure | None) -> None:
        self._chosen = figure
        self._mark()

    def holds(self, position: int) -> bool:
        """Whether `position` of the text lies in the stretch shown."""
        return self._shown.start <= position <= self._shown.start + len(self._shown.text)

    def go_to(self, span: Span, flash: bool = True) -> None:
        """Bring `span` into the middle, put the caret there, light it up for a moment."""
        cursor = self.textCursor()
        cursor.setPosition(self._to_qt(span.start))
        self.setTextCursor(cursor)
        self.centerCursor()
        if flash:
            self._flash = span
            self._flash_over.start()
        self._mark()

    def caret(self) -> int:
        """Where the caret stands in the text."""
        return self._to_text(self.textCursor().position())

    def selected(self) -> Span | None:
        """What a person has selected, in the text's positions."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        return Span(self._to_text(cursor.selectionStart()), self._to_text(cursor.selectionEnd()))

    def figure_at(self, position: int) -> KeptFigure | None:
        """The innermost figure over `position`."""
        at = bisect_right(self._figure_starts, position)
        for kept in reversed(self._figures[max(0, at - 20) : at]):
            if kept.figure.start <= position < kept.figure.end:
                return kept
        return None

    def position_of(self, block: QTextBlock) -> int:
        """Where a line of the view begins in the text."""
        return self._to_text(block.position())

    def passage_at(self, position: int) -> Passage | None:
        at = bisect_right(self._starts, position) - 1
        return self._shown.passages[at] if at >= 0 else None

    def next_figure(self, step: int) -> KeptFigure | None:
        """The figure after (1) or before (-1) the caret."""
        position = self.caret()
        if step > 0:
            at = bisect_right(self._figure_starts, position)
        else:
            at = bisect_left(self._figure_starts, position) - 1
        return self._figures[at] if 0 <= at < len(self._figures) else None

    def visible_marks(self) -> int:
        """How many marks are made at present."""
        return len(self.extraSelections())

    def set_zoom(self, steps: int) -> None:
        self._zoom = steps
        self._fit()
        self._kinds.rehighlight()

    # -- inside ---------------------------------------------------------------------------------

    def _turn_towards(self, text: str) -> None:
        """Begin lines on the right for a text that is read from there; Qt's layout does not."""
        option = self.document().defaultTextOption()
        side = Qt.AlignmentFlag.AlignLeft
        if _is_read_from_the_right(text[:SAMPLE_FOR_DIRECTION]):
            side = Qt.AlignmentFlag.AlignRight
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        self.document().setDefaultTextOption(option)

    def _to_qt(self, position: int) -> int:
        inside = max(0, min(position - self._shown.start, len(self._shown.text)))
        return self._where.to_qt(inside)

    def _to_text(self, unit: int) -> int:
        return self._shown.start + self._where.to_text(unit)

    def _fit(self) -> None:
        """Set the letters' size and centre a column of readable width."""
        font = QFont(QApplication.font())
        font.setPointSizeF(max(6.0, font.pointSizeF() * 1.15 + self._zoom))
        if font != self.font():
            self.setFont(font)
        lane = self._lane.wanted_width()
        column = QFontMetrics(font).averageCharWidth() * CHARACTERS_A_LINE
        spare = self.width() - 2 * self.frameWidth() - self.verticalScrollBar().width() - column
        left = max(lane, spare // 2)
        right = max(mark_lane.WIDTH, spare - left)
        self.setViewportMargins(left, 8, right, 0)
        inside = self.contentsRect()
        self._mark_lane.setGeometry(
            QRect(self.viewport().geometry().right() + 1, inside.top() + 8, right, inside.height())
        )
        self._lane.setGeometry(
            QRect(inside.left() + left - lane, inside.top() + 8, lane, inside.height() - 8)
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        # The column first: before the first show it sends no event of its own, and the lines would
        # stay as long as the widget is wide.
        self._fit()
        super().resizeEvent(QResizeEvent(self.viewport().size(), event.oldSize()))
        self._mark()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_kinds"):
            self._kinds.rehighlight()
            self._mark()

    def createMimeDataFromSelection(self) -> QMimeData:
        """The stored words, not the widget's: those may hold line ends that the text has not."""
        data = QMimeData()
        span = self.selected()
        if span is not None:
            start = self._shown.start
            data.setText(self._shown.text[span.start - start : span.end - start])
        return data

    def wheelEvent(self, event: QWheelEvent) -> None:
        bar = self.verticalScrollBar()
        before, step = bar.value(), event.angleDelta().y()
        super().wheelEvent(event)
        if step and bar.value() == before:
            self.edge_passed.emit(-1 if step > 0 else 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if plain and len(event.text()) == 1 and event.text().isalnum():
            self.letter_typed.emit(event.text().lower())
            return
        caret = self.textCursor().position()
        super().keyPressEvent(event)
        downwards = {
            Qt.Key.Key_PageDown: 1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -1,
            Qt.Key.Key_Up: -1,
        }
        key = Qt.Key(event.key())
        if key in downwards and self.textCursor().position() == caret:
            self.edge_passed.emit(downwards[key])
            return
        moves = (
            Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp,
            Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End,
        )  # fmt: skip
        if event.key() in moves and not self.textCursor().hasSelection():
            self._choose_at(self.caret())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            kept = self.figure_at(self.caret())
            if kept is not None:
                self.figure_activated.emit(kept)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self._choose_at(self.caret())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        kept = self._figure_under(event.position().toPoint())
        if kept is None:
            super().mouseDoubleClickEvent(event)
            return
        self.figure_activated.emit(kept)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_requested.emit(event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            kept = self._figure_under(event.pos())
            position = self._position_under(event.pos())
            here = self.annotations_at(position) if position is not None else []
            parts = [showing.card(kept)] if kept else []
            parts += [annotation_marks.card(here, self._tags)] if here else []
            show_tip(event.globalPos(), "\n\n".join(parts), self.viewport())
            return True
        return super().viewportEvent(event)

    def _position_under(self, point: QPoint) -> int | None:
        cursor = self.cursorForPosition(point)
        # The nearest place is not the place: beside a short line there is nothing.
        if not self.cursorRect(cursor).adjusted(-12, 0, 12, 0).contains(point):
            return None
        return self._to_text(cursor.position())

    def _figure_under(self, point: QPoint) -> KeptFigure | None:
        position = self._position_under(point)
        if position is None:
            return None
        return self.figure_at(position) or self.figure_at(position - 1)

    def _choose_at(self, position: int) -> None:
        kept = self.figure_at(position)
        if kept is not None:
            self.figure_chosen.emit(kept)
        else:
            self.place_chosen.emit(position)
        here = self.annotations_at(position)
        if here:
            self.annotation_chosen.emit(here[-1])

    def _end_flash(self) -> None:
        self._flash = None
        self._mark()

    def _scroll_lane(self, area: QRect, moved: int) -> None:
        self._mark_lane.update()
        if moved:
            self._lane.scroll(0, moved)
        else:
            self._lane.update(0, area.y(), self._lane.width(), area.height())

    def visible_span(self, screens_more: int = 1) -> Span:
        """The stretch of the text on screen and `screens_more` below it."""
        block = self.firstVisibleBlock()
        first = block.position()
        height = self.viewport().height() * (1 + screens_more)
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        last = first
        while block.isValid() and top <= height:
            top += self.blockBoundingRect(block).height()
            last = block.position() + block.length()
            block = block.next()
        return Span(
            self._to_text(first), self._to_text(min(last, self.document().characterCount()))
        )

    def _mark(self) -> None:
        seen = self.visible_span()
        self._ask_ahead(seen)
        colours = theme.colours(self.palette())
        marks: list[QTextEdit.ExtraSelection] = []
        for stretch in annotation_marks.stretches(self._annotations, seen):
            span = Span(stretch.start, stretch.end)
            marks.append(
                self._marked(span, annotation_marks.look(stretch, self._tags, self.palette()))
            )
        if self._flash is not None:
            marks.append(self._marked(self._flash, _ground(colours.flash)))
        for spans, starts in (
            (self._matches, self._match_starts),
            (self._found, self._found_starts),
        ):
            for span in _within(spans, starts, seen):
                marks.append(self._marked(span, _ground(colours.match)))
        if self._current is not None and self.holds(self._current.start):
            chosen = _ground(colours.match)
            chosen.setFontUnderline(True)
            marks.append(self._marked(self._current, chosen))
        if self._chosen is not None and self.holds(self._chosen.figure.start):
            span = Span(self._chosen.figure.start, self._chosen.figure.end)
            marks.append(self._marked(span, _ground(colours.flash)))
        # Last, and without ground: each mark draws its text anew over the ones before it.
        formats = _figure_formats(colours)
        for kept in _figures_within(self._figures, self._figure_starts, seen):
            span = Span(kept.figure.start, kept.figure.end)
            marks.append(self._marked(span, formats[kept.status]))
        self.setExtraSelections(marks)

    def _ask_ahead(self, seen: Span) -> None:
        """Ask for the annotations of what is seen and as much around it, once it is left."""
        asked = self._asked_for
        if not self._shown.text or (
            asked is not None and asked.start <= seen.start and seen.end <= asked.end
        ):
            return
        more = max(seen.end - seen.start, 2000)
        first, last = self._shown.start, self._shown.start + len(self._shown.text)
        self._asked_for = Span(max(first, seen.start - more), min(last, seen.end + more))
        self.annotations_wanted.emit(self._asked_for)

    def _marked(self, span: Span, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._to_qt(span.start))
        cursor.setPosition(self._to_qt(span.end), QTextCursor.MoveMode.KeepAnchor)
        mark.cursor = cursor
        mark.format = look
        return mark


_PLAIN_KINDS = frozenset({"paragraph", "list"})


class _Kinds(QSyntaxHighlighter):
    """Sets headings, quotations, notes and boilerplate apart, block by block."""

    def __init__(self, view: TextView) -> None:
        super().__init__(view.document())
        self._view = view
        self._looks: dict[str, QTextCharFormat] = {}

    def highlightBlock(self, text: str) -> None:
        # Called for every line of the text: 37,000 times for 1 MB of verse.
        if not text:
            return
        view = self._view
        passage = view.passage_at(view.position_of(self.currentBlock()))
        if passage is None or passage.kind in _PLAIN_KINDS:
            return
        look = self._looks.get(passage.kind)
        if look is None:
            look = self._looks[passage.kind] = self._look(passage.kind)
        self.setFormat(0, len(text.encode("utf-16-le")) // 2, look)

    def rehighlight(self) -> None:
        self._looks.clear()
        super().rehighlight()

    def _look(self, kind: str) -> QTextCharFormat:
        look = QTextCharFormat()
        size = self._view.font().pointSizeF()
        match kind:
            case "heading":
                look.setFontWeight(QFont.Weight.Bold)
                look.setFontPointSize(size * 1.2)
            case "quotation":
                look.setFontItalic(True)
            case "footnote":
                look.setFontPointSize(size * 0.88)
            case "table":
                fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
                look.setFontFamilies(fixed.families())
            case "boilerplate":
                look.setForeground(QColor(theme.colours(self._view.palette()).quiet))
                look.setFontPointSize(size * 0.88)
        return look


def _is_read_from_the_right(text: str) -> bool:
    directions = Counter(map(unicodedata.bidirectional, text))
    return directions["R"] + directions["AL"] > directions["L"]


def _ground(colour: str) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setBackground(QColor(colour))
    return look


def _figure_formats(colours: theme.Colours) -> dict[str, QTextCharFormat]:
    """Dotted is proposed, solid is decided, struck is rejected."""
    proposed, accepted, rejected = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
    proposed.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    proposed.setUnderlineColor(QColor(colours.proposed))
    accepted.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    accepted.setUnderlineColor(QColor(colours.accepted))
    rejected.setFontStrikeOut(True)
    rejected.setForeground(QColor(colours.rejected))
    return {"proposed": proposed, "accepted": accepted, "edited": accepted, "rejected": rejected}


def _within(spans: Sequence[Span], starts: list[int], seen: Span) -> Sequence[Span]:
    first = bisect_left(starts, seen.start - LONGEST_MARK)
    return spans[first : bisect_right(starts, seen.end)]


def _figures_within(
    figures: Sequence[KeptFigure], starts: list[int], seen: Span
) -> Sequence[KeptFigure]:
    first = bisect_left(starts, seen.start - LONGEST_MARK)
    return figures[first : bisect_right(starts, seen.end)]
