"""Docks whose panels are made when they are first looked at."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from desktop.session import Session

HEIGHT = 300
WIDTH = 290


class LazyDocks(QObject):
    """Shows and hides docks by name; each panel is made once, for an open archive."""

    noted = Signal(str)

    def __init__(self, session: Session, window: QMainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._makers: dict[QDockWidget, Callable[[], QWidget]] = {}

    def all(self) -> tuple[QDockWidget, ...]:
        """The docks in the order they were added."""
        return tuple(self._makers)

    def show(self, dock: QDockWidget) -> None:
        """Bring a dock up and put the focus into it."""
        self._furnish(dock)
        was_hidden = dock.isHidden()
        dock.show()
        dock.raise_()
        if was_hidden:
            area = self._window.dockWidgetArea(dock)
            if area == Qt.DockWidgetArea.BottomDockWidgetArea:
                self._window.resizeDocks([dock], [HEIGHT], Qt.Orientation.Vertical)
            else:
                self._window.resizeDocks([dock], [WIDTH], Qt.Orientation.Horizontal)
        dock.widget().setFocus()

    def hide(self) -> None:
        for dock in self._makers:
            dock.hide()

    def _add(
        self, name: str, title: str, area: Qt.DockWidgetArea, maker: Callable[[], QWidget]
    ) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(name)
        self._window.addDockWidget(area, dock)
        dock.hide()
        self._makers[dock] = maker
        dock.visibilityChanged.connect(partial(self._look, dock))
        return dock

    def _look(self, dock: QDockWidget, is_shown: bool) -> None:
        if is_shown:
            self._furnish(dock)

    def _furnish(self, dock: QDockWidget) -> None:
        if dock.widget() is None and self._session.is_open():
            dock.setWidget(self._makers[dock]())
