"""The rows of two archives laid side by side: what comes, what changes, what both changed.

Long because all that decides over one row is best read in one place.
"""

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db import errors, plots
from db.merge_conflicts import Choice, Conflict, Merged, label, short
from db.merge_past import ROWS_AT_A_TIME, UNRECORDED, Parting, Verdict, hung_on
from db.merge_sound import parsed, unsound_column
from db.merge_tables import ALWAYS_LOCAL, TAGS, Table
from db.merge_writes import GATHERED, Writes

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.history import Recording

Row = dict[str, Any]
Progress = Callable[[int, int, str], None]
MOST_TEXTS = 4


class Merging:
    """A merge under way, or a look ahead at one where there is no `recording`."""

    def __init__(
        self,
        ours: "Database",
        theirs: "Database",
        parting: Parting,
        path: Path,
        *,
        choices: Mapping[tuple[str, str, str], Choice],
        default: Choice,
        progress: Progress,
        figures_written: Callable[[], int],
    ) -> None:
        self.ours = ours
        self.theirs = theirs
        self.parting = parting
        self.path = path
        self.recording: Recording | None = None
        self.merged = Merged()
        self.ids: dict[str, dict[int, int]] = {}
        self.stirred = {
            "ours": hung_on(parting.ours, ours),
            "theirs": hung_on(parting.theirs, theirs),
        }
        self._choices = choices
        self._default: Choice = default
        self.progress = progress
        self.figures_written = figures_written
        self._step = (0, 0, "")
        self._writes = Writes()
        self._texts: dict[int, str] = {}
        self._places: dict[int, list[Any]] = {}
        self._next = 0
        self.taken_figures: set[int] = set()
        self.proposed_places: dict[int | None, dict[tuple[int, int], list[int]]] = {}
        self.renamed = False
        self.answered = False  # a person has decided a conflict, be it for ours

    # -- how far it is ----------------------------------------------------------------------------

    def begin(self, done: int, of: int, what: str) -> None:
        """Say that a step begins; raises Cancelled where a person wants no more."""
        self._step = (done, of, what)
        self.progress(*self._step)

    def breathe(self) -> None:
        """Ask within a step, batch by batch, whether to go on."""
        self.progress(*self._step)

    # -- ids and rows -----------------------------------------------------------------------------

    def ours_of(self, table: str, their_id: Any) -> int | None:
        """Our id of their row; a negative one stands for a row that is still to come."""
        # What a history tells need not be an id at all.
        return self.ids.get(table, {}).get(their_id) if isinstance(their_id, int) else None

    def match(self, table: str, their_id: int, our_id: int) -> None:
        self.ids.setdefault(table, {})[their_id] = our_id

    def placeholder(self) -> int:
        self._next -= 1
        return self._next

    def count(self, what: dict[str, int], table: str, number: int = 1) -> None:
        if number:
            what[table] = what.get(table, 0) + number

    def refuse(self, why: str) -> errors.ForeignArchive:
        """The error for rows that no program of ours wrote."""
        return errors.ForeignArchive(path=self.path, refused=why)

    # -- one table --------------------------------------------------------------------------------

    def take(self, table: Table, which: Callable[[Row], bool] | None = None) -> None:
        """Lay every row of theirs beside ours, then what they removed."""
        ours_gone = self.gone_here(table)
        for batch in self._batches(table):
            self.breathe()
            wanted = [row for row in batch if which is None or which(row)]
            there = self._by_uuid(table, wanted) if table.has_uuid else {}
            for row in wanted:
                mapped = self.mapped(table, row)
                if mapped is None:
                    continue
                mine = there.get(str(row["uuid"])) if table.has_uuid else None
                mine = mine or self._alike(table, mapped)
                if mine is not None:
                    self.match(table.name, row["id"], mine["id"])
                    self.compare(table, mine, row, mapped)
                else:
                    self._come(table, row, mapped, ours_gone)
            self.flush()
        self.removals(table)

    def mapped(self, table: Table, row: Row) -> Row | None:
        """Their row with references to our rows; None where it has lost what it is about."""
        mapped = dict(row)
        for column, target in table.references.items():
            if row.get(column) is None:
                continue
            if target == "passages":
                mapped[column] = self._passage(row[column])
            else:
                mapped[column] = self.ours_of(target, row[column])
            if mapped[column] is None and column not in table.loose:
                return None
        self.verify_json(table.name, row)
        if table.name == "findings":
            mapped["identity"] = self._identity(row)
        if table.name == "plots":
            mapped["state"] = self._state(row["state"])
        return mapped

    def _passage(self, their_id: int) -> int | None:
        """Our passage with the place of theirs; one that is cut otherwise here is none."""
        found = self.theirs.execute(
            'SELECT text_id, start, "end" FROM passages WHERE id = ?', [their_id]
        ).fetchone()
        text_id = self.ours_of("texts", found[0]) if found else None
        if text_id is None:
            return None
        if text_id < 0:
            return self.placeholder()
        row = self.ours.execute(
            'SELECT id FROM passages WHERE text_id = ? AND start = ? AND "end" = ?',
            [text_id, found[1], found[2]],
        ).fetchone()
        return int(row[0]) if row else None

    def verify_json(self, table: str, row: Row) -> None:
        """Refuse a row whose lists and objects the program could not read back."""
        column = unsound_column(table, row)
        if column is not None:
            raise self.refuse(f"{table}.{column}")

    def _identity(self, row: Row) -> str:
        """What a finding is known by: of a remark, its source's id is a part of it."""
        told = parsed(str(row["identity"])) if str(row["identity"]).startswith("[") else None
        if not isinstance(told, list) or len(told) < 5:
            return str(row["identity"])
        told[1] = self.ours_of("sources", row["source_id"])
        return json.dumps(told)

    def _state(self, said: str) -> str:
        """What a plot shows, with our ids in it."""
        state = parsed(said)
        return (
            plots.written(plots.with_ids(state, self.ours_of)) if isinstance(state, dict) else said
        )

    def compare(self, table: Table, mine: Row, row: Row, mapped: Row) -> None:
        """Decide each unit of columns of a row that both have."""
        changes: Row = {}
        decided: set[str] = set()
        for column in table.loose:
            if row[column] is not None and mapped[column] is None:
                mapped[column] = mine[column]  # what it refers to has not come along
        for column, value in mapped.items():
            if value == mine[column] or column in ALWAYS_LOCAL or column in table.local:
                continue
            unit = table.unit_of(column)
            if column in decided:
                continue
            decided.update(unit)
            if column == "deleted_at":
                self._compare_deletion(table, mine, row, mapped, changes)
                continue
            verdict = self._verdict(table, unit, mine, row, mapped)
            if verdict == "conflict":
                verdict = self.conflict(table, mine, unit, mine, mapped)
            if verdict == "theirs" and self._is_sound_here(table, mine, unit, mapped):
                changes |= {name: mapped[name] for name in unit if mine[name] != mapped[name]}
        if table.alike and table.has_uuid and table.name != "findings":
            # Made twice, it is one from now on; both sides come to the same name for it.
            self._rename(table, mine, min(str(mine["uuid"]), str(row["uuid"])))
        self.change(table, mine, changes, row)

    def change(self, table: Table, mine: Row, changes: Row, row: Row) -> None:
        """Give our row the values decided for it."""
        if not changes:
            return
        if row.get("changed_at"):
            changes["changed_at"] = max(str(mine["changed_at"] or ""), str(row["changed_at"]))
        self.count(self.merged.changed, table.name)
        if self.recording is None:
            return
        if table.name in GATHERED:
            if self._writes.holds(table.name, mine["id"]):
                self.flush()
            self._writes.change(table.name, mine["id"], changes)
        else:
            self.guarded(lambda: self._recording.update(table.name, [mine["id"]], changes))

    def insert(self, table: Table, row: Row, mapped: Row) -> None:
        """Add their row to ours; it has a placeholder for an id when only looking ahead."""
        self.count(self.merged.added, table.name)
        if self.recording is None:
            self.match(table.name, row["id"], self.placeholder())
            return
        left = {"id", *table.left}
        new = {name: value for name, value in mapped.items() if name not in left}
        then = partial(self.match, table.name, row["id"])
        if table.name in GATHERED:
            self._writes.insert(table.name, new, _tuple(new, table.alike), then)
        else:
            then(self.guarded(lambda: self._recording.insert(table.name, new)))

    def flush(self) -> None:
        """Write what was gathered: whoever reads what was just added or changed must ask for it."""
        if self.recording is not None:
            self.guarded(lambda: self._writes.flush(self._recording))

    def guarded(self, write: Callable[[], Any]) -> Any:
        """What a CHECK of ours refuses, no program of ours can have written."""
        try:
            return write()
        except (sqlite3.IntegrityError, OverflowError) as error:
            raise self.refuse(str(error)) from error

    # -- conflicts --------------------------------------------------------------------------------

    def conflict(
        self, table: Table, mine: Row, unit: Sequence[str], a: Row, b: Row, uuid: str = ""
    ) -> Choice:
        """Note that both changed `unit`; returns what is chosen, ours if nothing is."""
        uuid = uuid or self.uuid_of(table, mine)
        name = unit[0]
        about = label(self.ours, table.name, mine["id"])
        for column in unit:
            if a.get(column) == b.get(column) or column in ("earliest", "latest", "passages"):
                continue
            values = [self._said(table, column, each.get(column)) for each in (a, b)]
            self.merged.conflicts.append(
                Conflict(table.name, uuid, column, values[0], values[1], about, name)
            )
        return self._chosen((table.name, uuid, name))

    def _chosen(self, key: tuple[str, str, str]) -> Choice:
        self.answered = self.answered or key in self._choices
        return self._choices.get(key, self._default)

    def uuid_of(self, table: Table, mine: Row) -> str:
        """How a row is named in a report; a row of a series by its series and its figure."""
        if table.has_uuid:
            return str(mine["uuid"])
        row = self.ours.execute(
            "SELECT series.uuid || '/' || figures.uuid FROM series, figures"
            " WHERE series.id = ? AND figures.id = ?",
            [mine["series_id"], mine["figure_id"]],
        ).fetchone()
        return str(row[0]) if row else ""

    def _said(self, table: Table, column: str, value: Any) -> Any:
        target = table.references.get(column)
        if target is not None and value is not None:
            return label(self.ours, target, value) or None
        return short(value) if isinstance(value, str) else value

    # -- removed on one side ----------------------------------------------------------------------

    def removals(self, table: Table) -> None:
        """Take away here what they took away and nobody here has worked on since."""
        gone = list(self.parting.theirs.gone.get(table.name, {}).items())
        matched = set(self.ids.get(table.name, {}).values())
        for their_id, row in gone:
            mine = self._still_here(table, row)
            if mine is None or mine["id"] in matched or mine.get("deleted_at") is not None:
                continue
            if self._has_work(table, mine, row) and (
                self.conflict(table, mine, ("deleted",), {"deleted": False}, {"deleted": True})
                == "ours"
            ):
                continue
            self.count(self.merged.removed, table.name)
            if self.recording is not None:
                self._recording.delete_with_rows_below(table.name, [mine["id"]])
            self.ids.get(table.name, {}).pop(their_id, None)

    def _still_here(self, table: Table, row: Row) -> Row | None:
        if table.has_uuid:
            return self._by_uuid(table, [row]).get(str(row.get("uuid")))
        if not set(table.alike) <= row.keys():
            return None
        mapped = self.mapped(table, row)
        return None if mapped is None else self._alike(table, mapped)

    def _has_work(self, table: Table, mine: Row, was: Row) -> bool:
        """Whether we changed a row, or put something under it, that they removed."""
        if mine["id"] in self.stirred["ours"].get(table.name, ()):
            return True
        past = self.parting.ours
        if not past.is_touched(table.name, mine["id"]) and self.parting.base != "fork":
            return False
        return any(
            mine[name] != value
            for name, value in was.items()
            if name in mine
            and name not in ALWAYS_LOCAL
            and name not in table.local
            and name not in table.references
        )

    def _come(self, table: Table, row: Row, mapped: Row, ours_gone: set[Any]) -> None:
        """Add a row that is not here, unless it was removed here and they left it as it was."""
        if self.stays_gone(table, row, mapped, ours_gone):
            return
        if self._is_sound_here(table, None, tuple(mapped), mapped):
            self.insert(table, row, mapped)

    def stays_gone(self, table: Table, row: Row, mapped: Row, ours_gone: set[Any]) -> bool:
        """Whether a row of theirs was removed here and does not come back."""
        past = self.parting.theirs
        if self._name_of(table, mapped) not in ours_gone:
            return False
        if row.get("deleted_at") is not None:
            return True
        if row["id"] in past.born.get(table.name, ()):
            return False
        if not (
            row["id"] in past.moved.get(table.name, ())
            or row["id"] in self.stirred["theirs"].get(table.name, ())
        ):
            return True
        uuid = str(row["uuid"]) if table.has_uuid else self.uuid_of(table, mapped)
        return self._gone_conflict(table, row, uuid) == "ours"

    def _gone_conflict(self, table: Table, row: Row, uuid: str) -> Choice:
        """Note that we removed what they changed; returns what is chosen."""
        about = label(self.theirs, table.name, row["id"])
        self.merged.conflicts.append(
            Conflict(table.name, uuid, "deleted", True, False, about, "deleted")
        )
        return self._chosen((table.name, uuid, "deleted"))

    def _compare_deletion(
        self, table: Table, mine: Row, row: Row, mapped: Row, changes: Row
    ) -> None:
        """Into the bin and out of it: never over what the other side has worked on since."""
        a, b = mine["deleted_at"], mapped["deleted_at"]
        if a is not None and b is not None:
            return
        past = self.parting
        a_was = _yes(past.ours.was(table.name, mine["id"], "deleted_at"))
        b_was = _yes(past.theirs.was(table.name, row["id"], "deleted_at"))
        verdict = past.settle(a is not None, b is not None, a_was, b_was)
        if verdict == "unknown":
            verdict = "theirs" if b is None else "ours"
        if verdict == "theirs" and b is not None and self._is_worked(table, "ours", mine["id"]):
            verdict = "conflict"
        if verdict == "ours" and a is not None and self._is_worked(table, "theirs", row["id"]):
            verdict = "conflict"
        if verdict == "conflict":
            verdict = self.conflict(table, mine, ("deleted_at",), mine, mapped)
        if verdict == "theirs":
            changes["deleted_at"] = b

    def _is_worked(self, table: Table, side: str, row_id: int) -> bool:
        if row_id in self.stirred[side].get(table.name, ()):
            return True
        past = self.parting.ours if side == "ours" else self.parting.theirs
        if row_id not in past.worked.get(table.name, ()):
            return False
        return bool(past.moved.get(table.name, {}).get(row_id, {}).keys() - {"deleted_at"})

    # -- deciding ---------------------------------------------------------------------------------

    def _verdict(
        self, table: Table, unit: Sequence[str], mine: Row, row: Row, mapped: Row
    ) -> Verdict:
        a, b = _tuple(mine, unit), _tuple(mapped, unit)
        if a == b:
            return "same"
        a_was, b_was = self.was(table, unit, mine, row, mapped)
        verdict = self.parting.settle(a, b, a_was, b_was)
        if verdict != "unknown":
            return verdict
        # No history speaks of it: what only one has said stands, and a decision over none.
        for weak in (_EMPTY, *_UNDECIDED.get(table.name, ())):
            if weak(unit, b):
                return "ours"
            if weak(unit, a):
                return "theirs"
        return "conflict"

    def was(
        self, table: Table, unit: Sequence[str], mine: Row, row: Row, mapped: Row
    ) -> tuple[Any, Any]:
        """The unit at the parting as each side's history tells it, in our references."""
        ours = [self.parting.ours.was(table.name, mine["id"], name) for name in unit]
        theirs = [self.parting.theirs.was(table.name, row["id"], name) for name in unit]
        for at, name in enumerate(unit):
            if name in table.references and theirs[at] is not UNRECORDED:
                theirs[at] = self.ours_of(table.references[name], theirs[at])
            elif (table.name, name) == ("plots", "state") and isinstance(theirs[at], str):
                theirs[at] = self._state(theirs[at])
        return _filled(ours, _tuple(mine, unit)), _filled(theirs, _tuple(mapped, unit))

    def _is_sound_here(
        self, table: Table, mine: Row | None, unit: Sequence[str], mapped: Row
    ) -> bool:
        """Whether their values can stand: spans hold their words, trees have no rings."""
        if table.name == "annotations" and "exact" in unit and mapped["text_id"] is not None:
            self._verify_span(mapped)
        if table.name in ("tags", "sources") and "parent_id" in unit and mine is not None:
            return not self._makes_ring(table.name, mine["id"], mapped["parent_id"])
        return True

    def _verify_span(self, mapped: Row) -> None:
        if mapped["exact"] is None or mapped["start"] is None or mapped["text_id"] < 0:
            return
        start, end = mapped["start"], mapped["end"]
        if self.words(mapped["text_id"], start, end) != mapped["exact"]:
            raise self.refuse(f"annotations: words that do not stand at {start}–{end}")

    def words(self, text_id: int, start: int, end: int) -> str | None:
        """The words of a text of ours; None where there is no such text."""
        if text_id not in self._texts:
            row = self.ours.execute("SELECT text FROM texts WHERE id = ?", [text_id]).fetchone()
            if row is None:
                return None
            # Rows come by source, or nearly: the last few texts are enough to hold.
            if len(self._texts) >= MOST_TEXTS:
                self._texts.clear()
            self._texts[text_id] = str(row[0])
        return self._texts[text_id][start:end]

    def passage_at(self, text_id: int, position: int) -> int | None:
        """Our passage that holds a character of a text of ours; None before the first."""
        if text_id not in self._places:
            if len(self._places) >= MOST_TEXTS:
                self._places.clear()
            sql = "SELECT start, id FROM passages WHERE text_id = ? ORDER BY start"
            self._places[text_id] = self.ours.execute(sql, [text_id]).fetchall()
        places = self._places[text_id]
        at = bisect_right(places, position, key=lambda place: int(place[0])) - 1
        return int(places[at][1]) if at >= 0 else None

    def _makes_ring(self, table: str, row_id: int, parent_id: int | None) -> bool:
        seen = {row_id}
        while parent_id is not None and parent_id > 0:
            if parent_id in seen:
                return True
            seen.add(parent_id)
            row = self.ours.execute(
                f'SELECT parent_id FROM "{table}" WHERE id = ?', [parent_id]
            ).fetchone()
            parent_id = row[0] if row else None
        return False

    def _rename(self, table: Table, mine: Row, uuid: str) -> None:
        if self.recording is not None and uuid != mine["uuid"]:
            self.renamed = True
            self.guarded(lambda: self._recording.update(table.name, [mine["id"]], {"uuid": uuid}))

    # -- reading ----------------------------------------------------------------------------------

    @property
    def _recording(self) -> "Recording":
        assert self.recording is not None
        return self.recording

    def _batches(self, table: Table) -> Iterator[list[Row]]:
        if table is TAGS:
            yield from _parents_first(rows(self.theirs, "SELECT * FROM tags ORDER BY id", []))
            return
        last = -(1 << 62)
        sql = f'SELECT * FROM "{table.name}" WHERE id > ? ORDER BY id LIMIT {ROWS_AT_A_TIME}'
        while batch := rows(self.theirs, sql, [last]):
            yield batch
            last = batch[-1]["id"]

    def _by_uuid(self, table: Table, batch: Sequence[Row]) -> dict[str, Row]:
        listed = json.dumps([row.get("uuid") for row in batch])
        sql = f'SELECT * FROM "{table.name}" WHERE uuid IN (SELECT value FROM json_each(?))'
        return {str(row["uuid"]): row for row in rows(self.ours, sql, [listed])}

    def _alike(self, table: Table, mapped: Row) -> Row | None:
        if not table.alike:
            return None
        values = [mapped[column] for column in table.alike]
        if any(isinstance(value, int) and value < 0 for value in values):
            return None
        if self._writes.holds_new(table.name, tuple(values)):
            self.flush()
        where = " AND ".join(
            f'"{column}" = ? COLLATE NOCASE' if column == "name" else f'"{column}" IS ?'
            for column in table.alike
        )
        found = rows(self.ours, f'SELECT * FROM "{table.name}" WHERE {where} LIMIT 1', values)
        return found[0] if found else None

    def gone_here(self, table: Table) -> set[Any]:
        """What we removed, by what their rows are known by."""
        gone = self.parting.ours.gone.get(table.name, {})
        return {self._name_of(table, row) for row in gone.values()}

    def _name_of(self, table: Table, row: Row) -> Any:
        return row.get("uuid") if table.has_uuid else _tuple(row, table.alike)


def rows(database: "Database", sql: str, values: Sequence[Any]) -> list[Row]:
    """The rows of a query with their columns' names."""
    cursor = database.execute(sql, list(values))
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _empty(unit: Sequence[str], values: Sequence[Any]) -> bool:
    return all(value is None or value in ("", "{}") for value in values)


def _not_kept(unit: Sequence[str], values: Sequence[Any]) -> bool:
    return "proposed" in values


def _not_judged(unit: Sequence[str], values: Sequence[Any]) -> bool:
    return "judgement" in unit and values[0] is None


_EMPTY = _empty
_UNDECIDED = {"series": (_not_kept,), "findings": (_not_judged,)}


def _tuple(row: Row, unit: Sequence[str]) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in unit)


def _filled(was: Sequence[Any], now: Sequence[Any]) -> Any:
    """The unit as it was: what the history does not speak of is as it is now."""
    if all(value is UNRECORDED for value in was):
        return UNRECORDED
    return tuple(n if w is UNRECORDED else w for w, n in zip(was, now, strict=True))


def _yes(value: Any) -> Any:
    return value if value is UNRECORDED else value is not None


def _parents_first(found: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows of a tree, parents before children; what is its own ancestor becomes a root."""
    waiting = {row["id"]: row for row in found}
    while waiting:
        free = [row for row in waiting.values() if row["parent_id"] not in waiting]
        if not free:
            first = next(iter(waiting.values()))
            free = [first | {"parent_id": None}]
        for row in free:
            del waiting[row["id"]]
        yield free
