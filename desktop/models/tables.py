"""What each flat list shows: its columns as data."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from db.records import Hit, KeptFigure
from desktop import showing
from desktop.models.paged import Column
from desktop.plain import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from db.contexts import Context
    from db.found_set import Row
    from db.saved_searches import News, SavedSearch


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A saved search and what is new in it; None while that is being looked for."""

    saved: "SavedSearch"
    news: "News | None" = None


# One column: the delegate paints title and snippet from the record.
HITS: tuple[Column[Hit], ...] = (
    Column(
        QT_TRANSLATE_NOOP("Columns", "Passages"), lambda hit: f"{hit.source_title}: {hit.snippet}"
    ),
)

# The delegate paints the first three from the record.
CONTEXTS: "tuple[Column[Context], ...]" = (
    Column(QT_TRANSLATE_NOOP("Columns", "Before"), lambda line: line.left, right=True, width=40),
    Column(QT_TRANSLATE_NOOP("Columns", "Match"), lambda line: line.match, width=12),
    Column(QT_TRANSLATE_NOOP("Columns", "Behind"), lambda line: line.right, width=40),
    Column(QT_TRANSLATE_NOOP("Columns", "Source"), lambda line: line.source_title, width=18),
)

FOUND: "tuple[Column[Row], ...]" = (
    Column(
        QT_TRANSLATE_NOOP("Columns", "Source"),
        lambda row: row.hit.source_title,
        order="source",
        width=24,
    ),
    Column(
        QT_TRANSLATE_NOOP("Columns", "Date"), lambda row: row.hit.date or "", order="date", width=11
    ),
    Column(QT_TRANSLATE_NOOP("Columns", "Passage"), lambda row: row.hit.snippet, width=48),
    Column(
        QT_TRANSLATE_NOOP("Columns", "Figures"),
        lambda row: " · ".join(
            f"{showing.amount(kept.figure)} {showing.unit(kept.figure)}".strip()
            for kept in row.figures
        ),
        order="value",
        width=24,
    ),
    Column(
        QT_TRANSLATE_NOOP("Columns", "Kind"),
        lambda row: showing.passage_kind(row.hit.kind),
        width=10,
    ),
    Column(QT_TRANSLATE_NOOP("Columns", "Page"), lambda row: row.page or "", width=6),
    Column(QT_TRANSLATE_NOOP("Columns", "Creator"), lambda row: row.creator or "", width=14),
)


def _news(row: SavedRow) -> str:
    if row.news is None:
        return "…"
    if row.news.new:
        return QCoreApplication.translate("Columns", "%n new", "", len(row.news.new))
    return showing.count(row.news.total)


def _looked(row: SavedRow) -> str:
    day = (row.saved.looked_at or "")[:10]
    return QCoreApplication.translate("Columns", "Last looked at: {0}").format(day) if day else ""


SAVED: tuple[Column[SavedRow], ...] = (
    Column(
        QT_TRANSLATE_NOOP("Columns", "Name"),
        lambda row: f"● {row.saved.name}" if row.news and row.news.new else row.saved.name,
        tip=lambda row: f"{row.saved.name}\n{row.saved.query}\n{_looked(row)}",
    ),
    Column(QT_TRANSLATE_NOOP("Columns", "Passages"), _news, right=True),
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
