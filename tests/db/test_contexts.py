"""Keyword in context: one line for each match, sorted by what stands beside it."""

import pytest

from db import search
from db.contexts import ordered
from db.query import Query
from tests.db.search_archive import add_figure, add_source


@pytest.fixture
def loans(archive):
    add_source(
        archive,
        [
            "First a large loan to China,\nthen a small Loan of rice.",
            "No more.",
            "Every loan came late.",
        ],
    )
    return archive


def lines(archive, **options):
    query = Query.parse("loan")
    ids = sorted(search.find(archive, query).ids)
    return search.contexts(archive, ids, query, **options)


def test_every_match_has_a_line_with_its_place_in_the_source(loans):
    (text,) = loans.reading().execute("SELECT text FROM texts").fetchone()
    found = lines(loans, width=10)
    assert [text[each.start : each.end] for each in found] == ["loan", "Loan", "loan"]
    assert [(each.left, each.match, each.right) for each in found] == [
        ("t a large ", "loan", " to China,"),
        ("n a small ", "Loan", " of rice."),
        ("Every ", "loan", " came late"),
    ]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("text", ["large", "small", "Every"]),
        ("left", ["Every", "large", "small"]),
        ("right", ["Every", "small", "large"]),
    ],
)
def test_lines_are_sorted_by_the_nearest_words(loans, sort, order):
    found = ordered(lines(loans), sort)
    assert [each.left.split()[-1] for each in found] == order


def test_lines_hold_no_line_ends(loans):
    assert not any("\n" in each.left + each.match + each.right for each in lines(loans))
    assert lines(loans)[0].right.startswith(" to China, then")


def test_a_deeper_sort_looks_past_equal_neighbours(archive):
    add_source(archive, ["the big loan", "a big loan", "one big loan"])
    assert [each.left for each in ordered(lines(archive), "left", depth=2)] == [
        "a big ",
        "one big ",
        "the big ",
    ]
    assert ordered(lines(archive), "left", depth=1)[0].left == "the big "


def test_figures_that_a_field_asks_for_have_lines_too(loans):
    add_figure(loans, 2, 5, "USD")
    query = Query.parse("unit:USD")
    found = search.contexts(loans, search.find(loans, query).ids, query)
    assert [(each.match, each.right) for each in found] == [("N", "o more.")]
