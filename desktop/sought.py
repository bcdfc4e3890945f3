"""What the window asks of a search, stage by stage, as plain functions for jobs.

As in desktop/asked.py, db is imported when first asked, and nothing here may know a widget.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeVar

from db.records import FigureStatus, Hit, Span
from desktop import query_text
from desktop.jobs import Progress, Work

if TYPE_CHECKING:
    from pathlib import Path

    from db.archive import Archive
    from db.citing import Cited
    from db.contexts import Context, Sort
    from db.found_set import Row
    from db.query import Query
    from db.saved_searches import News, SavedSearch
    from db.search import Found, Order
    from db.stages import Ranking
    from db.suggestions import Suggestion

Result = TypeVar("Result")
Stage = Literal["first", "all", "ranking", "done"]

MOST_VALUES = 200
MOST_CONTEXTS = 2_000
CONTEXTS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search has found so far: `ids` of `total`, and how far it has come.

    `exact` is false while counting has only begun, `is_ranked` while the best do not come first.
    """

    text: str
    query: "Query"
    order: "Order"
    ids: Sequence[int]
    total: int
    exact: bool
    is_ranked: bool
    stage: Stage
    understood: str = ""
    scores: "dict[int, float]" = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet: what narrows by it, how it is called, in how many passages it is."""

    value: str
    name: str
    passages: int


Facets = dict[str, tuple[Value, ...]]


# -- the stages -----------------------------------------------------------------------------------


def first(archive: "Archive", text: str, order: "Order") -> Answer:
    """What can be shown at once."""
    from db import names, search, stages

    query = search.Query.parse(text)
    understood = names.widened(archive, query).understood
    found = stages.at_once(archive, query)
    is_whole = found.exact and len(found.ids) == found.total
    in_order = found.is_ranked and order == "relevance"
    done = is_whole and (in_order or not found.total)
    return _answer(text, query, order, found, "done" if done else "first", understood)


def everything(archive: "Archive", before: Answer) -> Answer:
    """All that answer, in their order where that takes no second stage."""
    from db import stages

    found = stages.everything(archive, before.query, before.order)
    done = before.order != "relevance" or found.is_ranked
    return _next(before, found, "done" if done else "all")


def rank(archive: "Archive", before: Answer, so_far: "Ranking | None") -> "tuple[Answer, Ranking]":
    """One slice of the archive more is ranked."""
    from db import stages
    from db.search import Found

    ranking = stages.rank_on(archive, before.query, so_far or stages.Ranking())
    found = stages.first(Found(before.ids, before.total), ranking)
    found = replace(found, is_ranked=ranking.is_done and bool(ranking.best))
    stage: Stage = "done" if ranking.is_done else "ranking"
    return _next(before, found, stage), ranking


def all_at_last(archive: "Archive", text: str, order: "Order") -> Answer:
    """All stages in one, for a search whose answer is on screen already."""
    answer = first(archive, text, order)
    if answer.stage == "first":
        answer = everything(archive, answer)
    ranking: Ranking | None = None
    while answer.stage != "done":
        answer, ranking = rank(archive, answer, ranking)
    return answer


def _next(before: Answer, found: "Found", stage: Stage) -> Answer:
    return _answer(before.text, before.query, before.order, found, stage, before.understood)


def _answer(
    text: str, query: "Query", order: "Order", found: "Found", stage: Stage, understood: str
) -> Answer:
    return Answer(
        text, query, order, found.ids, found.total, found.exact, found.is_ranked, stage,
        understood, dict(found.scores),
    )  # fmt: skip


def offers(archive: "Archive", query: "Query") -> "list[Suggestion]":
    """Queries near one that finds nothing, with how many passages each finds."""
    from db import search

    return search.suggest(archive, query)


# -- what is shown of what was found --------------------------------------------------------------


def hits(archive: "Archive", ids: Sequence[int], answer: Answer | None) -> dict[int, Hit]:
    from db import search

    return search.hits(archive, ids, answer.query, answer.scores) if answer else {}


def rows(archive: "Archive", ids: Sequence[int], answer: Answer | None) -> "dict[int, Row]":
    from db import found_set

    return found_set.rows(archive, ids, answer.query) if answer else {}


def contexts(
    archive: "Archive", ids: Sequence[int], query: "Query", sort: "Sort", depth: int
) -> "list[Context]":
    """The matches of the first MOST_CONTEXTS passages, each on a line, in the order asked for."""
    from db import contexts as db_contexts

    found = []
    # In parts: only a statement can be interrupted.
    for at in range(0, min(len(ids), MOST_CONTEXTS), CONTEXTS_AT_ONCE):
        part = ids[at : min(at + CONTEXTS_AT_ONCE, MOST_CONTEXTS)]
        found += db_contexts.contexts(archive, part, query)
    return db_contexts.ordered(found, sort, depth)


def facets(archive: "Archive", query: "Query") -> Facets:
    """The values that narrow, with their names and counts."""
    from db import facets as db_facets

    counted = db_facets.facets(archive, query)
    titles = db_facets.titles(archive, [int(each) for each, _ in counted["source"][:MOST_VALUES]])
    found = {}
    for name, values in counted.items():
        # Years are drawn, and every one of them counts; of the others the first are enough.
        most = len(values) if name in ("year", "decade") else MOST_VALUES
        found[name] = tuple(
            Value(value, titles.get(int(value), value) if name == "source" else value, count)
            for value, count in values[:most]
        )
    return found


def matches_in(archive: "Archive", source_id: int, query: "Query") -> tuple[Span, ...]:
    from db import found_set

    return found_set.matches_in(archive, source_id, query)


def completions(archive: "Archive", text: str) -> list[tuple[str, str]]:
    """What the word being typed may become, and the whole line with it."""
    from db import search

    head, word = query_text.split_last_word(text)
    if not word:
        return []
    return [(each, head + each + " ") for each in search.complete(archive, word)]


def load_words(archive: "Archive") -> None:
    """Have the archive's words, and where its sources stand, in memory: then answers are at once."""
    from db import fitting, vocabulary

    vocabulary.load(archive)
    fitting.runs_of_sources(archive)


# -- saved searches -------------------------------------------------------------------------------


def saved_searches(archive: "Archive") -> "list[SavedSearch]":
    import db.saved_searches

    return db.saved_searches.all(archive)


def news(archive: "Archive", saved: "Sequence[SavedSearch]") -> "dict[int, News]":
    """What is new in each saved search."""
    import db.saved_searches

    return {each.id: db.saved_searches.news(archive, each) for each in saved}


def keep_search(archive: "Archive", name: str, text: str, order: "Order") -> int:
    import db.saved_searches

    return db.saved_searches.keep(archive, name, text, order)


def change_search(archive: "Archive", search_id: int, text: str, order: "Order") -> None:
    import db.saved_searches

    db.saved_searches.change(archive, search_id, text, order)


def rename_search(archive: "Archive", search_id: int, name: str) -> None:
    import db.saved_searches

    db.saved_searches.rename(archive, search_id, name)


def remove_searches(archive: "Archive", ids: Sequence[int]) -> None:
    import db.saved_searches

    db.saved_searches.remove(archive, ids)


def look_at_search(archive: "Archive", search_id: int) -> None:
    import db.saved_searches

    db.saved_searches.look(archive, search_id)


# -- many at once ---------------------------------------------------------------------------------


def at_length(archive: "Archive", _progress: Progress, work: Work[Result]) -> Result:
    """Quick work as long work: for when there is much of it, and a person may want to stop it."""
    return work(archive)


def figures_in(archive: "Archive", ids: Sequence[int], query: "Query") -> list[int]:
    """The figures in passages that were found, whatever was decided on them."""
    import db.found_set

    return db.found_set.figure_ids(archive, ids, query, "")


def undecided(archive: "Archive", ids: Sequence[int], query: "Query") -> list[int]:
    """The figures in these passages that wait for a decision."""
    from db import found_set

    return found_set.figure_ids(archive, ids, query)


def decide_in(archive: "Archive", ids: Sequence[int], query: "Query", status: FigureStatus) -> int:
    """Decide on all figures in these passages that wait; one undo. How many there were."""
    import db.figures
    from db import found_set

    found = found_set.figure_ids(archive, ids, query)
    return db.figures.decide(archive, found, status).changed if found else 0


def note_passages(archive: "Archive", ids: Sequence[int], body: str) -> int:
    """Put one note on each of these passages; one undo. How many there are."""
    import db.annotations

    targets = db.annotations.passage_targets(archive, ids)
    return len(db.annotations.add_many(archive, "note", targets, body=body)) if targets else 0


def evidence_rows(
    archive: "Archive", ids: Sequence[int], query: "Query", style: str
) -> "list[tuple[Row, Cited]]":
    """Passages with the references to them in a style, those of restricted sources left out."""
    import db.sources
    from db import citing, found_set

    closed = db.sources.restricted(archive)
    return [
        (row, citing.cite(archive, row.hit.source_id, Span(row.hit.start, row.hit.end), style))
        for row in found_set.rows(archive, ids, query).values()
        if row.hit.source_id not in closed
    ]


def export(
    archive: "Archive", progress: Progress, ids: Sequence[int], query: "Query", path: "Path"
) -> int:
    """The found passages as a CSV file at `path`; where it fails, what was there stays."""
    from db import found_set

    beside = path.with_name(f".{path.name}.part")
    try:
        # With a mark in front that tells spreadsheets the encoding.
        with beside.open("w", encoding="utf-8-sig", newline="") as file:
            written = found_set.write_csv(archive, ids, query, file, progress)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return written
