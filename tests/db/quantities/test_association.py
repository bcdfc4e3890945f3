"""Which date a figure speaks of, and why."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import db.edtf
from db.quantities import association, periods
from db.records import Block, Context, Figure


def figures_of(text):
    """Every number marked as [28 tanks] in the text, and the text without the marks."""
    plain, figures = "", []
    for piece in re.split(r"(\[[^\]]*\])", text):
        start = len(plain)
        if piece.startswith("["):
            words = piece[1:-1]
            plain += words
            unit = words.split()[-1].rstrip("s")
            kind = "duration" if unit in ("year", "month") else "count"
            value = {"two": 2.0, "five": 5.0}.get(words.split()[0], 1.0)
            figures.append(Figure(start, len(plain), words, kind, value, unit=unit))
        else:
            plain += piece
    return plain, tuple(figures)


def dated(text, blocks=(), language="en", **context):
    plain, figures = figures_of(text)
    known = Context(language=language, **context)
    found = periods.find(plain, blocks, known)
    return association.date(figures, found, plain, blocks, known)


def dates(text, **context):
    return [figure.date for figure in dated(text, **context)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 1937 we had [28 tanks] and [30 guns].", ["1937", "1937"]),
        ("We had [28 tanks] in 1937 and [30 guns] in 1938.", ["1937", "1938"]),
        ("In 1939 they lent [20]; in 1940 they lent [25 loans].", ["1939", "1940"]),
        ("The price is [150 pence]; in 1941 it was [80 pence].", [None, "1941"]),
        ("By the end of 1939 we had [28 tanks].", ["../1939-12"]),
        ("By 1911 it crushed [30 tons].", ["../1911"]),
        ("From April 28, 1941, they gave [45 guns].", ["1941-04-28/.."]),
        ("It rose to [46 men] by May 1897 and reached [90 men] in the autumn of 1897.",
         ["../1897-05", "1897-23"]),
    ],
)  # fmt: skip
def test_the_date_of_its_own_sentence_dates_a_figure(text, expected):
    assert dates(text) == expected


def test_each_date_comes_with_its_basis_its_rule_and_its_words():
    [own, inherited] = dated("In 1937 we had [28 tanks]. There were [30 guns].")
    assert (own.date_basis, own.rules) == ("stated", ("date.before",))
    assert own.why == (("date", "1937", 3, 7),)
    assert (inherited.date_basis, inherited.rules) == ("inherited", ("date.paragraph",))
    [step] = dated("It began on 1 May 1940. A month later came [20 guns].")[:1]
    assert (step.date, step.date_basis) == ("1940-06", "relative")


def test_a_look_back_dates_its_own_figures_only():
    text = "On 20 May 1897 we passed the mark of 1882. The ice was [7 feet] thick."
    assert dates(text) == ["1897-05-20"]


def test_a_year_in_a_treatys_name_dates_nothing():
    text = "In May 1940 they met. By the Treaty of 1905 they kept [5 islands]."
    assert dates(text) == ["1940-05"]


def test_a_citation_dates_nothing():
    text = "In May 1940 they met. There were [20 men] (Tanaka, 1997)."
    assert dates(text) == ["1940-05"]


def test_in_two_years_is_the_span_from_the_storys_date():
    text = "In 1937 the war began. In [two years] they sent [985 aircraft]."
    first, second = dated(text)
    assert (first.date, first.date_basis) == ("1937/1939", "relative")
    assert second.date == "1937/1939"


def test_before_that_time_ends_with_the_date_named_last():
    text = "In February 1942 they lent much. Before that time there had been [four loans]."
    assert dates(text) == ["../1942-02"]


def test_now_is_the_writers_day():
    text = "The town, which in 1861 had [18 streets], now has [61 streets]."
    assert dates(text, document_date="1901-04-07", genre="report") == ["1861", "1901-04-07"]


def test_a_letters_own_day_dates_what_has_no_other():
    letter = dated("The fleet is [94 ships] strong.", document_date="1943-03-14", genre="letter")
    assert (letter[0].date, letter[0].date_basis) == ("1943-03-14", "document")
    book = dated("The fleet is [94 ships] strong.", document_date="1943-03-14", genre="book")
    assert (book[0].date, book[0].date_basis) == (None, "none")


def test_coverage_comes_last():
    [figure] = dated("There were [20 men].", coverage="1937/1945")
    assert (figure.date, figure.date_basis) == ("1937/1945", "inherited")


def test_a_heading_begins_anew():
    text = "In 1937 it began.\n\nThe second matter\n\nThere were [20 men]."
    plain, _ = figures_of(text)
    third = plain.index("There")
    blocks = (
        Block(0, 17),
        Block(19, 36, "heading", level=1),
        Block(third, len(plain)),
    )
    assert dated(text, blocks=blocks)[0].date is None


def test_a_paragraph_cut_by_a_page_keeps_its_date():
    text = (
        "In 1937 it began.\n\nIn July 1941 the army and fleet\n\nagreed to supply [435 aircraft]."
    )
    assert dates(text) == ["1941-07"]


@given(
    st.lists(
        st.sampled_from(["[28 tanks]", "1939", "in", ",", ";", ".", "\n\n", "and", "now",
                         "[two years]", "by", "since", "by then", "the 1930s"]),
        max_size=25,
    ).map(" ".join)
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_every_figure_comes_back_once_in_its_place(text):
    plain, figures = figures_of(text)
    found = periods.find(plain, (), Context("en"))
    out = association.date(figures, found, plain, (), Context("en"))
    assert [figure.start for figure in out] == [figure.start for figure in figures]
    for figure in out:
        assert figure.date is None or db.edtf.is_valid(figure.date)
        assert (figure.date is None) == (figure.date_basis == "none")
        assert len(figure.rules) == 1
