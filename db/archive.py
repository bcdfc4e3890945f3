"""Archive: one file of sources, passages and figures; opened, written, checked and closed here.

Long because opening, reading, writing and closing share one state.
"""

import os
import sqlite3
import threading
import time
import uuid as uuids
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from db import errors, inspection, known, open_files
from db.connections import (
    SECONDS_TO_WAIT_FOR_A_LOCK,
    rolled_back_on_error,
    set_up,
    translated,
)
from db.lock import Lock
from db.turn import Turn

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.records import CheckResult

INSTRUCTIONS_BETWEEN_CANCEL_CHECKS = 10_000
SECONDS_BETWEEN_LOOKS_AT_THE_FILE = 5.0


class Archive:
    """One archive file. Safe to share between threads: each reads over its own connection.

    Writing is one at a time, in short transactions; whoever is `urgent` (a note, an edit) goes
    before a running import. Never hands out a cursor that outlives a call.
    """

    def __init__(self, path: Path, *, read_only: bool, lock: Lock | None) -> None:
        self.path = path
        self.read_only = read_only
        self.person = ""  # the name of whoever works in it; every change is signed with it
        self.is_ours = True
        # Only once the schema is known to be ours: FTS5 in a trigger needs it (3.40 marks neither
        # FTS5 nor JSON as innocuous), and until then somebody's trigger could be waiting there.
        self._schema_is_trusted = False
        self._lock = lock
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._connections_lock = threading.Lock()
        self._turn = Turn()
        self._writer: Database | None = None
        self._listeners: list[Callable[[frozenset[str]], None]] = []
        self._written: Counter[str] = Counter()
        self._closed = False
        self._looked_at = 0.0
        self._identity = open_files.opened(path)

    # -- making, opening, closing -------------------------------------------------------------

    @classmethod
    def create(cls, path: Path | str, title: str = "") -> "Archive":
        """A new, empty archive at `path`; FileExistsError where something already lies there."""
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o644))
        lock = Lock(path)
        try:
            lock.take()
            archive = cls(path, read_only=False, lock=lock)
            with translated(path):
                archive._make(title or path.stem)
        except BaseException:
            lock.release()
            path.unlink(missing_ok=True)
            raise
        return archive

    @classmethod
    def open(cls, path: Path | str, *, writable: bool = True, adopt: bool = False) -> "Archive":
        """The archive at `path`, upgraded to this program's format.

        Where it cannot be written (read-only medium) it is opened with `read_only` true. Raises
        ArchiveInUse if it should be writable and another program holds it, ForeignArchive if it
        should be writable and was last written elsewhere and `adopt` is false.
        """
        path = Path(path)
        header = inspection.look_at(path)
        read_only = not writable or not _can_be_written(path)
        lock = None if read_only else Lock(path)
        if lock:
            lock.take()
        archive = None
        try:
            archive = cls(path, read_only=read_only, lock=lock)
            with translated(path):
                archive._begin(header, adopt=adopt)
        except BaseException:
            if archive is not None:
                archive.close()
            elif lock is not None:
                lock.release()
            raise
        return archive

    def close(self) -> None:
        """Close every connection; other threads must have ended their work. Harmless twice."""
        if self._closed:
            return
        self._closed = True
        if self._writer is not None and self._lock is not None and self.is_ours:
            # A full disk or a vanished stick must not keep the window from closing.
            with suppress(sqlite3.Error, OSError, errors.ArchiveError):
                self._note(is_open=False)
        with self._connections_lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        self._writer = None
        if self._lock is not None:
            self._lock.release()
        open_files.closed(self._identity)

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- reading and writing ------------------------------------------------------------------

    def reading(self) -> "Database":
        """This thread's connection, for SELECTs; it cannot write."""
        database: Database | None = getattr(self._local, "database", None)
        if database is None:
            database = self._connect(query_only=True)
            self._local.database = database
        return database

    @contextmanager
    def patient(self, seconds: float) -> Generator[None]:
        """Within the block this thread's reads wait at most `seconds` for a lock.

        The window's thread asks with 0.02 and shows a placeholder where it gets ArchiveBusy.
        """
        connection = self.reading().conn
        connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
        try:
            with translated(self.path):
                yield
        finally:
            connection.execute(f"PRAGMA busy_timeout = {int(SECONDS_TO_WAIT_FOR_A_LOCK * 1000)}")

    @contextmanager
    def in_one_state(self) -> Generator[None]:
        """Within the block all that this thread reads is of one state of the archive.

        Keep it to a few milliseconds: whoever writes waits for the end of it. Several statements
        are quicker so, since each by itself asks the system for a lock (7 us).
        """
        if getattr(self._local, "is_in_one_state", False):
            yield
            return
        connection = self.reading().conn
        connection.execute("BEGIN")
        self._local.is_in_one_state = True
        try:
            yield
        finally:
            self._local.is_in_one_state, self._local.state = False, ""
            if not self._closed and connection.in_transaction:
                connection.execute("COMMIT")

    @contextmanager
    def writing(self, *tables: str, urgent: bool = True) -> Generator["Database"]:
        """One transaction: all of it or nothing. Within another on this thread, part of that one.

        `tables` are what listeners are told after the commit. Keep it under 100 ms.
        """
        outer: set[str] | None = getattr(self._local, "changed", None)
        if outer is not None:
            assert self._writer is not None
            outer.update(tables)
            with self._writer.atomic():
                yield self._writer
            return
        if self.read_only:
            raise errors.ReadOnlyArchive(path=self.path)
        changed: set[str] = set(tables)
        with self._turn.taken(urgent=urgent), translated(self.path):
            self._look_for_the_file()
            if self._writer is None:
                self._writer = self._connect(query_only=False)
            self._local.changed = changed
            try:
                yield from self._transaction(self._writer)
                self._written.update(changed)
            finally:
                del self._local.changed
        for listener in list(self._listeners):
            listener(frozenset(changed))

    def times_written(self, *tables: str) -> int:
        """How often these tables were written to since the archive was opened, each counted.

        Exact to whoever has the turn; another may be about to write.
        """
        return sum(self._written[table] for table in tables)

    @contextmanager
    def cancellable(self, cancelled: Callable[[], bool]) -> Generator[None]:
        """Within the block any statement on this thread stops soon after `cancelled()` is true."""
        connection = self.reading().conn
        connection.set_progress_handler(cancelled, INSTRUCTIONS_BETWEEN_CANCEL_CHECKS)
        try:
            with translated(self.path):
                yield
        finally:
            if not self._closed:
                connection.set_progress_handler(None, 0)

    def on_change(self, listener: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        """Call `listener(tables)` after each commit, on the thread that wrote; returns the undoing."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    # -- what it is ---------------------------------------------------------------------------

    def meta(self, key: str, default: str = "") -> str:
        """What the archive says of itself under `key` (title, uuid, format, write_seq ...)."""
        row = self.reading().execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
        return str(row[0]) if row else default

    def state(self) -> str:
        """What is another after every write; asked once within `in_one_state`."""
        state: str = getattr(self._local, "state", "")
        if not state:
            sql = "SELECT value FROM meta WHERE key = 'write_seq'"
            row = self.reading().conn.execute(sql).fetchone()
            state = str(row[0]) if row else ""
            if getattr(self._local, "is_in_one_state", False):
                self._local.state = state
        return state

    @property
    def title(self) -> str:
        """The archive's title."""
        return self.meta("title")

    @property
    def uuid(self) -> str:
        """The archive's universal id; copies share it."""
        return self.meta("uuid")

    def backup(self, destination: Path | str) -> None:
        """A consistent, verified copy at `destination`, also while others write."""
        from db import backup

        backup.copy(self, Path(destination))

    def check(self, progress: Callable[[int, int, str], None] | None = None) -> list["CheckResult"]:
        """Look at everything that can be looked at; never raises for what it finds."""
        from db import check

        return check.run(self, progress)

    # -- inside -------------------------------------------------------------------------------

    def _make(self, title: str) -> None:
        from db import schema

        self._schema_is_trusted = True
        connection = self._plain_connection(query_only=False)
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("PRAGMA encoding = 'UTF-8'")
        database = _database(connection)
        with database.atomic():
            connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {schema.FORMAT}")
            schema.migrations.apply(database)
            facts = {
                "uuid": str(uuids.uuid4()),
                "title": title,
                "format": str(schema.FORMAT),
                "min_reader": "1",
                "created_with": version(),
                "last_writer": version(),
                "created_at": now(),
                "write_seq": "1",
            }
            connection.executemany("INSERT INTO meta VALUES (?, ?)", facts.items())
        self._writer = database
        self._note(is_open=True)

    def _begin(self, header: inspection.Header, *, adopt: bool) -> None:
        from db import schema

        if header.format > schema.FORMAT:
            writer = inspection.writer_of_newer(self.reading().conn)
            raise errors.NewerArchive(
                path=self.path, format=header.format, known=schema.FORMAT, version=writer
            )
        connection = self.reading().conn
        inspection.refuse_unknown_schema(connection, self.path, header.format)
        self._schema_is_trusted = True
        write_seq = int(self.meta("write_seq", "0"))
        self.is_ours = known.is_ours(self.uuid, self.path, write_seq)
        if self.read_only:
            return
        if not self.is_ours:
            if not adopt:
                raise errors.ForeignArchive(path=self.path, refused="")
            inspection.refuse_unsound_rows(connection, self.path)
            self.is_ours = True
        if header.format < schema.FORMAT:
            self._upgrade(header.format)
        self._writer = self._connect(query_only=False)
        self._note(is_open=True)

    def _upgrade(self, old: int) -> None:
        from db import schema

        keep = self.path.with_name(f"{self.path.stem}.before-format-{schema.FORMAT}.muniment")
        if not keep.exists():
            self.backup(keep)
        database = self._connect(query_only=False)
        connection = database.conn
        connection.execute("BEGIN IMMEDIATE")
        with rolled_back_on_error(connection):
            schema.migrations.apply(database)
            connection.execute(f"PRAGMA user_version = {schema.FORMAT}")
            facts = [(str(schema.FORMAT), "format"), (version(), "last_writer")]
            connection.executemany("UPDATE meta SET value = ? WHERE key = ?", facts)
            connection.execute("COMMIT")

    def _note(self, *, is_open: bool) -> None:
        # From the writer's side: a reader may wait for a lock, and closing must not.
        assert self._writer is not None
        row = self._writer.execute(
            "SELECT (SELECT value FROM meta WHERE key = 'uuid'),"
            " (SELECT value FROM meta WHERE key = 'write_seq')"
        ).fetchone()
        # A home that cannot be written makes every archive foreign tomorrow; it stops nothing today.
        with suppress(OSError):
            known.remember(str(row[0]), self.path, int(row[1]), is_open=is_open)

    def _transaction(self, database: "Database") -> Generator["Database"]:
        connection = database.conn
        connection.execute("BEGIN IMMEDIATE")
        with rolled_back_on_error(connection):
            yield database
            connection.execute(
                "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'write_seq'"
            )
            connection.execute(
                "UPDATE meta SET value = ?1 WHERE key = 'last_writer' AND value <> ?1", [version()]
            )
            connection.execute("COMMIT")

    def _look_for_the_file(self) -> None:
        # A sync program may have put another file in our place; writing on would write into nothing.
        if time.monotonic() - self._looked_at < SECONDS_BETWEEN_LOOKS_AT_THE_FILE:
            return
        try:
            there = open_files.identity(self.path)
        except OSError:
            raise errors.ArchiveMoved(path=self.path) from None
        if there != self._identity:
            raise errors.ArchiveMoved(path=self.path)
        self._looked_at = time.monotonic()

    def _connect(self, *, query_only: bool) -> "Database":
        return _database(self._plain_connection(query_only=query_only))

    def _plain_connection(self, *, query_only: bool) -> sqlite3.Connection:
        if self._closed:
            raise errors.Cancelled
        mode = "ro" if self.read_only and not _can_be_written(self.path) else "rw"
        # Each thread keeps to its own connection; the check is off only so that close() closes all.
        with translated(self.path):
            connection = sqlite3.connect(
                f"{self.path.resolve().as_uri()}?mode={mode}",
                uri=True,
                isolation_level=None,
                check_same_thread=False,
            )
            try:
                # These read the file: a thread's first question may meet another program's lock.
                set_up(connection)
                trust, query = self._schema_is_trusted, query_only
                connection.execute(f"PRAGMA trusted_schema = {'ON' if trust else 'OFF'}")
                connection.execute(f"PRAGMA query_only = {'ON' if query else 'OFF'}")
            except BaseException:
                connection.close()
                raise
        with self._connections_lock:
            self._connections.append(connection)
        return connection


@cache
def version() -> str:
    """The program's version, "0" where it runs from a folder that was never installed."""
    try:
        return metadata.version("muniment")
    except metadata.PackageNotFoundError:
        return "0"


def sqlite_version() -> str:
    """The version of the one SQLite library in this process."""
    return sqlite3.sqlite_version


def now() -> str:
    """The present moment as the archive writes it: ISO 8601, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _database(connection: sqlite3.Connection) -> "Database":
    # Imported late: it brings numpy along, and the window paints before it needs an archive.
    from sqlite_utils import Database

    database = Database(connection, execute_plugins=False)
    connection.execute("PRAGMA foreign_keys = ON")
    return database


def _can_be_written(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
