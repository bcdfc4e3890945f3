"""Series: figures of one thing in one unit, proposed by the program, kept and arranged by a person."""

import json
import re
import uuid as uuids
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from db import errors, figures, folding, history
from db.freeing import let_go
from db.records import KeptFigure
from db.sources import VISIBLE

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.archive import Archive
    from db.records import Change

Reading = Literal["chosen", "alternative", "excluded"]

FEWEST_FIGURES = 2
_APART = ("share", "rate", "rank")  # never in one row with amounts
_WORDS_THAT_NAME_NOTHING = frozenset({
    "the", "a", "an", "of", "in", "on", "at", "to", "for", "from", "by", "with", "and", "or",
    "their", "its", "his", "her", "this", "that", "these", "those", "all", "total", "amount",
    "sum", "number", "volume", "some", "other", "such", "more", "than", "each", "per", "same",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a series with its days (proleptic Gregorian day numbers; None is open)."""

    figure_id: int
    value: float
    value_high: float | None
    earliest: int | None
    latest: int | None
    source_id: int
    reading: Reading = "alternative"
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A named row of figures in one unit; `status` is proposed or kept."""

    id: int
    uuid: str
    name: str
    unit: str | None
    status: str
    points: tuple[Point, ...]


def all(archive: "Archive") -> list[Series]:
    """The kept series, then the proposed ones, those with most figures first.

    A proposal that has lost its figures does not show; it is only there for the history's sake.
    """
    return _shown(archive)


def get(archive: "Archive", series_id: int) -> Series:
    """One series; UnknownSeries if there is none of this id."""
    for each in _shown(archive, [series_id]):
        return each
    raise errors.UnknownSeries(series_id=series_id)


def of_figure(archive: "Archive", figure_id: int) -> Series | None:
    """The first of the series, in the order of `all`, that shows a figure; None where none does."""
    sql = "SELECT series_id FROM series_figures WHERE figure_id = ?"
    held = [int(row[0]) for row in archive.reading().execute(sql, [figure_id]).fetchall()]
    for each in _shown(archive, held):
        if any(point.figure_id == figure_id for point in each.points):
            return each
    return None


def _shown(archive: "Archive", series_ids: Sequence[int] | None = None) -> list[Series]:
    """As `all`; of some series without reading the others."""
    only = "" if series_ids is None else "AND series.id IN (SELECT value FROM json_each(:ids))"
    ids = {"ids": json.dumps(series_ids)}
    found: dict[int, list[Point]] = {}
    for series_id, *fields in archive.reading().execute(_POINTS.format(only=only), ids).fetchall():
        found.setdefault(series_id, []).append(Point(*fields))
    rows = archive.reading().execute(_SERIES.format(only=only), ids).fetchall()
    listed = [Series(*[*row, tuple(found.get(row[0], ()))]) for row in rows]
    listed = [each for each in listed if each.status == "kept" or len(each.points) > 1]
    return sorted(listed, key=lambda each: (each.status != "kept", -len(each.points), each.id))


def is_unsettled_by(change: "Change") -> bool:
    """Whether a change, made or taken back, shows other figures than there were: propose anew."""
    return change.label in ("correct text", "merge a copy")


def propose(archive: "Archive") -> int:
    """Gather the figures that no kept series holds, anew; returns how many series are proposed.

    A proposal of the same name and unit keeps its id, so that what points at it goes on pointing.
    """
    taken = {
        int(row[0])
        for row in archive.reading()
        .execute(
            "SELECT figure_id FROM series_figures JOIN series ON series.id = series_id"
            " WHERE series.status = 'kept'"
        )
        .fetchall()
    }
    groups: dict[tuple[str, str], list[KeptFigure]] = {}
    for kept in figures.all(archive):
        if kept.status != "rejected" and kept.figure.unit and kept.id not in taken:
            groups.setdefault((kept.figure.unit, _thing(kept)), []).append(kept)
    wanted: dict[tuple[str, str], list[KeptFigure]] = {}
    for (unit, _), members in groups.items():
        if len(members) >= FEWEST_FIGURES:
            wanted.setdefault((_name(members), unit), []).extend(members)
    with archive.writing("series", urgent=False) as database:
        _put(database, wanted)
    for members in (*groups.values(), *wanted.values()):
        let_go(members)
    return len(wanted)


def rename(archive: "Archive", series_id: int, name: str) -> None:
    """Give a series a name of the person's; it is kept from now on."""
    with history.command(archive, "rename series", "series") as recording:
        recording.update("series", [series_id], {"name": name, "status": "kept"})


def make(archive: "Archive", name: str, figure_ids: Sequence[int]) -> int:
    """A new series of chosen figures; returns its id. Raises MixedUnits where units differ."""
    found = figures.rows(archive, figure_ids)
    units = {kept.figure.unit for kept in found.values()}
    if len(units) != 1:
        raise errors.MixedUnits(units=sorted(str(unit) for unit in units))
    with history.command(archive, "make series", "series") as recording:
        series_id = recording.insert(
            "series",
            {"uuid": str(uuids.uuid4()), "name": name, "unit": units.pop(), "status": "kept"},
        )
        for figure_id in found:
            row = {"series_id": series_id, "figure_id": figure_id}
            recording.insert("series_figures", row)
    return series_id


def merge(archive: "Archive", into: int, others: Sequence[int]) -> None:
    """Move the figures of `others` into one series of the same unit; the others go."""
    target = get(archive, into)
    members = [get(archive, each) for each in others if each != into]
    if any(each.unit != target.unit for each in members):
        raise errors.MixedUnits(units=sorted({str(each.unit) for each in [target, *members]}))
    there = {point.figure_id for point in target.points}
    with history.command(archive, "merge series", "series") as recording:
        recording.update("series", [into], {"status": "kept"})
        for each in members:
            for point in each.points:
                if point.figure_id not in there:
                    there.add(point.figure_id)
                    row = {"series_id": into, "figure_id": point.figure_id}
                    recording.insert("series_figures", row)
            recording.delete_with_rows_below("series", [each.id])


def move(archive: "Archive", figure_ids: Sequence[int], from_: int, to: int) -> None:
    """Take figures out of one series and put them into another of the same unit."""
    source, target = get(archive, from_), get(archive, to)
    if source.unit != target.unit:
        raise errors.MixedUnits(units=sorted({str(source.unit), str(target.unit)}))
    with history.command(archive, "move figures", "series") as recording:
        recording.update("series", [from_], {"status": "kept"})
        recording.update("series", [to], {"status": "kept"})
        there = {point.figure_id for point in target.points}
        for figure_id in figure_ids:
            recording.delete("series_figures", _membership(archive, from_, figure_id))
            if figure_id not in there:
                recording.insert("series_figures", {"series_id": to, "figure_id": figure_id})


def split(archive: "Archive", series_id: int, figure_ids: Sequence[int], name: str) -> int:
    """Make a series of its own of some figures of another; returns the new one's id."""
    series = get(archive, series_id)
    with history.command(archive, "split series", "series") as recording:
        recording.update("series", [series_id], {"status": "kept"})
        new = recording.insert(
            "series",
            {"uuid": str(uuids.uuid4()), "name": name, "unit": series.unit, "status": "kept"},
        )
        for figure_id in figure_ids:
            recording.delete("series_figures", _membership(archive, series_id, figure_id))
            recording.insert("series_figures", {"series_id": new, "figure_id": figure_id})
    return new


def set_reading(
    archive: "Archive", series_id: int, figure_id: int, reading: Reading, reason: str = ""
) -> None:
    """Choose a figure as the reading of its series, or exclude it with a reason."""
    set_readings(archive, series_id, [figure_id], reading, reason)


def set_readings(
    archive: "Archive", series_id: int, figure_ids: Sequence[int], reading: Reading, reason: str
) -> None:
    """As `set_reading`, for several figures of one series in one command."""
    with history.command(
        archive, "choose reading", "series", facts={"count": len(figure_ids)}
    ) as recording:
        recording.update("series", [series_id], {"status": "kept"})
        for figure_id in figure_ids:
            recording.update(
                "series_figures",
                _membership(archive, series_id, figure_id),
                {"reading": reading, "reason": reason or None},
            )


def _put(database: "Database", wanted: Mapping[tuple[str, str], Sequence[KeptFigure]]) -> None:
    """Make the proposed series those that are wanted, and leave alone what is right already."""
    proposed = "SELECT name, unit, id FROM series WHERE status = 'proposed' ORDER BY id DESC"
    listed = database.execute(proposed).fetchall()
    there = {(name, unit): int(series_id) for name, unit, series_id in listed}
    remembered = {int(row[0]) for row in database.execute(_REMEMBERED).fetchall()}
    for name, unit, series_id in listed:
        if there[name, unit] != series_id or (name, unit) not in wanted:
            below = "DELETE FROM series_figures WHERE series_id = ?"
            database.execute(below, [series_id])
            if series_id not in remembered:
                database.execute("DELETE FROM series WHERE id = ?", [series_id])
    next_series, next_member = (_unused(database, each) for each in ("series", "series_figures"))
    for (name, unit), members in wanted.items():
        series_id = there.get((name, unit), next_series)
        if series_id == next_series:
            next_series += 1
            database.execute(
                "INSERT INTO series (id, uuid, name, unit) VALUES (?, ?, ?, ?)",
                [series_id, str(uuids.uuid4()), name, unit],
            )
        held = {
            int(figure_id): int(member_id)
            for member_id, figure_id in database.execute(
                "SELECT id, figure_id FROM series_figures WHERE series_id = ?", [series_id]
            ).fetchall()
        }
        new = [kept.id for kept in members if kept.id not in held]
        for figure_id in held.keys() - {kept.id for kept in members}:
            database.execute("DELETE FROM series_figures WHERE id = ?", [held[figure_id]])
        database.conn.executemany(
            "INSERT INTO series_figures (id, series_id, figure_id) VALUES (?, ?, ?)",
            [(next_member + at, series_id, figure_id) for at, figure_id in enumerate(new)],
        )
        next_member += len(new)


def _unused(database: "Database", table: str) -> int:
    """An id that no row has and no change in the history could bring back."""
    row = database.execute(
        f'SELECT max(coalesce((SELECT max(id) FROM "{table}"), 0),'
        ' coalesce((SELECT max(row_id) FROM history_rows WHERE "table" = ?), 0)) + 1',
        [table],
    ).fetchone()
    return int(row[0])


# Undo and redo of these must find the series that they speak of.
_REMEMBERED = """
    SELECT row_id FROM history_rows WHERE "table" = 'series'
     UNION
    SELECT json_extract(coalesce(before, after), '$.series_id') AS series_id
      FROM history_rows
     WHERE "table" = 'series_figures' AND series_id IS NOT NULL
"""

_SERIES = "SELECT id, uuid, name, unit, status FROM series WHERE true {only}"
_POINTS = f"""
    SELECT series_figures.series_id, figures.id, figures.value, figures.value_high,
           figures.earliest, figures.latest, figures.source_id, series_figures.reading,
           series_figures.reason
      FROM series_figures
      JOIN series ON series.id = series_figures.series_id
      JOIN figures ON figures.id = series_figures.figure_id
      JOIN sources ON sources.id = figures.source_id AND sources.text_id = figures.text_id
     WHERE {VISIBLE} {{only}}
     ORDER BY figures.earliest IS NULL, figures.earliest, figures.latest, figures.id
"""


def _membership(archive: "Archive", series_id: int, figure_id: int) -> list[int]:
    rows = archive.reading().execute(
        "SELECT id FROM series_figures WHERE series_id = ? AND figure_id = ?",
        [series_id, figure_id],
    )
    return [int(row[0]) for row in rows.fetchall()]


def _thing(kept: KeptFigure) -> str:
    """What is gathered: the head word of what is counted, whether it is a rate, who gives it."""
    figure = kept.figure
    head = ""
    words = [word for word in _words(figure.of or "") if word not in _WORDS_THAT_NAME_NOTHING]
    if figure.kind == "count":
        head = figure.unit or ""  # planes, airplanes and aircraft are one thing: aircraft
    elif words:
        # "loan for supply of tungsten" is about a loan: what follows the first preposition narrows.
        phrase = re.split(
            r"\b(?:of|for|from|to|in|by|with)\b", (figure.of or "").lower(), maxsplit=1
        )
        front = [word for word in _words(phrase[0]) if word not in _WORDS_THAT_NAME_NOTHING]
        head = _singular((front or words)[-1])
    share = figure.nature if figure.nature in _APART else ""
    return "|".join((head, figure.per or "", share or "", (figure.giver or "").lower()))


def _words(text: str) -> list[str]:
    return [token.folded for token in folding.tokens(text)]


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _name(members: Sequence[KeptFigure]) -> str:
    first = members[0].figure
    head = _thing(members[0]).split("|")[0]
    giver = f" from {first.giver}" if first.giver else ""
    per = f" per {first.per}" if first.per else ""
    share = f", {first.nature}" if first.nature in _APART else ""
    what = head if head and head != first.unit else ""
    name = f"{what}{giver}".strip() or str(first.unit)
    unit = f", {first.unit}{per}" if name != first.unit else per
    return f"{name}{unit}{share}"
