"""The plot panel: figures over time, each a click from its words; it says what it leaves out."""

from collections.abc import Sequence
from pathlib import Path

import numpy
from PySide6.QtCore import QEvent, QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from db.errors import ArchiveError
from db.records import KeptFigure, Passage
from desktop.plain import Label, Message, show_tip, shown, tip
from desktop.plotting import words
from desktop.plotting.caption import Quantity, Shown, caption, outside, quantity
from desktop.plotting.chart import Chart
from desktop.plotting.draw import SUFFIXES, Sheet, Wish, draw
from desktop.plotting.inks import inks, paper_inks
from desktop.plotting.marks import NO_MARKS, Feature
from desktop.plotting.offer import Offer, offer
from desktop.plotting.scale import wants_log
from desktop.plotting.strip import Strip
from desktop.plotting.table import table

_SERIES = Qt.ItemDataRole.UserRole
_FIGURE = Qt.ItemDataRole.UserRole
_MOST_LISTED = 500


class PlotPanel(QWidget):
    """Plots figures of one unit at the time they speak of; says which was chosen or opened.

    Joins nothing by lines, fills no gap, converts nothing, and opens no source itself.
    """

    figure_chosen = Signal(object)
    figure_activated = Signal(object)

    def __init__(
        self, parent: QWidget | None = None, *, find_passage: words.FindPassage | None = None
    ) -> None:
        super().__init__(parent)
        self._find_passage = find_passage
        self._offer: Offer = offer([])
        self._quantities: list[Quantity] = []
        self._quantity: Quantity | None = None
        self._chosen: int | None = None
        self._hidden: set[int] = set()
        self._undated_rows: dict[int, int] = {}
        self._said: list[str] = []
        self._marks = NO_MARKS

        self._unit = QComboBox(self)
        self._unit.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._unit.setMinimumWidth(180)
        self._unit.setMaximumWidth(380)
        unit_label = Label(self.tr("&Unit:"), self)
        unit_label.setBuddy(self._unit)
        self._log = QCheckBox(self.tr("Lo&garithmic"), self)
        self._rejected = QCheckBox(self.tr("&Rejected"), self)
        self._rejected.setToolTip(self.tr("Show rejected figures, dotted"))
        self._box_zoom = self._button(self.tr("Zoom box"), self.tr("Drag a box to zoom into it"))
        self._box_zoom.setCheckable(True)
        self._fit = self._button(self.tr("Fit"), self.tr("Show everything (Home)"))
        self._back = self._button(self.tr("Back"), self.tr("The view before this (Backspace)"))
        self._export = self._button(self.tr("Export"), self.tr("Save or copy this plot"))
        self._export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._export.setMenu(self._export_menu())

        self._chart = Chart(self)
        self._chart.setAccessibleName(self.tr("Plot of figures over time"))
        self._empty = Label("", self).wrapped()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(24)
        self._stack_holder = QWidget(self)
        self._stack = QStackedLayout(self._stack_holder)
        self._stack.addWidget(self._chart)
        self._stack.addWidget(self._empty)

        self._sources_title = Label("", self)
        self._all_sources = QPushButton(self.tr("Show all"), self)
        self._all_sources.setToolTip(self.tr("Show every source again"))
        self._sources = QListWidget(self)
        self._sources.setAccessibleName(self.tr("Sources in the plot"))
        self._sources.setIconSize(QSize(18, 18))
        self._sources.setUniformItemSizes(True)
        self._sources.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._sources.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sources.setStatusTip(self.tr("Untick to hide; double-click for only this source"))
        self._undated_title = Label("", self)
        self._undated = QListWidget(self)
        self._undated.setAccessibleName(self.tr("Figures without a date"))
        self._undated.setUniformItemSizes(True)
        self._undated.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

        self._caption = Label("", self).wrapped()
        self._strip = Strip(self)

        self.setFocusProxy(self._chart)
        self._lay_out(unit_label)
        self._connect()
        self._paint_anew()
        self.show_figures([])

    def set_find_passage(self, find_passage: words.FindPassage | None) -> None:
        """Where the sentences come from: a function from a passage's id to the passage."""
        self._find_passage = find_passage

    def show_figures(self, figures: Sequence[KeptFigure] | Offer) -> None:
        """Offer `figures`; stays with the unit, the view and the hidden sources if it can.

        Many are better made ready in a job by `desktop.plotting.offer.offer`, and handed in so.
        """
        self._offer = figures if isinstance(figures, Offer) else offer(figures)
        offered = self._offer.choices
        self._quantities = [choice.quantity for choice in offered]
        self._unit.blockSignals(True)
        self._unit.clear()
        for choice in offered:
            dated = self.tr("{dated} of {all} dated").format(dated=choice.dated, all=choice.figures)
            self._unit.addItem(f"{choice.name} ({dated})")
        stays = self._quantity in self._quantities
        if not stays:
            self._quantity = self._offer.first()
            self._hidden.clear()
        self._unit.blockSignals(False)
        self._show_unit()
        self._unit.setEnabled(bool(offered))
        self._show_quantity(fit=not stays)

    def select(self, figure_id: int | None) -> None:
        """Ring the figure with that id and show its words; says nothing of it to others."""
        self._chosen = figure_id
        kept = None if figure_id is None else self._offer.by_id.get(figure_id)
        if kept is not None and quantity(kept) != self._quantity:
            self._quantity = quantity(kept)
            self._show_unit()
            self._hidden.clear()
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

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        return button

    def _export_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(self.tr("Picture (PNG)…"), lambda: self._save(".png"))
        menu.addAction(self.tr("Drawing (SVG)…"), lambda: self._save(".svg"))
        menu.addAction(self.tr("Page (PDF)…"), lambda: self._save(".pdf"))
        menu.addAction(self.tr("Data with citations (CSV)…"), lambda: self._save(".csv"))
        menu.addSeparator()
        menu.addAction(self.tr("Copy picture"), self.copy_picture)
        menu.addAction(self.tr("Copy data"), self.copy_data)
        return menu

    def _lay_out(self, unit_label: Label) -> None:
        bar = QHBoxLayout()
        bar.addWidget(unit_label)
        bar.addWidget(self._unit)
        bar.addSpacing(8)
        bar.addWidget(self._log)
        bar.addWidget(self._rejected)
        bar.addStretch(1)
        for button in (self._box_zoom, self._fit, self._back, self._export):
            bar.addWidget(button)
        above_sources = QHBoxLayout()
        above_sources.addWidget(self._sources_title, 1)
        above_sources.addWidget(self._all_sources)
        self._side = QWidget(self)
        beside = QVBoxLayout(self._side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addLayout(above_sources)
        beside.addWidget(self._sources, 3)
        beside.addWidget(self._undated_title)
        beside.addWidget(self._undated, 2)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self._stack_holder)
        split.addWidget(self._side)
        split.setStretchFactor(0, 1)
        split.setSizes([980, 290])
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addLayout(bar)
        column.addWidget(split, 1)
        column.addWidget(self._caption)
        column.addWidget(self._strip)

    def _connect(self) -> None:
        self._unit.activated.connect(self._choose_unit)
        self._log.toggled.connect(self._toggle_log)
        self._rejected.toggled.connect(self._apply_hidden)
        self._box_zoom.toggled.connect(self._chart.set_box_zoom)
        self._fit.clicked.connect(self._chart.fit)
        self._back.clicked.connect(self._chart.back)
        self._all_sources.clicked.connect(self._show_all_sources)
        self._sources.itemChanged.connect(self._hide_or_show)
        self._sources.itemDoubleClicked.connect(self._isolate)
        self._undated.itemClicked.connect(self._choose_undated)
        self._undated.itemActivated.connect(self._open_undated)
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
        self._unit.blockSignals(True)
        self._unit.setCurrentIndex(place)
        self._unit.blockSignals(False)

    def _show_quantity(self, *, fit: bool) -> None:
        self._marks = self._offer.marks(self._quantity)
        if fit:
            self._log.blockSignals(True)
            self._log.setChecked(wants_log(self._marks))
            self._log.blockSignals(False)
        if fit and self._log.isChecked() != self._chart.is_log:
            self._chart.set_log(self._log.isChecked())
        self._chart.hide_series(self._hidden_series(), with_rejected=self._rejected.isChecked())
        self._chart.show_marks(self._marks, fit=fit)
        self._fill_sources()
        self._fill_undated()
        self._say()
        self._show_chosen()

    def _say(self) -> None:
        text = ""
        if not self._quantities:
            text = self.tr(
                "No figures to plot yet.\n\nImport sources, or widen what is searched: "
                "the figures found in them appear here over time."
            )
        elif not len(self._marks):
            text = self.tr("None of these {n} figures has a date, so none can be plotted.").format(
                n=len(self._marks.undated)
            ) + self.tr("\n\nThey are listed on the right; their words may show when they were.")
        elif not len(self._chart.layer.drawn):
            text = self.tr("Everything is hidden.\n\nTick a source on the right to see it again.")
            if self._log.isChecked() and not (self._marks.y > 0).any():
                text = self.tr(
                    "A logarithmic scale has no place for zero and less.\n\n"
                    "Untick “Logarithmic” to see these figures."
                )
        self._empty.setText(text)
        self._stack.setCurrentWidget(self._empty if text else self._chart)
        for widget in (self._fit, self._box_zoom, self._log):
            widget.setEnabled(len(self._marks) > 0)
        rejected = int(self._marks.has(Feature.REJECTED).sum())
        self._rejected.setText(self.tr("&Rejected ({n})").format(n=rejected))
        self._rejected.setEnabled(rejected > 0)
        self._export.setEnabled(len(self._marks) > 0)
        lines = caption(self._marks, self._shown_now()) if self._quantities else []
        # The sources are named in the legend already; in the exports they stand in the caption.
        self._said = [line for n, line in enumerate(lines) if n != 1]
        self._caption.setVisible(bool(lines))
        self._side.setVisible(bool(self._quantities))
        self._strip.setVisible(bool(self._quantities))
        self._moved()

    def _shown_now(self) -> Shown:
        return Shown(
            self._quantity or (None, None),
            self._chart.is_log,
            self._hidden_series(),
            self._rejected.isChecked(),
        )

    def _fill_sources(self) -> None:
        self._sources.blockSignals(True)
        self._sources.clear()
        counts = numpy.bincount(self._marks.series, minlength=len(self._marks.sources)).tolist()
        ratio = self.devicePixelRatioF()
        for series, (source_id, title) in enumerate(self._marks.sources):
            item = QListWidgetItem(f"{counts[series]}  {shown(title)}")
            item.setIcon(QIcon(self._chart.layer.symbol(series, 11.0, ratio)))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_hidden = source_id in self._hidden
            item.setCheckState(Qt.CheckState.Unchecked if is_hidden else Qt.CheckState.Checked)
            item.setData(_SERIES, source_id)
            item.setToolTip(tip(title))
            self._sources.addItem(item)
        self._sources.blockSignals(False)
        self._title_sources()

    def _title_sources(self) -> None:
        many = len(self._marks.sources)
        visible = many - len(self._hidden_series())
        text = self.tr("Sources ({n})").format(n=many)
        if visible < many:
            text = self.tr("Sources ({visible} of {n})").format(visible=visible, n=many)
        self._sources_title.setText(text)
        self._all_sources.setEnabled(visible < many)

    def _fill_undated(self) -> None:
        undated = (*self._marks.undated, *self._marks.undrawable)
        self._undated.clear()
        listed = undated[:_MOST_LISTED]
        self._undated_rows = {kept.id: row for row, kept in enumerate(listed)}
        for kept in listed:
            item = QListWidgetItem(f"{words.of(kept)}  {shown(kept.source_title)}")
            item.setData(_FIGURE, kept.id)
            item.setToolTip(tip(words.provenance(kept)))
            self._undated.addItem(item)
        if len(undated) > len(listed):
            more = QListWidgetItem(self.tr("and {n} more").format(n=len(undated) - len(listed)))
            more.setFlags(Qt.ItemFlag.NoItemFlags)
            self._undated.addItem(more)
        self._undated_title.setText(
            self.tr("Without a date ({n})").format(n=len(self._marks.undated))
            if not self._marks.undrawable
            else self.tr("Not drawn ({n})").format(n=len(undated))
        )
        self._undated.setVisible(bool(undated))
        self._undated_title.setVisible(bool(undated))

    def _paint_anew(self) -> None:
        self._chart.set_inks(inks(self.palette()))
        self._strip.paint_anew()
        if self._marks.sources:
            self._fill_sources()

    def _moved(self) -> None:
        beyond = outside(self._chart.layer.outside)
        first = " ".join(filter(None, [*self._said[:1], beyond]))
        self._caption.setText("\n".join([first, *self._said[1:]]))
        self._chart.setAccessibleDescription(first)
        self._back.setEnabled(self._chart.can_go_back)

    def _hidden_series(self) -> frozenset[int]:
        return frozenset(
            series
            for series, (source_id, _) in enumerate(self._marks.sources)
            if source_id in self._hidden
        )

    # What a person did ------------------------------------------------------------------------

    def _choose_unit(self, place: int) -> None:
        if self._quantities[place] == self._quantity:
            return
        self._quantity = self._quantities[place]
        self._hidden.clear()
        self._show_quantity(fit=True)

    def _toggle_log(self, is_log: bool) -> None:
        self._chart.set_log(is_log)
        self._say()

    def _hide_or_show(self, item: QListWidgetItem) -> None:
        source_id = item.data(_SERIES)
        if item.checkState() == Qt.CheckState.Checked:
            self._hidden.discard(source_id)
        else:
            self._hidden.add(source_id)
        self._apply_hidden()

    def _isolate(self, item: QListWidgetItem) -> None:
        only = item.data(_SERIES)
        others = {source_id for source_id, _ in self._marks.sources if source_id != only}
        # A second double click brings the others back.
        self._hidden = set() if self._hidden == others else others
        self._apply_hidden()
        self._fill_sources()

    def _show_all_sources(self) -> None:
        self._hidden.clear()
        self._apply_hidden()
        self._fill_sources()

    def _apply_hidden(self, *_: object) -> None:
        self._chart.hide_series(self._hidden_series(), with_rejected=self._rejected.isChecked())
        self._title_sources()
        self._say()
        self._show_chosen(reveal=False)

    def _choose(self, index: int) -> None:
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

    def _choose_undated(self, item: QListWidgetItem) -> None:
        self._chosen = item.data(_FIGURE)
        self._show_chosen()
        self.figure_chosen.emit(self._chosen)

    def _open_undated(self, item: QListWidgetItem) -> None:
        self._chosen = item.data(_FIGURE)
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
        self._undated.setCurrentRow(-1)
        if kept is not None and kept.id in self._undated_rows:
            self._undated.setCurrentRow(self._undated_rows[kept.id])
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

    # Out --------------------------------------------------------------------------------------

    def export(self, path: Path) -> None:
        """Write what is shown to `path`: a picture, or with the ending .csv its data."""
        if path.suffix.lower() in SUFFIXES:
            draw(self._offer, path, wish=self._wish())
        else:
            # The mark at the front tells spreadsheets that this is UTF-8.
            path.write_text(self._csv(), encoding="utf-8-sig", newline="")

    def copy_picture(self) -> None:
        """Put the plot with its caption on the clipboard."""
        if not len(self._marks):
            return
        sheet = Sheet(self._offer, "", self._wish(), paper_inks())
        QGuiApplication.clipboard().setImage(sheet.image(2))
        sheet.close()

    def copy_data(self) -> None:
        """Put the data behind the plot on the clipboard, as text."""
        data = QMimeData()
        text = self._csv()
        data.setText(text)
        data.setData("text/csv", text.encode())
        QGuiApplication.clipboard().setMimeData(data)

    def _csv(self) -> str:
        drawn = [self._marks.figures[place] for place in self._chart.layer.drawn.tolist()]
        return table(drawn, self._find_passage)

    def _wish(self) -> Wish:
        return Wish(
            quantity=self._quantity,
            is_log=self._chart.is_log,
            view=self._chart.view(),
            hidden_sources=frozenset(self._hidden),
            with_rejected=self._rejected.isChecked(),
        )

    def _save(self, suffix: str) -> None:
        name = shown((self._quantity or (None, None))[0] or "plot").replace("/", "-")
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
