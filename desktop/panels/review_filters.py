"""The choices of the review queue: source, kind, unit, rule, undated, doubtful; each with a count."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from db.records import Figure, KeptFigure
from desktop import showing
from desktop.check_box import CheckBox
from desktop.plain import shown

if TYPE_CHECKING:
    from db.review import Waiting

DOUBTFUL_BELOW = 0.75  # as in db/review.py, which the window does not import to count by
LONGEST_CHOICE = 40


class Filters(QWidget):
    """Which proposals are asked for; each choice shows how many it would leave."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[str, Counter[Any]] = {}
        self._names: dict[str, dict[Any, str]] = {}
        self._boxes: dict[str, QComboBox] = {}
        self._firsts = {
            "source_id": self.tr("Every source"),
            "kind": self.tr("Every kind"),
            "unit": self.tr("Every unit"),
            "rule": self.tr("Every rule"),
        }
        titles = (self.tr("Source"), self.tr("Kind"), self.tr("Unit"), self.tr("Rule"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for (name, first), title in zip(self._firsts.items(), titles, strict=True):
            box = QComboBox(self)
            box.setAccessibleName(title)
            box.addItem(first, None)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(12 if name in ("source_id", "rule") else 8)
            box.setMaximumWidth(190)
            box.activated.connect(lambda _index: self.changed.emit())
            self._boxes[name] = box
            layout.addWidget(box)
        self._undated = CheckBox(self.tr("Undated"), self)
        self._doubtful = CheckBox(self.tr("Doubtful"), self)
        for check in (self._undated, self._doubtful):
            check.clicked.connect(lambda _on: self.changed.emit())
            layout.addWidget(check)
        layout.addStretch(1)

    def wanted(self) -> dict[str, Any]:
        """The choices by their names in db.review.Wanted."""
        chosen = {name: box.currentData() for name, box in self._boxes.items()}
        flags = {"undated": self._undated.isChecked(), "doubtful": self._doubtful.isChecked()}
        return chosen | flags

    def is_narrowed(self) -> bool:
        return any(value not in (None, False) for value in self.wanted().values())

    def clear(self) -> None:
        """Ask for everything that waits."""
        for box in self._boxes.values():
            box.setCurrentIndex(0)
        self._undated.setChecked(False)
        self._doubtful.setChecked(False)

    def choose(self, name: str, value: object) -> None:
        """Choose as if the person had."""
        if name in self._boxes:
            self._boxes[name].setCurrentIndex(max(0, self._boxes[name].findData(value)))
        else:
            (self._undated if name == "undated" else self._doubtful).setChecked(bool(value))
        self.changed.emit()

    def units(self) -> list[tuple[str, int]]:
        """The units that are offered."""
        return [(unit, count) for unit, count in self._counts.get("unit", {}).items() if unit]

    def show_choices(self, waiting: "Waiting") -> None:
        titles = {source_id: title for source_id, title, _ in waiting.sources}
        listed: dict[str, list[tuple[Any, int]]] = {
            "source_id": [(source_id, count) for source_id, _, count in waiting.sources],
            "kind": list(waiting.kinds),
            "unit": list(waiting.units),
            "rule": list(waiting.rules),
        }
        for name, choices in listed.items():
            self._counts[name] = Counter(dict(choices))
            self._names[name] = {value: self._name(name, value, titles) for value, _ in choices}
            self._fill(name, [value for value, _ in choices])
        self._counts["flags"] = Counter({"undated": waiting.undated, "doubtful": waiting.doubtful})
        self._say_flags()

    def count(self, kept: KeptFigure, step: int) -> None:
        """A proposal has left the queue (-1) or has come back (1): the numbers follow."""
        figure = kept.figure
        values: dict[str, Sequence[Any]] = {
            "source_id": [kept.source_id],
            "kind": [figure.kind],
            "unit": [figure.unit or ""],
            "rule": list(dict.fromkeys(figure.rules)),
        }
        for name, changed in values.items():
            box = self._boxes[name]
            for value in changed:
                at = box.findData(value)
                if at > 0:
                    self._counts[name][value] += step
                    box.setItemText(at, self._said(name, value))
        flags = self._counts.setdefault("flags", Counter())
        flags["undated"] += step * (figure.date is None)
        flags["doubtful"] += step * (figure.confidence < DOUBTFUL_BELOW or bool(figure.doubts))
        self._say_flags()

    def _fill(self, name: str, values: Sequence[Any]) -> None:
        box = self._boxes[name]
        chosen = box.currentData()
        box.blockSignals(True)
        box.clear()
        box.addItem(self._firsts[name], None)
        for value in values:
            box.addItem(self._said(name, value), value)
        if chosen is not None and box.findData(chosen) < 0:
            # What was chosen has no proposal left; the choice stands until the person drops it.
            self._counts[name][chosen] = 0
            self._names[name][chosen] = self._name(name, chosen, {})
            box.addItem(self._said(name, chosen), chosen)
        box.setCurrentIndex(max(0, box.findData(chosen)) if chosen is not None else 0)
        box.blockSignals(False)

    def _said(self, name: str, value: Any) -> str:
        return f"{self._names[name][value]} ({showing.count(self._counts[name][value])})"

    def _name(self, name: str, value: Any, titles: dict[int, str]) -> str:
        if name == "source_id":
            title = shown(titles.get(value, "")) or self.tr("(untitled)")
            return title if len(title) <= LONGEST_CHOICE else f"{title[:LONGEST_CHOICE]}…"
        if name == "kind":
            return showing.figure_kind(Figure(0, 1, "", value, 0.0))
        if name == "unit" and not value:
            return self.tr("without a unit")
        return shown(str(value))

    def _say_flags(self) -> None:
        flags = self._counts["flags"]
        undated, doubtful = (showing.count(flags[name]) for name in ("undated", "doubtful"))
        self._undated.setText(self.tr("Undated ({0})").format(undated))
        self._doubtful.setText(self.tr("Doubtful ({0})").format(doubtful))
