"""One text in two formats of the corpus: the same words, and passages that find each other."""

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

import db.readers
from db.alignment import align
from db.records import Document
from db.segment import passages

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"
OCR = CORPUS / "a_ocr"
BOOKS = CORPUS / "b_books"
LEAST = 0.98
_WORD = re.compile(r"[^\W_]+")
_AT_A_LINES_END = re.compile(r"([^\W_]{1,40})-?\n([^\W_]{1,40})")

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here"),
]


def words(document: Document) -> list[list[str]]:
    """The words of every passage that is no boilerplate."""
    return [
        [word.casefold() for word in _WORD.findall(document.text[block.start : block.end])]
        for block in passages(document)
        if block.kind != "boilerplate"
    ]


def agreement(a: Sequence[list[str]], b: Sequence[list[str]]) -> tuple[float, float]:
    """The share of words that both have, and of the words of A in passages that find their place."""
    in_a, in_b = ([word for passage in side for word in passage] for side in (a, b))
    to_b = align(in_a, in_b).to_b.tolist()
    shared = 2 * sum(place >= 0 for place in to_b) / (len(in_a) + len(in_b))
    at = found = 0
    for passage in a:
        places = [place for place in to_b[at : at + len(passage)] if place >= 0]
        at += len(passage)
        # One stretch of B, in order, with little in between.
        is_there = len(places) >= 0.9 * len(passage) and places == sorted(places)
        if is_there and (not places or places[-1] - places[0] <= 1.2 * len(passage) + 3):
            found += len(passage)
    return shared, found / len(in_a)


def agrees(a: Document, b: Document) -> None:
    one, other = words(a), words(b)
    for left, right in ((one, other), (other, one)):
        shared, found = agreement(left, right)
        assert shared >= LEAST
        assert found >= LEAST


def test_alto_says_what_its_plain_text_does() -> None:
    folder = OCR / "chronam/core/test-data"
    alto = db.readers.read(folder / "ocr.xml")
    known = {word for passage in words(alto) for word in passage}
    # The plain text parts words at the end of a line and drops the hyphen.
    text = _AT_A_LINES_END.sub(
        lambda found: (
            found[1] + found[2] if (found[1] + found[2]).casefold() in known else found[0]
        ),
        (folder / "ocr.txt").read_text("utf-8"),
    )
    # Its lines are those of the page: it is one passage, in which those of ALTO are found.
    shared, found = agreement(words(alto), [_WORD.findall(text.casefold())])
    assert shared >= LEAST
    assert found >= LEAST


def test_page_and_alto_of_one_scan_agree() -> None:
    folder = OCR / "dinglehopper/src/dinglehopper/tests/data/lorem-ipsum"
    agrees(
        db.readers.read(folder / "lorem-ipsum-scan.gt.page.xml"),
        db.readers.read(folder / "lorem-ipsum-scan.ocr.tesseract.alto.xml"),
    )


def test_hocr_says_what_its_plain_text_does() -> None:
    folder = OCR / "hocr_tools/test/testdata"
    agrees(db.readers.read(folder / "sample.html"), db.readers.read(folder / "sample.txt"))


def test_a_web_page_says_what_the_plain_text_of_the_book_does() -> None:
    (folder,) = (BOOKS / "gutenberg").glob("15776*")
    (page,) = folder.rglob("*.htm")
    agrees(db.readers.read(page), db.readers.read(folder / "15776-8.txt"))


@pytest.mark.parametrize("name", ["john-maynard-keynes*", "charles-darwin*"])
def test_a_book_says_what_the_web_pages_in_it_do(name: str) -> None:
    (folder,) = (BOOKS / "standardebooks").glob(name)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for path in sorted((folder / "src").rglob("*")):
            if path.is_file():
                package.writestr(str(path.relative_to(folder / "src")), path.read_bytes())
    book = db.readers.of_bytes(Path("a.epub"), made.getvalue())
    order = re.findall(r'idref="([^"]+\.xhtml)"', (folder / "src/epub/content.opf").read_text())
    pages = [db.readers.read(folder / "src/epub/text" / name) for name in order]
    chapters = [passage for page in pages for passage in words(page)]
    for left, right in ((words(book), chapters), (chapters, words(book))):
        shared, found = agreement(left, right)
        assert shared >= LEAST
        assert found >= LEAST
