"""BibTeX (as biblatex reads it): sources out, references in, in UTF-8."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from db import edtf, errors
from db.exchange import reference
from db.exchange.chosen import Chosen
from db.exchange.reference import Name, Reference

Progress = Callable[[int, int, str], None]

_TO_BIBTEX = {
    "article-newspaper": "article", "article-magazine": "article", "article-journal": "article",
    "chapter": "incollection", "book": "book", "personal_communication": "letter",
    "report": "report", "thesis": "thesis", "manuscript": "unpublished", "legislation": "legislation",
    "webpage": "online",
}  # fmt: skip
_FROM_BIBTEX = {
    "article": "article-journal", "incollection": "chapter", "inbook": "chapter", "book": "book",
    "letter": "personal_communication", "report": "report", "techreport": "report",
    "thesis": "thesis", "phdthesis": "thesis", "mastersthesis": "thesis",
    "unpublished": "manuscript", "legislation": "legislation", "online": "webpage",
    "www": "webpage",
}  # fmt: skip
# TeX would act on these; the sign for each that it prints instead.
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%",
    "#": r"\#", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip
_ACTS = re.compile(r"[\\{}$&%#_^~]")
_PRINTED = re.compile(
    r"\\textbackslash\{\}|\\textasciicircum\{\}|\\textasciitilde\{\}|\\([{}$&%#_])"
)
_BACK = {
    r"\textbackslash{}": "\\", r"\textasciicircum{}": "^", r"\textasciitilde{}": "~",
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def write(going: Chosen, file: BinaryIO, progress: Progress) -> int:
    """An entry a source; `date` is EDTF, which biblatex reads, `year` is for classic styles."""
    found = reference.all(going)
    for each in found:
        lines = [f"@{_TO_BIBTEX.get(each.kind, 'misc')}{{{each.key},"]
        lines += [f"  {name} = {{{value}}}," for name, value in _fields(each)]
        file.write(("\n".join(lines) + "\n}\n\n").encode())
    progress(1, 1, "")
    return len(found)


def _fields(each: Reference) -> list[tuple[str, str]]:
    authors = " and ".join(
        f"{{{_tex(name.literal)}}}" if name.literal else _tex(str(name)) for name in each.authors
    )
    fields = (
        # The second braces keep the capitals that styles would make small.
        ("title", f"{{{_tex(each.title)}}}"),
        ("author", authors),
        ("date", each.date or ""),
        ("year", reference.year(each.date) or ""),
        ("langid", _tex(each.language or "")),
        ("type", _tex(each.genre or "")),
        ("library", _tex(each.archive or "")),
        ("number", _tex(each.reference_code or "")),
        ("keywords", ", ".join(_tex(tag) for tag in each.tags)),
        ("rights", _tex(each.rights or "")),
        ("note", _tex(each.notes or "")),
        ("csltype", each.kind),
        ("muniment", each.uuid or ""),
    )
    return [(name, value) for name, value in fields if value and value != "{}"]


def _tex(text: str) -> str:
    return _ACTS.sub(lambda match: _SPECIAL[match[0]], text)


def read(path: Path) -> list[Reference]:
    """The references of a file; raises Unreadable where it holds none."""
    from bibtexparser.entrypoint import parse_string

    from db.readers import opening, plain

    library = parse_string(plain.read(path, opening.load(path)).text)
    if not library.entries:
        raise errors.Unreadable("damaged", detail="no entry of a bibliography")
    made = []
    for entry in library.entries:
        fields = {field.key.lower(): str(field.value) for field in entry.fields}
        if _plain(fields.get("title", "")):
            made.append(_reference(entry.key, entry.entry_type.lower(), fields))
    return made


def _reference(key: str, sort: str, fields: dict[str, str]) -> Reference:
    def said(*names: str) -> str | None:
        return next((_plain(fields[name]) for name in names if _plain(fields.get(name, ""))), None)

    kind = said("csltype") or _FROM_BIBTEX.get(sort, "document")
    return Reference(
        key=key,
        title=said("title") or "",
        kind=kind,
        authors=_authors(fields.get("author") or fields.get("editor") or ""),
        date=_date(fields),
        language=said("langid", "language"),
        genre=said("type"),
        reference_code=said("number", "shelfmark", "call-number"),
        archive=said("library", "institution"),
        rights=said("rights"),
        notes=said("note", "annotation"),
        uuid=said("muniment"),
        tags=tuple(each.strip() for each in (said("keywords") or "").split(",") if each.strip()),
    )


def _authors(field: str) -> tuple[Name, ...]:
    found = []
    for part in re.split(r"\s{1,20}and\s{1,20}", field.strip()):
        part = part.strip()
        if part.startswith("{") and part.endswith("}"):
            found.append(Name(literal=_plain(part)))
            continue
        words = _plain(part)
        family, comma, given = (each.strip() for each in words.partition(","))
        if comma and given:
            found.append(Name(family=family, given=given))
        elif words:
            found.append(Name(literal=words))
    return tuple(found)


def _plain(value: str) -> str:
    """A field's text: TeX's signs as characters, braces that only group taken away."""
    if "\\" in value and not _only_ours(value):
        from pylatexenc.latex2text import LatexNodes2Text

        value = LatexNodes2Text(keep_comments=True).latex_to_text(value)
        return value.strip()
    parts, at = [], 0
    for match in _PRINTED.finditer(value):
        parts += [re.sub(r"[{}]", "", value[at : match.start()]), _BACK.get(match[0], match[1])]
        at = match.end()
    parts.append(re.sub(r"[{}]", "", value[at:]))
    return "".join(parts).strip()


def _only_ours(value: str) -> bool:
    return "\\" not in _PRINTED.sub("", value)


def _date(fields: dict[str, str]) -> str | None:
    date = _plain(fields.get("date", ""))
    if date:
        return date if edtf.is_valid(date) else edtf.from_words(date)
    year = _plain(fields.get("year", ""))
    if not year:
        return None
    month = _plain(fields.get("month", ""))[:3].lower()
    if year.isdigit() and month in _MONTHS:
        year = f"{year.zfill(4)}-{_MONTHS.index(month) + 1:02}"
    return year if edtf.is_valid(year) else edtf.from_words(year)
