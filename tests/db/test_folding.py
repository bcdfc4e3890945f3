"""Folding and tokens: what counts as the same word, and that the index sees what we see."""

import sqlite3

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from db import folding

ALPHABET = (
    "aZ09 é'’\u2013-_.,\n\u00adßёЁйЙи\u0306贷款元年航空隊がガ\u3099ｶﾞ１½²ﬁ٣أºª한국"
    "\u0301\u200d\ufeffçŒŉǆΣςά\U00020000\U0001f600\ue000"
)


def tokens_of_the_index(text: str) -> list[str]:
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE VIRTUAL TABLE fts USING fts5(words, tokenize = 'unicode61 remove_diacritics 2')"
    )
    database.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab(fts, instance)")
    database.execute("INSERT INTO fts (words) VALUES (?)", [text])
    rows = database.execute("SELECT term FROM vocabulary ORDER BY offset").fetchall()
    database.close()
    return [term for (term,) in rows]


def test_every_safe_character_means_to_the_index_what_it_means_to_us():
    characters = [chr(code) for code in range(1, 0x3000) if folding.is_plain(chr(code))]
    assert len(characters) > 900
    text = " ".join(f"a{character}b {character}" for character in characters)
    assert tokens_of_the_index(text) == folding.words(text)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("Élan", "elan"),
        ("ЁЛКА", "елка"),
        ("Straße", "STRASSE"),
        ("И\u0306од", "йод"),
        ("１９４０", "1940"),
        ("٣٤", "34"),
        ("ﬁn", "fin"),
        ("trans\u00adport", "transport"),
        ("ｶﾞ", "ガ"),
        ("貳萬億", "二万亿"),
        ("cafe\u0301", "café"),
    ],
)
def test_these_are_one_word(word, other):
    assert folding.fold(word) == folding.fold(other)


@pytest.mark.parametrize(("word", "other"), [("йод", "иод"), ("が", "か"), ("loan", "loans")])
def test_these_are_two_words(word, other):
    assert folding.fold(word) != folding.fold(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yen'an, Yen’an and Yenʼan", ["yen", "an", "yen", "an", "and", "yen", "an"]),
        ("lend-lease lend\u2013lease", ["lend", "lease", "lend", "lease"]),
        ("the loan² of 1,300 km²", ["the", "loan", "2", "of", "1", "300", "km", "2"]),
        ("1½ million", ["1", "½", "million"]),
        ("1940年10月贷款", ["1940", "年", "10", "月", "贷", "款"]),
    ],
)
def test_words_are_parted_where_a_reader_would(text, expected):
    assert folding.words(text) == expected


def test_plain_text_is_indexed_as_it_is():
    assert folding.index_words("A “naïve” loan — 25 %, ‘café’ Москва") is None


def test_a_run_of_chinese_is_indexed_as_pairs_and_its_last_character():
    assert folding.index_words("贷款五千万, 元") == "贷款 款五 五千 千万 万 元"


def test_a_line_break_does_not_part_a_chinese_word():
    assert folding.index_words("贷\n款") == "贷款 款"
    assert folding.index_words("贷 款") == "贷 款"


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from(ALPHABET), max_size=40))
@example("loan\u0301 é 贷\n款")
def test_the_index_has_our_tokens_at_our_places(text):
    indexed = folding.index_words(text)
    seen = tokens_of_the_index(text if indexed is None else indexed)
    ours = folding.words(text)
    assert len(seen) == len(ours)
    for index_term, word in zip(seen, ours, strict=True):
        assert index_term == word or (folding.is_cjk(word) and index_term.startswith(word))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_tokens_lie_in_the_text_and_fold_to_what_they_say(text):
    end = 0
    for token in folding.tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert folding.fold(text[token.start : token.end]) == token.folded
        end = token.end


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(word):
    assert folding.fold(folding.fold(word)) == folding.fold(word)
