"""How long the window's event loop is ever held up, while files are imported and words are typed.

Run by hand: QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.event_loop

A timer beats every 10 ms on the window's thread; a gap is the time between two beats. The idle window
is measured first, in the same run: its gaps are the machine's own noise.
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QSettings, Qt, QTimer
from PySide6.QtTest import QTest

from db import ingest, worker
from db.archive import Archive
from desktop.app import make
from desktop.collector import IdleCollector
from desktop.settings import Settings
from desktop.window import MainWindow

TYPED = ("the depot", "lorries in 19", "loan of", "harbour", "tons a month")
WORDS = (
    *(
        "the",
        "depot",
        "harbour",
        "lorries",
        "loan",
        "of",
        "in",
        "was",
        "at",
        "by",
        "month",
        "river",
    ),
    *(
        "tons",
        "barrels",
        "sent",
        "office",
        "cannery",
        "bridge",
        "road",
        "convoy",
        "winter",
        "spring",
    ),
    *("report", "clerk", "list", "12", "340", "1,200", "1938", "1940", "thousand", "dollars"),
)


class Beats:
    """Gaps between the beats of a timer on the window's thread, in milliseconds."""

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self.gaps: list[float] = []
        self._last = 0.0

    @contextmanager
    def counted(self, name: str) -> Iterator[None]:
        """Within the block beats are counted; then a line is printed."""
        self.gaps.clear()
        self._last = time.perf_counter()
        self._timer.start(10)
        yield
        self._timer.stop()
        ordered = sorted(self.gaps)
        p99 = ordered[int(len(ordered) * 0.99)]
        late = sum(gap > 100 for gap in ordered)
        print(f"{name:<34}{len(ordered):>7}{p99:>9.1f}{ordered[-1]:>9.1f}{late:>9}", flush=True)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now


def write_box(folder: Path, seed: int, files: int, kilobytes: int) -> Path:
    """Text files of random words, the same at every run."""
    chance = random.Random(seed)
    folder.mkdir()
    for number in range(files):
        size = 0
        paragraphs = []
        while size < kilobytes * 1000:
            paragraphs.append(" ".join(chance.choices(WORDS, k=80)).capitalize() + ".")
            size += len(paragraphs[-1])
        (folder / f"{number:03}.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")
    return folder


def spin(seconds: float) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def type_words(window: MainWindow) -> None:
    """Type into the search line, a letter every 60 ms."""
    window.command("search")
    line = window.desk.search._words
    for words in TYPED:
        line.clear()
        for letter in words:
            QTest.keyClick(line, letter)
            spin(0.06)


def _import(archive: Archive, progress: worker.Progress, *, box: Path) -> object:
    return ingest.add(archive, [box], progress)


def main() -> None:
    """Idle, typing, import, import and typing; one line each."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--files", type=int, default=30)
    asked.add_argument("--kilobytes", type=int, default=300)
    wanted = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        os.environ["XDG_DATA_HOME"] = os.environ["XDG_STATE_HOME"] = place
        make()
        window = MainWindow(
            Settings(QSettings(str(folder / "s.ini"), QSettings.Format.IniFormat)), None
        )
        window.resize(1280, 800)
        window.show()
        spin(0.5)
        window.session.create(folder / "a.muniment", "Benchmark", print)
        spin(2.0)
        collector = IdleCollector(window.session.jobs)
        beats = Beats()
        print(f"{'':<34}{'beats':>7}{'p99 ms':>9}{'max ms':>9}{'>100 ms':>9}")
        with beats.counted("idle"):
            spin(5.0)
        boxes = [
            write_box(folder / name, seed, wanted.files, wanted.kilobytes)
            for seed, name in enumerate(("one", "two"))
        ]
        for number, box in enumerate(boxes):
            ended: list[object] = []
            with beats.counted("import" if not number else "import while words are typed"):
                window.session.jobs.run_long(
                    "Import", partial(_import, box=box), ended.append, ended.append
                )
                while not ended:
                    if number:
                        type_words(window)
                    spin(0.05)
            if isinstance(ended[0], Exception):
                raise ended[0]
        with beats.counted("words are typed"):
            type_words(window)
        collector.stop()
        window.session.jobs.stop()
        window.close()
        spin(0.2)


if __name__ == "__main__":
    main()
