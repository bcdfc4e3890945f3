"""Whether values are better seen on a logarithmic scale."""

import numpy

from desktop.plotting.marks import Feature, Marks

_DECADES = 2.5


def wants_log(marks: Marks) -> bool:
    """Whether a linear scale would press most of the figures onto its foot.

    So it is if all are above zero and nine tenths of them span over two and a half decades.
    """
    values = marks.y[~marks.has(Feature.REJECTED)]
    if len(values) < 5 or not (values > 0).all():
        return False
    low, high = numpy.quantile(values, (0.05, 0.95))
    return bool(numpy.log10(high) - numpy.log10(low) > _DECADES)
