import datetime
import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from desktop.plotting.calendar import civil, day_number
from desktop.plotting.ticks import log_ticks, time_ticks, value_ticks

ENGLISH = QLocale(QLocale.Language.English)


def labels(first, last, *, room=900, finest="day"):
    ticks = time_ticks(
        day_number(*first), day_number(*last), room, lambda text: 7.0 * len(text),
        finest=finest, locale=ENGLISH,
    )  # fmt: skip
    return list(ticks.labels)


@given(st.dates())
def test_days_count_as_python_counts_them(date):
    assert day_number(date.year, date.month, date.day) == date.toordinal()
    assert civil(date.toordinal()) == (date.year, date.month, date.day)


@given(st.integers(-(10**9), 10**9))
def test_every_day_number_is_one_day_also_outside_the_years_python_knows(number):
    assert day_number(*civil(number)) == number


def test_ten_years_of_a_war_have_a_tick_each():
    assert labels((1937,), (1946, 12, 31)) == [str(year) for year in range(1937, 1947)]


def test_two_thousand_years_start_at_the_year_one():
    assert labels((1,), (2000, 12, 31))[:3] == ["1", "200", "400"]


def test_the_year_one_has_its_months():
    assert labels((1,), (1, 4, 10))[:2] == ["1 Jan 1", "15 Jan 1"]


def test_the_years_before_one_are_called_bc():
    assert labels((-43,), (2,), finest="year")[-1] == "1"
    assert "11 BC" not in labels((-43,), (2,))
    assert "40 BC" in labels((-43,), (2,))


def test_a_year_of_the_nineteenth_century_has_its_months():
    assert labels((1850,), (1850, 12, 31), room=1200)[:3] == ["Jan 1850", "Feb 1850", "Mar 1850"]


def test_a_week_has_its_days():
    assert labels((1940, 10, 20), (1940, 10, 26)) == [f"{day} Oct 1940" for day in range(20, 27)]


def test_no_tick_is_finer_than_the_figures_know():
    assert labels((1940,), (1940, 12, 31), finest="year") == ["1940"]
    assert labels((1940, 3, 1), (1940, 4, 30), finest="month") == ["Mar 1940", "Apr 1940"]


@given(st.integers(-800_000, 3_600_000), st.integers(2, 1_000_000), st.integers(120, 2000))
def test_labels_never_touch_and_stay_within_the_axis(first, length, room):
    def width(text):
        return 7.0 * len(text)

    ticks = time_ticks(first, first + length, room, width, locale=ENGLISH)
    pixels = [(place - first) / length * room for place in ticks.places]
    assert all(-0.01 <= pixel <= room + 0.01 for pixel in pixels)
    assert len(ticks.places) == len(ticks.labels)
    laid = zip(pixels, ticks.labels, strict=True)
    for (left, a), (right, b) in itertools.pairwise(laid):
        assert right - left > (width(a) + width(b)) / 2


def test_values_are_written_out_in_groups_and_never_shortened():
    assert value_ticks(0, 25e6, 300, locale=ENGLISH).labels[-1] == "25,000,000"
    assert value_ticks(0, 1e15, 300, locale=ENGLISH).labels[-1] == "1,000,000,000,000,000"


def test_small_values_have_the_decimals_they_need():
    assert "0.2" in value_ticks(0, 0.667, 300, locale=ENGLISH).labels


def test_the_plain_c_locale_groups_too(monkeypatch):
    before = QLocale()
    QLocale.setDefault(QLocale.c())
    try:
        assert value_ticks(0, 25e6, 300).labels[-1] == "25,000,000"
    finally:
        QLocale.setDefault(before)


@pytest.mark.parametrize(("low", "high"), [(0, 0), (1, math.inf), (math.nan, 1), (1e300, -1e300)])
def test_an_impossible_span_has_no_ticks(low, high):
    assert value_ticks(low, high, 300, locale=ENGLISH).places == ()


@given(st.floats(-1e15, 1e15), st.floats(1e-3, 1e15), st.integers(60, 2000))
def test_value_ticks_lie_within_the_axis_and_leave_room_for_a_line(low, span, room):
    ticks = value_ticks(low, low + span, room, locale=ENGLISH)
    slack = span * 1e-6
    assert all(low - slack <= place <= low + span + slack for place in ticks.places)
    assert len(ticks.places) <= room / 24 + 2
    assert len(set(ticks.labels)) == len(ticks.labels)


def test_a_logarithmic_axis_names_the_powers_of_ten():
    assert log_ticks(0, 3, 240, locale=ENGLISH).labels == ("1", "10", "100", "1,000")


@given(st.floats(-10, 20), st.floats(0.01, 30), st.integers(60, 2000))
def test_logarithmic_ticks_lie_within_the_axis(low, decades, room):
    ticks = log_ticks(low, low + decades, room, locale=ENGLISH)
    assert all(low - 0.01 <= place <= low + decades + 0.01 for place in ticks.places)


def test_a_date_far_away_still_has_a_year():
    far = datetime.date.max.toordinal() * 50
    assert time_ticks(far, far + 400, 600, lambda text: 7.0 * len(text)).labels


@pytest.mark.parametrize("view", [(-400.0, 400.0), (305.0, 340.0), (-1e9, 1e9), (299.9, 300.1)])
def test_a_logarithmic_axis_far_beyond_all_numbers_has_only_ticks_that_are_numbers(view):
    ticks = log_ticks(*view, 400.0, locale=ENGLISH)
    assert all(view[0] <= place <= view[1] and abs(place) <= 301 for place in ticks.places)
