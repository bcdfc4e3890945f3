"""Word documents (DOCX): headings, lists, tables, notes and quotations; page numbers as Word set them.

Read by our own walk over the XML, since libraries give no pages and build trees many times as large.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from db.errors import Unreadable
from db.readers import markup, zipped
from db.readers.layout import BREAK, Frame
from db.readers.markup import Element, attribute, name_of
from db.readers.office import Body
from db.readers.origin import creator_of, language_of, title_of
from db.records import Document, PassageKind

SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_HEADING = re.compile(r"(?:heading|überschrift|заголовок|titre|标题|標題)\s{0,2}([1-9])$")
_QUOTATION = re.compile(r"quot|zitat|цитат|citation|引用|block ?text")
_CAPTIONS = ("title", "subtitle", "titel", "название", "подзаголовок", "titre")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


class _Style(NamedTuple):
    name: str
    based_on: str
    level: int  # of a heading, from 1
    is_list: bool


def read(path: Path, data: bytes, *, encoding: str | None = None) -> Document:
    """The text of the document in `data`; text that was struck out by a revision is left out."""
    package = zipped.Package(data)
    main = _main_part(package)
    body = _Body(package, main)
    text, blocks, lost = body.layout.finish()
    core = package.optional("docProps/core.xml")
    said = markup.tree(core) if core else None
    title, creator, language = (
        markup.words_of(markup.first(said, name)) if said is not None else ""
        for name in ("title", "creator", "language")
    )
    return Document(
        text=text,
        blocks=blocks,
        media_type=TYPE,
        title=title_of(title) or title_of(body.title),
        creator=creator_of(creator),
        language=language_of(language),
        replaced=lost,
    )


def roman(number: int) -> str:
    """4 -> iv; nothing for what Romans did not count."""
    if not 0 < number < 4000:
        return ""
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written


def _main_part(package: zipped.Package) -> str:
    for kind, target in _relations(package, "").values():
        if kind == "officeDocument":
            return zipped.resolved("", target)
    return "word/document.xml"


def _relations(package: zipped.Package, part: str) -> dict[str, tuple[str, str]]:
    """Id -> (kind, target) of what a part refers to inside the package."""
    folder = zipped.folder_of(part)
    data = package.optional(f"{folder}_rels/{part[len(folder) :]}.rels")
    if data is None:
        return {}
    found = {}
    for relation in markup.all_of(markup.tree(data), "Relationship"):
        if relation.get("TargetMode") != "External":
            kind = (relation.get("Type") or "").rpartition("/")[2]
            found[relation.get("Id") or ""] = (kind, relation.get("Target") or "")
    return found


class _Body(Body):
    """Walks the parts of one document and puts their words into a layout."""

    def __init__(self, package: zipped.Package, main: str) -> None:
        super().__init__()
        folder = zipped.folder_of(main)
        relations = _relations(package, main)
        parts: dict[str, str] = {}
        for kind, target in relations.values():
            parts.setdefault(kind, zipped.resolved(folder, target))
        self._styles = _styles(package.optional(parts.get("styles", "")))
        self._notes = {
            kind: _notes(package.optional(parts.get(kind + "s", "")), kind)
            for kind in ("footnote", "endnote")
        }
        self._lists: dict[str, int] = {}
        root = markup.tree(package.read(main))
        body = markup.first(root, "body")
        if body is None:
            raise Unreadable("damaged", detail="it has no body")
        self._sections = list(markup.all_of(body, "sectPr"))
        self._has_pages = next(markup.all_of(body, "lastRenderedPageBreak"), None) is not None
        self._number, self._format = 1, ""
        self._begin_section()
        margins = self._margins(package, folder, relations)
        for name in sorted(name for name in margins if name.startswith("header")):
            self._margin(margins[name])
        self._blocks(body)
        for name in sorted(name for name in margins if name.startswith("footer")):
            self._margin(margins[name])

    # ---- pages ----------------------------------------------------------------------------------

    def _begin_section(self) -> None:
        section = self._sections.pop(0) if self._sections else None
        numbering = None if section is None else markup.first(section, "pgNumType")
        if numbering is not None:
            self._number = markup.whole(attribute(numbering, "start"), self._number)
            self._format = attribute(numbering, "fmt") or ""
        self._show_page()

    def _show_page(self) -> None:
        if not self._has_pages:
            return  # Word has not set it: nobody knows where its pages end
        number = str(self._number)
        if self._format in ("lowerRoman", "upperRoman"):
            number = roman(self._number) or number
            number = number.upper() if self._format == "upperRoman" else number
        self.layout.page = number

    # ---- blocks ---------------------------------------------------------------------------------

    def _margins(
        self, package: zipped.Package, folder: str, relations: dict[str, tuple[str, str]]
    ) -> dict[str, Element]:
        """Headers and footers, each wording once."""
        found: dict[str, Element] = {}
        seen = set()
        for kind, target in relations.values():
            if kind in ("header", "footer"):
                name = zipped.resolved(folder, target)
                data = package.optional(name)
                if data is not None and len(found) < 20:
                    root = markup.tree(data)
                    words = markup.words_of(root)
                    if words and words not in seen:
                        seen.add(words)
                        found[kind + name] = root
        return found

    def _blocks(self, parent: Element) -> None:
        for child in parent:
            name = name_of(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name == "AlternateContent":
                chosen = _chosen(child)
                if chosen is not None:
                    self._blocks(chosen)
            elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
                self._blocks(child)

    def _paragraph(self, paragraph: Element) -> None:
        layout = self.layout
        outer = layout.frames[-1]
        kind, level, group, is_title = outer.kind, 0, 0, False
        properties = markup.first(paragraph, "pPr")
        if kind == "paragraph" and properties is not None:
            kind, level, group, is_title = self._kind(properties)
        layout.open(Frame("p", kind, level, True, False, outer.cruft, group))
        self._words(paragraph)
        if is_title and not self.title:
            self.title = _plain_words(paragraph)
        layout.close()
        self._after_block()
        if properties is not None and markup.first(properties, "sectPr") is not None:
            self._begin_section()

    def _kind(self, properties: Element) -> tuple[PassageKind, int, int, bool]:
        style_id = _value(properties, "pStyle")
        style = self._styles.get(style_id, _Style("", "", 0, False))
        level = _outlined(properties) or style.level
        if level:
            return "heading", level, 0, level == 1
        if style.name in _CAPTIONS:
            return "heading", 1, 0, not style.name.startswith(("sub", "под"))
        numbering = markup.first(properties, "numPr")
        number = "" if numbering is None else _value(numbering, "numId")
        if (number and number != "0") or (style.is_list and number != "0"):
            key = number or style_id
            group = self._lists.get(key)
            if group is None:
                group = self._lists[key] = self.layout.new_group()
            return "list", 0, group, False
        if _QUOTATION.search(style.name):
            return "quotation", 0, 0, False
        return "paragraph", 0, 0, False

    def _rows(self, table: Element) -> None:
        for row in _inside(table, "tr"):
            self.layout.open_row()
            for cell in _inside(row, "tc"):
                self.layout.open_cell()
                self._blocks(cell)

    # ---- words ----------------------------------------------------------------------------------

    def _words(self, parent: Element) -> None:
        layout = self.layout
        for child in parent:
            name = name_of(child)
            if name == "t":
                layout.add(child.text or "")
            elif name in _WRAPPERS:
                self._words(child)
            elif name in _CHARACTERS:
                layout.add(_CHARACTERS[name])
            elif name == "br":
                if attribute(child, "type") not in ("page", "column"):
                    layout.add(BREAK)
            elif name == "lastRenderedPageBreak":
                self._number += 1
                self._show_page()
            elif name in ("footnoteReference", "endnoteReference"):
                self._note(name.removesuffix("Reference"), attribute(child, "id") or "")
            elif name in ("drawing", "pict", "object"):
                self._boxes += _text_boxes(child)
            elif name == "AlternateContent":
                chosen = _chosen(child)
                if chosen is not None:
                    self._words(chosen)

    def _note(self, kind: str, number: str) -> None:
        note = self._notes[kind].pop(number, None)
        if note is not None:
            self._refer(note)

    def _paragraphs(self, note: Element) -> Iterable[Element]:
        return markup.all_of(note, "p")


_WRAPPERS = frozenset(
    ("r", "hyperlink", "ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml", "fldSimple",
     "ruby", "rubyBase", "dir", "bdo", "oMath", "oMathPara", "e", "num", "den", "sup", "sub", "f",
     "sSup", "sSub", "sSubSup", "d", "rad", "nary", "func", "fName", "m", "mr", "acc", "bar",
     "limLow", "limUpp", "lim", "deg", "eqArr", "groupChr", "box", "borderBox")
)  # fmt: skip
_CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": BREAK, "noBreakHyphen": "-", "softHyphen": ""}


def _inside(parent: Element, name: str) -> list[Element]:
    """Rows or cells, also those that lie in a control or a revision."""
    found = []
    for child in parent:
        said = name_of(child)
        if said == name:
            found.append(child)
        elif said in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            found += _inside(child, name)
    return found


def _chosen(alternate: Element) -> Element | None:
    """One of several forms of the same thing."""
    chosen = markup.first(alternate, "Choice")
    return markup.first(alternate, "Fallback") if chosen is None else chosen


def _text_boxes(drawing: Element) -> list[Element]:
    return list(markup.all_of(drawing, "txbxContent"))[:200]


def _plain_words(paragraph: Element) -> str:
    words = "".join(text.text or "" for text in markup.all_of(paragraph, "t"))
    return " ".join(words.split())


def _value(parent: Element, name: str) -> str:
    found = markup.first(parent, name)
    return "" if found is None else attribute(found, "val") or ""


def _outlined(properties: Element) -> int:
    """The level of a heading, from 1, that the outline gives a paragraph; 0 for body text."""
    level = markup.whole(_value(properties, "outlineLvl"), 9)
    return level + 1 if level < 9 else 0


def _styles(data: bytes | None) -> dict[str, _Style]:
    """Paragraph styles with what those they rest on say."""
    if data is None:
        return {}
    own: dict[str, _Style] = {}
    for element in markup.all_of(markup.tree(data), "style"):
        name = _value(element, "name").lower()
        properties = markup.first(element, "pPr")
        heading = _HEADING.match(name)
        level = int(heading.group(1)) if heading else 0
        if not level and properties is not None:
            level = _outlined(properties)
        is_list = properties is not None and markup.first(properties, "numPr") is not None
        own[attribute(element, "styleId") or ""] = _Style(
            name, _value(element, "basedOn"), level, is_list and not level
        )
    return {style_id: _inherited(own, style) for style_id, style in own.items()}


def _inherited(own: dict[str, _Style], style: _Style) -> _Style:
    level, is_list, base = style.level, style.is_list, style.based_on
    for _ in range(10):
        below = own.get(base)
        if below is None:
            break
        level = level or below.level
        is_list = is_list or below.is_list
        base = below.based_on
    return _Style(style.name, style.based_on, level, is_list and not level)


def _notes(data: bytes | None, kind: str) -> dict[str, Element]:
    if data is None:
        return {}
    return {
        attribute(note, "id") or "": note
        for note in markup.all_of(markup.tree(data), kind)
        if attribute(note, "type") in (None, "normal")
    }
