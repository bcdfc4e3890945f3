"""Pictures are kept as they are; where an engine that reads them is installed, with their words."""

from dataclasses import replace
from pathlib import Path

from db.errors import Unreadable
from db.readers import opening, recognised
from db.readers.layout import one_below_the_other
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


def recognise(document: Document, data: bytes, languages: str) -> Document:
    """The same source with the words an installed engine reads in the picture, if it can."""
    suffix = next((end for end, kind in SUFFIXES.items() if kind == document.media_type), ".png")
    if recognised.engine() is None:
        return document
    engine = recognised.Engine(languages)
    try:
        found = engine.read(data, suffix)
    except Unreadable:  # a kind the engine does not know, or more than it can read in its time
        return replace(document, remarks=("picture", "not_recognised"))
    if not found:
        return document
    has_pages = found[-1].page > 1
    text, blocks, _ = one_below_the_other(
        (read.words, "paragraph", str(read.page) if has_pages else None, 0) for read in found
    )
    noted = recognised.noted(engine, list(zip(blocks, found, strict=True)))
    remarks = (f"recognised:{noted.confidence}",)
    return replace(document, text=text, blocks=blocks, remarks=remarks, recognition=noted)
