"""The Compare tab: two or three sources side by side, what became of each passage and figure.

Long because the two ways of scrolling and the figures below follow one choice of a row.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.records import KeptFigure, Source, Span
from desktop import asked, compared, comparison_words
from desktop.check_box import CheckBox
from desktop.compared import Row, Side, SideBySide, agrees
from desktop.filter_line import EmptyState
from desktop.models import pairs
from desktop.models.paged import PagedModel, RecordRole
from desktop.panels.comparison_choice import ComparisonChoice
from desktop.panels.comparison_corrections import Corrections
from desktop.panels.comparison_rows import RowsView
from desktop.panels.comparison_strip import Strip
from desktop.plain import Label
from desktop.row_table import table
from desktop.selection import Selected
from desktop.session import Session

if TYPE_CHECKING:
    from desktop.jobs import Ticket


_SIDES: tuple[Side, ...] = ("a", "b", "c")


class ComparisonPanel(QWidget):
    """Compares two sources; says which place was chosen. Changes only what belongs together."""

    place_chosen = Signal(object)  # Selected
    place_activated = Signal(object)  # Selected

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._is_asked = False
        self._ticket: Ticket | None = None
        self._compared: SideBySide | None = None
        self._rows: list[Row] = []
        self._figure_rows: list[pairs.FigureRow] = []
        self._filling = False

        self._choice = ComparisonChoice(self)
        self._left, self._right = self._choice.left, self._choice.right
        self._third = self._choice.third
        self._wanted = QComboBox(self)
        self._wanted.setAccessibleName(self.tr("Which passages"))
        for name, key in (
            (self.tr("Every passage"), "every"),
            (self.tr("Only differences"), "differences"),
            (self.tr("Only agreements"), "agreements"),
        ):
            self._wanted.addItem(name, key)
        self._previous = QPushButton(self.tr("Previous Difference"), self)
        self._next = QPushButton(self.tr("Next Difference"), self)
        self._previous.setToolTip(self.tr("Alt+Up"))
        self._next.setToolTip(self.tr("Alt+Down"))
        self._locked = CheckBox(self.tr("Scroll together"), self)
        self._locked.setChecked(True)
        self._match = QPushButton(self.tr("Match the Other View"), self)
        self._corrections = Corrections(self)
        self._wanted_row: tuple[int | None, int | None] = (None, None)
        self._summary = Label("", self)
        self._summary.setWordWrap(True)
        self._both = RowsView(("a", "b"), self)
        self._both.setAccessibleName(self.tr("Passages side by side"))
        self._alone: dict[Side, RowsView] = {
            "a": RowsView(("a",), self),
            "b": RowsView(("b",), self),
            "c": RowsView(("c",), self),
        }
        self._alone["a"].setAccessibleName(self.tr("Passages on the left"))
        self._alone["b"].setAccessibleName(self.tr("Passages on the right"))
        self._alone["c"].setAccessibleName(self.tr("Passages of the third source"))
        self._strips: dict[Side, Strip] = {"b": Strip(self), "c": Strip(self, "c")}
        self._strips["c"].setAccessibleName(self.tr("The third source at a glance"))
        self._model: PagedModel[pairs.FigureRow] = PagedModel(pairs.PAIRS, self._fetch, None, self)
        letter = self.fontMetrics().averageCharWidth()
        self._figures = table(
            self, self._model, [44 * letter, 16 * letter, 44 * letter, 16 * letter]
        )
        self._figures.setAccessibleName(self.tr("Figures of the two passages"))
        self._empty = EmptyState(self)

        tools = QHBoxLayout()
        tools.addWidget(self._wanted)
        tools.addWidget(self._previous)
        tools.addWidget(self._next)
        tools.addWidget(self._corrections)
        tools.addStretch(1)
        tools.addWidget(self._match)
        tools.addWidget(self._locked)
        free = QSplitter(Qt.Orientation.Horizontal, self)
        for view in self._alone.values():
            free.addWidget(view)
        self._scrolls = QStackedWidget(self)
        self._scrolls.addWidget(self._both)
        self._scrolls.addWidget(free)
        texts = QWidget(self)
        across = QHBoxLayout(texts)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(4)
        across.addWidget(self._scrolls, 1)
        for strip in self._strips.values():
            across.addWidget(strip)
        page = QWidget(self)
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(tools)
        inside.addWidget(self._corrections.said)
        inside.addWidget(self._summary)
        inside.addWidget(texts, 1)
        inside.addWidget(self._figures)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 6)
        layout.addWidget(self._choice)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self._both)
        self._match.hide()
        self._connect()
        self.clear()

    def _connect(self) -> None:
        self._choice.chosen.connect(self.compare)
        self._wanted.activated.connect(lambda _index: self._narrow())
        self._previous.clicked.connect(partial(self.step, -1))
        self._next.clicked.connect(partial(self.step, 1))
        for keys, step in (("Alt+Down", 1), ("Alt+Up", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.step, step))
        self._corrections.joined.connect(partial(self._correct, compared.join))
        self._corrections.parted.connect(partial(self._correct, compared.part))
        self._locked.toggled.connect(self._lock)
        self._match.clicked.connect(self._match_other)
        for view in self._views():
            view.row_chosen.connect(partial(self._choose, view))
            view.row_activated.connect(partial(self._activate, view))
            view.scrolled.connect(self._say_seen)
        for strip in self._strips.values():
            strip.row_chosen.connect(self._jump)
        self._figures.selectionModel().currentChanged.connect(self._choose_figure)
        self._figures.activated.connect(self._activate_figure)
        self._empty.step_chosen.connect(self._cancel)
        self._session.opened.connect(self.clear)
        self._session.closing.connect(self.clear)
        self._session.changed.connect(self._hear)

    # -- which two --------------------------------------------------------------------------------

    def look(self) -> None:
        """The tab is turned to: offer the sources there are."""
        if not self._is_asked and self._session.is_open():
            self._is_asked = True
            self._session.jobs.run(asked.sources, self._offer, self._fail, replaces="to compare")

    def clear(self) -> None:
        self._is_asked = False
        self._ticket, self._compared = None, None
        self._show_rows([])
        self._offer([])

    def choose_left(self, source_id: int) -> None:
        """Put a source on the left and ask for the other."""
        self._left.put(source_id)
        self._right.setFocus()
        self.compare()

    def show_pair(self, a: int, b: int) -> None:
        """Compare these two."""
        self._left.put(a)
        self._right.put(b)
        self.compare()

    def show_three(self, a: int, b: int, c: int) -> None:
        """Compare two sources with the first."""
        self._third.put(c)
        self.show_pair(a, b)

    def sources(self) -> tuple[int, ...]:
        """The sources that are chosen to be compared; none while one of two is missing."""
        pair, third = self._choice.pair(), self._choice.beside()
        return () if pair is None else pair if third is None else (*pair, third)

    def compare(self) -> None:
        """Compare the two chosen, in a job; the empty state says what is missing."""
        pair = self._choice.pair()
        if pair is None:
            self._compared = None
            self._say_missing(same=self._choice.is_same())
            return
        self._empty.say(self.tr("Comparing the sources…"), self.tr("Cancel"))
        self._stack.setCurrentIndex(0)
        title = self.tr("Comparing sources")
        work = partial(compared.compare, a=pair[0], b=pair[1], c=self._choice.beside())
        self._ticket = self._session.jobs.run_long(
            title, work, self._show, self._fail, replaces="compare"
        )

    def _correct(self, how: Callable[..., None], a: int, b: int) -> None:
        """Keep a correction; the news of it compares anew, and the row comes back into view."""
        self._wanted_row = (a, b)
        work = partial(how, one=a, other=b)
        self._session.jobs.run(work, lambda _none: None, self._fail)

    def _offer(self, sources: Sequence[Source]) -> None:
        self._choice.offer(sources, self._session.selection.now.source_id)
        if self._compared is None and self._ticket is None:
            self._say_missing(same=False)

    def _say_missing(self, *, same: bool) -> None:
        if same:
            said = self.tr("That is the same source on both sides. Choose another for one of them.")
        elif self._left.count() == 1:
            said = self.tr("There is only one source with a text. Import another to compare it.")
        else:
            said = self.tr(
                "Choose two sources above to see, passage by passage, what is the same, changed, "
                "moved, split, merged or only in one of them."
            )
        self._empty.say(said)
        self._stack.setCurrentIndex(0)

    def _cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket, self._compared = None, None
        self._say_missing(same=False)

    def _fail(self, error: Exception) -> None:
        self._ticket, self._compared = None, None
        self._empty.say(self._session.told(error))
        self._stack.setCurrentIndex(0)

    def _hear(self, tables: frozenset[str]) -> None:
        if "alignments" in tables and self._compared is not None:
            self.compare()
        if tables & {"sources", "texts", "imports"}:
            self._is_asked = False
            # Not under the hands of a person who types a title; the next look asks.
            if self.isVisible() and not self._choice.is_typed_in():
                self.look()

    # -- the rows ---------------------------------------------------------------------------------

    def _show(self, side_by_side: SideBySide) -> None:
        self._ticket, self._compared = None, side_by_side
        self._stack.setCurrentIndex(1)
        self._summary.setText(comparison_words.summary(side_by_side.rows))
        self._narrow()
        self._return_to(*self._wanted_row)
        self._wanted_row = (None, None)
        (self._both if self._locked.isChecked() else self._alone["a"]).setFocus()

    def _return_to(self, a: int | None, b: int | None) -> None:
        """Go back to the row that holds one of two passages."""
        if a is None and b is None:
            return
        for at, row in enumerate(self._rows):
            found = [passage.id for side in _SIDES if (passage := row.passage(side))]
            if a in found or b in found:
                self._jump(at)
                return

    def _narrow(self) -> None:
        every = self._compared.rows if self._compared else ()
        match self._wanted.currentData():
            case "differences":
                self._show_rows([row for row in every if not agrees(row)])
            case "agreements":
                self._show_rows([row for row in every if agrees(row)])
            case _:
                self._show_rows(list(every))

    def _show_rows(self, rows: list[Row]) -> None:
        self._rows = rows
        sides = self._compared.sides() if self._compared else _SIDES[:2]
        self._both.show_rows(rows, sides)
        self._fill_alone()
        for side, strip in self._strips.items():
            strip.show_rows(rows)
            strip.setVisible(side in sides)
        self._alone["c"].setVisible("c" in sides)
        for column in pairs.THIRD:
            self._figures.setColumnHidden(column, "c" not in sides)
        self._say_seen()
        for button in (self._next, self._previous):
            button.setEnabled(any(not agrees(row) for row in rows))
        self._show_figures(rows[0] if rows else None)

    def _fill_alone(self) -> None:
        """Give each side its rows while the two scroll apart: 20,000 rows take 40 ms."""
        for side, view in self._alone.items():
            view.show_rows([] if self._locked.isChecked() else compared.in_order(self._rows, side))

    def _lock(self, locked: bool) -> None:
        self._fill_alone()
        self._scrolls.setCurrentIndex(0 if locked else 1)
        self._match.setVisible(not locked)
        self.setFocusProxy(self._both if locked else self._alone["a"])
        self._say_seen()

    def step(self, step: int) -> None:
        """Go to the next (1) or previous (-1) passage that is not the same in both."""
        at = self._both.current() + step
        while 0 <= at < len(self._rows):
            if not agrees(self._rows[at]):
                self._jump(at)
                return
            at += step

    def _jump(self, at: int) -> None:
        self._both.go_to(at)
        if not self._locked.isChecked() and 0 <= at < len(self._rows):
            for side, view in self._alone.items():
                self._bring(view, side, self._rows[at])

    def _match_other(self) -> None:
        """Bring the views without the focus to the counterpart of what is chosen in the other."""
        here: Side = next((side for side in _SIDES if self._alone[side].hasFocus()), "a")
        row = self._row_of(self._alone[here])
        for side, view in self._alone.items():
            if row is not None and side != here:
                self._bring(view, side, row)

    def _bring(self, view: RowsView, side: Side, row: Row) -> None:
        wanted = row.passage(side)
        at = next((n for n, each in enumerate(view.rows()) if each.passage(side) == wanted), -1)
        if wanted is not None and at >= 0:
            view.go_to(at, tell=False)

    def _views(self) -> tuple[RowsView, ...]:
        return (self._both, *self._alone.values())

    def _row_of(self, view: RowsView) -> Row | None:
        rows = view.rows()
        return rows[view.current()] if 0 <= view.current() < len(rows) else None

    def _say_seen(self) -> None:
        if self._locked.isChecked():
            for strip in self._strips.values():
                strip.show_seen(self._both.seen())

    def _choose(self, view: RowsView, _at: int) -> None:
        row = self._row_of(view)
        if row is not None:
            self._show_figures(row, view.side())
            self.place_chosen.emit(_place(row, view.side()))

    def _activate(self, view: RowsView, _at: int) -> None:
        row = self._row_of(view)
        if row is not None:
            self.place_activated.emit(_place(row, view.side()))

    # -- the figures ------------------------------------------------------------------------------

    def _show_figures(self, row: Row | None, side: Side = "a") -> None:
        told = row.told(side) if row else None
        self._corrections.show_row(told, writable=self._session.is_writable())
        kept = self._compared.figures if self._compared else {}
        self._figure_rows = pairs.figure_rows(row, kept) if row else []
        self._filling = True
        self._model.show(range(len(self._figure_rows)))
        self._filling = False
        line = self._figures.verticalHeader().defaultSectionSize()
        self._figures.setFixedHeight(line * (1 + min(5, len(self._figure_rows))) + 8)
        self._figures.setVisible(bool(self._figure_rows))

    def _fetch(self, ids: Sequence[int]) -> dict[int, pairs.FigureRow]:
        return {each: self._figure_rows[each] for each in ids if each < len(self._figure_rows)}

    def _choose_figure(self, index: QModelIndex, _before: QModelIndex) -> None:
        self._tell_figure(index, self.place_chosen.emit)

    def _activate_figure(self, index: QModelIndex) -> None:
        self._tell_figure(index, self.place_activated.emit)

    def _tell_figure(self, index: QModelIndex, emit: Callable[[Selected], None]) -> None:
        row = index.data(RecordRole)
        if self._filling or not isinstance(row, tuple):
            return
        there = row[4] if index.column() in pairs.THIRD else row[2] if index.column() == 2 else None
        kept = there or row[0] or row[2] or row[4]
        if isinstance(kept, KeptFigure):
            span = Span(kept.figure.start, kept.figure.end)
            emit(Selected(kept.source_id, kept.passage_id, kept, span))


def _place(row: Row, side: Side) -> Selected:
    passage = row.passage(side) or row.a or row.b or row.passage("c")
    if passage is None:
        return Selected()
    return Selected(passage.source_id, passage.id, None, Span(passage.start, passage.end))
