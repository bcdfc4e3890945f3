"""The days and years that a length of time covers, counted from a date or up to it."""

import datetime

DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"year": 12, "month": 1, "decade": 120}
UNITS = frozenset((*DAYS, *_MONTHS))


def is_counted_from(date: str, unit: str) -> bool:
    """Whether a length of time in `unit` can be counted from `date`."""
    return len(date) == 10 or (unit not in DAYS and "/" not in date)


def spanned(day: str, span: float, unit: str, backwards: bool, counted_from: str) -> str | None:
    """What `span` units on from `day`, or back from it, cover as EDTF.

    `counted_from` is the date as the text has it: days and weeks are counted from a day alone.
    """
    if len(day) != 10:
        return None
    first = datetime.date.fromisoformat(day)
    if unit in DAYS:
        if len(counted_from) != 10:
            return None
        days = round(span * DAYS[unit]) * (-1 if backwards else 1)
        low, high = sorted((first.toordinal(), first.toordinal() + days))
        if low < 1 or high > datetime.date.max.toordinal():
            return None
        return f"{datetime.date.fromordinal(low)}/{datetime.date.fromordinal(high)}"
    months = round(span * _MONTHS[unit]) * (-1 if backwards else 1)
    index = first.year * 12 + first.month - 1
    low, high = sorted((index, index + months))
    if low < 12 or high >= 9999 * 12:
        return None
    if unit != "month":
        return f"{low // 12:04}/{high // 12:04}"
    if len(counted_from) == 10 and not backwards:
        # "On 1 April ..., and within eighteen months": up to the last day of the eighteenth.
        high -= first.day == 1
        return f"{day}/{high // 12:04}-{high % 12 + 1:02}"
    return f"{low // 12:04}-{low % 12 + 1:02}/{high // 12:04}-{high % 12 + 1:02}"
