"""What a plot shows and how, as data: kept in the archive, and the same plot when read again."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.plotting.caption import Quantity
from desktop.plotting.framing import View
from desktop.plotting.reckoning import RECKONINGS, Reckoning


@dataclass(frozen=True, slots=True)
class Subject:
    """Which figures a plot is of: all of the archive, those of a series, or chosen ones."""

    name: str = ""
    series_id: int | None = None
    figure_ids: tuple[int, ...] | None = None

    @property
    def is_everything(self) -> bool:
        """Whether it is of all figures of the archive."""
        return self.series_id is None and self.figure_ids is None


EVERYTHING = Subject()


@dataclass(frozen=True, slots=True)
class State:
    """A plot as a person has arranged it."""

    subject: Subject = EVERYTHING
    quantity: Quantity | None = None
    is_log: bool = False
    view: View | None = None
    hidden_sources: frozenset[int] = frozenset()
    with_rejected: bool = False
    reckoning: Reckoning = "stated"


def to_data(state: State) -> dict[str, Any]:
    """`state` as plain data."""
    subject = state.subject
    ids = None if subject.figure_ids is None else list(subject.figure_ids)
    return {
        "subject": {"name": subject.name, "series": subject.series_id, "figures": ids},
        "quantity": None if state.quantity is None else list(state.quantity),
        "logarithmic": state.is_log,
        "view": None if state.view is None else list(state.view),
        "hidden_sources": sorted(state.hidden_sources),
        "rejected": state.with_rejected,
        "values": state.reckoning,
    }


def from_data(data: Mapping[str, Any]) -> State:
    """What `to_data` wrote; whatever is missing or not as it should be is as in a new plot."""
    subject = data.get("subject")
    subject = subject if isinstance(subject, Mapping) else {}
    name, series_id, ids = subject.get("name"), subject.get("series"), subject.get("figures")
    view, quantity = data.get("view"), data.get("quantity")
    reckoning = data.get("values")
    return State(
        subject=Subject(
            name if isinstance(name, str) else "",
            series_id if _is_id(series_id) else None,
            tuple(filter(_is_id, ids)) if isinstance(ids, list) else None,
        ),
        quantity=_quantity(quantity),
        is_log=data.get("logarithmic") is True,
        view=_view(view),
        hidden_sources=frozenset(filter(_is_id, _list(data.get("hidden_sources")))),
        with_rejected=data.get("rejected") is True,
        reckoning=next((each for each in RECKONINGS if each == reckoning), "stated"),
    )


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _quantity(value: object) -> Quantity | None:
    parts = _list(value)
    if len(parts) != 2 or not all(part is None or isinstance(part, str) for part in parts):
        return None
    return parts[0], parts[1]


def _view(value: object) -> View | None:
    parts = _list(value)
    numbers = [float(part) for part in parts if _is_id(part) or isinstance(part, float)]
    if len(numbers) != 4 or len(parts) != 4 or not all(map(math.isfinite, numbers)):
        return None
    return numbers[0], numbers[1], numbers[2], numbers[3]
