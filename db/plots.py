"""Saved plots: pictures of figures kept under a name, each as it stood when it was saved."""

import json
import uuid as uuids
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db import errors, history
from db.archive import now

if TYPE_CHECKING:
    from db.archive import Archive


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot with a name; `state` is what whoever draws it needs to draw the same again.

    Of it the archive knows where ids stand: a series and figures under "subject", sources under
    "hidden_sources", and pairs of a source and its name in the plot under "source_names".
    Everything else is the drawer's own.
    """

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
        row = {"uuid": str(uuids.uuid4()), "name": name, "state": written(state)}
        signed = {"person_id": recording.person_id, "made_at": now()}
        return recording.insert("plots", row | signed)


def change(archive: "Archive", plot_id: int, state: Mapping[str, Any]) -> None:
    """Let a saved plot show something else, under the same name."""
    get(archive, plot_id)
    with history.command(archive, "change plot", "plots") as recording:
        recording.update("plots", [plot_id], {"state": written(state), "changed_at": now()})


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


def with_ids(state: Mapping[str, Any], new: Callable[[str, Any], int | None]) -> dict[str, Any]:
    """A state with the ids it names exchanged for `new(table, id)`; those that have none go."""
    changed = dict(state)
    subject = state.get("subject")
    if isinstance(subject, Mapping):
        series, figures = subject.get("series"), _exchanged(subject.get("figures"), "figures", new)
        ours = None if series is None else new("series", series)
        if series is not None and ours is None and figures is None:
            figures = []  # else it would be a plot of everything
        changed["subject"] = {**subject, "series": ours, "figures": figures}
    if "hidden_sources" in state:
        changed["hidden_sources"] = _exchanged(state["hidden_sources"], "sources", new)
    named = state.get("source_names")
    if isinstance(named, list):
        pairs = [pair for pair in named if isinstance(pair, list) and len(pair) == 2]
        renamed = [[new("sources", source_id), name] for source_id, name in pairs]
        changed["source_names"] = [pair for pair in renamed if pair[0] is not None]
    return changed


def _exchanged(ids: Any, table: str, new: Callable[[str, Any], int | None]) -> Any:
    if not isinstance(ids, list):
        return ids
    return [ours for each in ids if (ours := new(table, each)) is not None]


def written(state: Mapping[str, Any]) -> str:
    """A state as it is stored."""
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
