"""What the window asks of an archive, as plain functions for jobs; db is imported when first asked.

The archive's modules bring the grammar, sqlite_utils and numpy along (0.3 s); a window that is not
yet painted must not wait for them. Nothing here may know a widget.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from db.records import Change, Figure, FigureStatus, KeptFigure, Passage, Source, Span

if TYPE_CHECKING:
    from db.archive import Archive
    from db.citing import Cited
    from db.exchange.tables import Cell
    from db.explaining import Reason
    from db.import_reports import KeptReport
    from db.stable_link import Found

FigureOrder = Literal["source", "value", "date", "unit", "status", "doubt"]


@dataclass(frozen=True, slots=True)
class Opened:
    """All the reader needs of a source."""

    source: Source
    text: str
    passages: tuple[Passage, ...]
    figures: tuple[KeptFigure, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which figures a table lists, and in which order."""

    words: str = ""
    unit: str | None = None
    status: FigureStatus | None = None
    source_id: int | None = None
    order: FigureOrder = "source"
    descending: bool = False
    days: tuple[int, int] | None = None  # first and last, as day numbers


def explained(figure: Figure) -> "Sequence[Reason]":
    """What made each part of a figure: rules and words."""
    from db import explaining

    return explaining.explain(figure)


def sources(archive: "Archive") -> list[Source]:
    import db.sources

    return db.sources.all(archive)


def source_text(archive: "Archive", source_id: int) -> Opened:
    """A source with its text, passages and figures."""
    import db.figures
    import db.sources

    return Opened(
        source=db.sources.get(archive, source_id),
        text=db.sources.text(archive, source_id),
        passages=tuple(db.sources.passages(archive, source_id)),
        figures=tuple(db.figures.in_source(archive, source_id)),
    )


def source_figures(archive: "Archive", source_id: int) -> tuple[Source, list[KeptFigure]]:
    """A source and its figures without its text, which only a new version changes."""
    import db.figures
    import db.sources

    return db.sources.get(archive, source_id), db.figures.in_source(archive, source_id)


def source_and_passage(
    archive: "Archive", source_id: int, passage_id: int | None
) -> tuple[Source, Passage | None, int | None]:
    """A source, a passage of it, and how sure an engine was of words it read in a picture."""
    import db.sources

    sure = None if passage_id is None else db.sources.recognised(archive, passage_id)
    return db.sources.get(archive, source_id), passage(archive, passage_id), sure


def passage(archive: "Archive", passage_id: int | None) -> Passage | None:
    import db.sources

    return None if passage_id is None else db.sources.passage(archive, passage_id)


def totals(archive: "Archive", ids: Sequence[int]) -> tuple[int, list[tuple[str, float, int]], int]:
    """How many figures these are, what they come to by unit, and how many were not added."""
    import db.figures

    return len(ids), *db.figures.totals(archive, ids)


def figures(archive: "Archive", ids: Sequence[int]) -> dict[int, KeptFigure]:
    import db.figures

    return db.figures.rows(archive, ids)


def all_figures(archive: "Archive") -> list[KeptFigure]:
    import db.figures

    return db.figures.all(archive)


def figure_ids(archive: "Archive", choice: Choice) -> tuple[list[int], list[tuple[str, int]]]:
    """The ids that fit, and the units there are with their counts."""
    import db.figures

    ids = db.figures.ids(
        archive,
        words=choice.words,
        unit=choice.unit,
        status=choice.status,
        source_id=choice.source_id,
        order=choice.order,
        descending=choice.descending,
        days=choice.days,
    )
    return ids, db.figures.units(archive)


def undo(archive: "Archive") -> Change:
    import db.history

    return db.history.undo(archive)


def redo(archive: "Archive") -> Change:
    import db.history

    return db.history.redo(archive)


def cite(archive: "Archive", source_id: int, span: Span, style: str) -> "Cited":
    """The reference to words in a style, and the link back to them."""
    from db import citing

    return citing.cite(archive, source_id, span, style)


def find_link(archive: "Archive", text: str) -> "Found":
    """Where a stable link leads."""
    from db import stable_link

    return stable_link.find(archive, stable_link.parse(text))


def unfinished(archive: "Archive") -> list[tuple[int, str, int]]:
    """Imports that were stopped: id, when they began, sources stored whole."""
    from db import ingest

    return ingest.unfinished(archive)


def import_reports(archive: "Archive") -> "list[KeptReport]":
    """What became of the paths of each import."""
    from db import import_reports

    return import_reports.kept(archive)


def lacks_figures(archive: "Archive") -> bool:
    """Whether sources wait for the grammar: an import was closed before it was through."""
    from db import extraction

    return bool(extraction.without_figures(archive))


_CSV_FIELDS = (
    "kind", "value", "value_high", "approx", "unit", "per", "of", "giver", "receiver", "modality",
    "nature", "date", "date_basis",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Copied:
    """A table as CSV, how many rows it has, and how many figures of restricted sources stay out."""

    text: str
    rows: int
    left_out: int


def figures_as_csv(archive: "Archive", ids: Sequence[int]) -> Copied:
    """The figures as a table with the names of the export; text columns cannot become formulas."""
    import db.sources
    from db.exchange import tables

    closed = db.sources.restricted(archive)
    left_out = 0

    def lines() -> "Iterator[Sequence[Cell]]":
        nonlocal left_out
        for at in range(0, len(ids), 500):
            part = ids[at : at + 500]
            rows = figures(archive, part)
            for figure_id in part:
                kept = rows.get(figure_id)
                if kept is None:
                    continue
                if kept.source_id in closed:
                    left_out += 1
                    continue
                fields = [getattr(kept.figure, name) for name in _CSV_FIELDS]
                yield (kept.source_title, kept.figure.text, *fields, kept.status)

    out = io.StringIO()
    written = tables.write_lines(out, ("source", "words", *_CSV_FIELDS, "status"), lines())
    return Copied(out.getvalue(), written, left_out)
