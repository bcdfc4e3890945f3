"""Originals in the real window: opened as a private copy, written out, checked with a report."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMessageBox

import db.originals
import db.sources


class Opener(QObject):
    """Stands for the system: remembers what it was asked to open."""

    def __init__(self):
        super().__init__()
        self.opened = []

    @Slot(QUrl)
    def open(self, url):
        path = Path(url.toLocalFile())
        self.opened.append((path, path.read_bytes()))


@pytest.fixture
def opener(qapp):
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "open")
    yield opener
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def opened(window, qtbot, idle, harbour):
    window.open_archive(harbour)
    qtbot.waitUntil(window.session.is_open, timeout=10_000)
    idle(window)
    source = db.sources.all(window.session.archive)[0]
    window.desk.read_source(source.id)
    idle(window)
    return window


def rename(window, name, idle):
    with window.session.archive.writing("originals", "sources") as database:
        database.execute("UPDATE originals SET file_name = ?", [name])
    idle(window)


def status(window):
    return window.statusBar().currentMessage()


def test_a_private_copy_is_opened_and_gone_when_the_archive_closes(opened, opener, idle, files):
    opened.command("open_original")
    idle(opened)
    ((copy, data),) = opener.opened
    assert (copy.name, data) == ("ledger.txt", (files / "ledger.txt").read_bytes())
    opened.command("close")
    assert not copy.exists()


def test_what_a_system_would_run_is_not_opened(opened, opener, idle):
    for name in ("tool.exe", "tool.sh", "tool.desktop", "tool", "tool.pdf.lnk"):
        rename(opened, name, idle)
        opened.command("open_original")
        idle(opened)
        assert "not opened from here" in status(opened)
    assert opener.opened == []


def test_a_page_that_may_load_from_the_network_is_asked_about_first(opened, opener, qtbot, idle):
    rename(opened, "page.html", idle)
    opened.command("open_original")
    idle(opened)
    (message,) = opened.findChildren(QMessageBox, "open_original")
    qtbot.waitUntil(message.isVisible, timeout=5_000)
    assert opener.opened == []
    message.buttons()[0].click()
    idle(opened)
    assert [path.name for path, _ in opener.opened] == ["page.html"]


def test_originals_are_written_where_one_says(opened, idle, tmp_path, files):
    ids = tuple(source.id for source in db.sources.all(opened.session.archive))
    out = tmp_path / "out"
    out.mkdir()
    opened.desk.originals.write(ids, str(out))
    idle(opened)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {
        path.name: path.read_bytes() for path in files.iterdir()
    }
    assert "2 originals written" in status(opened)


def test_a_check_is_made_kept_and_its_report_copied(opened, qtbot, idle):
    opened.command("check_originals")
    idle(opened)
    shown = opened.desk.originals.fixity_window()
    assert shown._empty.isVisible()
    shown.check()
    qtbot.waitUntil(lambda: shown._model.rowCount() == 1, timeout=5_000)
    assert "2 originals" in shown.report()
    assert "All are the files that were taken in." in shown.report()
    with opened.session.archive.writing("originals") as database:
        database.execute("UPDATE originals SET bytes = x'00' WHERE file_name = 'ledger.txt'")
    shown.check()
    qtbot.waitUntil(lambda: shown._model.rowCount() == 2, timeout=5_000)
    assert "ledger.txt: ✕ is not the file that was taken in" in shown.report()
    shown._copy.click()
    assert QGuiApplication.clipboard().text() == shown.report()
    assert len(db.originals.checks(opened.session.archive)) == 2
    shown.close()
