"""The desk: the panels around an open archive, wired together; where one is and has been.

Long because it is where panels meet: each signal of one that moves another is wired here.
"""

import re
from collections.abc import Callable
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QMainWindow,
    QTabWidget,
    QToolBar,
    QWidget,
)

from db.records import Change, FigureStatus, Hit, KeptFigure, Span, Target
from desktop import actions, asked, judged, proposing, showing
from desktop.actions import TOOLBAR, Actions
from desktop.annotating import Annotating
from desktop.annotation_docks import AnnotationDocks
from desktop.compare_tab import CompareTab
from desktop.describing import Describing
from desktop.description_docks import DescriptionDocks
from desktop.docks import Docks
from desktop.finding_upkeep import FindingUpkeep
from desktop.hit_walk import HitWalk
from desktop.icons import icon
from desktop.originals import Originals
from desktop.panels.figures import FiguresPanel
from desktop.panels.inspector import Inspector
from desktop.panels.library import Library
from desktop.panels.reader import Reader
from desktop.panels.search import SearchPanel
from desktop.plain import Label
from desktop.plot_tab import PlotTab
from desktop.quoting import Quoting
from desktop.selection import Place, Selected, Visited
from desktop.session import Session

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from db.archive import Archive
    from db.series import Series
    from db.shelf import Orphan

TABS = ("read", "find", "figures", "compare", "plot")
TAB_ICONS = ("book", "search", "table", "compare", "plot")
DOCK_WIDTH = 290
LIBRARY_MENU = (
    "describe", "new_source", "move_source", "source_up", "source_down", "number_sources",
    "map_columns", "open_original", "export_original", "remove_source", "bin", "compare_with",
)  # fmt: skip


class Desk(QObject):
    """Panels say what a person did; this decides which of them follow. Opens no archive."""

    noted = Signal(str)  # a sentence for the status bar
    files_requested = Signal()
    state_changed = Signal()  # what can be done now may be something else

    def __init__(self, session: Session, commands: Actions, window: QMainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._visited = Visited()
        self._is_in_place = False
        self._behind: Selected | None = None
        self._matches: tuple[Span, ...] = ()

        self.library = Library(session, window)
        self.inspector = Inspector(session, window)
        self.reader = Reader(session, window)
        self.search = SearchPanel(session, window)
        self.hits = HitWalk(session, self.search, self.reader, window)
        names = ("show_in_text", "edit_figure", "accept", "reject", "propose")
        decisions = [commands[name] for name in names]
        self.figures = FiguresPanel(session, decisions, window)
        self.compare = CompareTab(session, window)
        self.comparison = self.compare.versions
        self.plot = PlotTab(session, window)
        self.tabs = QTabWidget(window)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("Views"))
        for panel, title in (
            (self.reader, self.tr("Read")),
            (self.search, self.tr("Find")),
            (self.figures, self.tr("Figures")),
            (self.compare, self.tr("Compare")),
            (self.plot, self.tr("Plot")),
        ):
            self.tabs.addTab(panel, title)
        self.library.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for name in LIBRARY_MENU:
            self.library.addAction(commands[name])
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        self.library_dock = self._dock("library", self.tr("Library"), self.library, left)
        self.inspector_dock = self._dock("inspector", self.tr("Inspector"), self.inspector, right)
        self.docks = Docks(session, window)
        self.note_docks = AnnotationDocks(session, window)
        self.description_docks = DescriptionDocks(session, window)
        # Side by side they would be too low to read: one at a time, the other a tab away.
        window.tabifyDockWidget(self.library_dock, self.note_docks.tags_dock)
        window.tabifyDockWidget(self.note_docks.tags_dock, self.description_docks.names_dock)
        window.tabifyDockWidget(self.inspector_dock, self.note_docks.notes_dock)
        window.tabifyDockWidget(self.note_docks.notes_dock, self.description_docks.page_dock)
        for dock in (
            self.note_docks.table_dock,
            self.note_docks.links_dock,
            self.note_docks.shelf_dock,
        ):
            window.tabifyDockWidget(self.docks.history_dock, dock)
        self.annotating = Annotating(session, commands, self.reader, self)
        self.quoting = Quoting(session, self)
        self.describing = Describing(session, self.library, window)
        self.originals = Originals(session, self.describing, window)
        self.upkeep = FindingUpkeep(session, self)
        self._bar = self._tool_bar(commands)
        self._counts = Label("", window)
        self._counts.setContentsMargins(6, 0, 6, 0)
        window.statusBar().addPermanentWidget(self._counts)
        self._frame = (self._bar, self.library_dock, self.inspector_dock)
        for part in self._frame:
            part.hide()
        self.paint()
        self._connect()

    def all_docks(self) -> tuple[QDockWidget, ...]:
        """The docks that are made when they are first looked at."""
        return (*self.docks.all(), *self.note_docks.all(), *self.description_docks.all())

    def tab(self) -> str:
        return TABS[self.tabs.currentIndex()]

    def show_tab(self, name: str) -> None:
        self.tabs.setCurrentIndex(TABS.index(name))

    def slots(self) -> dict[str, Callable[[], None]]:
        """What the commands of the desk do, by their id."""
        others = self.annotating.slots() | self.describing.slots() | self.originals.slots()
        return others | {
            "undo": partial(self._step_history, asked.undo),
            "redo": partial(self._step_history, asked.redo),
            "copy_evidence": self._copy_evidence,
            "find": self._find,
            "save_search": partial(self._in_search, self.search.save),
            "build_search": partial(self._in_search, self.search.open_form),
            "find_next": partial(self._find_step, 1),
            "find_previous": partial(self._find_step, -1),
            "workspace_read": partial(self._workspace, "read", library=True),
            "workspace_find": partial(self._workspace, "find", library=False),
            "workspace_figures": partial(self._workspace, "figures", library=False),
            "workspace_compare": partial(self._workspace, "compare", library=False),
            "workspace_plot": partial(self._workspace, "plot", library=False),
            "larger": partial(self.reader.zoom, 1),
            "smaller": partial(self.reader.zoom, -1),
            "usual_size": partial(self.reader.zoom, 0),
            "back": partial(self._travel, self._visited.back),
            "forward": partial(self._travel, self._visited.forward),
            "search": self._go_to_search,
            "tab_read": partial(self.show_tab, "read"),
            "tab_find": partial(self.show_tab, "find"),
            "tab_figures": partial(self.show_tab, "figures"),
            "tab_compare": partial(self.show_tab, "compare"),
            "compare_with": self._compare_with,
            "accounts": self._show_accounts,
            "who_else": self._ask_who_else,
            "tab_plot": partial(self.show_tab, "plot"),
            "next_pane": partial(self._next_pane, 1),
            "previous_pane": partial(self._next_pane, -1),
            "next_figure": partial(self._step_figure, 1),
            "previous_figure": partial(self._step_figure, -1),
            "show_in_text": self._show_in_text,
            "accept": partial(self._decide, "accepted"),
            "reject": partial(self._decide, "rejected"),
            "propose": partial(self._decide, "proposed"),
            "edit_figure": self._edit_figure,
            "new_figure": self._new_figure,
            "review": partial(self.docks.show, self.docks.review_dock),
            "findings": partial(self.docks.show, self.docks.findings_dock),
            "series": partial(self.docks.show, self.docks.series_dock),
            "history": partial(self.docks.show, self.docks.history_dock),
            "read_anew": self.docks.read_anew,
            "annotations": partial(self.note_docks.show, self.note_docks.table_dock),
            "tags": partial(self.note_docks.show, self.note_docks.tags_dock),
            "page": self.description_docks.show_page,
            "names": partial(self.description_docks.show, self.description_docks.names_dock),
            "notes": self._show_notes,
            "links": partial(self.note_docks.show, self.note_docks.links_dock),
            "shelf": partial(self.note_docks.show, self.note_docks.shelf_dock),
            "edit_text": self._edit_text,
        }

    def holding(self) -> set[str]:
        """Which of the facts that commands need hold on the desk."""
        facts = (
            (actions.SOURCE, self._session.selection.now.source_id is not None),
            (actions.TEXT, self.reader.has_text()),
            (actions.FIGURE, self._session.selection.now.figure is not None),
            (actions.BACK, self._visited.has_back()),
            (actions.FORWARD, self._visited.has_forward()),
        )
        return {name for name, holds in facts if holds}

    def show_opened(self) -> None:
        """An archive is open: lay the desk as the person left it."""
        settings = self._session.settings
        for part in self._frame:
            part.show()
        if settings.state.isEmpty():
            docks = [self.library_dock, self.inspector_dock]
            self._window.resizeDocks(docks, [DOCK_WIDTH, DOCK_WIDTH], Qt.Orientation.Horizontal)
        else:
            self._window.restoreState(settings.state)
        self.library.reload()
        self.library.setFocus()
        self._turn_to(self.tabs.currentIndex())

    def show_closed(self) -> None:
        """The archive is about to close: remember how things lie, and clear the desk."""
        self._session.settings.state = self._window.saveState()
        self._visited.clear()
        self._behind, self._matches = None, ()
        self.plot.clear()
        for part in self._frame:
            part.hide()
        self.docks.hide()
        self.note_docks.hide()
        self.description_docks.hide()
        self._counts.setText("")

    def paint(self) -> None:
        """Draw what is drawn in the palette's colours."""
        palette = self._window.palette()
        for at, name in enumerate(TAB_ICONS):
            self.tabs.setTabIcon(at, icon(name, palette))
        self.search.repaint_hits()

    # -- making -----------------------------------------------------------------------------------

    def _dock(self, name: str, title: str, panel: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(name)
        dock.setWidget(panel)
        self._window.addDockWidget(area, dock)
        return dock

    def _tool_bar(self, commands: Actions) -> QToolBar:
        bar = QToolBar(self.tr("Tools"), self._window)
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for command_id in TOOLBAR:
            if command_id:
                bar.addAction(commands[command_id])
            else:
                bar.addSeparator()
        self._window.addToolBar(bar)
        return bar

    def _connect(self) -> None:
        session = self._session
        session.changed.connect(self._hear)
        session.selection.changed.connect(self._follow)
        self.library.loaded.connect(self._say_counts)
        self.library.source_chosen.connect(self._choose_source)
        self.library.source_activated.connect(self.read_source)
        self.library.import_requested.connect(self.files_requested)
        self.search.hit_chosen.connect(self._choose_hit)
        self.search.hit_activated.connect(self._read_hit)
        self.search.noted.connect(self.noted)
        self.search.plot_requested.connect(self._plot_figures)
        self.hits.noted.connect(self.noted)
        self.figures.figure_chosen.connect(self._choose_figure)
        self.figures.figure_activated.connect(self._read_figure)
        self.figures.import_requested.connect(self.files_requested)
        self.compare.place_chosen.connect(self._choose_place)
        self.compare.place_activated.connect(self._read_place)
        self.compare.figure_chosen.connect(self._choose_figure)
        self.compare.figure_activated.connect(self._read_figure)
        self.compare.noted.connect(self.noted)
        self.plot.figure_chosen.connect(self._choose_figure)
        self.plot.figure_activated.connect(self._read_figure)
        self.plot.failed.connect(self._show_error)
        self.plot.noted.connect(self.noted)
        self.plot.brushed.connect(self._narrow_time)
        self.figures.all_times_requested.connect(self.plot.end_brush)
        self.plot.edit_requested.connect(self.docks.edit_figure)
        self.plot.decision_made.connect(self._decide_on)
        self.plot.figures_selected.connect(self.figures.select_many)
        self.figures.figures_selected.connect(self.plot.select_many)
        self.figures.plot_requested.connect(self._plot_figures)
        self.docks.plot_requested.connect(self._plot_series)
        self.docks.series_chosen.connect(self._follow_series)
        self.reader.import_requested.connect(self.files_requested)
        self.reader.figure_chosen.connect(self._point_at_figure)
        self.reader.figure_activated.connect(self._open_figure)
        self.reader.passage_chosen.connect(self._point_at_passage)
        self.reader.shown.connect(lambda _source_id: self.state_changed.emit())
        self.inspector.accept_requested.connect(partial(self._decide, "accepted"))
        self.inspector.reject_requested.connect(partial(self._decide, "rejected"))
        self.inspector.text_requested.connect(self._show_in_text)
        self.tabs.currentChanged.connect(self._turn_to)
        self.docks.figure_chosen.connect(self._choose_figure)
        self.docks.figure_activated.connect(self._read_figure)
        self.docks.place_chosen.connect(self._choose_place)
        self.docks.place_activated.connect(self._read_place)
        self.reader.finding_chosen.connect(self.docks.show_finding)
        self.docks.figures_requested.connect(partial(self.show_tab, "figures"))
        self.docks.files_requested.connect(self.files_requested)
        self.docks.noted.connect(self.noted)
        self.quoting.place_wanted.connect(self._read_place)
        self.quoting.noted.connect(self.noted)
        self.annotating.noted.connect(self.noted)
        self.describing.noted.connect(self.noted)
        self.originals.noted.connect(self.noted)
        self.describing.source_made.connect(self._choose_source)
        self.inspector.describe_requested.connect(self.describing.describe)
        self.annotating.notes_requested.connect(self.note_docks.show_note)
        self.reader.annotation_chosen.connect(self.note_docks.follow)
        self.note_docks.place_chosen.connect(self._choose_place)
        self.note_docks.place_activated.connect(self._read_place)
        self.note_docks.thing_activated.connect(self._go_to_thing)
        self.note_docks.tag_given.connect(self.annotating.give)
        self.note_docks.selection_wanted.connect(self._put_orphan)
        self.note_docks.noted.connect(self.noted)
        self.description_docks.search_requested.connect(self._search_for)
        self.description_docks.noted.connect(self.noted)

    # -- news of the archive ----------------------------------------------------------------------

    def _say_counts(self) -> None:
        sources, passages, figures = self.library.counts()
        self.reader.say_empty(is_empty=sources == 0)
        parts = (
            self.tr("%n source(s)", "", sources),
            self.tr("%n passage(s)", "", passages),
            self.tr("%n figure(s)", "", figures),
        )
        self._counts.setText(" · ".join(parts))

    def _hear(self, tables: frozenset[str]) -> None:
        if "figures" in tables:
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

    def read_source(self, source_id: int) -> None:
        self._matches = ()
        self._session.selection.choose_source(source_id)
        self._go("read")
        self.reader.setFocus()

    def _choose_hit(self, hit: Hit) -> None:
        self._matches = hit.matches
        span = hit.matches[0] if hit.matches else Span(hit.start, hit.end)
        self._session.selection.choose_passage(hit.source_id, hit.passage_id, span)
        self.hits.begin(hit)

    def _read_hit(self, hit: Hit) -> None:
        self._visit()
        self._choose_hit(hit)
        self._go("read")
        self.reader.setFocus()

    def _choose_figure(self, kept: KeptFigure) -> None:
        self._matches = ()
        self._session.selection.choose_figure(kept)

    def _read_figure(self, kept: KeptFigure) -> None:
        self._visit()
        self._choose_figure(kept)
        self._go("read")
        self.reader.setFocus()

    def _choose_place(self, selected: Selected) -> None:
        self._matches = ()
        self._session.selection.choose(selected)

    def _read_place(self, selected: Selected) -> None:
        self._visit()
        self._choose_place(selected)
        self._go("read")
        self.reader.setFocus()

    def _compare_with(self) -> None:
        source_id = self._session.selection.now.source_id
        self.show_tab("compare")
        self.compare.show_versions()
        if source_id is not None:
            self.comparison.choose_left(source_id)

    def _show_accounts(self) -> None:
        self.show_tab("compare")
        self.compare.show_accounts().setFocus()

    def _ask_who_else(self) -> None:
        figure = self._session.selection.now.figure
        if figure is not None:
            self._visit()
            self.show_tab("compare")
            self.compare.show_accounts().ask_figure(figure.id)

    def _show_in_text(self) -> None:
        figure = self._session.selection.now.figure
        if figure is not None:
            self._read_figure(figure)

    def _point_at_figure(self, kept: KeptFigure) -> None:
        with self._in_place():
            self._session.selection.choose_figure(kept)
        self.reader.mark(kept)

    def _open_figure(self, kept: KeptFigure) -> None:
        self._point_at_figure(kept)
        if self._session.is_writable():
            self.docks.edit_figure(kept.id)
            return
        self.inspector_dock.show()
        self.inspector_dock.raise_()
        self.inspector.setFocus()

    def _point_at_passage(self, source_id: int, passage_id: int) -> None:
        with self._in_place():
            self._session.selection.choose_passage(source_id, passage_id)

    @contextmanager
    def _in_place(self) -> "Generator[None]":
        """The selection changes where the person already is: the reader must not jump."""
        self._is_in_place = True
        try:
            yield
        finally:
            self._is_in_place = False

    def _follow(self, selected: Selected) -> None:
        self.state_changed.emit()
        if not self._matches:
            self.hits.end()
        self.search.follow(selected)
        self.figures.follow(selected)
        if self._is_in_place:
            return
        if self.tab() == "read":
            self.reader.show_place(selected, self._matches)
        else:
            self._behind = selected

    def _turn_to(self, _index: int) -> None:
        if not self._session.is_open():
            return
        match self.tab():
            case "read" if self._behind is not None:
                behind, self._behind = self._behind, None
                self.reader.show_place(behind, self._matches)
            case "figures":
                self.figures.reload()
            case "compare":
                self.compare.look()
            case "plot":
                self.plot.look()
        self.state_changed.emit()

    def _go(self, tab: str) -> None:
        if self.tab() != tab:
            self.show_tab(tab)
        else:
            self.reader.show_place(self._session.selection.now, self._matches)
        self._visit()

    def _visit(self) -> None:
        self._visited.visit(Place(self.tab(), self._session.selection.now))
        self.state_changed.emit()

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
            self.reader.show_place(place.selected)
        self.state_changed.emit()

    def _step_figure(self, step: int) -> None:
        self.show_tab("read")
        self.reader.figure_step(step)

    # -- commands ---------------------------------------------------------------------------------

    def _decide(self, status: FigureStatus) -> None:
        chosen = {"figures": self.figures.chosen_ids, "plot": self.plot.chosen_ids}
        ids = chosen[self.tab()]() if self.tab() in chosen else []
        figure = self._session.selection.now.figure
        if not ids and figure is not None:
            ids = [figure.id]
        self._decide_on(ids, status)

    def _decide_on(self, ids: "Sequence[int]", status: FigureStatus) -> None:
        if not ids:
            return
        work = partial(judged.decide, ids=tuple(ids), status=status)
        said = self.tr("%n figure(s) now {0}; Undo takes it back.", "", len(ids))
        said = said.format(showing.status_name(status))
        self._session.jobs.run(work, lambda _changed: self.noted.emit(said), self._show_error)

    def _narrow_time(self, days: tuple[int, int] | None, period: str) -> None:
        """The table and the results keep to the span of time marked in the plot."""
        self.figures.narrow_time(days, period.replace("..", " – "))
        before = self.search.words()
        words = re.sub(r"\s*\bdate:\S{1,60}", "", before)
        if words.strip() and days is not None:
            words = f"{words.strip()} date:{period}"
        if words.strip() and words.strip() != before.strip():
            self.search.ask(words.strip())

    def _plot_figures(self, ids: "Sequence[int]") -> None:
        self.plot.show_chosen(ids)
        self.show_tab("plot")

    def _plot_series(self, series: "Series") -> None:
        self.plot.show_series(series)
        self.show_tab("plot")

    def _follow_series(self, series: "Series") -> None:
        # Only where the plot is looked at: else each step through the list would change it unseen.
        if self.tab() == "plot":
            self.plot.show_series(series)

    def _edit_figure(self) -> None:
        figure = self._session.selection.now.figure
        if figure is not None:
            self.docks.edit_figure(figure.id)

    def _new_figure(self) -> None:
        span, source = self.reader.selected(), self.reader.source()
        if span is None or source is None:
            self.noted.emit(self.tr("Select the words of the figure in the text first."))
            return
        self.docks.new_figure(source.id, span)

    def _show_notes(self) -> None:
        """Show the notes; from findings, series or a saved plot, the memos on what is shown there."""
        focus = QApplication.focusWidget()
        thing = self.docks.chosen_thing(focus)
        if thing is None and focus is not None and self.plot.isAncestorOf(focus):
            thing = self.plot.kept_plot()
        if thing is not None:
            self.note_docks.show_memos(*thing)
        else:
            self.note_docks.show(self.note_docks.notes_dock)

    def _go_to_thing(self, target: Target) -> None:
        """To what a memo is on, where that is no place in a source."""
        if target.finding_id is not None:
            self.docks.show_finding(target.finding_id)
        elif target.series_id is not None:
            self.docks.show_series(target.series_id)
        elif target.plot_id is not None:
            self.plot.show_kept(target.plot_id)
            self.show_tab("plot")
        elif target.figure_id is not None:
            work = partial(asked.figures, ids=(target.figure_id,))
            self._session.jobs.run(work, self._read_figures, self._show_error)

    def _read_figures(self, found: dict[int, KeptFigure]) -> None:
        for kept in found.values():
            self._read_figure(kept)

    def _edit_text(self) -> None:
        source = self.reader.source()
        if source is not None:
            self.note_docks.edit_text(source)

    def _put_orphan(self, orphan: "Orphan") -> None:
        span, source, shelf = self.reader.selected(), self.reader.source(), self.note_docks.shelf()
        if span is None or source is None or source.id != orphan.source_id:
            self.noted.emit(self.tr("Select the words it shall stand on in the reader first."))
        elif shelf is not None:
            shelf.put_at(orphan, span)

    def _step_history(self, step: "Callable[[Archive], Change]") -> None:
        self._session.jobs.run(step, self._say_step, self._show_error)

    def _say_step(self, change: Change) -> None:
        said = self.tr("Undone: {0}") if change.undone else self.tr("Done again: {0}")
        self.noted.emit(said.format(showing.change(change)))
        if judged.unsettles_series(change):
            proposing.propose_series(self._session)

    def _copy_evidence(self) -> None:
        self.quoting.copy(self.reader.evidence() if self.tab() == "read" else None)

    def _find(self) -> None:
        match self.tab():
            case "read":
                self.reader.open_find()
            case "figures":
                self.figures.focus_line()
            case _:
                self._go_to_search()

    def _find_step(self, step: int) -> None:
        """To the next place found in this view, or the next passage the search found."""
        if self.reader.find_is_open() or not self.hits.step(step):
            self.reader.find_step(step)

    def _in_search(self, do: Callable[[], None]) -> None:
        self.show_tab("find")
        do()

    def _search_for(self, words: str) -> None:
        self.show_tab("find")
        self.search.ask(words)

    def _go_to_search(self) -> None:
        self.show_tab("find")
        self.search.focus_line()

    def _workspace(self, tab: str, *, library: bool) -> None:
        self.library_dock.setVisible(library)
        self.inspector_dock.setVisible(True)
        self.show_tab(tab)
        self.tabs.currentWidget().setFocus()

    def _next_pane(self, step: int) -> None:
        panes: list[QWidget] = [self.tabs.currentWidget()]
        if self.library_dock.isVisible():
            panes.insert(0, self.library)
        if self.inspector_dock.isVisible():
            panes.append(self.inspector)
        panes += [dock.widget() for dock in self.all_docks() if dock.widget() and dock.isVisible()]
        focus = QApplication.focusWidget()
        at = next((n for n, pane in enumerate(panes) if focus and pane.isAncestorOf(focus)), -step)
        panes[(at + step) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_error(self, error: Exception) -> None:
        self.noted.emit(self._session.told(error))
