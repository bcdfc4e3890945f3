"""Figures of the archive: which there are, what a person decided, their dates as days."""

import json
import math
import uuid as uuids
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from db import edtf, errors, history, quantities
from db.records import Context, Extraction, Figure, FigureStatus, KeptFigure, KeptPeriod, Period
from db.sources import VISIBLE

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.archive import Archive

Order = Literal["source", "value", "date", "unit", "status", "doubt"]

_ORDERS: dict[str, str] = {
    "source": "figures.source_id, figures.start",
    "value": "figures.value, figures.id",
    "date": "figures.earliest IS NULL, figures.earliest, figures.latest, figures.id",
    "unit": "figures.unit IS NULL, figures.unit, figures.earliest, figures.id",
    "status": "figures.status, figures.source_id, figures.start",
    "doubt": "figures.confidence, figures.source_id, figures.start",
}

_FROM = f"""
      FROM figures
      JOIN sources ON sources.id = figures.source_id AND sources.text_id = figures.text_id
     WHERE {VISIBLE}
"""

# The newest change that stands.
_NEWEST = "SELECT id FROM history WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1"
_DIFFERING = """
    SELECT count(*) FROM figures
     WHERE id IN (SELECT value FROM json_each(?)) AND status <> ?
"""


@dataclass(frozen=True, slots=True)
class Written:
    """A change to figures: its line in the history (0: none), how many figures changed.

    `writes` is how many transactions the archive has seen with it.
    """

    change_id: int
    changed: int
    writes: int


_KEPT = f"""
    SELECT figures.id, figures.source_id, sources.title, figures.passage_id, figures.status,
           figures.start, figures."end", figures.text, figures.kind, figures.value,
           figures.value_high, figures.approx, figures.unit, figures.per, figures.of,
           figures.giver, figures.receiver, figures.modality, figures.nature, figures.date,
           figures.date_basis, figures.confidence, figures.doubts, figures.rules, figures.why
    {_FROM}
"""


def ids(
    archive: "Archive",
    *,
    source_id: int | None = None,
    unit: str | None = None,
    status: FigureStatus | None = None,
    words: str = "",
    order: Order = "source",
    descending: bool = False,
    days: tuple[int, int] | None = None,
) -> list[int]:
    """Ids of the figures that fit, in a total order; `words` must occur in text, unit or `of`.

    `days` are day numbers, the first and the last: a figure fits if its period touches them.
    """
    conditions: list[str] = []
    values: dict[str, Any] = {}
    for column, value in (("source_id", source_id), ("unit", unit), ("status", status)):
        if value is not None:
            conditions.append(f"figures.{column} = :{column}")
            values[column] = value
    if days is not None:
        # A period open to one side reaches on; a figure with neither end has no date.
        conditions.append(
            "(figures.earliest <= :last_day"
            " OR figures.earliest IS NULL AND figures.latest IS NOT NULL)"
            " AND (figures.latest >= :first_day"
            " OR figures.latest IS NULL AND figures.earliest IS NOT NULL)"
        )
        values["first_day"], values["last_day"] = days
    if words.strip():
        conditions.append(
            "(instr(lower(figures.text), :words) OR instr(lower(coalesce(figures.unit, '')), :words)"
            " OR instr(lower(coalesce(figures.of, '')), :words)"
            " OR instr(lower(sources.title), :words))"
        )
        values["words"] = words.strip().lower()
    where = "".join(f" AND {condition}" for condition in conditions)
    by = _ORDERS[order]
    if descending:
        by = ", ".join(f"{part} DESC" for part in by.split(", "))
    sql = f"SELECT figures.id {_FROM}{where} ORDER BY {by}"
    return [figure_id for (figure_id,) in archive.reading().execute(sql, values).fetchall()]


def rows(archive: "Archive", ids: Sequence[int]) -> dict[int, KeptFigure]:
    """The figures by id; one that has gone is absent."""
    sql = f"{_KEPT} AND figures.id IN (SELECT value FROM json_each(?))"
    return {row[0]: _kept(row) for row in archive.reading().execute(sql, [_json(ids)]).fetchall()}


def totals(archive: "Archive", ids: Sequence[int]) -> tuple[list[tuple[str, float, int]], int]:
    """What figures come to, unit by unit, as (unit, sum, how many), and how many were not added.

    Nothing is added across units. Not added are rejected figures, ranges, and what has no sum:
    shares, rates, ranks and figures without a unit.
    """
    added: dict[str, tuple[float, int]] = {}
    rest = len(ids)
    for unit, value, count in archive.reading().execute(_TOTALS, [_json(ids)]).fetchall():
        added[str(unit)] = float(value), int(count)
        rest -= int(count)
    ordered = sorted(added.items(), key=lambda each: (-each[1][1], each[0]))
    return [(unit, value, count) for unit, (value, count) in ordered], rest


_TOTALS = """
    SELECT figures.unit, sum(figures.value), count(*)
      FROM figures
     WHERE figures.id IN (SELECT value FROM json_each(?))
       AND figures.status <> 'rejected'
       AND figures.unit IS NOT NULL AND figures.unit NOT IN ('percent', 'fraction', 'times')
       AND figures.per IS NULL AND figures.value_high IS NULL
       AND coalesce(figures.nature, '') NOT IN ('share', 'rate', 'rank')
     GROUP BY figures.unit
"""


def in_source(archive: "Archive", source_id: int) -> list[KeptFigure]:
    """The figures of a source's present text, as they stand in it."""
    sql = f"{_KEPT} AND figures.source_id = ? ORDER BY figures.start"
    return [_kept(row) for row in archive.reading().execute(sql, [source_id]).fetchall()]


def in_passages(archive: "Archive", passage_ids: Sequence[int]) -> list[KeptFigure]:
    """The figures of some passages, by source and place."""
    more = " AND figures.passage_id IN (SELECT value FROM json_each(?))"
    sql = f"{_KEPT}{more} ORDER BY figures.source_id, figures.start"
    return [_kept(row) for row in archive.reading().execute(sql, [_json(passage_ids)]).fetchall()]


def all(archive: "Archive", *, unit: str | None = None) -> list[KeptFigure]:
    """Every figure that shows (of one unit), by source and place."""
    more = "" if unit is None else " AND figures.unit = :unit"
    sql = f"{_KEPT}{more} ORDER BY figures.source_id, figures.start"
    # Row by row, not fetchall: the rows of 100,000 figures freed in one stroke hold every thread.
    return [_kept(row) for row in archive.reading().execute(sql, {"unit": unit})]


def units(archive: "Archive") -> list[tuple[str, int]]:
    """The units in use with the number of their figures, the commonest first."""
    sql = f"""
        SELECT figures.unit, count(*) AS n {_FROM} AND figures.unit IS NOT NULL
         GROUP BY figures.unit ORDER BY n DESC, figures.unit
    """
    return [(str(unit), int(count)) for unit, count in archive.reading().execute(sql).fetchall()]


def decide(archive: "Archive", ids: Sequence[int], status: FigureStatus) -> Written:
    """Accept, reject or reopen figures, one or ten thousand: one undoable command.

    Asked for what is so already, it leaves no line in the history.
    """
    with archive.writing("history", "figures") as database:
        differing = int(database.execute(_DIFFERING, [_json(ids), status]).fetchone()[0])
        if not differing:
            return Written(0, 0, _next_write(database))
        with history.command(
            archive, f"mark figures {status}", "figures", facts={"count": len(ids)}
        ) as recording:
            changed = recording.update("figures", ids, {"status": status})
        return written(database, changed)


def edit(archive: "Archive", figure_id: int, **fields: Any) -> Written:
    """Put a person's reading in place of the proposal; one undoable command.

    `fields` are those of Figure (value, unit, of, date, approx, start and end ...); the first edit
    keeps the proposal beside it. Raises BadFigure where they cannot stand.
    """
    with archive.writing("history", "figures") as database:
        kept = rows(archive, [figure_id]).get(figure_id)
        if kept is None:
            raise errors.UnknownFigure(figure_id=figure_id)
        changes = _checked(archive, kept.source_id, fields) | {"status": "edited"}
        if kept.status == "proposed":
            was = {name: getattr(kept.figure, name) for name in FIELDS}
            changes["proposal"] = json.dumps(was, ensure_ascii=False)
        with history.command(archive, "edit figure", "figures") as recording:
            recording.update("figures", [figure_id], changes)
        return written(database, 1)


def written(database: "Database", changed: int) -> Written:
    """What the change that is being written will be known by."""
    newest = database.execute(_NEWEST).fetchone()
    return Written(int(newest[0]) if newest else 0, changed, _next_write(database))


def add(archive: "Archive", source_id: int, start: int, end: int, **fields: Any) -> int:
    """A figure a person makes of selected words; what is not given is read from them.

    Returns its id. Raises BadFigure where the span lies in no passage or no value can be read.
    """
    placed = _checked(archive, source_id, {"start": start, "end": end})
    proposed = quantities.figures(placed["text"], Context(language=_language(archive, source_id)))
    read: dict[str, Any] = {"kind": "other", "approx": "exact", "date_basis": "none"}
    if proposed:
        read = {name: getattr(proposed[0], name) for name in FIELDS}
    row = read | _checked(archive, source_id, fields) | placed
    if row.get("value") is None:
        raise errors.BadFigure(problem="value")
    row |= {
        "uuid": str(uuids.uuid4()),
        "source_id": source_id,
        "rules": json.dumps(["by_hand"]),
        "status": "edited",
        "confidence": 1.0,
    }
    with history.command(archive, "new figure", "figures") as recording:
        return recording.insert("figures", row)


def periods(archive: "Archive", source_id: int | None = None) -> list[KeptPeriod]:
    """The dates and periods the texts name, boilerplate included."""
    more = "" if source_id is None else " AND periods.source_id = :source_id"
    sql = f"""
        SELECT periods.source_id, periods.passage_id, periods.start, periods."end", periods.text,
               periods.date, periods.basis
          FROM periods
          JOIN sources ON sources.id = periods.source_id AND sources.text_id = periods.text_id
         WHERE {VISIBLE}{more}
         ORDER BY periods.source_id, periods.start
    """
    found = archive.reading().execute(sql, {"source_id": source_id}).fetchall()
    return [KeptPeriod(row[0], row[1], Period(*row[2:])) for row in found]


def store(
    database: "Database", source_id: int, text_id: int, extraction: Extraction, passage_at: "Places"
) -> None:
    """Write proposals for a text into an open transaction; what a person decided stays as it is.

    A proposal whose span a decided figure already covers is left out.
    """
    decided = {
        (start, end)
        for start, end in database.execute(
            "SELECT start, \"end\" FROM figures WHERE text_id = ? AND status <> 'proposed'",
            [text_id],
        ).fetchall()
    }
    new = [
        _figure_row(figure, source_id, text_id, passage_at(figure.start), extraction.grammar)
        for figure in extraction.figures
        if (figure.start, figure.end) not in decided
    ]
    database.conn.executemany(_INSERT_FIGURE, new)
    database.conn.executemany(
        "INSERT INTO periods (source_id, text_id, passage_id, start, \"end\", text, date, basis,"
        " earliest, latest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                source_id, text_id, passage_at(period.start), period.start, period.end,
                period.text, period.date, period.basis, *days(period.date),
            )
            for period in extraction.periods
        ],
    )  # fmt: skip


class Places:
    """Says in which passage a character of a text stands."""

    def __init__(self, starts: Sequence[int], ids: Sequence[int]) -> None:
        self._starts = starts
        self._ids = ids

    def __call__(self, position: int) -> int:
        """The id of the passage that holds `position`."""
        return self._ids[max(bisect_right(self._starts, position) - 1, 0)]


FIELDS = (
    "start", "end", "text", "kind", "value", "value_high", "approx", "unit", "per", "of",
    "giver", "receiver", "modality", "nature", "date", "date_basis", "confidence",
)  # fmt: skip
_INSERT_FIGURE = f"""
    INSERT INTO figures (uuid, source_id, text_id, passage_id, grammar, earliest, latest,
                         doubts, rules, why, {", ".join(f'"{name}"' for name in FIELDS)})
    VALUES ({", ".join("?" * (10 + len(FIELDS)))})
"""


def _figure_row(
    figure: Figure, source_id: int, text_id: int, passage_id: int, grammar: str
) -> tuple[Any, ...]:
    earliest, latest = days(figure.date)
    return (
        str(uuids.uuid4()), source_id, text_id, passage_id, grammar, earliest, latest,
        json.dumps(figure.doubts), json.dumps(figure.rules),
        json.dumps(figure.why, ensure_ascii=False),
        *(getattr(figure, name) for name in FIELDS),
    )  # fmt: skip


def _checked(archive: "Archive", source_id: int, fields: Mapping[str, Any]) -> dict[str, Any]:
    allowed = set(FIELDS) - {"confidence"}
    if unknown := fields.keys() - allowed:
        raise TypeError(f"a figure has no {sorted(unknown)[0]}")
    changes = dict(fields)
    for name in ("value", "value_high"):
        value = changes.get(name)
        if value is not None and not (math.isfinite(value) and abs(value) < 1e300):
            raise errors.BadFigure(problem="value")
    if changes.get("date"):
        if not edtf.is_valid(changes["date"]):
            raise errors.BadFigure(problem="date", date=changes["date"])
        changes.setdefault("date_basis", "stated")
    if "date" in changes:
        changes["earliest"], changes["latest"] = days(changes["date"])
    if "start" in changes or "end" in changes:
        changes |= _place(archive, source_id, changes["start"], changes["end"])
    return changes


def _place(archive: "Archive", source_id: int, start: int, end: int) -> dict[str, Any]:
    row = (
        archive.reading()
        .execute(
            "SELECT passages.id, passages.text_id, passages.start, passages.text FROM passages"
            " JOIN sources ON sources.id = passages.source_id"
            " AND sources.text_id = passages.text_id"
            ' WHERE sources.id = ? AND passages.start <= ? AND passages."end" >= ?',
            [source_id, start, end],
        )
        .fetchone()
    )
    if row is None or start >= end:
        raise errors.BadFigure(problem="span", start=start, end=end)
    passage_id, text_id, offset, text = row
    return {
        "start": start,
        "end": end,
        "text": text[start - offset : end - offset],
        "passage_id": passage_id,
        "text_id": text_id,
    }


def _language(archive: "Archive", source_id: int) -> str | None:
    row = (
        archive.reading()
        .execute("SELECT language FROM sources WHERE id = ?", [source_id])
        .fetchone()
    )
    return row[0] if row else None


def days(date: str | None) -> tuple[int | None, int | None]:
    """First and last day of an EDTF date as day numbers; None is open or unknown."""
    return edtf.earliest_latest(date) if date else (None, None)


def _kept(row: Sequence[Any]) -> KeptFigure:
    figure_id, source_id, title, passage_id, status, *fields = row
    *plain, doubts, rules, why = fields
    lists = (
        tuple(json.loads(doubts)),
        tuple(json.loads(rules)),
        tuple(tuple(part) for part in json.loads(why)),
    )
    figure = Figure(*[*plain, *lists])
    return KeptFigure(figure_id, source_id, title, passage_id, status, figure)


def _next_write(database: "Database") -> int:
    # The transaction adds its one to the count as it commits.
    row = database.execute("SELECT value FROM meta WHERE key = 'write_seq'").fetchone()
    return int(row[0]) + 1


def _json(ids: Sequence[int]) -> str:
    return json.dumps(list(ids))
