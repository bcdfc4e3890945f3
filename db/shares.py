"""Percentages and fractions held against the two figures they relate, and against a hundred."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db import cues
from db.hundreds import find as hundreds_of
from db.kinds import PEOPLE, is_kind_of
from db.noticed import (
    Noticed,
    Sentence,
    Stated,
    Told,
    agreement,
    counted,
    family,
    number,
    sentences,
    term,
    verdict,
)
from db.percentages import has_own_whole, is_change, is_share

SENTENCES_BACK = 3
FURTHEST_SO = 60  # characters from a part to the share that "that is" leads to
FURTHEST_SHARE = 130  # characters from a part to the share it "accounted for"
_OF = re.compile(
    r"(?:\bof|\bout of|\bfrom|\bvon|\bder|\bdes|\bsur|\bde|\bdes|\bиз|\bот|在)[\s]{0,2}"
    r"(?:the|a total of|its|their|his|these|those|all|some|about|den|diesen|les|ses|ces|этих|всех)?"
    r"[\s]{0,2}$",
    re.IGNORECASE,
)
# "three-fourths of it": the figure in front is the whole, and its part is not stated.
_OF_IT = re.compile(
    r"^\s{0,2}(?:of (?:it|them|these|those|which|whom)|davon|von ihnen|из них|d'entre eux|d’entre eux)\b"
)
_OF_WHICH = re.compile(
    r"^\s{0,2}(?:of (?:it|them|these|those|which|whom|this)|davon|из них|из которых|dont)"
    r"[\s,(]{1,3}(?:or |that is |i\.e\. |namely )?$"
)
# "Of 840 recruits 252 were sent home, that is 35 per cent": words stand between part and share.
_SO = re.compile(
    r"[,，(（;—–-]\s{0,2}(?:or|i\.e\.,?|that is(?: to say)?,?|which is|that being|being|soit"
    r"|c['’]est-à-dire|ou|das sind|das ist|das waren|d\. ?h\.|das heißt|also|oder|то есть|т\. ?е\."
    r"|или|что составля\w{1,4}|что составило|составляющ\w{1,4}|即|占|约占|約占|佔|或)[\s,，]{0,2}"
    r"(?:about|some|nearly|almost|just|only|just over|just under|roughly|rund|fast|knapp|etwa"
    r"|environ|près de|presque|около|почти|примерно|约|約)?\s{0,2}$",
    re.IGNORECASE,
)
_IN_A_YEAR = re.compile(
    r"\s(?:in|en|im Jahre?|im|в|of|for)\s\d{4}(?:\s?г(?:оду|\.))?(?=[\s,.;(]|$)"
)
_OF_A_WHOLE = re.compile(
    r"^\s(?:[^\W\d]{1,20}\s){0,3}(?:out of|of|von|sur|из)\s[^,;.\d]{0,40}$", re.IGNORECASE
)
_OF_A_TOTAL = re.compile(
    r"^\s(?:of|von|de|из|sur)\s(?:a|the|an overall|einer|un|общей)?\s?"
    r"(?:total|whole|sum|gesamt\w{0,10}|summe|суммы)\s(?:of|von|de|в)?\s{0,2}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Relation:
    """A part, its whole and the share that is said of them; `firm` where nothing else can be meant."""

    share: Stated
    part: Stated
    whole: Stated
    firm: bool


def find(passages: Sequence[Told], language: str | None = None) -> list[Noticed]:
    """The shares that the passages of one source state, and the sums that follow from them."""
    found: list[Noticed] = []
    for passage in passages:
        told = sentences(passage, language)
        related: list[tuple[int, Noticed]] = []
        for index, sentence in enumerate(told):
            for figure in sentence.figures:
                if is_share(figure):
                    noticed = _related(told, index, figure)
                    if noticed is not None:
                        related.append((index, noticed))
        hundreds = list(hundreds_of(told))
        found += [noticed for _, noticed in related]
        found += hundreds
        found += _sums(passage, [noticed for _, noticed in related], hundreds)
    return found


# -- part, whole and share ------------------------------------------------------------------------


def _related(told: Sequence[Sentence], index: int, share: Stated) -> Noticed | None:
    sentence = told[index]
    if is_change(sentence, share):
        return None
    agreeing: list[tuple[int, float, Noticed]] = []
    firm: list[Noticed] = []
    for relation in _relations(told, index, share):
        if not relation.whole.value:
            continue  # nothing is a share of nothing
        noticed = _judged(sentence.passage, relation)
        if noticed.verdict == "differs":
            firm += [noticed] if relation.firm else []
        else:
            rank = 0 if noticed.verdict == "agrees" else 1
            off = abs(noticed.arithmetic["difference"])
            agreeing.append((rank, off, noticed))
    if agreeing:
        return min(agreeing, key=lambda each: each[:2])[2]
    return firm[0] if firm else None


def _relations(told: Sequence[Sentence], index: int, share: Stated) -> Iterator[_Relation]:
    sentence = told[index]
    figures = sentence.figures
    at = figures.index(share)
    before = [each for each in figures[:at] if not is_share(each)]
    after = [each for each in figures[at + 1 :] if not is_share(each)]
    if before:
        part = before[-1]
        gap = _IN_A_YEAR.sub("", sentence.gap(part, share))
        beside = bool(cues.THAT_IS.match(gap))
        so = beside or (len(gap) <= FURTHEST_SO and bool(_SO.search(gap)))
        told_of = len(gap) <= FURTHEST_SHARE and bool(cues.MAKES_UP.search(gap))
        firm = beside and gap.strip(" ,") != "" and not has_own_whole(sentence, share)
        if (beside or told_of) and not _OF_IT.match(sentence.after(share)):
            yield from _with_wholes(told, index, share, part, firm=firm)
        if len(before) > 1 and so:
            spoken = gap.strip(" ,") != "" and not has_own_whole(sentence, share)
            yield from _of_two(sentence, share, before[-2], part, firm=spoken)
    if after:
        gap = sentence.gap(share, after[0])
        if before and _OF_WHICH.match(gap) and _may_hold(before[-1], after[0]):
            # "an estate of £90,000, one third of which, £30,000, went to her"
            yield _Relation(share, after[0], before[-1], firm=True)
        if cues.THAT_IS.match(gap):
            firm = "(" in gap or "or" in gap
            if before and gap.strip(" ,"):
                # "2.4 million crowns, of which the city kept 60 per cent, that is 1.44 million"
                since = sentence.gap(before[-1], share)
                firm = firm or (len(since) <= FURTHEST_SO and bool(cues.MOSTLY.search(since)))
            yield from _with_wholes(told, index, share, after[0], firm=firm)
        if _OF.search(gap[:40]) and len(after) > 1:
            # "three quarters of the 200 wagons, 150, were sent"
            beside = bool(cues.THAT_IS.match(sentence.gap(after[0], after[1])))
            if beside and _may_hold(after[0], after[1]):
                yield _Relation(share, after[1], after[0], firm=True)


def _of_two(
    sentence: Sentence, share: Stated, one: Stated, other: Stated, *, firm: bool
) -> Iterator[_Relation]:
    """The share of two figures in front of it, where words say which is part of which."""
    between = sentence.gap(one, other)
    if (_OF.search(between) or _OF_A_WHOLE.match(between)) and _may_hold(other, one):
        # "45 of the 60 lorries, or 75 per cent"
        yield _Relation(share, one, other, firm=firm)
    elif _OF.search(sentence.before(one, 40)) and _may_hold(one, other):
        # "of 840 recruits 252 were sent home, that is 35 per cent"
        yield _Relation(share, other, one, firm=firm)


def _is_of_which(sentence: Sentence, whole: Stated, part: Stated) -> bool:
    """Whether words call one count a part of another: "350 guests, of whom 84 foreigners"."""
    counts = whole.figure.kind == part.figure.kind == "count"
    if not counts or whole.value < part.value or part.figure.start < whole.figure.end:
        return False
    gap = sentence.gap(whole, part)
    return len(gap) <= FURTHEST_SO and bool(cues.MOSTLY.search(gap))


def _with_wholes(
    told: Sequence[Sentence], index: int, share: Stated, part: Stated, *, firm: bool
) -> Iterator[_Relation]:
    sentence = told[index]
    here = [
        each
        for each in sentence.figures
        if _may_hold(each, part) or _is_of_which(sentence, each, part)
    ]
    earlier = [
        each
        for other in told[max(0, index - SENTENCES_BACK) : index]
        for each in other.figures
        if _may_hold(each, part)
    ]
    here = [each for each in here if ";" not in sentence.gap(share, each)]
    named = [each for each in here if _OF.search(sentence.before(each, 40))]
    if not here and not earlier:
        return
    last = [each for each in told[index - 1].figures if _may_hold(each, part)] if index else []
    sole = len(here) == 1 or (not here and len(last) == 1)
    for whole in dict.fromkeys([*named, *here, *reversed(earlier)]):
        if whole in here and _has_its_share(sentence, whole, share):
            yield _Relation(share, part, whole, firm=False)
            continue
        certain = whole in named or (sole and whole in (here or last))
        if whole in here and _OF_A_TOTAL.match(sentence.gap(share, whole)):
            firm = True
        yield _Relation(share, part, whole, firm and certain)


def _has_its_share(sentence: Sentence, stated: Stated, but: Stated) -> bool:
    """Whether a figure is itself a part with a share: in "80% (645 votes), 14% (115 votes)"."""
    for each in sentence.figures:
        if each is not but and is_share(each):
            gap = sentence.gap(each, stated) or sentence.gap(stated, each)
            if cues.THAT_IS.match(gap) and gap.strip(" ,"):
                return True
    return False


def _may_hold(whole: Stated, part: Stated) -> bool:
    if whole is part or whole.figure.value_high is not None or whole.value < part.value:
        return False
    if family(whole, part):
        return not is_share(whole)
    if whole.figure.kind != "count" or part.figure.kind != "count":
        return False
    return whole.figure.per == part.figure.per and (
        is_kind_of(part.figure.unit, whole.figure.unit)
        or {part.figure.unit, whole.figure.unit} <= PEOPLE
    )


def _judged(passage: Told, relation: _Relation) -> Noticed:
    share, part, whole = relation.share, relation.part, relation.whole
    scale = 100.0 if share.figure.unit == "percent" else 1.0
    computed = scale * part.value / whole.value
    low = scale * part.low / max(whole.high, 1e-300)
    high = scale * part.high / max(whole.low, 1e-300)
    said = verdict(share, computed, low, high)
    return Noticed(
        kind="share",
        verdict=said,
        message=_message(share, part, whole, computed, said),
        figures=((share, "share"), (part, "part"), (whole, "whole")),
        passage_ids=(passage.id,),
        stated=share.value,
        computed=float(f"{computed:.10g}"),
        arithmetic={
            "rule": "part of whole",
            "terms": [term(share, "share"), term(part, "part"), term(whole, "whole")],
            "sum": f"{number(part.value)} / {number(whole.value)}",
            "difference": float(f"{computed - share.value:.10g}"),
            "low": low,
            "high": high,
        },
    )


def _message(share: Stated, part: Stated, whole: Stated, computed: float, said: str) -> str:
    scale = 1 if share.figure.unit == "percent" else 100
    follows = round(scale * computed, 2)
    opening = (
        f"The text states “{share.figure.text}”; {number(part.value)} is"
        f" {number(follows)} per cent of {number(whole.value)}"
    )
    if said != "differs":
        return f"{opening}, which {agreement(said, scale * share.value, follows)}."
    by = number(round(abs(scale * computed - scale * share.value), 2))
    return f"{opening}, which is {by} points {'more' if computed > share.value else 'less'}."


# -- the sum that shares imply --------------------------------------------------------------------


def _sums(
    passage: Told, related: Sequence[Noticed], hundreds: Sequence[Noticed]
) -> Iterator[Noticed]:
    """Parts whose shares come to a hundred must come to their whole."""
    for hundred in hundreds:
        shares = [stated.id for stated, _ in hundred.figures]
        of = {each.figures[0][0].id: each for each in related}
        if hundred.verdict == "differs" or not all(share in of for share in shares):
            continue
        wholes = {of[share].figures[2][0].id for share in shares}
        if len(wholes) == 1:
            yield _sum(passage, [of[share] for share in shares])


def _sum(passage: Told, related: Sequence[Noticed]) -> Noticed:
    whole = related[0].figures[2][0]
    parts = [each.figures[1][0] for each in related]
    computed = float(f"{sum(part.value for part in parts):.12g}")
    low, high = sum(part.low for part in parts), sum(part.high for part in parts)
    said = verdict(whole, computed, low, high)
    opening = (
        f"The text states {number(whole.value)}; the {counted(len(parts))} parts come to"
        f" {number(computed)}"
    )
    by = number(float(f"{abs(computed - whole.value):.10g}"))
    more = "more" if computed > whole.value else "less"
    message = f"{opening}, which is {by} {more}"
    if said != "differs":
        message = f"{opening}, which {agreement(said, whole.value, computed)}"
    return Noticed(
        kind="sum",
        verdict=said,
        message=f"{message}{_fits(related, computed, whole)}.",
        figures=((whole, "total"), *((part, "part") for part in parts)),
        passage_ids=(passage.id,),
        stated=whole.value,
        computed=computed,
        arithmetic={
            "rule": "shares of one whole",
            "terms": [term(whole, "total"), *(term(part, "part") for part in parts)],
            "sum": " + ".join(number(part.value) for part in parts),
            "difference": float(f"{computed - whole.value:.10g}"),
            "low": low,
            "high": high,
        },
    )


def _fits(related: Sequence[Noticed], computed: float, whole: Stated) -> str:
    """Says when the shares were reckoned from the sum of the parts and not from the stated whole."""

    def furthest(of: float) -> float:
        return max(
            abs(100 * each.figures[1][0].value / of - each.figures[0][0].value) for each in related
        )

    unit = max(2 * each.figures[0][0].half for each in related)
    if furthest(computed) > unit or furthest(whole.value) <= unit:
        return ""
    return (
        f"; the {counted(len(related))} percentages are exact for {number(computed)},"
        f" to within {number(unit)}"
    )
