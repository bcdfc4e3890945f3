"""One line that asks for a name or a reason, below a list; nothing else stops meanwhile."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop.plain import Label


class AskingLine(QWidget):
    """Asks one thing at a time; hands the answer to who asked, or nothing on Esc."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._then: Callable[..., None] | None = None
        self._question = Label("", self)
        self._line = QLineEdit(self)
        self._done = QPushButton(self.tr("Done"), self)
        cancel = QPushButton(self.tr("Cancel (Esc)"), self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._question)
        layout.addWidget(self._line, 1)
        layout.addWidget(self._done)
        layout.addWidget(cancel)
        self._line.textChanged.connect(lambda text: self._done.setEnabled(bool(text.strip())))
        self._line.returnPressed.connect(self._answer)
        self._done.clicked.connect(self._answer)
        cancel.clicked.connect(self.hide)

    def ask(
        self,
        question: str,
        text: str,
        then: Callable[..., None],
        choices: Sequence[str] = (),
    ) -> None:
        """Ask, with `text` as a first answer; `then(said=...)` is called with the person's.

        What is typed is completed from `choices`; anything else may be said too.
        """
        self._then = then
        completer = QCompleter(list(choices), self._line) if choices else None
        if completer is not None:
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._line.setCompleter(completer)  # type: ignore[arg-type]  # None takes it off
        self._question.setText(question)
        self._line.setAccessibleName(question)
        self._line.setText(text)
        self._done.setEnabled(bool(text.strip()))
        self.show()
        self._line.setFocus()
        self._line.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _answer(self) -> None:
        said = self._line.text().strip()
        if said and self._then is not None:
            self.hide()
            self._then(said=said)
