"""The review queue: which proposals wait, which are alike, how far a person has come, decisions."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from db import figures, history, quantities
from db.records import Context, Figure, FigureKind, KeptFigure, PassageKind
from db.sources import VISIBLE

if TYPE_CHECKING:
    from db.archive import Archive

DOUBTFUL_BELOW = 0.75
NO_UNIT = ""
# What is shown around a figure: a whole paragraph nearly always, a part of an endless one.
CHARACTERS_AROUND = 900
CHARACTERS_OF_A_NEIGHBOUR = 240


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which proposals a person wants to judge; what is None does not narrow.

    `unit` NO_UNIT asks for those without one.
    """

    source_id: int | None = None
    kind: FigureKind | None = None
    unit: str | None = None
    rule: str | None = None
    undated: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of a source's figures a person has judged."""

    source_id: int
    title: str
    reviewed: int
    figures: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """The queue, and what else could be asked for: each choice with its number of proposals.

    A choice's numbers keep to all the other choices of `wanted`. `writes` counts the archive's
    transactions: who has written the next one knows that nobody else has been there.
    """

    wanted: Wanted
    ids: list[int]
    sources: list[tuple[int, str, int]]
    kinds: list[tuple[str, int]]
    units: list[tuple[str, int]]
    rules: list[tuple[str, int]]
    undated: int
    doubtful: int
    progress: list[Progress]
    writes: int


@dataclass(frozen=True, slots=True)
class Card:
    """A proposal with the words around it: `text` begins at `start` of the source's text."""

    kept: KeptFigure
    start: int
    text: str
    before: str
    after: str
    kind: PassageKind
    page: str | None


_FROM = f"""
      FROM figures
      JOIN sources ON sources.id = figures.source_id AND sources.text_id = figures.text_id
     WHERE {VISIBLE}
"""
_WAITING = f"{_FROM} AND figures.status = 'proposed'"


def queue(archive: "Archive", wanted: Wanted | None = None) -> list[int]:
    """Ids of the proposals that wait, as they stand in their sources."""
    conditions, values = _conditions(wanted or Wanted())
    sql = f"SELECT figures.id {_WAITING} {conditions} ORDER BY figures.source_id, figures.start"
    return [int(row[0]) for row in archive.reading().execute(sql, values).fetchall()]


def waiting(archive: "Archive", wanted: Wanted | None = None) -> Waiting:
    """The queue with everything a panel shows beside it; reads ids and counts, no proposal."""
    wanted = wanted or Wanted()
    # First, so that what is written meanwhile makes the answer look old rather than new.
    writes = int(archive.meta("write_seq", "0"))
    narrowed = replace(wanted, undated=True), replace(wanted, doubtful=True)
    return Waiting(
        wanted=wanted,
        ids=queue(archive, wanted),
        sources=_counted(
            archive, replace(wanted, source_id=None), "figures.source_id, sources.title"
        ),
        kinds=_counted(archive, replace(wanted, kind=None), "figures.kind"),
        units=_counted(archive, replace(wanted, unit=None), f"coalesce(figures.unit, '{NO_UNIT}')"),
        rules=rules(archive, replace(wanted, rule=None)),
        undated=_count(archive, narrowed[0]),
        doubtful=_count(archive, narrowed[1]),
        progress=progress(archive),
        writes=writes,
    )


def cards(archive: "Archive", ids: Sequence[int]) -> dict[int, Card]:
    """The proposals with the words around them; one that has gone is absent. Two statements."""
    found = figures.rows(archive, ids)
    slots = ", ".join("?" * len(ids))
    values = [CHARACTERS_AROUND, CHARACTERS_AROUND, CHARACTERS_OF_A_NEIGHBOUR, *ids]
    made = {}
    for figure_id, start, *words in archive.reading().execute(
        _CONTEXTS.format(slots=slots), values
    ):
        if figure_id in found:
            made[figure_id] = Card(found[figure_id], start, *words)
    return made


def progress(archive: "Archive") -> list[Progress]:
    """One line a source that has figures, in the order of the sources."""
    sql = f"""
        SELECT sources.id, sources.title, sum(figures.status <> 'proposed'), count(*) {_FROM}
         GROUP BY sources.id ORDER BY sources.id
    """
    return [Progress(*row) for row in archive.reading().execute(sql).fetchall()]


def alike(archive: "Archive", figure_id: int) -> list[int]:
    """The waiting proposals that the same rules made with the same unit and kind, itself included."""
    sql = f"""
        SELECT figures.id {_WAITING}
           AND (figures.kind, figures.unit IS NULL, coalesce(figures.unit, ''), figures.rules) =
               (SELECT kind, unit IS NULL, coalesce(unit, ''), rules FROM figures WHERE id = :id)
         ORDER BY figures.source_id, figures.start
    """
    return [int(row[0]) for row in archive.reading().execute(sql, {"id": figure_id}).fetchall()]


def rules(archive: "Archive", wanted: Wanted | None = None) -> list[tuple[str, int]]:
    """The rules that made the waiting proposals, with their numbers, the commonest first."""
    conditions, values = _conditions(wanted or Wanted())
    sql = f"""
        SELECT rule.value, count(DISTINCT waiting.id)
          FROM (SELECT figures.id, figures.rules {_WAITING} {conditions}) AS waiting,
               json_each(waiting.rules) AS rule
         GROUP BY rule.value ORDER BY 2 DESC, 1
    """
    found = archive.reading().execute(sql, values).fetchall()
    return [(str(rule), int(count)) for rule, count in found]


def drafted(archive: "Archive", source_id: int, start: int, end: int) -> Card | None:
    """What the grammar makes of selected words, as a card with the id 0; nothing is stored.

    `value` is NaN where it finds none; None where the words lie in no one passage.
    """
    values = [CHARACTERS_AROUND, CHARACTERS_AROUND, CHARACTERS_OF_A_NEIGHBOUR]
    found = (
        archive.reading().execute(_SELECTED, [*values, source_id, max(0, start), end]).fetchone()
    )
    if found is None or start >= end:
        return None
    title, language, passage_id, shown_from, text, *around = found
    words = text[start - shown_from : end - shown_from]
    read = quantities.figures(words, Context(language=language))
    figure = Figure(start, end, words, "other", math.nan)
    if read:
        figure = replace(read[0], start=start, end=end, text=words, why=())
    kept = KeptFigure(0, source_id, title, passage_id, "proposed", figure)
    return Card(kept, shown_from, text, *around)


def sources_of(archive: "Archive", ids: Sequence[int]) -> int:
    """In how many sources these figures stand."""
    sql = (
        "SELECT count(DISTINCT source_id) FROM figures WHERE id IN (SELECT value FROM json_each(?))"
    )
    return int(archive.reading().execute(sql, [json.dumps(list(ids))]).fetchone()[0])


def writes(archive: "Archive") -> int:
    """How many transactions the archive has seen."""
    return int(archive.meta("write_seq", "0"))


def take_back(archive: "Archive", change_id: int) -> figures.Written | None:
    """Undo this change if it is the newest one; None, and nothing done, if something came after."""
    with archive.writing("history", "figures") as database:
        if figures.written(database, 1).change_id != change_id:
            return None
        history.undo(archive)
        return replace(figures.written(database, 1), change_id=change_id)


_AROUND = """
           max(passages.start, {start} - ?1),
           substr(passages.text, max(passages.start, {start} - ?1) - passages.start + 1,
                  {end} - max(passages.start, {start} - ?1) + ?2),
           coalesce(substr(before.text, -?3), ''),
           coalesce(substr(after.text, 1, ?3), ''),
           passages.kind, passages.page
"""
_NEIGHBOURS = """
      LEFT JOIN passages AS before
        ON before.text_id = passages.text_id AND before.ordinal = passages.ordinal - 1
      LEFT JOIN passages AS after
        ON after.text_id = passages.text_id AND after.ordinal = passages.ordinal + 1
"""
_CONTEXTS = f"""
    SELECT figures.id, {_AROUND.format(start="figures.start", end='figures."end"')}
      FROM figures
      JOIN passages ON passages.id = figures.passage_id
      {_NEIGHBOURS}
     WHERE figures.id IN ({{slots}})
"""
_SELECTED = f"""
    SELECT sources.title, sources.language, passages.id, {_AROUND.format(start="?5", end="?6")}
      FROM sources
      JOIN passages ON passages.source_id = sources.id AND passages.text_id = sources.text_id
      {_NEIGHBOURS}
     WHERE sources.id = ?4 AND passages.start <= ?5 AND passages."end" >= ?6
"""


def _count(archive: "Archive", wanted: Wanted) -> int:
    conditions, values = _conditions(wanted)
    sql = f"SELECT count(*) {_WAITING} {conditions}"
    return int(archive.reading().execute(sql, values).fetchone()[0])


def _counted(archive: "Archive", wanted: Wanted, columns: str) -> list[Any]:
    conditions, values = _conditions(wanted)
    sql = f"""
        SELECT {columns}, count(*) AS n {_WAITING} {conditions}
         GROUP BY 1 ORDER BY n DESC, 1
    """
    return [tuple(row) for row in archive.reading().execute(sql, values).fetchall()]


def _conditions(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    parts: list[str] = []
    values: dict[str, Any] = {}
    for column, value in (
        ("source_id", wanted.source_id),
        ("kind", wanted.kind),
        ("unit", wanted.unit or None),
    ):
        if value is not None:
            parts.append(f"AND figures.{column} = :{column}")
            values[column] = value
    if wanted.unit == NO_UNIT:
        parts.append("AND figures.unit IS NULL")
    if wanted.rule is not None:
        parts.append("AND EXISTS (SELECT 1 FROM json_each(figures.rules) WHERE value = :rule)")
        values["rule"] = wanted.rule
    if wanted.undated:
        parts.append("AND figures.date IS NULL")
    if wanted.doubtful:
        parts.append("AND (figures.confidence < :doubtful OR figures.doubts <> '[]')")
        values["doubtful"] = DOUBTFUL_BELOW
    return " ".join(parts), values
