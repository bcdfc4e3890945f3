"""Several units in one plot: each in a band of its own, or two of them with an axis each."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy

from desktop.plotting.finite import Floats
from desktop.plotting.gathering import only
from desktop.plotting.marks import Feature, Marks
from desktop.plotting.setting import Reader
from desktop.plotting.ticks import Ticks, log_ticks, value_ticks
from desktop.plotting.words import numeral

MOST_BANDS = 6
_FOOT, _HEAD = 0.10, 0.63  # of a band: where its values begin and end; its title stands above
_LOWEST = 28.0  # pixels that an axis with several ticks needs


@dataclass(frozen=True, slots=True)
class Band:
    """A part of the height of a plot, one high, with values from `low` to `high` in it."""

    base: float
    low: float
    high: float
    is_log: bool

    def place(self, values: Floats) -> Floats:
        """Where values (or, of a logarithmic band, positive ones) are in the plot."""
        up = numpy.log10(values) if self.is_log else values
        return self.base + _FOOT + (_HEAD - _FOOT) * ((up - self.low) / (self.high - self.low))

    def ticks(self, size: float) -> Ticks:
        """Its ticks if it is `size` pixels high."""
        room = size * (_HEAD - _FOOT)
        found = (log_ticks if self.is_log else value_ticks)(self.low, self.high, room)
        if room < _LOWEST:
            found = Ticks(found.places[-1:], found.labels[-1:])
        elif len(found.places) < 2:
            # Room for two: the least and the greatest value say more than one round number.
            ends = (self.low, self.high)
            said = [10.0**end for end in ends] if self.is_log else ends
            found = Ticks(ends, tuple(numeral(float(f"{end:.3g}")) for end in said))
        scale = (_HEAD - _FOOT) / (self.high - self.low)
        places = [self.base + _FOOT + (place - self.low) * scale for place in found.places]
        return Ticks(tuple(places), found.labels)


def banded(parts: Sequence[Marks], *, is_log: bool) -> tuple[list[Marks], list[Band]]:
    """Each part moved into a band, the first on top; a logarithm leaves zero and less out."""
    moved, bands = [], []
    for turn, part in enumerate(parts):
        kept = only(part, part.y > 0) if is_log else part
        band = _band(kept, float(len(parts) - 1 - turn), is_log=is_log)
        with numpy.errstate(divide="ignore", invalid="ignore"):
            y, y_high = band.place(kept.y), band.place(kept.y_high)
        moved.append(replace(kept, y=y, y_high=y_high))
        bands.append(band)
    return moved, bands


def _band(part: Marks, base: float, *, is_log: bool) -> Band:
    values = numpy.append(part.y, part.y_high[numpy.isfinite(part.y_high)])
    if not len(values):
        return Band(base, 0.0, 1.0, is_log)
    if is_log:
        values = numpy.log10(values[values > 0])
        low, high = float(values.min()), float(values.max())
    else:
        low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    if high - low <= max(abs(low), abs(high)) * 1e-9:
        low, high = low - 0.5, high + 0.5
    return Band(base, low, high, is_log)


def reader(bands: Sequence[Band]) -> Reader:
    """Ticks of all bands."""

    def ticks(low: float, high: float, size: float) -> Ticks:
        each = size / (high - low)
        found = [band.ticks(each) for band in bands]
        both = [
            (place, label)
            for one in found
            for place, label in zip(one.places, one.labels, strict=True)
            if low <= place <= high
        ]
        return Ticks(tuple(place for place, _ in both), tuple(label for _, label in both))

    return ticks


def ratio(first: Marks, second: Marks) -> float:
    """What the values of `second` are multiplied with to be as high as those of `first`.

    Zero stays zero: both axes begin at the same foot.
    """
    highest = [_highest(each) for each in (first, second)]
    if not all(highest):
        return 1.0
    factor = highest[0] / highest[1]
    return factor if math.isfinite(factor) and factor > 0 else 1.0


def _highest(part: Marks) -> float:
    values = numpy.abs(part.y[~part.has(Feature.REJECTED)])
    return float(values.max()) if len(values) else 0.0


def scaled(part: Marks, factor: float) -> Marks:
    """The marks at `factor` times their height."""
    return replace(part, y=part.y * factor, y_high=part.y_high * factor)


def right_reader(part: Marks, factor: float, *, is_log: bool) -> Reader:
    """Ticks of an axis on the right for the marks of `part`, which are drawn `scaled`.

    A logarithmic one ends a decade below and above its values.
    """
    values = part.y[part.y > 0] if is_log else part.y
    least, most = (float(values.min()), float(values.max())) if len(values) else (1.0, 1.0)

    def ticks(low: float, high: float, size: float) -> Ticks:
        if is_log:
            shift = math.log10(factor)
            ends = (
                max(low - shift, math.log10(least) - 1),
                min(high - shift, math.log10(most) + 1),
            )
            if ends[0] >= ends[1]:
                return Ticks((), ())
            found = log_ticks(*ends, size * (ends[1] - ends[0]) / (high - low))
            moved = tuple(place + shift for place in found.places)
        else:
            found = value_ticks(low / factor, high / factor, size)
            moved = tuple(place * factor for place in found.places)
        return Ticks(moved, found.labels)

    return ticks
