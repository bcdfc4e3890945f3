"""Which sources are compared: two, and a third if one is wanted."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from db.records import Source
from desktop.source_choice import SourceChoice


class ComparisonChoice(QWidget):
    """Three lists and a button that changes the sides of the first two."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.left = SourceChoice(self.tr("Source on the left"), self)
        self.right = SourceChoice(self.tr("Source on the right"), self)
        self.third = SourceChoice(self.tr("Third source"), self, self.tr("No third source"))
        swap = QToolButton(self)
        swap.setText("⇄")
        swap.setAccessibleName(self.tr("Change sides"))
        swap.setToolTip(self.tr("Change sides"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.left, 1)
        layout.addWidget(swap)
        layout.addWidget(self.right, 1)
        layout.addWidget(self.third, 1)
        for combo in (self.left, self.right, self.third):
            combo.activated.connect(lambda _index: self.chosen.emit())
        swap.clicked.connect(self._change_sides)

    def offer(self, sources: Sequence[Source], first: int | None) -> None:
        """List the sources; where none is chosen yet, `first` is on the left."""
        self.left.offer(sources, first)
        self.right.offer(sources)
        self.third.offer(sources)

    def is_typed_in(self) -> bool:
        """Whether a person may be typing a title."""
        return any(combo.hasFocus() for combo in (self.left, self.right, self.third))

    def pair(self) -> tuple[int, int] | None:
        """The two sources chosen; None while one is missing."""
        a, b = self.left.source_id(), self.right.source_id()
        return None if a is None or b is None or a == b else (a, b)

    def is_same(self) -> bool:
        """Whether one source stands on both sides."""
        left = self.left.source_id()
        return left is not None and left == self.right.source_id()

    def beside(self) -> int | None:
        """The third source, if one is chosen that is not among the two."""
        c = self.third.source_id()
        return None if c in (self.left.source_id(), self.right.source_id()) else c

    def _change_sides(self) -> None:
        left, right = self.left.currentIndex(), self.right.currentIndex()
        self.left.setCurrentIndex(right)
        self.right.setCurrentIndex(left)
        self.chosen.emit()
