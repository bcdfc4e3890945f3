"""What the window asks about originals, as plain functions for jobs.

As in desktop/asked.py, db is imported when first asked, and nothing here may know a widget.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.jobs import Progress

if TYPE_CHECKING:
    from db.archive import Archive
    from db.originals import FixityCheck, Original, Written
    from db.page_pictures import PagePicture


def original(archive: "Archive", source_id: int) -> "Original | None":
    import db.originals

    return db.originals.of_source(archive, source_id)


def private_copy(archive: "Archive", source_id: int, folder: Path) -> Path:
    import db.originals

    return db.originals.private_copy(archive, source_id, folder)


def export(
    archive: "Archive", _progress: Progress, source_ids: Sequence[int], destination: Path
) -> "Written":
    import db.originals

    return db.originals.export(archive, source_ids, destination)


def check(archive: "Archive", progress: Progress) -> "FixityCheck":
    import db.originals

    return db.originals.check(archive, progress)


def checks(archive: "Archive") -> "list[FixityCheck]":
    import db.originals

    return db.originals.checks(archive)


def name_for(original: "Original") -> str:
    """The file name a copy is offered under."""
    import db.originals

    return db.originals.name_for(original)


def page(archive: "Archive", source_id: int, passage_id: int | None) -> "PagePicture | None":
    """The page of the original that a passage stands on; of a source alone, the first."""
    import db.page_pictures
    import db.sources

    passage = None if passage_id is None else db.sources.passage(archive, passage_id)
    label = passage.page if passage is not None and passage.source_id == source_id else None
    return db.page_pictures.of(archive, source_id, label)
