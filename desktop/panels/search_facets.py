"""Beside the results: how they fall over time, by source, creator, kind ...; a click narrows."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop import facet_words, query_text, showing, sought
from desktop.histogram import Histogram
from desktop.plain import Label, tip
from desktop.session import Session

if TYPE_CHECKING:
    from db.query import Query
    from desktop.sought import Facets, Value

SHOWN_AT_FIRST = 6
# With so few decades, years say more.
FEW_DECADES = 2
_KEY = int(Qt.ItemDataRole.UserRole)  # (facet, value), or (facet, None) to show more of them
_OPEN_AT_FIRST = ("source", "creator", "decade", "year", "kind", "unit", "tag")


class FacetsColumn(QWidget):
    """Shows counts of the present results. Says what was clicked; narrows nothing itself."""

    toggled = Signal(str, str)  # a facet and a value of it
    brushed = Signal(int, int)  # first and last year

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._facets: Facets = {}
        self._active: set[tuple[str, str]] = set()
        self._unfolded: set[str] = set()
        self._folded: set[str] = set(facet_words.HEADINGS) - set(_OPEN_AT_FIRST)
        self._is_filling = False
        self._years: list[tuple[int, int]] = []
        self._time = Label(self.tr("Time"), self)
        self._histogram = Histogram(self)
        self._said = Label("", self)
        self._said.setWordWrap(True)
        self._said.setText(self.tr("What a search finds can be narrowed here."))
        self._model = QStandardItemModel(self)
        self._tree = _Tree(self)
        self._tree.setModel(self._model)
        self._tree.setAccessibleName(self.tr("Narrow the results"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self._time, self._histogram, self._said):
            layout.addWidget(widget)
        layout.addWidget(self._tree, 1)
        layout.addStretch(0)
        self.setFocusProxy(self._tree)
        self.clear()

        self._histogram.brushed.connect(self.brushed)
        self._tree.clicked.connect(self._choose)
        self._tree.chosen.connect(self._choose)
        self._tree.expanded.connect(partial(self._note, True))
        self._tree.collapsed.connect(partial(self._note, False))

    def ask(self, query: "Query") -> None:
        """Count anew for another query."""
        work = partial(sought.facets, query=query)
        self._session.jobs.run(work, self._show, self._fail, replaces="search facets")

    def clear(self) -> None:
        self._facets = {}
        self._fill()

    def show_active(self, active: Sequence[tuple[str, str]]) -> None:
        """Mark what the query is narrowed to."""
        if set(active) != self._active:
            self._active = set(active)
            self._fill()

    def name_of(self, field: str, value: str) -> str:
        """The title of a source that is among the facets."""
        for each in self._facets.get(field, ()):
            if each.value == value:
                return each.name
        return ""

    def histogram(self) -> Histogram:
        return self._histogram

    def tree(self) -> QTreeView:
        return self._tree

    def values(self, facet: str) -> "tuple[Value, ...]":
        """What is counted under a facet at present."""
        return self._facets.get(facet, ())

    def _show(self, facets: "Facets") -> None:
        self._facets = facets
        self._fill()

    def _fail(self, _error: Exception) -> None:
        # The results say what went wrong; counts that may be others' are not left standing.
        self.clear()

    def _fill(self) -> None:
        years = [(int(each.value), each.passages) for each in self._facets.get("year", ())]
        if years != self._years:
            self._years = years
            self._histogram.show_years(years)
        self._histogram.setVisible(bool(years))
        self._time.setVisible(bool(years))
        is_empty = not any(self._facets.values())
        self._said.setVisible(is_empty)
        self._tree.setVisible(not is_empty)
        self._is_filling = True
        at = self._tree.verticalScrollBar().value()
        current = self._tree.currentIndex().data(_KEY)
        self._model.clear()
        hidden = "year" if len(self._facets.get("decade", ())) > FEW_DECADES else "decade"
        for facet in facet_words.HEADINGS:
            values = self._facets.get(facet, ())
            if values and facet != hidden:
                self._add(facet, values)
        self._tree.lay_out()
        self._restore(current)
        self._tree.verticalScrollBar().setValue(at)
        self._is_filling = False

    def _add(self, facet: str, values: "Sequence[Value]") -> None:
        head = QStandardItem(facet_words.heading(facet))
        bold = QFont(self.font())
        bold.setBold(True)
        head.setFont(bold)
        head.setData((facet, ""), _KEY)
        self._model.appendRow([head, QStandardItem()])
        ordered = sorted(values, key=lambda each: not self._is_active(facet, each.value))
        is_long = len(ordered) > SHOWN_AT_FIRST + 1 and facet not in self._unfolded
        if facet in ("decade", "year"):
            ordered, is_long = list(values), False
        for each in ordered[: SHOWN_AT_FIRST if is_long else None]:
            name = facet_words.value(facet, each.value, each.name)
            is_active = self._is_active(facet, each.value)
            item = QStandardItem(f"✓ {name}" if is_active else name)
            item.setData((facet, each.value), _KEY)
            item.setToolTip(tip(name))
            item.setFont(bold if is_active else QFont(self.font()))
            count = QStandardItem(showing.count(each.passages))
            _right(count)
            head.appendRow([item, count])
        if is_long:
            more = QStandardItem(self.tr("%n more…", "", len(ordered) - SHOWN_AT_FIRST))
            more.setData((facet, None), _KEY)
            head.appendRow([more, QStandardItem()])
        self._tree.setExpanded(head.index(), facet not in self._folded)

    def _is_active(self, facet: str, value: str) -> bool:
        return query_text.field_of(facet, value) in self._active

    def _restore(self, key: tuple[str, str | None] | None) -> None:
        if key is None:
            return
        for row in range(self._model.rowCount()):
            head = self._model.item(row)
            for child in range(-1, head.rowCount()):
                item = head if child < 0 else head.child(child)
                if item.data(_KEY) == key:
                    self._tree.setCurrentIndex(item.index())
                    return

    def _choose(self, index: QModelIndex) -> None:
        key = index.siblingAtColumn(0).data(_KEY)
        if key is None:
            return
        facet, value = key
        if value is None:
            self._unfolded.add(facet)
            self._fill()
        elif value:
            self.toggled.emit(facet, value)
        else:
            self._tree.setExpanded(index.siblingAtColumn(0), facet in self._folded)

    def _note(self, is_open: bool, index: QModelIndex) -> None:
        key = index.data(_KEY)
        if key is not None and not self._is_filling:
            (self._folded.discard if is_open else self._folded.add)(key[0])


class _Tree(QTreeView):
    """Names on the left, counts on the right; Return and Space choose."""

    chosen = Signal(QModelIndex)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setExpandsOnDoubleClick(False)

    def lay_out(self) -> None:
        """Give the counts what they need and the names the rest."""
        header = self.header()
        if header.count() == 2:
            header.setStretchLastSection(False)
            header.setMinimumSectionSize(20)
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
            header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.currentIndex().isValid():
                self.chosen.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


def _right(item: QStandardItem) -> None:
    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
