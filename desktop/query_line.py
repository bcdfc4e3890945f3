"""The search line: says what is typed, completes words from the archive, remembers what was asked."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from desktop import sought
from desktop.filter_line import FilterLine
from desktop.icons import icon
from desktop.plain import shown
from desktop.session import Session

MILLISECONDS_BEFORE_COMPLETING = 60
MILLISECONDS_BEFORE_LOADING = 1500
WholeRole = int(Qt.ItemDataRole.UserRole)


class QueryLine(FilterLine):
    """Completions come while one types; Down in an empty line brings the searches asked before."""

    entered = Signal()  # Return, with no completion chosen

    def __init__(self, session: Session, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent)
        self._session = session
        self._offered = QStandardItemModel(self)
        self._completer = QCompleter(self._offered, self)
        self._completer.setWidget(self)
        self._popup = QListView(self)
        self._completer.setPopup(self._popup)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setCompletionRole(WholeRole)
        self._completer.setMaxVisibleItems(12)
        self._completer.activated.connect(self._take)
        self._pause_before = QTimer(self)
        self._pause_before.setSingleShot(True)
        self._pause_before.setInterval(MILLISECONDS_BEFORE_COMPLETING)
        self._pause_before.timeout.connect(self._complete)
        self._before = self.addAction(QIcon(), QLineEdit.ActionPosition.TrailingPosition)
        self._before.setToolTip(self.tr("Searches made before (Down in an empty line)"))
        self._before.triggered.connect(lambda _on: self.offer_before())
        self._paint()
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(MILLISECONDS_BEFORE_LOADING)
        self._idle.timeout.connect(self._load_words)
        session.opened.connect(self._idle.start)
        session.changed.connect(self._hear)
        session.closing.connect(self._idle.stop)
        self.textEdited.connect(lambda _text: self._pause_before.start())
        self.returnPressed.connect(self._enter)

    def offered(self) -> list[str]:
        """What is offered at present."""
        return [self._offered.item(row).text() for row in range(self._offered.rowCount())]

    def offer(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Offer these: what is shown, and the whole line it stands for."""
        self._offered.clear()
        for label, whole in pairs:
            item = QStandardItem(shown(label))
            item.setData(whole, WholeRole)
            self._offered.appendRow(item)
        if pairs and self.hasFocus():
            self._completer.setCompletionPrefix("")
            self._completer.complete()
        else:
            self._popup.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._popup
        if popup.isVisible():
            keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if event.key() in keys and not popup.currentIndex().isValid():
                popup.hide()
            elif event.key() == Qt.Key.Key_Tab and popup.currentIndex().isValid():
                self._take(str(popup.currentIndex().data(WholeRole)))
                return
        elif event.key() == Qt.Key.Key_Down and not self.text().strip():
            self.offer_before()
            return
        super().keyPressEvent(event)

    def offer_before(self) -> None:
        """Offer the searches made before, the latest first."""
        self.setFocus()
        self.offer([(text, text) for text in self._session.settings.searches])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_before"):
            self._paint()

    def _paint(self) -> None:
        self._before.setIcon(icon("history", self.palette()))

    def remember(self) -> None:
        """The search was worth while: offer it another time."""
        text = self.text().strip()
        if text:
            self._session.settings.add_search(text)

    def _hear(self, tables: frozenset[str]) -> None:
        if "imports" in tables:
            self._idle.start()

    def _load_words(self) -> None:
        """When nothing else is wanted: 0.2 s on a thread at 100,000 passages, 2 s at a million."""
        if self._session.jobs.running():
            self._idle.start()
        elif self._session.is_open():
            self._session.jobs.run(
                sought.load_words, lambda _none: None, _pass, replaces="words of the archive"
            )

    def _enter(self) -> None:
        self._pause_before.stop()
        self._popup.hide()
        self.entered.emit()

    def _take(self, whole: str) -> None:
        self._popup.hide()
        self.setText(whole)

    def _complete(self) -> None:
        if not self._session.is_open() or self.cursorPosition() != len(self.text()):
            return
        work = partial(sought.completions, text=self.text())
        self._session.jobs.run(
            work, partial(self._offer_for, self.text()), _pass, replaces="completion"
        )

    def _offer_for(self, text: str, pairs: list[tuple[str, str]]) -> None:
        if text == self.text() and self.hasFocus():
            # A word typed to its end needs no offer of itself alone.
            useful = [pair for pair in pairs if pair[1].strip() != text.strip()]
            self.offer(useful)


def _pass(_error: Exception) -> None:
    """No completion is offered where none can be had."""
