"""XML of any kind: what its attributes say never stops the reading of its words."""

import pytest

from tests.db.readers.made import read

PAGE = (
    "<PcGts xmlns='http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15'><Page>"
    "<TextRegion id='r'><TextLine><TextEquiv index='{n}'><Unicode>The mill</Unicode></TextEquiv>"
    "</TextLine></TextRegion></Page></PcGts>"
)
ODF = (
    "<?xml version='1.0'?><office:document"
    " xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'"
    " xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><office:body><office:text>"
    "<text:h text:outline-level='{n}'>The mill</text:h><text:p>it<text:s text:c='{n}'/>ground"
    "</text:p></office:text></office:body></office:document>"
)
JATS = (
    "<article><front><article-meta><article-title>The mill</article-title><pub-date><day>{n}</day>"
    "<month>May</month><year>{year}</year></pub-date></article-meta></front></article>"
)
WEB = "<html><body><h{n}>The mill</h{n}></body></html>"


@pytest.mark.parametrize("number", ["\u00b2", "one", "9" * 5000, "-1", ""])
@pytest.mark.parametrize(
    ("name", "source"), [("a.xml", PAGE), ("a.fodt", ODF), ("a.xml", JATS), ("a.html", WEB)]
)
def test_what_is_no_number_where_one_should_be_costs_no_words(tmp_path, name, source, number):
    document = read(tmp_path, name, source.replace("{n}", number).replace("{year}", number))
    assert "The mill" in document.text
    assert document.date is None


def test_a_month_in_words_leaves_the_year_and_does_not_make_the_day_a_month(tmp_path):
    document = read(tmp_path, "a.xml", JATS.replace("{n}", "12").replace("{year}", "1990"))
    assert document.date == "1990"


@pytest.mark.parametrize(
    "source",
    [
        "<TEI><text><body><p>{words}</p></body></text></TEI>",
        "<ead><archdesc><did><unittitle>{words}</unittitle></did></archdesc></ead>",
        PAGE.replace("The mill", "{words}"),
    ],
)
def test_what_an_encoding_cost_is_told_of_every_family_of_xml(tmp_path, source):
    words = "Where the miller’s café stood, a house of two floors with a bad "
    data = source.replace("{words}", words).encode("windows-1252").replace(b"bad", b"\x00\x81")
    document = read(tmp_path, "a.xml", data)
    assert words[:40] in document.text
    assert (document.encoding, document.encoding_is_sure) == ("windows-1252", False)
    assert document.replaced == document.text.count("\ufffd") > 0
