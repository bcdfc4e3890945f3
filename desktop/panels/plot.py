"""The plot panel: figures over time, each a click from its words; it says what it leaves out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy
from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from db.records import KeptFigure
from desktop.asking_line import AskingLine
from desktop.plotting import words
from desktop.plotting.arranging import Arranged, arranged
from desktop.plotting.beside import Beside
from desktop.plotting.caption import caption, quantity
from desktop.plotting.chart import Chart
from desktop.plotting.controls import Controls
from desktop.plotting.emptiness import why_empty
from desktop.plotting.exporting import Drawn, Exporting
from desktop.plotting.foot import Foot
from desktop.plotting.inks import inks
from desktop.plotting.judging import Judging
from desktop.plotting.keeping import Keeping
from desktop.plotting.marks import Feature, Marks
from desktop.plotting.offer import Offer, offer
from desktop.plotting.stage import Stage
from desktop.plotting.state import EVERYTHING, State, Subject, from_data, state_of, to_data
from desktop.plotting.strip import Strip
from desktop.plotting.telling import Telling

if TYPE_CHECKING:
    from db.conversions import Conversions
    from db.plots import Plot
    from db.series import Series


class PlotPanel(QWidget):
    """Plots figures at the time they speak of; says which was chosen or opened.

    Fills no gap, converts nothing that nobody asked for, and opens no source itself.
    """

    figure_chosen = Signal(object)
    figure_activated = Signal(object)
    figures_selected = Signal(object)  # ids, as a tuple
    brushed = Signal(object)  # first and last day of the span of time marked, or None
    subject_wanted = Signal(object)  # Subject
    table_chosen = Signal(object)  # the path of a table of conversions

    def __init__(
        self, parent: QWidget | None = None, *, find_passage: words.FindPassage | None = None
    ) -> None:
        super().__init__(parent)
        self._telling = Telling(find_passage)
        self._offer: Offer = offer([])
        self._chosen: int | None = None
        self._selected: tuple[int, ...] = ()
        self._arranged = Arranged()

        self._controls = Controls(self)
        self._chart = Chart(self)
        self._chart.setAccessibleName(self.tr("Plot of figures over time"))
        self._stack = Stage(self._chart, self)
        self._asking = AskingLine(self)
        self._asking.hide()
        self._beside = Beside(self._asking, self)
        self._caption = Foot(self)
        self.keeping = Keeping(
            self._controls.saved_menu, self._asking, self._name, self._data, self
        )
        self.judging = Judging(self._asking, self)
        self.exporting = Exporting(self._controls.export_menu, self._drawn, self)
        self._strip = Strip(self)

        self.setFocusProxy(self._chart)
        self._lay_out()
        self._connect()
        self._paint_anew()
        self.show_figures([])

    @property
    def subject(self) -> Subject:
        """Which figures it shows."""
        return self._controls.subject.now

    def offer_series(self, series: "Sequence[Series]") -> None:
        """The series that can be plotted."""
        self._controls.subject.offer(series)

    def offer_plots(self, plots: "Sequence[Plot]", shown: int | None, *, is_writable: bool) -> None:
        """The plots kept in the archive, which of them is shown, and whether it can be changed."""
        self.keeping.show_plots(plots, shown, is_writable=is_writable)
        self.judging.is_writable = is_writable

    def show_figures(
        self, figures: Sequence[KeptFigure] | Offer, subject: Subject = EVERYTHING
    ) -> None:
        """Offer `figures`; stays with the unit, the view and the hidden sources if it can.

        Many are better made ready in a job by `desktop.plotting.offer.offer`, and handed in so.
        """
        unit = self._controls.unit
        if subject != self._controls.subject.now:
            # Another thing is plotted: nothing of the last one's view has a sense here.
            self._controls.subject.put(subject)
            unit.put(None)
            self._beside.forget()
        self._offer = figures if isinstance(figures, Offer) else offer(figures)
        before = unit.quantity
        for choice in (unit, self._controls.second):
            choice.offer(self._offer.choices)
        stays = unit.is_every or (unit.quantity is not None and unit.quantity == before)
        if unit.quantity is None:
            unit.put(self._offer.first(), is_every=unit.is_every)
        if not stays:
            self._beside.forget()
        self._show(fit=not stays)

    def state(self) -> State:
        """The plot as it stands, to be kept."""
        look = replace(
            self._controls.look(),
            view=self._chart.view(),
            hidden_sources=frozenset(self._beside.hidden),
            names=tuple(sorted(self._beside.names.items())),
        )
        return state_of(look, self.subject)

    def restore(self, data: Mapping[str, Any]) -> None:
        """Show the plot that `to_data(state())` described; its figures are shown already."""
        state = from_data(data)
        self._beside.hidden, self._beside.names = set(state.hidden_sources), dict(state.names)
        self._controls.put(state)
        self._show(fit=True, is_log=state.is_log)
        if state.view is not None:
            self._chart.set_view(state.view)

    def convert(self, table: "Conversions") -> None:
        """Draw other units as those shown, by the rates of a table."""
        self._controls.convert(table)

    def select_many(self, figure_ids: Sequence[int]) -> None:
        """Ring the points of these figures; says nothing of it to others."""
        self._selected = tuple(figure_ids)
        self._ring_selected()

    def selected_ids(self) -> list[int]:
        """The figures selected: those drawn around, else the chosen one."""
        if self._selected:
            return list(self._selected)
        return [] if self._chosen is None else [self._chosen]

    def select(self, figure_id: int | None) -> None:
        """Ring the figure with that id and show its words; says nothing of it to others."""
        self._chosen = figure_id
        kept = None if figure_id is None else self._offer.by_id.get(figure_id)
        is_elsewhere = kept is not None and self._index(kept.id) is None
        unit = self._controls.unit
        is_other = kept is not None and not unit.is_every and quantity(kept) != unit.quantity
        if kept is not None and is_elsewhere and is_other:
            unit.put(quantity(kept))
            self._beside.forget()
            self._show(fit=True)
        else:
            self._show_chosen()

    def point_of(self, figure_id: int) -> QPoint | None:
        """Where the figure's point is in the pixels of `canvas()`; None if it is not drawn."""
        index = self._index(figure_id)
        if index is None or index not in self._chart.layer.drawn:
            return None
        return self._chart.position(index).toPoint()

    def canvas(self) -> QWidget:
        """The widget that gets the mouse."""
        viewport: QWidget = self._chart.viewport()
        return viewport

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_strip"):
            self._paint_anew()

    # ------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self._stack)
        split.addWidget(self._beside)
        split.setStretchFactor(0, 1)
        split.setSizes([980, 290])
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._controls)
        column.addWidget(self._asking)
        column.addWidget(split, 1)
        column.addWidget(self._caption)
        column.addWidget(self._strip)

    def _connect(self) -> None:
        controls, chart = self._controls, self._chart
        controls.changed.connect(self._look_changed)
        controls.table_chosen.connect(self.table_chosen)
        controls.log.toggled.connect(self._toggle_log)
        controls.rejected.toggled.connect(self._apply_hidden)
        controls.subject.subject_chosen.connect(self.subject_wanted)
        controls.box_zoom.toggled.connect(chart.set_box_zoom)
        controls.select.toggled.connect(chart.set_rope)
        controls.brush.toggled.connect(chart.set_brush)
        controls.fit.clicked.connect(chart.fit)
        controls.back.clicked.connect(chart.back)
        self._beside.hiding_changed.connect(self._apply_hidden)
        self._beside.figure_chosen.connect(self._choose_figure)
        self._beside.figure_activated.connect(self._open_figure)
        self.judging.open_wanted.connect(self.figure_activated)
        chart.brushed.connect(self.brushed)
        chart.roped.connect(self._select_roped)
        chart.menu_asked.connect(self._open_menu)
        chart.chosen.connect(self._choose)
        chart.activated.connect(self._open)
        chart.pointed.connect(self._tell)
        chart.moved.connect(self._moved)
        self._strip.opened.connect(self._open_chosen)
        copying = QShortcut(QKeySequence.StandardKey.Copy, chart)
        copying.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        copying.activated.connect(self.exporting.copy_picture)

    # What is shown ----------------------------------------------------------------------------

    @property
    def _marks(self) -> Marks:
        return self._arranged.marks

    def _arrange(self, *, is_log: bool | None) -> None:
        self._arranged = arranged(self._offer, replace(self.state(), is_log=is_log))
        self._controls.put_log(self._arranged.is_log)

    def _show(self, *, fit: bool, is_log: bool | None = None) -> None:
        self._arrange(is_log=is_log if fit else self._controls.log.isChecked())
        self._beside.show_marks(self._marks, self._symbol)
        if self._arranged.has_log_axis != self._chart.is_log:
            self._chart.set_log(self._arranged.has_log_axis)
        self._hide()
        self._chart.show_marks(self._marks, fit=fit, setting=self._arranged.setting)
        self._say()
        self._show_chosen()
        self._ring_selected()

    def _hide(self) -> None:
        hidden = self._beside.hidden_series()
        self._chart.hide_series(hidden, with_rejected=self._controls.rejected.isChecked())

    def _symbol(self, series: int) -> QPixmap:
        return self._chart.layer.symbol(series, 11.0, self.devicePixelRatioF())

    def _say(self) -> None:
        is_offered = bool(self._offer.choices)
        text = why_empty(
            self._marks,
            drawn=len(self._chart.layer.drawn),
            is_offered=is_offered,
            is_part=not self.subject.is_everything,
            is_log=self._arranged.is_log,
            worked_out=self._arranged.worked_out,
        )
        self._stack.say(text)
        rejected = int(self._marks.has(Feature.REJECTED).sum())
        self._controls.enable(rejected=rejected, has_marks=len(self._marks) > 0)
        shown = self._arranged.shown(self._beside.hidden_series(), self.state())
        lines = caption(self._marks, shown) if is_offered else []
        self._caption.say(lines)
        self._beside.setVisible(is_offered)
        self._strip.setVisible(is_offered)
        self._moved()

    def _paint_anew(self) -> None:
        self._chart.set_inks(inks(self.palette()))
        self._strip.paint_anew()
        if self._marks.sources:
            self._beside.show_marks(self._marks, self._symbol)

    def _moved(self) -> None:
        layer = self._chart.layer
        said = self._caption.follow(layer.outside, len(layer.selected))
        self._chart.setAccessibleDescription(said)
        self._controls.back.setEnabled(self._chart.can_go_back)

    # What a person did ------------------------------------------------------------------------

    def _look_changed(self) -> None:
        self._beside.hidden.clear()
        self._show(fit=True)

    def _toggle_log(self, is_log: bool) -> None:
        self._arrange(is_log=is_log)
        self._chart.show_marks(self._marks, fit=False, setting=self._arranged.setting)
        self._chart.set_log(self._arranged.has_log_axis)
        self._say()

    def _apply_hidden(self, *_: object) -> None:
        if self._arranged.setting.cells is not None:
            # A row that is hidden is not one that is silent: the rows change.
            self._arrange(is_log=None)
            self._chart.show_marks(self._marks, fit=True, setting=self._arranged.setting)
        self._hide()
        self._say()
        self._show_chosen(reveal=False)

    def end_brush(self) -> None:
        """No span of time is wanted any more."""
        self._controls.brush.setChecked(False)

    def _select_roped(self, places: Sequence[int]) -> None:
        self._selected = tuple(self._marks.ids[list(places)].tolist())
        self._ring_selected()
        self.figures_selected.emit(self._selected)

    def _ring_selected(self) -> None:
        places = numpy.flatnonzero(numpy.isin(self._marks.ids, self._selected))
        self._chart.select(places.tolist())
        self._moved()

    def _choose(self, index: int) -> None:
        if self._selected:
            self._selected = ()
            self._ring_selected()
            self.figures_selected.emit(())
        self._choose_figure(int(self._marks.ids[index]), reveal=False)

    def _open(self, index: int) -> None:
        self._open_figure(int(self._marks.ids[index]), reveal=False)

    def _open_chosen(self) -> None:
        if self._chosen is not None:
            self.figure_activated.emit(self._chosen)

    def _choose_figure(self, figure_id: int, *, reveal: bool = True) -> None:
        self._chosen = figure_id
        self._show_chosen(reveal=reveal)
        self.figure_chosen.emit(figure_id)

    def _open_figure(self, figure_id: int, *, reveal: bool = True) -> None:
        self._chosen = figure_id
        self._show_chosen(reveal=reveal)
        self.figure_activated.emit(figure_id)

    def _index(self, figure_id: int) -> int | None:
        found = (self._marks.ids == figure_id).nonzero()[0]
        return int(found[0]) if len(found) else None

    def _show_chosen(self, *, reveal: bool = True) -> None:
        kept = None if self._chosen is None else self._offer.by_id.get(self._chosen)
        index = None if kept is None else self._index(kept.id)
        if reveal:
            self._chart.choose(index)
        self._beside.mark_chosen(None if kept is None else kept.id)
        is_drawn = index is not None and index in self._chart.layer.drawn
        passage = self._telling.passage(kept)
        self._strip.show_figure(kept, passage, is_drawn=is_drawn, turn=self._chart.turn)

    def _tell(self, index: int | None) -> None:
        figures = self._marks.figures
        kept = figures[index] if index is not None and figures else None
        self._telling.at_pointer(kept, self._chart.viewport())

    # What is done to figures, and plots that are kept -------------------------------------------

    def _open_menu(self, index: int | None, at: QPoint) -> None:
        menu = self.point_menu(index)
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(at)

    def point_menu(self, index: int | None) -> QMenu | None:
        """What can be done to the figure at `index`, or to all selected if it is one of them."""
        pointed = None if index is None else int(self._marks.ids[index])
        ids = self._selected
        if index is not None and pointed is not None and pointed not in ids:
            self._choose(index)
            ids = (pointed,)
        if not ids:
            return None
        return self.judging.menu(ids, self._controls.subject.series_of(ids), self)

    def _name(self) -> str:
        return self.subject.name or self._controls.unit.name() or self.tr("Every unit")

    def _data(self) -> Mapping[str, Any]:
        return to_data(self.state())

    def _drawn(self) -> Drawn:
        places = self._chart.layer.drawn.tolist()
        ids = tuple(self._marks.figures[at].id for at in places) if self._marks.figures else ()
        return Drawn(self._offer, self.state(), ids)
