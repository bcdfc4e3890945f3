"""Findings: what the program noticed in the figures of an archive, and what a person judged of it."""

import hashlib
import json
import uuid as uuids
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from db import disagreements, figures, history, ladders, shares, sums
from db.freeing import let_go
from db.noticed import Noticed, Stated, Told, half_unit
from db.sources import VISIBLE

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.archive import Archive
    from db.records import KeptFigure

Judgement = Literal["confirmed", "changed", "dismissed"]

ROWS_A_TRANSACTION = 500
GRAMMAR = "findings 1"
_KINDS = "('sum', 'share', 'disagreement', 'ladder')"


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


def find(archive: "Archive", progress: Callable[[int, int, str], None] | None = None) -> int:
    """Look at all figures that show, anew; returns how many findings there are.

    `progress(done, of, what)` may raise Cancelled before anything is written.

    What a person judged stays judged, whatever is read or imported again: a finding is known by
    the words it rests on. A judged or annotated one that is no longer found is kept, unseen.
    """
    wanted = _named(archive, _noticed(archive, progress))
    rows = archive.reading().execute(
        "SELECT identity, id, CASE WHEN judgement IS NULL AND id IN (SELECT finding_id"
        " FROM annotations WHERE finding_id IS NOT NULL) THEN 'annotated' ELSE judgement END"
        f" FROM findings WHERE kind IN {_KINDS} OR judgement = 'changed'"
    )
    there = {str(identity): (int(row), judgement) for identity, row, judgement in rows.fetchall()}
    gone = [pair for identity, pair in there.items() if identity not in wanted]
    for chunk in _chunks(gone):
        with archive.writing("findings", urgent=False) as database:
            for finding_id, judgement in chunk:
                table = "finding_figures WHERE finding_id" if judgement else "findings WHERE id"
                database.execute(f"DELETE FROM {table} = ?", [finding_id])
    for chunk in _chunks(list(wanted.items())):
        with archive.writing("findings", urgent=False) as database:
            for identity, noticed in chunk:
                _keep(database, identity, noticed, there.get(identity))
    return len(wanted)


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


def _noticed(archive: "Archive", progress: Callable[[int, int, str], None] | None) -> list[Noticed]:
    found: list[Noticed] = []
    read: list[tuple[list[Told], str | None]] = []
    waiting = archive.reading().execute(_SOURCES).fetchall()
    for done, (source_id, language) in enumerate(waiting):
        if progress is not None:
            progress(done, len(waiting), "findings")
        told = passages(archive, int(source_id))
        found += in_source(told, language)
        read.append((told, language))
    found += disagreements.find(read, found)
    let_go(read)
    return found


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


def passages(archive: "Archive", source_id: int) -> list[Told]:
    """The passages of a source that state figures, with those a person has not rejected."""
    kept: dict[int, list[KeptFigure]] = {}
    for each in figures.in_source(archive, source_id):
        if each.status != "rejected":
            kept.setdefault(each.passage_id, []).append(each)
    rows = archive.reading().execute(_PASSAGES, {"source": source_id}).fetchall()
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


# -- keeping --------------------------------------------------------------------------------------


def _named(archive: "Archive", found: Iterable[Noticed]) -> dict[str, Noticed]:
    """The findings by identity: the kind, and the place of each figure in a text known by its hash."""
    hashes = {int(row[0]): str(row[1]) for row in archive.reading().execute(_TEXTS).fetchall()}
    texts = dict(archive.reading().execute(_FIGURE_TEXTS).fetchall())
    named: dict[str, Noticed] = {}
    for noticed in found:
        if any(texts.get(stated.id) not in hashes for stated, _ in noticed.figures):
            continue  # read anew or of a corrected text meanwhile; the next look finds what is there
        spans = sorted(
            (hashes[texts[stated.id]], stated.figure.start, stated.figure.end)
            for stated, _ in noticed.figures
        )
        told = json.dumps([noticed.kind, noticed.arithmetic.get("rule") == "a hundred", spans])
        identity = f"{noticed.kind}:{hashlib.sha256(told.encode()).hexdigest()}"
        copy = 1
        while identity in named:  # two sources with the very same text
            copy += 1
            identity = f"{identity.partition('#')[0]}#{copy}"
        named[identity] = noticed
    return named


def _keep(
    database: "Database", identity: str, noticed: Noticed, there: tuple[int, str | None] | None
) -> None:
    first = noticed.figures[0][0]
    row = database.execute(
        "SELECT source_id, passage_id FROM figures WHERE id = ?", [first.id]
    ).fetchone()
    if row is None:
        return  # rejected or read anew meanwhile; the next look finds what is there then
    values: dict[str, Any] = {
        "stated": noticed.stated,
        "computed": noticed.computed,
        "message": noticed.message,
        "arithmetic": json.dumps(noticed.arithmetic, ensure_ascii=False),
        "source_id": row[0],
        "passage_id": row[1],
        "start": first.figure.start,
        "end": first.figure.end,
        "grammar": GRAMMAR,
    }
    if there is None or there[1] != "changed":
        values |= {"kind": noticed.kind, "verdict": noticed.verdict}
    if there is None:
        values |= {"uuid": str(uuids.uuid4()), "identity": identity}
        names = ", ".join(f'"{name}"' for name in values)
        slots = ", ".join("?" * len(values))
        cursor = database.execute(
            f"INSERT INTO findings ({names}) VALUES ({slots})", list(values.values())
        )
        finding_id = int(cursor.lastrowid or 0)
    else:
        finding_id = there[0]
        places = ", ".join(f'"{name}" = ?' for name in values)
        database.execute(
            f"UPDATE findings SET {places} WHERE id = ?", [*values.values(), finding_id]
        )
        database.execute("DELETE FROM finding_figures WHERE finding_id = ?", [finding_id])
    database.conn.executemany(
        "INSERT OR IGNORE INTO finding_figures (finding_id, figure_id, role, ordinal)"
        " SELECT ?, id, ?, ? FROM figures WHERE id = ?",
        [
            (finding_id, role, ordinal, stated.id)
            for ordinal, (stated, role) in enumerate(noticed.figures)
        ],
    )


def _chunks(items: Sequence[Any]) -> Iterable[Sequence[Any]]:
    for start in range(0, len(items), ROWS_A_TRANSACTION):
        yield items[start : start + ROWS_A_TRANSACTION]


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
       AND EXISTS (SELECT 1 FROM figures WHERE figures.passage_id = passages.id)
     ORDER BY passages.ordinal
"""
_TEXTS = "SELECT texts.id, texts.sha256 FROM texts JOIN sources ON sources.text_id = texts.id"
_FIGURE_TEXTS = "SELECT id, text_id FROM figures"
