"""A unit that is left out, given to its number: by a word, or by another figure that has one."""

from dataclasses import replace
from functools import cache

from db.quantities import lexicon
from db.quantities.drafts import Draft
from db.quantities.nouns import Heads
from db.quantities.tokens import Token


@cache
def words(language: str, key: str) -> frozenset[str]:
    return frozenset(lexicon.load(f"quantities.{language}").get("ellipsis", {}).get(key, ()))


def give(draft: Draft, unit: str, rule: str, confidence: float) -> None:
    draft.unit = unit
    draft.rules.append(rule)
    draft.confidence = min(draft.confidence, confidence)


def inherit(draft: Draft, other: Draft, rule: str, confidence: float) -> None:
    give(draft, other.unit or "", rule, confidence)
    draft.kind, draft.per = other.kind, draft.per or other.per
    part = other.part if other.kind == "money" else 1.0
    if _leaves_scale_out(draft, other):
        # "23.4 million, of which the mills gave 8.1": the scale is left out with the unit.
        raw = other.value / other.number.scale
        if draft.value < 1000 and raw / 100 < draft.value < raw * 100:
            draft.value *= other.number.scale
            draft.high = draft.high and draft.high * other.number.scale
            draft.number = replace(draft.number, scale=other.number.scale)
            draft.doubts.append("scale_implied")
    draft.why.append(("unit", other.unit or "", other.start, other.end))
    if part != 1.0 and not draft.number.scale > 1:
        draft.value *= part
        if draft.high is not None:
            draft.high *= part


def opens(draft: Draft, tokens: list[Token]) -> int:
    edge = draft.first
    while edge and tokens[edge - 1].start >= draft.start:
        edge -= 1
    return edge


def _leaves_scale_out(draft: Draft, other: Draft) -> bool:
    """Whether "412 thousand ..., Turkey 190" says thousands twice."""
    if draft.number.scale != 1 or draft.number.spelt or other.number.article:
        return False  # "a thousand a day; in October 20"
    if other.kind == "money":
        return other.number.scale >= 1e6
    return other.number.scale >= 1000 and other.kind in ("mass", "other", "count")


def left_noun(
    draft: Draft, tokens: list[Token], heads: Heads, reach: int, edge: int | None = None
) -> bool:
    """The nearest counted noun to the left."""
    edge = draft.first if edge is None else edge
    sentence = tokens[draft.first].sentence
    for step in range(edge - 1, max(-1, edge - reach), -1):
        if tokens[step].sentence != sentence:
            break
        if tokens[step].masked:
            continue
        found = heads.at(step, edge)
        if found is not None and (heads.language != "en" or heads.plural_at(step) is not None):
            give(draft, found.unit, "ellipsis.noun_before", 0.75)
            return True
        single = heads.plural_at(step)
        if single is not None and tokens[step].low not in heads.known.stop:
            give(draft, single, "ellipsis.noun_before", 0.7)
            return True
    return False


def past_owner(tokens: list[Token], at: int) -> int:
    owners = ("the", "these", "those", "its", "their", "his", "our")
    while at < len(tokens) - 1 and tokens[at].low in owners:
        at += 1
    return at


def ratio(draft: Draft, other: Draft) -> float:
    low, high = sorted((abs(draft.value) or 1e-9, abs(other.value) or 1e-9))
    return high / low
