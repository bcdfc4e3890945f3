"""What is drawn for each figure: where it stands in time and value, and how sure that is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntFlag
from functools import lru_cache
from typing import Any

import numpy
from numpy.typing import NDArray

from db.edtf import earliest_latest
from db.records import KeptFigure
from desktop.plotting.finite import Floats, finite_xy
from desktop.plotting.time_axis import Unit

# A source's figures share their dates: 100,000 figures have some hundred different ones.
_days = lru_cache(maxsize=20_000)(earliest_latest)


class Feature(IntFlag):
    """What a mark shows besides its place."""

    PLAIN = 0
    HOLLOW = 1  # the date does not stand in the figure's own sentence
    PROPOSED = 2  # nobody has reviewed it
    REJECTED = 4
    OPEN_LEFT = 8  # by the end of ...
    OPEN_RIGHT = 16  # from ... on
    VAGUE_DATE = 32
    VAGUE_VALUE = 64
    MORE = 128
    LESS = 256
    FLOW = 512  # something that happened over the period, not a state at one moment
    RANGE = 1024


@dataclass(frozen=True, slots=True)
class Marks:
    """Figures in time order as columns: place i of each array is one figure's mark.

    A period covers `left` to `right` (nan where it is open). `undated` and `undrawable` are the
    figures that are not among the marks. `figures` is empty where only arrays were given.
    """

    ids: NDArray[numpy.int64]
    x: Floats
    y: Floats
    left: Floats
    right: Floats
    y_high: Floats
    features: NDArray[numpy.int32]
    series: NDArray[numpy.int32]
    figures: tuple[KeptFigure, ...] = ()
    sources: tuple[tuple[int, str], ...] = ()
    undated: tuple[KeptFigure, ...] = ()
    undrawable: tuple[KeptFigure, ...] = ()

    def __len__(self) -> int:
        return len(self.x)

    def has(self, feature: Feature) -> NDArray[numpy.bool_]:
        """Which marks show `feature`."""
        shown: NDArray[numpy.bool_] = (self.features & int(feature)) != 0
        return shown

    @property
    def finest(self) -> Unit:
        """The unit of the most precise date among them."""
        lengths = self.right - self.left
        lengths = lengths[numpy.isfinite(lengths)]
        if not len(lengths) or lengths.min() < 28:
            return "day"
        return "month" if lengths.min() < 365 else "year"


_NO_FLOATS: Floats = numpy.zeros(0)
_NO_INTS = numpy.zeros(0, numpy.int32)
NO_MARKS = Marks(
    numpy.zeros(0, numpy.int64),
    *(_NO_FLOATS,) * 5,
    features=_NO_INTS,
    series=_NO_INTS,
)

_DATE_BASIS = {"inherited": Feature.HOLLOW, "document": Feature.HOLLOW, "relative": Feature.HOLLOW}
_STATUS = {"proposed": Feature.PROPOSED, "rejected": Feature.REJECTED}
_APPROX = {
    "about": Feature.VAGUE_VALUE,
    "almost": Feature.VAGUE_VALUE,
    "more_than": Feature.MORE,
    "less_than": Feature.LESS,
    "up_to": Feature.LESS,
}


def marks(figures: Iterable[KeptFigure]) -> Marks:
    """The marks of figures of one unit; sources are numbered by the figures they give."""
    dated: list[KeptFigure] = []
    undated: list[KeptFigure] = []
    x: list[Any] = []
    y: list[Any] = []
    y_high: list[Any] = []
    left: list[Any] = []
    right: list[Any] = []
    features: list[int] = []
    counts: dict[int, int] = {}
    titles: dict[int, str] = {}
    for kept in figures:
        figure = kept.figure
        earliest, latest = _days(figure.date) if figure.date else (None, None)
        if earliest is None and latest is None:
            undated.append(kept)
            continue
        feature = _DATE_BASIS.get(figure.date_basis, 0) | _STATUS.get(kept.status, 0)
        feature |= _APPROX.get(figure.approx, 0)
        if earliest is None or latest is None:
            feature |= Feature.OPEN_LEFT if earliest is None else Feature.OPEN_RIGHT
            x.append(latest + 1 if earliest is None and latest is not None else earliest)
        else:
            x.append((earliest + latest + 1) / 2)
        if figure.date and ("~" in figure.date or "?" in figure.date or "%" in figure.date):
            feature |= Feature.VAGUE_DATE
        if figure.nature == "flow":
            feature |= Feature.FLOW
        if figure.value_high is not None:
            feature |= Feature.RANGE
        left.append(earliest)
        right.append(None if latest is None else latest + 1)
        y.append(figure.value)
        y_high.append(figure.value_high)
        features.append(int(feature))
        dated.append(kept)
        counts[kept.source_id] = counts.get(kept.source_id, 0) + 1
        titles.setdefault(kept.source_id, kept.source_title)
    # The most talkative source gets the first colour; equal ones keep the order of their ids.
    order = sorted(counts, key=lambda source_id: (-counts[source_id], source_id))
    places = {source_id: place for place, source_id in enumerate(order)}
    points = finite_xy(x, y)
    in_time = points.kept[numpy.lexsort((points.y, points.x))]
    taken = set(points.kept.tolist()) if points.dropped else set()
    return Marks(
        ids=numpy.array([kept.id for kept in dated], numpy.int64)[in_time],
        x=finite_or_nan(x)[in_time],
        y=finite_or_nan(y)[in_time],
        left=finite_or_nan(left)[in_time],
        right=finite_or_nan(right)[in_time],
        y_high=finite_or_nan(y_high)[in_time],
        features=numpy.array(features, numpy.int32)[in_time],
        series=numpy.array([places[kept.source_id] for kept in dated], numpy.int32)[in_time],
        figures=tuple(dated[place] for place in in_time.tolist()),
        sources=tuple((source_id, titles[source_id]) for source_id in order),
        undated=tuple(undated),
        undrawable=tuple(
            kept for place, kept in enumerate(dated) if points.dropped and place not in taken
        ),
    )


def point_marks(
    x: Sequence[Any] | NDArray[Any],
    y: Sequence[Any] | NDArray[Any],
    ids: NDArray[numpy.int64] | None = None,
) -> Marks:
    """Plain points from arrays, in time order."""
    points = finite_xy(x, y)
    kept = points.kept if ids is None else ids[points.kept]
    at, values = points.x, points.y
    if len(at) and not (at[1:] >= at[:-1]).all():
        order = numpy.argsort(at, kind="stable")
        at, values, kept = at[order], values[order], kept[order]
    none = numpy.zeros(len(at), numpy.int32)
    return Marks(
        kept.astype(numpy.int64, copy=False),
        at,
        values,
        at,
        at,
        numpy.broadcast_to(numpy.nan, len(at)),
        features=none,
        series=none,
        sources=((0, ""),),
    )


def finite_or_nan(values: Sequence[Any]) -> Floats:
    """`values` in their places, with nan for all that `finite_xy` would drop."""
    points = finite_xy(numpy.arange(len(values), dtype=numpy.float64), values)
    column = numpy.full(len(values), numpy.nan)
    column[points.kept] = points.y
    return column
