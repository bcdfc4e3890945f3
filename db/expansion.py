"""What a leaf of a query stands for in the index: phrases of folded words, and their FTS5 text."""

from collections.abc import Iterable
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from db import folding, variants, vocabulary
from db.query import Near, Words

if TYPE_CHECKING:
    from db.archive import Archive

MOST_COMBINATIONS = 64
# x* alone takes FTS5 0.04-1.2 s at 1,000,000 passages; its eight commonest words 1 ms.
QUICK_COMPLETIONS = 8


class Phrase(NamedTuple):
    """Tokens side by side; the last is the beginning of a word where `is_prefix`."""

    tokens: tuple[str, ...]
    is_prefix: bool = False


def phrases(
    archive: "Archive", leaf: Words, most: int = vocabulary.MOST_FORMS, *, quick: bool = False
) -> list[Phrase]:
    """Every phrase of the index that `leaf` finds; `quick`: of a beginning the commonest words."""
    tokens = leaf.tokens
    match leaf.form:
        case "prefix" if quick and len(tokens) == 1:
            words = vocabulary.completions(archive, tokens[0], QUICK_COMPLETIONS)
            return [Phrase((word,)) for word, _ in words] or [Phrase(tokens)]
        case "number":
            return [Phrase(variant) for variant in variants.of_number(tokens[0])]
        case "word" if len(tokens) == 1:
            return [Phrase((form,)) for form in vocabulary.forms(archive, tokens[0], most)]
        case form:
            return [Phrase(tokens, form == "prefix")]


def parts(archive: "Archive", near: Near) -> list[list[Phrase]]:
    """The phrases of each part of a proximity; together few enough to be combined."""
    most = max(1, int(MOST_COMBINATIONS ** (1 / len(near.parts))))
    return [phrases(archive, Words(part), most) for part in near.parts]


def expression(
    archive: "Archive",
    leaf: Words | Near,
    most: int = vocabulary.MOST_FORMS,
    *,
    quick: bool = False,
) -> str:
    """The FTS5 expression for `leaf`; made of folded words only, so nothing needs escaping."""
    if isinstance(leaf, Words):
        return _either(_quoted(phrase) for phrase in phrases(archive, leaf, most, quick=quick))
    combinations = product(*parts(archive, leaf))
    return _either(
        f"NEAR({' '.join(map(_quoted, combination))}, {leaf.distance})"
        for combination in combinations
    )


def _either(alternatives: Iterable[str]) -> str:
    found = list(alternatives)
    return found[0] if len(found) == 1 else f"({' OR '.join(found)})"


def _quoted(phrase: Phrase) -> str:
    """The phrase as the index holds it: CJK characters in overlapping pairs."""
    tokens, is_prefix = phrase
    entries = []
    for at, token in enumerate(tokens):
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        if not folding.is_cjk(token):
            entries.append(token)
        elif after and folding.is_cjk(after):
            entries.append(token + after)
        elif after:
            entries.append(token)
        elif not at or not folding.is_cjk(tokens[at - 1]):
            entries.append(token)
            is_prefix = True  # a last character alone may begin a pair
    return f'"{" ".join(entries)}"' + (" *" if is_prefix else "")
