"""What a reader sees of annotations in a text: stretches with their look, lanes, cards."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPalette, QTextCharFormat

from db.records import Annotation, Span, Tag
from desktop import mark_colours
from desktop.plain import QT_TRANSLATE_NOOP

MOST_LANES = 4
_SIGNS = {"note": "✎", "bookmark": "★", "memo": "✎", "journal": "✎"}
_KINDS = {
    "highlight": QT_TRANSLATE_NOOP("Annotations", "highlight"),
    "note": QT_TRANSLATE_NOOP("Annotations", "note"),
    "bookmark": QT_TRANSLATE_NOOP("Annotations", "bookmark"),
    "memo": QT_TRANSLATE_NOOP("Annotations", "memo"),
    "journal": QT_TRANSLATE_NOOP("Annotations", "journal"),
    "figure": QT_TRANSLATE_NOOP("Annotations", "figure"),
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the text over which the same annotations lie, the outermost first."""

    start: int
    end: int
    over: tuple[Annotation, ...]


def span(annotation: Annotation) -> Span:
    """The words an annotation stands on; an empty span where it stands on none."""
    return Span(annotation.target.start or 0, annotation.target.end or 0)


class Ordered:
    """Annotations by their place, so that those of a stretch are found without looking at all."""

    def __init__(self, annotations: Sequence[Annotation] = ()) -> None:
        self._rows = sorted(
            (
                (each.target.start or 0, -(each.target.end or 0), each.id, each)
                for each in annotations
            ),
            key=lambda row: row[:3],
        )
        self._starts = [row[0] for row in self._rows]
        # The furthest end so far: rises, so that what reaches into a stretch can be searched.
        self._ends: list[int] = []
        for row in self._rows:
            self._ends.append(max(-row[1], self._ends[-1] if self._ends else 0))

    def __len__(self) -> int:
        return len(self._rows)

    def within(self, seen: Span) -> list[Annotation]:
        """Those that touch `seen`, outermost and first before inner and later ones."""
        first = bisect_right(self._ends, seen.start)
        last = bisect_left(self._starts, seen.end)
        return [row[3] for row in self._rows[first:last] if -row[1] > seen.start]


def stretches(annotations: Ordered, seen: Span) -> list[Stretch]:
    """The annotations as stretches that do not overlap, cut to what is seen."""
    marked = [
        (max(each.target.start or 0, seen.start), min(each.target.end or 0, seen.end), each)
        for each in annotations.within(seen)
        if each.kind != "bookmark"
    ]
    cuts = sorted({at for start, end, _ in marked for at in (start, end)})
    found: list[Stretch] = []
    over: list[tuple[int, Annotation]] = []
    coming = 0
    for start, end in pairwise(cuts):
        over = [(until, each) for until, each in over if until > start]
        while coming < len(marked) and marked[coming][0] <= start:
            over.append((marked[coming][1], marked[coming][2]))
            coming += 1
        if over:
            found.append(Stretch(start, end, tuple(each for _, each in over)))
    return found


def look(stretch: Stretch, tags: Mapping[int, Tag], palette: QPalette) -> QTextCharFormat:
    """The ground of a stretch: the innermost's colour; where several lie, mixed and overlined."""
    made = QTextCharFormat()
    grounds = [mark_colours.ground(colour(each, tags), palette) for each in stretch.over]
    shown = grounds[-1]
    if len(grounds) > 1:
        shown = mark_colours.mixed(grounds[-1], grounds[-2], 0.6)
        # Not by colour alone: a line above the words says that more than one lies here.
        made.setFontOverline(True)
    made.setBackground(shown)
    return made


def colour(annotation: Annotation, tags: Mapping[int, Tag]) -> str | None:
    """Its own colour, else that of its first tag that has one."""
    if annotation.colour:
        return annotation.colour
    return next((c for c in (tag_colour(each, tags) for each in annotation.tag_ids) if c), None)


def lanes(annotations: Sequence[Annotation]) -> dict[int, int]:
    """Annotation id -> its lane, so that no two that touch share one; the last takes the rest."""
    ends: list[int] = []
    placed: dict[int, int] = {}
    for each in sorted(annotations, key=lambda each: (span(each).start, -span(each).end)):
        lane = next((n for n, end in enumerate(ends) if end <= span(each).start), len(ends))
        if lane < len(ends):
            ends[lane] = span(each).end
        else:
            ends.append(span(each).end)
        placed[each.id] = min(lane, MOST_LANES - 1)
    return placed


def sign(annotation: Annotation, tags: Mapping[int, Tag]) -> str:
    """One letter for the lane: the tag's own, else what kind of annotation it is."""
    for tag_id in annotation.tag_ids:
        tag = tags.get(tag_id)
        if tag is not None and tag.letter:
            return tag.letter
    return _SIGNS.get(annotation.kind, "✎" if annotation.body else "")


def label(annotation: Annotation, tags: Mapping[int, Tag]) -> str:
    """The names of its tags, for where there is room."""
    return ", ".join(tags[each].name for each in annotation.tag_ids if each in tags)


def tag_path(tag_id: int, tags: Mapping[int, Tag]) -> str:
    """A tag with those above it: "economy/loans"."""
    names: list[str] = []
    tag = tags.get(tag_id)
    while tag is not None and len(names) < len(tags):
        names.insert(0, tag.name)
        tag = tags.get(tag.parent_id) if tag.parent_id is not None else None
    return "/".join(names)


def card(annotations: Sequence[Annotation], tags: Mapping[int, Tag]) -> str:
    """What is said at a place: notes, tags, who and when; the innermost first."""
    return "\n\n".join(_card(each, tags) for each in reversed(annotations))


def kind(annotation: Annotation) -> str:
    """The kind's name as a person reads it."""
    return kind_name(annotation.kind)


def kind_name(kind: str) -> str:
    """As `kind`, of the word the archive stores; "figure" stands for a figure on the shelf."""
    return QCoreApplication.translate("Annotations", _KINDS.get(kind, kind))


def _card(annotation: Annotation, tags: Mapping[int, Tag]) -> str:
    lines = [annotation.body] if annotation.body else []
    named = label(annotation, tags)
    if named:
        lines.append(f"# {named}")
    what = kind(annotation)
    if annotation.colour:
        what += f", {mark_colours.name(annotation.colour)}"
    told = (what, annotation.person, annotation.made_at[:10])
    lines.append(" · ".join(part for part in told if part))
    return "\n".join(lines)


def _ends(annotation: Annotation) -> tuple[int, int]:
    return span(annotation).start, span(annotation).end


def tag_colour(tag_id: int, tags: Mapping[int, Tag]) -> str | None:
    """A tag's colour, or that of the nearest above it that has one."""
    passed: set[int] = set()
    tag = tags.get(tag_id)
    while tag is not None and tag.id not in passed:
        if tag.colour:
            return tag.colour
        passed.add(tag.id)
        tag = tags.get(tag.parent_id) if tag.parent_id is not None else None
    return None
