"""TEI and JATS: divisions, speakers, notes below their paragraph, pages, and what the encoder marked.

Quantities and dates that carry their value (`measure`, `num`, `date`) come as figures and periods.
"""

from pathlib import Path

from db.readers import markup, tei_origin
from db.readers.layout import BREAK, Frame, Layout
from db.readers.markup import Element, attribute, name_of
from db.readers.origin import language_of, one_line
from db.records import Document, Figure, FigureKind, PassageKind, Period

TYPE = "application/tei+xml"
ROOTS = ("tei", "tei.2", "teicorpus", "article")

_ROLES = {
    **dict.fromkeys(("head", "title", "label"), "head"),
    **dict.fromkeys(
        ("p", "ab", "l", "sp", "speaker", "stage", "opener", "closer", "dateline", "salute",
         "signed", "byline", "docauthor", "doctitle", "titlepart", "docimprint", "docdate",
         "trailer", "argument", "epigraph", "postscript", "address", "addrline", "figure",
         "bibl", "biblstruct", "ref-list", "ref", "caption", "def-item", "u", "entry", "person",
         "place", "event", "org", "fig", "boxed-text", "speech", "verse-line", "attrib", "kwd",
         "contrib", "aff", "eg", "egxml", "exemplum", "desc"),
        "p",
    ),
    **dict.fromkeys(("list", "listbibl", "listperson", "def-list"), "list"),
    **dict.fromkeys(("item", "list-item"), "item"),
    **dict.fromkeys(("quote", "cit", "q", "disp-quote"), "quote"),
    **dict.fromkeys(("note", "fn"), "note"),
    "lg": "verse", "verse-group": "verse", "table": "table",
    **dict.fromkeys(("row", "tr"), "row"),
    **dict.fromkeys(("cell", "td", "th"), "cell"),
    **dict.fromkeys(("div", "div1", "div2", "div3", "div4", "div5", "div6", "div7", "sec",
                     "lg1", "app", "abstract", "ack"), "section"),
    **dict.fromkeys(("pb", "lb", "br", "break"), "break"), "choice": "choice",
    **dict.fromkeys(("del", "fw", "graphic", "figdesc", "teiheader", "index", "journal-meta",
                     "object-id", "media", "tex-math", "alternatives", "xi:include", "standoff",
                     "facsimile", "sourcedoc", "mml:math", "processing-meta"), "skip"),
    "gap": "gap",
    **dict.fromkeys(("measure", "num", "date"), "given"),
}  # fmt: skip
# In running text these are inline, at the level of divisions they are blocks.
_BLOCK_INSIDE_SECTIONS = frozenset(("title", "q", "label", "bibl", "address", "ref", "desc"))
_SECTIONS = frozenset(("body", "front", "back", "text", "group", "div", "sec", "titlepage", "lg",
                       "div1", "div2", "div3", "div4", "div5", "div6", "div7", "listbibl",
                       "ref-list", "sp", "figure", "floatingtext", "list", "fig", "abstract",
                       "teicorpus", "tei", "article-meta", "title-group", "caption"))  # fmt: skip
_MONEY = {"dollar": "USD", "dollars": "USD", "usd": "USD", "$": "USD", "pound": "GBP",
          "pounds": "GBP", "gbp": "GBP", "£": "GBP", "rouble": "RUB", "roubles": "RUB",
          "ruble": "RUB", "rubles": "RUB", "rub": "RUB", "yuan": "CNY", "cny": "CNY",
          "mark": "DEM", "marks": "DEM", "franc": "FRF", "francs": "FRF", "eur": "EUR",
          "euro": "EUR", "euros": "EUR"}  # fmt: skip
_MASS = {"kg": "kilogram", "g": "gram", "t": "tonne", "ton": "ton", "tons": "ton",
         "tonnes": "tonne", "lb": "pound", "lbs": "pound", "cwt": "hundredweight"}  # fmt: skip


def read(path: Path, data: bytes, *, encoding: str | None = None) -> Document:
    """The text of the encoded document in `data`, with what its header says of its origin."""
    root, decoded = markup.read(data, encoding)
    walk = _Walk()
    is_article = name_of(root).lower() == "article"
    if is_article:
        meta = next(markup.all_of(root, "article-meta"), None)
        if meta is not None:
            walk.front(meta)
    for child in root:
        if name_of(child).lower() != "front" or not is_article:
            walk.element(child)
    text, blocks, lost = walk.layout.finish()
    origin = tei_origin.of_article(root) if is_article else tei_origin.of_header(root)
    return Document(
        text=text,
        blocks=blocks,
        media_type="application/jats+xml" if is_article else TYPE,
        title=origin.title,
        creator=origin.creator,
        date=origin.date,
        language=language_of(origin.language),
        encoding=decoded.encoding,
        encoding_is_sure=decoded.is_sure,
        replaced=decoded.replaced + lost,
        figures=walk.figures(text),
        periods=walk.periods(text),
    )


class _Walk:
    """Puts the words of an encoded text into a layout, notes after the block they belong to."""

    def __init__(self) -> None:
        self.layout = Layout()
        self._depth = 0
        self._notes: list[tuple[str, Element]] = []
        self._tables = 0
        self._told = 0
        self._given: dict[int, Element] = {}

    def front(self, meta: Element) -> None:
        """Title and abstract of an article."""
        for name in ("article-title", "abstract"):
            for found in list(markup.all_of(meta, name))[:3]:
                if name == "article-title":
                    self._block(found, "heading", 1)
                else:
                    self.element(found)

    def element(self, element: Element) -> None:
        name = name_of(element).lower()
        if not name:
            return
        role = _ROLES.get(name, "")
        if name in _BLOCK_INSIDE_SECTIONS and not self._is_among_blocks(element):
            role = "quote" if name == "q" and len(element) and _holds_blocks(element) else ""
        if name == "quote" and not self._is_among_blocks(element) and not _holds_blocks(element):
            role = ""
        if role == "head":
            self._block(element, "heading", max(1, min(self._depth, 9)))
        elif role == "note":
            self._note(element)
        elif role == "break":
            self._break(element, name)
        elif role == "given":
            self._mark(element)
        elif role == "gap":
            self.layout.add("[…]")
        elif role == "choice":
            self._choice(element)
        elif role == "section":
            self._depth += 1
            self._block(element, "paragraph")
            self._depth -= 1
        elif role in ("p", "item"):
            self._block(element, None)
        elif role == "list":
            self._list(element)
        elif role == "quote":
            self._block(element, "quotation")
        elif role == "verse":
            self._verse(element)
        elif role == "table":
            self._table(element)
        elif role == "row":
            self.layout.open_row()
            self._inside(element)
        elif role == "cell":
            self.layout.open_cell()
            self._block(element, None)
        elif role == "skip":
            return
        elif name in _SECTIONS:
            self._block(element, None)
        else:
            self.layout.open(_inline(self.layout.frames[-1]))
            self._inside(element)
            self.layout.close()

    def _is_among_blocks(self, element: Element) -> bool:
        parent = element.getparent()
        return parent is not None and name_of(parent).lower() in _SECTIONS

    def _inside(self, element: Element) -> None:
        self.layout.add(element.text or "")
        for child in element:
            self.element(child)
            self.layout.add(child.tail or "")

    def _block(self, element: Element, kind: PassageKind | None, level: int = 0) -> None:
        outer = self.layout.frames[-1]
        chosen = outer.kind if kind is None or self._tables else kind
        if kind == "paragraph" and outer.kind in ("quotation", "list", "footnote"):
            chosen = outer.kind
        group = outer.group if chosen == "list" else 0
        self.layout.open(Frame("b", chosen, level, True, False, 0, group))
        self._inside(element)
        self.layout.close()
        self._tell_notes()

    def _list(self, element: Element) -> None:
        self.layout.open(Frame("list", "list", 0, True, False, 0, self.layout.new_group()))
        self._inside(element)
        self.layout.close()
        self._tell_notes()

    def _verse(self, element: Element) -> None:
        """A stanza is one passage, its lines one below the other."""
        outer = self.layout.frames[-1]
        self.layout.open(Frame("lg", outer.kind, 0, True))
        for child in element:
            name = name_of(child).lower()
            if name in ("l", "verse-line"):
                self._inside(child)
                self.layout.add(BREAK)
            else:
                self.element(child)
        self.layout.close()
        self._tell_notes()

    def _table(self, element: Element) -> None:
        self.layout.open(Frame("table", is_block=True))
        self.layout.open_table()
        self._tables += 1
        self._inside(element)
        self._tables -= 1
        self.layout.close()
        self.layout.close_table()
        self._tell_notes()

    def _break(self, element: Element, name: str) -> None:
        if name == "pb":
            number = one_line(attribute(element, "n") or "")
            if number:
                self.layout.page = number[:20]
        if attribute(element, "break") != "no":
            self.layout.add(" ")

    def _choice(self, element: Element) -> None:
        """Of two readings the one that is easier to read."""
        children = [child for child in element if name_of(child)]
        better = [child for child in children if name_of(child) in ("corr", "reg", "expan")]
        for child in (better or children)[:1]:
            self._inside(child)

    def _note(self, element: Element) -> None:
        if self._is_among_blocks(element) and not self._tables:
            self._block(element, "footnote")
            return
        self._told += 1
        number = one_line(attribute(element, "n") or "") or str(self._told)
        self.layout.add(f"[{number[:12]}]")
        self._notes.append((number[:12], element))

    def _tell_notes(self) -> None:
        if self._tables or any(frame.is_block and frame.tag == "b" and frame.kind != "paragraph"
                               for frame in self.layout.frames[1:]):  # fmt: skip
            return
        while self._notes:
            notes, self._notes = self._notes, []
            for number, element in notes:
                self.layout.open(Frame("note", "footnote", 0, True))
                self.layout.add(f"[{number}] ")
                for child in element.iter():  # paragraphs of a note are one passage
                    if child is not element and name_of(child).lower() == "p":
                        child.tail = (child.tail or "") + " "
                self._flat(element)
                self.layout.close()

    def _flat(self, element: Element) -> None:
        self.layout.add(element.text or "")
        for child in element:
            role = _ROLES.get(name_of(child).lower(), "")
            if role in ("p", "item", "list", "quote", "head", "verse"):
                self._flat(child)
            else:
                self.element(child)
            self.layout.add(child.tail or "")

    # ---- what the encoder says of a word --------------------------------------------------------

    def _mark(self, element: Element) -> None:
        if _holds_blocks(element):
            self._inside(element)
            return
        number = self.layout.begin()
        self._given[number] = element
        self._inside(element)
        self.layout.end()

    def figures(self, text: str) -> tuple[Figure, ...]:
        found = []
        for number, (start, end) in sorted(self.layout.marked.items()):
            element = self._given[number]
            figure = _figure(element, start, end, text[start:end])
            if figure is not None:
                found.append(figure)
        return tuple(sorted(found, key=lambda figure: figure.start))

    def periods(self, text: str) -> tuple[Period, ...]:
        found = []
        for number, (start, end) in sorted(self.layout.marked.items()):
            element = self._given[number]
            date = tei_origin.date_of(element) if name_of(element).lower() == "date" else None
            if date is not None:
                found.append(Period(start, end, text[start:end], date, "stated", ("given.tei",)))
        return tuple(sorted(found, key=lambda period: period.start))


def _inline(outer: Frame) -> Frame:
    return Frame("i", outer.kind, outer.level, False, False, outer.cruft, outer.group)


def _holds_blocks(element: Element) -> bool:
    return any(
        _ROLES.get(name_of(child).lower(), "") in ("p", "list", "item", "table", "verse", "section")
        for child in element
    )


def _figure(element: Element, start: int, end: int, words: str) -> Figure | None:
    """The quantity an element states by its attributes; None where it states none."""
    if name_of(element).lower() == "date":
        return None
    value = _number(
        attribute(element, "quantity")
        or attribute(element, "value")
        or attribute(element, "extent")
    )
    high = None
    if value is None:
        value = _number(attribute(element, "min") or attribute(element, "atLeast"))
        high = _number(attribute(element, "max") or attribute(element, "atMost"))
    if value is None:
        return None
    said = (attribute(element, "unit") or attribute(element, "unitRef") or "").strip().lower()
    unit: str | None = said[:60] or None
    kind: FigureKind = "count"
    if said in _MONEY or attribute(element, "type") in ("currency", "money"):
        kind, unit = "money", _MONEY.get(said, said.upper()[:3] or None)
    elif said in _MASS:
        kind, unit = "mass", _MASS[said]
    elif said in ("%", "percent"):
        kind, unit = "percent", "percent"
    elif said:
        kind = "count" if attribute(element, "commodity") else "other"
    return Figure(
        start=start,
        end=end,
        text=words,
        kind=kind,
        value=value,
        value_high=high,
        unit=unit,
        of=one_line(attribute(element, "commodity") or ""),
        rules=("given.tei",),
        why=(("value", words, start, end),),
    )


def _number(said: str | None) -> float | None:
    try:
        value = float((said or "").strip()[:40])
    except ValueError:
        return None
    return value if abs(value) < 1e30 else None
