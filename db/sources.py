"""The tree of sources: what is kept, how it is described, what it says, the bin."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from db import edtf, errors, history
from db.archive import now
from db.records import Passage, Source

if TYPE_CHECKING:
    from db.archive import Archive

DESCRIBED = (
    "title", "creator", "date", "language", "genre", "level", "reference_code", "rights", "notes",
    "restricted", "parent_id", "position",
)  # fmt: skip

# A source shows once its import is complete; `figures` counts what a person has not rejected.
VISIBLE = """
      sources.deleted_at IS NULL
  AND (sources.import_id IS NULL
       OR (SELECT completed_at FROM imports WHERE imports.id = sources.import_id) IS NOT NULL)
"""

_SOURCES = f"""
    SELECT sources.id, sources.uuid, sources.parent_id, sources.level, sources.reference_code,
           sources.title, sources.creator, sources.date, sources.language, sources.genre,
           sources.file_name, originals.media_type, originals.sha256, sources.passages,
           (SELECT count(*) FROM figures
             WHERE figures.source_id = sources.id AND figures.text_id = sources.text_id) AS figures,
           sources.rights, sources.notes, sources.restricted, sources.text_id
      FROM sources
      LEFT JOIN originals ON originals.id = sources.original_id
     WHERE {VISIBLE}
"""
_ALL = _SOURCES + " ORDER BY sources.parent_id IS NOT NULL, sources.position, sources.id"
_ONE = _SOURCES + " AND sources.id = ?"

_PASSAGES = """
    SELECT passages.id, passages.source_id, passages.ordinal, passages.start, passages."end",
           passages.kind, passages.page, passages.text
      FROM passages
      JOIN sources ON sources.id = passages.source_id AND sources.text_id = passages.text_id
"""


def all(archive: "Archive") -> list[Source]:
    """Every source that shows, parents before children of the same parent in their order."""
    return [_source(row) for row in archive.reading().execute(_ALL).fetchall()]


def get(archive: "Archive", source_id: int) -> Source:
    """The source, or UnknownSource."""
    row = archive.reading().execute(_ONE, [source_id]).fetchone()
    if row is None:
        raise errors.UnknownSource(source_id=source_id)
    return _source(row)


def text(archive: "Archive", source_id: int) -> str:
    """The stored text of a source, exactly; "" where it has none."""
    get(archive, source_id)
    row = (
        archive.reading()
        .execute(
            "SELECT texts.text FROM texts JOIN sources ON sources.text_id = texts.id"
            " WHERE sources.id = ?",
            [source_id],
        )
        .fetchone()
    )
    return str(row[0]) if row else ""


def passages(archive: "Archive", source_id: int) -> list[Passage]:
    """The passages of a source's present text, in order."""
    get(archive, source_id)
    sql = _PASSAGES + " WHERE passages.source_id = ? ORDER BY passages.ordinal"
    return [Passage(*row) for row in archive.reading().execute(sql, [source_id]).fetchall()]


def passage(archive: "Archive", passage_id: int) -> Passage | None:
    """One passage; None if it has gone."""
    row = archive.reading().execute(_PASSAGES + " WHERE passages.id = ?", [passage_id]).fetchone()
    return Passage(*row) if row else None


def passages_by_id(archive: "Archive", ids: Sequence[int]) -> dict[int, Passage]:
    """These passages in one question; one that has gone is absent."""
    sql = _PASSAGES + " WHERE passages.id IN (SELECT value FROM json_each(?))"
    rows = archive.reading().execute(sql, [json.dumps(list(ids))]).fetchall()
    return {passage.id: passage for passage in (Passage(*row) for row in rows)}


def restricted(archive: "Archive") -> frozenset[int]:
    """The ids of the sources that stay out of whatever leaves the archive.

    A source is restricted if it or anything it lies below is, also where that lies in the bin.
    """
    return frozenset(int(row[0]) for row in archive.reading().execute(_CLOSED).fetchall())


_CLOSED = """
    WITH RECURSIVE closed (id) AS (
        SELECT id FROM sources WHERE restricted = 1
        UNION
        SELECT sources.id FROM sources JOIN closed ON sources.parent_id = closed.id
    )
    SELECT id FROM closed
"""


def original(archive: "Archive", source_id: int) -> bytes | None:
    """The bytes the source came from; None where they are not kept."""
    row = (
        archive.reading()
        .execute(
            "SELECT originals.bytes FROM originals"
            " JOIN sources ON sources.original_id = originals.id WHERE sources.id = ?",
            [source_id],
        )
        .fetchone()
    )
    return row[0] if row else None


def describe(archive: "Archive", source_id: int, **fields: Any) -> None:
    """Change the description of a source; one undoable command. `date` is EDTF."""
    unknown = fields.keys() - set(DESCRIBED)
    if unknown:
        raise TypeError(f"a source has no {sorted(unknown)[0]}")
    with history.command(
        archive, "describe", "sources", facts={"title": get(archive, source_id).title}
    ) as recording:
        recording.update("sources", [source_id], with_days(fields))


def remove(archive: "Archive", ids: Sequence[int]) -> None:
    """Put sources and all that lies below them into the bin; one undoable command."""
    below = _with_descendants(archive, ids)
    with history.command(
        archive, "remove sources", "sources", facts={"count": len(below)}
    ) as recording:
        recording.update("sources", below, {"deleted_at": now()})


def with_days(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields, with the first and last day of their EDTF `date` beside it."""
    changes = dict(fields)
    if "date" in changes:
        earliest, latest = (
            edtf.earliest_latest(changes["date"]) if changes["date"] else (None, None)
        )
        changes |= {"earliest": earliest, "latest": latest}
    return changes


def _with_descendants(archive: "Archive", ids: Sequence[int]) -> list[int]:
    children: dict[int, list[int]] = {}
    for source in all(archive):
        if source.parent_id is not None:
            children.setdefault(source.parent_id, []).append(source.id)
    found: list[int] = []
    waiting = list(ids)
    while waiting:
        source_id = waiting.pop()
        if source_id not in found:
            found.append(source_id)
            waiting += children.get(source_id, [])
    return sorted(found)


def _source(row: Sequence[Any]) -> Source:
    *fields, restricted, text_id = row
    return Source(*[*fields, bool(restricted), text_id])
