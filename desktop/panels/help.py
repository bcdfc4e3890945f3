"""The help: the program's own pages, found by their words; opens nothing outside the program."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtWidgets import (
    QDialog,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

import resources
from desktop.filter_line import FilterLine
from desktop.plain import Label

_PathRole = int(Qt.ItemDataRole.UserRole)
FIRST_PAGE = "index"


class Help(QDialog):
    """The pages on the left, one of them on the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Help"))
        self._filter = FilterLine(self.tr("Filter pages by their words"), self)
        self._list = QListWidget(self)
        self._list.setAccessibleName(self.tr("Pages of the help"))
        self._count = Label("", self)
        self._page = _Page(self)
        self._page.setAccessibleName(self.tr("Page of the help"))
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._filter, self._list, self._count):
            column.addWidget(widget)
        split = QSplitter(self)
        split.addWidget(left)
        split.addWidget(self._page)
        split.setStretchFactor(1, 1)
        split.setSizes([230, 620])
        layout = QVBoxLayout(self)
        layout.addWidget(split)
        self.resize(900, 640)
        self._pages = {file: file.read_text(encoding="utf-8") for file in _files()}
        self._filter.asked.connect(self._narrow)
        self._list.currentItemChanged.connect(self._show)
        self._page.anchorClicked.connect(self._follow)
        self._narrow("")

    def _narrow(self, words: str) -> None:
        wanted = words.casefold().split()
        self._list.clear()
        for file, text in self._pages.items():
            if all(word in text.casefold() for word in wanted):
                item = QListWidgetItem(text.partition("\n")[0].lstrip("# "))
                item.setData(_PathRole, str(file))
                self._list.addItem(item)
        self._count.setText(self.tr("%n page(s)", "", self._list.count()))
        self._list.setCurrentRow(0)

    def _show(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self._page.setMarkdown(self._pages[Path(str(item.data(_PathRole)))])

    def _follow(self, link: QUrl) -> None:
        name = Path(link.path()).name
        for row in range(self._list.count()):
            if Path(str(self._list.item(row).data(_PathRole))).name == name:
                self._list.setCurrentRow(row)


class _Page(QTextBrowser):
    """Shows our own pages and loads nothing by itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(16)

    def loadResource(self, _type: int, _name: QUrl | str) -> Any:
        return None


def _files() -> list[Path]:
    """The pages in the person's language, else in English; the index first."""
    language = resources.path(f"help/{QLocale().name().partition('_')[0]}")
    folder = language if language.is_dir() else resources.path("help/en")
    return sorted(folder.glob("*.md"), key=lambda file: (file.stem != FIRST_PAGE, file.stem))
