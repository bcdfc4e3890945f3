"""What each flat list shows: its columns as data."""

from db.records import Hit, KeptFigure
from desktop import showing
from desktop.models.paged import Column
from desktop.plain import QT_TRANSLATE_NOOP

# One column: the delegate paints title and snippet from the record.
HITS: tuple[Column[Hit], ...] = (
    Column(
        QT_TRANSLATE_NOOP("Columns", "Passages"), lambda hit: f"{hit.source_title}: {hit.snippet}"
    ),
)

FIGURES: tuple[Column[KeptFigure], ...] = (
    Column(QT_TRANSLATE_NOOP("Columns", "Words"), lambda kept: kept.figure.text, width=20),
    Column(
        QT_TRANSLATE_NOOP("Columns", "Value"),
        lambda kept: showing.amount(kept.figure),
        order="value",
        right=True,
        width=14,
    ),
    Column(
        QT_TRANSLATE_NOOP("Columns", "Unit"),
        lambda kept: showing.unit(kept.figure),
        order="unit",
        width=9,
    ),
    Column(QT_TRANSLATE_NOOP("Columns", "Of what"), lambda kept: kept.figure.of or "", width=14),
    Column(
        QT_TRANSLATE_NOOP("Columns", "Period"),
        lambda kept: kept.figure.date or "",
        order="date",
        width=12,
        tip=lambda kept: f"{kept.figure.date or ''} {showing.date_basis(kept.figure)}".strip(),
    ),
    Column(QT_TRANSLATE_NOOP("Columns", "Decision"), showing.status, order="status", width=11),
    Column(
        QT_TRANSLATE_NOOP("Columns", "From → to"),
        lambda kept: showing.parties(kept.figure),
        width=14,
    ),
    Column(
        QT_TRANSLATE_NOOP("Columns", "Source"),
        lambda kept: kept.source_title,
        order="source",
        width=30,
    ),
)
