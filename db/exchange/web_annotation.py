"""W3C Web Annotations (JSON-LD) out: one collection, each with quote and position selectors."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, BinaryIO

from db import figures
from db.exchange import notes
from db.exchange.chosen import Chosen
from db.exchange.notes import Added, Carried, Link, Note

Progress = Callable[[int, int, str], None]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MOTIVATIONS = {
    "highlight": "highlighting", "note": "commenting", "bookmark": "bookmarking",
    "memo": "describing", "journal": "assessing",
}  # fmt: skip


def write(going: Chosen, file: BinaryIO, progress: Progress) -> int:
    """An AnnotationCollection whose one page holds every annotation, and the links at its end."""
    added = notes.added(going)
    words = _Words(going, added)
    items = []
    for at, note in enumerate(added.notes):
        if at % 500 == 0:
            progress(at, len(added.notes), "")
        items.append(words.annotation(note))
    items += [words.tagging(each) for each in added.carried]
    items += [words.link(link) for link in added.links]
    name = f"urn:uuid:{going.archive.uuid}"
    collection: dict[str, Any] = {
        "@context": CONTEXT,
        "id": f"{name}#annotations",
        "type": "AnnotationCollection",
        "label": going.archive.title or "Muniment",
        "total": len(items),
    }
    if items:
        page = {"id": f"{name}#page", "type": "AnnotationPage", "startIndex": 0, "items": items}
        collection["first"] = page
    file.write(json.dumps(collection, ensure_ascii=False, indent=1).encode("utf-8") + b"\n")
    progress(len(items), len(items), "")
    return len(items)


class _Words:
    """Says each thing of the archive as the model of annotations does."""

    def __init__(self, going: Chosen, added: Added) -> None:
        self._going = going
        self._added = added
        self._sources = {each.source.id: each for each in going}
        self._uuids = {note.id: note.uuid for note in added.notes}
        self._names = {
            table: {
                int(row[0]): str(row[1])
                for row in going.archive.reading().execute(f"SELECT id, uuid FROM {table}")
            }
            for table in ("figures", "series", "findings", "plots")
        }

    def annotation(self, note: Note) -> dict[str, Any]:
        # The context stands in each, so that one taken out alone still says what it is.
        made: dict[str, Any] = {
            "@context": CONTEXT,
            "id": f"urn:uuid:{note.uuid}",
            "type": "Annotation",
            "motivation": MOTIVATIONS[note.kind],
            "created": _moment(note.made_at),
        }
        if note.changed_at:
            made["modified"] = _moment(note.changed_at)
        if note.person:
            made["creator"] = {
                "id": f"urn:uuid:{note.person_uuid}", "type": "Person", "name": note.person,
            }  # fmt: skip
        bodies = [_text(self._added.path(tag), "tagging") for tag in note.tags]
        if note.body:
            bodies.insert(
                0, _text(note.body, "describing" if note.kind == "memo" else "commenting")
            )
        if bodies:
            made["body"] = bodies
        target = self._target(note)
        if note.colour:
            # The standard's own way to say how the words are marked.
            target = (
                {"type": "SpecificResource", "source": target}
                if isinstance(target, str)
                else target
            )
            target["styleClass"] = note.colour
            made["stylesheet"] = {
                "type": "CssStylesheet", "value": f".{note.colour} {{ background: {note.colour} }}",
            }  # fmt: skip
        made["target"] = target
        return made

    def tagging(self, each: Carried) -> dict[str, Any]:
        """A tag on a source or figure itself."""
        return {
            "@context": CONTEXT,
            "id": f"urn:uuid:{each.uuid}",
            "type": "Annotation",
            "motivation": "tagging",
            "body": [_text(self._added.path(each.tag_id), "tagging")],
            "target": self._end(each.carrier),
        }

    def link(self, link: Link) -> dict[str, Any]:
        made: dict[str, Any] = {
            "@context": CONTEXT,
            "id": f"urn:uuid:{link.uuid}",
            "type": "Annotation",
            "motivation": "linking",
            "created": _moment(link.made_at),
        }
        if link.person_uuid:
            made["creator"] = {
                "id": f"urn:uuid:{link.person_uuid}", "type": "Person",
                "name": self._added.people.get(link.person_uuid, ""),
            }  # fmt: skip
        target = {
            "type": "SpecificResource",
            "source": self._end(link.target),
            "purpose": "linking",
        }
        made["body"] = [target, _text(link.relation, "classifying")]
        if link.note:
            made["body"].append(_text(link.note, "commenting"))
        made["target"] = self._end(link.origin)
        return made

    def _end(self, end: tuple[str, int]) -> str:
        name, row_id = end
        if name == "source":
            return self._going.link(self._sources[row_id])
        if name == "figure":
            return f"urn:uuid:{self._names['figures'][row_id]}"
        return f"urn:uuid:{self._uuids[row_id]}"

    def _target(self, note: Note) -> Any:
        for name, row_id in (("series", note.series_id), ("findings", note.finding_id),
                             ("plots", note.plot_id)):  # fmt: skip
            if row_id is not None:
                return f"urn:uuid:{self._names[name][row_id]}"
        if note.figure_id is not None:
            return self._figure(note.figure_id)
        if note.source_id is None:
            return f"urn:uuid:{self._going.archive.uuid}"
        return self._place(note)

    def _place(self, note: Note) -> Any:
        each = self._sources[note.source_id or 0]
        if note.version is not None and not note.is_current:
            each = replace(each, version=note.version)
        link = self._going.link(each)
        selectors: list[dict[str, Any]] = []
        if note.exact:
            quote = {"type": "TextQuoteSelector", "exact": note.exact}
            quote |= {"prefix": note.prefix} if note.prefix else {}
            selectors.append(quote | ({"suffix": note.suffix} if note.suffix else {}))
        if note.start is not None and note.end is not None:
            selectors.append({"type": "TextPositionSelector", "start": note.start, "end": note.end})
        if not selectors:
            return link
        return {"type": "SpecificResource", "source": link, "selector": selectors}

    def _figure(self, figure_id: int) -> Any:
        kept = figures.rows(self._going.archive, [figure_id]).get(figure_id)
        name = f"urn:uuid:{self._names['figures'][figure_id]}"
        if kept is None:
            return name
        figure = kept.figure
        return {
            "id": name,
            "type": "SpecificResource",
            "source": self._going.link(self._sources[kept.source_id]),
            "selector": [
                {"type": "TextQuoteSelector", "exact": figure.text},
                {"type": "TextPositionSelector", "start": figure.start, "end": figure.end},
            ],
        }


def _text(value: str, purpose: str) -> dict[str, Any]:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _moment(said: str) -> str:
    # The model wants xsd:dateTime with the zone; its tests know only the letter.
    return said.replace("+00:00", "Z")
