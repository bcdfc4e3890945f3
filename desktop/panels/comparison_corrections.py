"""Join and Part: a person corrects which passages of two sources belong together."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from db.records import Passage
from desktop.compared import Row
from desktop.plain import Label

_BEGINNING = 40  # characters of a passage that name it


class Corrections(QWidget):
    """Two buttons over the row chosen. Joining takes two steps: the one passage, then the other."""

    joined = Signal(int, int)  # passage of the left, passage of the right
    parted = Signal(int, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._row: Row | None = None
        self._first: Passage | None = None
        self._first_is_left = True
        self._writable = False
        self._join = QPushButton(self.tr("Join…"), self)
        self._join.setToolTip(
            self.tr("Say that this passage belongs to one in another row (Ctrl+J)")
        )
        self._part = QPushButton(self.tr("Part"), self)
        self._part.setToolTip(
            self.tr("Say that these two passages do not belong together (Ctrl+Shift+J)")
        )
        self.said = Label("", parent)  # has a line of its own, below the tools
        self.said.setWordWrap(True)
        self.said.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._join)
        layout.addWidget(self._part)
        self._join.clicked.connect(self.join)
        self._part.clicked.connect(self.part)
        for keys, slot in (
            ("Ctrl+J", self.join),
            ("Ctrl+Shift+J", self.part),
            ("Escape", self.forget),
        ):
            shortcut = QShortcut(QKeySequence(keys), parent)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self.forget()

    def show_row(self, row: Row | None, *, writable: bool) -> None:
        """The row chosen, and whether the archive may be written."""
        self._row, self._writable = row, writable
        self._enable()

    def forget(self) -> None:
        """Give up a joining that is half done."""
        self._first = None
        self.said.hide()
        self._enable()

    def join(self) -> None:
        """The first step names a passage; the second, on the other side, joins the two."""
        row = self._row
        if row is None or not self._join.isEnabled():
            return
        if self._first is None:
            # A row with both sides begins from the left: its right passage is a new partner's.
            self._first_is_left = row.a is not None
            self._first = row.a if row.a is not None else row.b
            if self._first is not None:
                self._say(self._first)
            self._enable()
            return
        other = row.b if self._first_is_left else row.a
        if other is None or other.id == self._first.id:
            return
        left, right = (self._first, other) if self._first_is_left else (other, self._first)
        self.forget()
        self.joined.emit(left.id, right.id)

    def part(self) -> None:
        row = self._row
        if row is not None and row.a is not None and row.b is not None and self._writable:
            self.parted.emit(row.a.id, row.b.id)

    def _say(self, first: Passage) -> None:
        words = " ".join(first.text.split())
        short = words if len(words) <= _BEGINNING else f"{words[:_BEGINNING]}…"
        side = self.tr("right") if self._first_is_left else self.tr("left")
        self.said.setText(
            self.tr("“{0}” belongs to a passage on the {1}: choose it, then Join.").format(
                short, side
            )
        )
        self.said.show()

    def _enable(self) -> None:
        row = self._row
        there = row is not None and self._writable
        other = None
        if row is not None:
            other = row.b if self._first_is_left else row.a
        self._join.setText(self.tr("Join…") if self._first is None else self.tr("Join"))
        self._join.setEnabled(there and (self._first is None or other is not None))
        both = row is not None and row.a is not None and row.b is not None
        self._part.setEnabled(there and both and self._first is None)
