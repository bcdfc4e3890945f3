"""XML of no known kind: its words, and no harm."""

import time
from pathlib import Path

import pytest

import db.readers
from db.errors import Unreadable
from db.records import Document
from db.segment import passages


@pytest.fixture
def xml(tmp_path: Path):
    def read(words: str | bytes) -> Document:
        path = tmp_path / "source.xml"
        path.write_bytes(words if isinstance(words, bytes) else words.encode())
        return db.readers.read(path)

    return read


def refused(xml, words: str) -> str:
    with pytest.raises(Unreadable) as caught:
        xml(words)
    assert caught.value.reason == "damaged"
    return str(caught.value.facts["detail"])


def test_elements_part_the_text_and_marks_in_a_line_do_not(xml) -> None:
    document = xml(
        '<?xml version="1.0"?><doc xml:lang="en"><title>On pumps</title><author>Ada Quill</author>'
        "<date>1941-05</date><p>Forty <hi>pumps</hi> &amp; one &#233;.</p>"
        "<list><item>May</item><item>June</item></list><note>Ledger.</note></doc>"
    )
    assert [(b.kind, document.text[b.start : b.end]) for b in passages(document)] == [
        ("heading", "On pumps"),
        ("paragraph", "Ada Quill"),
        ("paragraph", "1941-05"),
        ("paragraph", "Forty pumps & one é."),
        ("list", "May\nJune"),
        ("footnote", "Ledger."),
    ]
    assert (document.title, document.creator) == ("On pumps", "Ada Quill")
    assert (document.date, document.language) == ("1941-05", "en")
    assert document.media_type == "application/xml"


def test_a_dtd_may_be_named_and_is_not_loaded(xml, tmp_path: Path) -> None:
    (tmp_path / "own.dtd").write_text('<!ENTITY town "Lampwick">')
    document = xml('<!DOCTYPE doc SYSTEM "own.dtd"><doc>In &town; &mdash; far</doc>')
    assert document.text == "In &town; — far"


def test_an_entity_is_not_expanded(xml) -> None:
    document = xml(
        '<!DOCTYPE doc [<!ENTITY town "Lampwick">]><doc>In &town;<![CDATA[&town;]]></doc>'
    )
    assert document.text == "In &town;&town;"


def test_a_file_named_by_an_entity_is_not_read(xml, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret words")
    uri = (tmp_path / "secret").as_uri()
    assert "x" in refused(xml, f'<!DOCTYPE d [<!ENTITY x SYSTEM "{uri}">]><d>&x;</d>')


def test_entities_made_of_entities_are_refused_at_once(xml) -> None:
    declared = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    started = time.monotonic()
    refused(xml, f"<!DOCTYPE d [{declared}]><d>&a11;</d>")
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "words",
    ["<a>", "<a></b>", "no tags", "<a b='1' b='2'/>", "<a>\x01</a>", "<!DOCTYPE a [", "<a>" * 600],
)
def test_what_is_not_well_formed_is_refused_with_the_parsers_word(xml, words: str) -> None:
    assert refused(xml, words)


def test_the_declared_encoding_is_believed(xml) -> None:
    words = "Сорок насосов"
    data = f'<?xml version="1.0" encoding="koi8-r"?><a>{words}</a>'.encode("koi8-r")
    assert (xml(data).text, xml(data).encoding) == (words, "koi8-r")


def test_an_empty_file_has_no_words(xml) -> None:
    assert xml("").text == ""
