"""The menus of a plot: what goes out of it, plots kept by name, and what is done to figures."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QMenu, QWidget

from desktop.plain import menu_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.plots import Plot


class ExportMenu(QMenu):
    """Says in which form the plot is wanted."""

    file_wanted = Signal(str)  # the ending of the file's name
    picture_wanted = Signal()
    data_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        for text, suffix in (
            (self.tr("Picture (PNG)…"), ".png"),
            (self.tr("Drawing (SVG)…"), ".svg"),
            (self.tr("Page (PDF)…"), ".pdf"),
            (self.tr("Data with citations (CSV)…"), ".csv"),
        ):
            self.addAction(text).triggered.connect(partial(self._ask, suffix))
        self.addSeparator()
        self.addAction(self.tr("Copy picture")).triggered.connect(self.picture_wanted)
        self.addAction(self.tr("Copy data")).triggered.connect(self.data_wanted)

    def _ask(self, suffix: str, _checked: bool = False) -> None:
        self.file_wanted.emit(suffix)


class PlotsMenu(QMenu):
    """Lists the plots kept in the archive; saves, renames and removes none itself."""

    save_wanted = Signal()
    plot_wanted = Signal(object)  # Plot
    rename_wanted = Signal(object)  # Plot
    remove_wanted = Signal(object)  # Plot

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.show_plots((), None, is_writable=False)

    def show_plots(self, plots: "Sequence[Plot]", shown: int | None, *, is_writable: bool) -> None:
        """Offer these plots; the one of id `shown` is what is seen now."""
        self.clear()
        saving = self.addAction(self.tr("Save this plot…"))
        saving.triggered.connect(self.save_wanted)
        saving.setEnabled(is_writable)
        now = next((each for each in plots if each.id == shown), None)
        if now is not None:
            name = menu_text(now.name)
            for text, signal in (
                (self.tr("Rename “{name}”…"), self.rename_wanted),
                (self.tr("Remove “{name}”"), self.remove_wanted),
            ):
                action = self.addAction(text.format(name=name))
                action.triggered.connect(partial(_emit, signal, now))
                action.setEnabled(is_writable)
        self.addSeparator()
        for each in plots:
            action = self.addAction(menu_text(each.name))
            action.setCheckable(True)
            action.setChecked(each is now)
            action.triggered.connect(partial(_emit, self.plot_wanted, each))
        if not plots:
            self.addAction(self.tr("No plot is saved yet")).setEnabled(False)


class PointMenu(QMenu):
    """What can be done to the figures under the pointer; says what a person chose."""

    open_wanted = Signal()
    edit_wanted = Signal()
    decision_wanted = Signal(str)
    reading_wanted = Signal(str)

    def __init__(self, many: int, *, is_writable: bool, has_series: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.about = self.addSection(
            self.tr("{n} selected figures").format(n=many) if many > 1 else self.tr("This figure")
        )
        opening = self.addAction(self.tr("Show in the text"))
        opening.triggered.connect(self.open_wanted)
        opening.setEnabled(many == 1)
        self.addSeparator()
        editing = self.addAction(self.tr("Edit…"))
        editing.triggered.connect(self.edit_wanted)
        editing.setEnabled(is_writable and many == 1)
        for text, status in (
            (self.tr("Accept"), "accepted"),
            (self.tr("Reject"), "rejected"),
            (self.tr("Back to not reviewed"), "proposed"),
        ):
            action = self.addAction(text)
            action.triggered.connect(partial(_emit, self.decision_wanted, status))
            action.setEnabled(is_writable)
        self.addSeparator()
        for text, reading in (
            (self.tr("Set as chosen reading"), "chosen"),
            (self.tr("Exclude, with a reason…"), "excluded"),
        ):
            action = self.addAction(text)
            action.triggered.connect(partial(_emit, self.reading_wanted, reading))
            # A reading is one of a series.
            action.setEnabled(is_writable and has_series)


def _emit(signal: SignalInstance, what: object, _checked: bool = False) -> None:
    signal.emit(what)
