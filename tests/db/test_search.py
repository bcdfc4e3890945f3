"""Searching: what is found, in which order, and what is left out."""

import uuid

import pytest

from db import search, stages
from db.query import Query
from tests.db.search_archive import add_figure, add_period, add_source


def found(archive, text, **options):
    return list(search.find(archive, Query.parse(text), **options).ids)


def marked(archive, text):
    """The matched words of every hit, best hit first."""
    query = Query.parse(text)
    ids = search.find(archive, query).ids
    hits = search.hits(archive, ids, query)
    sources = dict(archive.reading().execute("SELECT source_id, text FROM texts").fetchall())
    return [
        [sources[hit.source_id][match.start : match.end] for match in hit.matches]
        for hit in hits.values()
    ]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("The loan was paid", "loan"),
        ("THE LOAN WAS PAID", "loan"),
        ("Several loans were agreed", "loan"),
        ("A loan was agreed", "loans"),
        ("Armies crossed the river", "army"),
        ("Lend\u2013Lease began", "lend-lease"),
        ("Lend-Lease began", "lend lease"),
        ("the lend\u00adlease", "lendlease"),
        ("the caves of Yen’an", "Yen'an"),
        ("a dépôt at Besançon", "depot besancon"),
        ("Самолёты прибыли", "самолеты"),
        ("Самолётов было мало", "самолет"),
        ("eine Straße", "strasse"),
        ("there were 1,300 men", "1300"),
        ("there were 1 300 men", "1300"),
        ("there were 1300 men", "1,300"),
        ("there were 1.300 men", "1 300"),
        ("there were thirteen hundred men", "1300"),
        ("there were one thousand, three hundred men", "1300"),
        ("there were 1300 men", '"thirteen hundred"'),
        ("twelve trucks", "12"),
        ("１２ trucks", "twelve"),
        ("about 64.87% of it", "64.87%"),
        ("written in C++ by hand", "C++"),
        ("五千万美元贷款", "贷款"),
        ("五千万美元贷款", "美元"),
        ("五千万美元贷款", "款"),
        ("五千萬美元", "千万"),
        ("1940年10月22日贷款", "1940年10月"),
        ("空军の航空隊", '"航空隊"'),
        ("aerodromes", "aero*"),
        ("lend leased goods", '"lend lea"*'),
        ("aid to lease and then to lend", '"lend lease"~10'),
    ],
)
def test_it_is_found(archive, text, query):
    (passage,) = add_source(archive, [text])
    assert found(archive, query) == [passage]
    (words,) = marked(archive, query)
    assert words


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Several loans were agreed", "=loan"),
        ("Several loans were agreed", '"loan"'),
        ("Several loans were agreed", "exact: loan"),
        ("lease the ship and lend it", '"lend lease"'),
        ("lend one two three lease", '"lend lease"~2'),
        ("there were 13 hundred", "1300"),
        ("贷，款", "贷款"),
        ("a loan and a credit", "loan -credit"),
        ("the йод", "иод"),
    ],
)
def test_it_is_not_found(archive, text, query):
    add_source(archive, [text])
    assert found(archive, query) == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("loans", [["loan", "Loans"]]),
        ("lend-lease", [["Lend–Lease"]]),
        ("1300", [["1,300"]]),
        ("aero*", [["aerodromes"]]),
        ('"lend lease"~3', [["Lend", "Lease"]]),
        ("貸款", [["貸\n款"]]),
        ("loan -credit", [["loan", "Loans"]]),
    ],
)
def test_matches_are_the_words_of_the_source(archive, query, words):
    add_source(
        archive,
        [
            "Nothing here",
            "A loan of 1,300 for aerodromes under Lend–Lease. Loans: 貸\n款",
            "Nor here",
        ],
    )
    assert marked(archive, query) == words


def test_far_words_of_a_proximity_are_not_marked(archive):
    add_source(archive, ["lend " + "word " * 20 + "lend me the lease"])
    assert marked(archive, '"lend lease"~3') == [["lend", "lease"]]


def test_the_best_come_first_and_equals_by_id(archive):
    once, twice, same = add_source(
        archive, ["a loan of money here", "a loan, a loan, money", "a loan of money here"]
    )
    assert found(archive, "loan") == [twice, once, same]


def test_limit_and_total(archive):
    add_source(archive, ["a loan"] * 7)
    result = search.find(archive, Query.parse("loan"), limit=3)
    assert (len(result.ids), result.total, result.exact) == (3, 7, True)


def test_boilerplate_is_left_out_unless_asked(archive):
    text, _, cruft = add_source(
        archive,
        ["a loan", "a ship", "share this loan"],
        kinds=["paragraph", "paragraph", "boilerplate"],
    )
    assert found(archive, "loan") == [text]
    assert found(archive, "loan kind:boilerplate") == [cruft]
    query = Query.parse("loan", include_boilerplate=True)
    assert sorted(search.find(archive, query).ids) == [text, cruft]
    assert cruft not in found(archive, "-ship")


def test_the_bin_the_unfinished_and_older_texts_are_left_out(archive):
    (shown,) = add_source(archive, ["a loan"])
    add_source(archive, ["a loan in the bin"])
    with archive.writing() as database:
        run = database.conn.execute
        run("UPDATE sources SET deleted_at = 'now' WHERE id = 2")
        run("INSERT INTO imports (id, uuid, started_at) VALUES (1, 'u', '')")
    add_source(archive, ["a loan under way", "another loan"], import_id=1)
    (corrected,) = add_source(archive, ["a loan, old"])
    with archive.writing() as database:
        run = database.conn.execute
        run("INSERT INTO texts (uuid, source_id, version, text, sha256, made_at)"
            " VALUES ('t2', 4, 2, 'a loan', '', '')")  # fmt: skip
        run("UPDATE sources SET text_id = last_insert_rowid() WHERE id = 4")
    assert found(archive, "loan") == [shown]
    assert found(archive, "-ship") == [shown]
    assert corrected not in found(archive, "old")
    with archive.writing() as database:
        database.conn.execute("UPDATE imports SET completed_at = 'now'")
    assert len(found(archive, "loan")) == 3


def test_a_correction_during_an_import_is_found(archive):
    with archive.writing() as database:
        database.conn.execute("INSERT INTO imports (id, uuid, started_at) VALUES (1, 'u', '')")
    add_source(archive, ["a ship"])
    add_source(archive, ["a loan under way"], import_id=1)
    with archive.writing() as database:
        run = database.conn.execute
        run("INSERT INTO texts (id, uuid, source_id, version, text, sha256, made_at)"
            " VALUES (9, ?, 1, 2, 'a loan', '', '')", [str(uuid.uuid4())])  # fmt: skip
        run('INSERT INTO passages (id, source_id, text_id, ordinal, start, "end", kind, text)'
            " VALUES (3, 1, 9, 0, 0, 6, 'paragraph', 'a loan')")  # fmt: skip
        run("INSERT INTO passages_fts (rowid, words) VALUES (3, 'a loan')")
        run("UPDATE sources SET text_id = 9 WHERE id = 1")
    add_source(archive, ["another loan under way"], import_id=1)
    assert found(archive, "loan") == [3]


@pytest.fixture
def described(archive):
    """Two sources: 1 to 4 of a letter of 1940, 5 and 6 of a Russian book of 1950."""
    add_source(
        archive,
        ["a loan agreed", "a loan refused", "a ship", "a credit of 1939"],
        title="A letter to the Ministry", date="1940-10-22", creator="Müller", kinds=["heading"],
    )  # fmt: skip
    add_source(archive, ["заём", "корабль"], title="Книга", date="1950", language="ru")
    add_figure(archive, 1, 25e6, "USD", date="1940")
    add_figure(archive, 2, 50e6, "USD", date="1941", status="rejected")
    add_figure(archive, 3, 12, "ship", date="1940", kind="count", of="cargo ships")
    add_figure(archive, 3, 30e6, "USD", date="1939", status="accepted")
    add_period(archive, 4, "1939")
    with archive.writing() as database:
        database.executescript("""
            INSERT INTO annotations (id, uuid, kind, source_id, text_id, start, "end", body, made_at)
            VALUES (1, 'a', 'note', 1, 1, 2, 6, 'Check the Treasury file', '');
            INSERT INTO tags (id, uuid, parent_id, name) VALUES (1, 'g', NULL, 'Money'),
                (2, 'h', 1, 'Loans');
            INSERT INTO taggings (uuid, tag_id, annotation_id) VALUES ('i', 2, 1);
            INSERT INTO taggings (uuid, tag_id, source_id) VALUES ('j', 1, 2);
        """)
    return archive


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("title:ministry", [1, 2, 3, 4]),
        ("title:minis*", [1, 2, 3, 4]),
        ("title:minis", []),
        ("date:Y9999999E99", []),
        ("title:inistry", []),
        ("creator:muller loan", [1, 2]),
        ("language:russian", [5, 6]),
        ("kind:heading", [1]),
        ("kind:count", [3]),
        ("source:2", [5, 6]),
        ("date:1940", [1, 2, 3, 4]),
        ("date:1940-11..", [5, 6]),
        ("date:<1945", [1, 2, 3, 4]),
        ("year:1939", [3, 4]),
        ("year:1940", [1, 2, 3]),
        ("year:1950s", [5, 6]),
        ("unit:usd", [1, 3]),
        ("unit:USD status:rejected", [2]),
        ("status:accepted", [3]),
        ("value:>=25M", [1, 3]),
        ("value:10..20", [3]),
        ("value:>=25M year:1940", [1]),
        ("value:>=25M unit:ship", []),
        ("of:cargo", [3]),
        ("loan value:>=25M unit:USD year:1940", [1]),
        ("has:figure", [1, 3]),
        ("has:period", [4]),
        ("has:note", [1]),
        ("tag:loans", [1]),
        ("tag:money", [1, 5, 6]),
        ("note:treasury", [1]),
        ("has:tag", [1, 5, 6]),
        ("loan OR unit:ship", [1, 2, 3]),
        ("NOT unit:USD", [2, 4, 5, 6]),
        ("-loan -language:ru", [3, 4]),
        ("loan (year:1940 OR credit)", [1, 2]),
        ("", []),
    ],
)
def test_fields_narrow_what_is_found(described, query, expected):
    assert sorted(found(described, query)) == expected
    assert search.count(described, Query.parse(query)) == len(expected)
    assert search.first_page(described, Query.parse(query)).total == len(expected)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("unit:ship", ["a ship"]),
        ("ship unit:ship", ["a ship"]),
        ("year:1939 kind:paragraph", ["a credit", "a ship"]),
        ("credit OR unit:ship", ["a ship", "credit"]),
        ("unit:ship value:>100", []),
        ("title:letter -unit:USD ship", []),
    ],
)
def test_the_figure_or_date_a_field_asks_for_is_marked(described, query, words):
    with described.writing() as database:
        database.executescript("""
            UPDATE figures SET "end" = start + 6 WHERE unit = 'ship' OR date = '1939';
            UPDATE periods SET "end" = start + 8;
        """)
    assert sorted(word for hit in marked(described, query) for word in hit) == words


def test_hits_that_words_rank_come_before_those_only_a_field_finds(described):
    assert found(described, "ship OR year:1950")[0] == 3


def test_orders(described):
    assert found(described, "-zebra", order="newest")[:2] == [5, 6]
    assert found(described, "-zebra", order="date") == [1, 2, 3, 4, 5, 6]


def test_a_hit_says_where_it_is_from(described):
    query = Query.parse("credit")
    result = search.find(described, query)
    (hit,) = search.hits(described, result.ids, query, result.scores).values()
    assert (hit.source_title, hit.date, hit.kind) == (
        "A letter to the Ministry",
        "1940-10-22",
        "paragraph",
    )
    assert hit.score > 0


def test_a_snippet_shows_the_place_where_most_of_the_query_stands(archive):
    text = "a loan. " + "filler " * 80 + "the loan and the credit " + "filler " * 80
    add_source(archive, [text.strip()])
    query = Query.parse("loan credit")
    (hit,) = search.hits(archive, [1], query).values()
    shown = [hit.snippet[span.start : span.end] for span in hit.snippet_matches]
    assert shown == ["loan", "credit"]
    assert (hit.snippet[0], hit.snippet[-1]) == ("…", "…")
    assert len(hit.snippet) <= 204


@pytest.mark.parametrize(
    "text", ["loan", "loan -refused", "year:1940 loan", '"a ship"', "NOT loan"]
)
def test_a_damaged_index_is_gone_without(described, text):
    query = Query.parse(text)
    expected = sorted(search.find(described, query).ids)
    with described.writing() as database:
        database.conn.execute("UPDATE passages_fts_data SET block = x'0000' WHERE id > 10")
    found_by_reading = search.find(described, query)
    assert sorted(found_by_reading.ids) == expected
    assert sorted(search.first_page(described, query).ids) == expected
    whole = stages.everything(described, query)
    ranking = stages.rank_on(described, query, stages.Ranking())
    assert sorted(stages.first(whole, ranking).ids) == expected
    assert search.count(described, query) == len(expected)
    assert list(search.hits(described, found_by_reading.ids, query)) == expected
    assert sum(count for _, count in search.facets(described, query)["source"]) == len(expected)
    assert search.complete(described, "sh") == []
    assert search.suggest(described, Query.parse("laon")) == []


def test_a_page_of_hits_is_one_statement(archive):
    ids = add_source(archive, ["a loan"] * 60)
    query = Query.parse("loan")
    search.hits(archive, ids, query)
    said = []
    connection = archive.reading().conn
    connection.set_trace_callback(said.append)
    search.hits(archive, ids[:50], query)
    connection.set_trace_callback(None)
    assert len([each for each in said if "passages" in each]) == 1


@pytest.mark.parametrize(
    ("text", "work", "most"),
    [
        ("loan", search.first_page, 1),
        ("loan year:1940", search.first_page, 1),
        ("loan", lambda *asked: search.find(*asked, limit=5), 2),
        ("loan OR year:1940", lambda *asked: search.find(*asked, limit=5), 2),
        ("lo*", search.first_page, 1),
    ],
)
def test_a_search_asked_again_is_so_many_statements(described, text, work, most):
    query = Query.parse(text)
    add_source(described, ["a loan"] * 20)
    work(described, query)
    said = []
    connection = described.reading().conn
    connection.set_trace_callback(said.append)
    work(described, query)
    connection.set_trace_callback(None)
    asked = [each for each in said if "passages" in each and not each.startswith("--")]
    assert len(asked) == most


# -- plans ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["loan", "loan credit -ship", "loan year:1940", "loan source:1", "loan unit:USD value:>3",
     "loan kind:heading", "loan title:letter language:en", "loan (year:1940 OR tag:money)",
     "loan OR year:1940", "year:1940", "NOT loan", "kind:boilerplate loan"],
)  # fmt: skip
def test_the_index_is_asked_once_in_every_statement(described, text):
    connection = described.reading().conn
    said = []
    connection.set_trace_callback(said.append)
    query = Query.parse(text)
    for order in ("relevance", "date"):
        search.find(described, query, limit=2, order=order)
    search.first_page(described, query, rows=1)
    stages.rank_on(described, query, stages.Ranking())
    search.count(described, query)
    connection.set_trace_callback(None)
    asked = [each for each in said if " MATCH " in each and not each.startswith("--")]
    assert asked or text == "year:1940"
    for statement in asked:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
        for step, parent, _, detail in plan:
            if "passages_fts" in detail and "VIRTUAL TABLE" in detail:
                # Nothing may be looped over before it in its own query, nor drive it by rowid.
                before = [row[3] for row in plan if row[1] == parent and row[0] < step]
                assert not [each for each in before if each.startswith(("SCAN", "SEARCH"))], plan
                assert "=" not in detail.split("INDEX")[1], plan
