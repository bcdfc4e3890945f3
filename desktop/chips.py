"""Chips: what narrows a list at present, each with a cross that takes it away."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QLayout, QLayoutItem, QPushButton, QSizePolicy, QToolButton, QWidget

from desktop.plain import menu_text, set_tip, shown

LONGEST_CHIP = 36
GAP = 6


class Chips(QWidget):
    """A chip for each (key, text), in as many lines as they need; says which shall go."""

    removed = Signal(int)  # its place among those shown
    all_removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self._chips: list[QToolButton] = []
        self._clear = QPushButton(self.tr("Remove All"), self)
        self._clear.setFlat(True)
        self._clear.clicked.connect(self.all_removed)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_chips(self, texts: Sequence[str]) -> None:
        """Show these; the row is hidden where there are none."""
        if [chip.accessibleName() for chip in self._chips] == [
            self.tr("Remove: {0}").format(shown(text)) for text in texts
        ]:
            return
        had_focus = any(chip.hasFocus() for chip in self._chips)
        self._flow.empty()
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for place, text in enumerate(texts):
            chip = QToolButton(self)
            label = shown(text)
            cut = label if len(label) <= LONGEST_CHIP else label[: LONGEST_CHIP - 1] + "…"
            chip.setText(f"{menu_text(cut)}  ✕")
            chip.setAccessibleName(self.tr("Remove: {0}").format(label))
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            set_tip(chip, self.tr("Remove: {0}").format(label))
            chip.clicked.connect(partial(self._remove, place))
            chip.show()
            self._flow.addWidget(chip)
            self._chips.append(chip)
        self._clear.setVisible(len(texts) > 1)
        if len(texts) > 1:
            self._flow.addWidget(self._clear)
        self.setVisible(bool(texts))
        if had_focus and self._chips:
            self._chips[0].setFocus()
        self.updateGeometry()

    def chips(self) -> list[QToolButton]:
        return list(self._chips)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._flow.heightForWidth(width)

    def _remove(self, place: int, _checked: bool = False) -> None:
        self.removed.emit(place)


class FlowLayout(QLayout):
    """Lays widgets side by side and begins a new line where there is no room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def empty(self) -> None:
        """Forget the widgets; they stay whose they are."""
        self._items.clear()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem:
        # Qt asks beyond the end and means "none" by it; its stub forgets that.
        return self._items[index] if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def takeAt(self, index: int) -> QLayoutItem:
        return self._items.pop(index) if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), is_real=False)

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._lay(area, is_real=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        widest = QSize(0, 0)
        for item in self._items:
            widest = widest.expandedTo(item.minimumSize())
        return widest

    def _lay(self, area: QRect, *, is_real: bool) -> int:
        left, top, line = area.left(), area.top(), 0
        for item in self._items:
            size = item.sizeHint()
            if left > area.left() and left + size.width() > area.right() + 1:
                left, top, line = area.left(), top + line + GAP, 0
            if is_real:
                item.setGeometry(QRect(QPoint(left, top), size))
            left += size.width() + GAP
            line = max(line, size.height())
        return top + line - area.top()
