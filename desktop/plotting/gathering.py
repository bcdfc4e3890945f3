"""Marks taken together and apart: some of them, those of several quantities as one."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

import numpy
from numpy.typing import NDArray

from desktop.plotting.marks import NO_MARKS, Marks

_COLUMNS = ("ids", "x", "y", "left", "right", "y_high", "features", "series")


def only(marks: Marks, good: NDArray[numpy.bool_]) -> Marks:
    """The marks for which `good` is true; the same ones if that is all."""
    return marks if good.all() else at(marks, numpy.flatnonzero(good))


def at(marks: Marks, places: NDArray[numpy.intp]) -> Marks:
    """The marks at these places, in this order."""
    figures = tuple(map(marks.figures.__getitem__, places.tolist())) if marks.figures else ()
    columns = {name: getattr(marks, name)[places] for name in _COLUMNS}
    return replace(marks, figures=figures, **columns)


def in_order(marks: Marks) -> Marks:
    """The marks from left to right."""
    if not len(marks) or (marks.x[1:] >= marks.x[:-1]).all():
        return marks
    return at(marks, numpy.lexsort((marks.y, marks.x)))


def joined(parts: Sequence[Marks], apart: Sequence[str] = ()) -> Marks:
    """The marks of all parts from left to right; a source is one series throughout.

    With `apart`, a unit for each part, a source is another series in each.
    """
    if not parts:
        return NO_MARKS
    if len(parts) == 1 and not apart:
        return parts[0]
    numbers: dict[tuple[int, int], int] = {}
    sources: list[tuple[int, str]] = []
    units: list[str] = []
    renumbered = []
    for turn, part in enumerate(parts):
        table = numpy.zeros(max(len(part.sources), 1), numpy.int32)
        for series, (source_id, title) in enumerate(part.sources):
            key = (source_id, turn if apart else 0)
            if key not in numbers:
                numbers[key] = len(sources)
                sources.append((source_id, title))
                units += apart[turn : turn + 1]
            table[series] = numbers[key]
        renumbered.append(table[part.series])
    columns = {
        name: numpy.concatenate([getattr(part, name) for part in parts]) for name in _COLUMNS[:-1]
    }
    return in_order(
        Marks(
            **columns,
            series=numpy.concatenate(renumbered).astype(numpy.int32),
            figures=tuple(chain.from_iterable(part.figures for part in parts)),
            sources=tuple(sources),
            units=tuple(units),
            undated=tuple(chain.from_iterable(part.undated for part in parts)),
            undrawable=tuple(chain.from_iterable(part.undrawable for part in parts)),
        )
    )
