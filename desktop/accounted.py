"""What the window asks about accounts: what several sources say on one matter, for jobs."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from db.records import KeptFigure, Passage, Source

if TYPE_CHECKING:
    from db.accounts import By, Matrix, Row
    from db.archive import Archive
    from db.independence import Origin
    from db.series import Series

MOST_HELD = 200  # figures of a row whose words are held against each other, each with each


@dataclass(frozen=True, slots=True)
class Accounts:
    """A matrix of accounts with the figures, passages and sources that its cells name.

    `origins` are where the figures come from that agree in a row, two of them at least.
    """

    matrix: "Matrix"
    figures: dict[int, KeptFigure] = field(default_factory=dict)
    passages: dict[int, Passage] = field(default_factory=dict)
    sources: dict[int, Source] = field(default_factory=dict)
    origins: "dict[Row, list[Origin]]" = field(default_factory=dict)
    restricted: frozenset[int] = frozenset()


def all_series(archive: "Archive") -> "list[Series]":
    import db.series

    return db.series.all(archive)


def of_series(archive: "Archive", series_id: int, by: "By") -> Accounts:
    import db.accounts

    return _filled(archive, db.accounts.of_series(archive, series_id, by))


def of_search(archive: "Archive", words: str, by: "By") -> Accounts:
    import db.accounts

    return _filled(archive, db.accounts.of_search(archive, words, by))


def of_sources(archive: "Archive", source_ids: Sequence[int], by: "By") -> Accounts:
    import db.accounts

    return _filled(archive, db.accounts.of_sources(archive, source_ids, by))


def of_figure(archive: "Archive", figure_id: int, by: "By") -> Accounts:
    """Who else says something on the matter of a figure."""
    import db.accounts

    return _filled(archive, db.accounts.like(archive, figure_id, by))


def _filled(archive: "Archive", matrix: "Matrix") -> Accounts:
    import db.figures
    import db.sources

    ids = [entry.figure_id for row in matrix.cells for cell in row for entry in cell]
    figures = db.figures.rows(archive, ids)
    passages = db.sources.passages_by_id(
        archive, sorted({kept.passage_id for kept in figures.values()})
    )
    sources = {each: db.sources.get(archive, each) for each in matrix.source_ids}
    origins = _origins(matrix, figures, passages)
    restricted = db.sources.restricted(archive)
    return Accounts(matrix, figures, passages, sources, origins, restricted)


def _origins(
    matrix: "Matrix", figures: dict[int, KeptFigure], passages: dict[int, Passage]
) -> "dict[Row, list[Origin]]":
    from db import independence
    from db.accounts import AGREEING

    found = {}
    for row, cells in zip(matrix.rows, matrix.cells, strict=True):
        if row.every_year:
            continue  # figures of two years do not agree with each other
        entries = [entry for cell in cells for entry in cell if entry.badge in AGREEING]
        agreeing = [figures[each.figure_id] for each in entries if each.figure_id in figures]
        if 1 < len(agreeing) <= MOST_HELD:
            found[row] = independence.of_passages(agreeing, passages)
    return found


def as_csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table as CSV, cells that a spreadsheet would take for formulas made harmless."""
    from db.exchange import tables

    out = io.StringIO()
    tables.write_lines(out, header, rows)
    return out.getvalue()


def write(
    _archive: "Archive", header: Sequence[str], rows: Sequence[Sequence[str]], path: Path
) -> Path:
    """Write a table to `path`: a workbook, or CSV with the mark that tells spreadsheets it is UTF-8."""
    from db.exchange import tables

    with path.open("wb") as file:
        if path.suffix.lower() == ".xlsx":
            title = path.stem
            tables.write_xlsx(file, title, [tables.Column(each) for each in header], rows)
        else:
            tables.write_csv(file, [tables.Column(each) for each in header], rows)
    return path
