"""A copy to send: with or without originals, without what is restricted unless it is asked for.

What is left out is gone from the copy for good: its rows, its words in the search index, and what
the history tells of it. The rest of the history stays, so that the copy can be merged again.
"""

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from db import backup, errors
from db.connections import set_up, translated

if TYPE_CHECKING:
    from db.archive import Archive

Progress = Callable[[int, int, str], None]
_STEPS = ("copy", "left out", "originals", "index", "verify")


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of it: how many sources went along, how many were left out."""

    sources: int
    left_out: int


def restricted(archive: "Archive") -> int:
    """How many sources a copy leaves out: those marked restricted and all that lies below them."""
    row = archive.reading().execute(f"SELECT count(*) FROM ({_LEFT_OUT})").fetchone()
    return int(row[0])


def send(
    archive: "Archive",
    destination: Path,
    progress: Progress | None = None,
    *,
    with_originals: bool = True,
    with_restricted: bool = False,
) -> Sent:
    """Write the copy beside `destination`, verify it, then put it there in one step.

    `progress` may raise Cancelled: then nothing is there.
    """
    if destination.exists() and destination.samefile(archive.path):
        raise errors.SameArchive(path=destination)
    destination.parent.mkdir(parents=True, exist_ok=True)
    unfinished = destination.with_name(f".{destination.name}.{os.getpid()}.unfinished")

    def tell(step: int) -> None:
        if progress is not None:
            progress(step, len(_STEPS), _STEPS[min(step, len(_STEPS) - 1)])

    try:
        tell(0)
        backup.copy(archive, unfinished)
        with translated(unfinished), closing(_connected(unfinished)) as copy:
            tell(1)
            copy.execute("BEGIN IMMEDIATE")
            left_out = _leave_out(copy, restricted=not with_restricted)
            tell(2)
            if not with_originals:
                copy.execute("UPDATE originals SET bytes = NULL")
            copy.execute("COMMIT")
            tell(3)
            # Words of what was left out stay in the index until its parts are written anew.
            copy.execute("INSERT INTO passages_fts (passages_fts) VALUES ('optimize')")
            copy.execute("VACUUM")
            tell(4)
            _verify(copy, archive.path)
            (sources,) = copy.execute("SELECT count(*) FROM sources").fetchone()
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.replace(destination)
    finally:
        unfinished.unlink(missing_ok=True)
    tell(len(_STEPS))
    return Sent(sources=int(sources), left_out=left_out)


_LEFT_OUT = """
    WITH RECURSIVE hidden (id) AS (
        SELECT id FROM sources WHERE restricted = 1
         UNION
        SELECT sources.id FROM sources JOIN hidden ON sources.parent_id = hidden.id
    )
    SELECT id FROM hidden
"""
_UNFINISHED = """
    SELECT sources.id FROM sources JOIN imports ON imports.id = sources.import_id
     WHERE imports.completed_at IS NULL
"""
# The rows that go with their source, for what the history tells of them.
_HANGING = (
    ("texts", "source_id IN (SELECT id FROM temp.gone)"),
    ("figures", "source_id IN (SELECT id FROM temp.gone)"),
    (
        "annotations",
        "source_id IN (SELECT id FROM temp.gone) OR figure_id IN"
        " (SELECT id FROM figures WHERE source_id IN (SELECT id FROM temp.gone))",
    ),
    (
        "findings",
        "source_id IN (SELECT id FROM temp.gone) OR id IN (SELECT finding_id FROM finding_figures"
        " JOIN figures ON figures.id = figure_id WHERE source_id IN (SELECT id FROM temp.gone))",
    ),
    (
        "series",  # the program named it after its figures; the next look proposes it anew
        "status = 'proposed' AND id IN (SELECT series_id FROM series_figures"
        " JOIN figures ON figures.id = figure_id WHERE source_id IN (SELECT id FROM temp.gone))",
    ),
)
# Rows that are no more, too: what was undone or removed still stands in the history.
_POINTING = ("source_id", "from_source_id", "to_source_id")


def _connected(path: Path) -> sqlite3.Connection:
    copy = sqlite3.connect(path, isolation_level=None)
    set_up(copy)
    copy.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)  # VACUUM attaches what it writes
    copy.execute("PRAGMA temp_store = FILE")  # and that is as large as the archive
    return copy


def _leave_out(copy: sqlite3.Connection, *, restricted: bool) -> int:
    copy.execute("CREATE TEMP TABLE gone (id INTEGER PRIMARY KEY)")
    copy.execute(f"INSERT OR IGNORE INTO temp.gone {_UNFINISHED}")
    left_out = 0
    if restricted:
        left_out = copy.execute(f"SELECT count(*) FROM ({_LEFT_OUT})").fetchone()[0]
        copy.execute(f"INSERT OR IGNORE INTO temp.gone {_LEFT_OUT}")
    if copy.execute("SELECT 1 FROM temp.gone").fetchone() is not None:
        _forget(copy)
        for table in ("findings", "series"):
            copy.execute(f"DELETE FROM {table} WHERE id IN (SELECT id FROM temp.gone_{table})")
        # Passages first: their trigger takes them out of the search index.
        copy.execute("DELETE FROM passages WHERE source_id IN (SELECT id FROM temp.gone)")
        copy.execute("DELETE FROM sources WHERE id IN (SELECT id FROM temp.gone)")
        copy.execute(
            "DELETE FROM originals WHERE id NOT IN"
            " (SELECT original_id FROM sources WHERE original_id IS NOT NULL)"
        )
        # A report of an import names its files.
        copy.execute("UPDATE imports SET report = NULL")
    copy.execute("DELETE FROM imports WHERE completed_at IS NULL")
    return int(left_out)


def _forget(copy: sqlite3.Connection) -> None:
    """Take out of the history what it tells of the rows that go; its entries stay, without words."""
    copy.execute("CREATE TEMP TABLE told (id INTEGER PRIMARY KEY)")
    for table, which in _HANGING:
        copy.execute(f"CREATE TEMP TABLE gone_{table} AS SELECT id FROM {table} WHERE {which}")
        copy.execute(
            'INSERT OR IGNORE INTO temp.told SELECT id FROM history_rows WHERE "table" = ?'
            f" AND row_id IN (SELECT id FROM temp.gone_{table})",
            [table],
        )
    copy.execute(
        "INSERT OR IGNORE INTO temp.told SELECT id FROM history_rows WHERE \"table\" = 'sources'"
        " AND row_id IN (SELECT id FROM temp.gone)"
    )
    pointing = json.dumps(list(_POINTING))
    copy.execute(
        "INSERT OR IGNORE INTO temp.told SELECT history_rows.id"
        " FROM history_rows, json_each(coalesce(after, before)) AS told"
        " WHERE (told.key IN (SELECT value FROM json_each(?))"
        " AND told.value IN (SELECT id FROM temp.gone))"
        " OR (told.key = 'annotation_id' AND told.value IN (SELECT id FROM temp.gone_annotations))"
        " OR (told.key = 'figure_id' AND told.value IN (SELECT id FROM temp.gone_figures))",
        [pointing],
    )
    copy.execute(
        "UPDATE history SET facts = '{}' WHERE label <> 'merge a copy' AND id IN"
        " (SELECT history_id FROM history_rows WHERE id IN (SELECT id FROM temp.told))"
    )
    copy.execute("DELETE FROM history_rows WHERE id IN (SELECT id FROM temp.told)")


def _verify(copy: sqlite3.Connection, path: Path) -> None:
    verdict = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    orphans = copy.execute("PRAGMA foreign_key_check").fetchmany(1)
    if verdict != "ok" or orphans:
        raise errors.DamagedArchive(path=path, detail=str(verdict))
