"""The plot panel: figures over time, each a click from its words; it says what it leaves out.

Long because it joins the parts in desktop/plotting, which know nothing of each other.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy
from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QCursor, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QMenu,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from db.errors import ArchiveError
from db.records import KeptFigure, Passage
from desktop.asking_line import AskingLine
from desktop.plain import Label, Message, show_tip, shown
from desktop.plotting import out, words
from desktop.plotting.beside import Beside
from desktop.plotting.caption import Quantity, Shown, caption, outside, quantity
from desktop.plotting.chart import Chart
from desktop.plotting.controls import Controls
from desktop.plotting.draw import SUFFIXES, Wish
from desktop.plotting.emptiness import why_empty
from desktop.plotting.inks import inks
from desktop.plotting.judging import Judging
from desktop.plotting.keeping import Keeping
from desktop.plotting.marks import NO_MARKS, Feature
from desktop.plotting.offer import Offer, offer
from desktop.plotting.reckoning import RECKONINGS, Reckoning, reckoned
from desktop.plotting.scale import wants_log
from desktop.plotting.state import EVERYTHING, State, Subject, from_data, to_data
from desktop.plotting.strip import Strip

if TYPE_CHECKING:
    from db.plots import Plot
    from db.series import Series


class PlotPanel(QWidget):
    """Plots figures of one unit at the time they speak of; says which was chosen or opened.

    Joins nothing by lines, fills no gap, converts nothing, and opens no source itself.
    """

    figure_chosen = Signal(object)
    figure_activated = Signal(object)
    figures_selected = Signal(object)  # ids, as a tuple
    brushed = Signal(object)  # first and last day of the span of time marked, or None
    subject_wanted = Signal(object)  # Subject
    data_wanted = Signal(object, object)  # ids of figures; the path of a file, None: the clipboard

    def __init__(
        self, parent: QWidget | None = None, *, find_passage: words.FindPassage | None = None
    ) -> None:
        super().__init__(parent)
        self._find_passage = find_passage
        self._offer: Offer = offer([])
        self._quantities: list[Quantity] = []
        self._quantity: Quantity | None = None
        self._chosen: int | None = None
        self._selected: tuple[int, ...] = ()
        self._said: list[str] = []
        self._marks = NO_MARKS
        self._worked_out = ""

        self._controls = Controls(self)
        self._chart = Chart(self)
        self._chart.setAccessibleName(self.tr("Plot of figures over time"))
        self._empty = Label("", self).wrapped()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(24)
        self._stack_holder = QWidget(self)
        self._stack = QStackedLayout(self._stack_holder)
        self._stack.addWidget(self._chart)
        self._stack.addWidget(self._empty)

        self._beside = Beside(self)
        self._caption = Label("", self).wrapped()
        self._asking = AskingLine(self)
        self._asking.hide()
        self.keeping = Keeping(
            self._controls.saved_menu, self._asking, self._name, self._data, self
        )
        self.judging = Judging(self._asking, self)
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
        if subject != self._controls.subject.now:
            # Another thing is plotted: nothing of the last one's view has a sense here.
            self._controls.subject.put(subject)
            self._quantity = None
            self._beside.hidden.clear()
        self._offer = figures if isinstance(figures, Offer) else offer(figures)
        offered = self._offer.choices
        self._quantities = [choice.quantity for choice in offered]
        self._controls.unit.blockSignals(True)
        self._controls.unit.clear()
        for choice in offered:
            dated = self.tr("{dated} of {all} dated").format(dated=choice.dated, all=choice.figures)
            self._controls.unit.addItem(f"{choice.name} ({dated})")
        stays = self._quantity in self._quantities
        if not stays:
            self._quantity = self._offer.first()
            self._beside.hidden.clear()
        self._controls.unit.blockSignals(False)
        self._show_unit()
        self._controls.unit.setEnabled(bool(offered))
        self._show_quantity(fit=not stays)

    def state(self) -> State:
        """The plot as it stands, to be kept."""
        return State(
            subject=self._controls.subject.now,
            quantity=self._quantity,
            is_log=self._chart.is_log,
            view=self._chart.view(),
            hidden_sources=frozenset(self._beside.hidden),
            with_rejected=self._controls.rejected.isChecked(),
            reckoning=self._reckoning(),
        )

    def restore(self, data: Mapping[str, Any]) -> None:
        """Show the plot that `to_data(state())` described; its figures are shown already."""
        state = from_data(data)
        if state.quantity in self._quantities:
            self._quantity = state.quantity
        self._beside.hidden = set(state.hidden_sources)
        ticked = (
            (self._controls.log, state.is_log),
            (self._controls.rejected, state.with_rejected),
        )
        for box, is_on in ticked:
            box.blockSignals(True)
            box.setChecked(is_on)
            box.blockSignals(False)
        self._controls.values.setCurrentIndex(RECKONINGS.index(state.reckoning))
        self._show_unit()
        self._show_quantity(fit=True, is_log=state.is_log)
        if state.view is not None:
            self._chart.set_view(state.view)

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
        if kept is not None and quantity(kept) != self._quantity:
            self._quantity = quantity(kept)
            self._show_unit()
            self._beside.hidden.clear()
            self._show_quantity(fit=True)
            return
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
        split.addWidget(self._stack_holder)
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
        self._controls.unit.activated.connect(self._choose_unit)
        self._controls.log.toggled.connect(self._toggle_log)
        self._controls.rejected.toggled.connect(self._apply_hidden)
        self._controls.values.activated.connect(self._reckon)
        self._controls.subject.subject_chosen.connect(self.subject_wanted)
        self._controls.box_zoom.toggled.connect(self._use_box_zoom)
        self._controls.select.toggled.connect(self._use_rope)
        self._controls.brush.toggled.connect(self._use_brush)
        self._chart.brushed.connect(self.brushed)
        self._controls.fit.clicked.connect(self._chart.fit)
        self._controls.back.clicked.connect(self._chart.back)
        self._beside.hiding_changed.connect(self._apply_hidden)
        self._beside.figure_chosen.connect(self._choose_undated)
        self._beside.figure_activated.connect(self._open_undated)
        self._controls.export_menu.file_wanted.connect(self._save)
        self._controls.export_menu.picture_wanted.connect(self.copy_picture)
        self._controls.export_menu.data_wanted.connect(self.copy_data)
        self.judging.open_wanted.connect(self.figure_activated)
        self._chart.roped.connect(self._select_roped)
        self._chart.menu_asked.connect(self._open_menu)
        self._chart.chosen.connect(self._choose)
        self._chart.activated.connect(self._open)
        self._chart.pointed.connect(self._tell)
        self._chart.moved.connect(self._moved)
        self._strip.opened.connect(self._open_chosen)
        copying = QShortcut(QKeySequence.StandardKey.Copy, self._chart)
        copying.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        copying.activated.connect(self.copy_picture)

    # What is shown ----------------------------------------------------------------------------

    def _show_unit(self) -> None:
        place = -1 if self._quantity is None else self._quantities.index(self._quantity)
        self._controls.unit.blockSignals(True)
        self._controls.unit.setCurrentIndex(place)
        self._controls.unit.blockSignals(False)

    def _show_quantity(self, *, fit: bool, is_log: bool | None = None) -> None:
        worked_out = reckoned(self._offer.marks(self._quantity), self._reckoning())
        self._marks, self._worked_out = worked_out.marks, worked_out.said
        if fit:
            self._controls.log.blockSignals(True)
            self._controls.log.setChecked(wants_log(self._marks) if is_log is None else is_log)
            self._controls.log.blockSignals(False)
        self._beside.show_marks(self._marks, self._symbol)
        if fit and self._controls.log.isChecked() != self._chart.is_log:
            self._chart.set_log(self._controls.log.isChecked())
        self._hide()
        self._chart.show_marks(self._marks, fit=fit)
        self._say()
        self._show_chosen()
        self._ring_selected()

    def _hide(self) -> None:
        hidden = self._beside.hidden_series()
        self._chart.hide_series(hidden, with_rejected=self._controls.rejected.isChecked())

    def _symbol(self, series: int) -> QPixmap:
        return self._chart.layer.symbol(series, 11.0, self.devicePixelRatioF())

    def _reckoning(self) -> Reckoning:
        return RECKONINGS[self._controls.values.currentIndex()]

    def _say(self) -> None:
        text = why_empty(
            self._marks,
            drawn=len(self._chart.layer.drawn),
            is_offered=bool(self._quantities),
            is_part=not self.subject.is_everything,
            is_log=self._controls.log.isChecked(),
            worked_out=self._worked_out,
        )
        self._empty.setText(text)
        self._stack.setCurrentWidget(self._empty if text else self._chart)
        for widget in (self._controls.fit, self._controls.box_zoom, self._controls.log):
            widget.setEnabled(len(self._marks) > 0)
        rejected = int(self._marks.has(Feature.REJECTED).sum())
        self._controls.rejected.setText(self.tr("&Rejected ({n})").format(n=rejected))
        self._controls.rejected.setEnabled(rejected > 0)
        self._controls.export.setEnabled(len(self._marks) > 0)
        lines = caption(self._marks, self._shown_now()) if self._quantities else []
        # The sources are named in the legend already; in the exports they stand in the caption.
        self._said = [line for n, line in enumerate(lines) if n != 1]
        self._caption.setVisible(bool(lines))
        self._beside.setVisible(bool(self._quantities))
        self._strip.setVisible(bool(self._quantities))
        self._moved()

    def _shown_now(self) -> Shown:
        return Shown(
            self._quantity or (None, None),
            self._chart.is_log,
            self._beside.hidden_series(),
            self._controls.rejected.isChecked(),
            self._worked_out,
        )

    def _paint_anew(self) -> None:
        self._chart.set_inks(inks(self.palette()))
        self._strip.paint_anew()
        if self._marks.sources:
            self._beside.show_marks(self._marks, self._symbol)

    def _moved(self) -> None:
        beyond = outside(self._chart.layer.outside)
        ringed = len(self._chart.layer.selected)
        chosen = self.tr("{n} selected.").format(n=ringed) if ringed else ""
        first = " ".join(filter(None, [*self._said[:1], beyond, chosen]))
        self._caption.setText("\n".join([first, *self._said[1:]]))
        self._chart.setAccessibleDescription(first)
        self._controls.back.setEnabled(self._chart.can_go_back)

    # What a person did ------------------------------------------------------------------------

    def _choose_unit(self, place: int) -> None:
        if self._quantities[place] == self._quantity:
            return
        self._quantity = self._quantities[place]
        self._beside.hidden.clear()
        self._show_quantity(fit=True)

    def _reckon(self, _place: int) -> None:
        self._show_quantity(fit=True)

    def _use_box_zoom(self, is_on: bool) -> None:
        if is_on:
            self._controls.select.setChecked(False)
            self._controls.brush.setChecked(False)
        self._chart.set_box_zoom(is_on)

    def _use_brush(self, is_on: bool) -> None:
        if is_on:
            self._controls.box_zoom.setChecked(False)
            self._controls.select.setChecked(False)
        self._chart.set_brush(is_on)

    def end_brush(self) -> None:
        """No span of time is wanted any more."""
        self._controls.brush.setChecked(False)

    def _use_rope(self, is_on: bool) -> None:
        if is_on:
            self._controls.box_zoom.setChecked(False)
            self._controls.brush.setChecked(False)
        self._chart.set_rope(is_on)

    def _select_roped(self, places: Sequence[int]) -> None:
        self._selected = tuple(self._marks.ids[list(places)].tolist())
        self._ring_selected()
        self.figures_selected.emit(self._selected)

    def _ring_selected(self) -> None:
        places = numpy.flatnonzero(numpy.isin(self._marks.ids, self._selected))
        self._chart.select(places.tolist())
        self._moved()

    def _toggle_log(self, is_log: bool) -> None:
        self._chart.set_log(is_log)
        self._say()

    def _apply_hidden(self, *_: object) -> None:
        self._hide()
        self._say()
        self._show_chosen(reveal=False)

    def _choose(self, index: int) -> None:
        if self._selected:
            self._selected = ()
            self._ring_selected()
            self.figures_selected.emit(())
        self._chosen = int(self._marks.ids[index])
        self._show_chosen(reveal=False)
        self.figure_chosen.emit(self._chosen)

    def _open(self, index: int) -> None:
        self._chosen = int(self._marks.ids[index])
        self._show_chosen(reveal=False)
        self.figure_activated.emit(self._chosen)

    def _open_chosen(self) -> None:
        if self._chosen is not None:
            self.figure_activated.emit(self._chosen)

    def _choose_undated(self, figure_id: int) -> None:
        self._chosen = figure_id
        self._show_chosen()
        self.figure_chosen.emit(self._chosen)

    def _open_undated(self, figure_id: int) -> None:
        self._chosen = figure_id
        self._show_chosen()
        self.figure_activated.emit(self._chosen)

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
        self._strip.show_figure(kept, self._passage(kept), is_drawn=is_drawn, turn=self._chart.turn)

    def _passage(self, kept: KeptFigure | None) -> Passage | None:
        if kept is None or self._find_passage is None:
            return None
        try:
            return self._find_passage(kept.passage_id)
        except ArchiveError:
            # A busy archive must not interrupt pointing: the figure's own words do for now.
            return None

    def _tell(self, index: int | None) -> None:
        if index is None or not self._marks.figures:
            show_tip(QCursor.pos(), "", self)
            return
        kept = self._marks.figures[index]
        show_tip(QCursor.pos(), words.tip(kept, self._passage(kept)), self._chart.viewport())

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
        return self.subject.name or self._controls.unit.currentText().rpartition(" (")[0]

    def _data(self) -> Mapping[str, Any]:
        return to_data(self.state())

    # Out --------------------------------------------------------------------------------------

    def export(self, path: Path) -> None:
        """Write what is shown to `path` as a picture; with the ending .csv ask for its data."""
        if path.suffix.lower() in SUFFIXES:
            out.write_picture(self._offer, path, self.subject.name, self._wish())
        else:
            self.data_wanted.emit(self._drawn(), path)

    def copy_picture(self) -> None:
        """Put the plot with its caption on the clipboard."""
        if len(self._marks):
            out.copy_picture(self._offer, self.subject.name, self._wish())

    def copy_data(self) -> None:
        """Ask for the data behind the plot on the clipboard."""
        self.data_wanted.emit(self._drawn(), None)

    def _drawn(self) -> tuple[int, ...]:
        return tuple(self._marks.figures[at].id for at in self._chart.layer.drawn.tolist())

    def _wish(self) -> Wish:
        return Wish(
            quantity=self._quantity,
            is_log=self._chart.is_log,
            view=self._chart.view(),
            hidden_sources=frozenset(self._beside.hidden),
            with_rejected=self._controls.rejected.isChecked(),
            reckoning=self._reckoning(),
        )

    def _save(self, suffix: str) -> None:
        name = shown(self.subject.name or (self._quantity or (None, None))[0] or "plot").replace(
            "/", "-"
        )
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export the plot"), f"{name}{suffix}", f"*{suffix}"
        )
        if not chosen:
            return
        path = Path(chosen)
        try:
            self.export(path if path.suffix else path.with_suffix(suffix))
        except OSError as error:
            text = self.tr("The plot could not be written to {path}.").format(path=path)
            Message(self, self.tr("Export"), text, str(error)).exec()
