"""W3C Web Annotations (JSON-LD) in: ours by their ids, others' by the words they quote."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from db import errors, history, sources
from db.exchange import json_file
from db.exchange.incoming import Incoming, IncomingNote, moment, place, tag_path, valid_uuid
from db.exchange.taken import Taken
from db.exchange.web_annotation import MOTIVATIONS
from db.records import AnnotationKind

if TYPE_CHECKING:
    from db.archive import Archive
    from db.history import Recording

_KINDS: dict[str, AnnotationKind] = {
    "highlighting": "highlight", "commenting": "note", "bookmarking": "bookmark",
    "describing": "memo", "assessing": "journal",
}  # fmt: skip
assert set(_KINDS) == set(MOTIVATIONS.values())
_TABLES = (("figure", "figures"), ("series", "series"), ("finding", "findings"), ("plot", "plots"))
_DEEPEST = 8


def read(path: Path) -> list[dict[str, Any]]:
    """The annotations of a file: one, a list, a page or a collection; Unreadable if there are none."""
    said = json_file.read(path)
    found = list(_annotations(said))
    if not found and not _is(said, "AnnotationCollection"):
        raise errors.Unreadable("damaged", detail="no annotation in it")
    return found


def take_in(archive: "Archive", path: Path) -> Taken:
    """Put a file's annotations in, as one undoable change.

    What stands on an unknown page is looked for in every text: it is taken only if its words
    occur just once. What no text has is named in `left_out`.
    """
    found = read(path)
    left_out: list[str] = []
    with history.command(
        archive,
        "take in annotations",
        "annotations",
        "tags",
        "taggings",
        "links",
        "people",
        facts={"file": path.name, "count": len(found)},
    ) as recording:
        taking = _Taking(archive, recording)
        links = []
        for each in found:
            if _motivation(each) == "linking" and _linked(each):
                links.append(each)
            elif not taking.note(each):
                left_out.append(str(each.get("id", "")))
        left_out += [str(each.get("id", "")) for each in links if not taking.link(each)]
    incoming = taking.incoming
    return Taken(
        path, matched=incoming.matched, annotations=len(incoming.added),
        orphaned=incoming.orphaned, tags=incoming.new_tags, left_out=tuple(left_out),
    )  # fmt: skip


def _annotations(said: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(said, list):
        for each in said:
            yield from _annotations(each, depth + 1)
    elif isinstance(said, dict):
        if _is(said, "Annotation"):
            yield said
        for name in ("first", "items", "next", "@graph"):
            if name in said and not _is(said, "Annotation"):
                yield from _annotations(said[name], depth + 1)


def _is(said: object, name: str) -> bool:
    return isinstance(said, dict) and name in _listed(said.get("type", said.get("@type")))


def _listed(said: object) -> list[Any]:
    if said is None:
        return []
    return said if isinstance(said, list) else [said]


def _motivation(each: dict[str, Any]) -> str:
    said = _listed(each.get("motivation"))
    return str(said[0]).rpartition("/")[2].rpartition(":")[2] if said else ""


def _linked(each: dict[str, Any]) -> str | None:
    for body in _listed(each.get("body")):
        if isinstance(body, dict) and _purpose(body) == "linking":
            return _name(body.get("source"))
    return None


def _purpose(body: dict[str, Any]) -> str:
    return str(next(iter(_listed(body.get("purpose"))), "")).rpartition(":")[2]


def _person(each: dict[str, Any]) -> str | None:
    creator = next(iter(_listed(each.get("creator"))), None)
    said = creator.get("name") if isinstance(creator, dict) else None
    return next((str(name) for name in _listed(said)), None)


def _name(said: object) -> str | None:
    """The IRI of a resource, whichever way it is told."""
    if isinstance(said, dict):
        said = said.get("id", said.get("@id"))
    return said if isinstance(said, str) and said else None


class _Taking:
    """One file on its way in."""

    def __init__(self, archive: "Archive", recording: "Recording") -> None:
        self.incoming = Incoming(recording)
        self._database = recording.database
        self._uuid = archive.uuid
        self._sources = sources.all(archive)
        self._by_uuid = {each.uuid: each.id for each in self._sources}
        self._by_name: dict[str, list[int]] = {}
        for each in self._sources:
            if each.file_name:
                self._by_name.setdefault(each.file_name.casefold(), []).append(each.id)

    def note(self, each: dict[str, Any]) -> bool:
        """Whether the annotation found a place (or was here)."""
        target = next(iter(_listed(each.get("target"))), None)
        body, tags = _bodies(each)
        colour = target.get("styleClass") if isinstance(target, dict) else None
        made: dict[str, Any] = {
            "uuid": valid_uuid(each.get("id", "")),
            "body": body,
            "colour": next((str(name) for name in _listed(colour)), None),
            "person": _person(each),
            "made_at": each.get("created"),
            "changed_at": moment(each.get("modified")),
            "tags": tags,
        }
        place_ = self._place(target)
        if place_ is None:
            return False
        if _motivation(each) == "tagging" and body is None and tags and self._is_thing(place_):
            self._put_tags(tags, place_)
            return True
        kind = _KINDS.get(_motivation(each), "note" if body else "highlight")
        has_words = "exact" in place_ or "start" in place_
        if kind == "journal" and place_:
            kind = "note"
        if not has_words and kind in ("highlight", "note"):
            kind = "memo" if place_ else "journal"
        self.incoming.note(IncomingNote(kind=kind, **made, **place_))
        return True

    def _is_thing(self, place_: dict[str, Any]) -> bool:
        """Whether it is a source or a figure itself, not words of it."""
        if place_.get("about", ("",))[0] == "figure":
            return True
        return place_.keys() == {"source_id"}

    def _put_tags(self, tags: Sequence[tuple[str, ...]], place_: dict[str, Any]) -> None:
        if "about" in place_:
            self.incoming.put_tags(tags, figure_id=place_["about"][1])
        else:
            self.incoming.put_tags(tags, source_id=place_["source_id"])

    def link(self, each: dict[str, Any]) -> bool:
        """Whether both ends of a link are here."""
        ends = [self._end(_name(next(iter(_listed(each.get("target"))), None))),
                self._end(_linked(each))]  # fmt: skip
        if ends[0] is None or ends[1] is None:
            return False
        said = {
            _purpose(body): str(body.get("value", ""))
            for body in _listed(each.get("body"))
            if isinstance(body, dict)
        }
        self.incoming.link(
            valid_uuid(each.get("id", "")), said.get("classifying") or "", ends[0], ends[1],
            note=said.get("commenting"), person=_person(each), made_at=each.get("created"),
        )  # fmt: skip
        return True

    def _end(self, name: str | None) -> tuple[str, int] | None:
        if name is None:
            return None
        if (source_id := self._source(name)) is not None:
            return "source", source_id
        for kind, table in (("annotation", "annotations"), ("figure", "figures")):
            if (row_id := self._row(table, name)) is not None:
                return kind, row_id
        return None

    def _row(self, table: str, name: str) -> int | None:
        uuid = valid_uuid(name)
        if uuid is None:
            return None
        row = self._database.execute(f'SELECT id FROM "{table}" WHERE uuid = ?', [uuid]).fetchone()
        return int(row[0]) if row else None

    def _source(self, name: str | None) -> int | None:
        """The source that an IRI names: by our link, by its universal id, by its file's name."""
        if name is None:
            return None
        if name.startswith("muniment:"):
            parts = name.removeprefix("muniment:").partition("#")[0].split("/")
            return self._by_uuid.get(parts[1]) if len(parts) == 3 else None
        uuid = valid_uuid(name)
        if uuid is not None:
            return self._by_uuid.get(uuid)
        file_name = unquote(name.partition("#")[0].partition("?")[0].rpartition("/")[2]).casefold()
        found = self._by_name.get(file_name, [])
        return found[0] if len(found) == 1 else None

    def _place(self, target: object) -> dict[str, Any] | None:
        """Where an annotation goes, as fields of an IncomingNote; None where that is unknown."""
        name = _name(target)
        if isinstance(target, dict) and "source" in target:
            for kind, table in _TABLES:
                row_id = None if name is None else self._row(table, name)
                if row_id is not None:
                    return {"about": (kind, row_id)}
            name = _name(target["source"])
            words = _selected(target.get("selector"))
            source_id = self._source(name)
            if words:
                if source_id is None and "exact" in words:
                    source_id = self._only_text_with(words)
                elif source_id is not None and "exact" not in words and not self._is_ours(name):
                    # Positions without words cannot be checked against this text.
                    return None
                return None if source_id is None else {"source_id": source_id} | words
            return self._whole(name)
        return self._whole(name)

    def _whole(self, name: str | None) -> dict[str, Any] | None:
        if name is None:
            return None
        if valid_uuid(name) == self._uuid:
            return {}
        source_id = self._source(name)
        if source_id is not None:
            return {"source_id": source_id}
        for kind, table in _TABLES:
            row_id = self._row(table, name)
            if row_id is not None:
                return {"about": (kind, row_id)}
        return None

    def _is_ours(self, name: str | None) -> bool:
        if name is None or not name.startswith("muniment:"):
            return False
        parts = name.removeprefix("muniment:").split("/")
        row = self._database.execute(
            "SELECT texts.version FROM texts JOIN sources ON sources.text_id = texts.id"
            " WHERE sources.uuid = ?",
            [parts[1] if len(parts) == 3 else ""],
        ).fetchone()
        return row is not None and parts[2] == str(row[0])

    def _only_text_with(self, words: dict[str, Any]) -> int | None:
        rows = self._database.execute(
            "SELECT sources.id FROM sources JOIN texts ON texts.id = sources.text_id"
            " WHERE instr(texts.text, ?) > 0",
            [words["exact"]],
        ).fetchall()
        known = {each.id for each in self._sources}
        found = [int(row[0]) for row in rows if row[0] in known]
        if len(found) != 1:
            return None
        _, text = self.incoming.text(found[0])
        where = place(
            text, words["exact"], words.get("prefix", ""), words.get("suffix", ""),
            words.get("start"),
        )  # fmt: skip
        return found[0] if where is not None else None


def _bodies(each: dict[str, Any]) -> tuple[str | None, tuple[tuple[str, ...], ...]]:
    """What an annotation says, and the paths of its tags."""
    said: list[str] = []
    tags: list[tuple[str, ...]] = []
    if isinstance(each.get("bodyValue"), str):
        said.append(each["bodyValue"])
    for body in _flat(_listed(each.get("body"))):
        if isinstance(body, str):
            said.append(body)
            continue
        purpose = _purpose(body)
        value = body.get("value")
        if isinstance(value, str) and value.strip():
            is_tag = purpose == "tagging" or (not purpose and _motivation(each) == "tagging")
            if is_tag:
                tags.append(tag_path(value))
            else:
                said.append(value)
    return "\n\n".join(said) or None, tuple(tags)


def _flat(bodies: Sequence[Any], depth: int = 0) -> Iterator[str | dict[str, Any]]:
    for body in bodies:
        if isinstance(body, dict) and isinstance(body.get("items"), list) and depth < _DEEPEST:
            yield from _flat(body["items"], depth + 1)
        elif isinstance(body, (str, dict)):
            yield body


def _selected(selector: object, depth: int = 0) -> dict[str, Any]:
    """The words and positions that selectors say, the innermost of refined ones."""
    found: dict[str, Any] = {}
    for each in _listed(selector):
        if not isinstance(each, dict) or depth > _DEEPEST:
            continue
        if "refinedBy" in each:
            found |= _selected(each["refinedBy"], depth + 1)
        if _is(each, "TextQuoteSelector") and isinstance(each.get("exact"), str):
            found["exact"] = each["exact"]
            for name in ("prefix", "suffix"):
                if isinstance(each.get(name), str):
                    found[name] = each[name]
        elif _is(each, "TextPositionSelector") and "refinedBy" not in each:
            start, end = each.get("start"), each.get("end")
            if isinstance(start, int) and isinstance(end, int) and 0 <= start < end:
                found |= {"start": start, "end": end}
    return found
