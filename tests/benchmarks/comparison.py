"""Measures comparing against difflib and rapidfuzz: python -m tests.benchmarks.comparison.

Run by hand; nothing here has a threshold. Texts are made (seeded) with edits that are known, so
that what each way finds again can be told beside how long it took.
"""

import argparse
import difflib
import random
import resource

from db import alignment, comparison, pairing
from db.records import Passage
from tests.benchmarks.pairs import cpu, pair

PASSAGE = 70
VOCABULARY = [f"w{number}" for number in range(20_000)]
WEIGHTS = [1 / (number + 3) for number in range(20_000)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=2)
    chosen = parser.parse_args()
    for rate in (0.03, 0.2):
        words(chosen.words, rate, chosen.rounds)
    passages(300, 3000, 0.6, chosen.rounds)
    whole(chosen.words)


def words(count: int, rate: float, rounds: int) -> None:
    a, b, truth = versions(count, rate)
    name = f"align 2 x {count:,} words, {rate:.0%} edited"
    pair(name, lambda: _difflib(a, b), lambda: alignment.align(a, b), rounds)
    ours = {(i, int(j)) for i, j in enumerate(alignment.align(a, b).to_b) if j >= 0}
    theirs = set(_difflib(a, b))
    for who, found in (("difflib", theirs), ("ours", ours)):
        right = len(found & truth)
        print(f"  {who}: recall {right / len(truth):.4f}, precision {right / len(found):.4f}")


def passages(few: int, many: int, rate: float, rounds: int) -> None:
    from rapidfuzz import fuzz, process

    chosen = random.Random(5)
    theirs = [_words(chosen, PASSAGE) for _ in range(many)]
    right = chosen.sample(range(many), few)
    mine = [_edited(chosen, theirs[at], rate)[0] for at in right]
    texts_a, texts_b = [" ".join(each) for each in mine], [" ".join(each) for each in theirs]
    pair(
        f"pair {few} x {many} passages, {rate:.0%} edited",
        lambda: process.cdist(texts_a, texts_b, scorer=fuzz.ratio),
        lambda: pairing.candidates(mine, theirs),
        rounds,
    )
    found = pairing.candidates(mine, theirs)
    first = sum(at == ranked[0][0] for at, ranked in zip(right, found, strict=True) if ranked)
    five = sum(
        at in [place for place, _ in ranked] for at, ranked in zip(right, found, strict=True)
    )
    print(f"  recall@1 {first / few:.3f}, recall@5 {five / few:.3f}")


def whole(count: int) -> None:
    a, b, _ = versions(count, 0.1)
    rows = []
    for first, text in ((1, a), (1_000_000, b)):
        cut = [" ".join(text[at : at + PASSAGE]) for at in range(0, len(text), PASSAGE)]
        rows.append([Passage(first + at, 1, at, 0, len(each), "paragraph", None, each)
                     for at, each in enumerate(cut)])  # fmt: skip
    seconds, pairs = cpu(lambda: comparison.pairs_of(*rows))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"compare 2 x {count:,} words as passages: {seconds:.2f} CPU s, {len(pairs):,} pairs,")
    print(f"  at most {most:.0f} MB in this process, difflib's share among them")


def versions(count: int, rate: float) -> tuple[list[str], list[str], set[tuple[int, int]]]:
    """A text, its edited version with moved, dropped and new passages, and which word is which."""
    chosen = random.Random(7)
    texts = [_words(chosen, PASSAGE) for _ in range(count // PASSAGE)]
    places = list(range(len(texts)))
    moved = set(chosen.sample(places, len(places) // 50))
    dropped = set(chosen.sample(places, len(places) // 50))
    order = [at for at in places if at not in moved | dropped]
    for at in moved - dropped:
        order.insert(chosen.randrange(len(order)), at)
    b: list[str] = []
    truth = set()
    for at in order:
        edited, kept = _edited(chosen, texts[at], rate)
        truth |= {(at * PASSAGE + i, len(b) + j) for i, j in kept}
        b += edited
        if chosen.random() < 0.02:
            b += _words(chosen, PASSAGE)
    return [word for text in texts for word in text], b, truth


def _words(chosen: random.Random, count: int) -> list[str]:
    return chosen.choices(VOCABULARY, weights=WEIGHTS, k=count)


def _edited(
    chosen: random.Random, text: list[str], rate: float
) -> tuple[list[str], list[tuple[int, int]]]:
    edited: list[str] = []
    kept = []
    for at, word in enumerate(text):
        die = chosen.random()
        if die < 0.6 * rate:
            edited += _words(chosen, 1)
        elif die >= 0.8 * rate:
            if die < rate:
                edited += _words(chosen, 1)
            kept.append((at, len(edited)))
            edited.append(word)
    return edited, kept


def _difflib(a: list[str], b: list[str]) -> list[tuple[int, int]]:
    blocks = difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return [(one.a + step, one.b + step) for one in blocks for step in range(one.size)]


if __name__ == "__main__":
    main()
