"""Percentages of one whole that should come to a hundred."""

import itertools
import re
from collections.abc import Iterator, Sequence

from db import cues
from db.noticed import Noticed, Sentence, Stated, counted, number, passages_of, term
from db.percentages import is_change, is_share, named_whole

_INCLUDES = re.compile(r"\b(?:includ\w{1,3}|of which|davon|dont|из них)\s{0,2}(?:about |some )?$")
_PERCENT = re.compile(r"%|％|\bper ?cent\b|\bProzent\b|\bpour cent\b|\bпроцент", re.IGNORECASE)
# "the most important groups are": those that are not named have the rest.
_CHIEF = re.compile(
    r"\b(?:most important|main|chief|principal|leading|largest|major)\b", re.IGNORECASE
)
_FEWEST = 2


def find(told: Sequence[Sentence]) -> Iterator[Noticed]:
    """What the percentages of each sentence, or of neighbouring ones, come to."""
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
    found = [
        each
        for each in sentence.figures
        if each.figure.unit == "percent"
        and is_share(each)
        and each.value < 100
        and not is_change(sentence, each)
        and not cues.HELD_AGAINST.search(sentence.before(each, 24))
        and not _INCLUDES.search(sentence.before(each, 24))
    ]
    depths = [sentence.depth(each) for each in found]
    return [each for each, depth in zip(found, depths, strict=True) if depth == min(depths)]


def _has_more(run: Sequence[Sentence], shares: Sequence[Stated]) -> bool:
    return sum(len(_PERCENT.findall(one.text)) for one in run) > len(shares)


def _hundred(run: Sequence[Sentence], shares: Sequence[Stated], *, alone: bool) -> Noticed | None:
    if len(shares) < (_FEWEST if alone else _FEWEST + 1):
        return None
    computed = float(f"{sum(each.value for each in shares):.10g}")
    low = sum(each.low for each in shares)
    high = sum(each.high for each in shares)
    if len({named_whole(each, run) for each in shares} - {""}) > 1:
        return None
    broken_down = any(cues.BREAKDOWN.search(one.text) for one in run)
    if computed == 100:
        said = "agrees"
        if len(shares) == _FEWEST and any(
            each.figure.of and other.figure.of and each.figure.of != other.figure.of
            for each, other in itertools.pairwise(shares)
        ):
            return None
        if not alone and not broken_down:
            return None
    elif low <= 100 <= high and len(shares) > _FEWEST and (alone or broken_down):
        said = "agrees within rounding"
    elif _has_more(run, shares) or any(_CHIEF.search(one.text) for one in run):
        return None
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
