"""Saved plots: pictures of figures kept under a name, each as it stood when it was saved."""

import json
import uuid as uuids
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db import errors, history
from db.archive import now

if TYPE_CHECKING:
    from db.archive import Archive


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot with a name; `state` is what whoever draws it needs to draw the same again."""

    id: int
    uuid: str
    name: str
    state: Mapping[str, Any]
    person: str | None
    made_at: str
    changed_at: str | None


_ALL = """
    SELECT plots.id, plots.uuid, plots.name, plots.state, people.name, plots.made_at,
           plots.changed_at
      FROM plots
      LEFT JOIN people ON people.id = plots.person_id
"""


def all(archive: "Archive") -> list[Plot]:
    """Every saved plot, by name."""
    sql = f"{_ALL} ORDER BY plots.name COLLATE NOCASE, plots.id"
    return [_plot(row) for row in archive.reading().execute(sql).fetchall()]


def get(archive: "Archive", plot_id: int) -> Plot:
    """One plot; UnknownPlot if there is none of this id."""
    row = archive.reading().execute(f"{_ALL} WHERE plots.id = ?", [plot_id]).fetchone()
    if row is None:
        raise errors.UnknownPlot(plot_id=plot_id)
    return _plot(row)


def save(archive: "Archive", name: str, state: Mapping[str, Any]) -> int:
    """Keep a plot under a name; one of that name is changed. Returns its id."""
    found = (
        archive.reading()
        .execute("SELECT id FROM plots WHERE name = ? ORDER BY id LIMIT 1", [name])
        .fetchone()
    )
    if found is not None:
        change(archive, int(found[0]), state)
        return int(found[0])
    with history.command(archive, "save plot", "plots", facts={"name": name}) as recording:
        row = {"uuid": str(uuids.uuid4()), "name": name, "state": _json(state)}
        signed = {"person_id": recording.person_id, "made_at": now()}
        return recording.insert("plots", row | signed)


def change(archive: "Archive", plot_id: int, state: Mapping[str, Any]) -> None:
    """Let a saved plot show something else, under the same name."""
    get(archive, plot_id)
    with history.command(archive, "change plot", "plots") as recording:
        recording.update("plots", [plot_id], {"state": _json(state), "changed_at": now()})


def rename(archive: "Archive", plot_id: int, name: str) -> None:
    """Give a saved plot another name."""
    get(archive, plot_id)
    with history.command(archive, "rename plot", "plots", facts={"name": name}) as recording:
        recording.update("plots", [plot_id], {"name": name, "changed_at": now()})


def remove(archive: "Archive", ids: Sequence[int]) -> None:
    """Forget saved plots and what was noted on them; the figures stay."""
    with history.command(
        archive, "remove plots", "plots", "annotations", facts={"count": len(ids)}
    ) as recording:
        recording.delete_with_rows_below("plots", ids)


def _json(state: Mapping[str, Any]) -> str:
    # Not a number is no JSON; another program could not read it.
    return json.dumps(dict(state), ensure_ascii=False, allow_nan=False)


def _plot(row: Sequence[Any]) -> Plot:
    plot_id, uuid, name, state, person, made_at, changed_at = row
    try:
        read = json.loads(state)
    except ValueError:
        read = None
    known = read if isinstance(read, dict) else {}
    return Plot(plot_id, uuid, name, known, person, made_at, changed_at)
