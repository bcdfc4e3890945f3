"""The reckoning with days: steps from one, weekdays, and what a reading means once complete."""

import calendar
import datetime
import re
from dataclasses import replace
from functools import cache

import db.edtf
from db.quantities import lexicon
from db.quantities.period_parts import Point, Step, edtf, moved

# How far beyond the last year of a text "the fifties" may begin.
_YEARS_TO_A_DECADE = 20
_CLAUSE_END = re.compile(r"[.;:!?。；，]")
_MONTH_OF_STAGE = {"beginning": 1, "middle": 6, "end": 12}


@cache
def past_words(language: str) -> tuple[str, ...]:
    """Verbs that put what a month is said of behind the writer: "waren", "avait"."""
    return tuple(lexicon.load(f"dates.{language}").get("association", {}).get("was", ()))


@cache
def awaits(language: str) -> re.Pattern[str]:
    """Words that put what is said of a weekday before the writer: "will", "erwartet"."""
    words = lexicon.load(f"dates.{language}").get("association", {}).get("ahead", ())
    return lexicon.any_of(words, language)


def is_pluperfect(text: str, end: int, language: str) -> bool:
    """Whether the clause behind a date tells of what had been before: "had held", "曾达"."""
    words = lexicon.load(f"dates.{language}").get("association", {}).get("had", ())
    clause = _CLAUSE_END.split(text[end : end + 60].lower().lstrip(", "), maxsplit=1)[0]
    if language == "zh":
        return "曾" in clause[:6]
    return not frozenset(words).isdisjoint(clause.replace(",", " ").split())


@cache
def deictic_words(language: str) -> frozenset[str]:
    """Words that count from the writer's day and not from the story's: "dernier", "прошлой"."""
    words = lexicon.load(f"dates.{language}").get("association", {}).get("deictic", ())
    return frozenset(words)


@cache
def bases(language: str) -> tuple[str, ...]:
    """What stands before a date that something is compared with: "than in", "чем"."""
    words = lexicon.load(f"dates.{language}").get("association", {}).get("bases", ())
    return tuple(words) or ("\0",)


def first_day(date: str | None) -> datetime.date | None:
    """The first day of an EDTF date, the last where it has no first."""
    if not date:
        return None
    first, last = db.edtf.bounds(date)
    return first or last


def step(step: Step, day: datetime.date, grain: str) -> str | None:
    if step.unit == "k":
        return _weekday(step, day)
    if step.unit == "w" and step.from_today and abs(step.count) <= 1:
        return _week(day, step.count)
    if step.days:
        return _part_of_month(moved(day.replace(day=1), step.count), step.days, grain)
    year = day.year + step.count
    if step.unit in "hq":
        width = 6 if step.unit == "h" else 3
        first = moved(
            day.replace(month=(day.month - 1) // width * width + 1, day=1), step.count * width
        )
        last = moved(first, width - 1) if first else None
        return f"{first:%Y-%m}/{last:%Y-%m}" if first and last and first.year > 999 else None
    if step.span and step.unit in "yn":
        months = step.count * (12 if step.unit == "y" else 1)
        until = moved(day.replace(day=1), months)
        if until is None or (step.unit == "n" and grain == "year"):
            return None
        form = "%Y" if step.unit == "y" else "%Y-%m"
        low, high = sorted((day, until))
        return f"{low:{form}}/{high:{form}}" if low.year > 999 else None
    if step.back_from_here:
        return f"{year:04}/{day.year:04}" if year > 0 else None
    if step.stage:
        month = day.month if step.unit == "n" else _MONTH_OF_STAGE[step.stage]
        if step.unit == "y":
            return f"{year:04}-{month:02}~" if 0 < year < 9999 else None
        month_of = moved(day, step.count)
        return (
            f"{month_of:%Y-%m}~" if month_of and grain != "year" and month_of.year > 999 else None
        )
    if step.unit == "y":
        return f"{year:04}" if 0 < year < 9999 else None
    if step.unit == "n":
        month_of = moved(day, step.count)
        return f"{month_of.year:04}-{month_of.month:02}" if month_of and grain != "year" else None
    if grain != "day":
        return None
    try:
        return (day + datetime.timedelta(step.count * (7 if step.unit == "w" else 1))).isoformat()
    except OverflowError:
        return None


def _part_of_month(month: datetime.date | None, days: tuple[int, int], grain: str) -> str | None:
    """The days of a month from one to the other, the last if there are no more."""
    if month is None or grain == "year" or month.year < 1000:
        return None
    last = min(days[1], calendar.monthrange(month.year, month.month)[1])
    return f"{month:%Y-%m}-{days[0]:02}/{month:%Y-%m}-{last:02}"


def years_on(day: datetime.date | None, count: int, grain: str, rule: str) -> str | None:
    """Of "the next three years" and "the first three years", counted from `day`."""
    if day is None or not 0 < day.year < 9000:
        return None
    if rule == "date.first-years":
        return f"{day.year:04}/{day.year + count - 1:04}"
    return f"{day.year + (grain == 'year'):04}/{day.year + count:04}"


def _weekday(step: Step, today: datetime.date) -> str | None:
    """The last such day before the writer's, or the next."""
    distance = (today.isoweekday() - step.count) % 7
    days = -distance if step.back_from_here else 7 - distance
    number = today.toordinal() + days
    return datetime.date.fromordinal(number).isoformat() if number > 0 else None


def _week(today: datetime.date, count: int) -> str | None:
    monday = today.toordinal() - today.weekday() + 7 * count
    if not 1 <= monday <= datetime.date.max.toordinal() - 6:
        return None
    return f"{datetime.date.fromordinal(monday)}/{datetime.date.fromordinal(monday + 6)}"


def week_beside(last: datetime.date, count: int) -> str | None:
    """The week after, or before, the one that ends on `last`."""
    end = last.toordinal() + 7 * count
    if not 7 < end < datetime.date.max.toordinal():
        return None
    return f"{datetime.date.fromordinal(end - 6)}/{datetime.date.fromordinal(end)}"


def nearest(point: Point, today: datetime.date) -> Point | None:
    """Of a letter's "le 22": the day of this month, or of the one before if that is much nearer."""
    day = point.day or 1
    ahead = day - today.day
    if ahead <= 0:
        return replace(point, year=today.year, month=today.month, shift=None)
    before = moved(today.replace(day=1), -1)
    if before is None or 30 - ahead > 2 * ahead:
        return replace(point, year=today.year, month=today.month, shift=None)
    return replace(point, year=before.year, month=before.month, shift=None)


def decade(tens: int, day: datetime.date | None, last_year: int) -> int:
    """Of "The thirties": those nearest to the story that do not lie beyond its last year."""
    if day is None:
        # "in the seventies" of a text that goes on to 1906 are 1870 to 1879.
        ahead = last_year and 1900 + tens > last_year + _YEARS_TO_A_DECADE
        return (1800 if ahead else 1900) + tens
    century = day.year - day.year % 100
    near = [century + tens + hundred for hundred in (-100, 0, 100)]
    near = [year for year in near if year <= max(last_year, day.year) + _YEARS_TO_A_DECADE]
    return min(near, key=lambda year: abs(day.year - year - 5))


def on_the_day(
    point: Point, anchor: datetime.date, grain: str, is_past: bool = False
) -> Point | None:
    """Of "The 17th": of this month, or of the next if it is past."""
    if grain not in ("day", "month"):
        return None
    if point.shift is not None:
        month = moved(anchor, point.shift)
    else:
        goes_on = grain == "day" and (point.day or 0) < anchor.day and not is_past
        month = moved(anchor.replace(day=1), 1 if goes_on else 0)
    return replace(point, year=month.year, month=month.month, shift=None) if month else None


def written(start: Point, stop: Point | None) -> str | None:
    date = edtf(start)
    if date is None or stop is None:
        return date
    until = edtf(stop)
    if until is None:
        return date
    whole = f"{date.split('/')[0]}/{until.split('/')[-1]}"
    return whole if db.edtf.is_valid(whole) else date


def reaching_back(point: Point, months: int) -> str | None:
    """The six months to June 1897: 1897-01/1897-06; fewer than none are days."""
    day = first_day(edtf(replace(point, about=False)))
    if day is None:
        return None
    if months < 0:
        if day.toordinal() <= -months:
            return None
        return f"{day + datetime.timedelta(months + 1)}/{day}"
    if point.month is None:
        day = day.replace(month=12)
    # A year that ends before the 15th of a month began in that month.
    first = moved(
        day.replace(day=1), 1 - months if point.day is None or point.day > 14 else -months
    )
    if first is None:
        return None
    return f"{first.year:04}-{first.month:02}/{day.year:04}-{day.month:02}"
