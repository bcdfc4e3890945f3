"""Tables go out and come in again the same, and nothing in them acts."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import errors, exchange, figures
from db.exchange import listed, tables
from db.exchange.tables import Column

COLUMNS = (Column("text"), Column("number", "number"), Column("whole", "whole"))
TEXT = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("=+-@\t\r\n'\"_x,;＝"), max_size=12
)
ROWS = st.lists(
    st.tuples(
        TEXT.map(lambda text: text or None),
        # Spreadsheets keep some fifteen digits.
        st.none() | st.integers(-(10**12), 10**12).map(lambda n: n / 100),
        st.none() | st.integers(-(10**9), 10**9),
    ),
    max_size=5,
)


def as_rows(found):
    return [tuple(row[column.name] for column in COLUMNS) for row in found]


@given(ROWS)
@settings(max_examples=60, deadline=None)
def test_a_csv_reads_back_as_it_was(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("lines") / "t.csv"
    with path.open("w+b") as file:
        assert tables.write_csv(file, COLUMNS, rows) == len(rows)
    assert as_rows(tables.read(path, COLUMNS)) == rows


@given(ROWS)
@settings(max_examples=25, deadline=None)
def test_a_sheet_reads_back_as_it_was(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("sheet") / "t.xlsx"
    with path.open("w+b") as file:
        assert tables.write_xlsx(file, "t", COLUMNS, rows) == (len(rows), 0)
    assert as_rows(tables.read(path, COLUMNS)) == rows


@pytest.mark.parametrize("acting", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "'=1"])
def test_a_text_that_looks_like_a_formula_does_nothing(tmp_path, acting):
    out = io.BytesIO()
    tables.write_csv(out, (Column("text"),), [[acting]])
    cell = out.getvalue().decode("utf-8").split("\n", 1)[1].lstrip('"')
    assert cell.startswith("'")
    with (tmp_path / "t.xlsx").open("w+b") as file:
        tables.write_xlsx(file, "t", (Column("text"),), [[acting]])
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].quotePrefix


def test_a_number_stays_a_number_also_where_it_is_negative():
    out = io.BytesIO()
    tables.write_csv(out, COLUMNS, [["a", -5.0, -7]])
    assert out.getvalue().decode("utf-8").endswith("\na,-5,-7\n")


def test_a_cell_too_long_for_a_sheet_is_cut_and_counted(tmp_path):
    with (tmp_path / "t.xlsx").open("w+b") as file:
        assert tables.write_xlsx(file, "t", (Column("text"),), [["x" * 40_000]]) == (1, 1)
    (row,) = tables.read(tmp_path / "t.xlsx")
    assert row["text"] == "x" * 32_766 + "…"


def test_the_semicolons_of_some_spreadsheets_are_read(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(b"text;whole\r\n'=a;3\r\n")
    found = list(tables.read(path, COLUMNS))
    assert found == [{"text": "=a", "whole": 3}]


@pytest.mark.parametrize(
    "damage",
    {
        "cut off": lambda name, data: data[: len(data) // 2] if "sheet1" in name else data,
        "empty": lambda name, data: b"" if "sheet1" in name else data,
        "no sheet": lambda name, data: b"<a/>" if name == "xl/workbook.xml" else data,
        "no place": lambda name, data: data.replace(b'r="A1"', b'r="!!"'),
        "a bomb": lambda name, data: b" " * 110_000_000 if "sheet1" in name else data,
    }.items(),
    ids=lambda pair: pair[0],
)
def test_a_damaged_sheet_is_refused(tmp_path, damage):
    book = openpyxl.Workbook()
    book.active.append(["id", "title"])
    book.save(tmp_path / "whole.xlsx")
    path = tmp_path / "t.xlsx"
    whole = zipfile.ZipFile(tmp_path / "whole.xlsx")
    with whole, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name in whole.namelist():
            made.writestr(name, damage[1](name, whole.read(name)))
    with pytest.raises(errors.Unreadable):
        list(tables.read(path))


def test_what_is_no_sheet_is_refused(tmp_path):
    (tmp_path / "t.xlsx").write_bytes(b"not a zip")
    with pytest.raises(errors.Unreadable):
        list(tables.read(tmp_path / "t.xlsx"))


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_figures_go_out_and_read_back(tree, going, tmp_path, suffix):
    path = tmp_path / f"out.{suffix}"
    told = exchange.write(tree, f"figures.{suffix}", path)
    rows = [dict(zip([c.name for c in listed.FIGURES], row, strict=True))
            for row in listed.figures(going, lambda *_: None)]  # fmt: skip
    assert list(tables.read(path, listed.FIGURES)) == rows
    assert told.count == len(rows) > 0
    kept = {each.id: each.figure for each in figures.all(tree)}
    assert [row["value"] for row in rows] == [kept[row["id"]].value for row in rows]
    assert not any("99,000" in str(row["text"]) for row in rows)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_sources_go_out_and_read_back(tree, all_going, tmp_path, suffix):
    path = tmp_path / f"out.{suffix}"
    exchange.write(tree, f"sources.{suffix}", path, restricted=True)
    found = list(tables.read(path, listed.SOURCES))
    assert [row["title"] for row in found] == [each.source.title for each in all_going]
    assert [row["restricted"] for row in found] == [False, False, True, False]
    assert found[1]["title"].startswith("=Letter")
    assert found[1]["notes"] == "First line\nsecond, “quoted”"
