import numpy
import pytest

from desktop.plotting.caption import Shown, caption
from desktop.plotting.marks import NO_MARKS, marks
from desktop.plotting.reckoning import RECKONINGS, reckoned


def test_values_as_stated_are_the_very_marks(made):
    stated = marks([made(1, 10.0, "1940")])
    assert reckoned(stated, "stated").marks is stated
    for how in RECKONINGS:
        assert reckoned(NO_MARKS, how).marks is NO_MARKS


def test_a_flow_of_a_year_is_divided_by_twelve_months_and_a_stock_is_left_out(made):
    stated = marks(
        [made(1, 120.0, "1940", nature="flow"), made(2, 7.0, "1941", nature="stock"),
         made(3, 30.0, "../1942", nature="flow")]
    )  # fmt: skip
    monthly = reckoned(stated, "month")
    assert monthly.marks.ids.tolist() == [1]
    assert monthly.marks.y[0] == pytest.approx(10.0, rel=0.005)
    assert monthly.marks.figures[0].figure.value == 120.0
    assert monthly.said.endswith("no amount over a bounded period: 2.")


def test_shares_are_of_what_is_not_rejected_and_name_the_sum(made):
    stated = marks(
        [made(1, 30.0, "1940"), made(2, 10.0, "1941"), made(3, 5.0, "1942", status="rejected")]
    )
    shares = reckoned(stated, "share")
    assert shares.marks.y.tolist() == pytest.approx([75.0, 25.0, 12.5])
    assert "(40)" in shares.said


def test_an_index_begins_each_source_at_a_hundred(made):
    stated = marks(
        [made(1, 0.0, "1938"), made(2, 20.0, "1939"), made(3, 30.0, "1940"),
         made(4, 5.0, "1939", source=2), made(5, 4.0, "1941", source=2)]
    )  # fmt: skip
    index = reckoned(stated, "index").marks
    values = dict(zip(index.ids.tolist(), index.y.tolist(), strict=True))
    assert values == pytest.approx({1: 0.0, 2: 100.0, 3: 150.0, 4: 100.0, 5: 80.0})


def test_a_sum_of_zero_leaves_nothing_and_says_so(made):
    nothing = reckoned(marks([made(1, 5.0, "1940"), made(2, -5.0, "1941")]), "share")
    assert len(nothing.marks) == 0
    assert "the sum is zero: 2." in nothing.said


def test_ranges_are_worked_out_with_their_values(made):
    stated = marks([made(1, 50.0, "1940"), made(2, 100.0, "1941", value_high=150.0)])
    index = reckoned(stated, "index").marks
    assert numpy.nanmax(index.y_high) == pytest.approx(300.0)


def test_the_caption_says_how_values_were_worked_out(made):
    worked_out = reckoned(marks([made(1, 10.0, "1940"), made(2, 10.0, "1941")]), "share")
    lines = caption(worked_out.marks, Shown(("USD", None), reckoned=worked_out.said))
    assert "In percent of the sum of all figures here that are not rejected (20)." in lines[0]
