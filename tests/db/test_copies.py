"""A copy to send holds what may be sent, and not a word more."""

import pytest

from db import (
    annotations,
    copies,
    errors,
    figures,
    history,
    ingest,
    links,
    merge,
    search,
    series,
    sources,
)
from db.archive import Archive
from db.records import Target


@pytest.fixture
def ours(harbour):
    with Archive.open(harbour) as archive:
        yield archive


def test_a_copy_holds_everything_and_is_sound(ours, tmp_path):
    sent = copies.send(ours, tmp_path / "out" / "copy.muniment")
    assert (sent.sources, sent.left_out) == (2, 0)
    with Archive.open(tmp_path / "out" / "copy.muniment", writable=False) as copy:
        assert [each.uuid for each in sources.all(copy)] == [
            each.uuid for each in sources.all(ours)
        ]
        assert sources.original(copy, 1) == sources.original(ours, 1)
        assert all(result.ok for result in copy.check())
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["copy.muniment"]


def test_without_originals_the_bytes_stay_at_home(ours, tmp_path):
    copies.send(ours, tmp_path / "copy.muniment", with_originals=False)
    with Archive.open(tmp_path / "copy.muniment", writable=False) as copy:
        assert sources.original(copy, 1) is None
        assert sources.get(copy, 1).sha256 == sources.get(ours, 1).sha256
        assert all(result.ok for result in copy.check())


def test_not_a_word_of_what_is_restricted_goes_along_nor_of_what_lies_below(ours, tmp_path):
    ledger, letter = [each.id for each in sources.all(ours)]
    sources.describe(ours, ledger, title="Zanzibarium", restricted=1)
    sources.describe(ours, letter, parent_id=ledger)
    note = annotations.add(ours, "note", Target(letter, 0, 4), body="Quagmirella")
    annotations.change(ours, [note], body="Quagmirella once more")
    figures.edit(ours, figures.in_source(ours, letter)[0].id, of="Xylographia")
    assert copies.restricted(ours) == 2
    sent = copies.send(ours, tmp_path / "copy.muniment")
    assert (sent.sources, sent.left_out) == (0, 2)
    data = (tmp_path / "copy.muniment").read_bytes()
    for word in (b"Zanzibarium", b"Quagmirella", b"Xylographia", b"barrels", b"cannery"):
        assert word not in data
    with Archive.open(tmp_path / "copy.muniment", writable=False) as copy:
        assert search.find(copy, search.Query.parse("cannery")).total == 0
        assert all(result.ok for result in copy.check())


def test_what_was_undone_or_said_of_a_restricted_source_from_afar_does_not_go_along(ours, tmp_path):
    ledger, letter = [each.id for each in sources.all(ours)]
    sources.describe(ours, letter, restricted=1)
    note = annotations.add(ours, "note", Target(letter, 0, 4), body="first")
    other = annotations.add(ours, "note", Target(ledger, 0, 4), body="open")
    link = links.add(ours, "supports", Target(annotation_id=other), Target(annotation_id=note))
    links.change(ours, link, note="Quagmirella")
    own = figures.in_source(ours, letter)[0].id
    kept = series.make(ours, "Kept", [own, figures.in_source(ours, ledger)[0].id])
    series.set_reading(ours, kept, own, "excluded", "Xylographia")
    undone = annotations.add(ours, "note", Target(letter, 5, 9), body="second")
    annotations.change(ours, [undone], body="Zanzibarium")
    history.undo(ours)
    history.undo(ours)
    copies.send(ours, tmp_path / "copy.muniment")
    data = (tmp_path / "copy.muniment").read_bytes()
    for word in (b"Quagmirella", b"Xylographia", b"Zanzibarium"):
        assert word not in data
    with Archive.open(tmp_path / "copy.muniment", writable=False) as copy:
        assert [each.body for each in annotations.rows(copy, annotations.ids(copy)).values()] == [
            "open"
        ]
        assert all(result.ok for result in copy.check())


def test_restricted_sources_go_along_when_asked_for(ours, tmp_path):
    sources.describe(ours, 1, restricted=1)
    sent = copies.send(ours, tmp_path / "copy.muniment", with_restricted=True)
    assert (sent.sources, sent.left_out) == (2, 0)


def test_what_was_left_out_is_not_taken_for_removed_when_the_copy_comes_back(ours, tmp_path):
    sources.describe(ours, 2, restricted=1)
    annotations.add(ours, "note", Target(2, 0, 4), body="ours")
    copies.send(ours, tmp_path / "copy.muniment", with_originals=False)
    with Archive.open(tmp_path / "copy.muniment", adopt=True) as copy:
        sources.describe(copy, 1, creator="A clerk")
    merged = merge.merge(ours, tmp_path / "copy.muniment")
    assert (merged.added, merged.changed) == ({}, {"sources": 1})
    assert (merged.removed, merged.conflicts) == ({}, [])
    assert len(sources.all(ours)) == 2
    assert sources.original(ours, 1) is not None


def test_a_stopped_copy_is_not_there(ours, tmp_path):
    def stop(done, _of, _what):
        if done == 3:
            raise errors.Cancelled

    (tmp_path / "out").mkdir()
    with pytest.raises(errors.Cancelled):
        copies.send(ours, tmp_path / "out" / "copy.muniment", stop)
    assert list((tmp_path / "out").iterdir()) == []


def test_an_archive_is_not_sent_onto_itself(ours):
    with pytest.raises(errors.SameArchive):
        copies.send(ours, ours.path)


def test_an_import_under_way_does_not_go_along(ours, tmp_path, files):
    (files / "third.txt").write_text("A third one.", "utf-8")

    def stop(_done, _of, what):
        if what == "":
            raise errors.Cancelled

    with pytest.raises(errors.Cancelled):
        ingest.add(ours, [files / "third.txt"], stop)
    assert copies.send(ours, tmp_path / "copy.muniment").sources == 2
