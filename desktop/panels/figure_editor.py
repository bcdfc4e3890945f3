"""The edit form of a figure: in the review queue, and in a window of its own for table and reader."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from db import edtf
from db.records import Context, Figure, KeptFigure, Span
from desktop import figure_words, showing
from desktop.date_words import meaning
from desktop.passage_view import InContext, PassageView
from desktop.plain import QT_TRANSLATE_NOOP, Label

if TYPE_CHECKING:
    from db.review import Card

_APPROXIMATIONS = (
    ("exact", QT_TRANSLATE_NOOP("FigureForm", "exactly")),
    ("about", QT_TRANSLATE_NOOP("FigureForm", "about")),
    ("almost", QT_TRANSLATE_NOOP("FigureForm", "almost")),
    ("more_than", QT_TRANSLATE_NOOP("FigureForm", "more than")),
    ("less_than", QT_TRANSLATE_NOOP("FigureForm", "less than")),
    ("up_to", QT_TRANSLATE_NOOP("FigureForm", "up to")),
)
_KINDS = ("money", "count", "percent", "duration", "mass", "other")
_MODALITIES = (
    "asked", "offered", "agreed", "planned", "delivered", "estimated", "denied", "stated",
)  # fmt: skip
_NATURES = ("stock", "flow", "cumulative", "share", "rate", "rank")
LONGEST_NUMBER = 60
LONGEST_NEIGHBOUR = 240  # as db/review.py cuts them
# "1,300" and "1 300.5", never "1,5": there the person may mean a decimal comma.
_POWER = re.compile(r"\d[eE][-+\d]")
_GROUPED = re.compile(r"-?\d{1,3}(?:[, \u00a0\u202f]\d{3}){0,20}(?:\.\d{1,20})?")


def number_of(text: str) -> float | None:
    """What a person means by a typed number: "25,000,000", "25 million"; None if it is none."""
    text = text.strip()
    if not text or len(text) > LONGEST_NUMBER or _POWER.search(text):
        return None
    value, is_number = QLocale().toDouble(text)
    if not is_number and _GROUPED.fullmatch(text):
        value, is_number = float(re.sub("[^-.0-9]", "", text)), True
    if not is_number:
        from db import quantities

        # The grammar wants to know of what; a bare "13 thousand" is no figure to it.
        read = quantities.figures(f"{text} tonnes", Context(language="en"))
        if len(read) != 1 or read[0].value_high is not None:
            return None
        if read[0].start or read[0].end <= len(text):
            return None
        value = read[0].value
    return value if math.isfinite(value) and abs(value) < 1e300 else None


class FigureForm(QWidget):
    """All that can be changed about a figure. Says what was changed; writes nothing."""

    save_requested = Signal(object)  # the changed fields by name, as figures.edit takes them
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept: KeptFigure | None = None
        self._span = Span(0, 1)
        self._filled: dict[str, Any] = {}

        self._passage = PassageView(self)
        self._passage.setAccessibleName(self.tr("Passage; select words to make them the figure's"))
        self._words = Label("", self)
        self._words.setWordWrap(True)
        self._value = _line(self, self.tr("Value"))
        self._high = _line(self, self.tr("Upper end or second value"))
        self._high.setPlaceholderText(self.tr("no range"))
        self._approx = _choice(self, self.tr("How exact"), _APPROXIMATIONS)
        self._means = Label("", self)
        self._unit = QComboBox(self)
        self._unit.setEditable(True)
        self._unit.setAccessibleName(self.tr("Unit"))
        self._unit.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._unit.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._per = _line(self, self.tr("Per"))
        self._per.setPlaceholderText(self.tr("month, head …"))
        self._of = _line(self, self.tr("Of what"))
        self._kind = _choice(
            self, self.tr("Kind"), [(key, showing.figure_kind(_like(kind=key))) for key in _KINDS]
        )
        self._date = _line(self, self.tr("Date"))
        self._date.setPlaceholderText(self.tr("1940-10-22, spring 1941, by 1939 …"))
        self._dated = Label("", self)
        self._dated.setWordWrap(True)
        self._giver = _line(self, self.tr("From"))
        self._receiver = _line(self, self.tr("To"))
        nothing = (None, "–")
        self._modality = _choice(
            self,
            self.tr("Said as"),
            [nothing, *((key, showing.modality(_like(modality=key))) for key in _MODALITIES)],
        )
        self._nature = _choice(
            self,
            self.tr("Nature"),
            [nothing, *((key, showing.nature(_like(nature=key))) for key in _NATURES)],
        )
        self._problem = Label("", self)
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._save = QPushButton(self.tr("Save (Return)"), self)
        self._save.setDefault(True)
        self._cancel = QPushButton(self.tr("Cancel (Esc)"), self)
        self._lay_out()

        self._passage.words_selected.connect(self._choose_words)
        for line in (self._value, self._high, self._date, self._per, self._of):
            line.textChanged.connect(self._look)
        self._unit.editTextChanged.connect(self._look)
        self._approx.currentIndexChanged.connect(self._look)
        self._save.clicked.connect(self._ask_to_save)
        self._cancel.clicked.connect(self.cancelled)

    def show_card(self, card: "Card", units: Sequence[tuple[str, int]]) -> None:
        """Show a figure for editing; `units` are those in use, offered for choice."""
        self._kept = card.kept
        figure = card.kept.figure
        self._span = Span(figure.start, figure.end)
        self._passage.show_context(in_context(card))
        self._unit.clear()
        self._unit.addItems([name for name, _ in units])
        self._value.setText("" if math.isnan(figure.value) else showing.number(figure.value))
        self._high.setText("" if figure.value_high is None else showing.number(figure.value_high))
        self._unit.setEditText(figure.unit or "")
        for line, text in (
            (self._per, figure.per),
            (self._of, figure.of),
            (self._giver, figure.giver),
            (self._receiver, figure.receiver),
            (self._date, figure.date),
        ):
            line.setText(text or "")
        for box, value in (
            (self._approx, figure.approx),
            (self._kind, figure.kind),
            (self._modality, figure.modality),
            (self._nature, figure.nature),
        ):
            box.setCurrentIndex(max(0, box.findData(value)))
        # A number shown with fewer digits than it has must not be written back as a change.
        self._filled = self._typed()
        self.say("")
        self._look()

    def focus_first(self) -> None:
        self._value.setFocus()
        self._value.selectAll()

    def changes(self) -> dict[str, Any]:
        """The fields that a person has changed, as `figures.edit` takes them."""
        typed = self._typed()
        changed = {name: value for name, value in typed.items() if value != self._filled[name]}
        if "date" in changed:
            changed["date_basis"] = "stated" if changed["date"] else "none"
        figure = self._kept.figure if self._kept else None
        if figure is not None and self._span != Span(figure.start, figure.end):
            changed |= {"start": self._span.start, "end": self._span.end}
        return changed

    def is_sound(self) -> bool:
        """Whether what stands in the form can be saved."""
        high, date = self._high.text().strip(), self._date.text().strip()
        return (
            number_of(self._value.text()) is not None
            and (not high or number_of(high) is not None)
            and (not date or edtf.from_words(date) is not None)
        )

    def say(self, problem: str) -> None:
        """Show why something could not be saved."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask_to_save()
        else:
            super().keyPressEvent(event)

    # -- inside -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        fields = QWidget(self)
        grid = QGridLayout(fields)
        grid.setContentsMargins(0, 0, 6, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        rows: tuple[tuple[tuple[str, QWidget], ...], ...] = (
            ((self.tr("Value"), self._value), (self.tr("to"), self._high)),
            ((self.tr("Unit"), self._unit), (self.tr("per"), self._per)),
            ((self.tr("How exact"), self._approx), (self.tr("Kind"), self._kind)),
            ((self.tr("Of what"), self._of), (self.tr("Said as"), self._modality)),
            ((self.tr("From"), self._giver), (self.tr("To"), self._receiver)),
            ((self.tr("Date"), self._date), (self.tr("Nature"), self._nature)),
        )
        for row, pairs in enumerate(rows):
            for at, (title, widget) in enumerate(pairs):
                label = Label(title, fields)
                label.setBuddy(widget)
                label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                grid.addWidget(label, row, 2 * at)
                grid.addWidget(widget, row, 2 * at + 1)
        last = len(rows)
        grid.addWidget(self._dated, last, 1, 1, 3)
        grid.addWidget(self._means, last + 1, 1, 1, 3)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 2)
        grid.setRowStretch(last + 2, 1)
        area = QScrollArea(self)
        area.setWidget(fields)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumWidth(fields.minimumSizeHint().width() + 20)
        left = QVBoxLayout()
        left.addWidget(self._words)
        left.addWidget(self._passage, 1)
        columns = QHBoxLayout()
        columns.addLayout(left, 5)
        columns.addWidget(area, 6)
        foot = QHBoxLayout()
        foot.addWidget(self._problem, 1)
        foot.addStretch(0)
        foot.addWidget(self._save)
        foot.addWidget(self._cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(columns, 1)
        layout.addLayout(foot)

    def _typed(self) -> dict[str, Any]:
        high, date = self._high.text().strip(), self._date.text().strip()
        return {
            "value": number_of(self._value.text()),
            "value_high": number_of(high) if high else None,
            "approx": self._approx.currentData(),
            "unit": self._unit.currentText().strip() or None,
            "per": self._per.text().strip() or None,
            "of": self._of.text().strip() or None,
            "kind": self._kind.currentData(),
            "giver": self._giver.text().strip() or None,
            "receiver": self._receiver.text().strip() or None,
            "modality": self._modality.currentData(),
            "nature": self._nature.currentData(),
            "date": (edtf.from_words(date) or date) if date else None,
        }

    def _look(self) -> None:
        """Say what the form means as it stands."""
        words = self._passage.words_at(self._span)
        self._words.setText(self.tr("Words: “{0}”. Select others to change them.").format(words))
        self._dated.setText(self._date_meant())
        typed = self._typed()
        value = typed["value"]
        if value is None:
            said = self.tr("✕ The value is not understood as a number.")
            self._means.setText(said if self._value.text().strip() else "")
        elif self._high.text().strip() and typed["value_high"] is None:
            self._means.setText(self.tr("✕ The second value is not understood as a number."))
        else:
            figure = _like(
                value=value,
                value_high=typed["value_high"],
                approx=typed["approx"],
                unit=typed["unit"],
                per=typed["per"],
                of=typed["of"],
            )
            said = figure_words.amount(figure, QCoreApplication.translate, showing.number)
            self._means.setText(self.tr("= {0}").format(said))
        self._save.setEnabled(self.is_sound())

    def _date_meant(self) -> str:
        date = self._date.text().strip()
        if not date:
            return self.tr("no date")
        read = edtf.from_words(date)
        if read is None:
            return self.tr("✕ This is not understood as a date.")
        return f"= {read}: {meaning(read)}"

    def _choose_words(self, span: Span) -> None:
        self._span = span
        self._passage.mark(span)
        self._look()

    def _ask_to_save(self) -> None:
        if self.is_sound():
            self.save_requested.emit(self.changes())


def in_context(card: "Card") -> InContext:
    """A card as the passage view shows it."""
    figure = card.kept.figure
    grounds = tuple(Span(start, end) for _part, _words, start, end in figure.why)
    span = Span(figure.start, figure.end)
    before, after = card.before, card.after
    # Neighbours are cut to a length: a word cut in two is left out and an ellipsis says so.
    if len(before) >= LONGEST_NEIGHBOUR:
        before = f"… {before.partition(' ')[2] or before}"
    if len(after) >= LONGEST_NEIGHBOUR:
        after = f"{after.rpartition(' ')[0] or after} …"
    return InContext(card.text, card.start, before, after, span, grounds)


def _like(**fields: Any) -> Figure:
    """A figure of these fields, for what is shown of them."""
    plain: Mapping[str, Any] = {
        "start": 0, "end": 1, "text": "", "kind": "other", "value": 0.0,
    }  # fmt: skip
    return Figure(**{**plain, **fields})


def _line(parent: QWidget, name: str) -> QLineEdit:
    line = QLineEdit(parent)
    line.setAccessibleName(name)
    return line


def _choice(parent: QWidget, name: str, choices: Sequence[tuple[str | None, str]]) -> QComboBox:
    box = QComboBox(parent)
    box.setAccessibleName(name)
    for key, said in choices:
        box.addItem(QCoreApplication.translate("FigureForm", said), key)
    return box
