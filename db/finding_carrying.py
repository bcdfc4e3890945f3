"""Carrying findings over: what a person judged or wrote on stays when a source gets another text.

A finding is known by the words it rests on. Where those have a sure place in the new text, its row
takes the identity under which the next look finds it there; the others stay as they are, unseen.
"""

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from db import anchoring, carrying, finding_rows
from db.records import Span

if TYPE_CHECKING:
    from db.history import Recording

Place = tuple[int, int, int]  # text, start, end


def carry_findings(recording: "Recording", source_id: int, text_id: int, new: str) -> int:
    """Let judged and annotated findings go along to the text `new`; how many did.

    To be called before the figures they rest on are carried over.
    """
    where = {"source": source_id, "text": text_id}
    remarks = recording.database.execute(_REMARKS, where).fetchall()
    resting: dict[int, list[tuple[str, int, Place]]] = {}
    for finding_id, digest, on, *place in recording.database.execute(_RESTING, where).fetchall():
        resting.setdefault(finding_id, []).append((str(digest), int(on), (place[0], *place[1:])))
    older = [place for found in resting.values() for _, on, place in found if on == source_id]
    there = _sure_places(recording, text_id, new, [*older, *(row[3:] for row in remarks)])
    (digest, version) = recording.database.execute(
        "SELECT sha256, version FROM texts WHERE id = ?", [text_id]
    ).fetchone()
    carried = 0
    passages = recording.database.execute(_PASSAGES, [text_id]).fetchall() if remarks else []
    for finding_id, kind, message, *place in remarks:
        span = there.get(tuple(place))
        passage_id = carrying.passage_around(passages, span) if span is not None else None
        if span is not None and passage_id is not None:
            identity = finding_rows.identity_of_remark(
                kind, source_id, (span.start, span.end), message, version
            )
            new_place = {"passage_id": passage_id, "start": span.start, "end": span.end}
            carried += _change_places(recording, finding_id, {"identity": identity} | new_place)
    for finding_id, found in resting.items():
        spans = []
        for said, on, place in found:
            if on != source_id or place[0] == text_id:
                spans.append((said, *place[1:]))
            elif (span := there.get(place)) is not None:
                spans.append((digest, span.start, span.end))
        if len(spans) == len(found):
            identity = _identity(recording, finding_id, spans)
            carried += _change_places(recording, finding_id, {"identity": identity})
    return carried


def _sure_places(
    recording: "Recording", text_id: int, new: str, places: Iterable[tuple[int, ...]]
) -> dict[tuple[int, ...], Span]:
    found: dict[tuple[int, ...], Span] = {}
    by_text: dict[int, list[tuple[int, ...]]] = {}
    for place in dict.fromkeys(places):
        if place[0] != text_id:
            by_text.setdefault(place[0], []).append(tuple(place))
    for old_id, here in by_text.items():
        old = carrying.text_of(recording.database, old_id)
        sure = anchoring.sure_places(old, new, [Span(start, end) for _, start, end in here])
        found |= {place: span for place, span in zip(here, sure, strict=True) if span is not None}
    return found


def _identity(recording: "Recording", finding_id: int, spans: list[tuple[str, int, int]]) -> str:
    said, arithmetic = recording.database.execute(
        "SELECT identity, arithmetic FROM findings WHERE id = ?", [finding_id]
    ).fetchone()
    # The kind the program saw: a person may have changed that of the row.
    return finding_rows.identity(said.partition(":")[0], json.loads(arithmetic), spans)


def _change_places(recording: "Recording", finding_id: int, wanted: Mapping[str, Any]) -> int:
    """Let the finding be what is wanted; what went by its identity so far becomes what it was."""
    columns = ", ".join(f'"{name}"' for name in wanted)
    sql = f"SELECT id, {_IS_HELD}, {columns} FROM findings WHERE "
    _, _, *mine = recording.database.execute(sql + "id = ?", [finding_id]).fetchone()
    other = recording.database.execute(sql + "identity = ?", [wanted["identity"]]).fetchone()
    if other is not None and (other[0] == finding_id or other[1]):
        return 0  # it is there already, or judged there by itself
    if other is not None:
        moving = f"{wanted['identity']} moving"
        recording.update("findings", [other[0]], {"identity": moving})
    recording.update("findings", [finding_id], wanted)
    if other is not None:
        recording.update("findings", [other[0]], dict(zip(wanted, mine, strict=True)))
    return 1


_ANNOTATED = "findings.id IN (SELECT finding_id FROM annotations WHERE finding_id IS NOT NULL)"
_IS_HELD = f"(findings.judgement IS NOT NULL OR {_ANNOTATED})"
_REMARKS = f"""
    SELECT findings.id, json_extract(findings.identity, '$[0]'), findings.message,
           passages.text_id, findings.start, findings."end"
      FROM findings
      JOIN passages ON passages.id = findings.passage_id
     WHERE findings.source_id = :source AND passages.text_id <> :text
       AND findings.identity LIKE '[%' AND {_IS_HELD}
     ORDER BY findings.id
"""
_RESTING = f"""
    SELECT findings.id, texts.sha256, figures.source_id, figures.text_id, figures.start,
           figures."end"
      FROM findings
      JOIN finding_figures ON finding_figures.finding_id = findings.id
      JOIN figures ON figures.id = finding_figures.figure_id
      JOIN texts ON texts.id = figures.text_id
     WHERE {_IS_HELD} AND findings.identity NOT LIKE '[%'
       AND findings.id IN (SELECT finding_figures.finding_id FROM finding_figures
                             JOIN figures ON figures.id = finding_figures.figure_id
                            WHERE figures.source_id = :source AND figures.text_id <> :text)
     ORDER BY findings.id, finding_figures.ordinal
"""
_PASSAGES = 'SELECT id, start, "end" FROM passages WHERE text_id = ? ORDER BY start'
