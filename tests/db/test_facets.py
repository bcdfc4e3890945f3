"""What a facet counts is what a search narrowed by it finds."""

import uuid

import pytest

from db import search
from db.query import And, Field, Query, joined
from tests.db.search_archive import add_figure, add_period, add_source


@pytest.fixture
def filled(archive):
    ids = add_source(
        archive, ["loan one", "loan two", "loan three"], title="A", creator="Ada", date="1938"
    )
    more = add_source(archive, ["loan four", "loan five"], title="B", date="1941/1942")
    add_figure(archive, ids[0], 5, "USD", date="1940-03")
    add_period(archive, ids[0], "1940-03")
    add_period(archive, ids[1], "1930/1945")
    with archive.writing("tags") as database:
        run = database.conn.execute
        for tag, parent in (("Money", None), ("Loans", 1), ("Ships", None)):
            run(
                "INSERT INTO tags (uuid, parent_id, name) VALUES (?, ?, ?)",
                [str(uuid.uuid4()), parent, tag],
            )
        run(
            'INSERT INTO annotations (uuid, kind, source_id, text_id, start, "end", made_at)'
            " VALUES ('n', 'highlight', 1, 1, 0, 4, '')"
        )
        for column, of, tag in (("annotation_id", 1, 2), ("source_id", 2, 3), ("figure_id", 1, 1)):
            run(
                f"INSERT INTO taggings (uuid, tag_id, {column}) VALUES (?, ?, ?)",
                [str(uuid.uuid4()), tag, of],
            )
    assert more
    return archive


def test_tags_are_counted_with_what_lies_below_them_and_each_passage_once(filled):
    counted = dict(search.facets(filled, Query.parse("loan"))["tag"])
    assert counted == {"Money": 1, "Loans": 1, "Ships": 2}


def test_years_are_those_named_else_the_sources(filled):
    counted = search.facets(filled, Query.parse("loan"))["year"]
    assert counted == [("1938", 1), ("1940", 1), ("1941", 2), ("1942", 2)]
    assert ("1930s", 2) in search.facets(filled, Query.parse("loan"))["decade"]


def test_a_passage_dated_by_a_figure_and_by_its_source_counts_once(archive):
    ids = add_source(archive, ["loan"], date="1940")
    add_figure(archive, ids[0], 5, "USD", date="1940-03")
    add_figure(archive, ids[0], 6, "USD", date="1938")
    counted = search.facets(archive, Query.parse("loan"))
    assert counted["year"] == [("1938", 1), ("1940", 1)]
    assert counted["decade"] == [("1930s", 1), ("1940s", 1)]


@pytest.mark.parametrize("name", ["tag", "unit", "status", "kind", "level", "creator", "source"])
def test_narrowing_by_a_facet_finds_as_many_as_it_counts(filled, name):
    query = Query.parse("loan")
    for value, count in search.facets(filled, query)[name]:
        narrowed = Query(joined(And, [query.root, Field(name, value)]))
        assert search.count(filled, narrowed) == count
        assert (
            Query.parse(f"loan {Query(search.narrowing(name, value)).text()}").root == narrowed.root
        )
