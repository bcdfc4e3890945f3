"""The window in which a source's text is corrected, and its older versions are looked at."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import annotated, proposing, showing
from desktop.jobs import Ticket
from desktop.plain import Label, menu_text, shown
from desktop.session import Session
from desktop.showing import moment

if TYPE_CHECKING:
    from db.records import Source
    from db.versions import Carried, Version


class TextEditor(QDialog):
    """Shows the text as it is and keeps what was changed as a new version, each undoable."""

    noted = Signal(str)
    shelf_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._source: Source | None = None
        self._ticket: Ticket | None = None
        self._loaded = ""
        self._is_faithful = False
        self.resize(900, 640)
        self._told = Label("", self)
        self._told.setWordWrap(True)
        self._text = QPlainTextEdit(self)
        self._text.setAccessibleName(self.tr("The text to be corrected"))
        self._versions = QComboBox(self)
        self._versions.setAccessibleName(self.tr("Versions of the text"))
        self._versions.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._use = QPushButton(self.tr("Use This Version"), self)
        self._replace = QPushButton(self.tr("Take the Text of a File…"), self)
        self._keep = QPushButton(self.tr("Keep as a New Version"), self)
        self._keep.setDefault(True)
        close = QPushButton(self.tr("Close"), self)
        row = QHBoxLayout()
        for widget in (self._versions, self._use, self._replace):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._keep)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(self._told)
        layout.addWidget(self._text, 1)
        layout.addLayout(row)
        self._text.textChanged.connect(self._enable)
        self._versions.activated.connect(lambda _index: self._enable())
        self._use.clicked.connect(lambda _checked: self._use_version())
        self._replace.clicked.connect(lambda _checked: self._choose_file())
        self._keep.clicked.connect(lambda _checked: self.keep())
        close.clicked.connect(self.close)
        session.closing.connect(self.close)
        session.jobs.ended.connect(self._end)

    def open_source(self, source: "Source") -> None:
        """Show the text of a source, ready to be changed."""
        self._source = source
        title = shown(source.title) or self.tr("(untitled)")
        self.setWindowTitle(self.tr("Text of {0}").format(title))
        self.show()
        self.raise_()
        self._ask()

    def replace_file(self, path: Path) -> None:
        """Take the text of another file as the new version."""
        if self._source is not None:
            work = partial(annotated.replace_file, source_id=self._source.id, path=path)
            self._run(self.tr("Reading the new text"), work)

    def keep(self) -> None:
        """Keep what was changed as a new version."""
        if self._source is not None and self._keep.isEnabled():
            work = partial(annotated.correct, source_id=self._source.id, text=self.text())
            self._run(self.tr("Keeping the corrected text"), work)

    def text(self) -> str:
        """What stands in the window, to the letter."""
        # Not toPlainText(): it turns a space that must not break into one that may.
        return self._text.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    # -- inside -----------------------------------------------------------------------------------

    def _ask(self) -> None:
        if self._source is None:
            return
        self._wait()
        work = partial(annotated.source_versions, source_id=self._source.id)
        self._session.jobs.run(work, self._show, self._fail, replaces="text editor")

    def _show(self, found: "tuple[str, list[Version]]") -> None:
        text, versions = found
        self._loaded = text
        self._text.setPlainText(text)
        self._is_faithful = self.text() == text
        if self._is_faithful:
            said = self.tr(
                "What you keep becomes a new version. Annotations and decided figures stay where"
                " their words are untouched; the others wait on the shelf until you place them."
            )
        else:
            said = self.tr(
                "This text has characters that cannot be edited here without changing them."
                " Take the text of a corrected file instead."
            )
        self._told.setText(said)
        self._versions.clear()
        for each in versions:
            name = self.tr("Version {0}, {1}, {2}").format(
                showing.count(each.version), self._reason(each.reason), moment(each.made_at)
            )
            self._versions.addItem(menu_text(name), each)
        self._enable()

    def _reason(self, reason: str) -> str:
        known = {
            "import": self.tr("as imported"),
            "edited": self.tr("corrected"),
            "replaced": self.tr("from another file"),
        }
        return known.get(reason, reason)

    def _wait(self) -> None:
        for button in (self._keep, self._use, self._replace):
            button.setEnabled(False)
        self._text.setReadOnly(True)

    def _enable(self) -> None:
        writable = self._session.is_writable()
        chosen = self._versions.currentData()
        self._text.setReadOnly(not (writable and self._is_faithful))
        self._use.setEnabled(writable and chosen is not None and not chosen.is_present)
        self._replace.setEnabled(writable)
        changed = self._is_faithful and self._text.document().isModified()
        self._keep.setEnabled(writable and changed and bool(self._source))

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Take the Text of a File"), self._session.settings.last_folder
        )
        if chosen:
            self.replace_file(Path(chosen))

    def _use_version(self) -> None:
        chosen = self._versions.currentData()
        if self._source is not None and chosen is not None:
            work = partial(annotated.use_version, source_id=self._source.id, text_id=chosen.text_id)
            self._run(self.tr("Showing the older text"), work)

    def _run(self, title: str, work: Callable[..., "Carried"]) -> None:
        self._wait()
        self._ticket = self._session.jobs.run_long(title, work, self._done, self._failed)

    def _end(self, ticket: Ticket) -> None:
        if ticket is self._ticket and ticket.cancelled() and self._session.is_open():
            self._told.setText(
                self.tr("Stopped. What you changed stands here still and can be kept.")
            )
            self._enable()

    def _done(self, carried: "Carried") -> None:
        moved = carried.annotations + carried.figures
        waiting = carried.annotations_waiting + carried.figures_waiting
        said = self.tr("A new version is shown; {0} moved along, {1} wait on the shelf.")
        self.noted.emit(said.format(showing.count(moved), showing.count(waiting)))
        if waiting:
            self.shelf_requested.emit()
        proposing.propose_series(self._session)
        self._ask()

    def _failed(self, error: Exception) -> None:
        self._fail(error)
        self._enable()

    def _fail(self, error: Exception) -> None:
        self._told.setText(self._session.told(error))
