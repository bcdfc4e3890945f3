"""The one set of results that list, context and table show: asked for in stages, the latest wins."""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop import query_text, sought
from desktop.session import Session
from desktop.sought import Answer

if TYPE_CHECKING:
    from db.query import Query
    from db.search import Order
    from db.stages import Ranking
    from desktop.jobs import Ticket, Work

MILLISECONDS_AFTER_NEWS = 700
_PASSAGES = frozenset({"passages", "sources", "texts", "imports"})
_JUDGED = frozenset({"figures", "periods", "annotations", "taggings", "tags"})


class Results(QObject):
    """Asks, keeps what was found, says so at every stage. Shows nothing itself."""

    found = Signal()  # `answer` is another, or has come further
    renewed = Signal()  # the same passages; what is known of them has changed
    failed = Signal(object)  # Exception; nothing is found any more

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.answer: Answer | None = None
        self._ids: Sequence[int] = ()
        self._only: frozenset[int] | None = None
        self._news: set[str] = set()
        self._text = ""
        self._order: Order = "relevance"
        self._ranking: Ranking | None = None
        self._ticket: Ticket | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(MILLISECONDS_AFTER_NEWS)
        self._again.timeout.connect(self._ask_again)
        session.changed.connect(self._hear)
        session.closing.connect(self.clear)

    @property
    def ids(self) -> Sequence[int]:
        """The passages found, in their order; only some of them while they are restricted."""
        return self._ids

    @property
    def query(self) -> "Query | None":
        return self.answer.query if self.answer else None

    @property
    def order(self) -> "Order":
        return self._order

    def restrict(self, only: Collection[int] | None) -> None:
        """Keep to these passages of those found, until something else is asked; None: to all."""
        self._only = None if only is None else frozenset(only)
        if self.answer is not None:
            self._show(self.answer)

    def is_restricted(self) -> bool:
        return self._only is not None

    def ask(self, text: str, order: "Order") -> None:
        """Ask for `text`; what was asked before is dropped, wherever it is."""
        if text != self._text:
            self._only = None
        self._text, self._order = text, order
        self._again.stop()
        if not text.strip() or not self._session.is_open():
            self.clear()
            return
        work = partial(sought.first, text=text, order=order)
        self._run(work, self._take)

    def clear(self) -> None:
        """Show nothing, and let nothing come that was asked for."""
        self._again.stop()
        self._text = ""
        self.answer, self._ids, self._only = None, (), None
        if self._ticket is not None:
            self._ticket.cancel()

    def is_under_way(self) -> bool:
        return self.answer is not None and self.answer.stage != "done"

    def _take(self, answer: Answer) -> None:
        self._ranking = None
        self._show(answer)
        if answer.stage == "first":
            work = partial(sought.everything, before=answer)
            self._run(work, self._take_all)

    def _take_all(self, answer: Answer) -> None:
        self._show(answer)
        self._rank(answer)

    def _rank(self, answer: Answer) -> None:
        if answer.stage != "done":
            work = partial(sought.rank, before=answer, so_far=self._ranking)
            self._run(work, self._take_ranked)

    def _take_ranked(self, ranked: "tuple[Answer, Ranking]") -> None:
        answer, self._ranking = ranked
        self._show(answer)
        self._rank(answer)

    def _run(self, work: "Work[Any]", done: "Callable[[Any], None]") -> None:
        self._ticket = self._session.jobs.run(work, done, self._fail, replaces="search")

    def _fail(self, error: Exception) -> None:
        self.answer, self._ids = None, ()  # nobody may act on what is no longer shown
        self.failed.emit(error)

    def _show(self, answer: Answer) -> None:
        self._keep(answer)
        self.found.emit()

    def _keep(self, answer: Answer) -> None:
        self.answer = answer
        only = self._only
        self._ids = answer.ids if only is None else [each for each in answer.ids if each in only]

    # -- news of the archive ----------------------------------------------------------------------

    def _hear(self, tables: frozenset[str]) -> None:
        if self.answer is not None and tables & (_PASSAGES | _JUDGED):
            self._news |= tables
            self._again.start()

    def _ask_again(self) -> None:
        """Ask the same in the background; what is on screen stays until something else is found."""
        if self.answer is None or not self._session.is_open():
            return
        if self.is_under_way():
            self._again.start()
            return
        news, self._news = self._news, set()
        if not news & _PASSAGES and not query_text.asks_for_fields(self.answer.query):
            # A decision or a tag changes no answer to words alone: only what is known of it.
            self.renewed.emit()
            return
        work = partial(sought.all_at_last, text=self._text, order=self._order)
        self._run(work, self._take_again)

    def _take_again(self, answer: Answer) -> None:
        before = self.answer
        self._keep(answer)
        if before is not None and before.ids == answer.ids:
            self.renewed.emit()
        else:
            self.found.emit()
