"""Russian says "about thirty men" as "men thirty": the noun or scale before the number."""

from db.quantities.drafts import Draft
from db.quantities.nouns import Heads
from db.quantities.number_words import Reader
from db.quantities.tokens import Token
from db.quantities.units import behind

_JOINTS = frozenset(("за", "в", "на", "по", "через"))


def apply(drafts: list[Draft], tokens: list[Token], reader: Reader, heads: Heads) -> None:
    """Gives inverted numbers their scale or noun and makes them approximate."""
    for draft in drafts:
        before = draft.first - 1
        if before < 0 or tokens[before].masked or draft.sign_first >= 0:
            continue
        if draft.bare and draft.number.spelt and before and tokens[before].low in _JOINTS:
            length = behind(tokens, before - 1, before, reader.language, False)
            if length is not None:
                # "суток за двенадцать": in some twelve days.
                draft.unit, draft.kind = length[0].name, length[0].kind
                _widen(draft, before - 1, tokens[before - 1], tokens)
            continue
        token = tokens[before]
        if token.low == "рубль" and draft.bare and draft.value < 100:
            draft.value = 1 + draft.value / 100
            draft.unit, draft.kind = "RUB", "money"
            draft.first, draft.start = before, token.start
            continue
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
            _widen(draft, before, token, tokens)
            continue
        if not draft.bare or not draft.number.spelt:
            continue
        measure = behind(tokens, before, before + 1, reader.language, False)
        found = heads.at(before, before + 1)
        if measure is not None:
            draft.unit, draft.kind, draft.part = measure[0].name, measure[0].kind, measure[0].part
            _widen(draft, before, token, tokens)
        elif found is not None and _may_be_genitive(token.low):
            draft.unit = found.unit
            _widen(draft, before, token, tokens)


def _may_be_genitive(word: str) -> bool:
    """Whether a noun can be a genitive plural: юрт, лошадей, копий, вёрст; not избы or дома."""
    return word[-1] not in "аеиоуыэюя"


def _widen(draft: Draft, before: int, token: Token, tokens: list[Token]) -> None:
    draft.first, draft.start = before, token.start
    draft.rules.append("noun.inverted")
    listed = before == 0 or tokens[before - 1].text in ",;:" or token.text[0].isupper()
    if listed:
        # "churches two, taverns four" is an inventory.
        return
    draft.approx = "about"
    draft.rules.append("approx.inversion")
    draft.why.append(("approx", token.text, token.start, token.end))
