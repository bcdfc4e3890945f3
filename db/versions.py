"""Versions of a source's text: a correction is a new one, and what stood on the old is carried over.

The new text, its passages and its proposals are made by the code that imports, unseen. Then one
undoable command shows it and moves what can be moved without doubt; the rest waits on the shelf.
What follows from the figures, series and findings, is left to the caller: it takes longer than this.
"""

import dataclasses
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db import (
    anchoring,
    carrying,
    errors,
    extraction,
    figures,
    finding_carrying,
    history,
    intake,
    own_words,
    segment,
    storing,
    worker,
)
from db.readers.canonical import canonical
from db.records import Block, Document, Figure, Span

if TYPE_CHECKING:
    from db.archive import Archive

LABEL = "correct text"
# Beyond so many changed lines the new text is cut anew as a whole, as an import would.
MOST_LINES_COMPARED = 4000
_GIVEN = re.compile(r"given\.")  # the rules of figures whose value stands in the document's markup
STEPS = 4  # passages, figures read, figures kept, what people added


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a source; `is_present` of the one that shows."""

    text_id: int
    version: int
    made_at: str
    reason: str
    characters: int
    is_present: bool


@dataclass(frozen=True, slots=True)
class Carried:
    """What a new version did: how many annotations and figures moved, how many wait on the shelf."""

    text_id: int
    annotations: int = 0
    annotations_waiting: int = 0
    figures: int = 0
    figures_waiting: int = 0


def all(archive: "Archive", source_id: int) -> list[Version]:
    """The versions of a source's text, the newest first; those cut off in the making left out."""
    rows = archive.reading().execute(_VERSIONS, [storing.UNFINISHED, source_id]).fetchall()
    return [Version(*[*row[:-1], bool(row[-1])]) for row in rows]


def text(archive: "Archive", text_id: int) -> str:
    """The words of one version, exactly; "" if there is none of this id."""
    row = archive.reading().execute("SELECT text FROM texts WHERE id = ?", [text_id]).fetchone()
    return str(row[0]) if row else ""


def correct(
    archive: "Archive",
    source_id: int,
    text: str,
    *,
    reason: str = "edited",
    progress: worker.Progress | None = None,
) -> Carried:
    """Give a source a corrected text; passages whose words stay keep their kind and page.

    The same text again changes nothing. `progress` may raise Cancelled: then nothing has changed.
    """
    text, replaced = canonical(text)
    old, blocks, context = extraction.as_read(archive, source_id)
    if text == old:
        return Carried(_present(archive, source_id))
    document = Document(text, _kept_blocks(old, blocks, text), language=context.language)
    given = _still_given(archive, source_id, old, text)
    document = Document(text, document.blocks, replaced=replaced, figures=given)
    passages = _with_pages(segment.passages(document), blocks)
    piece = storing.Piece(document, passages, None)
    return _take(archive, source_id, piece, reason, {}, progress)


def replace(
    archive: "Archive",
    source_id: int,
    path: Path,
    *,
    encoding: str | None = None,
    reason: str = "replaced",
    progress: worker.Progress | None = None,
) -> Carried:
    """Give a source the text of another file (a better copy, a new reading of a scan).

    The file's bytes are kept as its original; those it had stay too. Raises Unreadable.
    """
    request = worker.read_request(path.absolute(), encoding, ocr="")
    told = worker.Cancelling(progress)
    told.tell(0, 0, "texts")
    seconds = worker.SECONDS_FOR_READING + worker.SECONDS_FOR_PICTURES
    ((_, reply),) = worker.Crew(1).map([(path, request, seconds)], told)
    document, blocks, _parts, digest = worker.document_of(reply)
    if document.text == extraction.as_read(archive, source_id)[0]:
        return Carried(_present(archive, source_id))
    original = storing.Original(path, digest, document.media_type)
    described = {
        "original_id": storing.store_original(archive, original),
        "file_name": intake.shown_name(path.name),
        "encoding": document.encoding,
        "part_start": None,
        "part_end": None,
    }
    piece = storing.Piece(document, blocks, None)
    return _take(archive, source_id, piece, reason, described, progress)


def use(archive: "Archive", source_id: int, text_id: int) -> Carried:
    """Show another version of a source's text again; one undoable command."""
    if text_id not in {each.text_id for each in all(archive, source_id)}:
        raise errors.UnknownSource(source_id=source_id)
    if text_id == _present(archive, source_id):
        return Carried(text_id)
    return _show(archive, source_id, text_id, {})


# -- making -------------------------------------------------------------------------------------


def _take(
    archive: "Archive",
    source_id: int,
    piece: storing.Piece,
    reason: str,
    described: dict[str, Any],
    progress: worker.Progress | None,
) -> Carried:
    told = worker.Cancelling(progress)
    told.tell(0, STEPS, "passages")
    _drop_unfinished(archive, source_id)
    row = (
        archive.reading()
        .execute("SELECT max(version) FROM texts WHERE source_id = ?", [source_id])
        .fetchone()
    )
    text_id = storing.store_text(archive, source_id, piece, version=int(row[0] or 0) + 1)
    context = extraction.as_read(archive, source_id)[2]
    words, _ = own_words.read()
    seconds = worker.SECONDS_FOR_FIGURES + len(piece.document.text) / worker.CHARACTERS_A_SECOND
    request = worker.extract_request(piece.document.text, piece.blocks, context, words)
    told.tell(1, STEPS, "figures")
    ((_, reply),) = worker.Crew(1).map([(text_id, request, seconds)], told)
    told.tell(2, STEPS, "figures")
    grammar = extraction.store(archive, source_id, text_id, reply)
    with archive.writing("texts", urgent=False) as database:
        database.execute("UPDATE texts SET reason = ? WHERE id = ?", [reason, text_id])
    told.tell(3, STEPS, "annotations")
    return _show(archive, source_id, text_id, described | {"grammar": grammar})


def _still_given(archive: "Archive", source_id: int, old: str, new: str) -> tuple[Figure, ...]:
    """The figures the document itself gave whose words have a sure place in the new text."""
    kept = figures.in_source(archive, source_id)
    given = [each.figure for each in kept if any(map(_GIVEN.match, each.figure.rules))]
    places = anchoring.sure_places(old, new, [Span(each.start, each.end) for each in given])
    found = []
    for figure, place in zip(given, places, strict=True):
        if place is not None:
            why = tuple((part, figure.text, place.start, place.end) for part, *_ in figure.why)
            found.append(dataclasses.replace(figure, start=place.start, end=place.end, why=why))
    return tuple(found)


def _drop_unfinished(archive: "Archive", source_id: int) -> None:
    with archive.writing("texts", urgent=False) as database:
        rows = database.execute(
            "SELECT id FROM texts WHERE source_id = ? AND reason = ?",
            [source_id, storing.UNFINISHED],
        ).fetchall()
        for (text_id,) in rows:
            # Passages first: their trigger takes them out of the search index.
            database.execute("DELETE FROM passages WHERE text_id = ?", [text_id])
            database.execute("DELETE FROM texts WHERE id = ?", [text_id])


def _present(archive: "Archive", source_id: int) -> int:
    row = (
        archive.reading()
        .execute("SELECT text_id FROM sources WHERE id = ?", [source_id])
        .fetchone()
    )
    if row is None:
        raise errors.UnknownSource(source_id=source_id)
    return int(row[0] or 0)


# -- passages -----------------------------------------------------------------------------------


def _kept_blocks(old: str, blocks: Sequence[Block], new: str) -> tuple[Block, ...]:
    """The old passages whose lines no edit has touched, where they stand in the new text."""
    old_lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    old_at, new_at = _starts(old_lines), _starts(new_lines)
    kept: list[Block] = []
    for here, there, length in _same_lines(old_lines, new_lines):
        low, high = old_at[here], old_at[here + length]
        shift = new_at[there] - low
        kept.extend(
            Block(block.start + shift, block.end + shift, block.kind, block.page, block.level)
            for block in blocks[bisect_right(blocks, low - 1, key=lambda each: each.start) :]
            if block.start >= low and block.end <= high
        )
    return tuple(kept)


def _same_lines(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """Runs of lines that both have: (first in old, first in new, how many), in order."""
    shorter = min(len(old), len(new))
    first = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    rest = shorter - first
    last = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
    runs = [(0, 0, first)] if first else []
    one, other = old[first : len(old) - last], new[first : len(new) - last]
    if max(len(one), len(other)) <= MOST_LINES_COMPARED:
        matcher = SequenceMatcher(None, one, other, autojunk=False)
        runs += [
            (first + match.a, first + match.b, match.size)
            for match in matcher.get_matching_blocks()
            if match.size
        ]
    return [*runs, (len(old) - last, len(new) - last, last)] if last else runs


def _starts(lines: Sequence[str]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    return starts


def _with_pages(made: Sequence[Block], old: Sequence[Block]) -> tuple[Block, ...]:
    """A passage that was cut anew stands on the page of the one before it, where pages are known."""
    if not any(block.page for block in old):
        return tuple(made)
    found: list[Block] = []
    page: str | None = None
    for block in made:
        page = block.page or page
        found.append(Block(block.start, block.end, block.kind, page, block.level))
    return tuple(found)


# -- showing and carrying over ------------------------------------------------------------------


def _show(archive: "Archive", source_id: int, text_id: int, described: dict[str, Any]) -> Carried:
    title = archive.reading().execute("SELECT title FROM sources WHERE id = ?", [source_id])
    with history.command(
        archive,
        LABEL,
        "sources", "texts", "passages", "annotations", "figures", "alignments",
        "findings",
        facts={"title": title.fetchone()[0]},
    ) as recording:  # fmt: skip
        database = recording.database
        new = carrying.text_of(database, text_id)
        count = database.execute(
            "SELECT count(*) FROM passages WHERE text_id = ?", [text_id]
        ).fetchone()[0]
        changes = described | {"text_id": text_id, "passages": count}
        recording.update("sources", [source_id], changes)
        moved, waiting = carrying.carry_annotations(recording, source_id, text_id, new)
        carrying.carry_alignments(recording, source_id, text_id)
        finding_carrying.carry_findings(recording, source_id, text_id, new)
        figures_moved, figures_waiting = carrying.carry_figures(recording, source_id, text_id, new)
    return Carried(text_id, moved, waiting, figures_moved, figures_waiting)


_VERSIONS = """
    SELECT texts.id, texts.version, texts.made_at, coalesce(texts.reason, ''), length(texts.text),
           texts.id = sources.text_id
      FROM texts
      JOIN sources ON sources.id = texts.source_id
     WHERE texts.reason IS NOT ? AND texts.source_id = ?
     ORDER BY texts.version DESC
"""
