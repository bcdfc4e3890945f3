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


# What French and German measures leave unsaid: "un mètre cinquante", "7 kilomètres 400", "8 heures 20".
_UNNAMED = {"metre": (100, 10), "kilometre": (1000, 100), "hour": (60, 10), "tonne": (1000, 100)}


def _add_unnamed(draft: Draft, reader: Reader, tokens: list[Token], whole: int, least: int) -> bool:
    """Adds the hundredths or thousandths said without their name."""
    at = draft.last
    abbreviated = tokens[at].text == "." and glued(tokens, at) and at + 1 < len(tokens)
    at += abbreviated
    if tokens[at].masked or tokens[at].kind not in "nw" or draft.high is not None:
        return False
    rest = reader.at(at)
    if rest is None or not least <= rest.value < whole or rest.value != int(rest.value):
        return False
    if tokens[at].kind == "n" and len(tokens[at].text) != len(str(whole)) - 1 and whole != 60:
        return False
    if rest.last < len(tokens) and behind(tokens, rest.last, len(tokens), reader.language, True):
        return False  # "trois mètres cinquante centimètres" names them
    draft.value += rest.value / whole
    draft.last, draft.end = rest.last, tokens[rest.last - 1].end
    draft.rules.append("unit.steps")
    return True


_MARKS = frozenset(("mark", "reichsmark", "rentenmark", "DEM", "goldmark"))


def _add_pfennig(draft: Draft, tokens: list[Token]) -> bool:
    """As in "2 Mark 25": the pfennigs are said without their name."""
    at = draft.last
    if at >= len(tokens) or draft.high is not None or draft.value != int(draft.value):
        return False
    coin = tokens[at]
    if coin.kind != "n" or coin.masked or len(coin.text) != 2 or not coin.text.isdigit():
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is not None and after.kind == "w" and after.text[0].isupper():
        return False  # "2 Mark 25 Pfennig" names them, "für 2 Mark 25 Brote" buys loaves
    draft.value += int(coin.text) / 100
    draft.last, draft.end = at + 1, coin.end
    draft.rules.append("unit.steps")
    return True


def add(draft: Draft, reader: Reader, tokens: list[Token], language: str) -> None:
    """Adds the smaller units that follow the number and its unit."""
    unnamed = _UNNAMED.get(draft.unit or "") if language in ("fr", "de") else None
    if (
        unnamed
        and draft.last < len(tokens)
        and _add_unnamed(draft, reader, tokens, unnamed[0], unnamed[1])
    ):
        return
    if (
        language == "de"
        and draft.unit in _MARKS
        and draft.part == 1.0
        and _add_pfennig(draft, tokens)
    ):
        return
    steps = _smaller().get("hundredweight" if draft.unit == "qr" else draft.unit or "")
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
