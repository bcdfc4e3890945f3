"""What a Chinese clause says of its figure: asked, promised, delivered; a stock, a flow, a sum."""

import re
from functools import cache
from typing import TYPE_CHECKING, cast

from db.quantities import lexicon

if TYPE_CHECKING:
    from db.records import Modality, Nature

_REACH = 24
_BEHIND = 6
_CLAUSE = re.compile(r"[。！？；，、\n]")


@cache
def _table(part: str) -> tuple[tuple[str, str], ...]:
    table: dict[str, list[str]] = lexicon.load("quantities.zh").get(part, {})
    pairs = [(word, meaning) for meaning, words in table.items() for word in words]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def cues(text: str, floor: int, start: int, end: int) -> tuple["Modality | None", "Nature | None"]:
    """Modality and nature of the figure at [start, end), from the words of its clause."""
    lead = text[max(floor, start - _REACH) : start]
    clause = _CLAUSE.split(lead)[-1]
    behind = _CLAUSE.split(text[end : end + _BEHIND])[0]
    modality = _last(clause, "modality")
    nature = _last(clause, "nature") or _last(behind, "nature")
    return cast("Modality | None", modality), cast("Nature | None", nature)


def _last(words: str, part: str) -> str | None:
    """The meaning of the cue nearest to the figure."""
    best, place = None, -1
    for word, meaning in _table(part):
        at = words.rfind(word)
        if at > place:
            best, place = meaning, at
    return best
