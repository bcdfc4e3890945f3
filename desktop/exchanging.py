"""Export and the files of other programs, as the window asks for them."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from db import other_programs
from desktop import exchange_words, exported
from desktop.plain import Message
from desktop.session import Session

if TYPE_CHECKING:
    from db.exchange.taken import Taken
    from desktop.panels.exporting import ExportWindow

MOST_LINES = 200


class Exchanging(QObject):
    """Shows the export window, takes files of other programs in and says what became of them."""

    noted = Signal(str)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._exporting: ExportWindow | None = None

    def export(self) -> None:
        self.export_window().ask(self._session.selection.now.source_id)

    def print(self) -> None:
        """The export window at the report that is printed as it would be written."""
        window = self.export_window()
        window.ask(self._session.selection.now.source_id)
        window.choose("report.pdf")

    def export_window(self) -> "ExportWindow":
        """The one export window; made when first asked for."""
        if self._exporting is None:
            from desktop.panels.exporting import ExportWindow

            self._exporting = ExportWindow(self._session, self._window)
            self._exporting.noted.connect(self.noted)
        return self._exporting

    def choose_files(self) -> None:
        """Ask for files of other programs and take them in."""
        ends = (*other_programs.SUFFIXES, *other_programs.DESCRIPTIONS)
        wanted = " ".join(f"*{end}" for end in ends)
        kinds = self.tr("Projects, annotations, references, descriptions ({0})").format(wanted)
        title = self.tr("Import from Another Program")
        folder = self._session.settings.last_folder
        chosen, _ = QFileDialog.getOpenFileNames(self._window, title, folder, kinds)
        if chosen:
            self._session.settings.last_folder = str(Path(chosen[0]).parent)
            self.take_in([Path(path) for path in chosen])

    def take_in(self, paths: Sequence[Path]) -> None:
        """Take files in; what a table of descriptions would change is shown and asked about first."""
        tables = tuple(path for path in paths if other_programs.format_of(path) == "described")
        if tables:
            work = partial(exported.would_change, paths=tables)
            title = self.tr("Looking at the descriptions")
            ask = partial(self._ask, tuple(paths))
            self._session.jobs.run_long(title, work, ask, self._fail)
        else:
            self._take_in(paths)

    def _ask(self, paths: tuple[Path, ...], found: "list[Taken]") -> None:
        changes = [line for each in found for line in exchange_words.taken(each)[1]]
        count = sum(each.described for each in found)
        if not count:
            self._take_in(paths)
            return
        message = Message(
            self._window,
            self.tr("Import from Another Program"),
            self.tr("%n description(s) would change.", "", count),
            self.tr(
                "Details lists each, with what it was and what it would be. Nothing is changed yet."
            ),
        )
        message.setObjectName("descriptions_to_change")
        message.setDetailedText("\n".join(changes[:MOST_LINES]))
        message.setIcon(QMessageBox.Icon.Question)
        go = message.addButton(self.tr("Change Them"), QMessageBox.ButtonRole.AcceptRole)
        go.clicked.connect(lambda _checked: self._take_in(paths))
        message.setDefaultButton(message.addButton(QMessageBox.StandardButton.Cancel))
        message.open()

    def _take_in(self, paths: Sequence[Path]) -> None:
        work = partial(exported.take_in, paths=tuple(paths))
        title = self.tr("Importing from another program")
        self._session.jobs.run_long(title, work, self._tell, self._fail)

    def _tell(self, found: "list[Taken]") -> None:
        heads, more = [], []
        for each in found:
            head, lines = exchange_words.taken(each)
            heads.append(head)
            more += lines
        message = Message(self._window, self.tr("Import from Another Program"), "\n".join(heads))
        if more:
            message.setDetailedText("\n".join(more[:MOST_LINES]))
            message.setInformativeText(self.tr("%n thing(s) to look at.", "", len(more)))
        message.setIcon(QMessageBox.Icon.Information)
        message.setModal(False)
        message.show()
        self.noted.emit(heads[0] if len(heads) == 1 else self.tr("Imported."))

    def _fail(self, error: Exception) -> None:
        message = Message(
            self._window, self.tr("Import from Another Program"), self._session.told(error)
        )
        message.setIcon(QMessageBox.Icon.Warning)
        message.setModal(False)
        message.show()
