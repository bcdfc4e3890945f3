"""Which sources leave the archive, and what is known of each; restricted ones stay unless asked for."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db import sources
from db.records import Source, Span
from db.stable_link import StableLink

if TYPE_CHECKING:
    from db.archive import Archive


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A source that goes out: its row, the rest of its description, its tags, where it hangs.

    `parent` is the index of its parent among those that go out, None where that stays behind.
    """

    source: Source
    description: dict[str, str]
    tags: tuple[str, ...]
    parent: int | None
    depth: int
    version: int = 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """The sources that go out, parents before what lies below them, as the library shows them.

    A table of annotations holds but `annotation_ids` of what goes out, where they are given.
    """

    archive: "Archive"
    sources: tuple[Outgoing, ...]
    left_out: int
    is_everything: bool
    ids: frozenset[int] = field(default_factory=frozenset)
    closed: frozenset[int] = field(default_factory=frozenset)  # all restricted that stay behind
    annotation_ids: frozenset[int] | None = None

    def __iter__(self) -> Iterator[Outgoing]:
        return iter(self.sources)

    def __len__(self) -> int:
        return len(self.sources)

    def link(self, going: Outgoing, start: int | None = None, end: int | None = None) -> str:
        """A stable link to a source or to words of it: command-line.md's `muniment:`."""
        span = None if start is None or end is None else Span(start, end)
        return str(StableLink(self.archive.uuid, going.source.uuid, going.version, span))


def choose(
    archive: "Archive", source_ids: Sequence[int] | None = None, *, restricted: bool = False
) -> Chosen:
    """The sources that show (or `source_ids` and what lies below them), in the library's order.

    A source is restricted if it or anything it lies below is; those are left out and counted.
    """
    visible = {source.id: source for source in sources.all(archive)}
    wanted: Collection[int] = visible
    if source_ids is not None:
        wanted = sources.below(visible.values(), [each for each in source_ids if each in visible])
    closed = frozenset() if restricted else sources.restricted(archive)
    going = [
        source_id
        for source_id in _in_order(visible)
        if source_id in wanted and source_id not in closed
    ]
    left_out = sum(source_id in closed for source_id in wanted)
    places = {source_id: index for index, source_id in enumerate(going)}
    more = _descriptions(archive)
    tags = _tags(archive)
    found: list[Outgoing] = []
    for source_id in going:
        source = visible[source_id]
        parent = None if source.parent_id is None else places.get(source.parent_id)
        description, version = more.get(source_id, ({}, 0))
        depth = 0 if parent is None else found[parent].depth + 1
        found.append(Outgoing(source, description, tags.get(source_id, ()), parent, depth, version))
    everything = source_ids is None
    return Chosen(archive, tuple(found), left_out, everything, frozenset(going), closed)


def _in_order(visible: dict[int, Source]) -> list[int]:
    children: dict[int | None, list[int]] = {}
    for source in visible.values():
        parent = source.parent_id if source.parent_id in visible else None
        children.setdefault(parent, []).append(source.id)
    found: list[int] = []
    waiting = children.get(None, [])[::-1]
    while waiting:
        source_id = waiting.pop()
        found.append(source_id)
        waiting += children.pop(source_id, [])[::-1]
    return found


def _descriptions(archive: "Archive") -> dict[int, tuple[dict[str, str], int]]:
    sql = """
        SELECT sources.id, sources.description, coalesce(texts.version, 0)
          FROM sources
          LEFT JOIN texts ON texts.id = sources.text_id
    """
    found = {}
    for source_id, description, version in archive.reading().execute(sql).fetchall():
        kept = json.loads(description)
        said = {str(name): str(value) for name, value in kept.items() if value not in (None, "")}
        said.pop(sources.RECOGNITION, None)  # how pictures were read is no description
        found[int(source_id)] = said, int(version)
    return found


def _tags(archive: "Archive") -> dict[int, tuple[str, ...]]:
    sql = """
        SELECT taggings.source_id, tags.name
          FROM taggings
          JOIN tags ON tags.id = taggings.tag_id
         WHERE taggings.source_id IS NOT NULL
         ORDER BY taggings.source_id, tags.name, tags.id
    """
    found: dict[int, tuple[str, ...]] = {}
    for source_id, name in archive.reading().execute(sql).fetchall():
        found[source_id] = (*found.get(source_id, ()), name)
    return found
