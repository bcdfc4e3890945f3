"""XML of any kind as a tree: DTDs are never loaded, entities never expanded, nothing is fetched."""

import html.entities
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml import etree

from db.errors import Unreadable
from db.readers.canonical import canonical
from db.readers.encodings import Decoded, decode
from db.readers.web import declared_encoding

_DECLARATION = re.compile(r"\s{0,100}<\?xml[^>]{0,400}\?>")
_NAMED = re.compile(r"&([A-Za-z_:][\w:.-]{0,60});")
_ENTITY = re.compile(
    r"<!ENTITY\s{1,20}([\w:.-]{1,100})\s{1,20}(?:(SYSTEM|PUBLIC)|\"([^\"]*)\"|'([^']*)')"
)

_COMMENT_OR_SPACE = re.compile(
    r"(?:\s{1,4000}|<!--(?:[^-]|-(?!->)){0,20000}-->|<\?[^>]{0,2000}\?>){0,60}"
)
_ID = re.compile(r"\sxml:id=")
_ROOT = re.compile(r"<(?:([\w.-]{1,60}):)?([\w.-]{1,60})([^>]{0,4000})")

# An element of lxml, whose stubs know too little to be of use here.
Element = Any


def tree(data: bytes) -> Element:
    """The root of the XML in `data`. Unreadable ("damaged") where it is not well-formed or means harm."""
    return read(data)[0]


def read(data: bytes, encoding: str | None = None) -> tuple[Element, Decoded]:
    """The root as `tree` gives it, and how the bytes were read; the count is of canonical text."""
    decoded = decode(data, given=encoding, declared=declared_encoding(data))
    source, replaced = canonical(decoded.text)
    decoded = replace(decoded, text=source, replaced=decoded.replaced + replaced)
    return of_text(source), decoded


def of_text(source: str) -> Element:
    """The root of the XML in `source`, which is canonical."""
    body = disarmed(source)
    try:
        return _parsed(body)
    except etree.XMLSyntaxError as error:
        if "already defined" not in str(error):
            raise Unreadable("damaged", detail=str(error)[:200]) from error
    try:
        return _parsed(_ID.sub(" id=", body))  # one name for two places harms no reader
    except etree.XMLSyntaxError as error:
        raise Unreadable("damaged", detail=str(error)[:200]) from error


def _parsed(body: str) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(body.encode("utf-8", "replace"), parser)


def disarmed(source: str) -> str:
    """`source` without XML declaration and DOCTYPE, its entities spelt out as they stand."""
    declared = _DECLARATION.match(source)
    body, subset = _without_doctype(source[declared.end() :] if declared else source)
    return _without_entities(body, _refused(subset))


def root_of(head: str) -> tuple[str, str]:
    """Local name and attributes of the first element, from the beginning of a file; or nothing."""
    at = 0
    while True:
        skipped = _COMMENT_OR_SPACE.match(head, at)
        at = skipped.end() if skipped else at
        if head.startswith("<!DOCTYPE", at):
            try:
                head = head[:at] + _without_doctype(head[at:])[0]
            except Unreadable:
                return "", ""
            continue
        break
    found = _ROOT.match(head, at)
    return (found.group(2), found.group(3)) if found else ("", "")


def name_of(element: Element) -> str:
    """The local name; nothing for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """The attribute of this local name, in whatever namespace."""
    found = element.get(name)
    if found is not None:
        return str(found)
    for key, value in element.items():
        if key.endswith("}" + name):
            return str(value)
    return None


def whole(said: str | None, otherwise: int) -> int:
    """The whole number written in `said`; `otherwise` where it is none, or of more than nine figures.

    A raised two is a digit to `isdigit` and none to `int`.
    """
    return int(said) if said and len(said) <= 9 and said.isdecimal() else otherwise


def all_of(element: Element, name: str) -> Iterator[Element]:
    """The elements below `element` of this local name, in order."""
    return iter(element.iter("{*}" + name))


def first(element: Element, *path: str) -> Element | None:
    """The first element down the `path` of local names."""
    for name in path:
        element = element.find("{*}" + name)
        if element is None:
            return None
    return element


def words_of(element: Element | None) -> str:
    """All text inside, blanks collapsed."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _without_doctype(source: str) -> tuple[str, str]:
    """The document without its DOCTYPE, and the DOCTYPE: the parser never learns of a DTD."""
    start = source.find("<!DOCTYPE", 0, 100_000)
    if start < 0:
        return source, ""
    at, in_subset = start, False
    for found in re.compile("[\\[\\]>\"']|<!--").finditer(source, start):
        if found.start() < at:
            continue
        mark = found.group()
        if mark in ('"', "'", "<!--"):
            closing = "-->" if mark == "<!--" else mark
            at = source.find(closing, found.end()) + len(closing)
            if at < len(closing):
                break
        elif mark == "[":
            in_subset = True
        elif mark == "]":
            in_subset = False
        elif not in_subset:
            end = found.end()
            return source[:start] + source[end:], source[start:end]
    raise Unreadable("damaged", detail="the DOCTYPE does not end")


def _refused(subset: str) -> frozenset[str]:
    """The entities whose use means harm: files from elsewhere, and entities made of entities."""
    refused = set()
    for found in _ENTITY.finditer(subset):
        name, outside, double, single = found.groups()
        if outside or "&" in (double or single or "").replace("&#", "").replace("&amp;", ""):
            refused.add(name)
    return frozenset(refused)


def _without_entities(source: str, refused: frozenset[str]) -> str:
    """`source` with the references XML does not know spelt out as they stand, outside CDATA."""
    if "&" not in source:
        return source

    def spelt(found: re.Match[str]) -> str:
        name = found.group(1)
        if name in ("amp", "lt", "gt", "quot", "apos"):
            return found.group()
        if name in refused:
            raise Unreadable("damaged", detail=f"entity {name} leads out of the document")
        return html.entities.html5.get(name + ";", f"&amp;{name};")

    parts: list[str] = []
    at = 0
    while True:
        start = source.find("<![CDATA[", at)
        if start < 0:
            break
        end = source.find("]]>", start)
        if end < 0:
            break
        parts += (_NAMED.sub(spelt, source[at:start]), source[start:end])
        at = end
    parts.append(_NAMED.sub(spelt, source[at:]))
    return "".join(parts)
