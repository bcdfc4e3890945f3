"""The parts of the review queue: its card, how far one is, and what is offered for many at once."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from db.records import Figure, KeptFigure
from desktop import figure_words, showing, theme
from desktop.panels.figure_editor import in_context
from desktop.passage_view import InContext, PassageView
from desktop.plain import Label, ShortLabel

if TYPE_CHECKING:
    from db.review import Card, Progress

CARD_KEYS = "AEXSUL"
SHOWN_AHEAD = 3


class Tally(QWidget):
    """How many figures have been judged: of all, and of the source one is in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = Label("", self)
        self._sources: dict[int, list[int]] = {}
        self._whole = [0, 0]
        self._source_id: int | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._said)

    def clear(self) -> None:
        self.show_progress([])

    def show_progress(self, told: "Sequence[Progress]") -> None:
        self._sources = {each.source_id: [each.reviewed, each.figures] for each in told}
        self._whole = [
            sum(each.reviewed for each in told),
            sum(each.figures for each in told),
        ]
        self._say()

    def show_source(self, source_id: int) -> None:
        self._source_id = source_id
        self._say()

    def count(self, source_id: int, step: int) -> None:
        """One more (1) or one fewer (-1) has been judged."""
        for numbers in (self._whole, self._sources.get(source_id, [0, 0])):
            numbers[0] += step
        self._say()

    def whole(self) -> tuple[int, int]:
        """How many are judged, of how many."""
        return self._whole[0], self._whole[1]

    def text(self) -> str:
        return self._said.text()

    def _say(self) -> None:
        reviewed, figures = (showing.count(number) for number in self._whole)
        if not self._whole[1]:
            self._said.setText("")
            return
        said = self.tr("{0} of {1} reviewed").format(reviewed, figures)
        here = self._sources.get(self._source_id or 0)
        if here is not None and len(self._sources) > 1:
            numbers = [showing.count(number) for number in here]
            said += self.tr(" · {0} of {1} in this source").format(*numbers)
        self._said.setText(said)


class CardView(QWidget):
    """One proposal: the words in their passage, the reading spelled out, the keys that judge it."""

    key_chosen = Signal(str)
    text_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Proposal under review"))
        self._place = ShortLabel("", self)
        self._place.setForegroundRole(self._place.foregroundRole().PlaceholderText)
        self._passage = PassageView(self)
        self._passage.setAccessibleName(self.tr("Passage of the proposal"))
        self._passage.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._spelled = Label("", self)
        self._spelled.setWordWrap(True)
        bold = QFont(self._spelled.font())
        bold.setBold(True)
        bold.setPointSizeF(bold.pointSizeF() * 1.15)
        self._spelled.setFont(bold)
        self._doubts = Label("", self)
        self._doubts.setWordWrap(True)
        self._made = Label("", self)
        self._made.setWordWrap(True)
        self._next = Label("", self)
        self._next.setForegroundRole(self._next.foregroundRole().PlaceholderText)
        self._coming = [ShortLabel("", self) for _ in range(SHOWN_AHEAD)]
        for line in self._coming:
            line.setForegroundRole(line.foregroundRole().PlaceholderText)
            line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._keys = Label("", self)
        self._keys.setForegroundRole(self._keys.foregroundRole().PlaceholderText)

        right = QVBoxLayout()
        right.setSpacing(4)
        for widget in (self._spelled, self._doubts, self._made):
            right.addWidget(widget)
        right.addStretch(1)
        right.addWidget(self._next)
        for line in self._coming:
            right.addWidget(line)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(self._place)
        left.addWidget(self._passage, 1)
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addLayout(left, 6)
        columns.addLayout(right, 5)
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout()
        for key, said in (
            ("A", self.tr("Accept (A)")),
            ("E", self.tr("Edit… (E)")),
            ("X", self.tr("Reject (X)")),
            ("S", self.tr("Skip (S)")),
            ("U", self.tr("Take Back (U)")),
            ("L", self.tr("All Like This… (L)")),
            ("Q", self.tr("All in the Queue…")),
        ):
            button = QPushButton(said, self)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(partial(self._press, key))
            self._buttons[key] = button
            row.addWidget(button)
        look = QPushButton(self.tr("Show in Text"), self)
        look.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        look.clicked.connect(self.text_requested)
        row.addWidget(look)
        row.addStretch(1)
        row.addWidget(self._keys)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.setSpacing(6)
        layout.addLayout(columns, 1)
        layout.addLayout(row)
        self._say_keys(focused=False)

    def show_card(
        self, card: "Card", coming: Sequence[KeptFigure], left: int, *, can_undo: bool
    ) -> None:
        figure = card.kept.figure
        kind = "" if card.kind == "paragraph" else showing.passage_kind(card.kind)
        page = self.tr("p. {0}").format(card.page) if card.page else ""
        title = card.kept.source_title or self.tr("(untitled)")
        self._place.set_full(" · ".join(part for part in (title, page, kind) if part))
        self._passage.show_context(in_context(card))
        self._spelled.setText(self._in_words(figure))
        self._doubts.setText("\n".join(showing.doubt_words(doubt) for doubt in figure.doubts))
        self._doubts.setVisible(bool(figure.doubts))
        made = self.tr("Confidence {0} · made by {1}")
        rules = ", ".join(figure.rules) or self.tr("no rule")
        self._made.setText(made.format(f"{figure.confidence:.0%}", rules))
        more = self.tr("%n more wait, next:", "", left - 1) if left > 1 else self.tr("The last one")
        self._next.setText(more)
        told = [f"{kept.figure.text} – {self._in_words(kept.figure)}" for kept in coming]
        told += [""] * (SHOWN_AHEAD - len(told))
        for line, said in zip(self._coming, told, strict=False):
            line.set_full(said)
        self._enable(on=True, can_undo=can_undo)

    def say_coming(self) -> None:
        """The proposal is on its way."""
        self._passage.show_context(InContext())
        self._place.set_full("")
        for label in (self._doubts, self._made, self._next):
            label.setText("")
        for line in self._coming:
            line.set_full("")
        self._spelled.setText("…")
        self._enable(on=False, can_undo=False)

    def described(self) -> str:
        """All that is said beside the passage, as text."""
        labels = (self._spelled, self._doubts, self._made, self._next)
        lines = [label.text() for label in labels] + [line.full() for line in self._coming]
        return "\n".join(line for line in lines if line)

    def passage(self) -> PassageView:
        return self._passage

    def button(self, key: str) -> QPushButton:
        return self._buttons[key]

    def sizeHint(self) -> QSize:
        return QSize(900, 230)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        key = event.text().upper()
        if plain and key and key in CARD_KEYS:
            self.key_chosen.emit(key)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._say_keys(focused=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._say_keys(focused=False)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        colours = theme.colours(self.palette())
        ink = self.palette().highlight().color() if self.hasFocus() else QColor(colours.line)
        painter.setPen(ink)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self.hasFocus():
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.end()

    def _press(self, key: str, _checked: bool = False) -> None:
        self.setFocus()
        self.key_chosen.emit(key)

    def _enable(self, *, on: bool, can_undo: bool) -> None:
        for key, button in self._buttons.items():
            button.setEnabled(can_undo if key == "U" else on)

    def _say_keys(self, *, focused: bool) -> None:
        self._keys.setText("" if focused else self.tr("Click here to use the keys"))
        self.update()

    def _in_words(self, figure: Figure) -> str:
        return figure_words.spelled(figure, QCoreApplication.translate, showing.number)


class OfferBar(QWidget):
    """What a decision on many would change, before it is made."""

    decided = Signal(str)  # accepted or rejected
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = Label("", self)
        self._said.setWordWrap(True)
        self._accept = QPushButton(self)
        self._reject = QPushButton(self)
        cancel = QPushButton(self.tr("Cancel (Esc)"), self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 2, 6, 2)
        layout.addWidget(self._said, 1)
        for button in (self._accept, self._reject, cancel):
            layout.addWidget(button)
        self._accept.clicked.connect(partial(self._decide, "accepted"))
        self._reject.clicked.connect(partial(self._decide, "rejected"))
        cancel.clicked.connect(self.cancelled)

    def offer(self, said: str, count: int) -> None:
        self._said.setText(self.tr("{0} Accept or reject all?").format(said))
        self._accept.setText(self.tr("Accept %n Figure(s)", "", count))
        self._reject.setText(self.tr("Reject %n Figure(s)", "", count))
        self.show()
        self._accept.setFocus()

    def text(self) -> str:
        return self._said.text()

    def accept_button(self) -> QPushButton:
        return self._accept

    def has_focus(self) -> bool:
        focus = self.focusWidget()
        return focus is not None and focus.hasFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def _decide(self, status: str, _checked: bool = False) -> None:
        self.decided.emit(status)
