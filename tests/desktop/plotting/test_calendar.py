import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.edtf import earliest_latest
from desktop.plotting.calendar import day_number, written


@given(st.integers(day_number(-9000), day_number(9999, 12, 31)))
def test_a_day_written_is_that_day_when_read(day):
    assert earliest_latest(written(day)) == (day, day)


@pytest.mark.parametrize("said", ["1940-10-22", "0000-02-29", "-0043-03-15"])
def test_days_are_written_as_edtf(said):
    assert written(earliest_latest(said)[0]) == said
