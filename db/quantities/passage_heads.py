"""What a number of a passage counts or measures: the unit or noun behind it, or the share it is."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from db.quantities import (
    lexicon,
    money,
)
from db.quantities.drafts import Draft
from db.quantities.nouns import Head
from db.quantities.number_digits import Number
from db.quantities.tokens import HYPHENS, Token, glued
from db.quantities.units import Unit

if TYPE_CHECKING:
    from db.quantities.passage import Passage


_GUNS = frozenset(lexicon.load("quantities")["words"]["guns"])


_CALIBRES = frozenset(
    ["mm", "cm", "inch", "in", "pounder", "pdr", "millimetre", "millimeter", "centimetre"]
)


# A text that measures in feet: its "m." are miles.
_FEET = re.compile(r"\bft\.|\bm\. (?:long|broad|wide|by rail|[NSEW]\b)")


_PRONOUNS = frozenset(["them", "these", "those", "which", "whom", "us", "whose"])


_OWNERS = frozenset(
    ["the", "its", "their", "his", "her", "our", "my", "your", "these", "those", "this", "that"]
)


# Behind an article these order instead of parting, unless "of" follows.
_RANKS = frozenset(("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"))


# "A sixth higher than that of a British ship".
_COMPARATIVES = frozenset(
    (
        *("higher", "lower", "more", "less", "larger", "smaller", "greater", "fewer", "cheaper"),
        *("dearer", "longer", "shorter", "heavier", "lighter", "below", "above", "as"),
    )
)


_MILE = Unit("mile", "other")


# German metres are written with a small letter.
_MARK = Unit("mark", "money")


@lru_cache(maxsize=4)
def has(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a whole text has `pattern`; remembered, as every passage of it asks."""
    return pattern.search(text) is not None


def is_compound(tokens: list[Token], number: Number) -> bool:
    last = number.last
    return (
        last + 1 < len(tokens)
        and tokens[last].text in HYPHENS
        and glued(tokens, last)
        and glued(tokens, last + 1)
        and tokens[last + 1].kind == "w"
        and not tokens[last + 1].masked
    )


def hyphened(passage: "Passage", draft: Draft, stop: int) -> Draft | None:
    """As in "5-ton", "500-man", "twelve-month": a unit joined to its number."""
    tokens, known = passage.tokens, passage.heads.known
    at = draft.last + 1
    low = tokens[at].low
    if passage.language != "en":
        found = passage.heads.measure_or_noun(at, stop)
        if found is None:
            return None
        _set_head(passage, draft, found)
        return draft
    if low == "odd":
        draft.last = at + 1
        take_head(passage, draft, stop, False)
        return draft if draft.unit else None
    if low == "strong":
        _set_head(passage, draft, Head("person", at, at + 1, True, "noun.strong"))
        return draft
    if low in _CALIBRES and any(
        token.low in _GUNS for token in tokens[at + 1 : min(at + 5, len(tokens))]
    ):
        return None
    found = passage.heads.measure_or_noun(at, stop)
    if found is None or tokens[draft.first].text[:1].isupper():
        return None
    if found.measure is None and not ((found.known and low not in known.leading) or low == "man"):
        return None
    _set_head(passage, draft, found)
    draft.confidence = 0.8
    return draft


def after_sign(passage: "Passage", draft: Draft, stop: int) -> None:
    """What follows "$25 million": "dollars" said twice is one unit ("$5 (Mexican)" is not)."""
    tokens = passage.tokens
    if draft.last < stop:
        found = passage.heads.measure_or_noun(draft.last, stop)
        money_said = found.measure if found is not None else None
        if found is not None and money_said is not None and money_said.kind == "money":
            if money_said.part != 1.0:
                if draft.high is None or money_said.name != draft.unit:
                    return
                draft.high *= money_said.part  # "from $1.19 to 65 cents"
            draft.last, draft.end = found.last, tokens[found.last - 1].end
            if draft.unit == "USD":
                draft.unit = money_said.name


def take_head(passage: "Passage", draft: Draft, stop: int, ranged: bool) -> None:
    tokens, heads, language = passage.tokens, passage.heads, passage.language
    at = draft.after or draft.last
    if at >= stop or tokens[at].masked:
        _fraction(passage, draft, stop)
        return
    coin = money.sterling_suffix(tokens, draft.number) if language == "en" else None
    if coin is not None and (not ranged or draft.first_part):
        unit, last = coin
        draft.unit, draft.kind, draft.part = unit.name, "money", unit.part
        draft.last, draft.end = last, tokens[last - 1].end
        draft.rules.append("money.coin")
        return
    if draft.number.fraction and draft.number.value < 1:
        if _fraction(passage, draft, stop):
            return
        number = draft.number
        if number.article and number.spelt and tokens[number.last - 1].low in _RANKS:
            return  # "a third battleship" is an ordinal
    if tokens[at].low == "of" and language == "en":
        _partitive(passage, draft, stop)
        return
    one = (draft.value == 1 and draft.high is None) or draft.number.fraction
    found = heads.behind(at, stop, one)
    if found is None:
        return
    if (
        language == "en"
        and found.unit == "metre"
        and tokens[found.first].low == "m"
        and found.last < len(tokens)
        and tokens[found.last].text == "."
        and has(_FEET, passage.text)
    ):
        found = Head("mile", found.first, found.last, True, found.rule, _MILE)
    if language == "de" and found.unit == "metre" and tokens[found.first].text == "M":
        found = Head("mark", found.first, found.last, True, "unit.money", _MARK)
    for step in range(at, found.last):
        livres = money.livres(tokens, step, language, passage.francs)
        if livres is not None:
            named = step + 1 < stop and tokens[step + 1].low in ("tournois", "parisis")
            found = Head(livres.name, step, step + 1 + named, True, "money.livres", livres)
            break
        doubtful = money.pounds(tokens, step, draft.number, passage.sterling, language)
        if doubtful is not None:
            unit, last, doubt = doubtful
            found = Head(unit.name, step, last, True, "money.pounds", unit)
            if doubt:
                draft.doubts.append("ambiguous_pound")
            break
    _set_head(passage, draft, found)


def first_head(passage: "Passage", draft: Draft, number: Number, stop: int) -> None:
    """Of "from 20 tons in 1920 to 25": the unit said with the first number holds for both."""
    found = passage.heads.behind(number.last, stop, False) if number.last < stop else None
    if found is None or found.last > draft.last:
        return
    draft.unit = found.unit
    if found.measure is not None:
        draft.kind, draft.part = found.measure.kind, found.measure.part
    draft.rules.append("range.first_unit")
    start, end = passage.tokens[found.first].start, passage.tokens[found.last - 1].end
    draft.why.append(("unit", passage.text[start:end], start, end))


def _set_head(passage: "Passage", draft: Draft, found: Head) -> None:
    tokens = passage.tokens
    if found.measure is not None and found.measure.part != 1.0:
        coin = money.coin_of(tokens[found.first].low, passage.drafts)
        if coin is not None:
            found = Head(coin.name, found.first, found.last, True, "money.coin", coin)
    draft.unit = found.unit
    draft.noun, draft.noun_last = found.first, found.last
    draft.last, draft.end = found.last, tokens[found.last - 1].end
    if found.measure is not None:
        draft.kind, draft.part = found.measure.kind, found.measure.part
    draft.rules.append(found.rule)
    if not found.known:
        draft.confidence = min(draft.confidence, 0.8)
    start = tokens[found.first].start
    draft.why.append(("unit", passage.text[start : draft.end], start, draft.end))


def _partitive(passage: "Passage", draft: Draft, stop: int) -> None:
    """As in "110 of them", "470 million of its own citizens"."""
    tokens = passage.tokens
    at = draft.last + 1
    if at >= stop:
        return
    if tokens[at].low in _PRONOUNS:
        draft.last, draft.end = at + 1, tokens[at].end
        at += 1
        if at < stop and passage.heads.plural_at(at) and not passage.heads.is_stop(at):
            following = tokens[at + 1] if at + 1 < stop else None
            found = passage.heads.behind(at, stop, False)
            if found and found.first == at and (following is None or following.text in ".,;)"):
                draft.unit = found.unit
                draft.rules.append(found.rule)
                return
        draft.rules.append("ellipsis.of_them")
        return
    if tokens[at].low in _OWNERS or draft.number.scale > 1:
        step = at
        while step < stop and tokens[step].low in _OWNERS:
            step += 1
        whole = passage.reader.at(step) if step < stop else None
        if whole is not None:
            step = whole.last
        # "forty of the staff": a collective need be no plural.
        found = passage.heads.behind(step, stop, whole is None) if step < stop else None
        if found is not None and whole is not None and not whole.fraction:
            # "two of the five contractors": both are counted.
            draft.unit = found.unit
            draft.rules += [found.rule, "noun.of"]
        elif found is not None:
            _set_head(passage, draft, found)
            draft.rules.append("noun.of")


def _fraction(passage: "Passage", draft: Draft, stop: int) -> bool:
    """Two-thirds of the aid; but half a mile and ¾ inch are lengths."""
    number, tokens = draft.number, passage.tokens
    if not number.fraction or number.value >= 1:
        return False
    at = draft.last
    if at < stop:
        found = passage.heads.measure_or_noun(at, stop, direct=True)
        if found is not None and found.measure is not None:
            return False
        step = at
        while step < stop and tokens[step].low in ("of", "a", "an") and step - at < 2:
            step += 1
        if step > at and step < stop and tokens[step - 1].low in ("a", "an"):
            found = passage.heads.measure_or_noun(step, stop)
            counted = found is not None and found.measure is None and found.known
            if found is not None and (
                counted or (found.measure is not None and found.measure.kind != "money")
            ):
                _set_head(passage, draft, found)
                return True
    if (
        passage.language == "en"
        and number.article
        and number.spelt
        and at < stop
        and tokens[at].low not in ("of", "part")
        and tokens[at].kind != "s"
        and not (tokens[at].low in passage.heads.known.stop and _is_share_of(tokens, number))
        and tokens[at].low not in _COMPARATIVES
    ):
        # "a third power" is an ordinal; "rose by a third in 1912", "of whom a quarter were" none.
        return False
    draft.unit, draft.kind = "fraction", "other"
    draft.rules.append("fraction")
    if at + 1 < stop and tokens[at].low == "part":
        at += 1
        draft.last, draft.end = at, tokens[at - 1].end
    if at + 1 < stop and tokens[at].low == "of":
        step, words = at + 1, 0
        while step < stop and tokens[step].low in _OWNERS | {"a", "an", "all"}:
            step += 1
        first = step
        while step < stop and words < 4 and not passage.heads.is_stop(step):
            step, words = step + 1, words + 1
        if step > first:
            draft.of = passage.text[tokens[first].start : tokens[step - 1].end]
            draft.last, draft.end = step, tokens[step - 1].end
    return True


def _is_share_of(tokens: list[Token], number: Number) -> bool:
    """Whether the words before "a third" speak of shares."""
    before = tokens[number.first - 1].low if number.first else ""
    return before in (
        *("by", "whom", "which", "them", "about", "nearly", "almost", "only", "over", "than"),
        *("some", "perhaps", "least", "barely", "scarcely", "another"),
    )
