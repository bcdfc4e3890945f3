"""A search as a form: filling it in writes the search line, and what is typed there fills it in."""

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from db.records import FigureKind, Modality
from desktop import facet_words, query_text, showing
from desktop.plain import Label

if TYPE_CHECKING:
    from db.query_form import Form

MILLISECONDS_AFTER_TYPING = 180


class SearchForm(QScrollArea):
    """Says what query the form makes. Knows the words of forms, not those of queries."""

    written = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._text = ""
        self._lines: dict[str, QLineEdit] = {}
        self._choices: dict[str, QComboBox] = {}
        self._distance = QSpinBox(self)
        self._wrong = Label("", self)
        self._wrong.setWordWrap(True)
        self._wrong.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(MILLISECONDS_AFTER_TYPING)
        self._pause.timeout.connect(self._write)

    def furnish(self) -> None:
        """Make the blanks: 15 ms, which only a form that is looked at shall cost."""
        if self.widget() is not None:
            return
        inside = QWidget(self)
        self._form = QFormLayout()
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._form.setVerticalSpacing(4)
        self._form.setContentsMargins(2, 4, 8, 4)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._wrong)
        layout.addLayout(self._form)
        layout.addStretch(1)
        self._fill()
        self.setWidget(inside)
        self.setFocusProxy(self._lines["words"])

    def show_text(self, text: str) -> None:
        """Fill the form in with what stands in the search line."""
        self.furnish()
        if text.strip() == self._text.strip():
            return
        self._text = text
        self._show(query_text.form_of(text))

    def line(self, blank: str) -> QLineEdit:
        return self._lines[blank]

    def choice(self, blank: str) -> QComboBox:
        return self._choices[blank]

    def form(self) -> "Form":
        """The form as it is filled in."""
        from db.query_form import Form

        texts = {name: line.text() for name, line in self._lines.items()}
        chosen = {name: str(box.currentData()) for name, box in self._choices.items()}
        return replace(Form(), **texts, **chosen, distance=self._distance.value())

    # -- inside -----------------------------------------------------------------------------------

    def _fill(self) -> None:
        self._head(self.tr("Words"))
        for blank, said in (
            ("words", self.tr("All of these words")),
            ("phrase", self.tr("Exactly these words")),
            ("any_words", self.tr("At least one of these words")),
            ("no_words", self.tr("None of these words")),
        ):
            self._line(blank, said)
        self._distance.setRange(1, 1000)
        self._distance.setAccessibleName(self.tr("At most so many words apart"))
        self._distance.setSuffix(self.tr(" words"))
        self._distance.valueChanged.connect(lambda _value: self._pause.start())
        near = self._edit("near", self.tr("Words near each other"))
        self._row(self.tr("Near each other, within"), near, self._distance)
        self._head(self.tr("Passage"))
        self._range("year", self.tr("Speaks of the years"))
        kinds = [(kind, showing.passage_kind(kind)) for kind in showing.PASSAGE_KINDS]
        kinds += [
            (kind, self.tr("with a figure: {0}").format(showing.figure_kind_name(kind)))
            for kind in get_args(FigureKind)
        ]
        self._choice("kind", facet_words.heading("kind"), kinds)
        self._line("tag", facet_words.heading("tag"))
        self._line("note", facet_words.heading("note"))
        self._choice("has", facet_words.heading("has"), self._had())
        self._head(self.tr("Figure in it"))
        self._range("value", self.tr("Value"))
        self._line("unit", self.tr("Unit"))
        self._line("of", facet_words.heading("of"))
        statuses = [(each, showing.status_name(each)) for each in showing.STATUSES]
        self._choice("status", self.tr("Decision"), statuses)
        modalities = [(each, showing.modality_name(each)) for each in get_args(Modality)]
        self._choice("modality", facet_words.heading("modality"), modalities)
        self._head(self.tr("Source"))
        for blank in ("title", "creator", "date", "language", "level", "genre"):
            self._line(blank, facet_words.heading(blank))
        self._line("source", self.tr("Number"))
        self._head(self.tr("And also"))
        self._line("rest", self.tr("Whatever the form has no place for"))
        clear = QPushButton(self.tr("Empty the Form"), self)
        clear.clicked.connect(self._clear)
        self._form.addRow(clear)

    def _head(self, text: str) -> None:
        head = Label(text, self)
        bold = head.font()
        bold.setBold(True)
        head.setFont(bold)
        head.setContentsMargins(0, 6, 0, 0)
        self._form.addRow(head)

    def _edit(self, blank: str, said: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setAccessibleName(said)
        line.textEdited.connect(lambda _text: self._pause.start())
        line.returnPressed.connect(self._write)
        self._lines[blank] = line
        return line

    def _line(self, blank: str, said: str) -> None:
        self._form.addRow(Label(said, self), self._edit(blank, said))

    def _row(self, said: str, *widgets: QWidget) -> None:
        row = QHBoxLayout()
        for place, widget in enumerate(widgets):
            row.addWidget(widget, 1 if not place else 0)
        self._form.addRow(Label(said, self), row)

    def _range(self, name: str, said: str) -> None:
        first = self._edit(f"{name}_from", self.tr("{0}: from").format(said))
        last = self._edit(f"{name}_to", self.tr("{0}: to").format(said))
        first.setPlaceholderText(self.tr("from"))
        last.setPlaceholderText(self.tr("to"))
        row = QHBoxLayout()
        row.addWidget(first, 1)
        row.addWidget(last, 1)
        self._form.addRow(Label(said, self), row)

    def _choice(self, blank: str, said: str, values: list[tuple[str, str]]) -> None:
        box = QComboBox(self)
        box.setAccessibleName(said)
        box.setMinimumContentsLength(10)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.addItem(self.tr("any"), "")
        for value, text in values:
            box.addItem(text, value)
        box.activated.connect(lambda _index: self._write())
        self._choices[blank] = box
        self._form.addRow(Label(said, self), box)

    def _had(self) -> list[tuple[str, str]]:
        return [
            ("figure", self.tr("a figure")),
            ("period", self.tr("a date")),
            ("note", self.tr("a note")),
            ("tag", self.tr("a tag")),
            ("annotation", self.tr("an annotation")),
            ("page", self.tr("a page number")),
            ("original", self.tr("a kept original")),
        ]

    def _write(self) -> None:
        self._pause.stop()
        text, unreadable = query_text.text_of(self.form())
        names = [self._named(blank) for blank in unreadable]
        self._wrong.setText(
            self.tr("Cannot be read and is left out: {0}.").format(", ".join(names))
            if names
            else ""
        )
        self._wrong.setVisible(bool(names))
        if text != self._text:
            self._text = text
            self.written.emit(text)

    def _named(self, blank: str) -> str:
        widget = self._lines.get(blank) or self._choices[blank]
        return widget.accessibleName()

    def _show(self, form: "Form") -> None:
        self._pause.stop()
        self._wrong.hide()
        for blank, line in self._lines.items():
            line.setText(getattr(form, blank))
            line.setCursorPosition(0)
        for blank, box in self._choices.items():
            box.setCurrentIndex(max(0, box.findData(getattr(form, blank))))
        self._distance.blockSignals(True)
        self._distance.setValue(form.distance)
        self._distance.blockSignals(False)

    def _clear(self) -> None:
        from db.query_form import Form

        self._show(Form())
        self._write()
