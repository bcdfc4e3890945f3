"""Rich Text: code pages, Unicode, structure, and what is not text left out."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Unreadable
from db.readers import rtf
from tests.db.readers.made import read, told

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Serif;}{\f1\fcharset204 Cyr;}"
    r"{\f2\fcharset134 Song;}}{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\s2 Quote;}"
    r"{\*\cs3 Emphasis;}}{\info{\title Of mills}{\author Ada Quill}}"
)


def test_the_structure_of_a_document_is_kept(tmp_path) -> None:
    source = HEAD + (
        r"{\header Mill of the county\par}"
        r"\pard\s1 The mill\par\pard\plain It ground 40\~sacks{\footnote {\chftn} Ledger, p. 3.}"
        r" a day.\line All year.\par\pard\s2 We ground all we had.\par"
        r"\pard\ls1{\listtext\'b7\tab}rye\par{\listtext 2.\tab}oats\par"
        r"\pard\intbl May\cell 12\cell\row\intbl June\cell 28\cell\row\pard\plain End.\par}"
    )
    document = read(tmp_path, "a.rtf", source)
    assert told(document) == [
        ("boilerplate", "Mill of the county"),
        ("heading", "The mill"),
        ("paragraph", "It ground 40\u00a0sacks[1] a day.\nAll year."),
        ("footnote", "[1] Ledger, p. 3."),
        ("quotation", "We ground all we had."),
        ("list", "rye\n2. oats"),
        ("table", "May\t12\nJune\t28"),
        ("paragraph", "End."),
    ]
    assert (document.title, document.creator) == ("Of mills", "Ada Quill")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (r"\f1 \'cc\'eb\'fb", "Млы"),
        (r"\f2 \'ce\'d2\'c3\'c7", "我们"),
        (r"\u1052?\u1099\'fb!", "Мы!"),
        (r"{\uc2\u8364 EU}x", "€x"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"caf\'e9", "café"),
        (r"a{\v hidden}b{\*\unknown nothing}c{\pict 89504e47}d", "abcd"),
        (r'{\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt here}}', "here"),
        (r"50\{\}\\ a{\deleted old}\emdash b", "50{}\\ a—b"),
        ("one\\\nwo", "one\n\nwo"),
        (r"{\object\objemb{\*\objdata 0105}{\result shown}}x", "x"),
    ],
)
def test_characters_are_read_as_they_were_meant(tmp_path, source, words) -> None:
    assert read(tmp_path, "a.rtf", HEAD + source + r"\par}").text == words


def test_a_person_may_name_the_code_page(tmp_path) -> None:
    data = rb"{\rtf1 \'cc\'fb\par}"
    assert rtf.read(tmp_path, data, encoding="cp1251").text == "Мы"


def test_groups_without_end_are_refused_and_a_bomb_of_words_ends_soon(tmp_path) -> None:
    with pytest.raises(Unreadable, match="nested"):
        read(tmp_path, "a.rtf", r"{\rtf1" + "{" * 100_000)
    started = time.monotonic()
    read(tmp_path, "b.rtf", r"{\rtf1 " + r"\'" * 200_000 + r"\bin99999999999 x")
    assert time.monotonic() - started < 5


@given(st.text(alphabet="\\{}'*abu0123456789 \n", max_size=200))
def test_whatever_stands_in_a_file_is_read_or_refused(source) -> None:
    rtf.read(None, ("{\\rtf1 " + source).encode())
