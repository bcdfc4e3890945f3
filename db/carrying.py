"""Carrying over: what people put on an older text of a source, moved to the one that shows now.

Only what has a sure place moves; an annotation without one goes to the shelf, a figure stays on
the older text and waits there.
"""

import json
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from db import anchoring
from db.annotations import selector
from db.archive import now
from db.records import Span

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.history import Recording


def carry_annotations(
    recording: "Recording", source_id: int, text_id: int, new: str
) -> tuple[int, int]:
    """Move a source's annotations to the text `new`; how many moved, how many wait."""
    rows = recording.database.execute(_ANNOTATIONS, [source_id, text_id]).fetchall()
    changes: dict[int, dict[str, Any]] = {}
    waiting: list[int] = []
    at = now()
    for old_id in dict.fromkeys(row[1] for row in rows):
        old = text_of(recording.database, old_id)
        here = [(row_id, Span(start, end)) for row_id, on, start, end in rows if on == old_id]
        places = anchoring.sure_places(old, new, [span for _, span in here])
        for (row_id, _), place in zip(here, places, strict=True):
            if place is None:
                waiting.append(row_id)
                continue
            exact, prefix, suffix = selector(new, place.start, place.end)
            changes[row_id] = {
                "text_id": text_id, "start": place.start, "end": place.end, "exact": exact,
                "prefix": prefix, "suffix": suffix, "orphaned_at": None,
            }  # fmt: skip
    recording.update_each("annotations", changes)
    new_orphans = recording.database.execute(
        "SELECT id FROM annotations WHERE orphaned_at IS NULL"
        " AND id IN (SELECT value FROM json_each(?))",
        [json.dumps(waiting)],
    ).fetchall()
    recording.update("annotations", [int(row[0]) for row in new_orphans], {"orphaned_at": at})
    return len(changes), len(waiting)


def carry_figures(
    recording: "Recording", source_id: int, text_id: int, new: str
) -> tuple[int, int]:
    """Move the figures a person holds on to, as `carry_annotations`."""
    database = recording.database
    rows = database.execute(_FIGURES, {"source": source_id, "text": text_id}).fetchall()
    passages = database.execute(
        'SELECT id, start, "end" FROM passages WHERE text_id = ? ORDER BY start', [text_id]
    ).fetchall()
    changes: dict[int, dict[str, Any]] = {}
    waiting = 0
    for old_id in dict.fromkeys(row[1] for row in rows):
        old = text_of(database, old_id)
        here = [row for row in rows if row[1] == old_id]
        places = anchoring.sure_places(old, new, [Span(row[2], row[3]) for row in here])
        for (row_id, _, start, _end, why, proposal), place in zip(here, places, strict=True):
            passage_id = passage_around(passages, place) if place is not None else None
            if place is None or passage_id is None:
                waiting += 1
                continue
            changes[row_id] = moved_figure(place, start, why, proposal, new) | {
                "text_id": text_id,
                "passage_id": passage_id,
            }
    clear_ground(recording, text_id, [(row["start"], row["end"]) for row in changes.values()])
    recording.update_each("figures", changes)
    return len(changes), waiting


def carry_alignments(recording: "Recording", source_id: int, text_id: int) -> int:
    """Let what a person joined or parted go on about the same passages; how many moved.

    The same: their words stand in one passage of the older text and in one of the new. What was
    said of that already goes before.
    """
    database = recording.database
    moved = 0
    sides = ("passage_a_id", "passage_b_id")
    for side, far in zip(sides, reversed(sides), strict=True):
        rows = database.execute(
            _ALIGNMENTS.format(side=side, far=far), {"source": source_id, "text": text_id}
        ).fetchall()
        recording.update_each("alignments", {row[0]: {side: row[1]} for row in rows})
        moved += len(rows)
    return moved


def passage_around(passages: Sequence[Sequence[int]], place: Span) -> int | None:
    """The id of the passage that holds a span whole; `passages` are (id, start, end) in order."""
    at = bisect_right(passages, place.start, key=lambda row: row[1]) - 1
    return passages[at][0] if at >= 0 and place.end <= passages[at][2] else None


def moved_figure(place: Span, was: int, why: str, proposal: str | None, new: str) -> dict[str, Any]:
    """The columns of a figure that speak of places, for its new one."""
    shift = place.start - was
    parts = []
    for part, words, start, end in json.loads(why):
        start, end = start + shift, end + shift
        if not (start >= 0 and new[start:end] == words):
            # The words it rested on stand elsewhere now or not at all: it points to the figure.
            start, end = place.start, place.end
        parts.append([part, words, start, end])
    told = json.loads(proposal) if proposal else None
    if told is not None:
        told |= {"start": told["start"] + shift, "end": told["end"] + shift}
    return {
        "start": place.start,
        "end": place.end,
        "why": json.dumps(parts, ensure_ascii=False),
        "proposal": json.dumps(told, ensure_ascii=False) if told is not None else None,
    }


def clear_ground(recording: "Recording", text_id: int, places: Sequence[tuple[int, int]]) -> None:
    """Remove proposals of the new text where a figure comes that a person has decided."""
    rows = recording.database.execute(_UNTOUCHED, [text_id]).fetchall()
    ordered = sorted(places)
    starts = [start for start, _ in ordered]
    for row_id, start, end in rows:
        at = bisect_right(starts, end - 1)
        # Figures are short and lie apart: one that overlaps is among the last few before the end.
        if any(other > start for _, other in ordered[max(0, at - 8) : at]):
            recording.delete_with_rows_below("figures", [row_id])


def text_of(database: "Database", text_id: int) -> str:
    """The words of a text version, within a command."""
    row = database.execute("SELECT text FROM texts WHERE id = ?", [text_id]).fetchone()
    return str(row[0]) if row else ""


# Those on the shelf too: an older text may come back, and they with it. Those in the bin as well.
_ANNOTATIONS = """
    SELECT id, text_id, start, "end" FROM annotations
     WHERE source_id = ? AND start IS NOT NULL AND text_id IS NOT NULL
       AND (text_id <> ? OR orphaned_at IS NOT NULL)
     ORDER BY id
"""
# What a person has decided, or holds on to.
HELD = """
    (figures.status <> 'proposed'
     OR figures.id IN (SELECT figure_id FROM annotations WHERE figure_id IS NOT NULL)
     OR figures.id IN (SELECT figure_id FROM taggings WHERE figure_id IS NOT NULL)
     OR figures.id IN (SELECT from_figure_id FROM links WHERE from_figure_id IS NOT NULL)
     OR figures.id IN (SELECT to_figure_id FROM links WHERE to_figure_id IS NOT NULL)
     OR figures.id IN (SELECT figure_id FROM series_figures
                         JOIN series ON series.id = series_figures.series_id
                        WHERE series.status = 'kept'))
"""
_FIGURES = f"""
    SELECT figures.id, figures.text_id, figures.start, figures."end", figures.why,
           figures.proposal
      FROM figures
     WHERE figures.source_id = :source AND figures.text_id <> :text AND {HELD}
     ORDER BY figures.id
"""
_UNTOUCHED = f"""
    SELECT figures.id, figures.start, figures."end"
      FROM figures
     WHERE figures.text_id = ? AND NOT {HELD}
"""
# CROSS keeps SQLite from beginning with the passages: 12,000 by 12,000 took minutes.
_ALIGNMENTS = """
    SELECT alignments.id, min(new.id)
      FROM alignments
     CROSS JOIN passages AS old ON old.id = alignments.{side}
     CROSS JOIN passages AS new ON new.text_id = :text AND new.text = old.text
     WHERE old.source_id = :source AND old.text_id <> :text
       AND (SELECT count(*) FROM passages AS twin
             WHERE twin.text_id = old.text_id AND twin.text = old.text) = 1
       AND NOT EXISTS (SELECT 1 FROM alignments AS newer
                        WHERE newer.{side} = new.id AND newer.{far} = alignments.{far})
     GROUP BY alignments.id
    HAVING count(*) = 1
"""
