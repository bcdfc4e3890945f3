"""Copy as evidence, and following a stable link back to its words."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from desktop import asked, evidence
from desktop.selection import Selected
from desktop.session import Session

if TYPE_CHECKING:
    from db.citing import Cited
    from db.stable_link import Found


class Quoting(QObject):
    """Puts what is selected on the clipboard with its reference; says where a link leads."""

    place_wanted = Signal(object)  # Selected
    noted = Signal(str)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    def copy(self, quoted: evidence.Quoted | None) -> None:
        """Copy the words a person marked in the reader, or else what is selected."""
        selected = self._session.selection.now
        if quoted is not None or selected.source_id is None:
            self._cite(quoted)
            return
        self._session.jobs.run(
            partial(asked.source_text, source_id=selected.source_id),
            lambda opened: self._cite(evidence.of_selection(opened, selected)),
            self._fail,
            replaces="evidence",
        )

    def follow(self, link: str) -> None:
        """Go where a stable link of this archive leads."""
        work = partial(asked.find_link, text=link)
        self._session.jobs.run(work, self._go_to, self._fail, replaces="link")

    def _cite(self, quoted: evidence.Quoted | None) -> None:
        if quoted is None:
            self.noted.emit(self.tr("Choose words, a passage or a figure in the text first."))
            return
        style = self._session.settings.citation_style
        work = partial(asked.cite, source_id=quoted.source_id, span=quoted.span, style=style)
        self._session.jobs.run(work, partial(self._put, quoted), self._fail, replaces="evidence")

    def _put(self, quoted: evidence.Quoted, cited: "Cited") -> None:
        # Not a QMimeData of ours: the clipboard outlives Python, and destroying it then crashes.
        QGuiApplication.clipboard().setText(evidence.text(quoted, cited))
        self.noted.emit(self.tr("Copied as evidence."))

    def _go_to(self, found: "Found") -> None:
        self.place_wanted.emit(Selected(found.source_id, span=found.span))
        if found.is_lost:
            self.noted.emit(
                self.tr("The text was changed since; the words of the link are no longer in it.")
            )

    def _fail(self, error: Exception) -> None:
        self.noted.emit(self._session.told(error))
