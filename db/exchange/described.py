"""Descriptions that were changed in a spreadsheet: rows matched by identity, taken as one change."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db import edtf, errors, history, sources
from db.exchange import listed, tables
from db.exchange.isad import IN_TABLES
from db.exchange.tables import Cell
from db.exchange.taken import Conflict, Taken
from db.manifest import LEVELS
from db.records import Source

if TYPE_CHECKING:
    from db.archive import Archive

FIELDS = (
    "level", "reference_code", "title", "creator", "date", "language", "genre", "rights", "notes",
    "restricted",
)  # fmt: skip


def take_in(archive: "Archive", path: Path, *, only_look: bool = False) -> Taken:
    """Change what the rows of an exported table of sources say otherwise; one undoable change.

    With `only_look` nothing is changed: the answer says what would be.

    A row is the source of its `uuid`, else of its `id`. Columns that the table lacks stay as they
    are; what cannot be (a date that is no EDTF, an unknown level, no title, a restriction that says
    neither yes nor no) is told and left. Each change is told as a Conflict with what was and what is now.
    """
    rows = list(tables.read(path, listed.SOURCES))
    if not rows or not {"uuid", "id"} & rows[0].keys():
        raise errors.Unreadable("damaged", detail="no column named id or uuid")
    known = {source.uuid: source for source in sources.all(archive)}
    by_id = {source.id: source for source in known.values()}
    changed: list[Conflict] = []
    left_out: list[str] = []
    elements = sources.elements(archive, list(by_id))
    work: list[tuple[int, dict[str, Any], dict[str, str | None]]] = []
    for row in rows:
        source = _source(row, known, by_id)
        if source is None:
            left_out.append(str(row.get("title") or row.get("uuid") or row.get("id") or "?"))
            continue
        changes, refused = _changes(source, row)
        said, unsaid = _elements_changed(source, elements.get(source.id, {}), row)
        left_out += refused + unsaid
        if changes or said:
            work.append((source.id, changes, said))
            changed += [
                Conflict(source.title, name, _said(getattr(source, name)), _said(value))
                for name, value in changes.items()
            ]
            changed += [
                Conflict(source.title, name, elements[source.id].get(name, ""), _said(value))
                for name, value in said.items()
            ]
    if work and not only_look:
        with history.command(
            archive, "take in descriptions", "sources",
            facts={"file": path.name, "count": len(work)},
        ) as recording:  # fmt: skip
            for source_id, changes, said in work:
                if changes:
                    recording.update("sources", [source_id], sources.with_days(changes))
                if said:
                    sources.say_elements(recording, [source_id], said)
    return Taken(
        path, matched=len(rows) - len(work), described=len(work),
        conflicts=tuple(changed), left_out=tuple(left_out),
    )  # fmt: skip


def _source(
    row: Mapping[str, Cell], known: Mapping[str, Source], by_id: Mapping[int, Source]
) -> Source | None:
    uuid = row.get("uuid")
    if uuid:
        return known.get(str(uuid))
    source_id = row.get("id")
    return by_id.get(source_id) if isinstance(source_id, int) else None


def _changes(source: Source, row: Mapping[str, Cell]) -> tuple[dict[str, Any], list[str]]:
    changes: dict[str, Any] = {}
    refused: list[str] = []
    for name in FIELDS:
        if name not in row:
            continue
        ours, theirs = getattr(source, name), row[name]
        if name == "restricted":
            # An empty cell opens nothing.
            theirs = ours if theirs is None else theirs
        elif theirs is not None:
            theirs = str(theirs)
        if (ours or None) == (theirs or None):
            continue
        problem = _problem(name, theirs)
        if problem:
            refused.append(f"{source.title}: {name} {theirs or ''}".rstrip())
        else:
            changes[name] = int(theirs) if isinstance(theirs, bool) else theirs
    return changes, refused


def _elements_changed(
    source: Source, ours: Mapping[str, str], row: Mapping[str, Cell]
) -> tuple[dict[str, str | None], list[str]]:
    """What a row says otherwise in the further elements, and what cannot be told from it."""
    changed: dict[str, str | None] = {}
    refused: list[str] = []
    for name in IN_TABLES:
        if name not in row:
            continue
        theirs = _said(row[name]).replace("\r\n", "\n").strip()
        if theirs == ours.get(name, "").strip():
            continue
        if len(ours.get(name, "")) > tables.LONGEST_CELL:
            refused.append(f"{source.title}: {name}")  # a sheet cut it short
        else:
            changed[name] = theirs or None
    return changed, refused


def _problem(name: str, value: Cell) -> bool:
    if name == "title":
        return not value
    if name == "level":
        return value not in LEVELS
    if name == "restricted":
        return not isinstance(value, bool)
    return name == "date" and value is not None and not edtf.is_valid(str(value))


def _said(value: object) -> str:
    return "" if value is None else str(value)
