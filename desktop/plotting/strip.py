"""The strip under a plot: the chosen figure's words in their sentence, its source and its date."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from db.records import KeptFigure, Passage
from desktop.plain import Label, ShortLabel
from desktop.plotting import words


class Strip(QFrame):
    """Shows one figure as its source states it; asks for its source to be opened."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._value = Label("", self)
        bold = QFont(self._value.font())
        bold.setBold(True)
        self._value.setFont(bold)
        self._about = ShortLabel("", self)
        self._open = QPushButton(self.tr("Open in reader"), self)
        self._open.setToolTip(self.tr("Open the source at these words (Enter)"))
        self._words = QPlainTextEdit(self)
        self._words.setReadOnly(True)
        self._words.setFrameShape(QFrame.Shape.NoFrame)
        self._words.setTabChangesFocus(True)
        self._words.setAccessibleName(self.tr("The figure's sentence"))
        self._words.setFixedHeight(self.fontMetrics().lineSpacing() * 3 + 12)
        self._words.viewport().setAutoFillBackground(False)
        self._marked = (0, 0)
        head = QHBoxLayout()
        head.addWidget(self._value)
        head.addWidget(self._about, 1)
        head.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._words)
        self._open.clicked.connect(self.opened)
        self.show_figure(None, None)

    def show_figure(
        self,
        kept: KeptFigure | None,
        passage: Passage | None,
        *,
        is_drawn: bool = True,
        turn: tuple[int, int] = (1, 1),
    ) -> None:
        """Show `kept`; without one, say how to choose."""
        self._open.setEnabled(kept is not None)
        if kept is None:
            self._value.setText("")
            self._about.set_full("")
            self._words.setPlainText(
                self.tr("Click a point, or walk along them with the arrow keys, to read its words.")
            )
            self._marked = (0, 0)
            self.paint_anew()
            return
        before, own, after = words.sentence(kept, passage)
        self._value.setText(words.of(kept))
        about = words.provenance(kept)
        if not is_drawn:
            about += self.tr(" · not in the plot")
        elif turn[1] > 1:
            number, of = turn
            about += self.tr(" · {number} of {of} at this point, click for the next").format(
                number=number, of=of
            )
        self._about.set_full(about)
        self._words.setPlainText(before + own + after)
        start = len(before.encode("utf-16-le")) // 2
        self._marked = (start, start + len(own.encode("utf-16-le")) // 2)
        self.paint_anew()

    def text(self) -> str:
        """The sentence it shows."""
        return self._words.toPlainText()

    def paint_anew(self) -> None:
        """Take the colours from the palette as it is now."""
        palette = self._words.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(Qt.GlobalColor.transparent))
        palette.setColor(
            QPalette.ColorRole.Text, self.palette().color(QPalette.ColorRole.WindowText)
        )
        self._words.setPalette(palette)
        start, end = self._marked
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self._words.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        mark.cursor = cursor
        look = QTextCharFormat()
        look.setFontWeight(QFont.Weight.Bold)
        look.setFontUnderline(True)
        mark.format = look
        self._words.setExtraSelections([mark] if end > start else [])
