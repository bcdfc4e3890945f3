"""Searches kept by name know what came since a person looked, and every change can be undone."""

import pytest

from db import history, saved_searches, search
from db.query import Query
from tests.db.search_archive import add_source


def an_import(archive, *, is_through=True):
    with archive.writing("imports") as database:
        return database.conn.execute(
            "INSERT INTO imports (uuid, started_at, completed_at) VALUES (hex(randomblob(8)), ?, ?)",
            ["2026", "2999" if is_through else None],
        ).lastrowid


@pytest.fixture
def kept(archive):
    add_source(archive, ["A loan.", "A ship."], import_id=an_import(archive))
    return saved_searches.keep(archive, "Loans", "loan", "date")


def the_one(archive):
    (saved,) = saved_searches.all(archive)
    return saved


def test_a_saved_search_keeps_its_words_and_its_order(archive, kept):
    saved = the_one(archive)
    assert (saved.id, saved.name, saved.query, saved.order) == (kept, "Loans", "loan", "date")
    assert saved.seen_total == 1


def test_what_came_since_is_new_until_it_is_looked_at(archive, kept):
    assert saved_searches.news(archive, the_one(archive)) == saved_searches.News(1, ())
    ids = add_source(archive, ["No more.", "Two loans.", "A loan."], import_id=an_import(archive))
    news = saved_searches.news(archive, the_one(archive))
    assert news == saved_searches.News(3, (ids[1], ids[2]))
    saved_searches.look(archive, kept)
    assert saved_searches.news(archive, the_one(archive)) == saved_searches.News(3, ())


def test_an_import_under_way_while_one_looks_is_new_when_it_is_through(archive, kept):
    slow = an_import(archive, is_through=False)
    ids = add_source(archive, ["A slow loan."], import_id=slow)
    saved_searches.look(archive, kept)
    assert saved_searches.news(archive, the_one(archive)).new == ()
    with archive.writing("imports") as database:
        database.execute("UPDATE imports SET completed_at = '2999' WHERE id = ?", [slow])
    assert saved_searches.news(archive, the_one(archive)).new == tuple(ids)


def test_saving_renaming_changing_and_removing_are_each_undone(archive, kept):
    saved_searches.rename(archive, kept, "Credits")
    saved_searches.change(archive, kept, "credit", "source")
    saved_searches.remove(archive, [kept])
    assert saved_searches.all(archive) == []
    history.undo(archive)
    assert the_one(archive).query == "credit"
    history.undo(archive)
    assert (the_one(archive).query, the_one(archive).order) == ("loan", "date")
    history.undo(archive)
    assert the_one(archive).name == "Loans"
    history.undo(archive)
    assert saved_searches.all(archive) == []
    history.redo(archive)
    assert the_one(archive).name == "Loans"


def test_looking_leaves_no_line_in_the_history(archive, kept):
    before = len(history.log(archive))
    saved_searches.look(archive, kept)
    saved_searches.look(archive, 999)
    assert len(history.log(archive)) == before


def test_an_order_this_program_does_not_know_is_relevance(archive, kept):
    with archive.writing("searches") as database:
        database.execute("UPDATE searches SET sort = 'by whim'")
    assert the_one(archive).order == "relevance"
    assert search.count(archive, Query.parse(the_one(archive).query)) == 1
