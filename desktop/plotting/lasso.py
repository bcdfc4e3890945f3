"""Which points lie inside a line drawn around them."""

import numpy
from numpy.typing import NDArray

from desktop.plotting.finite import Floats

MOST_CORNERS = 128


def inside(x: Floats, y: Floats, around_x: Floats, around_y: Floats) -> NDArray[numpy.intp]:
    """The places of the points within a closed line through the corners; even-odd where it crosses.

    Of a line with very many corners only some are taken: a hand does not draw finer.
    """
    if len(around_x) < 3:
        return numpy.zeros(0, numpy.intp)
    if len(around_x) > MOST_CORNERS:
        some = numpy.linspace(0, len(around_x) - 1, MOST_CORNERS).astype(numpy.intp)
        around_x, around_y = around_x[some], around_y[some]
    near = (x >= around_x.min()) & (x <= around_x.max())
    near &= (y >= around_y.min()) & (y <= around_y.max())
    places = numpy.flatnonzero(near)
    at, up = x[places], y[places]
    within = numpy.zeros(len(places), bool)
    before_x, before_y = float(around_x[-1]), float(around_y[-1])
    for corner_x, corner_y in zip(around_x.tolist(), around_y.tolist(), strict=True):
        if corner_y != before_y:
            crosses = (corner_y > up) != (before_y > up)
            where = corner_x + (up - corner_y) * ((before_x - corner_x) / (before_y - corner_y))
            within ^= crosses & (at < where)
        before_x, before_y = corner_x, corner_y
    return places[within]
