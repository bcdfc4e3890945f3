"""A web page as a Document: all its visible text in order, cruft marked and not dropped.

Long because a page is read in one pass, and one object holds what is open at a time.
"""

import html.entities
import json
import re
from pathlib import Path
from typing import Any

from lxml import etree

from db.errors import Unreadable
from db.readers import opening
from db.readers.canonical import canonical
from db.readers.encodings import decode
from db.readers.layout import BREAK, Frame, Layout
from db.readers.origin import edtf_of, language_of, one_line
from db.records import Block, Document, PassageKind

SUFFIXES = (".html", ".htm", ".xhtml", ".xht", ".shtml")

_DROPPED_LIST = (
    "script style noscript template iframe object svg canvas audio video select textarea "
    "datalist head math-annotation applet embed"
)
_DROPPED = frozenset(_DROPPED_LIST.split())
_BLOCKS_LIST = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li "
    "main menu nav ol p pre section summary table tbody td tfoot th thead tr ul plaintext "
    "xmp listing button label"
)
_BLOCKS = frozenset(_BLOCKS_LIST.split())
_LISTS = frozenset(("ul", "ol", "dl", "menu", "dir"))
_NEVER_CRUFT = frozenset(("html", "body", "main", "article", "h1", "h2", "h3", "h4", "h5", "h6"))
# What stands at the foot of these is their author's name, not the site's.
_SECTIONS = frozenset(("article", "section", "blockquote"))
_CRUFT_TAGS = frozenset(("nav", "footer", "aside", "form", "button", "dialog"))
_CRUFT_ROLES = frozenset(
    ("navigation", "contentinfo", "search", "complementary", "banner", "dialog", "alertdialog")
)
_CRUFT_NAMES_LIST = (
    "nav navbar navigation navmenu menu submenu breadcrumb breadcrumbs sidebar footer "
    "cookie cookies consent gdpr ad ads advert advertisement adsense banner promo sponsor "
    "sponsored share sharing social related recommended recommendations similar readmore "
    "readalso newsletter subscribe signup comments disqus pagination pager popup modal "
    "toolbar copyright widget trending popular taglist login pagenum pageno skip teaser "
    "teasers"
)
_CRUFT_NAMES = frozenset(_CRUFT_NAMES_LIST.split())
_NOTE_NAMES_LIST = (
    "footnote footnotes endnote endnotes rearnote rearnotes reflist fnlist doc-footnote "
    "doc-endnote doc-endnotes"
)
_NOTE_NAMES = frozenset(_NOTE_NAMES_LIST.split())
_PAGE_BREAKS = frozenset(("pagebreak",))
_NAME_PARTS = re.compile(r"[a-z0-9]{1,40}")
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)
_DECLARATION = re.compile(
    rb"^\s{0,100}<\?xml[^>]{0,200}?encoding\s{0,5}=\s{0,5}[\"']([\w.-]{2,40})"
)
_XML_HEAD = re.compile(r"^\ufeff?\s{0,100}<\?xml[^>]{0,400}\?>")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_HIDDEN = re.compile(
    r"(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden)", re.IGNORECASE
)
_SLICE = 1 << 18
# For XML: nothing is put in the place of an entity, no DTD is fetched.
AS_IT_STANDS = {"resolve_entities": False, "load_dtd": False}
_LONGEST_JSON = 500_000

_TITLES = ("citation_title", "dc.title", "dcterms.title", "og:title", "title", "twitter:title")
_CREATORS = ("citation_author", "dc.creator", "dcterms.creator", "author", "article:author")
_DATES = (
    "citation_publication_date",
    "citation_date",
    "dc.date.issued",
    "dc.date",
    "dcterms.issued",
    "dcterms.date",
    "article:published_time",
    "date",
    "pubdate",
    "publish_date",
    "datepublished",
)
_LANGUAGES = ("html lang", "citation_language", "dc.language", "content-language", "og:locale")


def read(path: Path, data: bytes, *, encoding: str | None = None) -> Document:
    """The page in `data`: text, blocks and what it says of its origin; nothing is fetched."""
    opening.refuse_known_binary(path, data)
    decoded = decode(data, given=encoding, declared=declared_encoding(data))
    source, replaced = canonical(decoded.text)
    page = _parsed(source)
    text, blocks, lost = page.layout.finish()
    return Document(
        text=text,
        blocks=blocks,
        media_type="application/xhtml+xml" if _is_xhtml(source) else "text/html",
        encoding=decoded.encoding,
        encoding_is_sure=decoded.is_sure,
        title=page.first(_TITLES) or one_line("".join(page.title)) or page.heading,
        creator=page.creator(),
        date=next(filter(None, (edtf_of(date) for date in page.all(_DATES))), None),
        language=next(filter(None, (language_of(tag) for tag in page.all(_LANGUAGES))), None),
        replaced=replaced + decoded.replaced + lost,
    )


def chapter(data: bytes, page: str | None) -> tuple[str, tuple[Block, ...], int, str | None]:
    """One file of a book: text, blocks, characters replaced, and the page it ends on.

    `page` is the number of the page on which it begins.
    """
    decoded = decode(data, declared=declared_encoding(data))
    source, replaced = canonical(decoded.text)
    parsed = _parsed(source, page)
    text, blocks, lost = parsed.layout.finish()
    return text, blocks, replaced + decoded.replaced + lost, parsed.layout.page


def declared_encoding(data: bytes) -> str | None:
    """What the head of a page or the XML declaration says its encoding is."""
    found = _DECLARATION.search(data[:600]) or _CHARSET.search(data[:4096])
    return found.group(1).decode("ascii", "replace") if found else None


def _is_xhtml(source: str) -> bool:
    head = source[:1000].lstrip("\ufeff \n\t")
    return head.startswith("<?xml") or "http://www.w3.org/1999/xhtml" in head


def _parsed(source: str, page: str | None = None) -> "_Page":
    if not source.strip():
        return _Page(page)
    if _is_xhtml(source):
        # An empty <title/> or <script/> would swallow the page in an HTML parser.
        known = _ENTITY.sub(_known_entity, _XML_HEAD.sub("", source, count=1))
        if "<!ENTITY" not in known[:20_000]:
            try:
                parsed = _Page(page)
                fed(known, parsed, etree.XMLParser, **AS_IT_STANDS)
                return parsed
            except Unreadable:
                pass
    parsed = _Page(page)
    fed(_XML_HEAD.sub("", source, count=1), parsed, etree.HTMLParser)
    return parsed


def _known_entity(found: re.Match[str]) -> str:
    if found.group(1) in ("amp", "lt", "gt", "quot", "apos"):
        return found.group()
    return html.entities.html5.get(found.group(1) + ";", found.group())


def fed(source: str, target: Any, parser_type: Any, **options: bool) -> None:
    """Has `target` told what stands in `source`, element by element: no tree, so no depth can hurt.

    Raises Unreadable ("damaged") where the parser cannot go on.
    """
    parser = parser_type(
        target=target,
        encoding="utf-8",
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        **options,
    )
    try:
        for at in range(0, len(source), _SLICE):
            parser.feed(source[at : at + _SLICE].encode("utf-8", "replace"))
        parser.close()
    except etree.XMLSyntaxError as error:
        if parser_type is etree.HTMLParser and "no element found" in str(error):
            return  # comments alone, or nothing
        raise Unreadable("damaged", detail=str(error)[:200]) from error


def _is_hidden(attributes: Any) -> bool:
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style") or "") is not None


class _Page:
    """What the parser calls: keeps the layout and the page's words about itself."""

    def __init__(self, number: str | None = None) -> None:
        self.layout = Layout()
        self.layout.page = number
        self.title: list[str] = []
        self.heading: str | None = None
        self._meta: dict[str, list[str]] = {}
        self._hidden_at = 0  # depth of the frame from which all is dropped
        self._json: list[str] | None = None
        self._in_title = False
        self._heading_run: list[str] | None = None
        self._depth = 0
        self._scans = 0
        self._notes: list[tuple[int, int]] = []  # depth and mark of what may be a note's number

    # ---- called by the parser -------------------------------------------------------------------

    def start(self, tag: str, attributes: Any) -> None:
        tag = tag.rpartition("}")[2].lower()
        self._depth += 1
        if self._hidden_at:
            self._start_hidden(tag, attributes)
            return
        if tag in _DROPPED or (_is_hidden(attributes) and tag not in ("html", "body")):
            self._hidden_at = self._depth
            self._start_hidden(tag, attributes)
            return
        if tag == "html":
            for name in ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang"):
                self._say("html lang", attributes.get(name))
        elif tag in ("meta", "title"):
            self._start_hidden(tag, attributes)
        elif tag == "time" and (
            "pubdate" in attributes or "date" in (attributes.get("itemprop") or "").lower()
        ):
            self._say("date", attributes.get("datetime"))
        elif tag == "h1" and self.heading is None:
            self._heading_run = []
        self._open(tag, attributes)

    def end(self, tag: str) -> None:
        tag = tag.rpartition("}")[2].lower()
        if tag == "title":
            self._in_title = False
        elif tag == "script" and self._json is not None:
            self._read_json("".join(self._json))
            self._json = None
        elif tag == "h1" and self._heading_run is not None:
            self.heading = one_line("".join(self._heading_run))
            self._heading_run = None
        depth, self._depth = self._depth, self._depth - 1
        if self._hidden_at:
            if depth == self._hidden_at:
                self._hidden_at = 0
            return
        if tag == "q":
            self.layout.add("”")
        if self._notes and self._notes[-1][0] == depth:
            self.layout.bracket(self._notes.pop()[1])
        self.layout.close()
        if tag == "table":
            self.layout.close_table()

    def data(self, words: str) -> None:
        if self._in_title:
            if len(self.title) < 100:
                self.title.append(words)
        elif self._json is not None:
            self._json.append(words)
        elif not self._hidden_at:
            if self._heading_run is not None:
                self._heading_run.append(words)
            self.layout.add(words)

    def comment(self, words: str) -> None:
        pass

    def pi(self, target: str, words: str | None = None) -> None:
        pass

    def close(self) -> None:
        pass

    # ---- what elements mean ---------------------------------------------------------------------

    def _start_hidden(self, tag: str, attributes: Any) -> None:
        if tag == "meta":
            name = (
                attributes.get("name")
                or attributes.get("property")
                or attributes.get("itemprop")
                or attributes.get("http-equiv")
                or ""
            )
            self._say(name.lower(), attributes.get("content"))
        elif tag == "title" and not self.title:
            self._in_title = True
        elif tag == "script" and "ld+json" in (attributes.get("type") or ""):
            self._json = []

    def _open(self, tag: str, attributes: Any) -> None:
        layout = self.layout
        outer = layout.frames[-1]
        if attributes and self._names(attributes) & _PAGE_BREAKS:
            self._begin_page(attributes)
        elif attributes.get("class") == "ocr_page":  # what recognition programs write (hOCR)
            self._scans += 1
            layout.page = str(self._scans)
        if tag not in _BLOCKS:
            if tag == "br":
                layout.add(BREAK)
            elif tag == "q":
                layout.add("“")
            elif tag == "a" and self._is_note_reference(outer, attributes):
                self._notes.append((self._depth, layout.mark()))
            in_link = outer.in_link or (tag == "a" and "href" in attributes)
            frame = Frame(tag, outer.kind, outer.level, False, outer.keeps_blanks, outer.cruft,
                          outer.group, in_link, outer.is_in_section)  # fmt: skip
            layout.open(frame)
            return
        kind: PassageKind = outer.kind
        level, group, cruft = outer.level, outer.group, outer.cruft
        names = self._names(attributes)
        if tag[0] == "h" and tag[1:].isdecimal():
            kind, level = "heading", int(tag[1:])
        elif tag == "blockquote":
            kind = "quotation"
        elif tag in _LISTS:
            if kind == "paragraph":
                kind = "list"
            group = group or layout.new_group()
        elif kind == "heading":
            kind, level = "paragraph", 0
        if names & _NOTE_NAMES:
            kind = "footnote"
        if (
            not cruft
            and tag not in _NEVER_CRUFT
            and kind != "footnote"
            and (
                (tag in _CRUFT_TAGS and not (tag == "footer" and outer.is_in_section))
                or (attributes.get("role") or "").lower() in _CRUFT_ROLES
                or names & _CRUFT_NAMES
            )
        ):
            cruft = layout.new_cruft()
        keeps_blanks = outer.keeps_blanks or tag in ("pre", "xmp", "listing")
        in_section = outer.is_in_section or tag in _SECTIONS
        layout.open(
            Frame(tag, kind, level, True, keeps_blanks, cruft, group, outer.in_link, in_section)
        )
        if tag == "table":
            layout.open_table()
        elif tag == "tr":
            layout.open_row()
        elif tag in ("td", "th"):
            layout.open_cell()

    def _begin_page(self, attributes: Any) -> None:
        """A mark of where the printed book has a new page; its number is in one of these."""
        said = attributes.get("title") or attributes.get("aria-label") or ""
        number = one_line(said) or (attributes.get("id") or "").lower().removeprefix("page").strip(
            "_-. p"
        )
        if number and len(number) <= 20:
            self.layout.page = number

    def _is_note_reference(self, outer: Frame, attributes: Any) -> bool:
        if "noteref" in self._names(attributes):
            return True
        return outer.tag == "sup" and "#" in (attributes.get("href") or "")

    def _names(self, attributes: Any) -> frozenset[str]:
        said = " ".join(
            (attributes.get("class") or "", attributes.get("id") or "",
             attributes.get("role") or "", attributes.get("epub:type") or "",
             attributes.get("{http://www.idpf.org/2007/ops}type") or "")
        )[:400].lower()  # fmt: skip
        return frozenset(_NAME_PARTS.findall(said)) if said.strip() else frozenset()

    # ---- what the page says of itself -----------------------------------------------------------

    def _say(self, name: str, words: str | None) -> None:
        said = one_line(words or "")
        if name and said:
            self._meta.setdefault(name, []).append(said)

    def all(self, names: tuple[str, ...]) -> list[str]:
        return [said for name in names for said in self._meta.get(name, ())]

    def first(self, names: tuple[str, ...]) -> str | None:
        return next(iter(self.all(names)), None)

    def creator(self) -> str | None:
        for name in _CREATORS:
            people = [said for said in self._meta.get(name, ()) if not said.startswith("http")]
            if people:
                return "; ".join(dict.fromkeys(people))[:300]
        return None

    def _read_json(self, words: str) -> None:
        """JSON-LD: title, author, date and language of the first thing that has a headline."""
        if len(words) > _LONGEST_JSON:
            return
        try:
            todo: list[Any] = [json.loads(words)]
        except (ValueError, RecursionError):
            return
        for _ in range(2000):
            if not todo:
                return
            thing = todo.pop(0)
            if isinstance(thing, list):
                todo[:0] = thing[:100]
            elif isinstance(thing, dict):
                if "headline" in thing or "datePublished" in thing:
                    self._say_json(thing)
                    return
                todo.extend(value for value in thing.values() if isinstance(value, list | dict))

    def _say_json(self, thing: dict[str, Any]) -> None:
        for key, name in (
            ("headline", "title"),
            ("datePublished", "date"),
            ("inLanguage", "og:locale"),
        ):
            if isinstance(thing.get(key), str):
                self._say(name, thing[key])
        authors = thing.get("author")
        for author in authors if isinstance(authors, list) else [authors]:
            named = author.get("name") if isinstance(author, dict) else author
            if isinstance(named, str):
                self._say("author", named)
