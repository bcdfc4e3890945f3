"""Markdown as a Document: the text as it stands, with its headings, lists, tables as blocks."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from db.readers import plain
from db.readers.origin import edtf_of, language_of, one_line
from db.records import Block, Document, PassageKind

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")

_FENCE = re.compile(r" {0,3}(`{3,20}|~{3,20})")
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]{1,20}|$)")
_SETEXT = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,100}|(?:-[ \t]*){3,100}|(?:_[ \t]*){3,100})$")
_ITEM = re.compile(r"[ \t]{0,20}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_NOTE = re.compile(r" {0,3}\[\^[^\]\s]{1,40}\]:")
_DELIMITER = re.compile(r"[ \t]{0,20}\|?[ \t:|-]{3,500}\|?[ \t]*$")
_FIELD = re.compile(r"([A-Za-z_-]{1,30}):[ \t]{1,20}[\"']?(.{1,500}?)[\"']?[ \t]*$")


def read(path: Path, data: bytes, *, encoding: str | None = None) -> Document:
    """The text of `data` unchanged, and its blocks; title, author, date from its front matter."""
    document = plain.read(path, data, encoding=encoding)
    text = document.text
    front = _front_matter(text)
    blocks = tuple(_blocks(text, front))
    said: dict[str, str] = dict(
        (str(found.group(1)).lower(), str(found.group(2)))
        for line in text[:front].split("\n")
        if (found := _FIELD.match(line))
    )
    heading = next((block for block in blocks if block.kind == "heading"), None)
    title = text[heading.start : heading.end].strip("#= -\n\t") if heading else ""
    return replace(
        document,
        blocks=blocks,
        media_type="text/markdown",
        title=one_line(said.get("title", "") or title),
        creator=one_line(said.get("author", said.get("creator", ""))),
        date=edtf_of(said.get("date", "")),
        language=language_of(said.get("lang", said.get("language", ""))),
    )


def _front_matter(text: str) -> int:
    """Where the fields between two lines of three hyphens end, 0 if there are none."""
    if not text.startswith("---\n"):
        return 0
    end = text.find("\n---", 3, 20_000)
    if end < 0 or ":" not in text[:end] or "\n\n" in text[:end]:
        return 0
    line_end = text.find("\n", end + 1)
    return line_end if line_end >= 0 else len(text)


def _lines(text: str, start: int) -> Iterator[tuple[int, int, str]]:
    at = start
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield at, end, text[at:end]
        at = end + 1


def _blocks(text: str, front: int) -> Iterator[Block]:
    if front:
        yield Block(0, front, "boilerplate")
    opened: tuple[int, int, PassageKind] | None = None
    fence = ""
    for start, end, line in _lines(text, front):
        is_blank = not line or line.isspace()
        if fence:
            assert opened is not None
            opened = (opened[0], end, "paragraph")
            found = _FENCE.match(line)
            if found and found.group(1).startswith(fence) and not line[found.end() :].strip():
                yield Block(*opened)
                opened, fence = None, ""
            continue
        if is_blank:
            if opened is not None:
                yield _made(text, opened)
                opened = None
            continue
        found = _FENCE.match(line)
        if found is not None:
            if opened is not None:
                yield _made(text, opened)
            opened, fence = (start, end, "paragraph"), found.group(1)
            continue
        if opened is not None and opened[2] == "paragraph" and _SETEXT.match(line):
            level = 1 if "=" in line else 2
            yield Block(opened[0], end, "heading", None, level)
            opened = None
            continue
        kind = _kind(line, opened[2] if opened else None)
        if opened is not None and kind in (opened[2], None) and kind != "heading":
            opened = (opened[0], end, opened[2])
            continue
        if opened is not None and kind == "table" and "\n" not in text[opened[0] : opened[1]]:
            opened = (opened[0], end, "table")  # its head stands above the delimiter
            continue
        if opened is not None:
            yield _made(text, opened)
        opened = (start, end, kind or "paragraph")
        if kind == "heading" or (kind == "boilerplate"):
            yield _made(text, opened)
            opened = None
    if opened is not None:
        yield _made(text, opened)


def _kind(line: str, before: PassageKind | None) -> PassageKind | None:
    """What a line begins, or None where it goes on with what was before."""
    if _ATX.match(line):
        return "heading"
    if _RULE.match(line):
        return "boilerplate"
    if _NOTE.match(line):
        return "footnote"
    if line.lstrip().startswith(">"):
        return "quotation"
    if _ITEM.match(line):
        return "list"
    if "|" in line and (
        before == "table" or line.lstrip().startswith("|") or _DELIMITER.match(line)
    ):
        return "table"
    return "paragraph" if before is None or before in ("table", "boilerplate") else None


def _made(text: str, opened: tuple[int, int, PassageKind]) -> Block:
    start, end, kind = opened
    found = _ATX.match(text, start, end) if kind == "heading" else None
    return Block(start, end, kind, None, len(found.group(1)) if found else 0)
