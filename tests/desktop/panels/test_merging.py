"""The windows of copies: look first, choose side by side, merge once; send what may be sent."""

import shutil

import pytest

from db import annotations, sources, tags
from db.archive import Archive
from db.records import Target


@pytest.fixture
def at_work(window, harbour, tmp_path, idle, qtbot):
    """The window on ours, and the path of a copy in which the same titles were changed."""
    other = shutil.copy(harbour, tmp_path / "copy.muniment")
    for path, title in ((other, "Theirs"), (harbour, "Ours")):
        with Archive.open(path, adopt=True) as archive:
            sources.describe(archive, 1, title=title)
            if path is other:
                sources.describe(archive, 2, creator="<b>Ada</b>")
    window.open_archive(harbour)
    qtbot.waitUntil(window.session.is_open)
    idle(window)
    return window, other


def look(window, other, idle):
    merging = window.copying.merge_window()
    merging.look(other)
    idle(window)
    return merging


def test_it_says_what_would_come_and_changes_nothing(at_work, idle):
    window, other = at_work
    merging = look(window, other, idle)
    (row,) = [merging._brings.topLevelItem(0)]
    assert row.text(0) == "sources"
    assert row.text(2) == "1"
    assert set(merging.choices().values()) == {"ours"}
    assert sources.get(window.session.archive, 2).creator is None


def test_theirs_is_taken_where_it_is_chosen_and_undo_takes_all_back(at_work, idle):
    window, other = at_work
    merging = look(window, other, idle)
    merging._all_theirs.click()
    assert set(merging.choices().values()) == {"theirs"}
    merging._all_ours.click()
    assert set(merging.choices().values()) == {"ours"}
    merging._all_theirs.click()
    merging._merge.click()
    idle(window)
    archive = window.session.archive
    assert sources.get(archive, 1).title == "Theirs"
    assert sources.get(archive, 2).creator == "<b>Ada</b>"
    window.command("undo")
    idle(window)
    assert sources.get(archive, 1).title == "Ours"


def test_a_file_that_is_no_copy_is_told_of_in_the_window(at_work, idle, tmp_path):
    window, _ = at_work
    (tmp_path / "letter.muniment").write_text("Dear cousin")
    merging = look(window, tmp_path / "letter.muniment", idle)
    assert "is not a Muniment archive" in merging._said.text()
    assert not merging._merge.isEnabled()


def test_after_a_merge_a_table_says_how_far_the_readers_agree(
    window, harbour, tmp_path, idle, qtbot
):
    other = shutil.copy(harbour, tmp_path / "copy.muniment")
    for path, person, start in ((other, "Béatrice", 0), (harbour, "Ada <b>", 40)):
        with Archive.open(path, adopt=True) as archive:
            archive.person = person
            tag = tags.add(archive, "debt")
            annotations.add(archive, "highlight", Target(1, start, start + 4), tag_ids=[tag])
    window.open_archive(harbour)
    qtbot.waitUntil(window.session.is_open)
    idle(window)
    merging = look(window, other, idle)
    merging._merge.click()
    idle(window)
    row = window.copying.agreement_window().rows()[0]
    assert row[:3] == ["debt", "Ada <b>", "Béatrice"]
    assert row[3:6] == ["0", "1", "1"]


def test_a_copy_is_sent_without_restricted_sources(at_work, idle, tmp_path):
    window, _ = at_work
    sources.describe(window.session.archive, 2, restricted=1)
    window.command("send_copy")
    idle(window)
    sending = window.copying._sending
    assert "1 source," in sending._left_out.text()
    window.copying.send(tmp_path / "sent.muniment", False, False)
    idle(window)
    with Archive.open(tmp_path / "sent.muniment", writable=False) as sent:
        assert [each.id for each in sources.all(sent)] == [1]
        assert sources.original(sent, 1) is None


def test_a_merge_that_was_stopped_can_be_begun_again(at_work, idle):
    window, other = at_work
    merging = look(window, other, idle)
    merging._merge.click()
    window.session.jobs.cancel_all()
    idle(window)
    assert sources.get(window.session.archive, 2).creator is None
    assert merging._merge.isEnabled()
    merging._merge.click()
    idle(window)
    assert sources.get(window.session.archive, 2).creator is not None
