"""Files inside of files: what a zip, a letter or a mailbox holds, by name, and the bytes of each."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from db.errors import Unreadable
from db.readers import mail, zipped
from db.records import Document

ZIP = "application/zip"
DEEPEST = 4
_NOBODYS = ("__MACOSX/", ".", "Thumbs.db", "desktop.ini")


def read(path: Path, data: bytes, *, encoding: str | None = None) -> Document:
    """A zip has no words of its own; each file in it is a member."""
    package = zipped.Package(data)
    package.refuse_sizes()
    names = [
        name for name in package.names()
        if not name.startswith("__MACOSX/")
        and not name.rpartition("/")[2].startswith(_NOBODYS)
    ]  # fmt: skip
    return Document("", media_type=ZIP, members=tuple(names))


def member(
    path: Path, data: Callable[[], bytes], names: tuple[str, ...], kind: Callable[..., str]
) -> tuple[Path, bytes]:
    """The name and the bytes of the file that `names` lead to, one inside the other.

    `kind` tells the media type of (name, bytes). Nothing is written to the disk on the way.
    """
    if len(names) > DEEPEST:
        raise Unreadable("damaged", detail=f"files in files more than {DEEPEST} deep")
    holder, found = path, data()
    for name in names:
        found = _one(kind(holder, found), found, name)
        holder = zipped.name_as_path(name)
    return holder, found


def _one(kind: str, data: bytes, name: str) -> bytes:
    if kind == ZIP:
        return _package(data).read(name)
    if kind == mail.TYPE:
        inside = dict(mail.attachments(data))
    elif kind == mail.MBOX:
        inside = _letters(data)
    else:
        raise Unreadable("damaged", detail="it holds no files")
    if name not in inside:
        raise Unreadable("damaged", detail=f"“{name[:100]}” is missing in it")
    return inside[name]


# The members of one file are asked for one after the other.
@lru_cache(1)
def _package(data: bytes) -> zipped.Package:
    return zipped.Package(data)


@lru_cache(1)
def _letters(data: bytes) -> dict[str, bytes]:
    return dict(mail.letters(data))
