"""The tree of tags as a Qt model: names, colours, letters, counts; tags can be dragged about."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QByteArray, QMimeData, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QColor, QPixmap

from db.records import Tag
from desktop import showing
from desktop.models.nodes import Index, Node, NodeTree
from desktop.plain import shown, tip

TagRole = int(Qt.ItemDataRole.UserRole)
MIME = "application/x-muniment-tags"
SQUARE = 12


class TagTree(NodeTree[Tag]):
    """Give it tags with `show()`, parents first. A drop says what is wanted and changes nothing."""

    COLUMNS = 2
    move_requested = Signal(object, object)  # ids, the new parent's id or None

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tags: list[Tag] = []
        self._filter = ""
        self._inks: dict[int, QColor] = {}

    def show(self, tags: Iterable[Tag], inks: dict[int, QColor]) -> None:
        """Show these tags; `inks` are their colours."""
        self.beginResetModel()
        self._tags = list(tags)
        self._inks = inks
        self._build()
        self.endResetModel()

    def narrow(self, words: str) -> None:
        """Only tags whose name or description holds `words`, with those above them."""
        self.beginResetModel()
        self._filter = words.casefold().strip()
        self._build()
        self.endResetModel()

    def total(self) -> int:
        return len(self._tags)

    def matching(self) -> int:
        return len(self._nodes)

    def tag(self, tag_id: int) -> Tag | None:
        return next((tag for tag in self._tags if tag.id == tag_id), None)

    def ordered(self, tags: Iterable[Tag]) -> list[Tag]:
        """`tags` as they stand in the tree, from the top."""
        wanted = {tag.id for tag in tags}
        return [tag for tag in self._tags if tag.id in wanted]

    def path(self, tag_id: int) -> str:
        """The names from the root to a tag."""
        names: list[str] = []
        tag = self.tag(tag_id)
        while tag is not None and len(names) < len(self._tags):
            names.insert(0, tag.name)
            tag = self.tag(tag.parent_id) if tag.parent_id is not None else None
        return "/".join(names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        tag = self._node(index).thing
        if tag is None:
            return None
        if role == TagRole:
            return tag
        is_count = index.column() == 1
        if role == Qt.ItemDataRole.DisplayRole:
            if is_count:
                return showing.count(tag.count_below)
            return f"{shown(tag.name)}  [{tag.letter}]" if tag.letter else shown(tag.name)
        if role == Qt.ItemDataRole.TextAlignmentRole and is_count:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DecorationRole and not is_count and tag.id in self._inks:
            square = QPixmap(SQUARE, SQUARE)
            square.fill(self._inks[tag.id])
            return square
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip("\n".join(part for part in (tag.name, tag.description) if part))
        return None

    # -- dragging ---------------------------------------------------------------------------------

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        ids = {self._id(index) for index in indexes}
        data = QMimeData()
        data.setData(MIME, QByteArray(",".join(str(each) for each in sorted(ids)).encode()))
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        if action != Qt.DropAction.MoveAction or not data.hasFormat(MIME):
            return False
        ids = [int(each) for each in bytes(data.data(MIME).data()).decode().split(",") if each]
        target = self._node(parent).thing
        self.move_requested.emit(ids, target.id if target is not None else None)
        # The rows move when the archive says so; a view that removed them now would lie.
        return False

    # -- inside -----------------------------------------------------------------------------------

    def _id(self, index: Index) -> int:
        tag = self._node(index).thing
        return tag.id if tag is not None else 0

    def _build(self) -> None:
        wanted = {tag.id for tag in self._tags}
        if self._filter:
            above = {tag.id: tag.parent_id for tag in self._tags}
            wanted = set()
            for tag in self._tags:
                if self._filter in f"{tag.name}\n{tag.description or ''}".casefold():
                    at: int | None = tag.id
                    while at is not None and at not in wanted:
                        wanted.add(at)
                        at = above.get(at)
        self._root = Node()
        self._nodes = {}
        for tag in self._tags:
            if tag.id in wanted:
                parent = None if tag.parent_id is None else self._nodes.get(tag.parent_id)
                self._nodes[tag.id] = Node(tag)
                (parent or self._root).add(self._nodes[tag.id])
