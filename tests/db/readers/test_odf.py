"""OpenDocument texts: structure, notes, tables, struck-out text left out, locked ones refused."""

import pytest

from db.errors import Unreadable
from tests.db.readers.made import odt, packed, pages, read, told

BODY = """<text:tracked-changes><text:p>struck out</text:p></text:tracked-changes>
<text:h text:outline-level="2">The well</text:h>
<text:p>It gave<text:s text:c="2"/>40 pails<text:note><text:note-citation>1</text:note-citation>
<text:note-body><text:p>Ledger, p. 3.</text:p></text:note-body></text:note> a day.<text:line-break
/>All year.<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame></text:p>
<text:p text:style-name="P1">We drew all we had.</text:p>
<text:list><text:list-item><text:p>rope</text:p></text:list-item>
<text:list-item><text:p>pail</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>May</text:p></table:table-cell>
<table:table-cell><text:p>12</text:p></table:table-cell></table:table-row></table:table>"""
STYLES = """<style:style style:name="P1" style:family="paragraph"
style:parent-style-name="Quotations"/>
<style:master-page><style:header><text:p>County wells</text:p></style:header></style:master-page>"""


def test_the_structure_of_a_text_is_kept(tmp_path) -> None:
    meta = "<dc:title>Of wells</dc:title><dc:creator>Ada Quill</dc:creator>"
    document = read(tmp_path, "a.odt", odt(BODY, meta, STYLES))
    assert told(document) == [
        ("boilerplate", "County wells"),
        ("heading", "The well"),
        ("paragraph", "It gave 40 pails[1] a day.\nAll year."),
        ("paragraph", "In a box."),
        ("footnote", "[1] Ledger, p. 3."),
        ("quotation", "We drew all we had."),
        ("list", "rope\npail"),
        ("table", "May\t12"),
    ]
    assert (document.title, document.creator) == ("Of wells", "Ada Quill")


def test_pages_are_those_that_were_saved(tmp_path) -> None:
    body = (
        "<text:p>One.</text:p><text:p>Two<text:soft-page-break/> three.</text:p><text:p>4</text:p>"
    )
    assert pages(read(tmp_path, "a.odt", odt(body))) == [
        ("1", "One."), ("1", "Two three."), ("2", "4"),
    ]  # fmt: skip


def test_a_locked_text_is_refused_as_locked(tmp_path) -> None:
    data = packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": "<m><encryption-data/></m>",
            "content.xml": b"\x93\x01\x02",
        }
    )
    with pytest.raises(Unreadable, match="encrypted"):
        read(tmp_path, "a.odt", data)
