"""The data behind a plot as CSV: each figure with its words and where they stand."""

import csv
import io
from collections.abc import Iterable

from db.records import KeptFigure, Passage
from desktop.plotting.words import FindPassage, sentence

COLUMNS = (
    "figure_id", "source", "source_id", "passage_id", "page", "start", "end", "words", "sentence",
    "value", "value_high", "approx", "unit", "per", "of", "giver", "receiver", "modality",
    "nature", "date", "date_basis", "status",
)  # fmt: skip
# A spreadsheet would run a cell that begins so.
_FORMULA = tuple("=+-@\t\r")


def table(
    figures: Iterable[KeptFigure],
    find_passage: FindPassage | None = None,
    *,
    with_header: bool = True,
) -> str:
    """CSV; text that looks like a formula is kept from running by an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    if with_header:
        writer.writerow(COLUMNS)
    for kept in figures:
        figure = kept.figure
        passage: Passage | None = find_passage(kept.passage_id) if find_passage else None
        cells: tuple[object, ...] = (
            kept.id, kept.source_title, kept.source_id, kept.passage_id,
            passage.page if passage else None, figure.start, figure.end, figure.text,
            "".join(sentence(kept, passage)), _plain(figure.value), _plain(figure.value_high),
            figure.approx, figure.unit, figure.per, figure.of, figure.giver, figure.receiver,
            figure.modality, figure.nature, figure.date, figure.date_basis, kept.status,
        )  # fmt: skip
        writer.writerow([_cell(cell) for cell in cells])
    return out.getvalue()


def _plain(value: float | None) -> int | float | None:
    """A whole number without ".0"."""
    if value is not None and value == value // 1 and abs(value) < 1e15:
        return int(value)
    return value


def _cell(cell: object) -> object:
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return "'" + cell
    return "" if cell is None else cell
