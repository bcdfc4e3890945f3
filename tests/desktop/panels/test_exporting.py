"""The export window asks what and where, keeps restricted sources in, and says what it did."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from db import sources
from db.archive import Archive
from desktop import exchange_words, exported


@pytest.fixture
def opened(window, harbour, qtbot, idle):
    with Archive.open(harbour) as archive:
        found = {each.file_name: each.id for each in sources.all(archive)}
        sources.describe(archive, found["letter.txt"], restricted=True)
    window.open_archive(harbour)
    qtbot.waitUntil(window.session.is_open, timeout=10_000)
    idle(window)
    window.session.selection.choose_source(found["ledger.txt"])
    return window


def shown(window, idle):
    window.command("export")
    idle(window)
    return window.exchanging.export_window()


def test_every_format_has_a_name_and_a_purpose(qapp):
    grouped = [form for _, forms in exchange_words.GROUPS for form in forms]
    assert sorted(grouped) == sorted(exported.NAMES) == sorted(exchange_words.FORMATS)
    assert all(exchange_words.name(form) and exchange_words.purpose(form) for form in grouped)


@pytest.mark.parametrize("form", exported.NAMES)
def test_a_file_of_every_format_is_written(opened, idle, tmp_path, form):
    export = shown(opened, idle)
    export.choose(form)
    assert export.chosen() == form
    export.export_to(tmp_path / exported.file_name(tmp_path / "Harbour.muniment", form))
    idle(opened)
    (written,) = tmp_path.glob("Harbour[ .]*")
    assert written.stat().st_size > 0
    assert not export.isVisible()


def test_restricted_sources_stay_out_unless_asked_for(opened, idle, tmp_path):
    export = shown(opened, idle)
    assert "Left out: 1 restricted source." in export._closed.text()
    export.choose("sources.csv")
    export.export_to(tmp_path / "a.csv")
    idle(opened)
    assert "Left out because it is restricted" in opened.statusBar().currentMessage()
    assert len((tmp_path / "a.csv").read_text("utf-8").splitlines()) == 2
    export = shown(opened, idle)
    export._restricted.click()
    assert "In the file: 1 restricted source" in export._closed.text()
    export.export_to(tmp_path / "b.csv")
    idle(opened)
    assert len((tmp_path / "b.csv").read_text("utf-8").splitlines()) == 3


def test_the_chosen_source_alone(opened, idle, tmp_path):
    export = shown(opened, idle)
    assert "ledger" in export._what.itemText(1).lower()
    export._restricted.click()
    export._what.setCurrentIndex(1)
    export.choose("sources.csv")
    export.export_to(tmp_path / "a.csv")
    idle(opened)
    assert len((tmp_path / "a.csv").read_text("utf-8").splitlines()) == 2


def test_a_place_that_cannot_be_written_is_said_and_the_window_stays(opened, idle, tmp_path):
    export = shown(opened, idle)
    export.export_to(tmp_path / "none" / "a.csv")
    idle(opened)
    assert "There is no folder" in export._said.text()
    assert export.isVisible()


@pytest.mark.parametrize("form", ["sources.csv", "report.html"])
def test_after_an_export_that_was_cancelled_another_can_be_asked_for(opened, idle, tmp_path, form):
    export = shown(opened, idle)
    export.choose(form)
    export.export_to(tmp_path / "a")
    opened.session.jobs.cancel_all()
    idle(opened)
    assert not (tmp_path / "a").exists()
    if form == "sources.csv":
        assert export._export.isEnabled()
    shown(opened, idle)
    assert export._export.isEnabled()
    assert export._print.isEnabled()
    export.close()


def test_the_formats_are_walked_with_the_keyboard(opened, idle, qtbot):
    export = shown(opened, idle)
    seen = {export.chosen()}
    qtbot.keyClick(export._formats, Qt.Key.Key_Home)
    for _ in range(len(exported.NAMES) + 8):
        qtbot.keyClick(export._formats, Qt.Key.Key_Down)
        seen.add(export.chosen())
    assert seen >= set(exported.NAMES)
    export.close()


def test_references_come_in_by_dropping_and_the_report_says_what_became_of_them(
    opened, idle, tmp_path
):
    path = tmp_path / "in.ris"
    path.write_text("TY  - BOOK\nTI  - A new <b>book</b>\nER  - \n", "utf-8")
    opened.import_paths([path])
    idle(opened)
    (message,) = [each for each in opened.findChildren(QMessageBox) if each.isVisible()]
    assert message.text() == "in.ris: 1 source new"
    message.close()
    assert "A new <b>book</b>" in [each.title for each in sources.all(opened.session.archive)]


def test_what_is_no_such_file_is_said(opened, idle, tmp_path):
    (tmp_path / "in.qdpx").write_bytes(b"nothing")
    opened.import_paths([tmp_path / "in.qdpx"])
    idle(opened)
    (message,) = [each for each in opened.findChildren(QMessageBox) if each.isVisible()]
    assert "damaged" in message.text()
    message.close()


def test_a_report_is_shown_before_it_is_printed(opened, idle, qtbot):
    from desktop.report.printing import Preview

    opened.command("print")
    idle(opened)
    export = opened.exchanging.export_window()
    assert export.chosen() == "report.pdf"
    assert export._print.isVisible()
    export._print.click()
    qtbot.waitUntil(lambda: export.findChild(Preview) is not None, timeout=10_000)
    preview = export.findChild(Preview)
    assert preview._document.toPlainText().startswith("Harbour")
    assert "cousin" not in preview._document.toPlainText()
    preview.close()
    export.choose("bib")
    assert not export._print.isVisible()
    export.close()


def test_every_change_that_an_exchange_makes_has_words_in_the_history(qapp):
    import re
    from pathlib import Path

    import db.exchange
    from desktop import showing

    made = "".join(
        path.read_text("utf-8") for path in Path(db.exchange.__file__).parent.glob("*.py")
    )
    labels = set(re.findall(r'"(take in [a-z]{1,20})"', made))
    assert len(labels) >= 4
    assert labels <= showing._CHANGES.keys()


def test_what_a_changed_table_would_change_is_asked_about_before_it_is_done(
    opened, idle, qtbot, tmp_path
):
    archive = opened.session.archive
    path = tmp_path / "sources.csv"
    exported.write(archive, None, asked=exported.Asked("sources.csv", path, None, True))
    path.write_text(path.read_text("utf-8").replace(",ledger,", ",The ledger,"), "utf-8")
    for answer in (QMessageBox.ButtonRole.RejectRole, QMessageBox.ButtonRole.AcceptRole):
        opened.exchanging.take_in([path])
        idle(opened)
        message = opened.findChildren(QMessageBox, "descriptions_to_change")[-1]
        qtbot.waitUntil(message.isVisible, timeout=5_000)
        assert "was “ledger”, is now “The ledger”" in message.detailedText()
        assert "ledger" in {source.title for source in sources.all(archive)}
        role = message.buttonRole
        next(button for button in message.buttons() if role(button) == answer).click()
        idle(opened)
    assert "The ledger" in {source.title for source in sources.all(archive)}
