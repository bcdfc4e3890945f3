"""The tab of the plot: made when first looked at, kept in step with the archive's figures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.records import KeptFigure, Passage
from desktop import asked, judged
from desktop.session import PATIENCE, Session

if TYPE_CHECKING:
    from pathlib import Path

    from db.archive import Archive
    from db.conversions import Conversions
    from db.plots import Plot
    from db.records import Target
    from db.series import Series
    from desktop.panels.plot import PlotPanel
    from desktop.plotting.offer import Offer
    from desktop.plotting.state import Subject

_TABLES = frozenset({"figures", "series", "plots", "sources"})


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What the panel shows and offers: one question to the archive."""

    subject: "Subject"
    offer: "Offer"
    series: "tuple[Series, ...]"
    plots: "tuple[Plot, ...]"


class PlotTab(QWidget):
    """Asks the archive for figures only while it is looked at; says which was chosen as a record."""

    figure_chosen = Signal(object)  # KeptFigure
    figure_activated = Signal(object)  # KeptFigure
    figures_selected = Signal(object)  # ids
    brushed = Signal(object, str)  # first and last day or None; the period in EDTF
    edit_requested = Signal(int)
    decision_made = Signal(object, str)  # ids, status
    noted = Signal(str)
    failed = Signal(object)  # Exception

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._panel: PlotPanel | None = None
        self._is_shown = False
        self._wanted: Subject | None = None
        self._plot_id: int | None = None
        self._plots: Sequence[Plot] = ()
        self._restoring: Mapping[str, Any] | None = None
        self._selected: tuple[int, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        session.selection.changed.connect(lambda _selected: self._follow())
        session.changed.connect(self._hear)

    @property
    def panel(self) -> "PlotPanel | None":
        """The panel, once it has been looked at."""
        return self._panel

    def kept_plot(self) -> "tuple[Target, str] | None":
        """The plot that is shown, where it is one saved in the archive, with its name."""
        from db.records import Target

        for plot in self._plots:
            if plot.id == self._plot_id:
                return Target(plot_id=plot.id), plot.name
        return None

    def show_kept(self, plot_id: int) -> None:
        """Show a plot saved in the archive, the next time the tab is looked at."""

        def show(plots: "Sequence[Plot]") -> None:
            for plot in plots:
                if plot.id == plot_id:
                    self._restore(plot)

        self._session.jobs.run(judged.all_plots, show, self.failed.emit)

    def look(self) -> None:
        """The tab is turned to: show the figures there are."""
        if self._panel is None:
            self._make()
        if not self._is_shown and self._session.is_open():
            self._is_shown = True
            work = partial(_load, subject=self._wanted)
            self._session.jobs.run(work, self._show, self.failed.emit, replaces="plot")

    def show_series(self, series: "Series") -> None:
        """Plot a series the next time the tab is looked at."""
        from desktop.plotting.state import Subject

        self._want(Subject(series.name, series.id))

    def show_chosen(self, figure_ids: Sequence[int]) -> None:
        """Plot these figures the next time the tab is looked at."""
        from desktop.plotting.state import Subject

        name = self.tr("%n chosen figure(s)", "", len(figure_ids))
        self._want(Subject(name, figure_ids=tuple(figure_ids)))

    def select_many(self, figure_ids: Sequence[int]) -> None:
        """Ring the points of figures selected elsewhere."""
        self._selected = tuple(figure_ids)
        if self._panel is not None:
            self._panel.select_many(self._selected)

    def end_brush(self) -> None:
        """No span of time is wanted any more."""
        if self._panel is not None:
            self._panel.end_brush()

    def chosen_ids(self) -> list[int]:
        """The figures selected in the plot, for a decision on all of them."""
        return self._panel.selected_ids() if self._panel is not None else []

    def forget(self) -> None:
        """The figures have changed: ask again when next looked at."""
        self._is_shown = False

    def clear(self) -> None:
        self.forget()
        self._wanted = self._plot_id = self._restoring = None
        self._selected, self._plots = (), ()
        if self._panel is not None:
            from desktop.plotting.state import EVERYTHING

            self._panel.select_many(())
            self._panel.end_brush()
            self._panel.show_figures([], EVERYTHING)
            self._panel.offer_series(())
            self._panel.offer_plots((), None, is_writable=False)

    # ------------------------------------------------------------------------------------------

    def _make(self) -> None:
        # 0.3 to 0.9 s of imports, done on a thread by then unless the person was quicker.
        from desktop.panels.plot import PlotPanel

        panel = PlotPanel(self, find_passage=self._passage)
        panel.figure_chosen.connect(partial(self._tell, self.figure_chosen.emit))
        panel.figure_activated.connect(partial(self._tell, self.figure_activated.emit))
        panel.figures_selected.connect(self._select)
        panel.brushed.connect(self._brush)
        panel.judging.edit_wanted.connect(self.edit_requested)
        panel.judging.decision_wanted.connect(self.decision_made)
        panel.judging.reading_wanted.connect(self._read_as)
        panel.subject_wanted.connect(self._want)
        panel.table_chosen.connect(self._read_table)
        panel.exporting.data_wanted.connect(self._give_data)
        panel.keeping.plot_wanted.connect(self._restore)
        panel.keeping.save_wanted.connect(self._save)
        panel.keeping.rename_wanted.connect(self._rename)
        panel.keeping.remove_wanted.connect(self._remove)
        panel.select_many(self._selected)
        self._panel = panel
        self._layout.addWidget(panel)
        self.setFocusProxy(panel)

    def _want(self, subject: "Subject") -> None:
        self._wanted, self._plot_id, self._restoring = subject, None, None
        self._again()

    def _again(self) -> None:
        self.forget()
        if self.isVisible():
            self.look()

    def _hear(self, tables: frozenset[str]) -> None:
        if tables & _TABLES:
            self._again()

    def _show(self, loaded: _Loaded) -> None:
        panel = self._panel
        if panel is None:
            return
        panel.show_figures(loaded.offer, loaded.subject)
        panel.offer_series(loaded.series)
        if self._restoring is not None:
            restoring, self._restoring = self._restoring, None
            panel.restore(restoring)
        writable = self._session.is_writable()
        self._plots = loaded.plots
        panel.offer_plots(loaded.plots, self._plot_id, is_writable=writable)
        self._follow()

    def _follow(self) -> None:
        if self._panel is not None:
            figure = self._session.selection.now.figure
            self._panel.select(figure.id if figure else None)

    def _select(self, ids: tuple[int, ...]) -> None:
        self._selected = ids
        self.figures_selected.emit(ids)

    def _brush(self, days: tuple[int, int] | None) -> None:
        from desktop.plotting.calendar import written

        self.brushed.emit(days, "" if days is None else "..".join(map(written, days)))

    def _passage(self, passage_id: int) -> Passage | None:
        archive = self._session.archive
        with archive.patient(PATIENCE):
            return asked.passage(archive, passage_id)

    def _tell(self, emit: Callable[[KeptFigure], None], figure_id: int) -> None:
        def found(rows: dict[int, KeptFigure]) -> None:
            for kept in rows.values():
                emit(kept)

        work = partial(asked.figures, ids=(figure_id,))
        self._session.jobs.run(work, found, self.failed.emit, replaces="plotted")

    def _give_data(self, ids: tuple[int, ...], path: "Path | None") -> None:
        from desktop.plotting import out

        if path is not None:
            said = self.tr("The data behind the plot is in {0}.").format(path.name)
            work = partial(out.write_data, ids=ids, path=path)
            self._session.jobs.run(work, lambda _none: self.noted.emit(said), self._fail_to_write)
            return
        self._session.jobs.run(partial(out.data, ids=ids), self._copied, self.failed.emit)

    def _read_table(self, path: "Path") -> None:
        if self._panel is not None:
            work = partial(_conversions, path=path)
            self._session.jobs.run(work, self._panel.convert, self.failed.emit)

    def _copied(self, text: str) -> None:
        # Not a QMimeData of ours: the clipboard outlives Python, and destroying it then crashes.
        QGuiApplication.clipboard().setText(text)
        self.noted.emit(self.tr("The data behind the plot was copied as CSV."))

    def _fail_to_write(self, error: Exception) -> None:
        if not isinstance(error, OSError):
            self.failed.emit(error)
            return
        said = self.tr("The plot could not be written: {0}.")
        self.noted.emit(said.format(error.strerror or error))

    # -- writing ---------------------------------------------------------------------------------

    def _read_as(self, series_id: int, ids: tuple[int, ...], reading: str, reason: str) -> None:
        values = {"series_id": series_id, "ids": ids, "reading": reading, "reason": reason}
        self._run(partial(judged.set_readings, **values))  # type: ignore[arg-type]

    def _restore(self, plot: "Plot") -> None:
        from desktop.plotting.state import from_data

        self._wanted, self._plot_id, self._restoring = (
            from_data(plot.state).subject, plot.id, plot.state,
        )  # fmt: skip
        self._again()

    def _save(self, name: str, state: Mapping[str, Any]) -> None:
        def saved(plot_id: int) -> None:
            self._plot_id = plot_id
            self.noted.emit(self.tr("The plot is saved as “{0}”.").format(name))
            self._again()

        work = partial(judged.save_plot, name=name, state=state)
        self._session.jobs.run(work, saved, self.failed.emit)

    def _rename(self, plot_id: int, name: str) -> None:
        self._run(partial(judged.rename_plot, plot_id=plot_id, name=name))

    def _remove(self, plot_id: int) -> None:
        self._plot_id = None
        self._run(partial(judged.remove_plots, ids=(plot_id,)))

    def _run(self, work: "Callable[[Archive], None]") -> None:
        self._session.jobs.run(work, lambda _done: self._again(), self.failed.emit)


def _conversions(_archive: "Archive", path: "Path") -> "Conversions":
    from db import conversions

    return conversions.read(path)


def _load(archive: "Archive", subject: "Subject | None") -> _Loaded:
    # Marks and units of 200,000 figures take 0.4 s: here, not on the window's thread.
    import db.sources
    from desktop.plotting.offer import offer
    from desktop.plotting.state import EVERYTHING

    subject = subject or EVERYTHING
    series = judged.all_series(archive)
    if subject.is_everything:
        figures = asked.all_figures(archive)
    else:
        ids = subject.figure_ids or ()
        if subject.series_id is not None:
            # A reading that a person has excluded is no part of the series.
            points = next((each.points for each in series if each.id == subject.series_id), ())
            ids = tuple(point.figure_id for point in points if point.reading != "excluded")
        # In parts: SQLite takes some ten thousand values in one question, not more.
        parts = [ids[at : at + 5000] for at in range(0, len(ids), 5000)]
        figures = [kept for part in parts for kept in asked.figures(archive, part).values()]
    offered = replace(
        offer(figures),
        restricted=db.sources.restricted(archive),
        sources=tuple(judged.speaking_sources(archive)),
        ladders=tuple(judged.ladders(archive)),
    )
    return _Loaded(subject, offered, tuple(series), tuple(judged.all_plots(archive)))
