"""The one place where the archive's code points and Qt's UTF-16 units meet."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise

# Qt lays a word of 100,000 letters out in quadratic time: 1.6 s, and 100 s for a million.
LONGEST_RUN = 1000
_LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN}}}")


class Positions:
    """The map between a text and what Qt shows of it.

    Qt counts a character above U+FFFF twice, and at each of `cuts` (code points) the shown text
    has a line end that the text has not. Costs nothing where there is neither.
    """

    def __init__(self, text: str, cuts: Iterable[int] = ()) -> None:
        extra = list(cuts)
        # max() of a str is one pass in C: 1 MB in 8 ms, against 45 ms for the comprehension.
        if text and not text.isascii() and max(text) > "\uffff":
            extra += [at for at, character in enumerate(text) if character > "\uffff"]
            extra.sort()
        # Each adds one unit to every position behind it.
        self._extra = extra
        self._passed = [at + n + 2 for n, at in enumerate(extra)]

    def to_qt(self, code_point: int) -> int:
        """Where Qt has the character that the archive counts as `code_point`."""
        return code_point + bisect_left(self._extra, code_point)

    def to_text(self, unit: int) -> int:
        """The archive's count for Qt's `unit`; half of a pair counts as the pair's start."""
        passed = bisect_left(self._passed, unit + 1)
        code_point = unit - passed
        if passed < len(self._extra) and code_point > self._extra[passed]:
            return self._extra[passed]
        return code_point


def cuts(text: str, starts: Iterable[int]) -> list[int]:
    """Where a shown text needs line ends of its own: between passages of one line, in long runs."""
    found = {start for start in starts if 0 < start < len(text) and text[start - 1] != "\n"}
    found.update(run.end() for run in _LONG_RUN.finditer(text) if run.end() < len(text))
    return sorted(found)


def with_cuts(text: str, at: list[int]) -> str:
    """`text` with a line end before each code point of `at`."""
    if not at:
        return text
    borders = [0, *at, len(text)]
    return "\n".join(text[start:end] for start, end in pairwise(borders))


def to_qt(text: str, code_point: int) -> int:
    """As `Positions(text).to_qt`, for a short text that is asked once or twice."""
    if text.isascii():
        return code_point
    return code_point + sum(1 for character in text[:code_point] if character > "\uffff")
