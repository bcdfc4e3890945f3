"""Searches kept by name, and what came into the archive since a person last looked at them."""

import uuid as uuids
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from db import facets, history
from db.archive import now
from db.query import Query
from db.search import Order

if TYPE_CHECKING:
    from db.archive import Archive

ORDERS = ("relevance", "source", "date", "newest", "value")


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query with a name. `looked_at` is when a person last saw what it finds."""

    id: int
    name: str
    query: str
    order: Order
    seen_import_id: int | None
    seen_total: int | None
    looked_at: str | None


@dataclass(frozen=True, slots=True)
class News:
    """What a saved search finds now: how many passages, and which came since last looked at."""

    total: int
    new: tuple[int, ...]


_ALL = """
    SELECT id, name, query, sort, seen_import_id, seen_total, looked_at FROM searches
     ORDER BY name COLLATE NOCASE, id
"""


def all(archive: "Archive") -> list[SavedSearch]:
    """Every saved search, by name."""
    return [_saved(row) for row in archive.reading().execute(_ALL).fetchall()]


def keep(archive: "Archive", name: str, query: str, order: Order = "relevance") -> int:
    """Save a search that a person is looking at; returns its id."""
    seen = _seen(archive, query)
    with history.command(archive, "save search", "searches", facts={"name": name}) as recording:
        row = {"uuid": str(uuids.uuid4()), "name": name, "query": query, "sort": order}
        return recording.insert("searches", row | {"made_at": now()} | seen)


def rename(archive: "Archive", search_id: int, name: str) -> None:
    """Give a saved search another name."""
    with history.command(archive, "rename search", "searches", facts={"name": name}) as recording:
        recording.update("searches", [search_id], {"name": name})


def change(archive: "Archive", search_id: int, query: str, order: Order) -> None:
    """Let a saved search ask for something else, under the same name."""
    seen = _seen(archive, query)
    with history.command(archive, "change search", "searches") as recording:
        recording.update("searches", [search_id], {"query": query, "sort": order} | seen)


def remove(archive: "Archive", ids: Sequence[int]) -> None:
    """Forget saved searches; what they find stays."""
    with history.command(
        archive, "remove searches", "searches", facts={"count": len(ids)}
    ) as recording:
        recording.delete("searches", ids)


def look(archive: "Archive", search_id: int) -> None:
    """A person sees what the search finds: nothing of it is new any more. No line in the history."""
    row = archive.reading().execute("SELECT query FROM searches WHERE id = ?", [search_id])
    found = row.fetchone()
    if found is None:
        return
    seen = _seen(archive, found[0])
    with archive.writing("searches") as database:
        places = ", ".join(f"{name} = ?" for name in seen)
        database.execute(f"UPDATE searches SET {places} WHERE id = ?", [*seen.values(), search_id])


def news(archive: "Archive", saved: SavedSearch) -> News:
    """What a saved search finds, and what of it came in by imports since it was looked at."""
    import numpy as np

    ids = facets.ids_of(archive, Query.parse(saved.query))
    came = (
        archive.reading()
        .execute(_CAME, [saved.seen_import_id or 0, saved.looked_at or ""])
        .fetchall()
    )
    if not came:
        return News(len(ids), ())
    new = np.sort(ids[np.isin(ids, np.array([row[0] for row in came], dtype=np.int64))])
    return News(len(ids), tuple(new.tolist()))


# An import that had begun before and was through only later has a low number and a late date.
_CAME = """
    SELECT passages.id
      FROM imports
      JOIN sources ON sources.import_id = imports.id
      JOIN passages ON passages.source_id = sources.id
     WHERE imports.id > ? AND imports.completed_at >= ?
"""
_SEEN_IMPORT = """
    SELECT coalesce((SELECT min(id) - 1 FROM imports WHERE completed_at IS NULL),
                    (SELECT max(id) FROM imports), 0)
"""


def _seen(archive: "Archive", query: str) -> dict[str, Any]:
    import_id = archive.reading().execute(_SEEN_IMPORT).fetchone()[0]
    total = len(facets.ids_of(archive, Query.parse(query)))
    return {"seen_import_id": int(import_id), "seen_total": total, "looked_at": now()}


def _saved(row: Sequence[Any]) -> SavedSearch:
    search_id, name, query, order, import_id, total, looked_at = row
    known = order if order in ORDERS else "relevance"
    return SavedSearch(search_id, name, query, cast("Order", known), import_id, total, looked_at)
