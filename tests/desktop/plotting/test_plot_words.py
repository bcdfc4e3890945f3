import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from db.records import Figure, KeptFigure, Passage
from desktop.plotting import words
from desktop.plotting.table import rows, written


def kept(text, own, start=100, **fields):
    at = text.index(own)
    passage = Passage(7, 1, 0, start, start + len(text), "paragraph", "12", text)
    figure = Figure(
        start + at, start + at + len(own), own, "money", 25e6, unit="USD", date="1939", **fields
    )
    return KeptFigure(1, 1, "A ledger", 7, "proposed", figure), passage


def test_the_sentence_around_a_figure_is_cut_out():
    figure, passage = kept("It was cold. The bank lent 25 millions to Mr. Li. So it went.", "25")
    assert words.sentence(figure, passage) == ("The bank lent ", "25", " millions to Mr. Li.")


def test_chinese_sentences_end_without_a_space():
    figure, passage = kept("天气很冷。银行借出25万元。后来如此。", "25")
    assert "".join(words.sentence(figure, passage)) == "银行借出25万元。"


def test_a_figure_whose_passage_is_not_at_hand_shows_its_own_words():
    figure, _ = kept("The bank lent 25 millions.", "25 millions")
    assert words.sentence(figure, None) == ("", "25 millions", "")


@given(st.text(min_size=1, max_size=60), st.data())
def test_the_marked_words_are_always_the_figures_own(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    passage = Passage(7, 1, 0, 40, 40 + len(text), "paragraph", None, text)
    figure = Figure(40 + start, 40 + end, text[start:end], "other", 1.0)
    made = KeptFigure(1, 1, "t", 7, "proposed", figure)
    before, own, after = words.sentence(made, passage)
    assert own == words.one_line(text[start:end])
    whole = words.one_line(text)
    assert before + own + after in whole


def test_values_say_how_exact_they_are():
    figure, _ = kept("25", "25", approx="more_than")
    assert words.of(figure) == "more than 25,000,000 USD"
    figure, _ = kept("25", "25", value_high=30e6, per="month")
    assert words.of(figure) == "25,000,000–30,000,000 USD / month"


def test_the_table_cites_and_keeps_formulas_from_running():
    figure, passage = kept("=1+2 is 25 millions.", "25 millions")
    (row,) = csv.DictReader(io.StringIO(written(rows([figure], lambda _: passage))))
    assert row["sentence"] == "'=1+2 is 25 millions."
    assert row["page"] == "12"
    assert (row["value"], row["unit"], row["date"]) == ("25000000", "USD", "1939")
    assert (row["passage_id"], row["start"], row["end"]) == ("7", "108", "119")
    assert row["source"] == "A ledger"


def test_negative_values_stay_numbers_in_the_table():
    figure = KeptFigure(1, 1, "t", 7, "proposed", Figure(0, 1, "x", "other", -35.5))
    (row,) = csv.DictReader(io.StringIO(written(rows([figure]))))
    assert row["value"] == "-35.5"
