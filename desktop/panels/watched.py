"""The folders that are watched for an archive, and the files in them that are no sources yet."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import looking
from desktop.filter_line import EmptyState
from desktop.plain import Label, shown
from desktop.session import Session

if TYPE_CHECKING:
    from pathlib import Path


class WatchedWindow(QDialog):
    """Keeps the list of folders; finds what is new in them when asked."""

    paths_found = Signal(list)  # of Path
    noted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._folders: list[str] = []
        self.setWindowTitle(self.tr("Watched Folders"))
        self._list = QListWidget(self)
        self._list.setAccessibleName(self.tr("Folders watched for this archive"))
        self._empty = EmptyState(self)
        self._empty.say(
            self.tr(
                "No folders are watched yet. Add one where new files arrive: Look for New Files "
                "then lists those that are no sources of this archive."
            )
        )
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        self._said = Label("", self)
        self._said.setWordWrap(True)
        self._add = QPushButton(self.tr("&Add…"), self)
        self._take_off = QPushButton(self.tr("&Remove"), self)
        self._look = QPushButton(self.tr("&Look for New Files"), self)
        self._look.setDefault(True)
        close = QPushButton(self.tr("Close (Esc)"), self)
        foot = QHBoxLayout()
        foot.addWidget(self._said, 1)
        for button in (self._add, self._take_off, self._look, close):
            foot.addWidget(button)
        for button in (self._add, self._take_off, close):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.addWidget(self._stack, 1)
        layout.addLayout(foot)
        self.resize(620, 320)
        self._add.clicked.connect(lambda _checked: self._ask())
        self._take_off.clicked.connect(lambda _checked: self._remove())
        self._look.clicked.connect(lambda _checked: self.look())
        self._list.currentRowChanged.connect(lambda _row: self._enable())
        close.clicked.connect(self.reject)
        session.closing.connect(self.reject)

    def open_folders(self) -> None:
        """Show the folders of this archive."""
        self._said.setText("")
        self._show(self._session.settings.watched(self._session.archive.uuid))
        self.show()
        self.raise_()
        self.activateWindow()

    def add(self, folder: str) -> None:
        """Watch one more folder."""
        if folder and folder not in self._folders:
            self._keep([*self._folders, folder])

    def look(self) -> None:
        """Find the files in these folders that are no sources yet."""
        self._said.setText(self.tr("Looking…"))
        work = partial(looking.new_files, folders=tuple(self._folders))
        self._session.jobs.run(work, self._found, self._fail, replaces="watched")

    # -- inside -----------------------------------------------------------------------------------

    def _ask(self) -> None:
        title = self.tr("Watch a Folder")
        self.add(QFileDialog.getExistingDirectory(self, title, self._session.settings.last_folder))

    def _remove(self) -> None:
        row = self._list.currentRow()
        self._keep([each for at, each in enumerate(self._folders) if at != row])

    def _keep(self, folders: list[str]) -> None:
        self._session.settings.set_watched(self._session.archive.uuid, folders)
        self._show(folders)

    def _show(self, folders: list[str]) -> None:
        self._folders = folders
        self._list.clear()
        self._list.addItems([shown(folder) for folder in folders])
        self._stack.setCurrentIndex(0 if folders else 1)
        if folders:
            self._list.setCurrentRow(0)
        self._enable()

    def _enable(self) -> None:
        self._take_off.setEnabled(self._list.currentRow() >= 0)
        self._look.setEnabled(bool(self._folders) and self._session.is_writable())

    def _found(self, paths: "list[Path]") -> None:
        if paths:
            self.reject()
            self.paths_found.emit(paths)
        else:
            self._said.setText(self.tr("Nothing new: every file there is a source already."))

    def _fail(self, error: Exception) -> None:
        self._said.setText(self._session.told(error))
