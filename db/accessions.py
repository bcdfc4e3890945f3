"""The accession log: what came in when, from whom, and which sources are of it."""

import uuid as uuids
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import codes, edtf, errors, history, sources
from db.sources import VISIBLE

if TYPE_CHECKING:
    from db.archive import Archive

FIELDS = ("number", "received", "received_from", "provenance", "notes")
TITLES_SHOWN = 5  # of the sources of an entry


@dataclass(frozen=True, slots=True)
class Accession:
    """One entry of the log; `received` is EDTF, `titles` begins the list of its sources."""

    id: int
    uuid: str
    number: str | None = None
    received: str | None = None
    received_from: str | None = None
    provenance: str | None = None
    notes: str | None = None
    sources: int = 0
    titles: tuple[str, ...] = ()


def all(archive: "Archive") -> list[Accession]:
    """The log, the newest entry first."""
    database = archive.reading()
    titles: dict[int, list[str]] = {}
    for accession_id, title in database.execute(_OF_EACH).fetchall():
        titles.setdefault(accession_id, []).append(title)
    found = []
    for fields in database.execute(_ALL).fetchall():
        own = titles.get(fields[0], [])
        found.append(Accession(*[*fields, len(own), tuple(own[:TITLES_SHOWN])]))
    return found


_OF_EACH = f"""
    SELECT accession_id, title FROM sources WHERE accession_id IS NOT NULL AND {VISIBLE} ORDER BY id
"""
_ALL = """
    SELECT id, uuid, number, received, received_from, provenance, notes
      FROM accessions
     ORDER BY id DESC
"""


def next_number(archive: "Archive", year: int) -> str:
    """The number of the next entry: it follows the newest one, or begins the year."""
    sql = "SELECT number FROM accessions WHERE number <> '' ORDER BY id DESC"
    numbers = [str(row[0]) for row in archive.reading().execute(sql).fetchall()]
    if numbers:
        following = codes.after(numbers[0], set(numbers))
        # 2025/14 is followed by 2026/1 once the year is another.
        before, mark, _ = numbers[0].rpartition("/")
        if not mark or before == str(year) or not before.isdecimal():
            return following or ""
    first = f"{year}/1"
    return first if first not in numbers else codes.after(first, set(numbers)) or ""


def add(
    archive: "Archive", fields: Mapping[str, str | None], source_ids: Sequence[int] = ()
) -> int:
    """A new entry, with the sources that are of it; one undoable command. Returns its id."""
    row = _row(fields)
    with history.command(
        archive, "new accession", "accessions", "sources", facts={"name": row.get("number") or ""}
    ) as recording:
        accession_id = recording.insert("accessions", {"uuid": str(uuids.uuid4()), **row})
        recording.update("sources", source_ids, {"accession_id": accession_id})
    return accession_id


def change(archive: "Archive", accession_id: int, fields: Mapping[str, str | None]) -> None:
    """Change an entry; one undoable command."""
    row = _row(fields)
    with history.command(
        archive, "change accession", "accessions", facts={"name": row.get("number") or ""}
    ) as recording:
        recording.update("accessions", [accession_id], row)


def remove(archive: "Archive", accession_id: int) -> None:
    """Take an entry off the log; its sources stay, of no accession. One undoable command."""
    with history.command(archive, "remove accession", "accessions", "sources") as recording:
        recording.delete_with_rows_below("accessions", [accession_id])


def assign(archive: "Archive", source_ids: Sequence[int], accession_id: int | None) -> None:
    """Say of sources and all below them which accession they are of; one undoable command."""
    below = sources.with_below(archive, source_ids)
    with history.command(
        archive, "assign sources", "sources", "accessions", facts={"count": len(below)}
    ) as recording:
        if accession_id is not None:
            sql = "SELECT 1 FROM accessions WHERE id = ?"
            if recording.database.execute(sql, [accession_id]).fetchone() is None:
                raise errors.BadDescription("accession")
        recording.update("sources", below, {"accession_id": accession_id})


def _row(fields: Mapping[str, str | None]) -> dict[str, str | None]:
    unknown = fields.keys() - set(FIELDS)
    if unknown:
        raise TypeError(f"an accession has no {sorted(unknown)[0]}")
    row = {name: (text or "").strip() or None for name, text in fields.items()}
    if row.get("received") and not edtf.is_valid(str(row["received"])):
        raise errors.BadDescription("date", str(row["received"]))
    return row
