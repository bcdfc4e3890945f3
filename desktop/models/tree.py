"""The library as a tree: sources by parent, narrowed to what a person types."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt

from db.records import Source
from desktop.models.nodes import NO_PARENT, Index, Node, NodeTree
from desktop.plain import shown, tip

SourceRole = int(Qt.ItemDataRole.UserRole)


class SourceTree(NodeTree[Source]):
    """Give it sources with `show()`; a source whose parent is not among them stands at the top."""

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
