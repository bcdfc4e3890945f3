"""The month, season or year that a paragraph tells of, taken from all dates it has named."""

import datetime
from collections.abc import Sequence

import db.edtf
from db.quantities.association_marks import Mark


def frame(marks: Sequence[Mark]) -> str | None:
    """The smallest of month, named season and year around all `marks`; None where there is none.

    "On 9 May they walked out. By the end of the month ... The strike pay was $4": of May.
    """
    spans = [db.edtf.bounds(mark.date) for mark in marks]
    lows = [low or high for low, high in spans]
    highs = [high or low for low, high in spans]
    low = min((day for day in lows if day), default=None)
    high = max((day for day in highs if day), default=None)
    if low is None or high is None or low.year != high.year:
        return None
    if low.month == high.month:
        return f"{low.year:04}-{low.month:02}"
    for mark in marks:
        if len(mark.date) == 7 and mark.date[5:].isdecimal() and int(mark.date[5:]) > 12:
            first, last = db.edtf.bounds(mark.date)
            if _covers(first, last, low, high):
                return mark.date
    return f"{low.year:04}"


def _covers(
    first: datetime.date | None,
    last: datetime.date | None,
    low: datetime.date,
    high: datetime.date,
) -> bool:
    return first is not None and last is not None and first <= low and high <= last
