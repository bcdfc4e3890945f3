"""Measures in two or three steps: 2 lb. 3 oz., 5 ft. 6 in., one degree and a half."""

from functools import cache

from db.quantities import lexicon
from db.quantities.drafts import Draft
from db.quantities.number_words import Reader
from db.quantities.tokens import Token, glued
from db.quantities.units import behind


@cache
def _smaller() -> dict[str, dict[str, float]]:
    return dict(lexicon.load("units").get("smaller", {}))


@cache
def _pence() -> dict[str, float]:
    return dict(lexicon.load("units").get("pence", {}))


def add(draft: Draft, reader: Reader, tokens: list[Token], language: str) -> None:
    """Adds the smaller units that follow the number and its unit."""
    if draft.unit == "metre" and language == "fr" and draft.last < len(tokens):
        # "un mètre cinquante"
        rest = reader.at(draft.last) if tokens[draft.last].kind in "nw" else None
        if rest is not None and 10 <= rest.value < 100 and not tokens[draft.last].masked:
            draft.value += rest.value / 100
            draft.last, draft.end = rest.last, tokens[rest.last - 1].end
        return
    steps = _smaller().get(draft.unit or "")
    halved, after = reader.and_half(draft.last)
    if halved and draft.value == int(draft.value):
        draft.value += halved
        draft.last, draft.end = after, tokens[after - 1].end
        return
    if steps is None and draft.kind != "money":
        return
    for _ in range(2):
        at = draft.last
        if at < len(tokens) and tokens[at].text == "." and glued(tokens, at):
            at += 1
        if at < len(tokens) and tokens[at].low in ("and", ",", "и", "und", "et"):
            at += 1
        pence = _pence().get(tokens[at].low) if at < len(tokens) else None
        if pence is not None and draft.unit == "GBP":
            # "thirty-one shillings and sixpence"
            draft.value += pence / 240 / (draft.part or 1.0)
            draft.last, draft.end = at + 1, tokens[at].end
            return
        if at >= len(tokens) or tokens[at].masked or tokens[at].kind not in "nwf":
            return
        more = reader.at(at)
        if more is None or more.last >= len(tokens) or more.scale > 1:
            return
        found = behind(tokens, more.last, len(tokens), language, True)
        if found is None:
            return
        unit, last = found
        if draft.unit == "qr" and unit.name == "bushel":
            draft.unit, steps = "quarter", _smaller().get("quarter")
        if draft.kind == "money":
            if unit.name != draft.unit or unit.part >= draft.part:
                return
            factor = unit.part / draft.part
        else:
            factor = (steps or {}).get(unit.name, 0.0)
        if not factor or more.value * factor >= 1:
            return
        if draft.high is not None:
            draft.high += more.value * factor
        else:
            draft.value += more.value * factor
        draft.last, draft.end = last, tokens[last - 1].end
        draft.rules.append("unit.steps")
