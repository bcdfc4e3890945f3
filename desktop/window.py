"""The main window: makes the panels, wires what they say to who acts, knows where one has been."""

import importlib
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QMainWindow,
    QStackedWidget,
    QTabWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from db.records import Change, FigureStatus, Hit, KeptFigure, Passage, Span
from desktop import actions, asked, showing, theme
from desktop.actions import COMMANDS, MENUS, TOOLBAR, Actions
from desktop.icons import icon
from desktop.job_line import JobLine
from desktop.jobs import Progress
from desktop.opening import SUFFIX, Opening
from desktop.panels.figures import FiguresPanel
from desktop.panels.inspector import Inspector
from desktop.panels.library import Library
from desktop.panels.reader import Reader
from desktop.panels.search import SearchPanel
from desktop.panels.welcome import Welcome
from desktop.plain import Label, menu_text, shown
from desktop.selection import Place, Selected, Visited
from desktop.session import PATIENCE, Session
from desktop.settings import Settings, Theme

if TYPE_CHECKING:
    from collections.abc import Generator

    from db.archive import Archive
    from desktop.panels.importing import ImportWindow
    from desktop.panels.plot import PlotPanel

MILLISECONDS_OF_NOTE = 6000
MILLISECONDS_TO_CLOSE = 5000
TABS = ("read", "find", "figures", "plot")


class MainWindow(QMainWindow):
    """One archive in one window. Panels say what a person did; this decides who acts."""

    painted = Signal()  # once, after the first paint

    def __init__(self, settings: Settings, log: Path | None = None) -> None:
        super().__init__()
        self._settings = settings
        self._log = log
        self._session = Session(settings, self)
        self._opening = Opening(self._session, self)
        self._actions = Actions(self)
        self._visited = Visited()
        self._moving = False
        self._behind: Selected | None = None
        self._matches: tuple[Span, ...] = ()
        self._to_import: list[Path] = []
        self._importing: ImportWindow | None = None
        self._plot: PlotPanel | None = None
        self._plotted = False
        self._has_painted = False
        self._may_close = False

        self.setObjectName("window")
        self.setAcceptDrops(True)
        self._make_panels()
        self._make_bars()
        self._connect()
        self._restore()
        self._show_closed()

    # -- what the application asks ----------------------------------------------------------------

    @property
    def session(self) -> Session:
        return self._session

    def open_archive(self, path: Path) -> None:
        self._opening.open(path)

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Look at files and folders before they are taken in; without an archive, make one first."""
        if not paths:
            return
        if not self._session.is_open():
            self._to_import = list(paths)
            if not self._opening.new():
                self._to_import = []
            return
        if not self._session.is_writable():
            self._note(self.tr("This archive is open read-only; nothing can be imported."))
            return
        self._import_window().take(paths)

    def preload(self) -> None:
        """Bring in, on a thread, what the first plot and the first archive would wait for."""
        self._session.jobs.run_outside(_preload, lambda _none: None, lambda _error: None)

    def tab(self) -> str:
        return TABS[self._tabs.currentIndex()]

    def show_tab(self, name: str) -> None:
        self._tabs.setCurrentIndex(TABS.index(name))

    # -- making -----------------------------------------------------------------------------------

    def _make_panels(self) -> None:
        session = self._session
        self._welcome = Welcome(self._settings, self)
        self._reader = Reader(session, self)
        self._search = SearchPanel(session, self)
        decisions = [
            self._actions[name] for name in ("show_in_text", "accept", "reject", "propose")
        ]
        self._figures = FiguresPanel(session, decisions, self)
        self._plot_tab = QWidget(self)
        QVBoxLayout(self._plot_tab).setContentsMargins(0, 0, 0, 0)
        self._tabs = QTabWidget(self)
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName(self.tr("Views"))
        for panel, title in (
            (self._reader, self.tr("Read")),
            (self._search, self.tr("Find")),
            (self._figures, self.tr("Figures")),
            (self._plot_tab, self.tr("Plot")),
        ):
            self._tabs.addTab(panel, title)
        self._paint_tabs()
        self._centre = QStackedWidget(self)
        self._centre.addWidget(self._welcome)
        self._centre.addWidget(self._tabs)
        self.setCentralWidget(self._centre)
        self._library = Library(session, self)
        self._inspector = Inspector(session, self)
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        self._library_dock = self._dock("library", self.tr("Library"), self._library, left)
        self._inspector_dock = self._dock("inspector", self.tr("Inspector"), self._inspector, right)

    def _paint_tabs(self) -> None:
        for at, name in enumerate(("book", "search", "table", "plot")):
            self._tabs.setTabIcon(at, icon(name, self.palette()))

    def _dock(self, name: str, title: str, panel: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(name)
        dock.setWidget(panel)
        self.addDockWidget(area, dock)
        return dock

    def _make_bars(self) -> None:
        for name, title in MENUS:
            menu = self.menuBar().addMenu(QApplication.translate("Actions", title))
            for command in COMMANDS:
                if command.menu != name:
                    continue
                if command.section:
                    menu.addSeparator()
                menu.addAction(self._actions[command.id])
                if command.id == "sample":
                    self._recent = menu.addMenu(self.tr("Opened &Lately"))
                    self._recent.aboutToShow.connect(self._fill_recent)
            if name == "view":
                menu.addSeparator()
                menu.addAction(self._library_dock.toggleViewAction())
                menu.addAction(self._inspector_dock.toggleViewAction())
        bar = QToolBar(self.tr("Tools"), self)
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for command_id in TOOLBAR:
            if command_id:
                bar.addAction(self._actions[command_id])
            else:
                bar.addSeparator()
        self.addToolBar(bar)
        self._bar = bar
        self._counts = Label("", self)
        self._counts.setContentsMargins(6, 0, 6, 0)
        self._job_line = JobLine(self._session.jobs, self)
        self.statusBar().addPermanentWidget(self._job_line)
        self.statusBar().addPermanentWidget(self._counts)
        self._actions.paint(self.palette())

    def _connect(self) -> None:
        session, opening = self._session, self._opening
        self._actions.connect_to(self._slots())
        self._welcome.open_requested.connect(opening.open)
        self._welcome.browse_requested.connect(opening.browse)
        self._welcome.new_requested.connect(opening.new)
        self._welcome.sample_requested.connect(opening.sample)
        opening.told.connect(self._welcome.say)
        opening.noted.connect(self._note)
        session.opened.connect(self._show_opened)
        session.closing.connect(self._show_closed)
        session.changed.connect(self._hear)
        session.selection.changed.connect(self._follow)
        self._library.source_chosen.connect(self._choose_source)
        self._library.source_activated.connect(self._read_source)
        self._library.import_requested.connect(self._choose_files)
        self._search.hit_chosen.connect(self._choose_hit)
        self._search.hit_activated.connect(self._read_hit)
        self._figures.figure_chosen.connect(self._choose_figure)
        self._figures.figure_activated.connect(self._read_figure)
        self._figures.import_requested.connect(self._choose_files)
        self._reader.figure_chosen.connect(self._point_at_figure)
        self._reader.figure_activated.connect(self._inspect_figure)
        self._reader.passage_chosen.connect(self._point_at_passage)
        self._reader.shown.connect(lambda _source_id: self._enable())
        self._inspector.accept_requested.connect(partial(self._decide, "accepted"))
        self._inspector.reject_requested.connect(partial(self._decide, "rejected"))
        self._inspector.text_requested.connect(self._show_in_text)
        self._tabs.currentChanged.connect(self._turn_to)
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: self._put_on())
        self._closing = QTimer(self)
        self._closing.setSingleShot(True)
        self._closing.setInterval(MILLISECONDS_TO_CLOSE)
        self._closing.timeout.connect(self._finish_closing)

    def _slots(self) -> dict[str, Callable[[], None]]:
        opening = self._opening
        return {
            "new": lambda: (opening.new(), None)[1],
            "open": opening.browse,
            "sample": opening.sample,
            "import": self._choose_files,
            "import_folder": self._choose_folder,
            "extract": lambda: self._import_window().extract(),
            "backup": opening.back_up,
            "check": opening.check,
            "close": opening.close,
            "quit": lambda: (self.close(), None)[1],
            "undo": partial(self._step_history, asked.undo),
            "redo": partial(self._step_history, asked.redo),
            "copy_evidence": self._copy_evidence,
            "find": self._find,
            "find_next": partial(self._reader.find_step, 1),
            "find_previous": partial(self._reader.find_step, -1),
            "preferences": self._show_preferences,
            "workspace_read": partial(self._workspace, "read", library=True),
            "workspace_find": partial(self._workspace, "find", library=False),
            "workspace_figures": partial(self._workspace, "figures", library=False),
            "workspace_plot": partial(self._workspace, "plot", library=False),
            "larger": partial(self._reader.zoom, 1),
            "smaller": partial(self._reader.zoom, -1),
            "usual_size": partial(self._reader.zoom, 0),
            "theme_system": partial(self._choose_theme, "system"),
            "theme_light": partial(self._choose_theme, "light"),
            "theme_dark": partial(self._choose_theme, "dark"),
            "back": partial(self._travel, self._visited.back),
            "forward": partial(self._travel, self._visited.forward),
            "search": self._go_to_search,
            "palette": self._show_palette,
            "tab_read": partial(self.show_tab, "read"),
            "tab_find": partial(self.show_tab, "find"),
            "tab_figures": partial(self.show_tab, "figures"),
            "tab_plot": partial(self.show_tab, "plot"),
            "next_pane": partial(self._next_pane, 1),
            "previous_pane": partial(self._next_pane, -1),
            "next_figure": partial(self._step_figure, 1),
            "previous_figure": partial(self._step_figure, -1),
            "show_in_text": self._show_in_text,
            "accept": partial(self._decide, "accepted"),
            "reject": partial(self._decide, "rejected"),
            "propose": partial(self._decide, "proposed"),
            "keys": self._show_keys,
            "about": self._show_about,
        }

    # -- an archive opens and closes --------------------------------------------------------------

    def _show_opened(self) -> None:
        self._welcome.say("")
        self._centre.setCurrentWidget(self._tabs)
        self._show_docks()
        self._say_title()
        self._library.reload()
        self._enable()
        self._library.setFocus()
        self._turn_to(self._tabs.currentIndex())
        if self._to_import:
            paths, self._to_import = self._to_import, []
            self.import_paths(paths)
        elif self._session.is_writable():
            self._session.jobs.run(asked.unfinished, self._offer_unfinished, self._show_error)

    def _show_docks(self) -> None:
        """As the person left them; at the first time all of them."""
        for part in (self._bar, self._library_dock, self._inspector_dock):
            part.show()
        if self._settings.state.isEmpty():
            docks = [self._library_dock, self._inspector_dock]
            self.resizeDocks(docks, [290, 290], Qt.Orientation.Horizontal)
        else:
            self.restoreState(self._settings.state)

    def _offer_unfinished(self, imports: list[tuple[int, str, int]]) -> None:
        if imports:
            self._import_window().look_for_stopped()

    def _show_closed(self) -> None:
        self._visited.clear()
        self._behind, self._matches, self._plotted = None, (), False
        if self._plot is not None:
            self._plot.show_figures([])
        if self._importing is not None:
            self._importing.close()
        self._welcome.reload()
        if self._centre.currentWidget() is self._tabs:
            self._settings.state = self.saveState()
        self._centre.setCurrentWidget(self._welcome)
        for part in (self._bar, self._library_dock, self._inspector_dock):
            part.hide()
        self._counts.setText("")
        self.setWindowTitle(self.tr("Muniment"))
        self._enable()

    def _say_title(self) -> None:
        title = shown(self._session.title)
        if not self._session.is_writable():
            title = self.tr("{0} (read-only)").format(title)
        self.setWindowTitle(self.tr("{0} – Muniment").format(title))
        self._count()

    def _count(self) -> None:
        if self._session.is_open():
            self._session.jobs.run(
                asked.counts, self._say_counts, self._show_error, replaces="counts"
            )

    def _say_counts(self, counts: tuple[int, int, int]) -> None:
        sources, passages, figures = counts
        parts = (
            self.tr("%n source(s)", "", sources),
            self.tr("%n passage(s)", "", passages),
            self.tr("%n figure(s)", "", figures),
        )
        self._counts.setText(" · ".join(parts))

    def _hear(self, tables: frozenset[str]) -> None:
        self._count()
        if "figures" in tables:
            self._plotted = False
            if self.tab() == "plot":
                self._show_plot()
            figure = self._session.selection.now.figure
            if figure is not None:
                work = partial(asked.figures, ids=(figure.id,))
                self._session.jobs.run(work, self._renew, self._show_error, replaces="renew")

    def _renew(self, rows: dict[int, KeptFigure]) -> None:
        with self._in_place():
            for kept in rows.values():
                self._session.selection.renew_figure(kept)

    # -- what is selected, and where one goes -----------------------------------------------------

    def _choose_source(self, source_id: int) -> None:
        self._matches = ()
        self._session.selection.choose_source(source_id)
        if self.tab() == "read":
            self._visit()

    def _read_source(self, source_id: int) -> None:
        self._matches = ()
        self._session.selection.choose_source(source_id)
        self._go("read")
        self._reader.setFocus()

    def _choose_hit(self, hit: Hit) -> None:
        self._matches = hit.matches
        span = hit.matches[0] if hit.matches else Span(hit.start, hit.end)
        self._session.selection.choose_passage(hit.source_id, hit.passage_id, span)

    def _read_hit(self, hit: Hit) -> None:
        self._visit()
        self._choose_hit(hit)
        self._go("read")
        self._reader.setFocus()

    def _choose_figure(self, kept: KeptFigure) -> None:
        self._matches = ()
        self._session.selection.choose_figure(kept)

    def _read_figure(self, kept: KeptFigure) -> None:
        self._visit()
        self._choose_figure(kept)
        self._go("read")
        self._reader.setFocus()

    def _show_in_text(self) -> None:
        figure = self._session.selection.now.figure
        if figure is not None:
            self._read_figure(figure)

    def _point_at_figure(self, kept: KeptFigure) -> None:
        with self._in_place():
            self._session.selection.choose_figure(kept)
        self._reader.mark(kept)

    def _inspect_figure(self, kept: KeptFigure) -> None:
        self._point_at_figure(kept)
        self._inspector_dock.show()
        self._inspector_dock.raise_()
        self._inspector.setFocus()

    def _point_at_passage(self, source_id: int, passage_id: int) -> None:
        with self._in_place():
            self._session.selection.choose_passage(source_id, passage_id)

    @contextmanager
    def _in_place(self) -> "Generator[None]":
        """The selection changes where the person already is: the reader must not jump."""
        self._moving = True
        try:
            yield
        finally:
            self._moving = False

    def _follow(self, selected: Selected) -> None:
        self._enable()
        self._search.follow(selected)
        self._figures.follow(selected)
        if self._plot is not None:
            self._plot.select(selected.figure.id if selected.figure else None)
        if self._moving:
            return
        if self.tab() == "read":
            self._reader.show_place(selected, self._matches)
        else:
            self._behind = selected

    def _turn_to(self, _index: int) -> None:
        if not self._session.is_open():
            return
        match self.tab():
            case "read" if self._behind is not None:
                behind, self._behind = self._behind, None
                self._reader.show_place(behind, self._matches)
            case "figures":
                self._figures.reload()
            case "plot":
                self._show_plot()
        self._enable()

    def _go(self, tab: str) -> None:
        if self.tab() != tab:
            self.show_tab(tab)
        else:
            self._reader.show_place(self._session.selection.now, self._matches)
        self._visit()

    def _visit(self) -> None:
        self._visited.visit(Place(self.tab(), self._session.selection.now))
        self._enable()

    def _travel(self, step: Callable[[], Place | None]) -> None:
        place = step()
        if place is None:
            return
        self._matches = ()
        with self._in_place():
            self._session.selection.choose(place.selected)
        self._behind = None
        self.show_tab(place.tab)
        if place.tab == "read":
            self._reader.show_place(place.selected)
        self._enable()

    def _step_figure(self, step: int) -> None:
        self.show_tab("read")
        self._reader.figure_step(step)

    # -- the plot ---------------------------------------------------------------------------------

    def _show_plot(self) -> None:
        if self._plot is None:
            # 0.3 to 0.9 s of imports, done by preload() unless the person was quicker.
            from desktop.panels.plot import PlotPanel

            self._plot = PlotPanel(self._plot_tab, find_passage=self._passage)
            self._plot.figure_chosen.connect(self._choose_plotted)
            self._plot.figure_activated.connect(self._read_plotted)
            layout = self._plot_tab.layout()
            assert layout is not None
            layout.addWidget(self._plot)
            self._plot_tab.setFocusProxy(self._plot)
        if not self._plotted and self._session.is_open():
            self._plotted = True
            self._session.jobs.run(
                asked.all_figures, self._plot_figures, self._show_error, replaces="plot"
            )

    def _plot_figures(self, figures: list[KeptFigure]) -> None:
        if self._plot is not None:
            self._plot.show_figures(figures)
            figure = self._session.selection.now.figure
            self._plot.select(figure.id if figure else None)

    def _passage(self, passage_id: int) -> Passage | None:
        archive = self._session.archive
        with archive.patient(PATIENCE):
            return asked.passage(archive, passage_id)

    def _choose_plotted(self, figure_id: int) -> None:
        self._with_figure(figure_id, self._choose_figure)

    def _read_plotted(self, figure_id: int) -> None:
        self._with_figure(figure_id, self._read_figure)

    def _with_figure(self, figure_id: int, then: Callable[[KeptFigure], None]) -> None:
        def found(rows: dict[int, KeptFigure]) -> None:
            for kept in rows.values():
                then(kept)

        work = partial(asked.figures, ids=(figure_id,))
        self._session.jobs.run(work, found, self._show_error, replaces="plotted")

    # -- commands ---------------------------------------------------------------------------------

    def _decide(self, status: FigureStatus) -> None:
        ids = self._figures.chosen_ids() if self.tab() == "figures" else []
        figure = self._session.selection.now.figure
        if not ids and figure is not None:
            ids = [figure.id]
        if not ids:
            return
        work = partial(asked.decide, ids=tuple(ids), status=status)
        said = self.tr("%n figure(s) now {0}; Undo takes it back.", "", len(ids))
        said = said.format(showing.status_name(status))
        self._session.jobs.run(work, lambda _changed: self._note(said), self._show_error)

    def _step_history(self, step: "Callable[[Archive], Change]") -> None:
        self._session.jobs.run(step, self._say_step, self._show_error)

    def _say_step(self, change: Change) -> None:
        said = self.tr("Undone: {0}") if change.undone else self.tr("Done again: {0}")
        self._note(said.format(showing.change(change)))

    def _copy_evidence(self) -> None:
        text = self._reader.evidence()
        if text:
            data = QMimeData()
            data.setText(text)
            QGuiApplication.clipboard().setMimeData(data)
            self._note(self.tr("Copied as evidence."))
        else:
            self._note(self.tr("Choose words, a passage or a figure in the text first."))

    def _find(self) -> None:
        match self.tab():
            case "read":
                self._reader.open_find()
            case "figures":
                self._figures.focus_line()
            case _:
                self._go_to_search()

    def _go_to_search(self) -> None:
        self.show_tab("find")
        self._search.focus_line()

    def _workspace(self, tab: str, *, library: bool) -> None:
        self._library_dock.setVisible(library)
        self._inspector_dock.setVisible(True)
        self.show_tab(tab)
        self._tabs.currentWidget().setFocus()

    def _next_pane(self, step: int) -> None:
        panes: list[QWidget] = [self._tabs.currentWidget()]
        if self._library_dock.isVisible():
            panes.insert(0, self._library)
        if self._inspector_dock.isVisible():
            panes.append(self._inspector)
        focus = QApplication.focusWidget()
        at = next((n for n, pane in enumerate(panes) if focus and pane.isAncestorOf(focus)), -step)
        panes[(at + step) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _choose_files(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        title = self.tr("Import Files")
        chosen, _ = QFileDialog.getOpenFileNames(self, title, self._settings.last_folder)
        if chosen:
            self._settings.last_folder = str(Path(chosen[0]).parent)
            self.import_paths([Path(path) for path in chosen])

    def _choose_folder(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        title = self.tr("Import a Folder")
        chosen = QFileDialog.getExistingDirectory(self, title, self._settings.last_folder)
        if chosen:
            self._settings.last_folder = chosen
            self.import_paths([Path(chosen)])

    def _import_window(self) -> "ImportWindow":
        if self._importing is None:
            from desktop.panels.importing import ImportWindow

            self._importing = ImportWindow(self._session, self)
            self._importing.source_chosen.connect(self._read_source)
        return self._importing

    def _show_palette(self) -> None:
        from desktop.panels.command_palette import CommandPalette

        CommandPalette(self._actions, self).open()

    def _show_about(self) -> None:
        from desktop.panels.about import About

        About(self._log, self).show()

    def _show_keys(self) -> None:
        from desktop.panels.about import Keys

        Keys(self).show()

    def _show_preferences(self) -> None:
        from desktop.panels.about import Preferences

        preferences = Preferences(self._settings, self)
        preferences.theme_chosen.connect(self._choose_theme)
        preferences.zoom_chosen.connect(
            lambda steps: self._reader.zoom(steps - self._settings.reader_zoom)
        )
        preferences.show()

    def _fill_recent(self) -> None:
        self._recent.clear()
        for path in self._settings.recent:
            action = self._recent.addAction(menu_text(path.stem))
            action.triggered.connect(partial(self._open_recent, path))
        if self._recent.isEmpty():
            self._recent.addAction(self.tr("None yet")).setEnabled(False)

    def _open_recent(self, path: Path, _checked: bool = False) -> None:
        self._opening.open(path)

    # -- state ------------------------------------------------------------------------------------

    def _enable(self) -> None:
        holding = set()
        if self._session.is_open():
            selected = self._session.selection.now
            holding.add(actions.ARCHIVE)
            facts = (
                (actions.WRITABLE, self._session.is_writable()),
                (actions.SOURCE, self._reader.has_text()),
                (actions.TEXT, self._reader.has_text()),
                (actions.FIGURE, selected.figure is not None),
                (actions.BACK, self._visited.has_back()),
                (actions.FORWARD, self._visited.has_forward()),
            )
            holding.update(name for name, holds in facts if holds)
        self._actions.enable(frozenset(holding))

    def _choose_theme(self, name: Theme) -> None:
        self._settings.theme = name
        self._put_on()

    def _put_on(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            theme.apply(application, self._settings.theme)

    def _note(self, text: str) -> None:
        self.statusBar().showMessage(shown(text), MILLISECONDS_OF_NOTE)

    def _show_error(self, error: Exception) -> None:
        self._note(self._session.told(error))

    def _restore(self) -> None:
        self.resize(1280, 800)
        if not self._settings.geometry.isEmpty():
            self.restoreGeometry(self._settings.geometry)
        self._actions[f"theme_{self._settings.theme}"].setChecked(True)

    # -- events -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            self.painted.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_bar"):
            self._actions.paint(self.palette())
            self._paint_tabs()
            self._search.repaint_hits()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        event.acceptProposedAction()
        paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        if len(paths) == 1 and paths[0].suffix == SUFFIX:
            self._opening.open(paths[0])
        else:
            self.import_paths(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        jobs = self._session.jobs
        if jobs.running() and not self._may_close:
            event.ignore()
            if not self._closing.isActive():
                jobs.cancel_all()
                jobs.idle.connect(self._finish_closing)
                self._note(self.tr("Stopping what is under way…"))
                self._closing.start()
            return
        self._settings.geometry = self.saveGeometry()
        if jobs.stop(seconds=0.5):
            self._session.close()
        # else a statement still runs; the process ends and SQLite rolls back at the next opening
        event.accept()

    def _finish_closing(self) -> None:
        if not self._may_close:
            self._may_close = True
            self._closing.stop()
            self.close()


def _preload(_progress: Progress) -> None:
    # By name: nothing is bound here, and the border between the packages stays as it is.
    for name in ("db.ingest", "db.search", "numpy", "desktop.panels.plot"):
        importlib.import_module(name)
