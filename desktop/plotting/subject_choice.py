"""A list of what a plot can be of: every figure, a series, or what a person has selected."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from desktop.plain import shown
from desktop.plotting.state import EVERYTHING, Subject

if TYPE_CHECKING:
    from db.series import Series


class SubjectChoice(QComboBox):
    """Offers subjects, narrowed by typing any part of a name; says which was chosen."""

    subject_chosen = Signal(object)  # Subject

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What is plotted"))
        self.setToolTip(self.tr("All figures, a series or a selection; type to find a series"))
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(22)
        completer = self.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._subjects: list[Subject] = [EVERYTHING]
        self._now = EVERYTHING
        self._series: tuple[Series, ...] = ()
        self.activated.connect(self._choose)
        self._fill()

    @property
    def now(self) -> Subject:
        """What is shown."""
        return self._now

    def offer(self, series: "Sequence[Series]") -> None:
        """Offer these series besides everything and what is shown."""
        self._series = tuple(series)
        self._fill()

    def put(self, subject: Subject) -> None:
        """Show `subject` as the one plotted; says nothing of it."""
        self._now = subject
        self._fill()

    def series_of(self, figure_ids: Sequence[int]) -> int | None:
        """The series shown, else the only one that holds all of these figures."""
        if self._now.series_id is not None:
            return self._now.series_id
        wanted = set(figure_ids)
        found = [
            each.id for each in self._series if wanted <= {point.figure_id for point in each.points}
        ]
        return found[0] if len(found) == 1 else None

    def title(self) -> str:
        """The subject's name for a heading; empty for everything."""
        return self._now.name

    def _fill(self) -> None:
        self.blockSignals(True)
        self.clear()
        self._subjects = [EVERYTHING]
        self.addItem(self.tr("All figures"))
        if self._now.figure_ids is not None:
            self._subjects.append(self._now)
            self.addItem(shown(self._now.name))
        for each in self._series:
            self._subjects.append(Subject(each.name, each.id))
            mark = "●" if each.status == "kept" else "○"
            self.addItem(f"{mark} {shown(each.name)} ({len(each.points)})")
        at = self._place()
        if at < 0:
            self._subjects.append(self._now)
            self.addItem(shown(self._now.name))
            at = self.count() - 1
        self.setCurrentIndex(at)
        self.blockSignals(False)

    def _place(self) -> int:
        for at, each in enumerate(self._subjects):
            same_series = each.series_id == self._now.series_id
            if same_series and each.figure_ids == self._now.figure_ids:
                return at
        return -1

    def _choose(self, at: int) -> None:
        chosen = self._subjects[at]
        if chosen != self._now:
            self.subject_chosen.emit(chosen)
