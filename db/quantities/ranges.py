"""Two numbers that are one figure: 600-750, from 850 to 500 thousand, between 20 and 30."""

from dataclasses import dataclass
from functools import cache

from db.quantities import lexicon, money, references
from db.quantities.drafts import Draft
from db.quantities.nouns import Heads
from db.quantities.number_digits import Number
from db.quantities.number_words import Reader
from db.quantities.tokens import DASHES, Token, glued
from db.quantities.units import before, behind


@dataclass(frozen=True, slots=True)
class Joints:
    """The words of one language that join the ends of a range."""

    to: frozenset[str]
    either: frozenset[str]
    both: frozenset[str]
    between: frozenset[str]
    since: frozenset[str]


_LONGEST_DATE = 8
_YEAR_WORDS = frozenset(("год", "году", "года", "г"))
# Words between the joint and the second number ("von 31 auf mehr als 90").
_PASSED = frozenset(lexicon.load("quantities")["words"]["in_ranges"])


@cache
def _joints(language: str) -> Joints:
    data = lexicon.load(f"quantities.{language}").get("ranges", {})
    return Joints(*(frozenset(data.get(key, ())) for key in ("to", "or", "and", "between", "from")))


def take(
    draft: Draft,
    reader: Reader,
    heads: Heads,
    tokens: list[Token],
    text: str,
    stop: int,
) -> bool:
    """Makes `draft` a range where a second number follows."""
    joints = _joints(reader.language)
    number = draft.number
    edge = draft.first
    while edge and tokens[edge - 1].start >= draft.start:
        edge -= 1
    opened = _opener(tokens, edge, joints)
    at = number.last
    unit_end = _own_unit(draft, heads, tokens, at, stop, reader.language) if opened else 0
    first_part, cents = (
        _own_part(draft, tokens, at, stop, reader.language) if unit_end else (0.0, 0.0)
    )
    if cents:
        unit_end += 2
    elif unit_end + 1 < stop and tokens[unit_end].text == "." and glued(tokens, unit_end):
        unit_end += 1
    places = [at, unit_end]
    if opened == "from":
        # "from 1.4 million tons in 1920 to 5.5 million in 1929"
        places += [_past_date(tokens, place, stop, reader.language) for place in places if place]
    if _plus_minus(draft, reader, tokens, at, stop):
        return True
    for place in places:
        if not place or place >= stop or tokens[place].masked:
            continue
        second = _second(draft, reader, tokens, text, place, stop, joints, opened)
        if second is None or references.is_label(tokens, second, reader.language):
            continue
        if place >= unit_end > at and _is_of_another_kind(tokens, at, second, stop, reader):
            continue
        low, high = _scaled(draft.value, number, second)
        draft.value, draft.high = low, high
        if place >= unit_end > at:
            draft.part, draft.first_part = 1.0, first_part
            draft.value += cents
        draft.last, draft.end = second.last, tokens[second.last - 1].end
        draft.number = Number(
            number.first, second.last, low, max(number.scale, second.scale), number.spelt,
            doubts=number.doubts,
        )  # fmt: skip
        draft.doubts.extend(second.doubts)
        draft.rules.append(f"range.{opened or 'joined'}")
        return True
    return False


def _plus_minus(draft: Draft, reader: Reader, tokens: list[Token], at: int, stop: int) -> bool:
    """Makes "12 ± 2", "12 plus or minus 2" a range from 10 to 14."""
    words = [token.low for token in tokens[at : min(at + 3, stop)]]
    if words[:1] == ["±"]:
        at += 1
    elif words[:3] in (["+", "/", "-"], ["plus", "or", "minus"], ["plus", "ou", "moins"]):
        at += 3
    else:
        return False
    second = reader.at(at) if at < stop and not tokens[at].masked else None
    if second is None or not second.value > 0 or second.fraction != draft.number.fraction:
        return False
    value, step = _scaled(draft.value, draft.number, second)
    draft.value, draft.high = value - step, value + step
    draft.last, draft.end = second.last, tokens[second.last - 1].end
    draft.number = Number(
        draft.number.first, second.last, draft.value, max(draft.number.scale, second.scale),
        draft.number.spelt,
    )  # fmt: skip
    draft.rules.append("range.plus_minus")
    return True


def _opener(tokens: list[Token], edge: int, joints: Joints) -> str:
    for step in range(edge - 1, max(-1, edge - 4), -1):
        low = tokens[step].low
        if low in joints.between:
            if edge - step > 2 and low == "entre":
                return ""  # "entre nos mains 120 prisonniers et deux canons"
            return "between"
        if low in joints.since:
            return "from"
        if tokens[step].kind != "w":
            break
    return ""


def _past_date(tokens: list[Token], at: int, stop: int, language: str) -> int:
    """The token behind a date that stands at `at`; 0 where none does."""
    step = at
    if step < stop and not tokens[step].masked and tokens[step].low in _in(language):
        step += 1
    first = step
    while step < stop and tokens[step].masked and step - first < _LONGEST_DATE:
        step += 1
    if step == first:
        return 0
    if step < stop and tokens[step].low in _YEAR_WORDS:
        step += 1
        step += step < stop and tokens[step].text == "." and glued(tokens, step)
    return step


@cache
def _in(language: str) -> frozenset[str]:
    words: list[str] = lexicon.load(f"dates.{language}").get("words", {}).get("in", [])
    return frozenset(words)


def _is_of_another_kind(
    tokens: list[Token], at: int, second: Number, stop: int, reader: Reader
) -> bool:
    """Whether money and per cent stand on the two sides: "600 000 francs à 5 %"."""
    one = behind(tokens, at, stop, reader.language, True)
    other = behind(tokens, second.last, stop, reader.language, True)
    if one is None or other is None:
        return False
    return (one[0].kind == "percent") != (other[0].kind == "percent")


def _own_unit(
    draft: Draft, heads: Heads, tokens: list[Token], at: int, stop: int, language: str
) -> int:
    """Where the unit of the first number ends, when it has one ("from 20 tons to 25 tons")."""
    if at >= stop:
        return 0
    coin = money.sterling_suffix(tokens, draft.number) if language == "en" else None
    if coin is not None:
        return coin[1]
    measure = behind(tokens, at, stop, language, True)
    if measure is not None:
        return measure[1]
    found = heads.behind(at, stop, False)
    return found.last if found is not None and found.last - at <= 3 else 0


def _own_part(
    draft: Draft, tokens: list[Token], at: int, stop: int, language: str
) -> tuple[float, float]:
    """The coin of the first number, and centimes said without their name ("3 fr. 75")."""
    coin = money.sterling_suffix(tokens, draft.number) if language == "en" else None
    if coin is not None:
        return coin[0].part, 0.0
    measure = behind(tokens, at, stop, language, True)
    if measure is None or measure[0].kind != "money":
        return 0.0, 0.0
    end = measure[1]
    if measure[0].name == "FRF" and end + 1 < stop and tokens[end].text == ".":
        cents = tokens[end + 1]
        if cents.kind == "n" and len(cents.text) == 2 and cents.text.isdigit():
            return measure[0].part, 0.0 if cents.masked else int(cents.text) / 100
    return measure[0].part, 0.0


def _second(
    draft: Draft,
    reader: Reader,
    tokens: list[Token],
    text: str,
    at: int,
    stop: int,
    joints: Joints,
    opened: str,
) -> Number | None:
    token = tokens[at]
    joint = ""
    if token.text in DASHES:
        if at + 1 >= stop:
            return None
        left, right = glued(tokens, at), glued(tokens, at + 1)
        if left != right:
            return None
        joint = "dash"
    elif token.low in joints.to:
        joint = "to"
    elif token.low in joints.either:
        joint = "or"
    elif token.low in joints.both and opened == "between":
        joint = "and"
    if not joint:
        return None
    at += 1
    # The sign of money may be said again ("$5 to $10", "£3-£4").
    step = at
    while step < stop and step - at < 3 and tokens[step].kind != "n":
        if tokens[step].kind == "w" and reader.worth(step) is not None:
            break
        if tokens[step].low in _PASSED:
            step += 1
            continue
        if tokens[step].kind == "s" or draft.sign_first >= 0:
            step += 1
            continue
        break
    if step >= stop or tokens[step].masked:
        return None
    second = reader.at(step)
    if second is None:
        return None
    signed = before(text, tokens[step].start, reader.language) is not None
    if step > at and tokens[step - 1].kind == "s" and (draft.sign_first < 0 or not signed):
        return None
    vulgar = opened and (
        "f" in (tokens[step].kind, tokens[draft.number.last - 1].kind)
        or (second.fraction and second.spelt and reader.language == "ru")
    )
    if second.fraction != draft.number.fraction and second.value < 1 and not vulgar:
        return None
    if joint == "or" and not 1 < second.value / max(_raw(draft, second), 1e-9) <= 10:
        return None
    if joint == "to" and not opened and second.value <= _raw(draft, second):
        return None
    if joint == "dash" and second.value <= _raw(draft, second) and not opened:
        return None
    if joint == "or" and opened == "between":
        return None
    return second


def _raw(draft: Draft, second: Number) -> float:
    return _scaled(draft.value, draft.number, second)[0]


def _scaled(value: float, first: Number, second: Number) -> tuple[float, float]:
    """Both ends in full: "2-3 million" is two to three million, "two or three hundred" too."""
    if first.scale == 1 and second.scale > 1:
        base = second.value / second.scale
        if value <= 10 * base and value < second.value and (value < 1000 or second.scale < 1000):
            return value * second.scale, second.value
    return value, second.value


def is_share(draft: Draft, reader: Reader, heads: Heads, tokens: list[Token], stop: int) -> bool:
    """Whether it is "one in six", "nine out of ten", "three persons in four"."""
    if reader.language != "en":
        return _is_one_of(draft, reader, heads, tokens, stop)
    at = draft.last
    if at + 1 >= stop or draft.value > 100 or draft.value != int(draft.value):
        return False
    joint = "in" if reader.language == "en" else "sur"
    named = heads.measure_or_noun(at, stop) if tokens[at].low != joint else None
    if named is not None and named.last < stop - 1:
        at = named.last
    if named is None and draft.value == 1 and at + 1 < stop and _is_one_in(tokens, at):
        at += 1  # "one Frenchman in five": whatever it is one of
        second = reader.at(at + 1) if at + 1 < stop else None
        if second is not None and second.spelt and 1 < second.value <= 100:
            return _close(draft, second, heads, stop)
        return False
    out = tokens[at].low == "out" and tokens[at + 1].low == "of"
    if named is not None and named.measure is not None and not out:
        return False
    if not out and (
        tokens[at].low != joint
        or (named is None and draft.value != 1 and joint == "in" and not _in_ten(draft, reader, at))
    ):
        return False
    at += 2 if out else 1
    while at < stop and tokens[at].low in ("every", "the"):
        at += 1
    if at >= stop or tokens[at].masked:
        return False
    second = reader.at(at)
    if second is None or not draft.value < second.value <= 100_000 or second.fraction:
        return False
    if named is not None and not out and not second.spelt:
        return False
    if named is not None and not out and second.value > (100 if draft.value == 1 else 20):
        return False
    if not out and second.last < stop and heads.behind(second.last, stop, False) is not None:
        return draft.value == 1 and not named and _close(draft, second, heads, stop)
    _close(draft, second, heads, stop)
    return True


def _is_one_in(tokens: list[Token], at: int) -> bool:
    return tokens[at].kind == "w" and not tokens[at].masked and tokens[at + 1].low == "in"


def _in_ten(draft: Draft, reader: Reader, at: int) -> bool:
    """Of "nine in ten", both in words."""
    second = reader.at(at + 1)
    if second is None or not (second.spelt and draft.number.spelt):
        return False
    return draft.value < second.value <= 100 and second.scale <= 100


_ONE_OF = {"de": "von", "ru": "из", "fr": "sur"}
_ROUND = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 20, 25, 30, 40, 50, 60, 80, 100, 1000))


def _is_one_of(draft: Draft, reader: Reader, heads: Heads, tokens: list[Token], stop: int) -> bool:
    """Whether it is "neun von zehn", "один из пяти", "un mendiant sur dix habitants"."""
    at, joint = draft.last, _ONE_OF.get(reader.language)
    if at + 1 >= stop or draft.value > 100 or draft.value != int(draft.value):
        return False
    named = tokens[at].low != joint and tokens[at].kind == "w" and not tokens[at].masked
    if named:
        at += 1
    if joint is None or at + 1 >= stop or tokens[at].low != joint or tokens[at + 1].masked:
        return False
    if named and reader.language != "fr":
        return False
    second = reader.at(at + 1)
    if second is None or second.value not in _ROUND or not draft.value < second.value:
        return False
    of_some = second.last < stop and heads.behind(second.last, stop, False) is not None
    spelt = draft.number.spelt and second.spelt and second.value <= 10
    if of_some and not (reader.language == "fr" and draft.value == 1) and not spelt:
        return False
    return _close(draft, second, heads, stop)


def _close(draft: Draft, second: Number, heads: Heads, stop: int) -> bool:
    following = heads.behind(second.last, stop, False) if second.last < stop else None
    if following is not None and following.measure is not None:
        return False
    draft.value = draft.value / second.value
    draft.unit, draft.kind = "fraction", "other"
    draft.last, draft.end = second.last, heads.tokens[second.last - 1].end
    draft.rules.append("fraction.one_in")
    return True


def is_ratio(draft: Draft, reader: Reader, tokens: list[Token], stop: int) -> bool:
    """Whether it is "three to one", "5:1": then `draft` becomes that ratio."""
    at = draft.last
    if reader.language != "en" or at + 1 >= stop or draft.unit is not None:
        return False
    if tokens[at].low != "to" or tokens[at + 1].masked:
        return False
    second = reader.at(at + 1)
    named = draft.first > 1 and tokens[draft.first - 1].low == "of"
    named = named and tokens[draft.first - 2].low in ("proportion", "ratio", "odds", "rate")
    if second is None or not second.value or (second.value != 1 and not named):
        return False
    if draft.value > 1000:
        return False
    draft.value = draft.value / second.value
    draft.unit, draft.kind = "ratio", "other"
    draft.last, draft.end = second.last, tokens[second.last - 1].end
    draft.rules.append("ratio")
    return True
