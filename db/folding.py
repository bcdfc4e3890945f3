"""One notion of a word, shared by index, queries, snippets and reader: tokens and their folding.

The search index is FTS5's own `unicode61 remove_diacritics 2`, so that any SQLite program can read
it. `index_words` steps in only where that tokenizer would part or keep what a reader would not.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple


class Token(NamedTuple):
    """A word at [start, end) of the text it was found in, and what it is compared by."""

    start: int
    end: int
    folded: str


def fold(word: str) -> str:
    """What `word` is compared by: case, accents, width and ligatures gone, й kept, ё as е.

    Anything that is neither letter nor digit is dropped, so dashes and apostrophes vanish too.
    """
    if word.isascii():
        lowered = word.lower()
        return lowered if lowered.isalnum() else "".join(filter(str.isalnum, lowered))
    return _fold_other(word)


def tokens(text: str) -> Iterator[Token]:
    """The words of `text` in order; Chinese, Japanese and Korean characters one by one."""
    if is_plain(text):
        for found in _PLAIN_WORD.finditer(text):
            yield Token(found.start(), found.end(), fold(found.group()))
        return
    for found in _WORD.finditer(text.translate(_CLASSES)):
        start, end = found.span()
        if folded := fold(text[start:end]):
            yield Token(start, end, folded)


def words(text: str) -> list[str]:
    """The folded words of `text`."""
    return [token.folded for token in tokens(text)]


def is_plain(text: str) -> bool:
    """Whether unicode61 sees the same words in `text` as `tokens` does, without any help."""
    return text.isascii() or _UNSAFE.search(text) is None


def fold_plain(text: str) -> str:
    """The folding of a plain text as a whole, each character in its place."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)


def index_words(text: str) -> str | None:
    """What to index in place of `text`, or None where the text itself will do.

    A run of CJK characters becomes overlapping pairs, its last character standing alone: so any
    part of two or more characters is a phrase of pairs, one character is a prefix, and every
    token of the index stands at the place `tokens` gives it.
    """
    if is_plain(text):
        return None
    found = list(tokens(text))
    entries = [token.folded for token in found]
    for at in range(len(found) - 1):
        if continues(text, found[at], found[at + 1]):
            entries[at] += found[at + 1].folded
    return " ".join(entries)


def continues(text: str, before: Token, after: Token) -> bool:
    """Whether two CJK characters belong to one run: adjacent, or parted by a line's end alone."""
    return (
        is_cjk(before.folded)
        and is_cjk(after.folded)
        and (
            before.end == after.start
            or (before.end + 1 == after.start and text[before.end] == "\n")
        )
    )


def is_cjk(folded: str) -> bool:
    """Whether a folded token is a character that is written without blanks around words."""
    return len(folded) == 1 and _CJK.match(folded) is not None


# Measured on FTS5 3.40 and 3.51: over these characters unicode61 parts and folds as we do (the
# test compares every one). All that is not listed costs the slow road, never a wrong answer.
_SAFE = (
    "\x00-\x7f\x80-\xa9\xab\xac\xae-\xb1\xb4-\xb8\xbb\xbf-\xde\xe0-\u0131\u0134-\u013e"
    "\u0141-\u0148\u014a-\u017f"  # Latin without ª ß ĳ ŀ ŉ, raised digits, soft hyphen
    "\u0391-\u03a1\u03a3-\u03a9\u03b1-\u03c9"  # Greek without accents
    "\u0404-\u0406\u0408-\u040b\u040f-\u044f\u0452\u0454-\u0456\u0458-\u045b\u045f"  # no ё ї
    "\u2010-\u2029\u2030-\u205e\u20a0-\u20b9\u2116\u2122\u2190-\u21ff\u2500-\u25ff"  # marks
)
_UNSAFE = re.compile(f"[^{_SAFE}]")
_PLAIN_WORD = re.compile(r"[^\W_]+")

_CJK_RANGES = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b\u3041-\u3096\u309d-\u309f"
    "\u30a1-\u30ff\u3105-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)
_CJK = re.compile(f"[{_CJK_RANGES}]")

# A class letter stands in for every character, so that one pattern finds the words of any script.
_WORD = re.compile(r"w[wm]*|cm*|s+|f")
_APOSTROPHES = frozenset("\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u0374\ua78c")
_SUPERSCRIPTS = frozenset("\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079")


class _CharacterClasses(dict[int, str]):
    """Fills itself: w part of a word, m joins it, c stands alone, s raised digit, f fraction."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _character_class(chr(code))
        return found


def _character_class(character: str) -> str:
    if _CJK.match(character):
        return "c"
    if character in _APOSTROPHES:  # letters to Unicode, marks of transcription to a reader
        return " "
    if character in _SUPERSCRIPTS:  # a note's number is no part of the word it hangs on
        return "s"
    category = unicodedata.category(character)
    if category[0] == "M" or category == "Cf" or character in "\u0640\uff9e\uff9f":
        return "m"  # marks, soft hyphens, joiners, Arabic stretching
    if category[0] not in "LN":
        return " "
    if category == "No" and unicodedata.decomposition(character).startswith("<fraction>"):
        return "f"
    return "w" if fold(character) else " "


_CLASSES = _CharacterClasses()


class _FoldedCharacters(dict[int, str]):
    """Fills itself: the folding of a safe letter or digit (always one character), else itself."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        found = self[code] = fold(character) if character.isalnum() else character
        return found


_FOLDED = _FoldedCharacters()

# One number, one word: the forms of 10,000 and 100,000,000 and the digits of cheques and contracts
# where they mean nothing else (伍 陆 拾 do).
_TOGETHER = str.maketrans("萬億兩壹貳贰弍叁肆柒捌玖佰仟〇零", "万亿两一二二二三四七八九百千〇〇")
_FRACTIONS = frozenset("¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞↉")
_DIGITS = "0123456789"
_VOICE_MARKS = {0x3099: None, 0x309A: None}


@lru_cache(maxsize=65_536)
def _fold_other(word: str) -> str:
    if len(word) == 1 and word in _FRACTIONS:
        return word
    folded = unicodedata.normalize("NFKC", word).casefold()
    folded = unicodedata.normalize("NFKD", folded).replace("и\u0306", "й")
    kept = []
    for character in folded:
        if character in "\u3099\u309a":  # が is no か
            kept.append(character)
        elif character.isdecimal():
            kept.append(_DIGITS[unicodedata.decimal(character)])
        elif character.isalnum() and character != "\u0640":
            kept.append(character)
    composed = unicodedata.normalize("NFC", "".join(kept)).translate(_TOGETHER)
    return composed.translate(_VOICE_MARKS)
