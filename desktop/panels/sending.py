"""The window that asks what goes along in a copy that is sent."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import merged
from desktop.check_box import CheckBox
from desktop.plain import Label
from desktop.session import Session

SUFFIX = ".muniment"


class SendWindow(QDialog):
    """Originals or not, restricted sources or not, and where to."""

    chosen = Signal(object, bool, bool)  # path, with originals, with restricted ones

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Send a Copy"))
        self._session = session
        purpose = Label(
            self.tr(
                "A copy for a colleague to work in. What they do there can be merged into this"
                " archive later."
            ),
            self,
        ).wrapped()
        self.originals = CheckBox(self.tr("With the &originals (the files themselves)"), self)
        self.restricted = CheckBox(self.tr("With the &restricted sources, too"), self)
        self._left_out = Label("", self).wrapped()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        go = QPushButton(self.tr("&Save the Copy…"), self)
        go.setDefault(True)
        buttons.addButton(go, QDialogButtonBox.ButtonRole.AcceptRole)
        go.clicked.connect(self._choose_place)
        buttons.rejected.connect(self.close)
        session.closing.connect(self.close)
        layout = QVBoxLayout(self)
        for part in (purpose, self.originals, self.restricted, self._left_out):
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.resize(480, 220)

    def ask(self) -> None:
        """Show the window, with restricted sources left out."""
        self.originals.setChecked(True)
        self.restricted.setChecked(False)
        self._left_out.setText("")
        jobs = self._session.jobs
        jobs.run(merged.restricted, self._show_restricted, self._fail, replaces="send window")
        self.show()
        self.raise_()

    def _show_restricted(self, count: int) -> None:
        self.restricted.setEnabled(count > 0)
        said = self.tr("No source is marked restricted.")
        if count:
            said = self.tr("Left at home: %n source(s), marked restricted or below one.", "", count)
        self._left_out.setText(said)

    def _choose_place(self) -> None:
        archive = self._session.archive
        proposed = archive.path.with_name(self.tr("{0}, sent").format(archive.path.stem) + SUFFIX)
        title = self.tr("Send a Copy")
        kinds = self.tr("Archives (*.muniment)")
        path, _ = QFileDialog.getSaveFileName(self, title, str(proposed), kinds)
        if path:
            self.close()
            self.chosen.emit(Path(path), self.originals.isChecked(), self.restricted.isChecked())

    def _fail(self, error: Exception) -> None:
        self._left_out.setText(self._session.told(error))
