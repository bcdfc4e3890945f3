"""Files become Documents here: text in its canonical form, structure, what is known of origin."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from db import language
from db.errors import Unreadable
from db.readers import (
    converted,
    ead,
    epub,
    mail,
    markdown,
    markup,
    mets,
    odf,
    opening,
    packed,
    pdf,
    pictures,
    plain,
    rtf,
    scanned,
    sheets,
    tagged,
    tei,
    timed,
    web,
    word,
    zipped,
)
from db.records import Document

_TYPES = {
    **dict.fromkeys(plain.SUFFIXES, "text/plain"),
    **dict.fromkeys(markdown.SUFFIXES, "text/markdown"),
    **dict.fromkeys(web.SUFFIXES, "text/html"),
    ".xhtml": "application/xhtml+xml",
    ".xht": "application/xhtml+xml",
    **dict.fromkeys(tagged.SUFFIXES, "application/xml"),
    **dict.fromkeys(word.SUFFIXES, word.TYPE),
    **dict.fromkeys(odf.SUFFIXES, odf.TYPE),
    **dict.fromkeys(epub.SUFFIXES, epub.TYPE),
    **dict.fromkeys(rtf.SUFFIXES, rtf.TYPE),
    **dict.fromkeys(pdf.SUFFIXES, pdf.TYPE),
    **dict.fromkeys(timed.SUFFIXES, timed.TYPE),
    **sheets.SUFFIXES,
    **mail.SUFFIXES,
    **pictures.SUFFIXES,
    ".zip": packed.ZIP,
}
_READERS: dict[str, Callable[..., Document]] = {
    "text/plain": plain.read,
    "text/markdown": markdown.read,
    "text/html": web.read,
    "application/xhtml+xml": web.read,
    "application/xml": tagged.read,
    word.TYPE: word.read,
    odf.TYPE: odf.read,
    epub.TYPE: epub.read,
    rtf.TYPE: rtf.read,
    pdf.TYPE: pdf.read,
    tei.TYPE: tei.read,
    ead.TYPE: ead.read,
    sheets.CSV: sheets.read_csv,
    sheets.XLSX: sheets.read_xlsx,
    sheets.ODS: sheets.read_ods,
    timed.TYPE: timed.read,
    mail.TYPE: mail.read,
    mail.MBOX: mail.read_mbox,
    mail.MHTML: mail.read_page,
    packed.ZIP: packed.read,
    converted.OLE: converted.read_doc,
    **dict.fromkeys(pictures.TYPES, pictures.read),
    scanned.ALTO: scanned.read,
    mets.TYPE: mets.read,
    scanned.PAGE: scanned.read,
}
# The families of XML that have a reader of their own, by the name of the first element.
_ROOTS = {
    **dict.fromkeys(tei.ROOTS, tei.TYPE),
    "ead": ead.TYPE,
    "alto": scanned.ALTO,
    "pcgts": scanned.PAGE,
    "mets": mets.TYPE,
}

SUFFIXES: tuple[str, ...] = tuple(_TYPES)


def read(path: Path, *, encoding: str | None = None, ocr: str | None = None) -> Document:
    """The Document in the file at `path`; `encoding` is a person's word and wins.

    `ocr` are the languages in which pictures are read where an engine is installed, as its names
    with "+" between them; "" for all it has, None for not at all.

    Unreadable, with a stable reason, where there is none.
    """
    return of_bytes(path, opening.load(path), encoding=encoding, ocr=ocr)


def member(
    path: Path, names: tuple[str, ...], *, encoding: str | None = None, ocr: str | None = None
) -> tuple[Document, bytes]:
    """The Document of a file inside the file at `path`, and the bytes of it."""
    name, data = packed.member(path, lambda: opening.load(path), names, media_type)
    if len(data) > opening.LIMIT:
        raise Unreadable("too_large", path=path, size=len(data), limit=opening.LIMIT)
    return of_bytes(name, data, encoding=encoding, ocr=ocr), data


def of_bytes(
    path: Path, data: bytes, *, encoding: str | None = None, ocr: str | None = None
) -> Document:
    """The Document in `data`; `path` only tells what kind of file it is said to be."""
    kind = media_type(path, data)
    try:
        reader = _READERS.get(kind)
        if reader is None:
            reader = _kept if _is_kept(path, kind) else plain.read
        if kind == pdf.TYPE:
            document = pdf.read(path, data, ocr=ocr)
        else:
            document = reader(path, data, encoding=encoding)
        if ocr is not None and kind in pictures.TYPES:
            document = pictures.recognise(document, data, ocr)
    except Unreadable as refusal:
        refusal.facts.setdefault("path", path)
        raise
    if document.language is None:
        document = replace(document, language=language.detect(document.text))
    return document


def media_type(path: Path, data: bytes) -> str:
    """What the file is: by its first bytes where they are unmistakable, else by its suffix.

    A file of an unknown suffix is a page, XML or plain text; the reader refuses what is none.
    """
    suffix = path.suffix.lower()
    found = opening.magic(data[:64])
    if found == "application/zip":
        kind = zipped.kind_of(data)
        # A damaged one is what its name says, so that its reader says what is wrong.
        return _TYPES.get(suffix, kind) if kind == found and _TYPES.get(suffix) in _PACKED else kind
    if found is not None:
        return found
    head = data[:4096]
    by_suffix = _TYPES.get(suffix)
    if by_suffix == "application/xml":
        return _xml_type(head)
    if by_suffix in _PACKED and head[:1] != b"<":
        return by_suffix  # a zip by its name, and none by its bytes: its reader says what is wrong
    is_by_bytes = by_suffix in _PACKED or by_suffix == rtf.TYPE or by_suffix in pictures.TYPES
    if by_suffix is not None and not is_by_bytes:
        return by_suffix
    if mail.is_letter(head):
        return mail.MBOX if head.startswith(b"From ") else mail.TYPE
    start = head[:1000].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    if start.startswith((b"<?xml", b"<!doctype")):
        return _xml_type(head)
    return "text/plain"


def _xml_type(head: bytes) -> str:
    """Which family of XML a file belongs to, by its first element."""
    codec = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    name, attributes = markup.root_of(head.decode(codec, "replace").lstrip("\ufeff\xef\xbb\xbf"))
    if name.lower() in _ROOTS:
        return _ROOTS[name.lower()]
    if name.lower() == "html" or b"http://www.w3.org/1999/xhtml" in head[:1000]:
        return "application/xhtml+xml"
    if name == "document" and "urn:oasis:names:tc:opendocument" in attributes:
        return odf.TYPE
    return "application/xml"


_PACKED = frozenset((word.TYPE, odf.TYPE, epub.TYPE, pdf.TYPE, sheets.XLSX, sheets.ODS, packed.ZIP))
# Kinds that hold no words we could take out, and that an archive keeps all the same.
_WITHOUT_WORDS = ("audio/", "video/", "image/")
_OF_OTHERS = frozenset(
    ("application/gzip", "application/x-xz", "application/x-7z-compressed", "application/vnd.rar",
     "application/vnd.wordperfect")
)  # fmt: skip


def _is_kept(path: Path, kind: str) -> bool:
    """Whether a file of a known kind without a reader is kept as it is; else it is read or refused.

    Raises Unreadable for a program, a database, a font, and a file whose name says it is text.
    """
    if kind not in opening.KINDS and not kind.startswith(("application/", *_WITHOUT_WORDS)):
        return False
    if kind in _TYPES.values():
        return False
    says_otherwise = path.suffix.lower() in _TYPES
    holds_no_words = kind.startswith(_WITHOUT_WORDS) or kind in _OF_OTHERS
    if not says_otherwise and (holds_no_words or kind not in opening.KINDS):
        return True
    raise Unreadable("binary" if kind in opening.KINDS else "unsupported", found=kind)


def _kept(path: Path, data: bytes, *, encoding: str | None = None) -> Document:
    """A source without words, to be described; its original is kept."""
    return Document("", media_type=media_type(path, data), remarks=("kept_only",))
