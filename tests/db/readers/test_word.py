"""Word documents: structure, notes below their paragraph, pages where Word has set them."""

import re
import zipfile

import pytest

from db.errors import Unreadable
from tests.db.readers.made import docx, pages, read, told

STYLES = (
    '<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="H1"/></w:style>'
    '<w:style w:styleId="Q"><w:name w:val="Intense Quote"/></w:style>'
    '<w:style w:styleId="L"><w:name w:val="List Bullet"/><w:pPr><w:numPr/></w:pPr></w:style>'
)


def paragraph(words: str, style: str = "", more: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{words}</w:t>{more}</w:r></w:p>"


def test_headings_lists_quotations_tables_and_notes_are_kept(tmp_path) -> None:
    cell = "<w:tc>{}</w:tc>".format
    body = (
        paragraph("The mill", "H1")
        + paragraph("It ground 40 sacks", more='<w:footnoteReference w:id="2"/>')
        + paragraph("We ground all we had.", "Q")
        + paragraph("rye", "L")
        + paragraph("oats", "L")
        + f"<w:tbl><w:tr>{cell(paragraph('May'))}{cell(paragraph('12'))}</w:tr>"
        f"<w:tr>{cell(paragraph('June'))}{cell(paragraph('28'))}</w:tr></w:tbl>"
        + paragraph("Later years", "Own")
    )
    footnotes = (
        f'<w:footnote w:id="-1" w:type="separator">{paragraph("nothing")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Ledger, p. 3.")}</w:footnote>'
    )
    document = read(tmp_path, "mill.docx", docx(body, styles=STYLES, footnotes=footnotes))
    assert told(document) == [
        ("heading", "The mill"),
        ("paragraph", "It ground 40 sacks[1]"),
        ("footnote", "[1] Ledger, p. 3."),
        ("quotation", "We ground all we had."),
        ("list", "rye\noats"),
        ("table", "May\t12\nJune\t28"),
        ("heading", "Later years"),
    ]
    assert document.title == "The mill"


def test_what_a_revision_struck_out_is_left_out_and_boxes_follow_their_paragraph(tmp_path) -> None:
    box = f"<w:pict><w:txbxContent>{paragraph('In a box.')}</w:txbxContent></w:pict>"
    body = (
        "<w:p><w:r><w:t>Sold </w:t></w:r><w:del><w:r><w:delText>ten</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>twelve</w:t></w:r></w:ins><w:r><w:t> sacks</w:t><w:br/><w:t>at</w:t>"
        f"<w:tab/><w:t>noon.</w:t><w:softHyphen/>{box}</w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    header = paragraph("Mill of the county")
    document = read(tmp_path, "a.docx", docx(body, header=header))
    assert told(document) == [
        ("boilerplate", "Mill of the county"),
        ("paragraph", "Sold twelve sacks\nat noon."),
        ("paragraph", "In a box."),
    ]


def test_pages_are_those_word_has_set(tmp_path) -> None:
    broken = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>{}</w:t></w:r>{}</w:p>".format
    section = '<w:pPr><w:sectPr><w:pgNumType w:fmt="lowerRoman" w:start="3"/></w:sectPr></w:pPr>'
    last = '<w:sectPr><w:pgNumType w:fmt="decimal" w:start="1"/></w:sectPr>'
    body = (
        paragraph("Preface.")
        + f"<w:p>{section}<w:r><w:lastRenderedPageBreak/><w:t>More.</w:t></w:r></w:p>"
        + paragraph("Chapter.")
        + broken("On.", "")
        + last
    )
    found = pages(read(tmp_path, "a.docx", docx(body)))
    assert found == [("iii", "Preface."), ("iv", "More."), ("1", "Chapter."), ("2", "On.")]
    unset = read(tmp_path, "b.docx", docx(paragraph("One.", more='<w:br w:type="page"/>')))
    assert pages(unset) == [(None, "One.")]


def test_title_and_creator_are_taken_unless_a_program_made_them_up(tmp_path) -> None:
    core = "<dc:title>Of mills</dc:title><dc:creator>Ada Quill</dc:creator>"
    document = read(tmp_path, "a.docx", docx(paragraph("x"), core=core))
    assert (document.title, document.creator) == ("Of mills", "Ada Quill")
    core = "<dc:title>Microsoft Word - mill.doc</dc:title><dc:creator>Administrator</dc:creator>"
    document = read(tmp_path, "b.docx", docx(paragraph("x"), core=core))
    assert (document.title, document.creator) == (None, None)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 and no more", "damaged"),
        (docx("<w:p><w:r>"), "damaged"),
        (b"words alone", "damaged"),
    ],
)
def test_a_damaged_document_is_refused_with_what_is_wrong(tmp_path, data, reason) -> None:
    with pytest.raises(Unreadable) as refused:
        read(tmp_path, "a.docx", data)
    assert refused.value.reason == reason
    assert refused.value.facts["detail"]


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<Types/>")
        with bomb.open("word/document.xml", "w", force_zip64=True) as member:
            for _ in range(150):
                member.write(b" " * (1 << 20))
    with pytest.raises(Unreadable, match="beyond all measure"):
        read(tmp_path, "bomb.docx", path.read_bytes())


def test_entities_are_not_expanded_and_nothing_outside_is_read(tmp_path) -> None:
    data = docx(paragraph("&secret;"))
    document = read(tmp_path, "a.docx", data)
    assert told(document) == [("paragraph", "&secret;")]


def test_a_document_and_the_markdown_of_it_have_the_same_words_and_passages(tmp_path) -> None:
    cell = "<w:tc>{}</w:tc>".format
    body = (
        paragraph("The mill", "H1")
        + paragraph("It ground 40 sacks of rye in May, and twelve of oats.")
        + paragraph("We ground all we had.", "Q")
        + paragraph("rye", "L")
        + paragraph("oats", "L")
        + f"<w:tbl><w:tr>{cell(paragraph('May'))}{cell(paragraph('12'))}</w:tr>"
        f"<w:tr>{cell(paragraph('June'))}{cell(paragraph('28'))}</w:tr></w:tbl>"
    )
    expected = (
        "# The mill\n\nIt ground 40 sacks of rye in May, and twelve of oats.\n\n"
        "> We ground all we had.\n\n- rye\n- oats\n\n| May | 12 |\n| --- | --- |\n| June | 28 |\n"
    )
    found, other = (
        [(kind, re.findall(r"\w+", words)) for kind, words in told(document)]
        for document in (
            read(tmp_path, "mill.docx", docx(body, styles=STYLES)),
            read(tmp_path, "mill.md", expected),
        )
    )
    assert found == other
