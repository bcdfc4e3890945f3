"""Finding aids (EAD 2002 and EAD3): the tree of descriptions, each with the words that are its own."""

from collections import Counter
from pathlib import Path

from db import edtf
from db.errors import Unreadable
from db.readers import markup
from db.readers.layout import BREAK, Frame, Layout
from db.readers.markup import Element, all_of, attribute, name_of, words_of
from db.readers.origin import edtf_of, language_of, one_line
from db.records import Block, Described, Document

TYPE = "application/ead+xml"

_LEVELS = {
    "collection": "fonds", "fonds": "fonds", "recordgrp": "fonds", "subfonds": "series",
    "series": "series", "subseries": "series", "subgrp": "series", "class": "series",
    "file": "file", "item": "item",
}  # fmt: skip
_MOST = 20_000
_BETWEEN_PLACES = ";"  # as db.names parts them
_OF_COLUMNS = frozenset(("unittitle", "unitid", "origination", "unitdate", "unitdatestructured",
                         "langmaterial"))  # fmt: skip
_BLOCKS = frozenset(
    ("p", "item", "head", "unittitle", "unitdate", "unitid", "physdesc", "origination",
     "repository", "abstract", "langmaterial", "physloc", "container", "note", "bibref",
     "chronitem", "materialspec", "defitem", "dao", "daogrp", "persname", "corpname", "subject",
     "geogname", "famname", "genreform", "function", "occupation", "title", "physdescstructured",
     "unitdatestructured", "didnote", "index", "indexentry", "archref", "date", "row")
)  # fmt: skip
_IN_TEXT = frozenset(("p", "unittitle", "head", "item", "abstract", "note", "physdesc", "bibref",
                      "origination", "entry", "event", "langmaterial", "part", "emph", "title",
                      "archref", "extref", "repository", "corpname", "persname", "ref"))  # fmt: skip


def read(path: Path, data: bytes, *, encoding: str | None = None) -> Document:
    """The finding aid in `data`; its text runs in the order of the tree."""
    root, decoded = markup.read(data, encoding)
    top = markup.first(root, "archdesc")
    if top is None:
        raise Unreadable("damaged", detail="the finding aid describes nothing (no archdesc)")
    walk = _Walk(root)
    walk.describe(top, None)
    first = walk.tree[0]
    return Document(
        text="".join(walk.parts),
        blocks=tuple(walk.blocks),
        media_type=TYPE,
        title=first.title,
        creator=first.creator,
        date=first.date,
        language=first.language,
        encoding=decoded.encoding,
        encoding_is_sure=decoded.is_sure,
        replaced=decoded.replaced + walk.replaced,
        tree=tuple(walk.tree),
        remarks=walk.remarks(),
    )


class _Walk:
    def __init__(self, root: Element) -> None:
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self.tree: list[Described] = []
        self.replaced = 0
        self._at = 0
        header = markup.first(root, "eadheader")
        control = markup.first(root, "control")
        self._header = header if header is not None else control
        self._is_ours = self._header is not None and "Muniment " in words_of(self._header)
        self.left: Counter[str] = Counter()

    def remarks(self) -> tuple[str, ...]:
        """What of the finding aid is words of the text alone, and whether it was too long."""
        named = ", ".join(f"{name} ({count})" for name, count in self.left.most_common(12))
        remarks = (f"elements_as_words:{named}",) if named else ()
        return (*remarks, "descriptions_left_out") if len(self.tree) >= _MOST else remarks

    def describe(self, element: Element, parent: int | None) -> None:
        """One description and, after its own words, those below it."""
        if len(self.tree) >= _MOST:
            return
        layout = Layout()
        if parent is None and self._header is not None:
            for name in ("titleproper", "author", "publicationstmt"):
                found = next(all_of(self._header, name), None)
                if found is not None:
                    layout.open(Frame("p", is_block=True))
                    layout.add(words_of(found))
                    layout.close()
        below: list[Element] = []
        for child in element:
            self._put(layout, child, below, 1)
        text, blocks, lost = layout.finish()
        self.replaced += lost
        gap = "\n\n" if self.parts and text else ""
        start = self._at + len(gap)
        self.parts += (gap, text)
        self._at = start + len(text) if text else self._at
        self.blocks += [
            Block(block.start + start, block.end + start, block.kind, block.page, block.level)
            for block in blocks
        ]
        number = len(self.tree)
        self.tree.append(self._description(element, parent, min(start, self._at), self._at))
        for child in below:
            self.describe(child, number)

    def _put(self, layout: Layout, element: Element, below: list[Element], level: int) -> None:
        name = name_of(element).lower()
        if _is_component(name):
            below.append(element)
            return
        if name == "dsc":
            for child in element:
                self._put(layout, child, below, level)
            return
        if name == "head":
            layout.open(Frame("head", "heading", min(level, 9), True))
            self._words(layout, element)
            layout.close()
        elif name in ("list", "chronlist"):
            layout.open(Frame("list", "list", 0, True, False, 0, layout.new_group()))
            self._mixed(layout, element, below, level + 1)
            layout.close()
        elif name == "table":
            layout.open(Frame("table", is_block=True))
            layout.open_table()
            for row in all_of(element, "row"):
                layout.open_row()
                for cell in all_of(row, "entry"):
                    layout.open_cell()
                    layout.open(Frame("entry", is_block=True))
                    self._words(layout, cell)
                    layout.close()
            layout.close()
            layout.close_table()
        elif name == "lb":
            layout.add(BREAK)
        elif name:
            parent = element.getparent()
            is_inline = name not in _BLOCKS and parent is not None and (
                name_of(parent).lower() in _IN_TEXT
            )  # fmt: skip
            if is_inline or (parent is not None and name_of(parent).lower() in _IN_TEXT
                             and name not in ("p", "list", "table")):  # fmt: skip
                self._mixed(layout, element, below, level)
                return
            outer = layout.frames[-1]
            kind = "quotation" if name == "blockquote" else outer.kind
            layout.open(Frame("b", kind, 0, True, False, 0, outer.group))
            self._mixed(layout, element, below, level + 1)
            layout.close()

    def _mixed(self, layout: Layout, element: Element, below: list[Element], level: int) -> None:
        layout.add(element.text or "")
        for child in element:
            self._put(layout, child, below, level)
            layout.add(child.tail or "")

    def _words(self, layout: Layout, element: Element) -> None:
        layout.add(" ".join("".join(element.itertext()).split()))

    def _description(self, element: Element, parent: int | None, start: int, end: int) -> Described:
        did = markup.first(element, "did")
        said = {name: _said(did, name) for name in ("unittitle", "unitid", "origination")}
        title = said["unittitle"] or said["unitid"] or _dates(did)[0] or "—"
        level = (attribute(element, "level") or "").lower()
        if level == "otherlevel":
            level = (attribute(element, "otherlevel") or "").lower()
        has_below = any(_is_component(name_of(each).lower()) for each in element)
        fallback = "fonds" if parent is None else "file" if has_below else "item"
        own = _Own(element, is_ours=self._is_ours)
        self.left += own.left
        language = None if did is None else next(all_of(did, "language"), None)
        code = "" if language is None else attribute(language, "langcode") or ""
        return Described(
            start=start,
            end=end,
            title=title,
            level=_LEVELS.get(level, fallback),
            parent=parent,
            reference_code=said["unitid"],
            creator=said["origination"],
            date=_dates(did, is_ours=self._is_ours)[1],
            language=language_of(code),
            rights=own.rights,
            genre=own.genre,
            notes=own.notes,
            restricted=own.restricted,
            said=tuple(own.said.items()),
        )


class _Own:
    """The further elements of one description, each with its paragraphs."""

    def __init__(self, element: Element, *, is_ours: bool) -> None:
        self.said: dict[str, str] = {}
        self.rights: str | None = None
        self.genre: str | None = None
        self.notes: str | None = None
        self.restricted = False
        self._is_ours = is_ours
        self.left: Counter[str] = Counter()  # what stays in the text alone
        did = markup.first(element, "did")
        for child in (*(did if did is not None else ()), *element):
            self._take(child, name_of(child).lower())
        if self.rights is None and not is_ours:
            named = (self.said.get(name) for name in ("access", "reproduction"))
            self.rights = one_line(next(filter(None, named), ""))

    def _take(self, element: Element, name: str) -> None:
        from db.exchange.isad import KEYS, RESTRICTED, RIGHTS  # only finding aids need them

        if name in _OF_COLUMNS or name in ("did", "dsc", "head") or _is_component(name):
            return
        words = _paragraphs(element)
        if name == "controlaccess":
            self._take_access(element)
        elif not words:
            return
        elif name == "accessrestrict" and words == RESTRICTED:
            self.restricted = True
        elif name == "userestrict" and attribute(element, "altrender") == RIGHTS:
            self.rights = words
        elif name == "odd" and self._is_ours and (own := markup.first(element, "head")) is not None:
            self.said[words_of(own)] = words
        elif name == "odd":
            self.notes = f"{self.notes}\n\n{words}" if self.notes else words
        elif name in KEYS:
            key = KEYS[name]
            self.said[key] = f"{self.said[key]}\n\n{words}" if key in self.said else words
        elif name:
            self.left[name] += 1

    def _take_access(self, element: Element) -> None:
        """Genre and places; what else things are indexed by has no element of its own here."""
        places = []
        for point in element.iter("*"):
            name = name_of(point).lower()
            if name == "genreform" and self.genre is None:
                self.genre = one_line(words_of(point))
            elif name == "geogname":
                places.append(words_of(point).replace(_BETWEEN_PLACES, ","))
            elif name not in ("controlaccess", "head", "part", "p", "list", "item", "genreform"):
                self.left[name] += 1
        if places:
            before = self.said.get("coverage")
            self.said["coverage"] = f"{_BETWEEN_PLACES} ".join(
                [before, *places] if before else places
            )


def _paragraphs(element: Element) -> str:
    """The words of an element, its paragraphs apart; its heading is left out where it has some."""
    parts = [each for each in element if name_of(each).lower() not in ("", "head")]
    if not parts or (element.text or "").strip():
        return words_of(element)
    return "\n\n".join(filter(None, map(words_of, parts)))


def _is_component(name: str) -> bool:
    return name == "c" or (len(name) == 3 and name[0] == "c" and name[1:].isdigit())


def _said(did: Element | None, name: str) -> str | None:
    found = None if did is None else markup.first(did, name)
    return one_line(words_of(found)) if found is not None else None


def _dates(did: Element | None, *, is_ours: bool = False) -> tuple[str | None, str | None]:
    """The words of the first date, and the date as EDTF where the finding aid gives one.

    Ours say in words what first and last day cannot (about 1940).
    """
    if did is None:
        return None, None
    words: str | None = None
    for found in [*all_of(did, "unitdate"), *all_of(did, "unitdatestructured")]:
        words = words or one_line(words_of(found))
        if is_ours and words is not None:
            date = words if edtf.is_valid(words) else edtf.from_words(words)
            if date is not None:
                return words, date
        normal = (attribute(found, "normal") or "").strip()
        if normal:
            date = normal[:60]
            first, slash, last = date.partition("/")
            if slash and first == last:
                date = first
            if edtf.is_valid(date):
                return words, date
            if edtf_of(date):
                return words, edtf_of(date)
        for name, other in (("fromdate", "todate"),):
            start, end = next(all_of(found, name), None), next(all_of(found, other), None)
            if start is not None and end is not None:
                date = "/".join(
                    attribute(each, "standarddate") or words_of(each) for each in (start, end)
                )
                if edtf.is_valid(date):
                    return words, date
    if words is not None and edtf.is_valid(words[:60]):
        return words, words[:60]
    return words, None
