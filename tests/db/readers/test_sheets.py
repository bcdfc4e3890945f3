"""Tables as text: a row a line, a tab between cells, every sheet under its name."""

import io

import openpyxl
import pytest

from db.errors import Unreadable
from tests.db.readers.made import ODF, packed, read, told


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.csv", 'year,sacks\n1911,"1,200"\n1912,\n'),
        ("a.csv", "year;sacks\r\n1911;1,200\r\n1912;\r\n"),
        ("a.tsv", "year\tsacks\n1911\t1,200\n1912\t\n"),
    ],
)
def test_a_table_in_text_form_is_read_by_what_parts_its_cells(tmp_path, name, source) -> None:
    assert told(read(tmp_path, name, source)) == [("table", "year\tsacks\n1911\t1,200\n1912")]


def test_a_first_cell_that_says_nothing_keeps_its_column(tmp_path) -> None:
    document = read(tmp_path, "a.csv", ",1911,1912\nrye,40,50\n")
    assert document.text == "\t1911\t1912\nrye\t40\t50"


def test_what_turns_out_to_be_no_table_stands_once(tmp_path) -> None:
    source = f'first,line\nsecond,"{"long " * 40_000}'
    assert read(tmp_path, "a.csv", source).text.count("first") == 1


def test_a_long_table_is_several_passages(tmp_path) -> None:
    source = "".join(f"{year},{year * 2}\n" for year in range(1800, 1900))
    assert [kind for kind, _ in told(read(tmp_path, "a.csv", source))] == ["table"] * 3


def test_the_sheets_of_a_book_stand_under_their_names(tmp_path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    first.title = "Rye"
    first.append(["year", "sacks"])
    first.append([1911, 1200.0])
    book.create_sheet("Oats").append([1912, 7.5])
    out = io.BytesIO()
    book.save(out)
    assert told(read(tmp_path, "a.xlsx", out.getvalue())) == [
        ("heading", "Rye"), ("table", "year\tsacks\n1911\t1200"),
        ("heading", "Oats"), ("table", "1912\t7.5"),
    ]  # fmt: skip


def test_an_open_document_sheet_repeats_what_it_says_is_repeated(tmp_path) -> None:
    spaces = " ".join(f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "text", "table"))
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>".format
    repeated = cell(' table:number-columns-repeated="2"', "7")
    blank = '<table:table-cell table:number-columns-repeated="999999"/>'
    content = (
        f'<office:c {spaces}><table:table table:name="Rye"><table:table-row>{cell("", "1911")}'
        f"{repeated}{blank}</table:table-row></table:table></office:c>"
    )
    data = packed(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}
    )
    assert told(read(tmp_path, "a.ods", data)) == [("table", "1911\t7\t7")]


def test_a_damaged_book_is_refused(tmp_path) -> None:
    with pytest.raises(Unreadable, match="damaged"):
        read(tmp_path, "a.xlsx", packed({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<"}))
