"""What documents say of themselves, in the archive's own form."""

import pytest

from db.readers.origin import edtf_of, language_of, one_line


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("1941", "1941"),
        ("1941-05", "1941-05"),
        ("1941-05-03T10:00:00+03:00", "1941-05-03"),
        ("1941/5/3", "1941-05-03"),
        ("19410503", "1941-05-03"),
        ("03.05.1941", "1941-05-03"),
        ("1941-02-30", "1941-02"),
        ("1941-13-01", "1941"),
        ("0000-01-01", None),
        ("May 1941", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_a_date_becomes_edtf_as_far_as_it_is_one(said: str, date: str | None) -> None:
    assert edtf_of(said) == date


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en-GB", "en"), ("RU", "ru"), ("ger", "de"), ("zh_CN", "zh"), ("und", None), ("", None),
     ("English", None)],
)  # fmt: skip
def test_a_tag_becomes_its_language(tag: str, language: str | None) -> None:
    assert language_of(tag) == language


def test_a_title_is_one_line_and_not_endless() -> None:
    assert one_line(" Of\n pumps\t and wells ") == "Of pumps and wells"
    assert one_line(" \n ") is None
    assert len(one_line("pump " * 100_000) or "") == 500
