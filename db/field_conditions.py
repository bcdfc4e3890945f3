"""What a field of a query asks of a passage, as SQL about `p`, a row of passages."""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from db import folding, query_fields, vocabulary
from db.query import And, Field, Node, Or, Query

if TYPE_CHECKING:
    from db.archive import Archive

Condition = tuple[str, list[Any]]

_FIGURE_KINDS = query_fields.CHOICES["kind"][7:]
IN_JSON = "IN (SELECT value FROM json_each(?))"
OF_SOURCES = f"p.source_id {IN_JSON}"
_MOST_LISTED = 1_000
# A passage under an annotation: their spans share at least one character.
_ANNOTATED = """
    p.id IN (SELECT q.id FROM annotations
               JOIN passages q ON q.source_id = annotations.source_id
                AND q.text_id = annotations.text_id
                AND q.start < max(annotations."end", annotations.start + 1)
                AND q."end" > annotations.start
              WHERE annotations.deleted_at IS NULL AND {})
"""
_HAS = {
    "figure": "p.id IN (SELECT passage_id FROM figures WHERE status <> 'rejected')",
    "period": "p.id IN (SELECT passage_id FROM periods)",
    "page": "p.page IS NOT NULL",
    "original": "p.source_id IN (SELECT id FROM sources WHERE original_id IS NOT NULL)",
    "annotation": _ANNOTATED.format("true"),
    "note": _ANNOTATED.format("coalesce(annotations.body, '') <> ''"),
}


def taken_by_figures(fields: Iterable[Field]) -> list[Field]:
    """The fields that speak of figures; years too where another one asks for a figure."""
    fields = list(fields)
    found = [
        each
        for each in fields
        if each.name in query_fields.OF_FIGURES
        or (each.name == "kind" and each.value in _FIGURE_KINDS)
    ]
    return found + [each for each in fields if each.name == "year"] if found else []


def spans(query: Query, passage_ids: str) -> Iterator[Condition]:
    """Statements for (passage id, start, end) of the figures and dates that a query asks for.

    `passage_ids` is a JSON list; nothing where the query has no such field.
    """
    for fields in _side_by_side(query.root) if query.root is not None else ():
        taken = taken_by_figures(fields)
        if taken:
            where, values = _one_figure(taken)
            yield _SPANS.format("figures", where), [passage_ids, *values]
        for field in fields:
            if field.name == "year" and field not in taken:
                where, values = _of_figure(field)
                yield _SPANS.format("periods", where), [passage_ids, *values]
                # Those that say when: a date inherited from afar is no reason to mark a number.
                where += " AND status <> 'rejected' AND date_basis IN ('stated', 'relative')"
                yield _SPANS.format("figures", where), [passage_ids, *values]


_SPANS = f"""
    SELECT passage_id, start, "end" FROM {{}} WHERE passage_id {IN_JSON} AND {{}}
"""


def _side_by_side(node: Node) -> Iterator[list[Field]]:
    """The fields that are asked for together, for each place where some are."""
    match node:
        case Field():
            yield [node]
        case And(nodes):
            yield _fields(node)
            for each in nodes:
                if not isinstance(each, Field):
                    yield from _side_by_side(each)
        case Or(nodes):
            for each in nodes:
                yield from _side_by_side(each)


def _fields(node: And) -> list[Field]:
    return [each for each in node.nodes if isinstance(each, Field)]


def of_one_figure(fields: Iterable[Field]) -> Condition | None:
    """That a passage has one figure with all that `fields` ask; None where none asks for any."""
    taken = taken_by_figures(fields)
    if not taken:
        return None
    where, values = _one_figure(taken)
    return f"p.id IN (SELECT passage_id FROM figures WHERE {where})", values


def of_figures(query: Query) -> Condition:
    """SQL about a row of figures: one that the query asks for, or any that is not rejected.

    Fields side by side ask for one figure; of alternatives (unit:USD OR unit:GBP) any will do.
    """
    together = _side_by_side(query.root) if query.root is not None else ()
    wanted = [taken for fields in together if (taken := taken_by_figures(fields))]
    if isinstance(query.root, And) and taken_by_figures(_fields(query.root)):
        wanted = wanted[:1]  # these must hold, whatever the alternatives beside them ask
    parts = [_one_figure(taken) for taken in wanted or [[]]]
    return f"({' OR '.join(sql for sql, _ in parts)})", [
        value for _, values in parts for value in values
    ]


def _one_figure(taken: list[Field]) -> Condition:
    parts = [_of_figure(each) for each in taken]
    if not any(each.name == "status" for each in taken):
        parts.append(("status <> 'rejected'", []))
    return " AND ".join(sql for sql, _ in parts), [value for _, some in parts for value in some]


def condition(archive: "Archive", field: Field) -> Condition:
    """SQL about `p` for one field by itself, never NULL."""
    name, value = field.name, field.value
    if alone := of_one_figure([field]):
        return alone
    match name:
        case "kind":
            # Said twice for the partial index: SQLite proves an index's WHERE by its words.
            rare = " AND p.kind <> 'paragraph'" if value != "paragraph" else ""
            return f"(p.kind = ?{rare})", [value]
        case "title" | "creator" | "genre":
            return OF_SOURCES, [json.dumps(_sources_with(archive, name, value))]
        case "language":
            where = "lower(language) = ? OR lower(language) LIKE ?"
            return _of_sources(archive, where, [value, _escaped(value) + "-%"])
        case "level":
            return _of_sources(archive, "lower(level) = lower(?)", [value])
        case "source":
            return f"p.source_id IN ({_BELOW})", [int(value)]
        case "has":
            return _tagged("true") if value == "tag" else (_HAS[value], [])
        case "tag":
            tags = json.dumps(_tags_with(archive, value))
            return _tagged(f"taggings.tag_id {IN_JSON}", [tags])
        case "note":
            return _noted(archive, value)
        case "date":
            return _dated(archive, value)
        case "year":
            return _of_years(value)
        case _:
            raise AssertionError(field)


_BELOW = """
    WITH RECURSIVE below (id) AS (
        VALUES (?) UNION SELECT sources.id FROM sources JOIN below ON sources.parent_id = below.id
    )
    SELECT id FROM below
"""


def _of_figure(field: Field) -> Condition:
    value = field.value
    match field.name:
        case "unit":
            return "unit IN (?, ?, ?)", [value, value.upper(), value.lower()]
        case "of":
            return "(of LIKE ? ESCAPE '\\' OR of LIKE ? ESCAPE '\\')", [
                f"%{_escaped(each)}%" for each in (value, value.lower())
            ]
        case "value":
            low, high, above, below = query_fields.amounts(value) or (0, 0, False, False)
            sql, values = "true", []
            if not math.isinf(low):
                sql += f" AND coalesce(max(value, value_high), value) {'>' if above else '>='} ?"
                values.append(low)
            if not math.isinf(high):
                sql += f" AND coalesce(min(value, value_high), value) {'<' if below else '<='} ?"
                values.append(high)
            return sql, values
        case "year":
            first, last = _days(value)
            return "earliest <= ? AND latest >= ?", [last, first]
        case name:
            return f"{name} = ?", [value]


def _of_years(value: str) -> Condition:
    # A passage that names a date is of that date; one that names none is of its source's.
    first, last = _days(value)
    sql = """
        (p.id IN (SELECT passage_id FROM periods WHERE earliest <= ? AND latest >= ?)
         OR p.id IN (SELECT passage_id FROM figures
                      WHERE earliest <= ? AND latest >= ? AND status <> 'rejected')
         OR (p.source_id IN (SELECT id FROM sources WHERE earliest <= ? AND latest >= ?)
             AND NOT EXISTS (SELECT 1 FROM periods WHERE periods.passage_id = p.id)))
    """
    return sql, [last, first] * 3


def _of_sources(archive: "Archive", where: str, values: list[Any]) -> Condition:
    """Passages of the sources that `where` fits; a few are looked up once for many statements."""
    sql = f"SELECT id FROM sources WHERE {where}"
    rows = archive.reading().conn.execute(f"{sql} LIMIT ?", [*values, _MOST_LISTED + 1]).fetchall()
    if len(rows) > _MOST_LISTED:
        return f"p.source_id IN ({sql})", values
    return OF_SOURCES, [json.dumps([each for (each,) in rows])]


def _dated(archive: "Archive", value: str) -> Condition:
    low, high = query_fields.days(value) or (None, None)
    sql = ["(earliest IS NOT NULL OR latest IS NOT NULL)"]
    values: list[Any] = []
    if high is not None:
        sql.append("(earliest IS NULL OR earliest <= ?)")
        values.append(high)
    if low is not None:
        sql.append("(latest IS NULL OR latest >= ?)")
        values.append(low)
    return _of_sources(archive, " AND ".join(sql), values)


def _days(value: str) -> tuple[int, int]:
    low, high, above, below = query_fields.years(value) or (1, 1, False, False)
    return query_fields.days_of_years(low + above, high - below)


def _tagged(which: str, values: Sequence[Any] = ()) -> Condition:
    """Passages under a tagging that `which` fits: of a span, of a figure, of the whole source."""
    on_spans = _ANNOTATED.format(
        f"annotations.id IN (SELECT annotation_id FROM taggings WHERE {which})"
    )
    sql = f"""
        ({on_spans}
         OR p.source_id IN (SELECT source_id FROM taggings WHERE source_id IS NOT NULL AND {which})
         OR p.id IN (SELECT passage_id FROM figures
                      WHERE id IN (SELECT figure_id FROM taggings WHERE {which})))
    """
    return sql, [*values] * 3


def _noted(archive: "Archive", value: str) -> Condition:
    rows = archive.reading().conn.execute("SELECT id, body FROM annotations WHERE body <> ''")
    annotations = [each for each, body in rows if _has_words(body, value)]
    rows = archive.reading().conn.execute("SELECT id, notes FROM sources WHERE notes <> ''")
    sources = [each for each, notes in rows if _has_words(notes, value)]
    on_spans = _ANNOTATED.format(f"annotations.id {IN_JSON}")
    sql = f"({on_spans} OR p.source_id {IN_JSON})"
    return sql, [json.dumps(annotations), json.dumps(sources)]


def _sources_with(archive: "Archive", column: str, value: str) -> list[int]:
    wanted = _wanted(value)
    return [each for each, text in _folded_column(archive, column) if wanted in text]


def _folded_column(archive: "Archive", column: str) -> list[tuple[int, str]]:
    sql = f"SELECT id, {column} FROM sources WHERE {column} <> ''"  # one of three names

    def ask() -> list[tuple[int, str]]:
        return [(each, _folded(text)) for each, text in archive.reading().conn.execute(sql)]

    return vocabulary.kept(archive, ("folded", column), ask)


def _tags_with(archive: "Archive", value: str) -> list[int]:
    """The tags of that name and all that lie below them."""
    rows = archive.reading().conn.execute("SELECT id, parent_id, name FROM tags").fetchall()
    found = {each for each, _, name in rows if folding.words(name) == folding.words(value)}
    while below := {each for each, parent, _ in rows if parent in found} - found:
        found |= below
    return sorted(found)


def _has_words(text: str, value: str) -> bool:
    return _wanted(value) in _folded(text)


def _wanted(value: str) -> str:
    """What the folding of a text must hold: whole words, or the beginning of one (minis*)."""
    words = _folded(value)
    return words.rstrip() if value.endswith("*") or folding.is_cjk(words[-2:-1]) else words


def _folded(text: str) -> str:
    return f" {' '.join(folding.words(text))} "


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
