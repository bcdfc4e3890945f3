"""What people added that goes out: annotations, the tree of tags, links; nothing of restricted sources."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from db.tags import SEPARATOR

if TYPE_CHECKING:
    from db.archive import Archive
    from db.exchange.chosen import Chosen


@dataclass(frozen=True, slots=True)
class Note:
    """A highlight, note, bookmark, memo or journal entry, and what it is about.

    `start`, `end`, `exact`, `prefix` and `suffix` are its place in `source_id`'s text of that
    `version`; a memo is about a source, or about `figure_id`, `series_id`, `finding_id` or
    `plot_id`. `tags` are ids.
    """

    id: int
    uuid: str
    kind: str
    source_id: int | None
    version: int | None
    is_current: bool
    start: int | None
    end: int | None
    exact: str | None
    prefix: str | None
    suffix: str | None
    figure_id: int | None
    series_id: int | None
    finding_id: int | None
    plot_id: int | None
    body: str | None
    colour: str | None
    person: str | None
    person_uuid: str | None
    made_at: str
    changed_at: str | None
    orphaned_at: str | None
    tags: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag and where it hangs in the tree."""

    id: int
    uuid: str
    parent_id: int | None
    name: str
    colour: str | None
    letter: str | None
    description: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """A typed relation; each end is ("annotation" | "source" | "figure", id)."""

    uuid: str
    relation: str
    origin: tuple[str, int]
    target: tuple[str, int]
    note: str | None
    person_uuid: str | None
    made_at: str


@dataclass(frozen=True, slots=True)
class Carried:
    """A tag on a source or a figure itself: ("source" | "figure", id)."""

    uuid: str
    tag_id: int
    carrier: tuple[str, int]


@dataclass(frozen=True)
class Added:
    """Everything people added that goes out with the chosen sources."""

    notes: tuple[Note, ...]
    tags: tuple[Tag, ...]
    links: tuple[Link, ...]
    people: dict[str, str] = field(default_factory=dict)
    carried: tuple[Carried, ...] = ()

    def path(self, tag_id: int) -> str:
        """A tag with what it lies below: "trade/loans"."""
        names: list[str] = []
        at: int | None = tag_id
        while at is not None and at in self._by_id and len(names) < _DEEPEST:
            names.append(self._by_id[at].name)
            at = self._by_id[at].parent_id
        return SEPARATOR.join(reversed(names))

    def of_source(self, source_id: int) -> list[Note]:
        """The notes on a source or on words of it."""
        return self._by_source.get(source_id, [])

    def tags_of(self, carrier: tuple[str, int]) -> list[Carried]:
        """The tags on a source or a figure itself."""
        return self._by_carrier.get(carrier, [])

    @cached_property
    def _by_id(self) -> dict[int, Tag]:
        return {tag.id: tag for tag in self.tags}

    @cached_property
    def _by_source(self) -> dict[int, list[Note]]:
        found: dict[int, list[Note]] = {}
        for note in self.notes:
            if note.source_id is not None:
                found.setdefault(note.source_id, []).append(note)
        return found

    @cached_property
    def _by_carrier(self) -> dict[tuple[str, int], list[Carried]]:
        found: dict[tuple[str, int], list[Carried]] = {}
        for each in self.carried:
            found.setdefault(each.carrier, []).append(each)
        return found


_DEEPEST = 50  # a tree of tags that goes round in circles ends here

_NOTES = """
    SELECT annotations.id, annotations.uuid, annotations.kind, annotations.source_id,
           texts.version, sources.text_id IS NOT NULL AND sources.text_id = annotations.text_id,
           annotations.start, annotations."end",
           annotations.exact, annotations.prefix, annotations.suffix, annotations.figure_id,
           annotations.series_id, annotations.finding_id, annotations.plot_id, annotations.body,
           annotations.colour, people.name, people.uuid, annotations.made_at,
           annotations.changed_at, annotations.orphaned_at,
           coalesce(annotations.source_id, figures.source_id, findings.source_id) AS about,
           annotations.deleted_at IS NOT NULL
      FROM annotations
      LEFT JOIN texts ON texts.id = annotations.text_id
      LEFT JOIN sources ON sources.id = annotations.source_id
      LEFT JOIN figures ON figures.id = annotations.figure_id
      LEFT JOIN findings ON findings.id = annotations.finding_id
      LEFT JOIN people ON people.id = annotations.person_id
     ORDER BY about IS NULL, about, annotations.start IS NULL, annotations.start,
              annotations."end", annotations.id
"""


def added(going: "Chosen") -> Added:
    """What was added to the chosen sources and their figures.

    What stands on no source (a journal, the memo of a series or plot) goes out only with the whole
    archive, and the memo of a series or finding only if all that it rests on does. A tag that only
    restricted sources carry stays behind with them, and so does whoever signed nothing that goes.
    """
    archive = going.archive
    rows = archive.reading().execute(_NOTES).fetchall()
    tags_of = _tags_of(archive)
    hidden = _resting_on_hidden(going)
    notes = []
    closed: set[int] = set()  # tags that something restricted carries
    for *fields, about, is_deleted in rows:
        note = replace(Note(*fields), tags=tags_of.get(fields[0], ()))
        goes = going.is_everything if about is None else about in going.ids
        rests = hidden & {("series", note.series_id), ("finding", note.finding_id)}
        if goes and not rests and not is_deleted:
            notes.append(note)
        elif about in going.closed or (rests and going.closed):
            closed.update(note.tags)
    links = _links(going, {note.id for note in notes})
    carried, behind = _carried(going)
    shown = {tag for note in notes for tag in note.tags} | {each.tag_id for each in carried}
    tags = _tags(going, (closed | behind) - shown, shown)
    signed = {note.person_uuid for note in notes} | {link.person_uuid for link in links}
    people = {
        str(uuid): str(name)
        for uuid, name in archive.reading().execute("SELECT uuid, name FROM people ORDER BY id")
        if uuid in signed
    }
    return Added(tuple(notes), tags, links, people, carried)


def _tags(going: "Chosen", closed: set[int], shown: set[int]) -> tuple[Tag, ...]:
    """The tree of tags without the `closed` ones and what lies below them, but for what is shown."""
    sql = "SELECT id, uuid, parent_id, name, colour, letter, description FROM tags ORDER BY id"
    rows = [Tag(*row) for row in going.archive.reading().execute(sql).fetchall()]
    above = {tag.id: tag.parent_id for tag in rows}

    def path(tag_id: int) -> list[int]:
        found: list[int] = []
        at: int | None = tag_id
        while at is not None and at in above and at not in found:
            found.append(at)
            at = above[at]
        return found

    needed = {at for tag_id in shown for at in path(tag_id)}
    return tuple(tag for tag in rows if tag.id in needed or not closed.intersection(path(tag.id)))


def _tags_of(archive: "Archive") -> dict[int, tuple[int, ...]]:
    sql = """
        SELECT annotation_id, tag_id FROM taggings
         WHERE annotation_id IS NOT NULL ORDER BY annotation_id, id
    """
    found: dict[int, tuple[int, ...]] = {}
    for note_id, tag_id in archive.reading().execute(sql).fetchall():
        found[note_id] = (*found.get(note_id, ()), tag_id)
    return found


def _carried(going: "Chosen") -> tuple[tuple[Carried, ...], set[int]]:
    """The tags on sources and figures that go, and the tags that restricted ones carry."""
    sql = """
        SELECT taggings.uuid, taggings.tag_id, taggings.source_id, taggings.figure_id,
               coalesce(taggings.source_id, figures.source_id)
          FROM taggings
          LEFT JOIN figures ON figures.id = taggings.figure_id
         WHERE taggings.annotation_id IS NULL
         ORDER BY taggings.id
    """
    found = []
    closed: set[int] = set()
    for uuid, tag_id, source_id, figure_id, about in going.archive.reading().execute(sql):
        if about in going.ids:
            carrier = ("source", source_id) if figure_id is None else ("figure", figure_id)
            found.append(Carried(uuid, tag_id, carrier))
        elif about in going.closed:
            closed.add(tag_id)
    return tuple(found), closed


def _resting_on_hidden(going: "Chosen") -> set[tuple[str, int]]:
    """The series and findings that rest on something of a source that does not go."""
    found: set[tuple[str, int]] = set()
    for name, sql in (
        (
            "series",
            "SELECT DISTINCT series_figures.series_id, figures.source_id FROM series_figures"
            " JOIN figures ON figures.id = series_figures.figure_id",
        ),
        (
            "finding",
            "SELECT finding_figures.finding_id, figures.source_id FROM finding_figures"
            " JOIN figures ON figures.id = finding_figures.figure_id"
            # A name in two spellings rests on passages, not on figures.
            " UNION SELECT findings.id, passages.source_id FROM findings"
            " JOIN passages ON passages.id = findings.passage_id",
        ),
    ):
        rows = going.archive.reading().execute(sql).fetchall()
        found |= {(name, row_id) for row_id, source_id in rows if source_id not in going.ids}
    return found


_LINKS = """
    SELECT links.uuid, links.relation, links.from_annotation_id, links.from_source_id,
           links.from_figure_id, links.to_annotation_id, links.to_source_id, links.to_figure_id,
           links.note, people.uuid, links.made_at
      FROM links
      LEFT JOIN people ON people.id = links.person_id
     ORDER BY links.id
"""


def _links(going: "Chosen", notes: set[int]) -> tuple[Link, ...]:
    figures = {
        int(row[0]): int(row[1])
        for row in going.archive.reading()
        .execute(
            "SELECT id, source_id FROM figures WHERE id IN (SELECT from_figure_id FROM links"
            " UNION SELECT to_figure_id FROM links)"
        )
        .fetchall()
    }
    found = []
    for uuid, relation, *rest in going.archive.reading().execute(_LINKS).fetchall():
        origin, target = _end(rest[0:3]), _end(rest[3:6])
        if origin is None or target is None:
            continue
        ends = [_goes(going, notes, figures, end) for end in (origin, target)]
        if all(ends):
            found.append(Link(uuid, relation, origin, target, *rest[6:]))
    return tuple(found)


def _end(ids: Sequence[int | None]) -> tuple[str, int] | None:
    for name, row_id in zip(("annotation", "source", "figure"), ids, strict=True):
        if row_id is not None:
            return name, row_id
    return None


def _goes(going: "Chosen", notes: set[int], figures: dict[int, int], end: tuple[str, int]) -> bool:
    name, row_id = end
    if name == "annotation":
        return row_id in notes
    return (row_id if name == "source" else figures.get(row_id)) in going.ids
