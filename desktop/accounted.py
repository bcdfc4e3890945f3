"""What the window asks about accounts: what several sources say on one matter, for jobs."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.records import KeptFigure, Passage, Source

if TYPE_CHECKING:
    from db.accounts import Matrix
    from db.archive import Archive
    from db.series import Series


@dataclass(frozen=True, slots=True)
class Accounts:
    """A matrix of accounts with the figures, passages and sources that its cells name."""

    matrix: "Matrix"
    figures: dict[int, KeptFigure] = field(default_factory=dict)
    passages: dict[int, Passage] = field(default_factory=dict)
    sources: dict[int, Source] = field(default_factory=dict)


def all_series(archive: "Archive") -> "list[Series]":
    import db.series

    return db.series.all(archive)


def of_series(archive: "Archive", series_id: int) -> Accounts:
    import db.accounts

    return _filled(archive, db.accounts.of_series(archive, series_id))


def of_search(archive: "Archive", words: str) -> Accounts:
    import db.accounts

    return _filled(archive, db.accounts.of_search(archive, words))


def of_sources(archive: "Archive", a: int, b: int) -> Accounts:
    import db.accounts

    return _filled(archive, db.accounts.of_sources(archive, a, b))


def of_figure(archive: "Archive", figure_id: int) -> Accounts:
    """Who else says something on the matter of a figure."""
    import db.accounts

    return _filled(archive, db.accounts.like(archive, figure_id))


def _filled(archive: "Archive", matrix: "Matrix") -> Accounts:
    import db.figures
    import db.sources

    ids = [entry.figure_id for row in matrix.cells for cell in row for entry in cell]
    figures = db.figures.rows(archive, ids)
    passages = db.sources.passages_by_id(
        archive, sorted({kept.passage_id for kept in figures.values()})
    )
    sources = {each: db.sources.get(archive, each) for each in matrix.source_ids}
    return Accounts(matrix, figures, passages, sources)


def as_csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table as CSV, cells that a spreadsheet would take for formulas made harmless."""
    from db.exchange import tables

    out = io.StringIO()
    tables.write_lines(out, header, rows)
    return out.getvalue()
