"""Finds the words of a lexicon at one place of a passage: the longest phrase that starts there."""

import re
from typing import Generic, TypeVar

from db.quantities.tokens import HYPHENS, Token, glued

Payload = TypeVar("Payload")
_LONGEST_ENDING = 3
_SHORTEST_TAIL = 5


# French elides before a vowel, and its tokens are two: "chars d'assaut" is chars, d, assaut.
_ELIDED = re.compile(r"(?<!\w)(qu|[dlnsjmt])['’](?=\w)")


def _parted(phrase: str) -> str:
    return _ELIDED.sub(r"\1 ", phrase) if "'" in phrase or "’" in phrase else phrase


class Phrases(Generic[Payload]):
    """Phrases and what each stands for; a word ending in "*" is a stem of an inflected word."""

    def __init__(self, tails: bool = False) -> None:
        self._exact: dict[str, list[tuple[tuple[str, ...], Payload]]] = {}
        self._stems: dict[str, list[tuple[tuple[str, ...], Payload]]] = {}
        self._tails = tails

    def add(self, phrase: str, payload: Payload) -> None:
        """Learns `phrase`; the first to come keeps the words."""
        words = tuple(_parted(phrase.lower().replace("ё", "е").replace("-", " ")).split())
        if not words:
            return
        first = words[0]
        table = self._stems if first.endswith("*") else self._exact
        entries = table.setdefault(first.rstrip("*"), [])
        if any(known == words for known, _ in entries):
            return
        entries.append((words, payload))
        entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, tokens: list[Token], index: int, stop: int) -> tuple[Payload, int] | None:
        """What stands at `index`, and the token behind it; never at or past `stop`."""
        token = tokens[index]
        low = token.low
        best: tuple[Payload, int] | None = None
        entries = self._exact.get(low)
        if entries is not None:
            best = self._longest(entries, tokens, index, stop)
        if self._stems and token.kind == "w":
            for ending in range(_LONGEST_ENDING + 1):
                stem = low[: len(low) - ending]
                if not stem:
                    break
                entries = self._stems.get(stem)
                if entries is None:
                    continue
                found = self._longest(entries, tokens, index, stop)
                if found is not None and (best is None or found[1] > best[1]):
                    best = found
                if found is not None:
                    break
        if best is None and self._tails and token.kind == "w" and len(low) > _SHORTEST_TAIL:
            for cut in range(2, len(low) - _SHORTEST_TAIL + 1):
                entries = self._exact.get(low[cut:])
                if entries is not None:
                    return self._longest(entries, tokens, index, stop)
        return best

    @staticmethod
    def _longest(
        entries: list[tuple[tuple[str, ...], Payload]], tokens: list[Token], index: int, stop: int
    ) -> tuple[Payload, int] | None:
        for words, payload in entries:
            at = index + 1
            for word in words[1:]:
                # "sq. km", "anti-aircraft gun": a point or hyphen between the words is no matter.
                if at < stop and glued(tokens, at) and tokens[at].text in (".", *HYPHENS):
                    at += 1
                if at >= stop or not _is(tokens[at].low, word):
                    break
                at += 1
            else:
                return payload, at
        return None


def _is(low: str, word: str) -> bool:
    if word.endswith("*"):
        return low.startswith(word[:-1]) and len(low) - len(word) + 1 <= _LONGEST_ENDING
    return low == word
