"""A table of rows for small windows: whole rows, fixed heights, no cell of its own to tab into."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

if TYPE_CHECKING:
    from desktop.models.paged import PagedModel


def table(parent: QWidget, model: "PagedModel[Any]", widths: Sequence[int]) -> QTableView:
    """A plain table of rows over `model`."""
    view = QTableView(parent)
    view.setModel(model)
    view.setShowGrid(False)
    view.setAlternatingRowColors(True)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setTextElideMode(Qt.TextElideMode.ElideRight)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 8)
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setStretchLastSection(True)
    for section, width in enumerate(widths):
        view.setColumnWidth(section, width)
    calm_header(view)
    return view


def selected_rows(view: QAbstractItemView) -> list[int]:
    """The rows selected, in order: from their ranges, as an index for each of 200,000 takes 1 s."""
    rows: set[int] = set()
    for each in view.selectionModel().selection().toList():
        rows.update(range(each.top(), each.bottom() + 1))
    return sorted(rows)


def choose_row(view: QAbstractItemView, row: int) -> None:
    """Select one row alone and make it the current one."""
    choose_index(view, view.model().index(row, 0))


def choose_index(view: QAbstractItemView, index: QModelIndex) -> None:
    """Select the row of `index` alone and make it the current one.

    Not `selectRow` or the view's `setCurrentIndex`: they ask which keys are held, and news that
    arrives while Ctrl is still down from Ctrl+Z would take the selection off.
    """
    flags = QItemSelectionModel.SelectionFlag
    view.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)


def calm_header(view: QTableView) -> None:
    """Keep the header out of the selection: call once the view has its model.

    A header asks for every cell of a column whether it is selected before it paints: 57,000 calls
    for 7,000 rows of 8 columns after select-all, 100 ms. And a click that sorts would also select
    the column, which with whole rows means all of them.
    """
    header = view.horizontalHeader()
    header.setSelectionModel(QItemSelectionModel(view.model(), header))
    header.sectionPressed.disconnect()
    header.sectionEntered.disconnect()
