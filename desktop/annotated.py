"""What the window asks about annotations, tags and links, as plain functions for jobs.

As in desktop/asked.py, db is imported when first asked, and nothing here may know a widget.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from db.records import Annotation, AnnotationKind, Link, Tag, Target
from desktop import merged
from desktop.jobs import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from db.annotation_groups import Grouping
    from db.archive import Archive
    from db.records import Span
    from db.shelf import Orphan, Place
    from db.versions import Carried, Version

MOST_MEMOS = 2000


@dataclass(frozen=True, slots=True)
class Marked:
    """The annotations of a stretch of text, and the tags there are."""

    text_id: int
    annotations: tuple[Annotation, ...]
    tags: Mapping[int, Tag]


@dataclass(frozen=True, slots=True)
class Listed:
    """The annotations that fit, the tags there are, and the groups: key, name, how many."""

    ids: list[int]
    tags: Mapping[int, Tag]
    groups: list[tuple[int | str, str, int]]


def listed(archive: "Archive", wanted: Mapping[str, Any], by: str | None) -> Listed:
    """What the table of annotations shows, and the groups to choose from."""
    import db.annotation_groups
    import db.tags

    groups = []
    if by is not None:
        groups = db.annotation_groups.groups(archive, cast("Grouping", by))
    return Listed(ids(archive, wanted), db.tags.names(archive), groups)


@dataclass(frozen=True, slots=True)
class About:
    """What is said of one thing: of a source, a passage, a figure, or the journal."""

    target: Target
    annotations: tuple[Annotation, ...]


def about(archive: "Archive", target: Target, passage_id: int | None = None) -> About:
    """The notes on a thing; of a passage everything with words that touches it."""
    import db.annotations
    import db.sources

    passage = db.sources.passage(archive, passage_id) if passage_id is not None else None
    if passage is None:
        return About(target, tuple(db.annotations.of(archive, target)))
    text_id = db.sources.get(archive, passage.source_id).text_id
    place = Target(
        source_id=passage.source_id, start=passage.start, end=passage.end, text_id=text_id
    )
    found = db.annotations.in_span(archive, text_id or 0, passage.start, passage.end)
    return About(place, tuple(each for each in found if each.body))


def memos(archive: "Archive") -> tuple[Annotation, ...]:
    """Every memo and note of the archive, the latest first."""
    import db.annotations

    ids = db.annotations.ids(archive, kinds=("memo", "note"), order="changed", descending=True)
    found = db.annotations.rows(archive, ids[:MOST_MEMOS])
    return tuple(found[each] for each in ids[:MOST_MEMOS] if each in found)


def in_span(archive: "Archive", text_id: int, start: int, end: int) -> Marked:
    """What is marked in a stretch of a text."""
    import db.annotations
    import db.tags

    found = db.annotations.in_span(archive, text_id, start, end)
    # The tree is small, its counts are not: they are asked for only where they are shown.
    return Marked(text_id, tuple(found), db.tags.names(archive))


def tags(archive: "Archive") -> list[Tag]:
    """The tree of tags with its counts."""
    import db.tags

    return db.tags.all(archive)


def tag_paths(archive: "Archive") -> dict[str, int]:
    """The tags by their paths ("economy/loans"), for typing one."""
    import db.tags

    return db.tags.paths(archive)


def letters_and_paths(archive: "Archive") -> tuple[dict[str, int], dict[str, int]]:
    """Which tag each letter gives, and the tags by their paths."""
    import db.tags

    letters = {tag.letter: tag.id for tag in db.tags.names(archive).values() if tag.letter}
    return letters, db.tags.paths(archive)


def add(
    archive: "Archive",
    kind: AnnotationKind,
    target: Target,
    body: str | None = None,
    colour: str | None = None,
) -> int:
    import db.annotations

    return db.annotations.add(archive, kind, target, body=body, colour=colour)


def mark(archive: "Archive", target: Target, colour: str) -> int:
    """Highlight a span; what is highlighted there to the letter gets the colour instead."""
    import db.annotations

    there = [
        each.id
        for each in db.annotations.of(archive, target)
        if each.kind == "highlight" and each.orphaned_at is None
    ]
    if there:
        db.annotations.change(archive, there[:1], colour=colour)
        return there[0]
    return db.annotations.add(archive, "highlight", target, colour=colour)


def change(archive: "Archive", ids: Sequence[int], fields: Mapping[str, str | None]) -> int:
    import db.annotations

    return db.annotations.change(archive, ids, **fields)


def remove(archive: "Archive", ids: Sequence[int]) -> int:
    import db.annotations

    return db.annotations.remove(archive, ids)


def restore(archive: "Archive", ids: Sequence[int]) -> int:
    import db.annotations

    return db.annotations.restore(archive, ids)


def ids(archive: "Archive", wanted: Mapping[str, Any]) -> list[int]:
    """Ids of the annotations that fit; a tag takes those below it along."""
    import db.annotations
    import db.tags

    fields = dict(wanted)
    tag_id = fields.pop("tag_id", None)
    if tag_id is not None:
        fields["tag_ids"] = db.tags.with_below(archive, tag_id)
    return db.annotations.ids(archive, **fields)


def rows(archive: "Archive", ids: Sequence[int]) -> dict[int, Annotation]:
    import db.annotations

    return db.annotations.rows(archive, ids)


def tag_as(archive: "Archive", path: str, targets: Sequence[Target]) -> tuple[int, int]:
    """Tag with what a person typed, making the tag if need be; (its id, how many are new)."""
    import db.tags

    return db.tags.put_at_path(archive, path, targets)


def put_tag(archive: "Archive", tag_id: int, targets: Sequence[Target]) -> int:
    import db.tags

    return db.tags.put(archive, [tag_id], targets)


def take_tag_off(archive: "Archive", tag_ids: Sequence[int], targets: Sequence[Target]) -> int:
    import db.tags

    return db.tags.take_off(archive, tag_ids, targets)


def tag_passages(archive: "Archive", path: str, passage_ids: Sequence[int]) -> tuple[int, int]:
    """Tag passages found by a search, in one command; (the tag's id, how many are new)."""
    import db.annotations
    import db.tags

    targets = db.annotations.passage_targets(archive, passage_ids)
    return db.tags.put_at_path(archive, path, targets)


def add_tag(archive: "Archive", name: str, parent_id: int | None) -> int:
    import db.tags

    return db.tags.add(archive, name, parent_id)


def change_tag(archive: "Archive", tag_id: int, fields: Mapping[str, str | None]) -> None:
    import db.tags

    db.tags.change(archive, tag_id, **fields)


def move_tags(archive: "Archive", tag_ids: Sequence[int], parent_id: int | None) -> None:
    import db.tags

    db.tags.move(archive, tag_ids, parent_id)


def merge_tags(archive: "Archive", into: int, others: Sequence[int]) -> None:
    import db.tags

    db.tags.merge(archive, into, others)


def split_tag(archive: "Archive", tag_id: int, annotation_ids: Sequence[int], name: str) -> int:
    """Give a new tag what of `annotation_ids` carries this one."""
    import db.tags

    chosen = set(annotation_ids)
    taggings = [
        each.id for each in db.tags.taggings(archive, tag_id) if each.target.annotation_id in chosen
    ]
    return db.tags.split(archive, tag_id, taggings, name)


def remove_tags(archive: "Archive", tag_ids: Sequence[int]) -> None:
    import db.tags

    db.tags.remove(archive, tag_ids)


def link_ids(archive: "Archive") -> list[int]:
    import db.links

    return db.links.ids(archive)


def links(archive: "Archive", ids: Sequence[int]) -> dict[int, Link]:
    import db.links

    return db.links.rows(archive, ids)


def relations(archive: "Archive") -> list[str]:
    import db.links

    return db.links.relations(archive)


def add_link(archive: "Archive", relation: str, from_: Target, to: Target) -> int:
    import db.links

    return db.links.add(archive, relation, from_, to)


def change_link(archive: "Archive", link_id: int, fields: Mapping[str, str | None]) -> None:
    import db.links

    db.links.change(archive, link_id, **fields)


def remove_links(archive: "Archive", ids: Sequence[int]) -> None:
    import db.links

    db.links.remove(archive, ids)


# -- versions and the shelf -----------------------------------------------------------------------


def source_versions(archive: "Archive", source_id: int) -> "tuple[str, list[Version]]":
    """The present text of a source, and the versions there are."""
    import db.sources
    import db.versions

    return db.sources.text(archive, source_id), db.versions.all(archive, source_id)


def correct(archive: "Archive", progress: Progress, source_id: int, text: str) -> "Carried":
    import db.versions

    return db.versions.correct(archive, source_id, text, progress=merged.in_words(progress))


def replace_file(archive: "Archive", progress: Progress, source_id: int, path: "Path") -> "Carried":
    import db.versions

    return db.versions.replace(archive, source_id, path, progress=merged.in_words(progress))


def use_version(archive: "Archive", _progress: Progress, source_id: int, text_id: int) -> "Carried":
    import db.versions

    return db.versions.use(archive, source_id, text_id)


def orphans(archive: "Archive") -> "list[Orphan]":
    import db.shelf

    return db.shelf.all(archive)


def places(archive: "Archive", orphan: "Orphan") -> "list[Place]":
    import db.shelf

    return db.shelf.places(archive, orphan)


def put_orphans(archive: "Archive", wanted: "Mapping[Orphan, Span]") -> None:
    import db.shelf

    db.shelf.put(archive, wanted)


def remove_orphans(archive: "Archive", wanted: "Sequence[Orphan]") -> None:
    import db.shelf

    db.shelf.remove(archive, list(wanted))


def same_places(archive: "Archive", progress: Progress) -> "dict[Orphan, Span]":
    """What waits and whose very words stand in the present text once: where that is."""
    import db.shelf
    from db.records import Span

    found = {}
    waiting = db.shelf.all(archive)
    for done, orphan in enumerate(waiting):
        progress(done, len(waiting), "")
        same = [each for each in db.shelf.places(archive, orphan) if each.candidate.is_same]
        if len(same) == 1:
            found[orphan] = Span(same[0].candidate.start, same[0].candidate.end)
    return found
