"""The tree of sources: what is kept, how it is described and arranged, what it says."""

import json
import uuid as uuids
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from db import edtf, errors, history
from db.archive import now
from db.history import Recording
from db.manifest import LEVELS
from db.records import Passage, Source

if TYPE_CHECKING:
    from db.archive import Archive

DESCRIBED = (
    "title", "creator", "date", "language", "genre", "level", "reference_code", "rights", "notes",
    "restricted", "parent_id", "position",
)  # fmt: skip

RECOGNITION = "recognition"  # the element in which a source says how it was read in pictures


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


def recognised(archive: "Archive", passage_id: int) -> int | None:
    """How sure an engine was of the words it read in a picture, from 0 to 100; None if none read them.

    Of a corrected text nothing is said: a person has read that.
    """
    row = (
        archive.reading()
        .execute(
            "SELECT sources.description, passages.start FROM passages"
            " JOIN sources ON sources.text_id = passages.text_id"
            " JOIN texts ON texts.id = passages.text_id AND texts.version = 1"
            " WHERE passages.id = ?",
            [passage_id],
        )
        .fetchone()
    )
    said = _elements(row[0]).get(RECOGNITION) if row else None
    if row is None or said is None:
        return None
    try:
        sure = dict(json.loads(said)["passages"]).get(row[1])
    except (ValueError, KeyError, TypeError):
        return None  # a hand-edited archive
    return sure if isinstance(sure, int) else None


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


def elements(archive: "Archive", ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """What each source says in the elements of db/exchange/isad.py, by the source's id."""
    rows = archive.reading().execute(
        "SELECT id, description FROM sources WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(ids))],
    )
    found = {int(source_id): _elements(said) for source_id, said in rows.fetchall()}
    for said in found.values():
        said.pop(RECOGNITION, None)  # for machines, and no element of a description
    return found


def describe(archive: "Archive", source_id: int, **fields: Any) -> None:
    """Change the description of a source; one undoable command. `date` is EDTF."""
    describe_all(archive, [source_id], fields)


def describe_all(
    archive: "Archive",
    ids: Sequence[int],
    fields: Mapping[str, Any],
    said: Mapping[str, str | None] | None = None,
) -> None:
    """Give all these sources the same `fields` and elements `said`; one undoable command.

    What is not named stays as each source has it; an element that is None or empty is taken out.
    """
    unknown = fields.keys() - set(DESCRIBED)
    if unknown:
        raise TypeError(f"a source has no {sorted(unknown)[0]}")
    titles = [get(archive, source_id).title for source_id in ids]
    _refuse(fields)
    changes = with_days(fields)
    several = len(titles) > 1
    facts = {"count": len(titles)} if several else {"title": titles[0] if titles else ""}
    with history.command(
        archive, "describe sources" if several else "describe", "sources", facts=facts
    ) as recording:
        if fields.get("parent_id") is not None:
            _refuse_circle(recording, ids, fields["parent_id"])
        if changes:
            recording.update("sources", ids, changes)
        if said:
            say_elements(recording, ids, said)


def add(
    archive: "Archive",
    title: str,
    level: str = "file",
    parent_id: int | None = None,
    said: Mapping[str, str | None] | None = None,
    **fields: Any,
) -> int:
    """A new source without a text, last below its parent; one undoable command. Returns its id."""
    row = {"title": title, "level": level} | fields
    _refuse(row)
    if parent_id is not None:
        get(archive, parent_id)
    with history.command(archive, "new source", "sources", facts={"title": title}) as recording:
        return recording.insert(
            "sources",
            with_days(row)
            | {
                "uuid": str(uuids.uuid4()),
                "parent_id": parent_id,
                "position": _last(recording, parent_id) + 1,
                "description": json.dumps(
                    {name: text for name, text in (said or {}).items() if text}, ensure_ascii=False
                ),
                "added_at": now(),
            },
        )


def move(
    archive: "Archive", ids: Sequence[int], parent_id: int | None, before: int | None = None
) -> None:
    """Put sources below another (None: at the top) in the order of `ids`; one undoable command.

    They stand before the sibling `before`, or else last. What lies below one of them goes with it,
    also where it is named itself. BadDescription if one would come to lie below itself.
    """
    if parent_id is not None:
        get(archive, parent_id)
    parents = {source.id: source.parent_id for source in all(archive)}
    for source_id in ids:
        if source_id not in parents:
            raise errors.UnknownSource(source_id=source_id)
    named = dict.fromkeys(ids)
    going = [each for each in named if not _is_below(each, named, parents)]
    with history.command(
        archive, "move sources", "sources", facts={"count": len(going)}
    ) as recording:
        _refuse_circle(recording, going, parent_id)
        staying = [each for each in _children(recording, parent_id) if each not in named]
        at = staying.index(before) if before in staying else len(staying)
        order = staying[:at] + going + staying[at:]
        # At the end the others keep their places: ten thousand siblings need not be renumbered.
        first = 0 if at < len(staying) else _last(recording, parent_id) + 1
        placed = order if at < len(staying) else going
        recording.update("sources", going, {"parent_id": parent_id})
        recording.update_each(
            "sources", {each: {"position": at} for at, each in enumerate(placed, first)}
        )


def shift(archive: "Archive", source_id: int, step: int) -> bool:
    """Move a source `step` places among its siblings; false, and nothing done, at the end."""
    parent_id = get(archive, source_id).parent_id
    siblings = [source.id for source in all(archive) if source.parent_id == parent_id]
    to = siblings.index(source_id) + step
    if not 0 <= to < len(siblings):
        return False
    siblings.remove(source_id)
    move(archive, [source_id], parent_id, siblings[to] if to < len(siblings) else None)
    return True


def remove(archive: "Archive", ids: Sequence[int]) -> None:
    """Put sources and all that lies below them into the bin; one undoable command."""
    gone = with_below(archive, ids)
    with history.command(
        archive, "remove sources", "sources", facts={"count": len(gone)}
    ) as recording:
        recording.update("sources", gone, {"deleted_at": now()})


def with_days(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields, with the first and last day of their EDTF `date` beside it."""
    changes = dict(fields)
    if "date" in changes:
        earliest, latest = (
            edtf.earliest_latest(changes["date"]) if changes["date"] else (None, None)
        )
        changes |= {"earliest": earliest, "latest": latest}
    return changes


def with_below(archive: "Archive", ids: Sequence[int]) -> list[int]:
    """The sources with all that lies below them."""
    return sorted(below(all(archive), ids))


def below(known: Iterable[Source], ids: Iterable[int]) -> set[int]:
    """Of the sources `known`, those of `ids` and all that lies below them."""
    children: dict[int | None, list[int]] = {}
    for source in known:
        children.setdefault(source.parent_id, []).append(source.id)
    found: set[int] = set()
    waiting = list(ids)
    while waiting:
        source_id = waiting.pop()
        if source_id not in found:
            found.add(source_id)
            waiting += children.get(source_id, [])
    return found


def _refuse(fields: Mapping[str, Any]) -> None:
    """BadDescription for what no source may have."""
    if "title" in fields and not str(fields["title"] or "").strip():
        raise errors.BadDescription("title")
    if "level" in fields and fields["level"] not in LEVELS:
        raise errors.BadDescription("level", str(fields["level"]))
    if fields.get("date") and not edtf.is_valid(str(fields["date"])):
        raise errors.BadDescription("date", str(fields["date"]))


def _refuse_circle(recording: Recording, ids: Sequence[int], parent_id: int | None) -> None:
    # What lies in the bin is passed through, too: it may come back to where it was.
    passed: set[int] = set()
    above = parent_id
    while above is not None and above not in passed:
        passed.add(above)
        if above in ids:
            title = recording.database.execute(
                "SELECT title FROM sources WHERE id = ?", [above]
            ).fetchone()[0]
            raise errors.BadDescription("circle", str(title))
        row = recording.database.execute(
            "SELECT parent_id FROM sources WHERE id = ?", [above]
        ).fetchone()
        above = row[0] if row else None


def _children(recording: Recording, parent_id: int | None) -> list[int]:
    rows = recording.database.execute(
        "SELECT id FROM sources WHERE parent_id IS ? ORDER BY position, id", [parent_id]
    )
    return [int(row[0]) for row in rows.fetchall()]


def _last(recording: Recording, parent_id: int | None) -> int:
    row = recording.database.execute(
        "SELECT coalesce(max(position), -1) FROM sources WHERE parent_id IS ?", [parent_id]
    ).fetchone()
    return int(row[0])


def _is_below(source_id: int, others: Container[int], parents: Mapping[int, int | None]) -> bool:
    passed = {source_id}
    above = parents.get(source_id)
    while above is not None and above not in passed:
        if above in others:
            return True
        passed.add(above)
        above = parents.get(above)
    return False


def _elements(stored: str) -> dict[str, str]:
    try:
        said = json.loads(stored)
    except ValueError:
        return {}  # a hand-edited archive
    return {str(k): str(v) for k, v in said.items() if v} if isinstance(said, dict) else {}


def say_elements(recording: Recording, ids: Sequence[int], said: Mapping[str, str | None]) -> None:
    """Say in each description, within a command; an element that is None or empty is taken out."""
    sql = "SELECT id, description FROM sources WHERE id IN (SELECT value FROM json_each(?))"
    changes = {}
    for source_id, stored in recording.database.execute(sql, [json.dumps(list(ids))]).fetchall():
        before = _elements(stored)
        kept = {name: text for name, text in {**before, **said}.items() if text}
        if kept != before:
            changes[source_id] = {"description": json.dumps(kept, ensure_ascii=False)}
    recording.update_each("sources", changes)


def _source(row: Sequence[Any]) -> Source:
    *fields, restricted, text_id = row
    return Source(*[*fields, bool(restricted), text_id])
