"""Two ways to do one thing, measured in turns: A B A B, CPU time, the least of each."""

import math
import time
from collections.abc import Callable
from typing import Any

ROUNDS = 3


def cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of one run, and what it gave."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def pair(
    name: str, baseline: Callable[[], Any], ours: Callable[[], Any], rounds: int = ROUNDS
) -> tuple[float, float, float]:
    """Prints and returns the least CPU seconds of each and how many times as fast ours is."""
    theirs, own = [], []
    for _ in range(rounds):
        theirs.append(cpu(baseline)[0])
        own.append(cpu(ours)[0])
    before, after = min(theirs), max(min(own), 1e-6)
    print(f"{name:<44} {before * 1e3:10.2f} ms {after * 1e3:10.2f} ms {before / after:10.1f} x")
    return before, after, before / after


def geometric_mean(ratios: list[float]) -> float:
    """The mean by which ratios are summed up."""
    return math.exp(sum(map(math.log, ratios)) / len(ratios))
