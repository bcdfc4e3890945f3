"""Tables become figures by what a person says of their columns, each figure bound to its cell."""

import pytest

from db import columns, errors, extraction, figures, history, ingest
from db.archive import Archive
from db.columns import Mapping

PRICES = """year;place;rye, marks
1912;Lampwick;1.204,50
1913;Owlbridge;1.198,00
1914;Lampwick;-
March 1915;Lampwick;2.000,25
"""


@pytest.fixture
def archive(tmp_path):
    with Archive.create(tmp_path / "a.muniment") as made:
        yield made


def taken_in(archive, tmp_path, name="prices.csv", text=PRICES):
    (tmp_path / name).write_text(text)
    report = ingest.add(archive, [tmp_path / name])
    return report.imported[0].source_ids[0]


def test_columns_are_guessed_from_what_stands_in_them(archive, tmp_path):
    table = columns.table(archive, taken_in(archive, tmp_path))
    assert table.names == ("year", "place", "rye, marks")
    assert table.guess == Mapping(value=2, date=0, of=1, decimal=",")


def test_each_row_is_a_figure_bound_to_its_cell_and_undone_at_once(archive, tmp_path):
    source_id = taken_in(archive, tmp_path)
    before = figures.all(archive)
    mapping = Mapping(value=2, date=0, of=1, unit="million dollars", decimal=",")
    assert columns.take(archive, source_id, mapping) == 3
    kept = [each.figure for each in figures.all(archive) if columns.RULE in each.figure.rules]
    assert [(each.text, each.value, each.unit, each.of, each.date) for each in kept] == [
        ("1.204,50", 1_204_500_000, "USD", "Lampwick", "1912"),
        ("1.198,00", 1_198_000_000, "USD", "Owlbridge", "1913"),
        ("2.000,25", 2_000_250_000, "USD", "Lampwick", "1915-03"),
    ]
    text = archive.reading().execute("SELECT text FROM texts").fetchone()[0]
    for each in kept:
        assert text[each.start : each.end] == each.text
        assert all(text[start:end] == words for _, words, start, end in each.why)
    # What the grammar reads anew leaves them alone, and so does mapping once more.
    extraction.extract(archive, source_ids=[source_id])
    assert columns.take(archive, source_id, mapping) == 0
    history.undo(archive)
    history.undo(archive)
    assert figures.all(archive) == before


def test_a_table_without_a_number_in_that_column_is_refused(archive, tmp_path):
    source_id = taken_in(archive, tmp_path)
    with pytest.raises(errors.BadFigure):
        columns.take(archive, source_id, Mapping(value=1))


def test_a_row_that_begins_with_an_empty_cell_keeps_its_columns(archive, tmp_path):
    rows = ["," + "wells,mills"] + [f"{year},{year % 7},{year % 5}" for year in range(1900, 1960)]
    source_id = taken_in(archive, tmp_path, "wells.csv", "\n".join(rows))
    table = columns.table(archive, source_id)
    assert table.names == ("", "wells", "mills")
    made = columns.read(table, Mapping(value=1, date=0))
    assert [(each.date, each.value) for _, each in made] == [
        (str(year), year % 7) for year in range(1900, 1960)
    ]


@pytest.mark.parametrize(
    ("words", "decimal", "value"),
    [
        ("1,234.5", ".", 1234.5), ("1.234,5", ",", 1234.5), ("$ 12", ".", 12), ("−3 t", ".", -3),
        ("1 234", ".", 1234), ("7%", ".", 7), ("1'000", ".", 1000), ("", ".", None),
        ("none", ".", None), ("1.2.3", ".", None), ("12/5", ".", None), ("3 to 4", ".", None),
    ],
)  # fmt: skip
def test_numbers_are_read_as_tables_write_them(words, decimal, value):
    assert columns.number_in(words, decimal) == value


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("1941", "1941"), ("1941-05", "1941-05"), ("03/05/1941", "1941-05-03"),
        ("1941-05-03T00:00:00", "1941-05-03"), ("Q2 1941", "1941-34"), ("1941/5/3", "1941-05-03"),
        ("31.02.1941", None), ("mill", None), ("", None),
    ],
)  # fmt: skip
def test_dates_are_read_as_tables_write_them(words, date):
    assert columns.date_of(words) == date


def test_a_month_that_stands_first_is_one_where_the_person_says_so():
    assert columns.date_of("03/05/1941", day_first=False) == "1941-03-05"
