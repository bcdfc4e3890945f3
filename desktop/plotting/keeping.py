"""Plots kept by name: asks for names and says what a person wants done; writes nothing itself."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop.asking_line import AskingLine
from desktop.plotting.menus import PlotsMenu

if TYPE_CHECKING:
    from db.plots import Plot


class Keeping(QObject):
    """Between the menu of saved plots and whoever keeps them in the archive."""

    save_wanted = Signal(str, object)  # name, state as data
    plot_wanted = Signal(object)  # Plot
    rename_wanted = Signal(int, str)
    remove_wanted = Signal(int)

    def __init__(
        self,
        menu: PlotsMenu,
        asking: AskingLine,
        name: Callable[[], str],
        data: Callable[[], Mapping[str, Any]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._menu, self._asking = menu, asking
        self._new_name, self._data = name, data
        self._shown: Plot | None = None
        menu.save_wanted.connect(self.ask_name)
        menu.plot_wanted.connect(self.plot_wanted)
        menu.rename_wanted.connect(self._ask_new_name)
        menu.remove_wanted.connect(lambda plot: self.remove_wanted.emit(plot.id))

    def show_plots(self, plots: "Sequence[Plot]", shown: int | None, *, is_writable: bool) -> None:
        """Offer these plots; the one of id `shown` is what is seen now."""
        self._shown = next((each for each in plots if each.id == shown), None)
        self._menu.show_plots(plots, shown, is_writable=is_writable)

    def ask_name(self) -> None:
        """Ask under which name the plot shall be kept; the one it has changes it."""

        def then(said: str) -> None:
            self.save_wanted.emit(said, self._data())

        name = self._shown.name if self._shown is not None else self._new_name()
        self._asking.ask(self.tr("Name of the plot:"), name, then)

    def _ask_new_name(self, plot: "Plot") -> None:
        def then(said: str) -> None:
            self.rename_wanted.emit(plot.id, said)

        self._asking.ask(self.tr("New name of the plot:"), plot.name, then)
