"""Where a date stands in its text: at the head of a sentence or paragraph, in one with another."""

import re

from db.quantities.period_parts import Reading
from db.quantities.period_words import Words

# A "four years later" counts from a date no further before it than this.
NEAR = 300
_SENTENCE_END = re.compile(r"[.!?]\s{1,9}[^\W\d_a-zа-яß-ÿ]|\n[^\S\n]{0,9}\n")


def is_same_sentence(words: Words, end: int, here: int) -> bool:
    """Whether no sentence ends between a date that ended at `end` and one that begins at `here`."""
    text = words.text
    return here - end < NEAR and not _SENTENCE_END.search(text, end, here + 1)


def opens_a_sentence(words: Words, reading: Reading) -> bool:
    """Whether only prepositions stand between the date and the head of its sentence."""
    kinds, at = words.kinds, reading.first
    while at > 0 and kinds[at - 1] in "itfBQU<>F~=S":
        at -= 1
    opens = at == 0 or kinds[at - 1] in "\n.!?"
    # "25 c. en septembre": a small letter shows that the stop was an abbreviation's.
    return opens and not words.word(at)[:1].islower()


def opens_a_paragraph(words: Words, reading: Reading) -> bool:
    """Whether the date stands in the first sentence of a paragraph."""
    text, start = words.text, words.starts[reading.first]
    line = text.rfind("\n", max(0, start - NEAR), start)
    floor = line + 1 if line >= 0 else 0 if start < NEAR else -1
    # "3. Relief works": a number that counts paragraphs ends no sentence.
    return floor >= 0 and not _SENTENCE_END.search(text, min(floor + 4, start), start)
