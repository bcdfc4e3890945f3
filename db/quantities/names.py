"""One name in two spellings: listed pairs, Wade-Giles beside pinyin, and near-equal names."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from db.quantities import lexicon
from db.records import Remark

_SHORTEST_LOOKALIKE = 8
_NAMES_LOOKED_AT = 5_000

_CAPITALISED = re.compile(r"\b[A-ZÀ-ÞЀ-Я][\w’'-]{2,30}")
# Looked for ahead, so that "Later Mao" does not use up the surname of "Mao Zedong".
_ROMANISED = re.compile(r"\b(?=(([A-Z][a-zü'’]{1,6}) ([A-Z][a-zü'’]{1,6}-[a-zü'’]{1,7}))\b)")
# A given name of one syllable is Wade-Giles for sure only with its apostrophe: "Ch'en Ch'eng".
_SHORT = re.compile(
    r"\b(?=(([A-Z][a-zü]{1,5}['’][a-zü]{1,5}) ([A-Z][a-zü'’]{1,7}))\b(?!-))"
    r"|\b(?=(([A-Z][a-zü]{1,6}) ([A-Z][a-zü]{1,5}['’][a-zü]{1,5}))\b(?!-))"
)
_PINYIN = re.compile(r"\b(?=(([A-Z][a-zü]{1,6}) ([A-Z][a-zü]{2,12}))\b)")

# Each initial of Wade-Giles and the initials of pinyin that it can stand for once its apostrophe,
# which printers drop, is left out of account.
_WADE_GILES_INITIALS = (
    ("ch", ("zh", "ch", "j", "q")), ("ts", ("z", "c")), ("tz", ("z", "c")), ("hs", ("x",)),
    ("sh", ("sh",)), ("ss", ("s",)), ("sz", ("s",)), ("p", ("b", "p")), ("t", ("d", "t")),
    ("k", ("g", "k")), ("j", ("r",)), ("m", ("m",)), ("f", ("f",)), ("n", ("n",)), ("l", ("l",)),
    ("h", ("h",)), ("s", ("s",)), ("y", ("y",)), ("w", ("w",)), ("", ("",)),
)  # fmt: skip
_WADE_GILES_FINALS = {
    "ung": "ong", "iung": "iong", "ieh": "ie", "ien": "ian", "ih": "i", "eh": "e", "erh": "er",
    "o": "e", "ueh": "ue", "uan": "uan", "ui": "ui", "uei": "ui", "uo": "uo", "u": "u", "ze": "i",
    "zu": "i",
}  # fmt: skip
_PINYIN_SYLLABLE = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ao|an|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui"
    r"|un|uo|üe|a|e|i|o|u|ü)(?![aeiouü])"
)


def remarks(text: str) -> Iterator[Remark]:
    """A remark at the first place of the rarer spelling of each name that has two."""
    yield from _listed(text)
    yield from _wade_giles(text)
    yield from _lookalikes(text)


def _listed(text: str) -> Iterator[Remark]:
    for name in _names():
        places = [
            (match.start(), spelling) for spelling in name if (match := _find(spelling, text))
        ]
        if len(places) < 2:
            continue
        places.sort()
        (_, first), *others = places
        for start, spelling in others:
            yield _remark(start, spelling, first)


def _wade_giles(text: str) -> Iterator[Remark]:
    modern: dict[str, str] = {}
    for match in _PINYIN.finditer(text):
        surname, given = match[2].lower(), match[3].lower()
        if _PINYIN_SYLLABLE.fullmatch(surname) and len(syllables(given)) in (1, 2):
            modern.setdefault(f"{surname} {given}", match[1])
    if not modern:
        return
    told: set[str] = set()
    romanised = [(each.start(), each[1], each[2], each[3]) for each in _ROMANISED.finditer(text)]
    for each in _SHORT.finditer(text):
        name, surname, given = (each[1], each[2], each[3]) if each[1] else each.group(4, 5, 6)
        romanised.append((each.start(), name, surname, given))
    for start, name, surname, given in sorted(romanised):
        for candidate in sorted(in_pinyin(surname, given)):
            if candidate in modern and name not in told and modern[candidate] != name:
                told.add(name)
                yield _remark(start, name, modern[candidate])


def in_pinyin(surname: str, given: str) -> set[str]:
    """Every pinyin spelling that a name written in Wade-Giles can have ("mao zedong")."""
    first = _in_pinyin(surname)
    parts = [_in_pinyin(part) for part in given.split("-")]
    found = {""}
    for options in parts:
        found = {before + option for before in found for option in options}
    return {f"{one} {other}" for one in first for other in found}


def syllables(word: str) -> list[str]:
    """The pinyin syllables of a word; empty where it is none."""
    found = []
    at = 0
    while at < len(word):
        match = _PINYIN_SYLLABLE.match(word, at)
        if match is None:
            # "zedong": the final must not swallow what the next syllable begins with.
            match = re.compile(r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?[aeiouü]").match(word, at)
        if match is None:
            return []
        found.append(match[0])
        at = match.end()
    return found


def _in_pinyin(syllable: str) -> set[str]:
    plain = re.sub(r"['’`]", "", syllable.lower())
    for initial, options in _WADE_GILES_INITIALS:
        if not plain.startswith(initial):
            continue
        final = plain[len(initial) :]
        finals = {final, _WADE_GILES_FINALS.get(final, final)}
        return {option + each for option in options for each in finals if each}
    return set()


def _lookalikes(text: str) -> Iterator[Remark]:
    """Long capitalised words that differ by one letter inside: a slip of a copyist or a scanner."""
    counted: Counter[str] = Counter()
    places: dict[str, int] = {}
    for match in _CAPITALISED.finditer(text):
        word = match[0]
        if len(word) < _SHORTEST_LOOKALIKE or word.isupper():
            continue
        counted[word] += 1
        places.setdefault(word, match.start())
        if len(places) >= _NAMES_LOOKED_AT:
            break
    buckets: dict[str, list[str]] = {}
    for word in places:
        # Words that differ in one letter are equal once that letter is taken out of both; the first
        # letter and the last three are left alone, since those tell cases and plurals apart.
        for at in range(1, len(word) - 3):
            buckets.setdefault(f"{at}{word[:at]}_{word[at + 1 :]}", []).append(word)
    told: set[str] = set()
    for alike in buckets.values():
        if len(alike) < 2:
            continue
        ordered = sorted(alike, key=lambda word: (-counted[word], places[word]))
        common = ordered[0]
        if _is_word(common, text):
            continue
        for word in ordered[1:]:
            rarer = counted[word] * 2 <= counted[common]
            if rarer and word not in told and not _is_word(word, text):
                told.add(word)
                yield _remark(places[word], word, common)


def _is_word(name: str, text: str) -> bool:
    """Whether the text has it in small letters, too: "Charter" and "Chapter" are no names."""
    return f" {name.lower()}" in text


def _remark(start: int, spelling: str, other: str) -> Remark:
    message = f"“{spelling}” may be another spelling of “{other}”."
    return Remark(start, start + len(spelling), "name", message)


def _find(spelling: str, text: str) -> re.Match[str] | None:
    if spelling not in text:
        return None
    return re.search(rf"(?<!\w){re.escape(spelling)}(?!\w)", text)


@cache
def _names() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(name) for name in lexicon.load("names").get("names", ()))
