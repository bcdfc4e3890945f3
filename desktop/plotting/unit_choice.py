"""A list of units to choose from, and one entry that is none of them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.plotting.caption import Quantity
from desktop.plotting.offer import Choice


class UnitChoice(QComboBox):
    """Offers quantities in the order of an offer; says when a person has chosen."""

    chosen = Signal()

    def __init__(self, *, is_first: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Of the left axis, or of a second one that there need not be.
        self._is_first = is_first
        self._choices: tuple[Choice, ...] = ()
        self.quantity: Quantity | None = None
        self.is_every = False
        self.activated.connect(self._choose)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Offer these quantities; what was chosen stays if it is among them."""
        self._choices = tuple(choices)
        self.blockSignals(True)
        self.clear()
        if not self._is_first:
            self.addItem(self.tr("One axis"))
        for choice in self._choices:
            dated = self.tr("{dated} of {all} dated").format(dated=choice.dated, all=choice.figures)
            name = self.tr("and {unit}").format(unit=choice.name)
            self.addItem(f"{choice.name} ({dated})" if self._is_first else name)
        if self._is_first and len(self._choices) > 1:
            self.addItem(self.tr("Every unit ({n})").format(n=len(self._choices)))
        self.blockSignals(False)
        self.setEnabled(len(self._choices) > (0 if self._is_first else 1))
        if self.quantity not in self.quantities():
            self.quantity = None
        self.put(self.quantity, is_every=self.is_every and len(self._choices) > 1)

    def quantities(self) -> list[Quantity]:
        """What is offered."""
        return [choice.quantity for choice in self._choices]

    def put(self, quantity: Quantity | None, *, is_every: bool = False) -> None:
        """Choose `quantity`, or every one; says nothing of it."""
        self.quantity, self.is_every = quantity, is_every
        offered = self.quantities()
        if is_every:
            place = self.count() - 1
        elif quantity in offered:
            place = offered.index(quantity) + (not self._is_first)
        else:
            place = -1 if self._is_first else 0
        self.blockSignals(True)
        self.setCurrentIndex(place)
        self.blockSignals(False)

    def name(self) -> str:
        """The chosen quantity in words; empty for every one."""
        return next((each.name for each in self._choices if each.quantity == self.quantity), "")

    def _choose(self, place: int) -> None:
        before = self.quantity, self.is_every
        at = place - (not self._is_first)
        if self._is_first and at == len(self._choices):
            self.is_every = True
        else:
            self.quantity, self.is_every = (self.quantities()[at] if at >= 0 else None), False
        if before != (self.quantity, self.is_every):
            self.chosen.emit()
