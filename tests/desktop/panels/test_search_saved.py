"""Searches that are saved, and searches that are filled in as a form, in the window."""

import shutil

import pytest
from PySide6.QtCore import Qt

import db.history
import db.ingest
import db.saved_searches
from desktop.panels.search import SearchPanel


@pytest.fixture
def panel(session, qtbot, settle):
    panel = SearchPanel(session)
    qtbot.addWidget(panel)
    panel.resize(1000, 620)
    panel.show()
    qtbot.waitExposed(panel)
    panel._saved.reload()
    settle()
    return panel


@pytest.fixture
def saved(panel, settle):
    panel.ask("cannery")
    settle()
    panel.save()
    panel._asking._line.setText("The cannery")
    panel._asking._done.click()
    settle()
    return panel


def names(panel):
    model = panel._saved._model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_a_search_is_saved_under_a_name_and_opened_again(saved, settle):
    total = saved.results.answer.total
    assert names(saved) == ["The cannery"]
    assert saved._saved._model.index(0, 1).data() == str(total)
    saved.ask("barrels")
    settle()
    saved._saved._list.selectRow(0)
    saved._saved._list.activated.emit(saved._saved._model.index(0, 0))
    settle()
    assert saved.words() == "cannery"
    assert saved.results.answer.total == total
    assert not saved._bar.is_new.isVisible()


def test_what_came_since_is_counted_and_can_be_seen_alone(saved, session, tmp_path, qtbot, settle):
    more = tmp_path / "more"
    more.mkdir()
    (more / "note.txt").write_text("The cannery burned down.\n\nNothing else.", "utf-8")
    db.ingest.add(session.archive, [more])
    qtbot.waitUntil(lambda: names(saved) == ["● The cannery"], timeout=10_000)
    settle()
    assert saved._saved._model.index(0, 1).data() == "1 new"
    assert "1 new" in saved._side.tabText(2)
    saved._saved._list.selectRow(0)
    saved._saved._buttons["open"].click()
    settle()
    assert saved._bar.is_new.isVisible()
    everything = len(saved._found.hits.ids())
    saved._bar.is_new.click()
    settle()
    assert len(saved._found.hits.ids()) == 1
    assert "burned" in saved._found.hits.record(0).snippet
    saved._bar.is_new.click()
    settle()
    assert len(saved._found.hits.ids()) == everything
    qtbot.waitUntil(lambda: names(saved) == ["The cannery"], timeout=10_000)
    assert saved._side.tabText(2) == "Saved"
    shutil.rmtree(more)


def test_a_search_saved_under_a_known_name_takes_its_place(saved, session, settle):
    saved.ask("barrels")
    settle()
    saved.save()
    saved._asking._line.setText("The cannery")
    saved._asking._done.click()
    settle()
    (only,) = db.saved_searches.all(session.archive)
    assert only.query == "barrels"
    db.history.undo(session.archive)
    (only,) = db.saved_searches.all(session.archive)
    assert only.query == "cannery"


def test_renaming_and_removing_are_undone(saved, session, qtbot, settle):
    saved._saved._list.selectRow(0)
    saved._saved._buttons["rename"].click()
    saved._asking._line.setText("Fish")
    qtbot.keyClick(saved._asking._line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(saved) == ["Fish"], timeout=5000)
    settle()
    saved._saved._list.selectRow(0)
    saved._saved._list.setFocus()
    qtbot.keyClick(saved._saved._list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: names(saved) == [], timeout=5000)
    db.history.undo(session.archive)
    db.history.undo(session.archive)
    qtbot.waitUntil(lambda: names(saved) == ["The cannery"], timeout=5000)
    settle()


def test_nothing_is_saved_where_nothing_is_searched(panel, session, qtbot):
    panel.clear()
    with qtbot.waitSignal(panel.noted):
        panel.save()
    assert not panel._asking.isVisible()
    assert db.saved_searches.all(session.archive) == []


def test_the_form_writes_the_line_and_the_results_follow(panel, qtbot, settle):
    panel.open_form()
    form = panel._form
    qtbot.keyClicks(form.line("words"), "cannery")
    qtbot.keyClicks(form.line("no_words"), "boiler")
    qtbot.keyClicks(form.line("year_from"), "1939")
    qtbot.keyClick(form.line("year_from"), Qt.Key.Key_Return)
    settle()
    assert panel.words() == "cannery -boiler year:>=1939"
    assert panel.results.answer.text == panel.words()
    kind = form.choice("kind")
    kind.setCurrentIndex(kind.findData("paragraph"))
    kind.activated.emit(kind.currentIndex())
    settle()
    assert panel.words() == "cannery -boiler kind:paragraph year:>=1939"


def test_what_is_typed_in_the_line_fills_the_form(panel, settle):
    panel.open_form()
    panel.ask('loan "paid back" (oil OR boiler) unit:USD year:1938..1939 title:a title:b')
    settle()
    form = panel._form
    assert form.line("words").text() == "loan"
    assert form.line("phrase").text() == "paid back"
    assert form.line("any_words").text() == "oil boiler"
    assert (form.line("year_from").text(), form.line("year_to").text()) == ("1938", "1939")
    assert form.line("rest").text() == "title:b"
    panel.ask("")
    assert form.line("words").text() == ""
    settle()


def test_a_blank_that_cannot_be_read_is_named(panel, qtbot, settle):
    panel.open_form()
    form = panel._form
    qtbot.keyClicks(form.line("words"), "cannery")
    qtbot.keyClicks(form.line("year_from"), "soon")
    qtbot.keyClick(form.line("year_from"), Qt.Key.Key_Return)
    assert "years" in form._wrong.text()
    assert form._wrong.isVisible()
    assert panel.words() == "cannery"
    settle()


def test_an_emptied_form_asks_for_nothing(panel, settle):
    panel.open_form()
    panel.ask("cannery kind:paragraph")
    settle()
    panel._form._clear()
    settle()
    assert panel.words() == ""
    assert panel._found.hits.rowCount() == 0
