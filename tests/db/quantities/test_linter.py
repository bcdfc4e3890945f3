"""The linter tells of what looks wrong in a text, and of nothing that does not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import quantities
from db.quantities import linter, names
from db.records import Block, Context


def told(text, language="en"):
    return [text[each.start : each.end] for each in linter.remarks(text, (), (), language)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the training program4 began", ["program4"]),
        ("cost nine dollars9.", ["dollars9"]),
        ("an area of 20 km2 and a G20 meeting of type ZIS-2", []),
        ("signed on 31 April 1940 in the city", ["31 April 1940"]),
        ("signed on 30 April 1940 in the city", []),
        ("on February 30 they left", ["February 30"]),
        ("dated 45.13.1940 by hand", ["45.13.1940"]),
        ("dated 13.10.1940 and 10/13/1940", []),
        ("it brought l,200 rifles and 4OO carts", ["l,200", "4OO"]),
        ("it brought 1,200 rifles and 400 carts, I say", []),
        ("They reached Chungking. In Chongqing they stayed.", ["Chongqing"]),
        ("They reached Chungking and stayed in Chungking.", []),
        ("Mao Tse-tung spoke. Later Mao Zedong wrote.", ["Mao Tse-tung"]),
        ("Chou En-lai spoke. Later Zhou Enlai wrote.", ["Chou En-lai"]),
        ("Teng Hsiao-p'ing spoke. Deng Xiaoping wrote.", ["Teng Hsiao-p'ing"]),
        ("Mao Tse-tung spoke. Later Zhou Enlai wrote.", []),
        ("Ch'en Ch'eng spoke. Later Chen Cheng wrote.", ["Ch'en Ch'eng"]),
        ("Ch'en Ch'eng spoke. Later Chen Yi wrote.", []),
        ("Stettinius came; Stettinius went; Stettenius was told.", ["Stettenius"]),
        ("The Japanese army met Japanese troops and the Chinese.", []),
    ],
)
def test_what_is_told(text, words):
    assert told(text) == words


def test_a_month_of_another_language_is_known():
    assert told("am 31. Juni 1940 kam", "de") == ["31. Juni 1940"]


def test_boilerplate_is_left_alone():
    text = "program4 here"
    assert linter.remarks(text, (Block(0, len(text), "boilerplate"),), (), "en") == ()


def test_remarks_come_with_the_figures():
    text = "The mission took part in the program4 in 1940 with 30 lorries."
    found = quantities.extract(text, (), Context(language="en"))
    assert [each.message for each in found.remarks] == [
        "“program4” may be “program” with the number of a footnote, 4."
    ]


def test_wade_giles_names_have_their_pinyin_among_the_candidates():
    assert "mao zedong" in names.in_pinyin("Mao", "Tse-tung")
    assert "zhu de" not in names.in_pinyin("Mao", "Tse-tung")


@given(st.text("abcXYZ ’'-0123456789.,/lIO", max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_and_every_remark_lies_inside(text):
    for remark in linter.remarks(text, (), (), "en"):
        assert 0 <= remark.start < remark.end <= len(text)
