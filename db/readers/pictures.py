"""Pictures are kept as they are: without an engine that reads them they have no words."""

from pathlib import Path

from db.readers import opening
from db.records import Document

SUFFIXES = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".tif": "image/tiff",
    ".tiff": "image/tiff", ".gif": "image/gif", ".webp": "image/webp",
    ".djvu": "image/vnd.djvu",
}  # fmt: skip
TYPES = tuple(dict.fromkeys(SUFFIXES.values()))


def read(path: Path, data: bytes, *, encoding: str | None = None) -> Document:
    """A source without words, to be described; its original is kept."""
    return Document("", media_type=opening.magic(data[:64]) or "", remarks=("picture",))
