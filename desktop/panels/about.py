"""What is told of the program itself: versions, the log's place, keys, preferences."""

import platform
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal, qVersion
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import wording
from desktop.actions import COMMANDS, native_keys, spoken
from desktop.filter_line import FilterLine
from desktop.plain import Label
from desktop.settings import Settings


def versions() -> list[tuple[str, str]]:
    """What the program runs on, for About and for the report of a bug."""
    from PySide6 import __version__ as pyside_version

    from db import archive

    return [
        ("Muniment", archive.version()),
        ("Python", platform.python_version()),
        ("Qt", f"{qVersion()}, PySide6 {pyside_version}"),
        ("SQLite", archive.sqlite_version()),
        ("System", f"{platform.system()} {platform.release()} ({platform.machine()})"),
    ]


class About(QDialog):
    """Versions, licence, and where the log lies."""

    def __init__(self, log: Path | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About Muniment"))
        said = Label(
            self.tr(
                "Muniment keeps sources, the figures they state and the exact words that say so, "
                "in one archive file. It makes no connection to any network."
            ),
            self,
        )
        said.setWordWrap(True)
        form = QFormLayout()
        for name, version in versions():
            form.addRow(Label(name), Label(version).wrapped())
        place = str(log) if log else self.tr("no log could be written")
        form.addRow(Label(self.tr("Log file")), Label(place).wrapped())
        note = Label(self.tr("The log holds errors and versions, never words of your documents."))
        note.setWordWrap(True)
        form.addRow(Label(""), note)
        licence = Label(self.tr("Muniment is free software under the MIT licence."), self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 18, 18, 12)
        layout.setSpacing(12)
        layout.addWidget(said)
        layout.addLayout(form)
        layout.addWidget(licence)
        layout.addWidget(buttons)
        self.resize(560, self.sizeHint().height())


class Keys(QDialog):
    """Every command with its keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys"))
        self._filter = FilterLine(self.tr("Filter commands and keys"), self)
        self._table = QTableWidget(0, 2, self)
        self._table.setAccessibleName(self.tr("Commands and their keys"))
        self._table.setHorizontalHeaderLabels([self.tr("Command"), self.tr("Keys")])
        self._table.verticalHeader().hide()
        self._table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self._table.horizontalHeader().setStretchLastSection(True)
        self._table.setColumnWidth(0, 300)
        self._table.setShowGrid(False)
        self._count = Label("", self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        for widget in (self._filter, self._table, self._count, buttons):
            layout.addWidget(widget)
        self._filter.asked.connect(self._narrow)
        self._narrow("")
        self.resize(560, 520)

    def _narrow(self, words: str) -> None:
        wanted = words.casefold().split()
        rows = [(spoken(command), native_keys(command)) for command in COMMANDS]
        # The reader's own keys act only while the text has the focus.
        rows += [
            (self.tr("In the text: open what the figure under the caret says"), self.tr("Return")),
        ]
        fitting = [
            row for row in rows if all(word in f"{row[0]} {row[1]}".casefold() for word in wanted)
        ]
        self._table.setRowCount(len(fitting))
        for at, row in enumerate(fitting):
            for column, text in enumerate(row):
                self._table.setItem(at, column, QTableWidgetItem(text))
        self._count.setText(self.tr("%n command(s)", "", len(fitting)))


class Preferences(QDialog):
    """Colours and the size of letters in the reader; each takes effect at once."""

    theme_chosen = Signal(str)
    zoom_chosen = Signal(int)
    name_given = Signal(str)

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Preferences"))
        self._theme = QComboBox(self)
        for name, text in (
            ("system", self.tr("as the system")),
            ("light", self.tr("light")),
            ("dark", self.tr("dark")),
        ):
            self._theme.addItem(text, name)
        self._theme.setCurrentIndex(self._theme.findData(settings.theme))
        self._zoom = QSpinBox(self)
        self._zoom.setRange(-6, 20)
        self._zoom.setValue(settings.reader_zoom)
        self._zoom.setSpecialValueText("")
        form = QFormLayout()
        form.addRow(self.tr("&Colours:"), self._theme)
        form.addRow(self.tr("&Letters in the reader, steps larger:"), self._zoom)
        form.addRow(self.tr("Your &name, to sign with:"), self._name(settings))
        form.addRow(self.tr("&References:"), self._citations(settings))
        form.addRow(self.tr("Languages of &scans:"), self._scans(settings))
        form.addRow(self.tr("Your own units and nouns:"), self._own_words())
        form.addRow(self.tr("Searches made before:"), self._searches(settings))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 18, 18, 12)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self._theme.activated.connect(lambda _i: self.theme_chosen.emit(self._theme.currentData()))
        self._zoom.valueChanged.connect(self.zoom_chosen)

    def _searches(self, settings: Settings) -> QPushButton:
        forget = QPushButton(self.tr("Forget Them"), self)
        forget.setEnabled(bool(settings.searches))

        def do() -> None:
            settings.forget_searches()
            forget.setEnabled(False)

        forget.clicked.connect(do)
        self.forget_searches = forget
        return forget

    def _name(self, settings: Settings) -> QLineEdit:
        name = QLineEdit(settings.person, self)
        name.editingFinished.connect(lambda: self.name_given.emit(name.text().strip()))
        return name

    def _citations(self, settings: Settings) -> QComboBox:
        styles = QComboBox(self)
        for name, text in (
            ("note", self.tr("as a note: creator, title, date, reference code")),
            ("author-date", self.tr("author and date")),
        ):
            styles.addItem(text, name)
        styles.setCurrentIndex(max(0, styles.findData(settings.citation_style)))

        def choose(_index: int) -> None:
            settings.citation_style = styles.currentData()

        styles.activated.connect(choose)
        return styles

    def _scans(self, settings: Settings) -> QLineEdit:
        languages = QLineEdit(settings.scan_languages, self)
        languages.setPlaceholderText(self.tr("all that tesseract has; or its names: eng+deu"))

        def choose() -> None:
            settings.scan_languages = languages.text().strip()

        languages.editingFinished.connect(choose)
        self.scan_languages = languages
        return languages

    def _own_words(self) -> Label:
        # A small file of the person's own, beside the settings: read here, 0.1 ms for a hundred lines.
        from db import own_words

        words, wrong = own_words.read()
        said = [str(own_words.place()), self.tr("%n line(s) in use", "", len(words))]
        said += [wording.describe(error, QCoreApplication.translate) for error in wrong[:5]]
        return Label("\n".join(said), self).wrapped()
