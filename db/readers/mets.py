"""A digitised work (METS): what it says of itself, and the recognised text (ALTO, PAGE) of its pages.

The files of its pages are read where they lie beside it or in folders below it, in the order of its
map of pages; nothing is fetched from elsewhere.
"""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from db.errors import Unreadable
from db.readers import markup, opening, scanned
from db.readers.layout import one_below_the_other
from db.readers.markup import Element, all_of, attribute, name_of, words_of
from db.readers.origin import creator_of, edtf_of, language_of, title_of
from db.records import Document, PassageKind

TYPE = "application/mets+xml"

_MOST_PAGES = 20_000
_MOST_BYTES = 400_000_000
_Passage = tuple[str, PassageKind, str | None, int]


def read(path: Path, data: bytes, *, encoding: str | None = None) -> Document:
    """The text of the pages that `data` names; a page whose text is not there is counted."""
    root, decoded = markup.read(data, encoding)
    # Inside a zip nothing lies beside it: its path is a name then.
    pages = _Pages(path.parent if path.is_absolute() else None, root)
    text, blocks, lost = one_below_the_other(pages.passages())
    said = markup.first(root, "dmdSec")
    return Document(
        text=text,
        blocks=blocks,
        media_type=TYPE,
        encoding=decoded.encoding,
        encoding_is_sure=decoded.is_sure,
        title=title_of(_title(said)),
        creator=_creators(said),
        date=edtf_of(_date(said)),
        language=language_of(_first(said, "languageTerm") or _first(said, "language")),
        replaced=decoded.replaced + lost,
        remarks=(f"members_missing:{pages.missing}",) if pages.missing else (),
    )


class _Pages:
    """The pages of a work in their order, and the files that hold their words."""

    def __init__(self, folder: Path | None, root: Element) -> None:
        self.missing = 0
        self._folder = folder
        self._left = _MOST_BYTES
        self._files = {
            attribute(file, "ID"): attribute(place, "href") or ""
            for file in all_of(root, "file")
            if (place := markup.first(file, "FLocat")) is not None
        }
        self._root = root

    def passages(self) -> Iterator[_Passage]:
        """(words, kind, page, level) of all pages."""
        for number, (label, hrefs) in enumerate(self._in_order(), 1):
            texts = [href for href in hrefs if href.lower().partition("?")[0].endswith(".xml")]
            root = next((found for href in texts if (found := self._tree(href)) is not None), None)
            self.missing += root is None and bool(texts)
            for _, kind, lines in scanned.regions(root) if root is not None else ():
                level = 1 if kind == "heading" else 0
                yield scanned.flowing(lines), kind, label or str(number), level

    def _in_order(self) -> list[tuple[str, list[str]]]:
        """The number of each page as it is printed, and the files that show or tell it."""
        maps = list(all_of(self._root, "structMap"))
        physical = [each for each in maps if (attribute(each, "TYPE") or "").upper() == "PHYSICAL"]
        found = []
        for part in (physical or maps)[:1]:
            for page in all_of(part, "div"):
                ids = [attribute(each, "FILEID") for each in page.iter("{*}fptr", "{*}area")
                       if _owner(each) is page]  # fmt: skip
                hrefs = [self._files[each] for each in ids if each in self._files]
                if hrefs:
                    said = (attribute(page, "ORDERLABEL") or "").strip(" -–")
                    found.append(((said or attribute(page, "ORDER") or "")[:20], hrefs))
        return found[:_MOST_PAGES]

    def _tree(self, href: str) -> Element | None:
        """The page in a file that lies beside the work; None where it is elsewhere or no page."""
        said = unquote(href)
        name = PurePosixPath(said)
        # What other systems read as a drive or a folder is refused on all of them.
        is_foreign = ":" in said or "\\" in said
        if self._folder is None or is_foreign or name.is_absolute() or ".." in name.parts:
            return None
        try:
            data = opening.load(self._folder.joinpath(*name.parts), min(opening.LIMIT, self._left))
            self._left -= len(data)
            root = markup.tree(data)
        except Unreadable:
            return None
        return root if name_of(root).lower() in ("alto", "pcgts") else None


def _owner(element: Element) -> Element | None:
    """The division that a pointer stands in."""
    return next((each for each in element.iterancestors() if name_of(each) == "div"), None)


def _own(said: Element | None, name: str) -> list[Element]:
    """The elements of this name that are not said of another work."""
    return [
        found
        for found in (all_of(said, name) if said is not None else ())
        if not any(name_of(each) == "relatedItem" for each in found.iterancestors())
    ]


def _first(said: Element | None, *names: str) -> str:
    """The words of the first element of one of these names."""
    return next((words_of(found) for name in names for found in _own(said, name)), "")


def _title(said: Element | None) -> str:
    title, more = _first(said, "title"), _first(said, "subTitle")
    return f"{title}: {more}" if more else title


def _creators(said: Element | None) -> str | None:
    people = [
        ", ".join(
            words_of(part)
            for part in all_of(name, "namePart")
            if (attribute(part, "type") or "") not in ("date", "termsOfAddress")
        )
        for name in _own(said, "name")
    ] or [words_of(each) for each in _own(said, "creator")]
    named = [person for each in dict.fromkeys(people) if (person := creator_of(each))]
    return "; ".join(named)[:300] or None


def _date(said: Element | None) -> str:
    issued = _own(said, "dateIssued")
    issued.sort(key=lambda each: attribute(each, "keyDate") != "yes")
    return words_of(issued[0]) if issued else _first(said, "dateCreated", "date")
