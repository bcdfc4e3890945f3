"""What a set of found passages holds: rows of a table, figures to judge, matches by source, CSV."""

import json
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from db import field_conditions, search, sources
from db.exchange import tables
from db.query import And, Field, Query, joined, together
from db.records import Hit, KeptFigure, Span

if TYPE_CHECKING:
    from db.archive import Archive
    from db.exchange.tables import Cell

ROWS_AT_ONCE = 500
MOST_IN_A_SOURCE = 5_000

_DESCRIBED = """
    SELECT passages.id, sources.reference_code, sources.creator, passages.page, passages.text
      FROM passages
      JOIN sources ON sources.id = passages.source_id
     WHERE passages.id IN (SELECT value FROM json_each(?))
"""
_FIGURES = """
    SELECT figures.passage_id, figures.id
      FROM figures
     WHERE figures.passage_id IN (SELECT value FROM json_each(?)) AND {}
     ORDER BY figures.passage_id, figures.start
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A found passage as a row of a table: the hit, what is known beside it, its figures."""

    hit: Hit
    reference_code: str | None
    creator: str | None
    page: str | None
    text: str
    figures: tuple[KeptFigure, ...] = ()


def rows(archive: "Archive", ids: Sequence[int], query: Query) -> dict[int, Row]:
    """The rows of passages by id, in the order of `ids`; those gone are left out.

    Figures are those that the query asks for, or all that are not rejected.
    """
    from db import figures

    hits = search.hits(archive, ids, query)
    described = _described(archive, ids)
    pairs = _figures(archive, ids, query)
    kept = figures.rows(archive, [figure_id for _, figure_id in pairs])
    stated: dict[int, list[KeptFigure]] = {}
    for passage_id, figure_id in pairs:
        if figure_id in kept:
            stated.setdefault(passage_id, []).append(kept[figure_id])
    found = {}
    for each, hit in hits.items():
        if each in described:
            code, creator, number, text = described[each]
            found[each] = Row(hit, code, creator, number, text, tuple(stated.get(each, ())))
    return found


def figure_ids(
    archive: "Archive", ids: Sequence[int], query: Query, status: str = "proposed"
) -> list[int]:
    """The figures of a status in these passages (of any, if ""): those the query asks for, or all."""
    found = []
    for part in _parts(ids):
        found += [figure_id for _, figure_id in _figures(archive, part, query, status)]
    return found


def matches_in(archive: "Archive", source_id: int, query: Query) -> tuple[Span, ...]:
    """Where a source's text holds what the query asks for, in order: found passages only."""
    nodes = [*together(query.root), Field("source", str(source_id))]
    whole = Query(joined(And, nodes), (), query.include_boilerplate)
    found = search.find(archive, whole, limit=MOST_IN_A_SOURCE, order="source")
    spans: list[Span] = []
    for part in _parts(found.ids):
        for hit in search.hits(archive, part, query).values():
            if hit.source_id == source_id:
                spans += hit.matches or [Span(hit.start, hit.end)]
    return tuple(sorted(spans, key=lambda span: (span.start, span.end)))


COLUMNS = (
    "source", "reference_code", "creator", "date", "kind", "page", "start", "end", "matches",
    "passage",
)  # fmt: skip


def write_csv(
    archive: "Archive",
    ids: Sequence[int],
    query: Query,
    out: IO[str],
    progress: Callable[[int, int, str], None] = lambda done, of, what: None,
) -> int:
    """The passages as a table, one a row; text columns cannot become formulas. How many there are.

    Those of restricted sources are left out.
    """
    closed = sources.restricted(archive)

    def lines() -> Iterator[Sequence["Cell"]]:
        for at, part in enumerate(_parts(ids)):
            progress(at * ROWS_AT_ONCE, len(ids), "")
            yield from rows_of_text(archive, part, query, closed)

    written = tables.write_lines(out, COLUMNS, lines())
    progress(len(ids), len(ids), "")
    return written


def rows_of_text(
    archive: "Archive", ids: Sequence[int], query: Query, but: Container[int] = ()
) -> Iterator[Sequence["Cell"]]:
    """The cells of COLUMNS for each passage, those of the sources `but` left out."""
    described = _described(archive, ids)
    for each, hit in search.hits(archive, ids, query).items():
        if each not in described or hit.source_id in but:
            continue
        code, creator, number, text = described[each]
        words = "; ".join(
            text[span.start - hit.start : span.end - hit.start] for span in hit.matches
        )
        yield (
            hit.source_title, code, creator, hit.date, hit.kind, number, hit.start, hit.end,
            words, text,
        )  # fmt: skip


def _described(archive: "Archive", ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    rows = archive.reading().conn.execute(_DESCRIBED, [json.dumps(list(ids))])
    return {row[0]: row[1:] for row in rows}


def _figures(
    archive: "Archive", ids: Sequence[int], query: Query, status: str = ""
) -> list[tuple[int, int]]:
    where, values = field_conditions.of_figures(query)
    if status:
        where, values = f"{where} AND status = ?", [*values, status]
    sql = _FIGURES.format(where)
    return archive.reading().conn.execute(sql, [json.dumps(list(ids)), *values]).fetchall()


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for at in range(0, len(ids), ROWS_AT_ONCE):
        yield ids[at : at + ROWS_AT_ONCE]
