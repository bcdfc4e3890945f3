"""Describing and arranging sources: what the commands and the library's tree ask for is done here."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from desktop import described
from desktop.panels.library import Library
from desktop.plain import Message
from desktop.session import Session

if TYPE_CHECKING:
    from db.bin import Weight
    from desktop.panels.accessions import AccessionsWindow
    from desktop.panels.arranging import BinWindow, PlaceWindow
    from desktop.panels.columns import ColumnsWindow
    from desktop.panels.description_window import DescriptionWindow
    from desktop.panels.numbering import NumberingWindow


class Describing(QObject):
    """Does what is asked about the sources chosen in the library, or else the one selected."""

    noted = Signal(str)
    source_made = Signal(int)

    def __init__(self, session: Session, library: Library, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._library = library
        self._window = window
        self._description: DescriptionWindow | None = None
        self._place: PlaceWindow | None = None
        self._numbering: NumberingWindow | None = None
        self._accessions: AccessionsWindow | None = None
        self._bin: BinWindow | None = None
        self._columns: ColumnsWindow | None = None
        library.move_requested.connect(self.move)

    def slots(self) -> dict[str, Callable[[], None]]:
        """What the commands do, by their id."""
        return {
            "describe": self.describe,
            "new_source": self.new,
            "move_source": self.ask_where,
            "source_up": partial(self.shift, -1),
            "source_down": partial(self.shift, 1),
            "number_sources": self.number,
            "map_columns": self.map_columns,
            "remove_source": self.ask_to_remove,
            "bin": self.show_bin,
            "accessions": self.show_accessions,
        }

    def chosen(self) -> tuple[int, ...]:
        """The sources that a command is about."""
        selected = self._session.selection.now.source_id
        ids = self._library.chosen_ids()
        focus = QApplication.focusWidget()
        is_here = focus is not None and self._library.isAncestorOf(focus)
        # A filter may hide the one selected elsewhere: then the library shows another, or nothing.
        if selected is not None and selected not in ids and not (ids and is_here):
            return (selected,)
        return tuple(ids)

    def describe(self) -> None:
        ids = self.chosen()
        if ids:
            self.description_window().open_sources(ids)

    def new(self) -> None:
        ids = self.chosen()
        self.description_window().open_new(ids[0] if ids else None)

    def ask_where(self) -> None:
        ids = self.chosen()
        if ids:
            self.place_window().open_for(ids)

    def move(self, ids: Sequence[int], parent_id: int | None, before: int | None = None) -> None:
        """Put sources below another, before one of those that lie there already."""
        if not self._session.is_writable():
            self.noted.emit(self.tr("This archive is open read-only; nothing can be moved."))
            return
        work = partial(described.move, ids=tuple(ids), parent_id=parent_id, before=before)
        self._write(work, self.tr("%n source(s) moved; Undo takes it back.", "", len(ids)))

    def shift(self, step: int) -> None:
        ids = self.chosen()
        if len(ids) != 1:
            self.noted.emit(self.tr("Choose one source to move it up or down."))
            return
        work = partial(described.shift, source_id=ids[0], step=step)
        self._session.jobs.run(work, self._say_shifted, self._fail)

    def ask_to_remove(self) -> None:
        ids = self.chosen()
        if ids:
            work = partial(described.weight, ids=ids)
            self._session.jobs.run(work, partial(self._confirm, ids), self._fail)

    def number(self) -> None:
        ids = self.chosen()
        if len(ids) != 1:
            self.noted.emit(self.tr("Choose one source; what lies below it is numbered."))
            return
        self.numbering_window().open_for(ids[0])

    def map_columns(self) -> None:
        ids = self.chosen()
        if len(ids) != 1:
            self.noted.emit(self.tr("Choose one source; its tables are shown."))
            return
        self.columns_window().open_for(ids[0])

    def show_bin(self) -> None:
        self.bin_window().open_bin()

    def show_accessions(self) -> None:
        self.accessions_window().open_log()

    # -- the windows, made when they are first asked for ------------------------------------------

    def description_window(self) -> "DescriptionWindow":
        if self._description is None:
            from desktop.panels.description_window import DescriptionWindow

            self._description = DescriptionWindow(self._session, self._window)
            self._description.noted.connect(self.noted)
            self._description.source_made.connect(self.source_made)
        return self._description

    def place_window(self) -> "PlaceWindow":
        if self._place is None:
            from desktop.panels.arranging import PlaceWindow

            self._place = PlaceWindow(self._session, self._window)
            self._place.noted.connect(self.noted)
            self._place.place_chosen.connect(self.move)
        return self._place

    def numbering_window(self) -> "NumberingWindow":
        if self._numbering is None:
            from desktop.panels.numbering import NumberingWindow

            self._numbering = NumberingWindow(self._session, self._window)
            self._numbering.noted.connect(self.noted)
        return self._numbering

    def columns_window(self) -> "ColumnsWindow":
        if self._columns is None:
            from desktop.panels.columns import ColumnsWindow

            self._columns = ColumnsWindow(self._session, self._window)
            self._columns.noted.connect(self.noted)
        return self._columns

    def accessions_window(self) -> "AccessionsWindow":
        if self._accessions is None:
            from desktop.panels.accessions import AccessionsWindow

            self._accessions = AccessionsWindow(self._session, self.chosen, self._window)
            self._accessions.noted.connect(self.noted)
        return self._accessions

    def bin_window(self) -> "BinWindow":
        if self._bin is None:
            from desktop.panels.arranging import BinWindow

            self._bin = BinWindow(self._session, self._window)
            self._bin.noted.connect(self.noted)
        return self._bin

    # -- inside -----------------------------------------------------------------------------------

    def _confirm(self, ids: tuple[int, ...], weight: "Weight") -> None:
        parts = [self.tr("%n source(s)", "", weight.sources)]
        if weight.passages:
            parts.append(self.tr("%n passage(s)", "", weight.passages))
        if weight.figures:
            parts.append(self.tr("%n figure(s)", "", weight.figures))
        if weight.annotations:
            parts.append(self.tr("%n annotation(s)", "", weight.annotations))
        message = Message(
            self._window,
            self.tr("Move to the Bin"),
            self.tr("Into the bin go {0}.").format(", ".join(parts)),
            self.tr("Nothing is lost: Undo or Restore from the Bin brings all of it back."),
        )
        message.setObjectName("to_the_bin")
        message.setIcon(QMessageBox.Icon.Question)
        go = message.addButton(self.tr("Move to the Bin"), QMessageBox.ButtonRole.AcceptRole)
        go.clicked.connect(partial(self._remove, ids, weight.sources))
        message.setDefaultButton(message.addButton(QMessageBox.StandardButton.Cancel))
        message.open()

    def _remove(self, ids: tuple[int, ...], count: int, _checked: bool = False) -> None:
        said = self.tr("%n source(s) in the bin; Undo takes it back.", "", count)
        self._session.selection.clear()
        self._write(partial(described.remove, ids=ids), said)

    def _say_shifted(self, is_done: bool) -> None:
        if not is_done:
            self.noted.emit(self.tr("It stands at the end of its place already."))

    def _write(self, work: Callable[..., Any], said: str) -> None:
        self._session.jobs.run(work, lambda _done: self.noted.emit(said), self._fail)

    def _fail(self, error: Exception) -> None:
        self.noted.emit(self._session.told(error))
