"""The library as a tree: sources by parent, narrowed to what a person types."""

from collections.abc import Iterable
from typing import Any, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from db.records import Source
from desktop.plain import shown, tip

Index = QModelIndex | QPersistentModelIndex
SourceRole = int(Qt.ItemDataRole.UserRole)
_NO_PARENT = QModelIndex()


class _Node:
    __slots__ = ("children", "parent", "row", "source")

    def __init__(self, source: Source | None, parent: "_Node | None") -> None:
        self.source = source
        self.parent = parent
        self.children: list[_Node] = []
        self.row = 0


class SourceTree(QAbstractItemModel):
    """Give it sources with `show()`; a source whose parent is not among them stands at the top."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sources: dict[int, Source] = {}
        self._filter = ""
        self._root = _Node(None, None)
        self._nodes: dict[int, _Node] = {}
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
            if node.source != fresh[source_id]:
                node.source = fresh[source_id]
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

    def matching(self) -> int:
        """How many sources answer the filter, parents shown for company not counted."""
        return self._matching

    def is_narrowed(self) -> bool:
        return bool(self._filter.split())

    def source(self, source_id: int) -> Source | None:
        return self._sources.get(source_id)

    def index_of(self, source_id: int) -> QModelIndex:
        node = self._nodes.get(source_id)
        return self.createIndex(node.row, 0, node) if node else QModelIndex()

    def index(self, row: int, column: int, parent: Index = _NO_PARENT) -> QModelIndex:
        children = self._node(parent).children
        if column == 0 and 0 <= row < len(children):
            return self.createIndex(row, 0, children[row])
        return QModelIndex()

    def parent(self, child: Index = _NO_PARENT) -> QModelIndex:  # type: ignore[override]
        if not child.isValid():
            return QModelIndex()
        above = self._node(child).parent
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.row, 0, above)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return len(self._node(parent).children)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 1

    def hasChildren(self, parent: Index = _NO_PARENT) -> bool:
        return bool(self._node(parent).children)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        source = self._node(index).source
        if source is None:
            return None
        if role == SourceRole:
            return source
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(source.title) or QCoreApplication.translate("Library", "(untitled)")
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(_described(source))
        return None

    def _node(self, index: Index) -> _Node:
        return cast("_Node", index.internalPointer()) if index.isValid() else self._root

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
        self._root = _Node(None, None)
        self._nodes = {}
        for source_id in self._sources:
            if source_id in wanted:
                self._nodes[source_id] = _Node(self._sources[source_id], None)
        for source_id, node in self._nodes.items():
            parent_id = self._sources[source_id].parent_id
            above = self._nodes.get(parent_id) if parent_id is not None else None
            # A ring of parents, from a hand-edited archive, must not become a ring of nodes.
            if above is None or source_id in self._ancestors(source_id):
                above = self._root
            node.parent = above
            node.row = len(above.children)
            above.children.append(node)

    def _ancestors(self, source_id: int) -> list[int]:
        passed: list[int] = []
        parent_id = self._sources[source_id].parent_id
        while parent_id is not None and parent_id in self._sources and parent_id not in passed:
            passed.append(parent_id)
            parent_id = self._sources[parent_id].parent_id
        return passed


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
