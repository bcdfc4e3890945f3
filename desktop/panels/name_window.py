"""The window with one controlled name: its kind, its other spellings, what is known of it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import named
from desktop.plain import QT_TRANSLATE_NOOP, Label
from desktop.session import Session

if TYPE_CHECKING:
    from db.names import Name

KINDS = (
    ("person", QT_TRANSLATE_NOOP("Names", "person")),
    ("organisation", QT_TRANSLATE_NOOP("Names", "organisation")),
    ("family", QT_TRANSLATE_NOOP("Names", "family")),
    ("place", QT_TRANSLATE_NOOP("Names", "place")),
)


def kind_said(kind: str) -> str:
    return QCoreApplication.translate("Names", dict(KINDS).get(kind, kind))


class NameWindow(QDialog):
    """Shows a name and writes it as it was changed, as one step of undo."""

    noted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._id: int | None = None
        self._name = QLineEdit(self)
        self._name.setAccessibleName(self.tr("Name as descriptions use it"))
        self._name.setPlaceholderText(self.tr("Chongqing"))
        self._kind = QComboBox(self)
        self._kind.setAccessibleName(self.tr("Kind of name"))
        for kind, _ in KINDS:
            self._kind.addItem(kind_said(kind), kind)
        self._variants = self._text(self.tr("Other spellings, one a line"))
        self._variants.setPlaceholderText(self.tr("Chungking\n重慶"))
        self._notes = self._text(self.tr("Notes"))
        self._problem = Label("", self)
        self._problem.setWordWrap(True)
        self._save = QPushButton(self.tr("Save (Ctrl+Return)"), self)
        self._save.setShortcut("Ctrl+Return")
        self._save.setDefault(True)
        cancel = QPushButton(self.tr("Cancel (Esc)"), self)
        cancel.setAutoDefault(False)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        for said, field in (
            (self.tr("&Name"), self._name),
            (self.tr("&Kind"), self._kind),
            (self.tr("&Also written,\none a line"), self._variants),
            (self.tr("N&otes"), self._notes),
        ):
            label = Label(said, self)
            label.setBuddy(field)
            form.addRow(label, field)
        foot = QHBoxLayout()
        foot.addWidget(self._problem, 1)
        foot.addWidget(self._save)
        foot.addWidget(cancel)
        layout = QVBoxLayout(self)
        layout.addLayout(form, 1)
        layout.addLayout(foot)
        self.resize(460, 360)
        self._name.textChanged.connect(lambda _text: self._look())
        self._save.clicked.connect(self._write)
        cancel.clicked.connect(self.reject)
        session.closing.connect(self.reject)

    def open_new(self) -> None:
        """Ask for a name; creators that are none yet are offered."""
        self._id = None
        self.setWindowTitle(self.tr("New Name"))
        self._fill("", "person", (), None)
        self._session.jobs.run(named.nameless, self._offer, self._fail, replaces="nameless")

    def open_name(self, name: "Name") -> None:
        """Show a name to be changed."""
        self._id = name.id
        self.setWindowTitle(self.tr("Edit Name"))
        self._offer([])
        self._fill(name.name, name.kind, name.variants, name.notes)

    def field(self, name: str) -> QLineEdit | QPlainTextEdit:
        fields: dict[str, QLineEdit | QPlainTextEdit] = {
            "name": self._name, "variants": self._variants, "notes": self._notes,
        }  # fmt: skip
        return fields[name]

    def kind(self) -> QComboBox:
        return self._kind

    def problem(self) -> str:
        return self._problem.text()

    def save(self) -> None:
        self._save.click()

    # -- inside -----------------------------------------------------------------------------------

    def _text(self, said: str) -> QPlainTextEdit:
        text = QPlainTextEdit(self)
        text.setAccessibleName(said)
        text.setTabChangesFocus(True)
        return text

    def _offer(self, creators: list[str]) -> None:
        completer = QCompleter(creators, self._name)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._name.setCompleter(completer)

    def _fill(self, name: str, kind: str, variants: tuple[str, ...], notes: str | None) -> None:
        self._problem.setText("")
        self._name.setText(name)
        self._kind.setCurrentIndex(max(0, self._kind.findData(kind)))
        self._variants.setPlainText("\n".join(variants))
        self._notes.setPlainText(notes or "")
        self._look()
        self.show()
        self.raise_()
        self.activateWindow()
        self._name.setFocus()
        self._name.selectAll()

    def _look(self) -> None:
        self._save.setEnabled(bool(self._name.text().strip()) and self._session.is_writable())

    def _write(self) -> None:
        work = partial(
            named.save,
            name_id=self._id,
            kind=str(self._kind.currentData()),
            name=self._name.text(),
            variants=tuple(self._variants.toPlainText().splitlines()),
            notes=self._notes.toPlainText().strip() or None,
        )
        self._session.jobs.run(work, lambda _none: self.accept(), self._fail)

    def _fail(self, error: Exception) -> None:
        self._problem.setText(self._session.told(error))
