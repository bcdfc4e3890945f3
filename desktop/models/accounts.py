"""The table of accounts: a row a matter and period, a column a source, figures in the cells."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from db.records import KeptFigure
from desktop import origin_words, showing
from desktop.plain import QT_TRANSLATE_NOOP, shown, tip

if TYPE_CHECKING:
    from db.accounts import Entry, Matrix, Row
    from desktop.accounted import Accounts

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
EntriesRole = Qt.ItemDataRole.UserRole + 1  # the entries of a cell
AROUND = 24  # characters of the passage on either side of a figure's words

# A sign and a word each, so that colour is never the only cue.
BADGES = {
    "first": ("", QT_TRANSLATE_NOOP("Accounts", "first of its row")),
    "same": ("=", QT_TRANSLATE_NOOP("Accounts", "the same")),
    "about": ("≈", QT_TRANSLATE_NOOP("Accounts", "about the same")),
    "differs": ("≠", QT_TRANSLATE_NOOP("Accounts", "differs")),
    "other period": ("◷", QT_TRANSLATE_NOOP("Accounts", "other period")),
    "other scope": ("⊂", QT_TRANSLATE_NOOP("Accounts", "other scope")),
    "asked or delivered": ("⇢", QT_TRANSLATE_NOOP("Accounts", "asked, not delivered")),
}


def badge(key: str) -> str:
    """Sign and words: "≠ differs"."""
    sign, words = BADGES[key]
    return f"{sign} {QCoreApplication.translate('Accounts', words)}".strip()


class AccountsModel(QAbstractTableModel):
    """Shows `Accounts`; a matrix is small (500 passages at most), so it is held whole."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._accounts: Accounts | None = None
        self._matrix: Matrix | None = None

    def show(self, accounts: "Accounts | None", matrix: "Matrix | None") -> None:
        """Show these accounts, in the rows of `matrix` (all of theirs, or some)."""
        self.beginResetModel()
        self._accounts, self._matrix = accounts, matrix
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() or self._matrix is None else len(self._matrix.rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() or self._matrix is None else 1 + len(self._matrix.source_ids)

    def source_id(self, column: int) -> int:
        """The source of a column; columns of sources begin with 1."""
        return self._matrix.source_ids[column - 1] if self._matrix is not None else 0

    def column_of(self, source_id: int) -> int:
        """The column of a source."""
        return 1 + self._matrix.source_ids.index(source_id) if self._matrix is not None else 0

    def entries(self, row: int, column: int) -> "tuple[Entry, ...]":
        """The entries of a cell; none of the first column, which names the row."""
        if self._matrix is None or column < 1 or not 0 <= row < len(self._matrix.rows):
            return ()
        return self._matrix.cells[row][column - 1]

    def first(self, row: int) -> "Entry | None":
        """The entry the others of a row are held against."""
        if self._matrix is None or not 0 <= row < len(self._matrix.rows):
            return None
        every = (entry for cell in self._matrix.cells[row] for entry in cell)
        return next((entry for entry in every if entry.badge == "first"), None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._matrix is None:
            return None
        entries = self.entries(index.row(), index.column())
        if role == EntriesRole:
            return entries
        if role == Qt.ItemDataRole.DisplayRole:
            if index.column() == 0:
                return self._headed(self._matrix.rows[index.row()])
            by_year = not self._matrix.rows[index.row()].every_year
            return "\n".join(self._told(entry, by_year=by_year) for entry in entries)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            if index.column() == 0:
                lines = [self._headed(self._matrix.rows[index.row()]), *self.origins(index.row())]
                told = "\n".join(lines)
                return tip(told) if role == Qt.ItemDataRole.ToolTipRole else told
            told = "\n".join(f"{self._told(entry)} ({badge(entry.badge)})" for entry in entries)
            return tip(told) if role == Qt.ItemDataRole.ToolTipRole else told or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or self._matrix is None:
            return None
        if section == 0:
            named = role == Qt.ItemDataRole.DisplayRole
            return QCoreApplication.translate("Accounts", "Matter") if named else None
        source = self._accounts.sources.get(self.source_id(section)) if self._accounts else None
        if source is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(source.title)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(source.title)
        return None

    def origins(self, row: int) -> list[str]:
        """Where the figures come from that agree in a row, a line an origin."""
        if self._accounts is None or self._matrix is None:
            return []
        origins = self._accounts.origins.get(self._matrix.rows[row], [])
        titles = {each: source.title for each, source in self._accounts.sources.items()}
        return origin_words.told(origins, titles)

    def _headed(self, row: "Row") -> str:
        """What a row speaks of and, where figures agree, how many origins they have."""
        origins = self._accounts.origins.get(row) if self._accounts else None
        return f"{name_of(row)}\n{origin_words.counted(origins)}" if origins else name_of(row)

    def _told(self, entry: "Entry", *, by_year: bool = True) -> str:
        """Badge, amount and a few words around: "≠ 500 – reduced the request to 500 aircraft"."""
        kept = self._accounts.figures.get(entry.figure_id) if self._accounts else None
        if kept is None:
            return "…"
        sign = BADGES[entry.badge][0]
        amount = f"{sign} {showing.amount(kept.figure)}".strip()
        if not by_year and (years := showing.years(kept.figure.date or "")):
            amount = f"{years}: {amount}"
        return f"{amount} – {self._quotation(kept)}"

    def _quotation(self, kept: KeptFigure) -> str:
        passage = self._accounts.passages.get(kept.passage_id) if self._accounts else None
        if passage is None:
            return shown(kept.figure.text)
        start = kept.figure.start - passage.start
        end = kept.figure.end - passage.start
        before = passage.text[max(0, start - AROUND) : start]
        behind = passage.text[end : end + AROUND]
        # A word that was cut in two says nothing.
        before = before if start <= AROUND else f"…{before.partition(' ')[2]}"
        if end + AROUND < len(passage.text):
            behind = f"{behind.rpartition(' ')[0]}…"
        return shown(f"{before}{passage.text[start:end]}{behind}")


def name_of(row: "Row") -> str:
    """What a row speaks of: "aircraft, 1941", or "coal: tonne, 1931" where rows have names."""
    unit = "%" if row.unit == "percent" else row.unit or "–"
    per = f" / {row.per}" if row.per else ""
    named = f"{shown(row.name)}: {unit}{per}" if row.name else f"{unit}{per}"
    if row.year is not None:
        return f"{named}, {row.year}"
    return named if row.every_year else named + QCoreApplication.translate("Accounts", ", undated")
