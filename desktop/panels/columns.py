"""The window that makes figures of a table: what its columns mean, and what would come of it."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from db.records import Figure
from desktop import mapped, showing
from desktop.models.paged import Column, PagedModel
from desktop.plain import QT_TRANSLATE_NOOP, Label, shown
from desktop.row_table import table as row_table
from desktop.session import Session

if TYPE_CHECKING:
    from db.columns import Mapping, Row, Table

MILLISECONDS = 250  # after the last key, before what would come of it is asked for
MOST_COLUMNS = 60


class ColumnsWindow(QDialog):
    """Shows a source's table; asks what its columns mean; makes figures of its rows, undoably."""

    noted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._source_id = 0
        self._table: Table | None = None
        self.setWindowTitle(self.tr("Figures from Columns"))
        self._title = Label("", self)
        self._rows = QWidget(self)
        self._view: QTableView | None = None
        self._value = QComboBox(self)
        self._date = QComboBox(self)
        self._of = QComboBox(self)
        self._of.setEditable(True)
        self._unit = QLineEdit(self)
        self._unit.setPlaceholderText(
            self.tr("none: a plain count; “tonnes”, “million dollars”, “%”")
        )
        self._decimal = QComboBox(self)
        self._decimal.addItem(self.tr("point: 1,234.5"), ".")
        self._decimal.addItem(self.tr("comma: 1.234,5"), ",")
        self._order = QComboBox(self)
        self._order.addItem(self.tr("day first: 31/12/1941"), True)
        self._order.addItem(self.tr("month first: 12/31/1941"), False)
        self._figures = PagedModel(FIGURES, self._some, None, self)
        self._made: list[Figure] = []
        self._count = Label("", self).wrapped()
        self._make = QPushButton(self.tr("Make Figures"), self)
        self._make.setDefault(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(MILLISECONDS)
        self._timer.timeout.connect(self._ask)
        self._lay_out()
        for box in (self._value, self._date, self._decimal, self._order):
            box.activated.connect(self._timer.start)
        self._of.currentTextChanged.connect(self._timer.start)
        self._unit.textChanged.connect(self._timer.start)
        self._make.clicked.connect(self._take)
        session.closing.connect(self.close)

    def open_for(self, source_id: int) -> None:
        """Show the tables of a source, with a first guess at what their columns mean."""
        self._source_id = source_id
        work = partial(mapped.table, source_id=source_id)
        self._session.jobs.run(work, self._show, self._fail, replaces="columns")

    def mapping(self) -> "Mapping":
        """What the columns are said to mean."""
        from db.columns import Mapping

        at = self._of.findText(self._of.currentText())
        column = self._of.itemData(at) if at >= 0 else None
        return Mapping(
            value=int(self._value.currentData() or 0),
            date=self._date.currentData(),
            of=column if column is not None else self._of.currentText().strip() or None,
            unit=self._unit.text(),
            decimal=str(self._decimal.currentData()),
            day_first=bool(self._order.currentData()),
        )

    # -- inside -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for label, field in (
            (self.tr("&Value"), self._value),
            (self.tr("&Date"), self._date),
            (self.tr("&What it is of"), self._of),
            (self.tr("&Unit"), self._unit),
            (self.tr("Decimal &sign"), self._decimal),
            (self.tr("&Order in dates"), self._order),
        ):
            form.addRow(label, field)
            if isinstance(field, QComboBox):
                policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
                field.setSizeAdjustPolicy(policy)
                field.setMinimumContentsLength(12)
        self._rows_layout = QVBoxLayout(self._rows)
        self._rows_layout.setContentsMargins(0, 0, 0, 0)
        below = QWidget(self)
        beside = QHBoxLayout(below)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addLayout(form, 2)
        come = QVBoxLayout()
        come.addWidget(Label(self.tr("What would come of it:"), self))
        view = row_table(self, self._figures, (90, 80, 70, 130))
        view.setAccessibleName(self.tr("The figures that would be made"))
        come.addWidget(view, 1)
        beside.addLayout(come, 3)
        splitter = QSplitter(self)
        splitter.setOrientation(Qt.Orientation.Vertical)
        splitter.addWidget(self._rows)
        splitter.addWidget(below)
        splitter.setStretchFactor(0, 1)
        splitter.setChildrenCollapsible(False)
        cancel = QPushButton(self.tr("Cancel"), self)
        cancel.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(self._count, 1)
        foot.addWidget(cancel)
        foot.addWidget(self._make)
        layout = QVBoxLayout(self)
        layout.addWidget(self._title)
        layout.addWidget(splitter, 1)
        layout.addLayout(foot)
        self.resize(900, 600)

    def _show(self, found: "tuple[str, Table, list[Figure]]") -> None:
        title, table, figures = found
        if not table.rows:
            self.noted.emit(self.tr("There is no table in this source."))
            return
        self._table = table
        self._title.setText(title)
        self._show_rows(table)
        self._show_guess(table)
        self._show_figures(figures)
        self.show()
        self.raise_()
        self.activateWindow()
        self._value.setFocus()

    def _show_rows(self, table: "Table") -> None:
        if self._view is not None:
            self._view.deleteLater()
        columns: list[Column[Row]] = [
            Column(shown(name), partial(mapped.shown, column=at))
            for at, name in enumerate(self._names(table))
        ]
        model: PagedModel[Row] = PagedModel(columns, partial(_some_rows, table), None, self._rows)
        self._view = row_table(self._rows, model, [130] * len(columns))
        self._view.setAccessibleName(self.tr("The table"))
        self._rows_layout.addWidget(self._view)
        model.show(range(min(len(table.rows), mapped.MOST_SHOWN)))

    def _names(self, table: "Table") -> list[str]:
        return [
            name or self.tr("Column {0}").format(showing.count(at))
            for at, name in enumerate(table.names[:MOST_COLUMNS], 1)
        ]

    def _show_guess(self, table: "Table") -> None:
        names = [shown(name) for name in self._names(table)]
        guess = table.guess
        boxes = (self._value, self._date, self._of, self._unit, self._decimal, self._order)
        for box in boxes:
            box.blockSignals(True)
        for choice in (self._value, self._date, self._of):
            choice.clear()
        self._date.addItem(self.tr("none"), None)
        for at, name in enumerate(names):
            self._value.addItem(name, at)
            self._date.addItem(name, at)
            self._of.addItem(self.tr("column: {0}").format(name), at)
        self._value.setCurrentIndex(guess.value)
        self._date.setCurrentIndex(self._date.findData(guess.date))
        if isinstance(guess.of, int):
            self._of.setCurrentIndex(guess.of)
        else:
            self._of.setEditText(shown(guess.of or ""))
        self._unit.clear()
        self._decimal.setCurrentIndex(self._decimal.findData(guess.decimal))
        self._order.setCurrentIndex(self._order.findData(guess.day_first))
        for box in boxes:
            box.blockSignals(False)

    def _ask(self) -> None:
        if self._table is not None:
            work = partial(mapped.figures, table=self._table, mapping=self.mapping())
            self._session.jobs.run(work, self._show_figures, self._fail, replaces="columns")

    def _show_figures(self, figures: list[Figure]) -> None:
        self._made = figures
        self._figures.show(range(len(figures)))
        rows = len(self._table.rows) if self._table is not None else 0
        without = sum(figure.date is None for figure in figures)
        said = self.tr("%n figure(s)", "", len(figures))
        said = self.tr("{0} from {1} rows").format(said, showing.count(rows))
        if without and self._date.currentData() is not None:
            said += ", " + self.tr("%n of them without a date", "", without)
        self._count.setText(said)
        self._make.setEnabled(bool(figures))

    def _some(self, ids: Sequence[int]) -> dict[int, Figure]:
        return {number: self._made[number] for number in ids if number < len(self._made)}

    def _take(self) -> None:
        self._make.setEnabled(False)
        work = partial(mapped.take, source_id=self._source_id, mapping=self.mapping())
        self._session.jobs.run(work, self._taken, self._fail)

    def _taken(self, count: int) -> None:
        self.noted.emit(self.tr("%n figure(s) made of the table; Undo takes it back.", "", count))
        self.close()

    def _fail(self, error: Exception) -> None:
        said = self._session.told(error)
        if self.isVisible():
            self._count.setText(said)
            self._make.setEnabled(True)
        else:
            self.noted.emit(said)


def _some_rows(table: "Table", ids: Sequence[int]) -> "dict[int, Row]":
    return {number: table.rows[number] for number in ids if number < len(table.rows)}


FIGURES: tuple[Column[Figure], ...] = (
    Column(QT_TRANSLATE_NOOP("Columns", "In the cell"), lambda figure: figure.text),
    Column(QT_TRANSLATE_NOOP("Columns", "Value"), showing.amount, right=True),
    Column(QT_TRANSLATE_NOOP("Columns", "Unit"), showing.unit),
    Column(QT_TRANSLATE_NOOP("Columns", "What"), lambda figure: figure.of or ""),
    Column(QT_TRANSLATE_NOOP("Columns", "When"), lambda figure: figure.date or ""),
)  # fmt: skip
