"""Other calendars' years and days as Gregorian ones."""

import datetime

import pytest

from db import quantities
from db.quantities import calendars
from db.records import Context


@pytest.mark.parametrize(
    ("era", "year", "expected"),
    [
        ("民国", 29, 1940),
        ("Minguo", 29, 1940),
        ("昭和", 15, 1940),
        ("光绪", 1, 1875),
        ("x", 1, None),
    ],
)
def test_a_reign_year_is_a_gregorian_year(era, year, expected):
    assert calendars.era_year(era, year) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ((1917, 10, 25), (1917, 11, 7)),
        ((1752, 9, 2), (1752, 9, 13)),
        ((1900, 2, 29), (1900, 3, 13)),
        ((1582, 10, 4), (1582, 10, 14)),
    ],
)
def test_an_old_style_day_is_later_in_the_new(old, new):
    assert calendars.from_julian(*old) == datetime.date(*new)


def test_a_day_the_old_calendar_lacks_is_none():
    assert calendars.from_julian(1901, 2, 29) is None
    assert calendars.from_julian(1900, 13, 1) is None


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        (1, 1, 1, "1792-09-22"),
        (2, 11, 9, "1794-07-27"),
        (8, 2, 18, "1799-11-09"),
        (3, 13, 6, "1795-09-22"),
    ],
)
def test_a_republican_day_is_a_gregorian_day(year, month, day, expected):
    assert calendars.republican(year, month, day) == (expected, expected)


def test_a_republican_month_has_thirty_days():
    assert calendars.republican(2, 11, None) == ("1794-07-19", "1794-08-17")
    assert calendars.republican(15, 1, 1) is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "On 25 October (7 November) 1917 the garrison numbered 160,000 men."),
        ("en", "On 7 November (25 October, Old Style) 1917 it numbered 160,000 men."),
        ("en", "On October 25 (November 7), 1917, it numbered 160,000 men."),
        ("ru", "25 октября (7 ноября) 1917 года там было 160 тысяч солдат."),
        ("ru", "7 ноября (25 октября по старому стилю) 1917 года там было 160 тысяч солдат."),
    ],
)
def test_a_day_of_both_styles_is_the_gregorian_one(language: str, text: str) -> None:
    [figure] = quantities.figures(text, Context(language=language))
    assert (figure.date, figure.value) == ("1917-11-07", 160_000)


def test_two_days_that_are_no_day_of_both_styles_stay_two() -> None:
    text = "On 3 March (9 April) 1917 it numbered 160,000 men."
    [figure] = quantities.figures(text, Context(language="en"))
    assert figure.date == "1917"
