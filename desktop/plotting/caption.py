"""What a plot must say of itself: how many figures, of what, from where, and what is not drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy
from PySide6.QtCore import QCoreApplication

from db.records import KeptFigure
from desktop.plotting.marks import Feature, Marks
from desktop.plotting.ticks import grouping_locale, number
from desktop.plotting.words import one_line

Quantity = tuple[str | None, str | None]
_MOST_SOURCES = 6


def quantity(kept: KeptFigure) -> Quantity:
    """What a figure measures: dollars and dollars a month never share an axis."""
    return kept.figure.unit, kept.figure.per


def name(quantity: Quantity) -> str:
    """The words for a quantity: "USD", "USD per month", "no unit"."""
    unit, per = quantity
    words = one_line(unit) if unit else _say("no unit")
    return _say("{unit} per {per}").format(unit=words, per=one_line(per)) if per else words


@dataclass(frozen=True, slots=True)
class Shown:
    """How marks are shown: what the caption has to admit."""

    quantity: Quantity
    is_log: bool = False
    hidden: frozenset[int] = frozenset()
    with_rejected: bool = False
    reckoned: str = ""  # how values were worked out from those stated
    units: str = ""  # where they are more than that of `quantity`
    names: Mapping[int, str] = field(default_factory=dict)  # a person's, for sources by id


def caption(marks: Marks, shown: Shown) -> list[str]:
    """The lines under a plot."""
    of_shown_sources = ~numpy.isin(marks.series, list(shown.hidden))
    is_rejected = marks.has(Feature.REJECTED)
    drawn = of_shown_sources if shown.with_rejected else of_shown_sources & ~is_rejected
    lost = numpy.zeros(len(marks), bool)
    if shown.is_log:
        lost = drawn & ~(marks.y > 0)
        drawn = drawn & ~lost
    unreviewed = int((drawn & marks.has(Feature.PROPOSED)).sum())
    total = int(drawn.sum())
    lines = [
        _counted(total, _say("1 figure"), _say("{n} figures"))
        + f" ({shown.units or name(shown.quantity)}), "
        + _counted(unreviewed, _say("1 not reviewed"), _say("{n} not reviewed"))
        + "."
    ]
    left_out = 0 if shown.with_rejected else int((of_shown_sources & is_rejected).sum())
    lines[0] = " ".join([lines[0], *not_drawn(marks, int(lost.sum()), left_out)])
    if shown.is_log:
        lines[0] += " " + _say("Logarithmic scale.")
    if shown.reckoned:
        lines[0] += " " + shown.reckoned
    lines.append(_sources(marks, shown))
    occurring = int(numpy.bitwise_or.reduce(marks.features[drawn])) if total else 0
    lines.append(_key(occurring, has_reviewed=unreviewed < total))
    return [line for line in lines if line]


def not_drawn(marks: Marks, lost_to_logarithm: int = 0, rejected: int = 0) -> list[str]:
    """A sentence for each kind of figure that is missing from the picture."""
    told = []
    if marks.undated:
        told.append(
            _counted(
                len(marks.undated),
                _say("1 figure has no date and is not drawn."),
                _say("{n} figures have no date and are not drawn."),
            )
        )
    if marks.undrawable:
        told.append(
            _counted(
                len(marks.undrawable),
                _say("1 value is too large to draw."),
                _say("{n} values are too large to draw."),
            )
        )
    if lost_to_logarithm:
        told.append(
            _counted(
                lost_to_logarithm,
                _say("1 figure of zero or less has no place on a logarithmic scale."),
                _say("{n} figures of zero or less have no place on a logarithmic scale."),
            )
        )
    if rejected:
        told.append(
            _counted(
                rejected,
                _say("1 rejected figure is left out."),
                _say("{n} rejected figures are left out."),
            )
        )
    return told


def outside(many: int) -> str:
    """The sentence about figures beyond the borders of what is shown; empty if there are none."""
    if not many:
        return ""
    return _counted(
        many,
        _say("1 figure lies outside the part shown."),
        _say("{n} figures lie outside the part shown."),
    )


def legend(marks: Marks, names: Mapping[int, str]) -> list[str]:
    """What each series is called beside a plot: its source, or a person's name for that."""
    labels = [one_line(names.get(source_id, title)) for source_id, title in marks.sources]
    if marks.units:
        labels = [f"{unit} · {label}" for label, unit in zip(labels, marks.units, strict=True)]
    return labels


def more(many: int) -> str:
    """What stands in place of the rest of a list."""
    return _counted(many, _say("and 1 more"), _say("and {n} more"))


def _sources(marks: Marks, shown: Shown) -> str:
    by_id = {
        source_id: one_line(title)
        for series, (source_id, title) in enumerate(marks.sources)
        if series not in shown.hidden
    }
    # A name of a person's is the legend's; what it stands for must be said somewhere.
    titles = [
        f"{one_line(shown.names[source_id])} ({title})" if source_id in shown.names else title
        for source_id, title in by_id.items()
    ]
    if not titles:
        return ""
    listed = "; ".join(titles[:_MOST_SOURCES])
    if len(titles) > _MOST_SOURCES:
        listed += "; " + more(len(titles) - _MOST_SOURCES)
    label = _say("Source: ") if len(titles) == 1 else _say("Sources: ")
    return f"{label}{listed}."


def _key(occurring: int, *, has_reviewed: bool) -> str:
    """What the looks of the marks mean, of those that occur."""
    said = []
    if occurring & Feature.PROPOSED and has_reviewed:
        said.append(_say("pale: not reviewed"))
    for feature, words in (
        (Feature.HOLLOW, _say("hollow: date inferred")),
        (Feature.FLOW, _say("thick bar: over the period")),
        (Feature.OPEN_LEFT | Feature.OPEN_RIGHT, _say("fading bar: period open")),
        (Feature.VAGUE_VALUE, _say("blurred: about")),
        (Feature.MORE, _say("arrow up: more than")),
        (Feature.LESS, _say("arrow down: at most")),
        (Feature.RANGE, _say("upright line: from – to")),
        (Feature.REJECTED, _say("dotted: rejected")),
    ):
        if occurring & feature:
            said.append(words)
    text = "; ".join(said)
    return text[:1].upper() + text[1:] + "." if text else ""


def _counted(many: int, one: str, several: str) -> str:
    if many == 1:
        return one
    return several.format(n=number(many, 0, grouping_locale()))


def _say(text: str) -> str:
    return QCoreApplication.translate("plotting", text)
