"""Accounts side by side: one row a year, one column a source, a badge for each figure."""

import pytest

from db import accounts, figures, ingest, series

ONE = (
    "In 1931 the harbour of Selm took in 140 ships. In 1932 it took in 150 ships."
    " In 1933 the board asked for 200 ships.\n"
)
OTHER = "In 1931 the harbour of Selm took in 140 ships. In 1932 it took in 170 ships.\n"


@pytest.fixture
def two(archive, tmp_path, home):
    for name, text in (("one.txt", ONE), ("other.txt", OTHER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    ingest.add(archive, [tmp_path / "one.txt", tmp_path / "other.txt"])
    return archive


def badges(found):
    return [[[entry.badge for entry in cell] for cell in row] for row in found.cells]


def test_rows_are_years_columns_are_sources(two):
    found = accounts.of_figures(two, figures.ids(two))
    assert [row.year for row in found.rows] == [1931, 1932, 1933]
    assert badges(found) == [[["first"], ["same"]], [["first"], ["differs"]], [["first"], []]]


def test_only_differences_and_only_agreements_can_be_shown(two):
    found = accounts.of_figures(two, figures.ids(two))
    assert [row.year for row in found.differing().rows] == [1932]
    assert [row.year for row in found.agreeing().rows] == [1931]


def test_accounts_start_from_a_series_a_search_or_a_figure(two):
    whole = accounts.of_figures(two, figures.ids(two))
    (gathered,) = series.all(two)
    assert len(accounts.of_series(two, gathered.id).rows) == len(whole.rows)
    assert accounts.of_search(two, "harbour").source_ids == whole.source_ids
    assert len(accounts.like(two, figures.ids(two)[0]).source_ids) == 2


def test_a_rejected_figure_is_no_account(two):
    figures.decide(two, figures.ids(two)[-1:], "rejected")
    found = accounts.of_figures(two, figures.ids(two))
    assert badges(found)[1] == [["first"], []]


def test_a_row_a_series_holds_every_year_and_holds_like_against_like(two):
    found = accounts.of_figures(two, figures.ids(two), "series")
    (row,) = found.rows
    assert (row.unit, row.year, row.every_year) == ("ship", None, True)
    assert row.name == series.all(two)[0].name
    assert badges(found) == [[["first", "first", "first"], ["same", "differs"]]]
    assert not found.agreeing().rows
    alone = accounts.of_figures(two, figures.ids(two)[:2], "series")
    assert not alone.agreeing().rows  # two years of one source have nothing to agree on


def test_searches_with_semicolons_between_them_have_rows_each(two, tmp_path):
    (tmp_path / "coal.txt").write_text("In 1931 some 900 tonnes of coal came.\n", encoding="utf-8")
    ingest.add(two, [tmp_path / "coal.txt"])
    found = accounts.of_search(two, "coal; harbour ;")
    assert [(row.name, row.unit, row.year) for row in found.rows][:2] == [
        ("coal", "tonne", 1931),
        ("harbour", "ship", 1931),
    ]
    assert len(found.source_ids) == 3


def test_a_figure_of_no_series_asks_who_counts_the_same(two, tmp_path):
    (tmp_path / "quay.txt").write_text(
        "They kept 30 fishing boats in 1931, and 9 rowing boats.\n", encoding="utf-8"
    )
    (tmp_path / "mole.txt").write_text("We counted 32 fishing boats in 1931.\n", encoding="utf-8")
    ingest.add(two, [tmp_path / "quay.txt", tmp_path / "mole.txt"])
    with two.writing("series_figures") as database:
        database.execute("DELETE FROM series_figures")
    asked = next(each for each in figures.all(two) if each.figure.value == 30)
    found = accounts.like(two, asked.id)
    assert found.source_ids[0] == asked.source_id
    told = [figures.rows(two, [e.figure_id])[e.figure_id] for c in found.cells[0] for e in c]
    assert [each.figure.value for each in told] == [30, 32]


def test_three_sources_can_be_told_side_by_side(two, tmp_path):
    (tmp_path / "third.txt").write_text("In 1931 it took in 140 ships.\n", encoding="utf-8")
    ingest.add(two, [tmp_path / "third.txt"])
    assert badges(accounts.of_sources(two, (1, 2, 3)))[0] == [["first"], ["same"], ["same"]]
