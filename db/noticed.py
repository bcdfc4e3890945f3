"""What the checks of figures share: a figure in its passage, how exact its words are, a verdict."""

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from db.quantities import association_scope
from db.records import Figure

Kind = Literal["sum", "share", "disagreement", "ladder"]

LONGEST_ROW = 55  # characters; text cut to a width has lines of 60 to 80
LONGEST_ITEM = 200  # characters; a longer item of a list is a numbered paragraph
ABOUT = 0.05  # "about 500" is taken to reach from 475 to 525
ALMOST = 0.8  # "almost 500" is not said of less than 400
MORE = 1.25  # "more than 400" is not said of more than 500


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure of the archive as the checks see it; `half` is half a unit of its last digit."""

    id: int
    figure: Figure
    half: float

    @property
    def value(self) -> float:
        """What it says; of a range the first end."""
        return self.figure.value

    @property
    def low(self) -> float:
        """The least its words can mean."""
        least = min(self.value, self.figure.value_high or self.value)
        if self.figure.approx == "about":
            return least - max(self.half, ABOUT * abs(least))
        if self.figure.approx in ("almost", "less_than", "up_to"):
            return ALMOST * least
        return least - self.half

    @property
    def high(self) -> float:
        """The most its words can mean."""
        most = max(self.value, self.figure.value_high or self.value)
        if self.figure.approx == "about":
            return most + max(self.half, ABOUT * abs(most))
        if self.figure.approx == "more_than":
            return MORE * most
        return most + self.half


@dataclass(frozen=True, slots=True)
class Told:
    """A passage with its figures in order; figures count in the whole text, as `start` does."""

    id: int
    source_id: int
    ordinal: int
    start: int
    kind: str
    text: str
    figures: tuple[Stated, ...]

    def between(self, start: int, end: int) -> str:
        """The passage's words from `start` to `end`, both counted in the whole text."""
        return self.text[max(0, start - self.start) : max(0, end - self.start)]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a line of a list or table, with its figures."""

    passage: Told
    start: int
    end: int
    figures: tuple[Stated, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage.between(self.start, self.end)

    def before(self, figure: Stated, most: int = 80) -> str:
        """The words of the sentence in front of a figure, in lower case."""
        start = max(self.start, figure.figure.start - most)
        return self.passage.between(start, figure.figure.start).lower()

    def after(self, figure: Stated, most: int = 80) -> str:
        """The words of the sentence behind a figure, in lower case."""
        end = min(self.end, figure.figure.end + most)
        return self.passage.between(figure.figure.end, end).lower()

    def depth(self, figure: Stated) -> int:
        """In how many brackets a figure stands."""
        before = self.passage.between(self.start, figure.figure.start)
        opened = before.count("(") + before.count("（") + before.count("[")
        return opened - before.count(")") - before.count("）") - before.count("]")

    def gap(self, one: Stated, other: Stated) -> str:
        """The words between two of its figures, in lower case."""
        return self.passage.between(one.figure.end, other.figure.start).lower()


@dataclass(frozen=True, slots=True)
class Noticed:
    """One finding before it is kept: `figures` are (figure, role), the one it is about first."""

    kind: Kind
    verdict: str | None
    message: str
    figures: tuple[tuple[Stated, str], ...]
    passage_ids: tuple[int, ...]
    stated: float | None = None
    computed: float | None = None
    arithmetic: dict[str, Any] = field(default_factory=dict)


def sentences(passage: Told, language: str | None) -> list[Sentence]:
    """The sentences of a passage; of a list or table its lines."""
    starts = {0}
    if passage.kind == "table" or _is_in_rows(passage.text):
        starts |= {match.end() for match in re.finditer(r"\n+", passage.text)}
    elif passage.kind == "list":
        starts |= {match.end() for match in _ITEM.finditer(passage.text)}
    if passage.kind not in ("list", "table") or _is_prose(passage):
        starts |= set(association_scope.of(passage.text, (), language or "en").sentences)
    borders = [*sorted(start for start in starts if start < len(passage.text)), len(passage.text)]
    found = []
    at = 0
    for start, end in itertools.pairwise(borders):
        inside = []
        while at < len(passage.figures) and passage.figures[at].figure.start < passage.start + end:
            inside.append(passage.figures[at])
            at += 1
        found.append(Sentence(passage, passage.start + start, passage.start + end, tuple(inside)))
    return found


# A line of a list that begins an item or sums the items up; other lines go on with theirs.
_ITEM = re.compile(
    r"\n+(?=[^\S\n]{0,12}(?:[-–—•*·]|\(?[\divx]{1,4}[.)]|[a-z][.)])[^\S\n]"
    r"|[^\S\n]{0,12}(?:total|in all|sum|altogether|together|insgesamt|итого|всего|ensemble)\b)",
    re.IGNORECASE,
)


def _is_prose(passage: Told) -> bool:
    """Whether an item of a list is a numbered paragraph of several sentences."""
    return passage.kind == "list" and len(passage.text) > LONGEST_ITEM


def _is_in_rows(text: str) -> bool:
    """Whether the lines of a paragraph are rows of their own, and not one text cut to a width."""
    lines = text.split("\n")
    if len(lines) < 3 or max(map(len, lines)) > LONGEST_ROW:
        return False
    return not any(line.lstrip()[:1].islower() for line in lines)


_DIGITS = re.compile(r"\d(?:[\d.,·'’\u00a0\u202f ]{0,30}\d)?")


def half_unit(figure: Figure) -> float:
    """Half a unit of the last digit the words of a figure state; 0 where a thing was counted.

    "74.67 million" is exact to 10,000, so this is 5,000; "1.7 million" 50,000. The digits of the
    numeral, read as one whole number, and the value give the unit whatever scale word stands
    behind and whichever mark is the decimal point.
    """
    value = abs(figure.value)
    if not value or figure.unit == "fraction":
        return 0.025 if figure.unit == "fraction" else 0.0
    match = _DIGITS.search(figure.text)
    unit = _of_words(value) if match is None else _of_digits(value, match[0])
    if unit == 1 and figure.kind == "count":
        return 0.0
    return unit / 2


def _of_digits(value: float, numeral: str) -> float:
    digits = int("".join(each for each in numeral if each.isdigit()) or "0")
    if not digits:
        return 0.0
    unit = value / digits
    power = round(math.log10(unit))
    # "2 1/2", "£3 4s.", "5 dozen" are no plain decimals: nothing is known of their rounding.
    return float(10**power) if math.isclose(unit, 10.0**power, rel_tol=1e-6) else 0.0


def _of_words(value: float) -> float:
    if value != int(value) or value < 1000:
        return 1.0 if value == int(value) else 0.0
    unit = 1
    while value % (unit * 10) == 0:
        unit *= 10
    return float(unit)


def verdict(
    stated: Stated, computed: float, low: float, high: float
) -> Literal["agrees", "agrees within rounding", "differs"]:
    """How a stated figure stands to what follows from others, which lies between low and high."""
    slack = 1e-9 * max(1.0, abs(computed))
    if abs(stated.value - computed) <= stated.half + slack:
        return "agrees"
    if stated.low - slack <= high and low - slack <= stated.high:
        return "agrees within rounding"
    return "differs"


def family(one: Stated, other: Stated) -> bool:
    """Whether two figures are in the same unit and of the same sort of rate."""
    return one.figure.unit == other.figure.unit and one.figure.per == other.figure.per


def agreement(said: str, stated: float, computed: float) -> str:
    """How a message ends where a stated figure and what follows from others agree."""
    exact = abs(stated - computed) <= 1e-9 * max(1.0, abs(computed))
    return said if exact or said != "agrees" else "agrees to the digits that are stated"


_SCALES = ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"))
_NAMES = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number(value: float) -> str:
    """A number as a sentence shows it: 74.66 million, 1,000, 12.5."""
    for scale, name in _SCALES:
        if abs(value) >= scale:
            return f"{_plain(value / scale)}{name}"
    return _plain(value)


def counted(count: int) -> str:
    """A small number in words."""
    return _NAMES[count] if count < len(_NAMES) else str(count)


def _plain(value: float) -> str:
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    return text or "0"


def amount(value: float, figure: Figure) -> str:
    """A number with the unit of a figure, where the unit says something."""
    if figure.unit == "percent":
        return f"{number(value)} per cent"
    if figure.unit == "fraction":
        return f"{number(100 * value)} per cent"
    return number(value)


def term(stated: Stated, role: str) -> dict[str, Any]:
    """A figure as the arithmetic of a finding shows it."""
    return {
        "words": stated.figure.text,
        "value": stated.value,
        "low": stated.low,
        "high": stated.high,
        "role": role,
    }


def passages_of(passages: Sequence[Told]) -> tuple[int, ...]:
    """Ids of passages, each once, in their order."""
    return tuple(dict.fromkeys(passage.id for passage in passages))
