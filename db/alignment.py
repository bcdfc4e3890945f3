"""Two texts word by word: which word of one is which word of the other, moved ones included.

Four words that stand once in either text are an anchor; the heaviest row of anchors in both
orders is the spine, what lies between is aligned by longest common subsequence, and a second look
at what is left finds what has moved.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import folding
from db.records import Span

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]

GRAM = 4
SHORTEST_MOVED = 6  # words; fewer in a row are found all over a text
MOST_CELLS = 200_000_000  # 25 MB of bits for one gap; a larger one is parted by anchors first
_FIRST_CHARACTER = 0x100


@dataclass(frozen=True, slots=True)
class Alignment:
    """`to_b[i]` is the word of B that word i of A is, or -1; `moved[i]` is true out of order."""

    to_b: "Ints"
    moved: "npt.NDArray[np.bool_]"


def align(a: Sequence[str], b: Sequence[str]) -> Alignment:
    """Align two rows of words, in order and out of it; some 0.3 s for 100,000 words each."""
    import numpy as np

    numbers: dict[str, int] = {}
    ids_a = np.array([numbers.setdefault(word, len(numbers)) for word in a], dtype=np.int64)
    ids_b = np.array([numbers.setdefault(word, len(numbers)) for word in b], dtype=np.int64)
    return _Aligner(ids_a, ids_b).run()


class _Aligner:
    def __init__(self, a: "Ints", b: "Ints") -> None:
        import numpy as np

        self.a, self.b = a, b
        # rapidfuzz compares strings fastest: a word becomes one character.
        self.text_a = _as_text(a)
        self.text_b = _as_text(b)
        self.to_b = np.full(len(a), -1, dtype=np.int64)
        self.moved = np.zeros(len(a), dtype=bool)

    def run(self) -> Alignment:
        import numpy as np

        self._between(0, len(self.a), 0, len(self.b), GRAM)
        free_a = self.to_b < 0
        free_b = np.ones(len(self.b), dtype=bool)
        free_b[self.to_b[~free_a]] = False
        self._moved(free_a, free_b)
        return Alignment(self.to_b, self.moved)

    def _between(self, a0: int, a1: int, b0: int, b1: int, gram: int) -> None:
        """Align A[a0:a1] with B[b0:b1] in order."""
        if a0 >= a1 or b0 >= b1:
            return
        small = (a1 - a0) * (b1 - b0)
        if gram == 0 or (gram < GRAM and small <= MOST_CELLS):
            if small <= MOST_CELLS:
                self._common(a0, a1, b0, b1)
            return
        starts_a, starts_b = _anchors(self.a[a0:a1], self.b[b0:b1], gram)
        last_a, last_b = a0, b0
        for i, j, n in _spine(*_runs(starts_a, starts_b)):
            i, j, n = i + a0, j + b0, n + gram - 1
            skip = max(last_a - i, last_b - j, 0)
            if skip >= n:
                continue
            i, j, n = i + skip, j + skip, n - skip
            while i > last_a and j > last_b and self.text_a[i - 1] == self.text_b[j - 1]:
                i, j, n = i - 1, j - 1, n + 1
            while i + n < a1 and j + n < b1 and self.text_a[i + n] == self.text_b[j + n]:
                n += 1
            self._between(last_a, i, last_b, j, gram - 1)
            self.to_b[i : i + n] = range(j, j + n)
            last_a, last_b = i + n, j + n
        self._between(last_a, a1, last_b, b1, gram - 1)

    def _common(self, a0: int, a1: int, b0: int, b1: int) -> None:
        from rapidfuzz.distance import LCSseq

        if a1 - a0 == 1 and b1 - b0 == 1:
            if self.text_a[a0] == self.text_b[b0]:
                self.to_b[a0] = b0
            return
        edits = LCSseq.editops(self.text_a[a0:a1], self.text_b[b0:b1])
        for block in edits.as_matching_blocks():
            i, j = a0 + block.a, b0 + block.b
            self.to_b[i : i + block.size] = range(j, j + block.size)

    def _moved(self, free_a: "npt.NDArray[np.bool_]", free_b: "npt.NDArray[np.bool_]") -> None:
        """Anchors among the words left over, each run extended as far as both texts agree."""
        starts_a, starts_b = _anchors(self.a, self.b, GRAM, free_a, free_b)
        last: tuple[int, int] | None = None
        for i, j, n in zip(*(each.tolist() for each in _runs(starts_a, starts_b)), strict=True):
            end_a, end_b = i + n + GRAM - 1, j + n + GRAM - 1
            while i and j and free_a[i - 1] and free_b[j - 1] and self.a[i - 1] == self.b[j - 1]:
                i, j = i - 1, j - 1
            while (
                end_a < len(self.a)
                and end_b < len(self.b)
                and free_a[end_a]
                and free_b[end_b]
                and self.a[end_a] == self.b[end_b]
            ):
                end_a, end_b = end_a + 1, end_b + 1
            near = last is not None and 0 <= i - last[0] <= 40 and 0 <= j - last[1] <= 40
            if end_a - i < SHORTEST_MOVED and not near:
                continue
            if near and last is not None:
                self._fill(last[0], i, last[1], j, free_a, free_b)
            self._take(i, j, end_a - i, free_a, free_b)
            last = (end_a, end_b)

    def _take(
        self,
        i: int,
        j: int,
        n: int,
        free_a: "npt.NDArray[np.bool_]",
        free_b: "npt.NDArray[np.bool_]",
    ) -> None:
        if not (free_a[i : i + n].all() and free_b[j : j + n].all()):
            return
        self.to_b[i : i + n] = range(j, j + n)
        self.moved[i : i + n] = True
        free_a[i : i + n] = False
        free_b[j : j + n] = False

    def _fill(
        self,
        a0: int,
        a1: int,
        b0: int,
        b1: int,
        free_a: "npt.NDArray[np.bool_]",
        free_b: "npt.NDArray[np.bool_]",
    ) -> None:
        """What stands between two moved runs that belong together."""
        from rapidfuzz.distance import LCSseq

        edits = LCSseq.editops(self.text_a[a0:a1], self.text_b[b0:b1])
        for block in edits.as_matching_blocks():
            self._take(a0 + block.a, b0 + block.b, block.size, free_a, free_b)


def _as_text(ids: "Ints") -> str:
    # Some of these code points are surrogates; they never leave this module.
    codes = (ids + _FIRST_CHARACTER).astype("<u4")
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def _anchors(
    a: "Ints",
    b: "Ints",
    gram: int,
    free_a: "npt.NDArray[np.bool_] | None" = None,
    free_b: "npt.NDArray[np.bool_] | None" = None,
) -> "tuple[Ints, Ints]":
    """Where rows of `gram` words start that stand once in A and once in B, by place in A."""
    import numpy as np

    at_a, keys_a = _once(a, gram, free_a)
    at_b, keys_b = _once(b, gram, free_b)
    _, here, there = np.intersect1d(keys_a, keys_b, assume_unique=True, return_indices=True)
    starts_a, starts_b = at_a[here], at_b[there]
    order = np.argsort(starts_a, kind="stable")
    starts_a, starts_b = starts_a[order], starts_b[order]
    real = np.ones(len(starts_a), dtype=bool)
    for step in range(gram):  # keys are hashes: look at the words themselves
        real &= a[starts_a + step] == b[starts_b + step]
    return starts_a[real], starts_b[real]


def _once(
    ids: "Ints", gram: int, free: "npt.NDArray[np.bool_] | None"
) -> "tuple[Ints, npt.NDArray[np.uint64]]":
    import numpy as np

    count = len(ids) - gram + 1
    if count <= 0:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.uint64)
    keys = np.zeros(count, dtype=np.uint64)
    for step in range(gram):
        keys = keys * np.uint64(0x9E3779B97F4A7C15) + ids[step : step + count].astype(np.uint64)
        keys ^= keys >> np.uint64(29)
    places = np.arange(count, dtype=np.int64)
    if free is not None:
        whole = np.ones(count, dtype=bool)
        for step in range(gram):
            whole &= free[step : step + count]
        keys, places = keys[whole], places[whole]
    found, first, counts = np.unique(keys, return_index=True, return_counts=True)
    single = counts == 1
    return places[first[single]], found[single]


def _runs(starts_a: "Ints", starts_b: "Ints") -> "tuple[Ints, Ints, Ints]":
    """Neighbouring anchors as one: (start in A, start in B, how many)."""
    import numpy as np

    if not len(starts_a):
        return starts_a, starts_b, starts_a
    breaks = (np.diff(starts_a) != 1) | (np.diff(starts_b) != 1)
    firsts = np.concatenate(([0], np.flatnonzero(breaks) + 1))
    lengths = np.diff(np.concatenate((firsts, [len(starts_a)])))
    return starts_a[firsts], starts_b[firsts], lengths


def _spine(at_a: "Ints", at_b: "Ints", lengths: "Ints") -> list[tuple[int, int, int]]:
    """The runs that stand in the same order in both texts and hold the most anchors."""
    runs = list(zip(at_a.tolist(), at_b.tolist(), lengths.tolist(), strict=True))
    # Ends in B in rising order, each with the heaviest row that ends there: both columns rise.
    ends: list[int] = []
    weights: list[int] = []
    tips: list[int] = []
    before: list[int] = []
    for index, (_, j, n) in enumerate(runs):
        place = bisect_right(ends, j) - 1
        weight = n + (weights[place] if place >= 0 else 0)
        before.append(tips[place] if place >= 0 else -1)
        end = j + n
        at = bisect_right(ends, end)
        if at and weights[at - 1] >= weight:
            continue
        stop = at
        while stop < len(ends) and weights[stop] <= weight:
            stop += 1
        if at and ends[at - 1] == end:
            at -= 1
        ends[at:stop] = [end]
        weights[at:stop] = [weight]
        tips[at:stop] = [index]
    chosen = []
    index = tips[-1] if tips else -1
    while index >= 0:
        chosen.append(runs[index])
        index = before[index]
    return chosen[::-1]


def differing_words(a: str, b: str) -> tuple[list[Span], list[Span]]:
    """The spans of A and of B that the other has not, whole words, neighbours joined."""
    found = changes(a, b)
    return (
        [Span(start, end) for start, end, _, _ in found if start < end],
        [Span(start, end) for _, _, start, end in found if start < end],
    )


def changes(a: str, b: str) -> list[tuple[int, int, int, int]]:
    """What was put in the place of what: spans of A and of B in order, either may be empty.

    Words are compared as written, so a change of case or of a mark inside a word counts.
    """
    from rapidfuzz.distance import LCSseq

    words_a = [(token.start, token.end) for token in folding.tokens(a)]
    words_b = [(token.start, token.end) for token in folding.tokens(b)]
    numbers: dict[str, int] = {}
    row_a = [numbers.setdefault(a[start:end], len(numbers)) for start, end in words_a]
    row_b = [numbers.setdefault(b[start:end], len(numbers)) for start, end in words_b]
    found: list[tuple[int, int, int, int]] = []
    at_a = at_b = 0
    for block in LCSseq.editops(row_a, row_b).as_matching_blocks():  # the last one is empty
        if at_a < block.a or at_b < block.b:
            found.append((*_cover(words_a, at_a, block.a), *_cover(words_b, at_b, block.b)))
        at_a, at_b = block.a + block.size, block.b + block.size
    return found


def _cover(words: Sequence[tuple[int, int]], first: int, end: int) -> tuple[int, int]:
    if first < end:
        return words[first][0], words[end - 1][1]
    place = words[first - 1][1] if first else 0
    return place, place
