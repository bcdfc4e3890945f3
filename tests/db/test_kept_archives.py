"""An archive of each released version opens, is sound, and works with the program of today."""

import lzma

import pytest

from db import (
    annotations,
    figures,
    history,
    links,
    plots,
    saved_searches,
    search,
    sources,
    tags,
    versions,
)
from db.archive import Archive
from db.query import Query
from tests.db.keep_archive import KEPT


@pytest.fixture(params=sorted(KEPT.glob("*.xz")), ids=lambda each: each.name.split(".m")[0])
def kept(request, tmp_path):
    path = tmp_path / "kept.muniment"
    path.write_bytes(lzma.decompress(request.param.read_bytes()))
    return path


def test_an_archive_of_every_release_is_kept():
    assert "0.1.0.muniment.xz" in {each.name for each in KEPT.iterdir()}


def test_it_is_read_as_it_lies_and_stays_as_it_was(kept):
    before = kept.read_bytes()
    with Archive.open(kept, writable=False) as archive:
        assert [each.title for each in sources.all(archive)]
        assert not archive.is_ours
    assert kept.read_bytes() == before


def test_it_is_made_ones_own_and_everything_in_it_is_still_there(kept):
    with Archive.open(kept, adopt=True) as archive:
        assert [each for each in archive.check() if not each.ok] == []
        ledger, letter = sources.all(archive)
        assert (ledger.title, letter.restricted) == ("ledger", True)
        assert search.count(archive, Query.parse("boiler")) == 1
        states = [each.status for each in figures.in_source(archive, ledger.id)]
        assert states[:3] == ["accepted", "edited", "proposed"]
        assert figures.in_source(archive, ledger.id)[1].figure.value == 4501.0
        (note,) = annotations.ids(archive)
        assert annotations.get(archive, note).body == "Which one? 罐頭廠"
        assert set(tags.paths(archive)) == {"money", "money/loans"}
        assert len(versions.all(archive, letter.id)) == 2
        assert [each.name for each in plots.all(archive)] == ["The loan"]
        assert [each.name for each in saved_searches.all(archive)] == ["Loans"]
        assert len(links.ids(archive)) == 1


def test_what_was_undone_before_an_update_can_be_redone_and_undone_after_it(kept):
    with Archive.open(kept, adopt=True) as archive:
        (loans,) = (id for path, id in tags.paths(archive).items() if path == "money/loans")
        assert len(tags.taggings(archive, loans)) == 1
        history.redo(archive)
        assert len(tags.taggings(archive, loans)) == 2
        for _ in range(3):
            history.undo(archive)
        assert not any(each.restricted for each in sources.all(archive))
        assert [each for each in archive.check() if not each.ok] == []
