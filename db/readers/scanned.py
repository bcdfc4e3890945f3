"""What recognition programs write (ALTO, PAGE-XML): lines joined to paragraphs, pages numbered."""

from pathlib import Path

from db.readers import markup
from db.readers.layout import one_below_the_other
from db.readers.markup import Element, all_of, attribute, name_of
from db.records import Document, PassageKind

ALTO = "application/alto+xml"
PAGE = "application/vnd.prima.page+xml"

_KINDS: dict[str, PassageKind] = {
    "heading": "heading", "header": "boilerplate", "footer": "boilerplate",
    "page-number": "boilerplate", "signature-mark": "boilerplate", "catch-word": "boilerplate",
    "footnote": "footnote", "footnote-continued": "footnote", "endnote": "footnote",
    "list-label": "list",
}  # fmt: skip


def read(path: Path, data: bytes, *, encoding: str | None = None) -> Document:
    """The recognised text, a passage a block of the page."""
    root, decoded = markup.read(data, encoding)
    is_alto = name_of(root).lower() == "alto"
    text, blocks, lost = one_below_the_other(
        (flowing(lines), kind, page, 1 if kind == "heading" else 0)
        for page, kind, lines in regions(root)
    )
    return Document(
        text=text,
        blocks=blocks,
        media_type=ALTO if is_alto else PAGE,
        encoding=decoded.encoding,
        encoding_is_sure=decoded.is_sure,
        replaced=decoded.replaced + lost,
    )


def regions(root: Element) -> "list[_Region]":
    """(page, kind, lines) of every region with text, in the order of reading."""
    return _alto(root) if name_of(root).lower() == "alto" else _page(root)


_Region = tuple[str | None, PassageKind, list[str]]


def _alto(root: Element) -> list[_Region]:
    found: list[_Region] = []
    for number, page in enumerate(all_of(root, "Page"), 1):
        shown = attribute(page, "PRINTED_IMG_NR") or attribute(page, "PHYSICAL_IMG_NR")
        label = (shown or str(number))[:20]
        for block in all_of(page, "TextBlock"):
            in_margin = any(
                name_of(each) in ("TopMargin", "BottomMargin") for each in block.iterancestors()
            )
            lines = [_alto_line(line) for line in all_of(block, "TextLine")]
            found.append((label, "boilerplate" if in_margin else "paragraph", lines))
    return found


def _alto_line(line: Element) -> str:
    words = ""
    for child in line:
        name = name_of(child)
        if name == "String":
            words += (" " if words and not words.endswith(" ") else "") + (
                attribute(child, "CONTENT") or ""
            )
        elif name == "SP":
            words += " "
        elif name == "HYP":
            words = words.rstrip() + "\u00ad"
    return words


def _page(root: Element) -> list[_Region]:
    found: list[_Region] = []
    for number, page in enumerate(all_of(root, "Page"), 1):
        regions = {attribute(region, "id") or "": region for region in _regions(page)}
        for name in _ordered(page, regions):
            region = regions[name]
            kind = _KINDS.get(attribute(region, "type") or "", "paragraph")
            lines = [_words(line) for line in region if name_of(line) == "TextLine"]
            if not any(lines):
                lines = _words(region).split("\n")
            found.append((str(number), kind, lines))
    return found


def _regions(page: Element) -> list[Element]:
    """Those that hold text, inner ones after the one around them."""
    return [each for each in all_of(page, "TextRegion")]


def _ordered(page: Element, regions: dict[str, Element]) -> list[str]:
    order = markup.first(page, "ReadingOrder")
    if order is None:
        return list(regions)
    named: list[str] = []

    def down(group: Element) -> None:
        children = list(group)
        if name_of(group).startswith("OrderedGroup"):
            children.sort(key=lambda child: markup.whole(attribute(child, "index"), 0))
        for child in children:
            region = attribute(child, "regionRef")
            if region in regions and region not in named:
                named.append(region)
                inner = [
                    attribute(each, "id") or "" for each in all_of(regions[region], "TextRegion")
                ]
                named.extend(each for each in inner if each in regions and each not in named)
            down(child)

    down(order)
    # What the order forgets comes last: no word is lost.
    return [*named, *(name for name in regions if name not in named)]


def _words(element: Element) -> str:
    """The best of the readings given."""
    given = [each for each in element if name_of(each) == "TextEquiv"]
    given.sort(key=lambda each: markup.whole(attribute(each, "index"), 0))
    for reading in given:
        unicode = markup.first(reading, "Unicode")
        if unicode is not None:
            return unicode.text or ""
    words = [_words(word) for word in element if name_of(word) == "Word"]
    return " ".join(filter(None, words))


def flowing(lines: list[str]) -> str:
    """Lines one below the other, a word that was broken at the end of one whole again."""
    words = ""
    for line in lines:
        line = line.strip()
        if not line:
            continue
        is_broken = words.endswith("-") and words[-2:-1].isalpha() and line[0].islower()
        if is_broken or words.endswith(("\u00ad", "¬", "⸗")):
            words = words[:-1] + line
        else:
            words += ("\n" if words else "") + line
    return words.replace("\u00ad", "-") if words.endswith("\u00ad") else words
