"""The docks along the bottom: review queue, findings, series, history; and the windows of figures."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMainWindow, QWidget

from desktop.lazy_docks import LazyDocks
from desktop.session import Session

if TYPE_CHECKING:
    from db.records import Span, Target
    from desktop.panels.differences import DifferencesWindow
    from desktop.panels.figure_window import FigureWindow
    from desktop.panels.findings import FindingsPanel
    from desktop.panels.review import ReviewPanel
    from desktop.panels.series import SeriesPanel


class Docks(LazyDocks):
    """Makes each panel when it is first asked for; says what was chosen in it."""

    figure_chosen = Signal(object)  # KeptFigure
    figure_activated = Signal(object)  # KeptFigure
    place_chosen = Signal(object)  # Selected
    place_activated = Signal(object)  # Selected
    series_chosen = Signal(object)  # Series
    plot_requested = Signal(object)  # Series
    figures_requested = Signal()
    files_requested = Signal()

    def __init__(self, session: Session, window: QMainWindow) -> None:
        super().__init__(session, window)
        self._figure_window: FigureWindow | None = None
        self._differences: DifferencesWindow | None = None
        self._review: ReviewPanel | None = None
        self._findings: FindingsPanel | None = None
        self._series: SeriesPanel | None = None
        area = Qt.DockWidgetArea.BottomDockWidgetArea
        self.review_dock = self._add("review", self.tr("Review queue"), area, self._make_review)
        self.findings_dock = self._add("findings", self.tr("Findings"), area, self._make_findings)
        self.series_dock = self._add("series", self.tr("Series"), area, self._make_series)
        self.history_dock = self._add("history", self.tr("History"), area, self._make_history)
        window.tabifyDockWidget(self.review_dock, self.findings_dock)
        window.tabifyDockWidget(self.findings_dock, self.series_dock)
        window.tabifyDockWidget(self.series_dock, self.history_dock)

    def show_finding(self, finding_id: int) -> None:
        """Bring the findings up with one of them chosen."""
        self.show(self.findings_dock)
        if self._findings is not None:
            self._findings.show_finding(finding_id)

    def show_series(self, series_id: int) -> None:
        """Bring the series up with one of them chosen."""
        self.show(self.series_dock)
        if self._series is not None:
            self._series.show_series(series_id)

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
