"""Series: figures of one thing in one unit, proposed and kept; arranged, chosen from, named."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QModelIndex, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from db.records import KeptFigure
from desktop import asked, judged, showing
from desktop.asking_line import AskingLine
from desktop.asking_panel import AskingPanel, without_state
from desktop.filter_line import EmptyState, FilterLine
from desktop.models.paged import Column, PagedModel, RecordRole
from desktop.plain import QT_TRANSLATE_NOOP, Label, menu_text
from desktop.row_table import choose_row, table
from desktop.session import PATIENCE, Session

if TYPE_CHECKING:
    from db.series import Reading, Series

_STATES = {
    "kept": QT_TRANSLATE_NOOP("SeriesPanel", "● kept"),
    "proposed": QT_TRANSLATE_NOOP("SeriesPanel", "○ proposed"),
}
_READINGS = {
    "chosen": QT_TRANSLATE_NOOP("SeriesPanel", "● chosen"),
    "alternative": QT_TRANSLATE_NOOP("SeriesPanel", "○ alternative"),
    "excluded": QT_TRANSLATE_NOOP("SeriesPanel", "✕ excluded"),
}


@dataclass(frozen=True, slots=True)
class _Member:
    """A figure of a series with the place a person gave it there."""

    kept: KeptFigure
    reading: str
    reason: str


def _said(words: dict[str, str], key: str) -> str:
    return QCoreApplication.translate("SeriesPanel", words.get(key, key))


_SERIES: "tuple[Column[Series], ...]" = (
    Column(QT_TRANSLATE_NOOP("Columns", "Series"), lambda each: each.name),
    Column(QT_TRANSLATE_NOOP("Columns", "Unit"), lambda each: each.unit or ""),
    Column(
        QT_TRANSLATE_NOOP("Columns", "Figures"),
        lambda each: showing.count(len(each.points)),
        right=True,
    ),
    Column(QT_TRANSLATE_NOOP("Columns", "State"), lambda each: _said(_STATES, each.status)),
)
_MEMBERS: tuple[Column[_Member], ...] = (
    Column(QT_TRANSLATE_NOOP("Columns", "Period"), lambda each: each.kept.figure.date or ""),
    Column(
        QT_TRANSLATE_NOOP("Columns", "Value"),
        lambda each: showing.amount(each.kept.figure),
        right=True,
    ),
    Column(QT_TRANSLATE_NOOP("Columns", "Words"), lambda each: each.kept.figure.text),
    Column(QT_TRANSLATE_NOOP("Columns", "Reading"), lambda each: _said(_READINGS, each.reading)),
    Column(QT_TRANSLATE_NOOP("Columns", "Reason"), lambda each: each.reason),
    Column(QT_TRANSLATE_NOOP("Columns", "Source"), lambda each: each.kept.source_title),
)


class SeriesPanel(AskingPanel):
    """Lists series and the figures of one; arranges them as a person says, each step undoable."""

    figure_chosen = Signal(object)  # KeptFigure
    figure_activated = Signal(object)  # KeptFigure
    series_chosen = Signal(object)  # Series
    plot_requested = Signal(object)  # Series
    HEARS = frozenset({"series", "figures", "sources"})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._wanted: int | None = None
        self._series: dict[int, Series] = {}
        self._places: dict[int, tuple[str, str]] = {}
        self._told: int | None = None

        self._filter = FilterLine(self.tr("Filter series: name or unit"), self)
        self._count = Label("", self)
        letter = self.fontMetrics().averageCharWidth()
        self._model: PagedModel[Series] = PagedModel(_SERIES, self._fetch_series, None, self)
        self._list = table(self, self._model, [28 * letter, 12 * letter, 11 * letter])
        self._list.setAccessibleName(self.tr("Series"))
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._members: PagedModel[_Member] = PagedModel(
            _MEMBERS, self._fetch_members, self._fill_members, self
        )
        widths = [20 * letter, 18 * letter, 26 * letter, 18 * letter, 20 * letter]
        self._figures = table(self, self._members, widths)
        self._figures.setAccessibleName(self.tr("Figures of the series"))
        self._figures.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._empty = EmptyState(self)
        self._asking = AskingLine(self)
        self._asking.hide()
        self._buttons: dict[str, QPushButton] = {}
        left_row, right_row = QHBoxLayout(), QHBoxLayout()
        for row, name, said, slot in (
            (left_row, "propose", self.tr("Propose Anew"), self._propose),
            (left_row, "rename", self.tr("Keep and Name…"), self._rename),
            (left_row, "merge", self.tr("Merge"), self._merge),
            (left_row, "plot", self.tr("Plot"), self._plot),
            (right_row, "chosen", self.tr("Choose"), partial(self._read_as, "chosen")),
            (
                right_row,
                "alternative",
                self.tr("Alternative"),
                partial(self._read_as, "alternative"),
            ),
            (right_row, "excluded", self.tr("Exclude…"), partial(self._read_as, "excluded")),
            (right_row, "split", self.tr("Split Off…"), self._split),
        ):
            button = QPushButton(said, self)
            button.clicked.connect(partial(without_state, slot))
            self._buttons[name] = button
            row.addWidget(button)
        self._move = QToolButton(self)
        self._move.setText(self.tr("Move to"))
        self._move.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._targets = QMenu(self._move)
        self._move.setMenu(self._targets)
        right_row.addWidget(self._move)
        left_row.addStretch(1)
        right_row.addStretch(1)

        line = QHBoxLayout()
        line.addWidget(self._filter, 1)
        line.addWidget(self._count)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._list)
        left, right = QWidget(self), QWidget(self)
        for side, parts in (
            (left, (line, self._stack, left_row)),
            (right, (self._figures, right_row)),
        ):
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            for part in parts:
                if isinstance(part, QWidget):
                    column.addWidget(part, 1)
                else:
                    column.addLayout(part)
        split = QSplitter(self)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.addWidget(split, 1)
        layout.addWidget(self._asking)
        self.setFocusProxy(self._list)

        self._filter.asked.connect(lambda _words: self._narrow())
        self._list.selectionModel().selectionChanged.connect(lambda *_: self._show_members())
        self._figures.selectionModel().currentChanged.connect(self._choose)
        self._figures.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self._figures.activated.connect(self._activate)
        self._targets.aboutToShow.connect(self._fill_targets)
        self._empty.step_chosen.connect(self._propose)
        self._begin()

    # -- what others ask of it --------------------------------------------------------------------

    def clear(self) -> None:
        self._is_asked = False
        self._asking.hide()
        self._filter.set_quietly("")
        self._show([])

    def choose(self, series_id: int) -> None:
        """Select a series as if the person had."""
        row = self._model.row_of(series_id)
        if row >= 0:
            choose_row(self._list, row)

    def show_series(self, series_id: int) -> None:
        """Choose a series, once it is listed."""
        self._filter.set_quietly("")
        self._narrow()
        self.choose(series_id)
        self._wanted = series_id if self._model.row_of(series_id) < 0 else None

    def chosen(self) -> "Series | None":
        """The one series selected; None where there are none or several."""
        found = self._selected_series()
        return found[0] if len(found) == 1 else None

    # -- loading ----------------------------------------------------------------------------------

    def _ask(self) -> None:
        self._is_asked = True
        self._session.jobs.run(judged.all_series, self._show, self._fail, replaces="series")

    def _show(self, series: "Sequence[Series]") -> None:
        chosen = [each.id for each in self._selected_series()]
        self._series = {each.id: each for each in series}
        self._narrow()
        wanted, self._wanted = self._wanted, None
        for series_id in [wanted] if wanted is not None else chosen[:1]:
            self.choose(series_id)
        self._show_members()

    def _narrow(self) -> None:
        words = self._filter.text().casefold().split()
        ids = [
            each.id
            for each in self._series.values()
            if all(word in f"{each.name} {each.unit or ''}".casefold() for word in words)
        ]
        self._model.show(ids)
        self._count.setText(self.tr("%n series", "", len(ids)) if self._series else "")
        if ids:
            self._stack.setCurrentWidget(self._list)
        elif self._series:
            self._empty.say(self.tr("No series fits these words."))
            self._stack.setCurrentWidget(self._empty)
        else:
            step = self.tr("Propose Series") if self._session.is_writable() else ""
            said = self.tr("No series yet. They gather figures of one thing in one unit.")
            self._empty.say(said, step)
            self._stack.setCurrentWidget(self._empty)
        self._enable()

    def _show_members(self) -> None:
        series = self.chosen()
        points = series.points if series else ()
        self._places = {point.figure_id: (point.reading, point.reason or "") for point in points}
        ids = [point.figure_id for point in points]
        if ids == list(self._members.ids()):
            self._members.renew()
        else:
            self._members.show(ids)
        told, self._told = self._told, None if series is None else series.id
        # News of the archive shows the same series again; nobody has chosen it anew.
        if series is not None and series.id != told:
            self.series_chosen.emit(series)
        self._enable()

    def _fetch_series(self, ids: Sequence[int]) -> "dict[int, Series]":
        return {each: self._series[each] for each in ids if each in self._series}

    def _fetch_members(self, ids: Sequence[int]) -> dict[int, _Member]:
        archive = self._session.archive
        with archive.patient(PATIENCE):
            return self._placed(asked.figures(archive, ids))

    def _fill_members(
        self,
        ids: Sequence[int],
        deliver: Callable[[dict[int, _Member]], None],
        failed: Callable[[], None],
    ) -> None:
        work = partial(asked.figures, ids=tuple(ids))
        self._session.jobs.run(
            work, lambda rows: deliver(self._placed(rows)), lambda _error: failed()
        )

    def _placed(self, rows: dict[int, KeptFigure]) -> dict[int, _Member]:
        nothing = ("alternative", "")
        return {
            each: _Member(kept, *self._places.get(each, nothing)) for each, kept in rows.items()
        }

    # -- choosing ---------------------------------------------------------------------------------

    def _selected_series(self) -> "list[Series]":
        ids = self._model.ids()
        rows = sorted(index.row() for index in self._list.selectionModel().selectedRows())
        return [self._series[ids[row]] for row in rows if row < len(ids)]

    def _selected_figures(self) -> list[int]:
        ids = self._members.ids()
        return [ids[index.row()] for index in self._figures.selectionModel().selectedRows()]

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        member = index.data(RecordRole)
        if isinstance(member, _Member):
            self.figure_chosen.emit(member.kept)

    def _activate(self, index: QModelIndex) -> None:
        member = index.data(RecordRole)
        if isinstance(member, _Member):
            self.figure_activated.emit(member.kept)

    def _enable(self) -> None:
        writable = self._session.is_writable()
        series = self._selected_series()
        figures = self._selected_figures()
        one = len(series) == 1 and writable
        alike = len(series) > 1 and len({each.unit for each in series}) == 1 and writable
        self._buttons["propose"].setEnabled(writable)
        self._buttons["rename"].setEnabled(one)
        self._buttons["merge"].setEnabled(alike)
        self._buttons["plot"].setEnabled(len(series) == 1)
        for name in ("chosen", "alternative", "excluded"):
            self._buttons[name].setEnabled(one and bool(figures))
        part = one and 0 < len(figures) < len(series[0].points)
        self._buttons["split"].setEnabled(part)
        self._move.setEnabled(one and bool(figures))

    # -- arranging --------------------------------------------------------------------------------

    def _propose(self) -> None:
        if self._session.is_writable():
            self._session.jobs.run_long(
                self.tr("Proposing series"), judged.propose_series, self._proposed, self._fail
            )

    def _proposed(self, number_of: int) -> None:
        self.noted.emit(self.tr("%n series proposed.", "", number_of))
        self._ask()

    def _rename(self) -> None:
        series = self.chosen()
        if series is not None:
            then = partial(self._run_named, judged.rename_series, {"series_id": series.id})
            self._asking.ask(self.tr("Name of the series:"), series.name, then)

    def _plot(self) -> None:
        series = self.chosen()
        if series is not None:
            self.plot_requested.emit(series)

    def _merge(self) -> None:
        into, *others = self._selected_series()
        ids = tuple(each.id for each in others)
        self._run(partial(judged.merge_series, into=into.id, others=ids))

    def _split(self) -> None:
        series, ids = self.chosen(), tuple(self._selected_figures())
        if series is not None and ids:
            values = {"series_id": series.id, "ids": ids}
            then = partial(self._run_named, judged.split_series, values)
            self._asking.ask(self.tr("Name of the new series:"), series.name, then)

    def _fill_targets(self) -> None:
        self._targets.clear()
        series = self.chosen()
        if series is None:
            return
        for other in self._series.values():
            if other.unit == series.unit and other.id != series.id:
                action = self._targets.addAction(menu_text(other.name))
                action.triggered.connect(partial(self._move_to, other.id))
        if self._targets.isEmpty():
            self._targets.addAction(self.tr("No other series in this unit")).setEnabled(False)

    def _move_to(self, target: int, _checked: bool = False) -> None:
        series, ids = self.chosen(), tuple(self._selected_figures())
        if series is not None and ids:
            self._run(partial(judged.move_figures, ids=ids, from_=series.id, to=target))

    def _read_as(self, reading: "Reading") -> None:
        series, ids = self.chosen(), tuple(self._selected_figures())
        if series is None or not ids:
            return
        values: dict[str, Any] = {"series_id": series.id, "ids": ids, "reading": reading}
        if reading == "excluded":
            then = partial(self._run_named, judged.set_readings, values, "reason")
            before = self._places.get(ids[0], ("", ""))[1]
            self._asking.ask(self.tr("Why is it excluded?"), before, then)
        else:
            self._run(partial(judged.set_readings, **values, reason=""))

    def _run_named(
        self, work: Callable[..., Any], values: dict[str, Any], field: str = "name", said: str = ""
    ) -> None:
        self._run(partial(work, **{**values, field: said}))
