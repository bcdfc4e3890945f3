"""A point of time as far as the words say it, and its EDTF once the year is known."""

import calendar
import datetime
from dataclasses import dataclass, replace
from typing import Literal

Stage = Literal["beginning", "middle", "end"]
Direction = Literal["", "by", "from", "after", "before"]

# The first and last year of a stage within its decade: early, mid and late 1930s.
_STAGES_OF_DECADE = {"beginning": (0, 3), "middle": (4, 6), "end": (7, 9)}
_MONTH_OF_STAGE = {"beginning": 1, "middle": 6, "end": 12}


@dataclass(frozen=True, slots=True)
class Point:
    """What the words say: a day, a month, a season, a year, a decade, a century, or its stage.

    `century` 0 is this one, whichever that is. `year` None waits for the running date, from which
    `shift` counts years ("of the previous year" is -1). A half or a quarter is a `slice`: which,
    of how many; `third` is a third of a month from 0; `easter` counts days from Easter Sunday;
    `eve` is the day before.
    """

    century: int | None = None
    decade: int | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: int | None = None
    stage: Stage | None = None
    slice: tuple[int, int] | None = None
    shift: int | None = None
    last_year: int | None = None
    days: int | None = None
    months: int | None = None
    week: int = 1
    easter: int | None = None
    third: int | None = None
    about: bool = False
    eve: bool = False
    rule: str = ""

    @property
    def is_open(self) -> bool:
        """Whether another date must complete it."""
        if self.century is not None:
            return self.century == 0
        if self.year is not None:
            return False
        return self.decade is None or self.decade < 100

    @property
    def grain(self) -> str:
        """The finest thing it names."""
        if self.easter is not None:
            return "day"
        for name in ("day", "month", "season", "year", "decade", "century"):
            if getattr(self, name) is not None:
                return name
        return "year"


@dataclass(frozen=True, slots=True)
class Step:
    """A distance from the running date: "two days later", "that year"; `unit` is y, n, w, u or d.

    A `span` lasts from the running date to where the step leads; `days` are the
    first and last of the month it leads to.
    """

    unit: str
    count: int
    from_today: bool = False
    stage: Stage | None = None
    back_from_here: bool = False
    span: bool = False
    days: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Tokens [first, last) and what they mean."""

    first: int
    last: int
    start: Point | Step
    stop: Point | None = None
    direction: Direction = ""
    rule: str = ""
    # Months that a "six months to June" reaches back from `start`.
    reach: int = 0


def edtf(point: Point) -> str | None:
    """The EDTF of a point whose year is known; None where there is no such day."""
    text = _edtf(point)
    if text and point.eve and len(text) == 10:
        text = str(datetime.date.fromisoformat(text) - datetime.timedelta(1))
    if text and point.about and "/" not in text and not text.endswith("~"):
        text += "~"
    return text


def _edtf(point: Point) -> str | None:
    year, month, stage = point.year, point.month, point.stage
    if point.easter is not None and year is not None and 1582 < year < 9999:
        return (easter(year) + datetime.timedelta(point.easter)).isoformat()
    if point.century is not None:
        return _of_span(point, (point.century - 1) * 100, 100)
    if point.decade is not None:
        return _of_span(point, point.decade, 10)
    if year is not None and -9999 < year < 1 and month is None:
        return f"-{-year:04}" if year else "0000"
    if year is None or not 1 <= year <= 9999:
        return None
    if point.day is not None and month is not None:
        if not 1 <= point.day <= calendar.monthrange(year, month)[1]:
            return None
        return f"{year:04}-{month:02}-{point.day:02}"
    if point.season is not None:
        if point.season == 24 and point.last_year is not None:
            return f"{year:04}-12/{point.last_year:04}-02"
        return f"{year:04}-{point.season}"
    if month is not None and point.third is not None:
        last = (10, 20, calendar.monthrange(year, month)[1])[point.third]
        first = point.third * 10 + 1
        return f"{year:04}-{month:02}-{first:02}/{year:04}-{month:02}-{last:02}"
    if month is not None and point.days is not None:
        return _days_of_month(year, month, point.days, point.week)
    if month is not None and point.slice is not None:
        return _days_of_month(year, month, 15 if point.slice[0] == 1 else -16, 1)
    if month is not None:
        return f"{year:04}-{month:02}" + ("~" if stage else "")
    if point.last_year is not None:
        return f"{year:04}/{point.last_year:04}"
    if point.months is not None:
        first = 1 if point.months > 0 else 13 + point.months
        return f"{year:04}-{first:02}/{year:04}-{first + abs(point.months) - 1:02}"
    if point.slice:
        which, count = point.slice
        width = 12 // count
        return f"{year:04}-{(which - 1) * width + 1:02}/{year:04}-{which * width:02}"
    if stage:
        return f"{year:04}-{_MONTH_OF_STAGE[stage]:02}~"
    return f"{year:04}"


def _days_of_month(year: int, month: int, days: int, which: int) -> str:
    """The first so many days, the last where `days` is negative, or the next such stretch."""
    longest = calendar.monthrange(year, month)[1]
    if days < 0:
        first, last = (longest + days + 1 if days != -16 else 16), longest
    else:
        first, last = days * (which - 1) + 1, min(days * which, longest)
    return f"{year:04}-{month:02}-{max(first, 1):02}/{year:04}-{month:02}-{last:02}"


def _of_span(point: Point, start: int, width: int) -> str | None:
    """A decade or a century whole, its half, quarter or stage."""
    if not 0 <= start <= 9999 - width:
        return None
    if point.slice:
        which, count = point.slice
        first = start + (which - 1) * width // count
        return f"{first:04}/{start + which * width // count - 1:04}"
    if width == 10:
        if point.stage:
            low, high = _STAGES_OF_DECADE[point.stage]
            return f"{start + low:04}/{start + high:04}"
        return f"{start // 10:03}X"
    if point.stage == "middle":
        return f"{start + 50:04}~"
    if point.stage:
        return f"{start // 10 + (9 if point.stage == 'end' else 0):03}X~"
    return f"{start // 100:02}XX"


def easter(year: int) -> datetime.date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return datetime.date(year, month, day + 1)


def between(first: Point, last: Point) -> tuple[Point, Point]:
    """The two ends of a range, each completed by what only the other one says."""
    if first.day and last.day and first.month is None and last.month and first.day < last.day:
        first = replace(first, month=last.month, year=last.year)
    if first.year is None and first.is_open and last.year is not None and first.shift is None:
        year = last.year
        if first.month and last.month and _order(first) > _order(last):
            year -= 1
        first = replace(first, year=year)
    return first, last


def _order(point: Point) -> tuple[int, int]:
    return point.month or 0, point.day or 0


def later(first: Point, last: Point) -> Point:
    """`last` with the year `first` gives it: "from October 1937 to September" ends in 1938."""
    if last.decade is not None and last.is_open and (first.year or first.decade):
        century = (first.year or first.decade or 0) // 100
        return replace(last, decade=century * 100 + last.decade)
    if last.year is not None or not last.is_open or first.year is None:
        return last
    earlier = first.month is not None and last.month is not None and _order(last) < _order(first)
    return replace(last, year=first.year + earlier)


def moved(day: datetime.date, months: int) -> datetime.date | None:
    """The day so many months on, or the last of that month; None beyond the calendar."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9998:
        return None
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
