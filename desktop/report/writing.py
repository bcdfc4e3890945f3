"""Reports written whole or not at all, in the format of their name."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.report import blocks
from desktop.report.blocks import Block, Picture
from desktop.wording import Translate, untranslated

if TYPE_CHECKING:
    from db.archive import Archive
    from db.exchange import Written

Progress = Callable[[int, int, str], None]

NAMES = ("report.docx", "report.odt", "report.pdf", "report.html")


def write(
    archive: "Archive",
    progress: Progress | None,
    *,
    name: str,
    destination: Path,
    source_ids: Sequence[int] | None = None,
    restricted: bool = False,
    style: str = "note",
    pictures: Mapping[int, Picture] | None = None,
    translate: Translate = untranslated,
) -> "Written":
    """Write the report `name`; Qt is needed for ODT and PDF alone."""
    from db.exchange import Written, report, whole_file

    content = report.content(
        archive, source_ids, restricted=restricted, style=style, progress=progress
    )
    made = blocks.make(content, pictures=pictures, translate=translate)
    with whole_file.replacing(destination, archive.path) as file:
        file.write(as_bytes(name, made))
    if progress is not None:
        progress(1, 1, "")
    return Written(destination, len(content.sources), content.left_out)


def as_bytes(name: str, made: Sequence[Block]) -> bytes:
    """The blocks in the format of a name."""
    match name:
        case "report.html":
            from desktop.report import html

            return html.page(made)
        case "report.docx":
            from desktop.report import docx

            return docx.document(made)
    application = _application()
    from desktop.report import pages

    try:
        return pages.pdf(made) if name == "report.pdf" else pages.odt(made)
    finally:
        del application


def _application() -> object:
    # Fonts need one; on the command line there is none yet, and no screen is asked for.
    from PySide6.QtCore import QCoreApplication

    running = QCoreApplication.instance()
    if running is not None:
        return running
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    return QGuiApplication(sys.argv[:1])
