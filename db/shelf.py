"""The orphan shelf: what a corrected text left without a sure place, with places it may have now.

Nothing leaves it but by a person's word: put at a place, or removed; both can be undone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import anchoring, annotations, carrying, errors, history, versions
from db.anchoring import Candidate
from db.archive import now
from db.records import Span
from db.sources import VISIBLE

if TYPE_CHECKING:
    from db.archive import Archive
    from db.history import Recording

AROUND = 200  # characters shown on each side


@dataclass(frozen=True, slots=True)
class Orphan:
    """An annotation or a figure on an older text: its words, and the words around them there."""

    annotation_id: int | None
    figure_id: int | None
    source_id: int
    source_title: str
    text_id: int
    start: int
    end: int
    words: str
    before: str
    after: str
    kind: str  # an annotation's kind, or "figure"
    body: str | None
    status: str | None = None  # a figure's


@dataclass(frozen=True, slots=True)
class Place:
    """A candidate with the words around it, for being seen beside the old ones."""

    candidate: Candidate
    words: str
    before: str
    after: str


def count(archive: "Archive") -> int:
    """How many wait on the shelf."""
    sql = f"SELECT (SELECT count(*) {_ANNOTATIONS}) + (SELECT count(*) {_FIGURES})"
    return int(archive.reading().execute(sql).fetchone()[0])


def all(archive: "Archive", source_id: int | None = None) -> list[Orphan]:
    """What waits, by source and old place; annotations and figures a person had decided."""
    more = "" if source_id is None else " AND sources.id = :source"
    database = archive.reading()
    rows = database.execute(
        f"{_ROWS_OF_ANNOTATIONS}{more} UNION ALL {_ROWS_OF_FIGURES}{more} ORDER BY 3, 5, 6, 7",
        {"source": source_id},
    ).fetchall()
    found = []
    text_id, text = -1, ""
    for row in rows:
        if row[4] != text_id:
            text_id, text = row[4], versions.text(archive, row[4])
        start, end = row[5], row[6]
        around = (
            text[start:end],
            text[max(0, start - AROUND) : start],
            text[end : end + AROUND],
        )
        found.append(Orphan(*[*row[:7], *around, *row[7:]]))
    return found


def places(archive: "Archive", orphan: Orphan) -> list[Place]:
    """Where its words may stand in the present text, the likeliest first."""
    row = (
        archive.reading()
        .execute(
            "SELECT texts.text, older.text FROM sources"
            " JOIN texts ON texts.id = sources.text_id"
            " JOIN texts AS older ON older.id = ? WHERE sources.id = ?",
            [orphan.text_id, orphan.source_id],
        )
        .fetchone()
    )
    if row is None:
        return []
    text, older = str(row[0]), str(row[1])
    expected = anchoring.expected_place(older, text, Span(orphan.start, orphan.end))
    found = anchoring.candidates(orphan.words, orphan.before, orphan.after, text, expected)
    return [
        Place(
            each,
            text[each.start : each.end],
            text[max(0, each.start - AROUND) : each.start],
            text[each.end : each.end + AROUND],
        )
        for each in found
    ]


def put(archive: "Archive", orphans: Mapping[Orphan, Span]) -> None:
    """Put what waits at places of the present text; one command, and undo puts it back.

    Raises BadSpan where there are no words, or, for a figure, where they reach across passages.
    """
    if not orphans:
        return
    label = "place annotations"
    if all_figures := [each for each in orphans if each.figure_id is not None]:
        label = "place figures" if len(all_figures) == len(orphans) else label
    with history.command(
        archive, label, "annotations", "figures", facts={"count": len(orphans)}
    ) as recording:
        # Source by source: each text and its passages are read once, however many wait on it.
        by_source: dict[int, list[tuple[Orphan, Span]]] = {}
        for orphan, span in orphans.items():
            by_source.setdefault(orphan.source_id, []).append((orphan, span))
        for source_id, placed in by_source.items():
            _put_in(recording, source_id, placed)


def _put_in(recording: "Recording", source_id: int, placed: Sequence[tuple[Orphan, Span]]) -> None:
    database = recording.database
    text_id, text = database.execute(
        "SELECT texts.id, texts.text FROM texts JOIN sources ON sources.text_id = texts.id"
        " WHERE sources.id = ?",
        [source_id],
    ).fetchone()
    passages = database.execute(
        'SELECT id, start, "end" FROM passages WHERE text_id = ? ORDER BY start', [text_id]
    ).fetchall()
    ground = [(span.start, span.end) for orphan, span in placed if orphan.figure_id is not None]
    if ground:
        carrying.clear_ground(recording, text_id, ground)
    for orphan, span in placed:
        facts = {"source_id": source_id, "start": span.start, "end": span.end}
        if not 0 <= span.start < span.end <= len(text):
            raise errors.BadSpan(**facts)
        changes = {"text_id": text_id, "start": span.start, "end": span.end}
        if orphan.annotation_id is not None:
            exact, prefix, suffix = annotations.selector(text, span.start, span.end)
            changes |= {"exact": exact, "prefix": prefix, "suffix": suffix}
            changes |= {"orphaned_at": None, "changed_at": now()}
            recording.update("annotations", [orphan.annotation_id], changes)
            continue
        passage_id = carrying.passage_around(passages, span)
        if passage_id is None:
            raise errors.BadSpan(**facts)
        assert orphan.figure_id is not None
        why, proposal = database.execute(
            "SELECT why, proposal FROM figures WHERE id = ?", [orphan.figure_id]
        ).fetchone()
        changes |= carrying.moved_figure(span, orphan.start, why, proposal, text)
        changes |= {"passage_id": passage_id, "text": text[span.start : span.end]}
        recording.update("figures", [orphan.figure_id], changes)


def remove(archive: "Archive", orphans: list[Orphan]) -> None:
    """Put annotations that wait into the bin; figures go from the archive. Undo brings both back."""
    with history.command(
        archive, "remove annotations", "annotations", "figures", facts={"count": len(orphans)}
    ) as recording:
        ids = [each.annotation_id for each in orphans if each.annotation_id is not None]
        recording.update("annotations", ids, {"deleted_at": now()})
        figures = [each.figure_id for each in orphans if each.figure_id is not None]
        recording.delete_with_rows_below("figures", figures)


_ANNOTATIONS = f"""
      FROM annotations
      JOIN sources ON sources.id = annotations.source_id
     WHERE annotations.orphaned_at IS NOT NULL AND annotations.deleted_at IS NULL AND {VISIBLE}
"""
_FIGURES = f"""
      FROM figures
      JOIN sources ON sources.id = figures.source_id AND sources.text_id <> figures.text_id
     WHERE {carrying.HELD} AND {VISIBLE}
"""
_ROWS_OF_ANNOTATIONS = f"""
    SELECT annotations.id, NULL, sources.id, sources.title, annotations.text_id,
           annotations.start, annotations."end", annotations.kind, annotations.body, NULL
    {_ANNOTATIONS}
"""
_ROWS_OF_FIGURES = f"""
    SELECT NULL, figures.id, sources.id, sources.title, figures.text_id,
           figures.start, figures."end", 'figure', NULL, figures.status
    {_FIGURES}
"""
