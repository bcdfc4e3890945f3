"""What a numeral written in digits is worth, under the decimal convention of its document."""

import re
from typing import Literal

Mark = Literal[".", ","]

_COMMA_LANGUAGES = frozenset(("ru", "de", "fr"))
# Shapes that leave no doubt: one or two digits behind the mark, or both marks in one numeral.
_POINT = re.compile(r"(?<![\d.,])\d{1,9}(?:(?:,\d{3}){1,5}\.\d{1,4}|\.\d{1,2})(?![\d.,]\d|\d)")
_COMMA = re.compile(r"(?<![\d.,])\d{1,9}(?:(?:\.\d{3}){1,5},\d{1,4}|,\d{1,2})(?![\d.,]\d|\d)")
_GROUPED = re.compile(r"\d{1,3}([., '’\u00a0\u2009\u202f])\d{3}(?:\1\d{3}){0,11}")
_LAKHS = re.compile(r"\d{1,2}(?:,\d\d){1,5},\d{3}")
_JOINS = str.maketrans("", "", " '’\u00a0\u2009\u202f")
_MOST_DIGITS = 40
_SAMPLE = 200_000


def decimal_mark(text: str, language: str) -> Mark:
    """The decimal mark of a whole document: the language's, unless the numerals all say other."""
    usual: Mark = "," if language in _COMMA_LANGUAGES else "."
    points = len(_POINT.findall(text, 0, _SAMPLE))
    commas = len(_COMMA.findall(text, 0, _SAMPLE))
    if usual == "." and commas >= 3 and points == 0:
        return ","
    if usual == "," and points >= 3 and commas == 0:
        return "."
    return usual


def value(numeral: str, decimal: Mark) -> tuple[float, tuple[str, ...]] | None:
    """The worth of `numeral` and the doubts about it; None where it is no number to trust."""
    numeral = numeral.replace("·", ".")
    plain = numeral.translate(_JOINS)
    if sum(sign.isdigit() for sign in plain) > _MOST_DIGITS:
        return None
    points, commas = plain.count("."), plain.count(",")
    if not points and not commas:
        return float(plain), ()
    if commas and points < 2 and _LAKHS.fullmatch(plain.partition(".")[0]):
        return float(plain.replace(",", "")), ()
    if points and commas:
        last = max(plain.rfind("."), plain.rfind(","))
        whole = plain[:last].replace(".", "").replace(",", "")
        if plain.count(plain[last]) > 1:
            return None
        return float(f"{whole}.{plain[last + 1 :]}"), ()
    mark = "." if points else ","
    if _GROUPED.fullmatch(plain) and not plain.startswith("0"):
        if points + commas > 1 or mark != decimal:
            return float(plain.replace(mark, "")), ()
        # "12.345" in English, "12,345" in French: three decimals are rare but they are the rule.
        return float(plain.replace(",", ".")), ("ambiguous_separator",)
    if points + commas > 1:
        return None
    return float(plain.replace(",", ".")), () if mark == decimal else ("ambiguous_separator",)
