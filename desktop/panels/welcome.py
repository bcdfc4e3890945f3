"""The welcome page: archives opened lately, the sample, and how to begin."""

from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.filter_line import FilterLine
from desktop.plain import Label, shown, tip
from desktop.settings import Settings

_PathRole = int(Qt.ItemDataRole.UserRole)
# With fewer a filter line would be one more thing to read.
FILTER_FROM = 6


class Welcome(QWidget):
    """Offers archives; says which was asked for; opens none."""

    open_requested = Signal(object)  # Path
    browse_requested = Signal()
    new_requested = Signal()
    sample_requested = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        title = Label(self.tr("Muniment"), self)
        large = QFont(self.font())
        large.setPointSizeF(large.pointSizeF() * 2.1)
        title.setFont(large)
        said = Label(
            self.tr(
                "Sources, the figures they state, and the exact words that say so: "
                "in one file, on this computer only."
            ),
            self,
        )
        said.setWordWrap(True)
        self._sample = self._button(self.tr("Open the sa&mple archive"))
        self._new = self._button(self.tr("Ne&w archive…"))
        self._open = self._button(self.tr("&Open an archive…"))
        self._said = Label("", self)
        self._said.setWordWrap(True)
        self._said.hide()
        self._recent_title = Label(self.tr("Opened lately"), self)
        bold = QFont(self.font())
        bold.setBold(True)
        self._recent_title.setFont(bold)
        self._filter = FilterLine(self.tr("Filter archives"), self)
        self._recent = QListWidget(self)
        self._recent.setAccessibleName(self.tr("Archives opened lately"))
        self._recent.setUniformItemSizes(True)
        self._recent.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._recent.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._count = Label("", self)
        self._hint = Label(
            self.tr("You may also drop an archive here, or files to make an archive of."), self
        )
        self._hint.setWordWrap(True)

        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        for button in (self._sample, self._new, self._open):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(title)
        column.addWidget(said)
        column.addSpacing(14)
        column.addLayout(buttons)
        column.addWidget(self._said)
        column.addSpacing(18)
        for widget in (self._recent_title, self._filter, self._recent, self._count):
            column.addWidget(widget)
        column.setStretchFactor(self._recent, 4)
        column.addWidget(self._hint)
        column.addStretch(2)
        middle = QWidget(self)
        middle.setLayout(column)
        middle.setMaximumWidth(720)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.addStretch(1)
        layout.addWidget(middle, 6)
        layout.addStretch(1)
        self.setFocusProxy(self._sample)

        self._sample.clicked.connect(self.sample_requested)
        self._new.clicked.connect(self.new_requested)
        self._open.clicked.connect(self.browse_requested)
        self._filter.asked.connect(lambda _words: self.reload())
        self._recent.itemActivated.connect(self._choose)
        self._quiet()
        self.reload()

    def reload(self) -> None:
        """Show the recent archives as the settings know them."""
        recent = self._settings.recent
        words = self._filter.text().casefold().split()
        fitting = [path for path in recent if all(word in str(path).casefold() for word in words)]
        self._recent.clear()
        for path in fitting:
            item = QListWidgetItem(f"{shown(path.stem)}   –   {shown(str(path.parent))}")
            item.setData(_PathRole, str(path))
            item.setToolTip(tip(str(path)))
            item.setSizeHint(QSize(0, self.fontMetrics().height() + 12))
            self._recent.addItem(item)
        for widget in (self._recent_title, self._recent, self._count):
            widget.setVisible(bool(recent))
        self._filter.setVisible(len(recent) >= FILTER_FROM)
        self._count.setText(self.tr("%n archive(s)", "", len(fitting)))

    def say(self, text: str) -> None:
        """A sentence about what went wrong, or on what is being waited for; "" for none."""
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def said(self) -> str:
        return self._said.text()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_hint"):
            self._quiet()

    def _quiet(self) -> None:
        quiet = theme.colours(self.palette()).quiet
        for label in (self._hint, self._count):
            palette = label.palette()
            palette.setColor(label.foregroundRole(), quiet)
            label.setPalette(palette)

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setMinimumHeight(34)
        return button

    def _choose(self, item: QListWidgetItem) -> None:
        self.open_requested.emit(Path(str(item.data(_PathRole))))
