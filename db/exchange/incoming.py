"""Annotations of other programs put into an archive: tags and people found or made, words found again.

Words are found by exact match alone: where they stand, else with what stands around them, else by
themselves if they occur just once. All others wait on the orphan shelf.
"""

import uuid as uuids
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from db import annotations, history
from db.archive import now
from db.records import AnnotationKind
from db.tags import SEPARATOR

if TYPE_CHECKING:
    from db.history import Recording

LONGEST_QUOTE = 100_000


@dataclass(frozen=True, slots=True)
class IncomingNote:
    """An annotation as a file tells it; `tags` are paths, `about` is (table, id) for a memo."""

    kind: AnnotationKind
    uuid: str | None = None
    source_id: int | None = None
    start: int | None = None
    end: int | None = None
    exact: str | None = None
    prefix: str = ""
    suffix: str = ""
    about: tuple[str, int] | None = None
    body: str | None = None
    colour: str | None = None
    person: str | None = None
    made_at: str | None = None
    changed_at: str | None = None
    tags: tuple[tuple[str, ...], ...] = ()


def place(
    text: str, exact: str, prefix: str, suffix: str, start: int | None
) -> tuple[int, int] | None:
    """Where `exact` stands in `text`; None where that cannot be told for certain."""
    if not exact or len(exact) > LONGEST_QUOTE:
        return None
    if start is not None and start >= 0 and text.startswith(exact, start):
        end = start + len(exact)
        if text.endswith(prefix, 0, start) and text.startswith(suffix, end):
            return start, end
    for before, after in ((prefix, suffix), ("", "")):
        words = before + exact + after
        at = text.find(words)
        if at != -1 and text.find(words, at + 1) == -1:
            return at + len(before), at + len(before) + len(exact)
    return None


def moment(said: object, default: str | None = None) -> str | None:
    """A moment of ISO 8601 as the archive writes it; `default` where it is none."""
    try:
        found = datetime.fromisoformat(str(said))
        if found.tzinfo is None:
            found = found.replace(tzinfo=UTC)
        return found.astimezone(UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        return default


class Incoming:
    """What one command puts in; counts what it did."""

    def __init__(self, recording: "Recording") -> None:
        self._recording = recording
        self._database = recording.database
        self._people: dict[str, int] = {}
        self._text: tuple[int, int | None, str] = (-1, None, "")
        self._tags = {
            (row[1], str(row[2]).casefold()): int(row[0])
            for row in self._database.execute("SELECT id, parent_id, name FROM tags").fetchall()
        }
        rows = self._database.execute("SELECT uuid FROM annotations").fetchall()
        self._known = {str(row[0]) for row in rows}
        self.added: list[int] = []
        self.matched = 0
        self.orphaned = 0
        self.new_tags = 0

    def tag(
        self,
        path: Sequence[str],
        *,
        uuid: str | None = None,
        colour: str | None = None,
        description: str | None = None,
    ) -> int | None:
        """The tag at a path, made with all above it where it is not there; None for no path."""
        at: int | None = None
        names = [name for name in (tag_name(each) for each in path) if name]
        for depth, name in enumerate(names):
            found = self._tags.get((at, name.casefold()))
            if found is None:
                is_last = depth == len(names) - 1
                row = {
                    "uuid": self.free_uuid("tags", uuid if is_last else None),
                    "parent_id": at,
                    "name": name,
                    "colour": colour if is_last else None,
                    "description": description if is_last else None,
                }
                found = self._recording.insert("tags", row)
                self._tags[at, name.casefold()] = found
                self.new_tags += 1
            at = found
        return at

    def note(self, made: IncomingNote) -> int | None:
        """Put an annotation in; None where it is here already."""
        if made.uuid is not None and made.uuid in self._known:
            self.matched += 1
            return None
        row: dict[str, Any] = {
            "uuid": made.uuid or str(uuids.uuid4()),
            "kind": made.kind,
            **dict.fromkeys(("source_id", "text_id", "start", "end", "exact", "prefix", "suffix")),
            **dict.fromkeys(("figure_id", "series_id", "finding_id", "plot_id")),
            "body": made.body,
            "colour": made.colour,
            "person_id": self.person(made.person),
            "made_at": moment(made.made_at, now()),
            "changed_at": moment(made.changed_at),
            "orphaned_at": None,
        }
        row["source_id"] = made.source_id
        if made.about is not None:
            row[f"{made.about[0]}_id"] = made.about[1]
        if made.exact is not None or made.start is not None:
            row |= self._placed(made)
        note_id = self._recording.insert("annotations", row)
        self._known.add(str(row["uuid"]))
        self.added.append(note_id)
        self.put_tags(made.tags, annotation_id=note_id)
        return note_id

    def put_tags(self, paths: Iterable[Sequence[str]], **carrier: int) -> None:
        """Tag an annotation_id, a source_id or a figure_id; a tagging that is there stays one."""
        ((column, row_id),) = carrier.items()
        for path in paths:
            tag_id = self.tag(path)
            if tag_id is None:
                continue
            there = self._database.execute(
                f"SELECT 1 FROM taggings WHERE tag_id = ? AND {column} = ?", [tag_id, row_id]
            ).fetchone()
            if there is None:
                row = {"uuid": str(uuids.uuid4()), "tag_id": tag_id, column: row_id}
                self._recording.insert("taggings", row)

    def link(
        self,
        uuid: str | None,
        relation: str,
        origin: tuple[str, int],
        target: tuple[str, int],
        *,
        note: str | None = None,
        person: str | None = None,
        made_at: object = None,
    ) -> None:
        """Put a link in; the ends are as those of notes.Link. One that is here already is counted."""
        sql = "SELECT 1 FROM links WHERE uuid = ?"
        if uuid is not None and self._database.execute(sql, [uuid]).fetchone():
            self.matched += 1
            return
        row: dict[str, Any] = {
            f"{side}_{kind}_id": end[1] if end[0] == kind else None
            for side, end in (("from", origin), ("to", target))
            for kind in ("annotation", "source", "figure")
        }
        row |= {
            "uuid": uuid or str(uuids.uuid4()),
            "relation": " ".join(relation.split()) or "explains",
            "note": note or None,
            "person_id": self.person(person),
            "made_at": moment(made_at, now()),
        }
        self._recording.insert("links", row)

    def person(self, name: str | None) -> int | None:
        """The person of this name; who works in the archive where none is named."""
        name = " ".join((name or "").split())
        if not name:
            return self._recording.person_id
        if name not in self._people:
            self._people[name] = history.person(self._database, name)
        return self._people[name]

    def text(self, source_id: int) -> tuple[int | None, str]:
        """The id of a source's present text, and the text; (None, "") where it has none."""
        if self._text[0] != source_id:
            row = self._database.execute(
                "SELECT texts.id, texts.text FROM texts JOIN sources ON sources.text_id = texts.id"
                " WHERE sources.id = ?",
                [source_id],
            ).fetchone()
            self._text = (source_id, int(row[0]), str(row[1])) if row else (source_id, None, "")
        return self._text[1], self._text[2]

    def _placed(self, made: IncomingNote) -> dict[str, Any]:
        text_id, text = (None, "") if made.source_id is None else self.text(made.source_id)
        exact = made.exact
        if exact is None and made.start is not None and made.end is not None:
            # Bare positions are taken only from who knows that they are those of this text.
            exact = text[made.start : made.end]
        found = place(text, exact or "", made.prefix, made.suffix, made.start)
        if found is None:
            self.orphaned += 1
            return {
                "text_id": text_id,
                "exact": exact,
                "prefix": made.prefix or None,
                "suffix": made.suffix or None,
                "orphaned_at": now(),
            }
        words, prefix, suffix = annotations.selector(text, *found)
        return {
            "text_id": text_id, "start": found[0], "end": found[1],
            "exact": words, "prefix": prefix, "suffix": suffix,
        }  # fmt: skip

    def free_uuid(self, table: str, uuid: str | None) -> str:
        """`uuid` where it is one and no row of the table has it, else a new one."""
        made = valid_uuid(uuid)
        if made is not None:
            sql = f'SELECT 1 FROM "{table}" WHERE uuid = ?'
            if self._database.execute(sql, [made]).fetchone() is None:
                return made
        return str(uuids.uuid4())


def valid_uuid(said: object) -> str | None:
    """`said` as the archive writes universal ids; None where it is none."""
    try:
        return str(uuids.UUID(str(said).removeprefix("urn:uuid:")))
    except ValueError:
        return None


def tag_name(name: str) -> str:
    """A name that a tag may have: on one line, without the stroke that parts a path."""
    return " ".join(name.replace(SEPARATOR, "∕").split())[:200]


def tag_path(path: str) -> tuple[str, ...]:
    """The names of a path: "trade/loans"."""
    return tuple(name for name in (each.strip() for each in path.split(SEPARATOR)) if name)
