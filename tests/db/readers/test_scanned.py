"""What recognition programs wrote: lines joined, words broken at a line's end whole again."""

import pytest

import db.readers
from tests.db.readers.made import packed, pages, read, told

ALTO = """<alto><Layout><Page PHYSICAL_IMG_NR="4"><TopMargin><TextBlock><TextLine>
<String CONTENT="Of mills"/></TextLine></TextBlock></TopMargin><PrintSpace><TextBlock><TextLine>
<String CONTENT="It"/><SP/><String CONTENT="gro"/><HYP CONTENT="-"/></TextLine><TextLine>
<String CONTENT="und"/><SP/><String CONTENT="rye."/></TextLine></TextBlock></PrintSpace></Page>
</Layout></alto>"""
PAGE = """<PcGts><Page><ReadingOrder><OrderedGroup id="g"><RegionRefIndexed index="1" regionRef="b"/>
<RegionRefIndexed index="0" regionRef="a"/></OrderedGroup></ReadingOrder>
<TextRegion id="b"><TextLine><TextEquiv index="1"><Unicode>wrong</Unicode></TextEquiv>
<TextEquiv index="0"><Unicode>It gro¬</Unicode></TextEquiv></TextLine><TextLine><TextEquiv>
<Unicode>und rye.</Unicode></TextEquiv></TextLine></TextRegion>
<TextRegion id="a" type="heading"><TextLine><Word><TextEquiv><Unicode>The</Unicode></TextEquiv>
</Word><Word><TextEquiv><Unicode>mill</Unicode></TextEquiv></Word></TextLine></TextRegion>
<TextRegion id="c" type="page-number"><TextEquiv><Unicode>4</Unicode></TextEquiv></TextRegion>
</Page></PcGts>"""


def test_alto_blocks_are_passages_with_their_page(tmp_path) -> None:
    assert pages(read(tmp_path, "a.xml", ALTO)) == [("4", "Of mills"), ("4", "It ground rye.")]


def test_page_regions_come_in_their_reading_order_with_the_best_reading(tmp_path) -> None:
    assert told(read(tmp_path, "a.xml", PAGE)) == [
        ("heading", "The mill"), ("paragraph", "It ground rye."), ("boilerplate", "4"),
    ]  # fmt: skip


METS = """<mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink">
<mets:dmdSec ID="D"><mets:mdWrap><mets:xmlData><mods><relatedItem><titleInfo><title>Other</title>
</titleInfo><originInfo><dateIssued keyDate="yes">1801</dateIssued></originInfo></relatedItem>
<titleInfo><title>The mill</title><subTitle>a ledger</subTitle></titleInfo>
<name><namePart type="family">Quill</namePart><namePart type="given">Ada</namePart></name>
<originInfo><dateIssued>1750</dateIssued><dateIssued keyDate="yes">1749</dateIssued></originInfo>
<language><languageTerm>eng</languageTerm></language></mods></mets:xmlData></mets:mdWrap></mets:dmdSec>
<mets:fileSec><mets:fileGrp USE="FULLTEXT">{files}</mets:fileGrp></mets:fileSec>
<mets:structMap TYPE="LOGICAL"><mets:div/></mets:structMap><mets:structMap TYPE="PHYSICAL"><mets:div>
<mets:div ORDER="1" ORDERLABEL="iv"><mets:fptr FILEID="b"/></mets:div>
<mets:div ORDER="2" ORDERLABEL=" - "><mets:fptr FILEID="x"/><mets:fptr FILEID="a"/></mets:div>
<mets:div ORDER="3"><mets:fptr FILEID="y"/></mets:div></mets:div></mets:structMap></mets:mets>"""


def mets(**places):
    return METS.format(
        files="".join(
            f'<mets:file ID="{name}"><mets:FLocat xlink:href="{href}"/></mets:file>'
            for name, href in places.items()
        )
    )


def test_the_pages_of_a_digitised_work_are_read_in_the_order_of_its_map(tmp_path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "p 2.xml").write_text(ALTO)
    (tmp_path / "text" / "p1.xml").write_text(PAGE)
    (tmp_path.parent / "outside.xml").write_text(ALTO)
    made = mets(
        b="text/p1.xml", a="text/p%202.xml", x="http://mill.example/p2.xml", y="../outside.xml"
    )
    document = read(tmp_path, "mets.xml", made)
    assert pages(document) == [
        ("iv", "The mill"), ("iv", "It ground rye."), ("iv", "4"), ("2", "Of mills"),
        ("2", "It ground rye."),
    ]  # fmt: skip
    assert (document.title, document.creator, document.date, document.language) == (
        "The mill: a ledger", "Quill, Ada", "1749", "en",
    )  # fmt: skip
    assert document.remarks == ("members_missing:1",)


@pytest.mark.parametrize("where", ["../{}", "{}/{}", "file://{}/{}", "a/../../{}"])
def test_no_page_is_read_from_beyond_the_folder_of_the_work(tmp_path, where) -> None:
    (tmp_path.parent / "outside.xml").write_text(ALTO)
    names = (tmp_path.parent, "outside.xml")[-where.count("{}") :]
    document = read(tmp_path, "mets.xml", mets(b=where.format(*names)))
    assert (document.text, document.remarks) == ("", ("members_missing:1",))


@pytest.mark.parametrize("href", ["..\\beyond.xml", "..%5Cbeyond.xml"])
def test_no_page_is_named_as_another_system_names_a_folder(tmp_path, href) -> None:
    (tmp_path / "..\\beyond.xml").write_text(ALTO)
    assert read(tmp_path, "mets.xml", mets(b=href)).remarks == ("members_missing:1",)


def test_a_work_inside_a_zip_reads_nothing_that_lies_about(tmp_path, monkeypatch) -> None:
    (tmp_path / "p1.xml").write_text(ALTO)
    (tmp_path / "a.zip").write_bytes(packed({"mets.xml": mets(b="p1.xml")}))
    monkeypatch.chdir(tmp_path)
    document, _ = db.readers.member(tmp_path / "a.zip", ("mets.xml",))
    assert (document.title, document.text) == ("The mill: a ledger", "")


def test_a_work_whose_pages_are_elsewhere_is_described_and_says_so(tmp_path) -> None:
    document = read(tmp_path, "mets.xml", mets(b="text/p1.xml", a="text/p2.xml"))
    assert (document.text, document.title) == ("", "The mill: a ledger")
    assert document.remarks == ("members_missing:2",)
