"""The line above a list that narrows it, the count below it, and what is said when it is empty."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.plain import Label

# Long enough not to ask at every letter, short enough to feel like typing.
MILLISECONDS_AFTER_TYPING = 180


class FilterLine(QLineEdit):
    """Says what was typed once the person pauses, or at once on Return."""

    asked = Signal(str)

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self._last = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(MILLISECONDS_AFTER_TYPING)
        self._pause.timeout.connect(self._ask)
        self.textChanged.connect(lambda _text: self._pause.start())
        self.returnPressed.connect(self._ask)

    def set_quietly(self, text: str) -> None:
        """Show `text` without asking."""
        self.setText(text)
        self._pause.stop()
        self._last = text

    def _ask(self) -> None:
        self._pause.stop()
        if self.text() != self._last:
            self._last = self.text()
            self.asked.emit(self._last)


class EmptyState(QWidget):
    """What a list says when it has nothing: why, and the next step."""

    step_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = Label("", self)
        self._said.setWordWrap(True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._step = QPushButton(self)
        self._step.clicked.connect(self.step_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addStretch(2)
        layout.addWidget(self._said)
        layout.addWidget(self._step, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def say(self, text: str, step: str = "") -> None:
        self._said.setText(text)
        self._step.setText(step)
        self._step.setVisible(bool(step))

    def text(self) -> str:
        return self._said.text()
