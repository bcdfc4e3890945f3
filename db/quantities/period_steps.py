"""What counts from another date: "two days later", "that year", "last spring", "an II"."""

import datetime

from db.quantities import calendars
from db.quantities import period_patterns as patterns
from db.quantities.period_parts import Point, Reading, Stage, Step
from db.quantities.period_words import Words

_STAGES: dict[str, Stage] = {"b": "beginning", "m": "middle", "e": "end"}
# "Jahresende", "Monatsbeginn": a stage of the year or month in one word.
_STAGES_IN_A_WORD: dict[str, tuple[str, Stage]] = {
    "end": ("y", "end"),
    "start": ("y", "beginning"),
    "month end": ("n", "end"),
    "month start": ("n", "beginning"),
}
# How many, not how far: no step can be counted with these.
_FEW = frozenset(
    (
        *("wenige", "einige", "mehrere", "etliche", "halbes", "anderthalb", "eineinhalb"),
        *("zweieinhalb", "несколько", "полтора", "полторы", "quelques", "plusieurs", "demi"),
        *("few", "some", "several", "many", "half"),
    )
)
# Years of what is longer than one: "zwei Jahrzehnte darauf", "un siècle plus tard".
_LONG = {"d": 10, "C": 100}


def republican(words: Words, at: int) -> Reading | None:
    """Of "14 floréal an II" and "l'an II" as Gregorian days."""
    match = patterns.REPUBLICAN_YEAR.match(words.kinds, at)
    if match and words.word(match.start("an")) == "an":
        number = words.number(match.start("year"))
        begun, ended = calendars.republican(number, 1, None), calendars.republican(number, 13, None)
        if begun and ended:
            start = _of_day(datetime.date.fromisoformat(begun[0]))
            stop = _of_day(datetime.date.fromisoformat(ended[1]))
            return Reading(at, match.end(), start, stop, rule="date.republican")
    match = patterns.REPUBLICAN.match(words.kinds, at)
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


def step(words: Words, at: int) -> Reading | None:
    kinds = words.kinds
    match = patterns.STAGE_OF_THIS.match(kinds, at)
    if match and not words.is_many(match.end() - 1):
        shift = {"x": 1, "v": -1, "a": -1}.get(match["way"] or match["behind"] or "", 0)
        made = Step(match["unit"], shift, stage=_STAGES[match["stage"]])
        return Reading(at, match.end(), made, rule="date.stage")
    if match := patterns.HALF_OF_MONTH.match(kinds, at):
        half = 2 if kinds[match.start("O")] == "a" else words.number(match.start("O"))
        shift = {"x": 1, "v": -1, "a": -1}.get(match["which"] or "", 0)
        if half in (1, 2):
            days = (1, 15) if half == 1 else (16, 31)
            return Reading(at, match.end(), Step("n", shift, days=days), rule="date.slice")
    if weekday := _weekday(words, at):
        return weekday
    if match := patterns.THAT_HALF.match(kinds, at):
        shift = {"x": 1, "v": -1, "a": -1}.get(match["way"], 0)
        behind = kinds[match.end() : match.end() + 1]
        if "y" in match[0] or (match["unit"] == "q" and match["way"] != "s" and behind != "f"):
            made = Step(match["unit"], shift, back_from_here=True)
            return Reading(at, match.end(), made, rule="date.that-half")
    if (match := patterns.LAST_YEARS.match(kinds, at)) and not kinds[at:].startswith("av"):
        count = words.number(match.start("A")) if match["A"] else 10
        made = Step("y", -count, back_from_here=True)
        return Reading(at, match.end(), made, rule="date.last-years")
    if (match := patterns.FIRST_YEARS.match(kinds, at)) and (
        words.number(match.start("O") if match["O"] else match.start("O2")) == 1
    ):
        count = words.number(match.start("A") if match["A"] else match.start("A2"))
        if 1 < count < 100:
            made = Step("y", count, span=True)
            return Reading(at, match.end(), made, rule="date.first-years")
    if match := patterns.COMING_YEARS.match(kinds, at):
        count = words.number(match.start("A") if match["A"] else match.start("A2"))
        if 1 < count < 100:
            made = Step("y", count, span=True)
            return Reading(at, match.end(), made, rule="date.coming")
    match = patterns.THAT_SEASON.match(kinds, at) or patterns.SEASON_BEHIND.match(kinds, at)
    if match and kinds[match.end() : match.end() + 2] != "fY":  # "this autumn of 1919"
        shift = {"x": 1, "L": 1, "s": 0}.get(match["way"], -1)
        if words.text.startswith("-là", words.ends[match.end() - 1]):
            shift = 0  # "cet hiver-là"
        season = words.number(match.start("E")) % 100
        start = Point(season=season, shift=shift, rule="date.that-season")
        return Reading(at, match.end(), start, rule="date.that-season")
    if match := patterns.LATER.match(kinds, at):
        unit = match["unit"].replace("g", "u")
        count = words.number(match.start("A")) if match["A"] else 1
        count *= words.number(match.start("unit")) or 1
        if unit in _LONG:
            if not match["A"]:
                return None
            unit, count = "y", count * _LONG[unit]
        if not match["A"] and words.is_many(match.start("unit")):
            return None
        if not match["A"] and words.word(at - 1).lower() in _FEW:
            return None  # "wenige Wochen später", "anderthalb Jahre später"
        on = words.language == "en" and words.word(match.start("way")).lower() in ("on", "onward")
        if match["way"] in "oi" and not (on and match["A"]):
            return None  # only "thirty years on"
        forward = match["way"] in "LPoi>"
        made = Step(unit, count if forward else -count, from_today=match["way"] == "G")
        return Reading(at, match.end(), made, rule="date.step")
    if match := patterns.LATER_FIRST.match(kinds, at):
        count = words.number(match.start("A")) if match["A"] else 1
        unit = "y" if match["unit"] in _LONG else match["unit"]
        made = Step(unit, count * _LONG.get(match["unit"], 1))
        return Reading(at, match.end(), made, rule="date.step")
    if words.language == "ru" and (match := patterns.LATER_INVERTED.match(kinds, at)):
        count = words.number(match.start("A"))
        made = Step(match["unit"], count if match["way"] == "L" else -count)
        return Reading(at, match.end(), made, rule="date.step")
    if words.language == "de" and (match := patterns.AGO_FIRST.match(kinds, at)):
        count = words.number(match.start("A"))
        made = Step(match["unit"], -count, from_today=True)
        return Reading(at, match.end(), made, rule="date.step")
    if (
        kinds[at : at + 1] == "V"
        and kinds[at - 1 : at] in tuple("#NTA")
        and words.word(at) == "Morgen"
    ):
        return None  # "1.450 Morgen" of land
    if kinds[at : at + 1] == "V":
        made = Step("u", words.number(at), from_today=True)
        return Reading(at, at + 1, made, rule="date.today")
    if kinds[at : at + 1] == "r":
        unit, count, *deictic = words.values[at]
        first = at - 1 if kinds[at - 1 : at] == "t" else at
        if unit in _STAGES_IN_A_WORD:
            whole, stage = _STAGES_IN_A_WORD[unit]
            return Reading(first, at + 1, Step(whole, 0, stage=stage), rule="date.stage")
        if unit == "u" and words.language == "fr" and kinds[at - 1 : at + 2] == "Jrf":
            return None  # "au lendemain de la guerre"
        made = Step(unit, count, from_today=bool(deictic))
        return Reading(first, at + 1, made, rule="date.that-year")
    if match := patterns.THAT_DECADE.match(kinds, at):
        count = 10 if match["way"] == "x" else -10
        return Reading(at, match.end(), Step("y", count, span=True), rule="date.decade-on")
    if (match := patterns.THAT.match(kinds, at)) and not words.is_many(match.end() - 1):
        shift = {"x": 1, "v": -1, "s": 0}[match["way"]]
        bare = match[0][0] == "x" and match["unit"] in "ynw" and words.word(at).lower() == "next"
        rule = "date.that-year"
        return Reading(at, match.end(), Step(match["unit"], shift, from_today=bare), rule=rule)
    if (match := patterns.THAT_BEHIND.match(kinds, at)) and not words.is_many(match.end() - 2):
        ends = kinds[match.end() : match.end() + 1] in ("", *"\n.,;:)&")
        if words.language == "fr" or ends:
            shift = 1 if match["way"] == "x" else -1
            made = Step(match["unit"], shift)
            return Reading(at, match.end(), made, rule="date.that-year")
    if (match := patterns.DEICTIC.match(kinds, at)) and not words.is_many(match.end() - 1):
        if kinds[at - 1 : at] == "t" or match["unit"] == "E":
            return None
        shift = {"a": -1, "S": 0, "x": 1}[match["way"]]
        made = Step(match["unit"], shift, from_today=True)
        return Reading(at, match.end(), made, rule="date.today")
    return None


def _weekday(words: Words, at: int) -> Reading | None:
    """Of "Last Tuesday", "on Saturday next": the nearest such day before or after the writer's."""
    match = patterns.WEEKDAY_ALONE.match(words.kinds, at)
    if match is None:
        return None
    way = match["before"] or match["behind"]
    day = words.number(match.start("W"))
    made = Step("k", day, from_today=True, back_from_here=way != "x")
    return Reading(at, match.end(), made, rule="date.weekday")
