"""Two sources side by side: what became of each passage and of each figure."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import alignment, corrections, counterparts, figures, folding, pairing, sources
from db.counterparts import FigurePair, Pair, Relation
from db.records import Passage

if TYPE_CHECKING:
    from db.archive import Archive


KIN = 0.25  # of the weight of the words of the smaller passage; unrelated ones share less
PIECE = 0.5  # of a piece's words must stand in the passage it was cut from
STRAYED = 0.4  # likeness of two passages that stand in different places
STRAYED_SHORT = 0.7  # the same, of passages of a few words
REWRITTEN = 0.3  # likeness of two passages that no anchor joined


@dataclass(frozen=True, slots=True)
class Comparison:
    """Passages in A's order, with B's own where they stand, and the figures in them."""

    a: int
    b: int
    pairs: tuple[Pair, ...]
    figures: tuple[FigurePair, ...]

    def counts(self) -> dict[Relation, int]:
        """How many pairs there are of each relation."""
        found: dict[Relation, int] = defaultdict(int)
        for pair in self.pairs:
            found[pair.relation] += 1
        return dict(found)


def compare(archive: "Archive", a: int, b: int) -> Comparison:
    """Compare two sources, boilerplate included; UnknownSource where one is not there."""
    passages_a, passages_b = sources.passages(archive, a), sources.passages(archive, b)
    joined, parted = corrections.between(archive, a, b)
    pairs = tuple(pairs_of(passages_a, passages_b, joined, parted))
    return Comparison(
        a,
        b,
        pairs,
        tuple(
            counterparts.of_figures(
                pairs,
                {each.id: each for each in (*passages_a, *passages_b)},
                counterparts.by_passage(figures.in_source(archive, a)),
                counterparts.by_passage(figures.in_source(archive, b)),
            )
        ),
    )


def pairs_of(
    a: Sequence[Passage],
    b: Sequence[Passage],
    joined: Collection[tuple[int, int]] = (),
    parted: Collection[tuple[int, int]] = (),
) -> list[Pair]:
    """What became of each passage: every one is in a pair, and of one relation.

    `joined` and `parted` are a person's corrections, as ids of a passage of A and one of B: these
    belong together whatever they say, and those do not.
    """
    at_a = {each.id: at for at, each in enumerate(a)}
    at_b = {each.id: at for at, each in enumerate(b)}

    def places(ids: Collection[tuple[int, int]]) -> frozenset[tuple[int, int]]:
        return frozenset((at_a[i], at_b[j]) for i, j in ids if i in at_a and j in at_b)

    texts = [each.text for each in a], [each.text for each in b]
    return _Pairing(*texts, places(joined), places(parted)).pairs(a, b)


class _Pairing:
    """Works on places of passages; `fate_a[i]` is (relation, places in B)."""

    def __init__(
        self,
        a: Sequence[str],
        b: Sequence[str],
        joined: frozenset[tuple[int, int]] = frozenset(),
        parted: frozenset[tuple[int, int]] = frozenset(),
    ) -> None:
        self.a, self.b = a, b
        self.joined, self.parted = joined - parted, parted
        self.plain_a = [" ".join(text.split()) for text in a]
        self.plain_b = [" ".join(text.split()) for text in b]
        self.words_a = [folding.words(text) for text in a]
        self.words_b = [folding.words(text) for text in b]
        self.shared: dict[tuple[int, int], float] = {}
        self.moved: dict[tuple[int, int], float] = {}
        self.common: dict[tuple[int, int], int] = {}
        self._align()
        for pair in self.parted:
            self.shared.pop(pair, None)
        self.fate_a: dict[int, tuple[Relation, list[int]]] = {}
        self.taken_b: set[int] = set()
        self._joined()
        self._pieces()
        self._whole()
        self._equal()
        self._rewritten()
        self._name_moves()

    # -- what is shared -----------------------------------------------------------------------

    def _align(self) -> None:
        import numpy as np

        row_a = [word for words in self.words_a for word in words]
        row_b = [word for words in self.words_b for word in words]
        counts: dict[str, int] = defaultdict(int)
        for word in (*row_a, *row_b):
            counts[word] += 1
        # A rare word says more of a passage than "the": its weight is one over the root of its count.
        weights_a = np.array([counts[word] ** -0.5 for word in row_a])
        weights_b = np.array([counts[word] ** -0.5 for word in row_b])
        in_a = np.repeat(np.arange(len(self.a)), [len(words) for words in self.words_a])
        in_b = np.repeat(np.arange(len(self.b)), [len(words) for words in self.words_b])
        self.weight_a = np.bincount(in_a, weights_a, len(self.a)).tolist()
        self.weight_b = np.bincount(in_b, weights_b, len(self.b)).tolist()
        aligned = alignment.align(row_a, row_b)
        found = np.flatnonzero(aligned.to_b >= 0)
        keys = in_a[found] * max(len(self.b), 1) + in_b[aligned.to_b[found]]
        pairs, index = np.unique(keys, return_inverse=True)
        shared = np.bincount(index, weights_a[found], len(pairs))
        moved = np.bincount(index, weights_a[found] * aligned.moved[found], len(pairs))
        common = np.bincount(index, minlength=len(pairs))
        for key, weight, out_of_order, count in zip(
            pairs.tolist(), shared.tolist(), moved.tolist(), common.tolist(), strict=True
        ):
            pair = divmod(key, max(len(self.b), 1))
            self.shared[pair] = weight
            self.moved[pair] = out_of_order
            self.common[pair] = count

    # -- fates --------------------------------------------------------------------------------

    def _joined(self) -> None:
        """What a person joined, before anything else is looked at."""
        of_b = Counter(j for _, j in self.joined)
        of_a: dict[int, list[int]] = defaultdict(list)
        for i, j in sorted(self.joined):
            of_a[i].append(j)
        for i, others in of_a.items():
            # Several joined with several are merged, all of them: a passage has one relation.
            if any(of_b[j] > 1 for j in others):
                self._take(i, "merged", others)
            else:
                self._take(i, "split" if len(others) > 1 else "changed", others)

    def _pieces(self) -> None:
        """One passage that became several, and several that became one."""
        whole_of_b: dict[int, list[int]] = defaultdict(list)
        whole_of_a: dict[int, list[int]] = defaultdict(list)
        for (i, j), weight in sorted(self.shared.items()):
            if weight >= PIECE * self.weight_b[j]:
                whole_of_b[i].append(j)
            if weight >= PIECE * self.weight_a[i]:
                whole_of_a[j].append(i)
        for i, pieces in whole_of_b.items():
            if i in self.fate_a:
                continue
            held = sum(self.shared[i, j] for j in pieces)
            if len(pieces) > 1 and held >= PIECE * self.weight_a[i]:
                self._take(i, "split", pieces)
        for j, pieces in whole_of_a.items():
            pieces = [i for i in pieces if i not in self.fate_a]
            held = sum(self.shared[i, j] for i in pieces)
            free = j not in self.taken_b and len(pieces) > 1
            if free and held >= PIECE * self.weight_b[j]:
                for i in pieces:
                    self._take(i, "merged", [j])

    def _whole(self) -> None:
        ranked = sorted(self.shared.items(), key=lambda each: (-each[1], each[0]))
        for (i, j), weight in ranked:
            if i in self.fate_a or j in self.taken_b:
                continue
            smaller = min(self.weight_a[i], self.weight_b[j])
            larger = max(self.weight_a[i], self.weight_b[j])
            if weight >= KIN * larger or (
                weight >= 2 * KIN * smaller and weight >= KIN / 2 * larger
            ):
                moved = self.moved[i, j] > weight / 2
                self._take(i, "moved" if moved else "changed", [j])

    def _equal(self) -> None:
        """Passages too short for an anchor (headings) that stand in both, word for word."""
        places: dict[str, list[int]] = defaultdict(list)
        for j, plain in enumerate(self.plain_b):
            if j not in self.taken_b:
                places[plain].append(j)
        for i, plain in enumerate(self.plain_a):
            if i in self.fate_a:
                continue
            for j in places.get(plain, ()):
                if (i, j) not in self.parted:
                    self._take(i, "changed", [j])
                    places[plain].remove(j)
                    break

    def _rewritten(self) -> None:
        """Passages left over that share their rare words and much of their wording."""
        from rapidfuzz import fuzz

        left_a = [i for i in range(len(self.a)) if i not in self.fate_a and self.words_a[i]]
        left_b = [j for j in range(len(self.b)) if j not in self.taken_b and self.words_b[j]]
        if not left_a or not left_b:
            return
        found = pairing.candidates(
            [self.words_a[i] for i in left_a], [self.words_b[j] for j in left_b]
        )
        likely = []
        for i, ranked in zip(left_a, found, strict=True):
            for at, _ in ranked:
                j = left_b[at]
                weight = _likeness(self.words_a[i], self.words_b[j])
                if weight >= REWRITTEN:
                    ratio = fuzz.ratio(self.words_a[i], self.words_b[j]) / 100
                    likely.append((-weight, -ratio, i, j))
        for _, _, i, j in sorted(likely):
            free = i not in self.fate_a and j not in self.taken_b
            if free and (i, j) not in self.parted:
                self._take(i, "changed", [j])

    def _name_moves(self) -> None:
        """Pairs in both orders stay; one that crosses them has moved; equal words are the same."""
        single = [(i, of[0]) for i, (relation, of) in sorted(self.fate_a.items()) if len(of) == 1]
        kept = self._in_order(single)
        for i, j in single:
            relation = self.fate_a[i][0]
            if relation == "merged":
                continue
            if (i, j) not in kept:
                self._moved(i, j)
            elif self.plain_a[i] == self.plain_b[j]:
                self.fate_a[i] = ("same", [j])
            else:
                self.fate_a[i] = ("changed", [j])

    def _moved(self, i: int, j: int) -> None:
        """Out of its order only a likeness that cannot be chance counts; else they are two."""
        least = STRAYED if min(len(self.words_a[i]), len(self.words_b[j])) >= 8 else STRAYED_SHORT
        if (i, j) in self.joined or self._similarity(i, j, "moved") >= least:
            self.fate_a[i] = ("moved", [j])
        else:
            del self.fate_a[i]
            self.taken_b.discard(j)

    def _in_order(self, single: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
        """The heaviest row of pairs that rises in both texts."""
        best: list[tuple[float, int]] = []
        weights = [min(self.weight_a[i], self.weight_b[j]) + 1e-6 for i, j in single]
        tree = _Heaviest(len(self.b) + 1)
        for at, (_, j) in enumerate(single):
            weight, before = tree.up_to(j)
            best.append((weight + weights[at], before))
            tree.put(j, weight + weights[at], at)
        _, at = tree.up_to(len(self.b))
        kept = set()
        while at >= 0:
            kept.add(single[at])
            at = best[at][1]
        return kept

    def _take(self, i: int, relation: Relation, of: list[int]) -> None:
        free = [j for j in of if j not in self.taken_b or relation == "merged"]
        if relation == "split" and len(free) < 2:
            return
        self.fate_a[i] = (relation, free)
        self.taken_b.update(free)

    # -- rows ---------------------------------------------------------------------------------

    def pairs(self, a: Sequence[Passage], b: Sequence[Passage]) -> list[Pair]:
        own: dict[int, list[int]] = defaultdict(list)
        stands = self._where_b_stands()
        for j in range(len(b)):
            if j not in self.taken_b:
                own[stands[j]].append(j)
        found = [Pair(None, b[j].id, "only_b", 0.0) for j in own[-1]]
        for i, passage in enumerate(a):
            relation, of = self.fate_a.get(i, ("only_a", []))
            if not of:
                found.append(Pair(passage.id, None, "only_a", 0.0))
            for j in of:
                found.append(Pair(passage.id, b[j].id, relation, self._similarity(i, j, relation)))
            found += [Pair(None, b[j].id, "only_b", 0.0) for j in own[i]]
        return found

    def _where_b_stands(self) -> list[int]:
        """For each passage of B the place in A behind which it would stand; -1 is the beginning."""
        behind: dict[int, int] = {}
        for i, (relation, of) in self.fate_a.items():
            if relation != "moved":
                for j in of:
                    behind[j] = max(behind.get(j, -1), i)
        stands = []
        last = -1
        for j in range(len(self.b)):
            last = max(last, behind.get(j, -1))
            stands.append(last)
        return stands

    def _similarity(self, i: int, j: int, relation: Relation) -> float:
        """Shared words of both, 0 to 1; of a piece, how much of it stands in the whole."""
        if self.plain_a[i] == self.plain_b[j]:
            return 1.0
        words_a, words_b = self.words_a[i], self.words_b[j]
        if relation == "split":
            return round(min(1.0, self.common.get((i, j), 0) / max(1, len(words_b))), 4)
        if relation == "merged":
            return round(min(1.0, self.common.get((i, j), 0) / max(1, len(words_a))), 4)
        from rapidfuzz.distance import LCSseq

        common = LCSseq.similarity(words_a, words_b)
        # Texts that differ in marks alone are close to 1 and are not 1.
        return round(min(0.9999, 2 * common / max(1, len(words_a) + len(words_b))), 4)


class _Heaviest:
    """Heaviest row that ends at or before a place, in logarithmic time."""

    def __init__(self, size: int) -> None:
        self._best: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)

    def up_to(self, place: int) -> tuple[float, int]:
        best = (0.0, -1)
        place += 1
        while place > 0:
            best = max(best, self._best[place])
            place -= place & -place
        return best

    def put(self, place: int, weight: float, tip: int) -> None:
        place += 1
        while place < len(self._best):
            self._best[place] = max(self._best[place], (weight, tip))
            place += place & -place


def _likeness(a: Sequence[str], b: Sequence[str]) -> float:
    """How much of the shorter one's longer words stand in the other, whatever their order."""
    mine = {word for word in a if len(word) > 3 or not word.isascii()}
    theirs = {word for word in b if len(word) > 3 or not word.isascii()}
    if not mine or not theirs:
        return float(list(a) == list(b))
    return len(mine & theirs) / max(len(mine), len(theirs))
