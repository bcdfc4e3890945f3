"""The exception window: what went wrong inside the program, for a person to copy and send."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.panels.about import versions
from desktop.plain import Label


class BugWindow(QDialog):
    """Shows one or more unexpected errors; sends nothing anywhere."""

    def __init__(self, log: Path | None, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Something went wrong in Muniment"))
        said = self.tr(
            "This is a mistake in the program, not yours. What is stored in the archive is safe. "
            "The text below says where it happened; it may quote words you were working with, "
            "so look at it before you send it to anyone."
        )
        label = Label(said, self)
        label.setWordWrap(True)
        self._text = QPlainTextEdit(self)
        self._text.setReadOnly(True)
        self._text.setAccessibleName(self.tr("What happened"))
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        place = Label(self.tr("Log file: {0}").format(log) if log else "", self).wrapped()
        copy = QPushButton(self.tr("&Copy"), self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        layout = QVBoxLayout(self)
        for widget in (label, self._text, place, buttons):
            layout.addWidget(widget)
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.hide)
        self.setModal(False)
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.resize(720, 480)
        self._text.setPlainText("\n".join(f"{name} {version}" for name, version in versions()))

    def add(self, trace: str) -> None:
        """Add one error and come to the front."""
        self._text.appendPlainText(f"\n{trace}")
        self.show()
        self.raise_()

    def text(self) -> str:
        return self._text.toPlainText()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
