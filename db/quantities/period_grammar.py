"""What the words at one place say of time: a point, a range, or a step from another date."""

import datetime
import re
from dataclasses import dataclass, replace
from typing import Any, Literal

from db.quantities import calendars
from db.quantities.period_parts import Point, Stage, between, later
from db.quantities.period_words import Words

Direction = Literal["", "by", "from", "after", "before"]
_STAGES: dict[str, Stage] = {"b": "beginning", "m": "middle", "e": "end"}


@dataclass(frozen=True, slots=True)
class Step:
    """A distance from the running date: "two days later", "that year"; `unit` is y, n, w, u or d."""

    unit: str
    count: int
    from_today: bool = False
    stage: Stage | None = None
    back_from_here: bool = False


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


# The letters are period_words'. Every repeat is bounded, no two neighbours can match the same.
_WEEKDAY = "(?:W,?t?)?"
_OF_YEAR = "(?:,?[fit]{0,3}y?(?P<Y>Y)|,?[fi]t?(?P<shift>[xvsS])y)"
_DAY_FIRST = re.compile(f"{_WEEKDAY}t?(?P<N>[NO])[.]?(?:u|ft|f|t)?(?P<M>M)[.]?(?:{_OF_YEAR})?")
_MONTH_FIRST = re.compile(f"{_WEEKDAY}(?P<M>M)[.]?t?(?P<N>[NO])(?:{_OF_YEAR})?")
_MONTH = re.compile(f"(?:tuf)?(?P<M>M)[.]?(?:{_OF_YEAR})?")
_SEASON_BEHIND = re.compile("t?(?P<E>E)(?P<way>[lLxva])")
_LAST_MONTH = re.compile("(?P<M>M)(?P<way>[axv])(?![yYnwu])")
_SEASON = re.compile(f"t?(?P<E>E)(?:{_OF_YEAR}(?P<winter>[-/][YTN])?)?")
_QUARTER = re.compile("t?(?P<O>[ON]|a)[.]?(?P<unit>[hq])(?:ft?|t)?")
_QUARTER_BEHIND = re.compile("(?P<unit>q)(?P<O>N)")
_STAGE = re.compile("t?(?P<stage>[bme])[-]?(?:ft|f|i|t)?")
_CENTURY = re.compile("t?(?P<O>[ONR])[.]?(?:-?)(?P<C>C)")
_THIS_CENTURY = re.compile("[tfs]?[sS](?P<C>C)")
_DECADE = re.compile("(?:t|s)?['’]?(?P<I>I)y?")
_DECADE_WORD = re.compile("t?['’]?(?:(?P<A>A)-?)?(?P<K>K)y?(?:f?t?(?P<O>[ONR])[.]?-?(?P<C>C))?")
_SHORT_YEAR = re.compile("(?P<short>['’])(?P<T>[TN])")
_YEAR = re.compile("(?P<Y>[YNT#])(?P<era>[DZ])|D[.]?(?P<Y2>[YNT#])|(?P<Y3>Y)")
_MONTH_OF_YEAR = re.compile("(?P<M>N)/(?P<Y>Y)")
_RANGE_OF_DAYS = re.compile(
    "t?(?P<N>[NO])[.]?(?:[-JU]|&)t?(?P<N2>[NO])[.]?(?:f|t|ft)?(?P<M>M)[.]?(?:" + _OF_YEAR + ")?"
)
_RANGE_BEHIND_MONTH = re.compile(
    "(?P<M>M)[.]?(?P<N>[NO])(?:[-JU]|&)(?P<N2>[NO])(?!M)(?:,?(?P<Y>Y))?"
)
_CONNECTIVE = re.compile("(?:[.]?-|UJ?|J|/)t?")
_LATER = re.compile(r"(?:(?P<A>[AN])|t)?(?P<unit>[ynwug])[+]?(?P<way>[LlGP]|[<>](?=[.,;:)\n&]|$))")
_LATER_FIRST = re.compile(r"P(?P<A>[AN])?(?P<unit>[ynwu])")
_THAT = re.compile("t?(?P<way>[xvs])(?P<unit>[ynuwg])")
_DEICTIC = re.compile("(?P<way>[aSx])(?P<unit>[ynwug])")
_THAT_SEASON = re.compile("t?(?P<way>[xvsa])(?P<E>E)")
_THAT_HALF = re.compile("t?(?P<way>[xvsaS])(?P<unit>[hq])(?:-?y)?")
_LAST_YEARS = re.compile("t?(?P<way>[av])(?:d|(?P<A>[AN])y)")
_STAGE_OF_THIS = re.compile("t?(?P<stage>[bme])f?(?:t|[sS]|ts)?(?P<unit>[yn])(?![yY])")
_ENDING = re.compile(
    "t?(?:(?P<A>[AN])(?P<unit>[yn])(?:J|0[it]?)t?|(?P<half>h)-?y0[it]?t?|(?P<whole>[yq])0[it]?t?)"
)
_WEEK = re.compile("t?(?P<O>O|a)w(?:ft?|i)?")
_BARE_DAY = re.compile(r"t?(?P<N>O)(?P<instant>2)?[.]?(?=[.,;:)\n&JUiBt1\-<>]|$)")
_BARE_NUMBER = re.compile(r"t(?P<bare>N)(?=[,;:)&JiB_1])|(?P<german>N)[.](?=[_1ftis<>&H])")
_YEARS = re.compile("t?(?P<years>y)(?:(?P<I>Y)|(?P<K>K))")
_REPUBLICAN = re.compile("t?(?P<N>[NO])?(?P<month>5),?f?t?y?(?P<year>[RN])")
_FEAST = re.compile(r"(?P<F>8)(?:,?[fit]{0,2}(?P<Y>Y)|(?P<last>a))?")
_STARTS = re.compile(
    r"[YX9MEKICVrP85]|[NT#](?=[DZ])|D(?=[.]?[YNT#])|N(?=/Y)|[NO](?=5)|tN(?=[,;:)&JiB_1])|(?<=[iUQf])N(?=[.][_1ftis<>&H])|y(?=[YK])|['’](?=[IK]|[TN][^\w'’])|A(?=-?K)|[yqh](?=-?y?0)|[ynwug](?=[+]?[LlP<>])|[Oa](?=w)|[AN](?=[yn][J0])|O(?=[.,;:)\n&JUiBt12\-<>]|$)|q(?=N)|[NO](?=[.]?(?:[ft]{0,2}M|[-JU&]t?[NO][.]?[ft]{0,2}M|C|[hq]))|R(?=[-.]?C)"
    r"|t?[bme](?=[-ftisS]{0,3}[NOYMEKICRyn])|a(?=[hq])|W|(?<!t)(?:c)(?=yY|Y)"
    r"|[AN](?=[ynwu][+]?[LlG])|[xvsaS](?=[ynwuECdgANhq])"
)


def readings(words: Words) -> list[Reading]:
    """Everything the grammar finds, in order and disjoint."""
    found: list[Reading] = []
    position = 0
    while match := _STARTS.search(words.kinds, position):
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
    if step := _step(words, begin) or (_step(words, at) if begin != at else None):
        return step
    if (french := _republican(words, begin) or _republican(words, at)) is not None:
        return french
    if (ending := _ending(words, begin) or _ending(words, at)) is not None:
        return ending
    if (days := _days(words, at)) is not None:
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
    if kind in "bme" and (match := _STAGE.match(kinds, at)):
        inner = point(words, match.end())
        if inner and inner[0].stage is None and inner[0].slice is None and inner[0].day is None:
            stage = _STAGES[match["stage"]]
            return replace(inner[0], stage=stage, rule="date.stage"), inner[1]
        return None
    if kind in "ONa" and (match := _QUARTER.match(kinds, at)):
        return _slice(words, match, point(words, match.end()))
    if kind == "q" and (match := _QUARTER_BEHIND.match(kinds, at)):
        return _slice(words, match, point(words, match.end()))
    if kind in "Oa" and (match := _WEEK.match(kinds, at)):
        inner = point(words, match.end())
        week = 5 if kinds[match.start("O")] == "a" else words.number(match.start("O"))
        if inner and inner[0].grain == "month" and 1 <= week <= 5:
            return replace(inner[0], week=min(week, 5), rule="date.week"), inner[1]
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
    "W": (_DAY_FIRST, _MONTH_FIRST),
    "N": (_CENTURY, _DAY_FIRST, _MONTH_OF_YEAR, _YEAR, _BARE_NUMBER),
    "T": (_YEAR,),
    "#": (_YEAR,),
    "D": (_YEAR,),
    "y": (_YEARS,),
    "O": (_CENTURY, _DAY_FIRST, _BARE_DAY),
    "8": (_FEAST,),
    "R": (_CENTURY,),
    "S": (_THIS_CENTURY,),
    "s": (_THIS_CENTURY,),
    "M": (_MONTH_FIRST, _LAST_MONTH, _MONTH),
    "u": (_MONTH,),
    "E": (_SEASON,),
    "I": (_DECADE,),
    "K": (_DECADE_WORD,),
    "A": (_DECADE_WORD,),
    "'": (_DECADE, _DECADE_WORD, _SHORT_YEAR),
    "’": (_DECADE, _DECADE_WORD, _SHORT_YEAR),
    "Y": (_YEAR,),
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
    if "years" in at and (words.language != "fr" or not _is_many(words, at["years"])):
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
            return Point(century=0, rule="date.this-century")
        return Point(century=number, rule="date.century")
    year, shift = value("Y"), None
    if "shift" in at:
        shift = {"x": 1, "v": -1}.get(words.kinds[at["shift"]], 0)
    if "E" in at:
        last = _second_year(words, year, match.start("winter")) if "winter" in at else None
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
    if "N" in at and "M" not in at:
        return Point(day=value("N"), shift=value("instant"), rule="date.bare-day")
    if "way" in at:
        shift = 1 if match["way"] == "x" else -1
        return Point(month=value("M"), shift=shift, rule="date.last-month")
    if "M" in at:
        day = value("N")
        if day is not None and not 1 <= day <= 31:
            return None
        rule = "date.day" if day else "date.month"
        return Point(year=year, month=value("M"), day=day, shift=shift, rule=rule)
    at_year = at.get("Y", at.get("Y2", at.get("Y3", 0)))
    year = words.number(at_year)
    if "Y3" not in at and year == 0:
        return None
    if match.groupdict().get("era") == "Z":
        year = 1 - year
    return Point(year=year, rule="date.year")


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
    if inner[0].grain not in ("year", "decade", "century") or inner[0].stage:
        return None
    return replace(inner[0], slice=(which, count), rule="date.slice"), inner[1]


def _fiscal(words: Words, at: int) -> tuple[Point, int] | None:
    match = re.compile("t?cy?(?P<Y>Y)(?P<second>[-/][YTN])?").match(words.kinds, at)
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
    match = _RANGE_OF_DAYS.match(kinds, at) or _RANGE_BEHIND_MONTH.match(kinds, at)
    if match is None:
        return None
    first, last = words.number(match.start("N")), words.number(match.start("N2"))
    if not 1 <= first < last <= 31:
        return None
    if "&" in kinds[match.start("N") : match.start("N2")] and kinds[at - 1 : at] != "=":
        return None
    year = words.number(match.start("Y")) if match["Y"] else None
    month = words.number(match.start("M"))
    start = Point(year=year, month=month, day=first, rule="date.days")
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
    connective = _CONNECTIVE.match(kinds, at)
    if connective is None and kinds[at : at + 1] == "&" and kinds[reading.first - 1] == "=":
        connective = re.compile("&").match(kinds, at)
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


def _republican(words: Words, at: int) -> Reading | None:
    """ "14 floréal an II" as the Gregorian day."""
    match = _REPUBLICAN.match(words.kinds, at)
    if match is None:
        return None
    day = words.number(match.start("N")) if match["N"] else None
    month, year = words.number(match.start("month")), words.number(match.start("year"))
    days = calendars.republican(year, month, day)
    if days is None:
        return None
    first, last = (_of_day(datetime.date.fromisoformat(date)) for date in days)
    return Reading(at, match.end(), first, None if day else last, rule="date.republican")


def _of_day(day: datetime.date) -> Point:
    return Point(year=day.year, month=day.month, day=day.day, rule="date.republican")


def _ending(words: Words, at: int) -> Reading | None:
    """ "The six months to June 1897", "the year ended 31 March 1914"."""
    match = _ENDING.match(words.kinds, at)
    if match is None:
        return None
    inner = point(words, match.end())
    if inner is None or inner[0].grain not in ("day", "month", "year"):
        return None
    if match["A"]:
        months = words.number(match.start("A")) * (12 if match["unit"] == "y" else 1)
        if "J" in match[0] and inner[0].grain == "year":
            return None
    else:
        months = 6 if match["half"] else 12 if match["whole"] == "y" else 3
    return Reading(at, inner[1], inner[0], rule="date.ending", reach=months)


def _step(words: Words, at: int) -> Reading | None:
    kinds = words.kinds
    match = _STAGE_OF_THIS.match(kinds, at)
    if match and not _is_many(words, match.end() - 1):
        step = Step(match["unit"], 0, stage=_STAGES[match["stage"]])
        return _directed(words, Reading(at, match.end(), step, rule="date.stage"))
    if match := _THAT_HALF.match(kinds, at):
        way = {"x": 1, "v": -1, "a": -1}.get(match["way"], 0)
        if "y" in match[0] or match["unit"] == "q":
            step = Step(match["unit"], way, back_from_here=True)
            return Reading(at, match.end(), step, rule="date.that-half")
    if (match := _LAST_YEARS.match(kinds, at)) and not kinds[at:].startswith("av"):
        count = words.number(match.start("A")) if match["A"] else 10
        step = Step("y", -count, back_from_here=True)
        return Reading(at, match.end(), step, rule="date.last-years")
    match = _THAT_SEASON.match(kinds, at) or _SEASON_BEHIND.match(kinds, at)
    if match:
        shift = {"x": 1, "L": 1, "s": 0}.get(match["way"], -1)
        season = words.number(match.start("E")) % 100
        start = Point(season=season, shift=shift, rule="date.that-season")
        return _directed(words, Reading(at, match.end(), start, rule="date.that-season"))
    if match := _LATER.match(kinds, at):
        unit = match["unit"].replace("g", "u")
        count = words.number(match.start("A")) if match["A"] else 1
        if not match["A"] and _is_many(words, match.start("unit")):
            return None
        way = match["way"]
        step = Step(unit, count if way in "LP>" else -count, from_today=way == "G")
        return Reading(at, match.end(), step, rule="date.step")
    if match := _LATER_FIRST.match(kinds, at):
        count = words.number(match.start("A")) if match["A"] else 1
        return Reading(at, match.end(), Step(match["unit"], count), rule="date.step")
    if kinds[at : at + 1] == "V":
        step = Step("u", words.number(at), from_today=True)
        return Reading(at, at + 1, step, rule="date.today")
    if kinds[at : at + 1] == "r":
        unit, count, *deictic = words.values[at]
        first = at - 1 if kinds[at - 1 : at] == "t" else at
        step = Step(unit, count, from_today=bool(deictic))
        return Reading(first, at + 1, step, rule="date.that-year")
    if (match := _THAT.match(kinds, at)) and not _is_many(words, match.end() - 1):
        way = {"x": 1, "v": -1, "s": 0}[match["way"]]
        bare = way == 1 and not match[0].startswith("t") and words.word(at).lower() == "next"
        rule = "date.that-year"
        return Reading(at, match.end(), Step(match["unit"], way, from_today=bare), rule=rule)
    if (match := _DEICTIC.match(kinds, at)) and not _is_many(words, match.end() - 1):
        if kinds[at - 1 : at] == "t" or match["unit"] == "E":
            return None
        way = {"a": -1, "S": 0, "x": 1}[match["way"]]
        return Reading(
            at, match.end(), Step(match["unit"], way, from_today=True), rule="date.today"
        )
    return None


def _is_many(words: Words, at: int) -> bool:
    return words.values.get(at) == "many"
