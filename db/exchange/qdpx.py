"""REFI-QDA out: a project (.qdpx) with users, codes, sources, selections, notes and links; a codebook (.qdc).

Positions are code points of the text file in the package, from 0, the end after the last character:
so the published examples have it ("granola" is 62 to 69).
"""

import io
import uuid as uuids
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from db import figures, sources
from db.archive import version
from db.exchange import notes, xml_tree
from db.exchange.chosen import Chosen, Outgoing
from db.exchange.notes import Added, Note, Tag
from db.exchange.xml_tree import Element, add
from db.records import KeptFigure

Progress = Callable[[int, int, str], None]

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
ORIGIN = "Muniment"
COLOURS = {
    "yellow": "#F6C945", "green": "#5FB760", "blue": "#5B8FF9", "pink": "#F08BB4",
    "orange": "#F28E2B", "violet": "#9B6FD0", "teal": "#3BA99C", "red": "#D64541",
    "grey": "#8C8C8C",
}  # fmt: skip
# What a source says of itself besides its name, as variables that other programs can sort by.
VARIABLES = ("creator", "date", "language", "genre", "reference_code", "rights", "level")
_LONGEST_NAME = 100


def write(going: Chosen, file: BinaryIO, progress: Progress) -> int:
    """A .qdpx; returns how many selections and notes it holds."""
    added = notes.added(going)
    texts = [each for each in going if each.source.text_id is not None]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for at, each in enumerate(texts):
            progress(at, len(texts) + 1, each.source.title)
            text = sources.text(going.archive, each.source.id)
            package.writestr(f"sources/{each.source.uuid}.txt", text.encode("utf-8"))
        project = _Project(going, added, texts)
        package.writestr("project.qde", _as_bytes(project.element()))
    progress(len(texts) + 1, len(texts) + 1, "")
    return project.count


def write_codebook(going: Chosen, file: BinaryIO, progress: Progress) -> int:
    """A .qdc: the tree of tags alone."""
    tags = notes.added(going).tags
    book = xml_tree.root(CODEBOOK, "CodeBook")
    book.set("origin", f"{ORIGIN} {version()}")
    _codes(book, tags)
    xml_tree.write(file, book)
    progress(1, 1, "")
    return len(tags)


def _as_bytes(element: Element) -> bytes:
    out = io.BytesIO()
    # Not indented: descriptions are text, and their blanks are theirs.
    xml_tree.write(out, element, pretty=False)
    return out.getvalue()


def _codes(book: Element, tags: Sequence[Tag]) -> None:
    # The schema wants at least one code: an empty tree of tags is a folder that codes nothing.
    codes = add(book, "Codes")
    if not tags:
        add(codes, "Code", guid=_NO_CODE, name="(none)", isCodable="false")
    known = {tag.id for tag in tags}
    below: dict[int | None, list[Tag]] = {}
    for tag in tags:
        below.setdefault(tag.parent_id if tag.parent_id in known else None, []).append(tag)
    waiting: list[tuple[Element, Tag]] = [(codes, tag) for tag in reversed(below.get(None, []))]
    while waiting:
        parent, tag = waiting.pop()
        made = add(
            parent, "Code", guid=tag.uuid, name=tag.name, isCodable="true",
            color=COLOURS.get(tag.colour or ""),
        )  # fmt: skip
        if tag.description:
            add(made, "Description", tag.description)
        waiting += [(made, each) for each in reversed(below.pop(tag.id, []))]


_NO_CODE = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True, slots=True)
class _Selection:
    """Words of a source that something is said of."""

    uuid: str
    start: int
    end: int
    words: str
    body: str | None = None
    tags: tuple[int, ...] = ()
    person_uuid: str | None = None
    made_at: str | None = None
    changed_at: str | None = None


class _Project:
    """The project's XML, put together in the order its schema asks for."""

    def __init__(self, going: Chosen, added: Added, texts: Sequence[Outgoing]) -> None:
        self._going = going
        self._added = added
        self._texts = texts
        self._tags = {tag.id: tag.uuid for tag in added.tags}
        self._ends: dict[tuple[str, int], str] = {}
        self._memos = {note.figure_id: note for note in added.notes if note.figure_id is not None}
        self._figures = self._said_of()
        self.count = 0

    def element(self) -> Element:
        archive, added = self._going.archive, self._added
        project = xml_tree.root(PROJECT, "Project")
        project.set("name", xml_tree.text(archive.title or "Muniment"))
        project.set("origin", f"{ORIGIN} {version()}")
        if added.people:
            users = add(project, "Users")
            for uuid, name in added.people.items():
                add(users, "User", guid=uuid, name=name)
        if added.tags:
            _codes(add(project, "CodeBook"), added.tags)
        if self._texts:
            variables = add(project, "Variables")
            for name in VARIABLES:
                add(
                    variables, "Variable", guid=self._made_of(name), name=name,
                    typeOfVariable="Text",
                )  # fmt: skip
        loose: list[tuple[Note, str]] = []
        if self._texts:
            all_sources = add(project, "Sources")
            for each in self._texts:
                self._source(all_sources, each, loose)
        journal = self._free_notes(loose)
        if loose:
            papers = add(project, "Notes")
            for note, name in loose:
                self._note(papers, note, name)
        self._links(project)
        self._sets(project)
        for note in journal:
            add(project, "NoteRef", targetGUID=note.uuid)
        return project

    def _source(self, parent: Element, each: Outgoing, loose: list[tuple[Note, str]]) -> None:
        source = each.source
        made = add(
            parent, "TextSource", guid=source.uuid, name=source.title,
            plainTextPath=f"internal://{source.uuid}.txt",
        )  # fmt: skip
        self._ends["source", source.id] = source.uuid
        if source.notes:
            add(made, "Description", source.notes)
        for selection in self._selections(source.id):
            self._selection(made, selection)
        for carried in self._added.tags_of(("source", source.id)):
            self._coding(made, carried.uuid, carried.tag_id)
        for note in self._added.of_source(source.id):
            if note.start is not None and note.is_current:
                continue
            # What is said of the source itself; and words of an older text, quoted in a note.
            loose.append((note, source.title))
            add(made, "NoteRef", targetGUID=note.uuid)
        for name in VARIABLES:
            if value := getattr(source, name):
                said = add(made, "VariableValue")
                add(said, "VariableRef", targetGUID=self._made_of(name))
                add(said, "TextValue", value)

    def _said_of(self) -> dict[int, list[KeptFigure]]:
        """The figures that something is said of, by source."""
        wanted = {end[1] for link in self._added.links for end in (link.origin, link.target)
                  if end[0] == "figure"}  # fmt: skip
        carriers = (each.carrier for each in self._added.carried)
        wanted |= self._memos.keys() | {row_id for kind, row_id in carriers if kind == "figure"}
        found: dict[int, list[KeptFigure]] = {}
        for kept in figures.rows(self._going.archive, sorted(wanted)).values():
            found.setdefault(kept.source_id, []).append(kept)
        return found

    def _selections(self, source_id: int) -> Iterable[_Selection]:
        for note in self._added.of_source(source_id):
            if note.is_current and note.start is not None:
                self._ends["annotation", note.id] = note.uuid
                yield _Selection(
                    note.uuid, note.start, note.end or note.start, note.exact or "", note.body,
                    note.tags, note.person_uuid, note.made_at, note.changed_at,
                )  # fmt: skip
        # Figures are words of the source, too, where something is said of them.
        for kept in self._figures.get(source_id, ()):
            memo = self._memos.get(kept.id)
            tags = tuple(each.tag_id for each in self._added.tags_of(("figure", kept.id)))
            uuid = memo.uuid if memo else self._made_of(f"figure {kept.id}")
            self._ends["figure", kept.id] = uuid
            if memo is not None:
                self._ends["annotation", memo.id] = uuid
            yield _Selection(
                uuid, kept.figure.start, kept.figure.end, kept.figure.text,
                memo.body if memo else None, tags,
                memo.person_uuid if memo else None, memo.made_at if memo else None,
            )  # fmt: skip

    def _selection(self, parent: Element, each: _Selection) -> None:
        made = add(
            parent, "PlainTextSelection", guid=each.uuid, name=_short(each.words),
            startPosition=each.start, endPosition=each.end, creatingUser=each.person_uuid,
            creationDateTime=_moment(each.made_at), modifiedDateTime=_moment(each.changed_at),
        )  # fmt: skip
        if each.body:
            add(made, "Description", each.body)
        for tag in each.tags:
            guid = self._made_of(f"coding {each.uuid} {tag}")
            self._coding(made, guid, tag, each.person_uuid, each.made_at)
        self.count += 1

    def _coding(
        self, parent: Element, guid: str, tag: int, person: str | None = None,
        made_at: str | None = None,
    ) -> None:  # fmt: skip
        coding = add(
            parent, "Coding", guid=guid, creatingUser=person, creationDateTime=_moment(made_at)
        )
        add(coding, "CodeRef", targetGUID=self._tags[tag])

    def _free_notes(self, loose: list[tuple[Note, str]]) -> list[Note]:
        """Adds the notes that hang on no source; returns those of the archive itself."""
        known = {note.id for note, _ in loose}
        journal = []
        for note in self._added.notes:
            if note.id in known or ("annotation", note.id) in self._ends:
                continue
            loose.append((note, note.kind))
            if note.kind == "journal":
                journal.append(note)
        return journal

    def _note(self, parent: Element, note: Note, name: str) -> None:
        made = add(
            parent, "Note", guid=note.uuid, name=_short(note.body or note.exact or name),
            creatingUser=note.person_uuid, creationDateTime=_moment(note.made_at),
            modifiedDateTime=_moment(note.changed_at),
        )  # fmt: skip
        parts = [f"“{note.exact}”" if note.exact else "", note.body or ""]
        add(made, "PlainTextContent", "\n\n".join(part for part in parts if part))
        for tag in note.tags:
            self._coding(made, self._made_of(f"coding {note.uuid} {tag}"), tag)
        self._ends["annotation", note.id] = note.uuid
        self.count += 1

    def _links(self, project: Element) -> None:
        found = [
            link for link in self._added.links
            if link.origin in self._ends and link.target in self._ends
        ]  # fmt: skip
        if not found:
            return
        links = add(project, "Links")
        for link in found:
            add(
                links, "Link", guid=link.uuid, name=link.relation, direction="OneWay",
                originGUID=self._ends[link.origin], targetGUID=self._ends[link.target],
            )  # fmt: skip

    def _sets(self, project: Element) -> None:
        """What holds other sources together, as sets of them."""
        going = self._going
        members: dict[int, list[str]] = {}
        for each in self._texts:
            if each.parent is not None:
                members.setdefault(each.parent, []).append(each.source.uuid)
        if not members:
            return
        sets = add(project, "Sets")
        for index in sorted(members):
            source = going.sources[index].source
            made = add(sets, "Set", guid=self._made_of(f"set {source.uuid}"), name=source.title)
            for uuid in members[index]:
                add(made, "MemberSource", targetGUID=uuid)

    def _made_of(self, name: str) -> str:
        """A universal id that is the same in every export of this archive."""
        return str(uuids.uuid5(uuids.UUID(self._going.archive.uuid), name))


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST_NAME else f"{line[: _LONGEST_NAME - 1]}…"


def _moment(said: str | None) -> str | None:
    return None if said is None else said.replace("+00:00", "Z")
