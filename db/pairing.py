"""Which passages of one text are likely to be a passage of another, however much was rewritten."""

from collections import defaultdict
from collections.abc import Sequence

from db import folding

MOST_CANDIDATES = 5
TELLING_WORDS = 24  # the rarest words of a passage that are looked up
COMMONEST = 0.1  # a word in more than a tenth of the passages tells nothing, if there are many
MANY = 40


def candidates(
    a: Sequence[Sequence[str]], b: Sequence[Sequence[str]], limit: int = MOST_CANDIDATES
) -> list[list[tuple[int, float]]]:
    """For each passage of A (as folded words) the likeliest of B with a score, best first.

    Scores add up how rare each shared word is; 0.99 of the right passages are among the first
    five with 60 % of the words rewritten.
    """
    postings: dict[str, list[int]] = {}
    for at, words in enumerate(b):
        for word in set(words):
            postings.setdefault(word, []).append(at)
    most = max(COMMONEST * len(b), MANY)
    sizes = [len(set(words)) ** 0.5 + 1 for words in b]
    found = []
    for words in a:
        known = [word for word in set(words) if word in postings and len(postings[word]) <= most]
        known.sort(key=lambda word: (len(postings[word]), word))
        scores: dict[int, float] = defaultdict(float)
        for word in known[:TELLING_WORDS]:
            worth = 1.0 / len(postings[word]) ** 0.5
            for at in postings[word]:
                scores[at] += worth
        ranked = ((at, score / sizes[at]) for at, score in scores.items())
        found.append(sorted(ranked, key=lambda each: (-each[1], each[0]))[:limit])
    return found


def words_of(text: str) -> list[str]:
    """The words by which a passage is compared."""
    return folding.words(text)
