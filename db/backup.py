"""A consistent copy of an archive that is a whole one or not there at all."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from db import errors, inspection
from db.connections import translated

if TYPE_CHECKING:
    from db.archive import Archive

PAGES_AT_A_TIME = 500


def copy(archive: "Archive", destination: Path) -> None:
    """Write the copy beside `destination`, verify it, then put it there in one step."""
    if destination.exists() and destination.samefile(archive.path):
        raise errors.ArchiveInUse(path=destination, holder="")
    destination.parent.mkdir(parents=True, exist_ok=True)
    unfinished = destination.with_name(f".{destination.name}.{os.getpid()}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        with translated(destination):
            _copy_pages(archive, unfinished)
        with unfinished.open("rb") as file:
            inspection.header(
                unfinished, file.read(inspection.HEADER_BYTES), os.stat(unfinished).st_size
            )
        unfinished.replace(destination)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    with suppress(OSError):  # Windows has no folders that can be synced
        folder = os.open(destination.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _copy_pages(archive: "Archive", unfinished: Path) -> None:
    wanted = _counts(archive.reading().conn)
    with closing(sqlite3.connect(unfinished, isolation_level=None)) as target:
        archive.reading().conn.backup(target, pages=PAGES_AT_A_TIME, sleep=0)
        verdict = target.execute("PRAGMA quick_check(1)").fetchone()[0]
        # Others may have written while we copied, so there can be more rows, never fewer.
        got = _counts(target)
        if verdict != "ok" or any(have < want for have, want in zip(got, wanted, strict=True)):
            raise errors.DamagedArchive(path=archive.path, detail=str(verdict))
        target.execute("PRAGMA synchronous = EXTRA")
    with unfinished.open("rb+") as file:
        os.fsync(file.fileno())


def _counts(connection: sqlite3.Connection) -> list[int]:
    # History and originals only ever grow; sources may be purged while the copy is made.
    return [
        int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        for table in ("meta", "history", "originals")
    ]
