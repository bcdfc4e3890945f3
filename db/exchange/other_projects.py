"""Projects of QualCoder (.qda) and Taguette (.sqlite3), read without their programs.

Both are SQLite databases. They are opened for reading only, nothing in them is run, and only their
tables are asked, never a view.
"""

import hashlib
import sqlite3
import uuid as uuids
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from lxml import html

from db import errors
from db.exchange.incoming import tag_name, tag_path
from db.exchange.qdpx_read import DEEPEST_CODE, Code, NoteIn, Project, Selection, TextIn

_SPACE = uuids.UUID("4d554e49-0000-4000-8000-000000000001")  # ids made of what a project holds
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figure", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section",
    "table", "td", "th", "tr", "ul",
))  # fmt: skip


def qualcoder(path: Path) -> Project:
    """A QualCoder project: its folder NAME.qda, or the file data.qda in it."""
    file = path / "data.qda" if path.is_dir() else path
    needed = ("source", "code_name", "code_cat", "code_text", "annotation", "journal")
    with _opened(file, needed) as database:
        project = Project()
        owners = _Owners(project)
        codes = _qualcoder_codes(database, project)
        for source_id, name, text, memo in database.execute(
            "SELECT id, name, fulltext, memo FROM source ORDER BY id"
        ):
            if not text:
                project.left_out.append(f"Source: {name}")
                continue
            digest = _digest(text)
            spans: dict[tuple[int, int, str], list[Any]] = {}
            for cid, words, start, end, owner, date, note in database.execute(
                "SELECT cid, seltext, pos0, pos1, owner, date, memo FROM code_text"
                " WHERE fid = ? ORDER BY pos0, pos1, cid",
                [source_id],
            ):
                made = spans.setdefault((start, end, note or ""), [words, owner, date, []])
                made[3].append(codes.get(cid, ""))
            for note, start, end, owner, date in database.execute(
                "SELECT memo, pos0, pos1, owner, date FROM annotation WHERE fid = ?"
                " ORDER BY pos0, pos1",
                [source_id],
            ):
                if note:
                    spans.setdefault((start, end, note), [text[start:end], owner, date, []])
            selections = tuple(
                Selection(
                    _id(digest, start, end, note), words or "", start, end, note or None,
                    tuple(filter(None, guids)), owners.guid(owner), date, None,
                )
                for (start, end, note), (words, owner, date, guids) in spans.items()
            )  # fmt: skip
            project.texts.append(
                TextIn(_id(digest), str(name), text, memo or None, selections, (), (), {})
            )
        for name, entry, owner, date in database.execute(
            "SELECT name, jentry, owner, date FROM journal ORDER BY jid"
        ):
            body = "\n\n".join(part for part in (name, entry) if part)
            guid = _id("journal", body)
            project.notes[guid] = NoteIn(guid, body, (), owners.guid(owner), date, None)
        return project


def _qualcoder_codes(database: sqlite3.Connection, project: Project) -> dict[int, str]:
    above = {
        int(row[0]): (str(row[1]), row[2], row[3])
        for row in database.execute("SELECT catid, name, supercatid, memo FROM code_cat")
    }

    def path_of(catid: int | None) -> tuple[str, ...]:
        names: list[str] = []
        while catid in above and len(names) < DEEPEST_CODE:
            name, catid, _ = above[catid]
            names.insert(0, tag_name(name))
        return tuple(names)

    for catid, (_, _, memo) in sorted(above.items()):
        project.codes.append(Code(_id("category", catid), path_of(catid), None, memo or None))
    found = {}
    for cid, name, memo, catid, colour in database.execute(
        "SELECT cid, name, memo, catid, color FROM code_name ORDER BY cid"
    ):
        guid = _id("code", cid)
        path = (*path_of(catid), tag_name(str(name)) or guid)
        project.codes.append(Code(guid, path, _colour_name(colour), memo or None))
        found[int(cid)] = guid
    return found


def taguette(path: Path) -> Project:
    """A Taguette project, as the program exports it for SQLite."""
    needed = ("documents", "tags", "highlights", "highlight_tags")
    with _opened(path, needed) as database:
        project = Project()
        codes = {}
        for tag_id, said, description in database.execute(
            "SELECT id, path, description FROM tags ORDER BY path"
        ):
            # Taguette parts the names of a path with dots.
            names = tuple(filter(None, (tag_name(part) for part in str(said).split("."))))
            guid = _id("tag", tag_id, said)
            codes[tag_id] = guid
            project.codes.append(Code(guid, names or tag_path("tag"), None, description or None))
        for document_id, name, description, contents in database.execute(
            "SELECT id, name, description, contents FROM documents ORDER BY id"
        ):
            text, places = _plain(str(contents))
            digest = _digest(text)
            selections = []
            for highlight_id, start, end in database.execute(
                "SELECT id, start_offset, end_offset FROM highlights WHERE document_id = ?"
                " ORDER BY start_offset, id",
                [document_id],
            ):
                at, to = places.at(start), places.before(end)
                guids = [
                    codes[row[0]]
                    for row in database.execute(
                        "SELECT tag_id FROM highlight_tags WHERE highlight_id = ? ORDER BY tag_id",
                        [highlight_id],
                    )
                    if row[0] in codes
                ]
                selections.append(
                    Selection(
                        _id(digest, start, end, *guids),
                        text[at:to],
                        at,
                        to,
                        None,
                        tuple(guids),
                        None,
                        None,
                        None,
                    )
                )
            notes = description or None
            project.texts.append(
                TextIn(_id(digest), str(name), text, notes, tuple(selections), (), (), {})
            )
        return project


class _Places:
    """Turns Taguette's places (bytes of UTF-8, tags not counted) into those of the plain text."""

    def __init__(self) -> None:
        self._bytes: list[int] = []
        self._at: list[int] = []
        self._words: list[str] = []

    def add(self, at_byte: int, at: int, words: str) -> None:
        self._bytes.append(at_byte)
        self._at.append(at)
        self._words.append(words)

    def at(self, place: int) -> int:
        """Where the character that begins at a place stands."""
        return self._found(bisect_right(self._bytes, place) - 1, place)

    def before(self, place: int) -> int:
        """Where what ends at a place ends: in the block before, not at the start of the next."""
        return self._found(bisect_right(self._bytes, place - 1) - 1, place)

    def _found(self, index: int, place: int) -> int:
        if index < 0:
            return 0
        piece = self._words[index].encode("utf-8")[: place - self._bytes[index]]
        return self._at[index] + len(piece.decode("utf-8", "ignore"))


def _plain(contents: str) -> tuple[str, _Places]:
    """The words of a document with a blank line between blocks, and where each stood."""
    places = _Places()
    if not contents.strip():
        return "", places
    parts: list[str] = []
    length = byte = 0
    is_apart = False
    for words, is_block in _pieces(html.document_fromstring(contents)):
        is_apart = is_apart or is_block
        if not words:
            continue
        if is_apart and parts:
            parts.append("\n\n")
            length += 2
        is_apart = False
        places.add(byte, length, words)
        parts.append(words)
        length += len(words)
        byte += len(words.encode("utf-8"))
    return "".join(parts), places


def _pieces(root: Any) -> Iterator[tuple[str, bool]]:
    body = root.find("body")
    for event, element in _walk(body if body is not None else root):
        is_block = isinstance(element.tag, str) and element.tag in _BLOCKS
        if event == "start":
            yield (element.text or "") if isinstance(element.tag, str) else "", is_block
        else:
            yield "", is_block
            yield element.tail or "", False


def _walk(root: Any) -> Iterator[tuple[str, Any]]:
    from lxml import etree

    for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
        if event == "comment":
            yield "end", element
        elif not (event == "end" and element is root):
            yield event, element


class _Owners:
    """Gives each name that a project signs with an id, as REFI-QDA does."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def guid(self, name: object) -> str | None:
        if not name:
            return None
        guid = _id("person", name)
        self._project.users[guid] = str(name)
        return guid


@contextmanager
def _opened(path: Path, needed: Sequence[str]) -> Iterator[sqlite3.Connection]:
    if not path.is_file():
        raise errors.Unreadable("missing")
    # Immutable: no journal of it is played back, no lock file is left beside it.
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            database.execute("PRAGMA trusted_schema = OFF")
            database.execute("PRAGMA query_only = ON")
            database.execute("PRAGMA cell_size_check = ON")
            rows = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if not set(needed) <= {str(row[0]) for row in rows}:
                raise errors.Unreadable("damaged", detail="no project of this kind")
            yield database
    except (sqlite3.Error, UnicodeDecodeError, TypeError, ValueError) as error:
        raise errors.Unreadable("damaged", detail=str(error)) from error


def _colour_name(said: object) -> str | None:
    from db.exchange.qdpx_read import colour_name

    return colour_name(said if isinstance(said, str) else None)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _id(*parts: object) -> str:
    return str(uuids.uuid5(_SPACE, "\n".join(map(str, parts))))
