"""RIS: the lines that catalogues and reference managers exchange; sources out, references in."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from db import edtf, errors
from db.exchange import reference
from db.exchange.chosen import Chosen
from db.exchange.reference import Name, Reference

Progress = Callable[[int, int, str], None]

_TO_RIS = {
    "article-newspaper": "NEWS", "article-magazine": "MGZN", "article-journal": "JOUR",
    "chapter": "CHAP", "book": "BOOK", "personal_communication": "PCOMM", "interview": "INTERVIEW",
    "speech": "HEAR", "report": "RPRT", "thesis": "THES", "manuscript": "MANSCPT",
    "treaty": "STAT", "legislation": "BILL", "map": "MAP", "webpage": "ELEC", "document": "GEN",
}  # fmt: skip
_FROM_RIS = {ris: csl for csl, ris in _TO_RIS.items()}
_LINE = re.compile(r"^([A-Z][A-Z0-9]) {1,2}-(?: (.*))?$")


def write(going: Chosen, file: BinaryIO, progress: Progress) -> int:
    """A record a source, in UTF-8 with LF."""
    found = reference.all(going)
    for each in found:
        lines = "".join(f"{tag}  - {value}\n" for tag, value in _lines(each))
        file.write(f"{lines}ER  - \n\n".encode())
    progress(1, 1, "")
    return len(found)


def _lines(each: Reference) -> list[tuple[str, str]]:
    lines = [("TY", _TO_RIS.get(each.kind, "GEN")), ("TI", each.title)]
    lines += [("AU", str(name)) for name in each.authors]
    if each.date:
        if first := reference.year(each.date):
            lines.append(("PY", first))
        # Year/month/day/other: the other is the date as EDTF, which says more than the three.
        lines.append(("DA", "/".join([*_day(each.date), each.date])))
    lines += [
        (tag, value)
        for tag, value in (
            ("LA", each.language),
            ("M3", each.genre),
            ("CN", each.reference_code),
            ("DB", each.archive),
            ("C1", each.rights),
            ("ID", each.key),
            ("C2", f"urn:uuid:{each.uuid}" if each.uuid else None),
        )
        if value
    ]
    lines += [("KW", tag) for tag in each.tags]
    # A note may have several lines; each becomes one of its own and they are joined again.
    lines += [("N1", line) for line in (each.notes or "").split("\n") if each.notes]
    return [(tag, " ".join(value.splitlines()) or "") for tag, value in lines]


def _day(date: str) -> list[str]:
    numbers = date.split("/")[0].rstrip("~?%").split("-")
    known = len(numbers) <= 3 and all(each.isdigit() for each in numbers)
    return [*numbers, "", ""][:3] if known else [reference.year(date) or "", "", ""]


def read(path: Path) -> list[Reference]:
    """The references of a file; raises Unreadable where it holds none."""
    from db.readers import opening, plain

    records: list[dict[str, list[str]]] = []
    last = ""
    is_open = False
    for line in plain.read(path, opening.load(path)).text.split("\n"):
        match = _LINE.match(line.rstrip())
        if match is None:
            # A long value may go on in the next line without a tag.
            if is_open and last and line.strip():
                records[-1][last][-1] += f" {line.strip()}"
            continue
        tag, value = match[1], (match[2] or "").strip()
        if tag == "TY":
            records.append({})
            is_open = True
        if tag == "ER" or not is_open:
            is_open = False
            continue
        records[-1].setdefault(tag, []).append(value)
        last = tag
    if not records:
        raise errors.Unreadable("damaged", detail="no record begins with TY")
    return [made for made in map(_reference, records) if made.title]


def _reference(lines: dict[str, list[str]]) -> Reference:
    def first(*tags: str) -> str:
        return next((lines[tag][0] for tag in tags if lines.get(tag) and lines[tag][0]), "")

    uuid = first("C2").removeprefix("urn:uuid:") if "urn:uuid:" in first("C2") else None
    authors = [
        name for tag in ("AU", "A1", "A2") for each in lines.get(tag, []) for name in [_name(each)]
    ]
    return Reference(
        key=first("ID"),
        title=first("TI", "T1", "CT"),
        kind=_FROM_RIS.get(first("TY"), "document"),
        authors=tuple(authors),
        date=_date(first("DA"), first("PY", "Y1")),
        language=first("LA") or None,
        genre=first("M3") or None,
        reference_code=first("CN", "AN") or None,
        archive=first("DB") or None,
        rights=first("C1") or None,
        notes="\n".join(lines.get("N1", [])) or None,
        uuid=uuid,
        tags=tuple(each for each in lines.get("KW", []) if each),
    )


def _name(value: str) -> Name:
    found = reference.names(value.replace(";", ","))
    return found[0] if found else Name(literal=value)


def _date(full: str, year: str) -> str | None:
    for words in (full, year):
        parts = words.split("/", 3)
        if len(parts) == 4 and edtf.is_valid(parts[3].strip()):
            return parts[3].strip()
        numbers = []
        for part in parts[:3]:
            if not part.strip().isdigit():
                break
            numbers.append(part.strip())
        date = "-".join([n.zfill(4) if at == 0 else n.zfill(2) for at, n in enumerate(numbers)])
        if date and edtf.is_valid(date):
            return date
    words = full or year
    return edtf.from_words(words) if words else None
