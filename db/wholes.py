"""Which figures of a sentence can be a total, and which can be its parts."""

from collections.abc import Sequence

from db import cues
from db.kinds import is_kind_of
from db.noticed import Sentence, Stated, family
from db.reckoning import FEWEST_PARTS

_NEVER = ("times", "fraction", "year", "month", "day", "week", "hour", "page")


def may_be_total(stated: Stated) -> bool:
    """Whether a figure can be held against parts: no range, no rate, nothing denied."""
    figure = stated.figure
    return (
        figure.value > 0
        and figure.value_high is None
        and figure.unit not in _NEVER
        and figure.modality != "denied"
        and not (figure.unit == "percent" and is_bare(stated))
    )


def part_sets(
    sentence: Sentence, total: Stated, figures: Sequence[Stated]
) -> list[tuple[Stated, ...]]:
    """The figures that can be parts of a total: of its unit, else counts, else sorts of it."""
    may_be_parts = usable(sentence, figures)
    of_its_unit = tuple(stated for stated in may_be_parts if family(stated, total))
    if total.figure.kind != "count":
        return [of_its_unit] if len(of_its_unit) >= FEWEST_PARTS else []
    counts = tuple(
        stated
        for stated in may_be_parts
        if stated.figure.kind == "count" and stated.figure.per == total.figure.per
    )
    sorts = tuple(
        stated
        for stated in counts
        if family(stated, total) or is_kind_of(stated.figure.unit, total.figure.unit)
    )
    sets = (of_its_unit, counts) if len(of_its_unit) >= FEWEST_PARTS else (counts, sorts)
    return [parts for parts in dict.fromkeys(sets) if len(parts) >= FEWEST_PARTS]


def alike(sentence: Sentence, total: Stated) -> tuple[Stated, ...]:
    """The other figures of a sentence that are of a total's unit."""
    found = usable(sentence, sentence.figures)
    return tuple(stated for stated in found if family(stated, total) and stated is not total)


def is_bare(stated: Stated) -> bool:
    """Whether a figure is a mere number, whose noun another figure has."""
    if any(rule.startswith("ellipsis") for rule in stated.figure.rules):
        return True
    return all(each.isdigit() or each in ".,'’\u00a0\u202f " for each in stated.figure.text)


def are_of_its_time(total: Stated, parts: Sequence[Stated]) -> bool:
    """Whether no part is said to be of another time than the total."""
    date = total.figure.date
    return all(
        part.figure.date == date or part.figure.date_basis not in ("stated", "relative")
        for part in parts
    )


def usable(sentence: Sentence, figures: Sequence[Stated]) -> list[Stated]:
    """Figures that may be parts: no ranges, none that is only held against another."""
    return _outermost(
        sentence,
        [
            stated
            for stated in figures
            if stated.figure.value_high is None
            and not cues.HELD_AGAINST.search(sentence.before(stated, 24))
        ],
    )


def _outermost(sentence: Sentence, figures: Sequence[Stated]) -> list[Stated]:
    """Without those in brackets, where others stand outside: "300 (200 of them new) and 40"."""
    depths = [sentence.depth(stated) for stated in figures]
    return [stated for stated, depth in zip(figures, depths, strict=True) if depth == min(depths)]
