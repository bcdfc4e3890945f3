"""A passage in its context with one figure's words marked; tells which words a person selects."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from db.records import Span
from desktop import positions, theme


@dataclass(frozen=True, slots=True)
class InContext:
    """A stretch of a source's text from `start` on, what stands around it, and what is marked."""

    text: str = ""
    start: int = 0
    before: str = ""
    after: str = ""
    figure: Span | None = None
    grounds: tuple[Span, ...] = ()


class PassageView(QPlainTextEdit):
    """Read only. Speaks of positions in the source's text, like the reader."""

    words_selected = Signal(object)  # Span, when the mouse or the keyboard lets go

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self._shown = InContext()
        self._lead = ""
        self._where = positions.Positions("")

    def show_context(self, shown: InContext) -> None:
        """Show another passage, the figure's words in the middle of the view."""
        self._shown = shown
        self._lead = f"{shown.before}\n" if shown.before else ""
        tail = f"\n{shown.after}" if shown.after else ""
        whole = f"{self._lead}{shown.text}{tail}"
        at = positions.cuts(whole, ())
        self._where = positions.Positions(whole, at)
        self.setPlainText(positions.with_cuts(whole, at))
        self._mark()
        if shown.figure is not None:
            cursor = self.textCursor()
            cursor.setPosition(self._to_qt(shown.figure.start))
            self.setTextCursor(cursor)
            self.centerCursor()

    def mark(self, figure: Span) -> None:
        """Other words are the figure's now."""
        shown = self._shown
        self._shown = InContext(
            shown.text, shown.start, shown.before, shown.after, figure, shown.grounds
        )
        self._mark()

    def words_at(self, span: Span) -> str:
        start = self._shown.start
        return self._shown.text[span.start - start : span.end - start]

    def selected(self) -> Span | None:
        """The words selected, blanks at their ends left out; None where they are of no use."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        shown = self._shown
        offset = shown.start - len(self._lead)
        start = self._where.to_text(cursor.selectionStart()) + offset
        end = self._where.to_text(cursor.selectionEnd()) + offset
        start, end = max(start, shown.start), min(end, shown.start + len(shown.text))
        words = self.words_at(Span(start, end)) if start < end else ""
        if not words.strip():
            return None
        return Span(
            start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Letters are the panel's; they are no text here.
        if event.text().isalpha() and not event.modifiers():
            event.ignore()
            return
        super().keyPressEvent(event)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._tell_selected()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._tell_selected()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self._tell_selected()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_where"):
            self._mark()

    def _tell_selected(self) -> None:
        span = self.selected()
        if span is not None:
            self.words_selected.emit(span)

    def _mark(self) -> None:
        shown, colours = self._shown, theme.colours(self.palette())
        marks = []
        quiet = QTextCharFormat()
        quiet.setForeground(QColor(colours.quiet))
        first = shown.start
        last = shown.start + len(shown.text)
        if self._lead:
            marks.append(self._marked(Span(first - len(self._lead), first), quiet))
        if shown.after:
            marks.append(self._marked(Span(last, last + 1 + len(shown.after)), quiet))
        ground = QTextCharFormat()
        ground.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        ground.setBackground(QColor(colours.match))
        for span in shown.grounds:
            if first <= span.start < span.end <= last:
                marks.append(self._marked(span, ground))
        if shown.figure is not None:
            words = QTextCharFormat()
            words.setBackground(QColor(colours.flash))
            words.setFontWeight(QFont.Weight.Bold)
            words.setFontUnderline(True)
            marks.append(self._marked(shown.figure, words))
        self.setExtraSelections(marks)

    def _marked(self, span: Span, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._to_qt(span.start))
        cursor.setPosition(self._to_qt(span.end), QTextCursor.MoveMode.KeepAnchor)
        mark.cursor = cursor
        mark.format = look
        return mark

    def _to_qt(self, position: int) -> int:
        inside = position - self._shown.start + len(self._lead)
        length = len(self._lead) + len(self._shown.text)
        if self._shown.after:
            length += 1 + len(self._shown.after)
        return self._where.to_qt(max(0, min(inside, length)))
