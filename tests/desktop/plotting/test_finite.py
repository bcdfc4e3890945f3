import math

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.plotting.finite import finite_xy

anything = st.one_of(
    st.none(),
    st.floats(allow_nan=True, allow_infinity=True),
    st.integers(),
    st.integers(min_value=2**63, max_value=10**400),
    st.text(max_size=3),
    st.booleans(),
)


@given(st.lists(st.tuples(anything, anything), max_size=40))
def test_only_finite_doubles_come_through_and_the_rest_is_counted(pairs):
    points = finite_xy([x for x, _ in pairs], [y for _, y in pairs])
    for numbers in (points.x, points.y):
        assert numbers.dtype == numpy.float64
        assert numpy.isfinite(numbers).all()
        assert (numpy.abs(numbers) <= 1e300).all()
    assert len(points.x) == len(points.y) == len(points.kept)
    assert len(points.kept) + points.dropped == len(pairs)


@given(st.lists(st.tuples(st.floats(-1e300, 1e300), st.floats(-1e300, 1e300)), max_size=40))
def test_good_points_stay_as_they_are_and_where_they_are(pairs):
    points = finite_xy([x for x, _ in pairs], [y for _, y in pairs])
    assert points.dropped == 0
    assert list(zip(points.x.tolist(), points.y.tolist(), strict=True)) == pairs
    assert points.kept.tolist() == list(range(len(pairs)))


def test_a_bad_value_takes_only_its_own_point_along():
    points = finite_xy([1, 2, 3, 4, None], [10, None, math.inf, 1e301, 5])
    assert (points.x.tolist(), points.y.tolist()) == ([1.0], [10.0])
    assert points.kept.tolist() == [0]
    assert points.dropped == 4


def test_integer_arrays_become_doubles():
    points = finite_xy(numpy.arange(3), numpy.arange(3, dtype=numpy.uint64))
    assert points.x.dtype == points.y.dtype == numpy.float64


def test_dates_and_values_must_be_as_many():
    with pytest.raises(ValueError, match="2 dates for 1 values"):
        finite_xy([1, 2], [1])
