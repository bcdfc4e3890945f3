"""Search in the window: stages, three views of one set, facets, chips, offers, bulk."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

import db.figures
import db.history
import db.sources
import db.tags
from db.errors import ArchiveBusy
from desktop import query_text, sought
from desktop.histogram import Histogram
from desktop.models.paged import RecordRole
from desktop.panels.search import SearchPanel


@pytest.fixture
def panel(session, qtbot, settle):
    panel = SearchPanel(session)
    qtbot.addWidget(panel)
    panel.resize(1000, 620)
    panel.show()
    qtbot.waitExposed(panel)
    settle()
    return panel


@pytest.fixture
def asked(panel, settle):
    def ask(text):
        panel.ask(text)
        settle()
        return panel

    return ask


def listed(panel):
    return list(panel._found.hits.ids())


def test_typing_finds_and_a_newer_word_takes_the_place_of_an_older(panel, qtbot, settle):
    qtbot.keyClicks(panel._words, "cannery")
    panel._words._ask()
    qtbot.keyClicks(panel._words, " boiler")
    panel._words._ask()
    settle()
    assert panel.results.answer.text == "cannery boiler"
    assert len(listed(panel)) == 1
    assert "1 passage" in panel._bar.count.full()
    assert "boiler" in panel._understood.text()


def test_the_three_views_show_the_same_passages(asked, settle):
    panel = asked("cannery")
    ids = listed(panel)
    assert len(ids) > 2
    panel._bar.views["table"].click()
    settle()
    assert panel._found.currentWidget() is panel._found.table
    assert [panel._found.rows.record(row).hit.passage_id for row in range(len(ids))] == ids
    panel._bar.views["context"].click()
    settle()
    assert {line.passage_id for line in panel._found.context._lines} == set(ids)


def test_lines_in_context_are_sorted_by_the_words_behind(asked, settle):
    panel = asked("the")
    panel._bar.views["context"].click()
    context = panel._found.context
    context._sort.setCurrentIndex(2)
    context._sort.activated.emit(2)
    settle()
    behind = [line.right.strip().lower() for line in context._lines]
    assert len(behind) > 5
    assert behind == sorted(behind)


def test_other_words_in_the_same_passages_have_lines_of_their_own(asked, settle):
    panel = asked("cannery")
    panel._bar.orders.setCurrentIndex(panel._bar.orders.findData("source"))
    panel._bar.orders.activated.emit(0)
    panel._bar.views["context"].click()
    settle()
    ids = listed(panel)
    asked("cannery (cannery OR the)")
    assert listed(panel) == ids
    words = {line.match.lower() for line in panel._found.context._lines}
    assert {"cannery", "the"} <= words


def test_lines_in_context_are_renewed_with_what_is_known_of_their_source(
    asked, session, qtbot, settle
):
    panel = asked("cannery")
    panel._bar.views["context"].click()
    settle()
    source_id = panel._found.context._lines[0].source_id
    db.sources.describe(session.archive, source_id, title="Quite another title")
    lines = panel._found.context
    qtbot.waitUntil(lambda: lines._lines[0].source_title == "Quite another title", timeout=5000)
    settle()


def test_the_passages_can_stand_in_other_orders(asked, settle, session):
    panel = asked("unit:USD OR unit:barrel")
    panel._bar.orders.setCurrentIndex(panel._bar.orders.findData("value"))
    panel._bar.orders.activated.emit(0)
    settle()
    rows = sought.rows(session.archive, listed(panel), panel.results.answer)
    largest = [max(kept.figure.value for kept in row.figures) for row in rows.values()]
    assert largest == sorted(largest, reverse=True)
    header = panel._found.table.horizontalHeader()
    header.sectionClicked.emit(0)
    settle()
    assert panel.results.order == "source"
    assert header.isSortIndicatorShown()
    assert header.sortIndicatorSection() == 0
    assert listed(panel) == sorted(listed(panel))


def test_a_click_on_a_facet_narrows_and_its_chip_takes_it_back(asked, qtbot, settle):
    panel = asked("barrels")
    before = listed(panel)
    value = panel._facets.values("source")[0]
    panel._facets.toggled.emit("source", value.value)
    settle()
    assert 0 < len(listed(panel)) < len(before)
    assert len(listed(panel)) == value.passages
    (chip,) = panel._chips.chips()
    assert value.name[:10] in chip.text()
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    settle()
    assert listed(panel) == before
    assert panel.words() == "barrels"
    assert not panel._chips.isVisible()


def test_facets_are_reached_and_chosen_with_the_keyboard(asked, qtbot, settle):
    panel = asked("cannery")
    tree = panel._facets.tree()
    tree.setFocus()
    head = tree.model().index(0, 0)
    tree.setCurrentIndex(tree.model().index(0, 0, head))
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    settle()
    assert query_text.narrowings(panel.words())
    assert tree.currentIndex().data().startswith("✓")
    qtbot.keyClick(tree, Qt.Key.Key_Space)
    settle()
    assert panel.words() == "cannery"


def test_years_are_brushed_with_mouse_and_keyboard(asked, qtbot, settle):
    panel = asked("cannery OR loan")
    histogram = panel._facets.histogram()
    assert [year for year, _ in histogram.bars()] == [1938, 1939]
    histogram.setFocus()
    qtbot.keyClick(histogram, Qt.Key.Key_Right)
    assert "1938" in histogram.accessibleName()
    qtbot.keyClick(histogram, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert histogram.brush() == (1938, 1939)
    qtbot.keyClick(histogram, Qt.Key.Key_Left)
    qtbot.keyClick(histogram, Qt.Key.Key_Return)
    settle()
    assert ("year", "1938") in query_text.narrowings(panel.words())
    with qtbot.waitSignal(histogram.brushed) as brushed:
        middle = histogram.rect().center()
        qtbot.mouseClick(histogram, Qt.MouseButton.LeftButton, pos=middle)
    assert 1938 <= brushed.args[0] <= brushed.args[1] <= 1939


def test_years_that_are_marked_are_never_taken_for_others_when_there_is_less_room(qtbot):
    histogram = Histogram()
    qtbot.addWidget(histogram)
    histogram.resize(400, 96)
    histogram.show()
    histogram.show_years([(year, 1) for year in range(1900, 2000)])
    for _ in range(3):
        qtbot.keyClick(histogram, Qt.Key.Key_Right)
    assert histogram.brush() == (1902, 1902)
    histogram.resize(390, 96)
    assert histogram.brush() == (1902, 1902)
    histogram.resize(200, 96)
    assert histogram.step() == 10
    assert histogram.brush() is None


def test_where_nothing_is_found_because_of_narrowing_that_is_what_is_offered(asked, qtbot, settle):
    panel = asked("cannery kind:footnote")
    assert panel._found.currentWidget() in (panel._empty, panel._offers)
    panel._drop_narrowings()
    settle()
    assert panel.words() == "cannery"
    assert listed(panel)


def test_what_cannot_be_found_is_offered_otherwise_with_numbers(asked, qtbot, settle):
    panel = asked("canery")
    (button, *_) = panel._offers.buttons()
    assert "cannery" in button.text()
    assert "passage" in button.text()
    button.click()
    settle()
    assert panel.words() == "cannery"


def test_figures_in_all_passages_found_are_accepted_and_one_undo_takes_it_back(
    asked, session, qtbot
):
    panel = asked("unit:USD")
    with qtbot.waitSignal(panel.noted) as noted:
        panel._bulk._accept.click()
    accepted = db.figures.ids(session.archive, status="accepted")
    assert len(accepted) == len(db.figures.ids(session.archive, unit="USD"))
    assert str(len(accepted)) in noted.args[0]
    db.history.undo(session.archive)
    assert db.figures.ids(session.archive, status="accepted") == []


def test_all_passages_found_are_tagged_and_the_tag_is_a_facet(asked, session, qtbot, settle):
    panel = asked("cannery")
    total = len(listed(panel))
    panel._bulk._tag.click()
    qtbot.waitUntil(panel._asking.isVisible, timeout=5000)
    panel._asking._line.setText("Fish/Cannery")
    with qtbot.waitSignal(panel.noted) as noted:
        panel._asking._done.click()
    assert str(total) in noted.args[0]
    qtbot.waitUntil(lambda: bool(panel._facets.values("tag")), timeout=5000)
    settle()
    assert {(each.value, each.passages) for each in panel._facets.values("tag")} == {
        ("Fish", total), ("Cannery", total),
    }  # fmt: skip
    asked("tag:cannery")
    assert len(listed(panel)) == total
    db.history.undo(session.archive)
    qtbot.waitUntil(lambda: listed(panel) == [], timeout=5000)
    settle()
    assert db.tags.all(session.archive) == []


def test_what_is_much_work_has_its_name_in_the_status_bar(
    asked, session, qtbot, settle, monkeypatch
):
    monkeypatch.setattr("desktop.panels.search_bulk.MANY", 1)
    panel = asked("unit:USD")
    titles = []
    session.jobs.began.connect(lambda ticket: titles.append(ticket.title))
    with qtbot.waitSignal(panel.noted) as noted:
        panel._bulk._accept.click()
    assert titles == ["Accepting figures"]
    assert "accepted" in noted.args[0]
    settle()


def test_one_note_is_put_on_every_passage_with_one_undo(asked, session, qtbot, settle):
    panel = asked("barrels")
    panel._bulk._note.click()
    panel._asking._line.setText("check the count")
    with qtbot.waitSignal(panel.noted):
        panel._asking._done.click()
    settle()
    asked("note:count")
    assert len(listed(panel)) == 2
    db.history.undo(session.archive)
    qtbot.waitUntil(lambda: listed(panel) == [], timeout=5000)
    settle()


def test_selected_passages_are_copied_with_where_they_stand(asked, qtbot, settle):
    panel = asked("cannery")
    panel._found.list.selectRow(0)
    selection = panel._found.list.selectionModel()
    flags = selection.SelectionFlag
    selection.select(panel._found.hits.index(1, 0), flags.Select | flags.Rows)
    assert panel._bulk._said.full() == "2 selected:"
    with qtbot.waitSignal(panel.noted):
        panel._bulk._copy.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.count("\nmuniment:") == 2
    assert "cannery" in copied


def test_passages_of_restricted_sources_are_not_copied_with_the_others(
    asked, session, qtbot, settle
):
    panel = asked("cannery")
    kept, closed = panel._facets.values("source")[:2]
    db.sources.describe(session.archive, int(closed.value), restricted=True)
    with qtbot.waitSignal(panel.noted) as noted:
        panel._bulk._copy.click()
    assert QGuiApplication.clipboard().text().count("\nmuniment:") == kept.passages
    assert f"{closed.passages} of restricted sources left out" in noted.args[0]
    settle()


def test_the_results_are_written_as_a_table_and_a_failure_leaves_what_was_there(
    asked, qtbot, tmp_path, settle
):
    panel = asked("cannery")
    path = tmp_path / "found.csv"
    with qtbot.waitSignal(panel.noted):
        panel._bulk.export(path)
    settle()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(listed(panel))
    assert {path.name for path in tmp_path.glob("*found*")} == {"found.csv"}
    missing = tmp_path / "no folder" / "found.csv"
    with qtbot.waitSignal(panel.noted) as noted:
        panel._bulk.export(missing)
    assert "could not be written" in noted.args[0]


def test_completions_come_from_the_archives_words_and_take_the_last_words_place(
    panel, qtbot, settle
):
    panel._words.setFocus()
    qtbot.keyClicks(panel._words, "boiler barr")
    qtbot.waitUntil(lambda: "barrels" in panel._words.offered(), timeout=5000)
    qtbot.keyClick(panel._words._popup, Qt.Key.Key_Down)
    qtbot.keyClick(panel._words._popup, Qt.Key.Key_Return)
    assert panel.words().startswith("boiler barrel")
    settle()


def test_what_was_searched_is_offered_again_on_an_empty_line(asked, qtbot, settle, session):
    panel = asked("boiler")
    panel._go_to_hits()
    panel.clear()
    panel._words.setFocus()
    qtbot.keyClick(panel._words, Qt.Key.Key_Down)
    assert panel._words.offered() == ["boiler"]
    panel._words.offer(())
    panel._words._before.trigger()
    assert panel._words.offered() == ["boiler"]
    assert session.settings.searches == ["boiler"]
    settle()


def test_the_passage_one_is_at_stays_chosen_when_more_comes(asked, session, qtbot, settle):
    panel = asked("cannery")
    panel._found.list.selectRow(2)
    chosen = panel._found.list.currentIndex().data(RecordRole).passage_id
    panel._bar.orders.setCurrentIndex(panel._bar.orders.findData("source"))
    panel._bar.orders.activated.emit(0)
    settle()
    assert panel._found.list.currentIndex().data(RecordRole).passage_id == chosen


def test_steps_go_round_the_passages_and_choose_each(asked, qtbot):
    panel = asked("cannery")
    total = len(listed(panel))
    seen = []
    panel.hit_chosen.connect(lambda hit: seen.append(hit.passage_id))
    for _ in range(total + 1):
        assert panel.step(1)
    assert seen == [*listed(panel), listed(panel)[0]]
    assert panel.step(-1)
    assert panel.place() == (total, total)


def test_an_empty_line_shows_the_next_step_and_nothing_can_be_done(asked, panel):
    asked("cannery")
    asked("")
    assert listed(panel) == []
    assert not panel._bulk._export.isEnabled()
    assert panel._found.currentWidget() is panel._empty
    assert not panel.step(1)


def test_200_000_passages_are_all_selected_without_asking_for_each(asked, panel):
    from array import array

    asked("cannery")
    ids = array("q", range(1, 200_001))
    panel._found.hits._fetch = lambda ids: {}
    panel._found.rows._fetch = lambda ids: {}
    panel._found.show_ids(ids)
    panel._found.list.selectAll()
    assert len(panel._found.chosen_ids()) == 200_000
    assert panel._found.hits.row_of(150_000) == 149_999
    assert panel._found.hits.row_of(-5) == -1
    assert panel._found.hits._rows is None
    assert "200,000" in panel._bulk._said.full() or "200000" in panel._bulk._said.full()


def test_the_words_of_the_archive_are_loaded_when_nothing_else_is_wanted(panel, session, qtbot):
    from db import vocabulary

    assert session.archive not in vocabulary._loaded
    panel._words._idle.setInterval(0)
    panel._words._hear(frozenset({"imports"}))
    qtbot.waitUntil(lambda: session.archive in vocabulary._loaded, timeout=5000)


def test_a_decision_renews_what_is_counted_and_asks_nothing_anew(asked, session, qtbot, settle):
    panel = asked("cannery")
    answer = panel.results.answer
    assert [each.value for each in panel._facets.values("status")] == ["proposed"]
    db.figures.decide(session.archive, db.figures.ids(session.archive), "accepted")
    qtbot.waitUntil(
        lambda: [each.value for each in panel._facets.values("status")] == ["accepted"],
        timeout=5000,
    )
    assert panel.results.answer is answer
    settle()


def test_where_a_search_fails_nothing_is_left_to_act_on(asked, panel, harbour):
    asked("cannery")
    assert panel._bulk._copy.isEnabled()
    panel.results._fail(ArchiveBusy(path=harbour))  # as a job does where the archive stays locked
    assert panel._found.currentWidget() is panel._empty
    assert panel.results.query is None
    assert not panel._bulk._copy.isEnabled()
    assert listed(asked("boiler"))
