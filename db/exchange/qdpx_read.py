"""What a REFI-QDA project (.qdpx) or codebook (.qdc) tells, as records; knows no archive."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from db import errors
from db.exchange.incoming import tag_name
from db.exchange.qdpx import COLOURS, VARIABLES
from db.exchange.xml_tree import Element
from db.readers.canonical import canonical

LARGEST_PART = 200_000_000  # of a package, unpacked
DEEPEST_CODE = 50


@dataclass(frozen=True, slots=True)
class Code:
    """A code, with the names from the top of its tree."""

    guid: str
    path: tuple[str, ...]
    colour: str | None
    description: str | None


@dataclass(frozen=True, slots=True)
class Selection:
    """Words of a text that something is said of, as the file tells their places."""

    guid: str
    name: str
    start: int
    end: int
    body: str | None
    codes: tuple[str, ...]
    user: str | None
    made_at: str | None
    changed_at: str | None


@dataclass(frozen=True, slots=True)
class TextIn:
    """A source of the package; `text` is None where the package does not hold it."""

    guid: str
    name: str
    text: str | None
    notes: str | None
    selections: tuple[Selection, ...]
    codes: tuple[str, ...]
    note_guids: tuple[str, ...]
    described: dict[str, str]


@dataclass(frozen=True, slots=True)
class NoteIn:
    """A free note."""

    guid: str
    body: str
    codes: tuple[str, ...]
    user: str | None
    made_at: str | None
    changed_at: str | None


@dataclass(slots=True)
class Project:
    """All that a file tells."""

    users: dict[str, str] = field(default_factory=dict)
    codes: list[Code] = field(default_factory=list)
    texts: list[TextIn] = field(default_factory=list)
    notes: dict[str, NoteIn] = field(default_factory=dict)
    links: list[tuple[str, str, str, str]] = field(default_factory=list)  # guid, name, from, to
    sets: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)  # guid, name, texts
    left_out: list[str] = field(default_factory=list)


def read(path: Path) -> Project:
    """What a .qdpx or .qdc holds; raises Unreadable where it is neither."""
    try:
        with zipfile.ZipFile(path) as package:
            return _read_project(package)
    except zipfile.BadZipFile:
        pass
    except (RuntimeError, NotImplementedError) as error:
        raise errors.Unreadable("encrypted") from error
    root = _parse(path.read_bytes())
    if etree.QName(root).localname not in ("CodeBook", "Project"):
        raise errors.Unreadable("damaged", detail="no project or codebook of REFI-QDA")
    project = Project()
    project.codes = list(_codes(root))
    return project


def _parse(data: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise errors.Unreadable("damaged", detail=str(error)) from error


def _read_project(package: zipfile.ZipFile) -> Project:
    names = {name.lower(): name for name in package.namelist()}
    found = next((name for name in sorted(names) if name.endswith(".qde")), None)
    if found is None:
        raise errors.Unreadable("damaged", detail="no .qde in the package")
    root = _parse(_part(package, names[found]) or b"")
    if etree.QName(root).localname != "Project":
        raise errors.Unreadable("damaged", detail="no project of REFI-QDA")
    project = Project()
    project.users = {
        each.get("guid", "").lower(): each.get("name") or each.get("id") or ""
        for each in root.iter("{*}User")
    }
    project.codes = list(_codes(root))
    variables = {
        each.get("guid", "").lower(): each.get("name", "") for each in root.iter("{*}Variable")
    }
    for each in root.iterfind("{*}Sources/*"):
        kind = etree.QName(each).localname
        text = each if kind == "TextSource" else each.find("{*}Representation")
        if text is None:
            project.left_out.append(f"{kind}: {each.get('name') or each.get('guid', '')}")
            continue
        project.texts.append(_text(package, names, each, text, variables))
    for each in root.iterfind("{*}Notes/{*}Note"):
        note = _note(package, names, each)
        project.notes[note.guid] = note
    for each in root.iterfind("{*}Links/{*}Link"):
        ends = (each.get("originGUID", "").lower(), each.get("targetGUID", "").lower())
        project.links.append((each.get("guid", ""), each.get("name") or "", *ends))
    for each in root.iterfind("{*}Sets/{*}Set"):
        members = tuple(
            member.get("targetGUID", "").lower() for member in each.iterfind("{*}MemberSource")
        )
        name = each.get("name") or "?"
        if members:
            project.sets.append((each.get("guid", "").lower(), name, members))
        else:
            project.left_out.append(f"Set: {name}")
    for tag in ("Cases/{*}Case", "Graphs/{*}Graph"):
        for each in root.iterfind(f"{{*}}{tag}"):
            kind = etree.QName(each).localname
            project.left_out.append(f"{kind}: {each.get('name') or each.get('guid', '')}")
    return project


def _part(package: zipfile.ZipFile, name: str | None) -> bytes | None:
    if name is None:
        return None
    if package.getinfo(name).file_size > LARGEST_PART:
        size = package.getinfo(name).file_size
        raise errors.Unreadable("too_large", size=size, limit=LARGEST_PART)
    try:
        # At most as much as was announced: a package may lie about its size.
        with package.open(name) as file:
            return file.read(LARGEST_PART)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise errors.Unreadable("damaged", detail=str(error)) from error


def _codes(root: Element) -> Iterator[Code]:
    waiting: list[tuple[Element, tuple[str, ...]]] = [
        (each, ()) for each in reversed(root.findall(".//{*}Codes/{*}Code"))
    ]
    while waiting:
        each, above = waiting.pop()
        path = (*above, tag_name(each.get("name", "")) or each.get("guid", ""))
        described = each.findtext("{*}Description")
        if each.get("guid") is not None and len(path) <= DEEPEST_CODE:
            yield Code(
                each.get("guid", "").lower(),
                path,
                colour_name(each.get("color")),
                described or None,
            )
            waiting += [(below, path) for below in reversed(each.findall("{*}Code"))]


def colour_name(said: str | None) -> str | None:
    """The name of the colour nearest to #RGB or #RRGGBB."""
    digits = (said or "").removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    try:
        wanted = bytes.fromhex(digits)
    except ValueError:
        return None
    if len(wanted) != 3:
        return None

    def distance(name: str) -> int:
        ours = bytes.fromhex(COLOURS[name][1:])
        return sum((a - b) ** 2 for a, b in zip(ours, wanted, strict=True))

    return min(COLOURS, key=distance)


def _text(
    package: zipfile.ZipFile,
    names: dict[str, str],
    source: Element,
    text: Element,
    variables: dict[str, str],
) -> TextIn:
    described = {}
    for each in source.iterfind("{*}VariableValue"):
        ref = each.find("{*}VariableRef")
        name = variables.get("" if ref is None else ref.get("targetGUID", "").lower(), "")
        value = each.findtext("{*}TextValue")
        if name.lower() in VARIABLES and value:
            described[name.lower()] = value.strip()
    both = (source,) if source is text else (source, text)
    return TextIn(
        guid=source.get("guid", "").lower(),
        name=source.get("name") or text.get("name") or source.get("guid") or "?",
        text=_content(package, names, text),
        notes=source.findtext("{*}Description") or None,
        selections=tuple(
            _selection(each) for part in both for each in part.iterfind("{*}PlainTextSelection")
        ),
        codes=tuple(code for part in both for code in _coded(part)),
        note_guids=tuple(
            each.get("targetGUID", "").lower()
            for part in both
            for each in part.iterfind("{*}NoteRef")
        ),
        described=described,
    )


def _content(package: zipfile.ZipFile, names: dict[str, str], text: Element) -> str | None:
    said = text.findtext("{*}PlainTextContent")
    if said is not None:
        return said
    place = text.get("plainTextPath", "")
    if not place.startswith("internal://"):
        return None
    name = place.removeprefix("internal://").lstrip("/").lower()
    data = _part(package, names.get(f"sources/{name}", names.get(name)))
    # The byte order mark is left in: whether positions count it is for the names to say.
    return None if data is None else data.decode("utf-8", "replace")


def _coded(element: Element) -> list[str]:
    return [ref.get("targetGUID", "").lower() for ref in element.iterfind("{*}Coding/{*}CodeRef")]


def _selection(each: Element) -> Selection:
    def number(name: str) -> int:
        value = each.get(name, "")
        return int(value) if value.isdecimal() and len(value) < 12 else -1

    return Selection(
        guid=each.get("guid", "").lower(),
        name=each.get("name") or "",
        start=number("startPosition"),
        end=number("endPosition"),
        body=each.findtext("{*}Description") or None,
        codes=tuple(_coded(each)),
        user=(each.get("creatingUser") or each.get("modifyingUser") or "").lower() or None,
        made_at=each.get("creationDateTime") or each.get("modifiedDateTime"),
        changed_at=each.get("modifiedDateTime") if each.get("creationDateTime") else None,
    )


def _note(package: zipfile.ZipFile, names: dict[str, str], each: Element) -> NoteIn:
    said = _content(package, names, each) or each.findtext("{*}Description") or each.get("name")
    return NoteIn(
        guid=each.get("guid", "").lower(),
        body=canonical(said or "")[0],
        codes=tuple(_coded(each)),
        user=(each.get("creatingUser") or each.get("modifyingUser") or "").lower() or None,
        made_at=each.get("creationDateTime") or each.get("modifiedDateTime"),
        changed_at=each.get("modifiedDateTime") if each.get("creationDateTime") else None,
    )
