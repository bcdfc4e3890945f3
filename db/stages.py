"""A search in stages: something at once, then everything, then the best of it first.

Each stage is one call that ends soon, so that a newer search never waits for an older one.
"""

import heapq
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db import facets, search, statements, vocabulary
from db.query import Query
from db.search import NOTHING, Found, Order

if TYPE_CHECKING:
    from db.archive import Archive

# Up to so many hits are ranked at once (20 to 60 ms); of more, the best so many come first.
RANKED_WHOLE = 20_000
BEST = 1_000
ROWS_A_SLICE = 100_000
HITS_A_SLICE = 50_000  # 60 ms; a rarer word has longer slices, of which each costs a look at all


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best of the rows before `next_row`, as (score, id), best first."""

    best: tuple[tuple[float, int], ...] = ()
    next_row: int = 0
    is_done: bool = False
    state: str = field(default="", compare=False)


def at_once(archive: "Archive", query: Query) -> Found:
    """A first screen in a millisecond or two; all of it, and ranked, where there are few.

    The best come first where they were worked out before.
    """
    if known := vocabulary.known(archive, _key(query)):
        best = array("q", [each for _, each in known.best])
        if best:
            scores = {each: -score for score, each in known.best}
            return Found(best, len(best), False, scores)  # more may answer than words can rank
    return search.first_page(archive, query)


def everything(archive: "Archive", query: Query, order: Order = "relevance") -> Found:
    """All passages that answer; by relevance only where they are not too many for one stage."""
    if order != "relevance":
        return search.find(archive, query, order=order)
    if known := vocabulary.known(archive, _key(query)):
        return first(_everything(archive, query), known)
    found = _everything(archive, query)
    return search.find(archive, query) if found.total <= RANKED_WHOLE else found


def rank_on(archive: "Archive", query: Query, so_far: Ranking) -> Ranking:
    """The best after one more slice of the archive; asked again, a whole ranking is known.

    Scores of a slice are those of the whole, since FTS5 counts a word's passages in the table.
    """
    if known := vocabulary.known(archive, _key(query)):
        return known  # type: ignore[no-any-return]  # what this function kept
    state = so_far.state or archive.state()
    ranking = vocabulary.unless_damaged(
        lambda: _slice(archive, query, so_far, state),
        lambda: Ranking(so_far.best, so_far.next_row, True, state),
    )
    if ranking.is_done:
        vocabulary.keep(archive, _key(query), state, ranking)
    return ranking


def first(found: Found, ranking: Ranking) -> Found:
    """The ranked ones first, then the others in the order they had."""
    import numpy as np

    best = [each for _, each in ranking.best]
    ids = np.array(found.ids, dtype=np.int64)
    others = ids[~np.isin(ids, np.array(best, dtype=np.int64))]
    ordered = array("q", best)
    ordered.frombytes(others.tobytes())
    scores = {each: -score for score, each in ranking.best}
    return Found(ordered, found.total, True, scores, ranking.is_done)


def _everything(archive: "Archive", query: Query) -> Found:
    import numpy as np

    ids = np.sort(facets.ids_of(archive, query))
    found = array("q")
    found.frombytes(ids.astype(np.int64).tobytes())
    return Found(found, len(found), True, {}, False) if len(found) else NOTHING


def _slice(archive: "Archive", query: Query, so_far: Ranking, state: str) -> Ranking:
    plan = statements.plan(archive, query)
    if plan is None or plan.ranking is None:
        return Ranking((), 0, True, state)
    if plan.match is None:
        found = search.find(archive, query, limit=BEST)
        best = tuple((-found.scores[each], each) for each in found.ids if each in found.scores)
        return Ranking(best, 0, True, state)
    connection = archive.reading().conn
    last = connection.execute("SELECT max(id) FROM passages").fetchone()[0] or 0
    after = so_far.next_row + _rows(plan, so_far, last)
    source, values = plan.of_index("passages_fts.rowid BETWEEN ? AND ?")
    sql = f"{search.BEST_FIRST.format(source)} LIMIT ?"
    rows = connection.execute(sql, [values[0], so_far.next_row, after - 1, *values[1:], BEST])
    best = tuple(heapq.merge(so_far.best, rows))[:BEST]
    return Ranking(best, after, after > last, state)


def _rows(plan: statements.Plan, so_far: Ranking, last: int) -> int:
    """How many rows the next slice has: few at first, so that something ranked is there soon."""
    if not so_far.next_row:
        return max(1, ROWS_A_SLICE // 4)
    by_hits = HITS_A_SLICE * last / max(plan.most, 1)
    return max(ROWS_A_SLICE, int(min(by_hits, last)))


def _key(query: Query) -> tuple[object, ...]:
    return ("ranking", query.root, query.include_boilerplate)
