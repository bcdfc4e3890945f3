"""The review queue: one proposal at a time in its passage, spelled out, judged with one key.

Long because a key's way from the card to the archive and back is best read in one class.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db.records import FigureStatus, KeptFigure
from desktop import judged, showing
from desktop.filter_line import EmptyState
from desktop.in_turn import InTurn
from desktop.panels.figure_editor import FigureForm
from desktop.panels.review_filters import Filters
from desktop.panels.review_parts import SHOWN_AHEAD, CardView, OfferBar, Tally
from desktop.plain import Label, shown
from desktop.review_queue import Queue, Step
from desktop.session import Session

if TYPE_CHECKING:
    from db.figures import Written
    from db.review import Card, Waiting

MANY = 500
MILLISECONDS_BEFORE_RELOAD = 700
MILLISECONDS_BEFORE_OTHERS_FOLLOW = 150


class ReviewPanel(QWidget):
    """Shows what waits and takes decisions; moves on at once and says what could not be written."""

    figure_chosen = Signal(object)  # KeptFigure: the proposal now shown, once the person pauses
    figure_activated = Signal(object)  # KeptFigure: to be seen in its text
    figures_requested = Signal()
    import_requested = Signal()
    noted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._writer = InTurn(session, self)
        self._queue = Queue()
        self._writes = 0
        self._is_asked = False
        self._is_stale = False
        self._has_heard = False
        self._offered: Sequence[int] = ()
        self._next_step: Callable[[], None] = self.import_requested.emit

        self._filters = Filters(self)
        self._tally = Tally(self)
        self._card = CardView(self)
        self._form = FigureForm(self)
        self._empty = EmptyState(self)
        self._offer = OfferBar(self)
        self._offer.hide()
        self._told = Label("", self)
        self._told.setWordWrap(True)
        self._told.hide()
        self._stack = QStackedWidget(self)
        for page in (self._card, self._form, self._empty):
            self._stack.addWidget(page)
        line = QHBoxLayout()
        line.addWidget(self._filters, 1)
        line.addWidget(self._tally)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.setSpacing(4)
        layout.addLayout(line)
        layout.addWidget(self._told)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._offer)
        self.setFocusProxy(self._card)
        self._reload_soon = self._timer(MILLISECONDS_BEFORE_RELOAD, self._ask)
        self._others_follow = self._timer(MILLISECONDS_BEFORE_OTHERS_FOLLOW, self._tell_chosen)
        self._empty.say(self.tr("Open an archive to review its figures."))
        self._stack.setCurrentWidget(self._empty)

        self._filters.changed.connect(self._ask)
        self._card.key_chosen.connect(self.do)
        self._card.text_requested.connect(self._activate)
        self._form.save_requested.connect(self._save)
        self._form.cancelled.connect(self._leave_form)
        self._offer.decided.connect(self._decide_offered)
        self._offer.cancelled.connect(self._leave_offer)
        self._empty.step_chosen.connect(lambda: self._next_step())
        self._writer.emptied.connect(self._settle)
        session.opened.connect(self._begin)
        session.closing.connect(self.clear)
        session.changed.connect(self._hear)

    # -- what others ask of it --------------------------------------------------------------------

    def reload(self) -> None:
        """Ask for the queue if that has not been done: when the panel is first looked at."""
        if not self._is_asked and self._session.is_open():
            self._ask()

    def clear(self) -> None:
        self._queue.clear()
        self._is_asked, self._is_stale, self._offered = False, False, ()
        self._has_heard = False
        self._filters.clear()
        self._tally.clear()
        self._leave_offer()
        self._tell("")
        self._reload_soon.stop()
        self._others_follow.stop()

    def shown(self) -> KeptFigure | None:
        """The proposal on screen; None while none is."""
        card = self._queue.card()
        return card.kept if card else None

    def waiting(self) -> int:
        """How many proposals the queue holds."""
        return len(self._queue.ids)

    def do(self, key: str) -> None:
        """Do what a key says: A accept, E edit, X reject, S skip, U undo, L all like this."""
        doing: dict[str, Callable[[], None]] = {
            "A": partial(self._decide_shown, "accepted"),
            "X": partial(self._decide_shown, "rejected"),
            "E": self._edit,
            "S": self._skip,
            "U": self._undo,
            "L": self._ask_alike,
            "Q": self._offer_queue,
        }
        if key not in doing or self._stack.currentWidget() is self._form:
            return
        if key != "S" and not self._session.is_writable():
            self._tell(self.tr("This archive is open read-only; nothing can be decided."))
            return
        doing[key]()

    # -- loading ----------------------------------------------------------------------------------

    def _begin(self) -> None:
        self.clear()
        if self.isVisible():
            self._ask()

    def _ask(self) -> None:
        if not self._session.is_open():
            return
        self._is_asked, self._is_stale, self._has_heard = True, False, False
        self._reload_soon.stop()
        work = partial(judged.waiting, wanted=self._filters.wanted())
        self._session.jobs.run(work, self._show, self._fail, replaces="review")

    def _show(self, waiting: "Waiting") -> None:
        if self._writer.waiting() or waiting.writes < self._writes:
            # Decisions were made meanwhile: ask again when they are written.
            self._is_stale = True
            self._settle()
            return
        self._writes = waiting.writes
        self._queue.show(waiting.ids)
        self._filters.show_choices(waiting)
        self._tally.show_progress(waiting.progress)
        self._turn()

    def _fail(self, error: Exception) -> None:
        self._tell(f"⚠ {self._session.told(error)}")

    def _hear(self, tables: frozenset[str]) -> None:
        if not self._is_asked or not tables & {"figures", "sources", "texts", "imports"}:
            return
        if not self.isVisible():
            self._is_asked = False
        elif self._writer.waiting():
            self._has_heard = True  # likely of a decision just written: held against it later
        else:
            self._hold_against()

    def _hold_against(self) -> None:
        self._has_heard = False
        self._session.jobs.run(judged.writes, self._compare, self._fail, replaces="writes")

    def _compare(self, writes: int) -> None:
        # What was written here is counted; anything more was written by somebody else.
        if writes > self._writes and not self._writer.waiting():
            self._reload_soon.start()

    def _settle(self) -> None:
        if self._writer.waiting() or not self._is_asked:
            return
        if self._is_stale:
            self._reload_soon.start()
        elif self._has_heard:
            self._hold_against()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    # -- what is shown ----------------------------------------------------------------------------

    def _turn(self) -> None:
        """Show the proposal one has come to, or say why there is none."""
        queue = self._queue
        self._leave_offer()
        if queue.is_at_end():
            self._say_why_empty()
            return
        page = queue.page_to_fetch()
        if page:
            work = partial(judged.cards, ids=page)
            self._session.jobs.run(work, partial(self._take, page), partial(self._miss, page))
        card = queue.card()
        if card is None:
            self._card.say_coming()
        else:
            coming = [each.kept for each in queue.following(SHOWN_AHEAD)]
            self._card.show_card(card, coming, queue.left(), can_undo=bool(queue.steps))
            self._tally.show_source(card.kept.source_id)
            self._others_follow.start()
        if self._stack.currentWidget() is not self._form:
            self._change_page(self._card)

    def _change_page(self, page: QWidget) -> None:
        had_focus = self._has_focus()
        self._stack.setCurrentWidget(page)
        self.setFocusProxy(page)
        if had_focus:
            page.setFocus()

    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    def _take(self, page: Sequence[int], cards: "dict[int, Card]") -> None:
        queue = self._queue
        needed = queue.card() is None or len(queue.following(SHOWN_AHEAD)) < SHOWN_AHEAD
        queue.arrive(page, cards)
        if needed or len(cards) < len(page):
            self._turn()

    def _miss(self, page: Sequence[int], error: Exception) -> None:
        self._queue.miss(page)
        self._fail(error)

    def _tell_chosen(self) -> None:
        kept = self.shown()
        if kept is not None and self._has_focus():
            self.figure_chosen.emit(kept)

    def _activate(self) -> None:
        kept = self.shown()
        if kept is not None:
            self.figure_activated.emit(kept)

    def _say_why_empty(self) -> None:
        reviewed, figures = self._tally.whole()
        if self._queue.ids:
            said = self.tr(
                "You have come to the end of the queue. %n figure(s) were skipped.",
                "",
                len(self._queue.ids),
            )
            self._empty.say(said, self.tr("Go Through Them Again"))
            self._next_step = self._start_again
        elif self._filters.is_narrowed():
            self._empty.say(
                self.tr("No waiting figure fits these choices."), self.tr("Show All That Wait")
            )
            self._next_step = self._drop_filters
        elif figures:
            said = self.tr("Every figure has been judged: {0} of {1}.")
            said = said.format(showing.count(reviewed), showing.count(figures))
            self._empty.say(said, self.tr("Show the Figures Table"))
            self._next_step = self.figures_requested.emit
        else:
            step = self.tr("Import Files…") if self._session.is_writable() else ""
            said = self.tr("No figures wait. They are found when texts are imported.")
            self._empty.say(said, step)
            self._next_step = self.import_requested.emit
        self._change_page(self._empty)

    def _start_again(self) -> None:
        self._queue.start_again()
        self._turn()

    def _drop_filters(self) -> None:
        self._filters.clear()
        self._ask()

    # -- deciding ---------------------------------------------------------------------------------

    def _decide_shown(self, status: FigureStatus) -> None:
        step = self._queue.decide(status)
        if step is not None:
            self._leave_behind(step)
            self._write(step, _later(judged.decide, ids=step.ids, status=status))

    def _save(self, changes: dict[str, Any]) -> None:
        self._leave_form()
        if not changes:
            self._decide_shown("accepted")
            return
        step = self._queue.decide("edited")
        if step is not None:
            self._leave_behind(step)
            self._write(step, _later(judged.edit, figure_id=step.ids[0], fields=changes))

    def _decide_offered(self, status: FigureStatus) -> None:
        ids = tuple(self._offered)
        self._leave_offer()
        if not ids:
            return
        step = self._queue.decide_on(ids, status)
        self._tell("")
        self._turn()
        if len(ids) > MANY:
            self.noted.emit(self.tr("Deciding on %n figure(s)…", "", len(ids)))
        # The numbers beside the choices belong to many sources and dates now: read them anew.
        self._is_stale = True
        self._write(step, _later(judged.decide, ids=ids, status=status))

    def _leave_behind(self, step: Step) -> None:
        """A decision was made: count it and show the next."""
        assert step.card is not None
        self._filters.count(step.card.kept, -1)
        self._tally.count(step.card.kept.source_id, 1)
        self._tell("")
        self._turn()

    def _write(self, step: Step, make: Callable[[], Callable[..., Any]]) -> None:
        self._writer.add(make, partial(self._written, step), partial(self._not_written, step))

    def _written(self, step: Step, written: "Written") -> None:
        self._note_write(written)
        self._queue.confirm(step, written)
        if len(step.ids) > 1:
            said = self.tr("%n figure(s) now {0}; U takes it back.", "", written.changed)
            self.noted.emit(said.format(showing.status_name(step.status or "")))

    def _note_write(self, written: "Written") -> None:
        if written.writes > self._writes + 1:
            self._is_stale = True
        self._writes = max(self._writes, written.writes)

    def _not_written(self, step: Step, error: Exception) -> None:
        self._queue.forget(step)
        self._show_again(step)
        self._tell(self.tr("⚠ Not written: {0}").format(self._session.told(error)))

    def _show_again(self, step: Step) -> None:
        """What had left the queue is in it again."""
        if step.card is None:
            self._is_stale = True
            self._settle()
            return
        self._filters.count(step.card.kept, 1)
        self._tally.count(step.card.kept.source_id, -1)
        self._turn()

    # -- skipping and taking back -----------------------------------------------------------------

    def _skip(self) -> None:
        if self._queue.skip():
            self._tell("")
            self._turn()

    def _undo(self) -> None:
        if not self._queue.steps:
            said = self.tr(
                "Nothing was done here yet. Undo in the Edit menu takes other changes back."
            )
            self._tell(said)
            return
        step = self._queue.steps.pop()
        self._queue.bring_back(step)
        if step.status is None:
            self._turn()
            return
        if step.card is not None:
            self._show_again(step)
        self._writer.add(
            partial(_taking_back, step), partial(self._taken_back, step), self._not_taken_back
        )

    def _taken_back(self, step: Step, written: "Written | None") -> None:
        if written is None:
            self._is_stale = True
            self._tell(
                self.tr(
                    "⚠ Something else was changed since then, so this stays as it is. "
                    "The History can take back both."
                )
            )
            return
        self._note_write(written)
        if step.card is None:
            self._is_stale = True

    def _not_taken_back(self, error: Exception) -> None:
        self._is_stale = True
        self._tell(self.tr("⚠ Not taken back: {0}").format(self._session.told(error)))

    # -- editing ----------------------------------------------------------------------------------

    def _edit(self) -> None:
        card = self._queue.card()
        if card is not None:
            self._tell("")
            self._form.show_card(card, self._filters.units())
            self._leave_offer()
            self._stack.setCurrentWidget(self._form)
            self._form.focus_first()

    def _leave_form(self) -> None:
        if self._stack.currentWidget() is self._form:
            self._stack.setCurrentWidget(self._card)
            self.setFocusProxy(self._card)
            self._card.setFocus()

    # -- many at once -----------------------------------------------------------------------------

    def _ask_alike(self) -> None:
        card = self._queue.card()
        if card is not None:
            work = partial(judged.alike, figure_id=card.kept.id)
            self._session.jobs.run(work, self._offer_alike, self._fail, replaces="alike")

    def _offer_alike(self, found: tuple[list[int], int]) -> None:
        ids, sources = found
        ids = [each for each in ids if not self._queue.is_deciding(each)]
        if len(ids) == 1:
            self._tell(
                self.tr("No other waiting figure was made by the same rules with this unit.")
            )
            return
        said = self.tr(
            "%n waiting figure(s) were made by the same rules with the same unit", "", len(ids)
        )
        where = self.tr("in %n source(s)", "", sources)
        self._offer_these(ids, f"{said}, {where}.")

    def _offer_queue(self) -> None:
        ids = list(self._queue.ids)
        said = self.tr("%n waiting figure(s) fit the choices above.", "", len(ids))
        self._offer_these(ids, said)

    def _offer_these(self, ids: Sequence[int], said: str) -> None:
        if ids:
            self._offered = ids
            self._offer.offer(said, len(ids))

    def _leave_offer(self) -> None:
        self._offered = ()
        if self._offer.isVisible():
            had_focus = self._offer.has_focus()
            self._offer.hide()
            if had_focus:
                self._card.setFocus()

    # -- small things -----------------------------------------------------------------------------

    def _tell(self, said: str) -> None:
        self._told.setText(shown(said))
        self._told.setVisible(bool(said))

    def told(self) -> str:
        """What stands in the line of problems."""
        return self._told.text()

    def _timer(self, milliseconds: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer


def _later(work: Callable[..., Any], **values: Any) -> Callable[[], Callable[..., Any]]:
    return lambda: partial(work, **values)


def _taking_back(step: Step) -> Callable[..., Any] | None:
    if step.written is None or not step.written.change_id:
        return None  # it failed, or it changed nothing
    return partial(judged.take_back, change_id=step.written.change_id)
