"""The point of time that begins at one place: a day, a month, a season, a year, a century."""

import re
from dataclasses import replace
from typing import Any

from db.quantities import period_patterns as patterns
from db.quantities.period_parts import Point, Stage
from db.quantities.period_words import Words

_STAGES: dict[str, Stage] = {"b": "beginning", "m": "middle", "e": "end"}


def point(words: Words, at: int) -> tuple[Point, int] | None:
    """The point of time that begins with token `at`, and the token behind it."""
    kinds = words.kinds
    kind = kinds[at + 1 : at + 2] if kinds[at : at + 1] == "t" else kinds[at : at + 1]
    if not kind:
        return None
    if kind == "b" and words.word(at).lower() == "beginning" and kinds[at + 1 : at + 2] != "f":
        return None  # "instalments, beginning July 1"
    if kind in "bme" and (match := patterns.STAGE.match(kinds, at)):
        if words.language == "ru" and "i" in match[0]:
            return None  # "линия начала в 1911": a verb
        inner = point(words, match.end())
        if kinds[match.end() - 1] == "y":  # "des années 1880", "des Jahres 1880"
            inner = point(words, match.end() - 1) or inner
        if inner and inner[0].stage is None and inner[0].slice is None and inner[0].day is None:
            stage = _STAGES[match["stage"]]
            return replace(inner[0], stage=stage, rule="date.stage"), inner[1]
        if inner is None and kinds[match.end() : match.end() + 1] == "C":
            # "Ende des Jahrhunderts", "à la fin du siècle": of this one.
            made = Point(century=0, stage=_STAGES[match["stage"]], rule="date.stage")
            return made, match.end() + 1
        return None
    if kind in "ONRa" and (match := patterns.QUARTER.match(kinds, at)):
        sliced = _slice(words, match, point(words, match.end())) or _bare_slice(words, match)
        if sliced:
            return sliced
    if kind == "q" and (match := patterns.QUARTER_BEHIND.match(kinds, at)):
        return _slice(words, match, point(words, match.end()))
    if kind in "Oa" and (match := patterns.MONTHS_OF_YEAR.match(kinds, at)):
        count, is_last = words.number(match.start("N")), kinds[match.start("O")] == "a"
        if not 1 <= count <= 11:
            return None
        year = words.number(match.start("Y")) if match["Y"] else None
        months = -count if is_last else count
        return Point(year=year, months=months, rule="date.months"), match.end()
    if (
        kind in "NA"
        and words.language == "fr"
        and (match := patterns.FIRST_MONTHS.match(kinds, at))
    ):
        # "les neuf premiers mois de l'année"
        count = words.number(match.start("N"))
        year = words.number(match.start("Y")) if match["Y"] else None
        if not 1 < count <= 11 or not words.word(match.start("N") + 1).lower().endswith("mois"):
            return None
        return Point(year=year, months=count, rule="date.months"), match.end()
    if kind == "a" and (match := patterns.LAST_DAY.match(kinds, at)):
        inner = point(words, match.end())
        if inner and inner[0].grain == "month":
            return replace(inner[0], days=-1, rule="date.day"), inner[1]
        if inner and inner[0].rule == "date.year":
            return replace(inner[0], month=12, day=31, rule="date.day"), inner[1]
        return None
    if kind in "pu" and (match := patterns.EVE.match(kinds, at)):
        inner = point(words, match.end()) or point(words, match.end() - 1)
        if inner and inner[0].grain == "day":
            return replace(inner[0], eve=True), inner[1]
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
            point_made = _make(words, match)
            if point_made:
                return point_made, match.end()
    return None


# Names of four letters or fewer that are no abbreviations.
_SHORT_MONTHS = frozenset(
    (
        *("may", "june", "july", "mai", "mars", "juin", "août", "juni", "juli"),
        *("май", "мая", "июнь", "июня", "июль", "июля", "март"),
    )
)

_BY_KIND = {
    "4": (patterns.YEAR_IN_WORDS,),
    "J": (patterns.BARE_NUMBER,),
    "W": (patterns.DAY_FIRST, patterns.MONTH_FIRST, patterns.WEEKDAY_AND_DAY),
    "N": (
        patterns.OLD_AND_NEW,
        patterns.ROMAN_MONTH,
        patterns.DAY_INSTANT,
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
        patterns.ROMAN_MONTH,
        patterns.DAY_INSTANT,
        patterns.DAY_OF_LIST,
        patterns.CENTURY_OF_LIST,
        patterns.DAY_OF_THAT_MONTH,
        patterns.CENTURY,
        patterns.DAY_FIRST,
        patterns.YEAR_IN_WORDS,
        patterns.BARE_DAY,
        patterns.DAY_BEFORE_A_WORD,
    ),
    "8": (patterns.FEAST,),
    "R": (patterns.CENTURY_OF_LIST, patterns.CENTURY),
    "7": (patterns.QUARTER_AS_SIGN,),
    "3": (patterns.ERA,),
    "S": (patterns.THIS_CENTURY,),
    "s": (patterns.THIS_CENTURY,),
    "a": (patterns.THIS_CENTURY, patterns.MONTH_AFTER_WAY),
    "v": (patterns.THIS_CENTURY, patterns.MONTH_AFTER_WAY),
    "x": (patterns.MONTH_AFTER_WAY,),
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
    if "short_word" in at:
        short_year = words.number(at["short_word"])
        if not 15 <= short_year <= 99 or (
            words.kinds[at["short_word"]] == "O" and "year" not in at
        ):
            return None
        return Point(decade=None, year=None, shift=short_year, rule="date.short-year")
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
    if "K" in at and words.language == "fr" and words.kinds[at["K"] - 1 : at["K"]] != "y":
        return None  # "vingt ans" are no decade, "années vingt" are one
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
            before = -1 if match["which"] in "av" else None
            return Point(century=0, shift=before, rule="date.this-century")
        return Point(century=number, rule="date.century")
    year = value("Y")
    shift: int | None = None
    if "shift" in at or "beside" in at:
        shift = {"x": 1, "v": -1, "a": -1}.get(words.kinds[at.get("shift", at.get("beside", 0))], 0)
    if "E" in at:
        last = second_year(words, year, match.start("winter")) if "winter" in at else None
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
    if "roman" in at:
        month = words.number(at["roman"])
        day = value("N")
        return Point(year=year, month=month, day=day, rule="date.day") if month <= 12 else None
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
        shift = 1 if match["way"] in "xL" else -1
        return Point(month=value("M"), shift=shift, rule="date.last-month")
    if "M" in at:
        day = value("N")
        if match.re is patterns.MONTH_FIRST and _ends_a_sentence(words, at["M"]):
            return None
        if day is not None and not 1 <= day <= 31:
            return None
        if not 1 <= (value("M") or 0) <= 12:  # "13/1000" is a fraction, not a month
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


def _ends_a_sentence(words: Words, month: int) -> bool:
    """Whether a month said in full stands before a full stop: "fin d'avril. Le 2 mai"."""
    if words.kinds[month + 1 : month + 2] != ".":
        return False
    name = words.word(month).lower()
    return len(name) > 4 or name in _SHORT_MONTHS


def _shared_year(words: Words, match: re.Match[str]) -> int | None:
    """1848 for the autumn of "the autumn and winter of 1848"."""
    shared = patterns.SHARED_YEAR.match(words.kinds, match.end())
    return words.number(shared.start("Y")) if shared else None


def second_year(words: Words, year: int | None, at: int) -> int | None:
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


def _bare_slice(words: Words, match: re.Match[str]) -> tuple[Point, int] | None:
    """Of "au second semestre", "im dritten Quartal": of the year the story is in."""
    at, unit = match.start("O"), match.start("unit")
    if words.kinds[at - 1 : at] not in tuple("iJt") or words.kinds[at] not in "Oa":
        return None
    name = words.word(unit).lower()
    if not name.startswith(("semestr", "trimestr", "halbjahr", "quartal", "полугод", "квартал")):
        return None
    count = 2 if match["unit"] == "h" else 4
    which = count if words.kinds[at] == "a" else words.number(at)
    if not 1 <= which <= count:
        return None
    return Point(slice=(which, count), shift=0, rule="date.slice"), unit + 1


def _fiscal(words: Words, at: int) -> tuple[Point, int] | None:
    match = patterns.FISCAL.match(words.kinds, at)
    if match is None:
        return None
    year = words.number(match.start("Y"))
    last = second_year(words, year, match.start("second")) if match["second"] else None
    end = match.end() if last else match.end("Y")
    return Point(year=year, last_year=last, rule="date.fiscal"), end


def numeric(words: Words, at: int) -> Point:
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
