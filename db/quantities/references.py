"""Numbers that are no quantities: pages, volumes, articles, types, list numbers, clock times."""

import re
from dataclasses import dataclass
from functools import cache

from db.quantities import lexicon
from db.quantities.number_digits import Number
from db.quantities.tokens import HYPHENS, Token, glued
from db.quantities.units import behind

_LIST_NUMBER = re.compile(r"(?:^|\n)[ \t]*[(\[]?$")
_GROUPED = re.compile(r"\D\d{3}(?!\d)")


@dataclass(frozen=True, slots=True)
class Labels:
    """The words before or behind a number that make it a label."""

    before: frozenset[str]
    loose: frozenset[str]
    clock: frozenset[str]
    ordinal: frozenset[str]
    clock_before: frozenset[str]


@cache
def labels(language: str) -> Labels:
    """The labels of `language` out of its lexicon."""
    data = lexicon.load(f"quantities.{language}").get("labels", {})
    return Labels(
        frozenset(data.get("before", ())),
        frozenset(data.get("loose", ())),
        frozenset(data.get("clock", ())),
        frozenset(data.get("ordinal", ())),
        frozenset(data.get("clock_before", ())),
    )


def is_label(tokens: list[Token], number: Number, language: str) -> bool:
    """Whether the number names, orders or times something instead of counting it."""
    first, last = number.first, number.last
    known = labels(language)
    digits = tokens[first].kind == "n"
    before = tokens[first - 1] if first else None
    after = tokens[last] if last < len(tokens) else None
    if digits and before is not None and glued(tokens, first):
        # "ZIS-2", "I-16", "mid-60"; "reward-600" without a space is rare enough to lose.
        at = first - 1
        while at > max(1, first - 8) and tokens[at].text in HYPHENS and glued(tokens, at):
            at -= 1
            if tokens[at].kind == "w":
                return True
            if tokens[at].kind != "n" or not glued(tokens, at):
                break
            at -= 1
        named = before.kind == "w" and before.low != "x" and not _is_money_code(before.text)
        if named or before.text in "#№§":
            return True
        # "scale.758", "all,[95]": footnote marks.
        closing = before.text in '.,;:!?”"’)' and first > 1 and glued(tokens, first - 1)
        if closing and tokens[first - 2].kind == "w" and len(tokens[first].text) <= 4:
            return tokens[first].text.isdigit()
        if before.text == "[" and after is not None and after.text == "]":
            return True
    if before is not None and before.text in "#№§":
        return True
    if after is not None and digits:
        if after.kind == "w" and glued(tokens, last):
            pointed = last + 1 < len(tokens) and tokens[last + 1].text == "."
            # "2d" is second, "2d." may be twopence.
            if after.low in known.ordinal and not (after.low == "d" and pointed):
                return True
            if after.low == "s" and number.value >= 100:
                return True
        if _is_hour(tokens, last, 1) or _is_hour(tokens, first - 1, -1):
            return True
    most = 12 if language == "en" and after is not None and after.low in ("am", "pm") else 24
    whole = number.value <= most and (
        number.value == int(number.value) or language == "de"  # "um 6.40 Uhr"
    )
    timed = not known.clock_before or (before is not None and before.low in known.clock_before)
    if after is not None and after.low in known.clock and whole and timed:
        return True
    joined = after is not None and after.text in HYPHENS and glued(tokens, last)
    if joined and last + 1 < len(tokens) and tokens[last + 1].low in known.ordinal:
        return True
    if digits and language != "en" and _is_day_or_rank(tokens, number, language):
        return True
    if _is_clock(tokens, number) or (language == "en" and _is_minutes_past(tokens, number)):
        return True
    return digits and _is_numbered(tokens, number, known, language)


def is_loose(tokens: list[Token], number: Number, language: str) -> bool:
    """Whether only a noun such as "Kompanie" before the number makes it a label."""
    before = tokens[number.first - 1] if number.first else None
    known = labels(language)
    return before is not None and before.low in known.loose and before.low not in known.before


@cache
def _months(language: str) -> frozenset[str]:
    months: list[list[str]] = lexicon.load(f"dates.{language}").get("months", [])
    return frozenset(form for forms in months for form in forms)


# What stands before a German rank or day in figures: "vor dem 3. Tor", "am 14. und 15. Juni".
_BEFORE_A_RANK = frozenset(
    (
        "dem",
        "der",
        "den",
        "das",
        "die",
        "des",
        "am",
        "zum",
        "zur",
        "vom",
        "im",
        "ins",
        "beim",
        "bis",
    )
)


def _is_day_or_rank(tokens: list[Token], number: Number, language: str) -> bool:
    """Whether it is "3 апреля", "14. Juni", "vor dem 3. Tor"."""
    at = number.last
    dotted = at < len(tokens) and tokens[at].text == "." and glued(tokens, at)
    after = at + 1 if dotted else at
    if after >= len(tokens) or tokens[after].sentence != tokens[number.first].sentence:
        return False
    if number.value > 31 or number.value != int(number.value):
        return False
    if tokens[after].low in _months(language):
        return True
    if language != "de" or not dotted or number.first == 0:
        return False
    before = number.first - 1
    while before > 0 and number.first - before < 6 and _joins_ranks(tokens[before]):
        before -= 1  # "am 13. und 19."
    return tokens[before].low in _BEFORE_A_RANK


def _joins_ranks(token: Token) -> bool:
    return token.low in ("und", "oder", ".", ",") or (token.kind == "n" and len(token.text) < 3)


def _is_hour(tokens: list[Token], colon: int, step: int) -> bool:
    """Whether a colon joins the number to another one ("10:30")."""
    if not 0 < colon < len(tokens) - 1 or tokens[colon].text != ":":
        return False
    joined = glued(tokens, colon) and glued(tokens, colon + 1)
    return joined and tokens[colon + step].kind == "n"


def is_stray(tokens: list[Token], number: Number) -> bool:
    """Whether a number without a unit looks like a year, a code or a piece of a citation."""
    first, last = number.first, number.last
    if tokens[first].kind != "n" or last != first + 1:
        return False
    words = tokens[first].text
    if words.isdigit() and ((len(words) == 4 and 1300 <= number.value < 2060) or words[0] == "0"):
        return True
    before = tokens[first - 1] if first else None
    after = tokens[last] if last < len(tokens) else None
    if after is not None and glued(tokens, last) and (after.kind == "w" or after.text in "/]"):
        return True  # "150px", "12pt": a size that no lexicon knows
    if before is None:
        return False
    if before.text in "/[" and glued(tokens, first):
        return True
    if before.kind == "w" and before.text.isupper() and 2 <= len(before.text) <= 6:
        return True
    abbreviated = before.text == "." and first > 1 and tokens[first - 2].kind == "w"
    return abbreviated and before.sentence == tokens[first].sentence


def _is_money_code(word: str) -> bool:
    return word in ("US", "Rs", "RM", "DM", "USD", "GBP", "EUR", "CHF", "LE", "M", "HK")


def _is_clock(tokens: list[Token], number: Number) -> bool:
    """Whether a.m. or p.m. follows."""
    last = number.last
    if last + 2 >= len(tokens) or tokens[last].low not in ("a", "p"):
        return last < len(tokens) and tokens[last].low in ("am", "pm") and number.value <= 24
    return tokens[last + 1].text == "." and tokens[last + 2].low == "m" and number.value <= 24


def _is_minutes_past(tokens: list[Token], number: Number) -> bool:
    """Whether it is "ten minutes past eleven", "twenty minutes to six o'clock"."""
    last = number.last
    if last + 2 >= len(tokens) or tokens[last].low not in ("minute", "minutes"):
        return False
    if tokens[last + 1].low == "past":
        return True
    hour = tokens[last + 3].low if last + 3 < len(tokens) else ""
    return tokens[last + 1].low in ("to", "before", "after") and (
        hour in ("o'clock", "oclock") or tokens[last + 2].low in ("noon", "midnight")
    )


def _is_numbered(tokens: list[Token], number: Number, known: Labels, language: str) -> bool:
    first, last = number.first, number.last
    at = first - 1
    dotted = False
    if at >= 0 and tokens[at].text in (".", "°", "º"):
        dotted, at = True, at - 1
    # "Nos. 4, 7 and 12", "pp. 400-406": the label holds for the whole row.
    steps = 0
    while (
        at > 0
        and steps < 12
        and (
            (tokens[at].kind == "n" and steps)
            or tokens[at].text in (",", "-", "–", "—")
            or tokens[at].low in ("and", "to", "or", "und", "et", "bis", "и", "à", "до")
        )
    ):
        at, steps = at - 1, steps + 1
    if steps and at > 0 and tokens[at].text == ".":
        dotted, at = True, at - 1
    if at < 0:
        return False
    label = tokens[at]
    if at and tokens[at - 1].kind == "n" and glued(tokens, at):
        return False  # "from 5s. to 9s.": shillings are no pages
    if label.sentence != tokens[first].sentence and not (dotted and len(label.low) <= 5):
        return False
    if (
        steps
        and label.kind == "w"
        and not _is_row_of(label.low)
        and "," in (token.text for token in tokens[at + 1 : first])
    ):
        # "In Zone 2, 30 huts stood": one label names one thing.
        return False
    plain = tokens[first].text.isdigit() or not _GROUPED.search(tokens[first].text)
    if label.kind == "w" and plain:
        has_unit = behind(tokens, last, len(tokens), language, True) is not None
        if label.low in known.before:
            return dotted or (not has_unit and len(label.low) > 1)
        if label.low in known.loose and label.text[0].isupper() and not has_unit:
            return True
        # "S. 283", "T. 3": a capital with a point is a page or a volume in somebody's tongue.
        if dotted and len(label.text) == 1 and label.text.isupper() and not has_unit:
            return not steps or label.text in "SPTCV"
    return False


def _is_row_of(label: str) -> bool:
    """Whether a label holds for a whole row: a plural, or an abbreviation that can be one."""
    return label.endswith("s") or len(label) <= 4


def is_list_number(tokens: list[Token], number: Number, text: str) -> bool:
    """Whether the number opens a line as "3." or "(3)" does."""
    first, last = number.first, number.last
    if tokens[first].kind != "n" or last != first + 1 or last >= len(tokens):
        return False
    token = tokens[first]
    if len(token.text) > 3 or not token.text.isdigit():
        return False
    closing = tokens[last].text
    opening = tokens[first - 1].text if first else ""
    if closing == ")" and glued(tokens, last):
        return (
            opening == "("
            or bool(_LIST_NUMBER.search(text[max(0, token.start - 20) : token.start]))
            or opening in (":", ";", ",")
        )
    if closing != "." or not glued(tokens, last):
        return False
    if _LIST_NUMBER.search(text[max(0, token.start - 20) : token.start]) or first == 0:
        return True
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    return opening in (":", ";", ".") and following is not None and following.text[0].isupper()
