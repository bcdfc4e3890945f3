"""Series and new readings in the real window, and a figure opened by a double-click."""

import db.figures
import db.history
import db.reextraction
import db.series
from desktop.row_table import choose_row


def opened(window, qtbot, idle, path):
    window.open_archive(path)
    qtbot.waitUntil(window.session.is_open, timeout=10_000)
    idle(window)


def test_a_figure_of_a_series_leads_to_its_words(window, qtbot, idle, harbour):
    opened(window, qtbot, idle, harbour)
    archive = window.session.archive
    ids = [kept.id for kept in db.figures.all(archive, unit="USD")]
    series_id = db.series.make(archive, "Dollars", ids)
    window.command("series")
    panel = window.desk.docks.series_dock.widget()
    qtbot.waitUntil(lambda: panel._model.row_of(series_id) >= 0, timeout=5000)
    panel.choose(series_id)
    qtbot.waitUntil(lambda: panel._members.record(1) is not None, timeout=5000)
    choose_row(panel._figures, 1)
    idle(window)
    chosen = window.session.selection.now.figure
    assert chosen.id == panel._members.ids()[1]
    panel._figures.activated.emit(panel._members.index(1, 0))
    idle(window)
    assert window.desk.tab() == "read"
    assert window.desk.reader._text.caret() == chosen.figure.start


def test_figures_are_read_anew_and_what_is_ticked_is_applied(window, qtbot, idle, harbour):
    opened(window, qtbot, idle, harbour)
    archive = window.session.archive
    with archive.writing("figures", "sources") as database:
        database.execute("UPDATE sources SET grammar = '0'")
        database.execute("UPDATE figures SET value = 12 WHERE text = '$12,000'")
    window.command("read_anew")
    differences = window.desk.docks._differences
    qtbot.waitUntil(lambda: differences.differences() == 1, timeout=5000)
    differences._apply.click()
    qtbot.waitUntil(lambda: db.reextraction.outdated(archive) == [], timeout=5000)
    idle(window)
    values = {kept.figure.text: kept.figure.value for kept in db.figures.all(archive)}
    assert values["$12,000"] == 12_000.0
    assert not differences.isVisible()
    window.command("history")
    history = window.desk.docks.history_dock.widget()
    qtbot.waitUntil(lambda: "Apply 1 new reading" in history.text(), timeout=5000)
    window.command("undo")
    idle(window)
    assert db.reextraction.outdated(archive) != []


def test_a_figure_activated_in_the_text_opens_its_form(window, qtbot, idle, harbour):
    opened(window, qtbot, idle, harbour)
    kept = db.figures.all(window.session.archive)[0]
    window.desk.read_source(kept.source_id)
    idle(window)
    window.desk.reader.figure_activated.emit(kept)
    figure_window = window.desk.docks._window_of_figures()
    qtbot.waitUntil(figure_window.isVisible, timeout=5000)
    figure_window.form()._of.setText("boiler loan")
    figure_window.form()._save.click()
    qtbot.waitUntil(
        lambda: window.session.selection.now.figure.figure.of == "boiler loan", timeout=5000
    )
    idle(window)
    assert "boiler loan" in window.desk.inspector.described()


def test_deciding_in_the_queue_shows_in_table_and_text(window, qtbot, idle, harbour):
    opened(window, qtbot, idle, harbour)
    window.command("tab_figures")
    table = window.desk.figures._table
    qtbot.waitUntil(lambda: table.model().rowCount() > 4, timeout=5000)
    window.command("review")
    panel = window.desk.docks.review_dock.widget()
    qtbot.waitUntil(lambda: panel.shown() is not None, timeout=5000)
    idle(window)
    first = panel.shown()
    qtbot.keyClick(panel._card, "A")
    row = window.desk.figures._model.row_of(first.id)
    qtbot.waitUntil(lambda: "accepted" in table.model().index(row, 5).data(), timeout=5000)
    following = panel.shown().id
    qtbot.waitUntil(lambda: window.session.selection.now.figure.id == following, timeout=5000)
    idle(window)
