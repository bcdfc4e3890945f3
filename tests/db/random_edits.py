"""Texts that say many things twice, and random edits of them that know where each letter went."""

import random

WORDS = [
    "mill", "quay", "ledger", "barrel", "oil", "harbour", "clerk", "ship", "storm", "🚢",
    "cafe\u0301", "ميناء", "港口", "the", "of", "and", "was", "a", "said", "wrote", "lent", "paid",
]  # fmt: skip


def written(seed, length):
    """A text in which many stretches are said more than once, as in tables and refrains."""
    dice = random.Random(seed)
    refrain = "Carried forward to the next page of the ledger, as agreed with the clerk.\n\n"
    parts = []
    while sum(map(len, parts)) < length:
        parts.append(" ".join(dice.choices(WORDS, k=dice.randint(5, 40))) + ".\n\n")
        if dice.random() < 0.15:
            parts.append(refrain)
    return "".join(parts)


def edited(text, dice, edits):
    """The text after random edits, and for each old character where it went (None: gone)."""
    letters = [(character, at) for at, character in enumerate(text)]
    for _ in range(edits):
        at = dice.randrange(len(letters) + 1)
        what = dice.choice(("insert", "delete", "replace", "copy", "move"))
        length = dice.randint(1, 60)
        piece = letters[at : at + length]
        if what == "insert":
            new = [(character, None) for character in " ".join(dice.choices(WORDS, k=3))]
            letters[at:at] = new
        elif what == "delete":
            del letters[at : at + length]
        elif what == "replace":
            letters[at : at + length] = [("x", None) for _ in piece]
        elif what == "copy":
            # Elsewhere: of two equal pieces side by side nobody can say which is the new one.
            to = (at + 500 + dice.randrange(len(letters))) % len(letters)
            letters[to:to] = [(character, None) for character, _ in piece]
        else:
            del letters[at : at + length]
            to = dice.randrange(len(letters) + 1)
            letters[to:to] = piece
    went = dict.fromkeys(range(len(text)))
    for now, (_, was) in enumerate(letters):
        if was is not None:
            went[was] = now
    return "".join(character for character, _ in letters), went
