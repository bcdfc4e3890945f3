"""One finding spelled out: its figures in their words, the reckoning, and the judgement asked for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from db.records import KeptFigure, Span
from desktop import finding_words
from desktop.found import Rests
from desktop.plain import Label, shown
from desktop.selection import Selected

if TYPE_CHECKING:
    from db.findings import Finding


class FindingDetail(QWidget):
    """Shows one finding; says which of its figures was pointed at and what a person decided."""

    figure_chosen = Signal(object)  # Selected
    figure_activated = Signal(object)  # Selected
    judged = Signal(str, str, str)  # judgement, reason, verdict ("" leaves it)
    taken_back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finding: Finding | None = None
        self._filling = False
        self._message = Label("", self).wrapped()
        self._terms = QListWidget(self)
        self._terms.setAccessibleName(self.tr("Figures the finding rests on"))
        self._terms.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._terms.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._reckoning = Label("", self).wrapped()
        self._origins = Label("", self).wrapped()
        self._kept = Label("", self).wrapped()
        self._type = QComboBox(self)
        self._type.setAccessibleName(self.tr("Type of the finding"))
        self._change = QPushButton(self.tr("Change Type"), self)
        self._reason = QLineEdit(self)
        self._reason.setPlaceholderText(self.tr("Why? Kept with the judgement"))
        self._reason.setAccessibleName(self.tr("Reason of the judgement"))
        self._confirm = QPushButton(self.tr("Confirm"), self)
        self._dismiss = QPushButton(self.tr("Dismiss"), self)
        self._back = QPushButton(self.tr("Take Back"), self)

        inside = QWidget(self)
        told = QVBoxLayout(inside)
        told.setContentsMargins(0, 0, 6, 0)
        told.addWidget(self._message)
        told.addWidget(self._terms)
        told.addWidget(self._reckoning)
        told.addWidget(self._origins)
        told.addWidget(self._kept)
        told.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.tr("The finding spelled out"))
        area.setWidget(inside)
        types = QHBoxLayout()
        types.addWidget(self._type, 1)
        types.addWidget(self._change)
        decide = QHBoxLayout()
        decide.addWidget(self._reason, 1)
        for button in (self._confirm, self._dismiss, self._back):
            decide.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.addWidget(area, 1)
        layout.addLayout(types)
        layout.addLayout(decide)
        self.show_finding(None, can_judge=False)

        self._terms.currentItemChanged.connect(self._point)
        self._terms.itemClicked.connect(self._open)
        self._terms.itemActivated.connect(self._open)
        self._type.currentIndexChanged.connect(lambda _index: self._enable())
        self._change.clicked.connect(self._say_changed)
        self._confirm.clicked.connect(lambda: self._say("confirmed"))
        self._dismiss.clicked.connect(lambda: self._say("dismissed"))
        self._back.clicked.connect(self.taken_back)

    def show_finding(self, finding: "Finding | None", *, can_judge: bool) -> None:
        """Show a finding without its figures, which come with `show_figures`."""
        same = finding is not None and self._finding is not None and finding.id == self._finding.id
        self._finding = finding
        self._can_judge = can_judge and finding is not None
        self._message.setText(
            finding.message
            if finding
            else self.tr("Choose a finding to see what it rests on and how it was reckoned.")
        )
        lines = finding_words.reckoning(finding) if finding else []
        self._reckoning.setText("\n".join(lines))
        self._reckoning.setVisible(bool(lines))
        kept = ""
        if finding is not None and finding.judgement:
            kept = finding_words.judgement(finding)
            kept = f"{kept}: {finding.reason}" if finding.reason else kept
        self._kept.setText(kept)
        self._kept.setVisible(bool(kept))
        if not same:
            self._fill_terms(())
            self._show_origins(Rests(()))
            self._reason.setText((finding.reason or "") if finding else "")
        self._fill_types(finding)
        self._enable()

    def show_figures(self, finding_id: int, rests: Rests) -> None:
        """List the figures of the finding shown; late ones of another are dropped."""
        if self._finding is not None and self._finding.id == finding_id:
            self._fill_terms(rests.figures)
            self._show_origins(rests)

    def _show_origins(self, rests: Rests) -> None:
        """Whether figures of several sources are independent of each other."""
        lines = finding_words.origins(rests.origins, rests.titles)
        self._origins.setText("\n".join(lines))
        self._origins.setVisible(bool(lines))

    def text(self) -> str:
        """Everything told here, line by line."""
        terms = [self._terms.item(row).text() for row in range(self._terms.count())]
        labels = (self._reckoning, self._origins, self._kept)
        parts = [self._message.text(), *terms, *(label.text() for label in labels)]
        return "\n".join(part for part in parts if part)

    def _fill_terms(self, figures: Sequence[KeptFigure]) -> None:
        self._filling = True
        self._terms.clear()
        if self._finding is not None:
            names = finding_words.roles(self._finding, figures)
            for kept, role in zip(figures, names, strict=True):
                item = QListWidgetItem(shown(finding_words.term(kept, role)))
                item.setData(Qt.ItemDataRole.UserRole, kept)
                self._terms.addItem(item)
        line = self._terms.fontMetrics().height() + 4
        self._terms.setFixedHeight(min(max(1, self._terms.count()), 6) * line + 8)
        self._terms.setVisible(self._terms.count() > 0)
        self._filling = False

    def _fill_types(self, finding: "Finding | None") -> None:
        keys: Sequence[str] = ()
        if finding is not None and finding.kind == "disagreement":
            keys = finding_words.TYPES
        elif finding is not None and finding.kind in ("sum", "share"):
            keys = finding_words.RECKONED
        self._type.blockSignals(True)
        self._type.clear()
        for key in keys:
            self._type.addItem(finding_words.verdict_name(key), key)
        if finding is not None:
            self._type.setCurrentIndex(self._type.findData(finding.verdict))
        self._type.blockSignals(False)
        self._type.setVisible(bool(keys))
        self._change.setVisible(bool(keys))

    def _enable(self) -> None:
        finding, can = self._finding, self._can_judge
        chosen = self._type.currentData()
        self._reason.setEnabled(can)
        self._type.setEnabled(can)
        self._change.setEnabled(
            can and finding is not None and chosen is not None and chosen != finding.verdict
        )
        judgement = finding.judgement if finding else None
        self._confirm.setEnabled(can and judgement != "confirmed")
        self._dismiss.setEnabled(can and judgement != "dismissed")
        self._back.setEnabled(can and judgement is not None)

    def _say(self, judgement: str) -> None:
        self.judged.emit(judgement, self._reason.text().strip(), "")

    def _say_changed(self) -> None:
        self.judged.emit("changed", self._reason.text().strip(), self._type.currentData() or "")

    def _point(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None and not self._filling:
            self.figure_chosen.emit(_selected(item))

    def _open(self, item: QListWidgetItem) -> None:
        self.figure_activated.emit(_selected(item))


def _selected(item: QListWidgetItem) -> Selected:
    kept = item.data(Qt.ItemDataRole.UserRole)
    if not isinstance(kept, KeptFigure):
        return Selected()
    span = Span(kept.figure.start, kept.figure.end)
    return Selected(kept.source_id, kept.passage_id, kept, span)
