"""Where one text lies in the corpus in several formats, all say the same words in the same order."""

import re
from pathlib import Path

import pytest
from rapidfuzz.distance import Indel

import db.readers
from db.errors import Unreadable
from db.segment import passages

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"
_WORD = re.compile(r"\w+")
BORN_DIGITAL = 0.98
# That library shows where a link leads, drops what stands in a text frame or knows no optional hyphen.
OTHERWISE = {"hyperlink", "hyperlinks", "mac_textedit_hyperlink", "sample_3", "specialchars"}

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here"),
]


def words(path: Path) -> list[str]:
    document = db.readers.read(path)
    kept = [block for block in passages(document) if block.kind != "boilerplate"]
    return _WORD.findall(" ".join(document.text[block.start : block.end] for block in kept))


def test_one_text_in_nine_formats_has_the_same_words() -> None:
    folder = CORPUS / "c_office/format_corpus"
    expected = words(folder / "variations/lorem-ipsum.txt")
    compared = set()
    for path in sorted(folder.rglob("*orem*psum*")):
        if path.suffix not in (".docx", ".odt", ".rtf", ".epub", ".htm", ".pdf", ".txt"):
            continue
        try:
            found = words(path)
        except Unreadable as refused:
            assert refused.reason == "encrypted"  # noqa: PT017
            continue
        assert Indel.normalized_similarity(expected, found) >= BORN_DIGITAL, path
        compared.add(path.suffix)
    assert len(compared) == 7


def test_rich_text_has_the_words_that_another_library_reads() -> None:
    folder = CORPUS / "c_rtf/striprtf/tests"
    compared = 0
    for path in sorted((folder / "rtf").glob("*.rtf")):
        expected = folder / "text" / f"{path.stem}.txt"
        if path.stem in OTHERWISE or not expected.exists():
            continue
        found = _WORD.findall(db.readers.read(path).text)
        other = _WORD.findall(expected.read_text("utf-8", "replace"))
        assert Indel.normalized_similarity(other, found) >= BORN_DIGITAL, path
        compared += 1
    assert compared >= 20
