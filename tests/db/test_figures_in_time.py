"""Figures of a span of time: those whose period touches it, open periods among them."""

from datetime import date

import pytest

from db import figures, ingest
from db.archive import Archive
from db.edtf import earliest_latest

FERRY = (
    "In 1905 the town lent the ferry $900. In 1906 it lent $700, in 1907 $650 and in 1908 $90.\n"
)


@pytest.fixture
def ferry(tmp_path, home):
    (tmp_path / "ferry.txt").write_text(FERRY, "utf-8")
    with Archive.create(tmp_path / "a.muniment") as archive:
        ingest.add(archive, [tmp_path / "ferry.txt"])
        dates = {900: "1905-03", 700: "../1906", 650: "1907/..", 90: None}
        for kept in figures.all(archive):
            figures.edit(archive, kept.id, date=dates[int(kept.figure.value)])
        yield archive


def within(archive, first, last):
    days = (earliest_latest(first)[0], earliest_latest(last)[1])
    rows = figures.rows(archive, figures.ids(archive, days=days))
    return sorted(int(kept.figure.value) for kept in rows.values())


def test_a_period_that_touches_the_span_is_in_it(ferry):
    assert within(ferry, "1905-03-31", "1905-12") == [700, 900]
    assert within(ferry, "1905-04-01", "1905-12") == [700]
    assert within(ferry, "1904", "1905-03-01") == [700, 900]


def test_open_periods_reach_on_and_figures_without_a_date_are_in_no_span(ferry):
    assert within(ferry, "1700", "1701") == [700]
    assert within(ferry, "1907", "1907") == [650]
    assert within(ferry, "1990", "2000") == [650]
    assert within(ferry, "-0500", "3000") == [650, 700, 900]


def test_days_are_numbered_as_the_calendar_of_python_does(ferry):
    ordinal = date(1905, 3, 1).toordinal()
    offset = earliest_latest("1970-01-01")[0] - date(1970, 1, 1).toordinal()
    assert earliest_latest("1905-03-01")[0] == ordinal + offset
