"""What is typed and what is clicked are one text: narrowing adds to it, widening takes away."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.query import Field, Query
from desktop import query_text
from tests.db.test_query import strange_text


@pytest.mark.parametrize(
    ("text", "facet", "value", "expected"),
    [
        ("Tung oil", "creator", "Ada", "Tung oil creator:Ada"),
        ("", "unit", "USD", "unit:USD"),
        ("loan", "decade", "1940s", "loan year:1940..1949"),
        ("loan year:1930..1939", "decade", "1940s", "loan year:1940..1949"),
        ("loan", "tag", "to be checked", 'loan tag:"to be checked"'),
        ("a OR b", "kind", "table", "(a OR b) kind:table"),
        ('"open', "kind", "table", '"open" kind:table'),
        ("loan kind:table", "kind", "table", "loan kind:table"),
    ],
)
def test_narrowing_keeps_what_was_typed_where_it_can(text, facet, value, expected):
    assert query_text.narrowed(text, facet, value) == expected


@settings(max_examples=80, deadline=None)
@given(strange_text, st.sampled_from([("kind", "table"), ("creator", "Ada B"), ("year", "1940")]))
def test_what_narrows_a_search_can_be_taken_away_again(text, field):
    text = " ".join(each for each in [text] if not query_text.narrowings(each))
    narrowed = query_text.narrowed(text, *field)
    assert field in query_text.narrowings(narrowed)
    widened = query_text.widened(narrowed, *field)
    assert Query.parse(widened).root == Query.parse(text).root


@pytest.mark.parametrize(
    ("facet", "value"),
    [
        ("language", "en-GB"), ("unit", "Yuan"), ("creator", 'Ada "Ace"  B'), ("tag", "“so called”"),
        ("decade", "1940s"), ("level", "Item"),
    ],
)  # fmt: skip
def test_a_facet_that_narrows_is_known_again_however_its_value_is_written(facet, value):
    narrowed = query_text.narrowed("loan", facet, value)
    assert query_text.narrowings(narrowed) == [query_text.field_of(facet, value)]
    assert query_text.widened(narrowed, *query_text.field_of(facet, value)) == "loan"


def test_a_facet_without_a_word_narrows_nothing_and_breaks_nothing():
    assert query_text.narrowings(query_text.narrowed("loan", "tag", '"')) == []


def test_a_chip_stands_for_each_field_beside_the_words():
    text = 'loan creator:"Ada B" (kind:table OR x) -unit:USD year:1940'
    assert query_text.narrowings(text) == [("creator", "Ada B"), ("year", "1940")]
    assert query_text.field_of("decade", "1930s") == ("year", "1930..1939")
    assert Query.parse(query_text.widened(text, "year", "1940")).root is not None
    assert (
        Field("year", "1940") not in Query.parse(query_text.widened(text, "year", "1940")).leaves()
    )


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("lend le", "le"), ("(tin OR tu", "tu"), ("-lo", "lo"), ('"tung o', ""), ("title:le", ""),
        ("loan ", ""), ("lo*", ""), ("a OR", ""), ("貸款", "貸款"),
    ],
)  # fmt: skip
def test_only_a_word_that_is_being_typed_is_completed(text, word):
    head, last = query_text.split_last_word(text)
    assert last == word
    assert head + last == text


@pytest.mark.parametrize(
    ("text", "has"),
    [("loan", False), ("a (b OR -c)", False), ("a (b OR -tag:c)", True), ("", False)],
)
def test_a_query_of_words_alone_is_known_as_one(text, has):
    assert query_text.asks_for_fields(Query.parse(text)) is has
