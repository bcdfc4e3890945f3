"""A list of sources to choose one from, narrowed by typing any part of a title."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from db.records import Source
from desktop.plain import shown


class SourceChoice(QComboBox):
    """Offers the sources that have a text; its current data is the id of the one chosen."""

    def __init__(self, name: str, parent: QWidget | None = None, nothing: str = "") -> None:
        """`nothing` is what the first line says where none need be chosen."""
        super().__init__(parent)
        self._nothing = nothing
        self.setAccessibleName(name)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(20)
        line, completer = self.lineEdit(), self.completer()
        if line is not None:
            line.setPlaceholderText(name)
            line.setAccessibleName(name)
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)

    def source_id(self) -> int | None:
        chosen = self.currentData()
        return chosen if isinstance(chosen, int) else None

    def offer(self, sources: Sequence[Source], otherwise: int | None = None) -> None:
        """List the sources and keep the one chosen; without one choose `otherwise`."""
        before = self.source_id()
        before = otherwise if before is None else before
        self.blockSignals(True)
        self.clear()
        if self._nothing:
            self.addItem(self._nothing)
        for source in sources:
            if source.passages:
                self.addItem(shown(source.title), source.id)
        none = 0 if self._nothing else -1
        self.setCurrentIndex(self.findData(before) if before is not None else none)
        self.blockSignals(False)

    def put(self, source_id: int) -> None:
        """Choose a source, also while the list is still on its way."""
        at = self.findData(source_id)
        if at < 0:
            self.addItem("…", source_id)
            at = self.count() - 1
        self.setCurrentIndex(at)
