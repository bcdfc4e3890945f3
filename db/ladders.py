"""What was asked, cut, agreed and delivered of one thing, as a ladder of figures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import cues
from db.kinds import general
from db.noticed import (
    Noticed,
    Sentence,
    Stated,
    Told,
    family,
    number,
    passages_of,
    sentences,
    term,
)
from db.sources import VISIBLE

if TYPE_CHECKING:
    from db.archive import Archive

PASSAGES_APART = 2
WORDS_AROUND = 110  # characters around a figure in which the verb of its stage is looked for
_AND = re.compile(r"^[\s,]{0,3}(?:and|et|und|и|和|及)\s{0,2}$")
_PART_OF = re.compile(r"\b(?:of (?:them|these|those|which)|из них|davon|dont)\b|其中")
_ORDER = ("asked", "cut", "agreed", "delivered")
_MODALITIES = {"asked": "asked", "agreed": "agreed", "offered": "agreed", "delivered": "delivered"}


@dataclass(frozen=True, slots=True)
class _Rung:
    """A stage of a matter and the figures that tell its amount."""

    stage: str
    value: float
    unit: str | None
    figures: tuple[Stated, ...]
    sentence: Sentence
    place: int
    verb_is_near: bool


def kept(archive: "Archive") -> list[tuple[tuple[int, str], ...]]:
    """The ladders that show and nobody dismissed: figures in their order, each with its stage."""
    found: dict[int, list[tuple[int, str]]] = {}
    for finding_id, figure_id, stage in archive.reading().execute(_KEPT).fetchall():
        found.setdefault(finding_id, []).append((figure_id, str(stage or "")))
    return [tuple(rungs) for rungs in found.values() if len(rungs) > 1]


def find(passages: Sequence[Told], language: str | None = None) -> list[Noticed]:
    """The ladders that the passages of one source tell, in the text's order."""
    matters: dict[str, list[_Rung]] = {}
    for passage in passages:
        for place, sentence in enumerate(sentences(passage, language)):
            for rung in _rungs(sentence, place):
                matters.setdefault(str(rung.unit), []).append(rung)
    found = []
    for rungs in matters.values():
        for ladder in _ladders(rungs):
            found.append(_noticed(ladder))
    return sorted(found, key=lambda each: each.figures[0][0].figure.start)


def _rungs(sentence: Sentence, place: int) -> Iterator[_Rung]:
    figures = [each for each in sentence.figures if _counts(each)]
    at = 0
    while at < len(figures):
        figure = figures[at]
        group: tuple[Stated, ...] = (figure,)
        if at + 1 < len(figures) and _are_sorts(sentence, figure, figures[at + 1]):
            group = (figure, figures[at + 1])
        at += len(group)
        if _PART_OF.search(figure.figure.text.lower()) or _PART_OF.search(
            sentence.before(figure, 20)
        ):
            continue
        stage, near = _stage(sentence, figure)
        unit = general(figure.figure.unit) if len(group) > 1 else figure.figure.unit
        yield _Rung(stage, sum(e.value for e in group), unit, group, sentence, place, near)


def _counts(stated: Stated) -> bool:
    figure = stated.figure
    return (
        figure.kind in ("count", "money", "mass")
        and figure.per is None
        and figure.value > 0
        and figure.value_high is None
        and figure.modality != "denied"
    )


def _are_sorts(sentence: Sentence, one: Stated, other: Stated) -> bool:
    return (
        one.figure.unit != other.figure.unit
        and general(one.figure.unit) == general(other.figure.unit)
        and bool(_AND.match(sentence.gap(one, other)))
    )


def _stage(sentence: Sentence, figure: Stated) -> tuple[str, bool]:
    """The stage the nearest verb tells, and whether one was found; else what the grammar read."""
    before = re.split(r"[;:]", sentence.before(figure, WORDS_AROUND))[-1]
    after = re.split(r"[;:,.]", sentence.after(figure, 60), maxsplit=1)[0]
    after = re.split(r"\b(?:and|but|und|aber|et|mais|и|но)\b", after, maxsplit=1)[0]
    behind = _nearest(after, last=False)
    if behind and (not _is_first(sentence, figure) or not _nearest(before[-30:], last=True)):
        # "400 were promised and 250 delivered": what stands before is the other figure's verb.
        return behind, True
    if stage := _nearest(before, last=True):
        return stage, True
    if behind:
        return behind, True
    return _MODALITIES.get(figure.figure.modality or "", ""), False


def _is_first(sentence: Sentence, figure: Stated) -> bool:
    return sentence.figures[0] is figure


def _nearest(words: str, *, last: bool) -> str:
    """The stage whose verb stands last (or first) in the words; a cut outranks what it was of."""
    found = []
    for stage, pattern in cues.STAGES:
        for match in pattern.finditer(words):
            if stage == "cut":
                return "cut"
            found.append((match.start(), stage))
    if not found:
        return ""
    return (max(found) if last else min(found))[1]


def _ladders(rungs: Sequence[_Rung]) -> Iterator[list[_Rung]]:
    """Rungs that follow each other downwards: asked first, each lower or as high as the one above."""
    run: list[_Rung] = []
    for rung in rungs:
        if run and not _goes_on(run[-1], rung):
            yield from _whole(run)
            run = []
        if run and rung.value == run[-1].value:
            run[-1] = _joined(run[-1], rung)
        else:
            run.append(rung)
    yield from _whole(run)


def _goes_on(above: _Rung, rung: _Rung) -> bool:
    near = rung.sentence.passage.ordinal - above.sentence.passage.ordinal <= PASSAGES_APART
    if not near or rung.value > above.value:
        return False
    if above.figures[0].figure.kind != "count":
        # Sums of money near each other are seldom one matter: only neighbours in one passage.
        same = rung.sentence.passage.id == above.sentence.passage.id
        if not same or rung.place - above.place > 1:
            return False
    if not rung.stage:
        return False
    if not above.stage:
        return rung.value == above.value or rung.stage in ("asked", "cut")
    return rung.value == above.value or _ORDER.index(rung.stage) > _ORDER.index(above.stage)


def _joined(above: _Rung, rung: _Rung) -> _Rung:
    stage = above.stage or rung.stage
    return _Rung(
        stage,
        above.value,
        above.unit,
        (*above.figures, *rung.figures),
        rung.sentence,
        rung.place,
        above.verb_is_near or rung.verb_is_near,
    )


def _whole(run: list[_Rung]) -> Iterator[list[_Rung]]:
    while run and not run[0].stage:
        run = run[1:]
    stages = {rung.stage for rung in run}
    if len(run) < 2 or "asked" not in stages or not stages & {"agreed", "delivered", "cut"}:
        return
    if len({rung.value for rung in run}) < 2 or not all(rung.verb_is_near for rung in run):
        return
    if len(run) == 2 and run[0].sentence.passage.id != run[1].sentence.passage.id:
        return
    if len(run) == 2 and run[1].place - run[0].place > 1:
        return
    if not all(
        family(run[0].figures[0], rung.figures[0]) or rung.unit == run[0].unit for rung in run
    ):
        return
    yield run


_KEPT = f"""
    SELECT finding_figures.finding_id, finding_figures.figure_id, finding_figures.role
      FROM findings
      JOIN finding_figures ON finding_figures.finding_id = findings.id
      JOIN figures ON figures.id = finding_figures.figure_id
      JOIN sources ON sources.id = figures.source_id AND sources.text_id = figures.text_id
     WHERE findings.kind = 'ladder' AND findings.judgement IS NOT 'dismissed' AND {VISIBLE}
     ORDER BY finding_figures.finding_id, finding_figures.ordinal
"""
_SAID = {"asked": "asked", "cut": "cut to", "agreed": "agreed", "delivered": "delivered"}


def _noticed(ladder: Sequence[_Rung]) -> Noticed:
    steps = ", ".join(f"{_SAID[rung.stage]} {number(rung.value)}" for rung in ladder)
    unit = ladder[0].unit or ""
    first, last = ladder[0].value, ladder[-1].value
    return Noticed(
        kind="ladder",
        verdict=None,
        message=f"Of one matter ({unit}) the text tells: {steps}.",
        figures=tuple((figure, rung.stage) for rung in ladder for figure in rung.figures),
        passage_ids=passages_of([rung.sentence.passage for rung in ladder]),
        stated=first,
        computed=last,
        arithmetic={
            "rule": "asked to delivered",
            "terms": [term(figure, rung.stage) for rung in ladder for figure in rung.figures],
            "steps": [[rung.stage, rung.value] for rung in ladder],
            "difference": last - first,
        },
    )
