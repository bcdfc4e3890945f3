"""The controls above a plot: what is plotted, in which unit and values, and the ways of looking."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from db.conversions import Conversions
from desktop.check_box import CheckBox
from desktop.plain import Label, shown
from desktop.plotting.menus import ExportMenu, PlotsMenu
from desktop.plotting.reckoning import RECKONINGS
from desktop.plotting.state import KINDS, Look
from desktop.plotting.subject_choice import SubjectChoice
from desktop.plotting.unit_choice import UnitChoice

_BY_TABLE = len(RECKONINGS)


class Controls(QWidget):
    """Two rows of controls, and the look they stand for; what is drawn is the panel's."""

    changed = Signal()  # unit, kind or values
    table_chosen = Signal(object)  # the path of a table of conversions

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.conversion: Conversions | None = None
        self.subject = SubjectChoice(self)
        subject_label = Label(self.tr("P&lot:"), self)
        subject_label.setBuddy(self.subject)

        self.unit = UnitChoice(is_first=True, parent=self)
        self.second = UnitChoice(is_first=False, parent=self)
        for choice, least, most in ((self.unit, 110, 260), (self.second, 72, 150)):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            choice.setMinimumWidth(least)
            choice.setMaximumWidth(most)
            choice.chosen.connect(self._follow)
        self.second.setAccessibleName(self.tr("Unit of a second axis"))
        self.second.setToolTip(self.tr("Draw a second unit as well, on an axis on the right"))
        unit_label = Label(self.tr("&Unit:"), self)
        unit_label.setBuddy(self.unit)
        self.kind = self._list(
            self.tr("Kind of plot"),
            self.tr("Values over time, from promise to delivery, or who speaks of which year"),
            (self.tr("Over time"), self.tr("Promise to delivery"), self.tr("Who says when")),
        )
        self.log = CheckBox(self.tr("Lo&garithmic"), self)
        self.rejected = CheckBox(self.tr("&Rejected"), self)
        self.rejected.setToolTip(self.tr("Show rejected figures, dotted"))
        self.values = self._list(
            self.tr("Values"),
            self.tr("How values are worked out; the caption says it"),
            (
                self.tr("Values as stated"),
                self.tr("Per month"),
                self.tr("Percent of the sum"),
                self.tr("First figure = 100"),
                "",
            ),
        )
        self.values.setMaximumWidth(190)
        self.kind.activated.connect(self._follow)
        self.values.activated.connect(self._choose_values)
        self.select = self._button(
            self.tr("Select"), self.tr("Draw around points to select them; or Shift and drag")
        )
        self.brush = self._button(
            self.tr("Filter time"),
            self.tr("Drag across a span of time: the figures table and the results keep to it"),
        )
        self.box_zoom = self._button(self.tr("Zoom box"), self.tr("Drag a box to zoom into it"))
        self.fit = self._button(self.tr("Fit"), self.tr("Show everything (Home)"))
        self.back = self._button(self.tr("Back"), self.tr("The view before this (Backspace)"))
        self.export = self._button(self.tr("Export"), self.tr("Save or copy this plot"))
        self.export_menu = ExportMenu(self)
        self.saved = self._button(self.tr("Saved"), self.tr("Plots kept in the archive"))
        self.saved_menu = PlotsMenu(self)
        for button, menu in ((self.export, self.export_menu), (self.saved, self.saved_menu)):
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            button.setMenu(menu)
        self._tools = (self.brush, self.select, self.box_zoom)
        for button in self._tools:
            button.setCheckable(True)
            button.toggled.connect(partial(self._use_only, button))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(
            _row(subject_label, self.subject, unit_label, self.unit, self.second, self.saved,
                 self.export, stretched=self.subject)
        )  # fmt: skip
        column.addLayout(
            _row(self.kind, self.values, self.log, self.rejected, None, *self._tools, self.fit,
                 self.back)
        )  # fmt: skip
        self._name_table()

    def look(self) -> Look:
        """What the controls say of the look of a plot."""
        place = self.values.currentIndex()
        return Look(
            quantity=self.unit.quantity,
            is_every_unit=self.unit.is_every,
            second=self.second.quantity,
            kind=KINDS[self.kind.currentIndex()],
            is_log=self.log.isChecked(),
            with_rejected=self.rejected.isChecked(),
            reckoning="stated" if place == _BY_TABLE else RECKONINGS[place],
            conversion=self.conversion,
        )

    def put(self, look: Look) -> None:
        """Say what `look` does; a unit that is not offered stays as it is."""
        if look.quantity in self.unit.quantities():
            self.unit.put(look.quantity, is_every=look.is_every_unit)
        self.second.put(look.second if look.second in self.second.quantities() else None)
        self.kind.setCurrentIndex(KINDS.index(look.kind))
        for box, is_on in ((self.log, bool(look.is_log)), (self.rejected, look.with_rejected)):
            box.blockSignals(True)
            box.setChecked(is_on)
            box.blockSignals(False)
        self.conversion = look.conversion
        self.values.setCurrentIndex(RECKONINGS.index(look.reckoning))
        self._name_table()

    def put_log(self, is_log: bool) -> None:
        """Say whether the scale is logarithmic."""
        self.log.blockSignals(True)
        self.log.setChecked(is_log)
        self.log.blockSignals(False)

    def convert(self, table: Conversions) -> None:
        """Draw by a table of conversions."""
        self.conversion = table
        self._name_table()
        self.changed.emit()

    def enable(self, *, rejected: int, has_marks: bool) -> None:
        """Let be chosen what has a sense for what is shown."""
        look = self.look()
        for widget in (self.fit, self.box_zoom, self.export):
            widget.setEnabled(has_marks)
        self.log.setEnabled(has_marks and look.kind != "coverage")
        self.values.setEnabled(look.kind != "coverage")
        has_second = not look.is_every_unit and look.kind != "coverage"
        self.second.setEnabled(has_second and self.second.count() > 2)
        self.brush.setEnabled(look.kind != "ladder")
        if look.kind == "ladder":
            self.brush.setChecked(False)
        self.rejected.setText(self.tr("&Rejected ({n})").format(n=rejected))
        self.rejected.setEnabled(rejected > 0)

    # ------------------------------------------------------------------------------------------

    def _follow(self, *_: object) -> None:
        if self.second.quantity == self.unit.quantity:
            self.second.put(None)
        self.changed.emit()

    def _choose_values(self, place: int) -> None:
        if place == _BY_TABLE:
            # What was chosen before stays until there is a table.
            self._name_table()
            self._ask_table()
            return
        self.conversion = None
        self._name_table()
        self.changed.emit()

    def _ask_table(self) -> None:
        title = self.tr("A table of conversions")
        chosen, _ = QFileDialog.getOpenFileName(self, title, "", "*.csv *.xlsx")
        if chosen:
            self.table_chosen.emit(Path(chosen))

    def _name_table(self) -> None:
        table = self.conversion
        text = self.tr("By a table…") if table is None else self.tr("By the table {name}…")
        named = text if table is None else text.format(name=shown(table.name))
        self.values.setItemText(_BY_TABLE, named)
        if table is not None:
            self.values.setCurrentIndex(_BY_TABLE)
        elif self.values.currentIndex() == _BY_TABLE:
            self.values.setCurrentIndex(0)

    def _use_only(self, button: QToolButton, is_on: bool) -> None:
        # One way of dragging at a time.
        for other in self._tools:
            if is_on and other is not button:
                other.setChecked(False)
        # Fusion only sinks a button that is on, which cannot be seen on dark ground.
        palette = QPalette()
        if is_on:
            highlight = palette.color(QPalette.ColorRole.Highlight)
            palette.setColor(QPalette.ColorRole.Button, highlight)
            ink = palette.color(QPalette.ColorRole.HighlightedText)
            palette.setColor(QPalette.ColorRole.ButtonText, ink)
        button.setPalette(palette)

    def _list(self, name: str, tip: str, items: Iterable[str]) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.setToolTip(tip)
        box.addItems(list(items))
        # Between docks on both sides the ends of longer words may be cut; the list shows them all.
        box.setMinimumWidth(84)
        return box

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        return button


def _row(*widgets: QWidget | None, stretched: QWidget | None = None) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget, 1 if widget is stretched else 0)
    return row
