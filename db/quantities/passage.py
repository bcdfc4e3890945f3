"""Reads the figures of one passage in a language that writes spaces between its words."""

import re
from dataclasses import dataclass
from functools import cache

from db.quantities import (
    approximators,
    attributes,
    compounds,
    ellipsis,
    inversions,
    lexicon,
    money,
    passage_doubts,
    passage_heads,
    ranges,
    rates,
    references,
    russian_words,
)
from db.quantities.drafts import Draft
from db.quantities.nouns import Heads
from db.quantities.number_digits import Number, undusted
from db.quantities.number_words import Reader
from db.quantities.numerals import Mark
from db.quantities.phrases import Phrases
from db.quantities.spelling import spelling
from db.quantities.tokens import HYPHENS, Token, addresses, glued, read
from db.quantities.units import behind
from db.records import Context, Figure

# A text that counts in francs, or is later than the livre.
_FRANCS = re.compile(r"\bfr\.|\bfrancs?\b|\b1[89]\d\d\b")


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
    at = 0
    for address in addresses(text, start, end):
        _, at = _cover(tokens, at, address)
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
        passage_heads.has(_FRANCS, text) if language == "fr" else False,
        [],
    )
    _collect(passage)
    if language == "ru":
        russian_words.add(passage.drafts, tokens, passage.reader)
        inversions.apply(passage.drafts, tokens, passage.reader, passage.heads)
    ellipsis.resolve(passage.drafts, tokens, passage.heads, context.default_currency)
    kept = passage_doubts.kept(passage.drafts, tokens)
    for draft in kept:
        if draft.per is None and draft.noun < 0 and draft.kind in ("count", "mass"):
            stop = stops[tokens[draft.first].sentence]
            rates.take(draft, tokens, text, stop, language, passage.heads.known)
    for draft in kept:
        approximators.apply(draft, tokens, text, language)
    attributes.fill(kept, tokens, text, language)
    return [_figure(draft, text) for draft in kept]


def _mask(tokens: list[Token], masks: list[tuple[int, int]], language: str) -> None:
    """Marks the tokens of dates; a length of time inside one ("two years later") stays a figure."""
    at = 0
    for first, last in masks:
        at, step = _cover(tokens, at, (first, last))
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


def _cover(tokens: list[Token], at: int, span: tuple[int, int]) -> tuple[int, int]:
    """Masks the tokens of `span`, looked for from `at` on: the first, and the one behind them."""
    first, last = span
    while at < len(tokens) and tokens[at].end <= first:
        at += 1
    step = at
    while step < len(tokens) and tokens[step].start < last:
        tokens[step].masked = True
        step += 1
    return at, step


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
    signed = money.take_sign(draft, text, language, floor)
    if not signed and references.is_label(tokens, number, language):
        counts = language == "de" and references.is_loose(tokens, number, language)
        if not (counts and passage.heads.at(number.last, passage.stops[first.sentence])):
            return None  # "Unsere Kompanie zählte 140 Mann"
    stop = passage.stops[first.sentence]
    if not signed and ranges.is_share(draft, passage.reader, passage.heads, tokens, stop):
        return draft
    if not signed and passage_heads.is_compound(tokens, number):
        return passage_heads.hyphened(passage, draft, stop)
    if number.article and not number.fraction and number.value in (2.0, 3.0, 4.0):
        draft.unit, draft.kind = "times", "other"
        draft.rules.append("times")
        return draft
    approximators.inside(draft, tokens, text, language, stop)
    ranged = ranges.take(draft, passage.reader, passage.heads, tokens, text, stop)
    if draft.high is None and ranges.is_ratio(draft, passage.reader, tokens, stop):
        return draft
    if draft.unit is None or not signed:
        passage_heads.take_head(passage, draft, stop, ranged)
        if ranged and draft.unit is None:
            passage_heads.first_head(passage, draft, number, stop)
    elif signed:
        passage_heads.after_sign(passage, draft, stop)
    if draft.unit is None and not passage_doubts.may_be_bare(passage, draft):
        return None
    if passage_doubts.is_idle(passage, draft):
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
        value=undusted(draft.value),
        value_high=None if draft.high is None else undusted(draft.high),
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
