"""What a plot of some kind is made of: which marks, on which axes, and what it says of itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy
from PySide6.QtCore import QCoreApplication

from desktop.plotting import bands, coverage, ladder
from desktop.plotting.caption import Quantity, Shown, name
from desktop.plotting.converting import converted
from desktop.plotting.gathering import joined
from desktop.plotting.marks import NO_MARKS, Feature, Marks
from desktop.plotting.offer import Offer
from desktop.plotting.reckoning import reckoned
from desktop.plotting.scale import wants_log
from desktop.plotting.setting import PLAIN, Setting, Title
from desktop.plotting.state import Look
from desktop.plotting.ticks import grouping_locale, number


@dataclass(frozen=True, slots=True)
class Arranged:
    """Marks where they are drawn, what they stand in, and what the caption owes about both.

    `is_log` is how values are read; of bands the logarithm is in their places already.
    """

    marks: Marks = NO_MARKS
    setting: Setting = PLAIN
    quantities: tuple[Quantity, ...] = ()
    is_log: bool = False
    worked_out: str = ""  # how values were come by
    units: str = ""
    said: str = ""  # what else is to be said

    @property
    def has_log_axis(self) -> bool:
        """Whether the value axis itself is logarithmic."""
        return self.is_log and self.setting.left is None

    def shown(self, hidden: frozenset[int], look: Look) -> Shown:
        """What the caption has to admit, with these series hidden."""
        return Shown(
            self.quantities[0] if self.quantities else (None, None),
            self.has_log_axis,
            hidden,
            look.with_rejected,
            " ".join(filter(None, [self.worked_out, self.said])),
            self.units,
            dict(look.names),
        )


def arranged(offer: Offer, look: Look) -> Arranged:
    """The plot of what is offered as `look` wants it; a quantity that is not there is replaced."""
    quantities = _quantities(offer, look)
    if not quantities:
        return Arranged()
    if look.kind == "coverage":
        return _coverage(offer, look, quantities)
    parts, said = _converted(offer, look, quantities)
    setting = PLAIN
    if look.kind == "ladder":
        steps = ladder.laddered(parts, offer.ladders)
        parts = [step.marks for step in steps]
        stages = steps[0].stages
        setting = replace(
            PLAIN, below=ladder.reader(stages), across=(-0.5, len(stages) - 0.5), is_time=False
        )
    worked_out = [reckoned(part, look.reckoning) for part in parts]
    parts = [each.marks for each in worked_out]
    said += _once([each.said for each in worked_out], quantities)
    is_log = wants_log(parts[0]) if look.is_log is None else look.is_log
    whole = Arranged(
        parts[0], setting, tuple(quantities), is_log, " ".join(said), _units(look, quantities)
    )
    if look.is_every_unit:
        whole = _in_bands(whole, parts, offer)
    elif len(parts) > 1:
        whole = _on_two_axes(whole, parts)
    if look.kind == "ladder":
        whole = _with_joins(whole, offer)
    return _with_remarks(whole)


def _converted(
    offer: Offer, look: Look, quantities: Sequence[Quantity]
) -> tuple[list[Marks], list[str]]:
    """The marks of each quantity, by a table if there is one, and what is to be said of it."""
    if look.conversion is None:
        return [offer.marks(each) for each in quantities], []
    parts, said = [], []
    for each in quantities:
        part, sentence = converted(offer.by_quantity, each, look.conversion)
        parts.append(part)
        # Of many units only those are worth a sentence that the table knows.
        if not look.is_every_unit or any(rate.into == each[0] for rate in look.conversion.rates):
            said.append(sentence)
    return parts, said


def _once(sentences: Sequence[str], quantities: Sequence[Quantity]) -> list[str]:
    """What is said of every unit alike is said once, else of each by its name."""
    if len(set(sentences)) == 1:
        return [sentences[0]] if sentences[0] else []
    pairs = zip(quantities, sentences, strict=True)
    return [f"{name(quantity)}: {sentence}" for quantity, sentence in pairs if sentence]


def _quantities(offer: Offer, look: Look) -> list[Quantity]:
    if look.is_every_unit:
        if look.kind == "coverage":
            return [choice.quantity for choice in offer.choices]
        telling = [
            choice.quantity for choice in offer.choices if choice.dated or look.kind == "ladder"
        ]
        return telling[: bands.MOST_BANDS] or [choice.quantity for choice in offer.choices[:1]]
    first = look.quantity if look.quantity in offer.by_quantity else offer.first()
    if first is None:
        return []
    has_second = (
        look.second is not None
        and look.second != first
        and look.second in offer.by_quantity
        and look.kind != "coverage"
    )
    return [first, look.second] if has_second and look.second is not None else [first]


def _units(look: Look, quantities: Sequence[Quantity]) -> str:
    if look.is_every_unit:
        return "; ".join(map(name, quantities))
    if len(quantities) > 1:
        text = _say("{left}, on the left; {right}, on the right")
        return text.format(left=name(quantities[0]), right=name(quantities[1]))
    return ""


def _in_bands(whole: Arranged, parts: Sequence[Marks], offer: Offer) -> Arranged:
    moved, found = bands.banded(parts, is_log=whole.is_log)
    said = []
    lost = sum(map(len, parts)) - sum(map(len, moved))
    if whole.is_log:
        said.append(_say("Logarithmic scales."))
    if lost:
        text = _say("Figures of zero or less, which have no place on them: {n}.")
        said.append(text.format(n=number(lost, 0, grouping_locale())))
    if more := len(offer.choices) - len(parts):
        said.append(_say("Units not shown: {n}.").format(n=number(more, 0, grouping_locale())))
    titles = [
        Title(name(quantity), band.base + 0.98)
        for quantity, band in zip(whole.quantities, found, strict=True)
    ]
    setting = replace(
        whole.setting,
        left=bands.reader(found),
        up=(0.0, float(len(found))),
        titles=tuple(titles),
        lines=tuple(float(each) for each in range(1, len(found))),
    )
    return replace(whole, marks=joined(moved), setting=setting, said=" ".join(said))


def _on_two_axes(whole: Arranged, parts: Sequence[Marks]) -> Arranged:
    first, second = parts
    factor = bands.ratio(first, second)
    names = [name(quantity) for quantity in whole.quantities]
    marks = joined([first, bands.scaled(second, factor)], apart=names)
    setting = replace(
        whole.setting,
        right=bands.right_reader(second, factor, is_log=whole.is_log),
        titles=(Title("↤ " + names[0]), Title(names[1] + " ↦", is_right=True)),
    )
    return replace(whole, marks=marks, setting=setting)


def _coverage(offer: Offer, look: Look, quantities: Sequence[Quantity]) -> Arranged:
    found = coverage.covered(
        joined([offer.marks(each) for each in quantities]),
        offer.sources,
        look.hidden_sources,
        with_rejected=look.with_rejected,
    )
    said = [
        _say("A row a source, a cell a year: how many figures speak of it; empty: silent."),
    ]
    if found.silent:
        text = _say("Sources that say nothing of this at all: {n}, at the foot.")
        said.append(text.format(n=number(found.silent, 0, grouping_locale())))
    setting = Setting(
        below=coverage.years,
        left=coverage.reader(found.rows),
        up=(-len(found.rows) + 0.5, 0.5) if found.rows else None,
        cells=found.cells,
    )
    units = _say("all units") if look.is_every_unit else ""
    return Arranged(found.marks, setting, tuple(quantities), units=units, said=" ".join(said))


def _with_joins(whole: Arranged, offer: Offer) -> Arranged:
    pairs = ladder.joins(whole.marks, offer.ladders)
    said = [whole.said] if whole.said else []
    if len(pairs):
        said.append(_say("A line joins what one source tells of one matter."))
    return replace(whole, setting=replace(whole.setting, joins=pairs), said=" ".join(said))


def _with_remarks(whole: Arranged) -> Arranged:
    """Say why what could be taken for one row of values is left apart."""
    marks, said = whole.marks, [whole.said] if whole.said else []
    flows = marks.has(Feature.FLOW) & ~marks.has(Feature.REJECTED)
    if whole.setting.is_time and 0 < int(flows.sum()) < len(marks):
        said.append(
            _say("Amounts over a period and states of a moment stand apart and are not joined.")
        )
    if any(kept.figure.kind == "money" for kept in marks.figures[:1]) and _years(marks) > 1:
        said.append(_say("Money of different years is drawn as stated."))
    return replace(whole, said=" ".join(said))


def _years(marks: Marks) -> float:
    return float(numpy.ptp(marks.x)) / 365.2425 if len(marks) else 0.0


def _say(text: str) -> str:
    return QCoreApplication.translate("plotting", text)
