"""A query as SQL over an archive: what FTS5 must match, and what else must hold of a passage.

FTS5 must be the outer loop of every statement: driven from another index SQLite asks it anew for
each row (measured at 1,000,000 passages: 29 s in place of 0.1 s), hence the unary plus signs.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from db import expansion, field_conditions, fitting, matching, names, vocabulary
from db.field_conditions import IN_JSON
from db.query import And, Field, Near, Node, Not, Or, Query, Words, together

if TYPE_CHECKING:
    from db.archive import Archive

# With so few hits no set is worth making.
FEW_HITS = 2_000
# More ids than this are not kept in memory (60 bytes each).
MOST_HIDDEN = 100_000
MANY_LEAVES = 20
_FEW_FORMS = 4

Condition = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Hidden:
    """Passages that no search shows.

    Said twice: `sets` are SQL about an id that stands as {id}, quick for many hits; `looked_at`
    is SQL about `p`, a row of passages, quick for few.
    """

    sets: tuple[str, ...] = ()
    looked_at: tuple[str, ...] = ()
    values: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """How a query is put to an archive.

    `match` is what every hit matches in the index (None: the index alone cannot tell);
    `condition` is SQL about `p`, a row of passages. `ranking` is what scores hits, also those
    that `match` cannot find. The index has at least `least` and at most `most` hits, before
    anything is left out; `hits` counts them, up to FEW_HITS and one more, where a plan is weighed.
    """

    match: str | None
    condition: str
    values: tuple[Any, ...]
    hidden: Hidden
    ranking: str | None
    fits: int = 0  # how many passages `condition` fits, up to LARGEST_SET and one more
    hits: int = FEW_HITS + 1
    between: tuple[int, int] | None = None  # the first and last passage that `condition` fits
    least: float = 0
    most: float = math.inf

    @property
    def condition_is_small(self) -> bool:
        """Whether the passages that `condition` fits are worth making a set of."""
        return self.fits <= fitting.LARGEST_SET

    @property
    def has_few_hits(self) -> bool:
        """Whether the index says, before anything is left out, that there are few hits."""
        return self.hits <= FEW_HITS

    def of_index(self, also: str = "", *, few: bool = False) -> Condition:
        """FROM and WHERE over the index; only where there is a `match`. `few` rows are wanted."""
        row = "passages_fts.rowid"
        sql = ["passages_fts MATCH ?"] + ([also] if also else [])
        values: list[Any] = [self.match]
        looked_at: list[str] = []
        if self.condition and self.condition_is_small and not self.has_few_hits:
            if self.between is not None:  # FTS5 goes straight there
                sql.append(f"{row} BETWEEN {self.between[0]} AND {self.between[1]}")
            sql.append(f"+{row} IN (SELECT p.id FROM passages p WHERE {self.condition})")
            values += self.values
        elif self.condition:
            looked_at.append(self.condition)
            values += self.values
        if few or self.has_few_hits:
            looked_at += self.hidden.looked_at
        else:
            sql += [each.replace("{id}", row) for each in self.hidden.sets]
        if looked_at:
            # A scalar, not EXISTS: newer SQLite turns that into a join and may drive from p.
            at = len(sql) - (0 if few or self.has_few_hits else len(self.hidden.sets))
            scalar = f"(SELECT {' AND '.join(looked_at)} FROM passages p WHERE p.id = +{row})"
            sql.insert(at, scalar)
        return f"FROM passages_fts WHERE {' AND '.join(sql)}", [*values, *self.hidden.values]

    def of_ranking(self) -> Condition:
        """FROM and WHERE over the index by `ranking`, for hits the index cannot tell alone."""
        row = "passages_fts.rowid"
        among = f"SELECT p.id FROM passages p WHERE {self.condition or 'true'}"
        sql = ["passages_fts MATCH ?", f"+{row} IN ({among})"]
        sql += [each.replace("{id}", row) for each in self.hidden.sets]
        values = [self.ranking, *self.values, *self.hidden.values]
        return f"FROM passages_fts WHERE {' AND '.join(sql)}", values

    def of_passages(self) -> Condition:
        """FROM and WHERE over passages, without the index."""
        sql = [self.condition or "true"]
        sql += [each.replace("{id}", "p.id") for each in self.hidden.sets]
        return f"FROM passages p WHERE {' AND '.join(sql)}", [*self.values, *self.hidden.values]


def plan(
    archive: "Archive",
    query: Query,
    *,
    quick: bool = False,
    by_reading: bool = False,
    weighed: bool = True,
) -> Plan | None:
    """How to put `query` to `archive`; None where it asks for nothing.

    A `quick` plan takes only the commonest words for a beginning (aero*). One `by_reading` goes
    without the index, if that is damaged: it reads every passage (0.02 ms each). One that is not
    `weighed` has nothing counted (of two common words side by side that takes 10 ms).
    """
    if query.root is None:
        return None
    query = names.widened(archive, query)
    compiler = _Compiler(archive, query, quick, by_reading)
    key = ("plan", query.root, query.include_boilerplate, quick, by_reading)
    found: Plan = vocabulary.kept(archive, key, compiler.compile)
    if not weighed:
        return found
    return vocabulary.kept(archive, ("weighed", *key), lambda: compiler.weigh(found))


class _Compiler:
    def __init__(self, archive: "Archive", query: Query, quick: bool, by_reading: bool) -> None:
        self.archive = archive
        self.by_reading = by_reading
        self.quick = quick
        self.query = query
        self._expressions: dict[int, str | None] = {}
        leaves = sum(1 for _ in query.leaves())
        self.most_forms = vocabulary.MOST_FORMS if leaves <= MANY_LEAVES else _FEW_FORMS

    def compile(self) -> Plan:
        root = self.query.root
        assert root is not None
        nodes = together(root)
        textual = [node for node in nodes if self.expression(node) is not None]
        against = [node for node in nodes if isinstance(node, Not) and self.expression(node.node)]
        match = None
        if textual:
            match = self._expression(And((*textual, *against)))
            nodes = tuple(node for node in nodes if node not in textual and node not in against)
        condition, values = self.conditions(nodes) if nodes else ("", [])
        ranking = match or (None if self.by_reading else self._ranking(root))
        least, most = self._bounds(And(tuple(textual))) if textual else (0, math.inf)
        if against:
            least = 0
        hidden = self.hidden()
        return Plan(match, condition, tuple(values), hidden, ranking, least=least, most=most)

    def weigh(self, found: Plan) -> Plan:
        """The plan with its hits counted, and the passages that its condition fits."""
        if found.match is None:
            return found
        hits = _hits(self.archive, found)
        if hits <= FEW_HITS:
            return replace(found, hits=hits, least=hits, most=hits)
        if not found.condition:
            return found
        fits = fitting.of_plan(self.archive, found)
        if fits is None:
            return replace(found, fits=fitting.LARGEST_SET + 1)
        return replace(found, fits=fits.passages, between=fits.between)

    def _bounds(self, node: Node) -> tuple[float, float]:
        """How many hits the index has at least and at most, by its words that are in memory."""
        match node:
            case Words():
                phrases = expansion.phrases(self.archive, node, self.most_forms, quick=self.quick)
                bounds = [vocabulary.bounds(self.archive, *phrase) for phrase in phrases]
                return max(low for low, _ in bounds), sum(high for _, high in bounds)
            case Or(nodes):
                bounds = [self._bounds(each) for each in nodes]
                return max(low for low, _ in bounds), sum(high for _, high in bounds)
            case And(nodes):
                bounds = [self._bounds(each) for each in nodes if not isinstance(each, Not)]
                alone = len(nodes) == 1
                return bounds[0][0] if alone and bounds else 0, min(
                    (high for _, high in bounds), default=0
                )
            case _:
                return 0, math.inf

    def expression(self, node: Node) -> str | None:
        """The FTS5 expression for `node`, None where FTS5 cannot say it."""
        if self.by_reading:
            return None
        if id(node) not in self._expressions:  # the query holds its nodes
            self._expressions[id(node)] = self._expression(node)
        return self._expressions[id(node)]

    def _expression(self, node: Node) -> str | None:
        match node:
            case Words() | Near():
                return expansion.expression(self.archive, node, self.most_forms, quick=self.quick)
            case And(nodes):
                wanted = [child for child in nodes if not isinstance(child, Not)]
                unwanted = [child.node for child in nodes if isinstance(child, Not)]
                return self._without(self._joined(wanted, "AND"), self._joined(unwanted, "OR"),
                                     bool(unwanted))  # fmt: skip
            case Or(nodes):
                return self._joined(nodes, "OR")
            case _:
                return None

    def _without(self, wanted: str | None, unwanted: str | None, any_unwanted: bool) -> str | None:
        if wanted is None or not any_unwanted:
            return wanted
        return f"({wanted} NOT {unwanted})" if unwanted is not None else None

    def _joined(self, nodes: Sequence[Node], word: str) -> str | None:
        parts = [self.expression(node) for node in nodes]
        if not parts or any(part is None for part in parts):
            return None
        return parts[0] if len(parts) == 1 else f"({f' {word} '.join(map(str, parts))})"

    def _ranking(self, root: Node) -> str | None:
        words = [leaf for leaf in self.query.leaves() if isinstance(leaf, Words | Near)]
        return self._joined(words, "OR")

    def conditions(self, nodes: tuple[Node, ...]) -> Condition:
        """SQL about `p` for all of `nodes`; what is asked of figures must hold of one figure."""
        fields = [node for node in nodes if isinstance(node, Field)]
        of_figures = field_conditions.of_one_figure(fields)
        parts: list[Condition] = [of_figures] if of_figures else []
        taken = field_conditions.taken_by_figures(fields)
        parts += [self.condition(node) for node in nodes if node not in taken]
        return " AND ".join(sql for sql, _ in parts), [
            each for _, values in parts for each in values
        ]

    def condition(self, node: Node) -> Condition:
        """SQL about `p` for `node`, never NULL."""
        expression = self.expression(node)
        if expression is not None:
            sql = "p.id IN (SELECT rowid FROM passages_fts WHERE passages_fts MATCH ?)"
            return sql, [expression]
        match node:
            case Words() | Near():
                return f"p.id {IN_JSON}", [json.dumps(self._read(node))]
            case Field():
                return field_conditions.condition(self.archive, node)
            case Not(inner):
                sql, values = self.condition(inner)
                return f"NOT ({sql})", values
            case And(nodes):
                sql, values = self.conditions(nodes)
                return f"({sql})", values
            case Or(nodes):
                parts = [self.condition(child) for child in nodes]
                return (
                    f"({' OR '.join(sql for sql, _ in parts)})",
                    [each for _, values in parts for each in values],
                )

    def _read(self, leaf: Words | Near) -> list[int]:
        find = matching.Matcher(self.archive, Query(leaf)).find
        rows = self.archive.reading().conn.execute("SELECT id, text FROM passages")
        return [passage_id for passage_id, text in rows if find(text)]

    def hidden(self) -> Hidden:
        """Boilerplate, the bin, older texts, and imports under way."""
        found = vocabulary.kept(self.archive, "hidden", lambda: _hidden(self.archive))
        if self.query.asks_for_boilerplate():
            return found
        return Hidden(
            (*found.sets, f"+{{id}} NOT IN ({_BOILERPLATE})"),
            (*found.looked_at, "p.kind <> 'boilerplate'"),
            found.values,
        )


def most_hits(archive: "Archive", plan: Plan) -> float:
    """How many hits the index has at most for a plan, as far as is known without asking it."""
    known = vocabulary.known(archive, ("hits", plan.match))
    return plan.most if known is None else min(plan.most, known)


def remember_hits(archive: "Archive", plan: Plan, hits: int) -> None:
    """Have it known that the index has just so many hits for a plan."""
    vocabulary.keep(archive, ("hits", plan.match), archive.state(), hits)


def _hits(archive: "Archive", plan: Plan) -> int:
    """The hits of the index, up to FEW_HITS and one more."""
    if plan.least > FEW_HITS:
        return FEW_HITS + 1
    known = vocabulary.known(archive, ("hits", plan.match))
    if known is None:
        sql = "SELECT count(*) FROM (SELECT 1 FROM passages_fts WHERE passages_fts MATCH ? LIMIT ?)"
        values = [plan.match, FEW_HITS + 1]
        known = archive.reading().conn.execute(sql, values).fetchone()[0]
        if known <= FEW_HITS:
            remember_hits(archive, plan, known)
    return min(int(known), FEW_HITS + 1)


def hidden_ids(archive: "Archive", query: Query) -> frozenset[int] | None:
    """The ids of the passages that this query must not show; None where they are too many.

    Looking at each hit's row to know costs 0.3 us, and 20 us where the row is not in memory yet.
    """
    with_boilerplate = query.asks_for_boilerplate()

    def ask() -> frozenset[int] | None:
        return _hidden_ids(archive, with_boilerplate)

    return vocabulary.kept(archive, ("hidden ids", with_boilerplate), ask)


def _hidden_ids(archive: "Archive", with_boilerplate: bool) -> frozenset[int] | None:
    connection = archive.reading().conn
    if connection.execute("SELECT 1 FROM imports WHERE completed_at IS NULL").fetchone():
        return None  # its passages grow by the second
    statements = [
        f"SELECT id FROM passages WHERE source_id IN ({_BINNED})",
        f"SELECT id FROM passages WHERE text_id IN ({_OLDER_TEXTS})",
    ]
    if not with_boilerplate:
        statements.append(_BOILERPLATE)
    found: set[int] = set()
    for sql in statements:
        rows = connection.execute(f"{sql} LIMIT ?", [MOST_HIDDEN + 1]).fetchall()
        found.update(each for (each,) in rows)
        if len(found) > MOST_HIDDEN:
            return None
    return frozenset(found)


def _hidden(archive: "Archive") -> Hidden:
    connection = archive.reading().conn
    sets: list[str] = []
    looked_at: list[str] = []
    values: list[Any] = []
    for column, sql in (("source_id", _BINNED), ("text_id", _OLDER_TEXTS)):
        ids = [row[0] for row in connection.execute(sql)]
        if ids:
            sets.append(f"+{{id}} NOT IN (SELECT id FROM passages WHERE {column} {IN_JSON})")
            looked_at.append(f"p.{column} NOT {IN_JSON}")
            values.append(json.dumps(ids))
    for first_source, last_source, first, last in connection.execute(_UNFINISHED):
        if first is not None and last is not None and first <= last:
            sets.append(
                "(+{id} NOT BETWEEN ? AND ? OR (SELECT source_id FROM passages"
                " WHERE id = +{id}) NOT BETWEEN ? AND ?)"
            )
            looked_at.append("(p.id NOT BETWEEN ? AND ? OR p.source_id NOT BETWEEN ? AND ?)")
            values += [first, last, first_source, last_source]
    return Hidden(tuple(sets), tuple(looked_at), tuple(values))


# Said twice for the partial index: SQLite proves an index's WHERE by its words.
_BOILERPLATE = "SELECT id FROM passages WHERE kind = 'boilerplate' AND kind <> 'paragraph'"
_BINNED = "SELECT id FROM sources WHERE deleted_at IS NOT NULL"
_OLDER_TEXTS = """
    SELECT texts.id
      FROM texts
      JOIN sources ON sources.id = texts.source_id
     WHERE texts.version > 0 AND texts.id IS NOT sources.text_id AND sources.text_id IS NOT NULL
"""
# Sources of one import follow each other and so do their passages, so two look-ups are enough
# however large it is; the source's id then tells a correction made meanwhile.
_UNFINISHED = """
    SELECT first_source, last_source,
           (SELECT id FROM passages WHERE source_id >= first_source
             ORDER BY source_id, text_id, ordinal LIMIT 1),
           (SELECT id FROM passages WHERE source_id <= last_source
             ORDER BY source_id DESC, text_id DESC, ordinal DESC LIMIT 1)
      FROM (SELECT min(sources.id) AS first_source, max(sources.id) AS last_source
              FROM imports
              JOIN sources ON sources.import_id = imports.id
             WHERE imports.completed_at IS NULL
             GROUP BY imports.id)
"""
