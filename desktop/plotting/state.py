"""What a plot shows and how, as data: kept in the archive, and the same plot when read again."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from db import conversions
from db.conversions import Conversions
from desktop.plotting.caption import Quantity
from desktop.plotting.framing import View
from desktop.plotting.reckoning import RECKONINGS, Reckoning

Kind = Literal["time", "ladder", "coverage"]
KINDS: tuple[Kind, ...] = ("time", "ladder", "coverage")


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
class Look:
    """How figures are to be drawn; what is left out is chosen as for a first look.

    `quantity` is the unit of the axis on the left, `second` that on the right; with
    `is_every_unit` each unit has a band of its own. `names` are a person's, for sources by id.
    """

    quantity: Quantity | None = None
    is_every_unit: bool = False
    second: Quantity | None = None
    kind: Kind = "time"
    is_log: bool | None = None
    view: View | None = None
    hidden_sources: frozenset[int] = frozenset()
    with_rejected: bool = False
    reckoning: Reckoning = "stated"
    conversion: Conversions | None = None
    names: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class State(Look):
    """A plot as a person has arranged it."""

    subject: Subject = EVERYTHING


def state_of(look: Look, subject: Subject) -> State:
    """A plot of `subject` that looks so."""
    return State(**{each.name: getattr(look, each.name) for each in fields(look)}, subject=subject)


def to_data(state: State) -> dict[str, Any]:
    """`state` as plain data."""
    subject = state.subject
    ids = None if subject.figure_ids is None else list(subject.figure_ids)
    return {
        "subject": {"name": subject.name, "series": subject.series_id, "figures": ids},
        "quantity": None if state.quantity is None else list(state.quantity),
        "every_unit": state.is_every_unit,
        "second": None if state.second is None else list(state.second),
        "kind": state.kind,
        "logarithmic": state.is_log,
        "view": None if state.view is None else list(state.view),
        "hidden_sources": sorted(state.hidden_sources),
        "rejected": state.with_rejected,
        "values": state.reckoning,
        "conversion": conversions.to_data(state.conversion),
        "source_names": [[source_id, name] for source_id, name in state.names],
    }


def from_data(data: Mapping[str, Any]) -> State:
    """What `to_data` wrote; whatever is missing or not as it should be is as in a new plot."""
    subject = data.get("subject")
    subject = subject if isinstance(subject, Mapping) else {}
    name, series_id, ids = subject.get("name"), subject.get("series"), subject.get("figures")
    reckoning, kind, is_log = data.get("values"), data.get("kind"), data.get("logarithmic")
    return State(
        subject=Subject(
            name if isinstance(name, str) else "",
            series_id if _is_id(series_id) else None,
            tuple(filter(_is_id, ids)) if isinstance(ids, list) else None,
        ),
        quantity=_quantity(data.get("quantity")),
        is_every_unit=data.get("every_unit") is True,
        second=_quantity(data.get("second")),
        kind=next((each for each in KINDS if each == kind), "time"),
        is_log=is_log if isinstance(is_log, bool) else None,
        view=_view(data.get("view")),
        hidden_sources=frozenset(filter(_is_id, _list(data.get("hidden_sources")))),
        with_rejected=data.get("rejected") is True,
        reckoning=next((each for each in RECKONINGS if each == reckoning), "stated"),
        conversion=conversions.from_data(data.get("conversion")),
        names=_names(data.get("source_names")),
    )


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _names(value: object) -> tuple[tuple[int, str], ...]:
    pairs = [pair for pair in _list(value) if isinstance(pair, list) and len(pair) == 2]
    return tuple((at, name) for at, name in pairs if _is_id(at) and isinstance(name, str))


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
