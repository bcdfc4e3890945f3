"""The figures of two passages side by side: which is which, and whether they say the same."""

from db.records import KeptFigure
from desktop import comparison_words, showing
from desktop.models.paged import Column
from desktop.plain import QT_TRANSLATE_NOOP

FigureRow = tuple[KeptFigure | None, str, KeptFigure | None]


def _told(kept: KeptFigure | None) -> str:
    if kept is None:
        return "–"
    amount = f"{showing.amount(kept.figure)} {showing.unit(kept.figure)}".strip()
    return f"“{kept.figure.text}” – {amount}"


PAIRS: tuple[Column[FigureRow], ...] = (
    Column(QT_TRANSLATE_NOOP("Columns", "Figure on the left"), lambda row: _told(row[0])),
    Column(
        QT_TRANSLATE_NOOP("Columns", "Compared"), lambda row: comparison_words.figure_fate(row[1])
    ),
    Column(QT_TRANSLATE_NOOP("Columns", "Figure on the right"), lambda row: _told(row[2])),
)
