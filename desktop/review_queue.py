"""Where a person is in the review queue: what waits, what is shown, what was done and can be undone.

Knows no widget and asks no archive; the panel brings it ids and cards.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.records import FigureStatus

if TYPE_CHECKING:
    from db.figures import Written
    from db.review import Card

# Read ahead, so that a key finds the next proposal there: a page is 2 statements of so many rows.
CARDS_A_PAGE = 24
CARDS_AHEAD = 8
CARDS_KEPT = 400
MOST_STEPS = 500


@dataclass(slots=True, eq=False)
class Step:
    """Something a person did in the queue, to be taken back; `status` None: skipped."""

    ids: Sequence[int]
    at: int
    status: FigureStatus | None = None
    card: "Card | None" = None
    written: "Written | None" = None


class Queue:
    """Ids in their order and a place among them; cards for those around the place."""

    def __init__(self) -> None:
        self.ids: list[int] = []
        self.at = 0
        self.steps: list[Step] = []
        self._cards: dict[int, Card] = {}
        self._coming: set[int] = set()
        self._deciding: set[int] = set()

    def clear(self) -> None:
        """Nothing waits, nothing was done."""
        self.ids, self.at = [], 0
        for held in (self.steps, self._cards, self._coming, self._deciding):
            held.clear()

    def show(self, ids: Sequence[int]) -> None:
        """The queue was asked for anew: stay at the proposal one is at, if it is still there."""
        here = self._id()
        self.ids = [each for each in ids if each not in self._deciding]
        self._cards.clear()
        self._coming.clear()
        if here in self.ids:
            self.at = self.ids.index(here)
        elif self.at >= len(self.ids):
            self.at = 0

    def is_at_end(self) -> bool:
        return self.at >= len(self.ids)

    def left(self) -> int:
        """How many wait from here on, the one shown included."""
        return len(self.ids) - self.at

    def card(self) -> "Card | None":
        """The proposal one is at; None at the end, and while it is on its way."""
        here = self._id()
        return None if here is None else self._cards.get(here)

    def following(self, count: int) -> "list[Card]":
        """The next ones, as far as they are there."""
        ahead = self.ids[self.at + 1 : self.at + 1 + count]
        return [self._cards[each] for each in ahead if each in self._cards]

    # -- cards come page by page ------------------------------------------------------------------

    def page_to_fetch(self) -> tuple[int, ...]:
        """Ids whose cards are wanted now; empty while enough are there or on their way."""
        ahead = self.ids[self.at : self.at + CARDS_AHEAD]
        if all(each in self._cards or each in self._coming for each in ahead):
            return ()
        page = self.ids[self.at : self.at + CARDS_A_PAGE]
        wanted = [each for each in page if each not in self._cards and each not in self._coming]
        self._coming.update(wanted)
        return tuple(wanted)

    def arrive(self, page: Collection[int], cards: "Mapping[int, Card]") -> None:
        """Cards have come; an id without one has gone from the archive, and leaves the queue."""
        self._coming.difference_update(page)
        self._cards.update(cards)
        while len(self._cards) > CARDS_KEPT:
            del self._cards[next(iter(self._cards))]
        gone = set(page) - cards.keys()
        if gone:
            self._leave_out(gone)

    def miss(self, page: Collection[int]) -> None:
        """Cards could not be read; they may be asked for again."""
        self._coming.difference_update(page)

    # -- what a person does -----------------------------------------------------------------------

    def decide(self, status: FigureStatus) -> Step | None:
        """Take the proposal shown out of the queue; None while none is shown."""
        card = self.card()
        if card is None:
            return None  # nobody decides on what is not on screen yet
        step = Step((card.kept.id,), self.at, status, card)
        del self.ids[self.at]
        self._remember(step)
        return step

    def decide_on(self, ids: Sequence[int], status: FigureStatus) -> Step:
        """Take many proposals out of the queue at once."""
        step = Step(tuple(ids), self.at, status)
        self._leave_out(set(ids))
        self._remember(step)
        return step

    def skip(self) -> bool:
        """Go on to the next; false at the end."""
        here = self._id()
        if here is None:
            return False
        self._remember(Step((here,), self.at))
        self.at += 1
        return True

    def start_again(self) -> None:
        """Go to the first, where those that were skipped wait."""
        self.at = 0
        self.steps = [step for step in self.steps if step.status is not None]

    def is_deciding(self, figure_id: int) -> bool:
        """Whether a decision about it is still being written."""
        return figure_id in self._deciding

    def confirm(self, step: Step, written: "Written") -> None:
        """The decision has been written."""
        step.written = written
        self._deciding.difference_update(step.ids)

    def forget(self, step: Step) -> None:
        """The decision could not be written: it never was."""
        if step in self.steps:
            self.steps.remove(step)
        self.bring_back(step)

    def bring_back(self, step: Step) -> None:
        """Go back to before a step; of a decision on many, the queue must be asked for anew."""
        self._deciding.difference_update(step.ids)
        first = step.ids[0]
        if step.status is None:
            self.at = self.ids.index(first) if first in self.ids else min(step.at, len(self.ids))
        elif step.card is not None:
            self.at = min(step.at, len(self.ids))
            self.ids.insert(self.at, first)
            self._cards[first] = step.card

    def _remember(self, step: Step) -> None:
        if step.status is not None:
            self._deciding.update(step.ids)
        self.steps.append(step)
        del self.steps[:-MOST_STEPS]

    def _leave_out(self, going: set[int]) -> None:
        before = sum(1 for each in self.ids[: self.at] if each in going)
        self.ids = [each for each in self.ids if each not in going]
        self.at -= before

    def _id(self) -> int | None:
        return self.ids[self.at] if 0 <= self.at < len(self.ids) else None
