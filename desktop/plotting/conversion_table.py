"""Asks for a table of conversions and reads it; what cannot be used is said, and nothing changes."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from db import conversions
from db.conversions import Conversions
from db.errors import ArchiveError
from desktop import wording
from desktop.plain import Message


def ask(window: QWidget, then: Callable[[Conversions], None]) -> None:
    """Let a person choose a table; `then` is called with it if it can be used."""
    chosen, _ = QFileDialog.getOpenFileName(
        window, _say("A table of conversions"), "", "*.csv *.xlsx"
    )
    if chosen:
        take(Path(chosen), window, then)


def take(path: Path, window: QWidget, then: Callable[[Conversions], None]) -> None:
    """Read the table at `path`."""
    try:
        table = conversions.read(path)
    except (ArchiveError, OSError) as error:
        told = (
            wording.describe(error, QCoreApplication.translate)
            if isinstance(error, ArchiveError)
            else str(error)
        )
        Message(window, _say("A table of conversions"), told).exec()
        return
    then(table)


def _say(text: str) -> str:
    return QCoreApplication.translate("plotting", text)
