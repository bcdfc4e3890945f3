"""Figures spelled out: what a person judges is a sentence, not a row of fields."""

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from db.records import Figure
from desktop import figure_words


def figure(value, unit, **more):
    return Figure(0, 5, "words", more.pop("kind", "count"), value, unit=unit, **more)


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (
            figure(25e6, "USD", of="loan", date="1940-10-22", date_basis="stated"),
            "25 million US dollars, exactly, loan, 22 October 1940 (stated in the sentence)",
        ),
        (
            figure(1300, "artillery piece", approx="more_than"),
            "more than 1,300 artillery pieces, no date",
        ),
        (
            figure(600, "USD", value_high=750, per="month", approx="about"),
            "about 600 to 750 US dollars per month, no date",
        ),
        (
            figure(850e3, "soldier", value_high=500e3),
            "from 850,000 to 500,000 soldiers, exactly, no date",
        ),
        (figure(1, "GBP"), "1 pound sterling, exactly, no date"),
        (figure(10.64e6, "tonne"), "10.64 million tonnes, exactly, no date"),
        (figure(1_234_567, "tonne"), "1,234,567 tonnes, exactly, no date"),
        (figure(2e9, "RUB"), "2 thousand million roubles, exactly, no date"),
        (figure(0.6667, "fraction", of="aid"), "two thirds, exactly, aid, no date"),
        (figure(0.1234, "fraction"), "0.1234, exactly, no date"),
        (figure(3, "times"), "3 times, exactly, no date"),
        (figure(64.87, "percent"), "64.87 percent, exactly, no date"),
        (figure(985, "aircraft", of="aircraft"), "985 aircraft, exactly, no date"),
        (figure(-35, "degree"), "-35 degrees, exactly, no date"),
        (figure(7, None), "7, exactly, no date"),
        (
            figure(
                5, "battery", giver="Ostrava", receiver="Brno", modality="asked", date="../1939-12",
                date_basis="inherited",
            ),
            "5 batteries, exactly, from Ostrava to Brno, asked for, by the end of 1939"
            " (taken from an earlier sentence or heading)",
        ),
        (figure(5, "公斤"), "5 公斤, exactly, no date"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)  # fmt: skip
def test_a_figure_is_spelled_out(read, said):
    assert figure_words.spelled(read) == said


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("person", "people"), ("workman", "workmen"), ("human", "humans"), ("day", "days"),
        ("company", "companies"), ("box", "boxes"), ("hundredweight", "hundredweights"),
        ("square foot", "square feet"), ("mass", "masses"), ("kg", "kgs"), ("troops", "troops"),
    ],
)  # fmt: skip
def test_units_stand_in_the_plural_behind_more_than_one(one, many):
    assert figure_words.unit(one, 1) == one
    assert figure_words.unit(one, 2) == many


def test_every_fixed_word_passes_through_the_translation():
    asked = []

    def translate(context, text):
        asked.append((context, text))
        return text.upper()

    read = figure(25e6, "USD", giver="A", modality="offered", date="1940", date_basis="relative")
    said = figure_words.spelled(read, translate, lambda value: f"<{value:g}>")
    assert said.startswith("<25> MILLION US dollars, EXACTLY")
    assert "FROM A, OFFERED, 1940 (RECKONED FROM ANOTHER DATE)" in said
    assert {context for context, _ in asked} == {figure_words.CONTEXT}


@given(
    st.builds(
        Figure,
        start=st.just(0),
        end=st.just(1),
        text=st.just("x"),
        kind=st.just("count"),
        value=st.floats(-1e299, 1e299),
        value_high=st.none() | st.floats(-1e299, 1e299),
        approx=st.sampled_from(["exact", "about", "almost", "more_than", "less_than", "up_to"]),
        unit=st.none() | st.text(max_size=8),
        per=st.none() | st.text(max_size=4),
        of=st.none() | st.text(max_size=8),
        date=st.none() | st.text(max_size=12),
    )
)
@settings(max_examples=150)
def test_any_figure_can_be_spelled_out(read):
    assert figure_words.spelled(read)
