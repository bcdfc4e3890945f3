"""The one door through which numbers reach pyqtgraph: float64, finite, and counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float64]
# A view that spans more than this overflows when Qt squares its distances.
_LARGEST = 1e300


@dataclass(frozen=True, slots=True)
class Finite:
    """Points that can be drawn; `kept` are their places in what was given, `dropped` the rest."""

    x: Floats
    y: Floats
    kept: NDArray[numpy.intp]
    dropped: int


def finite_xy(xs: Sequence[Any] | NDArray[Any], ys: Sequence[Any] | NDArray[Any]) -> Finite:
    """The points whose two numbers are finite and within 1e300 of zero.

    One None among the values given to pyqtgraph 0.14 ends the program (a segmentation fault on
    Python 3.11), infinities fill the log with warnings; so no array goes round this function.
    """
    x, y = floats(xs), floats(ys)
    if len(x) != len(y):
        raise ValueError(f"{len(x)} dates for {len(y)} values")
    if _all_good(x) and _all_good(y):
        return Finite(x, y, numpy.arange(len(x)), 0)
    with numpy.errstate(invalid="ignore"):
        good = (numpy.abs(x) <= _LARGEST) & (numpy.abs(y) <= _LARGEST)
    kept = numpy.flatnonzero(good)
    return Finite(x[kept], y[kept], kept, len(x) - len(kept))


def _all_good(numbers: Floats) -> bool:
    # Two passes without a copy, 1 ms for a million; min and max of an array with a nan are nan.
    return not len(numbers) or bool(numbers.min() >= -_LARGEST and numbers.max() <= _LARGEST)


def floats(numbers: Sequence[Any] | NDArray[Any]) -> Floats:
    """`numbers` as a flat float64 array; what is no number becomes nan."""
    if isinstance(numbers, numpy.ndarray) and numbers.dtype.kind in "fiu":
        return numpy.ascontiguousarray(numbers, dtype=numpy.float64).ravel()
    try:
        array = numpy.fromiter(numbers, dtype=numpy.float64, count=len(numbers))
    except (TypeError, ValueError, OverflowError):
        array = numpy.fromiter(map(_float, numbers), dtype=numpy.float64, count=len(numbers))
    return array


def _float(number: Any) -> float:
    try:
        return float(number)
    except (TypeError, ValueError, OverflowError):
        return float("nan")
