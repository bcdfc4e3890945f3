"""Measures searching against SQL written plainly: python -m tests.benchmarks.search --passages N.

Run by hand; nothing here has a threshold. Where both sides answer the same question, the answers
are checked to be the same before a ratio is printed. The archive is made (seeded) where it is
missing, and kept where --archive says so.
"""

import argparse
import re
import resource
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database

from db import fitting, search, stages, vocabulary
from db.archive import Archive
from db.query import Query
from tests.benchmarks import passages
from tests.benchmarks.pairs import cpu, geometric_mean, pair

# What sqlite-utils' table.search(words, limit=50) sends, word for word, and fetches as dicts.
PLAIN = """
    with original as (select rowid, * from [passages] {where})
    select [original].* from [original]
      join [passages_fts] on [original].rowid = [passages_fts].rowid
     where [passages_fts] match :query order by [passages_fts].rank limit 50
"""
NAIVE_FILTER = """
    SELECT passages_fts.rowid FROM passages_fts
     WHERE passages_fts MATCH ? AND passages_fts.rowid IN (
         SELECT id FROM passages WHERE source_id IN (SELECT id FROM sources WHERE date = ?))
     ORDER BY rank LIMIT 50
"""
BY_YEAR = """
    SELECT sources.date, count(*) FROM passages_fts
      JOIN passages ON passages.id = passages_fts.rowid
      JOIN sources ON sources.id = passages.source_id
     WHERE passages_fts MATCH ? GROUP BY sources.date
"""
BY_SOURCE = """
    SELECT passages.source_id, count(*) FROM passages_fts
      JOIN passages ON passages.id = passages_fts.rowid
     WHERE passages_fts MATCH ? GROUP BY passages.source_id
"""
YEAR = "1944"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--only", default="", help="pages, ranking, filters ...: one part alone")
    parser.add_argument("--archive", type=Path, help="where it is kept; else a temporary file")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.archive or Path(folder) / "measured.muniment"
        if path.exists():
            archive = Archive.open(path, adopt=True)
        else:
            seconds, archive = cpu(lambda: passages.build(path, chosen.passages))
            print(f"made {chosen.passages:,} passages in {seconds:.1f} CPU s")
        with archive:
            measure(archive, chosen.passages, chosen.only)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory {most:.0f} MB")


def measure(archive: Archive, size: int, only: str) -> None:
    """Print every comparison for one archive, or the one named `only`."""
    connection = archive.reading().conn
    print(f"SQLite {connection.execute('SELECT sqlite_version()').fetchone()[0]}")
    seconds, _ = cpu(lambda: (vocabulary.load(archive), fitting.runs_of_sources(archive)))
    print(
        f"{len(vocabulary.everything(archive)[0]):,} words, and where the sources stand, in memory"
        f" in {seconds:.2f} s"
    )
    words = words_by_frequency(archive, size)
    for part in (pages, ranking, filters, facets, typing, scans, peers):
        if only in ("", part.__name__):
            part(archive, words)


def words_by_frequency(archive: Archive, size: int) -> dict[str, list[str]]:
    """Words that stand in about these shares of all passages."""
    terms, counts = vocabulary.everything(archive)
    alphabetic = [at for at, term in enumerate(terms) if term.isalpha() and len(term) > 2]

    def near(share: float, many: int) -> list[str]:
        wanted = max(2, share * size)
        chosen = sorted(alphabetic, key=lambda at: (abs(counts[at] - wanted), terms[at]))
        return [terms[at] for at in chosen[:many]]

    return {"stop": near(0.6, 4), "common": near(0.1, 8), "mid": near(0.017, 8),
            "low": near(0.0006, 6), "rare": near(0.000015, 4)}  # fmt: skip


def queries(words: dict[str, list[str]]) -> list[tuple[str, str, str, str]]:
    """Forty of them: kind, ours, the same for plain FTS5, and its filter."""
    found = [(kind, word, word, "") for kind, some in words.items() for word in some[:6]]
    common, mid, stop = words["common"], words["mid"], words["stop"]
    pairs = [*zip(common[:2], mid, strict=False), (stop[0], common[0])]
    found += [("two words", f"{a} {b}", f"{a} {b}", "") for a, b in pairs]
    pairs = [(stop[0], common[1]), (common[2], common[3]), (stop[1], stop[2])]
    found += [("phrase", f'"{a} {b}"', f'"{a} {b}"', "") for a, b in pairs]
    for word, size in ((common[0], 2), (mid[0], 3), (mid[1], 4), (stop[2], 2)):
        found.append(("prefix", f"{word[:size]}*", f"{word[:size]}*", ""))
    of_year = f"where source_id in (select id from sources where date = '{YEAR}')"
    for word in (common[4], mid[4], stop[1]):
        found.append(("year", f"{word} date:{YEAR}", word, of_year))
        found.append(("source", f"{word} source:7", word, "where source_id = 7"))
    return found[:40]


def plain_connection(archive: Archive) -> Database:
    """A connection of the baseline's own: SQLite puts off its tidying up to the next statement."""
    return Database(sqlite3.connect(f"{archive.path.resolve().as_uri()}?mode=ro", uri=True))


def pages(archive: Archive, words: dict[str, list[str]]) -> None:
    """Goal 1: fifty rows with snippets and a count, against sqlite-utils' search.

    Every time as if asked for the first time; then as it is asked again, by a person who goes back.
    """
    print("\nfirst useful page            sqlite-utils search()        ours        ratio")
    database = plain_connection(archive)
    ratios, again, worst, worst_cold = [], [], 0.0, 0.0
    by_kind: dict[str, list[float]] = {}
    for kind, text, plain, where in queries(words):
        query = Query.parse(text)

        def theirs(plain: str = plain, where: str = where) -> object:
            return list(database.query(PLAIN.format(where=where), {"query": plain}))

        def ours(query: Query = query) -> object:
            page = search.first_page(archive, query)
            return search.hits(archive, page.ids[: search.PAGE], query, {})

        def ours_anew(query: Query = query) -> object:
            forget(archive)
            return ours(query)

        cold, _ = cpu(ours_anew)
        name = f"{kind}: {text} (cold {cold * 1e3:.1f})"
        slow = cpu(theirs)[0] > 0.05 if not where else True
        rounds = (1 if where else 3) if slow else 9  # a millisecond is easily disturbed
        _, after, ratio = pair(name, theirs, ours_anew, rounds)
        ratios.append(ratio)
        by_kind.setdefault(_KINDS.get(kind, kind), []).append(ratio)
        again.append(pair("  asked again", theirs, ours, rounds)[2])
        worst, worst_cold = max(worst, after), max(worst_cold, cold)
    print(f"{len(ratios)} queries: geometric mean {geometric_mean(ratios):.1f} x,"
          f" slowest {worst * 1e3:.1f} ms, with nothing in memory {worst_cold * 1e3:.1f} ms;"
          f" asked again {geometric_mean(again):.1f} x")  # fmt: skip
    means = {kind: geometric_mean(some) for kind, some in by_kind.items()}
    print(f"each kind weighed alike: {geometric_mean(list(means.values())):.1f} x ("
          + ", ".join(f"{kind} {mean:.1f}" for kind, mean in means.items()) + ")")  # fmt: skip


# The kinds that the goal names.
_KINDS = {"low": "rare", "year": "filter", "source": "filter"}
# What is kept of a query, or of a filter, once it was asked; the rest is known of the archive.
OF_A_QUERY = frozenset({"plan", "weighed", "hits", "forms", "ranking"})


def forget(archive: Archive) -> None:
    """Have every query asked as if for the first time; what is known of the archive stays."""
    vocabulary.known(archive, "anything")
    answers = vocabulary._kept[archive].answers
    for key in list(answers):
        if key == "fitting" or (isinstance(key, tuple) and key[0] in OF_A_QUERY):
            del answers[key]


def ranking(archive: Archive, words: dict[str, list[str]]) -> None:
    """Goals 2 and 3: the ranking as the window asks for it, and the best fifty, equal to bm25's."""
    print("\nranking                      sqlite-utils search()        ours        ratio")
    connection = archive.reading().conn
    database = plain_connection(archive)
    best_sql = """
        SELECT rowid FROM passages_fts WHERE passages_fts MATCH ?
         ORDER BY bm25(passages_fts), rowid LIMIT 50
    """
    for kind in ("stop", "common", "mid"):
        word = words[kind][0]
        query = Query.parse(f'="{word}"', include_boilerplate=True)
        best = [row[0] for row in connection.execute(best_sql, [word])]
        assert list(search.find(archive, query, limit=50).ids) == best
        assert [each for _, each in rank_all(archive, query).best[:50]] == best

        def theirs(word: str = word) -> object:
            return list(database.query(PLAIN.format(where=""), {"query": word}))

        def first_slice(query: Query = query) -> object:
            forget_ranking(archive, query)
            ranking = stages.rank_on(archive, query, stages.Ranking())
            best = [each for _, each in ranking.best[: search.PAGE]]
            return search.hits(archive, best, query)

        def all_slices(query: Query = query) -> object:
            forget_ranking(archive, query)
            return rank_all(archive, query)

        pair(f"{kind}: {word}, first ranked page", theirs, first_slice)
        pair(f"{kind}: {word}, all slices", theirs, all_slices)
        pair(f"{kind}: {word}, ranked before", theirs, lambda query=query: stages.at_once(
            archive, query))  # fmt: skip
        pair(f"{kind}: {word}, best 50 and total", theirs, lambda query=query: search.find(
            archive, query, limit=50))  # fmt: skip


def forget_ranking(archive: Archive, query: Query) -> None:
    """Have the query ranked as if for the first time."""
    vocabulary.keep(archive, stages._key(query), archive.state(), None)


def rank_all(archive: Archive, query: Query) -> stages.Ranking:
    """The whole ranking, slice by slice, as the window asks for it."""
    ranking = stages.Ranking()
    while not ranking.is_done:
        ranking = stages.rank_on(archive, query, ranking)
    return ranking


def filters(archive: Archive, words: dict[str, list[str]]) -> None:
    """Goal 4: a year and a word, against the plain SQL, and against the word alone."""
    print("\nfilter and search                     plain SQL        ours        ratio")
    connection = plain_connection(archive).conn
    for kind in ("mid", "low"):
        word = words[kind][0]
        query = Query.parse(f'="{word}" date:{YEAR}', include_boilerplate=True)
        alone = Query.parse(f'="{word}"', include_boilerplate=True)
        theirs = sorted(row[0] for row in connection.execute(NAIVE_FILTER, [word, YEAR]))
        if len(theirs) < 50:
            assert theirs == sorted(search.find(archive, query).ids)
        rounds = 1 if kind == "mid" else 3  # the plain SQL takes half a minute at a million
        pair(f"{kind}: {word} date:{YEAR}",
             lambda word=word: connection.execute(NAIVE_FILTER, [word, YEAR]).fetchall(),
             lambda query=query: search.find(archive, query, limit=50), rounds)  # fmt: skip
        pair("  against the same without the year", lambda alone=alone: search.find(
            archive, alone, limit=50), lambda query=query: search.find(archive, query, limit=50))  # fmt: skip
    for kind in ("stop", "common"):
        alone = Query.parse(f'="{words[kind][0]}"')
        query = Query.parse(f'="{words[kind][0]}" date:{YEAR}')
        pair(f"{kind}: without the year, with it", lambda alone=alone: search.find(
            archive, alone, limit=50), lambda query=query: search.find(archive, query, limit=50))  # fmt: skip


def facets(archive: Archive, words: dict[str, list[str]]) -> None:
    """Goal 5: counts by year and by source, against joins."""
    print("\nfacets                          joins and GROUP BY        ours        ratio")
    connection = plain_connection(archive).conn
    for kind in ("stop", "common", "mid"):
        word = words[kind][0]
        query = Query.parse(f'="{word}"', include_boilerplate=True)
        by_source = {str(source): count for source, count in connection.execute(BY_SOURCE, [word])}
        seconds, found = cpu(lambda query=query: search.facets(archive, query))
        assert dict(found["source"]) == by_source

        def theirs(word: str = word) -> object:
            return [connection.execute(sql, [word]).fetchall() for sql in (BY_YEAR, BY_SOURCE)]

        hits = sum(by_source.values())
        pair(f"{kind}: {word}, {hits:,} hits (cold {seconds * 1e3:.0f})", theirs,
             lambda query=query: search.facets(archive, query))  # fmt: skip


def scans(archive: Archive, words: dict[str, list[str]]) -> None:
    """Goal 7: every hit, against reading all texts (and against ripgrep where it is there)."""
    print("\nall hits                            reading all        ours        ratio")
    connection = plain_connection(archive).conn
    ripgrep = shutil.which("rg")
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
        if ripgrep:
            for (text,) in connection.execute("SELECT text FROM passages"):
                file.write(text + "\n")
            file.flush()
        for kind in ("stop", "common", "mid", "low", "rare"):
            word = words[kind][0]
            query = Query.parse(f'="{word}"', include_boilerplate=True)
            pattern = re.compile(rf"\b{word}\b", re.IGNORECASE)

            def read(pattern: re.Pattern[str] = pattern) -> list[int]:
                rows = connection.execute("SELECT id, text FROM passages")
                return [each for each, text in rows if any(pattern.finditer(text))]

            assert read() == sorted(search.find(archive, query).ids)
            pair(f"{kind}: {word}", read, lambda query=query: search.find(archive, query), 1)
            if ripgrep:
                start = time.perf_counter()
                subprocess.run([ripgrep, "-c", "-i", "-w", word, file.name], capture_output=True)
                print(f"    ripgrep, wall time {(time.perf_counter() - start) * 1e3:10.2f} ms")


def peers(archive: Archive, words: dict[str, list[str]]) -> None:
    """The best fifty and how many there are: others over the same texts, where they are installed."""
    with tempfile.TemporaryDirectory() as folder:
        for name, opened in (("tantivy", in_tantivy), ("Xapian", in_xapian)):
            ask = opened(archive, Path(folder) / name)
            if ask is None:
                print(f"\n{name} is not installed")
                continue
            print(f"\nbest 50 and total                  {name:>12}        ours        ratio")
            for kind in ("stop", "common", "mid", "low", "rare"):
                word = words[kind][0]
                query = Query.parse(f'="{word}"', include_boilerplate=True)
                total = ask(word)
                assert total in (search.count(archive, query), None)
                pair(f"{kind}: {word}", lambda ask=ask, word=word: ask(word),
                     lambda query=query: search.find(archive, query, limit=50))  # fmt: skip
                pair(f"{kind}: {word}, first page", lambda ask=ask, word=word: ask(word),
                     lambda query=query: search.first_page(archive, query))  # fmt: skip


def in_tantivy(archive: Archive, folder: Path) -> Callable[[str], int | None] | None:
    """What asks tantivy for the best fifty and the total; None where it is not installed."""
    try:
        import tantivy
    except ImportError:
        return None
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=False)
    builder.add_unsigned_field("number", stored=True)
    folder.mkdir()
    index = tantivy.Index(builder.build(), path=str(folder))
    writer = index.writer(128_000_000, 1)

    def put() -> None:
        for number, text in plain_connection(archive).conn.execute("SELECT id, text FROM passages"):
            writer.add_document(tantivy.Document(text=text, number=number))
        writer.commit()
        writer.wait_merging_threads()

    print(f"tantivy took {cpu(put)[0]:.1f} CPU s to index")
    index.reload()
    searcher = index.searcher()
    return lambda word: searcher.search(index.parse_query(word, ["text"]), 50).count


def in_xapian(archive: Archive, folder: Path) -> Callable[[str], int | None] | None:
    """What asks Xapian for the best fifty and the total; None where it is not installed."""
    try:
        import xapian
    except ImportError:
        return None
    database = xapian.WritableDatabase(str(folder), xapian.DB_CREATE_OR_OPEN)
    generator = xapian.TermGenerator()

    def put() -> None:
        for number, text in plain_connection(archive).conn.execute("SELECT id, text FROM passages"):
            document = xapian.Document()
            generator.set_document(document)
            generator.index_text(text)
            database.replace_document(number, document)
        database.commit()

    print(f"Xapian took {cpu(put)[0]:.1f} CPU s to index")

    def ask(word: str) -> None:
        enquire = xapian.Enquire(database)
        enquire.set_query(xapian.Query(word))
        found = enquire.get_mset(0, 50)
        assert [each.docid for each in found]
        # How many there are it only estimates.

    return ask


def typing(archive: Archive, words: dict[str, list[str]]) -> None:
    """Goal 6: a page for each letter typed, against x* on the index."""
    print("\ntyping                                      x*        ours        ratio")
    connection = plain_connection(archive).conn
    sql = "SELECT rowid FROM passages_fts WHERE passages_fts MATCH ? LIMIT 50"
    ratios = []
    for word in (words["stop"][1], words["common"][1], words["mid"][2]):
        for letters in range(1, min(5, len(word))):
            typed = word[:letters]
            query = Query.parse(f"{typed}*")

            def theirs(typed: str = typed) -> object:
                return connection.execute(sql, [f"{typed}*"]).fetchall()

            *_, ratio = pair(
                f"{typed}*", theirs, lambda query=query: search.first_page(archive, query)
            )
            ratios.append(ratio)
            seconds, _ = cpu(lambda typed=typed: search.complete(archive, typed))
            print(f"    completions of {typed} in {seconds * 1e3:.2f} ms")
    print(f"geometric mean {geometric_mean(ratios):.1f} x")


if __name__ == "__main__":
    main()
