"""One table model for every flat list: ids first, rows when a view looks at them."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)

from db.errors import ArchiveBusy, ArchiveError
from desktop.plain import shown, tip

Record = TypeVar("Record")
Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[Sequence[int]], dict[int, Record]]
Fill = Callable[[Sequence[int], Callable[[dict[int, Record]], None], Callable[[], None]], None]

PAGE = 100
PAGES_KEPT = 50
LONGEST_MAPPED = 50_000
MILLISECONDS_BEFORE_RETRY = 500
RecordRole = int(Qt.ItemDataRole.UserRole)

_NO_PARENT = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column(Generic[Record]):
    """One column as data: its title, what it shows of a record, the order a click asks for."""

    title: str
    show: Callable[[Record], str]
    order: str = ""
    right: bool = False
    width: int = 12  # in average characters
    tip: Callable[[Record], str] | None = None


class PagedModel(QAbstractTableModel, Generic[Record]):
    """Give it ids with `show()`; it calls `fetch(ids)` for the rows a view asks about.

    `fetch` runs on the window's thread and must not wait: where the archive is busy it raises
    ArchiveBusy, the rows show as placeholders, and `fill(ids, deliver, failed)` brings them later.
    """

    def __init__(
        self,
        columns: Sequence[Column[Record]],
        fetch: Fetch[Record],
        fill: Fill[Record] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._fetch = fetch
        self._fill = fill
        self._ids: Sequence[int] = ()
        self._rows: dict[int, int] | None = None
        self._pages: OrderedDict[int, dict[int, Record]] = OrderedDict()
        self._coming: set[int] = set()
        self._generation = 0

    def show(self, ids: Sequence[int]) -> None:
        """Show these rows instead of the ones before."""
        self.beginResetModel()
        self._ids = ids
        self._forget()
        self._rows = None
        self.endResetModel()

    def renew(self) -> None:
        """Ask again for the rows shown: something about them changed in the archive."""
        self._forget()
        if self._ids:
            last = self.index(len(self._ids) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def ids(self) -> Sequence[int]:
        return self._ids

    def row_of(self, record_id: int) -> int:
        """The row of an id, or -1."""
        if len(self._ids) > LONGEST_MAPPED:
            # A dict of 850,000 takes 100 ms and as many MB; to look through them takes 10.
            try:
                return self._ids.index(record_id)
            except ValueError:
                return -1
        if self._rows is None:
            self._rows = {known: row for row, known in enumerate(self._ids)}
        return self._rows.get(record_id, -1)

    def record(self, row: int) -> Record | None:
        """What `row` shows; None while it is on its way, or if it has gone since `show()`."""
        if not 0 <= row < len(self._ids):
            return None
        return self._page(row // PAGE).get(self._ids[row])

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def columns(self) -> tuple[Column[Record], ...]:
        return self._columns

    # flags() is inherited: it must not fetch, select-all calls it for every row.

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.model() is not self:
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        if role == RecordRole:
            return self.record(index.row())
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        record = self.record(index.row())
        if record is None:
            first = role == Qt.ItemDataRole.DisplayRole and index.column() == 0
            return self._placeholder(index.row()) if first else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(column.tip(record) if column.tip else column.show(record))
        return shown(column.show(record))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return QCoreApplication.translate("Columns", column.title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        return None

    def _page(self, page: int) -> dict[int, Record]:
        if page in self._pages:
            self._pages.move_to_end(page)
            return self._pages[page]
        if page in self._coming:
            return {}
        ids = self._ids[page * PAGE : (page + 1) * PAGE]
        try:
            rows = self._fetch(ids)
        except ArchiveBusy:
            self._coming.add(page)
            if self._fill is not None:
                generation = self._generation
                self._fill(
                    ids,
                    lambda rows: self._arrive(generation, page, rows),
                    lambda: self._try_again(generation, page),
                )
            return {}
        except ArchiveError:
            # Closed or moved under the view. The window says so once; data() never raises.
            return {}
        self._keep(page, rows)
        return rows

    def _arrive(self, generation: int, page: int, rows: dict[int, Record]) -> None:
        if generation != self._generation:
            return
        self._coming.discard(page)
        self._keep(page, rows)
        self._say_changed(page)

    def _try_again(self, generation: int, page: int) -> None:
        """The archive stayed busy: let the view ask once more in a while."""

        def ask() -> None:
            if generation == self._generation:
                self._coming.discard(page)
                self._say_changed(page)

        QTimer.singleShot(MILLISECONDS_BEFORE_RETRY, self, ask)

    def _say_changed(self, page: int) -> None:
        last_row = min((page + 1) * PAGE, len(self._ids)) - 1
        last = self.index(last_row, len(self._columns) - 1)
        self.dataChanged.emit(self.index(page * PAGE, 0), last)

    def _keep(self, page: int, rows: dict[int, Record]) -> None:
        self._pages[page] = rows
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)

    def _forget(self) -> None:
        self._generation += 1
        self._pages.clear()
        self._coming.clear()

    def _placeholder(self, row: int) -> str:
        if row // PAGE in self._coming:
            return "…"
        return QCoreApplication.translate("Columns", "(no longer there)")
