"""EDTF in the words of five languages, and the other way round."""

import re
from typing import Any

from db.quantities import lexicon, periods
from db.records import Context

_PLAIN = re.compile(r"(?P<sign>-?)(?P<y>[\dX]{4})(?:-(?P<m>[\dX]{2}))?(?:-(?P<d>[\dX]{2}))?")
_QUALIFIERS = re.compile("[~?%]")
# What catalogues write and running text does not: "ca1860", "19c".
_ABOUT = re.compile(r"^(?:ca?\.?|~)\s?(?=\d)", re.IGNORECASE)
_CENTURY = re.compile(r"\b(\d{1,2})c\b\.?")
_LONGEST = 120


def of(edtf: str, language: str) -> str:
    """The valid text `edtf` in words."""
    saying = lexicon.load(f"dates.{language}").get("saying")
    saying = saying or lexicon.load("dates.en")["saying"]
    if edtf[0] in "[{":
        items = edtf[1:-1].replace("..", "/").split(",")
        listed = ", ".join(_interval(item.strip(), saying) for item in items)
        return str(saying["one_of" if edtf[0] == "[" else "all_of"]).format(x=listed)
    return _interval(edtf, saying)


def _interval(edtf: str, saying: dict[str, Any]) -> str:
    first, slash, last = edtf.partition("/")
    if not slash:
        return _date(edtf, saying)
    first, last = (end if end != ".." else "" for end in (first, last))
    if not first and not last:
        return str(saying["unknown"])
    if not first:
        if last[4:] == "-12" and len(last) == 7:
            return str(saying["by_end"]).format(y=last[:4])
        return str(saying["by"]).format(x=_date(last, saying))
    if not last:
        return str(saying["from"]).format(x=_date(first, saying))
    if first[4:] == "-12" and last[4:] == "-02" and int(last[:4]) == int(first[:4]) + 1:
        year = f"{first[:4]}/{last[2:4]}"
        return str(saying["season"]).format(season=saying["seasons"][3], y=year)
    return str(saying["to"]).format(a=_date(first, saying), b=_date(last, saying))


def _date(edtf: str, saying: dict[str, Any]) -> str:
    doubts = set(_QUALIFIERS.findall(edtf))
    said = _plain(_QUALIFIERS.sub("", edtf), saying)
    if doubts >= {"~", "?"} or "%" in doubts:
        return str(saying["perhaps_about"]).format(x=said)
    if "~" in doubts:
        return str(saying["about"]).format(x=said)
    return str(saying["perhaps"]).format(x=said) if doubts else said


def _plain(edtf: str, saying: dict[str, Any]) -> str:
    match = _PLAIN.match(edtf)
    if match is None:
        return edtf
    year, month, day = match["y"], match["m"], match["d"]
    if match["sign"] and year.isdecimal():
        year_said = str(saying["before_christ"]).format(y=int(year) + 1)
    elif "X" in year:
        year_said = _vague_year(year, saying)
    else:
        year_said = year if year == "0000" else year.lstrip("0")
    if month is None:
        plain = year.isdecimal() and not match["sign"]
        return str(saying.get("year", "{y}")).format(y=year_said) if plain else year_said
    if month.isdecimal() and int(month) > 12:
        return _part_of_year(int(month), year_said, saying)
    if "X" in month:
        return str(saying["some_month"]).format(y=year_said)
    number = int(month)
    names = {
        "month": saying["months"][number - 1],
        "month_of": saying.get("months_of", saying["months"])[number - 1],
        "y": year_said,
        "m": number,
    }
    if day is None:
        return str(saying["month"]).format(**names)
    if "X" in day:
        return str(saying["some_day"]).format(x=str(saying["month"]).format(**names))
    return str(saying["day"]).format(d=int(day), **names)


def _vague_year(year: str, saying: dict[str, Any]) -> str:
    if year[3] == "X" and year[:3].isdecimal():
        return str(saying["decade"]).format(y=int(year[:3]) * 10)
    if year[2:] == "XX" and year[:2].isdecimal():
        number = int(year[:2]) + 1
        nth = _ordinal(number, saying)
        return str(saying["century"]).format(nth=nth, n=number)
    return year


def _ordinal(number: int, saying: dict[str, Any]) -> str:
    ordinal = str(saying["ordinal"]).format(n=number)
    if ordinal.endswith("th") and number % 10 in (1, 2, 3) and number not in (11, 12, 13):
        return f"{number}{('st', 'nd', 'rd')[number % 10 - 1]}"
    return ordinal


def _part_of_year(code: int, year: str, saying: dict[str, Any]) -> str:
    if code <= 32:
        season = (code - 21) % 4 if code <= 28 else (code - 29 + 2) % 4
        return str(saying["season"]).format(season=saying["seasons"][season], y=year)
    name, first = ("quarter", 33) if code <= 36 else ("third", 37) if code <= 39 else ("half", 40)
    nth = saying["nth"]
    if name == "quarter":
        nth = saying.get("nth_masculine", nth)
    if name == "half":
        nth = saying.get("halves", nth)
    return str(saying[name]).format(nth=nth[code - first], y=year)


def read(text: str, language: str) -> str | None:
    """The first date in `text`, with its "by" or "since"."""
    if not text or len(text) > _LONGEST:
        return None
    text = _ABOUT.sub("circa ", text) if language == "en" else text
    text = _CENTURY.sub(r"\1th century", text) if language == "en" else text
    found = periods.find(f"in {text}" if language == "en" else text, (), Context(language=language))
    if not found:
        found = periods.find(text, (), Context(language=language))
    if not found:
        return None
    date, rules = found[0].date, found[0].rules
    if "/" in date:
        return date
    if "date.by" in rules or "date.before" in rules:
        return f"../{date.rstrip('~?%')}"
    if "date.from" in rules or "date.after" in rules:
        return f"{date.rstrip('~?%')}/.."
    return date
