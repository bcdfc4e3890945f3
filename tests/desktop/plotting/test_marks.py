import datetime

import numpy
from hypothesis import given
from hypothesis import strategies as st

from desktop.plotting.marks import Feature, marks, point_marks
from desktop.plotting.scale import wants_log


def day(year, month=1, of_month=1):
    return datetime.date(year, month, of_month).toordinal()


def features(mark):
    return Feature(int(mark.features[0]))


def test_a_year_is_a_bar_with_its_point_in_the_middle(made):
    drawn = marks([made(1, 5.0, "1940")])
    assert drawn.left[0] == day(1940)
    assert drawn.right[0] == day(1941)
    assert drawn.x[0] == (day(1940) + day(1941)) / 2


def test_what_had_come_in_all_is_open_to_the_left_and_told_of_the_end_of_its_period(made):
    for date, end in (("1939", day(1940)), ("1939-12-31", day(1940)), ("1939-06", day(1939, 7))):
        drawn = marks([made(1, 5.0, date, nature="cumulative")])
        assert numpy.isnan(drawn.left[0])
        assert drawn.x[0] == drawn.right[0] == end
        assert features(drawn) & Feature.OPEN_LEFT
    bounded = marks([made(1, 5.0, "1939/1941", nature="cumulative")])
    assert bounded.left[0] == day(1939)
    assert not features(bounded) & Feature.OPEN_LEFT


def test_by_the_end_of_a_year_is_open_to_the_left(made):
    drawn = marks([made(1, 5.0, "../1939-12")])
    assert numpy.isnan(drawn.left[0])
    assert drawn.x[0] == drawn.right[0] == day(1940)
    assert features(drawn) & Feature.OPEN_LEFT
    assert not features(drawn) & Feature.OPEN_RIGHT


def test_from_a_day_on_is_open_to_the_right(made):
    drawn = marks([made(1, 5.0, "1941-04-28/..")])
    assert numpy.isnan(drawn.right[0])
    assert drawn.x[0] == day(1941, 4, 28)
    assert features(drawn) & Feature.OPEN_RIGHT


def test_figures_without_a_date_or_with_one_that_says_nothing_are_listed(made):
    drawn = marks([made(1, 5.0, None), made(2, 5.0, "../.."), made(3, 5.0, "no date")])
    assert len(drawn) == 0
    assert [kept.id for kept in drawn.undated] == [1, 2, 3]


def test_values_that_cannot_be_drawn_are_listed(made):
    drawn = marks([made(1, float("inf"), "1940"), made(2, 1.0, "1940"), made(3, 1e301, "1941")])
    assert drawn.ids.tolist() == [2]
    assert [kept.id for kept in drawn.undrawable] == [1, 3]


def test_what_a_figure_is_shows(made):
    assert features(marks([made(1, 1.0, "1940", date_basis="inherited")])) & Feature.HOLLOW
    assert features(marks([made(1, 1.0, "1940", date_basis="document")])) & Feature.HOLLOW
    assert features(marks([made(1, 1.0, "1940", date_basis="relative")])) & Feature.HOLLOW
    assert not features(marks([made(1, 1.0, "1940")])) & Feature.HOLLOW
    assert features(marks([made(1, 1.0, "1940~")])) & Feature.VAGUE_DATE
    assert features(marks([made(1, 1.0, "1940", approx="about")])) & Feature.VAGUE_VALUE
    assert features(marks([made(1, 1.0, "1940", approx="more_than")])) & Feature.MORE
    assert features(marks([made(1, 1.0, "1940", approx="up_to")])) & Feature.LESS
    assert features(marks([made(1, 1.0, "1940", nature="flow")])) & Feature.FLOW
    assert features(marks([made(1, 1.0, "1940", status="rejected")])) & Feature.REJECTED
    assert features(marks([made(1, 1.0, "1940", status="accepted")])) == Feature.PLAIN


def test_a_range_has_both_ends_also_when_the_second_is_smaller(made):
    drawn = marks([made(1, 600.0, "1940", value_high=200.0)])
    assert (drawn.y[0], drawn.y_high[0]) == (600.0, 200.0)


def test_marks_are_in_time_order_and_sources_by_what_they_give(made):
    drawn = marks(
        [
            made(1, 1.0, "1942", source=3),
            made(2, 1.0, "1937", source=9),
            made(3, 1.0, "1940-05-01", source=9),
        ]
    )
    assert drawn.ids.tolist() == [2, 3, 1]
    assert [kept.id for kept in drawn.figures] == [2, 3, 1]
    assert [source_id for source_id, _ in drawn.sources] == [9, 3]
    assert drawn.series.tolist() == [0, 0, 1]


def test_the_finest_date_decides_how_fine_the_axis_may_be(made):
    assert marks([made(1, 1.0, "1940"), made(2, 1.0, "1941")]).finest == "year"
    assert marks([made(1, 1.0, "1940"), made(2, 1.0, "1941-02")]).finest == "month"
    assert marks([made(1, 1.0, "1940"), made(2, 1.0, "1941-02-03")]).finest == "day"


@given(st.lists(st.tuples(st.floats(allow_nan=True), st.floats(allow_nan=True)), max_size=30))
def test_arrays_become_marks_in_time_order(pairs):
    drawn = point_marks([x for x, _ in pairs], [y for _, y in pairs])
    assert (numpy.diff(drawn.x) >= 0).all()
    for place, number in enumerate(drawn.ids.tolist()):
        assert (drawn.x[place], drawn.y[place]) == pairs[number]


def test_a_wide_span_of_values_asks_for_a_logarithmic_scale(made):
    wide = [made(n, 10.0**n, "1940") for n in range(9)]
    assert wants_log(marks(wide))
    assert not wants_log(marks([*wide, made(10, 0.0, "1940")]))
    assert not wants_log(marks([made(n, 10.0 + n, "1940") for n in range(9)]))
