"""A small table of how far two readers agree, tag by tag."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.plain import Label, shown, tip
from desktop.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.agreement import Agreement


class AgreementWindow(QDialog):
    """Tag, the two readers, the passages both or one of them tagged, and Cohen's kappa."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Agreement between Readers"))
        said = Label(
            self.tr("Over the passages of the sources in which both readers tagged:"), self
        ).wrapped()
        self._table = QTreeWidget(self)
        self._table.setHeaderLabels(
            [
                self.tr("Tag"), self.tr("Reader"), self.tr("Other reader"), self.tr("Both"),
                self.tr("Only one"), self.tr("Only the other"), self.tr("Neither"),
                self.tr("Kappa"),
            ]
        )  # fmt: skip
        self._table.setRootIsDecorated(False)
        self._table.setAlternatingRowColors(True)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setAccessibleName(self.tr("Agreement between readers"))
        for column, width in enumerate((150, 120, 120, 60, 75, 105, 70)):
            self._table.setColumnWidth(column, width)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        session.closing.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(said)
        layout.addWidget(self._table, 1)
        layout.addWidget(buttons)
        self.resize(800, 320)

    def tell(self, found: "Sequence[Agreement]") -> None:
        """Show these."""
        self._table.clear()
        for each in found:
            kappa = self.tr("undefined") if each.kappa is None else f"{each.kappa:.2f}"
            counts = (each.both, each.only_one, each.only_other, each.neither)
            cells = [shown(each.tag), shown(each.one), shown(each.other), *map(str, counts), kappa]
            item = QTreeWidgetItem(cells)
            for column in range(3):
                item.setToolTip(column, tip(cells[column]))
            self._table.addTopLevelItem(item)
        self.show()
        self.raise_()

    def rows(self) -> list[list[str]]:
        """What the table says."""
        items = [self._table.topLevelItem(at) for at in range(self._table.topLevelItemCount())]
        return [
            [item.text(column) for column in range(self._table.columnCount())]
            for item in items
            if item is not None
        ]
