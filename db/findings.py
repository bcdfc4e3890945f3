"""Findings: what the program noticed in the figures of an archive, and what a person judged of it."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from db import disagreements, figures, finding_rows, history, ladders, looked_at, shares, sums
from db.freeing import let_go
from db.noticed import Noticed, Stated, Told, half_unit
from db.sources import VISIBLE

if TYPE_CHECKING:
    from db.archive import Archive
    from db.records import KeptFigure

Progress = Callable[[int, int, str], None]
Judgement = Literal["confirmed", "changed", "dismissed"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something noticed: what is stated, what follows from other figures, and a person's judgement.

    `figure_ids` begin with the figure it is about; `arithmetic` spells out the reckoning.
    """

    id: int
    kind: str
    verdict: str | None
    stated: float | None
    computed: float | None
    figure_ids: tuple[int, ...]
    passage_ids: tuple[int, ...]
    message: str
    judgement: Judgement | None = None
    reason: str | None = None
    source_id: int | None = None
    arithmetic: dict[str, Any] = field(default_factory=dict)
    start: int | None = None
    end: int | None = None


def all(archive: "Archive") -> list[Finding]:
    """Every finding that rests on what shows, by source and place; dismissed ones among them."""
    resting: dict[int, tuple[list[int], list[int]]] = {}
    for finding_id, figure_id, passage_id in archive.reading().execute(_RESTING).fetchall():
        figure_ids, passage_ids = resting.setdefault(finding_id, ([], []))
        figure_ids.append(figure_id)
        if passage_id not in passage_ids:
            passage_ids.append(passage_id)
    found = []
    for row in archive.reading().execute(_ALL).fetchall():
        finding_id, kind, verdict, stated, computed, message, arithmetic, *place = row
        source_id, passage_id, start, end, judgement, reason = place
        figure_ids, passage_ids = resting.get(finding_id, ([], []))
        if not figure_ids and kind not in ("numeral", "name"):
            continue  # its figures have gone; the row only keeps a person's judgement
        found.append(
            Finding(
                id=finding_id,
                kind=kind,
                verdict=verdict,
                stated=stated,
                computed=computed,
                figure_ids=tuple(figure_ids),
                passage_ids=tuple(passage_ids or [passage_id]),
                message=message,
                judgement=judgement,
                reason=reason,
                source_id=source_id,
                arithmetic=json.loads(arithmetic),
                start=start,
                end=end,
            )
        )
    return found


def find(archive: "Archive", progress: Progress | None = None) -> int:
    """Look at all figures that show, anew; returns how many findings there are.

    `progress(done, of, what)` may raise Cancelled before anything is written.

    What a person judged stays judged, whatever is read or imported again: a finding is known by
    the words it rests on. A judged or annotated one that is no longer found is kept, unseen.
    """
    seen = looked_at.now(archive)
    found, read = _in_sources(archive, progress)
    found += disagreements.find(read, disagreements.parts_of_wholes(found))
    let_go(read)
    wanted = finding_rows.keep(archive, found, finding_rows.kept(archive), frozenset())
    looked_at.keep(archive, seen)
    return wanted


def find_again(
    archive: "Archive",
    source_ids: Collection[int],
    matters: Collection[disagreements.Matter],
    progress: Progress | None = None,
) -> int:
    """Look anew at some sources, and for disagreements on some matters; the rest stays.

    As `find`, but where two sources disagree in more places than are kept, others of them may be.
    """
    on: dict[int, set[disagreements.Matter]] = {}
    for finding_id, unit, per in archive.reading().execute(_MATTERS).fetchall():
        on.setdefault(finding_id, set()).add(disagreements.matter(unit, per))
    touched: dict[str, finding_rows.Row] = {}
    others: dict[str, finding_rows.Row] = {}
    for identity, row in finding_rows.kept(archive).items():
        if identity.startswith("disagreement:"):
            # One whose figures have gone is on no matter any more.
            is_touched = row.id not in on or not on[row.id].isdisjoint(matters)
        else:
            is_touched = row.source_id is None or row.source_id in source_ids
        (touched if is_touched else others)[identity] = row
    found, read = _in_sources(archive, progress, source_ids, matters)
    parts = _kept_parts(archive) | disagreements.parts_of_wholes(found)
    stay = Counter(between for row in others.values() if (between := row.sources()))
    found += disagreements.find(read, parts, matters, stay)
    let_go(read)
    return finding_rows.keep(archive, found, touched, others.keys())


def reckon_again(archive: "Archive", finding_id: int) -> None:
    """Look again at what a finding is about: its kind and verdict become the program's own."""
    rows = archive.reading().execute(f"{_MATTERS} WHERE finding_id = ?", [finding_id]).fetchall()
    matters = {disagreements.matter(unit, per) for _, unit, per in rows}
    told = archive.reading().execute("SELECT source_id FROM findings WHERE id = ?", [finding_id])
    find_again(archive, {int(source_id) for (source_id,) in told.fetchall() if source_id}, matters)


def judge(
    archive: "Archive",
    finding_id: int,
    judgement: Judgement | None,
    reason: str = "",
    *,
    kind: str | None = None,
    verdict: str | None = None,
) -> None:
    """Confirm, change (its kind or verdict) or dismiss a finding, or take that back with None.

    One undoable command.
    """
    changes: dict[str, Any] = {"judgement": judgement, "reason": reason or None}
    if kind is not None:
        changes["kind"] = kind
    if verdict is not None:
        changes["verdict"] = verdict
    with history.command(archive, "judge finding", "findings") as recording:
        recording.update("findings", [finding_id], changes)


# -- looking --------------------------------------------------------------------------------------


def _in_sources(
    archive: "Archive",
    progress: Progress | None,
    source_ids: Collection[int] | None = None,
    matters: Collection[disagreements.Matter] = (),
) -> tuple[list[Noticed], list[tuple[list[Told], str | None]]]:
    """What the sources tell each for itself, and the passages to hold against each other.

    Of sources that are not among `source_ids` only passages on one of the matters are read.
    """
    found: list[Noticed] = []
    read: list[tuple[list[Told], str | None]] = []
    waiting = archive.reading().execute(_SOURCES).fetchall()
    used = archive.reading().execute("SELECT DISTINCT unit FROM figures WHERE unit IS NOT NULL")
    bases = {base for base, _ in matters}
    units = [unit for (unit,) in used.fetchall() if disagreements.matter(unit, None)[0] in bases]
    for done, (source_id, language) in enumerate(waiting):
        if progress is not None:
            progress(done, len(waiting), "findings")
        if source_ids is None or source_id in source_ids:
            told = passages(archive, source_id)
            found += in_source(told, language)
        else:
            told = passages(archive, source_id, units)
        read.append((told, language))
    return found, read


def in_source(told: Sequence[Told], language: str | None) -> list[Noticed]:
    """The sums, shares and ladders that the passages of one source tell."""
    added = sums.find(told, language)
    related = shares.find(told, language)
    totals = {each.figures[0][0].id for each in added if each.verdict != "differs"}
    implied = [each for each in related if each.kind == "sum"]
    implied = [each for each in implied if each.figures[0][0].id not in totals]
    better = {each.figures[0][0].id for each in implied}
    return [
        *(each for each in added if each.figures[0][0].id not in better),
        *(each for each in related if each.kind != "sum"),
        *implied,
        *ladders.find(told, language),
    ]


def passages(archive: "Archive", source_id: int, units: Sequence[str] | None = None) -> list[Told]:
    """The passages of a source that state figures (of some units), with those not rejected."""
    asked = {"source": source_id, "units": None if units is None else json.dumps(units)}
    rows = archive.reading().execute(_PASSAGES, asked).fetchall()
    if units is None:
        found = figures.in_source(archive, source_id)
    else:
        found = figures.in_passages(archive, [row[0] for row in rows])
    kept: dict[int, list[KeptFigure]] = {}
    for each in found:
        if each.status != "rejected":
            kept.setdefault(each.passage_id, []).append(each)
    return [
        Told(
            passage_id,
            source_id,
            ordinal,
            start,
            kind,
            text,
            tuple(
                Stated(each.id, each.figure, half_unit(each.figure)) for each in kept[passage_id]
            ),
        )
        for passage_id, ordinal, start, kind, text in rows
        if passage_id in kept and kind != "boilerplate"
    ]


def _kept_parts(archive: "Archive") -> dict[int, frozenset[float]]:
    """The values of the parts of each whole, of the sums and shares that are kept."""
    wholes: dict[int, list[int]] = {}
    parts: dict[int, set[float]] = {}
    for finding_id, figure_id, role, value in archive.reading().execute(_PARTS).fetchall():
        if role == "part":
            parts.setdefault(finding_id, set()).add(value)
        else:
            wholes.setdefault(figure_id, []).append(finding_id)
    return {
        figure_id: frozenset().union(*(parts.get(each, ()) for each in finding_ids))
        for figure_id, finding_ids in wholes.items()
    }


_ALL = f"""
    SELECT findings.id, findings.kind, findings.verdict, findings.stated, findings.computed,
           findings.message, findings.arithmetic, findings.source_id, findings.passage_id,
           findings.start, findings."end", findings.judgement, findings.reason
      FROM findings
      JOIN sources ON sources.id = findings.source_id
      LEFT JOIN passages ON passages.id = findings.passage_id
     WHERE {VISIBLE} AND (passages.id IS NULL OR passages.text_id = sources.text_id)
     ORDER BY findings.source_id, findings.start, findings.id
"""
_RESTING = f"""
    SELECT finding_figures.finding_id, figures.id, figures.passage_id
      FROM finding_figures
      JOIN figures ON figures.id = finding_figures.figure_id
      JOIN sources ON sources.id = figures.source_id AND sources.text_id = figures.text_id
     WHERE {VISIBLE}
     ORDER BY finding_figures.finding_id, finding_figures.ordinal
"""
_SOURCES = f"""
    SELECT sources.id, sources.language
      FROM sources
     WHERE {VISIBLE}
       AND EXISTS (SELECT 1 FROM figures
                    WHERE figures.source_id = sources.id AND figures.text_id = sources.text_id)
     ORDER BY sources.id
"""
_PASSAGES = """
    SELECT passages.id, passages.ordinal, passages.start, passages.kind, passages.text
      FROM passages
      JOIN sources ON sources.id = passages.source_id AND sources.text_id = passages.text_id
     WHERE passages.source_id = :source
       AND EXISTS (SELECT 1 FROM figures
                    WHERE figures.passage_id = passages.id
                      AND (:units IS NULL
                           OR figures.unit IN (SELECT value FROM json_each(:units))))
     ORDER BY passages.ordinal
"""
_PARTS = """
    SELECT finding_figures.finding_id, figures.id, finding_figures.role, figures.value
      FROM finding_figures
      JOIN figures ON figures.id = finding_figures.figure_id
     WHERE finding_figures.role IN ('total', 'whole', 'part')
"""
_MATTERS = """
    SELECT finding_figures.finding_id, figures.unit, figures.per
      FROM finding_figures
      JOIN figures ON figures.id = finding_figures.figure_id
"""
