"""CSL-JSON: what citation programs read and write; sources out, references in."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from db import edtf, errors
from db.exchange import json_file, reference
from db.exchange.chosen import Chosen
from db.exchange.reference import Name, Reference

Progress = Callable[[int, int, str], None]


def write(going: Chosen, file: BinaryIO, progress: Progress) -> int:
    """A JSON array of items."""
    items = [item(each) for each in reference.all(going)]
    file.write(json.dumps(items, ensure_ascii=False, indent=1).encode("utf-8") + b"\n")
    progress(1, 1, "")
    return len(items)


def item(each: Reference) -> dict[str, Any]:
    """A reference as CSL-JSON has it; what CSL has no place for stands under `custom`."""
    made: dict[str, Any] = {"id": each.key, "type": each.kind, "title": each.title}
    if each.authors:
        made["author"] = [_name(name) for name in each.authors]
    if issued := _issued(each.date):
        made["issued"] = issued
    plain = {
        "language": each.language,
        "genre": each.genre,
        "archive": each.archive,
        "archive_location": each.reference_code,
        "note": each.notes,
        "keyword": ", ".join(each.tags),
    }
    made |= {name: value for name, value in plain.items() if value}
    kept = {"uuid": each.uuid, "date": each.date, "rights": each.rights, "tags": list(each.tags)}
    made["custom"] = {"muniment": {name: value for name, value in kept.items() if value}}
    return made


def read(path: Path) -> list[Reference]:
    """The references of a file; raises Unreadable where it is no CSL-JSON."""
    items = json_file.read(path)
    if isinstance(items, dict):
        items = items.get("items", [items])
    if not isinstance(items, list) or not all(isinstance(each, dict) for each in items):
        raise errors.Unreadable("damaged", detail="no list of references")
    return [_reference(each) for each in items if _text(each, "title")]


def _reference(made: dict[str, Any]) -> Reference:
    custom = made.get("custom")
    own = custom.get("muniment", {}) if isinstance(custom, dict) else {}
    own = own if isinstance(own, dict) else {}
    authors = made.get("author")
    tags = own.get("tags")
    if not isinstance(tags, list):
        tags = [each.strip() for each in _text(made, "keyword").split(",")]
    date = _text(own, "date")
    return Reference(
        key=_text(made, "id"),
        title=_text(made, "title"),
        kind=_text(made, "type") or "document",
        authors=tuple(
            _name_of(each)
            for each in (authors if isinstance(authors, list) else [])
            if isinstance(each, dict)
        ),
        date=date if edtf.is_valid(date) else _date(made.get("issued")),
        language=_text(made, "language") or None,
        genre=_text(made, "genre") or None,
        reference_code=_text(made, "archive_location") or None,
        archive=_text(made, "archive") or None,
        rights=_text(own, "rights") or None,
        notes=_text(made, "note") or None,
        uuid=_text(own, "uuid") or None,
        tags=tuple(str(each) for each in tags if each),
    )


def _text(made: dict[str, Any], name: str) -> str:
    value = made.get(name)
    return str(value).strip() if isinstance(value, (str, int, float)) else ""


def _name(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    return {"family": name.family} | ({"given": name.given} if name.given else {})


def _name_of(made: dict[str, Any]) -> Name:
    if literal := _text(made, "literal"):
        return Name(literal=literal)
    family = " ".join(
        part for part in (_text(made, "non-dropping-particle"), _text(made, "family")) if part
    )
    given = _text(made, "given")
    return Name(family=family, given=given) if given else Name(literal=family)


def _issued(date: str | None) -> dict[str, Any] | None:
    """The date in parts as far as they are known; a range as two."""
    if not date:
        return None
    parts = [_parts(end) for end in date.split("/")] if date.count("/") == 1 else [_parts(date)]
    if not all(parts):
        earliest, latest = edtf.bounds(date)
        years = [each.year for each in (earliest, latest) if each is not None]
        parts = [[each] for each in dict.fromkeys(years)]
    if not parts:
        return {"literal": edtf.in_words(date)}
    made: dict[str, Any] = {"date-parts": parts}
    if "~" in date or "%" in date:
        made["circa"] = True
    return made


def _parts(date: str) -> list[int]:
    numbers = date.rstrip("~?%").split("-")
    if not 1 <= len(numbers) <= 3 or not all(each.isdigit() for each in numbers):
        return []
    found = [int(each) for each in numbers]
    # 21 and above in the place of a month is a season.
    return [] if len(found) > 1 and not 1 <= found[1] <= 12 else found


def _date(issued: object) -> str | None:
    if not isinstance(issued, dict):
        return None
    parts = issued.get("date-parts")
    ends = []
    for each in parts if isinstance(parts, list) else []:
        try:
            numbers = [int(number) for number in each if number not in (None, "")]
        except (TypeError, ValueError, OverflowError):
            return None
        if numbers:
            ends.append("-".join([f"{numbers[0]:04}", *(f"{n:02}" for n in numbers[1:3])]))
    if ends:
        circa = "~" if issued.get("circa") else ""
        date = "/".join(f"{end}{circa}" for end in ends[:2])
        return date if edtf.is_valid(date) else None
    words = _text(issued, "literal") or _text(issued, "raw")
    return edtf.from_words(words) if words else None
