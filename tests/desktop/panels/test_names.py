"""The names panel in the real window: made, merged, searched for, completed in descriptions."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

import db.names
import db.sources
from desktop.name_completer import NameCompleter
from desktop.panels.names import NamesPanel


@pytest.fixture
def opened(window, qtbot, idle, harbour):
    window.open_archive(harbour)
    qtbot.waitUntil(window.session.is_open, timeout=10_000)
    idle(window)
    return window


@pytest.fixture
def panel(opened, idle) -> NamesPanel:
    opened.command("names")
    idle(opened)
    return opened.desk.description_docks.names_dock.widget()


def entry(panel, said):
    panel._fill()
    return next(each for each in panel._menu.actions() if said in each.text())


def names(window):
    return db.names.all(window.session.archive)


def test_a_name_is_made_by_keyboard_changed_and_undone(opened, panel, qtbot, idle):
    assert panel._empty.isVisible()
    panel._empty.step_chosen.emit()
    idle(opened)
    shown = panel.window_of_name()
    assert shown.isVisible()
    assert not shown._save.isEnabled()
    shown.field("name").setText("Chongqing")
    shown.field("variants").setPlainText("Chungking\n重慶\n")
    shown.kind().setCurrentIndex(3)
    shown.save()
    idle(opened)
    assert not shown.isVisible()
    (name,) = names(opened)
    assert (name.kind, name.forms) == ("place", ("Chongqing", "Chungking", "重慶"))
    qtbot.waitUntil(lambda: panel._model.rowCount() == 1, timeout=5_000)
    panel.choose(name.id)
    qtbot.keyClick(panel, Qt.Key.Key_F2)
    assert shown.field("variants").toPlainText() == "Chungking\n重慶"
    shown.field("name").setText("  ")
    assert not shown._save.isEnabled()
    shown.field("name").setText("—")
    shown.save()
    idle(opened)
    assert shown.isVisible()
    assert "words" in shown.problem()
    shown.reject()
    opened.command("undo")
    idle(opened)
    assert names(opened) == []
    qtbot.waitUntil(lambda: panel._model.rowCount() == 0, timeout=5_000)


def test_two_names_become_one_and_a_name_is_searched_for(opened, panel, qtbot, idle):
    archive = opened.session.archive
    one = db.names.add(archive, "place", "Chongqing", ["重慶"])
    db.names.add(archive, "place", "Chungking")
    qtbot.waitUntil(lambda: panel._model.rowCount() == 2, timeout=5_000)
    panel._table.selectAll()
    entry(panel, "Merge into “Chongqing”").trigger()
    idle(opened)
    (name,) = names(opened)
    assert name.forms == ("Chongqing", "重慶", "Chungking")
    panel.choose(one)
    entry(panel, "Search").trigger()
    idle(opened)
    assert opened.desk.tab() == "find"
    assert opened.desk.search.words() == "chongqing"
    panel.choose(one)
    qtbot.keyClick(panel, Qt.Key.Key_Delete)
    idle(opened)
    assert names(opened) == []


def test_a_name_is_written_where_a_variant_stands(opened, panel, qtbot, idle):
    archive = opened.session.archive
    source = db.sources.all(archive)[0]
    db.sources.describe(archive, source.id, creator="Harbor Off.")
    name = db.names.add(archive, "organisation", "Harbour Office", ["Harbor Off."])
    qtbot.waitUntil(lambda: panel._model.rowCount() == 1, timeout=5_000)
    panel.choose(name)
    entry(panel, "Use It in 1 Source").trigger()
    idle(opened)
    assert db.sources.get(archive, source.id).creator == "Harbour Office"
    qtbot.waitUntil(lambda: panel.chosen()[:1] and not panel.chosen()[0].varied, timeout=5_000)
    assert not entry(panel, "Use It in").isEnabled()


def test_a_variant_typed_in_a_description_becomes_its_name(opened, idle, qtbot):
    archive = opened.session.archive
    db.names.add(archive, "place", "Chongqing", ["Chungking"])
    opened.desk.read_source(db.sources.all(archive)[0].id)
    idle(opened)
    opened.command("describe")
    idle(opened)
    form = opened.desk.describing.description_window().form()
    qtbot.waitUntil(form.isVisible, timeout=5_000)
    line = form.field("coverage")
    line.setText("Wuhan; chungk")
    completer = line.completer()
    completer.setCompletionPrefix(completer.splitPath(line.text())[0])
    assert completer.currentCompletion() == "Wuhan; Chongqing"
    line.setText(completer.currentCompletion())
    assert form.elements_changed() == {"coverage": "Wuhan; Chongqing"}


def test_of_several_names_in_a_line_only_the_last_is_completed(qtbot):
    line = QLineEdit()
    qtbot.addWidget(line)
    plain = NameCompleter(line, [("Luo", "Lo Yu-wen"), ("Lo Yu-wen", "Lo Yu-wen")])
    assert plain.splitPath("a; b") == ["a; b"]
    plain.setCompletionPrefix("luo")
    assert plain.currentCompletion() == "Lo Yu-wen"
    assert plain.currentIndex().data() == "Luo → Lo Yu-wen"
