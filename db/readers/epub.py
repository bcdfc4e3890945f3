"""Electronic books (EPUB 2 and 3): chapters in reading order, notes, pages of the printed book."""

from pathlib import Path
from urllib.parse import unquote

from db.errors import Unreadable
from db.readers import markup, web, zipped
from db.readers.markup import Element, all_of, words_of
from db.readers.origin import creator_of, edtf_of, language_of, title_of
from db.records import Block, Document

SUFFIXES = (".epub",)
TYPE = "application/epub+zip"

_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document")
# Fonts are garbled so that they are not simply taken; the text is not.
_FONTS_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_MOST_CHAPTERS = 3000


def read(path: Path, data: bytes, *, encoding: str | None = None) -> Document:
    """The text of all chapters, one after the other."""
    package = zipped.Package(data)
    _refuse_locked(package)
    opf_name = _package_file(package)
    opf = markup.tree(package.read(opf_name))
    folder = zipped.folder_of(opf_name)
    texts: list[str] = []
    blocks: list[Block] = []
    replaced = at = 0
    page: str | None = None
    missing = 0
    for name in _spine(opf, folder):
        if name not in package:
            missing += 1
            continue
        text, own, lost, page = web.chapter(package.read(name), page)
        replaced += lost
        if not text:
            continue
        at += 2 if texts else 0
        blocks += [block._replace(start=block.start + at, end=block.end + at) for block in own]
        texts.append(text)
        at += len(text)
    if not texts and missing:
        raise Unreadable("damaged", detail="its chapters are missing in it")
    metadata = markup.first(opf, "metadata")
    return Document(
        text="\n\n".join(texts),
        blocks=tuple(blocks),
        media_type=TYPE,
        title=title_of(_said(metadata, "title")),
        creator=_creators(metadata),
        date=edtf_of(_said(metadata, "date")),
        language=language_of(_said(metadata, "language")),
        replaced=replaced,
        remarks=(f"members_missing:{missing}",) if missing else (),
    )


def _refuse_locked(package: zipped.Package) -> None:
    data = package.optional("META-INF/encryption.xml")
    if data is None:
        return
    for method in all_of(markup.tree(data), "EncryptionMethod"):
        if method.get("Algorithm") not in _FONTS_ONLY and not _is_key(method):
            raise Unreadable("encrypted")


def _is_key(method: Element) -> bool:
    parent = method.getparent()
    return parent is not None and markup.name_of(parent) == "EncryptedKey"


def _package_file(package: zipped.Package) -> str:
    container = package.optional("META-INF/container.xml")
    if container is not None:
        for root in all_of(markup.tree(container), "rootfile"):
            name = unquote(root.get("full-path") or "")
            if name in package:
                return name
    for name in package.names():
        if name.endswith(".opf"):
            return name
    raise Unreadable("damaged", detail="it names no package document (OPF)")


def _spine(opf: Element, folder: str) -> list[str]:
    """The chapters as they are to be read; those outside the line of reading come last."""
    items = {}
    for item in all_of(opf, "item"):
        media_type = (item.get("media-type") or "").lower()
        href = item.get("href") or ""
        if media_type in _PAGES and not href.startswith(("http:", "https:", "data:", "file:")):
            items[item.get("id")] = zipped.resolved(folder, unquote(href.partition("#")[0]))
    ordered: list[str] = []
    later: list[str] = []
    for reference in all_of(opf, "itemref"):
        name = items.get(reference.get("idref"))
        if name is not None and name not in ordered and name not in later:
            (later if reference.get("linear") == "no" else ordered).append(name)
    return (ordered + later)[:_MOST_CHAPTERS]


def _said(metadata: Element | None, name: str) -> str:
    found = None if metadata is None else next(all_of(metadata, name), None)
    return words_of(found)


def _creators(metadata: Element | None) -> str | None:
    if metadata is None:
        return None
    people = [creator_of(words_of(each)) for each in all_of(metadata, "creator")]
    named = [person for person in dict.fromkeys(people) if person]
    return "; ".join(named)[:300] or None
