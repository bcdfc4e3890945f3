"""The tab of the plot: made when first looked at, kept in step with the archive's figures."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.records import KeptFigure, Passage
from desktop import asked
from desktop.session import PATIENCE, Session

if TYPE_CHECKING:
    from db.archive import Archive
    from desktop.panels.plot import PlotPanel
    from desktop.plotting.offer import Offer


class PlotTab(QWidget):
    """Asks the archive for figures only while it is looked at; says which was chosen as a record."""

    figure_chosen = Signal(object)  # KeptFigure
    figure_activated = Signal(object)  # KeptFigure
    failed = Signal(object)  # Exception

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._panel: PlotPanel | None = None
        self._is_shown = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        session.selection.changed.connect(lambda _selected: self._follow())

    @property
    def panel(self) -> "PlotPanel | None":
        """The panel, once it has been looked at."""
        return self._panel

    def look(self) -> None:
        """The tab is turned to: show the figures there are."""
        if self._panel is None:
            # 0.3 to 0.9 s of imports, done on a thread by then unless the person was quicker.
            from desktop.panels.plot import PlotPanel

            self._panel = PlotPanel(self, find_passage=self._passage)
            self._panel.figure_chosen.connect(partial(self._tell, self.figure_chosen.emit))
            self._panel.figure_activated.connect(partial(self._tell, self.figure_activated.emit))
            self._layout.addWidget(self._panel)
            self.setFocusProxy(self._panel)
        if not self._is_shown and self._session.is_open():
            self._is_shown = True
            self._session.jobs.run(_offer, self._show, self.failed.emit, replaces="plot")

    def forget(self) -> None:
        """The figures have changed: ask again when next looked at."""
        self._is_shown = False

    def clear(self) -> None:
        self.forget()
        if self._panel is not None:
            self._panel.show_figures([])

    def _show(self, offer: "Offer") -> None:
        if self._panel is not None:
            self._panel.show_figures(offer)
            self._follow()

    def _follow(self) -> None:
        if self._panel is not None:
            figure = self._session.selection.now.figure
            self._panel.select(figure.id if figure else None)

    def _passage(self, passage_id: int) -> Passage | None:
        archive = self._session.archive
        with archive.patient(PATIENCE):
            return asked.passage(archive, passage_id)

    def _tell(self, emit: Callable[[KeptFigure], None], figure_id: int) -> None:
        def found(rows: dict[int, KeptFigure]) -> None:
            for kept in rows.values():
                emit(kept)

        work = partial(asked.figures, ids=(figure_id,))
        self._session.jobs.run(work, found, self.failed.emit, replaces="plotted")


def _offer(archive: "Archive") -> "Offer":
    # Marks and units of 200,000 figures take 0.4 s: here, not on the window's thread.
    from desktop.plotting.offer import offer

    return offer(asked.all_figures(archive))
