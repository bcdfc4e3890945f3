"""Citations of sources in a chosen style (CSL), formatted by a citation processor."""

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import resources
from db import edtf, sources, stable_link
from db.exchange.reference import kind, names
from db.records import Source, Span

if TYPE_CHECKING:
    from db.archive import Archive

STYLES = ("note", "author-date")
_styles: dict[str, Any] = {}
_lock = threading.Lock()  # the processor keeps the state of a citation in its style


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference to words, in a style, and the stable link to them."""

    reference: str
    link: str


def cite(archive: "Archive", source_id: int, span: Span, style: str = "note") -> Cited:
    """The reference to words of a source, with the page they stand on, and the link to them."""
    source = sources.get(archive, source_id)
    link = stable_link.of(archive, source_id, span)
    page = page_at(archive, source.text_id, span.start)
    return Cited(reference(source, archive.title, page, style), str(link))


def page_at(archive: "Archive", text_id: int | None, place: int) -> str | None:
    """The page that a place of a text stands on; None where the text has none."""
    row = (
        archive.reading()
        .execute(
            "SELECT page FROM passages WHERE text_id = ? AND start <= ? AND page IS NOT NULL"
            " ORDER BY start DESC LIMIT 1",
            [text_id, place],
        )
        .fetchone()
    )
    return None if row is None else str(row[0])


def reference(
    source: Source, archive_title: str, page: str | None = None, style: str = "note"
) -> str:
    """A source in a style, as plain text."""
    from citeproc import (
        Citation,
        CitationItem,
        CitationStylesBibliography,
        Locator,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON

    item: dict[str, Any] = {"id": "cited", "type": kind(source.genre), "title": source.title}
    authors = [
        {"literal": name.literal} if name.literal else {"family": name.family, "given": name.given}
        for name in names(source.creator)
    ]
    plain = {
        "author": authors,
        "issued": _issued(source.date),
        "genre": source.genre,
        "archive": archive_title,
        "archive_location": source.reference_code,
    }
    item |= {name: value for name, value in plain.items() if value}
    with _lock:
        works = CitationStylesBibliography(_style(style), CiteProcJSON([item]), formatter.plain)
        locator = {"locator": Locator("page", page)} if page else {}
        citation = Citation([CitationItem("cited", **locator)])
        works.register(citation)
        return str(works.cite(citation, lambda _item: None))


def _style(name: str) -> Any:
    from citeproc import CitationStylesStyle

    if name not in STYLES:
        name = STYLES[0]
    if name not in _styles:
        path = str(resources.path(f"citation/{name}.csl"))
        _styles[name] = CitationStylesStyle(path, validate=False)
    return _styles[name]


def _issued(date: str | None) -> dict[str, Any] | None:
    """A plain date in its parts; what is uncertain or a span in words, which lose nothing."""
    if not date:
        return None
    parts = date.split("-")
    if date[0] != "-" and len(parts) <= 3 and all(part.isdigit() for part in parts):
        numbers = [int(part) for part in parts]
        if len(numbers) == 1 or 1 <= numbers[1] <= 12:
            return {"date-parts": [numbers]}
    return {"literal": edtf.in_words(date)}
