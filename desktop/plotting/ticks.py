"""Where an axis has ticks: time from years to days, and values in plain, grouped numerals."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QLocale

from desktop.plotting.calendar import civil, day_number

Unit = Literal["year", "month", "day"]
_DAYS_IN: dict[Unit, float] = {"year": 365.2425, "month": 30.436875, "day": 1.0}
_STEPS: tuple[tuple[Unit, int], ...] = (
    ("day", 1), ("day", 2), ("day", 7), ("day", 14),
    ("month", 1), ("month", 2), ("month", 3), ("month", 6),
    ("year", 1), ("year", 2), ("year", 5), ("year", 10), ("year", 20), ("year", 50),
    ("year", 100), ("year", 200), ("year", 500), ("year", 1000), ("year", 2000), ("year", 5000),
    ("year", 10_000), ("year", 100_000), ("year", 1_000_000),
)  # fmt: skip
_HIGHEST_POWER = 300.0
_GAP = 18  # pixels that stay free between two labels


@dataclass(frozen=True, slots=True)
class Ticks:
    """Where an axis has ticks and what stands there; `minor` ticks have no label."""

    places: tuple[float, ...]
    labels: tuple[str, ...]
    minor: tuple[float, ...] = ()


def time_ticks(
    first: float,
    last: float,
    room: float,
    width: Callable[[str], float],
    *,
    finest: Unit = "day",
    locale: QLocale | None = None,
) -> Ticks:
    """Ticks for the days `first` to `last` on `room` pixels, as many as their labels allow.

    None is finer than `finest`: an axis does not promise days where the figures know years.
    """
    locale = grouping_locale() if locale is None else locale
    allowed = [step for step in _STEPS if _DAYS_IN[step[0]] >= _DAYS_IN[finest]]
    length = max(last - first, 1e-9)
    for number, (unit, many) in enumerate(allowed):
        sample = max(width(label(day, unit, locale)) for day in (first, (first + last) / 2, last))
        if _DAYS_IN[unit] * many / length * room >= sample + _GAP or number == len(allowed) - 1:
            break
    places = tuple(_places(first, last, unit, many))
    minor: tuple[float, ...] = ()
    if number > 0:
        finer_unit, finer = allowed[number - 1]
        if _DAYS_IN[finer_unit] * finer / length * room >= 8:
            taken = set(places)
            finer_places = _places(first, last, finer_unit, finer)
            minor = tuple(place for place in finer_places if place not in taken)
    return Ticks(places, tuple(label(place, unit, locale) for place in places), minor)


def _places(first: float, last: float, unit: Unit, many: int) -> Iterator[float]:
    year, month, _ = civil(math.floor(first))
    if unit == "day":
        # Weeks and pairs of days are counted within the month, so that the 1st has a tick.
        while (start := day_number(year, month)) <= last:
            days_in_month = day_number(year, month + 1) - start
            for place in range(start, start + days_in_month - many // 2, many):
                if first <= place <= last:
                    yield float(place)
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    elif unit == "month":
        month = (month - 1) // many * many + 1
        while (place := day_number(year, month)) <= last:
            if place >= first:
                yield float(place)
            month += many
    else:
        year = year // many * many
        while True:
            # There is no year 0 (it is 1 BC): decades and centuries count from the year 1 and
            # from 1 BC, so that round numbers stand on both sides.
            place = day_number(year + 1 if year <= 0 and many > 1 else year)
            if place > last:
                return
            if place >= first:
                yield float(place)
            year += many


def label(day: float, unit: Unit, locale: QLocale) -> str:
    """What stands under the tick of a day: 1937, Mar 1940, 12 Mar 1940, 44 BC."""
    year, month, day_of_month = civil(math.floor(day))
    named = str(year) if year > 0 else f"{1 - year} BC"
    if unit == "year":
        return named
    month_name = locale.standaloneMonthName(month, QLocale.FormatType.ShortFormat)
    if unit == "month":
        return f"{month_name} {named}"
    return f"{day_of_month} {month_name} {named}"


def value_ticks(low: float, high: float, room: float, *, locale: QLocale | None = None) -> Ticks:
    """Ticks for values on `room` pixels of height: 1, 2 or 5 times a power of ten apart."""
    locale = grouping_locale() if locale is None else locale
    span = high - low
    if not (math.isfinite(span) and span > 0):
        return Ticks((), ())
    rough = span / max(room / 48, 2)
    power = math.floor(math.log10(rough))
    # The fourth is there for the rounding of powers; one of them always fits.
    factor = next(many for many in (1, 2, 5, 10, 20) if many * 10.0**power >= rough)
    step = factor * 10.0**power
    if step <= max(abs(low), abs(high)) * 1e-13:
        return Ticks((), ())
    decimals = max(0, -power if factor < 10 else -power - 1)
    places = _multiples(low, high, step)
    labels = tuple(number(place, decimals, locale) for place in places)
    fifth = step / 5 if factor != 2 else step / 4
    minor = tuple(
        place for place in _multiples(low, high, fifth) if abs(place / step % 1 - 0.5) < 0.499
    )
    return Ticks(places, labels, minor)


def log_ticks(low: float, high: float, room: float, *, locale: QLocale | None = None) -> Ticks:
    """Ticks for a logarithmic axis; places and borders are logarithms to the base of ten."""
    locale = grouping_locale() if locale is None else locale
    # Beyond these there are no numbers, and a view can be zoomed out far beyond.
    room *= (min(high, _HIGHEST_POWER) - max(low, -_HIGHEST_POWER)) / max(high - low, 1e-9)
    low, high = max(low, -_HIGHEST_POWER), min(high, _HIGHEST_POWER)
    decades = high - low
    if decades <= 0 or room <= 0:
        return Ticks((), ())
    if decades < 0.7:
        linear = value_ticks(10.0**low, 10.0**high, room, locale=locale)
        return Ticks(tuple(math.log10(place) for place in linear.places), linear.labels)
    per_decade = room / decades
    every = max(1, math.ceil(22 / per_decade))
    within = (1, 2, 5) if per_decade >= 110 else (1,)
    places, labels, minor = [], [], []
    for power in range(math.floor(low), math.ceil(high) + 1):
        for many in range(1, 10):
            place = power + math.log10(many)
            if not low <= place <= high:
                continue
            if many in within and power % every == 0:
                places.append(place)
                labels.append(number(many * 10.0**power, max(0, -power), locale))
            elif per_decade >= 70 or many == 1:
                minor.append(place)
    return Ticks(tuple(places), tuple(labels), tuple(minor))


def grouping_locale() -> QLocale:
    """The person's locale; always with groups of digits, also where it is plain C."""
    locale = QLocale()
    locale.setNumberOptions(locale.numberOptions() & ~QLocale.NumberOption.OmitGroupSeparator)
    return locale


def _multiples(low: float, high: float, step: float) -> tuple[float, ...]:
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple(many * step for many in range(first, min(last, first + 1000) + 1))


def number(value: float, decimals: int, locale: QLocale) -> str:
    """A value as people write it, digits in groups; beyond 10^16 as a power of ten."""
    if abs(value) >= 1e16:
        power = math.floor(math.log10(abs(value)))
        head = locale.toString(value / 10.0**power, "g", 3)
        raised = str(power).translate(str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"))
        return f"10{raised}" if head == "1" else f"{head} × 10{raised}"
    return locale.toString(float(value) + 0.0, "f", min(decimals, 12))
