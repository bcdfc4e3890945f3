"""How fast figures are found: seconds by size, and the ratio to a bare scan for digits.

Run by hand: python -m tests.benchmarks.figures [TEXT.txt], with our own texts, in which every sixtieth
character begins a figure, or with a plainer one.
"""

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from db import quantities, segment
from db.records import Context, Document

GOLD = Path(__file__).resolve().parent.parent / "data" / "figures" / "en"
SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = 3
_DIGITS = re.compile(r"\d[\d,.]*")


def prose(size: int, paths: list[Path]) -> str:
    """English prose of `size` characters: the texts of `paths`, again and again."""
    texts = [path.read_text(encoding="utf-8") for path in paths]
    whole = "\n\n".join(texts)
    return "\n\n".join([whole] * (size // len(whole) + 1))[:size]


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    """Print a line a size; bare and ours in turn, the least of the rounds."""
    quantities.figures("In 1940 it held 30 lorries.", Context(language="en"))  # loads the lexicons
    print("characters   digits s   figures s   s per 100 KB   ratio to digits   figures")
    paths = [Path(name) for name in sys.argv[1:]] or sorted(GOLD.glob("*.txt"))
    for size in SIZES:
        text = prose(size, paths)
        blocks = segment.passages(Document(text=text))
        bare, ours = [], []
        found = 0
        for _ in range(ROUNDS):
            bare.append(seconds(lambda text=text: _DIGITS.findall(text)))
            started = time.process_time()
            found = len(quantities.extract(text, blocks, Context(language="en")).figures)
            ours.append(time.process_time() - started)
        least, most = min(ours), min(bare)
        print(
            f"{size:>10}   {most:8.4f}   {least:9.3f}   {least * 100_000 / size:12.3f}"
            f"   {least / max(most, 1e-6):15.0f}   {found:7}"
        )


if __name__ == "__main__":
    main()
