"""Figures of other units drawn as one unit by a cited table; the caption says each rate."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import numpy
from PySide6.QtCore import QCoreApplication

from db.conversions import Conversions, Rate
from db.edtf import earliest_latest
from desktop.plotting.caption import Quantity
from desktop.plotting.gathering import joined, only
from desktop.plotting.marks import Marks
from desktop.plotting.ticks import grouping_locale, number
from desktop.plotting.words import numeral, one_line

_MOST_SAID = 4


def converted(
    by_quantity: Mapping[Quantity, Marks], wanted: Quantity, table: Conversions
) -> tuple[Marks, str]:
    """The marks of `wanted` and those that `table` makes of it, and the sentence about them.

    A rate with days is only for figures whose whole period lies between them.
    """
    own = by_quantity[wanted]
    parts, said, left_out = [own], [], 0
    counts: Counter[Rate] = Counter()
    unit, per = wanted
    for other in dict.fromkeys(rate.unit for rate in table.rates if rate.into == unit):
        marks = by_quantity.get((other, per))
        if marks is None or other == unit:
            continue
        factors = numpy.full(len(marks), numpy.nan)
        for rate in table.rates:
            if (rate.unit, rate.into) != (other, unit):
                continue
            hit = numpy.isnan(factors) & _within(marks, rate)
            factors[hit] = rate.factor
            counts[rate] += int(hit.sum())
        good = numpy.isfinite(factors)
        left_out += len(marks) - int(good.sum())
        scaled = replace(marks, y=marks.y * factors, y_high=marks.y_high * factors)
        parts.append(only(scaled, good))
    used = [(rate, many) for rate, many in counts.items() if many]
    for rate, many in used[:_MOST_SAID]:
        text = _say("{n} of {unit} at {factor} ({source})")
        said.append(
            text.format(
                n=number(many, 0, grouping_locale()),
                unit=one_line(rate.unit),
                factor=numeral(rate.factor),
                source=one_line(rate.source),
            )
        )
    if len(used) > _MOST_SAID:
        said.append(_say("and {n} more rates").format(n=len(used) - _MOST_SAID))
    sentence = _say("Converted into {unit} by the table {name}: {rates}.").format(
        unit=one_line(unit or ""),
        name=one_line(table.name),
        rates="; ".join(said) or _say("nothing here is in a unit it knows"),
    )
    if left_out:
        sentence += " " + _say("No rate for their days, left out: {n}.").format(n=left_out)
    return joined(parts), sentence


def _within(marks: Marks, rate: Rate) -> "numpy.typing.NDArray[numpy.bool_]":
    good = numpy.ones(len(marks), bool)
    first = earliest_latest(rate.first)[0] if rate.first else None
    last = earliest_latest(rate.last)[1] if rate.last else None
    with numpy.errstate(invalid="ignore"):
        if first is not None:
            good &= marks.left >= first
        if last is not None:
            good &= marks.right <= last + 1
    return good


def _say(text: str) -> str:
    return QCoreApplication.translate("plotting", text)
