"""What a person takes out of a plot: asks where to, writes pictures, asks for the data behind."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.plain import Message, shown
from desktop.plotting import out
from desktop.plotting.draw import SUFFIXES
from desktop.plotting.menus import ExportMenu
from desktop.plotting.offer import Offer
from desktop.plotting.state import State


@dataclass(frozen=True, slots=True)
class Drawn:
    """A plot as it is shown, and the ids of the figures that are seen in it."""

    offer: Offer
    state: State
    figure_ids: tuple[int, ...]


class Exporting(QObject):
    """Between the export menu, files and the clipboard."""

    data_wanted = Signal(object, object)  # ids of figures; the path of a file, None: the clipboard

    def __init__(self, menu: ExportMenu, drawn: Callable[[], Drawn], parent: QWidget) -> None:
        super().__init__(parent)
        self._drawn, self._window = drawn, parent
        menu.file_wanted.connect(self._save)
        menu.picture_wanted.connect(self.copy_picture)
        menu.data_wanted.connect(self.copy_data)

    def export(self, path: Path) -> None:
        """Write what is shown to `path` as a picture; with the ending .csv ask for its data."""
        plot = self._drawn()
        if path.suffix.lower() in SUFFIXES:
            out.write_picture(plot.offer, path, plot.state.subject.name, plot.state)
        else:
            self.data_wanted.emit(plot.figure_ids, path)

    def copy_picture(self) -> None:
        """Put the plot with its caption on the clipboard."""
        plot = self._drawn()
        if plot.figure_ids:
            out.copy_picture(plot.offer, plot.state.subject.name, plot.state)

    def copy_data(self) -> None:
        """Ask for the data behind the plot on the clipboard."""
        self.data_wanted.emit(self._drawn().figure_ids, None)

    def _save(self, suffix: str) -> None:
        state = self._drawn().state
        unit = (state.quantity or (None, None))[0]
        name = shown(state.subject.name or unit or "plot").replace("/", "-")
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Export the plot"), f"{name}{suffix}", f"*{suffix}"
        )
        if not chosen:
            return
        path = Path(chosen)
        try:
            self.export(path if path.suffix else path.with_suffix(suffix))
        except OSError as error:
            text = self.tr("The plot could not be written to {path}.").format(path=path)
            Message(self._window, self.tr("Export"), text, str(error)).exec()
