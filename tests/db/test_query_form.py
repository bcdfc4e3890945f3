"""The form and the text of a query say the same, whichever of them was written."""

from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import query_form
from db.query import And, Query
from db.query_form import Form
from tests.db.test_query import strange_text
from tests.db.test_search_properties import queries

blanks = st.one_of(
    st.sampled_from(
        ["", "loan", "Tung Oil", "1 300", "1939", "贷款 五千", '"open', "a OR b", "-x", "y*", "("]
    ),
    strange_text,
)
forms = st.builds(
    Form,
    **{field.name: blanks for field in fields(Form) if field.name != "distance"},
    distance=st.integers(1, 50),
)


def parts(query):
    """What a query asks for, whatever the order."""
    root = query.root
    return sorted(map(repr, root.nodes if isinstance(root, And) else [root]))


@settings(max_examples=150, deadline=None)
@given(forms)
def test_what_a_form_writes_parses_to_what_the_form_asks(form):
    query = query_form.query(form)
    assert Query.parse(query.text()).root == query.root


@settings(max_examples=150, deadline=None)
@given(st.one_of(strange_text, queries))
def test_a_query_shown_as_a_form_and_written_again_asks_the_same(text):
    query = Query.parse(text)
    again = query_form.query(query_form.fill(query))
    assert parts(again) == parts(query)
    assert parts(Query.parse(again.text())) == parts(query)


@settings(max_examples=80, deadline=None)
@given(forms)
def test_a_form_filled_from_its_own_query_stays_as_it_is(form):
    once = query_form.fill(query_form.query(form))
    assert query_form.fill(query_form.query(once)) == once


def test_each_part_goes_into_its_blank():
    text = (
        'loan tin* "tung oil" (rice OR tea) -salt "ship quay"~5 creator:Ada year:1939..1941'
        " value:>=100 unit:USD (a (b OR c:d)) title:x title:y"
    )
    form = query_form.fill(Query.parse(text))
    assert (form.words, form.phrase, form.any_words, form.no_words) == (
        "loan tin* a", "tung oil", "rice tea", "salt",
    )  # fmt: skip
    assert (form.near, form.distance) == ("ship quay", 5)
    assert (form.creator, form.unit, form.title) == ("Ada", "USD", "x")
    assert (form.year_from, form.year_to, form.value_from, form.value_to) == (
        "1939", "1941", "100", "",
    )  # fmt: skip
    assert "title:y" in form.rest


@pytest.mark.parametrize(
    ("blank", "value"), [("kind", "song"), ("year_from", "soon"), ("source", "the ledger")]
)
def test_a_blank_that_cannot_hold_what_was_typed_is_named_and_left_out(blank, value):
    form = Form(words="loan", **{blank: value})
    assert query_form.unreadable(form) == [blank]
    assert query_form.query(form).text() == "loan"
