"""Sending a copy and merging one, as the window asks for them."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from desktop import merged
from desktop.plain import Message, shown
from desktop.session import Session

if TYPE_CHECKING:
    from db.agreement import Agreement
    from db.copies import Sent
    from desktop.panels.agreement import AgreementWindow
    from desktop.panels.merging import MergeWindow
    from desktop.panels.sending import SendWindow

SUFFIX = ".muniment"


class Copying(QObject):
    """Asks which file, shows the windows of copies, and runs their jobs."""

    noted = Signal(str)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._merging: MergeWindow | None = None
        self._sending: SendWindow | None = None
        self._agreement: AgreementWindow | None = None

    def choose_copy(self) -> None:
        """Ask for a copy and show what it would bring."""
        title = self.tr("Merge a Copy")
        kinds = self.tr("Archives (*.muniment);;All files (*)")
        folder = self._session.settings.last_folder
        chosen, _ = QFileDialog.getOpenFileName(self._window, title, folder, kinds)
        if chosen:
            self._session.settings.last_folder = str(Path(chosen).parent)
            self.merge_window().look(Path(chosen))

    def merge_window(self) -> "MergeWindow":
        """The one merge window; made when first asked for."""
        if self._merging is None:
            from desktop.panels.merging import MergeWindow

            self._merging = MergeWindow(self._session, self._window)
            self._merging.noted.connect(self.noted)
            self._merging.merged.connect(self._ask_for_agreement)
        return self._merging

    def agreement_window(self) -> "AgreementWindow":
        """The one window of agreement between readers; made when first asked for."""
        if self._agreement is None:
            from desktop.panels.agreement import AgreementWindow

            self._agreement = AgreementWindow(self._session, self._window)
        return self._agreement

    def ask_to_send(self) -> None:
        """Show the window that asks what goes along."""
        if self._sending is None:
            from desktop.panels.sending import SendWindow

            self._sending = SendWindow(self._session, self._window)
            self._sending.chosen.connect(self.send)
        self._sending.ask()

    def send(self, destination: Path, with_originals: bool, with_restricted: bool) -> None:
        """Write the copy in a job."""
        work = partial(
            merged.send,
            destination=destination,
            with_originals=with_originals,
            with_restricted=with_restricted,
        )
        title = self.tr("Making a copy to send")
        fail = partial(self._fail, self.tr("Send a Copy"))
        self._session.jobs.run_long(title, work, self._tell, fail)

    def _ask_for_agreement(self) -> None:
        jobs = self._session.jobs
        fail = partial(self._fail, self.tr("Agreement between Readers"))
        jobs.run(merged.agreement, self._show_agreement, fail, replaces="agreement")

    def _show_agreement(self, found: "list[Agreement]") -> None:
        if found:
            self.agreement_window().tell(found)

    def _tell(self, done: "tuple[Path, Sent]") -> None:
        destination, sent = done
        said = self.tr("“{0}” holds %n source(s).", "", sent.sources)
        said = said.format(shown(destination.name))
        if sent.left_out:
            said += " " + self.tr("Left out: %n restricted source(s).", "", sent.left_out)
        self.noted.emit(said)

    def _fail(self, title: str, error: Exception) -> None:
        message = Message(self._window, title, self._session.told(error))
        message.setIcon(QMessageBox.Icon.Warning)
        message.setModal(False)
        message.show()
