"""A total held against its parts: what they come to, and how the two stand to each other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from db.noticed import (
    Noticed,
    Stated,
    Told,
    agreement,
    amount,
    counted,
    passages_of,
    term,
    verdict,
)

FEWEST_PARTS = 2
FURTHEST = 0.1  # of the total; a difference beyond this is none of rounding
_LISTS = ("list", "of which", "open list", "of these")
_NUMERAL = re.compile(r"\d(?:[\d.,]{0,15}\d)?")
# A part told without a figure: "four from Riga, two from Lübeck and one from Hull".
_UNCOUNTED = re.compile(
    r"(?:[,;，、]|\b(?:and|und|et|и|а))\s{0,2}(?P<part>(?:one|another|a single|a few|several|some|the rest"
    r"|the others?|the remainder|einer|eines|einige|mehrere|der rest|die übrigen|un de|une de|le reste"
    r"|quelques|plusieurs|les autres|оди?н\w{0,3}|остальн\w{1,4}|несколько)\b|其余|若干)",
    re.IGNORECASE,
)
# "Democrats 267, Republicans 167, Socialists 1": a number behind the last part, with its comma.
_ONE_MORE = re.compile(
    r"[^,;.\d]{0,40}(?:,|\band\b)[^,;.\d]{1,40}(?P<part>\d[\d.,]{0,15})(?<![.,])"
)
_NEAR = 8  # characters from such a word to the figure it belongs to
_TAIL = 80  # characters behind the last part in which one more may stand
_ENDS = re.compile(r"[.;。；\n]")
_YEAR = re.compile(r"1[0-9]\d\d|20\d\d")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A total and what seem to be its parts; told as differing only between two ratios."""

    total: Stated
    parts: tuple[Stated, ...]
    passages: tuple[Told, ...]
    rule: str
    least: float = 0.5
    most: float = 2.0


def best(candidates: Sequence[Candidate]) -> list[Noticed]:
    """One finding a total, and one a set of parts: what agrees before what differs."""
    ranked = []
    for place, candidate in enumerate(candidates):
        noticed = _judged(candidate)
        if noticed is not None:
            rank = ("agrees", "agrees within rounding", "differs").index(str(noticed.verdict))
            ranked.append(((rank, place), noticed))
    chosen: list[Noticed] = []
    totals: set[int] = set()
    parts: set[int] = set()
    for _, noticed in sorted(ranked, key=lambda each: each[0]):
        total, *others = [stated.id for stated, _ in noticed.figures]
        if (
            total in totals
            or parts & set(others)
            or (total in parts and noticed.verdict == "differs")
        ):
            continue
        totals.add(total)
        parts |= set(others)
        chosen.append(noticed)
    return sorted(chosen, key=lambda each: each.figures[0][0].figure.start)


def _judged(candidate: Candidate) -> Noticed | None:
    parts = candidate.parts
    total = candidate.total
    if len(parts) < FEWEST_PARTS or total.value <= 0:
        return None
    if any(part.value <= 0 or part.value > total.value for part in parts):
        return None
    if total.figure.kind == "count" and not all(float(e.value).is_integer() for e in parts):
        return None  # nobody counts half a bridge; it was read of something else
    computed = _exact(sum(part.value for part in parts))
    low = sum(part.low for part in parts)
    high = sum(part.high for part in parts)
    said = verdict(total, computed, low, high)
    if said == "agrees within rounding" and abs(computed - total.value) > FURTHEST * total.value:
        return None  # "1 metre" is rounded by a half: 2 would agree with it
    if said != "agrees" and total.figure.unit == "percent" and candidate.rule not in _LISTS:
        return None  # percentages near each other are seldom of one whole
    if said == "differs" and computed < total.value and _has_more(candidate):
        return None
    if said == "differs" and not candidate.least <= computed / total.value <= candidate.most:
        return None
    if said == "agrees within rounding" and total.half == 0 and not _is_loose((total, *parts)):
        said = "differs"
    return Noticed(
        kind="sum",
        verdict=said,
        message=_message(total, parts, computed, said),
        figures=((total, "total"), *((part, "part") for part in parts)),
        passage_ids=passages_of(candidate.passages),
        stated=total.value,
        computed=computed,
        arithmetic={
            "rule": candidate.rule,
            "terms": [term(total, "total"), *(term(part, "part") for part in parts)],
            "sum": " + ".join(amount(part.value, part.figure) for part in parts),
            "difference": _exact(computed - total.value),
            "low": low,
            "high": high,
        },
    )


def _has_more(candidate: Candidate) -> bool:
    """Whether numbers, or words like "one", that are no figures stand among the parts."""
    used = sorted(
        (each.figure.start, each.figure.end) for each in (candidate.total, *candidate.parts)
    )
    first, last = used[0][0], used[-1][1]
    for passage in candidate.passages:
        known = [
            (each.figure.start, each.figure.end)
            for each in passage.figures
            if each.figure.unit is not None
        ]
        for match in _NUMERAL.finditer(passage.between(first, last)):
            at = match.start() + max(first, passage.start)
            if not _YEAR.fullmatch(match[0]) and not any(a <= at < b for a, b in known):
                return True
        tail = _ENDS.split(passage.between(last, last + _TAIL), maxsplit=1)[0]
        one_more = _ONE_MORE.match(tail) if passage.start <= last else None
        if one_more is not None and not _YEAR.fullmatch(one_more["part"]):
            at = last + one_more.start("part")
            # A bare number has borrowed its unit, maybe the wrong one.
            own = [each.figure for each in passage.figures if each.figure.text != one_more["part"]]
            if not any(figure.start <= at < figure.end for figure in own):
                return True
        told = passage.between(first, last) + tail
        for match in _UNCOUNTED.finditer(told):
            at = match.start("part") + max(first, passage.start)
            after = match.end() + max(first, passage.start)
            # "其余80辆", "and some 300 men": it has its figure.
            if not any(a <= at < b or after <= a <= after + _NEAR for a, b in known):
                return True
    return False


def _is_loose(figures: Sequence[Stated]) -> bool:
    return any(stated.half or stated.figure.approx != "exact" for stated in figures)


def _exact(value: float) -> float:
    """A sum without the dust of binary fractions: 74.66 million, not 74.65999999."""
    return float(f"{value:.12g}")


def _message(total: Stated, parts: Sequence[Stated], computed: float, said: str) -> str:
    stated = amount(total.value, total.figure)
    follows = amount(computed, total.figure)
    opening = f"The text states {stated}; the {counted(len(parts))} parts come to {follows}"
    if said != "differs":
        return f"{opening}, which {agreement(said, total.value, computed)}."
    by = amount(abs(_exact(computed - total.value)), total.figure)
    return f"{opening}, which is {by} {'more' if computed > total.value else 'less'}."
