"""What a percentage or fraction speaks of: a part of a whole, or a growth, a price, an interest."""

import re
from collections.abc import Sequence

from db import cues
from db.noticed import Sentence, Stated

_BY = re.compile(
    r"\b(?:by|at|um|mit|de|на|под)\s{0,2}(?:about |some |nearly |only )?$", re.IGNORECASE
)
# "18 per cent of all farms" names a whole of its own; "of the total" means the one before.
_OWN_WHOLE = re.compile(
    r"^\s{0,2}(?:of|der|des|von|vom|de|du|des|всех|всего|от)\s"
    r"(?!(?:the |that |this |its |their |la |le |der |dem )?"
    r"(?:total|whole|sum|amount|number|all\b(?! \w)|gesamt|somme|общ|them|it\b))"
)
_MADE_UP = re.compile(r"\bma(?:de|kes|king) up\b")


def is_share(stated: Stated) -> bool:
    """Whether a figure says which part of a whole something is."""
    figure = stated.figure
    if figure.value_high is not None or figure.per is not None or figure.value <= 0:
        return False
    if figure.unit == "percent":
        return figure.value <= 100
    return figure.unit == "fraction" and figure.value < 1


def is_change(sentence: Sentence, share: Stated) -> bool:
    """Whether a percentage tells a growth, a price or an interest, and no part of anything."""
    before = _MADE_UP.sub(" ", re.split(r"[,;:(]", sentence.before(share, 60))[-1])
    after = re.split(r"[,;:.)]", sentence.after(share, 25), maxsplit=1)[0]
    return bool(_BY.search(before) or cues.CHANGE.search(before) or cues.CHANGE.search(after[:18]))


def has_own_whole(sentence: Sentence, share: Stated) -> bool:
    after = sentence.after(share, 60)
    match = _OWN_WHOLE.match(after)
    if match is None:
        return False
    # "75 per cent of the 60 lorries": the whole follows with its number.
    return not any(each.isdigit() for each in after[match.end() : match.end() + 20])


def named_whole(share: Stated, run: Sequence[Sentence]) -> str:
    """The first words of the whole a percentage names: "the land" of "35 per cent of the land"."""
    for one in run:
        if share in one.figures and (match := _OWN_WHOLE.match(after := one.after(share, 60))):
            words = re.sub(r"\b(?:the|its|their|all)\b", " ", after[match.end() :]).split()
            return words[0].strip(".,;:") if words else ""
    return ""
