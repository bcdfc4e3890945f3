"""TEI keeps every word, and the values, dates and notes beside them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from db import edtf, exchange, figures, sources
from db.exchange import tei
from db.exchange.tei_words import Anchor, Mark, fill
from tests.db.exchange.annotated import annotate
from tests.db.exchange.annotated import fill as make

NS = {"t": tei.TEI}
ID = "{http://www.w3.org/XML/1998/namespace}id"


def parsed(archive, path, **how):
    exchange.write(archive, "tei", path, **how)
    return etree.parse(path).getroot()


def passages(text):
    """The words of each passage, as they stand in the file."""
    wanted = ("p", "head", "item", "quote", "note", "ab")
    return [
        "".join(each.itertext())
        for each in text.iterfind("t:body//*", NS)
        if etree.QName(each).localname in wanted
    ]


def test_every_passage_of_every_text_is_there_word_for_word(tree, tmp_path):
    root = parsed(tree, tmp_path / "out.xml", restricted=True)
    texts = root.findall("t:TEI", NS)
    kept = [each for each in sources.all(tree) if each.text_id is not None]
    assert {each.get(ID) for each in texts} == {f"s-{each.uuid}" for each in kept}
    for each in kept:
        (text,) = root.xpath(f"t:TEI[@xml:id='s-{each.uuid}']/t:text", namespaces=NS)
        assert passages(text) == [passage.text for passage in sources.passages(tree, each.id)]


def read_value(element):
    number = element.find("t:num", NS) if element.tag.endswith("measure") else element
    said = dict(element.attrib) | ({} if number is None else dict(number.attrib))
    value = float(element.get("quantity") or element.get("value"))
    high = float(said["max"]) if "max" in said else None
    units = {"percentage": "percent", "fraction": "fraction"}
    unit = units.get(said.get("type"), (said.get("unit") or "").replace("_", " ") or None)
    return "".join(element.itertext()), value, high, unit, element.get("commodity")


def test_figures_come_back_with_their_values(tree, tmp_path):
    root = parsed(tree, tmp_path / "out.xml")
    found = [read_value(each) for each in root.iter(f"{{{tei.TEI}}}measure", f"{{{tei.TEI}}}num")
             if each.get("subtype")]  # fmt: skip
    going = {each.id for each in sources.all(tree) if each.reference_code == "HP/1"}
    wanted = [
        (kept.figure.text, kept.figure.value, kept.figure.value_high, kept.figure.unit,
         kept.figure.of)
        for kept in figures.all(tree) if kept.source_id in going
    ]  # fmt: skip
    assert sorted(found, key=str) == sorted(wanted, key=str)
    assert len(found) >= 2


def read_date(element):
    if custom := element.get("when-custom"):
        return custom
    if element.get("from"):
        return f"{element.get('from')}/{element.get('to')}"
    return element.get("when")


def test_dates_come_back_as_edtf(tree, tmp_path):
    root = parsed(tree, tmp_path / "out.xml")
    body = root.find("t:text/t:body", NS)
    going = next(each.id for each in sources.all(tree) if each.reference_code == "HP/1")
    assert [("".join(each.itertext()), read_date(each)) for each in body.iter(f"{{{tei.TEI}}}date")] == [
        (each.period.text, each.period.date) for each in figures.periods(tree, going)
    ]  # fmt: skip
    bibliographic = root.find(".//t:sourceDesc/t:bibl/t:date", NS)
    assert read_date(bibliographic) == "1938-03~"
    assert bibliographic.get("notBefore") == "1938-03-01"


@pytest.mark.parametrize("date", ["1938", "1938-03", "1938-03-03", "1938/1940-05", "193X", "1940-21",
                                  "1938/..", "1938~"])  # fmt: skip
def test_any_date_can_be_said(date):
    element = etree.Element("date", {n: v for n, v in tei.dated(date).items() if v})
    assert read_date(element) == date
    assert edtf.is_valid(date)


def test_notes_point_to_their_words(archive, tmp_path):
    ids = make(archive)
    annotate(archive, ids)
    root = parsed(archive, tmp_path / "out.xml")
    found = root.findall(".//t:back//t:note", NS)
    assert {each.get("type") for each in found} == {"highlight", "note", "bookmark", "memo"}
    for each in found:
        if each.get("target") is None:
            continue
        text = each.getparent().getparent().getparent()
        start, end = each.get("target")[1:], each.get("targetEnd")[1:]
        words, is_inside = "", False
        for _event, element in etree.iterwalk(text.find("t:body", NS), events=("start", "end")):
            if _event == "start":
                is_inside = is_inside or element.get(ID) == start
                if element.get(ID) == end:
                    is_inside = False
                words += (element.text or "") if is_inside else ""
            else:
                words += (element.tail or "") if is_inside else ""
        assert words == each.findtext("t:quote", None, NS)


PLACES = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(sorted)


@given(
    st.text("ab 🚢\n", min_size=1, max_size=20),
    st.lists(st.tuples(PLACES, st.sampled_from(["measure", "date", "num"])), max_size=6),
    st.lists(st.integers(0, 20), max_size=4),
)
@settings(max_examples=200, deadline=None)
def test_no_word_is_lost_whatever_crosses_what(text, spans, points):
    marks = [
        Mark(start + 7, min(end, len(text)) + 7, tag)
        for (start, end), tag in spans
        if start < min(end, len(text))
    ]
    marks.sort(key=lambda mark: (mark.start, -mark.end, mark.tag))
    anchors = [Anchor(min(at, len(text)) + 7, f"n{n}") for n, at in enumerate(sorted(points))]
    element = etree.Element("{x}p", nsmap={None: "x"})
    crossing = fill(element, text, 7, marks, anchors)
    assert "".join(element.itertext()) == text
    told = [
        each for each in element.iter() if etree.QName(each).localname in {"measure", "date", "num"}
    ]
    assert len(told) + len(crossing) == len(marks)
    lost = [mark for _, mark in crossing]
    nested = list(marks)
    for mark in lost:
        nested.remove(mark)
    assert sorted("".join(each.itertext()) for each in told) == sorted(
        text[mark.start - 7 : mark.end - 7] for mark in nested
    )
    assert len(element.findall(".//{x}anchor")) == len(anchors) + 2 * len(crossing)
