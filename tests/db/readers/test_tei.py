"""Encoded texts: structure, notes, pages, header, and the values an encoder has given."""

from tests.db.readers.made import pages, read, told

HEADER = """<teiHeader><fileDesc><titleStmt><title>Of mills</title><author>Ada Quill</author>
</titleStmt><sourceDesc><bibl><date when="1911-05-02">May</date></bibl></sourceDesc></fileDesc>
<profileDesc><langUsage><language ident="en">English</language></langUsage></profileDesc></teiHeader>"""
BODY = """<text><body><pb n="7"/><div><head>The mill</head>
<p>It ground <measure quantity="40" unit="sack" commodity="rye">forty sacks</measure> and took
<measure quantity="25000000" unit="USD"> 25 millions </measure><note>Ledger, p. 3.</note> by
<date when="1912-03">March next</date>, so <num value="0.5">half</num> of it
<choice><sic>waz</sic><corr>was</corr></choice> sold<pb n="8"/> at once.</p>
<quote><p>We ground all we had.</p></quote><list><item>rye</item><item>oats</item></list>
<lg><l>The wheel goes round,</l><l>the corn is ground.</l></lg>
<sp><speaker>Miller</speaker><p>Come in.</p></sp>
<table><row><cell>May</cell><cell>12</cell></row></table></div></body></text>"""
TEI = f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEADER}{BODY}</TEI>'


def test_the_structure_of_a_text_is_kept(tmp_path) -> None:
    document = read(tmp_path, "a.xml", TEI)
    assert told(document) == [
        ("heading", "The mill"),
        (
            "paragraph",
            "It ground forty sacks and took 25 millions [1] by March next, so half of it was sold at"
            " once.",
        ),
        ("footnote", "[1] Ledger, p. 3."),
        ("quotation", "We ground all we had."),
        ("list", "rye\noats"),
        ("paragraph", "The wheel goes round,\nthe corn is ground."),
        ("paragraph", "Miller"),
        ("paragraph", "Come in."),
        ("table", "May\t12"),
    ]
    assert [page for page, _ in pages(document)] == ["7", "7", *["8"] * 7]
    assert (document.title, document.creator) == ("Of mills", "Ada Quill")
    assert (document.date, document.language) == ("1911-05-02", "en")


def test_values_that_the_encoder_gave_come_with_their_words(tmp_path) -> None:
    document = read(tmp_path, "a.xml", TEI)
    text = document.text
    found = [
        (text[each.start : each.end], each.kind, each.value, each.unit, each.of)
        for each in document.figures
    ]
    assert found == [
        ("forty sacks", "count", 40.0, "sack", "rye"),
        ("25 millions", "money", 25e6, "USD", None),
        ("half", "count", 0.5, None, None),
    ]
    assert {each.rules for each in document.figures} == {("given.tei",)}
    assert [(text[each.start : each.end], each.date) for each in document.periods] == [
        ("March next", "1912-03")
    ]


def test_an_article_has_its_abstract_sections_and_references(tmp_path) -> None:
    source = """<article><front><article-meta><title-group><article-title>Of mills</article-title>
    </title-group><contrib-group><contrib contrib-type="author"><name><surname>Quill</surname>
    <given-names>Ada</given-names></name></contrib></contrib-group><pub-date><day>2</day>
    <month>5</month><year>2011</year></pub-date><abstract><p>In short.</p></abstract>
    </article-meta></front><body><sec><title>Wheels</title><p>They turn<xref>1</xref>.</p></sec>
    </body></article>"""
    document = read(tmp_path, "a.xml", source)
    assert told(document) == [
        ("heading", "Of mills"),
        ("paragraph", "In short."),
        ("heading", "Wheels"),
        ("paragraph", "They turn1."),
    ]
    assert (document.creator, document.date) == ("Ada Quill", "2011-05-02")


def test_a_document_type_is_not_loaded_and_no_entity_is_expanded(tmp_path) -> None:
    source = TEI.replace("Come in.", "Come &mill;.")
    source = f'<!DOCTYPE TEI SYSTEM "http://x.invalid/a.dtd" [<!ENTITY mill "{"x" * 9}">]>{source}'
    assert "Come &mill;." in read(tmp_path, "a.xml", source).text
