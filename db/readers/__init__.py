"""Files become Documents here: text in its canonical form, structure, what is known of origin."""

from pathlib import Path

from db.errors import Unreadable
from db.readers import opening, plain
from db.records import Document

SUFFIXES: tuple[str, ...] = plain.SUFFIXES


def read(path: Path, *, encoding: str | None = None) -> Document:
    """The Document in the file at `path`; `encoding` is a person's word and wins.

    Unreadable, with a stable reason, where there is none.
    """
    data = opening.load(path)
    try:
        return plain.read(path, data, encoding=encoding)
    except Unreadable as refusal:
        refusal.facts.setdefault("path", path)
        raise
