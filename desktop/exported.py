"""What goes to other programs and comes from them, for window and command line: every format by name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from db import other_programs
from desktop.wording import Translate, untranslated

if TYPE_CHECKING:
    from db.archive import Archive
    from db.exchange import Written
    from db.exchange.report import Content, OfSeries
    from db.exchange.taken import Taken
    from desktop.report.blocks import Block, Picture

Progress = Callable[[int, int, str], None]

NAMES: tuple[str, ...] = (
    "figures.csv", "figures.xlsx", "annotations.csv", "annotations.xlsx", "sources.csv",
    "sources.xlsx", "webannotation.jsonld", "qdpx", "qdc", "tei", "ead3.xml", "ead2002.xml",
    "dc.csv", "dc.xml", "bib", "ris", "csl.json", "report.docx", "report.odt", "report.pdf",
    "report.html",
)  # fmt: skip
_SUFFIXES = {"qdpx": "qdpx", "qdc": "qdc", "bib": "bib", "ris": "ris", "tei": "tei.xml"}


def is_report(name: str) -> bool:
    """Whether a format is a report, which is made of words of the program, too."""
    return name.startswith("report.")


def file_name(archive: Path, name: str) -> str:
    """What a file of the format `name` is called beside the archive."""
    if name in _SUFFIXES:
        return f"{archive.stem}.{_SUFFIXES[name]}"
    return f"{archive.stem} {name}"


def is_from_elsewhere(path: Path) -> bool:
    """Whether a file is another program's work on sources rather than a source."""
    return other_programs.format_of(path) is not None


@dataclass(frozen=True, slots=True)
class Asked:
    """One export as it was asked for: as which format, where to, and which sources.

    `style` is that of the references of a report, `translate` finds its words, and `pictures`
    are its plots by series. What is printed has no `destination`.
    """

    name: str
    destination: Path = Path()
    source_ids: tuple[int, ...] | None = None
    restricted: bool = False
    style: str = "note"
    translate: Translate = untranslated
    pictures: "Mapping[int, Picture] | None" = None


def write(archive: "Archive", progress: Progress | None, *, asked: Asked) -> "Written":
    """Write the archive, or some of its sources, whole or not at all."""
    from db import exchange

    if not is_report(asked.name):
        return exchange.write(
            archive, asked.name, asked.destination,
            source_ids=asked.source_ids, restricted=asked.restricted, progress=progress,
        )  # fmt: skip
    from db.exchange import whole_file
    from desktop.report import writing

    content, made = _report(archive, progress, asked)
    with whole_file.replacing(asked.destination, archive.path) as file:
        file.write(writing.as_bytes(asked.name, made))
    if progress is not None:
        progress(1, 1, "")
    return exchange.Written(asked.destination, len(content.sources), content.left_out)


def write_annotations(
    archive: "Archive", progress: Progress | None, *, destination: Path, ids: Sequence[int]
) -> "Written":
    """Write some annotations as a table: a sheet if the file is named so, else CSV."""
    from db import exchange

    name = "annotations.xlsx" if destination.suffix.lower() == ".xlsx" else "annotations.csv"
    return exchange.write(archive, name, destination, annotation_ids=ids, progress=progress)


def report_series(archive: "Archive", *, asked: Asked) -> "tuple[OfSeries, ...]":
    """The series that a report draws."""
    from db.exchange import report

    return report.kept_series(archive, asked.source_ids, restricted=asked.restricted)


def report_blocks(archive: "Archive", progress: Progress | None, *, asked: Asked) -> "list[Block]":
    """A report before it is written in any format: what is printed."""
    return _report(archive, progress, asked)[1]


def _report(
    archive: "Archive", progress: Progress | None, asked: Asked
) -> "tuple[Content, list[Block]]":
    from db.exchange import report
    from desktop.report import blocks

    content = report.content(
        archive, asked.source_ids,
        restricted=asked.restricted, style=asked.style, progress=progress,
    )  # fmt: skip
    return content, blocks.make(content, pictures=asked.pictures, translate=asked.translate)


def take_in(
    archive: "Archive", progress: Progress | None, *, paths: Sequence[Path]
) -> "list[Taken]":
    """Take in files of other programs, one after another."""
    from db.exchange import taking

    return [taking.take_in(archive, path, progress) for path in paths]


def would_change(
    archive: "Archive", _progress: Progress | None, *, paths: Sequence[Path]
) -> "list[Taken]":
    """What tables of descriptions would change, with nothing changed."""
    from db.exchange import described

    return [described.take_in(archive, path, only_look=True) for path in paths]


def going(archive: "Archive", source_id: int | None) -> tuple[int, int, str]:
    """How many sources there are, how many of them are restricted, and the title of one."""
    from db import sources
    from db.exchange import chosen

    found = chosen.choose(archive)
    title = sources.get(archive, source_id).title if source_id is not None else ""
    return len(found) + found.left_out, found.left_out, title
