"""A file that is written whole or not at all: beside its place first, then put there in one step."""

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from db import errors, inspection


@contextmanager
def replacing(destination: Path, archive: Path | None = None) -> Generator[BinaryIO]:
    """A file to write; it takes the place of `destination` when the block ends without an error.

    Raises NotWritten with a stable `problem` (folder, not_a_file, archive, an_archive,
    missing_folder, or "system" with the system's own `detail`).
    """
    place = _place(destination, archive)
    unfinished = place.with_name(f".{place.name[:200]}.{os.getpid()}.unfinished")
    try:
        file = unfinished.open("w+b")
    except OSError as error:
        raise _told(destination, error) from error
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        with suppress(OSError):
            shutil.copymode(place, unfinished)
        unfinished.replace(place)
    except OSError as error:
        raise _told(destination, error) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _place(destination: Path, archive: Path | None) -> Path:
    try:
        # A link stays a link: what it points to is replaced.
        place = destination.resolve()
        if place.is_dir():
            raise errors.NotWritten(path=destination, problem="folder")
        if place.exists() and not place.is_file():
            raise errors.NotWritten(path=destination, problem="not_a_file")
        if archive is not None and place.exists() and place.samefile(archive):
            raise errors.NotWritten(path=destination, problem="archive")
        if place.exists() and _is_archive(place):
            raise errors.NotWritten(path=destination, problem="an_archive")
        if not place.parent.is_dir():
            raise errors.NotWritten(path=destination, problem="missing_folder", at=place.parent)
    except (OSError, RuntimeError, ValueError) as error:
        raise errors.NotWritten(path=destination, problem="system", detail=str(error)) from error
    return place


def _is_archive(place: Path) -> bool:
    try:
        inspection.look_at(place)
    except errors.NotAnArchive:
        return False
    except errors.ArchiveError:
        pass  # a damaged or newer one, or of another's making: not to be written over either
    return True


def _told(destination: Path, error: OSError) -> errors.NotWritten:
    return errors.NotWritten(
        path=destination, problem="system", detail=error.strerror or str(error)
    )
