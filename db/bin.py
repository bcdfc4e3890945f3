"""The bin: how much goes into it with some sources, what lies there, and bringing it back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db import history, sources

if TYPE_CHECKING:
    from db.archive import Archive


@dataclass(frozen=True, slots=True)
class Weight:
    """What goes along when sources go: they and all below them, and what hangs on these."""

    sources: int
    passages: int
    figures: int
    annotations: int


@dataclass(frozen=True, slots=True)
class Binned:
    """A source in the bin, the moment it went, and how many went below it at that moment."""

    id: int
    title: str
    level: str
    deleted_at: str
    below: int


def weight(archive: "Archive", ids: Sequence[int]) -> Weight:
    """What `sources.remove` would put into the bin."""
    below = sources.with_below(archive, ids)
    gone = {"ids": json.dumps(below)}
    which = "source_id IN (SELECT value FROM json_each(:ids))"
    database = archive.reading()
    passages = database.execute(
        "SELECT coalesce(sum(passages), 0) FROM sources"
        " WHERE id IN (SELECT value FROM json_each(:ids))",
        gone,
    ).fetchone()
    figures = database.execute(
        "SELECT count(*) FROM figures JOIN sources ON sources.text_id = figures.text_id"
        f" WHERE figures.{which}",
        gone,
    ).fetchone()
    annotations = database.execute(
        f"SELECT count(*) FROM annotations WHERE deleted_at IS NULL AND {which}", gone
    ).fetchone()
    return Weight(len(below), int(passages[0]), int(figures[0]), int(annotations[0]))


def binned(archive: "Archive") -> list[Binned]:
    """What lies in the bin, the newest first; what went together with one above it is counted."""
    rows = archive.reading().execute(
        "SELECT id, parent_id, title, level, deleted_at FROM sources WHERE deleted_at IS NOT NULL"
        " ORDER BY deleted_at DESC, position, id"
    )
    gone = {int(row[0]): row for row in rows.fetchall()}
    tops: dict[int, int] = {}
    for source_id in gone:
        top = _top(source_id, gone)
        tops[top] = tops.get(top, -1) + 1
    return [
        Binned(source_id, row[2], row[3], row[4], tops[source_id])
        for source_id, row in gone.items()
        if source_id in tops
    ]


def restore(archive: "Archive", ids: Sequence[int]) -> None:
    """Take sources out of the bin with what went along with them; one undoable command.

    One whose parent stays in the bin shows at the top, and below its parent once that is back.
    """
    rows = archive.reading().execute(
        "SELECT id, parent_id, title, level, deleted_at FROM sources WHERE deleted_at IS NOT NULL"
    )
    gone = {int(row[0]): row for row in rows.fetchall()}
    wanted = set(ids)
    back = [each for each in gone if each in wanted or _top(each, gone) in wanted]
    with history.command(
        archive, "restore sources", "sources", facts={"count": len(back)}
    ) as recording:
        recording.update("sources", back, {"deleted_at": None})


def _top(source_id: int, gone: Mapping[int, Sequence[Any]]) -> int:
    """The highest above `source_id` that went into the bin at the same moment."""
    passed = {source_id}
    top = source_id
    above = gone[top][1]
    while above in gone and above not in passed and gone[above][4] == gone[top][4]:
        passed.add(above)
        top, above = above, gone[above][1]
    return top
