"""The bytes of a file a person points at, or the reason why they cannot be taken in."""

import errno
import os
import stat
from pathlib import Path

from db.errors import Unreadable

LIMIT = 64 * 1024 * 1024

# What a file says it is in its first bytes; nothing shorter than four bytes, for words begin so.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff\xe0", "image/jpeg"),
    (b"\xff\xd8\xff\xe1", "image/jpeg"),
    (b"\xff\xd8\xff\xdb", "image/jpeg"),
    (b"\xff\xd8\xff\xee", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"AT&TFORM", "image/vnd.djvu"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"\x1f\x8b\x08\x00", "application/gzip"),
    (b"\x1f\x8b\x08\x08", "application/gzip"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x7fELF", "application/x-executable"),
    (b"\xffWPC", "application/vnd.wordperfect"),
    (b"OggS\x00", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
)
KINDS = frozenset(media_type for _, media_type in _MAGIC)
# RTF is text to look at and nonsense to read; it is not refused as binary.
_TEXTUAL = {"application/rtf"}

# The control characters that no text has; tab, LF, VT, FF, CR, the old end mark ^Z and ESC may be.
_CONTROLS = bytes([*range(1, 9), *range(14, 26), *range(28, 32)])


def load(path: Path, limit: int = LIMIT) -> bytes:
    """All bytes of the file at `path`; Unreadable where it is no file to read or passes `limit`.

    The size is asked before anything is read, and never more than `limit` is held.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable("not_a_file", path=path, found=_type_of(found.st_mode))
        if found.st_size > limit:
            raise Unreadable("too_large", path=path, size=found.st_size, limit=limit)
        # A FIFO put in the file's place meanwhile must not hold us.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(path, flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise Unreadable("not_a_file", path=path)
            data = file.read(limit + 1)
    except PermissionError as error:
        raise Unreadable("not_permitted", path=path) from error
    except (FileNotFoundError, NotADirectoryError) as error:
        reason = "broken_link" if _is_link(path) else "missing"
        raise Unreadable(reason, path=path) from error
    except ValueError as error:  # a NUL in the name
        raise Unreadable("missing", path=path) from error
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise Unreadable("broken_link", path=path) from error
        if error.errno == errno.ENAMETOOLONG:
            raise Unreadable("missing", path=path) from error
        raise Unreadable("damaged", path=path, detail=error.strerror or "") from error
    if len(data) > limit:
        raise Unreadable("too_large", path=path, size=len(data), limit=limit)
    return data


def magic(head: bytes) -> str | None:
    """The media type that the first bytes give away, if they are none of text."""
    for mark, media_type in _MAGIC:
        if head.startswith(mark):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] in (b"WAVE", b"AVI ", b"WEBP"):
        return {b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo", b"WEBP": "image/webp"}[head[8:12]]
    if head[4:8] == b"ftyp":
        return "video/mp4"
    return None


def refuse_known_binary(path: Path, data: bytes) -> None:
    """Raise Unreadable("binary") for the formats whose first bytes are well known."""
    found = magic(data[:64])
    if found is not None and found not in _TEXTUAL:
        raise Unreadable("binary", path=path, found=found)


def has_text(data: bytes) -> bool:
    """Whether bytes in an encoding that holds ASCII can be text: no flood of control characters.

    A stray NUL is text (it is replaced and counted), a third of the file is not.
    """
    if not data:
        return True
    controls = len(data) - len(data.translate(None, _CONTROLS))
    nuls = data.count(0)
    if controls * 50 > len(data) + 50 or (nuls + controls) * 3 > len(data) + 2:
        return False
    # One value all over, as in erased flash memory: 0xFF is a letter in windows-1251.
    return not (len(data) >= 8 and data[0] >= 0x80 and data.count(data[0]) == len(data))


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except (OSError, ValueError):
        return False


def _type_of(mode: int) -> str:
    for test, name in (
        (stat.S_ISDIR, "folder"),
        (stat.S_ISFIFO, "pipe"),
        (stat.S_ISSOCK, "socket"),
        (stat.S_ISCHR, "device"),
        (stat.S_ISBLK, "device"),
    ):
        if test(mode):
            return name
    return "other"
