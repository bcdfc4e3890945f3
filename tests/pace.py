"""Whether work grows with its input and no faster: a ratio of CPU times within one run."""

import time
from collections.abc import Callable

ROUNDS = 3
TIMES = 4
# Twice a linear growth is noise; quadratic growth would be four times it.
ALLOWED = 2.5 * TIMES
SLACK_SECONDS = 0.05


def is_linear(work: Callable[[int], object], size: int) -> bool:
    """Whether `work(4 * size)` takes about four times the CPU of `work(size)`, least of three each."""
    work(size // 4)  # what is loaded once
    small = min(_seconds(work, size) for _ in range(ROUNDS))
    large = min(_seconds(work, size * TIMES) for _ in range(ROUNDS))
    return large < ALLOWED * small + SLACK_SECONDS


def _seconds(work: Callable[[int], object], size: int) -> float:
    started = time.process_time()
    work(size)
    return time.process_time() - started
