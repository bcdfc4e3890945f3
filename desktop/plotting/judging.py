"""What is done to figures from their points: opened, edited, decided on, read as chosen or not."""

from functools import partial

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QMenu, QWidget

from desktop.asking_line import AskingLine
from desktop.plotting.menus import PointMenu


class Judging(QObject):
    """Makes the menu of points and says what was chosen in it; writes nothing itself."""

    open_wanted = Signal(object)  # id
    edit_wanted = Signal(int)
    decision_wanted = Signal(object, str)  # ids, status
    reading_wanted = Signal(int, object, str, str)  # series, ids, reading, reason

    def __init__(self, asking: AskingLine, parent: QObject) -> None:
        super().__init__(parent)
        self.is_writable = False
        self._asking = asking

    def menu(self, ids: tuple[int, ...], series_id: int | None, parent: QWidget) -> QMenu:
        """What can be done to these figures; readings only where their series is known."""
        menu = PointMenu(
            len(ids),
            is_writable=self.is_writable,
            has_series=series_id is not None,
            parent=parent,
        )
        menu.open_wanted.connect(partial(_tell, self.open_wanted, ids[0]))
        menu.edit_wanted.connect(partial(_tell, self.edit_wanted, ids[0]))
        menu.decision_wanted.connect(partial(_tell, self.decision_wanted, ids))
        if series_id is not None:
            menu.reading_wanted.connect(partial(self._read_as, series_id, ids))
        return menu

    def _read_as(self, series_id: int, ids: tuple[int, ...], reading: str) -> None:
        if reading != "excluded":
            self.reading_wanted.emit(series_id, ids, reading, "")
            return

        def then(said: str) -> None:
            self.reading_wanted.emit(series_id, ids, reading, said)

        self._asking.ask(self.tr("Why is it excluded?"), "", then)


def _tell(signal: SignalInstance, *what: object) -> None:
    signal.emit(*what)
