"""Tables by which a person wants one unit drawn as another, each rate with where it stands."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db import errors
from db.edtf import earliest_latest

COLUMNS = ("from", "to", "factor", "first", "last", "source")
MOST_RATES = 2000


@dataclass(frozen=True, slots=True)
class Rate:
    """One unit of `unit` is `factor` of `into`, by `source`, from the first to the last day."""

    unit: str
    into: str
    factor: float
    source: str
    first: str = ""  # EDTF; empty: for ever
    last: str = ""


@dataclass(frozen=True, slots=True)
class Conversions:
    """Rates from one table, under its file's name."""

    name: str
    rates: tuple[Rate, ...]


def read(path: Path) -> Conversions:
    """The table at `path` (CSV or XLSX); BadConversions where a line cannot be used.

    A rate that does not say where it stands is refused: nobody could check what was drawn.
    """
    from db.exchange import tables

    rates = []
    try:
        for line, row in enumerate(tables.read(path), 2):
            cells = {
                str(name).strip().lower(): "" if cell is None else str(cell).strip()
                for name, cell in row.items()
            }
            if any(cells.values()):
                rates.append(_rate(cells, path.name, line))
            if len(rates) > MOST_RATES:
                raise errors.BadConversions(path=path.name, line=line, problem="too_long")
    except (errors.Unreadable, OSError) as error:
        raise errors.BadConversions(path=path.name, line=0, problem="unreadable") from error
    if not rates:
        raise errors.BadConversions(path=path.name, line=0, problem="empty")
    return Conversions(path.name, tuple(rates))


def _rate(cells: Mapping[str, str], name: str, line: int) -> Rate:
    def refuse(problem: str) -> errors.BadConversions:
        return errors.BadConversions(path=name, line=line, problem=problem)

    if not {"from", "to", "factor", "source"} <= cells.keys():
        raise refuse("columns")
    if not cells["from"] or not cells["to"]:
        raise refuse("unit")
    if not cells["source"]:
        raise refuse("source")
    try:
        factor = float(cells["factor"])
    except ValueError:
        raise refuse("factor") from None
    if not (math.isfinite(factor) and factor > 0):
        raise refuse("factor")
    dates = [cells.get(which, "") for which in ("first", "last")]
    if any(date and None in earliest_latest(date) for date in dates):
        raise refuse("date")
    return Rate(cells["from"], cells["to"], factor, cells["source"], *dates)


def to_data(table: Conversions | None) -> dict[str, Any] | None:
    """`table` as plain data."""
    if table is None:
        return None
    rates = [[r.unit, r.into, r.factor, r.source, r.first, r.last] for r in table.rates]
    return {"name": table.name, "rates": rates}


def from_data(data: object) -> Conversions | None:
    """What `to_data` wrote; None where it is anything else."""
    if not isinstance(data, Mapping) or not isinstance(data.get("rates"), list):
        return None
    name = data.get("name")
    rates = []
    for row in data["rates"][:MOST_RATES]:
        if not isinstance(row, list) or len(row) != 6:
            return None
        cells = dict(zip(("from", "to", "factor", "source", "first", "last"), row, strict=True))
        if not all(isinstance(cell, str | int | float) for cell in row):
            return None
        try:
            rates.append(_rate({key: str(cell) for key, cell in cells.items()}, "", 0))
        except errors.BadConversions:
            return None
    return Conversions(name if isinstance(name, str) else "", tuple(rates)) if rates else None
