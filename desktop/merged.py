"""Merging and sending copies, asked of db on a worker's thread, and told in the program's words."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.plain import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.agreement import Agreement
    from db.archive import Archive
    from db.copies import Sent
    from db.merge import Choice, Merged
    from desktop.jobs import Progress

# Tables in the words people know them by; those not named here are the archive's own affair.
TABLES = {
    "sources": QT_TRANSLATE_NOOP("Merged", "sources"),
    "texts": QT_TRANSLATE_NOOP("Merged", "texts"),
    "passages": QT_TRANSLATE_NOOP("Merged", "passages"),
    "originals": QT_TRANSLATE_NOOP("Merged", "originals"),
    "figures": QT_TRANSLATE_NOOP("Merged", "figures"),
    "periods": QT_TRANSLATE_NOOP("Merged", "periods"),
    "series": QT_TRANSLATE_NOOP("Merged", "series"),
    "series_figures": QT_TRANSLATE_NOOP("Merged", "figures of series"),
    "findings": QT_TRANSLATE_NOOP("Merged", "findings"),
    "annotations": QT_TRANSLATE_NOOP("Merged", "annotations"),
    "tags": QT_TRANSLATE_NOOP("Merged", "tags"),
    "taggings": QT_TRANSLATE_NOOP("Merged", "tags put on things"),
    "links": QT_TRANSLATE_NOOP("Merged", "links"),
    "plots": QT_TRANSLATE_NOOP("Merged", "plots"),
    "searches": QT_TRANSLATE_NOOP("Merged", "saved searches"),
    "alignments": QT_TRANSLATE_NOOP("Merged", "corrections of comparisons"),
    "names": QT_TRANSLATE_NOOP("Merged", "names"),
    "name_variants": QT_TRANSLATE_NOOP("Merged", "spellings of names"),
    "accessions": QT_TRANSLATE_NOOP("Merged", "accessions"),
    "people": QT_TRANSLATE_NOOP("Merged", "people"),
}
# What a merge is at besides tables.
STEPS = {"check": QT_TRANSLATE_NOOP("Merged", "verifying the copy")}


def preview(archive: "Archive", progress: "Progress", *, other: Path) -> "Merged":
    """What a merge would bring."""
    from db import merge

    return merge.preview(archive, other, in_words(progress))


def merge(
    archive: "Archive",
    progress: "Progress",
    *,
    other: Path,
    choices: "Mapping[tuple[str, str, str], Choice]",
) -> "Merged":
    """Merge, with what was chosen for the conflicts."""
    from db import merge as merging

    return merging.merge(archive, other, in_words(progress), choices=choices)


def send(
    archive: "Archive",
    progress: "Progress",
    *,
    destination: Path,
    with_originals: bool,
    with_restricted: bool,
) -> "tuple[Path, Sent]":
    """Write a copy to send."""
    from db import copies

    sent = copies.send(
        archive,
        destination,
        progress,
        with_originals=with_originals,
        with_restricted=with_restricted,
    )
    return destination, sent


def restricted(archive: "Archive") -> int:
    """How many sources a copy leaves out."""
    from db import copies

    return copies.restricted(archive)


def agreement(archive: "Archive") -> "list[Agreement]":
    """How far the readers of the archive agree, by pair and tag."""
    from db import agreement as agreeing

    return agreeing.between_readers(archive)


def table(name: str) -> str:
    """A table in the words of the program."""
    return QCoreApplication.translate("Merged", TABLES.get(name) or STEPS.get(name, name))


def in_words(progress: "Progress") -> "Progress":
    """A progress that tells tables in the words of the program."""
    return lambda done, of, what: progress(done, of, table(what) if what else "")
