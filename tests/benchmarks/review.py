"""The review queue over 10,000 proposals: milliseconds to open, per key, and for all at once.

Run by hand: QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.review
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

MANY = 10_000
PRESSES = 60
TEXT = "In {year} the mill sold {n} barrels, and the town lent it ${n},000.\n\n"


def main() -> None:
    """Print a line a measurement: the least or the median, as it says."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
            os.environ[name] = folder
        _measure(Path(folder))


def _measure(folder: Path) -> None:
    from PySide6.QtCore import QSettings
    from PySide6.QtTest import QTest

    from db import figures, history, ingest, review
    from db.archive import Archive
    from desktop import app
    from desktop.panels.review import ReviewPanel
    from desktop.session import Session
    from desktop.settings import Settings
    from tests.many_figures import multiply

    application = app.make()
    path = folder / "many.muniment"
    text = folder / "mill.txt"
    text.write_text("".join(TEXT.format(year=1900 + n % 40, n=n + 2) for n in range(200)))
    with Archive.create(path) as archive:
        ingest.add(archive, [text])
        multiply(archive, MANY)
        _say("ids and all choices", lambda: review.waiting(archive))
        ids = review.queue(archive)
        _say("one page of 24 cards", lambda: review.cards(archive, ids[:24]))
        _say("all like this, counted", lambda: review.alike(archive, ids[0]))
        _say("10,000 accepted, one change", lambda: figures.decide(archive, ids, "accepted"), 1)
        _say("10,000 undone", lambda: history.undo(archive), 1)

    session = Session(Settings(QSettings(str(folder / "s.ini"), QSettings.Format.IniFormat)))
    session.open(path, lambda error: print("failed:", error))
    _until(session.is_open)
    panel = ReviewPanel(session)
    panel.resize(1200, 320)
    started = time.perf_counter()
    panel.show()
    _until(lambda: panel.shown() is not None)
    print(f"{'panel open, first proposal on screen':<40} {_since(started):8.1f} ms")
    acted, shown = [], []
    for at in range(PRESSES):
        _until(lambda: panel.shown() is not None)
        key = "AXS"[at % 3]
        started = time.perf_counter()
        panel.do(key)
        acted.append(_since(started))
        _until(lambda: panel.shown() is not None)
        panel.repaint()
        shown.append(_since(started))
        QTest.qWait(5)
    _until(lambda: session.jobs.running() == 0)
    for name, spent in (("a key, until it returns", acted), ("a key, until painted", shown)):
        print(f"{name + ': median':<40} {statistics.median(spent):8.1f} ms")
        print(f"{name + ': slowest':<40} {max(spent):8.1f} ms")
    session.jobs.stop()
    session.close()
    application.quit()


def _until(holds: Callable[[], bool]) -> None:
    from PySide6.QtTest import QTest

    end = time.perf_counter() + 30
    while not holds():
        if time.perf_counter() > end:
            raise TimeoutError
        QTest.qWait(1)


def _say(name: str, work: Callable[[], object], rounds: int = 5) -> None:
    spent = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        spent.append(_since(started))
    print(f"{name:<40} {min(spent):8.1f} ms")


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
