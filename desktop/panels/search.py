"""Search: a line, what was understood of it, and one set of results in three views beside facets."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from db.records import Hit
from desktop import facet_words, found_words, query_text, sought
from desktop.asking_line import AskingLine
from desktop.chips import Chips
from desktop.filter_line import EmptyState
from desktop.models.tables import SavedRow
from desktop.offers import Offers
from desktop.panels.search_bar import ResultsBar
from desktop.panels.search_bulk import BulkLine
from desktop.panels.search_facets import FacetsColumn
from desktop.panels.search_form import SearchForm
from desktop.panels.search_saved import SavedSearches
from desktop.panels.search_views import ResultViews
from desktop.plain import Label
from desktop.query_line import QueryLine
from desktop.results import Results
from desktop.selection import Selected
from desktop.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.query import Query
    from db.suggestions import Suggestion

FACETS_WIDTH = 230


class SearchPanel(QWidget):
    """Asks for words, shows the passages that hold them. Says which was chosen; opens none."""

    hit_chosen = Signal(object)  # Hit
    hit_activated = Signal(object)  # Hit
    answered = Signal(int)  # how many passages were found
    plot_requested = Signal(object)  # ids of figures
    noted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asked = ""
        self._step: Callable[[], None] = self._drop_narrowings
        self._counted: Query | None = None
        self.results = Results(session, self)
        self._words = QueryLine(
            session, self.tr("Search the passages: words, “phrases”, pre*, OR, NOT"), self
        )
        self._understood = Label("", self).wrapped()
        self._chips = Chips(self)
        self._bar = ResultsBar(self)
        self._empty = EmptyState(self)
        self._offers = Offers(self)
        self._found = ResultViews(session, self.results, self)
        self._found.addWidget(self._empty)
        self._found.addWidget(self._offers)
        self._facets = FacetsColumn(session, self)
        self._form = SearchForm(self)
        self._asking = AskingLine(self)
        self._asking.hide()
        self._bulk = BulkLine(session, self.results, self._found.chosen_ids, self._asking, self)
        self._saved = SavedSearches(session, self._asking, self)
        self._side = QTabWidget(self)
        self._side.setDocumentMode(True)
        self._side.setMinimumWidth(FACETS_WIDTH - 46)
        self._side.setAccessibleName(self.tr("Beside the results"))
        self._side.addTab(self._facets, self.tr("Narrow"))
        self._side.addTab(self._form, self.tr("Form"))
        self._side.addTab(self._saved, self.tr("Saved"))
        self._lay_out()
        self.setFocusProxy(self._words)
        self._say_nothing()
        self._connect()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self._words, 1)
        found = QWidget(self)
        right = QVBoxLayout(found)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self._bar)
        right.addWidget(self._found, 1)
        right.addWidget(self._bulk)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self._side)
        split.addWidget(found)
        split.setStretchFactor(1, 1)
        split.setSizes([FACETS_WIDTH, 800])
        split.setChildrenCollapsible(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 6)
        layout.addLayout(line)
        layout.addWidget(self._asking)
        layout.addWidget(self._understood)
        layout.addWidget(self._chips)
        layout.addWidget(split, 1)

    def _connect(self) -> None:
        session, results = self._session, self.results
        self._words.asked.connect(lambda _words: self._search())
        self._words.entered.connect(self._go_to_hits)
        self._bar.order_chosen.connect(self._search)
        self._bar.view_chosen.connect(self._turn_to)
        self._bar.only_chosen.connect(results.restrict)
        self._found.hit_chosen.connect(self.hit_chosen)
        self._found.hit_opened.connect(self._open)
        self._found.order_requested.connect(self._sort_by)
        self._found.selection_changed.connect(self._bulk.look)
        self._empty.step_chosen.connect(lambda: self._step())
        self._offers.chosen.connect(self.ask)
        self._facets.toggled.connect(self._toggle)
        self._facets.brushed.connect(self._narrow_to_years)
        self._chips.removed.connect(self._remove_narrowing)
        self._chips.all_removed.connect(self._drop_narrowings)
        self._bulk.noted.connect(self.noted)
        self._bulk.plot_requested.connect(self.plot_requested)
        self._form.written.connect(self.ask)
        self._side.currentChanged.connect(lambda _tab: self._fill_form())
        self._saved.noted.connect(self.noted)
        self._saved.chosen.connect(self._open_saved)
        self._saved.save_requested.connect(self.save)
        self._saved.news_came.connect(self._say_news)
        results.found.connect(self._show)
        results.renewed.connect(self._renew)
        results.failed.connect(self._fail)
        session.closing.connect(self.clear)
        session.opened.connect(self._say_nothing)

    # -- what others ask of it --------------------------------------------------------------------

    def ask(self, words: str) -> None:
        """Search for `words` as if they had been typed."""
        self._words.set_quietly(words)
        self._search()

    def words(self) -> str:
        return self._words.text()

    def focus_line(self) -> None:
        self._words.setFocus()
        self._words.selectAll()

    def query(self) -> "Query | None":
        return self.results.query

    def clear(self) -> None:
        self.results.clear()
        self._words.set_quietly("")
        self._found.show_ids(())
        self._say_nothing()

    def repaint_hits(self) -> None:
        """The colours have changed."""
        self._found.repaint_hits()

    def follow(self, selected: Selected) -> None:
        """Move to the passage that is selected elsewhere, if it is among the hits."""
        self._found.follow(selected.passage_id)

    def step(self, step: int) -> bool:
        """Choose the next (1) or the previous (-1) passage found; false where there is none."""
        return self._found.step(step)

    def place(self) -> tuple[int, int]:
        """Which of how many one is at, counted from 1."""
        return self._found.place()

    def save(self) -> None:
        """Save the search that is shown, under a name that is asked for."""
        self._side.setCurrentWidget(self._saved)
        self._saved.save(self._words.text().strip(), self.results.order)

    def open_form(self) -> None:
        """Turn to the form that writes the search line."""
        self._form.furnish()
        self._side.setCurrentWidget(self._form)
        self._form.setFocus()

    # -- asking -----------------------------------------------------------------------------------

    def _search(self) -> None:
        words = self._words.text().strip()
        self._fill_form()
        if words != self._asked:
            self._asked = words
            self._bar.offer_new(())
        if not words or not self._session.is_open():
            self.results.clear()
            self._found.show_ids(())
            self._say_nothing()
            return
        self.results.ask(words, self._bar.order())

    def _fill_form(self) -> None:
        if self._side.currentWidget() is self._form:
            self._form.show_text(self._words.text())

    def _open_saved(self, row: SavedRow) -> None:
        """Ask what was saved; what came since it was last looked at can be shown alone."""
        self._bar.set_order(row.saved.order)
        self.ask(row.saved.query)
        self._bar.offer_new(row.news.new if row.news else ())
        self._saved.looked_at(row.saved.id)

    def _say_news(self, new: int) -> None:
        title = self.tr("Saved (%n new)", "", new) if new else self.tr("Saved")
        self._side.setTabText(self._side.indexOf(self._saved), title)

    def _toggle(self, facet: str, value: str) -> None:
        """Narrow by a value, or no longer if the query is narrowed by it."""
        text = self._words.text()
        field = query_text.field_of(facet, value)
        if field in query_text.narrowings(text):
            self.ask(query_text.widened(text, *field))
        else:
            self.ask(query_text.narrowed(text, facet, value))

    def _narrow_to_years(self, first: int, last: int) -> None:
        years = str(first) if first == last else f"{first}..{last}"
        self.ask(query_text.narrowed(self._words.text(), "year", years))

    def _remove_narrowing(self, place: int) -> None:
        text = self._words.text()
        fields = query_text.narrowings(text)
        if place < len(fields):
            self.ask(query_text.widened(text, *fields[place]))

    def _drop_narrowings(self) -> None:
        text = self._words.text()
        for field in query_text.narrowings(text):
            text = query_text.widened(text, *field)
        self.ask(text)

    def _sort_by(self, order: str) -> None:
        if order == self._bar.order() == "date":
            order = "newest"
        self._bar.set_order(order)
        self._search()

    # -- showing ----------------------------------------------------------------------------------

    def _show(self) -> None:
        answer = self.results.answer
        if answer is None:
            return
        self._understood.setText(answer.understood)
        self._found.show_ids(self.results.ids)
        self._found.show_order(answer.order)
        self._say_count()
        self._show_narrowings()
        if answer.query is not self._counted:
            self._counted = answer.query
            self._facets.ask(answer.query)
        if len(self.results.ids):
            self._found.turn_to(self._found.view())
        elif answer.stage == "done" or answer.exact:
            self._say_none()
        self._bulk.look()
        self.answered.emit(answer.total)

    def _renew(self) -> None:
        self._found.renew()
        if self.results.query is not None:
            self._facets.ask(self.results.query)

    def _say_count(self) -> None:
        answer = self.results.answer
        shown = len(self.results.ids) if self.results.is_restricted() else None
        self._bar.count.set_full(found_words.count(answer, shown) if answer is not None else "")

    def _show_narrowings(self) -> None:
        fields = query_text.narrowings(self._words.text())
        self._facets.show_active(fields)
        self._chips.show_chips(
            [
                facet_words.chip(name, value, self._facets.name_of(name, value))
                for name, value in fields
            ]
        )

    def _say_none(self) -> None:
        """Nothing was found: say so at once, and look for what would find something."""
        self._facets.clear()
        self._offers.say(self.tr("No passage answers this."), ())
        if query_text.narrowings(self._words.text()):
            self._step = self._drop_narrowings
            self._empty.say(
                self.tr("No passage answers this as it is narrowed."),
                self.tr("Remove All Narrowing"),
            )
            self._found.setCurrentWidget(self._empty)
        else:
            self._found.setCurrentWidget(self._offers)
        if self.results.query is not None:
            work = partial(sought.offers, query=self.results.query)
            self._session.jobs.run(work, self._show_offers, self._fail, replaces="offers")

    def _show_offers(self, found: "Sequence[Suggestion]") -> None:
        answer = self.results.answer
        if answer is None or answer.ids or not self._words.text().strip():
            return
        if found:
            self._offers.say(
                self.tr("0 passages answer {0}. These would find some:").format(f"“{answer.text}”"),
                [(each.text, each.total) for each in found],
            )
            self._found.setCurrentWidget(self._offers)
        elif self._found.currentWidget() is self._offers:
            self._offers.say(
                self.tr(
                    "No passage answers this. Try fewer words, the beginning of a word with * "
                    "behind it, or OR between words."
                ),
                (),
            )

    def _turn_to(self, name: str) -> None:
        self._found.turn_to(name)
        self._bulk.look()

    def _fail(self, error: Exception) -> None:
        self._understood.setText("")
        self._bar.count.set_full("")
        self._found.show_ids(())
        self._facets.clear()
        self._bulk.look()
        self._empty.say(self._session.told(error))
        self._found.setCurrentWidget(self._empty)

    def _say_nothing(self) -> None:
        self._understood.setText("")
        self._bar.count.set_full("")
        self._found.context.clear()
        self._facets.clear()
        self._facets.show_active(())
        self._chips.show_chips(())
        self._bulk.look()
        self._step = self.open_form
        self._empty.say(
            self.tr(
                "Type a word to search every passage of the archive. "
                "Down in the empty line brings the searches made before."
            ),
            self.tr("Search with a Form"),
        )
        self._found.setCurrentWidget(self._empty)

    def _open(self, hit: Hit) -> None:
        self._words.remember()
        self.hit_activated.emit(hit)

    def _go_to_hits(self) -> None:
        self._words.remember()
        self._found.go()
