"""Values worked out from what figures state: per month, as a share, as an index; each says how."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from desktop.plotting.gathering import only
from desktop.plotting.marks import Feature, Marks
from desktop.plotting.ticks import grouping_locale, number

Reckoning = Literal["stated", "month", "share", "index"]
RECKONINGS: tuple[Reckoning, ...] = ("stated", "month", "share", "index")
_DAYS_IN_A_MONTH = 365.2425 / 12


@dataclass(frozen=True, slots=True)
class Reckoned:
    """Marks with other values, and the sentence that a caption owes about them."""

    marks: Marks
    said: str = ""


def reckoned(marks: Marks, how: Reckoning) -> Reckoned:
    """The marks with their values worked out; figures for which that has no sense are left out.

    The figures themselves are not touched: "stated" gives back what the sources say.
    """
    if how == "stated" or not len(marks):
        return Reckoned(marks)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        factors, said = _WAYS[how](marks)
        y, y_high = marks.y * factors, marks.y_high * factors
    good = numpy.isfinite(y)
    lost = len(marks) - int(good.sum())
    if lost:
        said += " " + _lost(how, lost)
    return Reckoned(only(replace(marks, y=y, y_high=y_high), good), said)


def _per_month(marks: Marks) -> tuple[NDArray[numpy.float64], str]:
    months = (marks.right - marks.left) / _DAYS_IN_A_MONTH
    months[~marks.has(Feature.FLOW) | ~(months > 0)] = numpy.nan
    return 1 / months, _say("Per month: each figure is divided by the months of its period.")


def _share(marks: Marks) -> tuple[NDArray[numpy.float64], str]:
    total = float(marks.y[~marks.has(Feature.REJECTED)].sum())
    said = _say("In percent of the sum of all figures here that are not rejected ({total}).")
    decimals = 0 if total == total // 1 else 2
    factors = numpy.full(len(marks), 100 / total if total else numpy.nan)
    return factors, said.format(total=number(total, decimals, grouping_locale()))


def _index(marks: Marks) -> tuple[NDArray[numpy.float64], str]:
    factors = numpy.full(len(marks), numpy.nan)
    usable = ~marks.has(Feature.REJECTED) & (marks.y != 0)
    for series in range(len(marks.sources)):
        of_series = marks.series == series
        first = numpy.flatnonzero(of_series & usable)
        if len(first):
            factors[of_series] = 100 / marks.y[first[0]]
    return factors, _say("Index: the first figure of each source is 100.")


_WAYS: dict[Reckoning, Callable[[Marks], tuple[NDArray[numpy.float64], str]]] = {
    "month": _per_month,
    "share": _share,
    "index": _index,
}


def _lost(how: Reckoning, many: int) -> str:
    text = {
        "month": _say("Left out, since no amount over a bounded period: {n}."),
        "share": _say("Left out, since the sum is zero: {n}."),
        "index": _say("Left out, since their source has no figure to begin from: {n}."),
    }[how]
    return text.format(n=number(many, 0, grouping_locale()))


def _say(text: str) -> str:
    return QCoreApplication.translate("plotting", text)
