"""Programs that read for us: called where they are installed, told of where they are not."""

import sys

import pytest

import db.readers
from db.errors import Unreadable
from db.records import Recognition
from tests.db.readers.made import engine, packed, pages, pdf, told

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 60

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stands in with shell scripts")


@pytest.fixture
def installed(tmp_path, monkeypatch):
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def install(name: str, script: str) -> None:
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)

    return install


def read(tmp_path, name, data, **options):
    path = tmp_path / name
    path.write_bytes(data)
    return db.readers.read(path, **options)


def test_an_old_document_is_read_by_the_program_that_is_there(tmp_path, installed) -> None:
    with pytest.raises(Unreadable, match="no_converter"):
        read(tmp_path, "a.doc", OLE)
    installed("catdoc", 'echo "The mill ground rye."')
    assert told(read(tmp_path, "b.doc", OLE)) == [("paragraph", "The mill ground rye.")]
    installed("antiword", 'echo "it is no Word document" >&2; exit 1')
    with pytest.raises(Unreadable, match="antiword: it is no Word document"):
        read(tmp_path, "c.doc", OLE)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.xls", OLE, "application/x-ole-storage"),
        ("a.doc", b"\xffWPC\x10\0\0\0" + b"\1" * 40, "application/vnd.wordperfect"),
        ("a.wav", b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
        ("a.mp4", b"\0\0\0\x20ftypisom", "video/mp4"),
        ("a.warc.gz", b"\x1f\x8b\x08\0" + b"\xff" * 40, "application/gzip"),
        ("a.pptx", packed({"ppt/presentation.xml": "<p/>", "[Content_Types].xml": "<t/>"}), ""),
    ],
)
def test_what_holds_no_words_that_are_read_is_kept_to_be_described(
    tmp_path, name, data, kind
) -> None:
    document = read(tmp_path, name, data)
    assert (document.text, document.remarks) == ("", ("kept_only",))
    assert not kind or document.media_type == kind


def test_what_says_it_is_text_and_is_not_is_refused(tmp_path) -> None:
    with pytest.raises(Unreadable, match="binary"):
        read(tmp_path, "a.txt", b"\x1f\x8b\x08\0" + b"\xff" * 40)


def test_a_picture_is_kept_without_words_or_read_where_an_engine_is(tmp_path, installed) -> None:
    assert read(tmp_path, "a.png", PNG, ocr="").remarks == ("picture",)
    installed("tesseract", engine("eng+rus"))
    assert read(tmp_path, "a.png", PNG).text == ""
    document = read(tmp_path, "a.png", PNG, ocr="")
    assert told(document) == [("paragraph", "The mill ground rye."), ("paragraph", "It stopped.")]
    assert document.remarks == ("recognised:75",)
    assert document.recognition == Recognition("eng+rus", 75, ((0, 90), (22, 60)))


def test_scanned_pages_are_read_between_those_with_text_in_the_languages_asked_for(
    tmp_path, installed
) -> None:
    data = pdf([(60, 700, 10, "Before.")], [], [(60, 700, 10, "After.")])
    assert pages(read(tmp_path, "a.pdf", data, ocr="rus")) == [("1", "Before."), ("3", "After.")]
    installed("tesseract", engine("rus"))
    document = read(tmp_path, "a.pdf", data, ocr="rus,lat")
    assert pages(document) == [
        ("1", "Before."), ("2", "The mill ground rye."), ("2", "It stopped."), ("3", "After."),
    ]  # fmt: skip
    assert document.remarks == ("recognised:75",)
    starts = [document.text.index(words) for words in ("The mill", "It stopped")]
    assert document.recognition == Recognition("rus", 75, ((starts[0], 90), (starts[1], 60)))


def test_a_picture_that_the_engine_cannot_read_is_kept_as_where_there_is_none(
    tmp_path, installed
) -> None:
    installed("tesseract", 'case "$*" in *list-langs*) echo eng;; *) echo no >&2; exit 1;; esac')
    document = read(tmp_path, "a.png", PNG, ocr="")
    assert document.text == ""
    assert document.remarks == ("picture", "not_recognised")
