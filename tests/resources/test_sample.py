"""Whether the sample archive's sources and the table that describes them belong together."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

import resources

SAMPLE = resources.path("sample")
COLUMNS = [
    "path",
    "title",
    "creator",
    "date",
    "language",
    "genre",
    "level",
    "reference_code",
    "parent",
    "rights",
    "notes",
]
# A day, month, season or year, perhaps approximate or uncertain; either end of a span may be open.
_POINT = r"\d{4}(?:-(?:0[1-9]|1[0-2]|2[1-4])(?:-(?:0[1-9]|[12]\d|3[01]))?)?[~?%]?"
_EDTF = re.compile(rf"(?:{_POINT}(?:/(?:{_POINT}|\.\.))?|\.\./{_POINT})")


def rows() -> list[dict[str, str]]:
    with (SAMPLE / "sample.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def words(path: Path) -> int:
    """Words of the languages with spaces; a Chinese character counts as half a word."""
    text = re.sub(r"<[^<>]{1,200}>", " ", path.read_text(encoding="utf-8"))
    chinese = re.findall(r"[\u4e00-\u9fff]", text)
    return len(chinese) // 2 + len(re.sub(r"[\u3000-\uffef]", " ", text).split())


ITEMS = [row for row in rows() if row["level"] == "item"]


def test_the_table_has_the_columns_that_import_understands():
    with (SAMPLE / "sample.csv").open(encoding="utf-8", newline="") as table:
        assert next(csv.reader(table)) == COLUMNS


def test_every_file_of_the_table_is_there_and_no_file_is_left_out():
    on_disk = {entry.name for entry in SAMPLE.iterdir() if not entry.name.startswith((".", "_"))}
    assert on_disk - {"sample.csv", "README.md"} == {row["path"] for row in rows()}


def test_no_path_and_no_reference_code_comes_twice():
    for column in ("path", "reference_code", "title"):
        assert [v for v, n in Counter(row[column] for row in rows()).items() if n > 1] == []


@pytest.mark.parametrize("name", [*(row["path"] for row in rows()), "README.md", "sample.csv"])
def test_a_file_is_utf_8_with_plain_line_ends(name: str):
    data = (SAMPLE / name).read_bytes()
    assert data.decode("utf-8").strip()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.endswith(b"\n")


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["path"])
def test_a_date_is_edtf(row: dict[str, str]):
    assert _EDTF.fullmatch(row["date"]), row["date"]


@pytest.mark.parametrize(
    "words_of_a_date", ["", "2 December 1940", "1940-13", "1940-12-32", "c. 1985", "../.."]
)
def test_a_date_in_words_would_be_refused(words_of_a_date: str):
    assert not _EDTF.fullmatch(words_of_a_date)


def test_a_parent_is_the_reference_code_of_an_earlier_row():
    seen: set[str] = set()
    for row in rows():
        assert not row["parent"] or row["parent"] in seen, row["path"]
        assert row["reference_code"].startswith(row["parent"])
        seen.add(row["reference_code"])
    assert [row["level"] for row in rows() if not row["parent"]] == ["fonds"]


@pytest.mark.parametrize("row", ITEMS, ids=lambda row: row["path"])
def test_an_item_is_short_enough_to_be_read_at_one_sitting(row: dict[str, str]):
    assert 150 <= words(SAMPLE / row["path"]) <= 500


def test_the_sources_are_of_many_kinds_and_five_languages():
    assert len(ITEMS) >= 12
    assert {row["language"] for row in ITEMS} == {"en", "ru", "zh", "de", "fr"}
    assert {"cable", "newspaper", "memoir", "ledger", "encyclopaedia", "speech", "letter"} <= {
        row["genre"] for row in ITEMS
    }
    assert {Path(row["path"]).suffix for row in ITEMS} == {".txt", ".md", ".html"}


def test_the_web_page_asks_for_nothing_from_elsewhere():
    page = (SAMPLE / "guide-aid-1999.html").read_text(encoding="utf-8")
    assert re.findall(r"(?:src|href)=\"(?!#)", page) == []
    assert "<nav>" in page
    assert "<footer>" in page


def test_the_ledger_is_ten_thousand_dollars_short_of_its_total():
    ledger = (SAMPLE / "ledger-trading-corporation-1939.txt").read_text(encoding="utf-8")
    column = re.findall(r"^(\S.{5,60}\S) {2,60}\$([\d,]{5,12})$", ledger, re.MULTILINE)
    amounts = {item: int(amount.replace(",", "")) for item, amount in column}
    total = amounts.pop("Total carried to folio 119")
    assert total - sum(amounts.values()) == 10_000
    assert len(amounts) == 9
