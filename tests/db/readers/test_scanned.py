"""What recognition programs wrote: lines joined, words broken at a line's end whole again."""

from tests.db.readers.made import pages, read, told

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
