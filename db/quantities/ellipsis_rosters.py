"""Rosters and remainders: "officers, 12; ratings, 140", "the remaining 46 carry seven and a half"."""

from db.quantities import implied
from db.quantities.drafts import Draft
from db.quantities.nouns import Heads
from db.quantities.tokens import Token

# How far the next item of a roster may be: "able-bodied seamen of the first class, 40".
_NEXT = 9
_ENDS = frozenset((";", ",", ".", ")", "，", "；"))
_SIGNS = frozenset((",", ":", "-", "–", "—"))


def item(drafts: list[Draft], index: int, tokens: list[Token], heads: Heads) -> bool:
    """As in "officers, 12; ratings, 140": each number closes the item that its noun opened."""
    unit = _noun(drafts[index], tokens, heads)
    if unit is None:
        return False
    draft = drafts[index]
    near = (drafts[place] for place in (index - 1, index + 1) if 0 <= place < len(drafts))
    if not any(_is_beside(draft, other, tokens, heads) for other in near):
        return False
    implied.give(draft, unit, "ellipsis.roster", 0.75)
    return True


def _is_beside(draft: Draft, other: Draft, tokens: list[Token], heads: Heads) -> bool:
    first, second = sorted((draft, other), key=lambda one: one.first)
    if tokens[first.first].sentence != tokens[second.first].sentence:
        return False
    if second.first - first.last > _NEXT or not (other.bare or "ellipsis.roster" in other.rules):
        return False
    return _noun(other, tokens, heads) is not None


def _noun(draft: Draft, tokens: list[Token], heads: Heads) -> str | None:
    """What an item counts, its number last: a noun of the lexicon, or a plural behind a sign."""
    end = tokens[draft.last] if draft.last < len(tokens) else None
    if draft.number.spelt or draft.sign_first >= 0 or draft.first < 1:
        return None
    if end is not None and end.text not in _ENDS and end.low not in implied.words(
        heads.language, "and"
    ):  # fmt: skip
        return None
    at = draft.first - 1
    signed = tokens[at].text in _SIGNS
    if signed:
        at -= 1
    if at < 0 or tokens[at].kind != "w" or tokens[at].masked:
        return None
    group = heads.known.groups.get(tokens[at].low)
    if group is not None:
        return group
    if tokens[at].low in heads.known.people_verbs:
        things = heads.at(at - 1, at) if at else None  # "guns captured, 18" are guns
        return things.unit if things is not None and things.measure is None else "person"
    found = heads.at(at, at + 1)
    if found is not None and found.measure is None:
        return found.unit if heads.language != "en" or heads.plural_at(at) else None
    if not signed or tokens[at].low in heads.known.stop:
        return None
    return heads.plural_at(at)


def of_those(drafts: list[Draft], index: int, tokens: list[Token], heads: Heads) -> bool:
    """As in "Of 612 ships that entered in 1903, 200 were British": what the sentence begins with."""
    draft = drafts[index]
    behind = [token.low for token in tokens[draft.last : draft.last + 2]]
    if len(behind) < 2 or behind[0] not in heads.known.auxiliaries:
        return False
    if behind[1] not in heads.known.peoples:
        return False  # "eight were dead", "six were of iron" say themselves what they were
    sentence = tokens[draft.first].sentence
    for other in reversed(drafts[max(0, index - 3) : index]):
        at = other.first - 1
        while at > 0 and tokens[at].low in ("the", "these", "those", "den", "les", "ces", "этих"):
            at -= 1
        if tokens[other.first].sentence != sentence or other.kind != "count" or at < 0:
            return False
        opens = at == 0 or tokens[at - 1].sentence != sentence
        if opens and tokens[at].low in implied.words(heads.language, "partitive"):
            if draft.value > other.value or not other.unit:
                return False
            implied.inherit(draft, other, "ellipsis.of_those", 0.85)
            return True
    return False


def remainder(drafts: list[Draft], index: int, tokens: list[Token], heads: Heads) -> bool:
    """As in "the remaining 46 carry ...": what the passage counted last."""
    draft = drafts[index]
    before = tokens[draft.first - 1].low if draft.first else ""
    if draft.number.fraction or before not in implied.words(heads.language, "remaining"):
        return False
    sentence = tokens[draft.first].sentence
    for other in reversed(drafts[max(0, index - 6) : index]):
        if sentence - tokens[other.first].sentence > 1:
            return False
        if other.kind == "count" and other.unit and other.unit not in ("fraction", "times"):
            if other.value < draft.value and other is not drafts[0]:
                continue  # "of 60 wagons 14 carried nine tons": the remaining 46 are of the 60
            implied.inherit(draft, other, "ellipsis.remainder", 0.8)
            return True
    return False
