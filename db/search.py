"""Searching an archive: a query in, ids of passages out, best first; what to show of them."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from db import expansion, field_conditions, fitting, statements, vocabulary
from db.contexts import Context, contexts
from db.facets import facets, narrowing
from db.query import Query, Words
from db.snippets import hits
from db.statements import Plan
from db.suggestions import Suggestion, complete, suggest

if TYPE_CHECKING:
    from db.archive import Archive

__all__ = [
    "Context", "Found", "Query", "Suggestion", "complete", "contexts", "count", "facets", "find",
    "first_page", "hits", "narrowing", "suggest",
]  # fmt: skip

Order = Literal["relevance", "source", "date", "newest", "value"]

PAGE = 50
RANKED_AT_ONCE = 500  # ranking takes 2-4 us a hit that is not in memory yet
SCORES_KEPT = 10_000

# By bm25() SQLite's top-N sorter is 1.5-2.2 times as fast as ORDER BY rank.
BEST_FIRST = """
    SELECT bm25(passages_fts) AS score, passages_fts.rowid {}
     ORDER BY score, passages_fts.rowid
"""

_ORDERS = {
    "source": "p.source_id, p.ordinal, p.id",
    "date": "sources.earliest IS NULL, sources.earliest, p.source_id, p.ordinal, p.id",
    "newest": "sources.latest IS NULL, sources.latest DESC, p.source_id, p.ordinal, p.id",
    "value": "stated IS NULL, stated DESC, p.source_id, p.ordinal, p.id",
}
# The largest of the figures asked for that a passage states.
_STATED = """
    (SELECT max(coalesce(max(value, value_high), value)) FROM figures
      WHERE figures.passage_id = p.id AND {}) AS stated
"""


@dataclass(frozen=True, slots=True)
class Found:
    """Passages that answer a query: `ids` best first, of `total` in all.

    `exact` is false where counting stopped at `total`. `scores` are those of ids that words rank,
    higher is better. `is_ranked` is false while ids stand in the archive's order only.
    """

    ids: Sequence[int]
    total: int
    exact: bool = True
    scores: Mapping[int, float] = field(default_factory=dict, compare=False)
    is_ranked: bool = True


NOTHING = Found((), 0)


def find(
    archive: "Archive", query: Query, *, limit: int | None = None, order: Order = "relevance"
) -> Found:
    """The passages that answer `query`, at most `limit` of them, all of them counted.

    Where the index is damaged every passage is read instead, here and in all that follows.
    """
    return vocabulary.unless_damaged(
        lambda: _planned(archive, query, statements.plan(archive, query), limit, order),
        lambda: _planned(
            archive, query, statements.plan(archive, query, by_reading=True), limit, order
        ),
    )


def first_page(archive: "Archive", query: Query, rows: int = PAGE) -> Found:
    """The first `rows` that answer `query`, and whether there are more: at once.

    Where they are few it has them all, best first; else they stand in the archive's order, and
    what `find` or a ranking (db/stages.py) gives later has the best of all. Of a beginning with
    many words (lo*) they hold the commonest of them, and the count is not exact.
    """
    with archive.in_one_state():
        return vocabulary.unless_damaged(
            lambda: _first_page(archive, query, rows), lambda: find(archive, query, limit=rows)
        )


def _first_page(archive: "Archive", query: Query, rows: int) -> Found:
    quick, complete = _of_beginnings(archive, query)
    plan = statements.plan(archive, query, quick=quick, weighed=False)
    if plan is not None and plan.condition:
        plan = statements.plan(archive, query, quick=quick)
    if plan is None:
        return NOTHING
    is_asked_whole = complete and plan.match is not None
    if is_asked_whole and statements.most_hits(archive, plan) <= RANKED_AT_ONCE:
        return _few_by_relevance(archive, query, plan)
    some, is_all, seen = _some(archive, query, plan, rows + 1)
    if is_all and is_asked_whole and not plan.condition and seen <= RANKED_AT_ONCE:
        if seen:
            statements.remember_hits(archive, plan, seen)
        return _few_by_relevance(archive, query, plan)
    ids = array("q", some[:rows])
    return Found(ids, len(ids), is_all and complete, is_ranked=False)


def _some(archive: "Archive", query: Query, plan: Plan, most: int) -> tuple[list[int], bool, int]:
    """Up to `most` ids in the archive's order, whether these are all, how many hits were seen.

    The index's hits are sifted by ids kept in memory: reading the row of each is dear.
    """
    connection = archive.reading().conn
    hidden = statements.hidden_ids(archive, query)
    fits = None
    if plan.match is not None and hidden is not None and plan.condition:
        few = plan.has_few_hits  # then their passages are looked at
        fits = None if few else fitting.of_plan(archive, plan)
    if plan.match is None or hidden is None or (plan.condition and fits is None):
        in_index = plan.match is not None
        source, values = plan.of_index(few=True) if in_index else plan.of_passages()
        row, order = ("passages_fts.rowid", "") if in_index else ("p.id", " ORDER BY p.id")
        sql = f"SELECT {row} {source}{order} LIMIT ?"
        found = [each for (each,) in connection.execute(sql, [*values, most])]
        return found, len(found) < most, 0
    sql, values = "SELECT rowid FROM passages_fts WHERE passages_fts MATCH ?", [plan.match]
    ids = None
    if fits is not None and fitting.goes_by_runs(archive, plan, fits, most):
        sql, values = _IN_RUNS, [fits.runs_as_json, plan.match]
    elif fits is not None:
        ids = fits.ids
        if fits.between is None:  # none at all
            return [], True, 0
        sql += f" AND rowid BETWEEN {fits.between[0]} AND {fits.between[1]}"  # FTS5 goes there
    cursor = connection.execute(sql, values)
    found, seen = [], 0
    while read := cursor.fetchmany(most):
        seen += len(read)
        if ids is None:
            found += [each for (each,) in read if each not in hidden]
        else:
            found += [each for (each,) in read if each in ids and each not in hidden]
        if len(found) >= most:
            return found[:most], False, seen
    return found, True, seen


# Among passages that stand together: FTS5 goes straight to each run of them.
_IN_RUNS = """
    SELECT passages_fts.rowid
      FROM json_each(?) runs
     CROSS JOIN passages_fts
     WHERE passages_fts MATCH ?
       AND passages_fts.rowid BETWEEN json_extract(runs.value, '$[0]')
                                  AND json_extract(runs.value, '$[1]')
"""


def count(archive: "Archive", query: Query) -> int:
    """How many passages answer `query`."""

    def by_index() -> int:
        plan = statements.plan(archive, query)
        if plan is None:
            return 0
        source, values = plan.of_index() if plan.match is not None else plan.of_passages()
        row = archive.reading().conn.execute(f"SELECT count(*) {source}", values).fetchone()
        return int(row[0])

    return vocabulary.unless_damaged(by_index, lambda: find(archive, query).total)


def _of_beginnings(archive: "Archive", query: Query) -> tuple[bool, bool]:
    """Whether the commonest words may stand for the query's beginnings, and whether all are there.

    Not where anything is left out by a NOT: fewer words there would be more hits.
    """
    beginnings = [
        leaf.tokens[0]
        for leaf in query.leaves()
        if isinstance(leaf, Words) and leaf.form == "prefix" and len(leaf.tokens) == 1
    ]
    if not beginnings or query.leaves_out():
        return False, True
    most = expansion.QUICK_COMPLETIONS
    are_few = (len(vocabulary.completions(archive, each, most + 1)) <= most for each in beginnings)
    return True, vocabulary.is_up_to_date(archive) and all(are_few)


def _planned(
    archive: "Archive", query: Query, plan: Plan | None, limit: int | None, order: Order
) -> Found:
    if plan is None:
        return NOTHING
    if order != "relevance":
        return _ordered(archive, query, plan, order, limit)
    if plan.match is not None:
        return _by_relevance(archive, plan, limit)
    return _by_relevance_where_words_rank(archive, plan, limit)


def _by_relevance(archive: "Archive", plan: Plan, limit: int | None) -> Found:
    source, values = fitting.sifted(archive, plan).of_index()
    sql = f"{BEST_FIRST.format(source)} LIMIT ?"
    connection = archive.reading().conn
    rows = connection.execute(sql, [*values, -1 if limit is None else limit]).fetchall()
    total = len(rows)
    if limit is not None and total >= limit:
        total = connection.execute(f"SELECT count(*) {source}", values).fetchone()[0]
    return _found(rows, total)


def _few_by_relevance(archive: "Archive", query: Query, plan: Plan) -> Found:
    """As `_by_relevance` for few hits in all: none of their rows is looked at."""
    hidden = None if plan.condition else statements.hidden_ids(archive, query)
    if hidden is None:
        return _by_relevance(archive, plan, None)
    sql = BEST_FIRST.format("FROM passages_fts WHERE passages_fts MATCH ?")
    hits = archive.reading().conn.execute(sql, [plan.match])
    rows = [hit for hit in hits if hit[1] not in hidden]
    return _found(rows, len(rows))


def _by_relevance_where_words_rank(archive: "Archive", plan: Plan, limit: int | None) -> Found:
    """Hits that the index alone cannot tell: those its words rank first, then the others by id."""
    connection = archive.reading().conn
    source, values = plan.of_passages()
    everything = [row[0] for row in connection.execute(f"SELECT p.id {source}", values)]
    everything.sort()
    best: list[tuple[float, int]] = []
    if plan.ranking is not None:
        source, values = plan.of_ranking()
        best = connection.execute(BEST_FIRST.format(source), values).fetchall()
    seen = {each for _, each in best}
    ids = [each for _, each in best] + [each for each in everything if each not in seen]
    scores = {each: -score for score, each in best[:limit]}
    return Found(array("q", ids[:limit]), len(ids), scores=scores)


def _ordered(
    archive: "Archive", query: Query, plan: Plan, order: Order, limit: int | None
) -> Found:
    if plan.match is not None:
        source, values = plan.of_index()
        among = f"SELECT passages_fts.rowid {source}"
    else:
        source, values = plan.of_passages()
        among = f"SELECT p.id {source}"
    stated = ""
    if order == "value":
        of_figure, more = field_conditions.of_figures(query)
        stated, values = f", {_STATED.format(of_figure)}", [*more, *values]
    sql = f"""
        SELECT p.id{stated}
          FROM passages p
          JOIN sources ON sources.id = p.source_id
         WHERE p.id IN ({among})
         ORDER BY {_ORDERS[order]}
    """
    ids = array("q", (row[0] for row in archive.reading().conn.execute(sql, values)))
    return Found(ids[:limit], len(ids))


def _found(rows: list[tuple[float, int]], total: int) -> Found:
    ids = array("q", (each for _, each in rows))
    return Found(ids, total, scores={each: -score for score, each in rows[:SCORES_KEPT]})
