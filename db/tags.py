"""Tags: a tree of a person's own words for passages, sources and figures; put on, counted, arranged.

A span carries a tag through an annotation that stands on it. Every write is one command. Long
because all that changes the tree keeps the same rules about names and rings.
"""

import json
import uuid as uuids
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from db import annotations, errors, history
from db.records import Tag, Tagging, Target
from db.sources import VISIBLE

if TYPE_CHECKING:
    from db.archive import Archive
    from db.history import Recording

SEPARATOR = "/"
_FIELDS = frozenset({"name", "colour", "letter", "description"})


# -- reading ------------------------------------------------------------------------------------


def all(archive: "Archive") -> list[Tag]:
    """Every tag, parents before their children, children by name."""
    carriers = _carriers(archive)
    tags = _tree(archive)
    with_below = {tag.id: set(carriers.get(tag.id, ())) for tag in tags}
    for tag in reversed(tags):  # children before their parents
        if tag.parent_id is not None:
            with_below[tag.parent_id] |= with_below[tag.id]
    return [
        replace(tag, count=len(carriers.get(tag.id, ())), count_below=len(with_below[tag.id]))
        for tag in tags
    ]


def names(archive: "Archive") -> dict[int, Tag]:
    """Every tag by its id, without counts: what a reader needs to name and colour a mark."""
    found = archive.reading().execute(_ALL).fetchall()
    return {
        row[0]: Tag(row[0], row[2], row[1], row[3], *row[4:])  # id, uuid, parent, name, the rest
        for row in found
    }


def paths(archive: "Archive") -> dict[str, int]:
    """The tags by their paths ("economy/loans"), parents before their children."""
    found: dict[str, int] = {}
    named: dict[int | None, str] = {}
    for tag in _tree(archive):
        above = named.get(tag.parent_id)
        named[tag.id] = tag.name if above is None else f"{above}{SEPARATOR}{tag.name}"
        found[named[tag.id]] = tag.id
    return found


def get(archive: "Archive", tag_id: int) -> Tag:
    """One tag; UnknownTag if there is none of this id."""
    for tag in all(archive):
        if tag.id == tag_id:
            return tag
    raise errors.UnknownTag(tag_id=tag_id)


def with_below(archive: "Archive", tag_id: int) -> list[int]:
    """A tag's id and those of all below it."""
    rows = archive.reading().execute(_BELOW, [tag_id]).fetchall()
    return [int(row[0]) for row in rows]


def taggings(archive: "Archive", tag_id: int) -> list[Tagging]:
    """What carries a tag itself, by source and place."""
    found = archive.reading().execute(_TAGGINGS, [tag_id]).fetchall()
    return [
        Tagging(
            row_id, uuid, tag_id, Target(source_id=source, figure_id=figure, annotation_id=each)
        )
        for row_id, uuid, each, source, figure in found
    ]


def of(archive: "Archive", target: Target) -> list[int]:
    """The tags that a source, a figure or an annotation carries, in the order they were put on."""
    sql = """
        SELECT tag_id FROM taggings
         WHERE annotation_id IS ? AND source_id IS ? AND figure_id IS ? ORDER BY id
    """
    found = archive.reading().execute(sql, annotations.carrier(target)).fetchall()
    return [int(row[0]) for row in found]


# -- writing ------------------------------------------------------------------------------------


def add(
    archive: "Archive",
    name: str,
    parent_id: int | None = None,
    *,
    colour: str | None = None,
    letter: str | None = None,
    description: str | None = None,
) -> int:
    """A new tag; returns its id. Raises BadTag where a sister has the name, or it has none.

    A letter belongs to one tag: the one that had it loses it.
    """
    with history.command(archive, "new tag", "tags", facts={"name": name}) as recording:
        _free_letter(recording, letter, None)
        return _insert(recording, name, parent_id, colour, letter, description)


def at_path(archive: "Archive", path: str) -> int:
    """The tag at "economy/loans", with what of the path is not there yet made in one command."""
    at, missing = _along(archive, path)
    if missing:
        with history.command(archive, "new tag", "tags", facts={"name": missing[-1]}) as recording:
            at = _made_below(recording, at, missing)
    assert at is not None
    return at


def put_at_path(archive: "Archive", path: str, targets: Sequence[Target]) -> tuple[int, int]:
    """As `put` with the tag at a path, made if need be, all in one command.

    Returns the tag's id and how many of the targets had it not.
    """
    at, missing = _along(archive, path)
    with history.command(
        archive, "tag", "tags", "annotations", "taggings", facts={"count": len(targets)}
    ) as recording:
        tag_id = _made_below(recording, at, missing)
        standing = annotations.standing_on(recording, targets)
        return tag_id, annotations.put_tags(recording, [tag_id], standing)


def change(archive: "Archive", tag_id: int, **fields: str | None) -> None:
    """Give a tag another `name`, `colour`, `letter` or `description`. One command."""
    if unknown := fields.keys() - _FIELDS:
        raise TypeError(f"a tag has no {sorted(unknown)[0]}")
    tag = _without_counts(archive, tag_id)
    with history.command(archive, "change tag", "tags", facts={"name": tag.name}) as recording:
        if "name" in fields:
            fields["name"] = _named(recording, fields["name"] or "", tag.parent_id, tag_id)
        _free_letter(recording, fields.get("letter"), tag_id)
        recording.update("tags", [tag_id], fields)


def move(archive: "Archive", tag_ids: Sequence[int], parent_id: int | None) -> None:
    """Put tags, and what lies below them, under another one (None: the root). One command."""
    with history.command(archive, "move tags", "tags", facts={"count": len(tag_ids)}) as recording:
        for tag_id in tag_ids:
            tag = _without_counts(archive, tag_id)
            if parent_id is not None and parent_id in with_below(archive, tag_id):
                raise errors.BadTag(problem="circle", name=tag.name)
            _named(recording, tag.name, parent_id, tag_id)
            recording.update("tags", [tag_id], {"parent_id": parent_id})


def merge(archive: "Archive", into: int, others: Sequence[int]) -> None:
    """Put what carries `others`, and the tags below them, under one tag; the others go.

    Their descriptions are added to its own. One command.
    """
    target = _without_counts(archive, into)
    members = [_without_counts(archive, each) for each in others if each != into]
    for each in members:
        if into in with_below(archive, each.id):
            raise errors.BadTag(problem="circle", name=each.name)
    with history.command(
        archive, "merge tags", "tags", "taggings", facts={"name": target.name}
    ) as recording:
        told = [target.description, *(each.description for each in members)]
        joined = "\n".join(dict.fromkeys(each for each in told if each))
        recording.update("tags", [into], {"description": joined or None})
        for each in members:
            _retag(recording, _tagging_ids(recording, each.id), into)
            _adopt(recording, each.id, into)
            recording.delete_with_rows_below("tags", [each.id])


def split(archive: "Archive", tag_id: int, tagging_ids: Sequence[int], name: str) -> int:
    """Make a sister of a tag and give it some of what carries the tag; returns its id."""
    tag = _without_counts(archive, tag_id)
    with history.command(
        archive, "split tag", "tags", "taggings", facts={"name": tag.name}
    ) as recording:
        new = _insert(recording, name, tag.parent_id, tag.colour, None, None)
        _retag(recording, tagging_ids, new)
    return new


def remove(archive: "Archive", tag_ids: Sequence[int], *, below: bool = False) -> None:
    """Remove tags; what carried them stays, untagged. Those below move up, or go too (`below`)."""
    with history.command(
        archive, "remove tags", "tags", "taggings", facts={"count": len(tag_ids)}
    ) as recording:
        for tag_id in tag_ids:
            if below:
                for each in reversed(with_below(archive, tag_id)):
                    recording.delete_with_rows_below("tags", [each])
                continue
            row = recording.database.execute(
                "SELECT parent_id FROM tags WHERE id = ?", [tag_id]
            ).fetchone()
            if row is not None:
                _adopt(recording, tag_id, row[0])
                recording.delete_with_rows_below("tags", [tag_id])


def put(archive: "Archive", tag_ids: Sequence[int], targets: Sequence[Target]) -> int:
    """Tag spans, annotations, sources and figures, one or ten thousand; how many are new.

    A span gets an annotation to stand on where it has none. One command.
    """
    with history.command(
        archive, "tag", "annotations", "taggings", facts={"count": len(targets)}
    ) as recording:
        return annotations.put_tags(recording, tag_ids, annotations.standing_on(recording, targets))


def take_off(archive: "Archive", tag_ids: Sequence[int], targets: Sequence[Target]) -> int:
    """Take tags off annotations, sources and figures; how many were taken off.

    A highlight that only stood there to carry a tag (no colour, no words) goes into the bin.
    """
    with history.command(
        archive, "untag", "annotations", "taggings", facts={"count": len(targets)}
    ) as recording:
        gone = 0
        for target in dict.fromkeys(targets):
            rows = recording.database.execute(
                "SELECT id FROM taggings WHERE annotation_id IS ? AND source_id IS ?"
                " AND figure_id IS ? AND tag_id IN (SELECT value FROM json_each(?))",
                [*annotations.carrier(target), json.dumps(list(tag_ids))],
            ).fetchall()
            recording.delete("taggings", [int(row[0]) for row in rows])
            gone += len(rows)
            if rows and target.annotation_id is not None:
                bare = recording.database.execute(_BARE, [target.annotation_id]).fetchall()
                gone_at = {"deleted_at": annotations.now()}
                recording.update("annotations", [int(row[0]) for row in bare], gone_at)
        return gone


# -- inside -------------------------------------------------------------------------------------


def _tree(archive: "Archive") -> list[Tag]:
    """Every tag without counts, parents before their children, children by name."""
    known = names(archive)
    below: dict[int | None, list[Tag]] = {}
    # The last by name first: they are taken from the end.
    for tag in sorted(known.values(), key=lambda tag: (tag.name.casefold(), tag.id), reverse=True):
        below.setdefault(tag.parent_id if tag.parent_id in known else None, []).append(tag)
    listed: list[Tag] = []
    waiting = below.get(None, [])
    while waiting:
        tag = waiting.pop()
        listed.append(tag)
        waiting += below.get(tag.id, ())
    return listed


def _without_counts(archive: "Archive", tag_id: int) -> Tag:
    tag = names(archive).get(tag_id)
    if tag is None:
        raise errors.UnknownTag(tag_id=tag_id)
    return tag


def _along(archive: "Archive", path: str) -> tuple[int | None, list[str]]:
    """How far a path goes among the tags there are, and the names that are not there yet."""
    along = [part.strip() for part in path.split(SEPARATOR) if part.strip()]
    if not along:
        raise errors.BadTag(problem="name", name=path)
    by_name = {(tag.parent_id, tag.name.casefold()): tag.id for tag in names(archive).values()}
    at: int | None = None
    for place, name in enumerate(along):
        there = by_name.get((at, name.casefold()))
        if there is None:
            return at, along[place:]
        at = there
    return at, []


def _made_below(recording: "Recording", parent_id: int | None, names: Sequence[str]) -> int:
    """The last of `names`, each made below the one before."""
    for name in names:
        parent_id = _insert(recording, name, parent_id, None, None, None)
    assert parent_id is not None
    return parent_id


def _insert(
    recording: "Recording",
    name: str,
    parent_id: int | None,
    colour: str | None,
    letter: str | None,
    description: str | None,
) -> int:
    return recording.insert(
        "tags",
        {
            "uuid": str(uuids.uuid4()),
            "parent_id": parent_id,
            "name": _named(recording, name, parent_id, None),
            "colour": colour,
            "letter": letter,
            "description": description,
        },
    )


def _named(recording: "Recording", name: str, parent_id: int | None, tag_id: int | None) -> str:
    name = " ".join(name.split())
    if not name or SEPARATOR in name:
        raise errors.BadTag(problem="name", name=name)
    if parent_id is not None:
        annotations.refuse_unknown_tags(recording, [parent_id])
    sisters = recording.database.execute(
        "SELECT id, name FROM tags WHERE parent_id IS ?", [parent_id]
    ).fetchall()
    if any(each != tag_id and said.casefold() == name.casefold() for each, said in sisters):
        raise errors.BadTag(problem="exists", name=name)
    return name


def _free_letter(recording: "Recording", letter: str | None, keeper: int | None) -> None:
    if letter is None:
        return
    rows = recording.database.execute(
        "SELECT id FROM tags WHERE letter = ? AND id IS NOT ?", [letter, keeper]
    ).fetchall()
    recording.update("tags", [int(row[0]) for row in rows], {"letter": None})


def _adopt(recording: "Recording", tag_id: int, parent_id: int | None) -> None:
    """Move the tags below one to another; a name that is taken there keeps its old one's with it."""
    was = recording.database.execute("SELECT name FROM tags WHERE id = ?", [tag_id]).fetchone()
    rows = recording.database.execute(
        "SELECT id, name FROM tags WHERE parent_id = ? ORDER BY id", [tag_id]
    ).fetchall()
    for child_id, name in rows:
        changes: dict[str, Any] = {"parent_id": parent_id}
        try:
            _named(recording, name, parent_id, child_id)
        except errors.BadTag:
            changes["name"] = _free_name(recording, f"{name} ({was[0]})", parent_id, child_id)
        recording.update("tags", [int(child_id)], changes)


def _free_name(recording: "Recording", name: str, parent_id: int | None, tag_id: int) -> str:
    number = 1
    while True:
        tried = name if number == 1 else f"{name} {number}"
        try:
            return _named(recording, tried, parent_id, tag_id)
        except errors.BadTag:
            number += 1


def _tagging_ids(recording: "Recording", tag_id: int) -> list[int]:
    rows = recording.database.execute(
        "SELECT id FROM taggings WHERE tag_id = ? ORDER BY id", [tag_id]
    )
    return [int(row[0]) for row in rows.fetchall()]


def _retag(recording: "Recording", tagging_ids: Sequence[int], tag_id: int) -> None:
    """Hand taggings over to another tag; one whose thing carries that tag already goes."""
    double = """
        SELECT id FROM taggings
         WHERE id IN (SELECT value FROM json_each(?)) AND EXISTS (
            SELECT 1 FROM taggings AS other
             WHERE other.tag_id = ? AND other.annotation_id IS taggings.annotation_id
               AND other.source_id IS taggings.source_id
               AND other.figure_id IS taggings.figure_id)
    """
    rows = recording.database.execute(double, [json.dumps(list(tagging_ids)), tag_id]).fetchall()
    gone = {int(row[0]) for row in rows}
    recording.delete("taggings", sorted(gone))
    left = [each for each in tagging_ids if each not in gone]
    recording.update("taggings", left, {"tag_id": tag_id})


def _carriers(archive: "Archive") -> dict[int, set[tuple[str, int]]]:
    found: dict[int, set[tuple[str, int]]] = {}
    for tag_id, annotation_id, source_id, figure_id in (
        archive.reading().execute(_CARRIERS).fetchall()
    ):
        if annotation_id is not None:
            carrier = ("annotation", int(annotation_id))
        elif source_id is not None:
            carrier = ("source", int(source_id))
        else:
            carrier = ("figure", int(figure_id))
        found.setdefault(int(tag_id), set()).add(carrier)
    return found


_ALL = "SELECT id, parent_id, uuid, name, colour, letter, description FROM tags"
_BELOW = """
    WITH RECURSIVE below (id, depth) AS (
        SELECT id, 0 FROM tags WHERE id = ?
         UNION
        SELECT tags.id, below.depth + 1 FROM tags JOIN below ON tags.parent_id = below.id
         WHERE below.depth < 100
    )
    SELECT id FROM below ORDER BY depth, id
"""
_TO_SOURCES = """
      LEFT JOIN annotations ON annotations.id = taggings.annotation_id
      LEFT JOIN figures ON figures.id = coalesce(taggings.figure_id, annotations.figure_id)
      LEFT JOIN sources ON sources.id =
                coalesce(taggings.source_id, annotations.source_id, figures.source_id)
"""
# What lies in the bin, or on something that does, is not counted.
_CARRIERS = f"""
    SELECT taggings.tag_id, taggings.annotation_id, taggings.source_id, taggings.figure_id
      FROM taggings {_TO_SOURCES}
     WHERE annotations.deleted_at IS NULL AND (sources.id IS NULL OR ({VISIBLE}))
"""
_TAGGINGS = f"""
    SELECT taggings.id, taggings.uuid, taggings.annotation_id, taggings.source_id,
           taggings.figure_id
      FROM taggings {_TO_SOURCES}
     WHERE taggings.tag_id = ? AND annotations.deleted_at IS NULL
       AND (sources.id IS NULL OR ({VISIBLE}))
     ORDER BY sources.id, coalesce(annotations.start, figures.start), taggings.id
"""
_BARE = """
    SELECT id FROM annotations
     WHERE id = ? AND kind = 'highlight' AND colour IS NULL AND body IS NULL AND deleted_at IS NULL
       AND id NOT IN (SELECT annotation_id FROM taggings WHERE annotation_id IS NOT NULL)
       AND id NOT IN (SELECT from_annotation_id FROM links WHERE from_annotation_id IS NOT NULL)
       AND id NOT IN (SELECT to_annotation_id FROM links WHERE to_annotation_id IS NOT NULL)
"""
