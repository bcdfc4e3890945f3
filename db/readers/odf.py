"""OpenDocument texts (ODT, also flat XML): headings, lists, tables, notes, page breaks as saved."""

import re
from collections.abc import Iterable
from pathlib import Path

from db.errors import Unreadable
from db.readers import markup, zipped
from db.readers.layout import BREAK, Frame
from db.readers.markup import Element, attribute, name_of
from db.readers.office import Body
from db.readers.origin import creator_of, language_of, title_of
from db.records import Document, PassageKind

SUFFIXES = (".odt", ".ott", ".odm", ".fodt", ".sxw")
TYPE = "application/vnd.oasis.opendocument.text"

_QUOTATION = re.compile(r"quotation|zitat|цитат|citation|引用")
_LONGEST_RUN_OF_BLANKS = 200
_SKIPPED = frozenset(
    ("tracked-changes", "annotation", "annotation-end", "forms", "sequence-decls", "bookmark",
     "variable-decls", "user-field-decls", "scripts", "binary-data", "desc", "note-citation",
     "table-column", "table-columns", "shapes", "alphabetical-index-mark", "ruby-text",
     "index-title-template", "meta", "event-listeners", "table-of-content-source")
)  # fmt: skip


def read(path: Path, data: bytes, *, encoding: str | None = None) -> Document:
    """The text of the document in `data`, a zip or one flat XML file."""
    if data[:4] == b"PK\x03\x04":
        package = zipped.Package(data)
        refuse_locked(package)
        root = markup.tree(package.read("content.xml"))
        styles, meta = (
            markup.tree(found) if (found := package.optional(name)) else None
            for name in ("styles.xml", "meta.xml")
        )
    else:
        root = styles = meta = markup.tree(data)
    body = _Body(root, styles)
    text, blocks, lost = body.layout.finish()

    def said(name: str) -> str:
        found = None if meta is None else next(markup.all_of(meta, name), None)
        return markup.words_of(found)

    return Document(
        text=text,
        blocks=blocks,
        media_type=TYPE,
        title=title_of(said("title")) or title_of(body.title),
        creator=creator_of(said("initial-creator")) or creator_of(said("creator")),
        language=language_of(said("language")),
        replaced=lost,
    )


def refuse_locked(package: zipped.Package) -> None:
    """Raise Unreadable("encrypted") where the members are locked with a password."""
    manifest = package.optional("META-INF/manifest.xml")
    if manifest is not None and b"encryption-data" in manifest:
        raise Unreadable("encrypted")


class _Body(Body):
    """Walks a text document and puts its words into a layout."""

    def __init__(self, root: Element, styles: Element | None) -> None:
        super().__init__()
        body = next(markup.all_of(root, "text"), None)
        if body is None:
            body = next(markup.all_of(root, "body"), None)
        if body is None:
            raise Unreadable("damaged", detail="it has no text body")
        self._parents = _parents(root) | (_parents(styles) if styles is not None else {})
        self._has_pages = next(markup.all_of(body, "soft-page-break"), None) is not None
        self._page = 1
        self._show_page()
        margins = _margins(styles) if styles is not None else []
        for name, margin in margins:
            if name.startswith("header"):
                self._margin(margin)
        self._blocks(body)
        for name, margin in margins:
            if name.startswith("footer"):
                self._margin(margin)

    def _show_page(self) -> None:
        if self._has_pages:
            self.layout.page = str(self._page)

    def _blocks(self, parent: Element) -> None:
        for child in parent:
            name = name_of(child)
            if name in ("p", "h"):
                self._paragraph(child, is_heading=name == "h")
            elif name in ("list", "ordered-list", "unordered-list"):
                self._list(child)
            elif name == "table":
                self._table(child)
            elif name == "soft-page-break":
                self._page += 1
                self._show_page()
            elif name and name not in _SKIPPED:
                self._blocks(child)

    def _paragraph(self, paragraph: Element, *, is_heading: bool) -> None:
        layout = self.layout
        outer = layout.frames[-1]
        kind: PassageKind = outer.kind
        level, group = 0, outer.group
        style = self._style(attribute(paragraph, "style-name") or "")
        if is_heading and not self._tables:
            level = min(markup.whole(attribute(paragraph, "outline-level"), 1), 10)
            kind, group = "heading", 0
        elif kind == "paragraph" and style in ("title", "subtitle") and not self._tables:
            kind, level = "heading", 1
        elif kind == "paragraph" and _QUOTATION.search(style):
            kind = "quotation"
        layout.open(Frame("p", kind, level, True, False, outer.cruft, group))
        self._words(paragraph)
        if level == 1 and not self.title and not outer.cruft:
            self.title = markup.words_of(paragraph)
        layout.close()
        self._after_block()

    def _style(self, name: str) -> str:
        """The name of the style that people chose, below the automatic ones, lower-case."""
        for _ in range(10):
            lower = name.lower().replace("_20_", " ")
            if lower in ("title", "subtitle") or _QUOTATION.search(lower):
                return lower
            below = self._parents.get(name)
            if below is None:
                break
            name = below
        return ""

    def _list(self, element: Element) -> None:
        layout = self.layout
        outer = layout.frames[-1]
        kind: PassageKind = "list" if outer.kind == "paragraph" else outer.kind
        group = outer.group or layout.new_group()
        layout.open(Frame("list", kind, 0, True, False, outer.cruft, group))
        for item in element:
            if name_of(item) in ("list-item", "list-header"):
                self._blocks(item)
        layout.close()

    def _rows(self, parent: Element) -> None:
        for child in parent:
            name = name_of(child)
            if name == "table-row":
                self.layout.open_row()
                for cell in child:
                    if name_of(cell) in ("table-cell", "covered-table-cell"):
                        self.layout.open_cell()
                        self._blocks(cell)
            elif name == "soft-page-break":
                self._page += 1
                self._show_page()
            elif name.startswith("table-"):
                self._rows(child)

    def _words(self, parent: Element) -> None:
        layout = self.layout
        layout.add(parent.text or "")
        for child in parent:
            name = name_of(child)
            if name == "s":
                blanks = markup.whole(attribute(child, "c"), 1)
                layout.add(" " * min(blanks, _LONGEST_RUN_OF_BLANKS))
            elif name in ("tab", "tab-stop"):
                layout.add("\t")
            elif name == "line-break":
                layout.add(BREAK)
            elif name == "soft-page-break":
                self._page += 1
                self._show_page()
            elif name in ("note", "footnote", "endnote"):
                self._note(child)
            elif name == "frame" or name in _SHAPES:
                self._boxes.append(child)
            elif name and name not in _SKIPPED:
                self._words(child)
            layout.add(child.tail or "")

    def _note(self, note: Element) -> None:
        body = next((child for child in note if name_of(child).endswith(("-body", "_body"))), None)
        if body is not None:
            self._refer(body)

    def _paragraphs(self, note: Element) -> Iterable[Element]:
        return (child for child in note.iter() if name_of(child) in ("p", "h"))


_SHAPES = frozenset(("custom-shape", "rect", "g", "text-box"))


def _parents(root: Element) -> dict[str, str]:
    return {
        attribute(style, "name") or "": attribute(style, "parent-style-name") or ""
        for style in markup.all_of(root, "style")
        if attribute(style, "family") in (None, "paragraph")
    }


def _margins(styles: Element) -> list[tuple[str, Element]]:
    """Headers and footers of the pages, each wording once."""
    found = []
    seen = set()
    for page in markup.all_of(styles, "master-page"):
        for child in page:
            name = name_of(child)
            words = markup.words_of(child)
            if name.startswith(("header", "footer")) and words and words not in seen:
                seen.add(words)
                found.append((name, child))
    return found[:20]
