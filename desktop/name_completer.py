"""Completes a name from its variants, too: what is chosen stands as the name that is kept."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit


class NameCompleter(QCompleter):
    """Offers (as typed, as kept) pairs; `between` parts several names in one line."""

    def __init__(
        self, line: QLineEdit, offers: Sequence[tuple[str, str]], between: str = ""
    ) -> None:
        super().__init__(line)
        self._line = line
        self._between = between
        model = QStandardItemModel(self)
        for said, kept in offers:
            item = QStandardItem(said if said == kept else f"{said} → {kept}")
            item.setData(kept, Qt.ItemDataRole.UserRole)
            model.appendRow(item)
        self.setModel(model)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)

    def splitPath(self, path: str) -> list[str]:
        """What is being typed: of several names, the last."""
        return [path.rpartition(self._between)[2].strip() if self._between else path]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """The line with what was chosen in it."""
        kept = str(index.data(Qt.ItemDataRole.UserRole))
        if not self._between:
            return kept
        before, mark, _ = self._line.text().rpartition(self._between)
        return f"{before}{mark} {kept}" if mark else kept
