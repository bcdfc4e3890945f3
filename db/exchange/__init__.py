"""What leaves an archive for other programs and comes from them: one file a format, in and out.

`write` is the door out: it writes any format of FORMATS, whole or not at all, and leaves out what
is restricted unless it is asked for. `take_in` in `db.exchange.taking` is the door in.
"""

import importlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from db.exchange import chosen, whole_file

if TYPE_CHECKING:
    from db.archive import Archive

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its name on the command line, and who writes it."""

    name: str
    module: str
    writer: str = "write"


@dataclass(frozen=True, slots=True)
class Written:
    """What an export did: what it wrote (sources, figures, annotations ...) and left out.

    `restricted` counts the sources left out; `cut` the cells too long for the format.
    """

    path: Path
    count: int
    restricted: int = 0
    cut: int = 0


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("figures.csv", "listed", "write_figures_csv"),
        Format("figures.xlsx", "listed", "write_figures_xlsx"),
        Format("annotations.csv", "listed", "write_annotations_csv"),
        Format("annotations.xlsx", "listed", "write_annotations_xlsx"),
        Format("sources.csv", "listed", "write_sources_csv"),
        Format("sources.xlsx", "listed", "write_sources_xlsx"),
        Format("webannotation.jsonld", "web_annotation"),
        Format("qdpx", "qdpx"),
        Format("qdc", "qdpx", "write_codebook"),
        Format("tei", "tei"),
        Format("ead3.xml", "ead", "write_3"),
        Format("ead2002.xml", "ead", "write_2002"),
        Format("dc.csv", "dublin_core", "write_csv"),
        Format("dc.xml", "dublin_core", "write_xml"),
        Format("bib", "bibtex"),
        Format("ris", "ris"),
        Format("csl.json", "csl"),
    )
}

Writer = Callable[["chosen.Chosen", BinaryIO, Progress], "int | tuple[int, int]"]


def write(
    archive: "Archive",
    name: str,
    destination: Path | str,
    *,
    source_ids: Sequence[int] | None = None,
    restricted: bool = False,
    annotation_ids: Collection[int] | None = None,
    progress: Progress | None = None,
) -> Written:
    """Write the archive (or `source_ids` and what lies below them) as the format `name`.

    A table of annotations can be had of `annotation_ids` alone.

    Raises NotWritten where `destination` cannot be written; what lay there is then as it was.
    """
    form = FORMATS[name]
    writer: Writer = getattr(importlib.import_module(f"db.exchange.{form.module}"), form.writer)
    going = chosen.choose(archive, source_ids, restricted=restricted)
    if annotation_ids is not None:
        going = replace(going, annotation_ids=frozenset(annotation_ids))
    with whole_file.replacing(Path(destination), archive.path) as file:
        told = writer(going, file, progress or _silent)
    count, cut = told if isinstance(told, tuple) else (told, 0)
    return Written(Path(destination), count, going.left_out, cut)


def _silent(_done: int, _of: int, _what: str) -> None:
    return
