"""What each of two archives changed since they parted, as their histories tell it.

Both are copies of one archive, or have been merged before: the newest entry of each history that
the other knows is where they parted. From there each field's value at the parting is worked out by
walking the history back, and forward again over what was undone. Archives that share nothing
parted before their first entry.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from sqlite_utils import Database

LABEL = "merge a copy"
MOST_HEADS = 500  # how many entries of the other's history a merge remembers
ROWS_AT_A_TIME = 500

Base = Literal["fork", "ours", "theirs", "crossed"]
Verdict = Literal["same", "ours", "theirs", "conflict", "unknown"]


class _Unrecorded:
    """The history does not speak of it."""


UNRECORDED = _Unrecorded()


@dataclass(slots=True)
class Past:
    """What one archive did since the parting, by table and row id.

    `moved` holds each changed field as it was, `gone` the rows that were deleted as they were,
    `born` the rows that were added; `worked` are the rows a person touched here, merges apart.
    """

    moved: dict[str, dict[int, dict[str, Any]]] = field(default_factory=dict)
    born: dict[str, set[int]] = field(default_factory=dict)
    gone: dict[str, dict[int, dict[str, Any]]] = field(default_factory=dict)
    worked: dict[str, set[int]] = field(default_factory=dict)

    def was(self, table: str, row_id: int, name: str) -> Any:
        """The value at the parting, or UNRECORDED."""
        return self.moved.get(table, {}).get(row_id, {}).get(name, UNRECORDED)

    def is_touched(self, table: str, row_id: int) -> bool:
        return row_id in self.moved.get(table, {}) or row_id in self.born.get(table, ())


@dataclass(slots=True)
class Parting:
    """Where two archives parted; `base` says whose state at the parting is the common ancestor.

    `heads` are the entries of their history that a merge makes known to ours.
    """

    ours: Past
    theirs: Past
    base: Base
    heads: list[str]

    def settle(self, a: Any, b: Any, a_was: Any, b_was: Any) -> Verdict:
        """Whose value stands: ours is `a`, theirs `b`; what each was at the parting, if recorded."""
        if a == b:
            return "same"
        if self.base == "fork":
            known = [each for each in (a_was, b_was) if each is not UNRECORDED]
            if not known:
                return "unknown"
            a_moved, b_moved = any(a != each for each in known), any(b != each for each in known)
        else:
            a_was = a if a_was is UNRECORDED else a_was
            b_was = b if b_was is UNRECORDED else b_was
            if self.base == "theirs":
                a_was = b_was
            elif self.base == "ours":
                b_was = a_was
            else:  # each knows a state of the other's, and neither is the newer one
                a_was, b_was = b_was, a_was
            a_moved, b_moved = a != a_was, b != b_was
        if a_moved != b_moved:
            return "ours" if a_moved else "theirs"
        return "conflict"


def part(ours: "Database", theirs: "Database") -> Parting:
    """Where the two archives parted, and what each did since."""
    mine, other = _log(ours), _log(theirs)
    here, there = _newest_known(mine, other), _newest_known(other, mine)
    covers_theirs = _newest_known(other, mine.until(here)) >= there
    covers_ours = _newest_known(mine, other.until(there)) >= here
    base: Base = "crossed"
    if covers_theirs and covers_ours:
        base = "fork"
    elif covers_theirs or covers_ours:
        base = "ours" if covers_theirs else "theirs"
    return Parting(
        ours=_since(ours, mine, here), theirs=_since(theirs, other, there), base=base,
        heads=other.heads(),
    )  # fmt: skip


@dataclass(slots=True)
class _Entry:
    id: int
    uuid: str
    undone: bool
    heads: tuple[str, ...] = ()
    is_merge: bool = False


@dataclass(slots=True)
class _Log:
    """The entries of a history in their order: what stands, then what was undone."""

    entries: list[_Entry]

    def until(self, index: int) -> "_Log":
        return _Log(self.entries[: index + 1])

    def known(self) -> dict[str, bool]:
        """Every entry known here, with whether it stands here."""
        found: dict[str, bool] = {}
        for entry in self.entries:
            if not entry.undone:
                found |= dict.fromkeys(entry.heads, True)
        for entry in self.entries:
            found[entry.uuid] = not entry.undone
        return found

    def heads(self) -> list[str]:
        standing = [entry for entry in self.entries if not entry.undone]
        through = [head for entry in standing for head in entry.heads]
        return [*(entry.uuid for entry in standing[-MOST_HEADS:]), *through[-MOST_HEADS:]]


def _log(database: "Database") -> _Log:
    rows = database.execute(
        "SELECT id, uuid, undone_at IS NOT NULL, label, facts FROM history"
        " ORDER BY undone_at IS NOT NULL, id"
    )
    entries = []
    for row_id, uuid, undone, label, facts in rows.fetchall():
        is_merge = label == LABEL
        heads = _heads(facts) if is_merge else ()
        entries.append(_Entry(int(row_id), str(uuid), bool(undone), heads, is_merge))
    return _Log(entries)


def _heads(facts: str) -> tuple[str, ...]:
    told = json.loads(facts)
    heads = told.get("heads", []) if isinstance(told, dict) else []
    return tuple(str(each) for each in heads) if isinstance(heads, list) else ()


def _newest_known(log: _Log, other: _Log) -> int:
    """The place in `log` of its newest entry that the other knows; -1 if it knows none.

    One that was undone on both sides had been undone before they parted, or has been since: it
    makes no difference.
    """
    known = other.known()
    for index in range(len(log.entries) - 1, -1, -1):
        entry = log.entries[index]
        stands = known.get(entry.uuid)
        if stands is not None and (stands or not entry.undone):
            return index
    return -1


def _since(database: "Database", log: _Log, parted: int) -> Past:
    standing = [entry for entry in log.entries if not entry.undone]
    past = Past()
    if parted < len(standing):
        for entry in reversed(standing[parted + 1 :]):
            _walk(past, _changes(database, entry, backwards=True), entry)
    else:
        for entry in log.entries[len(standing) : parted + 1]:
            _walk(past, _changes(database, entry, backwards=False), entry)
    return past


_Step = tuple[str, int, dict[str, Any] | None, dict[str, Any] | None]


def _changes(database: "Database", entry: _Entry, *, backwards: bool) -> Iterator[_Step]:
    """(table, row id, as it was further from now, as it became nearer to now)."""
    order = "DESC" if backwards else "ASC"
    rows = database.execute(
        'SELECT "table", row_id, before, after FROM history_rows'
        f" WHERE history_id = ? ORDER BY id {order}",
        [entry.id],
    )
    while found := rows.fetchmany(ROWS_AT_A_TIME):
        for table, row_id, before, after in found:
            far, near = (before, after) if backwards else (after, before)
            yield str(table), int(row_id), _row(far), _row(near)


def _walk(past: Past, steps: Iterable[_Step], entry: _Entry) -> None:
    for table, row_id, far, near in steps:
        gone = past.gone.setdefault(table, {})
        born = past.born.setdefault(table, set())
        if not entry.is_merge:
            past.worked.setdefault(table, set()).add(row_id)
        if near is None:
            if far is not None:
                gone[row_id] = far
        elif far is None:
            if row_id not in gone:
                born.add(row_id)
            elif not entry.is_merge:
                # Made and removed here; what a merge had brought was removed of theirs.
                del gone[row_id]
        elif row_id in gone:
            gone[row_id] |= far
        elif row_id not in born:
            past.moved.setdefault(table, {}).setdefault(row_id, {}).update(far)


def hung_on(past: Past, database: "Database") -> dict[str, set[int]]:
    """On what an archive has worked since the parting by what it hung there, as ids by table."""
    found: dict[str, set[int]] = {}
    for table, columns in _HANGS_ON:
        touched = past.worked.get(table, set()) | found.get(table, set())
        names = ", ".join(f'"{column}"' for column, _ in columns)
        sql = f'SELECT {names} FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))'
        for row in database.execute(sql, [json.dumps(sorted(touched))]).fetchall():
            for (_, parent), value in zip(columns, row, strict=True):
                if value is not None:
                    found.setdefault(parent, set()).add(int(value))
    return found


_HANGS_ON: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "taggings",
        (
            ("tag_id", "tags"), ("annotation_id", "annotations"), ("source_id", "sources"),
            ("figure_id", "figures"),
        ),
    ),
    (
        "links",
        (
            ("from_annotation_id", "annotations"), ("from_source_id", "sources"),
            ("from_figure_id", "figures"), ("to_annotation_id", "annotations"),
            ("to_source_id", "sources"), ("to_figure_id", "figures"),
        ),
    ),
    ("tags", (("parent_id", "tags"),)),
    ("series_figures", (("series_id", "series"), ("figure_id", "figures"))),
    ("name_variants", (("name_id", "names"),)),
    (
        "annotations",
        (
            ("source_id", "sources"), ("figure_id", "figures"), ("series_id", "series"),
            ("finding_id", "findings"), ("plot_id", "plots"),
        ),
    ),
    ("figures", (("source_id", "sources"),)),
    ("texts", (("source_id", "sources"),)),
)  # fmt: skip


def _row(said: str | None) -> dict[str, Any] | None:
    if said is None:
        return None
    row = json.loads(said)
    if not isinstance(row, dict):
        raise ValueError("a row of the history is no object")
    return row


def chunks(items: Sequence[Any], size: int = ROWS_AT_A_TIME) -> Iterator[Sequence[Any]]:
    """The items in pieces of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
