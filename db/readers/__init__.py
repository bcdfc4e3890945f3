"""Files become Documents here: text in its canonical form, structure, what is known of origin."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from db import language
from db.errors import Unreadable
from db.readers import markdown, opening, plain, tagged, web
from db.records import Document

_MODULES = (plain, markdown, web, tagged)
_TYPES = {
    **dict.fromkeys(plain.SUFFIXES, "text/plain"),
    **dict.fromkeys(markdown.SUFFIXES, "text/markdown"),
    **dict.fromkeys(web.SUFFIXES, "text/html"),
    ".xhtml": "application/xhtml+xml",
    ".xht": "application/xhtml+xml",
    **dict.fromkeys(tagged.SUFFIXES, "application/xml"),
}
_READERS: dict[str, Callable[..., Document]] = {
    "text/plain": plain.read,
    "text/markdown": markdown.read,
    "text/html": web.read,
    "application/xhtml+xml": web.read,
    "application/xml": tagged.read,
}

SUFFIXES: tuple[str, ...] = tuple(_TYPES)


def read(path: Path, *, encoding: str | None = None) -> Document:
    """The Document in the file at `path`; `encoding` is a person's word and wins.

    Unreadable, with a stable reason, where there is none.
    """
    data = opening.load(path)
    reader = _READERS.get(media_type(path, data[:4096]), plain.read)
    try:
        document = reader(path, data, encoding=encoding)
    except Unreadable as refusal:
        refusal.facts.setdefault("path", path)
        raise
    if document.language is None:
        document = replace(document, language=language.detect(document.text))
    return document


def media_type(path: Path, head: bytes) -> str:
    """What the file is: by its first bytes where they are unmistakable, else by its suffix.

    A file of an unknown suffix is a page, XML or plain text; the reader refuses what is none.
    """
    found = opening.magic(head)
    if found is not None:
        return found
    by_suffix = _TYPES.get(path.suffix.lower())
    if by_suffix == "application/xml" and b"http://www.w3.org/1999/xhtml" in head[:1000]:
        return "application/xhtml+xml"
    if by_suffix is not None:
        return by_suffix
    start = head[:1000].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    if start.startswith(b"<?xml"):
        is_page = b"http://www.w3.org/1999/xhtml" in start
        return "application/xhtml+xml" if is_page else "application/xml"
    return "text/plain"
