"""Links: typed relations between spans, sources and figures, with both ends a step away.

Every write is one command. A link shows while both its ends do.
"""

import json
import uuid as uuids
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from db import annotations, errors, history
from db.records import End, Link, Target
from db.sources import VISIBLE

if TYPE_CHECKING:
    from db.archive import Archive

# The stable words of the relations every archive has; a person's own are stored as they say them.
RELATIONS = ("supports", "contradicts", "repeats", "corrects", "part_of", "explains")
LONGEST_WORDS = 200


def add(
    archive: "Archive", relation: str, from_: Target, to: Target, *, note: str | None = None
) -> int:
    """Link two things; returns the link's id. A span gets an annotation to stand on.

    Raises BadLink where an end is no span, annotation, source or figure, or both are one.
    """
    relation = " ".join(relation.split())
    if not relation:
        raise errors.BadLink(problem="relation")
    if from_ == to:
        raise errors.BadLink(problem="same")
    with history.command(
        archive, "new link", "links", "annotations", facts={"relation": relation}
    ) as recording:
        ends = annotations.standing_on(recording, [from_, to])
        row: dict[str, Any] = {"uuid": str(uuids.uuid4()), "relation": relation}
        for side, end in zip(("from", "to"), ends, strict=True):
            row |= _columns(side, end)
        row |= {"note": note, "person_id": recording.person_id, "made_at": annotations.now()}
        return recording.insert("links", row)


def change(archive: "Archive", link_id: int, **fields: str | None) -> None:
    """Give a link another `relation` or `note`. One command."""
    if unknown := fields.keys() - {"relation", "note"}:
        raise TypeError(f"a link has no {sorted(unknown)[0]}")
    if "relation" in fields and not (fields["relation"] or "").strip():
        raise errors.BadLink(problem="relation")
    with history.command(archive, "change link", "links") as recording:
        recording.update("links", [link_id], fields)


def remove(archive: "Archive", ids: Sequence[int]) -> None:
    """Remove links; what they joined stays. One command."""
    with history.command(archive, "remove links", "links", facts={"count": len(ids)}) as recording:
        recording.delete("links", ids)


def ids(archive: "Archive") -> list[int]:
    """Every link that shows, the latest first."""
    found = [
        link for link in _read(archive, "1", {}) if not (link.from_.is_gone or link.to.is_gone)
    ]
    return [link.id for link in reversed(found)]


def rows(archive: "Archive", ids: Sequence[int]) -> dict[int, Link]:
    """The links by id; one that has gone is absent."""
    where = "links.id IN (SELECT value FROM json_each(:ids))"
    return {link.id: link for link in _read(archive, where, {"ids": json.dumps(list(ids))})}


def of(archive: "Archive", target: Target) -> list[Link]:
    """The links that begin or end at an annotation, a source or a figure."""
    columns = _columns("from", target)
    ((name, value),) = ((name, value) for name, value in columns.items() if value is not None)
    where = f"(links.{name} = :value OR links.{name.replace('from', 'to', 1)} = :value)"
    found = _read(archive, where, {"value": value})
    return [link for link in found if not (link.from_.is_gone or link.to.is_gone)]


def relations(archive: "Archive") -> list[str]:
    """The relations to choose from: those every archive has, then a person's own, by use."""
    sql = "SELECT relation FROM links GROUP BY relation ORDER BY count(*) DESC, relation"
    used = [str(row[0]) for row in archive.reading().execute(sql).fetchall()]
    return [*RELATIONS, *(each for each in used if each not in RELATIONS)]


def _columns(side: str, end: Target) -> dict[str, int | None]:
    columns = {
        f"{side}_annotation_id": end.annotation_id,
        f"{side}_source_id": end.source_id if end.start is None else None,
        f"{side}_figure_id": end.figure_id,
    }
    if sum(value is not None for value in columns.values()) != 1:
        raise errors.BadLink(problem="end")
    return columns


def _end_columns(side: str) -> str:
    return f"""
        {side}_source.id, coalesce({side}_annotation.text_id, {side}_figure.text_id),
        coalesce({side}_annotation.start, {side}_figure.start),
        coalesce({side}_annotation."end", {side}_figure."end"),
        links.{side}_figure_id, links.{side}_annotation_id, {side}_source.title,
        substr(coalesce({side}_annotation.exact, {side}_annotation.body, {side}_figure.text,
                        {side}_source.title), 1, {LONGEST_WORDS}),
        {side}_annotation.deleted_at IS NOT NULL
          OR NOT coalesce({VISIBLE.replace("sources.", f"{side}_source.")}, 1)
    """


def _end_joins(side: str) -> str:
    return f"""
      LEFT JOIN annotations AS {side}_annotation
             ON {side}_annotation.id = links.{side}_annotation_id
      LEFT JOIN figures AS {side}_figure
             ON {side}_figure.id = coalesce(links.{side}_figure_id, {side}_annotation.figure_id)
      LEFT JOIN sources AS {side}_source ON {side}_source.id = coalesce(
             links.{side}_source_id, {side}_annotation.source_id, {side}_figure.source_id)
    """


_ROWS = f"""
    SELECT links.id, links.uuid, links.relation, links.note, people.name, links.made_at,
           {_end_columns("from")}, {_end_columns("to")}
      FROM links
      LEFT JOIN people ON people.id = links.person_id
      {_end_joins("from")} {_end_joins("to")}
"""


def _read(archive: "Archive", where: str, values: dict[str, Any]) -> list[Link]:
    sql = f"{_ROWS} WHERE {where} ORDER BY links.id"
    return [_link(row) for row in archive.reading().execute(sql, values).fetchall()]


def _link(row: Sequence[Any]) -> Link:
    row_id, uuid, relation, note, person, made_at, *ends = row
    half = len(ends) // 2
    return Link(row_id, uuid, relation, _end(ends[:half]), _end(ends[half:]), note, person, made_at)


def _end(columns: Sequence[Any]) -> End:
    source_id, text_id, start, end, figure_id, annotation_id, title, words, is_gone = columns
    target = Target(
        source_id=source_id, start=start, end=end, figure_id=figure_id,
        annotation_id=annotation_id, text_id=text_id,
    )  # fmt: skip
    return End(target, title, words or "", bool(is_gone))
