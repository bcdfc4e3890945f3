"""Extended Date/Time Format: whether a text is one, its earliest and latest day, its words."""

import calendar
import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

# First and last month of each season code; 24 and 28 reach into the next year.
_SEASONS = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14),
    25: (3, 5), 26: (6, 8), 27: (9, 11), 28: (12, 14),
    29: (9, 11), 30: (12, 14), 31: (3, 5), 32: (6, 8),
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12),
}  # fmt: skip
_LONG_YEAR = re.compile(r"Y(-?\d{1,12})(?:E(\d{1,2}))?(?:S(\d{1,3}))?")
_DATE = re.compile(
    r"[~?%]?(-?)(\d[\dX]{3}|X[\dX]{3})(?:S\d{1,2})?[~?%]?"
    r"(?:-[~?%]?([\dX]{2})[~?%]?(?:-[~?%]?([\dX]{2})[~?%]?)?)?"
)
_TIME = re.compile(
    r"(-?\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|[+-](?:0\d|1[0-4])(?::[0-5]\d)?)?"
)

Days = tuple[int | None, int | None]  # the earliest and the latest, as date.toordinal counts


@dataclass(frozen=True, slots=True)
class _Day:
    """A day of the proleptic Gregorian calendar in any year."""

    year: int
    month: int
    day: int

    def ordinal(self) -> int:
        """As datetime.date.toordinal, for every year there is."""
        year = self.year - 1
        before = year * 365 + year // 4 - year // 100 + year // 400
        return (
            before + _DAYS_BEFORE[self.month] + (self.month > 2 and _is_leap(self.year)) + self.day
        )


_DAYS_BEFORE = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


def is_valid(edtf: str) -> bool:
    """Whether `edtf` is a date, a season, an interval or a set that the standard allows."""
    return _span(edtf) is not None


# The dates of one text are asked for again and again: a twentieth of the time figures take.
@lru_cache(maxsize=4096)
def bounds(edtf: str) -> tuple[datetime.date | None, datetime.date | None]:
    """The earliest and the latest day; None where it is open, unknown or beyond the years 1-9999."""
    low, high = earliest_latest(edtf)
    return _date(low), _date(high)


def earliest_latest(edtf: str) -> Days:
    """The earliest and the latest day as datetime.date.toordinal counts; None where open."""
    span = _span(edtf)
    if span is None:
        return None, None
    low, high = span
    return low.ordinal() if low else None, high.ordinal() if high else None


def days_apart(one: Days | None, other: Days | None) -> int:
    """Days from the last of the earlier to the first of the later; 0 where they may meet."""
    if one is not None and other is not None:
        for (_, last), (first, _) in ((one, other), (other, one)):
            if last is not None and first is not None and last < first:
                return first - last
    return 0


def in_words(edtf: str, language: str = "en") -> str:
    """What a person reads: "by the end of 1939", "spring 1941"; an invalid text comes back as is."""
    # The words are a lexicon's; the grammar that reads them back needs this module itself.
    from db import edtf_words

    return edtf_words.of(edtf, language) if is_valid(edtf) else edtf


def from_words(text: str, language: str = "en") -> str | None:
    """The EDTF of what a person types: "spring 1941", "by 1939", "1941-21"; None if it is no date."""
    from db import edtf_words

    text = text.strip()
    return text if is_valid(text) else edtf_words.read(text, language)


def _date(ordinal: int | None) -> datetime.date | None:
    if ordinal is None or not 1 <= ordinal <= datetime.date.max.toordinal():
        return None
    return datetime.date.fromordinal(ordinal)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _last_day(year: int, month: int) -> int:
    return calendar.monthrange(2000 if _is_leap(year) else 2001, month)[1]


_Span = tuple[_Day | None, _Day | None]


def _span(edtf: str) -> _Span | None:
    """Both ends of a valid text; None for an invalid one."""
    if not isinstance(edtf, str) or not edtf or len(edtf) > 200 or not edtf.isascii():
        return None
    if edtf[0] in "[{":
        return _of_set(edtf)
    if "/" in edtf:
        return _of_interval(edtf)
    if time := _TIME.fullmatch(edtf):
        return _of_date(time[1])
    return _of_date(edtf)


def _of_interval(edtf: str) -> _Span | None:
    parts = edtf.split("/")
    if len(parts) != 2 or edtf == "/":
        return None
    ends: list[_Span] = []
    for part in parts:
        span = (None, None) if part in ("", "..") else _of_date(part)
        if span is None:
            return None
        ends.append(span)
    low, high = ends[0][0], ends[1][1]
    first_of_last = ends[1][0]
    if low and high and first_of_last:
        # With unknown digits the end may lie anywhere in its span, else it begins where it says.
        last = high if "X" in edtf else first_of_last
        if last.ordinal() < low.ordinal():
            return None
    return low, high


def _of_set(edtf: str) -> _Span | None:
    if edtf[-1:] != ("]" if edtf[0] == "[" else "}"):
        return None
    lows: list[_Day | None] = []
    highs: list[_Day | None] = []
    for part in edtf[1:-1].split(","):
        first, dots, last = part.strip().partition("..")
        low = _of_date(first) if first else (None, None) if dots else None
        high = _of_date(last) if last else (None, None) if dots else low
        if low is None or high is None:
            return None
        lows.append(low[0])
        highs.append(high[1])
    low_days = [day for day in lows if day]
    high_days = [day for day in highs if day]
    earliest = min(low_days, key=_Day.ordinal) if len(low_days) == len(lows) else None
    latest = max(high_days, key=_Day.ordinal) if len(high_days) == len(highs) else None
    return earliest, latest


def _of_date(edtf: str) -> _Span | None:
    if long := _LONG_YEAR.fullmatch(edtf):
        year = int(long[1]) * 10 ** int(long[2] or 0)
        if abs(year) < 10000:
            return None
        return _Day(year, 1, 1), _Day(year, 12, 31)
    match = _DATE.fullmatch(edtf)
    if match is None:
        return None
    sign, year, month, day = match.groups()
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if sign:
        if year == "0000":
            return None
        low, high = -high, -low
    if month is None:
        return _Day(low, 1, 1), _Day(high, 12, 31)
    if month.isdecimal() and int(month) in _SEASONS and day is None:
        return _of_season(low, high, int(month))
    first, last = _range(month, 1, 12)
    if first is None or last is None:
        return None
    if day is None:
        return _Day(low, first, 1), _Day(high, last, _last_day(high, last))
    longest = max(_last_day(y, m) for y in (low, high) for m in (first, last)) if low else 31
    earliest, latest = _range(day, 1, 31)
    if earliest is None or latest is None:
        return None
    if "X" not in month and earliest > max(longest, 29 if first == 2 and "X" in year else 0):
        return None
    return (
        _Day(low, first, min(earliest, _last_day(low, first))),
        _Day(high, last, min(latest, _last_day(high, last))),
    )


def _of_season(low: int, high: int, code: int) -> _Span:
    first, last = _SEASONS[code]
    over = last > 12
    year, month = high + over, last - 12 * over
    return _Day(low, first, 1), _Day(year, month, _last_day(year, month))


def _range(digits: str, least: int, most: int) -> tuple[int | None, int | None]:
    """The least and greatest number within bounds that the digits can stand for."""
    if "X" not in digits:
        value = int(digits)
        return (value, value) if least <= value <= most else (None, None)
    fits = [
        n
        for n in range(least, most + 1)
        if all(d in ("X", c) for d, c in zip(digits, f"{n:02}", strict=True))
    ]
    return (fits[0], fits[-1]) if fits else (None, None)
