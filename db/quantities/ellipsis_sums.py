"""Sums without their money: "It cost 9 millions", "la banque avait 120 millions"."""

from db.quantities import ellipsis_rows, implied, lexicon
from db.quantities.drafts import Draft
from db.quantities.tokens import Token

# How many figures around a sum may name its money.
_NEAR = 40


def money_about(drafts: list[Draft], index: int, language: str) -> bool:
    """As in "la banque avait 120 millions": of the money that the passage speaks of."""
    draft = drafts[index]
    if language == "en" or draft.number.scale < 1e6:
        return False
    near = drafts[max(0, index - _NEAR) : index + _NEAR]
    for other in sorted(near, key=lambda other: abs(other.first - draft.first)):
        if other.kind == "money" and other.unit:
            implied.give(draft, other.unit, "ellipsis.money_about", 0.5)
            draft.kind = "money"
            draft.doubts.append("unit_implied")
            return True
    return False


def priced(draft: Draft, tokens: list[Token], language: str) -> bool:
    """Whether a verb of price stands right before: "n'en valaient que 875"."""
    verbs = implied.words(language, "priced")
    before = tokens[max(0, draft.first - 3) : draft.first]
    return any(token.low in verbs for token in before)


def money_list(drafts: list[Draft], index: int, tokens: list[Token]) -> bool:
    """As in "for 11.45 million" after "$16.74 million": a list of sums names its money once."""
    draft, other = drafts[index], drafts[index - 1]
    if not index or other.kind != "money":
        return False
    if tokens[other.first].sentence != tokens[draft.first].sentence:
        return False
    implied.inherit(draft, other, "ellipsis.money_list", 0.9)
    return True


def cost(
    drafts: list[Draft], index: int, tokens: list[Token], language: str, currency: str | None
) -> bool:
    """As in "It cost 9 millions": money, in the passage's or the language's own currency."""
    draft = drafts[index]
    costs = implied.words(language, "costs")
    sentence = tokens[draft.first].sentence
    if draft.number.spelt and draft.number.scale == 1:
        return False
    before = drafts[index - 1] if index else None
    if before and before.kind == "percent" and tokens[before.first].sentence == sentence:
        return False
    for step in range(draft.first - 1, max(-1, draft.first - 9), -1):
        token = tokens[step]
        if (
            token.sentence != sentence
            or token.text in ";:"
            or (token.kind == "n" and not token.masked)
        ):
            return False
        if token.low in costs:
            break
    else:
        return False
    for other in reversed(drafts[max(0, index - ellipsis_rows.NEAR) : index]):
        if other.kind == "money" and other.unit:
            implied.inherit(draft, other, "ellipsis.cost", 0.7)
            return True
    own = currency or lexicon.load(f"quantities.{language}").get("ellipsis", {}).get("money")
    if not own:
        return False
    implied.give(draft, own, "ellipsis.cost", 0.5)
    draft.kind = "money"
    draft.doubts.append("unit_implied")
    return True


def of_a_sum(drafts: list[Draft], index: int, tokens: list[Token]) -> bool:
    """As in "The loan was 12 million marks. By the outbreak 9 million had been paid off"."""
    draft = drafts[index]
    for other in reversed(drafts[max(0, index - 3) : index]):
        if tokens[draft.first].sentence - tokens[other.first].sentence > 1:
            return False
        if other.unit in ("times", "fraction", "percent"):
            continue
        if other.kind != "money" or other.part != 1.0 or implied.ratio(draft, other) >= 8:
            return False
        implied.inherit(draft, other, "ellipsis.of_a_sum", 0.7)
        return True
    return False
