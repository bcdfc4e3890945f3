"""A copy to send: with or without originals, without what is restricted unless it is asked for.

What is left out is gone from the copy for good: its rows, its words in the search index, and what
the history tells of it. The rest of the history stays, so that the copy can be merged again.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from db import backup, errors, sources
from db.connections import set_up, translated
from db.merge_past import LABEL
from db.merge_tables import AFTER_FIGURES, FIGURES, Table

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
    return len(sources.restricted(archive))


def send(
    archive: "Archive",
    destination: Path,
    progress: Progress | None = None,
    *,
    with_originals: bool = True,
    with_restricted: bool = False,
) -> Sent:
    """Write the copy beside `destination`, verify it, then put it there in one step.

    Takes the place of an older copy alone: raises NotWritten (not_a_copy, newer_copy).
    `progress` may raise Cancelled: then nothing is there.
    """
    if destination.exists() and destination.samefile(archive.path):
        raise errors.SameArchive(path=destination)
    with backup.replacing_older(archive, destination):
        return _send(archive, destination, progress, with_originals, with_restricted)


def _send(
    archive: "Archive",
    destination: Path,
    progress: Progress | None,
    with_originals: bool,
    with_restricted: bool,
) -> Sent:
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
            # Asked after the copy was made: what was marked meanwhile does not go along.
            closed = () if with_restricted else sources.restricted(archive)
            copy.execute("BEGIN IMMEDIATE")
            left_out = _leave_out(copy, closed)
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
            (sent,) = copy.execute("SELECT count(*) FROM sources").fetchone()
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.replace(destination)
    finally:
        unfinished.unlink(missing_ok=True)
    tell(len(_STEPS))
    return Sent(sources=int(sent), left_out=left_out)


_UNFINISHED = """
    SELECT sources.id FROM sources JOIN imports ON imports.id = sources.import_id
     WHERE imports.completed_at IS NULL
"""
# The tables of which rows go along with what they point to.
_GOING = ("sources", *(table.name for table in (FIGURES, *AFTER_FIGURES)))
# What goes with the figures of a source though it does not point to them.
_ABOUT_FIGURES = {
    "findings": "SELECT finding_id FROM finding_figures JOIN temp.gone_figures AS gone"
    " ON gone.id = figure_id",
    # The program named it after its figures; the next look proposes it anew.
    "series": "SELECT series_id FROM series_figures JOIN temp.gone_figures AS gone"
    " ON gone.id = figure_id JOIN series ON series.id = series_id WHERE status = 'proposed'",
}


def _connected(path: Path) -> sqlite3.Connection:
    copy = sqlite3.connect(path, isolation_level=None)
    set_up(copy)
    copy.execute("PRAGMA cache_spill = 1")  # nobody else reads it, and VACUUM writes all of it
    copy.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)  # VACUUM attaches what it writes
    copy.execute("PRAGMA temp_store = FILE")  # and that is as large as the archive
    return copy


def _leave_out(copy: sqlite3.Connection, closed: Iterable[int]) -> int:
    copy.execute("CREATE TEMP TABLE gone_sources (id INTEGER PRIMARY KEY)")
    copy.execute(
        "INSERT INTO temp.gone_sources SELECT id FROM sources"
        " WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(closed))],
    )
    (left_out,) = copy.execute("SELECT count(*) FROM temp.gone_sources").fetchone()
    copy.execute(f"INSERT OR IGNORE INTO temp.gone_sources {_UNFINISHED}")
    if copy.execute("SELECT 1 FROM temp.gone_sources").fetchone() is not None:
        _forget(copy)
        for table in _ABOUT_FIGURES:
            copy.execute(f"DELETE FROM {table} WHERE id IN (SELECT id FROM temp.gone_{table})")
        # Passages first: their trigger takes them out of the search index.
        copy.execute("DELETE FROM passages WHERE source_id IN (SELECT id FROM temp.gone_sources)")
        copy.execute("DELETE FROM sources WHERE id IN (SELECT id FROM temp.gone_sources)")
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
    _note_told(copy, "sources")
    for table in (FIGURES, *AFTER_FIGURES):
        _note_gone(copy, table)
        _note_told(copy, table.name)
    copy.execute(
        "UPDATE history SET facts = '{}' WHERE label <> ? AND id IN"
        " (SELECT history_id FROM history_rows WHERE id IN (SELECT id FROM temp.told))",
        [LABEL],
    )
    copy.execute("DELETE FROM history_rows WHERE id IN (SELECT id FROM temp.told)")


def _note_gone(copy: sqlite3.Connection, table: Table) -> None:
    """Gather the rows that go with what they point to, those the history alone still knows too."""
    copy.execute(f"CREATE TEMP TABLE gone_{table.name} (id INTEGER PRIMARY KEY)")
    into = f"INSERT OR IGNORE INTO temp.gone_{table.name}"
    if table.name in _ABOUT_FIGURES:
        copy.execute(f"{into} {_ABOUT_FIGURES[table.name]}")
    for column, target in table.references.items():
        if column in table.loose or target not in _GOING:
            continue
        gone = f"(SELECT id FROM temp.gone_{target})"
        copy.execute(f'{into} SELECT id FROM "{table.name}" WHERE "{column}" IN {gone}')
        # Undone or removed, it may have been changed before: by its id all that is told is found.
        copy.execute(
            f'{into} SELECT row_id FROM history_rows WHERE "table" = ? AND'
            f" (json_extract(before, '$.{column}') IN {gone}"
            f" OR json_extract(after, '$.{column}') IN {gone})",
            [table.name],
        )


def _note_told(copy: sqlite3.Connection, table: str) -> None:
    copy.execute(
        'INSERT OR IGNORE INTO temp.told SELECT id FROM history_rows WHERE "table" = ?'
        f" AND row_id IN (SELECT id FROM temp.gone_{table})",
        [table],
    )


def _verify(copy: sqlite3.Connection, path: Path) -> None:
    verdict = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    orphans = copy.execute("PRAGMA foreign_key_check").fetchmany(1)
    if verdict != "ok" or orphans:
        raise errors.DamagedArchive(path=path, detail=str(verdict))
