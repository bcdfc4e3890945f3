"""The words, numerals and signs of one passage, in order, as the grammar steps through them."""

import re
from dataclasses import dataclass

from db.quantities import lexicon

VULGAR = {
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5,
    "⅗": 3 / 5, "⅘": 4 / 5, "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8,
    "⅞": 7 / 8,
}  # fmt: skip
HYPHENS = frozenset("-‐‑")
DASHES = frozenset("-‐‑–—−~～")

_SPACES = " \u00a0\u2009\u202f"
# One alternation, but every branch starts with another class of character, so `re` decides on
# the first one. Groups of three keep one separator (the back reference); spaces join groups only.
_TOKEN = re.compile(
    rf"""(?P<n>(?<![^\W\d_½⅓⅔¼¾])(?:
            \d{{1,3}}(?:(?P<sep>[.,'’{_SPACES}])\d{{3}})(?:(?P=sep)\d{{3}}){{0,8}}(?![\d])
              (?:[.,·]\d{{1,12}}(?!\d))?
          | \d{{1,2}}(?:,\d\d){{1,5}},\d{{3}}(?!\d)(?:\.\d{{1,6}}(?!\d))?
          | \d{{1,40}}(?:[.,·]\d{{1,15}}(?![\d]))?
        ))
      | (?P<f>[{"".join(VULGAR)}])
      | (?P<w>[^\W\d_][\w]{{0,80}}(?:['’][^\W\d_]{{1,12}})?)
      | (?P<s>[^\s\w])
      | (?P<x>[\w])""",
    re.VERBOSE,
)
# Letters that a scanner reads for digits; only where a true digit stands in the same token.
_MISREAD = re.compile(
    r"(?<![\w.,])(?:(?=[lIOo\d,.]{0,14}\d)[lI\d][lIOo\d]{0,2}(?:[,.][lIOo\d]{3}){1,3}"
    r"|\d{1,4}[OolI]{1,3}\d{1,3}|\d{1,4}[Oo]{1,3}|l\d{2,4})(?![\w])(?![,.]\d)"
)
# What the groups inside a branch are: the separator of a numeral, a sign of no other class.
_KINDS = {"sep": "n", "x": "w"}
# The address of a page, to the next room or letter that no address has.
_ADDRESS = re.compile(
    r"(?<![A-Za-z\d])(?:(?:https?|ftp)://|www\.)[!#-;=?-~]{1,2000}", re.IGNORECASE
)
_MEND = str.maketrans("lIOo", "1100")
_ENDS = frozenset(".!?…。！？")
_CLOSERS = frozenset("\"'”’»)]")
_ABBREVIATIONS = frozenset(lexicon.load("quantities")["words"]["abbreviations"])
# Only these stand before a name: "Gen. Stilwell", but "1.6 mln. The Treasury" is two sentences.
_TITLES = frozenset(lexicon.load("quantities")["words"]["titles"])


@dataclass(slots=True)
class Token:
    """A numeral ("n"), a word ("w"), a vulgar fraction ("f") or a sign ("s").

    `low` is the form lexicons know: lower case, ё as е, a straight apostrophe. `mended` holds a
    numeral's digits where a scanner had read letters. `sentence` counts from the passage's start.
    """

    kind: str
    start: int
    end: int
    text: str
    low: str
    sentence: int = 0
    masked: bool = False
    mended: bool = False


def addresses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where addresses of pages stand in text[start:end]: their numbers count nothing."""
    if text.find("://", start, end) < 0 and text.find("www.", start, end) < 0:
        return []
    return [found.span() for found in _ADDRESS.finditer(text, start, end)]


def _mended(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [
        (found.start(), found.end())
        for found in _MISREAD.finditer(text, start, end)
        if not found.group().isdigit() and any(letter in found.group() for letter in "lIOo")
    ]


def _elided(word: str) -> int:
    """How long the elided word at its start is ("d'une", "jusqu'à"), 0 where there is none."""
    for mark in "'’":
        at = word.find(mark)
        if 0 < at <= 6 and at + 1 < len(word) and word.lower() != "aujourd'hui":
            return at + 1
    return 0


def _plain(low: str) -> str:
    """A word as lexicons have it: ё as е, a straight apostrophe, without a footnote's figure."""
    low = low.replace("ё", "е").replace("’", "'")
    if low[-1].isdigit() and len(low) > 4:
        # "dollars3": a footnote's figure on the word.
        bare = low.rstrip("0123456789")
        if len(bare) > 3 and bare.isalpha() and len(low) - len(bare) < 3:
            return bare
    return low


def read(text: str, start: int, end: int, language: str = "en") -> list[Token]:
    """The tokens of text[start:end] with their sentences."""
    tokens: list[Token] = []
    mends = {first: last for first, last in _mended(text, start, end)}
    position = start
    add, elides = tokens.append, language == "fr"
    for found in _TOKEN.finditer(text, start, end):
        first, last = found.span()
        if first < position:
            continue  # inside what was mended
        kind = found.lastgroup or "s"
        words = found.group()
        if first in mends:
            position = last = mends[first]
            words = text[first:last].translate(_MEND)
            add(Token("n", first, last, words, words, mended=True))
            continue
        kind = _KINDS.get(kind, kind)
        if kind != "w":
            add(Token(kind, first, last, words, words))
            continue
        if elides and (cut := _elided(words)):
            add(Token("w", first, first + cut, words[:cut], words[: cut - 1].lower()))
            words, first = words[cut:], first + cut
        low = words.lower()
        add(Token("w", first, last, words, low if low.isascii() and low.isalpha() else _plain(low)))
    _count_sentences(tokens, text, language == "de")
    return tokens


def _count_sentences(tokens: list[Token], text: str, dotted_ordinals: bool) -> None:
    sentence = 0
    last = len(tokens) - 1
    for index, token in enumerate(tokens):
        token.sentence = sentence
        if token.kind != "s" or token.text not in _ENDS or index == last:
            continue
        if token.text in "。！？":
            sentence += 1
            continue
        following = index + 1
        while following < last and tokens[following].text in _CLOSERS:
            following += 1
        after = tokens[following]
        spaced = after.start > token.end and text[after.start - 1].isspace()
        if not spaced and after.text not in '“"«(„—–':
            continue
        if after.kind == "w" and not after.text[0].isupper():
            continue
        if token.text == "." and index:
            before = tokens[index - 1]
            glued = before.end == token.start
            if dotted_ordinals and before.kind == "n" and glued and len(before.text) < 3:
                continue
            if glued and before.kind == "w":
                if len(before.text) == 1 and before.text.isupper():
                    continue
                known = _TITLES if after.kind == "w" else _ABBREVIATIONS
                if before.low in known:
                    continue
        sentence += 1
        for closer in range(index + 1, following):
            tokens[closer].sentence = sentence - 1


def glued(tokens: list[Token], index: int) -> bool:
    """Whether token `index` follows the one before it without a space."""
    return 0 < index < len(tokens) and tokens[index - 1].end == tokens[index].start
