"""Pictures are kept as they are; where an engine that reads them is installed, with their words."""

from dataclasses import replace
from pathlib import Path

from db.errors import Unreadable
from db.readers import converted, opening
from db.records import Document

SUFFIXES = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".tif": "image/tiff",
    ".tiff": "image/tiff", ".gif": "image/gif", ".webp": "image/webp",
    ".djvu": "image/vnd.djvu",
}  # fmt: skip
TYPES = tuple(dict.fromkeys(SUFFIXES.values()))


def read(path: Path, data: bytes, *, encoding: str | None = None) -> Document:
    """A source without words, to be described; its original is kept. See `recognise`."""
    return Document("", media_type=opening.magic(data[:64]) or "", remarks=("picture",))


def recognise(document: Document, data: bytes) -> Document:
    """The same source with the words an installed engine reads in the picture, if it can."""
    suffix = next((end for end, kind in SUFFIXES.items() if kind == document.media_type), ".png")
    if converted.engine() is None:
        return document
    try:
        text, blocks = converted.recognised(data, suffix)
    except Unreadable:  # a kind the engine does not know, or more than it can read in its time
        return replace(document, remarks=("picture", "not_recognised"))
    remark = "recognised" if text else "picture"
    return replace(document, text=text, blocks=blocks, remarks=(remark,))
