"""What is offered while typing, when nothing is found, and to narrow what is."""

import pytest

from db import search, vocabulary
from db.query import Query
from tests.db.search_archive import add_figure, add_period, add_source


@pytest.fixture
def letters(archive):
    add_source(
        archive,
        ["lend-lease for the army", "a loan to the army", "armies on loan", "loans, loaned, lodging"],
        title="Letters of the Ministry", date="1940", creator="Li", kinds=["heading"],
    )  # fmt: skip
    add_source(
        archive, ["a loan of ships", "a ship"], title="A log", date="1951/1952", language="fr"
    )
    add_figure(archive, 2, 5, "USD", date="1939")
    add_figure(archive, 2, 7, "USD", date="1939", status="accepted")
    add_period(archive, 2, "1939")
    with archive.writing() as database:
        database.conn.execute("INSERT INTO tags (uuid, name) VALUES ('t', 'Lodged claims')")
    return archive


def suggested(archive, text):
    query = Query.parse(text)
    assert search.count(archive, query) == 0
    return [(each.text, each.total) for each in search.suggest(archive, query)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("lend leese", ("lend-lease", 1)),
        ("lown", ("loan", 4)),
        ("laon ship", ("loan ship", 1)),
        ('"army loan"', ("army loan", 2)),
        ("=ships =army", ('"army"', 2)),
        ("loan year:1700", ("loan", 4)),
    ],
)
def test_a_query_that_finds_nothing_is_answered_with_one_that_does(letters, text, first):
    offered = suggested(letters, text)
    assert all(total for _, total in offered)
    assert offered[0] == first


def test_suggestions_find_as_many_as_they_say(letters):
    for text, total in suggested(letters, "laon of shipz"):
        assert search.count(letters, Query.parse(text)) == total


def test_nothing_is_suggested_for_nothing(letters):
    assert search.suggest(letters, Query.parse("")) == []
    assert search.suggest(letters, Query.parse("qqqqqqqq")) == []


@pytest.mark.parametrize("loaded", [False, True])
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (
            "lo",
            ["loan", "loaned", "loans", "lodging", "log", 'tag:"Lodged claims"', 'title:"A log"'],
        ),
        ("Loa", ["loan", "loaned", "loans"]),
        ("lend-l", ["lend-lease"]),
        ("mini", ['title:"Letters of the Ministry"']),
        ("", []),
        ("?", []),
    ],
)
def test_words_titles_and_tags_complete_what_is_typed(letters, typed, offered, loaded):
    if loaded:
        vocabulary.load(letters)
    assert search.complete(letters, typed) == [each for each in offered if each != "log"]


def test_words_of_a_new_source_complete_at_once(letters):
    vocabulary.load(letters)
    add_source(letters, ["locomotive"])
    assert search.complete(letters, "loco") == ["locomotive"]
    assert search.find(letters, Query.parse("locomotives")).total == 1


def test_facets_count_the_passages_of_a_result(letters):
    expected = {
        "source": [("1", 3), ("2", 1)],
        "level": [("item", 4)],
        "creator": [("Li", 3)],
        "language": [("en", 3), ("fr", 1)],
        "kind": [("paragraph", 4)],
        "decade": [("1930s", 1), ("1940s", 2), ("1950s", 1)],
        "year": [("1939", 1), ("1940", 2), ("1951", 1), ("1952", 1)],
        "tag": [],
        "unit": [("USD", 1)],
        "status": [("accepted", 1), ("proposed", 1)],
    }
    query = Query.parse("loan")
    assert search.facets(letters, query) == expected
    assert search.facets(letters, search.find(letters, query).ids) == expected
    assert search.facets(letters, Query.parse("zebra"))["source"] == []


def test_narrowing_by_a_facet_finds_as_many_as_it_counts(letters):
    for text in ("loan", "army", "the OR a", "-zebra", "has:figure"):
        for name, values in search.facets(letters, Query.parse(text)).items():
            for value, count in values:
                narrowed = Query.parse(f"({text}) {Query(search.narrowing(name, value)).text()}")
                assert search.count(letters, narrowed) == count, narrowed.text()


def test_a_beginning_with_many_words_is_answered_from_the_commonest(archive):
    add_source(archive, [f"ab{chr(97 + n)}" * 2 for n in range(12)] + ["abaaba again"])
    query = Query.parse("ab*")
    page = search.first_page(archive, query)
    assert (page.total, page.exact) == (9, False)
    assert search.find(archive, query).total == 13
    assert search.first_page(archive, Query.parse("aba*")).exact


def test_words_in_memory_are_those_of_the_index_and_it_is_not_asked(letters):
    connection = letters.reading().conn
    indexed = connection.execute("SELECT term, doc FROM index_terms").fetchall()
    vocabulary.load(letters)
    said = []
    connection.set_trace_callback(said.append)
    for prefix in ("", "a", "lo", "loan", "zz", "ш"):
        found = vocabulary.beginning(letters, prefix)
        assert found == [pair for pair in indexed if pair[0].startswith(prefix)]
    connection.set_trace_callback(None)
    assert not [each for each in said if "index_terms" in each]
    add_source(letters, ["loanword"])
    assert ("loanword", 1) in vocabulary.beginning(letters, "loan")
