"""The accession log: entries with their sources, numbered by year, each change undone."""

import pytest

from db import accessions, errors, history, sources
from db.archive import Archive


@pytest.fixture
def archive(tmp_path):
    with Archive.create(tmp_path / "log.muniment") as archive:
        yield archive


def test_an_entry_keeps_what_came_from_whom_and_which_sources_are_of_it(archive):
    fonds = sources.add(archive, "Harbour", "fonds")
    sources.add(archive, "Letters", "series", fonds)
    other = sources.add(archive, "Other", "fonds")
    entry = accessions.add(
        archive,
        {"number": "2024/1", "received": "2024-05", "received_from": " The pilots ", "notes": ""},
    )
    accessions.assign(archive, [fonds], entry)
    (found,) = accessions.all(archive)
    assert (found.number, found.received_from, found.notes) == ("2024/1", "The pilots", None)
    assert (found.sources, found.titles) == (2, ("Harbour", "Letters"))
    accessions.assign(archive, [other], entry)
    before = accessions.all(archive)
    accessions.remove(archive, entry)
    assert accessions.all(archive) == []
    assert len(sources.all(archive)) == 3
    history.undo(archive)
    assert accessions.all(archive) == before
    accessions.assign(archive, [fonds], None)
    assert accessions.all(archive)[0].titles == ("Other",)


def test_an_entry_counts_what_shows_and_names_the_first_few_of_it(archive):
    going = [sources.add(archive, f"Box {number}") for number in range(1, 9)]
    accessions.add(archive, {"number": "2024/1"}, going[:1])
    accessions.add(archive, {"number": "2024/2"}, going[1:])
    accessions.add(archive, {"number": "2024/3"})
    sources.remove(archive, going[1:2])
    third, second, first = accessions.all(archive)
    assert (first.sources, first.titles) == (1, ("Box 1",))
    assert (second.sources, second.titles) == (6, tuple(f"Box {each}" for each in range(3, 8)))
    assert (third.sources, third.titles) == (0, ())


def test_an_entry_is_changed_and_changed_back(archive):
    entry = accessions.add(archive, {"number": "7"})
    before = accessions.all(archive)
    accessions.change(archive, entry, {"provenance": "Found in the loft."})
    assert accessions.all(archive)[0].provenance == "Found in the loft."
    history.undo(archive)
    assert accessions.all(archive) == before


def test_numbers_follow_the_newest_entry_and_begin_anew_with_the_year(archive):
    assert accessions.next_number(archive, 2026) == "2026/1"
    accessions.add(archive, {"number": "2025/14"})
    assert accessions.next_number(archive, 2025) == "2025/15"
    assert accessions.next_number(archive, 2026) == "2026/1"
    accessions.add(archive, {"number": "A 09"})
    assert accessions.next_number(archive, 2026) == "A 10"


def test_what_is_no_date_and_an_entry_that_is_gone_are_refused(archive):
    with pytest.raises(errors.BadDescription):
        accessions.add(archive, {"received": "soon"})
    with pytest.raises(errors.BadDescription):
        accessions.assign(archive, [sources.add(archive, "Harbour")], 99)
    with pytest.raises(TypeError):
        accessions.add(archive, {"giver": "Ada"})
    assert accessions.all(archive) == []
