"""Where figures come from: whom the text names for them, and which sources copy one another."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from db import figures, folding, sources
from db.records import Passage

if TYPE_CHECKING:
    from db.archive import Archive
    from db.records import KeptFigure

SHINGLE = 6  # words in a row that two writers do not find by chance
SHARED = 0.4  # of the shingles around the figure in the shorter passage
AROUND = 240  # characters on each side of a figure that are held against each other

_NAME = r"[^,.;:()\n。，；：]{2,60}"
_ATTRIBUTED = re.compile(
    rf"\b(?:according to|as (?:reported|stated|given) by|on the authority of|cited by|quoted by)"
    rf"\s+(?:the )?(?:data|figures|records|report|statistics)?\s?(?:of |from )?(?:the )?(?P<en>{_NAME})"
    rf"|\b(?:laut|nach Angaben (?:des|der|von)|nach)\s+(?:dem |der |den )?(?P<de>[A-ZÄÖÜ]{_NAME})"
    rf"|\b(?:selon|d['’]après)\s+(?:les |la |le |l['’])?(?P<fr>{_NAME})"
    rf"|\b(?:по данным|согласно|по сведениям|по сообщению)\s+(?P<ru>{_NAME})"
    rf"|(?:据|根据|依据)(?P<zh>[^,.;:()\n。，；：]{{2,20}}?)(?:统计|报告|报道|记载|资料|所述|称|，)",
    re.IGNORECASE,
)
# "according to X the export was": the name ends where the sentence goes on.
_GOES_ON = re.compile(
    r"\s+(?:in|the|at|on|for|it|they|there|a|an|was|were|had|has|der|die|das|es|wurden?|le|la|les|il)\s.*$"
)
_NAMES_NOBODY = re.compile(r"\b(?:plan|law|agreement|treaty|custom|rule|which|this|that)\b")

Reason = Literal["named in the text", "shared wording", "one source"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Figures that go back to one place, and why they are taken to; `name` where a text says it."""

    name: str | None
    figure_ids: tuple[int, ...]
    source_ids: tuple[int, ...]
    reasons: tuple[Reason, ...]


def origins(archive: "Archive", figure_ids: Sequence[int]) -> list[Origin]:
    """The figures by independent origin: how many there are is how many agree independently."""
    kept = figures.rows(archive, figure_ids)
    told = [kept[each] for each in figure_ids if each in kept]
    ids = sorted({each.passage_id for each in told})
    return of_passages(told, sources.passages_by_id(archive, ids))


def of_passages(told: Sequence["KeptFigure"], passages: Mapping[int, Passage]) -> list[Origin]:
    """The same for figures whose passages are at hand."""
    around = []
    for each in told:
        passage = passages.get(each.passage_id)
        around.append(_around(passage.text, each, passage.start) if passage else "")
    return grouped(told, around)


def grouped(told: Sequence["KeptFigure"], around: Sequence[str]) -> list[Origin]:
    """The same for figures with the words around each."""
    names = [attributed(words) for words in around]
    shingles = [_shingles(words) for words in around]
    group = list(range(len(told)))
    reasons: list[set[Reason]] = [set() for _ in told]
    for at, one in enumerate(told):
        for other in range(at):
            reason = _reason(
                (names[at], names[other]),
                (shingles[at], shingles[other]),
                same_source=one.source_id == told[other].source_id,
            )
            if reason:
                old, new = group[at], group[other]
                group = [new if each == old else each for each in group]
                reasons[at].add(reason)
    found = []
    for number in dict.fromkeys(group):
        members = [at for at, each in enumerate(group) if each == number]
        named = [names[at] for at in members if names[at]]
        found.append(
            Origin(
                name=named[0] if named else None,
                figure_ids=tuple(told[at].id for at in members),
                source_ids=tuple(dict.fromkeys(told[at].source_id for at in members)),
                reasons=tuple(sorted({reason for at in members for reason in reasons[at]})),
            )
        )
    return found


def attributed(words: str) -> str | None:
    """Whom the words name as the one who says so: "the Burmese customs"; None where nobody is."""
    match = _ATTRIBUTED.search(words)
    if match is None or match.lastgroup is None:
        return None
    name = _GOES_ON.sub("", match[match.lastgroup]).strip(" \"'“”«»")
    if not name or name[0].isdigit() or _NAMES_NOBODY.search(name):
        return None
    return name


def _reason(
    names: tuple[str | None, str | None],
    shingles: tuple[frozenset[str], frozenset[str]],
    *,
    same_source: bool,
) -> Reason | None:
    mine, theirs = names
    if mine and theirs:
        return "named in the text" if folding.words(mine) == folding.words(theirs) else None
    least = min(len(each) for each in shingles)
    if least and len(shingles[0] & shingles[1]) >= SHARED * least and not same_source:
        return "shared wording"
    return "one source" if same_source and mine == theirs else None


def _around(text: str, kept: "KeptFigure", start: int) -> str:
    first = max(0, kept.figure.start - start - AROUND)
    return text[first : kept.figure.end - start + AROUND]


def _shingles(words: str) -> frozenset[str]:
    row = [word for word in folding.words(words) if not word.isdigit()]
    return frozenset(" ".join(row[at : at + SHINGLE]) for at in range(len(row) - SHINGLE + 1))
