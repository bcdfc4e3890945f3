"""The Compare tab: two pages, versions of one text and accounts of one matter."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.panels.comparison import ComparisonPanel
from desktop.session import Session

if TYPE_CHECKING:
    from desktop.panels.accounts import AccountsPanel


class CompareTab(QWidget):
    """Holds the two pages; the accounts are made when they are first looked at."""

    place_chosen = Signal(object)  # Selected
    place_activated = Signal(object)  # Selected
    figure_chosen = Signal(object)  # KeptFigure
    figure_activated = Signal(object)  # KeptFigure
    noted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.versions = ComparisonPanel(session, self)
        self._accounts: AccountsPanel | None = None
        self._pages = QTabBar(self)
        self._pages.setAccessibleName(self.tr("What is compared"))
        self._pages.addTab(self.tr("Versions: passage by passage"))
        self._pages.addTab(self.tr("Accounts: figure by figure"))
        self._pages.setExpanding(False)
        self._pages.setDrawBase(False)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.versions)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._pages)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.versions)
        self.versions.place_chosen.connect(self.place_chosen)
        self.versions.place_activated.connect(self.place_activated)
        self._pages.currentChanged.connect(lambda _page: self.look())

    def look(self) -> None:
        """The tab or one of its pages is turned to."""
        if self._pages.currentIndex() == 1:
            accounts = self.accounts()
            self._stack.setCurrentWidget(accounts)
            self.setFocusProxy(accounts)
            accounts.offer_sources(self.versions.sources())
            accounts.reload()
        else:
            self._stack.setCurrentWidget(self.versions)
            self.setFocusProxy(self.versions)
            self.versions.look()

    def accounts(self) -> "AccountsPanel":
        """The page of accounts."""
        if self._accounts is None:
            from desktop.panels.accounts import AccountsPanel

            self._accounts = AccountsPanel(self._session, self)
            self._accounts.figure_chosen.connect(self.figure_chosen)
            self._accounts.figure_activated.connect(self.figure_activated)
            self._accounts.noted.connect(self.noted)
            self._stack.addWidget(self._accounts)
        return self._accounts

    def show_versions(self) -> "ComparisonPanel":
        self._pages.setCurrentIndex(0)
        return self.versions

    def show_accounts(self) -> "AccountsPanel":
        self._pages.setCurrentIndex(1)
        return self.accounts()
