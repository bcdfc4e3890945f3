"""Brings the sources, originals and texts of a copy that are not here, and lays the others side by side.

What comes is stored unseen, in short transactions, as an import is; the one command of the merge
shows it. Every byte and every span is held against its words before it is believed.
"""

import hashlib
import json
import uuid as uuids
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from db import figures, storing
from db.archive import now
from db.merge_matching import Coming
from db.merge_past import chunks
from db.merge_rows import Merging, Row, rows
from db.merge_tables import SOURCES
from db.records import Block, Document
from db.sources import with_days

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.archive import Archive

STAGING = json.dumps({"merge": True})  # the report of the import that hides what is still coming
_FIGURE_COLUMNS = (
    *figures.FIELDS, "doubts", "rules", "why", "status", "grammar", "proposal",
)  # fmt: skip


def bring(archive: "Archive | None", merging: Merging, coming: Coming) -> None:
    """Store what is coming, unseen; without an archive only verify and count it."""
    if archive is not None and coming.sources:
        with archive.writing("imports", urgent=False) as database:
            coming.import_id = storing.insert(
                database,
                "imports",
                {"uuid": str(uuids.uuid4()), "started_at": now(), "report": STAGING},
            )
    for original_id in coming.originals:
        _bring_original(archive, merging, original_id)
    for done, source_id in enumerate(coming.sources):
        merging.begin(done, len(coming.sources), "sources")
        _bring_source(archive, merging, source_id, coming)
    for done, text_id in enumerate(coming.texts):
        merging.begin(done, len(coming.texts), "texts")
        _bring_text(archive, merging, text_id)
    for table in ("figures", "periods"):
        sql = f"SELECT coalesce(max(id), 0) FROM {table}"
        (coming.before[table],) = merging.ours.execute(sql).fetchone()
    for text_id in coming.unread:
        text = _verified_text(merging, text_id)
        _bring_figures(archive, merging, text_id, str(text["text"]))
    if archive is not None:
        _show_present_texts(archive, merging, coming)


def drop(archive: "Archive", merging: Merging, coming: Coming) -> None:
    """Take away what was stored for a merge that did not come about."""
    new = {merging.ours_of("sources", each) for each in coming.sources}
    storing.drop(archive, [each for each in new if each is not None])
    with archive.writing("texts", urgent=False) as database:
        for their_id in coming.texts:
            _drop_text(database, merging.ours_of("texts", their_id))
        for their_id in coming.unread:
            _drop_figures(database, merging.ours_of("texts", their_id), coming.before)
        for their_id in coming.originals:
            database.execute(
                "DELETE FROM originals WHERE id = ? AND id NOT IN"
                " (SELECT original_id FROM sources WHERE original_id IS NOT NULL)",
                [merging.ours_of("originals", their_id)],
            )
        if coming.import_id is not None:
            database.execute("DELETE FROM imports WHERE id = ?", [coming.import_id])


def drop_leftovers(archive: "Archive") -> None:
    """Take away what merges that were killed have stored."""
    found = archive.reading().execute(
        "SELECT id FROM imports WHERE completed_at IS NULL AND report = ?", [STAGING]
    )
    for (import_id,) in found.fetchall():
        storing.drop(archive, storing.sources_of(archive, import_id))
        with archive.writing("imports", urgent=False) as database:
            database.execute("DELETE FROM imports WHERE id = ?", [import_id])


def show(merging: Merging, coming: Coming) -> None:
    """Within the command: the new sources show from now on, and go to the bin if it is undone."""
    recording = merging.recording
    assert recording is not None
    database = recording.database
    imports = _imports(merging, coming)
    for their_id in coming.sources:
        our_id = merging.ours_of("sources", their_id)
        (their_import, accession) = merging.theirs.execute(
            "SELECT import_id, accession_id FROM sources WHERE id = ?", [their_id]
        ).fetchone()
        database.execute(
            "UPDATE sources SET import_id = ? WHERE id = ?", [imports.get(their_import), our_id]
        )
        recording.note("sources", int(our_id or 0), {"deleted_at": now()}, {"deleted_at": None})
        if (ours := merging.ours_of("accessions", accession)) is not None:
            recording.update("sources", [int(our_id or 0)], {"accession_id": ours})
    if coming.import_id is not None:
        database.execute("DELETE FROM imports WHERE id = ?", [coming.import_id])


def compare(merging: Merging, coming: Coming) -> None:
    """Lay the descriptions of the sources that both have side by side."""
    new = set(coming.sources)
    matched = [each for each in merging.ids.get("sources", {}) if each not in new]
    for some in chunks(matched):
        listed = json.dumps(list(some))
        sql = "SELECT * FROM sources WHERE id IN (SELECT value FROM json_each(?))"
        ours_listed = json.dumps([merging.ids["sources"][each] for each in some])
        ours = {row["id"]: row for row in rows(merging.ours, sql, [ours_listed])}
        for row in rows(merging.theirs, sql, [listed]):
            mine = ours.get(merging.ids["sources"][row["id"]])
            mapped = merging.mapped(SOURCES, row)
            if mine is not None and mapped is not None:
                merging.compare(SOURCES, mine, row, mapped)


def bring_people(merging: Merging) -> None:
    """Add the people that are not here; within the command. They are no part of what is undone."""
    for row in rows(merging.theirs, "SELECT id, uuid, name FROM people ORDER BY id", []):
        if merging.ours_of("people", row["id"]) is not None:
            continue
        used = (
            "SELECT 1 FROM annotations WHERE person_id = ?1 UNION SELECT 1 FROM links"
            " WHERE person_id = ?1 UNION SELECT 1 FROM plots WHERE person_id = ?1 UNION"
            " SELECT 1 FROM searches WHERE person_id = ?1 UNION SELECT 1 FROM alignments"
            " WHERE person_id = ?1"
        )
        if merging.theirs.execute(used, [row["id"]]).fetchone() is None:
            continue
        our_id = merging.placeholder()
        if merging.recording is not None:
            new = {"uuid": row["uuid"], "name": row["name"]}
            our_id = storing.insert(merging.recording.database, "people", new)
        merging.count(merging.merged.added, "people")
        merging.match("people", row["id"], our_id)


# -- bringing -----------------------------------------------------------------------------------


def _bring_original(archive: "Archive | None", merging: Merging, their_id: int) -> None:
    (row,) = rows(merging.theirs, "SELECT * FROM originals WHERE id = ?", [their_id])
    data = row["bytes"]
    if data is not None and (
        len(data) != row["size"] or hashlib.sha256(data).hexdigest() != row["sha256"]
    ):
        raise merging.refuse(f"original {row['file_name']}")
    merging.count(merging.merged.added, "originals")
    our_id = merging.placeholder()
    if archive is not None:
        row.pop("id")
        with archive.writing("sources", urgent=False) as database:
            our_id = merging.guarded(lambda: storing.insert(database, "originals", row))
    merging.match("originals", their_id, our_id)


def _bring_source(
    archive: "Archive | None", merging: Merging, their_id: int, coming: Coming
) -> None:
    (row,) = rows(merging.theirs, "SELECT * FROM sources WHERE id = ?", [their_id])
    mapped = merging.mapped(SOURCES, row)
    assert mapped is not None  # nothing a source refers to is needed
    merging.count(merging.merged.added, "sources")
    our_id = merging.placeholder()
    if archive is not None:
        own = ("id", "text_id", "accession_id", "passages", "deleted_at")
        new = {name: value for name, value in mapped.items() if name not in own}
        new = with_days(new | {"import_id": coming.import_id})
        with archive.writing("sources", urgent=False) as database:
            our_id = merging.guarded(lambda: storing.insert(database, "sources", new))
    merging.match("sources", their_id, our_id)


def _verified_text(merging: Merging, their_id: int) -> Row:
    (row,) = rows(merging.theirs, "SELECT * FROM texts WHERE id = ?", [their_id])
    said = str(row["text"]).encode("utf-8", "surrogatepass")
    if hashlib.sha256(said).hexdigest() != row["sha256"]:
        raise merging.refuse("a text that is not the one it says it is")
    return row


def _bring_text(archive: "Archive | None", merging: Merging, their_id: int) -> None:
    row = _verified_text(merging, their_id)
    text = str(row["text"])
    found = merging.theirs.execute(
        'SELECT start, "end", kind, page, level, text FROM passages WHERE text_id = ?'
        " ORDER BY ordinal",
        [their_id],
    ).fetchall()
    last = 0
    for start, end, *_, said in found:
        if start < last or text[start:end] != said:
            raise merging.refuse(f"passages: words that do not stand at {start}–{end}")
        last = end
    merging.count(merging.merged.added, "texts")
    merging.count(merging.merged.added, "passages", len(found))
    our_id = merging.placeholder()
    if archive is not None:
        our_source = int(merging.ours_of("sources", row["source_id"]) or 0)
        blocks = tuple(Block(*each[:5]) for each in found)
        piece = storing.Piece(Document(text, blocks), blocks, None)
        newest = archive.reading().execute(
            "SELECT coalesce(max(version), 0) + 1 FROM texts WHERE source_id = ?", [our_source]
        )
        version = max(int(newest.fetchone()[0]), row["version"])
        our_id = merging.guarded(
            lambda: storing.store_text(archive, our_source, piece, version=version)
        )
    merging.match("texts", their_id, our_id)
    _bring_figures(archive, merging, their_id, text)
    if archive is not None:
        with archive.writing("texts", urgent=False) as database:
            merging.guarded(
                lambda: database.execute(
                    "UPDATE texts SET uuid = ?, made_at = ?, reason = ? WHERE id = ?",
                    [row["uuid"], row["made_at"], row["reason"], our_id],
                )
            )


def _bring_figures(archive: "Archive | None", merging: Merging, their_text: int, text: str) -> None:
    """The figures and periods of a text of theirs that is new here, as they are."""
    our_text = int(merging.ours_of("texts", their_text) or 0)
    passages = merging.ours.execute(
        "SELECT start, id FROM passages WHERE text_id = ? ORDER BY start", [our_text]
    ).fetchall()
    places = figures.Places([start for start, _ in passages], [each for _, each in passages])
    source = merging.theirs.execute(
        "SELECT source_id FROM texts WHERE id = ?", [their_text]
    ).fetchone()[0]
    our_source = merging.ours_of("sources", source)
    for table in ("figures", "periods"):
        found = rows(merging.theirs, f"SELECT * FROM {table} WHERE text_id = ?", [their_text])
        # A text that no grammar has read may have what the document's own markup gave.
        given = f'SELECT start, "end" FROM {table} WHERE text_id = ?'
        there = {tuple(row) for row in merging.ours.execute(given, [our_text]).fetchall()}
        found = [row for row in found if (row["start"], row["end"]) not in there]
        for some in chunks(found):
            _bring_some(archive, merging, table, some, text, (our_source, our_text, places))


def _bring_some(
    archive: "Archive | None",
    merging: Merging,
    table: str,
    some: Sequence[Row],
    text: str,
    where: tuple[int | None, int, figures.Places],
) -> None:
    our_source, our_text, places = where
    here = _uuids_here(merging, some) if table == "figures" else set()
    new = [row for row in some if row.get("uuid") not in here]
    for row in new:
        if text[row["start"] : row["end"]] != row["text"]:
            raise merging.refuse(f"{table}: words that do not stand at {row['start']}–{row['end']}")
        if table == "figures":
            merging.verify_json("figures", row)
    merging.count(merging.merged.added, table, len(new))
    if archive is None or not new:
        return
    columns = ("uuid", *_FIGURE_COLUMNS) if table == "figures" else _PERIOD_COLUMNS
    names = ", ".join(f'"{name}"' for name in columns)
    slots = ", ".join("?" * (len(columns) + 5))
    values = [
        [our_source, our_text, places(row["start"]), *figures.days(row["date"])]
        + [row[name] for name in columns]
        for row in new
    ]
    with archive.writing(table, urgent=False) as database:
        merging.guarded(
            lambda: database.conn.executemany(
                f"INSERT INTO {table} (source_id, text_id, passage_id, earliest, latest, {names})"
                f" VALUES ({slots})",
                values,
            )
        )


_PERIOD_COLUMNS = ("start", "end", "text", "date", "basis")


def _uuids_here(merging: Merging, some: Sequence[Row]) -> set[str]:
    listed = json.dumps([row["uuid"] for row in some])
    found = merging.ours.execute(
        "SELECT uuid FROM figures WHERE uuid IN (SELECT value FROM json_each(?))", [listed]
    )
    return {str(each) for (each,) in found.fetchall()}


def _show_present_texts(archive: "Archive", merging: Merging, coming: Coming) -> None:
    with archive.writing("sources", urgent=False) as database:
        for their_id in coming.sources:
            (text,) = merging.theirs.execute(
                "SELECT text_id FROM sources WHERE id = ?", [their_id]
            ).fetchone()
            database.execute(
                "UPDATE sources SET text_id = ?1, passages ="
                " (SELECT count(*) FROM passages WHERE text_id = ?1) WHERE id = ?2",
                [merging.ours_of("texts", text), merging.ours_of("sources", their_id)],
            )
        for text_id in coming.unread:
            database.execute(
                "UPDATE sources SET grammar = ? WHERE text_id = ? AND grammar IS NULL",
                [_grammar(merging, text_id), merging.ours_of("texts", text_id)],
            )


def _grammar(merging: Merging, their_text: int) -> Any:
    row = merging.theirs.execute(
        "SELECT grammar FROM sources WHERE text_id = ?", [their_text]
    ).fetchone()
    return row[0] if row else None


def _drop_text(database: "Database", text_id: int | None) -> None:
    # Passages first: their trigger takes them out of the search index.
    database.execute("DELETE FROM passages WHERE text_id = ?", [text_id])
    database.execute("DELETE FROM texts WHERE id = ?", [text_id])


def _drop_figures(database: "Database", text_id: int | None, before: Mapping[str, int]) -> None:
    """Leave a text without the figures that came for it, to be read by the grammar here."""
    for table, last in before.items():
        database.execute(f"DELETE FROM {table} WHERE text_id = ? AND id > ?", [text_id, last])
    database.execute("UPDATE sources SET grammar = NULL WHERE text_id = ?", [text_id])


def _imports(merging: Merging, coming: Coming) -> dict[int | None, int]:
    """Their import id -> ours, for the imports of the sources that come."""
    found: dict[int | None, int] = {}
    recording = merging.recording
    assert recording is not None
    sql = """
        SELECT * FROM imports WHERE completed_at IS NOT NULL AND id IN
            (SELECT import_id FROM sources WHERE id IN (SELECT value FROM json_each(?)))
    """
    for row in rows(merging.theirs, sql, [json.dumps(coming.sources)]):
        there = recording.database.execute(
            "SELECT id FROM imports WHERE uuid = ? AND completed_at IS NOT NULL", [row["uuid"]]
        ).fetchone()
        their_id = row.pop("id")
        row["person_id"] = merging.ours_of("people", row["person_id"])
        row["report"] = None  # its paths are those of another machine
        row["completed_at"] = now()  # here it is through only now, and news to saved searches
        found[their_id] = (
            int(there[0]) if there else storing.insert(recording.database, "imports", row)
        )
    return found
