"""The step before an import: what files are and what they are like, with nothing written."""

import pytest

import db.sources
from desktop.panels.importing import ImportWindow, told_rate


@pytest.fixture
def choosing(window, qtbot, idle, harbour, files, tmp_path):
    """The first page of the import window with four files: one here already, two alike, a new one."""
    window.open_archive(harbour)
    qtbot.waitUntil(window.session.is_open, timeout=10_000)
    idle(window)
    words = "\n\n".join(
        f"On day {n} of the month the pilot brought ship number {n} to the quay." for n in range(6)
    )
    (files / "pilot.txt").write_text(words, "utf-8")
    (files / "pilot2.txt").write_text(words.replace("pilot", "master", 1), "utf-8")
    ledger = (files / "ledger.txt").read_text("utf-8")
    (files / "ledger.txt").write_text(ledger.replace("a new boiler", "an engine"), "utf-8")
    window.import_paths([files])
    shown = window.findChild(ImportWindow)
    page = shown._choosing
    qtbot.waitUntil(lambda: sum(file.looked for file in page._files) == 4, timeout=20_000)
    qtbot.waitUntil(
        lambda: sum(file.alike is not None for file in page._files) == 4, timeout=10_000
    )
    yield page
    shown.close()


def states(page):
    rows = range(page._model.rowCount())
    last = page._model.columnCount() - 1
    return {page._model.index(row, 0).data(): page._model.index(row, last).data() for row in rows}


def test_what_files_are_already_or_much_like_is_said_before_anything_is_written(
    choosing, window, idle
):
    said = states(choosing)
    assert said["letter.txt"].startswith("= here already: “letter”")
    assert said["ledger.txt"].startswith("≈ ")
    assert "like “ledger”" in said["ledger.txt"]
    assert "like the file “pilot2.txt”" in said["pilot.txt"]
    assert "1 of them here already" in choosing._count.text()
    choosing._table.selectRow(1)
    assert "Title: letter" in choosing._about.text()
    assert "Language: en" in choosing._about.text()
    assert len(db.sources.all(window.session.archive)) == 2


def test_a_file_can_be_left_out(choosing, qtbot, window, idle):
    asked = []
    for row in (3, 0):
        choosing._table.selectRow(row)
        choosing.leave_out()
    assert list(states(choosing)) == ["letter.txt", "pilot.txt"]
    choosing.import_requested.disconnect()
    choosing.import_requested.connect(lambda paths, *_: asked.append(paths))
    choosing._go.click()
    ((one, two),) = asked
    assert (one.rpartition("/")[2], two.rpartition("/")[2]) == ("letter.txt", "pilot.txt")


def test_an_import_says_how_fast_it_goes_and_how_long_it_will_take(qapp):
    assert told_rate(4, 5000, 10) == ""
    assert told_rate(500, 5000, 1) == ""
    assert told_rate(500, 5000, 20) == "25 files a second · about 3 minutes left"
    assert told_rate(10, 11, 100) == "6 files a minute · about 1 minute left"
    assert told_rate(5000, 5000, 200) == "25 files a second"
