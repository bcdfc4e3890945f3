"""Files of other people: each is read or refused, and no word of it is lost between passages."""

import json
import time
from pathlib import Path

import pytest

import db.readers
from db.errors import Unreadable
from db.records import Document
from db.segment import parts, passages

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"
FILES = (
    "aid_to_china/*.txt",
    "b_books/gutenberg/**/*.[th][xt][tm]",
    "b_books/standardebooks/**/*.xhtml",
    "c_encodings/**/*.*",
    "c_html/**/*.*",
    "c_hostile/**/*.*",
    "**/README.md",
)

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here"),
]


@pytest.mark.parametrize("pattern", FILES)
def test_every_file_is_read_whole_or_refused_in_two_seconds(pattern: str) -> None:
    read = 0
    for path in sorted(path for path in CORPUS.glob(pattern) if path.is_file()):
        started = time.monotonic()
        try:
            document = db.readers.read(path)
        except Unreadable as refused:
            assert refused.reason in ("binary", "damaged", "undecodable"), path  # noqa: PT017
            continue
        assert_whole(document)
        assert time.monotonic() - started < 2 + len(document.text) / 1e6, path
        read += 1
    assert read


def assert_whole(document: Document) -> None:
    at = 0
    for block in passages(document):
        assert at <= block.start < block.end
        assert not document.text[at : block.start].strip()
        at = block.end
    assert not document.text[at:].strip()


def test_the_cruft_of_the_seed_is_marked_and_none_of_its_articles() -> None:
    gold = json.loads((CORPUS / "aid_to_china/sources_gold.json").read_text())
    document = db.readers.read(CORPUS / "aid_to_china/aid_to_china.txt")
    text = document.text
    marked = {"boilerplate": bytearray(len(text)), "footnote": bytearray(len(text))}
    for block in passages(document):
        if block.kind in marked:
            marked[block.kind][block.start : block.end] = b"\x01" * (block.end - block.start)
    is_cruft = bytearray(len(text))
    covered = 0
    for span in gold["cruft"]:
        kind = "footnote" if span["kind"] == "endnotes" else "boilerplate"
        inside = range(span["start"], span["end"])
        covered += all(marked[kind][at] for at in inside if not text[at].isspace())
        is_cruft[span["start"] : span["end"]] = b"\x01" * len(inside)
    wrong = [at for at in range(len(text)) if marked["boilerplate"][at] and not is_cruft[at]]
    assert (covered, len([at for at in wrong if not text[at].isspace()])) == (10, 0)


def test_the_articles_of_the_seed_are_proposed_as_parts() -> None:
    gold = json.loads((CORPUS / "aid_to_china/sources_gold.json").read_text())
    document = db.readers.read(CORPUS / "aid_to_china/aid_to_china.txt")
    proposed = parts(document, passages(document))
    assert [part.start for part in proposed] == [article["start"] for article in gold["articles"]]
    assert (proposed[1].creator, proposed[1].date) == ("B. Gorbachev", "2015")


def test_a_book_is_one_source() -> None:
    books = sorted(CORPUS.glob("b_books/gutenberg/**/*.txt"))
    assert books
    for path in books:
        document = db.readers.read(path)
        assert parts(document, passages(document)) == (), path
