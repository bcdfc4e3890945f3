"""Units left out in a row: "20 and 25 million", "squadrons to 160", "57 of tin"."""

from dataclasses import replace

from db.quantities import implied
from db.quantities.drafts import Draft
from db.quantities.nouns import Heads, singular
from db.quantities.tokens import Token

NEAR = 12


# "4, 7, 9 and 12 tanks": longer rows are tables, and a bound keeps the time linear.
_LONGEST_ROW = 8
_LONGEST_ITEM = 9


_ASIDE = frozenset(("with", "at", "from", "by", "to"))


def respectively(drafts: list[Draft], index: int, tokens: list[Token]) -> bool:
    """As in "their number rose to 450 and 11 thousand, respectively" after trucks and camels."""
    draft = drafts[index]
    sentence = tokens[draft.first].sentence
    row = [draft]
    for other in drafts[index + 1 : index + 4]:
        if other.bare and other.first - row[-1].last <= 2:
            row.append(other)
    if row[-1].last + 1 >= len(tokens) or "respectively" not in (
        tokens[row[-1].last].low,
        tokens[row[-1].last + 1].low,
    ):
        return False
    named = [
        other
        for other in drafts[max(0, index - NEAR) : index]
        if other.kind == "count" and sentence - tokens[other.first].sentence <= 1
    ][-len(row) :]
    if len(named) < len(row) or len(row) == 1:
        return False
    for bare, other in zip(row, named, strict=True):
        implied.inherit(bare, other, "ellipsis.respectively", 0.8)
    return True


def of_goods(drafts: list[Draft], index: int, tokens: list[Token]) -> bool:
    """As in "430 piculs of pepper, 57 of tin": the measure of the goods before."""
    draft = drafts[index]
    if draft.last + 1 >= len(tokens) or tokens[draft.last].low != "of":
        return False
    for other in reversed(drafts[max(0, index - 4) : index]):
        if tokens[other.first].sentence != tokens[draft.first].sentence:
            return False
        of = other.last < len(tokens) and tokens[other.last].low == "of"
        if of and other.unit and other.unit not in ("fraction", "times"):
            implied.inherit(draft, other, "ellipsis.of_goods", 0.8)
            return True
    return False


def from_next(drafts: list[Draft], index: int, tokens: list[Token], english: bool) -> bool:
    """As in "Müller 12,406, Schulze 9,877 votes": the unit comes with the last number of the row."""
    draft = drafts[index]
    for other in drafts[index + 1 : index + 4]:
        if tokens[other.first].sentence != tokens[draft.first].sentence:
            return False
        if other.unit is None:
            continue
        row = any(token.text in ",;" for token in tokens[draft.last : other.first])
        if english and not (row and draft.number.spelt == other.number.spelt):
            return False  # "Depot 3 held 6 tanks"
        alike = other.kind == "money" and draft.number.scale == other.number.scale > 1
        if not alike and (other.kind != "count" or draft.number.spelt):
            return False
        implied.inherit(draft, other, "ellipsis.next_unit", 0.5)
        draft.doubts.append("unit_implied")
        return True
    return False


def shares(drafts: list[Draft], index: int, tokens: list[Token]) -> bool:
    """As in "Kohle machte 41, Getreide 17 Prozent aus": the per cent of the next of the row."""
    draft = drafts[index]
    if index + 1 >= len(drafts) or draft.number.spelt or not 0 < draft.value <= 100:
        return False
    following = drafts[index + 1]
    if following.kind != "percent" or draft.number.scale > 1:
        return False
    before = drafts[index - 1] if index else None
    if (
        before is not None
        and before.kind != "percent"
        and tokens[before.first].sentence == tokens[draft.first].sentence
        and not any(token.text in ";:" for token in tokens[before.last : draft.first])
    ):
        return False  # "sales were 96 million, the profit 11.8, the dividend 18 per cent"
    between = tokens[draft.last : implied.opens(following, tokens)]
    if not 2 <= len(between) <= 6 or between[0].text != ",":
        return False
    if any(token.text in ";:" or token.kind == "n" for token in between):
        return False
    if tokens[following.first].sentence != tokens[draft.first].sentence:
        return False
    implied.inherit(draft, following, "ellipsis.shares", 0.75)
    return True


def dashed(drafts: list[Draft], index: int, tokens: list[Token], language: str) -> bool:
    """As in "матрос получал 18 рублей, капитан — до 150": the money of the one before."""
    draft = drafts[index]
    if language != "ru" or not index:
        return False
    paid = drafts[index - 1]
    if paid.kind not in ("money", "percent") or draft.first - paid.last > _LONGEST_ITEM:
        return False
    if tokens[paid.first].sentence != tokens[draft.first].sentence:
        return False
    between = [token.text for token in tokens[paid.last : draft.first]]
    if "—" not in between[-4:] and "–" not in between[-4:]:
        return False
    implied.inherit(draft, paid, "ellipsis.row", 0.7)
    return True


def coordinated(
    drafts: list[Draft], index: int, tokens: list[Token], language: str, depth: int = 0
) -> bool:
    """As in "20 and 25 million dollars": the unit, and the scale, of the next number of the row."""
    if index + 1 >= len(drafts) or depth > _LONGEST_ROW:
        return False
    draft, following = drafts[index], drafts[index + 1]
    between = [
        token for token in tokens[draft.last : implied.opens(following, tokens)] if not token.masked
    ]
    if len(between) > 4 or not between:
        return False
    if tokens[draft.first].sentence != tokens[following.first].sentence:
        return False
    ands, links = implied.words(language, "and"), implied.words(language, "links")
    if all(token.low in implied.words(language, "of") for token in between) and following.unit:
        implied.inherit(draft, following, "ellipsis.part_of", 0.8)
        return True
    set_against = implied.words(language, "set_against")
    if set_against and any(token.low in set_against for token in between):
        # "not 25 but at least 140 million": both are of one thing
        ahead = tokens[max(0, draft.first - 3) : draft.first]
        if not any(token.low in implied.words(language, "not") for token in ahead):
            return False
        ands = ands | set_against
        links = links | implied.words(language, "more_or_less")
    if not all(token.low in ands or token.low in links or token.text == "," for token in between):
        return False
    if not any(token.low in ands or token.text == "," for token in between):
        return False
    if language == "en" and between[0].text == "," and len(between) > 1:
        # "we got 12,000, and sixty-four cottages", "18,000 men, with 48 guns": another matter.
        if between[1].low in _ASIDE or draft.number.spelt != following.number.spelt:
            return False
        before = tokens[draft.first - 1].text if draft.first else ""
        if between[1].low in ands and before not in (",", ";", ":") and not following.bare:
            return False
    if (
        len(between) == 2
        and between[0].text == ","
        and between[1].low in (*("or", "ou", "oder", "или", "soit"),)
    ):
        # "19,870, or 38 per thousand" says the same twice.
        return False
    if following.bare and not coordinated(drafts, index + 1, tokens, language, depth + 1):
        return False
    if "noun.inverted" in following.rules:
        return False
    if following.unit is None or following.sign_first >= 0 or following.kind == "duration":
        return False
    if following.unit in ("fraction", "times"):
        return False
    if following.kind == "percent" and (draft.value > 100 or draft.number.scale > 1):
        return False
    raw = following.value / following.number.scale / (following.part or 1.0)
    if (
        draft.number.scale == 1
        and following.number.scale >= 1000
        and draft.value <= 100 * raw
        and draft.value < 1000
    ):
        draft.value *= following.number.scale
        draft.number = replace(draft.number, scale=following.number.scale)
    implied.inherit(draft, following, "ellipsis.row", 0.85)
    return True


def labelled(drafts: list[Draft], index: int, tokens: list[Token], heads: Heads) -> bool:
    """As in "Airports: 222 total, 205 usable; 36 paved": what stands before the colon."""
    draft = drafts[index]
    if heads.language != "en" or draft.number.spelt:
        return False
    sentence = tokens[draft.first].sentence
    previous = drafts[index - 1] if index else None
    if previous is not None and "ellipsis.label" in previous.rules:
        between = tokens[previous.last : draft.first]
        if tokens[previous.first].sentence == sentence and any(t.text in ",;" for t in between):
            implied.inherit(draft, previous, "ellipsis.label", 0.7)
            return True
    for other in reversed(drafts[max(0, index - 4) : index]):
        # Between two of the row stands the length or share of one of them.
        if tokens[other.first].sentence != sentence:
            return False
        if "ellipsis.label" in other.rules and tokens[draft.first - 1].text == ";":
            implied.inherit(draft, other, "ellipsis.label", 0.6)
            return True
    at = draft.first - 1
    if at > 0 and tokens[at].text == "(":
        at -= 1
    opened = at
    while at > 0 and tokens[at].text in (":", "-", "–", "—", ","):
        at -= 1
    signs = "".join(token.text for token in tokens[at + 1 : opened + 1])
    if signs == "," and tokens[at].low not in heads.known.groups:
        return False
    if signs not in (":", "--", "—", ",") or tokens[at].masked or tokens[at].kind != "w":
        return False
    if previous is not None and previous.last == at + 1 and previous.unit and signs == ":":
        # "48,200 francs: 21,000 on flour": the word before the colon is a figure's own unit.
        implied.inherit(draft, previous, "ellipsis.label", 0.75)
        return True
    group = heads.known.groups.get(tokens[at].low)
    found = heads.at(at, at + 1)
    unit = group or (found.unit if found else heads.plural_at(at))
    if unit is None or (group is None and heads.plural_at(at) is None):
        return False
    implied.give(draft, unit, "ellipsis.label", 0.75)
    return True


# Prepositions of time and place: the noun behind them is not what is counted.
_AFTER = frozenset(
    (
        *("перед", "после", "до", "в", "во", "на", "к", "по", "за", "при", "из", "от", "с"),
        *("avant", "après", "pendant", "dans", "sous", "à", "en", "vers", "depuis"),
        *("vor", "nach", "während", "in", "im", "bei", "seit", "aus", "zu"),
    )
)


def listed_noun(drafts: list[Draft], index: int, tokens: list[Token], heads: Heads) -> bool:
    """As in "..., air squadrons to 160": a row whose items put the noun before the number."""
    draft = drafts[index]
    at = implied.opens(draft, tokens) - 1
    links = implied.words(heads.language, "links")
    steps = 0
    while at > 0 and tokens[at].low in links and steps < 3:
        at, steps = at - 1, steps + 1
    if at < 0 or not steps or tokens[at].masked or tokens[at].kind != "w":
        return False
    if heads.language == "en" and heads.plural_at(at) is None:
        return False
    found = heads.at(at, at + 1)
    if found is not None and heads.language != "en" and at and tokens[at - 1].low in _AFTER:
        return False  # "перед войной — 140": no wars
    if found is not None and found.measure is None:
        implied.give(draft, found.unit, "ellipsis.noun_in_row", 0.85)
        return True
    single = heads.plural_at(at)
    previous = drafts[index - 1] if index else None
    if single is None or previous is None or previous.kind != "count":
        return False
    if tokens[previous.first].sentence != tokens[draft.first].sentence:
        return False
    implied.give(
        draft, singular(tokens[at].low, heads.known) or single, "ellipsis.noun_in_row", 0.75
    )
    return True
