"""Where the frozen program starts: what a freezer makes different is put right, then it is ours."""

import os
import sys


def main() -> None:
    """Run the worker, the window or a command, as `python -m desktop` would."""
    _give_children_the_systems_libraries()
    if sys.argv[1:2] == ["--worker"]:
        from db import worker

        worker.main()
        return
    _refuse_an_old_sqlite()
    if sys.argv[1:2] == ["--open-and-close"]:
        sys.exit(_open_and_close(sys.argv[2], sys.argv[3:]))
    from desktop.__main__ import main as start

    start()


def _give_children_the_systems_libraries() -> None:
    # The bootloader points LD_LIBRARY_PATH at our folder; a browser or tesseract started by us
    # would load our libraries instead of its own. Ours are found already.
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
        if (before := os.environ.pop(f"{name}_ORIG", None)) is not None:
            os.environ[name] = before
        elif getattr(sys, "frozen", False):
            os.environ.pop(name, None)


def _refuse_an_old_sqlite() -> None:
    # The build put a current one beside Python; something else in its place is no accident to
    # live with (project.SQLITE_FLOOR says why).
    import sqlite3

    if sqlite3.sqlite_version_info < (3, 53, 2):
        sys.exit(f"SQLite {sqlite3.sqlite_version} is too old to open archives of others safely.")


def _open_and_close(path: str, pictures: list[str]) -> int:
    """Open the window on an archive, close it as soon as it shows it: a build's smoke test."""
    from pathlib import Path

    from desktop import app

    application = app.make()
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    looks = 0

    def look() -> None:
        nonlocal looks
        looks += 1
        windows = [each for each in QApplication.topLevelWidgets() if hasattr(each, "session")]
        if windows and windows[0].session.is_open() and not windows[0].session.jobs.running():
            timer.stop()
            if pictures:
                windows[0].grab().save(pictures[0])
            windows[0].close()
        elif looks > 1200:
            application.exit(3)

    timer = QTimer(application)
    timer.timeout.connect(look)
    timer.start(50)
    return app.run(Path(path))


if __name__ == "__main__":
    main()
