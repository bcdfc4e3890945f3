"""So many points that single ones cannot be told apart: how many lie in each cell, and which."""

import numpy
from numpy.typing import NDArray

from desktop.plotting.finite import Floats

# ScatterPlotItem needs 3.6 us of Python a point: beyond this many a frame takes over 70 ms.
MOST_MARKS = 20_000
CELL = 2  # pixels


def counts(
    x: Floats, y: Floats, view: tuple[float, float, float, float], columns: int, rows: int
) -> NDArray[numpy.int64]:
    """How many points lie in each cell of `view` (x from, x to, y from, y to); row 0 is the top.

    `x` is in ascending order.
    """
    x_from, x_to, y_from, y_to = view
    start, end = numpy.searchsorted(x, (x_from, x_to))
    across = ((x[start:end] - x_from) * (columns / (x_to - x_from))).astype(numpy.int32)
    up = numpy.floor((y_to - y[start:end]) * (rows / (y_to - y_from)))
    inside = (up >= 0) & (up < rows)
    numpy.minimum(across, columns - 1, out=across)
    if inside.all():
        cells = up.astype(numpy.int32) * columns + across
    else:
        cells = up[inside].astype(numpy.int32) * columns + across[inside]
    table: NDArray[numpy.int64] = numpy.bincount(cells, minlength=rows * columns)
    return table.reshape(rows, columns)


def shades(cells: NDArray[numpy.int64], red: int, green: int, blue: int) -> NDArray[numpy.uint32]:
    """A picture of `counts` in one ink, premultiplied ARGB; twice the figures, a bit darker."""
    most = int(cells.max()) if cells.size else 0
    # One figure must be seen on its own (35 %); the logarithm keeps a crowd from hiding the rest.
    scale = numpy.log1p(numpy.arange(min(most, 4095) + 1)) / max(numpy.log1p(min(most, 4095)), 1e-9)
    alpha = numpy.where(scale > 0, 90 + 165 * scale, 0).astype(numpy.uint32)
    table = alpha * numpy.uint32(1 << 24)
    for shift, ink in ((16, red), (8, green), (0, blue)):
        table |= (alpha * numpy.uint32(ink) // numpy.uint32(255)) * numpy.uint32(1 << shift)
    picture: NDArray[numpy.uint32] = table[numpy.minimum(cells, 4095)]
    return picture


def nearest(
    x: Floats, y: Floats, at: tuple[float, float], reach: tuple[float, float]
) -> NDArray[numpy.intp]:
    """Places of the points within `reach` (half axes of an ellipse) of `at`, nearest first.

    `x` is in ascending order, so only the points of a narrow strip are looked at.
    """
    strip = reach[0] * (1 + 1e-9)  # rounding must not lose a point on the border
    start, end = numpy.searchsorted(x, (at[0] - strip, at[0] + strip))
    across = (x[start:end] - at[0]) / reach[0]
    up = (y[start:end] - at[1]) / reach[1]
    distance = across * across + up * up
    near = numpy.flatnonzero(distance <= 1)
    found: NDArray[numpy.intp] = near[numpy.argsort(distance[near], kind="stable")] + start
    return found
