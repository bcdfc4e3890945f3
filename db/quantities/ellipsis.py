"""Units left out: "11.45 million" in a list of dollars, "110 of them", "squadrons to 160"."""

from db.quantities import (
    ellipsis_nouns,
    ellipsis_pronouns,
    ellipsis_rosters,
    ellipsis_rows,
    ellipsis_sums,
    implied,
)
from db.quantities.drafts import Draft
from db.quantities.nouns import Heads
from db.quantities.tokens import Token


def resolve(drafts: list[Draft], tokens: list[Token], heads: Heads, currency: str | None) -> None:
    """Gives every bare draft the unit its passage implies; what stays bare is no figure."""
    for index, draft in enumerate(drafts):
        if draft.bare:
            _resolve(drafts, index, tokens, heads, currency)


def _resolve(
    drafts: list[Draft], index: int, tokens: list[Token], heads: Heads, currency: str | None
) -> None:
    draft = drafts[index]
    spelt_small = draft.number.spelt and draft.number.scale == 1
    if "ellipsis.of_them" in draft.rules:
        if not _from_last(drafts, index, tokens, 3, counts=True):
            implied.left_noun(draft, tokens, heads, 20)
        return
    if ellipsis_rosters.item(drafts, index, tokens, heads):
        return
    if ellipsis_rosters.remainder(drafts, index, tokens, heads):
        return
    if heads.language == "en" and (
        ellipsis_rows.respectively(drafts, index, tokens)
        or ellipsis_rows.of_goods(drafts, index, tokens)
    ):
        return
    if ellipsis_nouns.in_number(draft, tokens, heads):
        return
    if ellipsis_rows.dashed(drafts, index, tokens, heads.language):
        return
    if ellipsis_rows.coordinated(drafts, index, tokens, heads.language):
        return
    after = tokens[draft.last].low if draft.last < len(tokens) else ""
    if after in implied.words(heads.language, "others") and _from_last(
        drafts, index, tokens, 4, True
    ):
        return
    if draft.number.scale >= 1e6 and ellipsis_sums.money_list(drafts, index, tokens):
        return
    if ellipsis_rows.labelled(drafts, index, tokens, heads):
        return
    if draft.number.scale >= 1e6 and ellipsis_sums.of_a_sum(drafts, index, tokens):
        return
    if ellipsis_sums.priced(draft, tokens, heads.language):
        paid = [other for other in drafts[max(0, index - 4) : index] if other.kind == "money"]
        if paid:
            implied.inherit(draft, paid[-1], "ellipsis.cost", 0.7)
            return
        if ellipsis_sums.cost(drafts, index, tokens, heads.language, currency):
            return
    if ellipsis_pronouns.pronoun(drafts, index, tokens, heads):
        return
    if ellipsis_rosters.of_those(drafts, index, tokens, heads):
        return
    if ellipsis_nouns.copula(draft, tokens, heads):
        return
    if ellipsis_nouns.that_of(draft, tokens, heads):
        return
    if ellipsis_nouns.number_of(draft, tokens, heads):
        return
    if ellipsis_rows.shares(drafts, index, tokens):
        return
    if ellipsis_nouns.verb_subject(draft, tokens, heads) or ellipsis_nouns.aged(
        draft, tokens, heads
    ):
        return
    if ellipsis_nouns.subject(draft, tokens, heads) or ellipsis_nouns.group(draft, tokens, heads):
        return
    if ellipsis_rows.listed_noun(drafts, index, tokens, heads):
        return
    if ellipsis_nouns.people(draft, tokens, heads):
        return
    if ellipsis_pronouns.more_of_them(drafts, index, tokens, heads):
        return
    if ellipsis_nouns.relative(drafts, index, tokens, heads):
        return
    if ellipsis_sums.cost(drafts, index, tokens, heads.language, currency):
        return
    if spelt_small and _from_last(drafts, index, tokens, 0, counts=True):
        return
    if _from_last(drafts, index, tokens, 0):
        return
    if _from_last(drafts, index, tokens, 1 if spelt_small else 2, counts=spelt_small):
        return
    if ellipsis_rows.from_next(drafts, index, tokens, heads.language == "en"):
        return
    if not ellipsis_sums.money_about(drafts, index, heads.language):
        ellipsis_pronouns.of_population(draft, tokens, heads.language)


def _candidates(drafts: list[Draft], index: int, tokens: list[Token], back: int) -> list[Draft]:
    """The figures before, nearest first; one of the same size goes before one of quite another."""
    draft, sentence = drafts[index], tokens[drafts[index].first].sentence
    near = [
        other
        for other in reversed(drafts[max(0, index - ellipsis_rows.NEAR) : index])
        if sentence - tokens[other.first].sentence <= back and other.unit is not None
    ]
    alike = [other for other in near[1:4] if implied.ratio(draft, other) < 8]
    if near and alike and implied.ratio(draft, near[0]) > 50 and near[0].number.scale == 1.0:
        return [alike[0], *near]
    if near and alike and near[0].kind == "money" and implied.ratio(draft, near[0]) > 200:
        return [alike[0], *near]
    return near


def _from_last(
    drafts: list[Draft], index: int, tokens: list[Token], back: int, counts: bool = False
) -> bool:
    """The unit of the last figure, at most `back` sentences before."""
    draft = drafts[index]
    sentence = tokens[draft.first].sentence
    plain = draft.number.scale == 1
    for other in _candidates(drafts, index, tokens, back):
        if other.unit is None or other.unit in ("fraction", "times", "ratio"):
            continue
        if other.unit == "degree" and (back or draft.value > 120 or draft.number.scale > 1):
            continue
        if counts and other.kind not in ("count",):
            continue
        if other.kind == "count" and draft.value % 1 and not other.value % 1 and plain:
            continue  # "14 wagons carried nine tons, the remaining 46 seven and a half": no wagons
        if other.kind == "duration":
            continue
        if other.kind == "money" and other.part < 1 and draft.value > 1000:
            continue  # "a reward of two annas a tail brought in 47,300": no coins
        if other.unit == "per mille" and draft.value > 1000:
            continue
        if other.kind == "percent" and (draft.value > 100 or draft.number.scale > 1):
            continue
        if draft.number.scale >= 1e6 and other.kind == "count" and other.number.scale < 1000:
            continue
        confidence = 0.7 if sentence == tokens[other.first].sentence else 0.55
        if "noun.unknown" in other.rules:
            confidence -= 0.2
        implied.inherit(draft, other, "ellipsis.last_unit", confidence)
        draft.doubts.append("unit_implied")
        return True
    return False
