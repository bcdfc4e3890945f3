"""A search in stages ends with what the search in one piece finds."""

import pytest

from db import search, stages, statements
from db.archive import Archive
from db.query import Query
from tests.db.search_archive import add_source


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
            patch.setenv(variable, str(tmp_path_factory.mktemp("home")))
        archive = Archive.create(tmp_path_factory.mktemp("many") / "a.muniment")
        for source in range(6):
            add_source(
                archive,
                [f"loan {'loan ' * (n % 7)}of {'tin' if n % 5 else 'rice'} {n}" for n in range(60)],
                title=f"Source {source}",
            )
        yield archive
        archive.close()


@pytest.fixture
def in_small_slices(monkeypatch):
    monkeypatch.setattr(stages, "ROWS_A_SLICE", 100)
    monkeypatch.setattr(stages, "HITS_A_SLICE", 100)
    monkeypatch.setattr(search, "RANKED_AT_ONCE", 20)
    monkeypatch.setattr(stages, "RANKED_WHOLE", 30)
    monkeypatch.setattr(stages, "BEST", 40)


def ranked(archive, query):
    steps = [stages.Ranking()]
    while not steps[-1].is_done:
        steps.append(stages.rank_on(archive, query, steps[-1]))
    return steps[1:]


@pytest.mark.parametrize("text", ["loan", "loan -rice", "tin OR rice", "loan title:source"])
def test_the_slices_together_are_the_ranking_in_one_piece(many, in_small_slices, text):
    query = Query.parse(text)
    everything = stages.everything(many, query)
    assert not everything.is_ranked
    steps = ranked(many, query)
    found = stages.first(everything, steps[-1])
    best = search.find(many, query)
    assert list(found.ids)[:40] == list(best.ids)[:40]
    assert sorted(found.ids) == sorted(best.ids)
    assert found.total == best.total
    assert found.scores[found.ids[0]] == pytest.approx(best.scores[found.ids[0]])


def test_a_ranking_is_worked_out_slice_by_slice_and_known_the_second_time(many, in_small_slices):
    query = Query.parse("loans")
    assert len(ranked(many, query)) == 5
    assert len(ranked(many, query)) == 1
    assert stages.everything(many, query).is_ranked
    again = stages.at_once(many, query)
    assert again.is_ranked
    assert list(again.ids) == list(search.find(many, query).ids)[:40]
    assert again.total <= stages.everything(many, query).total
    add_source(many, ["a loan more"])
    assert not stages.everything(many, query).is_ranked


def test_few_hits_are_ranked_at_once(many):
    query = Query.parse("59")
    found = stages.at_once(many, query)
    assert found.is_ranked
    assert found.exact
    assert list(found.ids) == list(search.find(many, query).ids)


def test_what_words_cannot_rank_keeps_the_order_of_the_archive(many, in_small_slices):
    query = Query.parse("level:item")
    (only,) = ranked(many, query)
    everything = stages.everything(many, query)
    assert list(stages.first(everything, only).ids) == sorted(everything.ids)


def test_a_search_for_nothing_is_nothing_at_every_stage(many):
    query = Query.parse("")
    assert list(stages.at_once(many, query).ids) == []
    assert list(stages.everything(many, query).ids) == []
    assert ranked(many, query)[-1].best == ()


def test_the_index_is_the_outer_loop_of_every_slice(many):
    connection = many.reading().conn
    for text in ("loan", "loan title:source", "loan year:1940"):
        plan = statements.plan(many, Query.parse(text))
        source, values = plan.of_index("passages_fts.rowid BETWEEN ? AND ?")
        sql = f"EXPLAIN QUERY PLAN SELECT bm25(passages_fts) {source} ORDER BY 1 LIMIT 5"
        steps = connection.execute(sql, [values[0], 1, 100, *values[1:]]).fetchall()
        assert "passages_fts" in next(
            step[3] for step in steps if "SCAN" in step[3] or "SEARCH" in step[3]
        )


def test_what_only_a_field_finds_is_still_there_when_the_words_were_ranked_before(
    many, in_small_slices
):
    query = Query.parse("7 OR level:item")
    whole = stages.everything(many, query)
    ranked(many, query)
    again = stages.at_once(many, query)
    assert len(again.ids) < whole.total
    assert not again.exact
