"""Which part of time and value a plot shows before a person has chosen one."""

import math
from collections.abc import Sequence

from desktop.plotting.calendar import civil, day_number
from desktop.plotting.finite import Floats
from desktop.plotting.setting import Setting

View = tuple[float, float, float, float]
_FEWEST = 12  # fewer figures are all shown, however far apart
# A fortieth on each side, where the others have twice the room without them, and so on.
_LEFT_OUT = ((40, 2), (20, 4), (8, 8))


def whole(bounds: View | None, *, is_log: bool) -> View:
    """All of it, with a little room around; amounts stand on zero."""
    if bounds is None:
        # An empty plot keeps no place in time; two centuries look like a plot.
        return 657_438.0, 730_487.0, 0.0, 1.0
    x_from, x_to, y_from, y_to = bounds
    if x_to - x_from < 2:
        x_from, x_to = x_from - 2, x_to + 2
    if not is_log:
        y_from, y_to = min(0.0, y_from), max(0.0, y_to)
    if y_to - y_from < max(abs(y_to), abs(y_from)) * 1e-9 or y_to == y_from:
        y_from, y_to = y_from - 0.5, y_to + 0.5
    across, up = (x_to - x_from) * 0.03, (y_to - y_from) * 0.06
    floor = y_from - up * (0.5 if y_from == 0 else 1.0)
    return x_from - across, x_to + across, floor, y_to + up


def within(view: View, setting: Setting) -> View:
    """A view with the borders that the setting gives itself; of years whole ones."""
    x_from, x_to, y_from, y_to = view
    if setting.across is not None:
        x_from, x_to = setting.across
    elif setting.cells is not None:
        x_from = day_number(civil(math.floor(x_from))[0])
        x_to = day_number(civil(math.ceil(x_to) - 1)[0] + 1)
    if setting.up is not None:
        y_from, y_to = setting.up
    return x_from, x_to, y_from, y_to


def bulk(whole: View, times: Floats) -> View:
    """All of it, but for a few figures far off in time that would squeeze the others.

    The more are left out, the more room the others must win by it; the plot says how many lie
    outside. `times` ascend.
    """
    if len(times) < _FEWEST:
        return whole
    for part, gain in _LEFT_OUT:
        few = max(1, len(times) // part)
        first, last = float(times[few]), float(times[-1 - few])
        span = last - first
        if span > 0 and times[-1] - times[0] > span * gain:
            # Only the side that is far off is cut.
            x_from = first - span * 0.08 if first - whole[0] > span * 0.4 else whole[0]
            x_to = last + span * 0.08 if whole[1] - last > span * 0.4 else whole[1]
            return x_from, x_to, whole[2], whole[3]
    return whole


def zoomed(view: View, across: float, up: float) -> View:
    """So many times as much of time and of values, around the middle."""
    x_from, x_to, y_from, y_to = view
    x, y = (x_from + x_to) / 2, (y_from + y_to) / 2
    return (
        x + (x_from - x) * across,
        x + (x_to - x) * across,
        y + (y_from - y) * up,
        y + (y_to - y) * up,
    )


def around(view: View, at: tuple[float, float], *, across: bool, up: bool) -> View:
    """A view as large as `view` with a place in its middle: across, upwards, or both."""
    x_from, x_to, y_from, y_to = view
    half_x, half_y = (x_to - x_from) / 2, (y_to - y_from) / 2
    if across:
        x_from, x_to = at[0] - half_x, at[0] + half_x
    if up:
        y_from, y_to = at[1] - half_y, at[1] + half_y
    return x_from, x_to, y_from, y_to


def span(view: View, shares: Sequence[float]) -> tuple[float, float]:
    """The days, within the view, from the least to the greatest of these shares of its breadth."""
    x_from, x_to, *_ = view
    first, last = (x_from + (x_to - x_from) * end for end in (min(shares), max(shares)))
    return max(first, x_from), min(last, x_to)


def least_height(whole: View) -> float:
    """How little of the values may be seen at once: less could not be told apart as numbers."""
    low, high = whole[2:]
    return max((high - low) * 1e-9, max(abs(low), abs(high)) * 1e-13)
