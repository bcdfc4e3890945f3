"""The log file: errors and versions, never a word of a document; and the window that shows a bug."""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

LOG = logging.getLogger("muniment")
LONGEST_LOG = 500_000


def start(folder: Path | None = None) -> Path | None:
    """Begin to log into the person's log folder; None where nothing can be written there."""
    if folder is None:
        import platformdirs

        folder = Path(platformdirs.user_log_dir("muniment", appauthor=False))
    file = folder / "muniment.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Turned over here and not by logging.handlers, whose import costs 11 ms before the window.
        if file.exists() and file.stat().st_size > LONGEST_LOG:
            file.replace(file.with_suffix(".old.log"))
        handler = logging.FileHandler(file, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    stop()
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    LOG.propagate = False
    return file


def stop() -> None:
    """Close the file."""
    for handler in list(LOG.handlers):
        LOG.removeHandler(handler)
        handler.close()


def told(kind: type[BaseException], trace: TracebackType | None) -> str:
    """A traceback of places and types alone: messages and source lines may quote a document."""
    lines = [
        f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]
    return "\n".join([kind.__name__, *lines])


class Bugs(QObject):
    """Takes what no one caught, on any thread; logs it and shows it on the window's thread."""

    _fell = Signal(str)

    def __init__(self, show: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._show = show
        self._fell.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._before = sys.excepthook, threading.excepthook

    def install(self) -> None:
        sys.excepthook = self._take
        threading.excepthook = lambda args: self._take(
            args.exc_type, args.exc_value, args.exc_traceback
        )

    def remove(self) -> None:
        sys.excepthook, threading.excepthook = self._before

    def _take(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        LOG.error("%s", told(kind, trace))
        self._fell.emit("".join(traceback.format_exception(kind, error, trace)))

    @Slot(str)
    def _tell(self, text: str) -> None:
        self._show(text)
