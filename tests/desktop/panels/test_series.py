"""Series in the window: named, merged, split, moved, chosen from; each step can be undone."""

import pytest

import db.figures
import db.history
import db.series
from desktop.panels.series import SeriesPanel


@pytest.fixture
def panel(session, qtbot, settle):
    panel = SeriesPanel(session)
    qtbot.addWidget(panel)
    panel.resize(1100, 300)
    panel.show()
    qtbot.waitExposed(panel)
    qtbot.waitUntil(lambda: panel._model.rowCount() > 0, timeout=5000)
    settle()
    return panel


def of_unit(session, unit):
    return [each for each in db.series.all(session.archive) if each.unit == unit]


def dollars(session, panel, qtbot):
    """A kept series of all dollar figures, chosen in the panel."""
    ids = [kept.id for kept in db.figures.all(session.archive, unit="USD")]
    series_id = db.series.make(session.archive, "Dollars", ids)
    qtbot.waitUntil(lambda: panel._model.row_of(series_id) >= 0, timeout=5000)
    panel.choose(series_id)
    return series_id, ids


def test_kept_and_proposed_series_are_told_apart(panel, session, qtbot):
    dollars(session, panel, qtbot)
    states = [panel._model.index(row, 3).data() for row in range(panel._model.rowCount())]
    assert states[0] == "● kept"
    assert "○ proposed" in states


def test_the_figures_of_the_chosen_series_are_listed_by_date(panel, session, qtbot):
    _, ids = dollars(session, panel, qtbot)
    assert sorted(panel._members.ids()) == sorted(ids)
    with qtbot.waitSignal(panel.figure_chosen) as chosen:
        panel._figures.selectRow(1)
    assert chosen.args[0].id == panel._members.ids()[1]


def test_a_new_name_keeps_the_series(panel, session, qtbot, settle):
    series_id, _ = dollars(session, panel, qtbot)
    panel._buttons["rename"].click()
    panel._asking._line.setText("Loans")
    panel._asking._done.click()
    settle()
    assert db.series.get(session.archive, series_id).name == "Loans"
    qtbot.waitUntil(
        lambda: panel._model.index(panel._model.row_of(series_id), 0).data() == "Loans",
        timeout=5000,
    )


def test_some_figures_are_split_off_and_merged_again(panel, session, qtbot, settle):
    series_id, ids = dollars(session, panel, qtbot)
    panel._figures.selectRow(0)
    first = panel._members.ids()[0]
    panel._buttons["split"].click()
    panel._asking._line.setText("Apart")
    panel._asking._done.click()
    settle()
    apart = next(each for each in of_unit(session, "USD") if each.name == "Apart")
    assert [point.figure_id for point in apart.points] == [first]
    qtbot.waitUntil(lambda: panel._model.row_of(apart.id) >= 0, timeout=5000)
    settle()
    panel.choose(series_id)
    selection = panel._list.selectionModel()
    other = panel._model.index(panel._model.row_of(apart.id), 0)
    flags = selection.SelectionFlag
    selection.select(other, flags.Select | flags.Rows)
    assert panel._buttons["merge"].isEnabled()
    panel._buttons["merge"].click()
    settle()
    merged = of_unit(session, "USD")
    assert any(len(each.points) == len(ids) for each in merged)
    db.history.undo(session.archive)
    db.history.undo(session.archive)
    assert len(db.series.get(session.archive, series_id).points) == len(ids)


def test_a_figure_is_moved_to_another_series_of_its_unit(panel, session, qtbot, settle):
    series_id, ids = dollars(session, panel, qtbot)
    target = db.series.split(session.archive, series_id, ids[:1], "Other")
    qtbot.waitUntil(lambda: panel._model.row_of(target) >= 0, timeout=5000)
    settle()
    panel.choose(series_id)
    panel._figures.selectRow(0)
    moved = panel._members.ids()[0]
    panel._fill_targets()
    names = [action.text() for action in panel._targets.actions()]
    assert "Other" in names
    panel._targets.actions()[names.index("Other")].trigger()
    settle()
    assert moved in [point.figure_id for point in db.series.get(session.archive, target).points]


def test_a_reading_is_chosen_and_another_excluded_with_a_reason(panel, session, qtbot, settle):
    series_id, _ = dollars(session, panel, qtbot)
    panel._figures.selectRow(0)
    first, second = panel._members.ids()[:2]
    panel._buttons["chosen"].click()
    settle()
    panel._figures.selectRow(1)
    panel._buttons["excluded"].click()
    panel._asking._line.setText("hearsay")
    panel._asking._done.click()
    settle()
    points = {p.figure_id: p for p in db.series.get(session.archive, series_id).points}
    assert points[first].reading == "chosen"
    assert (points[second].reading, points[second].reason) == ("excluded", "hearsay")
    qtbot.waitUntil(lambda: panel._members.index(1, 4).data() == "hearsay", timeout=5000)
    assert panel._members.index(1, 3).data() == "✕ excluded"


def test_an_archive_without_series_offers_to_propose_them(panel, session, qtbot, settle):
    with session.archive.writing("series") as database:
        database.execute("DELETE FROM series")
    qtbot.waitUntil(lambda: panel._stack.currentWidget() is panel._empty, timeout=5000)
    assert "No series yet" in panel._empty.text()
    panel._empty.step_chosen.emit()
    qtbot.waitUntil(lambda: panel._model.rowCount() > 0, timeout=5000)
    settle()


def test_series_of_different_units_are_not_merged(panel, session, qtbot):
    barrels = [kept.id for kept in db.figures.all(session.archive, unit="barrel")]
    db.series.make(session.archive, "Barrels", barrels)
    dollars(session, panel, qtbot)
    panel._list.selectAll()
    units = {each.unit for each in panel._selected_series()}
    assert len(units) > 1
    assert not panel._buttons["merge"].isEnabled()
