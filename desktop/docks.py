"""The docks along the bottom: review queue, findings, series, history; and the windows of figures."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from desktop.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.records import Span, Target
    from desktop.panels.differences import DifferencesWindow
    from desktop.panels.figure_window import FigureWindow
    from desktop.panels.findings import FindingsPanel
    from desktop.panels.review import ReviewPanel
    from desktop.panels.series import SeriesPanel

HEIGHT = 300


class Docks(QObject):
    """Makes each panel when it is first asked for; says what was chosen in it."""

    figure_chosen = Signal(object)  # KeptFigure
    figure_activated = Signal(object)  # KeptFigure
    place_chosen = Signal(object)  # Selected
    place_activated = Signal(object)  # Selected
    series_chosen = Signal(object)  # Series
    plot_requested = Signal(object)  # Series
    figures_requested = Signal()
    files_requested = Signal()
    noted = Signal(str)

    def __init__(self, session: Session, window: QMainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._figure_window: FigureWindow | None = None
        self._differences: DifferencesWindow | None = None
        self._review: ReviewPanel | None = None
        self._findings: FindingsPanel | None = None
        self._series: SeriesPanel | None = None
        self.review_dock = self._dock("review", self.tr("Review queue"))
        self.findings_dock = self._dock("findings", self.tr("Findings"))
        self.series_dock = self._dock("series", self.tr("Series"))
        self.history_dock = self._dock("history", self.tr("History"))
        self._makers: dict[QDockWidget, Callable[[], QWidget]] = {
            self.review_dock: self._make_review,
            self.findings_dock: self._make_findings,
            self.series_dock: self._make_series,
            self.history_dock: self._make_history,
        }
        for dock in self._makers:
            dock.visibilityChanged.connect(partial(self._look, dock))
        window.tabifyDockWidget(self.review_dock, self.findings_dock)
        window.tabifyDockWidget(self.findings_dock, self.series_dock)
        window.tabifyDockWidget(self.series_dock, self.history_dock)

    def all(self) -> tuple[QDockWidget, ...]:
        """The docks in the order of their tabs."""
        return tuple(self._makers)

    def show(self, dock: QDockWidget) -> None:
        """Bring a dock up and put the focus into it."""
        self._furnish(dock)
        was_hidden = dock.isHidden()
        dock.show()
        dock.raise_()
        if was_hidden:
            self._window.resizeDocks([dock], [HEIGHT], Qt.Orientation.Vertical)
        dock.widget().setFocus()

    def hide(self) -> None:
        for dock in self._makers:
            dock.hide()

    def show_finding(self, finding_id: int) -> None:
        """Bring the findings up with one of them chosen."""
        self.show(self.findings_dock)
        if self._findings is not None:
            self._findings.show_finding(finding_id)

    def chosen_thing(self, focus: QWidget | None) -> "tuple[Target, str] | None":
        """The finding or the series chosen in the panel that has the focus, with its name."""
        from db.records import Target

        for panel in (self._findings, self._series):
            if panel is None or focus is None or not panel.isAncestorOf(focus):
                continue
            if panel is self._findings:
                finding = self._findings.chosen()
                return (Target(finding_id=finding.id), finding.message) if finding else None
            series = self._series.chosen() if self._series is not None else None
            return (Target(series_id=series.id), series.name) if series else None
        return None

    def edit_figure(self, figure_id: int) -> None:
        """Open the figure window on a figure of the archive."""
        self._window_of_figures().open_figure(figure_id)

    def new_figure(self, source_id: int, span: "Span") -> None:
        """Open the figure window on words that shall become a figure."""
        self._window_of_figures().open_new(source_id, span)

    def read_anew(self) -> None:
        """Read anew what an older grammar has read, and show what differs."""
        if self._differences is None:
            from desktop.panels.differences import DifferencesWindow

            self._differences = DifferencesWindow(self._session, self._window)
            self._differences.noted.connect(self.noted)
        self._differences.read_anew()

    def _dock(self, name: str, title: str) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(name)
        self._window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
        dock.hide()
        return dock

    def _look(self, dock: QDockWidget, is_shown: bool) -> None:
        if is_shown:
            self._furnish(dock)

    def _furnish(self, dock: QDockWidget) -> None:
        if dock.widget() is None and self._session.is_open():
            dock.setWidget(self._makers[dock]())

    def _make_review(self) -> QWidget:
        from desktop.panels.review import ReviewPanel

        panel = ReviewPanel(self._session, self._window)
        panel.figure_chosen.connect(self.figure_chosen)
        panel.figure_activated.connect(self.figure_activated)
        panel.figures_requested.connect(self.figures_requested)
        panel.import_requested.connect(self.files_requested)
        panel.noted.connect(self.noted)
        panel.reload()
        self._review = panel
        return panel

    def _make_findings(self) -> QWidget:
        from desktop.panels.findings import FindingsPanel

        panel = FindingsPanel(self._session, self._window)
        panel.place_chosen.connect(self.place_chosen)
        panel.place_activated.connect(self.place_activated)
        panel.noted.connect(self.noted)
        panel.reload()
        self._findings = panel
        return panel

    def _make_series(self) -> QWidget:
        from desktop.panels.series import SeriesPanel

        panel = SeriesPanel(self._session, self._window)
        panel.series_chosen.connect(self.series_chosen)
        panel.plot_requested.connect(self.plot_requested)
        panel.figure_chosen.connect(self.figure_chosen)
        panel.figure_activated.connect(self.figure_activated)
        panel.noted.connect(self.noted)
        panel.reload()
        self._series = panel
        return panel

    def _make_history(self) -> QWidget:
        from desktop.panels.history import HistoryPanel

        panel = HistoryPanel(self._session, self._window)
        panel.noted.connect(self.noted)
        panel.reload()
        return panel

    def _window_of_figures(self) -> "FigureWindow":
        if self._figure_window is None:
            from desktop.panels.figure_window import FigureWindow

            self._figure_window = FigureWindow(self._session, self._window)
            self._figure_window.noted.connect(self.noted)
        return self._figure_window
