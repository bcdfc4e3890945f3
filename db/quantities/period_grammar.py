"""What the words at one place say of time: a point, a range, or a step from another date."""

import re
from dataclasses import replace
from typing import Any

from db.quantities import calendars, period_steps
from db.quantities import period_patterns as patterns
from db.quantities.period_parts import Direction, Point, Reading, Stage, between, later
from db.quantities.period_words import Words

_STAGES: dict[str, Stage] = {"b": "beginning", "m": "middle", "e": "end"}


def readings(words: Words) -> list[Reading]:
    """Everything the grammar finds, in order and disjoint."""
    found: list[Reading] = []
    position = 0
    while match := patterns.STARTS.search(words.kinds, position):
        first = match.start()
        reading = _at(words, first, position)
        if reading is None:
            position = first + 1
        else:
            if words.kinds[reading.last - 1] == ".":
                reading = replace(reading, last=reading.last - 1)
            found.append(reading)
            position = max(reading.last, first + 1)
    return found


def _at(words: Words, at: int, floor: int) -> Reading | None:
    kinds = words.kinds
    begin = at
    if at > floor and kinds[at - 1] == "t" and kinds[at] != "t":
        begin = at - 1
    if step := period_steps.step(words, begin) or (
        period_steps.step(words, at) if begin != at else None
    ):
        return _directed(words, step)
    if (
        french := period_steps.republican(words, begin) or period_steps.republican(words, at)
    ) is not None:
        return french
    if (ending := _ending(words, begin) or _ending(words, at)) is not None:
        return ending
    if (days := _days(words, begin) or _days(words, at)) is not None:
        return _directed(words, days)
    if kinds[at] in "X9":
        return Reading(at, at + 1, _numeric(words, at), rule="date.numeric")
    read = point(words, begin) or (point(words, at) if begin != at else None)
    if read is None:
        return None
    start, end = read
    first = begin if point(words, begin) else at
    reading = Reading(first, end, start, rule=start.rule)
    return _directed(words, _ranged(words, reading))


def point(words: Words, at: int) -> tuple[Point, int] | None:
    """The point of time that begins with token `at`, and the token behind it."""
    kinds = words.kinds
    kind = kinds[at + 1 : at + 2] if kinds[at : at + 1] == "t" else kinds[at : at + 1]
    if not kind:
        return None
    if kind in "bme" and (match := patterns.STAGE.match(kinds, at)):
        inner = point(words, match.end())
        if inner and inner[0].stage is None and inner[0].slice is None and inner[0].day is None:
            stage = _STAGES[match["stage"]]
            return replace(inner[0], stage=stage, rule="date.stage"), inner[1]
        return None
    if kind in "ONa" and (match := patterns.QUARTER.match(kinds, at)):
        return _slice(words, match, point(words, match.end()))
    if kind == "q" and (match := patterns.QUARTER_BEHIND.match(kinds, at)):
        return _slice(words, match, point(words, match.end()))
    if kind in "Oa" and (match := patterns.MONTHS_OF_YEAR.match(kinds, at)):
        count, is_last = words.number(match.start("N")), kinds[match.start("O")] == "a"
        if not 1 <= count <= 11:
            return None
        year = words.number(match.start("Y")) if match["Y"] else None
        months = -count if is_last else count
        return Point(year=year, months=months, rule="date.months"), match.end()
    if kind == "a" and (match := patterns.LAST_DAY.match(kinds, at)):
        inner = point(words, match.end())
        if inner and inner[0].grain == "month":
            return replace(inner[0], days=-1, rule="date.day"), inner[1]
        return None
    if kind in "Oa" and (match := patterns.DAYS_OF_MONTH.match(kinds, at)):
        inner = point(words, match.end())
        count = words.number(match.start("N"))
        if inner and inner[0].grain == "month" and 1 <= count <= 31:
            days = -count if kinds[match.start("O")] == "a" else count
            return replace(inner[0], days=days, rule="date.week"), inner[1]
        return None
    if kind in "Oa" and (match := patterns.WEEK.match(kinds, at)):
        inner = point(words, match.end())
        week = words.number(match.start("O"))
        width = 7 * (words.number(match.end("O")) or 1)
        if inner and inner[0].grain == "month" and kinds[match.start("O")] == "a":
            return replace(inner[0], days=-width, rule="date.week"), inner[1]
        if inner and inner[0].grain == "month" and 1 <= week * width <= 28:
            point_of = replace(inner[0], days=width, week=week, rule="date.week")
            return point_of, inner[1]
        return None
    if kind == "c":
        return _fiscal(words, at)
    for pattern in _BY_KIND.get(kind, ()):
        if match := pattern.match(kinds, at):
            made = _make(words, match)
            if made:
                return made, match.end()
    return None


_BY_KIND = {
    "W": (patterns.DAY_FIRST, patterns.MONTH_FIRST, patterns.WEEKDAY_AND_DAY),
    "N": (
        patterns.OLD_AND_NEW,
        patterns.DAY_OF_LIST,
        patterns.DAY_OF_THAT_MONTH,
        patterns.CENTURY,
        patterns.DAY_FIRST,
        patterns.MONTH_OF_YEAR,
        patterns.YEAR,
        patterns.BARE_NUMBER,
    ),
    "T": (patterns.YEAR,),
    "#": (patterns.YEAR,),
    "D": (patterns.YEAR,),
    "y": (patterns.YEARS,),
    "O": (
        patterns.OLD_AND_NEW,
        patterns.DAY_OF_LIST,
        patterns.CENTURY_OF_LIST,
        patterns.DAY_OF_THAT_MONTH,
        patterns.CENTURY,
        patterns.DAY_FIRST,
        patterns.BARE_DAY,
    ),
    "8": (patterns.FEAST,),
    "R": (patterns.CENTURY_OF_LIST, patterns.CENTURY),
    "7": (patterns.QUARTER_AS_SIGN,),
    "3": (patterns.ERA,),
    "S": (patterns.THIS_CENTURY,),
    "s": (patterns.THIS_CENTURY,),
    "a": (patterns.THIS_CENTURY,),
    "v": (patterns.THIS_CENTURY,),
    "M": (patterns.MONTH_FIRST, patterns.LAST_MONTH, patterns.MONTH),
    "u": (patterns.MONTH,),
    "E": (patterns.SEASON,),
    "I": (patterns.DECADE,),
    "K": (patterns.DECADE_WORD,),
    "A": (patterns.DECADE_WORD,),
    "'": (patterns.DECADE, patterns.DECADE_WORD, patterns.SHORT_YEAR),
    "’": (patterns.DECADE, patterns.DECADE_WORD, patterns.SHORT_YEAR),
    "Y": (patterns.YEAR,),
}


def _make(words: Words, match: re.Match[str]) -> Point | None:
    groups = match.groupdict()
    at = {name: match.start(name) for name, text in groups.items() if text}

    def value(name: str) -> int | None:
        return words.number(at[name]) if name in at else None

    if "short" in at:
        if words.ends[at["short"]] != words.starts[at["T"]]:
            return None
        return Point(decade=None, year=None, shift=words.number(at["T"]), rule="date.short-year")
    if "bare" in at or "german" in at:
        day = value("bare") or value("german")
        return Point(day=day, rule="date.bare-number")
    if "years" in at and (words.language != "fr" or not words.is_many(at["years"])):
        return None
    if "I" in at and words.number(at["I"]) % 10:
        return None
    if "I" in at:
        digits = words.number(at["I"])
        if digits >= 100 and digits % 100 == 0 and words.kinds[at["I"]] == "I":
            # "The 1800s" are a century; so are "the early 1900s".
            return Point(century=digits // 100 + 1, rule="date.century")
        return Point(decade=digits, rule="date.decade")
    if "K" in at:
        tens = words.number(at["K"])
        century = value("O")
        if "A" in at:
            hundreds = words.number(at["A"])
            if not 14 <= hundreds <= 20:
                return None
            return Point(decade=hundreds * 100 + tens, rule="date.decade")
        decade = (century - 1) * 100 + tens if century else tens
        return Point(decade=decade, rule="date.decade")
    if "C" in at:
        number = value("O")
        if number is not None and not 1 <= number <= 30:
            return None
        if number is None:
            shift = -1 if match["which"] in "av" else None
            return Point(century=0, shift=shift, rule="date.this-century")
        return Point(century=number, rule="date.century")
    year, shift = value("Y"), None
    if "shift" in at:
        shift = {"x": 1, "v": -1, "a": -1}.get(words.kinds[at["shift"]], 0)
    if "E" in at:
        last = _second_year(words, year, match.start("winter")) if "winter" in at else None
        if year is None and shift is None:
            year = _shared_year(words, match)
        return Point(
            year=year,
            season=words.number(at["E"]) % 100,
            shift=shift,
            last_year=last,
            rule="date.season",
        )
    if "F" in at:
        month, of_month = words.values[at["F"]]
        if month == 0:
            return Point(year=year, easter=of_month, rule="date.feast")
        shift = -1 if "last" in at else None
        return Point(year=year, month=month, day=of_month, shift=shift, rule="date.feast")
    if "era3" in at:
        return Point(year=words.number(at["era3"]) + words.number(at["T"]) - 1, rule="date.era")
    if "quarter" in at:
        return Point(year=year, slice=(words.number(at["quarter"]), 4), rule="date.slice")
    if match.re is patterns.DAY_OF_THAT_MONTH and "which" not in at:
        return Point(day=value("N"), shift=0, rule="date.bare-day")
    if "which" in at and "N" in at:
        shift = {"x": 1, "v": -1, "a": -1}.get(words.kinds[at["which"]], 0)
        return Point(day=value("N"), shift=shift, rule="date.bare-day")
    if "old" in at:
        # "16 (29) ноября" and "28 ноября (11 декабря)": the second is the Gregorian day.
        month = value("M") or 1
        goes_over = (value("N") or 0) < (value("old") or 0)
        month, year = (month % 12 + 1, year) if goes_over else (month, year)
        return Point(year=year, month=month, day=value("N"), shift=shift, rule="date.two-styles")
    if "N" in at and "M" not in at:
        return Point(day=value("N"), shift=value("instant"), rule="date.bare-day")
    if "way" in at:
        shift = 1 if match["way"] == "x" else -1
        return Point(month=value("M"), shift=shift, rule="date.last-month")
    if "M" in at:
        day = value("N")
        if day is not None and not 1 <= day <= 31:
            return None
        if year is None and shift is None and (shared := _shared_year(words, match)):
            year = shared
        rule = "date.day" if day else "date.month"
        return Point(year=year, month=value("M"), day=day, shift=shift, rule=rule)
    at_year = at.get("Y", at.get("Y2", at.get("Y3", 0)))
    year = words.number(at_year)
    if "Y3" not in at and year == 0:
        return None
    if match.groupdict().get("era") == "Z":
        year = 1 - year
    return Point(year=year, rule="date.year")


def _shared_year(words: Words, match: re.Match[str]) -> int | None:
    """1848 for the autumn of "the autumn and winter of 1848"."""
    shared = patterns.SHARED_YEAR.match(words.kinds, match.end())
    return words.number(shared.start("Y")) if shared else None


def _second_year(words: Words, year: int | None, at: int) -> int | None:
    """1938 of "1937/38" and of "1937-1938"."""
    if year is None:
        return None
    second = words.word(at + 1)
    if len(second) == 4:
        return int(second)
    if len(second) == 1:
        last = year - year % 10 + int(second)
        return last if last > year else None
    if len(second) != 2:
        return None
    last = year - year % 100 + int(second)
    return last if last > year else last + 100 if year % 100 >= 90 else None


def _slice(
    words: Words, match: re.Match[str], inner: tuple[Point, int] | None
) -> tuple[Point, int] | None:
    count = 2 if match["unit"] == "h" else 4
    at = match.start("O")
    which = count if words.kinds[at] == "a" else words.number(at)
    if inner is None or not 1 <= which <= count:
        return None
    grains = ("year", "decade", "century", "month") if count == 2 else ("year", "decade", "century")
    if inner[0].grain not in grains or inner[0].stage:
        return None
    return replace(inner[0], slice=(which, count), rule="date.slice"), inner[1]


def _fiscal(words: Words, at: int) -> tuple[Point, int] | None:
    match = patterns.FISCAL.match(words.kinds, at)
    if match is None:
        return None
    year = words.number(match.start("Y"))
    last = _second_year(words, year, match.start("second")) if match["second"] else None
    end = match.end() if last else match.end("Y")
    return Point(year=year, last_year=last, rule="date.fiscal"), end


def _numeric(words: Words, at: int) -> Point:
    """A date in figures; which of the first two is the day, periods.find decides."""
    value: Any = words.values[at]
    if words.kinds[at] == "9":
        return Point(year=value[0], month=value[1], day=value[2], rule="date.iso")
    first, second, year = value
    return Point(year=full_year(year), month=second, day=first, rule="date.numeric")


def full_year(digits: str) -> int:
    """1941 of "41"; two digits below 30 are of this century."""
    value = int(digits)
    return value if len(digits) == 4 else value + (2000 if value < 30 else 1900)


def _days(words: Words, at: int) -> Reading | None:
    """A range of days within one month: "17-19 July 1940", "July 17-19, 1940"."""
    kinds = words.kinds
    match = patterns.RANGE_OF_DAYS.match(kinds, at) or patterns.RANGE_BEHIND_MONTH.match(kinds, at)
    if match is None:
        return _bare_days(words, at)
    first, last = words.number(match.start("N")), words.number(match.start("N2"))
    if not 1 <= first < last <= 31:
        return None
    if "&" in kinds[match.start("N") : match.start("N2")] and kinds[at - 1 : at] != "=":
        return None
    year = words.number(match.start("Y")) if match["Y"] else None
    month = words.number(match.start("M"))
    start = Point(year=year, month=month, day=first, rule="date.days")
    return Reading(at, match.end(), start, replace(start, day=last), rule="date.days")


def _bare_days(words: Words, at: int) -> Reading | None:
    """Of "From the 5th to the 9th", of the month the story is in."""
    match = patterns.BARE_DAYS.match(words.kinds, at)
    if match is None or not words.word(match.start("N"))[:1].isdecimal():
        return None
    if "&" in match[0] and words.kinds[at - 1 : at] != "=" and words.kinds[at - 2 : at] != "=t":
        return None
    first, last = words.number(match.start("N")), words.number(match.start("N2"))
    if not 1 <= first < last <= 31:
        return None
    shift = words.number(match.start("instant")) if match["instant"] else None
    start = Point(day=first, shift=shift, rule="date.bare-day")
    return Reading(at, match.end(), start, replace(start, day=last), rule="date.days")


def _ranged(words: Words, reading: Reading) -> Reading:
    """The reading with the other end of its range, where one follows."""
    kinds, at = words.kinds, reading.last
    start = reading.start
    if not isinstance(start, Point):
        return reading
    if start.grain == "year" and start.last_year is None and kinds[at : at + 1] in ("-", "/"):
        second = kinds[at + 1 : at + 2]
        last = None
        if second and second in "TN" and words.is_glued(at):
            last = _second_year(words, start.year, at)
        if last is not None and start.year is not None and last > start.year:
            stop = Point(year=last, rule="date.year")
            return replace(reading, last=at + 2, stop=stop, rule="date.years")
    if start.day and start.year and kinds[at : at + 1] == "/" and words.is_glued(at):
        second = _second_year(words, start.year, at)
        # "11 February 1731/2": the year began on 25 March; the second is the modern one.
        if second == start.year + 1:
            return replace(reading, start=replace(start, year=start.year + 1), last=at + 2)
    if start.day and start.year and start.month and kinds[at : at + 1] == "j":
        new = calendars.from_julian(start.year, start.month, start.day)
        if new:
            point_of = Point(year=new.year, month=new.month, day=new.day, rule="date.old-style")
            return replace(reading, start=point_of, last=at + 1, rule="date.old-style")
    connective = patterns.CONNECTIVE.match(kinds, at)
    if connective is None and kinds[at : at + 1] == "&" and kinds[reading.first - 1] == "=":
        connective = patterns.AND.match(kinds, at)
    if connective is None:
        return reading
    other = point(words, connective.end()) or point(words, connective.end() - 1)
    if other is None:
        return reading
    stop, end = other
    if not _belong_together(start, stop):
        return reading
    start, stop = between(start, stop)
    stop = later(start, stop)
    return replace(reading, start=start, stop=stop, last=end, rule="date.range")


def _belong_together(start: Point, stop: Point) -> bool:
    grains = {start.grain, stop.grain}
    if start.year and stop.year and start.year > stop.year:
        return False
    if "season" in grains or start.stage or stop.stage:
        return True
    return len(grains) == 1 or grains <= {"day", "month"} or grains <= {"month", "year"}


def _directed(words: Words, reading: Reading) -> Reading:
    """The reading with what the words before it say: by, from, until, before, after, about."""
    kinds, at = words.kinds, reading.first
    left = kinds[at - 1 : at]
    if left == "t":
        left = kinds[at - 2 : at - 1]
    if left == "~" and isinstance(reading.start, Point):
        reading = replace(reading, start=replace(reading.start, about=True))
        at -= 1
        left = kinds[at - 1 : at]
    if reading.stop is not None:
        return reading
    direction: Direction = ""
    if left == "J" and words.language == "en" and reading.rule != "date.year":
        direction = "by"
    elif left in ("B", "U", "<"):
        direction = "before" if left == "<" else "by"
    elif left in ("Q", ">"):
        direction = "after" if left == ">" else "from"
    elif left == "F":
        opens = at < 2 or kinds[at - 2] in "\n.,;:(-*&" or words.word(at - 2) in ("as", "starting")
        direction = "from" if opens or kinds[reading.last : reading.last + 1] == "o" else ""
    return replace(reading, direction=direction) if direction else reading


def _ending(words: Words, at: int) -> Reading | None:
    """Of "The six months to June 1897", "the year ended 31 March 1914"."""
    match = patterns.ENDING.match(words.kinds, at)
    if match is None:
        return None
    inner = point(words, match.end())
    if inner is None or inner[0].grain not in ("day", "month", "year"):
        return None
    unit = match["unit"] or match["whole"] or "h"
    if unit in "wu":
        count = words.number(match.start("A")) if match["A"] else 1
        if inner[0].day is None:
            return None
        days = count * (7 if unit == "w" else 1) * (words.number(match.start("unit")) or 1)
        return Reading(at, inner[1], inner[0], rule="date.ending", reach=-days)
    if match["A"]:
        months = words.number(match.start("A")) * (12 if match["unit"] == "y" else 1)
        if "J" in match[0] and inner[0].grain == "year":
            return None
    else:
        months = {"h": 6, "y": 12, "q": 3, "n": 1}[unit]
    return Reading(at, inner[1], inner[0], rule="date.ending", reach=months)
