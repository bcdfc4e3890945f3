"""What the words at one place say of time: a point, a range, or a step from another date."""

import datetime
from dataclasses import replace

from db.quantities import calendars, period_points, period_steps
from db.quantities import period_patterns as patterns
from db.quantities.period_parts import Direction, Point, Reading, between, later
from db.quantities.period_words import Words

# A year in which the calendars were thirteen days apart, for a day of both without a year.
_BOTH_STYLES = 1917


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
    if (styles := _two_styles(words, begin) or _two_styles(words, at)) is not None:
        return _directed(words, styles)
    if (ending := _ending(words, begin) or _ending(words, at)) is not None:
        return ending
    if (days := _days(words, begin) or _days(words, at)) is not None:
        return _directed(words, days)
    if kinds[at] in "X9":
        return Reading(at, at + 1, period_points.numeric(words, at), rule="date.numeric")
    read = period_points.point(words, begin) or (
        period_points.point(words, at) if begin != at else None
    )
    if read is None:
        return None
    start, end = read
    first = begin if period_points.point(words, begin) else at
    reading = Reading(first, end, start, rule=start.rule)
    return _directed(words, _ranged(words, reading))


def _two_styles(words: Words, at: int) -> Reading | None:
    """Of "25 October (7 November) 1917", one day in both calendars: the Gregorian one."""
    kinds = words.kinds
    match = patterns.TWO_STYLES.match(kinds, at) or patterns.TWO_STYLES_BEHIND.match(kinds, at)
    if match is None:
        return None
    days = [
        (words.number(match.start(month)), words.number(match.start(day)))
        for month, day in (("M", "N"), ("M2", "N2"))
    ]
    year = words.number(match.start("Y")) if match["Y"] else None
    for old, new in (days, days[::-1]):
        julian = calendars.from_julian(year or _BOTH_STYLES, *old)
        apart = julian and (julian.month, julian.day) == new
        if apart or (julian and year is None and old < new and _styles_apart(old, new)):
            start = Point(year=year, month=new[0], day=new[1], rule="date.two-styles")
            return Reading(at, match.end(), start, rule="date.two-styles")
    return None


def _styles_apart(old: tuple[int, int], new: tuple[int, int]) -> bool:
    """Whether two days of a year are as far apart as the calendars were, ten to thirteen days."""
    days = [datetime.date(1939, month, min(day, 28)).toordinal() + max(0, day - 28)
            for month, day in (old, new)]  # fmt: skip
    return 10 <= days[1] - days[0] <= 13


def _days(words: Words, at: int) -> Reading | None:
    """A range of days within one month: "17-19 July 1940", "July 17-19, 1940"."""
    kinds = words.kinds
    match = patterns.RANGE_OF_DAYS.match(kinds, at) or patterns.RANGE_BEHIND_MONTH.match(kinds, at)
    if match is None:
        return _bare_days(words, at)
    first, last = words.number(match.start("N")), words.number(match.start("N2"))
    if not 1 <= first < last <= 31:
        return None
    joint = kinds[match.start("N") : match.start("N2")]
    if "." in joint and words.language != "de":
        return None  # "4. Up to 30 September": a paragraph's number
    if "i" in joint and words.language != "ru":
        return None
    if "&" in joint and kinds[at - 1 : at] != "=":
        return None
    year = words.number(match.start("Y")) if match["Y"] else None
    month = words.number(match.start("M"))
    start = Point(year=year, month=month, day=first, rule="date.days")
    return Reading(at, match.end(), start, replace(start, day=last), rule="date.days")


def _bare_days(words: Words, at: int) -> Reading | None:
    """Of "From the 5th to the 9th", of the month the story is in."""
    if (numbers := _days_in_numbers(words, at)) is not None:
        return numbers
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


def _days_in_numbers(words: Words, at: int) -> Reading | None:
    """Of "la nuit du 11 au 12," and "с 1 по 15 число"."""
    match = patterns.DAYS_IN_NUMBERS.match(words.kinds, at)
    if match is None:
        return None
    before, joint = words.word(at - 1).lower(), words.word(at + 1).lower()
    french = words.language == "fr" and before == "du" and joint == "au" and not match["day"]
    russian = words.language == "ru" and before in ("с", "со") and match["day"]
    first, last = words.number(at), words.number(at + 2)
    if not (french or russian) or not 1 <= first < last <= 31:
        return None
    start = Point(day=first, rule="date.bare-day")
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
            last = period_points.second_year(words, start.year, at)
        if last is not None and start.year is not None and last > start.year:
            stop = Point(year=last, rule="date.year")
            return replace(reading, last=at + 2, stop=stop, rule="date.years")
    if start.day and start.year and kinds[at : at + 1] == "/" and words.is_glued(at):
        modern = period_points.second_year(words, start.year, at)
        # "11 February 1731/2": the year began on 25 March; the second is the modern one.
        if modern == start.year + 1:
            return replace(reading, start=replace(start, year=start.year + 1), last=at + 2)
    if start.day and start.year and start.month and kinds[at : at + 1] == "j":
        new = calendars.from_julian(start.year, start.month, start.day)
        if new:
            point_of = Point(year=new.year, month=new.month, day=new.day, rule="date.old-style")
            return replace(reading, start=point_of, last=at + 1, rule="date.old-style")
    if kinds[at - 1 : at] == "." and words.word(at)[:1].isupper():
        return reading  # "le 2 juin. À la mi-juin"
    connective = patterns.CONNECTIVE.match(kinds, at)
    if connective is None and kinds[at : at + 1] == "&" and kinds[reading.first - 1] == "=":
        connective = patterns.AND.match(kinds, at)
    if connective is None:
        return reading
    other = period_points.point(words, connective.end()) or period_points.point(
        words, connective.end() - 1
    )
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
    if start.year is None and start.grain != "year" and stop.grain == "year":
        return False
    if start.year and stop.year and start.year > stop.year:
        return False
    if "season" in grains or start.stage or stop.stage:
        return True
    return len(grains) == 1 or grains <= {"day", "month"} or grains <= {"month", "year"}


def _directed(words: Words, reading: Reading) -> Reading:
    """The reading with what the words before it say: by, from, until, before, after, about."""
    kinds, at = words.kinds, reading.first
    left = kinds[at - 1 : at]
    behind = at
    while behind > max(0, at - 3) and kinds[behind - 1] in "tfJ":
        behind -= 1
    if behind > 1 and kinds[behind - 1] == "i" and kinds[behind - 2] == "U":
        behind -= 1  # "jusqu'en 1814"
    if behind < at and kinds[behind - 1 : behind] in tuple("BUQ<>P~"):
        left, at = kinds[behind - 1 : behind], behind
    if left == "~" and isinstance(reading.start, Point):
        reading = replace(reading, start=replace(reading.start, about=True))
        at -= 1
        left = kinds[at - 1 : at]
    if reading.stop is not None:
        return reading
    direction: Direction = ""
    if left == "J" and words.language == "en" and reading.rule != "date.year":
        direction = "by"
    elif left == "b" and words.word(at - 1).lower() == "beginning":
        direction = "from"
    elif left in ("B", "U", "<"):
        direction = "before" if left == "<" else "by"
    elif left in ("Q", ">") or (left in ("L", "P") and isinstance(reading.start, Point)):
        direction = "from" if left == "Q" else "after"
    elif left == "F":
        opens = at < 2 or kinds[at - 2] in "\n.,;:(-*&" or words.word(at - 2) in ("as", "starting")
        onward = kinds[reading.last : reading.last + 1] in ("o", "U")
        direction = "from" if opens or onward else ""
    return replace(reading, direction=direction) if direction else reading


def _ending(words: Words, at: int) -> Reading | None:
    """Of "The six months to June 1897", "the year ended 31 March 1914"."""
    match = patterns.ENDING.match(words.kinds, at)
    if match is None:
        return None
    inner = period_points.point(words, match.end())
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
