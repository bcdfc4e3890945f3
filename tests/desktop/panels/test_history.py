"""The History in the window: what was done, in the words of the menus, and stepping back."""

import pytest
from PySide6.QtCore import Qt

import db.figures
import db.history
from db.records import Change
from desktop.panels.history import HistoryPanel, described
from desktop.showing import moment


@pytest.fixture
def panel(session, qtbot, settle):
    panel = HistoryPanel(session)
    qtbot.addWidget(panel)
    panel.resize(900, 300)
    panel.show()
    qtbot.waitExposed(panel)
    qtbot.waitUntil(lambda: panel._model.rowCount() > 0, timeout=5000)
    settle()
    return panel


def statuses(session, ids):
    rows = db.figures.rows(session.archive, ids)
    return [rows[each].status for each in ids]


def test_changes_are_listed_newest_first_in_the_words_of_the_menus(panel, session, qtbot):
    ids = [kept.id for kept in db.figures.all(session.archive)]
    db.figures.decide(session.archive, ids[:3], "accepted")
    db.figures.decide(session.archive, ids[3:4], "rejected")
    qtbot.waitUntil(lambda: panel._model.rowCount() == 3, timeout=5000)
    lines = panel.text().splitlines()
    assert "Reject 1 figure " in lines[0]
    assert "Accept 3 figures " in lines[1]
    assert "Import 2 sources " in lines[2]


def test_stepping_back_undoes_everything_down_to_the_line_pointed_at(panel, session, qtbot, settle):
    ids = [kept.id for kept in db.figures.all(session.archive)][:3]
    for figure_id in ids:
        db.figures.decide(session.archive, [figure_id], "accepted")
    qtbot.waitUntil(lambda: panel._model.rowCount() == 4, timeout=5000)
    panel._table.selectRow(1)
    qtbot.mouseClick(panel._back, Qt.MouseButton.LeftButton)
    settle()
    assert statuses(session, ids) == ["accepted", "proposed", "proposed"]
    qtbot.waitUntil(lambda: panel.text().count("undone") == 2, timeout=5000)
    assert not panel._back.isEnabled()
    panel._table.selectRow(0)
    assert panel._forth.isEnabled()
    with qtbot.waitSignal(panel.noted) as noted:
        qtbot.mouseClick(panel._forth, Qt.MouseButton.LeftButton)
    assert noted.args == ["2 changes done again."]
    settle()
    assert statuses(session, ids) == ["accepted"] * 3


def test_the_list_can_be_narrowed(panel, session, qtbot):
    qtbot.keyClicks(panel._filter, "accept")
    qtbot.waitUntil(lambda: panel._stack.currentWidget() is panel._empty, timeout=2000)
    assert panel._empty.text() == "No change fits these words."
    panel._filter.clear()
    qtbot.waitUntil(lambda: panel._model.rowCount() == 1, timeout=2000)


def test_a_closed_archive_leaves_nothing_listed(panel, session):
    panel.clear()
    assert "Nothing has been changed yet" in panel._empty.text()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change(1, "mark figures accepted", None, "", False, {"count": 37}), "Accept 37 figures"),
        (
            Change(1, "describe", None, "", False, {"title": "A letter"}),
            "Describe a source: A letter",
        ),
        (Change(1, "some newer command", None, "", False, {}), "some newer command"),
    ],
)
def test_a_change_is_told_with_its_number(qapp, change, said):
    from desktop import app

    app.make()
    assert described(change) == said


def test_a_time_that_is_none_is_shown_as_it_stands():
    assert moment("yesterday") == "yesterday"
    assert moment("2026-05-04T10:11:12+00:00")[:8] == "2026-05-"


def test_a_line_that_nobody_chose_is_never_stepped_back_to(panel, session, qtbot):
    panel._table.setFocus()
    ids = [kept.id for kept in db.figures.all(session.archive)]
    db.figures.decide(session.archive, ids[:1], "accepted")
    qtbot.waitUntil(lambda: panel._model.rowCount() == 2, timeout=5000)
    assert not panel._table.selectionModel().hasSelection()
    assert not panel._back.isEnabled()
