"""The archives this process has connections to, whichever path led to them.

Opening and closing one of them by hand would drop every POSIX lock SQLite holds on it
(reliability: two writers at once, a corrupt file).
"""

import threading
from collections import Counter
from pathlib import Path

Identity = tuple[int, int]

_counts: Counter[Identity] = Counter()
_lock = threading.Lock()


def identity(path: Path) -> Identity:
    """What is the same for all paths to a file; OSError where there is none."""
    there = path.stat()
    return there.st_dev, there.st_ino


def opened(path: Path) -> Identity:
    """Note that an archive was opened; what `closed` is to be told."""
    file = identity(path)
    with _lock:
        _counts[file] += 1
    return file


def closed(file: Identity) -> None:
    """Note that it was closed."""
    with _lock:
        _counts[file] -= 1
        if not _counts[file]:
            del _counts[file]


def is_open(path: Path) -> bool:
    """Whether an archive of this process is the file at `path`."""
    file = identity(path)
    with _lock:
        return file in _counts
