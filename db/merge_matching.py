"""Which sources, originals, texts and people of a copy are ours already, and which are coming.

By uuid, else by what they are: the same bytes and the same words are one source.
"""

import json
from dataclasses import dataclass, field

from db import storing
from db.merge_rows import Merging, Row, rows
from db.sources import VISIBLE


@dataclass(slots=True)
class Coming:
    """What of a copy's sources and texts is not here yet, by their ids."""

    sources: list[int] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)  # texts of ours whose figures only they have
    originals: list[int] = field(default_factory=list)
    import_id: int | None = None
    before: dict[str, int] = field(default_factory=dict)  # the last ids of ours when it began


def look(merging: Merging) -> Coming:
    """Match their sources, originals and texts with ours; by uuid, else by what they are."""
    coming = Coming()
    _match_people(merging)
    _match_originals(merging)
    _match_sources(merging, coming)
    _match_texts(merging, coming)
    return coming


def _match_people(merging: Merging) -> None:
    for row in rows(merging.theirs, "SELECT id, uuid, name FROM people", []):
        found = merging.ours.execute(
            "SELECT id FROM people WHERE uuid = ?1 OR name = ?2 ORDER BY uuid <> ?1 LIMIT 1",
            [row["uuid"], row["name"]],
        ).fetchone()
        if found is not None:
            merging.match("people", row["id"], int(found[0]))


def _match_originals(merging: Merging) -> None:
    sql = "SELECT id, sha256 FROM originals WHERE id > ? ORDER BY id LIMIT 500"
    last = -(1 << 62)
    while batch := merging.theirs.execute(sql, [last]).fetchall():
        last = batch[-1][0]
        here = dict(
            merging.ours.execute(
                "SELECT sha256, id FROM originals WHERE sha256 IN (SELECT value FROM json_each(?))",
                [json.dumps([digest for _, digest in batch])],
            ).fetchall()
        )
        for their_id, digest in batch:
            if digest in here:
                merging.match("originals", their_id, here[digest])


def _match_sources(merging: Merging, coming: Coming) -> None:
    sql = f"""
        SELECT sources.id, sources.uuid, sources.parent_id, sources.original_id,
               sources.part_start, sources.part_end, ({VISIBLE}) AS shows
          FROM sources ORDER BY sources.id
    """
    theirs = rows(merging.theirs, sql, [])
    uuids = dict(merging.ours.execute("SELECT uuid, id FROM sources").fetchall())
    taken = {uuids[row["uuid"]] for row in theirs if row["uuid"] in uuids}
    new: dict[int, Row] = {}
    for row in theirs:
        our_id = uuids.get(row["uuid"])
        if our_id is None and row["shows"]:
            our_id = _same_file(merging, row, taken)
            if our_id is None:
                new[row["id"]] = row
                continue
            taken.add(our_id)
        if our_id is not None:
            merging.match("sources", row["id"], our_id)
    coming.sources = _parents_first(new)
    for row in theirs:
        wanted = row["id"] in new or row["id"] in merging.ids.get("sources", {})
        original = row["original_id"]
        is_new = original is not None and merging.ours_of("originals", original) is None
        if wanted and is_new and original not in coming.originals:
            coming.originals.append(original)


def _same_file(merging: Merging, row: Row, taken: set[int]) -> int | None:
    """The source of ours that was made of the same bytes and says the same."""
    original = merging.ours_of("originals", row["original_id"])
    if original is None:
        return None
    digests = merging.theirs.execute(
        "SELECT sha256 FROM texts WHERE source_id = ?", [row["id"]]
    ).fetchall()
    found = merging.ours.execute(
        f"SELECT sources.id FROM sources WHERE original_id = ? AND part_start IS ?"
        f" AND part_end IS ? AND {VISIBLE} AND EXISTS (SELECT 1 FROM texts"
        " WHERE texts.source_id = sources.id AND sha256 IN (SELECT value FROM json_each(?)))"
        " ORDER BY sources.id",
        [original, row["part_start"], row["part_end"], json.dumps([each for (each,) in digests])],
    ).fetchall()
    return next((int(each) for (each,) in found if each not in taken), None)


def _match_texts(merging: Merging, coming: Coming) -> None:
    new = set(coming.sources)
    sql = (
        "SELECT id, uuid, source_id, version, sha256 FROM texts"
        " WHERE reason IS NOT ? ORDER BY source_id, version"
    )
    for row in rows(merging.theirs, sql, [storing.UNFINISHED]):
        if row["source_id"] in new:
            coming.texts.append(row["id"])
            continue
        our_source = merging.ours_of("sources", row["source_id"])
        if our_source is None:
            continue
        # One that was cut off in the making has not all of its passages.
        found = merging.ours.execute(
            "SELECT id, sha256 FROM texts WHERE (uuid = ?1 OR (source_id = ?2 AND sha256 = ?3))"
            " AND reason IS NOT ?4 ORDER BY uuid <> ?1 LIMIT 1",
            [row["uuid"], our_source, row["sha256"], storing.UNFINISHED],
        ).fetchone()
        if found is None:
            coming.texts.append(row["id"])
            continue
        if found[1] != row["sha256"]:
            raise merging.refuse("texts: two of one identity")
        merging.match("texts", row["id"], found[0])
        unread = "SELECT 1 FROM sources WHERE id = ? AND grammar IS NULL AND text_id = ?"
        if merging.ours.execute(unread, [our_source, found[0]]).fetchone() is not None:
            coming.unread.append(row["id"])


def _parents_first(new: dict[int, Row]) -> list[int]:
    ordered: dict[int, None] = {}
    for source_id in new:
        line: list[int] = []
        at: int | None = source_id
        while at in new and at not in ordered and at not in line:
            line.append(at)
            at = new[at]["parent_id"]
        ordered |= dict.fromkeys(reversed(line))
    return list(ordered)
