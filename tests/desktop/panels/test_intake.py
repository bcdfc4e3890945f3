"""The clipboard, watched folders and past reports in the real window."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication, QImage

import db.import_reports
import db.ingest
import db.sources
from db import errors
from desktop.panels.importing import ImportWindow


@pytest.fixture
def opened(window, qtbot, idle, harbour):
    window.open_archive(harbour)
    qtbot.waitUntil(window.session.is_open, timeout=10_000)
    idle(window)
    yield window
    for shown in window.findChildren(ImportWindow):
        shown.close()
    idle(window)


def listed(window, qtbot):
    page = window.findChild(ImportWindow)._choosing
    qtbot.waitUntil(lambda: bool(page._files), timeout=10_000)
    return page


def test_words_on_the_clipboard_are_looked_at_to_be_taken_in(opened, qtbot, idle):
    QGuiApplication.clipboard().setText("A word\r\nfrom elsewhere. 🚢")
    opened.command("paste_source")
    page = listed(opened, qtbot)
    (file,) = page._files
    assert "Pasted 2" in file.path
    assert Path(file.path).read_bytes() == "A word\r\nfrom elsewhere. 🚢".encode()
    idle(opened)
    opened.command("close")
    qtbot.waitUntil(lambda: not Path(file.path).exists(), timeout=5_000)


def test_files_and_pictures_on_the_clipboard_are_taken_too(opened, qtbot, idle, files):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(files / "letter.txt")), QUrl("https://example.org/a")])
    QGuiApplication.clipboard().setMimeData(data)
    found = []
    opened.intake.found.disconnect()
    opened.intake.found.connect(lambda paths, _table: found.append(paths))
    opened.command("paste_source")
    QGuiApplication.clipboard().setImage(QImage(4, 4, QImage.Format.Format_RGB32))
    opened.command("paste_source")
    QGuiApplication.clipboard().setText("  ")
    opened.command("paste_source")
    assert [[path.suffix for path in paths] for paths in found] == [[".txt"], [".png"]]
    assert "no words" in opened.statusBar().currentMessage()


def test_a_watched_folder_gives_the_files_that_are_no_sources_yet(opened, qtbot, idle, files):
    (files / "new.txt").write_text("Something that arrived today.\n", "utf-8")
    opened.command("watched")
    shown = opened.intake.watched_window()
    assert not shown._look.isEnabled()
    shown.add(str(files))
    shown.add(str(files))
    assert shown._list.count() == 1
    shown.look()
    page = listed(opened, qtbot)
    assert [file.path for file in page._files] == [str(files / "new.txt")]
    (files / "new.txt").unlink()
    opened.command("watched")
    assert opened.session.settings.watched(opened.session.archive.uuid) == [str(files)]
    shown.look()
    qtbot.waitUntil(lambda: "Nothing new" in shown._said.text(), timeout=5_000)
    shown._take_off.click()
    assert opened.session.settings.watched(opened.session.archive.uuid) == []
    shown.close()


def test_the_report_of_every_import_is_kept_and_can_be_printed(opened, qtbot, idle, tmp_path):
    archive = opened.session.archive
    good, bad = tmp_path / "good.txt", tmp_path / "bad.pdf"
    good.write_text("The boat came in.\n", "utf-8")
    bad.write_bytes(b"%PDF-1.4 nothing")
    told = db.ingest.add(archive, [good, bad, tmp_path / "gone.txt"], figures=False)
    (kept, _) = db.import_reports.kept(archive)
    assert kept.sources == 1
    assert [each.path for each in kept.report.imported] == [str(good)]
    assert [(path, error.facts) for path, error in kept.report.failed] == [
        (path, error.facts) for path, error in told.failed
    ]
    assert isinstance(kept.report.failed[0][1], errors.Unreadable)
    opened.command("import_reports")
    idle(opened)
    shown = opened.intake.reports_window()
    assert shown._which.count() == 2
    assert "2 not taken in" in shown._which.itemText(0)
    assert "1 source taken in" in shown.reporting()._head.text()
    shown._which.setCurrentIndex(1)
    assert "2 sources taken in" in shown.reporting()._head.text()
    shown.preview()
    shown.close()


def test_what_an_older_program_kept_of_an_import_is_shown_too(opened):
    archive = opened.session.archive
    old = '{"imported": ["a.txt"], "duplicates": [["b.txt", 1]], "failed": [["c", "no text"]]}'
    for stored, count in ((old, 1), ("no JSON", 0), ("[]", 0), (None, 0)):
        with archive.writing("imports") as database:
            database.execute("UPDATE imports SET report = ?", [stored])
        (kept,) = db.import_reports.kept(archive)
        assert len(kept.report.imported) == len(kept.report.failed) == count


def test_a_table_describes_files_in_the_window_as_on_the_command_line(
    opened, qtbot, idle, tmp_path
):
    (tmp_path / "a.txt").write_text("The boat came in.\n", "utf-8")
    (tmp_path / "b.txt").write_text("The boat went out.\n", "utf-8")
    table = tmp_path / "table.csv"
    table.write_text(
        "path,title,level,parent,date\n,Boats,fonds,,\na.txt,In,item,Boats,1938\n"
        "b.txt,Out,item,Boats,1939\n",
        "utf-8",
    )
    opened.intake.found.emit([], table)
    page = listed(opened, qtbot)
    qtbot.waitUntil(lambda: sum(file.looked for file in page._files) == 2, timeout=20_000)
    assert [(file.title, file.date) for file in page._files] == [
        ("Boats", None), ("In", "1938"), ("Out", "1939"),
    ]  # fmt: skip
    assert page._model.index(0, 5).data() == "a description without a file"
    page._table.selectRow(2)
    page.leave_out()
    page._go.click()
    archive = opened.session.archive
    qtbot.waitUntil(lambda: len(db.sources.all(archive)) == 4, timeout=20_000)
    idle(opened)
    found = {source.title: source for source in db.sources.all(archive)}
    assert found["In"].parent_id == found["Boats"].id
    assert found["In"].date == "1938"


def test_of_a_table_without_a_file_left_nothing_is_taken_in(opened, qtbot, idle, tmp_path):
    (tmp_path / "a.txt").write_text("The boat came in.\n", "utf-8")
    table = tmp_path / "table.csv"
    table.write_text("path,title\na.txt,In\n", "utf-8")
    opened.intake.found.emit([], table)
    page = listed(opened, qtbot)
    page._table.selectRow(0)
    page.leave_out()
    assert not page._go.isEnabled()
    table.write_text("a,b\n", "utf-8")
    opened.intake.found.emit([], table)
    qtbot.waitUntil(lambda: "no column" in page._count.text(), timeout=10_000)
    idle(opened)
