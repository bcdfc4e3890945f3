"""Plain text of any encoding as a Document."""

from pathlib import Path

from db.readers import opening
from db.readers.canonical import canonical
from db.readers.encodings import decode
from db.records import Document

SUFFIXES = (".txt", ".text", ".asc", ".log")


def read(path: Path, data: bytes, *, encoding: str | None = None) -> Document:
    """The text of `data`, canonical; Unreadable where it is none."""
    opening.refuse_known_binary(path, data)
    decoded = decode(data, given=encoding)
    text, replaced = canonical(decoded.text)
    return Document(
        text=text,
        media_type="text/plain",
        encoding=decoded.encoding,
        encoding_is_sure=decoded.is_sure,
        replaced=replaced + decoded.replaced,
    )
