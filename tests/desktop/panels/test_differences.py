"""New readings in the window: three readings side by side, ticks, one change, one undo."""

import pytest
from PySide6.QtCore import Qt

import db.figures
import db.history
import db.reextraction
from db.records import Figure, KeptFigure
from db.reextraction import Compared, Difference
from desktop.panels.differences import DifferencesModel, DifferencesWindow


@pytest.fixture
def older(session):
    """The archive as an older grammar would have left it: one value misread, one decided."""
    with session.archive.writing("figures", "sources") as database:
        database.execute("UPDATE sources SET grammar = '0'")
        database.execute("UPDATE figures SET value = 12 WHERE text = '$12,000'")
        database.execute("UPDATE figures SET value = 45 WHERE text = '$4,500'")
    kept = by_words(session, "$4,500")
    db.figures.edit(session.archive, kept.id, value=4400.0)
    return session


@pytest.fixture
def window(older, qtbot, settle):
    window = DifferencesWindow(older)
    qtbot.addWidget(window)
    window.read_anew()
    qtbot.waitUntil(lambda: window.differences() > 0, timeout=20_000)
    settle()
    return window


def by_words(session, text):
    return next(kept for kept in db.figures.all(session.archive) if kept.figure.text == text)


def test_was_yours_and_now_stand_side_by_side(window):
    model = window._model
    rows = [[model.index(row, column).data() for column in range(7)] for row in range(2)]
    edited = next(row for row in rows if row[2] == "$4,500")
    assert edited[3].startswith("45 US dollars")
    assert edited[4].startswith("◆ edited: 4,400 US dollars")
    assert edited[5].startswith("4,500 US dollars")
    plain = next(row for row in rows if row[2] == "$12,000")
    assert plain[4] == ""
    assert plain[1] == "≠ changed"


def test_what_a_person_decided_is_not_ticked_at_first(window, older, qtbot, settle):
    assert [each.decided for each in window._model.ticked()] == [False]
    assert window._apply.text() == "Apply 1 Reading"
    with qtbot.waitSignal(window.noted, timeout=5000):
        window._apply.click()
    settle()
    assert by_words(older, "$12,000").figure.value == 12_000.0
    decided = by_words(older, "$4,500")
    assert (decided.status, decided.figure.value) == ("edited", 4400.0)
    assert db.reextraction.outdated(older.archive) == []
    db.history.undo(older.archive)
    assert by_words(older, "$12,000").figure.value == 12.0


def test_a_tick_takes_the_new_reading_over_ones_own(window, older, qtbot, settle):
    model = window._model
    model.tick_all(True)
    assert window._apply.text() == "Apply 2 Readings"
    with qtbot.waitSignal(window.noted, timeout=5000):
        window._apply.click()
    settle()
    assert by_words(older, "$4,500").figure.value == 4500.0


def test_all_can_be_kept_as_they_are(window, older, qtbot, settle):
    window._model.tick_all(False)
    assert window._apply.text() == "Keep All as They Are"
    with qtbot.waitSignal(window.noted, timeout=5000):
        window._apply.click()
    settle()
    assert by_words(older, "$12,000").figure.value == 12.0
    assert db.reextraction.outdated(older.archive) == []


def test_an_archive_that_is_up_to_date_is_told_so(session, qtbot, settle):
    window = DifferencesWindow(session)
    qtbot.addWidget(window)
    window.read_anew()
    qtbot.waitUntil(lambda: "newest grammar" in window._empty.text(), timeout=10_000)
    assert not window._apply.isEnabled()
    settle()


def test_reading_that_is_stopped_says_so_and_changes_nothing(older, qtbot, settle):
    window = DifferencesWindow(older)
    qtbot.addWidget(window)
    window.read_anew()
    older.jobs.cancel_all()
    qtbot.waitUntil(lambda: "Stopped" in window._empty.text(), timeout=10_000)
    settle()
    assert len(db.reextraction.outdated(older.archive)) == 2


def test_the_model_keeps_qts_rules_while_it_changes(qapp, qtmodeltester):
    figure = Figure(0, 3, "ten", "count", 10.0)
    kept = KeptFigure(1, 1, "Mill", 1, "accepted", figure)
    model = DifferencesModel()
    model.show(
        Compared(
            [
                Difference("new", 1, None, None, figure, False),
                Difference("gone", 1, figure, kept, None, True),
            ],
            [1],
            {1: "Mill"},
            [],
        )
    )
    qtmodeltester.check(model)
    tick = model.index(1, 0)
    assert tick.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    assert model.setData(tick, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert len(model.ticked()) == 2
    model.show(None)
