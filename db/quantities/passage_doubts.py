"""Which numbers of a passage are no figures after all: bare ones, idle ones, lone ones."""

from typing import TYPE_CHECKING

from db.quantities import (
    references,
)
from db.quantities.drafts import Draft
from db.quantities.tokens import Token

if TYPE_CHECKING:
    from db.quantities.passage import Passage


def kept(drafts: list[Draft], tokens: list[Token]) -> list[Draft]:
    """The drafts that became figures; "one ship" is one only in a row with other counts."""
    found = [draft for draft in drafts if draft.unit is not None]
    return [
        draft
        for index, draft in enumerate(found)
        if "lone.one" not in draft.rules
        or any(
            other is not draft
            and "lone.one" not in other.rules
            and other.kind == "count"
            and tokens[other.first].sentence == tokens[draft.first].sentence
            and abs(other.first - draft.first) <= 9
            for other in found[max(0, index - 1) : index + 2]
        )
    ]


def may_be_bare(passage: "Passage", draft: Draft) -> bool:
    """Whether a number without a noun can be one that leaves its unit out."""
    number, tokens = draft.number, passage.tokens
    if number.fraction or (number.article and number.scale < 100 and number.scale != 12):
        return False
    if (number.spelt and number.value == 1) or references.is_stray(tokens, number):
        return False
    first = tokens[number.first]
    if not number.spelt:
        return True
    # "the two", "at sixes and sevens": number words without a noun need a sentence around them.
    before = tokens[number.first - 1].low if number.first else ""
    return before not in ("the", "these", "those", "my", "our", "their", "his") or first.low == "a"


def is_idle(passage: "Passage", draft: Draft) -> bool:
    """Whether the words are rhetoric: one day, the two sides, one thing."""
    number, tokens = draft.number, passage.tokens
    known = passage.heads.known
    if not number.spelt or number.scale > 1 or draft.high is not None:
        return False
    before = tokens[number.first - 1].low if number.first else ""
    if draft.unit in known.rhetorical and "noun.plural" in draft.rules:
        return True
    if number.value == 1 and number.article:
        halved = passage.reader.and_half(draft.last)[0] > 0  # "a mile and a half"
        return draft.kind != "duration" and not halved  # "a year or so"
    if number.value == 1 and draft.kind == "count":
        if "noun.lexicon" not in draft.rules or draft.noun != number.last:
            return True
        draft.rules.append("lone.one")
        return before in ("the", "this", "that", "no", "any", "every", "each", "as", "at", "from")
    if number.value == 1 and draft.kind == "duration":
        return draft.unit in ("day", "night", "hour", "century", "generation")
    return False
