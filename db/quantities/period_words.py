"""The words of a text as one letter each, so that the grammar of dates can be read as patterns.

`Words.kinds` holds one character per token (`Y` a four-digit year, `N` a day number, `M` a month
...), so that `N?MY` matches "13 September 1939" in every language whose lexicon knows the words.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from db.quantities import period_letters

_NUMBER = re.compile(
    r"(\d{1,20}(?:[.,/:\-–—−’'\u00a0\u202f]\d{1,20}){0,6})([-‐‑–'’]?)([^\W\d_]{0,4})"
)
_PIECE = re.compile(r"\d+|\D")
_NUMERIC_DATE = re.compile(r"(\d{1,2})([./\-–])(\d{1,2})\2(\d{4}|\d{2})")
_ISO_DATE = re.compile(r"(1\d{3}|20\d\d|21\d\d)([\-./])(\d{1,2})\2(\d{1,2})")
# Words that open a sentence when they have a capital.
_OPENERS = frozenset("itQUBF")
_DASHES = "-‐‑–—−"
_ROMAN = re.compile(r"X{0,2}(?:IX|IV|V?I{0,3})")


@dataclass(slots=True)
class Words:
    """The tokens of a text: their kinds as one string, and where each stands."""

    text: str
    language: str = "en"
    kinds: str = ""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    values: dict[int, Any] = field(default_factory=dict)

    def word(self, index: int) -> str:
        """The characters of token `index`; empty beyond either end."""
        if not 0 <= index < len(self.starts):
            return ""
        return self.text[self.starts[index] : self.ends[index]]

    def number(self, index: int) -> int:
        """What token `index` is worth; 0 where it is worth nothing."""
        value = self.values.get(index, 0)
        return value if isinstance(value, int) else 0

    def is_many(self, index: int) -> bool:
        """Whether token `index` is "years", "months" ... and not "year"."""
        return self.values.get(index) == "many"

    def is_glued(self, index: int) -> bool:
        """Whether token `index` touches the one before it and the one behind it."""
        if not 0 < index < len(self.starts) - 1:
            return False
        before = self.ends[index - 1] == self.starts[index]
        return before and self.ends[index] == self.starts[index + 1]


def of(text: str, language: str) -> Words:
    """The tokens of `text` in a language of letters (Chinese is read elsewhere)."""
    vocabulary = period_letters.vocabulary(language)
    table = vocabulary[0]
    words = Words(text, language)
    kinds: list[str] = []
    starts, ends, values = words.starts, words.ends, words.values
    add_kind, add_start, add_end = kinds.append, starts.append, ends.append
    behind_phrase = 0
    for match in period_letters.TOKEN.finditer(text):
        token = match[0]
        known = table.get(token)
        if match.start() < behind_phrase:
            continue
        if known is not None and known[0] == period_letters.PHRASE:
            phrase, known = _phrase(text, match.start(), known[1], table)
            if phrase:
                behind_phrase = match.start() + len(phrase)
                if known is not None:
                    if known[1] is not None:
                        values[len(kinds)] = known[1]
                    add_kind(known[0])
                    add_start(match.start())
                    add_end(behind_phrase)
                continue
            known = table.get(token.lower() + period_letters.ALONE)
        if known is None:
            first = token[0]
            if first.isdecimal() and first.isascii():
                _add_number(token, match.start(), kinds, words, vocabulary)
                continue
            if first in "QF" and (made := _quarter_or_fiscal(token)):
                kind, values[len(kinds)] = made
            elif language == "de" and (season := _season_inside(token)):
                kind, values[len(kinds)] = "E", season
            elif first.isalpha():
                kind = "H" if first.isupper() else "_"
                if kind == "H" and len(token) <= 9 and (roman := _roman(token)):
                    kind, values[len(kinds)] = "R", roman
            elif first in _DASHES:
                kind = "-"
            elif first == "\n":
                kind = "\n"
            elif first in "'’" and language == "fr" and kinds and kinds[-1] in "tfUQ":
                ends[-1] = match.end()  # "l'année": the article and its sign are one
                continue
            else:
                kind = first if first in ".,;:()/'’[]%$£€¥©№#" else "*"
        else:
            kind, value = known
            if value is not None:
                values[len(kinds)] = value
            if kind in _OPENERS and kinds and kinds[-1] == "." and token[0].isupper():
                kinds[-1] = "\n"  # "before May. In 1939": no date goes on there
        add_kind(kind)
        add_start(match.start())
        add_end(match.end())
    words.kinds = "".join(kinds)
    return words


def _phrase(
    text: str, at: int, phrases: list[str], table: dict[str, tuple[str, Any]]
) -> tuple[str, tuple[str, Any] | None]:
    """The longest of the phrases that stands at `at`, and what it is."""
    for phrase in phrases:
        written = text[at : at + len(phrase)]
        if (
            written.lower() == phrase
            and not text[at + len(phrase) : at + len(phrase) + 1].isalnum()
        ):
            return written, table[phrase + period_letters.ALONE]
    return "", None


_GERMAN_SEASONS = {"winter": 24, "sommer": 22, "herbst": 23, "frühjahr": 21, "frühling": 21}


def _season_inside(token: str) -> int:
    """The season of "Hungerwinter" and "Spätherbst"; 0 for other words."""
    if token[0].isupper():
        for name, season in _GERMAN_SEASONS.items():
            if token.endswith(name):
                return season
    return 0


def _quarter_or_fiscal(token: str) -> tuple[str, int] | None:
    """Of "Q3" and "FY1925"."""
    if len(token) == 2 and token[0] == "Q" and token[1] in "1234":
        return "7", int(token[1])
    if len(token) in (4, 6) and token[:2] == "FY" and token[2:].isdecimal():
        return "Y", int(token[2:]) if len(token) == 6 else 1900 + int(token[2:])
    return None


def _add_number(
    token: str,
    at: int,
    kinds: list[str],
    words: Words,
    vocabulary: "period_letters.Vocabulary",
) -> None:
    table, decade_endings, ordinal_endings = vocabulary
    match = _NUMBER.match(token)
    if match is None:  # digits beyond the bounds of a number
        _add(kinds, words, "#", at, at + len(token), None)
        return
    digits, hyphen, ending = match.groups()
    written, ending = ending, ending.lower()
    end = at + len(digits)
    if numeric := _NUMERIC_DATE.fullmatch(digits):
        _add(kinds, words, "X", at, end, (int(numeric[1]), int(numeric[3]), numeric[4]))
    elif (iso := _ISO_DATE.fullmatch(digits)) and _is_day(int(iso[3]), int(iso[4])):
        _add(kinds, words, "9", at, end, (int(iso[1]), int(iso[3]), int(iso[4])))
    elif ending and digits.isdecimal() and _is_decade(digits, ending, decade_endings):
        _add(kinds, words, "I", at, at + len(token), int(digits))
        return
    elif (
        ending
        and digits.isdecimal()
        and len(digits) <= 2
        and ending in ordinal_endings
        and (ending != "d" or digits[-1] in "23")  # "6d." is sixpence
    ):
        _add(kinds, words, "O", at, at + len(token), int(digits))
        return
    else:
        _add_pieces(digits, at, kinds, words)
    if hyphen:
        _add(kinds, words, "-", end, end + 1, None)
    if ending:
        start = end + len(hyphen)
        kind, value = table.get(written, ("_", None))
        if kind == period_letters.PHRASE:
            kind, value = table.get(ending + period_letters.ALONE, ("_", None))
        _add(kinds, words, kind, start, at + len(token), value)
        # "60km", "4th": whatever is glued to a number makes it no day and no year.
        if not hyphen and kinds[-2] in "YNT":
            kinds[-2] = "#"


def _is_decade(digits: str, ending: str, endings: frozenset[str]) -> bool:
    """1930s, 30s, 30-х; not "10s." of a sum in shillings."""
    if ending not in endings or not digits.endswith("0"):
        return False
    return len(digits) == 4 or (len(digits) == 2 and digits >= "20")


def _add_pieces(digits: str, at: int, kinds: list[str], words: Words) -> None:
    """Of "1937-45" is year, dash, number; "1,300" and "74.67" are one number."""
    pieces = _PIECE.findall(digits)
    separators = {piece for piece in pieces[1::2]}
    if separators and not (
        separators <= set("-–—−/") or all(len(piece) == 4 for piece in pieces[::2])
    ):
        _add(kinds, words, "#", at, at + len(digits), None)
        return
    for piece in pieces:
        end = at + len(piece)
        if not piece.isdecimal():
            kind, value = ("-" if piece in _DASHES else piece if piece in ",/.:" else "*"), None
        else:
            kind, value = _kind_of_digits(piece)
        _add(kinds, words, kind, at, end, value)
        at = end


def _kind_of_digits(digits: str) -> tuple[str, int | None]:
    value = int(digits)
    if len(digits) == 4 and 1000 <= value <= 2199:
        return "Y", value
    if len(digits) <= 2 and 1 <= value <= 31:
        return "N", value
    if len(digits) == 2:
        return "T", value
    return "#", value if len(digits) == 3 else None


def _add(kinds: list[str], words: Words, kind: str, start: int, end: int, value: Any) -> None:
    if value is not None:
        words.values[len(kinds)] = value
    kinds.append(kind)
    words.starts.append(start)
    words.ends.append(end)


def _is_day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31


def _roman(token: str) -> int:
    """The value of a Roman numeral up to XXIX (XIXe, XVIIIème in French); 0 for other words."""
    numeral = token.rstrip("èméest")
    if not numeral or not _ROMAN.fullmatch(numeral):
        return 0
    total = 0
    worth = {"I": 1, "V": 5, "X": 10}
    for letter, following in zip(numeral, numeral[1:] + " ", strict=True):
        value = worth[letter]
        total += -value if worth.get(following, 0) > value else value
    return total
