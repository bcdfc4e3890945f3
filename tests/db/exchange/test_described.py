"""Descriptions changed in a spreadsheet come back to their sources, as one change that says what it did."""

from datetime import date, datetime

import openpyxl
import pytest

from db import errors, exchange, history, sources
from db.exchange import described, listed, tables, taking
from db.exchange.tables import write_csv


@pytest.fixture(params=["csv", "xlsx"])
def table(request, tree, tmp_path):
    path = tmp_path / f"My sources.{request.param}"
    exchange.write(tree, f"sources.{request.param}", path, restricted=True)
    return path


def test_an_unchanged_table_changes_nothing(tree, table):
    before = sources.all(tree)
    log = len(history.log(tree))
    taken = taking.take_in(tree, table)
    assert (taken.described, taken.matched, taken.left_out) == (0, 4, ())
    assert sources.all(tree) == before
    assert len(history.log(tree)) == log


def rewrite(path, change):
    """The table with each row changed by `change`, as a spreadsheet would leave it."""
    rows = list(tables.read(path, listed.SOURCES))
    for row in rows:
        change(row)
    columns = [column for column in listed.SOURCES if column.name in rows[0]]
    values = [[row[column.name] for column in columns] for row in rows]
    with path.open("w+b") as file:
        if path.suffix == ".csv":
            write_csv(file, columns, values)
        else:
            tables.write_xlsx(file, "sources", columns, values)


def test_what_was_changed_is_changed_and_undone_at_once(tree, table):
    before = sources.all(tree)

    def change(row):
        if row["reference_code"] == "HP/1":
            row |= {"title": "=A new title", "date": "1939", "creator": None, "restricted": True}
        if row["reference_code"] == "HP/2":
            row["restricted"] = False

    rewrite(table, change)
    taken = taking.take_in(tree, table)
    found = {source.reference_code: source for source in sources.all(tree)}
    letter = found["HP/1"]
    assert (letter.title, letter.date, letter.creator) == ("=A new title", "1939", None)
    assert (letter.restricted, found["HP/2"].restricted) == (True, False)
    assert taken.described == 2
    assert ("date", "1938-03~", "1939") in [(c.field, c.ours, c.theirs) for c in taken.conflicts]
    days = tree.reading().execute("SELECT earliest FROM sources WHERE id = ?", [letter.id])
    assert days.fetchone()[0] == date(1939, 1, 1).toordinal()
    history.undo(tree)
    assert sources.all(tree) == before


def test_what_cannot_be_is_told_and_left(tree, table):
    def change(row):
        row |= {"title": None, "date": "in spring", "level": "shelf", "notes": "kept"}

    before = {source.id: source for source in sources.all(tree)}
    rewrite(table, change)
    taken = taking.take_in(tree, table)
    assert len(taken.left_out) == 12
    for source in sources.all(tree):
        was = before[source.id]
        assert (source.title, source.date, source.level) == (was.title, was.date, was.level)
        assert source.notes == "kept"


def test_columns_that_are_missing_and_rows_of_others_are_left(tree, tmp_path):
    source = sources.all(tree)[0]
    (tmp_path / "sources.csv").write_text(
        f"id,genre\n{source.id},papers\n999,nothing\n,nothing\n", "utf-8"
    )
    taken = taking.take_in(tree, tmp_path / "sources.csv")
    assert sources.get(tree, source.id).genre == "papers"
    assert sources.get(tree, source.id).title == source.title
    assert len(taken.left_out) == 2


def test_a_table_of_something_else_is_refused(tree, tmp_path):
    (tmp_path / "sources.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(errors.Unreadable):
        taking.take_in(tree, tmp_path / "sources.csv")
    book = openpyxl.Workbook()
    book.save(tmp_path / "sources.xlsx")
    with pytest.raises(errors.Unreadable):
        taking.take_in(tree, tmp_path / "sources.xlsx")


def test_what_spreadsheets_make_of_dates_is_read_as_dates(tree, tmp_path):
    found = {source.reference_code: source.uuid for source in sources.all(tree)}
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["uuid", "date"])
    sheet.append([found["HP/1"], datetime(1938, 3, 4)])
    sheet.append([found["HP"], 1938.0])
    book.save(tmp_path / "sources.xlsx")
    taking.take_in(tree, tmp_path / "sources.xlsx")
    dates = {source.reference_code: source.date for source in sources.all(tree)}
    assert (dates["HP/1"], dates["HP"]) == ("1938-03-04", "1938")


def test_a_restriction_is_lifted_only_by_a_plain_no(tree, tmp_path):
    path = tmp_path / "sources.csv"
    closed = next(source for source in sources.all(tree) if source.restricted)

    def says(cell):
        path.write_text(f"uuid,restricted\n{closed.uuid},{cell}\n", "utf-8")
        taken = taking.take_in(tree, path)
        return sources.get(tree, closed.id).restricted, taken.left_out

    assert says("") == (True, ())
    # What a German spreadsheet makes of a TRUE.
    assert says("WAHR") == (True, ("Closed file: restricted WAHR",))
    assert says("YES") == (True, ())
    assert says("0") == (False, ())


def test_a_number_that_is_none_is_refused(tree, tmp_path):
    path = tmp_path / "sources.xlsx"
    columns = (tables.Column("id"), tables.Column("title"))
    with path.open("w+b") as file:
        tables.write_xlsx(file, "sources", columns, [["inf", "x"]])
    with pytest.raises(errors.Unreadable):
        taking.take_in(tree, path)


def test_the_further_elements_come_back_too_and_a_look_changes_nothing(tree, table):
    ids = {source.reference_code: source.id for source in sources.all(tree)}
    before = sources.elements(tree, list(ids.values()))

    def change(row):
        if row["reference_code"] == "HP":
            row |= {"scope": "Boilers.\n\nPumps and ropes.", "extent": None, "coverage": "Oslo"}

    rewrite(table, change)
    looked = described.take_in(tree, table, only_look=True)
    assert sources.elements(tree, list(ids.values())) == before
    taken = taking.take_in(tree, table)
    assert taken.conflicts == looked.conflicts
    assert ("extent", "2 folders", "") in [(c.field, c.ours, c.theirs) for c in taken.conflicts]
    assert sources.elements(tree, [ids["HP"]])[ids["HP"]] == {
        "scope": "Boilers.\n\nPumps and ropes.", "own word": "kept", "coverage": "Oslo",
    }  # fmt: skip
    history.undo(tree)
    assert sources.elements(tree, list(ids.values())) == before
