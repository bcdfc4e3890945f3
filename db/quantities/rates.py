"""The tail of a rate: per month, a head, to the square mile."""

from dataclasses import dataclass
from functools import cache

from db.quantities import lexicon
from db.quantities.drafts import Draft
from db.quantities.nouns import Nouns, singular
from db.quantities.phrases import Phrases
from db.quantities.tokens import Token
from db.quantities.units import behind


@dataclass(frozen=True, slots=True)
class Tails:
    """How one language opens a rate's tail and what may follow."""

    openers: Phrases[str]
    words: frozenset[str]
    names: dict[str, str]
    adverbs: dict[str, str]


_NAMES = {"annum": "year", "diem": "day", "mensem": "month", "capita": "person"}


@cache
def _tails(language: str) -> Tails:
    data = lexicon.load(f"quantities.{language}").get("rates", {})
    openers: Phrases[str] = Phrases()
    for kind in ("per", "a", "slash", "to_the"):
        for phrase in data.get(kind, ()):
            openers.add(phrase, kind)
    return Tails(
        openers,
        frozenset(data.get("words", ())),
        {**_NAMES, **data.get("names", {})},
        dict(data.get("adverbs", {})),
    )


def take(
    draft: Draft, tokens: list[Token], text: str, stop: int, language: str, known: Nouns
) -> None:
    """Reads the tails behind `draft`; of several ("a man a day") the last names the rate."""
    tails = _tails(language)
    for _ in range(2):
        at = draft.last
        if at >= stop:
            return
        opener = tails.openers.find(tokens, at, stop)
        if opener is None:
            break
        kind, at = opener
        if kind == "to_the" and draft.kind in ("percent", "money") and draft.unit != "INR":
            break
        if at >= stop or tokens[at].masked:
            return
        if kind == "per" and tokens[at].kind == "n" and at + 1 < stop:
            if tokens[at].text.replace(",", "").rstrip("0") != "1":
                break
            # "12 per 1,000 inhabitants"
            draft.per = f"{tokens[at].text.replace(',', '')} {tokens[at + 1].low}"
            last = at + 2
        else:
            found = _denominator(tokens, at, stop, language, tails, known, kind)
            if found is None:
                break
            draft.per, last = found
        draft.why.append(
            (
                "per",
                text[tokens[draft.last].start : tokens[last - 1].end],
                tokens[draft.last].start,
                tokens[last - 1].end,
            )
        )
        draft.last, draft.end = last, tokens[last - 1].end
        draft.rules.append("rate")
    if draft.per is None and draft.last < stop:
        draft.per = tails.adverbs.get(tokens[draft.last].low)


def _denominator(
    tokens: list[Token], at: int, stop: int, language: str, tails: Tails, known: Nouns, kind: str
) -> tuple[str, int] | None:
    measure = behind(tokens, at, stop, language, True)
    low = tokens[at].low
    if at + 1 < len(tokens) and (tokens[at + 1].kind == "n" or tokens[at + 1].masked):
        # "im Jahre 1834" is a date.
        return None
    if measure is not None and measure[0].kind not in ("money", "percent"):
        plain = language != "en" or (low not in known.singular and singular(low, known) is None)
        if plain or kind in ("per", "slash"):
            return measure[0].name, measure[1]
        return None
    if low in tails.names:
        return tails.names[low], at + 1
    if low in tails.words:
        return low, at + 1
    if tokens[at].kind != "w":
        return None
    found = known.counted.find(tokens, at, stop)
    if found is not None and kind in ("per", "to_the") and language != "en":
        return found
    # "6,500 to the schools" were sent there; a rate is to one.
    plain = kind in ("per", "to_the") and singular(low, known) is None
    if plain and found is not None and tokens[at].text.islower():
        return found
    if language == "en" and kind == "per" and low not in known.stop and tokens[at].text.islower():
        return low, at + 1
    return None
