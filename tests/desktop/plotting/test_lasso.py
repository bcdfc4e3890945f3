import numpy
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.plotting.lasso import inside


def within(points, corners):
    x, y = (numpy.array([p[n] for p in points], float) for n in (0, 1))
    around = numpy.array(corners, float).reshape(-1, 2)
    return inside(x, y, around[:, 0], around[:, 1]).tolist()


def test_points_within_a_box_are_found_and_those_beside_it_are_not():
    points = [(1, 1), (5, 5), (9, 9), (5, 11), (11, 5), (5, -1)]
    assert within(points, [(0, 0), (10, 0), (10, 10), (0, 10)]) == [0, 1, 2]


def test_a_hollow_of_the_line_is_outside():
    horseshoe = [(0, 0), (9, 0), (9, 9), (6, 9), (6, 3), (3, 3), (3, 9), (0, 9)]
    assert within([(1, 8), (4.5, 6), (8, 8), (4.5, 1)], horseshoe) == [0, 2, 3]


def test_a_line_of_two_corners_holds_nothing():
    assert within([(1, 1)], [(0, 0), (2, 2)]) == []
    assert within([(1, 1)], []) == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), max_size=40),
    st.integers(3, 400),
)
def test_a_circle_of_any_number_of_corners_holds_what_is_well_inside(points, corners):
    angles = numpy.linspace(0, 2 * numpy.pi, corners, endpoint=False)
    ring = [(40 * numpy.cos(angle), 40 * numpy.sin(angle)) for angle in angles]
    found = set(within(points, ring))
    for place, (x, y) in enumerate(points):
        far = (x * x + y * y) ** 0.5
        if far < 19:  # a triangle in the circle reaches only half as far
            assert place in found
        if far > 40.001:
            assert place not in found
