"""The docks of description: the controlled names, and the page of the original."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QMainWindow, QWidget

from desktop.lazy_docks import LazyDocks
from desktop.session import Session

PAGE_WIDTH = 440


class DescriptionDocks(LazyDocks):
    """Makes each panel when it is first asked for; says what was asked for in it."""

    search_requested = Signal(str)

    def __init__(self, session: Session, window: QMainWindow) -> None:
        super().__init__(session, window)
        area = Qt.DockWidgetArea.LeftDockWidgetArea
        self.names_dock = self._add("names", self.tr("Names"), area, self._make_names)

        right = Qt.DockWidgetArea.RightDockWidgetArea
        self.page_dock = self._add("page", self.tr("Page"), right, self._make_page)

    def show_page(self) -> None:
        """Bring the page of the original up, wide enough to be read."""
        self.show(self.page_dock)
        widen = partial(
            self._window.resizeDocks, [self.page_dock], [PAGE_WIDTH], Qt.Orientation.Horizontal
        )
        QTimer.singleShot(0, self, widen)  # once it has its place beside the other docks

    def _make_page(self) -> QWidget:
        from desktop.panels.page import PagePanel

        panel = PagePanel(self._session, self._window)
        panel.noted.connect(self.noted)
        return panel

    def _make_names(self) -> QWidget:
        from desktop.panels.names import NamesPanel

        panel = NamesPanel(self._session, self._window)
        panel.search_requested.connect(self.search_requested)
        panel.noted.connect(self.noted)
        panel.reload()
        return panel
