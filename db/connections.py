"""What every connection to an archive has in common: its settings, and what its errors mean."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from db import errors

SECONDS_TO_WAIT_FOR_A_LOCK = 2.0


def set_up(connection: sqlite3.Connection) -> None:
    """The settings every connection to an archive has; see the reliability notes in CONTRIBUTING."""
    connection.execute(f"PRAGMA busy_timeout = {int(SECONDS_TO_WAIT_FOR_A_LOCK * 1000)}")
    for pragma in (
        "cell_size_check = ON",
        "mmap_size = 0",
        "foreign_keys = ON",
        "synchronous = EXTRA",  # FULL loses the last commit in 11 % of simulated power cuts
        "fullfsync = ON",
        "secure_delete = ON",
        "temp_store = MEMORY",
        "cache_size = -16000",
        # A large command would lock readers out from the moment its rows no longer fit the cache
        # until it commits. 200 MB of them are held before that.
        "cache_spill = 50000",
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.setlimit(sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 5)
    connection.setlimit(sqlite3.SQLITE_LIMIT_COLUMN, 200)


@contextmanager
def translated(path: Path) -> Generator[None]:
    """Within the block, what SQLite says about the environment becomes an ArchiveError."""
    try:
        yield
    except sqlite3.Error as error:
        raise _meaning(error, path) from error


_MEANINGS: dict[int, type[errors.ArchiveError]] = {
    sqlite3.SQLITE_INTERRUPT: errors.Cancelled,
    sqlite3.SQLITE_FULL: errors.DiskFull,
    sqlite3.SQLITE_BUSY: errors.ArchiveBusy,
    sqlite3.SQLITE_LOCKED: errors.ArchiveBusy,
    sqlite3.SQLITE_READONLY: errors.ReadOnlyArchive,
    sqlite3.SQLITE_CANTOPEN: errors.ReadOnlyArchive,
    sqlite3.SQLITE_CORRUPT: errors.DamagedArchive,
    sqlite3.SQLITE_NOTADB: errors.DamagedArchive,
    sqlite3.SQLITE_IOERR: errors.DamagedArchive,
}


def _meaning(error: sqlite3.Error, path: Path) -> Exception:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return error
    if code == getattr(sqlite3, "SQLITE_READONLY_DBMOVED", -1):
        return errors.ArchiveMoved(path=path)
    kind = _MEANINGS.get(code & 0xFF)
    if kind is None:
        return error  # a bug of ours: it keeps its own words and its traceback
    if kind is errors.DamagedArchive:
        return kind(path=path, detail=str(error))
    return kind(path=path)


@contextmanager
def rolled_back_on_error(connection: sqlite3.Connection) -> Generator[None]:
    """Within the block, whatever goes wrong takes the open transaction back."""
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
