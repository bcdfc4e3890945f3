"""The originals: what is known of a source's file, its bytes again, and whether all are as they were."""

import hashlib
import json
import os
import stat
import uuid as uuids
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from db import errors, history, sources
from db.archive import now
from db.exchange import whole_file

if TYPE_CHECKING:
    from db.archive import Archive

Progress = Callable[[int, int, str], None]
CHUNK = 1 << 20
# What a file system refuses in a name, and what would lead out of a folder.
_NOT_IN_NAMES = frozenset('/\\:*?"<>|')
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Original:
    """The file a source came from; one that is not `kept` in the archive lies at `path`."""

    id: int
    file_name: str
    size: int
    sha256: str
    media_type: str | None
    path: str | None
    taken_in_at: str
    kept: bool


@dataclass(frozen=True, slots=True)
class Wrong:
    """An original that is not as it was taken in: `problem` is changed or missing."""

    original_id: int
    file_name: str
    problem: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class FixityCheck:
    """What reading every original against its SHA-256 found, and when."""

    id: int
    at: str
    originals: int
    wrong: tuple[Wrong, ...] = ()
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What was written out, byte for byte, and how many restricted sources were left out."""

    paths: tuple[Path, ...]
    restricted: int = 0


_ONE = """
    SELECT originals.id, originals.file_name, originals.size, originals.sha256,
           originals.media_type, originals.path, originals.taken_in_at,
           originals.bytes IS NOT NULL
      FROM originals
"""


def of_source(archive: "Archive", source_id: int) -> Original | None:
    """What is known of the file a source came from; None of one that came from none."""
    sql = f"{_ONE} JOIN sources ON sources.original_id = originals.id WHERE sources.id = ?"
    row = archive.reading().execute(sql, [source_id]).fetchone()
    return _original(row) if row else None


def private_copy(archive: "Archive", source_id: int, folder: Path) -> Path:
    """A copy that only its owner reads and nobody changes, for another program to open.

    Raises NoOriginal where there is none, or it is no longer what was taken in.
    """
    original = _asked(archive, source_id)
    within = folder / str(original.id)
    within.mkdir(mode=0o700, exist_ok=True)
    copy = within / name_for(original)
    if not copy.exists():
        with whole_file.replacing(copy, archive.path) as file:
            _write(archive, original, file)
        copy.chmod(stat.S_IRUSR)
    return copy


def export(
    archive: "Archive",
    source_ids: Sequence[int],
    destination: Path,
    *,
    restricted: bool = False,
) -> Written:
    """Write originals byte for byte: into the folder `destination`, or one as that file.

    Parts of one file are written once. NoOriginal where one cannot be had; nothing is written over.
    """
    closed = frozenset() if restricted else sources.restricted(archive)
    going = {
        original.id: original
        for source_id in source_ids
        if source_id not in closed
        for original in [_asked(archive, source_id)]
    }
    left_out = sum(source_id in closed for source_id in source_ids)
    paths: list[Path] = []
    for original in going.values():
        path = destination
        if destination.is_dir():
            path = _free(destination / name_for(original))
        with whole_file.replacing(path, archive.path) as file:
            _write(archive, original, file)
        paths.append(path)
    return Written(tuple(paths), left_out)


def name_for(original: Original) -> str:
    """A file name for a copy: the original's, without what a file system would refuse."""
    kept = "".join(
        "_" if each in _NOT_IN_NAMES or not each.isprintable() else each
        for each in original.file_name
    )
    stem, dot, suffix = kept.strip(" .").rpartition(".")
    if not dot:
        stem, suffix = suffix, ""
    return f"{(stem or 'original')[:LONGEST_NAME]}{dot}{suffix[:20]}"


def check(archive: "Archive", progress: Progress | None = None) -> FixityCheck:
    """Read every original against its SHA-256; what was found is kept with its date."""
    ids = [int(row[0]) for row in archive.reading().execute("SELECT id FROM originals ORDER BY id")]
    wrong: list[Wrong] = []
    for done, original_id in enumerate(ids):
        original = _by_id(archive, original_id)
        if original is None:
            continue
        if progress is not None:
            progress(done, len(ids), original.file_name)
        try:
            for _ in _chunks(archive, original):
                pass
        except errors.NoOriginal as problem:
            named = str(problem.facts["problem"])
            wrong.append(Wrong(original.id, original.file_name, named, original.path))
    if progress is not None:
        progress(len(ids), len(ids), "")
    report = [[each.original_id, each.file_name, each.problem, each.path] for each in wrong]
    at = now()
    with archive.writing("fixity_checks") as database:
        person_id = history.person(database, archive.person) if archive.person else None
        cursor = database.execute(
            "INSERT INTO fixity_checks (uuid, at, originals, report, person_id)"
            " VALUES (?, ?, ?, ?, ?)",
            [str(uuids.uuid4()), at, len(ids), json.dumps(report, ensure_ascii=False), person_id],
        )
    return FixityCheck(int(cursor.lastrowid or 0), at, len(ids), tuple(wrong), archive.person)


def checks(archive: "Archive") -> list[FixityCheck]:
    """The checks that were made, the newest first."""
    rows = archive.reading().execute(
        "SELECT fixity_checks.id, at, originals, report, people.name FROM fixity_checks"
        " LEFT JOIN people ON people.id = person_id ORDER BY fixity_checks.id DESC"
    )
    return [
        FixityCheck(check_id, at, originals, _wrong(report), person)
        for check_id, at, originals, report, person in rows.fetchall()
    ]


# -- inside ---------------------------------------------------------------------------------------


def _original(row: Sequence[object]) -> Original:
    original_id, name, size, digest, media_type, path, at, kept = row
    return Original(
        int(str(original_id)), str(name or ""), int(str(size)), str(digest),
        str(media_type) if media_type else None, str(path) if path else None, str(at), bool(kept),
    )  # fmt: skip


def _by_id(archive: "Archive", original_id: int) -> Original | None:
    sql = f"{_ONE} WHERE originals.id = ?"
    row = archive.reading().execute(sql, [original_id]).fetchone()
    return _original(row) if row else None


def _asked(archive: "Archive", source_id: int) -> Original:
    original = of_source(archive, source_id)
    if original is None:
        raise errors.NoOriginal("none", sources.get(archive, source_id).title)
    return original


def _write(archive: "Archive", original: Original, file: BinaryIO) -> None:
    for chunk in _chunks(archive, original):
        file.write(chunk)


def _chunks(archive: "Archive", original: Original) -> Iterator[bytes]:
    """The bytes of the original; NoOriginal at the end if they are not those that were taken in."""
    digest = hashlib.sha256()
    size = 0
    for chunk in _kept(archive, original) if original.kept else _elsewhere(original):
        digest.update(chunk)
        size += len(chunk)
        yield chunk
    if size != original.size or digest.hexdigest() != original.sha256:
        raise errors.NoOriginal("changed", original.file_name, original.path)


def _kept(archive: "Archive", original: Original) -> Iterator[bytes]:
    sql = "SELECT bytes FROM originals WHERE id = ?"
    (data,) = archive.reading().execute(sql, [original.id]).fetchone()
    yield data


def _elsewhere(original: Original) -> Iterator[bytes]:
    path = original.path or ""
    # An archive from elsewhere must not have this machine ask another one for a file.
    if not path or path.startswith(("//", "\\\\")):
        raise errors.NoOriginal("missing", original.file_name, original.path)
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            there = os.fstat(file.fileno())
            if not stat.S_ISREG(there.st_mode):
                raise errors.NoOriginal("missing", original.file_name, original.path)
            if there.st_size != original.size:
                raise errors.NoOriginal("changed", original.file_name, original.path)
            while chunk := file.read(CHUNK):
                yield chunk
    except (OSError, ValueError) as error:
        raise errors.NoOriginal("missing", original.file_name, original.path) from error


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))  # a pipe would wait for ever


def _free(path: Path) -> Path:
    """`path`, or with a number behind it the first that is not there."""
    free = path
    number = 1
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem} ({number})")
    return free


def _wrong(report: str) -> tuple[Wrong, ...]:
    try:
        return tuple(Wrong(*each) for each in json.loads(report))
    except (ValueError, TypeError):
        return ()  # a hand-edited archive
