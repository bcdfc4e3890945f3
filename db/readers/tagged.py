"""XML of no known kind as a Document: its text without the tags, parted where elements part it."""

from pathlib import Path
from typing import Any

from lxml import etree

from db.errors import Unreadable
from db.readers import markup, opening
from db.readers.canonical import canonical
from db.readers.encodings import decode
from db.readers.layout import BREAK, Frame, Layout
from db.readers.origin import edtf_of, language_of, one_line
from db.readers.web import AS_IT_STANDS, declared_encoding, fed
from db.records import Document, PassageKind

SUFFIXES = (".xml",)

_DEEPEST = 500
_INLINE_LIST = (
    "a abbr add b bold br c choice code date del em emph emphasis ex expan font foreign "
    "forename geogname gloss hi i italic lb link measure mentioned name num orgname orig pb "
    "persname placename q ref reg rolename rs s seg sic small socalled span strong sub "
    "subscript sup superscript surname term time tt u unclear w xref"
)
_INLINE = frozenset(_INLINE_LIST.split())
_KINDS: dict[str, PassageKind] = {
    "head": "heading",
    "heading": "heading",
    "title": "heading",
    "blockquote": "quotation",
    "quote": "quotation",
    "cit": "quotation",
    "note": "footnote",
    "footnote": "footnote",
    "endnote": "footnote",
    "list": "list",
    "ul": "list",
    "ol": "list",
}


def read(path: Path, data: bytes, *, encoding: str | None = None) -> Document:
    """The text of the XML in `data`. A DTD may be named and is not loaded, no entity is expanded.

    Unreadable ("damaged") where it is not well-formed or means harm.
    """
    opening.refuse_known_binary(path, data)
    decoded = decode(data, given=encoding, declared=declared_encoding(data))
    source, replaced = canonical(decoded.text)
    if not source.strip():
        return Document("", media_type="application/xml", encoding=decoded.encoding)
    tree = _Tree()
    fed(markup.disarmed(source), tree, etree.XMLParser, **AS_IT_STANDS)
    text, blocks, lost = tree.layout.finish()
    return Document(
        text=text,
        blocks=blocks,
        media_type="application/xml",
        encoding=decoded.encoding,
        encoding_is_sure=decoded.is_sure,
        title=one_line("".join(tree.said.get("title", ()))),
        creator=one_line("".join(tree.said.get("author", tree.said.get("creator", ())))),
        date=edtf_of("".join(tree.said.get("date", ()))),
        language=language_of(tree.language),
        replaced=replaced + decoded.replaced + lost,
    )


class _Tree:
    """What the parser calls, element by element."""

    def __init__(self) -> None:
        self.layout = Layout()
        self.said: dict[str, list[str]] = {}
        self.language = ""
        self._saying: list[str] | None = None
        self._tables: list[bool] = []

    def start(self, tag: str, attributes: Any) -> None:
        tag = tag.rpartition("}")[2].rpartition(":")[2].lower()
        layout = self.layout
        outer = layout.frames[-1]
        if len(layout.frames) > _DEEPEST:
            raise Unreadable("damaged", detail=f"elements nested more than {_DEEPEST} deep")
        if not self.language:
            self.language = (
                attributes.get("{http://www.w3.org/XML/1998/namespace}lang")
                or attributes.get("lang")
                or ""
            )
        if tag in ("title", "author", "creator", "date") and tag not in self.said:
            self._saying = self.said[tag] = []
        is_block = tag not in _INLINE
        if is_block and outer.is_block and layout.has_words() and tag not in _KINDS:
            is_block = tag in ("p", "para", "div", "l", "line", "li", "item", "row", "cell")
        kind = _KINDS.get(tag, outer.kind) if is_block else outer.kind
        if tag == "lb" or tag == "br":
            layout.add(BREAK)
        group = outer.group
        if kind == "list" and outer.kind != "list":
            group = layout.new_group()
        level = 1 if kind == "heading" else 0
        layout.open(Frame(tag, kind, level, is_block, False, 0, group))
        if tag == "table":
            layout.open_table()
        elif tag in ("row", "tr"):
            layout.open_row()
        elif tag in ("cell", "td", "th"):
            layout.open_cell()

    def end(self, tag: str) -> None:
        self._saying = None
        is_table = self.layout.frames[-1].tag == "table"
        self.layout.close()
        if is_table:
            self.layout.close_table()

    def data(self, words: str) -> None:
        if self._saying is not None:
            self._saying.append(words)
        self.layout.add(words)

    def comment(self, words: str) -> None:
        pass

    def pi(self, target: str, words: str | None = None) -> None:
        pass

    def close(self) -> None:
        pass
