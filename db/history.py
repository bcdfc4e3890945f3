"""Every change with its inverse: commands that record rows before and after, undo, redo, the log.

A command runs inside one transaction and changes rows only through the functions of its
`Recording`, so that what undoes it is written together with it.
"""

import json
import uuid as uuids
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from db import errors
from db.archive import now
from db.records import Change

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.archive import Archive


# SQLite writes a REAL into JSON with 15 digits: such rows are noted one by one, by Python.
_REAL_COLUMNS = frozenset({"value", "value_high", "confidence", "stated", "computed"})


# What ON DELETE CASCADE would remove unseen. The figures of findings are not among it: they are
# worked out again from the figures there are.
_ROWS_BELOW: dict[str, tuple[tuple[str, str], ...]] = {
    "series": (("series_figures", "series_id"), ("annotations", "series_id")),
    "plots": (("annotations", "plot_id"),),
    "tags": (("taggings", "tag_id"),),
    "names": (("name_variants", "name_id"),),
    "figures": (
        ("series_figures", "figure_id"),
        ("annotations", "figure_id"),
        ("taggings", "figure_id"),
        ("links", "from_figure_id"),
        ("links", "to_figure_id"),
    ),
    "annotations": (
        ("taggings", "annotation_id"),
        ("links", "from_annotation_id"),
        ("links", "to_annotation_id"),
    ),
}
# What ON DELETE SET NULL would change unseen.
_POINTING: dict[str, tuple[tuple[str, str], ...]] = {
    "tags": (("tags", "parent_id"),),
    "accessions": (("sources", "accession_id"),),
}


class Recording:
    """One command under way: changes rows and notes each as it was and as it became."""

    def __init__(self, database: "Database", history_id: int, person_id: int | None = None) -> None:
        self.database = database
        self.person_id = person_id
        self._history_id = history_id

    def insert(self, table: str, row: Mapping[str, Any]) -> int:
        """Add a row; returns its id."""
        names = ", ".join(f'"{name}"' for name in row)
        slots = ", ".join("?" * len(row))
        cursor = self.database.execute(
            f'INSERT INTO "{table}" ({names}) VALUES ({slots})', list(row.values())
        )
        row_id = int(cursor.lastrowid or 0)
        self.note(table, row_id, None, _row(self.database, table, row_id))
        return row_id

    def insert_many(self, table: str, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Add rows that name the same columns; returns their ids, in the order of `rows`."""
        if not rows:
            return []
        # The turn is ours alone, so the ids can be given out here: 10,000 rows in some 150 ms.
        sql = f'SELECT coalesce(max(id), 0) + 1 FROM "{table}"'
        first = int(self.database.execute(sql).fetchone()[0])
        ids = list(range(first, first + len(rows)))
        names = ", ".join(f'"{name}"' for name in rows[0])
        slots = ", ".join("?" * (len(rows[0]) + 1))
        self.database.conn.executemany(
            f'INSERT INTO "{table}" (id, {names}) VALUES ({slots})',
            [[row_id, *row.values()] for row_id, row in zip(ids, rows, strict=True)],
        )
        cursor = self.database.execute(
            f'SELECT * FROM "{table}" WHERE id >= ? ORDER BY id', [first]
        )
        columns = [column[0] for column in cursor.description]
        self.database.conn.executemany(
            'INSERT INTO history_rows (history_id, "table", row_id, before, after)'
            " VALUES (?, ?, ?, NULL, ?)",
            [
                [self._history_id, table, row_id, _json(dict(zip(columns, row, strict=True)))]
                for row_id, row in zip(ids, cursor.fetchall(), strict=True)
            ],
        )
        return ids

    def update(self, table: str, ids: Sequence[int], changes: Mapping[str, Any]) -> int:
        """Set the same values in every row of `ids`; returns how many rows really changed."""
        if len(ids) > 1 and not _REAL_COLUMNS & changes.keys():
            return self._update_at_once(table, ids, changes)
        changed = 0
        for row_id in ids:
            before = _row(self.database, table, row_id)
            if before is None:
                continue
            differing = {name: value for name, value in changes.items() if before[name] != value}
            if not differing:
                continue
            _set(self.database, table, row_id, differing)
            self.note(table, row_id, {name: before[name] for name in differing}, differing)
            changed += 1
        return changed

    def update_each(self, table: str, changes: Mapping[int, Mapping[str, Any]]) -> None:
        """Set values of its own in each row, by id; every row names the same columns.

        A row that has them already is left as it is, and the history says nothing of it.
        """
        if not changes:
            return
        names = list(next(iter(changes.values())))
        columns = ", ".join(f'"{name}"' for name in names)
        sql = f'SELECT id, {columns} FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))'
        rows = self.database.execute(sql, [json.dumps(list(changes))]).fetchall()
        found = [row for row in rows if [*row[1:]] != [changes[row[0]][name] for name in names]]
        self.database.conn.executemany(
            'INSERT INTO history_rows (history_id, "table", row_id, before, after)'
            " VALUES (?, ?, ?, ?, ?)",
            [
                [
                    self._history_id, table, row_id, _json(dict(zip(names, values, strict=True))),
                    _json(changes[row_id]),
                ]
                for row_id, *values in found
            ],
        )  # fmt: skip
        places = ", ".join(f'"{name}" = ?' for name in names)
        self.database.conn.executemany(
            f'UPDATE "{table}" SET {places} WHERE id = ?',
            [[*(changes[row[0]][name] for name in names), row[0]] for row in found],
        )

    def _update_at_once(self, table: str, ids: Sequence[int], changes: Mapping[str, Any]) -> int:
        # Two statements instead of three a row: 10,000 figures accepted in some 60 ms.
        listed = {"ids": json.dumps(list(ids))} | {f"new_{name}": changes[name] for name in changes}
        differing = " OR ".join(f'"{name}" IS NOT :new_{name}' for name in changes)
        which = f"id IN (SELECT value FROM json_each(:ids)) AND ({differing})"
        before = ", ".join(f"'{name}', \"{name}\"" for name in changes)
        after = ", ".join(f"'{name}', :new_{name}" for name in changes)
        self.database.execute(
            'INSERT INTO history_rows (history_id, "table", row_id, before, after)'
            f" SELECT :history, :table, id, json_object({before}), json_object({after})"
            f' FROM "{table}" WHERE {which}',
            listed | {"history": self._history_id, "table": table},
        )
        places = ", ".join(f'"{name}" = :new_{name}' for name in changes)
        return self.database.execute(
            f'UPDATE "{table}" SET {places} WHERE {which}', listed
        ).rowcount

    def delete(self, table: str, ids: Sequence[int]) -> None:
        """Remove rows; rows that refer to them must be removed first, by this command too."""
        for row_id in ids:
            before = _row(self.database, table, row_id)
            if before is None:
                continue
            self.database.execute(f'DELETE FROM "{table}" WHERE id = ?', [row_id])
            self.note(table, row_id, before, None)

    def delete_with_rows_below(self, table: str, ids: Sequence[int]) -> None:
        """Remove rows and what a foreign key would take along, so that undo brings all back."""
        for below, column in _ROWS_BELOW.get(table, ()):
            self.delete_with_rows_below(below, self._pointing(below, column, ids))
        for other, column in _POINTING.get(table, ()):
            self.update(other, self._pointing(other, column, ids), {column: None})
        self.delete(table, ids)

    def _pointing(self, table: str, column: str, ids: Sequence[int]) -> list[int]:
        sql = f'SELECT id FROM "{table}" WHERE "{column}" IN (SELECT value FROM json_each(?))'
        found = self.database.execute(sql, [json.dumps(list(ids))]).fetchall()
        return [int(row[0]) for row in found]

    def note(
        self,
        table: str,
        row_id: int,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
    ) -> None:
        """Say how a row was and what it is now; None is a row that is not there."""
        self.database.execute(
            'INSERT INTO history_rows (history_id, "table", row_id, before, after)'
            " VALUES (?, ?, ?, ?, ?)",
            [self._history_id, table, row_id, _json(before), _json(after)],
        )


@contextmanager
def command(
    archive: "Archive",
    label: str,
    *tables: str,
    facts: Mapping[str, Any] | None = None,
    person_id: int | None = None,
) -> Generator[Recording]:
    """One undoable change, named by `label` in the words of the menus; what was undone is dropped.

    `facts` are what the label's wording needs ("count": 12). `tables` are told to listeners.
    It is signed by `person_id`, or else by whoever works in the archive.
    """
    with archive.writing("history", *tables) as database:
        # A new change closes the way forward: what was undone cannot be redone over it.
        database.execute("DELETE FROM history WHERE undone_at IS NOT NULL")
        if person_id is None and archive.person:
            person_id = person(database, archive.person)
        history_id = database.execute(
            "INSERT INTO history (uuid, label, facts, person_id, at) VALUES (?, ?, ?, ?, ?)",
            [str(uuids.uuid4()), label, json.dumps(facts or {}), person_id, now()],
        ).lastrowid
        yield Recording(database, int(history_id or 0), person_id)


def person(database: "Database", name: str) -> int:
    """The id of the person of this name; a new one is added within an open transaction.

    People are no part of what can be undone: the history itself names them.
    """
    row = database.execute("SELECT id FROM people WHERE name = ? ORDER BY id", [name]).fetchone()
    if row is not None:
        return int(row[0])
    cursor = database.execute(
        "INSERT INTO people (uuid, name) VALUES (?, ?)", [str(uuids.uuid4()), name]
    )
    return int(cursor.lastrowid or 0)


def undo(archive: "Archive") -> Change:
    """Take the newest change back; raises NothingToUndo."""
    return _step(
        archive,
        "SELECT id FROM history WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1",
        backwards=True,
    )


def redo(archive: "Archive") -> Change:
    """Make the change undone last again; raises NothingToUndo."""
    return _step(
        archive,
        "SELECT id FROM history WHERE undone_at IS NOT NULL ORDER BY id LIMIT 1",
        backwards=False,
    )


def log(archive: "Archive", limit: int = 200) -> list[Change]:
    """The newest changes first, undone ones among them."""
    rows = archive.reading().execute(_LOG, [limit]).fetchall()
    return [_change(row) for row in rows]


_LOG = """
    SELECT history.id, history.label, history.facts, people.name, history.at, history.undone_at
      FROM history
      LEFT JOIN people ON people.id = history.person_id
     ORDER BY history.id DESC
     LIMIT ?
"""
_ONE = _LOG.replace("ORDER BY history.id DESC\n     LIMIT ?", "WHERE history.id = ?")


def _step(archive: "Archive", newest: str, *, backwards: bool) -> Change:
    with archive.writing(
        "history", "sources", "figures", "annotations", "series", "findings"
    ) as database:
        found = database.execute(newest).fetchone()
        if found is None:
            raise errors.NothingToUndo(backwards=backwards)
        history_id = int(found[0])
        order = "DESC" if backwards else "ASC"
        rows = database.execute(
            'SELECT "table", row_id, before, after FROM history_rows'
            f" WHERE history_id = ? ORDER BY id {order}",
            [history_id],
        ).fetchall()
        with archive.writing(*{row[0] for row in rows}):
            pass  # listeners are told of every table that changes
        for table, row_id, before, after in rows:
            was, becomes = (after, before) if backwards else (before, after)
            _apply(database, table, row_id, was, becomes)
        database.execute(
            "UPDATE history SET undone_at = ? WHERE id = ?",
            [now() if backwards else None, history_id],
        )
        return _change(database.execute(_ONE, [history_id]).fetchone())


def _apply(
    database: "Database", table: str, row_id: int, was: str | None, becomes: str | None
) -> None:
    if becomes is None:
        database.execute(f'DELETE FROM "{table}" WHERE id = ?', [row_id])
        return
    values = json.loads(becomes)
    if was is None:
        names = ", ".join(f'"{name}"' for name in values)
        slots = ", ".join("?" * len(values))
        database.execute(f'INSERT INTO "{table}" ({names}) VALUES ({slots})', list(values.values()))
        return
    _set(database, table, row_id, values)


def _set(database: "Database", table: str, row_id: int, values: Mapping[str, Any]) -> None:
    places = ", ".join(f'"{name}" = ?' for name in values)
    database.execute(f'UPDATE "{table}" SET {places} WHERE id = ?', [*values.values(), row_id])


def _row(database: "Database", table: str, row_id: int) -> dict[str, Any] | None:
    cursor = database.execute(f'SELECT * FROM "{table}" WHERE id = ?', [row_id])
    row = cursor.fetchone()
    if row is None:
        return None
    return dict(zip((column[0] for column in cursor.description), row, strict=True))


def _json(row: Mapping[str, Any] | None) -> str | None:
    return None if row is None else json.dumps(row, ensure_ascii=False)


def _change(row: Sequence[Any]) -> Change:
    change_id, label, facts, person, at, undone_at = row
    return Change(
        id=change_id,
        label=label,
        person=person,
        at=at,
        undone=undone_at is not None,
        facts=json.loads(facts),
    )
