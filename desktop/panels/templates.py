"""Templates for descriptions: what is said again and again, kept under a name and filled in."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from desktop.asking_line import AskingLine
from desktop.asking_panel import without_state
from desktop.plain import menu_text
from desktop.settings import Settings


class Form(Protocol):
    """What is filled in from a template, and what one is made of."""

    def words(self) -> dict[str, str]: ...
    def fill_empty(self, words: Mapping[str, str]) -> int: ...


class Templates(QWidget):
    """A button with the templates there are; they are the person's own, for every archive."""

    told = Signal(str)

    def __init__(self, settings: Settings, form: Form, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self._form = form
        self._button = QToolButton(self)
        self._button.setText(self.tr("Template"))
        self._button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._button.setMenu(self._menu)
        self._asking = AskingLine(self)
        self._asking.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._button)
        layout.addWidget(self._asking, 1)
        layout.addStretch(0)
        self._menu.aboutToShow.connect(self.fill)

    def menu(self) -> QMenu:
        return self._menu

    def asking(self) -> AskingLine:
        return self._asking

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Return answers the question here; the window would save the description for it.
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def fill(self) -> None:
        """Put the templates there are into the menu."""
        self._menu.clear()
        kept = self._settings.templates
        for name in kept:
            self._entry(self._menu, menu_text(name), partial(self._use, name))
        if not kept:
            self._menu.addAction(self.tr("None yet")).setEnabled(False)
        self._menu.addSeparator()
        self._entry(self._menu, self.tr("Save as Template…"), self._ask)
        taken_off = self._menu.addMenu(self.tr("Remove Template"))
        taken_off.setEnabled(bool(kept))
        for name in kept:
            self._entry(taken_off, menu_text(name), partial(self._remove, name))

    def _entry(self, menu: QMenu, said: str, slot: Callable[[], None]) -> None:
        menu.addAction(said).triggered.connect(partial(without_state, slot))

    def _use(self, name: str) -> None:
        count = self._form.fill_empty(self._settings.templates.get(name, {}))
        self.told.emit(self.tr("%n empty field(s) filled in from the template.", "", count))

    def _ask(self) -> None:
        if self._form.words():
            question = self.tr("Name of the template:")
            self._asking.ask(question, "", self._keep, list(self._settings.templates))
        else:
            self.told.emit(self.tr("Fill in first what the template shall hold."))

    def _keep(self, said: str) -> None:
        self._settings.templates = self._settings.templates | {said: self._form.words()}
        self.told.emit(self.tr("Kept as a template; code, title and date are not part of it."))

    def _remove(self, name: str) -> None:
        kept = self._settings.templates
        self._settings.templates = {each: kept[each] for each in kept if each != name}
