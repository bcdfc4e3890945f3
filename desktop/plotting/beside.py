"""What stands beside a plot: its sources, to be shown or hidden, and the figures without a date."""

from collections.abc import Callable

import numpy
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.asking_line import AskingLine
from desktop.plain import Label, shown, tip
from desktop.plotting import words
from desktop.plotting.caption import legend
from desktop.plotting.marks import NO_MARKS, Marks

_SOURCE = Qt.ItemDataRole.UserRole
_FIGURE = Qt.ItemDataRole.UserRole
_MOST_LISTED = 500


class _Framed(QStyledItemDelegate):
    """Draws a frame around the box to tick: Fusion's cannot be seen on dark ground."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        self.initStyleOption(option, index)
        part = QStyle.SubElement.SE_ItemViewItemCheckIndicator
        style = QApplication.style()
        frame = style.subElementRect(part, option, None)
        painter.setPen(QColor(theme.colours(QApplication.palette()).quiet))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame.adjusted(0, 0, -1, -1))


class Beside(QWidget):
    """Holds which sources are hidden or renamed; says when that changes, or an undated is chosen."""

    hiding_changed = Signal()
    figure_chosen = Signal(int)
    figure_activated = Signal(int)

    def __init__(self, asking: AskingLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asking = asking
        self.hidden: set[int] = set()  # ids of sources
        self.names: dict[int, str] = {}  # a person's, by the ids of sources
        self._marks = NO_MARKS
        self._symbol: Callable[[int], QPixmap] = lambda _series: QPixmap()
        self._undated_rows: dict[int, int] = {}
        self._title = Label("", self)
        self.all_sources = QPushButton(self.tr("Show all"), self)
        self.all_sources.setToolTip(self.tr("Show every source again"))
        self.sources = QListWidget(self)
        self.sources.setAccessibleName(self.tr("Sources in the plot"))
        self.sources.setItemDelegate(_Framed(self.sources))
        self.sources.setIconSize(QSize(18, 18))
        self.sources.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.sources.setStatusTip(self.tr("Untick to hide; double-click for only this source"))
        self.undated_title = Label("", self)
        self.undated = QListWidget(self)
        self.undated.setAccessibleName(self.tr("Figures without a date"))
        for listed in (self.sources, self.undated):
            listed.setUniformItemSizes(True)
            listed.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.all_sources)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.sources, 3)
        column.addWidget(self.undated_title)
        column.addWidget(self.undated, 2)
        self.all_sources.clicked.connect(self._show_all)
        self.sources.itemChanged.connect(self._hide_or_show)
        self.sources.itemDoubleClicked.connect(self._isolate)
        self.sources.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.sources.customContextMenuRequested.connect(self._open_menu)
        self.undated.itemClicked.connect(lambda item: self.figure_chosen.emit(item.data(_FIGURE)))
        self.undated.itemActivated.connect(
            lambda item: self.figure_activated.emit(item.data(_FIGURE))
        )

    def show_marks(self, marks: Marks, symbol: Callable[[int], QPixmap]) -> None:
        """List the sources of `marks`, each with its symbol, and what of them is not drawn."""
        self._marks, self._symbol = marks, symbol
        self._fill_sources(symbol)
        self._fill_undated()

    def hidden_series(self) -> frozenset[int]:
        """The hidden sources by their place among those of the marks."""
        return frozenset(
            series
            for series, (source_id, _) in enumerate(self._marks.sources)
            if source_id in self.hidden
        )

    def forget(self) -> None:
        """Another thing is plotted: nothing is hidden, and all have their own names."""
        self.hidden.clear()
        self.names.clear()

    def mark_chosen(self, figure_id: int | None) -> None:
        """Mark the chosen figure if it is one without a date."""
        self.undated.setCurrentRow(-1)
        if figure_id is not None and figure_id in self._undated_rows:
            self.undated.setCurrentRow(self._undated_rows[figure_id])

    def retitle(self) -> None:
        """Say how many of the sources are shown."""
        many = len(self._marks.sources)
        visible = many - len(self.hidden_series())
        text = self.tr("Sources ({n})").format(n=many)
        if visible < many:
            text = self.tr("Sources ({visible} of {n})").format(visible=visible, n=many)
        self._title.setText(text)
        self.all_sources.setEnabled(visible < many)

    def _fill_sources(self, symbol: Callable[[int], QPixmap]) -> None:
        self.sources.blockSignals(True)
        self.sources.clear()
        counts = numpy.bincount(self._marks.series, minlength=len(self._marks.sources)).tolist()
        labels = legend(self._marks, self.names)
        for series, (source_id, title) in enumerate(self._marks.sources):
            item = QListWidgetItem(f"{counts[series]}  {labels[series]}")
            item.setIcon(QIcon(symbol(series)))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setData(_SOURCE, source_id)
            item.setToolTip(tip(title))
            self.sources.addItem(item)
        self.sources.blockSignals(False)
        self._tick()

    def _tick(self) -> None:
        self.sources.blockSignals(True)
        for row in range(self.sources.count()):
            item = self.sources.item(row)
            is_hidden = item.data(_SOURCE) in self.hidden
            item.setCheckState(Qt.CheckState.Unchecked if is_hidden else Qt.CheckState.Checked)
        self.sources.blockSignals(False)
        self.retitle()

    def _fill_undated(self) -> None:
        undated = (*self._marks.undated, *self._marks.undrawable)
        self.undated.clear()
        listed = undated[:_MOST_LISTED]
        self._undated_rows = {kept.id: row for row, kept in enumerate(listed)}
        for kept in listed:
            item = QListWidgetItem(f"{words.of(kept)}  {shown(kept.source_title)}")
            item.setData(_FIGURE, kept.id)
            item.setToolTip(tip(words.provenance(kept)))
            self.undated.addItem(item)
        if len(undated) > len(listed):
            more = QListWidgetItem(self.tr("and {n} more").format(n=len(undated) - len(listed)))
            more.setFlags(Qt.ItemFlag.NoItemFlags)
            self.undated.addItem(more)
        self.undated_title.setText(
            self.tr("Without a date ({n})").format(n=len(self._marks.undated))
            if not self._marks.undrawable
            else self.tr("Not drawn ({n})").format(n=len(undated))
        )
        self.undated.setVisible(bool(undated))
        self.undated_title.setVisible(bool(undated))

    def _hide_or_show(self, item: QListWidgetItem) -> None:
        source_id = item.data(_SOURCE)
        if item.checkState() == Qt.CheckState.Checked:
            self.hidden.discard(source_id)
        else:
            self.hidden.add(source_id)
        self.retitle()
        self.hiding_changed.emit()

    def _isolate(self, item: QListWidgetItem) -> None:
        only = item.data(_SOURCE)
        others = {source_id for source_id, _ in self._marks.sources if source_id != only}
        # A second double click brings the others back.
        self.hidden = set() if self.hidden == others else others
        self._tick()
        self.hiding_changed.emit()

    def source_menu(self, item: QListWidgetItem) -> QMenu:
        """What can be done to a source in the legend."""
        menu = QMenu(self)
        only = menu.addAction(self.tr("Only this source"))
        only.triggered.connect(lambda: self._isolate(item))
        menu.addAction(self.tr("Show all")).triggered.connect(self._show_all)
        menu.addSeparator()
        source_id = item.data(_SOURCE)
        title = dict(self._marks.sources)[source_id]
        name = self.names.get(source_id, title)
        naming = menu.addAction(self.tr("Rename in this plot…"))
        naming.triggered.connect(lambda: self._ask_name(source_id, name))
        own = menu.addAction(self.tr("Its own title"))
        own.setEnabled(source_id in self.names)
        own.triggered.connect(lambda: self._name(source_id, None))
        return menu

    def _open_menu(self, at: QPoint) -> None:
        # A right press has made the source under it the current one; the menu key means that too.
        item = self.sources.currentItem()
        if item is not None:
            menu = self.source_menu(item)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.sources.viewport().mapToGlobal(at))

    def _ask_name(self, source_id: int, name: str) -> None:
        def then(said: str) -> None:
            self._name(source_id, said)

        self._asking.ask(self.tr("Its name in this plot:"), name, then)

    def _name(self, source_id: int, name: str | None) -> None:
        self.names.pop(source_id, None)
        if name is not None:
            self.names[source_id] = name
        self._fill_sources(self._symbol)
        self.hiding_changed.emit()

    def _show_all(self) -> None:
        self.hidden.clear()
        self._tick()
        self.hiding_changed.emit()
