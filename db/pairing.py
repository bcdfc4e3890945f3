"""Which passages of one text are likely to be a passage of another, however much was rewritten."""

from collections.abc import Sequence
from itertools import chain, repeat

MOST_CANDIDATES = 5
TELLING_WORDS = 24  # the rarest words of a passage that are looked up
FEWEST_WORDS = 8
ENOUGH = 400  # passages looked at; more of them only make the slow part slower
COMMONEST = 0.1  # a word in more than a tenth of the passages tells nothing, if there are many
MANY = 40


def candidates(
    a: Sequence[Sequence[str]], b: Sequence[Sequence[str]], limit: int = MOST_CANDIDATES
) -> list[list[tuple[int, float]]]:
    """For each passage of A (as folded words) the likeliest of B with a score, best first.

    Scores add up how rare each shared word is; 0.99 of the right passages are among the first
    five with 60 % of the words rewritten.
    """
    import numpy as np

    if not a or not b:
        return [[] for _ in a]
    ids: dict[str, int] = {}
    for word in chain.from_iterable(a):
        ids.setdefault(word, len(ids))
    count = sum(map(len, b))
    row_b = np.fromiter(map(ids.get, chain.from_iterable(b), repeat(len(ids))), np.int64, count)
    in_b = np.repeat(np.arange(len(b)), [len(words) for words in b])
    known = np.flatnonzero(row_b < len(ids))
    # Which passages hold a word: by word, then by passage, each once. Small numbers sort fastest.
    small = row_b[known].astype(np.uint16 if len(ids) < 1 << 16 else np.int64)
    order = known[np.argsort(small, kind="stable")]
    of_word, places = row_b[order], in_b[order]
    once = np.ones(len(order), dtype=bool)
    once[1:] = (np.diff(of_word) != 0) | (np.diff(places) != 0)
    of_word, places = of_word[once], places[once]
    starts = np.searchsorted(of_word, np.arange(len(ids) + 1)).tolist()
    most = max(COMMONEST * len(b), MANY)
    sizes = np.array([len(words) ** 0.5 + 1 for words in b])
    found: list[list[tuple[int, float]]] = []
    for words in a:
        telling = _telling([ids[word] for word in words], starts, most)
        times = [starts[word + 1] - starts[word] for word in telling]
        there = [places[starts[word] : starts[word + 1]] for word in telling]
        if not there:
            found.append([])
            continue
        worth = np.repeat(np.array(times, dtype=float) ** -0.5, times)
        scores = np.bincount(np.concatenate(there), worth, len(b)) / sizes
        best = np.argpartition(-scores, limit)[:limit] if limit < len(b) else np.arange(len(b))
        best = best[np.lexsort((best, -scores[best]))]
        found.append([(int(at), float(scores[at])) for at in best if scores[at] > 0])
    return found


def _telling(words: Sequence[int], starts: Sequence[int], most: float) -> list[int]:
    """The rarest words that are known in B, until enough of its passages are looked at."""
    known = [
        (count, word)
        for word in set(words)
        if 0 < (count := starts[word + 1] - starts[word]) <= most
    ]
    known.sort()
    chosen: list[int] = []
    looked_at = 0
    for count, word in known[:TELLING_WORDS]:
        if len(chosen) >= FEWEST_WORDS and looked_at > ENOUGH:
            break
        looked_at += count
        chosen.append(word)
    return chosen
