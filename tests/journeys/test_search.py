"""A search walked through: from hit to hit in the reader, every match marked, back again."""

import pytest
from PySide6.QtCore import Qt


@pytest.fixture
def searched(window, qtbot, idle, harbour):
    window.open_archive(harbour)
    qtbot.waitUntil(lambda: window.session.is_open(), timeout=10_000)
    idle(window)
    window.command("workspace_find")
    window.desk.search.ask("barrels")
    idle(window)
    return window


def marked(window):
    return [mark.cursor.selectedText() for mark in window.desk.reader._text.extraSelections()]


def test_f3_walks_the_hits_through_the_reader_without_leaving_it(searched, qtbot, idle):
    desk = searched.desk
    ids = list(desk.search._found.hits.ids())
    assert len(ids) == 2
    desk.search._found.list.activated.emit(desk.search._found.hits.index(0, 0))
    idle(searched)
    assert desk.tab() == "read"
    first = desk.reader.source().id
    searched.command("find_next")
    idle(searched)
    assert desk.tab() == "read"
    assert desk.reader.source().id != first
    assert searched.session.selection.now.passage_id == ids[1]
    assert "barrels" in marked(searched)
    assert "2 of 2" in searched.statusBar().currentMessage()
    searched.command("find_previous")
    idle(searched)
    assert searched.session.selection.now.passage_id == ids[0]


def test_shift_and_the_arrows_walk_too_unless_words_are_selected(searched, qtbot, idle):
    desk = searched.desk
    desk.search._found.list.activated.emit(desk.search._found.hits.index(0, 0))
    idle(searched)
    text = desk.reader._text
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(text, Qt.Key.Key_Down, shift)
    idle(searched)
    ids = list(desk.search._found.hits.ids())
    assert searched.session.selection.now.passage_id == ids[1]
    qtbot.keyClick(text, Qt.Key.Key_Right, shift)
    assert desk.reader.selected() is not None
    qtbot.keyClick(text, Qt.Key.Key_Down, shift)
    idle(searched)
    assert searched.session.selection.now.passage_id == ids[1]


def test_every_match_of_the_source_is_marked_on_the_scroll_bar(searched, qtbot, idle):
    desk = searched.desk
    desk.search.ask("cannery")
    idle(searched)
    desk.search._found.list.activated.emit(desk.search._found.hits.index(0, 0))
    idle(searched)
    text = desk.reader._opened.text
    matches = desk.reader._matches
    assert len(matches) == text.lower().count("cannery")
    assert {text[span.start : span.end].lower() for span in matches} == {"cannery"}
    assert len(desk.reader._text._bar._places) == len(matches)
    source = searched.desk.reader.source().id
    desk.read_source(source)
    idle(searched)
    assert desk.reader._matches == ()
    assert desk.reader._text._bar.marks() == []


def test_f3_finds_in_the_text_where_its_line_is_open(searched, qtbot, idle):
    desk = searched.desk
    desk.search._found.list.activated.emit(desk.search._found.hits.index(0, 0))
    idle(searched)
    here = searched.session.selection.now.passage_id
    desk.reader.open_find()
    desk.reader._find._line.setText("the")
    desk.reader._find._line._ask()
    searched.command("find_next")
    idle(searched)
    assert searched.session.selection.now.passage_id == here
