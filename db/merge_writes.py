"""What a merge writes, gathered: rows of one kind take a few statements together, not each its own.

The archive is held for as long as a merge writes, and 20,000 notes are a quarter of the time so.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from db.history import Recording

Row = dict[str, Any]
Key = tuple[Any, ...]
# Rows that refer to none of their own table: none of them needs another's id at once.
GATHERED = frozenset({"figures", "annotations", "taggings", "links"})


class Writes:
    """Rows to be added and changed; written, in the order they were given, by `flush`."""

    def __init__(self) -> None:
        self._new: dict[str, list[tuple[Row, Callable[[int], None]]]] = {}
        self._changed: dict[tuple[str, tuple[str, ...]], dict[int, Row]] = {}
        self._touched: set[tuple[str, int]] = set()
        self._keys: set[tuple[str, Key]] = set()

    def insert(self, table: str, row: Row, key: Key, then: Callable[[int], None]) -> None:
        """A row to be added, and what it is known by; `then` is told its id when it is."""
        self._new.setdefault(table, []).append((row, then))
        self._keys.add((table, key))

    def change(self, table: str, row_id: int, changes: Row) -> None:
        """Values for a row that is there."""
        self._touched.add((table, row_id))
        self._changed.setdefault((table, tuple(changes)), {})[row_id] = changes

    def holds(self, table: str, row_id: int) -> bool:
        """Whether a change of this row waits."""
        return (table, row_id) in self._touched

    def holds_new(self, table: str, key: Key) -> bool:
        """Whether a row known by `key` waits to be added."""
        return (table, key) in self._keys

    def flush(self, recording: "Recording") -> None:
        """Write what was gathered."""
        for table, waiting in self._new.items():
            ids = recording.insert_many(table, [row for row, _ in waiting])
            for row_id, (_, then) in zip(ids, waiting, strict=True):
                then(row_id)
        for (table, _), changes in self._changed.items():
            recording.update_each(table, changes)
        self._new, self._changed = {}, {}
        self._touched, self._keys = set(), set()
