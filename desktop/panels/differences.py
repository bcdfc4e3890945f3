"""What a newer grammar reads otherwise: was, the person's, now; tick what shall hold, and apply it."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from db.records import Figure
from desktop import figure_words, judged, showing, theme
from desktop.filter_line import EmptyState
from desktop.jobs import Ticket
from desktop.plain import QT_TRANSLATE_NOOP, Label, shown, tip
from desktop.session import Session

if TYPE_CHECKING:
    from db.reextraction import Compared, Difference

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_TITLES = (
    QT_TRANSLATE_NOOP("Differences", "Take"),
    QT_TRANSLATE_NOOP("Differences", "What"),
    QT_TRANSLATE_NOOP("Differences", "Words"),
    QT_TRANSLATE_NOOP("Differences", "It was read as"),
    QT_TRANSLATE_NOOP("Differences", "You decided"),
    QT_TRANSLATE_NOOP("Differences", "It is read now as"),
    QT_TRANSLATE_NOOP("Differences", "Source"),
)
_KINDS = {
    "new": QT_TRANSLATE_NOOP("Differences", "+ new"),
    "gone": QT_TRANSLATE_NOOP("Differences", "− gone"),
    "changed": QT_TRANSLATE_NOOP("Differences", "≠ changed"),
}
_TICK = 0


def _say(text: str) -> str:
    return QCoreApplication.translate("Differences", text)


class DifferencesModel(QAbstractTableModel):
    """One difference a row; the first column is ticked for what shall be applied.

    What a person has decided is not ticked at first, everything else is.
    """

    ticks_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._differences: Sequence[Difference] = ()
        self._titles: dict[int, str] = {}
        self._ticked: list[bool] = []

    def show(self, compared: "Compared | None") -> None:
        self.beginResetModel()
        self._differences = compared.differences if compared else ()
        self._titles = compared.titles if compared else {}
        self._ticked = [not each.decided for each in self._differences]
        self.endResetModel()
        self.ticks_changed.emit()

    def ticked(self) -> "list[Difference]":
        pairs = zip(self._differences, self._ticked, strict=True)
        return [each for each, is_ticked in pairs if is_ticked]

    def tick_all(self, wanted: "bool | None") -> None:
        """Tick all (true) or none (false); None: all but what a person has decided."""
        self._ticked = [
            not each.decided if wanted is None else wanted for each in self._differences
        ]
        if self._ticked:
            last = self.index(len(self._ticked) - 1, _TICK)
            self.dataChanged.emit(self.index(0, _TICK), last)
        self.ticks_changed.emit()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._differences)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(_TITLES)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == _TICK:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        difference = self._differences[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == _TICK:
            is_ticked = self._ticked[index.row()]
            return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(self._cell(difference, index.column()))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._cell(difference, index.column()))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != _TICK:
            return False
        self._ticked[index.row()] = Qt.CheckState(value) == Qt.CheckState.Checked
        self.dataChanged.emit(index, index)
        self.ticks_changed.emit()
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return _say(_TITLES[section])

    def _cell(self, difference: "Difference", column: int) -> str:
        match column:
            case 1:
                return _say(_KINDS[difference.kind])
            case 2:
                figure = difference.now or difference.was
                return figure.text if figure else ""
            case 3:
                return _spelled(difference.was)
            case 4:
                return _decided(difference)
            case 5:
                return _spelled(difference.now) or _say("no figure")
            case 6:
                return self._titles.get(difference.source_id, "")
        return ""


def _spelled(figure: Figure | None) -> str:
    if figure is None:
        return ""
    return figure_words.spelled(figure, QCoreApplication.translate, showing.number)


def _decided(difference: "Difference") -> str:
    if not difference.decided or difference.kept is None:
        return ""
    status = showing.status(difference.kept)
    if difference.kept.status == "edited":
        return f"{status}: {_spelled(difference.kept.figure)}"
    return status


class _TickFrames(QStyledItemDelegate):
    """Draws the frame of a tick box: Fusion's own cannot be seen on dark ground."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        self.initStyleOption(option, index)
        part = QStyle.SubElement.SE_ItemViewItemCheckIndicator
        frame = option.widget.style().subElementRect(part, option, option.widget)
        painter.setPen(QColor(theme.colours(option.palette).quiet))
        painter.drawRect(frame.adjusted(0, 0, -1, -1))


class DifferencesWindow(QDialog):
    """Reads sources anew in a job and shows what differs. Changes nothing that is not ticked."""

    noted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Figures Read Anew"))
        self._session = session
        self._compared: Compared | None = None
        self._ticket: Ticket | None = None
        self._is_reading = False
        self._said = Label("", self)
        self._said.setWordWrap(True)
        self._model = DifferencesModel(self)
        self._table = _table(self, self._model)
        self._empty = EmptyState(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._table)
        self._all = QPushButton(self.tr("Tick All"), self)
        self._none = QPushButton(self.tr("Tick None"), self)
        self._undecided = QPushButton(self.tr("Tick the Undecided"), self)
        self._apply = QPushButton(self.tr("Apply"), self)
        close = QPushButton(self.tr("Close"), self)
        close.setAutoDefault(False)
        foot = QHBoxLayout()
        for button in (self._all, self._none, self._undecided):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self._apply)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(self._said)
        layout.addWidget(self._stack, 1)
        layout.addLayout(foot)
        self.resize(1080, 480)

        self._model.ticks_changed.connect(self._enable)
        self._all.clicked.connect(lambda: self._model.tick_all(True))
        self._none.clicked.connect(lambda: self._model.tick_all(False))
        self._undecided.clicked.connect(lambda: self._model.tick_all(None))
        self._apply.clicked.connect(self._write)
        close.clicked.connect(self.close)
        session.closing.connect(self._forget)
        session.jobs.ended.connect(self._end)

    def read_anew(self, source_ids: Sequence[int] = ()) -> None:
        """Read these sources anew; none given: those that an older grammar has read."""
        if self._is_reading:
            self.show()
            return
        self._is_reading = True
        self._compared = None
        self._model.show(None)
        self._said.setText("")
        self._empty.say(self.tr("The texts are being read anew. You can go on working meanwhile."))
        self._stack.setCurrentWidget(self._empty)
        self.show()
        work = partial(judged.compare, source_ids=tuple(source_ids))
        title = self.tr("Reading figures anew")
        self._ticket = self._session.jobs.run_long(title, work, self._show, self._fail)

    def differences(self) -> int:
        """How many are listed."""
        return self._model.rowCount()

    def _end(self, ticket: Ticket) -> None:
        if ticket is self._ticket and ticket.cancelled():
            self._is_reading = False
            self._empty.say(self.tr("Stopped; nothing was changed."))

    def _show(self, compared: "Compared") -> None:
        self._is_reading = False
        self._compared = compared
        self._model.show(compared)
        sources, refused = len(compared.source_ids), len(compared.refused)
        kinds = Counter(each.kind for each in compared.differences)
        if not sources and not refused:
            self._empty.say(
                self.tr("Every source has been read by the newest grammar; nothing is to be done.")
            )
            return
        told = [
            self.tr("%n source(s) read anew", "", sources),
            self.tr("{0} changed, {1} new, {2} gone").format(
                *(showing.count(kinds[kind]) for kind in ("changed", "new", "gone"))
            ),
        ]
        if refused:
            told.append(self.tr("%n source(s) could not be read", "", refused))
        self._said.setText(
            " · ".join(told)
            + "\n"
            + self.tr(
                "What you decided is not ticked; it stays as it is unless you tick it, and then "
                "waits for review again. One Undo takes all back."
            )
        )
        if compared.differences:
            self._stack.setCurrentWidget(self._table)
        else:
            self._empty.say(
                self.tr("Nothing is read otherwise. Apply notes that they are up to date.")
            )
        self._enable()

    def _fail(self, error: Exception) -> None:
        self._is_reading = False
        self._empty.say(self._session.told(error))
        self._stack.setCurrentWidget(self._empty)

    def _enable(self) -> None:
        ticked = len(self._model.ticked())
        can = self._compared is not None and self._session.is_writable()
        can = can and self._compared is not None and bool(self._compared.source_ids)
        self._apply.setEnabled(can)
        if ticked:
            self._apply.setText(self.tr("Apply %n Reading(s)", "", ticked))
        else:
            self._apply.setText(self.tr("Keep All as They Are"))
        for button in (self._all, self._none, self._undecided):
            button.setEnabled(self._model.rowCount() > 0)

    def _write(self) -> None:
        if self._compared is None:
            return
        self._apply.setEnabled(False)
        work = partial(
            judged.apply,
            ticked=tuple(self._model.ticked()),
            source_ids=tuple(self._compared.source_ids),
        )
        title = self.tr("Applying new readings")
        self._session.jobs.run_long(title, work, self._applied, self._fail)

    def _applied(self, number_of: int) -> None:
        self.noted.emit(self.tr("%n new reading(s) applied; Undo takes them back.", "", number_of))
        self._forget()

    def _forget(self) -> None:
        self._compared = None
        self._is_reading = False
        self._model.show(None)
        self.close()


def _table(parent: QWidget, model: DifferencesModel) -> QTableView:
    view = QTableView(parent)
    view.setModel(model)
    view.setAccessibleName(_say("Differences"))
    view.setFrameShape(QFrame.Shape.StyledPanel)
    view.setShowGrid(False)
    view.setAlternatingRowColors(True)
    view.setWordWrap(True)
    view.setTabKeyNavigation(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.verticalHeader().hide()
    # Three lines a row, of fixed height: measuring 10,000 rows would take seconds.
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(view.fontMetrics().lineSpacing() * 3 + 6)
    view.setItemDelegateForColumn(_TICK, _TickFrames(view))
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    letter = view.fontMetrics().averageCharWidth()
    for section, width in enumerate((6, 13, 16, 36, 24, 36)):
        header.resizeSection(section, width * letter)
    header.setStretchLastSection(True)
    return view
