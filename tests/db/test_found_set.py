"""What is done with found passages: a table, figures in bulk, matches by source, CSV."""

import csv
import io

import pytest

from db import figures, found_set, search, sources
from db.query import Query
from db.records import Span
from tests.db.search_archive import add_figure, add_source


@pytest.fixture
def filled(archive):
    ids = add_source(
        archive,
        ["=A loan of 5.", "No word.", "A loan of 9 and a loan."],
        title="@Ledger",
        creator="Ada",
        date="1940",
    )
    add_figure(archive, ids[0], 5, "USD")
    add_figure(archive, ids[0], 70, "barrel", kind="count")
    add_figure(archive, ids[2], 9, "USD", status="accepted")
    add_figure(archive, ids[2], 11, "USD", status="rejected")
    return archive


def test_a_row_of_the_table_has_the_figures_that_were_asked_for(filled):
    query = Query.parse("loan unit:USD")
    rows = found_set.rows(filled, [3, 1, 99], query)
    assert list(rows) == [3, 1]
    assert [kept.figure.value for kept in rows[1].figures] == [5]
    assert [kept.figure.value for kept in rows[3].figures] == [9]
    assert rows[1].creator == "Ada"
    every = found_set.rows(filled, [1], Query.parse("loan"))
    assert [kept.figure.value for kept in every[1].figures] == [5, 70]


def test_figures_to_judge_are_those_asked_for_that_wait(filled):
    assert len(found_set.figure_ids(filled, [1, 2, 3], Query.parse("loan"))) == 2
    assert len(found_set.figure_ids(filled, [1, 2, 3], Query.parse("loan unit:USD"))) == 1


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("loan (unit:USD OR unit:ton)", [5]),
        ("unit:ton OR unit:barrel", [70]),
        ("(unit:USD value:<9) OR unit:barrel", [5, 70]),
        ("unit:USD (loan OR unit:barrel)", [5]),
        ("loan OR word", [5, 70]),
    ],
)
def test_of_alternatives_figures_are_those_that_one_asks_for(filled, text, values):
    ids = found_set.figure_ids(filled, [1, 2, 3], Query.parse(text))
    kept = figures.rows(filled, ids)
    assert [kept[each].figure.value for each in ids] == values


def test_passages_are_sorted_by_the_largest_value_they_state(filled):
    def ids(text):
        return list(search.find(filled, Query.parse(text), order="value").ids)

    assert ids("a OR word") == [1, 3, 2]
    assert ids("(a OR word) unit:USD") == [3, 1]


def test_the_matches_of_a_source_stand_where_its_text_has_the_words(filled):
    text = filled.reading().execute("SELECT text FROM texts").fetchone()[0]
    spans = found_set.matches_in(filled, 1, Query.parse("loan"))
    assert [text[span.start : span.end] for span in spans] == ["loan"] * 3
    assert found_set.matches_in(filled, 2, Query.parse("loan")) == ()
    assert found_set.matches_in(filled, 1, Query.parse("level:item"))[0] == Span(0, 13)


def test_the_table_as_csv_has_every_passage_and_no_formula(filled):
    out = io.StringIO()
    ids = search.find(filled, Query.parse("loan"), order="source").ids
    assert found_set.write_csv(filled, ids, Query.parse("loan"), out) == 2
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert [row["passage"] for row in rows] == ["'=A loan of 5.", "A loan of 9 and a loan."]
    assert rows[1]["matches"] == "loan; loan"
    assert rows[0]["source"] == "'@Ledger"


def test_passages_of_restricted_sources_stay_out_of_the_table(filled):
    with filled.writing("sources") as database:
        database.execute("UPDATE sources SET restricted = 1 WHERE id = 1")
    out = io.StringIO()
    ids = search.find(filled, Query.parse("loan"), order="source").ids
    written = found_set.write_csv(filled, ids, Query.parse("loan"), out)
    assert written < len(ids)
    assert sources.get(filled, 1).title not in out.getvalue()


@pytest.mark.parametrize("title", ["＝1+1", "\n=1", "'=1"])
def test_the_table_is_as_harmless_as_every_other_export(filled, title):
    with filled.writing("sources") as database:
        database.execute("UPDATE sources SET title = ? WHERE id = 1", [title])
    out = io.StringIO()
    found_set.write_csv(filled, [1], Query.parse("loan"), out)
    (row,) = csv.DictReader(io.StringIO(out.getvalue(), newline=""))
    assert row["source"] == f"'{title}"


def test_writing_stops_when_it_is_cancelled(filled):
    def stop(done, of, what):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        found_set.write_csv(filled, [1, 3], Query.parse("loan"), io.StringIO(), stop)
