"""Links to words lead back to them, after a correction too, and never to other words."""

import uuid

import pytest

from db import errors, known, sources, stable_link
from db.archive import now
from db.records import Span
from tests.db.annotated_archive import LETTER, add_source, digest


@pytest.fixture
def letter(archive):
    return add_source(archive, "Letter", LETTER)[0]


def test_a_link_leads_back_to_its_words(archive, letter):
    at = LETTER.index("🔥")
    link = stable_link.of(archive, letter, Span(at, at + 8))
    assert str(link) == f"muniment:{archive.uuid}/{link.source_uuid}/1#{at},{at + 8}"
    assert stable_link.parse(str(link)) == link
    assert stable_link.find(archive, link) == stable_link.Found(letter, Span(at, at + 8))
    whole = stable_link.of(archive, letter)
    assert stable_link.find(archive, stable_link.parse(str(whole))).span is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "muniment:",
        "muniment:x/y/1",
        "muniment:a#1,2",
        "http://x.example/",
        "muniment:" + "1" * 99,
    ],
)
def test_what_is_no_link_is_refused(text):
    with pytest.raises(errors.BadLinkText):
        stable_link.parse(text)


def test_a_span_that_ends_before_it_begins_is_no_link(archive, letter):
    link = str(stable_link.of(archive, letter, Span(4, 9))).replace("#4,9", "#9,4")
    with pytest.raises(errors.BadLinkText):
        stable_link.parse(link)


def correct(archive, source_id, text):
    with archive.writing("sources") as database:
        text_id = database.execute(
            "INSERT INTO texts (uuid, source_id, version, text, sha256, made_at)"
            " VALUES (?, ?, 2, ?, ?, ?)",
            [str(uuid.uuid4()), source_id, text, digest(text), now()],
        ).lastrowid
        database.execute("UPDATE sources SET text_id = ? WHERE id = ?", [text_id, source_id])


def test_a_link_into_an_older_text_finds_its_words_again(archive, letter):
    at = LETTER.index("Nobody")
    link = stable_link.of(archive, letter, Span(at, at + 6))
    correct(archive, letter, "A new line. " + LETTER)
    assert stable_link.find(archive, link).span == Span(at + 12, at + 18)


def test_words_that_are_gone_are_told_to_be(archive, letter):
    at = LETTER.index("Nobody")
    link = stable_link.of(archive, letter, Span(at, at + 6))
    correct(archive, letter, "Something else.")
    assert stable_link.find(archive, link) == stable_link.Found(letter, None, is_lost=True)
    outside = stable_link.StableLink(archive.uuid, link.source_uuid, 2, Span(0, 999))
    assert stable_link.find(archive, outside).is_lost


def test_unknown_archives_and_sources_are_told(archive, letter):
    link = stable_link.of(archive, letter)
    other = stable_link.StableLink(str(uuid.uuid4()), link.source_uuid, 1)
    with pytest.raises(errors.UnknownArchive):
        stable_link.find(archive, other)
    with pytest.raises(errors.UnknownArchive):
        stable_link.archive_path(other)
    assert stable_link.archive_path(link) == archive.path.resolve()
    assert known.path_of("../../x") is None
    sources.remove(archive, [letter])
    with pytest.raises(errors.UnknownSource):
        stable_link.find(archive, link)
