"""The data behind a plot as CSV: each figure with its words and where they stand."""

import io
from collections.abc import Iterable, Iterator

from db.records import KeptFigure
from desktop.plotting.words import FindPassage, sentence

COLUMNS = (
    "figure_id", "source", "source_id", "passage_id", "page", "start", "end", "words", "sentence",
    "value", "value_high", "approx", "unit", "per", "of", "giver", "receiver", "modality",
    "nature", "date", "date_basis", "status",
)  # fmt: skip


def rows(
    figures: Iterable[KeptFigure], find_passage: FindPassage | None = None
) -> Iterator[tuple[str | int | float | None, ...]]:
    """The cells of COLUMNS for each figure."""
    for kept in figures:
        figure = kept.figure
        passage = find_passage(kept.passage_id) if find_passage else None
        yield (
            kept.id, kept.source_title, kept.source_id, kept.passage_id,
            passage.page if passage else None, figure.start, figure.end, figure.text,
            "".join(sentence(kept, passage)), figure.value, figure.value_high,
            figure.approx, figure.unit, figure.per, figure.of, figure.giver, figure.receiver,
            figure.modality, figure.nature, figure.date, figure.date_basis, kept.status,
        )  # fmt: skip


def written(cells: Iterable[tuple[str | int | float | None, ...]]) -> str:
    """Rows of COLUMNS as CSV with a header; no cell acts as a formula."""
    from db.exchange import tables

    out = io.StringIO()
    tables.write_lines(out, COLUMNS, cells)
    return out.getvalue()
