"""The form that describes sources: the six essential elements of ISAD(G) first, the rest folded."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from db import edtf
from db.records import Source
from desktop.check_box import CheckBox
from desktop.date_words import meaning
from desktop.described import Subjects
from desktop.isad_words import FOLDED, LEVELS
from desktop.name_completer import NameCompleter
from desktop.plain import Label

_COLUMNS = (
    "reference_code", "title", "date", "creator", "language", "genre", "rights", "notes",
)  # fmt: skip
_SAID = ("extent", "coverage", *dict(FOLDED))
_LINES = 3


class _Text(QPlainTextEdit):
    """Several lines of plain text; Tab goes on to the next field."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        height = self.fontMetrics().lineSpacing() * _LINES + 14
        self.setFixedHeight(height)


class DescriptionForm(QWidget):
    """All that is said of one source, or what several have in common. Says what was changed."""

    save_requested = Signal(object, object)  # the changed columns, the changed elements, by name
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filled: dict[str, Any] = {}
        self._mixed: set[str] = set()
        self._is_new = False
        self._proposed = ""

        self._fields: dict[str, QLineEdit | _Text] = {}
        self._level = QComboBox(self)
        self._level.setAccessibleName(self.tr("Level of description"))
        self._dated = Label("", self)
        self._dated.setWordWrap(True)
        self._restricted = CheckBox(self.tr("Restricted: left out of exports and copies"), self)
        self._more = QToolButton(self)
        self._more.setText(self.tr("Further elements"))
        self._more.setCheckable(True)
        self._more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._more.setArrowType(Qt.ArrowType.RightArrow)
        self._more.setAutoRaise(True)
        self._more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._folded = QWidget(self)
        self._problem = Label("", self)
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._save = QPushButton(self.tr("Save (Ctrl+Return)"), self)
        self._save.setShortcut("Ctrl+Return")
        self._save.setDefault(True)
        self._cancel = QPushButton(self.tr("Cancel (Esc)"), self)
        self._cancel.setAutoDefault(False)
        self._lay_out()

        for field in self._fields.values():
            field.textChanged.connect(self._look)
        self._level.currentIndexChanged.connect(self._look)
        self._restricted.checkStateChanged.connect(self._look)
        self._more.toggled.connect(self._unfold)
        self._save.clicked.connect(self._ask_to_save)
        self._cancel.clicked.connect(self.cancelled)

    def show_subjects(self, subjects: Subjects) -> None:
        """Show what these sources say; where they differ, a field stays empty and says so."""
        self._is_new, self._proposed = False, ""
        said = [
            {name: getattr(source, name) or "" for name in _COLUMNS}
            | {name: each.get(name, "") for name in _SAID}
            for source, each in zip(subjects.sources, subjects.elements, strict=True)
        ]
        self._mixed = {name for name in self._fields if len({each[name] for each in said}) > 1}
        self._fill(
            {name: "" if name in self._mixed else said[0][name] for name in self._fields},
            {source.level for source in subjects.sources},
            {source.restricted for source in subjects.sources},
        )
        self._offer(subjects)

    def show_new(self, level: str, code: str, offers: Subjects) -> None:
        """Show an empty form for a source that is to be made, with the code that is next."""
        self._is_new, self._proposed = True, ""
        self._mixed = set()
        self._fill(dict.fromkeys(self._fields, ""), {level}, {False})
        self._offer(offers)
        self.propose_code(code)

    def propose_code(self, code: str) -> None:
        """Put in the code that is next, unless another one was typed."""
        if self._text("reference_code") == self._proposed:
            self._proposed = code
            line = self._fields["reference_code"]
            assert isinstance(line, QLineEdit)
            line.setText(code)

    def has_only_proposals(self) -> bool:
        """Whether nothing was typed into a new form yet."""
        changed = self._changed()
        return (
            not self.elements_changed()
            and self._restricted.checkState() == self._filled["restricted"]
            and changed.keys() <= {"level", "reference_code"}
            and changed.get("reference_code", self._proposed) == self._proposed
        )

    def focus_first(self) -> None:
        self._fields["title" if self._is_new else "reference_code"].setFocus()

    def field(self, name: str) -> QLineEdit | QPlainTextEdit:
        return self._fields[name]

    def level(self) -> QComboBox:
        return self._level

    def restricted(self) -> CheckBox:
        return self._restricted

    def date_meant(self) -> str:
        return self._dated.text()

    def problem(self) -> str:
        return self._problem.text()

    def columns_changed(self) -> dict[str, Any]:
        """The columns that were changed, as db.sources takes them."""
        changed = {
            name: value or None
            for name, value in self._changed().items()
            if name in (*_COLUMNS, "level")
        }
        date = changed.get("date")
        if date:
            changed["date"] = edtf.from_words(date) or date
        state = self._restricted.checkState()
        if state != self._filled["restricted"] and state != Qt.CheckState.PartiallyChecked:
            changed["restricted"] = int(state == Qt.CheckState.Checked)
        return changed

    def elements_changed(self) -> dict[str, str | None]:
        """The further elements that were changed."""
        return {name: text or None for name, text in self._changed().items() if name in _SAID}

    def words(self) -> dict[str, str]:
        """What a template of this description holds: all but code, title and date."""
        own = ("reference_code", "title", "date")
        said = {name: self._text(name) for name in self._fields if name not in own}
        return {name: text for name, text in said.items() if text}

    def fill_empty(self, words: Mapping[str, str]) -> int:
        """Put words into the fields that are empty in every source; into how many."""
        empty = [name for name in words if name in self._fields and not self._text(name)]
        filled = [name for name in empty if name not in self._mixed]
        for name in filled:
            field = self._fields[name]
            if isinstance(field, QLineEdit):
                field.setText(words[name])
            else:
                field.setPlainText(words[name])
        if set(filled) & dict(FOLDED).keys():
            self._more.setChecked(True)
        return len(filled)

    def has_changes(self) -> bool:
        return bool(self.columns_changed() or self.elements_changed())

    def is_sound(self) -> bool:
        """Whether what stands in the form can be saved."""
        date = self._text("date")
        has_title = bool(self._text("title")) or "title" in self._mixed
        return has_title and (not date or edtf.from_words(date) is not None)

    def say(self, problem: str) -> None:
        """Show why something could not be saved."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    # -- inside -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        inside = QWidget(self)
        form = _form(inside)
        self._add_line(form, "reference_code", self.tr("Reference code"))
        self._add_line(form, "title", self.tr("Title"))
        self._add_line(
            form, "date", self.tr("Date"), self.tr("1938, spring 1941, by 1939, 1860~ …")
        )
        # A label that wraps would take all the height that a short form leaves free.
        self._dated.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        form.addRow("", self._dated)
        _row(form, self.tr("Level"), self._level)
        self._add_line(form, "creator", self.tr("Creator"))
        self._add_line(form, "coverage", self.tr("Places"), self.tr("Chongqing; Wuhan …"))
        self._add_line(form, "extent", self.tr("Extent"), self.tr("3 boxes, 240 leaves …"))
        self._add_line(form, "language", self.tr("Language"), self.tr("en, zh, ru …"))
        self._add_line(form, "genre", self.tr("Genre"), self.tr("letter, report, newspaper …"))
        self._add_line(form, "rights", self.tr("Rights"))
        form.addRow("", self._restricted)
        self._add_text(form, "notes", self.tr("Notes"))
        form.addRow(self._more)
        further = _form(self._folded)
        further.setContentsMargins(0, 0, 0, 0)
        for name, title in FOLDED:
            self._add_text(further, name, QCoreApplication.translate("DescriptionForm", title))
        form.addRow(self._folded)
        self._folded.hide()
        # What a short form leaves free stays below it.
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(inside)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area = area
        foot = QHBoxLayout()
        foot.addWidget(self._problem, 1)
        foot.addStretch(0)
        foot.addWidget(self._save)
        foot.addWidget(self._cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area, 1)
        layout.addLayout(foot)

    def _add_line(self, form: QFormLayout, name: str, title: str, hint: str = "") -> None:
        line = QLineEdit(self)
        line.setAccessibleName(title)
        line.setPlaceholderText(hint)
        line.setProperty("hint", hint)
        self._fields[name] = line
        _row(form, title, line)

    def _add_text(self, form: QFormLayout, name: str, title: str) -> None:
        text = _Text(title, self)
        self._fields[name] = text
        _row(form, title, text)

    def _fill(
        self,
        texts: Mapping[str, str],
        levels: set[str],
        restricted: set[bool],
    ) -> None:
        several = self.tr("they differ; left as they are unless you type")
        for name, field in self._fields.items():
            if isinstance(field, QLineEdit):
                field.setText(texts[name])
                field.setCursorPosition(0)
            else:
                field.setPlainText(texts[name])
            hint = str(field.property("hint") or "")
            field.setPlaceholderText(several if name in self._mixed else hint)
        self._level.clear()
        for key, said in LEVELS:
            self._level.addItem(QCoreApplication.translate("DescriptionForm", said), key)
        level = next(iter(levels)) if len(levels) == 1 else None
        if level is None:
            self._level.insertItem(0, self.tr("they differ"), None)
        elif self._level.findData(level) < 0:
            self._level.insertItem(0, level, level)  # of another program
        self._level.setCurrentIndex(self._level.findData(level) if level else 0)
        self._restricted.setTristate(len(restricted) > 1)
        self._restricted.setCheckState(
            Qt.CheckState.PartiallyChecked
            if len(restricted) > 1
            else Qt.CheckState.Checked
            if True in restricted
            else Qt.CheckState.Unchecked
        )
        self._filled = self._typed() | {"restricted": self._restricted.checkState()}
        if self._is_new:
            # The level of a new source is said even where it stays as it was proposed.
            self._filled["level"] = None
        self._more.setChecked(any(self._filled[name] for name in dict(FOLDED)))
        self._area.ensureVisible(0, 0)
        self.say("")
        self._look()

    def _offer(self, subjects: Subjects) -> None:
        for name, offers, between in (
            ("creator", subjects.creators, ""),
            ("coverage", subjects.places, ";"),
        ):
            line = self._fields[name]
            if isinstance(line, QLineEdit):
                line.setCompleter(NameCompleter(line, offers, between))

    def _text(self, name: str) -> str:
        field = self._fields[name]
        text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
        return text.strip()

    def _typed(self) -> dict[str, Any]:
        return {name: self._text(name) for name in self._fields} | {
            "level": self._level.currentData()
        }

    def _changed(self) -> dict[str, Any]:
        typed = self._typed()
        changed = {name: value for name, value in typed.items() if value != self._filled[name]}
        if changed.get("level", "") is None:
            del changed["level"]
        return changed

    def _look(self) -> None:
        """Say what the form means as it stands."""
        date = self._text("date")
        if not date:
            said = "" if "date" in self._mixed else self.tr("no date")
        else:
            read = edtf.from_words(date)
            said = (
                self.tr("✕ This is not understood as a date.")
                if read is None
                else f"= {read}: {meaning(read)}"
            )
        self._dated.setText(said)
        self._save.setEnabled(self.is_sound())

    def _unfold(self, is_open: bool) -> None:
        self._more.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self._folded.setVisible(is_open)

    def _ask_to_save(self) -> None:
        if self.is_sound():
            self.save_requested.emit(self.columns_changed(), self.elements_changed())


def next_level(above: Source | None) -> str:
    """The level that is likely for what is made below `above`."""
    if above is None:
        return "fonds"
    names = [name for name, _ in LEVELS]
    at = names.index(above.level) if above.level in names else len(names)
    return names[min(at + 1, len(names) - 1)]


def _form(parent: QWidget) -> QFormLayout:
    form = QFormLayout(parent)
    form.setContentsMargins(0, 0, 8, 0)
    form.setHorizontalSpacing(10)
    form.setVerticalSpacing(6)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    return form


def _row(form: QFormLayout, title: str, field: QWidget) -> None:
    label = Label(title, form.parentWidget())
    label.setBuddy(field)
    label.setWordWrap(True)
    label.setFixedWidth(130)
    label.setAlignment(Qt.AlignmentFlag.AlignRight)
    label.setContentsMargins(0, 4, 0, 0)
    form.addRow(label, field)
