"""Above the results: which view, in which order, how many there are, and whether only the new ones."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QToolButton, QWidget

from desktop.panels.search_views import VIEWS
from desktop.plain import ShortLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.search import Order


class ResultsBar(QWidget):
    """Says what a person chose; shows no passage itself."""

    view_chosen = Signal(str)
    order_chosen = Signal()
    only_chosen = Signal(object)  # ids to keep to, or None for all

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.views = self._view_choice()
        self.orders = QComboBox(self)
        self.orders.setAccessibleName(self.tr("Order of the passages"))
        for text, key in (
            (self.tr("Best first"), "relevance"),
            (self.tr("Oldest source first"), "date"),
            (self.tr("Newest source first"), "newest"),
            (self.tr("As in the archive"), "source"),
            (self.tr("Largest value first"), "value"),
        ):
            self.orders.addItem(text, key)
        self.count = ShortLabel("", self)
        self.is_new = QToolButton(self)
        self.is_new.setCheckable(True)
        self.is_new.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.is_new.hide()
        self._new: tuple[int, ...] = ()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for button in self.views.values():
            line.addWidget(button)
        line.addWidget(self.orders)
        line.addWidget(self.count, 1)
        line.addWidget(self.is_new)
        self.orders.activated.connect(lambda _index: self.order_chosen.emit())
        self.is_new.toggled.connect(
            lambda is_wanted: self.only_chosen.emit(self._new if is_wanted else None)
        )

    def order(self) -> "Order":
        found: Order = self.orders.currentData()
        return found

    def set_order(self, order: str) -> None:
        """Show another order; nobody is told."""
        self.orders.setCurrentIndex(max(0, self.orders.findData(order)))

    def offer_new(self, new: "Sequence[int]") -> None:
        """Offer to keep to these passages; nothing is offered where there are none."""
        self._new = tuple(new)
        self.is_new.setChecked(False)
        self.is_new.setText(self.tr("Only the %n new", "", len(new)))
        self.is_new.setVisible(bool(new))

    def _view_choice(self) -> dict[str, QToolButton]:
        group = QButtonGroup(self)
        texts = (self.tr("List"), self.tr("In Context"), self.tr("Table"))
        made = {}
        for name, text in zip(VIEWS, texts, strict=True):
            button = QToolButton(self)
            button.setText(text)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(partial(self._choose, name))
            group.addButton(button)
            made[name] = button
        made["list"].setChecked(True)
        return made

    def _choose(self, name: str, _checked: bool = False) -> None:
        self.view_chosen.emit(name)
