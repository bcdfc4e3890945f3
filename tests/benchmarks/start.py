"""How much the first painted window costs, beside a bare PySide6 window: python -m tests.benchmarks.start

Each side is a process of its own, in turn; what is compared is the least CPU time of each. The
modules are compiled first, as an installation does.
"""

import compileall
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
RUNS = 7
GOAL = 2.0
END = """
window.show(); application.processEvents(); window.grab()
print(time.process_time(), flush=True); os._exit(0)
"""
BARE = (
    """
import os, time
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([]); window = QMainWindow()
"""
    + END
)
OURS = (
    """
import os, time
from desktop import app
from desktop.settings import Settings
from desktop.window import MainWindow
application = app.make(); settings = Settings()
app.theme.apply(application, settings.theme); window = MainWindow(settings)
"""
    + END
)


def cpu(code: str, home: str) -> float:
    """CPU seconds of a process until its window is painted."""
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "HOME": home},
        capture_output=True,
        text=True,
        check=True,
    )
    return float(run.stdout)


def main() -> None:
    for folder in ("db", "desktop", "resources"):
        compileall.compile_dir(ROOT / folder, quiet=1)
    with tempfile.TemporaryDirectory() as home:
        times = [(cpu(BARE, home), cpu(OURS, home)) for _ in range(RUNS)]
    bare, ours = (min(side) for side in zip(*times, strict=True))
    print(f"bare {bare:.3f} s, ours {ours:.3f} s: {ours / bare:.2f} x (goal: at most {GOAL} x)")


if __name__ == "__main__":
    main()
