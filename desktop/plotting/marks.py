"""What is drawn for each figure: where it stands in time and value, and how sure that is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntFlag
from typing import Any

import numpy
from numpy.typing import NDArray

from db.edtf import earliest_latest
from db.records import KeptFigure
from desktop.plotting.finite import Floats, finite_xy
from desktop.plotting.ticks import Unit


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
    CUMULATIVE = 2048  # all there had been up to the end of its period
    INTERVAL = 4096  # its words name where the period begins


@dataclass(frozen=True, slots=True)
class Marks:
    """Figures in time order as columns: place i of each array is one figure's mark.

    A period covers `left` to `right` (nan where it is open). `undated` and `undrawable` are the
    figures that are not among the marks. `figures` is empty where only arrays were given.
    `units` names that of each of `sources` where one source is several series, a unit each.
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
    units: tuple[str, ...] = ()
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
        if not self.figures:
            return "day"
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
_NATURE = {"flow": Feature.FLOW, "cumulative": Feature.CUMULATIVE}
_APPROX = {
    "about": Feature.VAGUE_VALUE,
    "almost": Feature.VAGUE_VALUE,
    "more_than": Feature.MORE,
    "less_than": Feature.LESS,
    "up_to": Feature.LESS,
}


def marks(figures: Iterable[KeptFigure], *, also_undated: bool = False) -> Marks:
    """The marks of figures of one unit; sources are numbered by the figures they give.

    With `also_undated` those without a date are among the marks, at the day 0.
    """
    # What figures share is worked out once: 100,000 of them have some hundred dates and a dozen
    # looks. One by one they took 230 ms, so 70.
    dates, looks = _Dates(also_undated=also_undated), _Looks()
    dated: list[KeptFigure] = []
    undated: list[KeptFigure] = []
    date_of: list[int] = []
    look_of: list[int] = []
    for kept in figures:
        figure = kept.figure
        date = dates[figure.date]
        if date < 0:
            undated.append(kept)
            continue
        dated.append(kept)
        date_of.append(date)
        look_of.append(looks[kept.status, figure.date_basis, figure.approx, figure.nature])
    x, left, right, date_features = dates.columns(date_of)
    features = date_features | numpy.array(look_of, numpy.int32)
    # "In all by 1939": since when is not said, and it is told of the end.
    summed = (features & int(Feature.CUMULATIVE | Feature.INTERVAL)) == int(Feature.CUMULATIVE)
    summed &= ~numpy.isnan(right)
    x[summed], left[summed] = right[summed], numpy.nan
    features[summed] |= int(Feature.OPEN_LEFT)
    highs = [kept.figure.value_high for kept in dated]
    y_high = finite_or_nan(highs)
    features[~numpy.isnan(y_high)] |= int(Feature.RANGE)
    series, sources = _sources(dated)
    points = finite_xy(x, [kept.figure.value for kept in dated])
    y = numpy.full(len(dated), numpy.nan)
    y[points.kept] = points.y
    in_time = points.kept[numpy.lexsort((points.y, points.x))]
    taken = set(points.kept.tolist()) if points.dropped else set()
    return Marks(
        ids=numpy.array([kept.id for kept in dated], numpy.int64)[in_time],
        x=x[in_time],
        y=y[in_time],
        left=left[in_time],
        right=right[in_time],
        y_high=y_high[in_time],
        features=features[in_time],
        series=series[in_time],
        figures=tuple([dated[place] for place in in_time.tolist()]),
        sources=sources,
        undated=tuple(undated),
        undrawable=tuple(
            kept for place, kept in enumerate(dated) if points.dropped and place not in taken
        ),
    )


class _Dates(dict[str | None, int]):
    """Numbers the dates it is asked for; -1, if not wanted as well, for those that are none."""

    def __init__(self, *, also_undated: bool) -> None:
        # The first span is that of all that has no date.
        self._spans: list[tuple[float, float, float, int]] = [(0.0, 0.0, 0.0, 0)]
        self._none = 0 if also_undated else -1
        super().__init__({None: self._none})

    def __missing__(self, edtf: str) -> int:
        earliest, latest = earliest_latest(edtf)
        if earliest is None and latest is None:
            self[edtf] = self._none
            return self._none
        feature = Feature.VAGUE_DATE if set(edtf) & set("~?%") else Feature.PLAIN
        if "/" in edtf:
            feature |= Feature.INTERVAL
        left = float("nan") if earliest is None else float(earliest)
        right = float("nan") if latest is None else latest + 1.0
        middle = (left + right) / 2
        if earliest is None:
            feature, middle = feature | Feature.OPEN_LEFT, right
        elif latest is None:
            feature, middle = feature | Feature.OPEN_RIGHT, left
        self[edtf] = len(self._spans)
        self._spans.append((middle, left, right, int(feature)))
        return self[edtf]

    def columns(self, numbers: list[int]) -> tuple[Floats, Floats, Floats, NDArray[numpy.int32]]:
        """Middle, left, right and features of the dates with these numbers."""
        table = numpy.array(self._spans, numpy.float64)[numbers, :]
        middle, left, right = (numpy.ascontiguousarray(table[:, place]) for place in range(3))
        return middle, left, right, table[:, 3].astype(numpy.int32)


class _Looks(dict[tuple[str, str, str, str | None], int]):
    """The features that the words of a figure's fields stand for."""

    def __missing__(self, key: tuple[str, str, str, str | None]) -> int:
        status, date_basis, approx, nature = key
        feature = _STATUS.get(status, Feature.PLAIN) | _APPROX.get(approx, Feature.PLAIN)
        feature |= _DATE_BASIS.get(date_basis, Feature.PLAIN)
        feature |= _NATURE.get(nature or "", Feature.PLAIN)
        self[key] = int(feature)
        return self[key]


def _sources(
    figures: list[KeptFigure],
) -> tuple[NDArray[numpy.int32], tuple[tuple[int, str], ...]]:
    """Each figure's series, and the sources that the series are, the most talkative first."""
    titles = {kept.source_id: kept.source_title for kept in reversed(figures)}
    source_ids, numbers, counts = numpy.unique(
        numpy.array([kept.source_id for kept in figures], numpy.int64),
        return_inverse=True,
        return_counts=True,
    )
    order = numpy.argsort(-counts, kind="stable")
    series = numpy.empty(len(order), numpy.int32)
    series[order] = numpy.arange(len(order))
    named = tuple((int(source_ids[place]), titles[int(source_ids[place])]) for place in order)
    return series[numbers], named


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
