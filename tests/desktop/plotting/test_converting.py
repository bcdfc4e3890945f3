import pytest

from db.conversions import Conversions, Rate
from desktop.plotting.arranging import arranged
from desktop.plotting.caption import caption
from desktop.plotting.offer import offer
from desktop.plotting.state import Look

RATES = Conversions(
    "rates.csv",
    (
        Rate("GBP", "USD", 4.03, "Yearbook p. 3", "1939-09", "1949-09"),
        Rate("GBP", "USD", 2.8, "Yearbook p. 9", "1949-10"),
    ),
)


@pytest.fixture
def money(made):
    return [
        made(1, 100.0, "1941"),
        made(2, 120.0, "1942"),
        made(3, 10.0, "1941", unit="GBP", source=2),
        made(4, 10.0, "1952", unit="GBP", source=2),
        made(5, 10.0, "1938", unit="GBP", source=2),
        made(6, 10.0, "1941", unit="GBP", per="month"),
    ]


def test_a_table_draws_other_units_as_this_one_by_the_rate_of_their_day(money):
    plot = arranged(offer(money), Look(quantity=("USD", None), conversion=RATES))
    values = dict(zip(plot.marks.ids.tolist(), plot.marks.y.tolist(), strict=True))
    assert values == pytest.approx({1: 100.0, 2: 120.0, 3: 40.3, 4: 28.0})
    assert plot.marks.figures[plot.marks.ids.tolist().index(3)].figure.value == 10.0


def test_the_caption_names_the_table_each_rate_its_source_and_what_is_left_out(money):
    look = Look(quantity=("USD", None), conversion=RATES)
    plot = arranged(offer(money), look)
    said = caption(plot.marks, plot.shown(frozenset(), look))[0]
    assert "Converted into USD by the table rates.csv" in said
    assert "1 of GBP at 4.03 (Yearbook p. 3)" in said
    assert "1 of GBP at 2.8 (Yearbook p. 9)" in said
    assert "No rate for their days, left out: 1." in said


def test_with_a_band_for_every_unit_the_table_is_named_once_for_the_unit_it_converts_into(money):
    plot = arranged(offer(money), Look(is_every_unit=True, conversion=RATES))
    assert plot.worked_out.count("Converted into") == 1
    assert "Converted into USD by the table rates.csv" in plot.worked_out


def test_without_the_table_nothing_is_converted(money):
    plot = arranged(offer(money), Look(quantity=("USD", None)))
    assert plot.marks.ids.tolist() == [1, 2]
    assert "Converted" not in plot.worked_out
