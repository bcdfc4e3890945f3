"""Years and months of other calendars as Gregorian ones: reign eras, the French Republic's, Julian."""

import calendar
import datetime
from functools import cache

from db.quantities import lexicon

# The republican year I began on 22 September 1792; its leap years were III, VII and XI.
_REPUBLIC_BEGAN = datetime.date(1792, 9, 22)
_REPUBLICAN_LEAP_YEARS = (3, 7, 11)
_LAST_REPUBLICAN_YEAR = 14


def era_year(era: str, year: int) -> int | None:
    """The Gregorian year of "Minguo 29" or "昭和15": 1940 both; None for an unknown era."""
    first = _eras().get(era.lower())
    return first + year - 1 if first is not None and 1 <= year <= 130 else None


def era_end(era: str) -> int | None:
    """The last Gregorian year of a reign, as far as the lexicon tells."""
    rows = lexicon.load("eras").get("eras", ())
    return next(
        (row.get("last") for row in rows if era.lower() in map(str.lower, row["names"])), None
    )


def era_names() -> tuple[str, ...]:
    """Every name an era goes by, longest first."""
    return tuple(sorted(_eras(), key=lambda name: (-len(name), name)))


@cache
def _eras() -> dict[str, int]:
    rows = lexicon.load("eras").get("eras", ())
    return {name.lower(): row["first"] for row in rows for name in row["names"]}


def republican(year: int, month: int, day: int | None) -> tuple[str, str] | None:
    """First and last day of a day or month of the Republic's calendar, in ISO form."""
    if not 1 <= year <= _LAST_REPUBLICAN_YEAR or not 1 <= month <= 13 or not 1 <= (day or 1) <= 30:
        return None
    leaps = sum(leap < year for leap in _REPUBLICAN_LEAP_YEARS)
    start = _REPUBLIC_BEGAN + datetime.timedelta(365 * (year - 1) + leaps + 30 * (month - 1))
    if day is not None:
        only = start + datetime.timedelta(day - 1)
        return only.isoformat(), only.isoformat()
    length = 30 if month < 13 else 5 + (year in _REPUBLICAN_LEAP_YEARS)
    return start.isoformat(), (start + datetime.timedelta(length - 1)).isoformat()


def from_julian(year: int, month: int, day: int) -> datetime.date | None:
    """The Gregorian day of an Old Style one."""
    if not 1 <= month <= 12 or not 1 <= year <= 9998:
        return None
    longest = 29 if month == 2 and year % 4 == 0 else calendar.monthrange(1939, month)[1]
    if not 1 <= day <= longest:
        return None
    shifted = (14 - month) // 12
    years, months = year + 4800 - shifted, month + 12 * shifted - 3
    number = day + (153 * months + 2) // 5 + 365 * years + years // 4 - 32083
    # Julian day number 1721426 is 1 January of the Gregorian year 1.
    ordinal = number - 1721425
    return datetime.date.fromordinal(ordinal) if ordinal > 0 else None
