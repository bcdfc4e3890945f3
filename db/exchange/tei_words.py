"""Words with elements around some of them: marks nested where they nest, anchors where they cross."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from db.exchange import xml_tree
from db.exchange.xml_tree import Element


@dataclass(frozen=True, slots=True)
class Mark:
    """An element around the words at [start, end); `inner` are the attributes of a num in it."""

    start: int
    end: int
    tag: str
    attributes: dict[str, object] = field(default_factory=dict)
    inner: dict[str, object] = field(default_factory=dict)

    def told(self) -> dict[str, object]:
        """What it says, in one."""
        both = self.attributes | self.inner
        return {name: value for name, value in both.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Anchor:
    """A point that something elsewhere refers to."""

    at: int
    name: str


def fill(
    element: Element,
    text: str,
    offset: int,
    marks: Sequence[Mark],
    anchors: Sequence[Anchor],
    name: str = "x",
) -> list[tuple[str, Mark]]:
    """Put `text`, which begins at `offset`, into an empty element; marks come outermost first.

    Returns the marks that cross others, each with the name of the anchors that stand for it; all
    of these begin with `name`.
    """
    nested, crossing = _nested(marks)
    named = [(f"{name}-{mark.start}-{at}", mark) for at, mark in enumerate(crossing)]
    points = list(anchors)
    for each, mark in named:
        points += [Anchor(mark.start, f"a-{each}"), Anchor(mark.end, f"z-{each}")]
    points.sort(key=lambda point: point.at)
    _write(element, text, offset, nested, points)
    return named


def _nested(marks: Sequence[Mark]) -> tuple[list[Mark], list[Mark]]:
    nested: list[Mark] = []
    crossing: list[Mark] = []
    open_: list[Mark] = []
    for mark in marks:
        while open_ and open_[-1].end <= mark.start:
            open_.pop()
        # TEI has no measure in a date, and one in another would count its words twice.
        if open_ and (
            mark.end > open_[-1].end or open_[-1].tag != "measure" or mark.tag == "measure"
        ):
            crossing.append(mark)
            continue
        nested.append(mark)
        open_.append(mark)
    return nested, crossing


def _write(
    element: Element, text: str, offset: int, marks: Sequence[Mark], anchors: Sequence[Anchor]
) -> None:
    lines = [offset + at for at, sign in enumerate(text) if sign == "\n"]
    places = sorted(
        {offset, offset + len(text)}
        | {max(offset, min(anchor.at, offset + len(text))) for anchor in anchors}
        | {place for mark in marks for place in (mark.start, mark.end)}
        | set(lines)
    )
    breaks = set(lines)
    at = element
    open_: list[tuple[Element, int, Element]] = []  # an element, where it ends, what it stands in
    next_mark = next_anchor = 0
    for here, there in zip(places, [*places[1:], offset + len(text)], strict=True):
        while open_ and open_[-1][1] == here:
            at = open_.pop()[2]
        while next_anchor < len(anchors) and anchors[next_anchor].at <= here:
            xml_tree.add(at, "anchor", xml_id=anchors[next_anchor].name)
            next_anchor += 1
        while next_mark < len(marks) and marks[next_mark].start == here:
            mark = marks[next_mark]
            outside = at
            at = xml_tree.add(at, mark.tag, **mark.attributes)
            if mark.inner:
                at = xml_tree.add(at, "num", **mark.inner)
            open_.append((at, mark.end, outside))
            next_mark += 1
        if here in breaks:
            xml_tree.add(at, "lb")
        _say(at, text[here - offset : there - offset])
    for anchor in anchors[next_anchor:]:
        xml_tree.add(at, "anchor", xml_id=anchor.name)


def _say(element: Element, words: str) -> None:
    if not words:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + xml_tree.text(words)
    else:
        element.text = (element.text or "") + xml_tree.text(words)
