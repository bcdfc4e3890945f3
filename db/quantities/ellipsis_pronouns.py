"""Numbers that take up what was counted before: "ils étaient 1 150", "three more", "sa population"."""

from db.quantities import implied
from db.quantities.drafts import Draft
from db.quantities.nouns import Heads
from db.quantities.tokens import Token

_FAR = 60
_AROUND = 200


def more_of_them(drafts: list[Draft], index: int, tokens: list[Token], heads: Heads) -> bool:
    """As in "The first case came on Monday. Three more followed": the noun of the sentence before."""
    draft = drafts[index]
    after = tokens[draft.last].low if draft.last < len(tokens) else ""
    if heads.language != "en" or after not in ("more", "others") or draft.number.scale >= 1000:
        return False  # "the bank lent 25 million dollars. It lent 10 million more": no banks
    sentence = tokens[draft.first].sentence
    before = drafts[index - 1] if index else None
    near = before is not None and sentence - tokens[before.first].sentence <= 1
    if before and near and before.kind == "count" and before.unit and before.number.value != 1:
        implied.inherit(draft, before, "ellipsis.more", 0.75)
        return True
    at = draft.first
    while at and draft.first - at < _FAR and sentence - tokens[at - 1].sentence <= 1:
        at -= 1
    for step in range(at, draft.first):
        if tokens[step].sentence == sentence or tokens[step].masked:
            continue
        found = heads.at(step, draft.first)
        if found is not None and found.measure is None:
            implied.give(draft, found.unit, "ellipsis.more", 0.6)
            return True
    return False


# Before the French "en" that stands for what was counted.
_BEFORE_EN = frozenset(("il", "elle", "on", "ils", "elles", "n", "ne", "qui", "y", "nous"))


def pronoun(drafts: list[Draft], index: int, tokens: list[Token], heads: Heads) -> bool:
    """As in "ils étaient 1 150", "waren es deren nur sieben", "их было 143": what was counted."""
    draft = drafts[index]
    pronouns = implied.words(heads.language, "pronouns")
    if not pronouns:
        return False
    for step in range(draft.first - 1, max(-1, draft.first - 5), -1):
        token = tokens[step]
        if token.sentence != tokens[draft.first].sentence or token.text in ";:,.":
            return False
        if token.kind == "n" or token.masked:
            if token.masked:
                continue
            return False
        if token.low not in pronouns or tokens[step + 1].masked:
            continue
        if token.low == "en" and step and tokens[step - 1].low not in _BEFORE_EN:
            return False
        if token.low == "es" and not (
            {tokens[step - 1].low, tokens[step + 1].low} & heads.known.auxiliaries
        ):
            return False
        counted = [
            other
            for other in reversed(drafts[max(0, index - 6) : index])
            if other.kind == "count" and other.unit and "noun.unknown" not in other.rules
        ]
        if not counted:
            return False
        alike = min(counted, key=lambda other: implied.ratio(draft, other))
        near = tokens[counted[0].first].sentence == tokens[draft.first].sentence
        if near or implied.ratio(draft, counted[0]) < 3 * implied.ratio(draft, alike):
            alike = counted[0]
        implied.inherit(draft, alike, "ellipsis.pronoun", 0.75)
        return True
    return False


def of_population(draft: Draft, tokens: list[Token], language: str) -> bool:
    """As in "ce département s'accroît de 4,545" where the passage tells of the population."""
    if draft.number.spelt or draft.value < 1000 or draft.number.fraction:
        return False
    cues = implied.words(language, "population")
    around = tokens[max(0, draft.first - _AROUND) : draft.first + _AROUND]
    if not any(token.low in cues for token in around):
        return False
    implied.give(draft, "person", "ellipsis.population", 0.5)
    draft.doubts.append("unit_implied")
    return True
