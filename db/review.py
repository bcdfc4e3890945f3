"""The review queue: which proposals wait, which are alike, how far a person has come."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.records import FigureKind
from db.sources import VISIBLE

if TYPE_CHECKING:
    from db.archive import Archive

DOUBTFUL_BELOW = 0.75


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which proposals a person wants to judge; what is None does not narrow."""

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


_FROM = f"""
      FROM figures
      JOIN sources ON sources.id = figures.source_id AND sources.text_id = figures.text_id
     WHERE {VISIBLE}
"""


def queue(archive: "Archive", wanted: Wanted | None = None) -> list[int]:
    """Ids of the proposals that wait, as they stand in their sources."""
    wanted = wanted or Wanted()
    conditions, values = _conditions(wanted)
    sql = f"""
        SELECT figures.id {_FROM} AND figures.status = 'proposed' {conditions}
         ORDER BY figures.source_id, figures.start
    """
    return [int(row[0]) for row in archive.reading().execute(sql, values).fetchall()]


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
        SELECT figures.id {_FROM} AND figures.status = 'proposed'
           AND (figures.kind, figures.unit IS NULL, coalesce(figures.unit, ''), figures.rules) =
               (SELECT kind, unit IS NULL, coalesce(unit, ''), rules FROM figures WHERE id = :id)
         ORDER BY figures.source_id, figures.start
    """
    return [int(row[0]) for row in archive.reading().execute(sql, {"id": figure_id}).fetchall()]


def rules(archive: "Archive") -> list[tuple[str, int]]:
    """The rules that made the waiting proposals, with their numbers, the commonest first."""
    sql = f"""
        SELECT rule.value, count(*)
          FROM (SELECT figures.rules AS rules {_FROM} AND figures.status = 'proposed') AS waiting,
               json_each(waiting.rules) AS rule
         GROUP BY rule.value ORDER BY 2 DESC, 1
    """
    return [(str(rule), int(count)) for rule, count in archive.reading().execute(sql).fetchall()]


def _conditions(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    parts: list[str] = []
    values: dict[str, Any] = {}
    for column, value in (
        ("source_id", wanted.source_id),
        ("kind", wanted.kind),
        ("unit", wanted.unit),
    ):
        if value is not None:
            parts.append(f"AND figures.{column} = :{column}")
            values[column] = value
    if wanted.rule is not None:
        parts.append("AND EXISTS (SELECT 1 FROM json_each(figures.rules) WHERE value = :rule)")
        values["rule"] = wanted.rule
    if wanted.undated:
        parts.append("AND figures.date IS NULL")
    if wanted.doubtful:
        parts.append("AND (figures.confidence < :doubtful OR figures.doubts <> '[]')")
        values["doubtful"] = DOUBTFUL_BELOW
    return " ".join(parts), values
