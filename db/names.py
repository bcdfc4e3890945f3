"""Controlled names of people, bodies and places: one form to describe with, every variant to find by."""

import json
import uuid as uuids
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from db import errors, folding, history, vocabulary
from db.history import Recording
from db.query import And, Field, Node, Not, Or, Query, Words, joined
from db.sources import VISIBLE

if TYPE_CHECKING:
    from db.archive import Archive

KINDS = ("person", "organisation", "family", "place")
BETWEEN_PLACES = ";"
# More variants of one name would make every search for it slow.
MOST_VARIANTS = 60

Tokens = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A name as descriptions use it, its other spellings, and how many sources name it in any."""

    id: int
    uuid: str
    kind: str
    name: str
    variants: tuple[str, ...] = ()
    notes: str | None = None
    sources: int = 0
    varied: int = 0  # of these, those that use a variant

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.name, *self.variants)


def all(archive: "Archive") -> list[Name]:
    """Every name, in alphabetical order."""
    database = archive.reading()
    variants: dict[int, list[str]] = {}
    for name_id, variant in database.execute(
        "SELECT name_id, variant FROM name_variants ORDER BY id"
    ).fetchall():
        variants.setdefault(name_id, []).append(variant)
    used = _used(archive)
    found = []
    for name_id, uuid, kind, name, notes in database.execute(
        "SELECT id, uuid, kind, name, notes FROM names"
    ).fetchall():
        others = tuple(variants.get(name_id, ()))
        uses = used["place" if kind == "place" else ""]
        varied = sum(uses.get(_key(each), 0) for each in {*map(_key, others)} - {_key(name)})
        count = uses.get(_key(name), 0) + varied
        found.append(Name(name_id, uuid, kind, name, others, notes, count, varied))
    return sorted(found, key=lambda each: (each.name.casefold(), each.id))


def add(
    archive: "Archive",
    kind: str,
    name: str,
    variants: Sequence[str] = (),
    notes: str | None = None,
) -> int:
    """A new name; one undoable command. BadName if it has no words, or is there already."""
    name = _tidy(name)
    with history.command(archive, "new name", "names", facts={"name": name}) as recording:
        _refuse(recording, kind, name, ())
        row = {"uuid": str(uuids.uuid4()), "kind": kind, "name": name, "notes": notes or None}
        name_id = recording.insert("names", row)
        _set_variants(recording, name_id, name, variants)
    return name_id


def change(
    archive: "Archive",
    name_id: int,
    *,
    kind: str,
    name: str,
    variants: Sequence[str],
    notes: str | None = None,
) -> None:
    """Change all of a name; sources that used it use it as it is now. One undoable command."""
    name = _tidy(name)
    with history.command(
        archive, "change name", "names", "sources", facts={"name": name}
    ) as recording:
        before = _row(recording, name_id)
        _refuse(recording, kind, name, (name_id,))
        recording.update("names", [name_id], {"kind": kind, "name": name, "notes": notes or None})
        _set_variants(recording, name_id, name, variants)
        if name != before["name"]:
            _use(recording, str(before["kind"]), {str(before["name"])}, name)


def merge(archive: "Archive", into: int, others: Sequence[int]) -> None:
    """Make `others` variants of `into`: their spellings, notes and sources; one undoable command."""
    others = [each for each in dict.fromkeys(others) if each != into]
    if not others:
        return
    with history.command(
        archive, "merge names", "names", "sources", facts={"count": len(others) + 1}
    ) as recording:
        kept = _row(recording, into)
        gone = [_row(recording, each) for each in others]
        variants = _variants(recording, into)
        for row in gone:
            variants += [str(row["name"]), *_variants(recording, int(row["id"]))]
        notes = [str(row["notes"]) for row in (kept, *gone) if row["notes"]]
        recording.delete_with_rows_below("names", others)
        recording.update("names", [into], {"notes": "\n".join(dict.fromkeys(notes)) or None})
        _set_variants(recording, into, str(kept["name"]), variants)
        for row in gone:
            _use(recording, str(row["kind"]), {str(row["name"])}, str(kept["name"]))


def remove(archive: "Archive", ids: Sequence[int]) -> None:
    """Take names away; sources keep what they say. One undoable command."""
    with history.command(archive, "remove names", "names", facts={"count": len(ids)}) as recording:
        recording.delete_with_rows_below("names", ids)


def use(archive: "Archive", name_id: int) -> int:
    """Write the name wherever a source uses a variant; how many were. One undoable command."""
    with history.command(archive, "use name", "sources") as recording:
        row = _row(recording, name_id)
        variants = set(_variants(recording, name_id))
        return _use(recording, str(row["kind"]), variants, str(row["name"]))


def from_creators(archive: "Archive") -> list[str]:
    """The creators in use that are no name and no variant of one, in alphabetical order."""
    known = {_key(form) for each in all(archive) if each.kind != "place" for form in each.forms}
    rows = archive.reading().execute(
        f"SELECT DISTINCT creator FROM sources WHERE creator <> '' AND {VISIBLE}"
    )
    said = {str(row[0]) for row in rows.fetchall()}
    return sorted((each for each in said if _key(each) not in known), key=str.casefold)


# -- searching ------------------------------------------------------------------------------------


def widened(archive: "Archive", query: Query) -> Query:
    """The query with each name in it asked for under every variant of it.

    Words in quotation marks, or after =, stay as they are.
    """
    if query.root is None:
        return query
    others = vocabulary.kept(archive, "names", lambda: _others(archive))
    return replace(query, root=_widened(query.root, others)) if others else query


def _others(archive: "Archive") -> dict[Tokens, tuple[Tokens, ...]]:
    """For each form of a name in folded words, the other forms."""
    database = archive.reading().conn
    forms: dict[int, set[Tokens]] = {}
    rows = database.execute("SELECT id, name FROM names").fetchall()
    rows += database.execute("SELECT name_id, variant FROM name_variants").fetchall()
    for name_id, form in rows:
        tokens = _folded(form)
        if tokens:
            forms.setdefault(name_id, set()).add(tokens)
    found: dict[Tokens, set[Tokens]] = {}
    for some in forms.values():
        if len(some) > 1:
            for form in some:
                found.setdefault(form, set()).update(some - {form})
    return {form: tuple(sorted(some))[:MOST_VARIANTS] for form, some in found.items()}


@lru_cache(maxsize=20_000)
def _folded(form: str) -> Tokens:
    # After every write all names are asked for again: of 5,000 this took 330 ms each time.
    return tuple(folding.words(form))


def _widened(node: Node, others: Mapping[Tokens, tuple[Tokens, ...]]) -> Node:
    match node:
        case Words(tokens, "word") if tokens in others:
            return _either(node, others[tokens])
        case Field("creator", value) if (form := tuple(folding.words(value))) in others:
            fields = [Field("creator", " ".join(each)) for each in others[form]]
            return joined(Or, [node, *fields]) or node
        case And(nodes):
            return joined(And, _in_a_row(nodes, others)) or node
        case Or(nodes):
            return joined(Or, [_widened(each, others) for each in nodes]) or node
        case Not(inner):
            return Not(_widened(inner, others))
        case _:
            return node


def _in_a_row(nodes: Sequence[Node], others: Mapping[Tokens, tuple[Tokens, ...]]) -> list[Node]:
    """What stands side by side, with the longest run of words that is a name taken as one."""
    longest = max(map(len, others))
    found: list[Node] = []
    at = 0
    while at < len(nodes):
        for end in range(min(len(nodes), at + longest), at + 1, -1):
            form = _one_form(nodes[at:end])
            if form in others:
                found.append(_either(And(tuple(nodes[at:end])), others[form]))
                at = end
                break
        else:
            found.append(_widened(nodes[at], others))
            at += 1
    return found


def _one_form(nodes: Sequence[Node]) -> Tokens:
    words = [node for node in nodes if isinstance(node, Words) and node.form == "word"]
    if len(words) < len(nodes):
        return ()
    return tuple(token for node in words for token in node.tokens)


def _either(node: Node, forms: Iterable[Tokens]) -> Node:
    alternatives = [Words(form, "word" if len(form) == 1 else "phrase") for form in forms]
    return joined(Or, [node, *alternatives]) or node


# -- inside ---------------------------------------------------------------------------------------


def _refuse(recording: Recording, kind: str, name: str, besides: Sequence[int]) -> None:
    if kind not in KINDS:
        raise errors.BadName("kind", kind)
    if not folding.words(name):
        raise errors.BadName("empty")
    rows = recording.database.execute("SELECT id, name FROM names WHERE kind = ?", [kind])
    for name_id, other in rows.fetchall():
        if name_id not in besides and _key(other) == _key(name):
            raise errors.BadName("exists", name)


def _row(recording: Recording, name_id: int) -> dict[str, Any]:
    cursor = recording.database.execute(
        "SELECT id, kind, name, notes FROM names WHERE id = ?", [name_id]
    )
    row = cursor.fetchone()
    if row is None:
        raise errors.BadName("gone")
    return dict(zip(("id", "kind", "name", "notes"), row, strict=True))


def _variants(recording: Recording, name_id: int) -> list[str]:
    rows = recording.database.execute(
        "SELECT variant FROM name_variants WHERE name_id = ? ORDER BY id", [name_id]
    )
    return [str(row[0]) for row in rows.fetchall()]


def _set_variants(recording: Recording, name_id: int, name: str, said: Sequence[str]) -> None:
    wanted = {each: None for each in map(_tidy, said) if folding.words(each) and each != name}
    rows = recording.database.execute(
        "SELECT id, variant FROM name_variants WHERE name_id = ?", [name_id]
    ).fetchall()
    recording.delete("name_variants", [row[0] for row in rows if row[1] not in wanted])
    there = {row[1] for row in rows}
    for variant in list(wanted)[:MOST_VARIANTS]:
        if variant not in there:
            row = {"uuid": str(uuids.uuid4()), "name_id": name_id, "variant": variant}
            recording.insert("name_variants", row)


def _use(recording: Recording, kind: str, forms: set[str], name: str) -> int:
    """Write `name` in every source that uses one of `forms`; how many did."""
    keys = {_key(form) for form in forms}
    if kind != "place":
        rows = recording.database.execute("SELECT id, creator FROM sources WHERE creator <> ''")
        ids = [each for each, creator in rows.fetchall() if _key(creator) in keys]
        return recording.update("sources", ids, {"creator": name})
    changes: dict[int, dict[str, str]] = {}
    rows = recording.database.execute(_PLACES)
    for source_id, description, coverage in rows.fetchall():
        parts = places_in(coverage)
        if any(_key(part) in keys for part in parts):
            now = [name if _key(part) in keys else part for part in parts]
            said = json.loads(description) | {"coverage": f"{BETWEEN_PLACES} ".join(now)}
            changes[source_id] = {"description": json.dumps(said, ensure_ascii=False)}
    recording.update_each("sources", changes)
    return len(changes)


_PLACES = """
    SELECT id, description, json_extract(description, '$.coverage')
      FROM sources
     WHERE json_valid(description) AND json_type(description, '$.coverage') = 'text'
"""


def places_in(coverage: str) -> list[str]:
    """The places that a description names."""
    return [part for part in map(_tidy, coverage.split(BETWEEN_PLACES)) if part]


def _used(archive: "Archive") -> dict[str, dict[str, int]]:
    """How many sources name what, by the folded name: places, and creators under ""."""
    found: dict[str, dict[str, int]] = {"": {}, "place": {}}
    database = archive.reading()
    sql = f"SELECT creator, count(*) FROM sources WHERE creator <> '' AND {VISIBLE} GROUP BY 1"
    for creator, count in database.execute(sql).fetchall():
        found[""][_key(creator)] = found[""].get(_key(creator), 0) + count
    for _, _, coverage in database.execute(f"{_PLACES} AND {VISIBLE}").fetchall():
        for key in {_key(part) for part in places_in(coverage)}:
            found["place"][key] = found["place"].get(key, 0) + 1
    return found


def _tidy(said: str) -> str:
    return " ".join(said.split())


def _key(name: str) -> str:
    return _tidy(name).casefold()
