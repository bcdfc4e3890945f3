"""Reference codes: the next one at a place, a branch numbered at once, none given twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import codes, history, sources
from db.archive import Archive


@pytest.fixture
def archive(tmp_path):
    with Archive.create(tmp_path / "codes.muniment") as archive:
        yield archive


def add(archive, title, parent=None, code=None):
    return sources.add(archive, title, "file", parent, reference_code=code)


def code_of(archive):
    return {each.title: each.reference_code for each in sources.all(archive)}


def test_the_next_code_follows_the_last_sibling(archive):
    fonds = add(archive, "Harbour", code="H")
    assert codes.proposed(sources.all(archive), fonds) == "H/1"
    add(archive, "one", fonds, "H/2/08a")
    assert codes.proposed(sources.all(archive), fonds) == "H/2/09a"
    add(archive, "two", fonds, "H/2/09a")
    add(archive, "three", fonds, "no number")
    assert codes.proposed(sources.all(archive), fonds) == "H/2/10a"
    add(archive, "elsewhere", None, "H/2/10a")
    assert codes.proposed(sources.all(archive), fonds) == "H/2/11a"


def test_where_nothing_says_how_codes_are_made_none_is_proposed(archive):
    plain = add(archive, "Harbour")
    assert codes.proposed(sources.all(archive), plain) is None
    assert codes.proposed(sources.all(archive), None) is None


def test_the_mark_between_codes_is_the_one_of_the_archive(archive):
    fonds = add(archive, "Harbour", code="H 7")
    series = add(archive, "Letters", fonds, "H 7-1")
    assert codes.proposed(sources.all(archive), series) == "H 7-1-1"
    assert codes.proposed(sources.all(archive), fonds) == "H 7-2"


def test_a_branch_is_numbered_in_its_order_and_undone_at_once(archive):
    fonds = add(archive, "Harbour", code="H")
    letters = add(archive, "Letters", fonds)
    add(archive, "Ledgers", fonds, "H/1")
    add(archive, "Maps", fonds)
    add(archive, "A letter", letters)
    add(archive, "Another", letters)
    before = sources.all(archive)
    plan = codes.numbered(archive, fonds)
    assert {each.title: each.then for each in plan} == {
        "Letters": "H/2", "Maps": "H/3", "A letter": "H/2/1", "Another": "H/2/2",
    }  # fmt: skip
    codes.number(archive, {each.source_id: each.then for each in plan})
    assert code_of(archive)["Ledgers"] == "H/1"
    anew = {each.title: each.then for each in codes.numbered(archive, fonds, only_missing=False)}
    assert (anew["Letters"], anew["Ledgers"], anew["A letter"]) == ("H/1", "H/2", "H/1/1")
    assert "Maps" not in anew
    history.undo(archive)
    assert sources.all(archive) == before


@given(st.lists(st.text("A1/09 é", max_size=6), max_size=8))
@settings(max_examples=60, deadline=None)
def test_the_code_that_follows_is_never_one_that_is_taken(taken):
    for code in taken:
        after = codes.after(code, set(taken))
        assert after is None or after not in taken
        assert (after is None) == (not any(each.isdecimal() for each in code))
