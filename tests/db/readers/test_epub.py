"""Books: chapters in reading order, printed pages, metadata; locked ones refused."""

import pytest

from db.errors import Unreadable
from tests.db.readers.made import epub, packed, pages, read, told


def test_chapters_come_in_the_order_of_reading_with_printed_pages(tmp_path) -> None:
    chapters = {
        "b.xhtml": '<h1>Two</h1><p>Rain<span epub:type="pagebreak" title="8"/> fell.</p><p>On.</p>',
        "a.xhtml": '<h1>One</h1><span epub:type="pagebreak" id="page_7"/><p>Sun.</p>',
    }
    metadata = (
        "<dc:title>Weather</dc:title><dc:creator>Ada Quill</dc:creator><dc:creator>Bo Reed"
        "</dc:creator><dc:date>1911-05-02</dc:date><dc:language>en-GB</dc:language>"
    )
    document = read(tmp_path, "a.epub", epub(chapters, metadata))
    assert pages(document) == [
        (None, "One"), ("7", "Sun."), ("7", "Two"), ("7", "Rain fell."), ("8", "On."),
    ]  # fmt: skip
    assert [kind for kind, _ in told(document)][:2] == ["heading", "paragraph"]
    assert document.title == "Weather"
    assert document.creator == "Ada Quill; Bo Reed"
    assert (document.date, document.language) == ("1911-05-02", "en")


@pytest.mark.parametrize(
    ("algorithm", "is_locked"),
    [("http://www.w3.org/2001/04/xmlenc#aes256-cbc", True),
     ("http://www.idpf.org/2008/embedding", False)],
)  # fmt: skip
def test_a_locked_book_is_refused_and_garbled_fonts_do_not_matter(
    tmp_path, algorithm, is_locked
) -> None:
    lock = {"META-INF/encryption.xml": f'<e><EncryptionMethod Algorithm="{algorithm}"/></e>'}
    data = epub({"a.xhtml": "<p>Sun.</p>"}, **lock)
    if is_locked:
        with pytest.raises(Unreadable, match="encrypted"):
            read(tmp_path, "a.epub", data)
    else:
        assert read(tmp_path, "a.epub", data).text == "Sun."


def test_a_book_without_its_package_document_is_damaged(tmp_path) -> None:
    data = packed({"mimetype": "application/epub+zip", "a.xhtml": "<p>x</p>"})
    with pytest.raises(Unreadable, match="package document"):
        read(tmp_path, "a.epub", data)
