"""One writer of an archive at a time, on this machine and by the file beside it on others."""

import json
import os
import platform
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from db.errors import ArchiveInUse

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[str]) -> bool:
        try:
            # Beyond the text, so that others can still read who holds it.
            file.seek(1 << 20)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _let_go(file: IO[str], path: Path) -> None:
        # An open file cannot be removed here; one that the next has opened by then stays theirs.
        file.close()
        with suppress(OSError):
            path.unlink()

else:
    import fcntl

    def _take(file: IO[str]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _let_go(file: IO[str], path: Path) -> None:
        path.unlink(missing_ok=True)  # while it is ours: later it may be the next one's
        file.close()


class Lock:
    """Held while an archive is open for writing; a killed program lets go by itself."""

    def __init__(self, archive: Path) -> None:
        self._archive = archive
        self._path = archive.with_name(archive.name + ".lock")
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Hold it, or raise ArchiveInUse with who does."""
        for _ in range(3):
            file = self._path.open("a+", encoding="utf-8")
            if not _take(file):
                holder = _holder(file)
                file.close()
                raise ArchiveInUse(path=self._archive, holder=holder)
            if _is_still_at(file, self._path):
                break
            file.close()  # the holder before us removed it between our opening and our locking
        else:
            raise ArchiveInUse(path=self._archive, holder="")
        file.seek(0)
        file.truncate()
        json.dump({"pid": os.getpid(), "host": platform.node(), "program": "Muniment"}, file)
        file.flush()
        self._file = file

    def release(self) -> None:
        """Let go; harmless when not held."""
        if self._file is None:
            return
        _let_go(self._file, self._path)
        self._file = None


def _is_still_at(file: IO[str], path: Path) -> bool:
    try:
        there = path.stat()
    except OSError:
        return False
    ours = os.fstat(file.fileno())
    return (there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino)


def _holder(file: IO[str]) -> str:
    try:
        file.seek(0)
        noted = json.load(file)
        return f"{noted['program']} (process {int(noted['pid'])} on {noted['host']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
