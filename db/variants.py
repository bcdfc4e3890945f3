"""The ways one number is written: 1300, 1,300, 1 300, thirteen hundred, as words of the index."""

import re
from functools import lru_cache

# Separators between groups of three; a text's 1,300 and 1 300 are the same two words to the index.
GROUPED = re.compile(r"\d{1,3}(?:[.,'’\u00a0\u202f\u2009 ]\d{3}){1,5}")
_MOST_DIGITS = 15
_LARGEST_SPELT = 10**9

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = (
    "zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
_SCALES = ((10**6, "million"), (10**3, "thousand"))
_SMALL = {word: value for value, word in enumerate(_ONES)} | {
    word: 10 * value for value, word in enumerate(_TENS) if value > 1
}


def digits_of(written: str) -> str | None:
    """The plain digits of a number in figures (1,300 and 1 300 give 1300); None if it is none."""
    if written.isdecimal() and written.isascii() and len(written) <= _MOST_DIGITS:
        return written
    if GROUPED.fullmatch(written) and written[0] != "0":
        return "".join(filter(str.isdecimal, written))
    return None


def digits_of_tokens(tokens: tuple[str, ...]) -> str | None:
    """The plain digits of a number that stands as folded words, in figures or in words."""
    return digits_of(" ".join(tokens)) or digits_of_words(tokens)


def digits_of_words(words: tuple[str, ...]) -> str | None:
    """The plain digits of an English number in words (thirteen hundred gives 1300), from 2 up."""
    total = group = 0
    last = 0  # the place of the word before: 1, 10, 100, or a scale
    for word in words:
        if word == "and" and group + total:
            continue
        if word == "a" and not group and not total:
            group, last = 1, 1
        elif word in _SMALL:
            value = _SMALL[word]
            if last in (0, 100, 1000) or (last == 10 and 0 < value < 10 and group % 10 == 0):
                group, last = group + value, 10 if value >= 20 else 1
            else:
                return None
        elif word == "hundred" and 0 < group < 100 and last in (1, 10):
            group, last = group * 100, 100
        elif (scale := next((power for power, name in _SCALES if name == word), 0)) and group:
            if total and total < scale:
                return None
            total, group, last = total + group * scale, 0, 1000
        else:
            return None
    total += group
    return str(total) if total > 1 and words[-1] != "and" else None


@lru_cache(maxsize=1024)
def of_number(digits: str) -> tuple[tuple[str, ...], ...]:
    """Every way the index may hold the whole number `digits`, each a phrase; the plainest first."""
    found: list[tuple[str, ...]] = [(digits,)]
    plain = digits.lstrip("0")
    if plain == digits and len(digits) > 3:
        first = len(digits) % 3 or 3
        groups = [digits[:first], *(digits[at : at + 3] for at in range(first, len(digits), 3))]
        found.append(tuple(groups))
    if plain == digits and 1 < int(digits) < _LARGEST_SPELT:
        found.extend(_spelt(int(digits)))
    return tuple(dict.fromkeys(found))


def _spelt(number: int) -> list[tuple[str, ...]]:
    texts = [_cardinal(number, "and"), _cardinal(number, "")]
    if 1000 < number < 10_000 and number % 1000 >= 100:
        hundreds, rest = divmod(number, 100)
        head = f"{_below_hundred(hundreds)} hundred"
        texts.append(head if not rest else f"{head} and {_below_hundred(rest)}")
        if rest:
            texts.append(f"{head} {_below_hundred(rest)}")
            if rest > 9:
                texts.append(f"{_below_hundred(hundreds)} {_below_hundred(rest)}")
    texts.extend("a" + text[3:] for text in texts[:2] if text.startswith("one "))
    return [tuple(text.split()) for text in texts]


def _cardinal(number: int, joiner: str) -> str:
    parts = []
    for scale, name in _SCALES:
        if number >= scale:
            parts.append(f"{_cardinal(number // scale, joiner)} {name}")
            number %= scale
    if number >= 100:
        parts.append(f"{_ONES[number // 100]} hundred")
        number %= 100
    if number:
        if parts and joiner:
            parts.append(joiner)
        parts.append(_below_hundred(number))
    return " ".join(parts)


def _below_hundred(number: int) -> str:
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] if not ones else f"{_TENS[tens]} {_ONES[ones]}"
