"""The figures of passages side by side: which is which, and whether they say the same."""

from typing import Any

from db.records import KeptFigure
from desktop import comparison_words, showing
from desktop.compared import Row
from desktop.models.paged import Column
from desktop.plain import QT_TRANSLATE_NOOP

# The first's figure, and what each of the others has: a fate ("" where it says nothing), a figure.
FigureRow = tuple[KeptFigure | None, str, KeptFigure | None, str, KeptFigure | None]


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
    Column(
        QT_TRANSLATE_NOOP("Columns", "Third compared"),
        lambda row: comparison_words.figure_fate(row[3]),
    ),
    Column(QT_TRANSLATE_NOOP("Columns", "Figure in the third"), lambda row: _told(row[4])),
)
THIRD = (3, 4)  # the columns of a third source


def figure_rows(row: Row, kept: dict[int, KeptFigure]) -> list[FigureRow]:
    """The figures of a row of passages, each of the first's once."""
    found: dict[tuple[str, int], FigureRow] = {}
    for at, side in ((1, row), (3, row.third)):
        for pair in side.figures if side else ():
            key = ("", pair.a) if pair.a is not None else (str(at), pair.b or 0)
            told: list[Any] = list(found.get(key, (kept.get(pair.a or 0), "", None, "", None)))
            told[at : at + 2] = pair.relation, kept.get(pair.b or 0)
            found[key] = (told[0], told[1], told[2], told[3], told[4])
    return list(found.values())
