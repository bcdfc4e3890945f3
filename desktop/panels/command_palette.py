"""The command palette: type a few letters of any command and run it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.actions import COMMANDS, Actions, native_keys, spoken
from desktop.plain import Label

_IdRole = int(Qt.ItemDataRole.UserRole)


class CommandPalette(QDialog):
    """Lists the commands that can be run now; runs the one chosen once it has closed."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Find a Command"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._actions = actions
        self._line = QLineEdit(self)
        self._line.setPlaceholderText(self.tr("Type a few letters of a command"))
        self._line.setAccessibleName(self._line.placeholderText())
        self._line.setClearButtonEnabled(True)
        self._list = QListWidget(self)
        self._list.setAccessibleName(self.tr("Commands"))
        self._list.setUniformItemSizes(True)
        self._count = Label("", self)
        layout = QVBoxLayout(self)
        layout.addWidget(self._line)
        layout.addWidget(self._list)
        layout.addWidget(self._count)
        self.resize(520, 420)
        self._line.textChanged.connect(self._narrow)
        self._line.installEventFilter(self)
        self._list.itemActivated.connect(self._run)
        self._list.itemClicked.connect(self._run)
        self._narrow("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                row = self._list.currentRow() + step
                self._list.setCurrentRow(max(0, min(self._list.count() - 1, row)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                item = self._list.currentItem()
                if item is not None:
                    self._run(item)
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, words: str) -> None:
        self._list.clear()
        wanted = words.casefold().split()
        for command in COMMANDS:
            action = self._actions[command.id]
            name = spoken(command)
            if action.isEnabled() and command.id != "palette" and _fits(name, wanted):
                keys = native_keys(command)
                item = QListWidgetItem(action.icon(), f"{name}   {keys}" if keys else name)
                item.setData(_IdRole, command.id)
                self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._count.setText(self.tr("%n command(s)", "", self._list.count()))

    def _run(self, item: QListWidgetItem) -> None:
        action: QAction = self._actions[str(item.data(_IdRole))]
        self.close()
        action.trigger()


def _fits(name: str, wanted: Sequence[str]) -> bool:
    said = name.casefold()
    return all(word in said for word in wanted)
