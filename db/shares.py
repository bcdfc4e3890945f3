"""Percentages and fractions held against the two figures they relate, and against a hundred."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db import cues
from db.kinds import PEOPLE, is_kind_of
from db.noticed import (
    Noticed,
    Sentence,
    Stated,
    Told,
    counted,
    family,
    number,
    passages_of,
    sentences,
    term,
    verdict,
)

SENTENCES_BACK = 3
FURTHEST_SHARE = 130  # characters from a part to the share it "accounted for"
_OF = re.compile(
    r"(?:\bof|\bout of|\bfrom|\bvon|\bder|\bdes|\bsur|\bde|\bdes|\bиз|\bот|在)[\s]{0,2}"
    r"(?:the|a total of|its|their|his|these|those|all|some|about|den|diesen|les|ses|ces|этих|всех)?"
    r"[\s]{0,2}$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:by|at|um|mit|de|на|под)\s{0,2}(?:about |some |nearly |only )?$", re.IGNORECASE
)
# "three-fourths of it": the figure in front is the whole, and its part is not stated.
_OF_IT = re.compile(
    r"^\s{0,2}(?:of (?:it|them|these|those|which|whom)|davon|von ihnen|из них|d'entre eux|d’entre eux)\b"
)
# "18 per cent of all farms" names a whole of its own; "of the total" means the one before.
_OWN_WHOLE = re.compile(
    r"^\s{0,2}(?:of|der|des|von|vom|de|du|des|всех|всего|от)\s"
    r"(?!(?:the |that |this |its |their |la |le |der |dem )?"
    r"(?:total|whole|sum|amount|number|all\b(?! \w)|gesamt|somme|общ|them|it\b))"
)
_MADE_UP = re.compile(r"\bma(?:de|kes|king) up\b")
_FEWEST = 2


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
        hundreds = list(_hundreds(told))
        found += [noticed for _, noticed in related]
        found += hundreds
        found += _sums(passage, [noticed for _, noticed in related], hundreds)
    return found


def is_share(stated: Stated) -> bool:
    """Whether a figure says which part of a whole something is."""
    figure = stated.figure
    if figure.value_high is not None or figure.per is not None or figure.value <= 0:
        return False
    if figure.unit == "percent":
        return figure.value <= 100
    return figure.unit == "fraction" and figure.value < 1


# -- part, whole and share ------------------------------------------------------------------------


def _related(told: Sequence[Sentence], index: int, share: Stated) -> Noticed | None:
    sentence = told[index]
    if _is_change(sentence, share):
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


def _is_change(sentence: Sentence, share: Stated) -> bool:
    """Whether a percentage tells a growth, a price or an interest, and no part of anything."""
    before = _MADE_UP.sub(" ", re.split(r"[,;:(]", sentence.before(share, 60))[-1])
    after = re.split(r"[,;:.)]", sentence.after(share, 25), maxsplit=1)[0]
    return bool(_BY.search(before) or cues.CHANGE.search(before) or cues.CHANGE.search(after[:18]))


def _relations(told: Sequence[Sentence], index: int, share: Stated) -> Iterator[_Relation]:
    sentence = told[index]
    figures = sentence.figures
    at = figures.index(share)
    before = [each for each in figures[:at] if not is_share(each)]
    after = [each for each in figures[at + 1 :] if not is_share(each)]
    if before:
        part = before[-1]
        gap = sentence.gap(part, share)
        beside = bool(cues.THAT_IS.match(gap))
        told_of = len(gap) <= FURTHEST_SHARE and bool(cues.MAKES_UP.search(gap))
        firm = beside and gap.strip(" ,") != "" and not _has_own_whole(sentence, share)
        if (beside or told_of) and not _OF_IT.match(sentence.after(share)):
            yield from _with_wholes(told, index, share, part, firm=firm)
        # "45 of the 60 lorries, or 75 per cent"
        of = len(before) > 1 and _OF.search(sentence.gap(before[-2], part))
        if beside and of and _may_hold(part, before[-2]):
            yield _Relation(share, before[-2], part, firm=firm)
    if after:
        gap = sentence.gap(share, after[0])
        if cues.THAT_IS.match(gap):
            yield from _with_wholes(told, index, share, after[0], firm="(" in gap or "or" in gap)
        if _OF.search(gap[:40]) and len(after) > 1:
            # "three quarters of the 200 wagons, 150, were sent"
            beside = bool(cues.THAT_IS.match(sentence.gap(after[0], after[1])))
            if beside and _may_hold(after[0], after[1]):
                yield _Relation(share, after[1], after[0], firm=True)


def _with_wholes(
    told: Sequence[Sentence], index: int, share: Stated, part: Stated, *, firm: bool
) -> Iterator[_Relation]:
    sentence = told[index]
    here = [each for each in sentence.figures if _may_hold(each, part)]
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
        certain = whole in named or (sole and whole in (here or last))
        yield _Relation(share, part, whole, firm and certain)


def _has_own_whole(sentence: Sentence, share: Stated) -> bool:
    after = sentence.after(share, 60)
    match = _OWN_WHOLE.match(after)
    if match is None:
        return False
    # "75 per cent of the 60 lorries": the whole follows with its number.
    return not any(each.isdigit() for each in after[match.end() : match.end() + 20])


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
        return f"{opening}, which {said}."
    by = number(round(abs(scale * computed - scale * share.value), 2))
    return f"{opening}, which is {by} points {'more' if computed > share.value else 'less'}."


# -- a hundred ------------------------------------------------------------------------------------


def _hundreds(told: Sequence[Sentence]) -> Iterator[Noticed]:
    taken: set[int] = set()
    for sentence in told:
        shares = _whole_shares(sentence)
        noticed = _hundred([sentence], shares, alone=True)
        if noticed is not None:
            taken |= {each.id for each in shares}
            yield noticed
    for run in _runs(told, taken):
        noticed = _hundred(run, [each for one in run for each in _whole_shares(one)], alone=False)
        if noticed is not None:
            yield noticed


def _runs(told: Sequence[Sentence], taken: set[int]) -> Iterator[list[Sentence]]:
    """Neighbouring sentences that state percentages not yet told of."""
    run: list[Sentence] = []
    for one in told:
        shares = _whole_shares(one)
        if shares and not taken & {each.id for each in shares}:
            run.append(one)
        else:
            yield from [run] if len(run) > 1 else []
            run = []
    yield from [run] if len(run) > 1 else []


def _whole_shares(sentence: Sentence) -> list[Stated]:
    return [
        each
        for each in sentence.figures
        if each.figure.unit == "percent"
        and is_share(each)
        and each.value < 100
        and not _is_change(sentence, each)
        and not cues.HELD_AGAINST.search(sentence.before(each, 24))
    ]


def _hundred(run: Sequence[Sentence], shares: Sequence[Stated], *, alone: bool) -> Noticed | None:
    if len(shares) < (_FEWEST if alone else _FEWEST + 1):
        return None
    computed = float(f"{sum(each.value for each in shares):.10g}")
    low = sum(each.low for each in shares)
    high = sum(each.high for each in shares)
    broken_down = any(cues.BREAKDOWN.search(one.text) for one in run)
    if computed == 100:
        said = "agrees"
        if len(shares) == _FEWEST and any(
            each.figure.of and other.figure.of and each.figure.of != other.figure.of
            for each, other in itertools.pairwise(shares)
        ):
            return None
    elif low <= 100 <= high and len(shares) > _FEWEST:
        said = "agrees within rounding"
    elif alone and broken_down and len(shares) > _FEWEST and 85 <= computed <= 115:
        said = "differs"
    else:
        return None
    opening = f"The {counted(len(shares))} percentages come to {number(computed)}"
    message = {
        "agrees": f"{opening}, the whole.",
        "agrees within rounding": f"{opening}, which agrees with a hundred within rounding.",
    }.get(
        said,
        f"{opening}, which is {number(round(abs(computed - 100), 6))}"
        f" {'more' if computed > 100 else 'less'} than a hundred.",
    )
    return Noticed(
        kind="share",
        verdict=said,
        message=message,
        figures=tuple((each, "share of one whole") for each in shares),
        passage_ids=passages_of([one.passage for one in run]),
        stated=100.0,
        computed=computed,
        arithmetic={
            "rule": "a hundred",
            "terms": [term(each, "share of one whole") for each in shares],
            "sum": " + ".join(number(each.value) for each in shares),
            "difference": float(f"{computed - 100:.10g}"),
            "low": low,
            "high": high,
        },
    )


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
    message = (
        f"{opening}, which is {by} {more}" if said == "differs" else f"{opening}, which {said}"
    )
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
