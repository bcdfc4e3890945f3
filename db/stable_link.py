"""Stable links to a source or to words of it: `muniment:ARCHIVE-UUID/SOURCE-UUID/VERSION#START,END`.

A link names the version of the text it counts in. Where there is a newer one, the words are found
again by exact match alone, as annotations are.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from db import errors, known, sources
from db.records import Span

if TYPE_CHECKING:
    from db.archive import Archive

SCHEME = "muniment:"
_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_LINK = re.compile(
    rf"muniment:({_UUID})/({_UUID})/([0-9]{{1,9}})(?:#([0-9]{{1,12}}),([0-9]{{1,12}}))?"
)


@dataclass(frozen=True, slots=True)
class StableLink:
    """What a link says; without `span` it means the whole source."""

    archive_uuid: str
    source_uuid: str
    version: int
    span: Span | None = None

    def __str__(self) -> str:
        place = f"{SCHEME}{self.archive_uuid}/{self.source_uuid}/{self.version}"
        return place if self.span is None else f"{place}#{self.span.start},{self.span.end}"


@dataclass(frozen=True, slots=True)
class Found:
    """Where a link leads; `span` is None where it means a source or its words are not there now."""

    source_id: int
    span: Span | None
    is_lost: bool = False


def parse(text: str) -> StableLink:
    """The link that `text` is; raises BadLinkText where it is none."""
    match = _LINK.fullmatch(text.strip())
    if match is None:
        raise errors.BadLinkText(text=text)
    archive_uuid, source_uuid, version, start, end = match.groups()
    span = None if start is None else Span(int(start), int(end))
    if span is not None and span.start >= span.end:
        raise errors.BadLinkText(text=text)
    return StableLink(archive_uuid.lower(), source_uuid.lower(), int(version), span)


def of(archive: "Archive", source_id: int, span: Span | None = None) -> StableLink:
    """The link to a source, or to words of its present text."""
    source = sources.get(archive, source_id)
    row = (
        archive.reading()
        .execute("SELECT version FROM texts WHERE id = ?", [source.text_id])
        .fetchone()
    )
    return StableLink(archive.uuid, source.uuid, int(row[0]) if row else 0, span)


def archive_path(link: StableLink) -> Path:
    """Where the archive of a link was last seen on this machine; UnknownArchive if nowhere."""
    path = known.path_of(link.archive_uuid)
    if path is None or not path.is_file():
        raise errors.UnknownArchive(uuid=link.archive_uuid)
    return path


def find(archive: "Archive", link: StableLink) -> Found:
    """Where a link leads in this archive; raises UnknownArchive or UnknownSource."""
    from db.exchange.incoming import place

    if link.archive_uuid != archive.uuid:
        raise errors.UnknownArchive(uuid=link.archive_uuid)
    database = archive.reading()
    row = database.execute(
        f"SELECT id, text_id FROM sources WHERE uuid = ? AND {sources.VISIBLE}", [link.source_uuid]
    ).fetchone()
    if row is None:
        raise errors.UnknownSource(source_id=link.source_uuid)
    source_id, text_id = int(row[0]), row[1]
    if link.span is None:
        return Found(source_id, None)
    named = database.execute(
        "SELECT id, text FROM texts WHERE source_id = ? AND version = ?", [source_id, link.version]
    ).fetchone()
    if named is None or link.span.end > len(named[1]):
        return Found(source_id, None, is_lost=True)
    if named[0] == text_id:
        return Found(source_id, link.span)
    from db.annotations import selector

    words, prefix, suffix = selector(named[1], link.span.start, link.span.end)
    found = place(sources.text(archive, source_id), words, prefix, suffix, None)
    return Found(source_id, None if found is None else Span(*found), is_lost=found is None)
