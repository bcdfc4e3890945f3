"""The library as a tree: sources by parent, narrowed to what a person types."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QByteArray, QCoreApplication, QMimeData, QModelIndex, QObject, Qt, Signal

from db.records import Source
from desktop.models.nodes import NO_PARENT, Index, Node, NodeTree
from desktop.plain import shown, tip

SourceRole = int(Qt.ItemDataRole.UserRole)
MIME = "application/x-muniment-sources"


class SourceTree(NodeTree[Source]):
    """Give it sources with `show()`; a source whose parent is not among them stands at the top.

    A drop says what is wanted and changes nothing.
    """

    move_requested = Signal(object, object, object)  # ids, new parent or None, sibling or None

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sources: dict[int, Source] = {}
        self._filter = ""
        self._matching = 0

    def show(self, sources: Iterable[Source]) -> None:
        self.beginResetModel()
        self._sources = {source.id: source for source in sources}
        self._build()
        self.endResetModel()

    def renew(self, sources: Iterable[Source]) -> bool:
        """Show the same sources as they are now; false, and nothing done, if others are there."""
        fresh = {source.id: source for source in sources}
        if list(map(_place, fresh.values())) != list(map(_place, self._sources.values())):
            return False
        self._sources = fresh
        for source_id, node in self._nodes.items():
            if node.thing != fresh[source_id]:
                node.thing = fresh[source_id]
                index = self.createIndex(node.row, 0, node)
                self.dataChanged.emit(index, index)
        return True

    def narrow(self, words: str) -> None:
        """Only sources holding every one of `words` in their description, with their parents."""
        self.beginResetModel()
        self._filter = words
        self._build()
        self.endResetModel()

    def total(self) -> int:
        return len(self._sources)

    def ids(self) -> list[int]:
        """The sources shown."""
        return list(self._nodes)

    def matching(self) -> int:
        """How many sources answer the filter, parents shown for company not counted."""
        return self._matching

    def is_narrowed(self) -> bool:
        return bool(self._filter.split())

    def source(self, source_id: int) -> Source | None:
        return self._sources.get(source_id)

    def hasChildren(self, parent: Index = NO_PARENT) -> bool:
        return bool(self._node(parent).children)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        source = self._node(index).thing
        if source is None:
            return None
        if role == SourceRole:
            return source
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(source.title) or QCoreApplication.translate("Library", "(untitled)")
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(_described(source))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        ids = [source.id for index in indexes if (source := self._node(index).thing)]
        data = QMimeData()
        data.setData(MIME, QByteArray(",".join(str(each) for each in ids).encode()))
        return data

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Not onto itself, and not below itself."""
        if action != Qt.DropAction.MoveAction or not data.hasFormat(MIME):
            return False
        target = self._node(parent).thing
        above = {target.id, *self._ancestors(target.id)} if target else set()
        return not above & set(_ids(data))

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        if self.canDropMimeData(data, action, row, column, parent):
            node = self._node(parent)
            dropped = set(_ids(data))
            # The sibling it shall stand before: the first one below the line that stays.
            following = (each.thing for each in node.children[row:] if row >= 0)
            before = next((each.id for each in following if each and each.id not in dropped), None)
            target = node.thing
            self.move_requested.emit(_ids(data), target.id if target else None, before)
        # The rows move when the archive says so; a view that removed them now would lie.
        return False

    def _build(self) -> None:
        words = self._filter.casefold().split()
        wanted = set(self._sources)
        if words:
            matching = [source.id for source in self._sources.values() if _holds(source, words)]
            wanted = set(matching)
            for source_id in matching:
                wanted.update(self._ancestors(source_id))
            self._matching = len(matching)
        else:
            self._matching = len(self._sources)
        self._root = Node()
        self._nodes = {}
        for source_id in self._sources:
            if source_id in wanted:
                self._nodes[source_id] = Node(self._sources[source_id])
        for source_id, node in self._nodes.items():
            parent_id = self._sources[source_id].parent_id
            above = self._nodes.get(parent_id) if parent_id is not None else None
            # A ring of parents, from a hand-edited archive, must not become a ring of nodes.
            if above is None or source_id in self._ancestors(source_id):
                above = self._root
            above.add(node)

    def _ancestors(self, source_id: int) -> list[int]:
        passed: list[int] = []
        parent_id = self._sources[source_id].parent_id
        while parent_id is not None and parent_id in self._sources and parent_id not in passed:
            passed.append(parent_id)
            parent_id = self._sources[parent_id].parent_id
        return passed


def _ids(data: QMimeData) -> list[int]:
    said = bytes(data.data(MIME).data()).decode("ascii", "replace")
    return [int(each) for each in said.split(",") if each.isdecimal()]


def _place(source: Source) -> tuple[int, int | None, str]:
    return source.id, source.parent_id, source.title


def _holds(source: Source, words: list[str]) -> bool:
    parts = (
        source.title, source.creator, source.date, source.reference_code, source.file_name,
        source.language, source.genre,
    )  # fmt: skip
    said = " ".join(part for part in parts if part).casefold()
    return all(word in said for word in words)


def _described(source: Source) -> str:
    parts = (source.title, source.creator, source.date, source.reference_code, source.file_name)
    return "\n".join(part for part in parts if part)
