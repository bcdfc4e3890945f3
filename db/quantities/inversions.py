"""Russian says "about thirty men" as "men thirty": the noun or scale before the number."""

from db.quantities.drafts import Draft
from db.quantities.nouns import Heads
from db.quantities.number_words import Reader
from db.quantities.tokens import Token
from db.quantities.units import behind


def apply(drafts: list[Draft], tokens: list[Token], reader: Reader, heads: Heads) -> None:
    """Gives inverted numbers their scale or noun and makes them approximate."""
    for draft in drafts:
        before = draft.first - 1
        if before < 0 or tokens[before].masked or draft.sign_first >= 0:
            continue
        token = tokens[before]
        if token.sentence != tokens[draft.first].sentence:
            continue
        counted = before and (
            tokens[before - 1].kind == "n" or reader.worth(before - 1) is not None
        )
        if counted:
            continue
        power = reader.scale(before)
        if power is not None and power >= 1000 and token.low.endswith(("яч", "ов")):
            draft.value *= power
            draft.high = draft.high and draft.high * power
            _widen(draft, before, token)
            continue
        if not draft.bare or not draft.number.spelt:
            continue
        measure = behind(tokens, before, before + 1, reader.language, False)
        found = heads.at(before, before + 1)
        if measure is not None:
            draft.unit, draft.kind, draft.part = measure[0].name, measure[0].kind, measure[0].part
            _widen(draft, before, token)
        elif found is not None and token.low.endswith(
            ("ов", "ев", "ей", "ек", "аций", "век", "ин")
        ):
            draft.unit = found.unit
            _widen(draft, before, token)


def _widen(draft: Draft, before: int, token: Token) -> None:
    draft.first, draft.start = before, token.start
    draft.approx = "about"
    draft.rules.append("approx.inversion")
    draft.why.append(("approx", token.text, token.start, token.end))
