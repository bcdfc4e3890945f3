"""The query language: what is understood, and that any string at all is."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from db.query import And, Field, Near, Not, Or, Query, Words

PIECES = [
    "loan", "Lend-Lease", "Yen'an", "1300", "1,300", "1 300", "$25", "64.87%", "C++", "贷款", "款",
    "1940年10月", "½", "km²", "AND", "OR", "NOT", "-", "(", ")", '"', "“", "”", "*", "~10", "~",
    ":", "=", " ", " ", " ", "year:", "1939..1941", "value:>=100M", "unit:USD", "title:", "near:",
    "exact:", "kind:boilerplate", "foo:bar", "thirteen hundred", "ё", "é\u0301",
    "\u00ad", "\x00", "!", "has:figure", "date:1940-10", "status:", "language:English",
    "\n", "（", "-(", '="',
]  # fmt: skip
strange_text = st.one_of(
    st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
)


def word(*tokens):
    return Words(tokens)


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("Loan", word("loan")),
        ("loan credit", And((word("loan"), word("credit")))),
        ("loan AND credit", And((word("loan"), word("credit")))),
        ("loan OR credit", Or((word("loan"), word("credit")))),
        ("a b OR c", Or((And((word("a"), word("b"))), word("c")))),
        ("a (b OR c)", And((word("a"), Or((word("b"), word("c")))))),
        ("loan -credit", And((word("loan"), Not(word("credit"))))),
        ("NOT NOT loan", word("loan")),
        ("lend-lease", word("lend", "lease")),
        ("Yen’an", word("yen", "an")),
        ('"lend lease"', Words(("lend", "lease"), "phrase")),
        ("“lend lease”", Words(("lend", "lease"), "phrase")),
        ("=loans", Words(("loans",), "phrase")),
        ("exact: loans", Words(("loans",), "phrase")),
        ("aero*", Words(("aero",), "prefix")),
        ('"lend lease"~5', Near((("lend",), ("lease",)), 5)),
        ('near:"lend lease"', Near((("lend",), ("lease",)), 10)),
        ("1300", Words(("1300",), "number")),
        ("1,300", Words(("1300",), "number")),
        ("1.300", Words(("1300",), "number")),
        ("1 300", Words(("1300",), "number")),
        ("$1,300", Words(("1300",), "number")),
        ('"thirteen hundred"', Words(("1300",), "number")),
        ("64.87%", word("64", "87")),
        ("贷款", word("贷", "款")),
        ("year:1939..1941", Field("year", "1939..1941")),
        ("year:1930s", Field("year", "1930..1939")),
        ("year:>=1940", Field("year", ">=1940")),
        ("value:>=100M", Field("value", ">=100000000")),
        ("value:1.5..2.5bn", Field("value", "1.5..2500000000")),
        ("unit:dollars", Field("unit", "USD")),
        ("language:English", Field("language", "en")),
        ("kind:footnotes", Field("kind", "footnote")),
        ('title:"the long march"', Field("title", "the long march")),
        ("date:1940-10", Field("date", "1940-10")),
        ("", None),
        ("!? -- ()", None),
    ],
)
def test_a_query_means(text, root):
    assert Query.parse(text).root == root


@pytest.mark.parametrize(
    ("text", "root", "remark"),
    [
        ('"lend lease', Words(("lend", "lease"), "phrase"), "quotation mark"),
        ("(loan", word("loan"), "parenthesis"),
        ("loan)", word("loan"), "parenthesis"),
        ("loan OR", word("loan"), "OR"),
        ("loan NOT", word("loan"), "NOT"),
        ("colour:red", word("colour", "red"), "no field"),
        ("year:soon", Words(("year", "soon"), "phrase"), "searched as words"),
        ("status:lost", Words(("status", "lost"), "phrase"), "searched as words"),
        ("loan + credit", And((word("loan"), word("credit"))), "holds no word"),
    ],
)
def test_what_cannot_be_read_is_searched_as_words_and_said(text, root, remark):
    query = Query.parse(text)
    assert query.root == root
    assert remark in query.understood


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("loan", "Passages with “loan” in any of its forms."),
        ("1300", "Passages with the number 1300 (also 1 300, one thousand three hundred, thirteen "
                 "hundred)."),
        ("loan -credit year:1940", "Passages with “loan” in any of its forms but not those with "
                                   "“credit” in any of its forms and that speak of 1940."),
        ("value:>=25M unit:USD", "Passages with a figure 25,000,000 or more and with a figure "
                                 "whose unit is USD."),
        ("", "Nothing to search for."),
    ],
)  # fmt: skip
def test_it_is_said_in_plain_english_what_was_understood(text, sentence):
    assert Query.parse(text).understood == sentence


def test_a_field_that_a_form_filled_in_is_written_so_that_it_can_be_read():
    for value in ("a (b) c", 'the "Red" file', "x", "two words"):
        node = Query.parse(Query(Field("title", value)).text()).root
        assert isinstance(node, Field)
        assert node.value.replace(" ", "") == value.replace('"', "").replace(" ", "")


def test_a_long_paste_is_cut_and_said():
    query = Query.parse("word " * 3000)
    assert "only the first" in query.understood.lower()
    assert Query.parse(query.text()).root == query.root


@settings(max_examples=600, deadline=None)
@given(strange_text)
@example("(" * 500 + "a")
@example("-" * 500 + "a")
@example("- a -b --c")
@example('-(a "b')
@example("1 AND 300")
@example("=1:000")
@example('="thirteen hundred"')
@example('"1 300" 200')
@example("value:" + "9" * 30 + "tn")
@example('"' + "a b " * 50 + '"~10')
@example("a (b (c d)) OR (e OR f)")
def test_any_string_is_a_query_and_its_text_parses_to_itself(text):
    query = Query.parse(text)
    assert query.understood.endswith(".")
    again = Query.parse(query.text())
    assert again.root == query.root
    assert again.text() == query.text()
