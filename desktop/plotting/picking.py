"""Which marks are under a point by what leads away from their symbols: periods and ranges."""

import numpy

from desktop.plotting.finite import Floats


def tails_under(
    at: tuple[float, float],
    reach: tuple[float, float],
    symbols: tuple[Floats, Floats],
    periods: tuple[Floats, Floats],
    high: Floats,
) -> list[int]:
    """The places of the marks whose period or range is under a point, the nearest first."""
    x, y = symbols
    left = numpy.nan_to_num(periods[0], nan=numpy.inf)
    right = numpy.nan_to_num(periods[1], nan=-numpy.inf)
    off = numpy.abs(y - at[1])
    on_period = (left <= at[0]) & (at[0] <= right) & (off <= reach[1] * 0.6)
    low, top = numpy.fmin(y, high), numpy.fmax(y, high)
    # A range can be chosen anywhere on its whisker.
    on_range = (numpy.abs(x - at[0]) <= reach[0]) & (
        (low - reach[1] <= at[1]) & (at[1] <= top + reach[1]) & ~numpy.isnan(high)
    )
    found = numpy.flatnonzero(on_period | on_range)
    order = numpy.argsort(off[found], kind="stable")
    return [int(place) for place in found[order]]
