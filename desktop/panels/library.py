"""The library: the tree of sources, narrowed by a line, counted below."""

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from db.records import Source
from desktop import asked, showing, theme
from desktop.filter_line import EmptyState, FilterLine
from desktop.models.tree import SourceRole, SourceTree
from desktop.plain import Label
from desktop.row_table import choose_index
from desktop.selection import Selected
from desktop.session import Session

# Up to so many sources the whole tree is opened; beyond, only its top.
OPENED_UP_TO = 200


class Library(QWidget):
    """Shows the sources; says which one was chosen; opens none."""

    source_chosen = Signal(int)
    source_activated = Signal(int)
    import_requested = Signal()
    move_requested = Signal(object, object, object)  # ids, new parent or None, sibling or None
    loaded = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._following = False
        self._counts = 0, 0, 0
        self._filter = FilterLine(self.tr("Filter sources"), self)
        self._tree = QTreeView(self)
        self._tree.setAccessibleName(self.tr("Sources of the archive"))
        self._tree.setHeaderHidden(True)
        self._tree.setUniformRowHeights(True)
        self._tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._tree.setItemDelegate(_SourceDelegate(self._tree))
        self._model = SourceTree(self)
        self._tree.setModel(self._model)
        self._tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._tree.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._tree.setDragDropOverwriteMode(False)
        self._empty = EmptyState(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._tree)
        self._stack.addWidget(self._empty)
        self._count = Label("", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self._filter)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._count)
        self.setFocusProxy(self._tree)

        self._filter.asked.connect(self._narrow)
        self._tree.selectionModel().currentChanged.connect(self._choose)
        self._tree.activated.connect(self._activate)
        self._model.move_requested.connect(self.move_requested)
        self._empty.step_chosen.connect(self.import_requested)
        session.opened.connect(self.reload)
        session.closing.connect(self.clear)
        session.changed.connect(self._hear)
        session.selection.changed.connect(self._follow)

    def reload(self) -> None:
        """Ask the archive for its sources."""
        self._session.jobs.run(asked.sources, self._show, self._fail, replaces="library")

    def clear(self) -> None:
        self._model.show(())
        self._filter.set_quietly("")
        self._say_count()

    def total(self) -> int:
        return self._model.total()

    def chosen_ids(self) -> list[int]:
        """The sources selected in the tree, from above to below."""
        chosen = sorted(self._tree.selectionModel().selectedIndexes(), key=_way)
        return [each.id for index in chosen if isinstance(each := index.data(SourceRole), Source)]

    def counts(self) -> tuple[int, int, int]:
        """Sources, passages and figures of the archive."""
        return self._counts

    def _show(self, sources: list[Source]) -> None:
        self._counts = (
            len(sources),
            sum(source.passages for source in sources),
            sum(source.figures for source in sources),
        )
        self.loaded.emit()
        if self._model.total() and self._model.renew(sources):
            return  # what is open and where one has scrolled to stays
        chosen = self._session.selection.now.source_id
        selected, closed = self.chosen_ids(), self._closed_ids()
        self._following = True
        self._model.show(sources)
        self._after_reset()
        for source_id in closed:
            self._tree.collapse(self._model.index_of(source_id))
        self._reveal(chosen)
        self._select(selected)
        self._following = False

    def _closed_ids(self) -> list[int]:
        """The branches a person has closed, where all were opened for them."""
        if self._model.is_narrowed() or self._model.total() > OPENED_UP_TO:
            return []
        indexes = ((each, self._model.index_of(each)) for each in self._model.ids())
        return [
            source_id
            for source_id, index in indexes
            if self._model.hasChildren(index) and not self._tree.isExpanded(index)
        ]

    def _select(self, ids: list[int]) -> None:
        if len(ids) < 2:
            return
        select = QItemSelectionModel.SelectionFlag.Select
        for source_id in ids:
            index = self._model.index_of(source_id)
            if index.isValid():
                self._tree.selectionModel().select(index, select)

    def _fail(self, error: Exception) -> None:
        self._empty.say(self._session.told(error))
        self._stack.setCurrentWidget(self._empty)

    def _narrow(self, words: str) -> None:
        self._following = True
        self._model.narrow(words)
        self._after_reset()
        self._reveal(self._session.selection.now.source_id)
        self._following = False

    def _after_reset(self) -> None:
        if self._model.is_narrowed() or self._model.total() <= OPENED_UP_TO:
            self._tree.expandAll()
        else:
            self._tree.expandToDepth(0)
        self._say_count()

    def _say_count(self) -> None:
        total, matching = self._model.total(), self._model.matching()
        if self._model.is_narrowed():
            said = self.tr("{0} of %n source(s)", "", total)
            self._count.setText(said.format(self.locale().toString(matching)))
        else:
            self._count.setText(self.tr("%n source(s)", "", total))
        if total == 0:
            self._empty.say(
                self.tr("This archive has no sources yet. Import files, or drop them here."),
                self.tr("Import Files…") if self._session.is_writable() else "",
            )
        elif matching == 0:
            self._empty.say(self.tr("No source holds these words. Shorten the filter."))
        self._stack.setCurrentWidget(self._tree if matching else self._empty)

    def _hear(self, tables: frozenset[str]) -> None:
        if tables & {"sources", "texts", "imports", "figures", "passages"}:
            self.reload()

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        source = index.data(SourceRole)
        if isinstance(source, Source) and not self._following:
            self.source_chosen.emit(source.id)

    def _activate(self, index: QModelIndex) -> None:
        source = index.data(SourceRole)
        if isinstance(source, Source):
            self.source_activated.emit(source.id)

    def _follow(self, selected: Selected) -> None:
        self._following = True
        self._reveal(selected.source_id)
        self._following = False

    def _reveal(self, source_id: int | None) -> None:
        if source_id is None:
            return
        index = self._model.index_of(source_id)
        chosen = self._tree.selectionModel()
        if index.isValid() and not (index == chosen.currentIndex() and chosen.isSelected(index)):
            choose_index(self._tree, index)
            self._tree.scrollTo(index)


def _way(index: QModelIndex) -> tuple[int, ...]:
    """The rows one goes down from the top to `index`: sorts a tree as it is read."""
    rows: list[int] = []
    while index.isValid():
        rows.insert(0, index.row())
        index = index.parent()
    return tuple(rows)


class _SourceDelegate(QStyledItemDelegate):
    """A source's title, and its date in quiet letters on the right."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        self.initStyleOption(option, index)
        source = index.data(SourceRole)
        date = showing.years(source.date or "") if isinstance(source, Source) else ""
        metrics = QFontMetrics(option.font)
        room = metrics.horizontalAdvance(date) + 12 if date else 0
        if room > option.rect.width() // 2:
            date, room = "", 0
        style = option.widget.style()
        title = option.text
        option.text = ""
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.save()
        palette: QPalette = option.palette
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        active = bool(option.state & QStyle.StateFlag.State_Active)
        group = QPalette.ColorGroup.Active if active else QPalette.ColorGroup.Inactive
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        area: QRect = option.rect.adjusted(4, 0, -6, 0)
        painter.setFont(option.font)
        painter.setPen(palette.color(group, role))
        elided = metrics.elidedText(title, Qt.TextElideMode.ElideRight, area.width() - room)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | middle), elided)
        if date:
            if not selected:
                painter.setPen(theme.colours(palette).quiet)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignRight | middle), date)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        hint = super().sizeHint(option, index)
        hint.setHeight(QFontMetrics(option.font).height() + 8)
        return hint
