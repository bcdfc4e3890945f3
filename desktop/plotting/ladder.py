"""Figures by how far a matter had come: asked for, offered, agreed, delivered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from desktop.plotting.caption import Quantity, quantity
from desktop.plotting.gathering import in_order, joined
from desktop.plotting.marks import Feature, Marks, marks
from desktop.plotting.setting import Reader
from desktop.plotting.ticks import Ticks

# From the promise to the delivery; what only some archives tell has a place only there.
STAGES = ("asked", "cut", "offered", "planned", "agreed", "delivered", "denied", "")
_ALWAYS = ("asked", "offered", "agreed", "delivered")
_BREADTH = 0.72  # of a stage, over which its sources stand side by side
_LETTER = 7.5  # pixels, about
_OF_TIME = ~int(
    Feature.HOLLOW | Feature.OPEN_LEFT | Feature.OPEN_RIGHT | Feature.VAGUE_DATE | Feature.FLOW
)

# What a source tells of one matter, in order: figures, each with its stage.
Ladder = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Laddered:
    """Marks of which x is a stage: 0 is the first of `stages`."""

    marks: Marks
    stages: tuple[str, ...]


def laddered(parts: Sequence[Marks], ladders: Sequence[Ladder] = ()) -> tuple[Laddered, ...]:
    """Each part with its figures at their stages, those without a date as well.

    A stage is what a ladder found in the text says, else what the figure is said to be. Sources
    stand side by side within a stage.
    """
    told = {figure_id: stage for ladder in ladders for figure_id, stage in ladder}
    whole = [_with_undated(part) for part in parts]
    stage_of = [_stages(part, told) for part in whole]
    met = {STAGES[place] for places in stage_of for place in numpy.unique(places).tolist()}
    stages = tuple(stage for stage in STAGES if stage in met or stage in _ALWAYS)
    rungs = numpy.array([stages.index(each) if each in stages else 0 for each in STAGES])
    sources = dict.fromkeys(source_id for part in whole for source_id, _ in part.sources)
    rank = {source_id: place for place, source_id in enumerate(sources)}
    found = []
    for part, places in zip(whole, stage_of, strict=True):
        place = rungs[places].astype(numpy.float64)
        ranks = numpy.array([rank[source_id] for source_id, _ in part.sources] or [0])
        aside = (ranks[part.series] + 0.5) / max(len(rank), 1) - 0.5
        x = place + aside * _BREADTH
        features = part.features & _OF_TIME
        found.append(
            Laddered(in_order(replace(part, x=x, left=x, right=x, features=features)), stages)
        )
    return tuple(found)


def joins(marks: Marks, ladders: Sequence[Ladder]) -> NDArray[numpy.intp]:
    """Pairs of the places of marks that follow each other in a ladder, in one unit.

    A stage of which several figures are told is joined with none: which of them went on to the
    next is not said.
    """
    told = numpy.flatnonzero(numpy.isin(marks.ids, [rung[0] for each in ladders for rung in each]))
    place = {int(marks.ids[at]): at for at in told.tolist()}
    pairs: list[tuple[int, int]] = []
    for ladder in ladders:
        by_unit: dict[Quantity, dict[str, list[int]]] = {}
        for figure_id, stage in ladder:
            if (at := place.get(figure_id)) is not None:
                stages = by_unit.setdefault(quantity(marks.figures[at]), {})
                stages.setdefault(stage, []).append(at)
        for stages in by_unit.values():
            for above, below in pairwise(stages.values()):
                if len(above) == len(below) == 1:
                    pairs.append((above[0], below[0]))
    return numpy.array(pairs, numpy.intp).reshape(-1, 2)


def reader(stages: Sequence[str]) -> Reader:
    """Ticks that name the stages."""
    words = [said(stage) for stage in stages]
    longest = max(map(len, words), default=0) * _LETTER + 10

    def ticks(low: float, high: float, size: float) -> Ticks:
        room = size / (high - low)
        # Too narrow for all side by side: every second one stands a line lower.
        every, lowered = (2 if room * 2 < longest else 1), room < longest <= room * 2
        seen = [place for place in range(0, len(words), every) if low <= place <= high]
        borders = [place - 0.5 for place in range(len(words) + 1) if low <= place - 0.5 <= high]
        labels = tuple("\n" * (lowered and place % 2) + words[place] for place in seen)
        return Ticks(tuple(map(float, seen)), labels, tuple(borders))

    return ticks


def said(stage: str) -> str:
    """The word for a stage."""
    return {
        "asked": _say("asked for"),
        "cut": _say("cut to"),
        "offered": _say("offered"),
        "planned": _say("planned"),
        "agreed": _say("agreed"),
        "delivered": _say("delivered"),
        "denied": _say("denied"),
    }.get(stage, _say("not said"))


def _stages(part: Marks, told: Mapping[int, str]) -> NDArray[numpy.intp]:
    """For each mark the place of its stage in STAGES."""
    number: dict[str | None, int] = {stage: place for place, stage in enumerate(STAGES)}
    unsaid = number[""]
    places = [number.get(kept.figure.modality, unsaid) for kept in part.figures]
    for at in numpy.flatnonzero(numpy.isin(part.ids, list(told))).tolist():
        places[at] = number.get(told[int(part.ids[at])], places[at])
    return numpy.array(places, numpy.intp)


def _with_undated(part: Marks) -> Marks:
    if not part.undated:
        return part
    undated = marks(part.undated, also_undated=True)
    whole = joined([replace(part, undated=()), undated])
    return replace(whole, undrawable=(*part.undrawable, *undated.undrawable))


def _say(text: str) -> str:
    return QCoreApplication.translate("plotting", text)
