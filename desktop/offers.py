"""What would find something where nothing was found: each a button with how much it finds."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.plain import Label, menu_text


class Offers(QWidget):
    """Says that nothing was found, and offers queries that find something."""

    chosen = Signal(str)  # the query

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = Label("", self)
        self._said.setWordWrap(True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._buttons: list[QPushButton] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 16, 16, 16)
        self._layout.setSpacing(10)
        self._layout.addStretch(2)
        self._layout.addWidget(self._said)
        self._layout.addStretch(3)

    def say(self, text: str, offers: Sequence[tuple[str, int]]) -> None:
        """Say `text` and offer each (query, passages)."""
        for button in self._buttons:
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        self._said.setText(text)
        for place, (query, total) in enumerate(offers):
            button = QPushButton(self)
            said = self.tr("{0}: %n passage(s)", "", total)
            button.setText(said.format(menu_text(query)))
            button.clicked.connect(partial(self._choose, query))
            at = self._layout.count() - 1
            self._layout.insertWidget(at, button, 0, Qt.AlignmentFlag.AlignHCenter)
            self._buttons.append(button)
            if place:
                QWidget.setTabOrder(self._buttons[place - 1], button)

    def text(self) -> str:
        return self._said.text()

    def buttons(self) -> list[QPushButton]:
        return list(self._buttons)

    def _choose(self, query: str, _checked: bool = False) -> None:
        self.chosen.emit(query)
