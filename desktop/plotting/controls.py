"""The controls above a plot: what is plotted, in which unit and values, and the ways of looking."""

from functools import partial

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop.check_box import CheckBox
from desktop.plain import Label
from desktop.plotting.menus import ExportMenu, PlotsMenu
from desktop.plotting.subject_choice import SubjectChoice


class Controls(QWidget):
    """Two rows of controls; what they do is the panel's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.subject = SubjectChoice(self)
        subject_label = Label(self.tr("P&lot:"), self)
        subject_label.setBuddy(self.subject)

        self.unit = QComboBox(self)
        self.unit.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.unit.setMinimumWidth(150)
        self.unit.setMaximumWidth(320)
        unit_label = Label(self.tr("&Unit:"), self)
        unit_label.setBuddy(self.unit)
        self.log = CheckBox(self.tr("Lo&garithmic"), self)
        self.rejected = CheckBox(self.tr("&Rejected"), self)
        self.rejected.setToolTip(self.tr("Show rejected figures, dotted"))
        self.values = QComboBox(self)
        self.values.setAccessibleName(self.tr("Values"))
        self.values.setToolTip(self.tr("How values are worked out; the caption says it"))
        for said in (
            self.tr("Values as stated"),
            self.tr("Per month"),
            self.tr("Percent of the sum"),
            self.tr("First figure = 100"),
        ):
            self.values.addItem(said)
        self.select = self._button(
            self.tr("Select"), self.tr("Draw around points to select them; or Shift and drag")
        )
        self.select.setCheckable(True)
        self.brush = self._button(
            self.tr("Filter time"),
            self.tr("Drag across a span of time: the figures table and the results keep to it"),
        )
        self.brush.setCheckable(True)
        self.box_zoom = self._button(self.tr("Zoom box"), self.tr("Drag a box to zoom into it"))
        self.box_zoom.setCheckable(True)
        self.fit = self._button(self.tr("Fit"), self.tr("Show everything (Home)"))
        self.back = self._button(self.tr("Back"), self.tr("The view before this (Backspace)"))
        self.export = self._button(self.tr("Export"), self.tr("Save or copy this plot"))
        self.export_menu = ExportMenu(self)
        self.saved = self._button(self.tr("Saved"), self.tr("Plots kept in the archive"))
        self.saved_menu = PlotsMenu(self)
        for button, menu in ((self.export, self.export_menu), (self.saved, self.saved_menu)):
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            button.setMenu(menu)
        bar, tools = QHBoxLayout(), QHBoxLayout()
        bar.addWidget(subject_label)
        bar.addWidget(self.subject, 1)
        bar.addWidget(unit_label)
        bar.addWidget(self.unit)
        for button in (self.saved, self.export):
            bar.addWidget(button)
        tools.addWidget(self.values)
        tools.addWidget(self.log)
        tools.addWidget(self.rejected)
        tools.addStretch(1)
        for button in (self.brush, self.select, self.box_zoom, self.fit, self.back):
            tools.addWidget(button)
        for button in (self.brush, self.select, self.box_zoom):
            button.toggled.connect(partial(_show_checked, button))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(bar)
        column.addLayout(tools)

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        return button


def _show_checked(button: QToolButton, is_on: bool) -> None:
    # Fusion only sinks a button that is on, which cannot be seen on dark ground.
    palette = QPalette()
    if is_on:
        palette.setColor(QPalette.ColorRole.Button, palette.color(QPalette.ColorRole.Highlight))
        ink = palette.color(QPalette.ColorRole.HighlightedText)
        palette.setColor(QPalette.ColorRole.ButtonText, ink)
    button.setPalette(palette)
