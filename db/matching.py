"""Where in a text the words of a query stand, by the same folding as the index."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from db import expansion, folding
from db.expansion import Phrase
from db.query import Near, Query, Words

if TYPE_CHECKING:
    from db.archive import Archive


class Matcher:
    """The words that speak for a passage; `find` says where they stand in a text."""

    def __init__(self, archive: "Archive", query: Query) -> None:
        self._by_first: dict[str, list[tuple[Phrase, int, int]]] = {}
        self._beginnings: list[tuple[Phrase, int, int]] = []
        self._nears: dict[int, tuple[int, int]] = {}
        for leaf, node in enumerate(query.leaves()):
            if isinstance(node, Words):
                self._add(expansion.phrases(archive, node), leaf, -1)
            elif isinstance(node, Near):
                parts = expansion.parts(archive, node)
                self._nears[leaf] = (node.distance, len(parts))
                for part, phrases in enumerate(parts):
                    self._add(phrases, leaf, part)

    def __bool__(self) -> bool:
        return bool(self._by_first or self._beginnings)

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """(start, end, leaf) of every match in `text`, in order, none inside another."""
        if not self:
            return []
        found = list(folding.tokens(text))
        words = [token.folded for token in found]
        places: list[tuple[int, int, int, int]] = []  # first token, token after, leaf, part
        for at, word in enumerate(words):
            for phrase, leaf, part in self._by_first.get(word, ()):
                if len(phrase.tokens) == 1 or self._stands(phrase, at, words, found, text):
                    places.append((at, at + len(phrase.tokens), leaf, part))
            for phrase, leaf, part in self._beginnings:
                if word.startswith(phrase.tokens[0]):
                    places.append((at, at + 1, leaf, part))
        if self._nears:
            places = self._close_together(places)
        spans = [(found[a].start, found[b - 1].end, leaf) for a, b, leaf, _ in places]
        return _outermost(spans)

    def _add(self, phrases: Sequence[Phrase], leaf: int, part: int) -> None:
        for phrase in phrases:
            if phrase.is_prefix and len(phrase.tokens) == 1:
                self._beginnings.append((phrase, leaf, part))
            else:
                self._by_first.setdefault(phrase.tokens[0], []).append((phrase, leaf, part))

    @staticmethod
    def _stands(
        phrase: Phrase, at: int, words: list[str], found: list[folding.Token], text: str
    ) -> bool:
        tokens = phrase.tokens
        last = at + len(tokens) - 1
        if last >= len(words):
            return False
        if words[at:last] != list(tokens[:-1]):
            return False
        if words[last] != tokens[-1] and not (
            phrase.is_prefix and words[last].startswith(tokens[-1])
        ):
            return False
        return all(
            folding.continues(text, found[place], found[place + 1])
            for place in range(at, last)
            if folding.is_cjk(words[place]) and folding.is_cjk(words[place + 1])
        )

    def _close_together(
        self, places: list[tuple[int, int, int, int]]
    ) -> list[tuple[int, int, int, int]]:
        """The places without those of a proximity whose other parts are too far off."""
        kept = {place for place in places if place[2] not in self._nears}
        for leaf, (distance, parts) in self._nears.items():
            own = sorted(place for place in places if place[2] == leaf)
            for index, first in enumerate(own):
                group = [first]
                for other in own[index + 1 :]:
                    if other[0] - first[1] > distance:
                        break
                    group.append(other)
                if len({part for *_, part in group}) == parts:
                    kept.update(group)
        return sorted(kept)


def _outermost(spans: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    spans.sort(key=lambda span: (span[0], -span[1]))
    kept: list[tuple[int, int, int]] = []
    for span in spans:
        if not kept or span[1] > kept[-1][1]:
            kept.append(span)
    return kept
