"""The foot of the figures table: how many there are, and what the selected ones come to."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop import asked, showing
from desktop.plain import Label, shown
from desktop.session import Session

if TYPE_CHECKING:
    from desktop.jobs import Ticket

UNITS_TOLD = 4  # units whose totals are told; the others are counted


class FigureTotals(Label):
    """Adds the selected figures in a job, each unit by itself."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._session = session
        self._ticket: Ticket | None = None

    def tell(self, listed: int, selected: Sequence[int]) -> None:
        """So many figures are listed, and these of them selected."""
        if self._ticket is not None:
            self._ticket.cancel()  # others are selected by now
            self._ticket = None
        if len(selected) < 2 or not self._session.is_open():
            self.setText(self.tr("%n figure(s)", "", listed))
            return
        work = partial(asked.totals, ids=tuple(selected))
        self._ticket = self._session.jobs.run(work, self._show, self._fail)

    def _show(self, told: tuple[int, list[tuple[str, float, int]], int]) -> None:
        count, added, rest = told
        parts = [self.tr("%n figure(s) selected", "", count)]
        parts += [f"{shown(unit)} {showing.number(sum_)}" for unit, sum_, _ in added[:UNITS_TOLD]]
        if len(added) > UNITS_TOLD:
            parts.append(self.tr("%n more unit(s)", "", len(added) - UNITS_TOLD))
        if rest:
            parts.append(self.tr("%n not added", "", rest))
        self.setText(" · ".join(parts))
        self.setToolTip(
            self.tr("Each unit is added by itself; shares, rates and ranges are not added.")
        )

    def _fail(self, error: Exception) -> None:
        self.setText(self._session.told(error))
