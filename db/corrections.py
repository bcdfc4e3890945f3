"""What a person corrected in a comparison: passages joined and parted by hand, kept and undoable."""

import uuid as uuids
from typing import TYPE_CHECKING

from db import errors, history, sources
from db.archive import now

if TYPE_CHECKING:
    from db.archive import Archive


def join(archive: "Archive", one: int, other: int) -> None:
    """Say that two passages belong together; one undoable command."""
    _correct(archive, one, other, "joined", "join passages")


def part(archive: "Archive", one: int, other: int) -> None:
    """Say that two passages have nothing to do with each other; one undoable command."""
    _correct(archive, one, other, "parted", "part passages")


def _correct(archive: "Archive", one: int, other: int, verdict: str, label: str) -> None:
    for passage_id in (one, other):
        if sources.passage(archive, passage_id) is None:
            raise errors.UnknownPassage(passage_id=passage_id)
    pair = {"passage_a_id": min(one, other), "passage_b_id": max(one, other)}
    with history.command(archive, label, "alignments") as recording:
        row = recording.database.execute(_CORRECTION, pair).fetchone()
        if row is not None:
            recording.update("alignments", [int(row[0])], {"verdict": verdict})
            return
        known = {"uuid": str(uuids.uuid4()), "verdict": verdict, "made_at": now()}
        recording.insert("alignments", known | pair | {"person_id": recording.person_id})


def between(
    archive: "Archive", a: int, b: int
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The pairs (passage of A, passage of B) that a person joined, and those parted."""
    found: dict[str, list[tuple[int, int]]] = {"joined": [], "parted": []}
    for verdict, one, other in archive.reading().execute(_CORRECTIONS, {"a": a, "b": b}).fetchall():
        found[verdict].append((one, other))
    return found["joined"], found["parted"]


_CORRECTION = """
    SELECT id FROM alignments WHERE passage_a_id = :passage_a_id AND passage_b_id = :passage_b_id
"""
_CORRECTIONS = """
    SELECT alignments.verdict,
           CASE WHEN one.source_id = :a THEN one.id ELSE other.id END,
           CASE WHEN one.source_id = :a THEN other.id ELSE one.id END
      FROM alignments
      JOIN passages one ON one.id = alignments.passage_a_id
      JOIN passages other ON other.id = alignments.passage_b_id
     WHERE (one.source_id = :a AND other.source_id = :b)
        OR (one.source_id = :b AND other.source_id = :a)
     ORDER BY alignments.id
"""
