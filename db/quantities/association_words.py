"""The words that join, turn away or point to another time, as one language has them."""

import re
from dataclasses import dataclass
from functools import cache

from db.quantities import lexicon


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A language's words that join, turn away or point to another time (lexicon association)."""

    elsewhere: tuple[str, ...]
    asked_before: tuple[str, ...]
    then_before: tuple[str, ...]
    then_after: tuple[str, ...]
    over: tuple[str, ...]
    over_any: frozenset[str]
    had: frozenset[str]
    in_time: frozenset[str]
    within: tuple[str, ...]
    after: tuple[str, ...]
    lasting: frozenset[str]
    totals: tuple[str, ...]
    past: tuple[str, ...]
    coming: tuple[str, ...]
    ands: frozenset[str]
    joins: frozenset[str]
    turning: frozenset[str]
    now: frozenset[str]
    present: frozenset[str]
    row: frozenset[str]
    goes_on: frozenset[str]
    today: frozenset[str]
    relative: re.Pattern[str]
    year_round: tuple[str, ...]
    growth: re.Pattern[str]
    looks_ahead: bool
    is_spaced: bool


@cache
def vocabulary(language: str) -> Vocabulary:
    own = lexicon.load(f"dates.{language}").get("association", {})

    def listed(name: str) -> tuple[str, ...]:
        return tuple(own.get(name, ()))

    return Vocabulary(
        elsewhere=listed("elsewhere"),
        asked_before=listed("asked_before"),
        then_before=listed("then_before"),
        then_after=listed("then_after"),
        over=listed("over"),
        over_any=frozenset(word for phrase in listed("over") for word in phrase.split()),
        in_time=frozenset(listed("in_time")),
        had=frozenset(listed("had")),
        within=listed("within"),
        after=listed("after"),
        lasting=frozenset(listed("lasting")),
        totals=(
            *listed("totals"),
            *(f"{one} {did}" for one in listed("affairs") for did in listed("summed_up")),
        ),
        past=listed("past"),
        coming=listed("coming"),
        ands=frozenset(listed("and")),
        joins=frozenset(listed("joins")),
        turning=frozenset(listed("turning")),
        now=frozenset(listed("now")),
        present=frozenset(listed("present")),
        row=frozenset(listed("joins")[:1]),
        goes_on=frozenset(listed("goes_on")),
        today=frozenset(listed("today")),
        relative=re.compile(
            rf", (?:{'|'.join(map(re.escape, listed('relative')))})\b"
            if listed("relative")
            else r"(?!)"
        ),
        year_round=listed("year_round"),
        growth=lexicon.any_of(listed("growth"), language),
        looks_ahead=language in ("fr", "de", "ru"),
        is_spaced=language != "zh",
    )
