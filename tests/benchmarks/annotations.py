"""How long a 1 MB source takes to open and scroll with 20,000 annotations, against with none.

python -m tests.benchmarks.annotations: ratios within one run; the promise is at most 2.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from db import annotations
from db.archive import Archive
from db.records import Target
from tests.db.annotated_archive import add_source

LINE = "The mill sent thirty barrels down to the quay on a wet day and number {} was lost.\n\n"
LINES = 12_000
ANNOTATIONS = 20_000
ROUNDS = 5
STEPS = 60


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from desktop.panels.reader import Reader
    from desktop.selection import Selected
    from desktop.session import Session
    from desktop.settings import Settings

    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = folder
        path = Path(folder) / "a.muniment"
        _make(path)
        store = QSettings(str(Path(folder) / "s.ini"), QSettings.Format.IniFormat)
        session = Session(Settings(store))
        reader = Reader(session)
        reader.resize(900, 700)
        reader.show()
        session.open(path, lambda error: print(error))
        _wait(application, session.is_open)

        def settled() -> bool:
            return session.jobs.running() == 0

        def open_source(source_id: int) -> float:
            began = time.perf_counter()
            reader.show_place(Selected(source_id=source_id))
            _wait(application, lambda: _is_shown(reader, source_id) and settled())
            return time.perf_counter() - began

        def marked_enough(source_id: int) -> bool:
            return source_id == 1 or reader._text.visible_marks() > 20

        def scroll(source_id: int) -> float:
            open_source(source_id)
            _wait(application, lambda: marked_enough(source_id))
            bar = reader._text.verticalScrollBar()
            bar.setValue(0)
            began = time.perf_counter()
            for step in range(STEPS):
                bar.setValue(step * 13)
                application.processEvents()
            _wait(application, lambda: settled() and marked_enough(source_id))
            return time.perf_counter() - began

        for name, measured in (("open", open_source), ("scroll", scroll)):
            plain, marked = [], []
            for _ in range(ROUNDS):
                plain.append(measured(1))
                marked.append(measured(2))
            ratio = statistics.median(marked) / statistics.median(plain)
            print(
                f"{name}: {statistics.median(plain) * 1000:.0f} ms without,"
                f" {statistics.median(marked) * 1000:.0f} ms with annotations: x {ratio:.2f}"
            )
        print(f"marks set at the end: {reader._text.visible_marks()} of {ANNOTATIONS}")
        session.jobs.stop()
        session.close()


def _make(path: Path) -> None:
    text = "".join(LINE.format(number) for number in range(LINES))
    with Archive.create(path) as archive:
        add_source(archive, "Plain", text)
        marked, _ = add_source(archive, "Marked", text)
        step = len(text) // ANNOTATIONS
        targets = [
            Target(source_id=marked, start=at * step, end=at * step + 30)
            for at in range(ANNOTATIONS)
        ]
        annotations.add_many(archive, "highlight", targets, colour="green")


def _is_shown(reader: object, source_id: int) -> bool:
    source = reader.source()  # type: ignore[attr-defined]
    return source is not None and source.id == source_id


def _wait(application: object, until: Callable[[], bool]) -> None:
    while not until():
        application.processEvents()  # type: ignore[attr-defined]
        time.sleep(0.001)


if __name__ == "__main__":
    main()
