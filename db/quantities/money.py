"""Money in prose: signs before the number, pounds that may be weights, shillings and pence."""

from functools import cache

from db.quantities import lexicon
from db.quantities.drafts import Draft
from db.quantities.number_digits import Number
from db.quantities.number_words import Reader
from db.quantities.tokens import Token, glued
from db.quantities.units import Unit, before

_STERLING = {"l": 1.0, "s": 0.05, "d": 1 / 240}
_LOOK_BACK = 12
_POUNDS = frozenset(("pound", "pounds"))
GBP = Unit("GBP", "money")
POUND = Unit("pound", "mass")


def take_sign(draft: Draft, text: str, language: str, floor: int) -> bool:
    """Reads a money sign before the number ("$ 74.67 million", "Rs. 500")."""
    found = before(text, draft.start, language)
    if found is None:
        return False
    unit, start, sign = found
    if start < floor:
        return False
    draft.unit, draft.kind, draft.part = unit.name, "money", unit.part
    draft.why.append(("unit", text[start : draft.start].strip(), start, start + len(sign)))
    draft.start = start
    draft.sign_first = start
    draft.rules.append("money.sign")
    if sign == "$":
        draft.doubts.append("ambiguous_dollar")
    return True


def sterling_suffix(tokens: list[Token], number: Number) -> tuple[Unit, int] | None:
    """The l., s. or d. behind a number, and the token behind it."""
    at = number.last
    if at >= len(tokens) or tokens[at].low not in _STERLING or number.scale > 1:
        return None
    low = tokens[at].low
    dotted = at + 1 < len(tokens) and tokens[at + 1].text == "." and glued(tokens, at + 1)
    if not glued(tokens, at) and not dotted:
        return None
    if low == "l" and not dotted:
        return None
    if low in "sd" and number.value >= 100:
        return None
    # "in the 20s": a plain s needs a point or pence behind it.
    if low == "s" and not dotted and (at + 1 >= len(tokens) or tokens[at + 1].kind not in "nf"):
        return None
    last = at + 2 if dotted else at + 1
    return Unit("GBP", "money", _STERLING[low]), last


@cache
def _coins() -> dict[str, dict[str, float]]:
    coins: dict[str, dict[str, float]] = lexicon.load("units").get("coins", {})
    return coins


def coin_of(word: str, drafts: list[Draft]) -> Unit | None:
    """The money whose coin `word` is, where the passage counts in one that has such coins."""
    parts = _coins().get(word)
    if parts is None:
        return None
    for draft in reversed(drafts[-_LOOK_BACK:]):
        if draft.kind == "money" and draft.unit is not None:
            part = parts.get(draft.unit)
            return Unit(draft.unit, "money", part) if part is not None else None
    return None


def add_pence(draft: Draft, reader: Reader, tokens: list[Token]) -> None:
    """Adds the shillings and pence that follow ("£17 10s. 6d.", "5 pounds 10 shillings")."""
    for _ in range(3):
        at = draft.last
        if at < len(tokens) and tokens[at].low in ("and", ","):
            at += 1
        if at >= len(tokens) or tokens[at].masked or tokens[at].kind not in "nwf":
            return
        more = reader.at(at)
        if more is None:
            return
        found = sterling_suffix(tokens, more)
        if found is None or found[0].part >= (draft.coin or draft.part):
            return
        # The coin goes to the number said last; from here on both ends are in pounds.
        pence = more.value * found[0].part
        if draft.high is not None:
            draft.value, draft.high = draft.value * draft.part, draft.high * draft.part + pence
        else:
            draft.value = draft.value * draft.part + pence
        smallest, draft.part = found[0].part, 1.0
        draft.coin = smallest
        draft.last = found[1]
        draft.end = tokens[draft.last - 1].end
        draft.rules.append("money.pence")


def livres(tokens: list[Token], at: int, language: str, francs: bool) -> Unit | None:
    """French "livres" are a weight before goods, else the money of the old regime.

    Sous are a twentieth of a livre, and of a franc where the text counts in those.
    """
    if language != "fr":
        return None
    if tokens[at].low in ("sou", "sous") and francs:
        return Unit("FRF", "money", 0.05)
    if tokens[at].low not in ("livre", "livres"):
        return None
    if at + 1 < len(tokens) and tokens[at + 1].low in ("sterling", "st"):
        return None
    after = tokens[at + 2].low if at + 2 < len(tokens) else ""
    opened = tokens[at + 1].low if at + 1 < len(tokens) else ""
    goods = lexicon.load("quantities.fr").get("pounds", {}).get("goods", ())
    if opened in ("tournois", "parisis"):
        return Unit("livre", "money")
    return POUND if opened in ("de", "d", "d'") and after in goods else Unit("livre", "money")


def add_centimes(draft: Draft, tokens: list[Token], language: str) -> None:
    """As in "3 fr. 75": the centimes are said without their name."""
    at = draft.last
    if language != "fr" or draft.unit != "FRF" or draft.part != 1.0 or at + 1 >= len(tokens):
        return
    if tokens[at - 1].low != "fr" or tokens[at].text != ".":
        return
    coin = tokens[at + 1]
    if coin.kind != "n" or coin.masked or len(coin.text) != 2 or not coin.text.isdigit():
        return
    cents = int(coin.text) / 100
    if draft.high is not None:
        draft.high += cents
    else:
        draft.value += cents
    draft.last, draft.end = at + 2, coin.end
    if at + 2 < len(tokens) and tokens[at + 2].low == "c":
        draft.last, draft.end = at + 3, tokens[at + 2].end


@cache
def _weight_words() -> tuple[frozenset[str], frozenset[str]]:
    data = lexicon.load("quantities.en").get("pounds", {})
    return frozenset(data.get("weighed", ())), frozenset(data.get("goods", ()))


def pounds(
    tokens: list[Token], at: int, number: Number, money_about: bool, language: str
) -> tuple[Unit, int, bool] | None:
    """Whether "pounds" at `at` are money or weight; True where the text leaves it open."""
    if language != "en" or tokens[at].low not in _POUNDS:
        return None
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if after in ("sterling", "stg"):
        return GBP, at + 2, False
    weighed, goods = _weight_words()
    coins = ("shilling", "shillings", "pence", "s")
    if any(token.low in coins for token in tokens[at + 2 : at + 5]):
        return GBP, at + 1, False
    if after in ("weight", "avoirdupois", "troy"):
        return POUND, at + 2, False
    if after == "of" and at + 2 < len(tokens):
        for step in range(at + 2, min(at + 5, len(tokens))):
            if tokens[step].low in goods:
                return POUND, at + 1, False
    for step in range(number.first - 1, max(-1, number.first - 12), -1):
        if tokens[step].low in weighed:
            return POUND, at + 1, False
        if tokens[step].text == ".":
            break
    if money_about or number.scale >= 1e5:
        return GBP, at + 1, False
    if after in ("a", "per", "an", "to", "in", "for", "from"):
        return GBP, at + 1, True
    return GBP, at + 1, True
