"""Which part of time and value a plot shows before a person has chosen one."""

from desktop.plotting.finite import Floats

View = tuple[float, float, float, float]
_FEWEST = 12  # fewer figures are all shown, however far apart


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


def bulk(whole: View, times: Floats) -> View:
    """All of it, but for a few figures far off in time that would squeeze the others.

    They are at most a fortieth on each side; the plot says how many lie outside. `times` ascend.
    """
    few = max(1, len(times) // 40)
    if len(times) < _FEWEST:
        return whole
    first, last = float(times[few]), float(times[-1 - few])
    span = last - first
    if span <= 0 or times[-1] - times[0] <= span * 2:
        return whole
    # Only the side that is far off is cut.
    x_from = first - span * 0.08 if first - whole[0] > span * 0.4 else whole[0]
    x_to = last + span * 0.08 if whole[1] - last > span * 0.4 else whole[1]
    return x_from, x_to, whole[2], whole[3]
