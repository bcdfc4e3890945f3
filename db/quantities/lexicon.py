"""The word lists of the grammar: TOML files in resources/lexicons, and what a person adds to them."""

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import resources

LANGUAGES = ("en", "ru", "zh", "de", "fr")


@dataclass(frozen=True, slots=True)
class Word:
    """A unit or counted noun a person has added: what one language calls it.

    `unit` is singular British English; `kind` that of its figures ("count" for what is counted).
    """

    language: str
    unit: str
    kind: str
    words: tuple[str, ...]


_own: tuple[Word, ...] = ()
_made_of_words: list[Callable[[], None]] = []


@cache
def load(name: str) -> dict[str, Any]:
    """The lexicon `name` ("quantities.en"), an empty one where there is no such file."""
    file = resources.path(f"lexicons/{name}.toml")
    if not file.exists():
        return {}
    with file.open("rb") as opened:
        return tomllib.load(opened)


def any_of(patterns: Sequence[str], language: str) -> re.Pattern[str]:
    """What finds one of these as whole words, in Chinese anywhere; nothing where there are none."""
    if not patterns:
        return re.compile("(?!)")
    joined = "|".join(patterns)
    return re.compile(joined if language == "zh" else rf"\b(?:{joined})\b")


def counted(language: str) -> Iterator[tuple[str, str]]:
    """(word, unit) of everything that is counted: a person's own words first, then the lexicons'."""
    for own in _own:
        if own.language == language and own.kind == "count":
            for word in own.words:
                yield word, own.unit
    for name in (f"quantities.{language}", f"nouns.{language}"):
        for unit, words in load(name).get("counted", {}).items():
            for word in words:
                yield word, unit


def units() -> list[dict[str, Any]]:
    """The rows of the units lexicon, a person's own first."""
    own = [
        {"name": word.unit, "kind": word.kind, word.language: list(word.words)}
        for word in _own
        if word.kind != "count"
    ]
    return own + list(load("units").get("unit", ()))


def use(own: tuple[Word, ...]) -> None:
    """From now on the grammar of this process knows these words, too."""
    global _own  # one grammar a process: a worker is told with each text which words it has
    if own != _own:
        _own = own
        for forget in _made_of_words:
            forget()


def made_of_words(forget: Callable[[], None]) -> None:
    """`forget` is called when a person's words change: whoever keeps a table of words says so."""
    _made_of_words.append(forget)
