"""What the window asks about descriptions and the tree of sources, as plain functions for jobs.

As in desktop/asked.py, db is imported when first asked, and nothing here may know a widget.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.records import Source
from desktop import judged

if TYPE_CHECKING:
    from db.archive import Archive
    from db.bin import Binned, Weight


@dataclass(frozen=True, slots=True)
class Subjects:
    """The sources to be described, what each says in the further elements, and known creators."""

    sources: tuple[Source, ...]
    elements: tuple[Mapping[str, str], ...] = ()
    creators: tuple[str, ...] = ()


def subjects(archive: "Archive", ids: Sequence[int]) -> Subjects:
    import db.sources

    judged.warm(archive)  # the form says at each letter what a date means
    elements = db.sources.elements(archive, ids)
    return Subjects(
        tuple(db.sources.get(archive, source_id) for source_id in ids),
        tuple(elements.get(source_id, {}) for source_id in ids),
        tuple(db.sources.creators(archive)),
    )


def above(archive: "Archive", source_id: int | None) -> Subjects:
    """The source with those it lies below, the nearest first; none of none."""
    import db.sources

    known = {source.id: source for source in db.sources.all(archive)}
    found: list[Source] = []
    while source_id is not None and source_id in known and known[source_id] not in found:
        found.append(known[source_id])
        source_id = known[source_id].parent_id
    judged.warm(archive)
    return Subjects(tuple(found), creators=tuple(db.sources.creators(archive)))


def describe(
    archive: "Archive",
    ids: Sequence[int],
    fields: Mapping[str, Any],
    said: Mapping[str, str | None],
) -> None:
    import db.sources

    db.sources.describe_all(archive, ids, fields, said)


def add(
    archive: "Archive",
    parent_id: int | None,
    fields: Mapping[str, Any],
    said: Mapping[str, str | None],
) -> int:
    import db.sources

    return db.sources.add(archive, parent_id=parent_id, said=said, **fields)


def move(
    archive: "Archive", ids: Sequence[int], parent_id: int | None, before: int | None = None
) -> None:
    import db.sources

    db.sources.move(archive, ids, parent_id, before)


def shift(archive: "Archive", source_id: int, step: int) -> bool:
    import db.sources

    return db.sources.shift(archive, source_id, step)


def weight(archive: "Archive", ids: Sequence[int]) -> "Weight":
    import db.bin

    return db.bin.weight(archive, ids)


def remove(archive: "Archive", ids: Sequence[int]) -> None:
    import db.sources

    db.sources.remove(archive, ids)


def binned(archive: "Archive") -> "list[Binned]":
    import db.bin

    return db.bin.binned(archive)


def restore(archive: "Archive", ids: Sequence[int]) -> None:
    import db.bin

    db.bin.restore(archive, ids)
