"""What the window and the command line export: every format by name, db's and those that Qt writes."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.archive import Archive
    from db.exchange import Written

Progress = Callable[[int, int, str], None]

NAMES: tuple[str, ...] = (
    "figures.csv", "figures.xlsx", "annotations.csv", "annotations.xlsx", "sources.csv",
    "sources.xlsx", "webannotation.jsonld", "qdpx", "qdc", "tei", "ead3.xml", "ead2002.xml", "dc.csv",
    "dc.xml", "bib", "ris", "csl.json",
)  # fmt: skip


def write(
    archive: "Archive",
    progress: Progress | None,
    *,
    name: str,
    destination: Path,
    source_ids: Sequence[int] | None = None,
    restricted: bool = False,
) -> "Written":
    """Write the archive, or some of its sources, as the format `name`."""
    from db import exchange

    return exchange.write(
        archive, name, destination,
        source_ids=source_ids, restricted=restricted, progress=progress,
    )  # fmt: skip
