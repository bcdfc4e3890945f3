"""What marks stand in: how their axes read, and what is painted besides them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from desktop.plotting.ticks import Ticks

# Ticks for a part of an axis (from, to) on so many pixels.
Reader = Callable[[float, float, float], Ticks]


@dataclass(frozen=True, slots=True)
class Title:
    """Words within a plot: above what stands at `top`, or in the upper right corner."""

    text: str
    top: float | None = None
    is_right: bool = False


@dataclass(frozen=True, slots=True)
class Cells:
    """Years of which a row tells something, and by how many figures, as columns.

    Place i covers the days `first` to `last` of the row at the height `y`.
    """

    y: NDArray[numpy.float64]
    first: NDArray[numpy.float64]
    last: NDArray[numpy.float64]
    many: NDArray[numpy.int64]


@dataclass(frozen=True, slots=True)
class Setting:
    """A plot but for its marks; without more than this: values on the left, time below.

    `joins` are pairs of marks, by their places, that one source tells of one matter.
    """

    below: Reader | None = None
    left: Reader | None = None
    right: Reader | None = None
    across: tuple[float, float] | None = None  # all there is to be seen, where marks do not say it
    up: tuple[float, float] | None = None
    is_time: bool = True
    titles: tuple[Title, ...] = ()
    lines: tuple[float, ...] = ()  # heights at which one part of the plot ends
    cells: Cells | None = None
    joins: NDArray[numpy.intp] | None = None


PLAIN = Setting()
