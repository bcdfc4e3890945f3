import numpy
from hypothesis import given
from hypothesis import strategies as st

from desktop.plotting import density

numbers = st.floats(0, 100)


@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=60), st.integers(1, 20))
def test_every_point_in_the_view_is_counted_once(points, rows):
    x = numpy.array(sorted(x for x, _ in points))
    y = numpy.array([y for _, y in points])
    cells = density.counts(x, y, (-1.0, 101.0, -1.0, 101.0), 30, rows)
    assert cells.sum() == len(points)
    assert cells.shape == (rows, 30)


def test_points_outside_the_view_are_not_counted():
    x, y = numpy.array([0.0, 1.0, 2.0, 3.0]), numpy.array([0.0, 50.0, 1.0, 0.0])
    assert density.counts(x, y, (0.5, 2.5, 0.0, 10.0), 4, 4).sum() == 1


def test_the_top_row_holds_the_largest_values():
    cells = density.counts(numpy.array([5.0]), numpy.array([9.0]), (0.0, 10.0, 0.0, 10.0), 2, 2)
    assert cells.tolist() == [[0, 1], [0, 0]]


def test_an_empty_cell_is_clear_and_one_figure_can_be_seen():
    picture = density.shades(numpy.array([[0, 1, 500]]), 255, 0, 0)
    alpha = picture >> 24
    assert alpha[0, 0] == 0
    assert 90 <= alpha[0, 1] < alpha[0, 2] <= 255


@given(
    st.lists(st.tuples(numbers, numbers), min_size=1, max_size=60),
    numbers, numbers, st.floats(0.5, 20), st.floats(0.5, 20),
)  # fmt: skip
def test_nearest_finds_what_looking_at_every_point_finds(points, x_at, y_at, across, up):
    points.sort()
    x, y = numpy.array([p[0] for p in points]), numpy.array([p[1] for p in points])
    found = density.nearest(x, y, (x_at, y_at), (across, up)).tolist()
    away = ((x - x_at) / across) ** 2 + ((y - y_at) / up) ** 2
    assert sorted(found) == numpy.flatnonzero(away <= 1).tolist()
    assert away[found].tolist() == sorted(away[found].tolist())
