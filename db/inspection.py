"""Looks at a file before it is trusted: its header, its schema, and the rows of a foreign one."""

import re
import sqlite3
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from db import errors, known, open_files

HEADER_BYTES = 100
MAGIC = b"SQLite format 3\x00"
# Statements that crafted rows can make endless are stopped after so many handler calls.
_STEPS_BETWEEN_CALLS = 100_000
_CALLS_BEFORE_GIVING_UP = 20_000


@dataclass(frozen=True, slots=True)
class Header:
    """The first 100 bytes of an SQLite file, as far as we care; `format` is our format number."""

    page_size: int
    pages: int
    format: int
    write_ahead: bool


def look_at(path: Path) -> Header:
    """What the file at `path` says it is, read before any connection; raises if it is not ours."""
    if not path.exists():
        raise errors.MissingArchive(path=path)
    if not path.is_file():
        raise errors.NotAnArchive(path, "folder" if path.is_dir() else "not a file")
    if open_files.is_open(path):
        return Header(4096, 0, 1, write_ahead=False)
    size = path.stat().st_size
    try:
        with path.open("rb") as file:
            head = file.read(HEADER_BYTES)
    except PermissionError:
        raise errors.NotAnArchive(path, "not permitted") from None
    found = header(path, head, size)
    journal = path.with_name(path.name + "-journal")
    # A crafted journal can name any file of this machine as its own and have SQLite delete it.
    if journal.exists() and not known.left_open_at(path):
        raise errors.ForeignArchive(path=path, refused="journal")
    if found.write_ahead:
        raise errors.ForeignArchive(path=path, refused="write-ahead log")
    return found


def header(path: Path, head: bytes, size: int) -> Header:
    """What the first 100 bytes say; raises NotAnArchive or DamagedArchive."""
    from db import schema

    if not head:
        raise errors.NotAnArchive(path, "empty")
    if not head.startswith(MAGIC):
        raise errors.NotAnArchive(path, "other")
    if len(head) < HEADER_BYTES:
        raise errors.DamagedArchive(path=path, detail="the file ends within its header")
    (page_size,) = struct.unpack_from(">H", head, 16)
    page_size = 65536 if page_size == 1 else page_size
    changes, pages = struct.unpack_from(">II", head, 24)
    fmt, application = (
        struct.unpack_from(">I", head, 60)[0],
        struct.unpack_from(">I", head, 68)[0],
    )
    (valid_for,) = struct.unpack_from(">I", head, 92)
    if application != schema.APPLICATION_ID:
        raise errors.NotAnArchive(path, "database")
    if page_size < 512 or page_size & (page_size - 1):
        raise errors.DamagedArchive(path=path, detail="its header is damaged")
    if changes == valid_for and size < pages * page_size:
        missing = pages * page_size - size
        raise errors.DamagedArchive(path=path, detail=f"{missing:,} bytes are missing at its end")
    return Header(page_size, pages, fmt, write_ahead=head[18] == 2 or head[19] == 2)


def refuse_unknown_schema(connection: sqlite3.Connection, path: Path, fmt: int) -> None:
    """Only tables, views and triggers that a program of ours made: a trigger is somebody's code."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master LIMIT 500").fetchall()
    found = {_entry(*row) for row in rows}
    wanted = _schema_of_format(fmt)
    if found != wanted:
        odd = sorted(name for _, name, _ in found ^ wanted)
        raise errors.ForeignArchive(path=path, refused=f"schema: {', '.join(odd[:3])}")


def refuse_unsound_rows(
    connection: sqlite3.Connection, path: Path, cancelled: Callable[[], bool] | None = None
) -> None:
    """SQLite's own checks over a foreign file, within a bound, before anything writes to it.

    Raises Cancelled soon after `cancelled` says so.
    """
    calls = 0

    def too_long() -> bool:
        nonlocal calls
        calls += 1
        return calls > _CALLS_BEFORE_GIVING_UP or (cancelled is not None and cancelled())

    connection.set_progress_handler(too_long, _STEPS_BETWEEN_CALLS)
    try:
        # integrity_check also verifies the types of STRICT tables and every CHECK.
        verdict = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(3)")]
        orphans = connection.execute("PRAGMA foreign_key_check").fetchmany(1)
    except sqlite3.OperationalError as error:
        if cancelled is not None and cancelled():
            raise errors.Cancelled from error
        raise
    finally:
        connection.set_progress_handler(None, 0)
    if verdict != ["ok"]:
        raise errors.ForeignArchive(path=path, refused=verdict[0])
    if orphans:
        raise errors.ForeignArchive(path=path, refused=f"rows of {orphans[0][0]} without a parent")


def writer_of_newer(connection: sqlite3.Connection) -> str:
    """The version of Muniment that wrote an archive of a format not known here; empty if unsaid."""
    from db import schema

    with suppress(sqlite3.Error):
        # Nothing else is known of this file: only a table just like ours is asked.
        asked = "SELECT type, name, sql FROM sqlite_master WHERE name = 'meta'"
        found = {_entry(*row) for row in connection.execute(asked)}
        if len(found) == 1 and found <= _schema_of_format(schema.FORMAT):
            asked = "SELECT substr(value, 1, 41) FROM meta WHERE key = 'last_writer'"
            for (said,) in connection.execute(asked):
                return said if re.fullmatch(r"[0-9]+[.][0-9A-Za-z.+]{1,38}", said) else ""
    return ""


@cache
def _schema_of_format(fmt: int) -> frozenset[tuple[str, str, str]]:
    from sqlite_utils import Database

    from db import schema

    connection = sqlite3.connect(":memory:")
    try:
        later = schema.names_after(fmt)
        database = Database(connection, execute_plugins=False)
        schema.migrations.apply(database, stop_before=later[:1])
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    finally:
        connection.close()
    return frozenset(_entry(*row) for row in rows)


def _entry(kind: str, name: str, sql: str | None) -> tuple[str, str, str]:
    if name.startswith("passages_fts_"):
        return kind, name, ""  # FTS5 words its own tables, differently from version to version
    return kind, name, re.sub(r"\s+", " ", sql or "").strip()
