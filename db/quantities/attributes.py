"""Who gave, who received, what was meant and what kind of quantity it is, where the text says."""

from functools import cache
from typing import TYPE_CHECKING, cast

from db.quantities import lexicon, parties
from db.quantities.drafts import Draft
from db.quantities.tokens import Token

if TYPE_CHECKING:
    from db.records import Modality, Nature

# "denied that it had ever sent": how far before what is denied the denial stands.
_DENIAL = 6


@cache
def _cues(language: str, part: str) -> dict[str, str]:
    table: dict[str, list[str]] = lexicon.load(f"quantities.{language}").get(part, {})
    return {word: meaning for meaning, words in table.items() for word in words}


@cache
def _set(language: str, part: str, key: str) -> frozenset[str]:
    return frozenset(lexicon.load(f"quantities.{language}").get(part, {}).get(key, ()))


def fill(drafts: list[Draft], tokens: list[Token], text: str, language: str) -> None:
    """Sets modality, nature, giver, receiver and `of` of every draft of a passage."""
    modalities = _cues(language, "modality")
    natures = _cues(language, "nature")
    for index, draft in enumerate(drafts):
        sentence = tokens[draft.first].sentence
        floor = drafts[index - 1].last if index else 0
        first = max(draft.first - 25, 0)
        while tokens[first].sentence != sentence:
            first += 1
        last = min(draft.last + 8, len(tokens))
        while last > draft.last and tokens[last - 1].sentence != sentence:
            last -= 1
        _modality(draft, tokens, first, last, text, modalities)
        if draft.modality is None and index:
            before = drafts[index - 1]
            if tokens[before.first].sentence == sentence and draft.first - before.last < 8:
                draft.modality = before.modality
        _nature(draft, tokens, max(first, floor), last, natures)
        _of(draft, tokens, text, language, first)
        if language == "en":
            parties.english(draft, tokens, text, first, last)
        else:
            parties.fill(draft, tokens, text, first, last, language)


def _modality(
    draft: Draft, tokens: list[Token], first: int, last: int, text: str, cues: dict[str, str]
) -> None:
    for step in range(draft.first - 1, first - 1, -1):
        found = cues.get(tokens[step].low)
        if found is not None:
            # "denied having sent 300 aircraft": sent is what is denied
            for before in range(step - 1, max(first, step - _DENIAL) - 1, -1):
                if tokens[before].text in ";:,":
                    break
                if cues.get(tokens[before].low) == "denied":
                    found, step = "denied", before
                    break
            _say(draft, found, tokens[step], text)
            return
    for step in range(draft.last, last):
        if tokens[step].text in ";:":
            return
        found = cues.get(tokens[step].low)
        if found is not None:
            _say(draft, found, tokens[step], text)
            return


def _say(draft: Draft, meaning: str, token: Token, text: str) -> None:
    draft.modality = cast("Modality", meaning)
    draft.why.append(("modality", text[token.start : token.end], token.start, token.end))


def _nature(draft: Draft, tokens: list[Token], first: int, last: int, cues: dict[str, str]) -> None:
    if draft.per is not None:
        draft.nature = "rate"
        return
    if draft.kind == "percent" or draft.unit == "fraction":
        after = tokens[draft.last].low if draft.last < len(tokens) else ""
        if draft.unit == "fraction" or after in ("of", "от", "aller", "der", "des", "du", "de"):
            draft.nature = "share"
            return
    for step in (*range(draft.first - 1, first - 1, -1), *range(draft.last, last)):
        found = cues.get(tokens[step].low)
        if found is not None:
            draft.nature = cast("Nature", found)
            return


def _of(draft: Draft, tokens: list[Token], text: str, language: str, first: int) -> None:
    if draft.of is not None:
        return
    ofs = _set(language, "ellipsis", "of")
    if draft.kind == "count" and draft.noun >= 0:
        start = tokens[draft.number.last].start if draft.number.last < draft.noun_last else -1
        if start >= 0:
            draft.of = text[start : tokens[draft.noun_last - 1].end]
        return
    at = draft.last
    if at + 1 < len(tokens) and tokens[at].low in ofs:
        draft.of = _phrase(tokens, text, at + 1, language)
    if draft.of is None and draft.first >= 2:
        step = draft.first - 1
        while step > first and tokens[step].start >= draft.start:
            step -= 1
        if tokens[step].low in ofs | {"in", "to", "for", "at"} and step > first:
            noun = tokens[step - 1]
            if noun.kind == "w" and not noun.masked and len(noun.low) > 3:
                draft.of = noun.text


def _phrase(tokens: list[Token], text: str, at: int, language: str) -> str | None:
    stop = _set(language, "nouns", "stop") - {"the", "its", "their", "his", "of", "a"}
    start, words = at, 0
    sentence = tokens[at].sentence
    while at < len(tokens) and words < 5 and tokens[at].sentence == sentence:
        token = tokens[at]
        if token.kind != "w" or token.masked or token.low in stop:
            break
        at, words = at + 1, words + 1
    while at > start and tokens[at - 1].low in ("of", "the", "a", "its", "their", "his"):
        at -= 1
    return text[tokens[start].start : tokens[at - 1].end] if at > start else None
