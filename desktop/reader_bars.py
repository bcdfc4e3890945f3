"""The two bars of the reader: one finds words in the view, one turns the window of a long text."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QToolButton, QWidget

from desktop import showing
from desktop.filter_line import FilterLine
from desktop.plain import Label

if TYPE_CHECKING:
    from db.records import Span


class FindBar(QWidget):
    """The line that finds words in the view."""

    asked = Signal(str)
    step_requested = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found: list[Span] = []
        self._line = FilterLine(self.tr("Find in this text"), self)
        self._place = Label("", self)
        previous = QToolButton(self)
        previous.setText(self.tr("Previous"))
        following = QToolButton(self)
        following.setText(self.tr("Next"))
        close = QToolButton(self)
        close.setText(self.tr("Close"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 10, 6)
        layout.addWidget(self._line, 1)
        for widget in (self._place, previous, following, close):
            layout.addWidget(widget)
        self._line.asked.connect(self.asked)
        self._line.returnPressed.connect(partial(self.step_requested.emit, 1))
        previous.clicked.connect(partial(self._step, -1))
        following.clicked.connect(partial(self._step, 1))
        close.clicked.connect(self._close)

    def words(self) -> str:
        return self._line.text()

    def line(self) -> QLineEdit:
        return self._line

    def show_line(self, words: str) -> None:
        self.show()
        if words:
            self._line.setText(words)
        self._line.setFocus()
        self._line.selectAll()
        if self._line.text():
            self.asked.emit(self._line.text())

    def say_place(self, index: int) -> None:
        """Which of the places found one is at."""
        if not self.words():
            self._place.setText("")
        elif index < 0:
            self._place.setText(self.tr("not found"))
        else:
            said = self.tr("{0} of {1}")
            self._place.setText(
                said.format(showing.count(index + 1), showing.count(len(self.found)))
            )

    def forget(self) -> None:
        """Another text is shown."""
        self.found = []
        self._place.setText("")
        if self.isVisible() and self.words():
            self.asked.emit(self.words())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if back:
                self.step_requested.emit(-1)
        else:
            super().keyPressEvent(event)

    def _step(self, step: int, _checked: bool = False) -> None:
        self.step_requested.emit(step)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()


class WindowBar(QWidget):
    """Says which passages of a long text are on screen, and turns to the next."""

    earlier_requested = Signal()
    later_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = Label("", self)
        self._earlier = QPushButton(self.tr("Earlier"), self)
        self._later = QPushButton(self.tr("Later"), self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 2, 14, 2)
        layout.addWidget(self._said, 1)
        layout.addWidget(self._earlier)
        layout.addWidget(self._later)
        self._earlier.clicked.connect(self.earlier_requested)
        self._later.clicked.connect(self.later_requested)
        self.hide()

    def can_turn(self, step: int) -> bool:
        button = self._later if step > 0 else self._earlier
        return not self.isHidden() and button.isEnabled()

    def show_range(self, first: int, last: int, of: int) -> None:
        said = self.tr("A long text: passages {0} to {1} of {2}")
        self._said.setText(said.format(*(showing.count(n) for n in (first, last, of))))
        self._earlier.setEnabled(first > 1)
        self._later.setEnabled(last < of)
        self.show()
