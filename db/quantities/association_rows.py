"""Rows of figures and of dates, which belong together: "22 and 9 tons in 1941 and 1942"."""

import datetime
from collections.abc import Sequence
from itertools import pairwise

import db.edtf
from db.quantities.association_marks import Mark
from db.records import Figure

# What may stand between two figures of a row besides what joins them.
_LONGEST_JOINT = 30
_FEW_YEARS = 3
# Between two figures of one statement: "instalments of $250", "23 miles with 30 locks".
_PARTS = frozenset(("of", "of about", "with", "mit", "avec", "с", "à", "zu"))
_BETWEEN = frozenset(
    ("about", "some", "nearly", "almost", "over", "only", "perhaps", "another", "more", "than")
)


class Rows:
    """The figures of a text in order, and where one is joined to the next."""

    def __init__(self, text: str, figures: Sequence[Figure], joining: frozenset[str]) -> None:
        self._figures = sorted(figures, key=lambda figure: figure.start)
        self._places = {id(figure): place for place, figure in enumerate(self._figures)}
        self._joined = [
            one.unit != "fraction" != other.unit and _is_joint(text[one.end : other.start], joining)
            for one, other in pairwise(self._figures)
        ]
        # "thirty instalments of $250,000,000, beginning in 1923": one statement of two figures.
        self._parts = [
            bool(joining) and text[one.end : other.start].strip() in _PARTS
            for one, other in pairwise(self._figures)
        ]

    def at(self, place: int) -> Figure:
        """The figure at `place` of the text's order."""
        return self._figures[place]

    def last(self, figure: Figure) -> Figure:
        """The last figure of the row that `figure` is in, what each part is worth included."""
        place = self._places[id(figure)]
        upto = min(len(self._joined), place + 6)
        while place < upto and (self._joined[place] or self._parts[place]):
            place += 1
        return self._figures[place]

    def row(self, figure: Figure) -> list[Figure]:
        """The figures joined to `figure`, itself among them, in order; at most a few."""
        first = last = self._places[id(figure)]
        while first and last - first < 4 and self._joined[first - 1]:
            first -= 1
        while last < len(self._joined) and last - first < 4 and self._joined[last]:
            last += 1
        return self._figures[first : last + 1]


def _is_joint(between: str, joining: frozenset[str]) -> bool:
    if len(between) > _LONGEST_JOINT:
        return False
    words = between.lower().replace(",", " and ").split()
    return bool(words) and words[0] in joining and all(w in joining or w in _BETWEEN for w in words)


def union(marks: Sequence[Mark]) -> str | None:
    """What dates in a row cover together, where each begins when the one before has ended."""
    spans = [db.edtf.bounds(mark.date) for mark in marks]
    if len(marks) == 2 and all(len(mark.date) == 4 for mark in marks):
        first, last = (mark.date for mark in marks)
        if first.isdecimal() and last.isdecimal() and 0 < int(last) - int(first) <= _FEW_YEARS:
            return f"{first}/{last}"  # "the floods of 1893 and 1895"
    for (_, end), (begin, _) in pairwise(spans):
        if end is None or begin is None or begin - end != datetime.timedelta(1):
            return None
    return f"{marks[0].date}/{marks[-1].date}"
