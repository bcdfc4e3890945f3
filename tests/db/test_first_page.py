"""A first page sifts the index's hits by what is kept in memory, and finds what a search finds."""

import pytest

from db import fitting, search, sources, stages, statements, vocabulary
from db.query import Query
from tests.db.search_archive import add_source


@pytest.fixture
def many(archive, monkeypatch):
    monkeypatch.setattr(statements, "FEW_HITS", 5)
    monkeypatch.setattr(search, "RANKED_AT_ONCE", 3)
    for number in range(4):
        add_source(
            archive,
            [f"a loan of {n}" for n in range(20)],
            title=f"Box {number}",
            date=str(1940 + number),
            kinds=["boilerplate" if n % 7 == 0 else "paragraph" for n in range(20)],
        )
    return archive


@pytest.mark.parametrize(
    "text", ["loan", "loan date:1942", "loan source:3", "loan kind:boilerplate", "loan -9",
             "loan title:box", "loan date:1990"],
)  # fmt: skip
def test_the_page_is_the_beginning_of_what_is_found(many, text):
    query = Query.parse(text)
    everything = sorted(search.find(many, query).ids)
    page = search.first_page(many, query, 10)
    assert sorted(page.ids) == everything[: len(page.ids)]
    assert len(page.ids) == min(10, len(everything))
    assert page.total == len(everything) if page.exact else page.total <= len(everything)


def test_what_went_into_the_bin_is_not_on_the_page(many):
    query = Query.parse("loan")
    before = search.first_page(many, query, 100)
    sources.remove(many, [1])
    after = search.first_page(many, query, 100)
    assert set(before.ids) - set(after.ids) == {each for each in before.ids if each <= 20}


def test_an_import_under_way_is_not_on_the_page(many):
    with many.writing("imports") as database:
        database.execute("INSERT INTO imports (id, uuid, started_at) VALUES (7, 'x', '')")
    ids = add_source(many, ["a loan under way"] * 9, import_id=7)
    assert statements.hidden_ids(many, Query.parse("loan")) is None
    page = search.first_page(many, Query.parse("loan"), 200)
    assert not set(ids) & set(page.ids)


@pytest.mark.parametrize(
    "text", ["loan date:1942", "loan title:box", "loan date:1940..1941 -9", "loan source:2", "loan"]
)
def test_a_filter_is_gone_through_run_by_run_where_that_is_sooner(many, monkeypatch, text):
    query = Query.parse(text)
    expected = sorted(search.find(many, query).ids)
    add_source(many, ["a loan in between"], title="Other")
    with many.writing() as database:
        # A box's later passage, behind those of another source.
        database.execute("UPDATE passages SET source_id = 2 WHERE id = 81")
    monkeypatch.setattr(fitting, "HITS_FOR_A_RUN", 0)
    expected = sorted(search.find(many, query).ids)
    vocabulary.load(many)
    fitting.runs_of_sources(many)
    page = search.first_page(many, query, 200)
    assert sorted(page.ids) == expected
    assert list(search.first_page(many, query, 7).ids) == expected[:7]


def test_going_by_runs_the_index_is_asked_once_a_run_and_never_once_a_passage(many):
    connection = many.reading().conn
    sql = f"EXPLAIN QUERY PLAN {search._IN_RUNS}"
    first, then = [row[3] for row in connection.execute(sql, ["[[1,9]]", '"loan"'])]
    assert first.startswith("SCAN runs")
    assert "passages_fts" in then
    assert "=" not in then.split("INDEX")[1]


def test_the_passages_of_sources_need_not_be_asked_for_where_they_stand_together(many):
    fitting.runs_of_sources(many)
    said = []
    connection = many.reading().conn
    connection.set_trace_callback(said.append)
    plan = statements.plan(many, Query.parse("loan date:1941..1942"))
    connection.set_trace_callback(None)
    assert (plan.fits, plan.between) == (40, (21, 60))
    assert not [each for each in said if "FROM passages p" in each]


@pytest.mark.parametrize("text", ["loan date:1942", "loan title:box", "loan date:1941.. -9"])
def test_hits_that_a_filter_leaves_are_worked_out_first_where_they_are_not_many(
    many, monkeypatch, text
):
    query = Query.parse(text)
    vocabulary.load(many)
    plan = statements.plan(many, query)
    assert fitting.sifted(many, plan).condition != plan.condition
    monkeypatch.setattr(fitting, "MOST_SIFTED", 0)
    assert fitting.sifted(many, plan) is plan
    expected = search.find(many, query, limit=9)
    monkeypatch.setattr(fitting, "MOST_SIFTED", 1_000)
    found = search.find(many, query, limit=9)
    assert (list(found.ids), found.total) == (list(expected.ids), expected.total)


def test_a_rare_word_is_ranked_in_few_slices_and_the_first_is_short(many, monkeypatch):
    monkeypatch.setattr(stages, "ROWS_A_SLICE", 20)
    vocabulary.load(many)

    def slices(text):
        ranking, ends = stages.Ranking(), []
        while not ranking.is_done:
            ranking = stages.rank_on(many, Query.parse(text), ranking)
            ends.append(ranking.next_row)
        return ends

    assert slices("9")[0] == 5
    assert len(slices("9")) <= 2
    monkeypatch.setattr(stages, "HITS_A_SLICE", 20)
    assert slices("loan") == [5, 25, 45, 65, 85]


def test_how_many_hits_there_are_is_known_from_the_words_in_memory(many):
    vocabulary.load(many)
    for text in ("loan", "9", "loan 9", "loan OR 9", '"loan of 9"', "loan -9", "zebra", "lo*"):
        query = Query.parse(text, include_boilerplate=True)
        plan = statements.plan(many, query, weighed=False)
        assert plan.least <= search.count(many, query) <= plan.most, text
    assert statements.plan(many, Query.parse("loan"), weighed=False).least == 80
    assert statements.plan(many, Query.parse("9"), weighed=False).most == 4


def test_the_state_is_asked_once_within_one_state_and_the_lock_is_given_back(many):
    connection = many.reading().conn
    said = []
    with many.in_one_state():
        before = many.state()
        connection.set_trace_callback(said.append)
        with many.in_one_state():
            assert many.state() == before
        connection.set_trace_callback(None)
        assert connection.in_transaction
    assert not said
    assert not connection.in_transaction
    add_source(many, ["a loan more"])
    assert many.state() != before
    with pytest.raises(ZeroDivisionError), many.in_one_state():
        many.state()
        raise ZeroDivisionError
    assert not connection.in_transaction


def test_too_many_hidden_passages_are_not_kept_in_memory(many, monkeypatch):
    monkeypatch.setattr(statements, "MOST_HIDDEN", 2)
    assert statements.hidden_ids(many, Query.parse("loan")) is None
    page = search.first_page(many, Query.parse("loan"), 200)
    assert sorted(page.ids) == sorted(search.find(many, Query.parse("loan")).ids)


@pytest.mark.parametrize("text", ["loan", "loan date:1942"])
def test_a_page_asked_again_reads_the_index_and_no_passage(many, text):
    query = Query.parse(text)
    search.first_page(many, query, 10)
    said = []
    connection = many.reading().conn
    connection.set_trace_callback(said.append)
    search.first_page(many, query, 10)
    connection.set_trace_callback(None)
    asked = [each for each in said if "passages" in each and not each.startswith("--")]
    assert len(asked) == 1
    assert "FROM passages " not in asked[0]


def test_only_so_many_sets_of_passages_are_kept(many, monkeypatch):
    monkeypatch.setattr(fitting, "MOST_KEPT", 2)
    for year in range(1940, 1944):
        search.first_page(many, Query.parse(f"loan date:{year}"), 10)
    assert 0 < len(vocabulary.known(many, "fitting")) <= 2


def test_a_short_word_is_no_form_of_what_its_stem_leaves(archive):
    ids = add_source(archive, ["Заём дан.", "За рекой."], language="ru")
    assert list(search.find(archive, Query.parse("заём")).ids) == ids[:1]


@pytest.mark.parametrize("text", ["loan", "loan date:1942", "loan source:3", "loan title:box -9"])
def test_the_index_drives_every_statement_of_every_stage(many, text):
    query = Query.parse(text)
    said = []
    connection = many.reading().conn
    connection.set_trace_callback(said.append)
    stages.at_once(many, query)
    stages.everything(many, query)
    stages.rank_on(many, query, stages.Ranking())
    search.facets(many, query)
    connection.set_trace_callback(None)
    asked = [each for each in said if " MATCH " in each and not each.startswith("--")]
    assert len(asked) >= 3
    for statement in asked:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
        for step, parent, _, detail in plan:
            if "passages_fts" in detail and "VIRTUAL TABLE" in detail:
                # Nothing is looped over before it, and it is never asked anew for a single row.
                before = [row[3] for row in plan if row[1] == parent and row[0] < step]
                assert not [each for each in before if each.startswith(("SCAN", "SEARCH"))], plan
                assert "=" not in detail.split("INDEX")[1], plan
