"""A consistent copy of an archive that is a whole one or not there at all."""

import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from db import errors, inspection
from db.connections import translated
from db.lock import Lock

if TYPE_CHECKING:
    from db.archive import Archive

PAGES_AT_A_TIME = 500


def copy(archive: "Archive", destination: Path) -> None:
    """Write the copy beside `destination`, verify it, then put it there in one step.

    Takes the place of an older copy alone: raises NotWritten (not_a_copy, newer_copy).
    """
    if destination.exists() and destination.samefile(archive.path):
        raise errors.ArchiveInUse(path=destination, holder="")
    with replacing_older(archive, destination):
        _copy(archive, destination)


@contextmanager
def replacing_older(archive: "Archive", destination: Path) -> Generator[None]:
    """Within the block nobody writes to what lies at `destination`; raises if it is not ours to replace.

    Two paths in the wrong order, and a year of work would lie under last week's copy.
    """
    from db.archive import Archive

    if not destination.exists() or (destination.is_file() and not destination.stat().st_size):
        yield
        return
    try:
        with Archive.open(destination, writable=False) as there:
            uuid, writes = there.uuid, int(there.meta("write_seq", "0"))
    except (errors.ArchiveError, OSError, ValueError) as error:
        raise errors.NotWritten(path=destination, problem="not_a_copy") from error
    if uuid != archive.uuid:
        raise errors.NotWritten(path=destination, problem="not_a_copy")
    if writes > int(archive.meta("write_seq", "0")):
        raise errors.NotWritten(path=destination, problem="newer_copy")
    lock = Lock(destination)
    lock.take()
    try:
        yield
    finally:
        lock.release()


def _copy(archive: "Archive", destination: Path) -> None:
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
