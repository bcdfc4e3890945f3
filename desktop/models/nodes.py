"""What tree models share: nodes with a thing, a parent and children, and Qt's questions about them."""

from typing import Generic, TypeVar, cast

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex
Thing = TypeVar("Thing")
NO_PARENT = QModelIndex()


class Node(Generic[Thing]):
    """A thing in the tree; the root has none."""

    __slots__ = ("children", "parent", "row", "thing")

    def __init__(self, thing: Thing | None = None) -> None:
        self.thing = thing
        self.parent: Node[Thing] | None = None
        self.children: list[Node[Thing]] = []
        self.row = 0

    def add(self, child: "Node[Thing]") -> None:
        """Put a node below this one, as the last."""
        child.parent, child.row = self, len(self.children)
        self.children.append(child)


class NodeTree(QAbstractItemModel, Generic[Thing]):
    """A subclass builds `_root` and `_nodes`, by id, and says what is shown of a thing."""

    COLUMNS = 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root: Node[Thing] = Node()
        self._nodes: dict[int, Node[Thing]] = {}

    def index_of(self, thing_id: int) -> QModelIndex:
        """Where a thing stands; no valid index if it is not shown."""
        node = self._nodes.get(thing_id)
        return self.createIndex(node.row, 0, node) if node else QModelIndex()

    def index(self, row: int, column: int, parent: Index = NO_PARENT) -> QModelIndex:
        children = self._node(parent).children
        if 0 <= column < self.COLUMNS and 0 <= row < len(children):
            return self.createIndex(row, column, children[row])
        return QModelIndex()

    def parent(self, child: Index = NO_PARENT) -> QModelIndex:  # type: ignore[override]
        above = self._node(child).parent
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.row, 0, above)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.column() > 0 else len(self._node(parent).children)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return self.COLUMNS

    def _node(self, index: Index) -> Node[Thing]:
        return cast("Node[Thing]", index.internalPointer()) if index.isValid() else self._root
