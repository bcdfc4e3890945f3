"""Units of measure and money: which unit stands at a place of the text, and what it is called."""

from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from db.quantities import lexicon
from db.quantities.phrases import Phrases
from db.quantities.tokens import HYPHENS, Token, glued
from db.records import FigureKind


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by its canonical name; `part` is its worth in the unit of that name (a cent: 0.01)."""

    name: str
    kind: FigureKind
    part: float = 1.0
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The units one language knows: words, signs behind the number, signs before it."""

    words: Phrases[Unit]
    signs: dict[str, Unit]
    before: tuple[tuple[str, Unit], ...]
    before_ends: frozenset[str]


@cache
def rows() -> tuple[dict[str, Any], ...]:
    """The rows of the units lexicon."""
    return tuple(lexicon.units())


@cache
def table(language: str) -> Table:
    """The units as `language` writes them."""
    words: Phrases[Unit] = Phrases()
    signs: dict[str, Unit] = {}
    before: dict[str, Unit] = {}
    for row in rows():
        kind = cast("FigureKind", row["kind"])
        part = float(row.get("part", 1.0))
        unit = Unit(row["name"], kind, part)
        for word in row.get(language, ()):
            words.add(word, Unit(row["name"], kind, part, tight=len(word) <= 2))
        for word in row.get(f"tight_{language}", ()):
            words.add(word, Unit(row["name"], kind, part, tight=True))
        for code in row.get("codes", ()):
            before.setdefault(code, unit)
            if code.isalpha() and len(code) > 1:
                words.add(code, unit)
        for sign in row.get("signs", ()):
            if len(sign) == 1:
                signs.setdefault(sign, unit)
            if kind == "money":
                before.setdefault(sign, unit)
    ordered = tuple(sorted(before.items(), key=lambda pair: -len(pair[0])))
    return Table(words, signs, ordered, frozenset(sign[-1] for sign in before))


lexicon.made_of_words(rows.cache_clear)
lexicon.made_of_words(table.cache_clear)


def behind(
    tokens: list[Token], index: int, stop: int, language: str, direct: bool
) -> tuple[Unit, int] | None:
    """The unit that starts at `index` and the token behind it.

    `direct` says that the number stands right before: only then do short signs and words count.
    """
    if index >= stop:
        return None
    known = table(language)
    sign = known.signs.get(tokens[index].text)
    if sign is not None:
        return (sign, index + 1) if direct else None
    found = known.words.find(tokens, index, stop)
    if found is None or (found[0].tight and not direct):
        return None
    last = found[1]
    if (
        language == "fr"
        and last + 1 < len(tokens)
        and tokens[last].text in HYPHENS
        and glued(tokens, last)
        and glued(tokens, last + 1)
    ):
        return None  # "sous-marins" are no sous
    return found


def before(text: str, start: int, language: str) -> tuple[Unit, int, str] | None:
    """The money sign that ends right before `start`, and where it begins."""
    known = table(language)
    edge = start
    while edge and start - edge < 2 and text[edge - 1] in " \u00a0\u202f\u2009":
        edge -= 1
    if not edge or text[edge - 1] not in known.before_ends:
        return None
    for sign, unit in known.before:
        first = edge - len(sign)
        if first < 0 or not text.startswith(sign, first):
            continue
        if sign[0].isalpha() and first and (text[first - 1].isalnum() or text[first - 1] == "."):
            continue
        return unit, first, sign
    return None
