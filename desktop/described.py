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
    from db.codes import Numbered


@dataclass(frozen=True, slots=True)
class Subjects:
    """The sources to be described, what each says in the further elements, and what is offered.

    `creators` and `places` are (as written, as kept): a variant with the name it stands for.
    `codes` are the reference codes that a new source below each would have.
    """

    sources: tuple[Source, ...]
    elements: tuple[Mapping[str, str], ...] = ()
    creators: tuple[tuple[str, str], ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    codes: tuple[str, ...] = ()


def subjects(archive: "Archive", ids: Sequence[int]) -> Subjects:
    import db.sources

    judged.warm(archive)  # the form says at each letter what a date means
    elements = db.sources.elements(archive, ids)
    return Subjects(
        tuple(db.sources.get(archive, source_id) for source_id in ids),
        tuple(elements.get(source_id, {}) for source_id in ids),
        *_offers(archive),
    )


def above(archive: "Archive", source_id: int | None) -> Subjects:
    """The source with those it lies below, the nearest first; none of none.

    `codes` has one more: that of a new source at the top.
    """
    import db.codes
    import db.sources

    everything = db.sources.all(archive)
    known = {source.id: source for source in everything}
    found: list[Source] = []
    while source_id is not None and source_id in known and known[source_id] not in found:
        found.append(known[source_id])
        source_id = known[source_id].parent_id
    judged.warm(archive)
    places = [*(source.id for source in found), None]
    codes = tuple(db.codes.proposed(everything, each) or "" for each in places)
    return Subjects(tuple(found), (), *_offers(archive), codes)


def _offers(archive: "Archive") -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    import db.names

    creators: list[tuple[str, str]] = []
    places: list[tuple[str, str]] = []
    for name in db.names.all(archive):
        into = places if name.kind == "place" else creators
        into += [(form, name.name) for form in name.forms]
    creators += [(each, each) for each in db.names.from_creators(archive)]
    return tuple(creators), tuple(places)


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


def numbered(archive: "Archive", source_id: int, *, only_missing: bool) -> "list[Numbered]":
    import db.codes

    return db.codes.numbered(archive, source_id, only_missing=only_missing)


def number(archive: "Archive", codes: Mapping[int, str]) -> None:
    import db.codes

    db.codes.number(archive, codes)


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
