"""The fields of a query (year:1939..1941, value:>=100M): their values read and put in one form."""

import datetime
import math
import re
from collections.abc import Callable
from typing import get_args

from db import edtf
from db.records import FigureKind, FigureStatus, Modality, PassageKind

# Low, high, and whether each end is itself left out.
Range = tuple[float, float, bool, bool]

FREE = ("title", "creator", "tag", "note", "language", "level", "genre", "unit", "of", "source")
CHOICES: dict[str, tuple[str, ...]] = {
    "kind": get_args(PassageKind) + get_args(FigureKind),
    "status": get_args(FigureStatus),
    "modality": get_args(Modality),
    "has": ("figure", "period", "note", "tag", "annotation", "page", "original"),
}
RANGES = ("year", "date", "value")
NAMES = (*FREE, *CHOICES, *RANGES)
OF_FIGURES = ("unit", "of", "status", "value", "modality")

UNITS = {"$": "USD", "us$": "USD", "dollar": "USD", "dollars": "USD", "€": "EUR", "£": "GBP",
         "¥": "CNY", "yuan": "CNY", "rouble": "RUB", "roubles": "RUB", "ruble": "RUB",
         "rubles": "RUB", "%": "percent"}  # fmt: skip
LANGUAGES = {"english": "en", "russian": "ru", "chinese": "zh", "german": "de", "french": "fr",
             "japanese": "ja", "ukrainian": "uk", "spanish": "es", "italian": "it"}  # fmt: skip

_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "million": 1e6,
           "bn": 1e9, "b": 1e9, "billion": 1e9, "tn": 1e12, "trillion": 1e12}  # fmt: skip
_TOO_LARGE = 1e21
_NUMBER = re.compile(r"([-−]?)[$€£¥]?(\d[\d,'’\u00a0 ]{0,30}(?:\.\d{1,15})?)\s?([a-z]{0,8})%?")
_YEAR = re.compile(r"-?\d{1,4}")
_DECADE = re.compile(r"(\d{3})0s|(\d{3})[xX*]")
_CENTURY = re.compile(r"(\d{2})(?:[xX]{2}|00s)")


def canonical(name: str, value: str) -> str | None:
    """`value` in the one form it is kept in; None where the field cannot have it."""
    value = " ".join(value.split())
    if not value:
        return None
    if name in CHOICES:
        word = value.casefold().replace(" ", "_")
        singular = word.removesuffix("s")
        return next((choice for choice in CHOICES[name] if choice in (word, singular)), None)
    if name == "source":
        return value if value.isdecimal() and value.isascii() and len(value) < 19 else None
    if name == "language":
        return LANGUAGES.get(value.casefold(), value.casefold())
    if name == "unit":
        return UNITS.get(value.casefold(), value)
    if name == "year":
        return _written(years(value), lambda year: str(int(year)))
    if name == "date":
        return value if days(value) else None
    if name == "value":
        return _written(amounts(value), _plain)
    return value


def years(value: str) -> Range | None:
    """First and last year and whether each is itself left out; None if unreadable."""
    if found := _DECADE.fullmatch(value):
        decade = int(found[1] or found[2]) * 10
        return decade, decade + 9, False, False
    if found := _CENTURY.fullmatch(value):
        return int(found[1]) * 100, int(found[1]) * 100 + 99, False, False
    return _range(value, lambda text: float(text) if _YEAR.fullmatch(text) else None)


def amounts(value: str) -> Range | None:
    """Lowest and highest number and whether each is itself left out; None if unreadable."""
    return _range(value, _amount)


def days(value: str) -> tuple[int | None, int | None] | None:
    """First and last day of a range of EDTF dates (1940-10..1941), None where open."""
    found = _days(value)
    return None if found is None else (_in_calendar(found[0]), _in_calendar(found[1]))


def _in_calendar(day: int | None) -> int | None:
    return None if day is None else min(max(day, 1), datetime.date.max.toordinal())


def _days(value: str) -> tuple[int | None, int | None] | None:
    for operator in (">=", "<=", ">", "<", "="):
        if value.startswith(operator):
            low, high = edtf.earliest_latest(value.removeprefix(operator))
            if low is None or high is None:
                return None
            return {">=": (low, None), "<=": (None, high), ">": (high + 1, None),
                    "<": (None, low - 1), "=": (low, high)}[operator]  # fmt: skip
    first, dots, last = value.partition("..")
    if not dots:
        return edtf.earliest_latest(first) if edtf.is_valid(first) else None
    if not (first or last) or not all(edtf.is_valid(end) for end in (first, last) if end):
        return None
    return (
        edtf.earliest_latest(first)[0] if first else None,
        edtf.earliest_latest(last)[1] if last else None,
    )


def days_of_years(low: float, high: float) -> tuple[int, int]:
    """The first day of the first and the last day of the last year, within the calendar."""
    first = datetime.date(int(min(max(low, 1), 9999)), 1, 1)
    last = datetime.date(int(min(max(high, 1), 9999)), 12, 31)
    return first.toordinal(), last.toordinal()


def _range(value: str, read: Callable[[str], float | None]) -> Range | None:
    for operator in (">=", "<=", "≥", "≤", ">", "<", "="):
        if value.startswith(operator):
            number = read(value.removeprefix(operator).strip())
            if number is None:
                return None
            low = number if operator in (">=", "≥", ">", "=") else -math.inf
            high = number if operator in ("<=", "≤", "<", "=") else math.inf
            return low, high, operator == ">", operator == "<"
    if (number := read(value)) is not None:
        return number, number, False, False
    for dots in ("..", "…", "–", "-"):
        first, found, last = value.partition(dots)
        first, last = first.strip(), last.strip()
        if not found or not (first or last) or (dots != ".." and not (first and last)):
            continue
        low_end = read(first) if first else -math.inf
        high_end = read(last) if last else math.inf
        if low_end is not None and high_end is not None:
            return min(low_end, high_end), max(low_end, high_end), False, False
    return None


def _amount(text: str) -> float | None:
    found = _NUMBER.fullmatch(text.strip().casefold())
    if found is None:
        return None
    sign, digits, scale = found.groups()
    if scale and scale not in _SCALES:
        return None
    number = float("".join(c for c in digits if c in "0123456789.")) * _SCALES.get(scale, 1.0)
    if number >= _TOO_LARGE:
        return None
    return -number if sign else number


def _written(found: Range | None, show: Callable[[float], str]) -> str | None:
    if found is None:
        return None
    low, high, above, below = found
    if low == high:
        return show(low)
    if math.isinf(high):
        return f"{'>' if above else '>='}{show(low)}"
    if math.isinf(low):
        return f"{'<' if below else '<='}{show(high)}"
    return f"{show(low)}..{show(high)}"


def _plain(number: float) -> str:
    return (
        format(number, ".15g") if abs(number) < 1e-5 else f"{number:.10f}".rstrip("0").rstrip(".")
    )
