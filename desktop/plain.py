"""Widgets and words that show a text as text: what a document says is never read as markup."""

import html

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QMessageBox, QToolTip, QWidget

# Marks that turn the reading direction around can make one name look like another.
_DIRECTIONS = {code: f"⟨U+{code:04X}⟩" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
LONGEST_TIP = 1000


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """`text`, found by lupdate under this very name; Qt's own is typed to return any object."""
    del context
    return text


def shown(text: str) -> str:
    """`text` on one line as it may stand in a title, a cell or a menu."""
    return " ".join(text.translate(_DIRECTIONS).split())


def tip(text: str) -> str:
    """`text` for setToolTip, which would take it for HTML if it looked like it."""
    if not text:
        return ""
    cut = text[:LONGEST_TIP] + ("…" if len(text) > LONGEST_TIP else "")
    escaped = html.escape(cut.translate(_DIRECTIONS)).replace("\n", "<br>")
    return f"<qt>{escaped}</qt>"


def menu_text(text: str) -> str:
    """`text` for a menu or a button, where & would underline a letter."""
    return shown(text).replace("&", "&&")


def set_tip(widget: QWidget, text: str) -> None:
    """Give `widget` a tool tip that shows `text` as it is."""
    widget.setToolTip(tip(text))


def show_tip(at: QPoint, text: str, widget: QWidget) -> None:
    """Show `text` beside the global point `at`; an empty one hides what is shown."""
    QToolTip.showText(at, tip(text), widget)


class Label(QLabel):
    """A label whose text is only ever text."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def wrapped(self) -> "Label":
        """This label, breaking its lines and selectable with mouse and keyboard."""
        self.setWordWrap(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return self


class ShortLabel(Label):
    """A label on one line that ends in … where it has no room, and then shows all in its tip."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._full = ""
        self.setMinimumWidth(40)
        self.set_full(text)

    def set_full(self, text: str) -> None:
        self._full = shown(text)
        self.setAccessibleName(self._full)
        self.updateGeometry()
        self.update()

    def full(self) -> str:
        return self._full

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._full) + 2, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, QFontMetrics(self.font()).height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        metrics = painter.fontMetrics()
        text = metrics.elidedText(self._full, Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(tip(self._full) if text != self._full else "")
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(self.alignment()), text)
        painter.end()


class Message(QMessageBox):
    """A message whose text is only ever text."""

    def __init__(self, parent: QWidget | None, title: str, text: str, more: str = "") -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWindowTitle(title)
        self.setText(text)
        self.setInformativeText(more)
