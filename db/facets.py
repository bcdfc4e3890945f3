"""How the passages of a result fall by source, creator, kind, decade, unit: counts to narrow by."""

import datetime
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from db import fitting, query_fields, statements, vocabulary
from db.query import NO_QUOTES, Field, Query

if TYPE_CHECKING:
    import numpy as np

    from db.archive import Archive

    Numbers = np.ndarray[Any, np.dtype[np.int64]]

NAMES = (
    "source", "level", "creator", "language", "kind", "decade", "year", "unit", "status", "tag",
)  # fmt: skip
# A figure "in the twentieth century" says nothing of any decade of it.
_MOST_DECADES = 3
_MOST_YEARS = 3

# The place of each pair (a passage or a source), the code of its value, the values by code.
Pairs = tuple[Any, Any, list[str]]
Facets = dict[str, list[tuple[str, int]]]


def facets(archive: "Archive", found: Query | Sequence[int]) -> Facets:
    """For each of NAMES its values with the number of passages, most first; "source" holds ids.

    Give the query itself where there may be many hits: they then never become Python numbers.
    """
    import numpy as np

    ids = ids_of(archive, found) if isinstance(found, Query) else np.array(found, dtype=np.int64)
    result: Facets = {name: [] for name in NAMES}
    if not len(ids):
        return result
    columns = vocabulary.kept(archive, "facets", lambda: _Columns(archive))
    ids = ids[ids < len(columns.source)]
    is_hit = np.zeros(len(columns.source), dtype=bool)
    is_hit[ids] = True
    by_source = np.bincount(columns.source[ids], minlength=columns.sources)
    present = np.flatnonzero(by_source)
    present = present[np.lexsort((present, -by_source[present]))]
    named = zip(map(str, present.tolist()), by_source[present].tolist(), strict=True)
    result["source"] = [pair for pair in named if pair[0] != "0"]
    for name, pairs in columns.described.items():
        result[name] = _sorted(_counted(pairs, by_source))
    kinds = np.bincount(columns.kind[ids], minlength=len(columns.kinds))
    result["kind"] = _sorted(Counter(dict(zip(columns.kinds, kinds.tolist(), strict=True))))
    for name, pairs in columns.of_figures.items():
        result[name] = _sorted(_counted(pairs, is_hit))
    undated = np.bincount(columns.source[ids[~columns.is_dated[ids]]], minlength=columns.sources)
    result["decade"] = _in_order(
        _counted(columns.dated, is_hit) + _counted(columns.source_decades, undated)
    )
    result["year"] = _in_order(
        _counted(columns.dated_years, is_hit) + _counted(columns.source_years, undated)
    )
    return result


def titles(archive: "Archive", source_ids: Iterable[int]) -> dict[int, str]:
    """The titles of sources, for the facet that holds their ids."""
    sql = "SELECT id, title FROM sources WHERE id IN (SELECT value FROM json_each(?))"
    return dict(archive.reading().conn.execute(sql, [json.dumps(list(source_ids))]).fetchall())


def ids_of(archive: "Archive", query: Query) -> "Numbers":
    """The ids of all passages that answer, in no order."""
    return vocabulary.unless_damaged(
        lambda: _ids(archive, statements.plan(archive, query)),
        lambda: _ids(archive, statements.plan(archive, query, by_reading=True)),
    )


def narrowing(name: str, value: str) -> Field:
    """The field that leaves only passages with this value of a facet, as a query's text has it."""
    if name == "decade":
        first = _first(value)
        return Field("year", f"{first}..{first + 9}")
    return Field(name, query_fields.canonical(name, value.translate(NO_QUOTES)) or value)


def _ids(archive: "Archive", plan: "statements.Plan | None") -> "Numbers":
    """All hits, in no order; one string of them is three times as fast as rows (0.12 us a hit)."""
    import numpy as np

    if plan is None:
        return np.empty(0, dtype=np.int64)
    source, values = plan.of_index() if plan.match is not None else plan.of_passages()
    row = "passages_fts.rowid" if plan.match is not None else "p.id"
    sql = f"SELECT group_concat({row}) {source}"
    text = archive.reading().conn.execute(sql, values).fetchone()[0]
    return np.fromstring(text or "", dtype=np.int64, sep=",")


class _Columns:
    """What is counted by, as arrays over passage ids; made once for each state of the archive."""

    def __init__(self, archive: "Archive") -> None:
        import numpy as np

        connection = archive.reading().conn
        last = connection.execute("SELECT max(id) FROM passages").fetchone()[0] or 0
        self.source = np.zeros(last + 1, dtype=np.int64)
        scattered = []
        for source_id, run in fitting.runs_of_sources(archive).items():
            if run is not None:
                self.source[run[0] : run[1] + 1] = source_id
            else:
                scattered.append(source_id)
        for source_id in scattered:
            sql = "SELECT id FROM passages WHERE source_id = ?"
            self.source[[row[0] for row in connection.execute(sql, [source_id])]] = source_id
        self.kinds = ["paragraph"]
        self.kind = np.zeros(last + 1, dtype=np.int64)
        sql = "SELECT kind, id FROM passages WHERE kind <> 'paragraph' ORDER BY kind"
        by_kind: dict[str, list[int]] = defaultdict(list)
        for kind, each in connection.execute(sql):
            by_kind[kind].append(each)
        for kind, ids in by_kind.items():
            self.kind[ids] = len(self.kinds)
            self.kinds.append(kind)
        sql = "SELECT id, level, creator, language, earliest, latest FROM sources"
        sources = connection.execute(sql).fetchall()
        self.sources = max((row[0] for row in sources), default=0) + 1
        self.described = {
            name: _pairs((row[0], row[place]) for row in sources if row[place])
            for place, name in enumerate(("level", "creator", "language"), 1)
        }
        self.source_decades = _pairs(
            (row[0], f"{decade}s") for row in sources for decade in _between(row[4], row[5])
        )
        self.source_years = _pairs(
            (row[0], str(year)) for row in sources for year in _years(row[4], row[5])
        )
        self.of_figures = {
            "unit": _pairs(connection.execute(_UNITS)),
            "status": _pairs(connection.execute(_STATUSES)),
            "tag": _pairs(connection.execute(_TAGS)),
        }
        # A passage that names no date is of its source's date, whatever its figures inherit: where
        # it has figures its dates are put together here, so that it counts once for each.
        names_a_date = np.zeros(last + 1, dtype=bool)
        sql = "SELECT DISTINCT passage_id FROM periods"
        names_a_date[[row[0] for row in connection.execute(sql)]] = True
        days = {row[0]: (row[4], row[5]) for row in sources}
        decades: dict[tuple[int, str], None] = {}
        years: dict[tuple[int, str], None] = {}
        self.is_dated = names_a_date.copy()
        for passage_id, *span in connection.execute(_DATED):
            spans = [span]
            if not names_a_date[passage_id]:
                self.is_dated[passage_id] = True
                spans.append(days.get(int(self.source[passage_id]), (None, None)))
            for earliest, latest in spans:
                for decade in _between(earliest, latest):
                    decades[passage_id, f"{decade}s"] = None
                for year in _years(earliest, latest):
                    years[passage_id, str(year)] = None
        self.dated, self.dated_years = _pairs(decades), _pairs(years)


_UNITS = """
    SELECT DISTINCT passage_id, unit FROM figures WHERE unit IS NOT NULL AND status <> 'rejected'
"""
# Whatever lies below a tag has it too: of a span, of a figure, of the whole source.
_TAGS = """
    WITH RECURSIVE above (tag_id, id) AS (
        SELECT id, id FROM tags
        UNION
        SELECT above.tag_id, tags.parent_id FROM above JOIN tags ON tags.id = above.id
         WHERE tags.parent_id IS NOT NULL
    ),
    tagged (passage_id, tag_id) AS (
        SELECT passages.id, taggings.tag_id
          FROM taggings
          JOIN annotations ON annotations.id = taggings.annotation_id
          JOIN passages ON passages.source_id = annotations.source_id
           AND passages.text_id = annotations.text_id
           AND passages.start < max(annotations."end", annotations.start + 1)
           AND passages."end" > annotations.start
         WHERE annotations.deleted_at IS NULL
        UNION
        SELECT passages.id, taggings.tag_id
          FROM taggings JOIN passages ON passages.source_id = taggings.source_id
        UNION
        SELECT figures.passage_id, taggings.tag_id
          FROM taggings JOIN figures ON figures.id = taggings.figure_id
    )
    SELECT DISTINCT tagged.passage_id, tags.name
      FROM tagged
      JOIN above ON above.tag_id = tagged.tag_id
      JOIN tags ON tags.id = above.id
"""
_STATUSES = "SELECT DISTINCT passage_id, status FROM figures"
_DATED = """
    SELECT passage_id, earliest, latest FROM periods
     WHERE earliest IS NOT NULL AND latest IS NOT NULL
    UNION
    SELECT passage_id, earliest, latest FROM figures
     WHERE earliest IS NOT NULL AND latest IS NOT NULL AND status <> 'rejected'
"""


def _counted(pairs: Pairs, weights: Any) -> Counter[str]:
    """How much of `weights` (by the first of each pair) falls on each value."""
    import numpy as np

    places, codes, names = pairs
    counts = np.bincount(codes, weights=weights[places], minlength=len(names))
    return Counter(dict(zip(names, counts.astype(np.int64).tolist(), strict=True)))


def _pairs(rows: Iterable[tuple[int, str]]) -> Pairs:
    import numpy as np

    codes: dict[str, int] = {}
    pairs = [(passage_id, codes.setdefault(value, len(codes))) for passage_id, value in rows]
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1], list(codes)


def _years(earliest: int | None, latest: int | None) -> range:
    """The years that a span of days touches; none where it is open or too long to mean one."""
    if earliest is None or latest is None or not 1 <= earliest <= latest:
        return range(0)
    if latest - earliest > 366 * _MOST_YEARS or latest > datetime.date.max.toordinal():
        return range(0)
    first, last = map(datetime.date.fromordinal, (earliest, latest))
    return range(first.year, last.year + 1 if last.year - first.year < _MOST_YEARS else first.year)


def _between(earliest: int | None, latest: int | None) -> list[int]:
    """The decades that a span of days touches; none where it is open or too long to mean one."""
    if earliest is None or latest is None or not 1 <= earliest <= latest:
        return []
    if latest > datetime.date.max.toordinal():
        return []
    first = datetime.date.fromordinal(earliest).year // 10 * 10
    last = datetime.date.fromordinal(latest).year // 10 * 10
    decades = list(range(first, last + 1, 10))
    return decades if len(decades) <= _MOST_DECADES else []


def _in_order(counted: Counter[str]) -> list[tuple[str, int]]:
    """Decades or years as they follow each other."""
    return sorted((pair for pair in counted.items() if pair[1]), key=lambda pair: _first(pair[0]))


def _first(span: str) -> int:
    return int(span.removesuffix("s"))


def _sorted(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(
        (pair for pair in counted.items() if pair[1]), key=lambda pair: (-pair[1], pair[0])
    )
