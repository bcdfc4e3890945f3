"""Looks at files before they are taken in: what each seems to be. For a thread of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl

from db.errors import Cancelled, Unreadable
from desktop.jobs import Progress

if TYPE_CHECKING:  # 20 ms that no first paint waits for
    from db.archive import Archive
    from db.records import Part

SECONDS_FOR_A_LOOK = 30.0
LONGEST_SAMPLE = 1500


@dataclass(frozen=True, slots=True)
class Alike:
    """What a file is already, or much like: a source of the archive, or a file of the same import."""

    title: str
    share: float = 1.0
    is_exact: bool = False  # byte for byte
    is_file: bool = False  # one of those to be taken in, not yet a source


@dataclass(frozen=True, slots=True)
class File:
    """A file to be taken in, and what a look at it showed.

    `title`, `creator`, `date` and `language` are what it would be described with, `is_described` if
    a table says so; `path` is empty of a description without a file. `runs` are words by which
    texts that are alike are found.
    """

    path: str
    size: int = 0
    refusal: Unreadable | None = None
    looked: bool = False
    media_type: str = ""
    encoding: str | None = None
    encoding_is_sure: bool = True
    passages: int = 0
    parts: "tuple[Part, ...]" = ()
    sample: str = ""
    title: str = ""
    creator: str | None = None
    date: str | None = None
    language: str | None = None
    runs: tuple[tuple[str, ...], ...] = ()
    alike: Alike | None = None
    is_described: bool = False


def dropped(uris: bytes, _progress: Progress | None = None) -> list[Path]:
    """The local paths in a text/uri-list, as a file manager drops it."""
    urls = (QUrl(line.strip().decode()) for line in uris.splitlines())
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


def files(
    paths: Sequence[Path], archive: Path, progress: Progress, *, table: Path | None = None
) -> list[File]:
    """The files that an import of `paths` would take in, as yet unread; described by a `table`."""
    from db import intake

    items, _hidden = intake.items(paths, table, archive)
    progress(1, 1, "")
    return [
        File(
            str(item.path or ""),
            item.size,
            item.refusal,
            title=item.described.get("title", ""),
            creator=item.described.get("creator"),
            date=item.described.get("date"),
            language=item.described.get("language"),
            is_described=bool(item.described),
        )
        for item in items
    ]


def look(wanted: Sequence[tuple[int, File, str | None]], progress: Progress) -> dict[int, File]:
    """The files with what they seem to be; each is read in a process of its own, within limits."""
    from db import worker

    seen = {}
    reader = worker.Worker()
    try:
        for done, (number, file, encoding) in enumerate(wanted):
            progress(done, len(wanted), "")
            request = worker.read_request(Path(file.path), encoding)
            reply = reader.ask(request, SECONDS_FOR_A_LOOK, _Stop(progress))
            seen[number] = _seen(file, reply)
    finally:
        reader.close()
    return seen


def same(archive: "Archive", paths: Sequence[str]) -> dict[str, Alike]:
    """Which of these files are sources already, byte for byte."""
    from db import resemblance

    found = resemblance.same(archive, [Path(path) for path in paths])
    return {str(path): Alike(title, is_exact=True) for path, (_source_id, title) in found.items()}


def new_files(archive: "Archive", folders: Sequence[str]) -> list[Path]:
    """The files in these folders that could be taken in and are no sources yet."""
    from db import intake, resemblance

    items, _hidden = intake.items(folders, None, archive.path)
    paths = [each.path for each in items if each.path is not None and each.refusal is None]
    known = resemblance.same(archive, paths)
    return [path for path in paths if path not in known]


def alike(archive: "Archive", wanted: Sequence[File], others: Sequence[File]) -> dict[str, Alike]:
    """What each of `wanted` is much like: a source, or else one of `others`; by its path."""
    from db import resemblance

    found: dict[str, Alike] = {}
    for file in wanted:
        for source in resemblance.alike(archive, file.runs)[:1] if file.runs else ():
            found[file.path] = Alike(source.title, source.share)
        if file.path in found:
            continue
        for other in others:
            share = resemblance.share(file.runs, other.runs)
            if other.path != file.path and share >= resemblance.ALIKE_FROM:
                found[file.path] = Alike(Path(other.path).name, share, is_file=True)
                break
    return found


class _Stop:
    """Asks the job's progress whether it should stop."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def __call__(self) -> bool:
        try:
            self._progress(0, 1, "")
        except Cancelled:
            return True
        return False


def _seen(file: File, reply: dict[str, object]) -> File:
    from db import resemblance, worker

    try:
        document, blocks, parts, _sha256 = worker.document_of(reply)
    except Unreadable as refusal:
        return File(file.path, file.size, refusal, looked=True)
    return replace(
        file,
        looked=True,
        media_type=document.media_type,
        encoding=document.encoding,
        encoding_is_sure=document.encoding_is_sure,
        passages=len(blocks),
        parts=parts,
        sample=document.text[:LONGEST_SAMPLE],
        title=file.title or document.title or Path(file.path).stem,
        creator=file.creator or document.creator,
        date=file.date or document.date,
        language=file.language or document.language,
        runs=resemblance.runs(document.text, blocks),
    )
