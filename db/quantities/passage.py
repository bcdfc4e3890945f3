"""Reads the figures of one passage in a language that writes spaces between its words."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from db.quantities import (
    approximators,
    attributes,
    compounds,
    ellipsis,
    inversions,
    lexicon,
    money,
    ranges,
    rates,
    references,
    russian_words,
)
from db.quantities.drafts import Draft
from db.quantities.nouns import Head, Heads
from db.quantities.number_words import Number, Reader
from db.quantities.numerals import Mark
from db.quantities.phrases import Phrases
from db.quantities.spelling import spelling
from db.quantities.tokens import HYPHENS, Token, glued, read
from db.quantities.units import Unit, behind
from db.records import Context, Figure

_GUNS = frozenset(lexicon.load("quantities")["words"]["guns"])
_CALIBRES = frozenset(
    ["mm", "cm", "inch", "in", "pounder", "pdr", "millimetre", "millimeter", "centimetre"]
)
# A text that counts in francs, or is later than the livre.
_FRANCS = re.compile(r"\bfr\.|\bfrancs?\b|\b1[89]\d\d\b")
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


@dataclass(slots=True)
class Passage:
    """The tokens of one passage and what is being found in them."""

    text: str
    tokens: list[Token]
    language: str
    reader: Reader
    heads: Heads
    stops: list[int]
    context: Context
    sterling: bool
    francs: bool
    drafts: list[Draft]


def figures(
    text: str,
    start: int,
    end: int,
    masks: list[tuple[int, int]],
    language: str,
    decimal: Mark,
    context: Context,
) -> list[Figure]:
    """The figures of text[start:end]; `masks` are spans of dates in the whole text."""
    tokens = read(text, start, end, language)
    _mask(tokens, masks, language)
    stops: list[int] = []
    for index, token in enumerate(tokens):
        while len(stops) <= token.sentence:
            stops.append(index)
        stops[token.sentence] = index + 1
    part = text[start:end]
    passage = Passage(
        text,
        tokens,
        language,
        Reader(tokens, language, decimal),
        Heads(tokens, language),
        stops,
        context,
        any(word in part for word in ("£", "shilling", "sterling", "pence")),
        _has(_FRANCS, text) if language == "fr" else False,
        [],
    )
    _collect(passage)
    if language == "ru":
        russian_words.add(passage.drafts, tokens, passage.reader)
        inversions.apply(passage.drafts, tokens, passage.reader, passage.heads)
    ellipsis.resolve(passage.drafts, tokens, passage.heads, context.default_currency)
    kept = _kept(passage.drafts, tokens)
    for draft in kept:
        if draft.per is None and draft.noun < 0 and draft.kind in ("count", "mass"):
            stop = stops[tokens[draft.first].sentence]
            rates.take(draft, tokens, text, stop, language, passage.heads.known)
    for draft in kept:
        approximators.apply(draft, tokens, text, language)
    attributes.fill(kept, tokens, text, language)
    return [_figure(draft, text) for draft in kept]


@lru_cache(maxsize=4)
def _has(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a whole text has `pattern`; remembered, as every passage of it asks."""
    return pattern.search(text) is not None


def _kept(drafts: list[Draft], tokens: list[Token]) -> list[Draft]:
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


def _mask(tokens: list[Token], masks: list[tuple[int, int]], language: str) -> None:
    """Marks the tokens of dates; a length of time inside one ("two years later") stays a figure."""
    at = 0
    for first, last in masks:
        while at < len(tokens) and tokens[at].end <= first:
            at += 1
        step = at
        while step < len(tokens) and tokens[step].start < last:
            tokens[step].masked = True
            step += 1
        for index in range(at, step - 1):
            length = behind(tokens, index + 1, step, language, True)
            if length is not None and length[0].kind == "duration" and not length[0].tight:
                start = index
                while start > at and (
                    (tokens[start].kind == "w" and _counts(tokens, start, language))
                    or (tokens[start].text in HYPHENS and _counts(tokens, start - 1, language))
                ):
                    start -= 1
                if (tokens[index].kind == "n" and not _is_year(tokens[index])) or start < index:
                    for token in tokens[start : length[1]]:
                        token.masked = False


def _counts(tokens: list[Token], index: int, language: str) -> bool:
    known = spelling(language)
    return tokens[index].low in known.small or tokens[index].low in known.scales


def _is_year(token: Token) -> bool:
    return len(token.text) == 4 and token.text.isdigit()


def _collect(passage: Passage) -> None:
    tokens, reader = passage.tokens, passage.reader
    starts = reader.starts
    compounds_too = spelling(passage.language).compounds
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "s" or (
            token.kind == "w"
            and token.low not in starts
            and not (compounds_too and len(token.low) > 6)
        ):
            at += 1
            continue
        number = reader.at(at)
        if number is None:
            at += 1
            continue
        draft = _complete(passage, number)
        if draft is None:
            at = number.last
            continue
        passage.drafts.append(draft)
        at = max(draft.last, number.last)


def _complete(passage: Passage, number: Number) -> Draft | None:
    """The draft of `number` with its unit, range and rate; None where it is no quantity."""
    tokens, text, language = passage.tokens, passage.text, passage.language
    decimal = passage.reader.decimal
    if references.is_list_number(tokens, number, text):
        return None
    first = tokens[number.first]
    draft = Draft(
        number, number.first, number.last, first.start, tokens[number.last - 1].end, number.value
    )
    draft.doubts.extend(number.doubts)
    draft.rules.append("number.words" if number.spelt else "number.digits")
    floor = tokens[passage.stops[first.sentence - 1]].start if first.sentence else 0
    floor = max(floor, passage.drafts[-1].end if passage.drafts else 0)
    signed = money.take_sign(draft, text, tokens, language, floor)
    if not signed and references.is_label(tokens, number, text, language, decimal):
        return None
    stop = passage.stops[first.sentence]
    if not signed and ranges.is_share(draft, passage.reader, passage.heads, tokens, stop):
        return draft
    if not signed and _is_compound(tokens, number):
        return _hyphened(passage, draft, stop)
    if number.article and not number.fraction and number.value in (2.0, 3.0, 4.0):
        draft.unit, draft.kind = "times", "other"
        draft.rules.append("times")
        return draft
    approximators.inside(draft, tokens, text, language, stop)
    ranged = ranges.take(draft, passage.reader, passage.heads, tokens, text, stop, signed)
    if draft.high is None and ranges.is_ratio(draft, passage.reader, tokens, stop):
        return draft
    if draft.unit is None or not signed:
        _take_head(passage, draft, stop, ranged)
        if ranged and draft.unit is None:
            _first_head(passage, draft, number, stop)
    elif signed:
        _after_sign(passage, draft, stop)
    if draft.unit is None and not _may_be_bare(passage, draft):
        return None
    if _is_idle(passage, draft):
        return None
    if (draft.kind == "money" and draft.part != 1.0) or draft.unit == "GBP":
        coin = draft.coin
        money.add_pence(draft, passage.reader, tokens)
        if draft.coin == coin and draft.kind == "money":
            compounds.add(draft, passage.reader, tokens, language)
    elif draft.unit is not None:
        money.add_centimes(draft, tokens, language)
        compounds.add(draft, passage.reader, tokens, language)
    if draft.part != 1.0 or draft.first_part:
        draft.value *= draft.first_part or draft.part
        if draft.high is not None:
            draft.high *= draft.part
    if draft.unit is not None:
        rates.take(draft, tokens, text, stop, language, passage.heads.known)
    _take_sign(draft, tokens, language)
    return draft


def _is_compound(tokens: list[Token], number: Number) -> bool:
    last = number.last
    return (
        last + 1 < len(tokens)
        and tokens[last].text in HYPHENS
        and glued(tokens, last)
        and glued(tokens, last + 1)
        and tokens[last + 1].kind == "w"
        and not tokens[last + 1].masked
    )


def _hyphened(passage: Passage, draft: Draft, stop: int) -> Draft | None:
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
        _take_head(passage, draft, stop, False)
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


def _after_sign(passage: Passage, draft: Draft, stop: int) -> None:
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


def _take_head(passage: Passage, draft: Draft, stop: int, ranged: bool) -> None:
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
        and _has(_FEET, passage.text)
    ):
        found = Head("mile", found.first, found.last, True, found.rule, _MILE)
    if language == "de" and found.unit == "metre" and tokens[found.first].text == "M":
        found = Head("mark", found.first, found.last, True, "unit.money", _MARK)
    for step in range(at, found.last):
        livres = money.livres(tokens, step, language, passage.francs)
        if livres is not None:
            found = Head(livres.name, step, step + 1, True, "money.livres", livres)
            break
        doubtful = money.pounds(tokens, step, draft.number, passage.sterling, language)
        if doubtful is not None:
            unit, last, doubt = doubtful
            found = Head(unit.name, step, last, True, "money.pounds", unit)
            if doubt:
                draft.doubts.append("ambiguous_pound")
            break
    _set_head(passage, draft, found)


def _first_head(passage: Passage, draft: Draft, number: Number, stop: int) -> None:
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


def _set_head(passage: Passage, draft: Draft, found: Head) -> None:
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


def _partitive(passage: Passage, draft: Draft, stop: int) -> None:
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


def _fraction(passage: Passage, draft: Draft, stop: int) -> bool:
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


def _may_be_bare(passage: Passage, draft: Draft) -> bool:
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


def _is_idle(passage: Passage, draft: Draft) -> bool:
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


@cache
def _below_zero(language: str) -> Phrases[bool]:
    phrases: Phrases[bool] = Phrases()
    for words in lexicon.load("quantities").get("below_zero", {}).get(language, ()):
        phrases.add(words, True)
    return phrases


def _take_sign(draft: Draft, tokens: list[Token], language: str) -> None:
    """Minus before a temperature, "below zero" behind it."""
    first = draft.first
    if draft.unit is not None and draft.unit.startswith("degree"):
        at = draft.last
        if at < len(tokens) and tokens[at].low in ("f", "fahrenheit", "c", "centigrade", "celsius"):
            draft.last, draft.end = at + 1, tokens[at].end
            at += 1
        below = _below_zero(language).find(tokens, at, len(tokens)) if at < len(tokens) else None
        if below is not None:
            draft.value = -draft.value
            draft.last, draft.end = below[1], tokens[below[1] - 1].end
            draft.rules.append("sign.below_zero")
            return
    if not first or draft.sign_first >= 0:
        return
    before = tokens[first - 1]
    minus = before.text in "-−–" and glued(tokens, first) and not glued(tokens, first - 1)
    if minus and before.text != "−" and draft.kind not in ("percent",):
        minus = draft.unit is not None and draft.unit.startswith("degree")
    if not draft.unit and before.low in ("minus", "минус", "moins"):
        draft.unit, draft.kind = "degree", "other"
    if (
        minus
        or before.low in ("minus", "минус")
        or (before.low == "moins" and draft.unit == "degree")
    ):
        draft.value = -draft.value
        if draft.high is not None:
            draft.high = -draft.high
        draft.first, draft.start = first - 1, before.start
        draft.rules.append("sign.minus")


def _figure(draft: Draft, text: str) -> Figure:
    return Figure(
        start=draft.start,
        end=draft.end,
        text=text[draft.start : draft.end],
        kind=draft.kind,
        value=draft.value,
        value_high=draft.high,
        approx=draft.approx,
        unit=draft.unit,
        per=draft.per,
        of=draft.of,
        giver=draft.giver,
        receiver=draft.receiver,
        modality=draft.modality,
        nature=draft.nature,
        confidence=round(draft.confidence, 2),
        doubts=tuple(dict.fromkeys(draft.doubts)),
        rules=tuple(draft.rules),
        why=tuple(draft.why),
    )
