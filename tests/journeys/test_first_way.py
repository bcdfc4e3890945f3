"""From files to a figure's words, through the real window over a real archive."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog

from desktop.models.paged import RecordRole


def drop(window, paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


def opened(window, qtbot, idle, path):
    window.open_archive(path)
    qtbot.waitUntil(window.session.is_open, timeout=10_000)
    idle(window)


def test_files_dropped_on_the_welcome_page_become_an_archive_that_can_be_read_and_searched(
    window, qtbot, idle, files, tmp_path, monkeypatch
):
    target = tmp_path / "new.muniment"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))
    drop(window, [files])
    qtbot.waitUntil(window.session.is_open, timeout=10_000)
    assert window.windowTitle().startswith("new")

    importing = window.import_window()
    qtbot.waitUntil(lambda: importing._choosing._go.isEnabled(), timeout=10_000)
    idle(window)
    assert importing._choosing._count.text() == "2 files"
    qtbot.mouseClick(importing._choosing._go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: importing._stack.currentWidget() is importing._reporting, timeout=60_000
    )
    assert importing._reporting._head.text().startswith("2 sources taken in")
    assert "figures" in importing._reporting._head.text()
    importing.close()

    qtbot.waitUntil(lambda: window.desk.library.total() == 2, timeout=5000)
    idle(window)
    tree = window.desk.library._tree
    titles = [tree.model().index(row, 0).data() for row in range(2)]
    ledger = next(row for row, title in enumerate(titles) if "edger" in title)
    tree.setCurrentIndex(tree.model().index(ledger, 0))
    qtbot.waitUntil(window.desk.reader.has_text, timeout=5000)
    assert "boiler" in window.desk.reader._text.toPlainText()

    window.command("search")
    assert window.desk.tab() == "find"
    qtbot.keyClicks(window.desk.search._words, "barrels")
    qtbot.waitUntil(lambda: window.desk.search._found.hits.rowCount() == 2, timeout=5000)
    found = window.desk.search._found.list
    hit = found.model().index(0, 0).data(RecordRole)
    found.activated.emit(found.model().index(0, 0))
    idle(window)
    assert window.desk.tab() == "read"
    at = window.desk.reader._text.caret()
    assert hit.start <= at < hit.end
    assert window.desk.reader._opened.text[at : at + 7] == "barrels"


def test_a_figure_of_the_table_leads_to_its_words_and_back(window, qtbot, idle, harbour):
    opened(window, qtbot, idle, harbour)
    window.command("tab_figures")
    table = window.desk.figures._table
    qtbot.waitUntil(lambda: table.model().rowCount() > 4, timeout=5000)
    model = table.model()
    row = next(
        row
        for row in range(model.rowCount())
        if model.index(row, 0).data(RecordRole).figure.text == "30 barrels"
        and "Ada" not in model.index(row, 0).data(RecordRole).source_title
    )
    table.selectRow(row)
    idle(window)
    chosen = window.session.selection.now.figure
    assert chosen.figure.text == "30 barrels"
    assert "30 barrels" in window.desk.inspector.described()

    table.activated.emit(model.index(row, 0))
    idle(window)
    assert window.desk.tab() == "read"
    text = window.desk.reader._opened.text
    assert text[chosen.figure.start : chosen.figure.end] == "30 barrels"
    assert window.desk.reader._text.caret() == chosen.figure.start
    assert window.desk.reader._text._chosen.id == chosen.id

    window.command("back")
    assert window.desk.tab() == "figures"
    window.command("copy_evidence")
    idle(window)
    copied = QGuiApplication.clipboard().text()
    assert "30 barrels of oil" in copied
    assert "30 barrel" in copied.splitlines()[1]
    assert copied.splitlines()[2].endswith(".")
    assert copied.splitlines()[3].startswith("muniment:")
    window.command("forward")
    idle(window)
    assert window.desk.tab() == "read"


def test_a_point_of_the_plot_leads_to_its_words(window, qtbot, idle, harbour):
    opened(window, qtbot, idle, harbour)
    window.command("tab_plot")
    qtbot.waitUntil(lambda: window.desk.plot.panel is not None, timeout=20_000)
    idle(window)
    import db.figures

    every = db.figures.all(window.session.archive)
    kept = next(kept for kept in every if kept.figure.text == "$7,500")
    panel = window.desk.plot.panel
    panel._controls.unit.put(("USD", None))
    panel._controls.changed.emit()
    panel.grab()  # the value axis takes the room of its labels only while it is painted
    qtbot.mouseClick(panel.canvas(), Qt.MouseButton.LeftButton, pos=panel.point_of(kept.id))
    idle(window)
    assert window.session.selection.now.figure.id == kept.id
    assert "$7,500" in panel._strip.text()
    qtbot.mouseDClick(panel.canvas(), Qt.MouseButton.LeftButton, pos=panel.point_of(kept.id))
    idle(window)
    assert window.desk.tab() == "read"
    assert window.desk.reader._text.caret() == kept.figure.start


def test_a_decision_shows_everywhere_and_can_be_undone_after_reopening(
    window, qtbot, idle, harbour
):
    opened(window, qtbot, idle, harbour)
    window.command("tab_figures")
    table = window.desk.figures._table
    qtbot.waitUntil(lambda: table.model().rowCount() > 4, timeout=5000)
    idle(window)
    table.selectRow(0)
    idle(window)
    figure_id = window.session.selection.now.figure.id
    window.command("accept")
    qtbot.waitUntil(lambda: window.session.selection.now.figure.status == "accepted", timeout=5000)
    qtbot.waitUntil(lambda: "accepted" in table.model().index(0, 5).data(), timeout=5000)
    assert "accepted" in window.desk.inspector.described()

    idle(window)
    window.command("close")
    qtbot.waitUntil(lambda: not window.session.is_open())
    assert window.windowTitle() == "Muniment"
    assert [path.name for path in Path(harbour.parent).glob("harbour.muniment*")] == [
        "harbour.muniment"
    ]
    opened(window, qtbot, idle, harbour)
    assert window.windowTitle().startswith("Harbour")
    assert window.desk.library.total() == 2
    window.command("undo")
    idle(window)
    import db.figures

    rows = db.figures.rows(window.session.archive, [figure_id])
    assert rows[figure_id].status == "proposed"
    qtbot.waitUntil(lambda: "acceptance of 1 figure" in window.statusBar().currentMessage())


def test_what_lies_beyond_the_emoji_is_marked_where_it_stands(window, qtbot, idle, harbour):
    opened(window, qtbot, idle, harbour)
    sources = window.desk.library._model._sources
    letter = next(source for source in sources.values() if source.file_name == "letter.txt")
    window.desk.library.source_chosen.emit(letter.id)
    idle(window)
    view = window.desk.reader._text
    marked = {mark.cursor.selectedText() for mark in view.extraSelections()}
    assert "30 barrels" in marked


def test_closing_the_window_during_an_import_leaves_the_archive_sound(
    window, qtbot, idle, harbour, tmp_path
):
    many = tmp_path / "many"
    many.mkdir()
    for number in range(60):
        (many / f"{number}.txt").write_text(f"Page {number}.\n\nThe mill ground {number} tons.\n")
    opened(window, qtbot, idle, harbour)
    importing = window.import_window()
    with qtbot.waitSignal(window.session.jobs.progressed, timeout=20_000):
        importing._start([str(many)], {}, [])
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=10_000)
    assert not window.session.is_open()

    from db.archive import Archive

    with Archive.open(harbour) as archive:
        assert all(result.ok for result in archive.check())


def test_while_another_program_holds_the_archive_the_window_shows_placeholders(
    window, qtbot, idle, harbour
):
    import sqlite3
    import time

    opened(window, qtbot, idle, harbour)
    window.command("tab_figures")
    figures = window.desk.figures
    qtbot.waitUntil(lambda: figures._model.rowCount() > 4, timeout=5000)
    idle(window)
    other = sqlite3.connect(harbour, isolation_level=None)
    try:
        other.execute("BEGIN EXCLUSIVE")
        started = time.monotonic()
        figures._model.renew()
        assert figures._model.index(0, 0).data() == "…"
        assert time.monotonic() - started < 0.5
        other.execute("ROLLBACK")
    finally:
        other.close()
    qtbot.waitUntil(lambda: figures._model.index(0, 0).data() not in ("…", None), timeout=8000)
    idle(window)


def test_an_import_that_was_stopped_can_be_kept(window, qtbot, idle, harbour, tmp_path):
    many = tmp_path / "many"
    many.mkdir()
    for number in range(200):
        (many / f"{number}.txt").write_text(f"Page {number}.\n\nThe mill ground {number} tons.\n")
    opened(window, qtbot, idle, harbour)
    importing = window.import_window()
    seen = []
    window.session.jobs.progressed.connect(lambda ticket, done, of, what: seen.append(done))
    importing._start([str(many)], {}, [])
    qtbot.waitUntil(lambda: bool(seen) and seen[-1] > 5, timeout=30_000)
    importing._running._cancel.click()
    qtbot.waitUntil(lambda: importing._stack.currentWidget() is importing._stopped, timeout=10_000)
    assert "stored whole" in importing._stopped._said.text()
    importing._stopped._keep.click()
    qtbot.waitUntil(lambda: not importing.isVisible(), timeout=10_000)
    qtbot.waitUntil(lambda: window.desk.library.total() > 2, timeout=10_000)
    idle(window)


def test_a_foreign_archive_is_opened_only_as_the_person_says(
    window, qtbot, idle, harbour, own_home, monkeypatch
):
    import shutil

    from desktop.plain import Message

    shutil.rmtree(own_home / "xdg_data_home", ignore_errors=True)
    window.open_archive(harbour)
    qtbot.waitUntil(lambda: window.findChild(Message) is not None, timeout=10_000)
    message = window.findChild(Message)
    read = next(b for b in message.buttons() if b.text().replace("&", "") == "Open Read-Only")
    qtbot.mouseClick(read, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.session.is_open, timeout=10_000)
    idle(window)
    assert window.windowTitle().startswith("Harbour (read-only)")
    assert not window.command_is_available("import")


def test_a_spoilt_copy_of_the_sample_can_be_made_anew(window, qtbot, idle, own_home):
    from db import known
    from desktop.plain import Message

    known.folder().mkdir(parents=True)
    (known.folder() / "Sample.muniment").write_text("spoilt")
    window.command("sample")
    qtbot.waitUntil(lambda: window.findChild(Message) is not None, timeout=10_000)
    buttons = window.findChild(Message).buttons()
    anew = next(button for button in buttons if button.text().replace("&", "") == "Make It Anew")
    qtbot.mouseClick(anew, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.session.is_open, timeout=60_000)
    idle(window)
    assert window.windowTitle().startswith("Aid to China")
    assert window.desk.library.total() >= 10
