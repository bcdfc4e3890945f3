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
