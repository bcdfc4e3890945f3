"""Where the plot is seen, or the reason why there is none."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.plain import Label


class Stage(QStackedWidget):
    """Shows a plot, or words in its place."""

    def __init__(self, plot: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._plot = plot
        self.empty = Label("", self).wrapped()
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setMargin(24)
        self.addWidget(plot)
        self.addWidget(self.empty)

    def say(self, reason: str) -> None:
        """Show `reason` in place of the plot; without one the plot."""
        self.empty.setText(reason)
        self.setCurrentWidget(self.empty if reason else self._plot)
