"""Two sources side by side in the window: fates in words, differing words, figures, keys."""

import pytest
from PySide6.QtCore import Qt

from db import ingest
from db.archive import Archive
from db.records import Passage
from desktop import asked
from desktop.compared import Row
from desktop.panels.comparison import ComparisonPanel
from desktop.panels.comparison_rows import RowsView
from desktop.panels.comparison_strip import Strip

HEAD = "Report of the harbour office on the year that has passed\n\n"
COAL = "The collier brought forty tons of coal from the northern pits before the ice closed in.\n\n"
DEBT = "The cannery owes the office $12,000 for the boiler, and means to pay it by the spring.\n\n"
PAID = "The cannery owes the office $9,000 for the boiler, and means to pay it by the spring.\n\n"
LAMP = "No lamp was lit on the outer mole, since the keeper had gone home to bury his father.\n\n"
CRAB = (
    "Crabs were landed at the eastern steps in numbers that nobody could remember, 🦀 or count.\n\n"
)


@pytest.fixture(scope="module")
def reports_once(tmp_path_factory):
    place = tmp_path_factory.mktemp("reports")
    (place / "first.txt").write_text(HEAD + COAL + DEBT + LAMP, "utf-8")
    (place / "second.txt").write_text(HEAD + COAL + PAID + CRAB, "utf-8")
    with Archive.create(place / "reports.muniment", "Reports") as archive:
        ingest.add(archive, [place / "first.txt", place / "second.txt"])
    return place / "reports.muniment"


@pytest.fixture
def session(qapp, qtbot, settings, reports_once, tmp_path):
    import shutil

    from desktop import app
    from desktop.session import Session

    app.make()
    session = Session(settings)
    failed = []
    session.open(shutil.copy(reports_once, tmp_path), failed.append, adopt=True)
    qtbot.waitUntil(lambda: session.is_open() or bool(failed), timeout=10_000)
    assert not failed
    yield session
    assert session.jobs.stop()
    session.close()


@pytest.fixture
def panel(session, qtbot):
    panel = ComparisonPanel(session)
    qtbot.addWidget(panel)
    panel.resize(1100, 600)
    panel.show()
    qtbot.waitExposed(panel)
    panel.look()
    qtbot.waitUntil(lambda: panel._left.count() == 2, timeout=5000)
    return panel


@pytest.fixture
def compared(panel, qtbot):
    panel.show_pair(1, 2)
    qtbot.waitUntil(lambda: panel._compared is not None, timeout=10_000)
    return panel


def fates(panel):
    return [row.fate for row in panel._both.rows()]


def test_without_two_sources_the_tab_says_what_to_do(panel):
    assert "Choose two sources" in panel._empty.text()
    panel.show_pair(1, 1)
    assert "same source on both sides" in panel._empty.text()


def test_the_fate_of_every_passage_is_counted_in_words(compared):
    said = compared._summary.text()
    assert "= same 2" in said
    assert "≠ changed 1" in said
    assert "only left 1" in said
    assert "only right 1" in said


def test_only_the_words_that_differ_are_marked(compared):
    row = next(row for row in compared._both.rows() if row.fate == "changed")
    at = list(compared._both.rows()).index(row)
    cells = compared._both._laid_out(at)
    marked = []
    for side, text in (("a", row.a.text), ("b", row.b.text)):
        for look in cells[side].layout.formats():
            marked.append(text[look.start : look.start + look.length])
    assert marked == ["12,000", "9,000"]


def test_only_differences_and_only_agreements_part_the_rows(compared):
    every = len(fates(compared))
    for key, expected in (
        ("differences", {"changed", "only_a", "only_b"}),
        ("agreements", {"same"}),
    ):
        compared._wanted.setCurrentIndex(compared._wanted.findData(key))
        compared._wanted.activated.emit(compared._wanted.currentIndex())
        assert set(fates(compared)) == expected
        assert len(fates(compared)) < every


def test_keys_go_from_difference_to_difference_and_back(compared, qtbot):
    compared.activateWindow()
    compared._both.setFocus()
    visited = []
    for _ in range(3):
        qtbot.keyClick(compared._both, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        visited.append(compared._both.current())
    assert [fates(compared)[at] for at in visited].count("same") == 0
    assert visited == sorted(set(visited))
    qtbot.keyClick(compared._both, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert compared._both.current() == visited[1]


def test_a_passage_chosen_on_either_side_is_told_and_enter_opens_it(compared, qtbot):
    at = fates(compared).index("changed")
    with qtbot.waitSignal(compared.place_chosen) as chosen:
        compared._both.go_to(at)
    assert chosen.args[0].source_id == 1
    with qtbot.waitSignal(compared.place_chosen) as chosen:
        qtbot.keyClick(compared._both, Qt.Key.Key_Right)
    assert chosen.args[0].source_id == 2
    with qtbot.waitSignal(compared.place_activated) as opened:
        qtbot.keyClick(compared._both, Qt.Key.Key_Return)
    row = compared._both.rows()[at]
    assert (opened.args[0].passage_id, opened.args[0].span.start) == (row.b.id, row.b.start)


def test_the_figures_of_a_pair_are_told_as_equal_or_not(compared, qtbot):
    compared._both.go_to(fates(compared).index("changed"))
    cells = [compared._model.index(0, column).data() for column in range(3)]
    assert "“$12,000”" in cells[0]
    assert cells[1] == "≠ differs"
    assert "“$9,000”" in cells[2]
    with qtbot.waitSignal(compared.place_chosen) as chosen:
        compared._figures.setCurrentIndex(compared._model.index(0, 2))
    assert chosen.args[0].figure.figure.text == "$9,000"


def test_scrolling_apart_each_side_keeps_its_own_order_and_can_be_matched(compared, qtbot):
    compared._locked.setChecked(False)
    for side, view in compared._alone.items():
        ordinals = [getattr(row, side).ordinal for row in view.rows()]
        assert ordinals == sorted(ordinals)
    left = compared._alone["a"]
    left.go_to([row.fate for row in left.rows()].index("changed"))
    qtbot.mouseClick(compared._match, Qt.MouseButton.LeftButton)
    assert "9,000" in compared._alone["b"].rows()[compared._alone["b"].current()].b.text


def many(count):
    rows = []
    for n in range(count):
        text = f"Day {n}: " + "the boats lay in the roads and waited for the tide to turn. " * 3
        fate = "changed" if n == count // 2 else "same"
        left, right = (Passage(n, side, n, 0, 9, "paragraph", None, text) for side in (1, 2))
        rows.append(Row(left, right, fate, 1.0))
    return rows


def test_of_a_long_text_only_what_is_seen_is_laid_out(qtbot):
    view = RowsView(("a", "b"))
    qtbot.addWidget(view)
    view.resize(800, 500)
    view.show()
    qtbot.waitExposed(view)
    view.show_rows(many(20_000))
    view.viewport().grab()
    assert 3 < view.laid_out() < 40
    view.go_to(15_000)
    view.viewport().grab()
    assert view.seen()[0] <= 15_000 <= view.seen()[1]
    assert view.laid_out() < 80


def test_the_strip_shows_the_whole_and_leads_to_any_part(qtbot):
    strip = Strip()
    qtbot.addWidget(strip)
    strip.resize(strip.width(), 400)
    strip.show()
    qtbot.waitExposed(strip)
    strip.show_rows(many(20_000))
    strip.grab()
    assert [strip.fate_at(down) for down in (10, 200, 390)] == ["same", "changed", "same"]
    with qtbot.waitSignal(strip.row_chosen) as chosen:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.rect().center())
    assert abs(chosen.args[0] - 10_000) < 100


def test_passages_that_differ_in_marks_alone_are_told_so():
    from desktop import comparison_words

    row = Row(None, None, "changed", 0.9999)
    assert comparison_words.likeness(row) == "in marks only"
    assert comparison_words.likeness(Row(None, None, "changed", 0.834)) == "83 % alike"


def _row_with(panel, words):
    return next(
        at
        for at, row in enumerate(panel._rows)
        if any(each is not None and words in each.text for each in (row.a, row.b))
    )


def test_two_passages_are_joined_by_the_keys_and_undo_parts_them(compared, session, qtbot):
    panel = compared
    view = panel._both
    view.setFocus()
    panel._jump(_row_with(panel, "outer mole"))
    qtbot.keyClick(view, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert panel._corrections.said.isVisible()
    panel._jump(_row_with(panel, "Crabs"))
    qtbot.keyClick(view, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(
        lambda: any(row.a and row.b and "Crabs" in row.b.text for row in panel._rows), timeout=5000
    )
    joined = panel._rows[panel._both.current()]
    assert joined.fate == "changed"
    assert "outer mole" in joined.a.text
    assert "Crabs" in joined.b.text
    session.jobs.run(asked.undo, lambda _change: None, pytest.fail)
    qtbot.waitUntil(lambda: any(row.fate == "only_b" for row in panel._rows), timeout=5000)


def test_two_passages_are_parted_by_the_button_and_stay_in_view(compared, qtbot):
    panel = compared
    panel._jump(_row_with(panel, "boiler"))
    qtbot.mouseClick(panel._corrections._part, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not all(row.a and row.b for row in panel._rows[:3]), timeout=5000)
    here = panel._rows[panel._both.current()]
    assert "boiler" in (here.a or here.b).text
    assert here.fate in ("only_a", "only_b")


def test_escape_gives_up_a_joining_that_is_half_done(compared, qtbot):
    panel = compared
    panel._both.setFocus()
    panel._jump(_row_with(panel, "outer mole"))
    panel._corrections.join()
    qtbot.keyClick(panel._both, Qt.Key.Key_Escape)
    assert not panel._corrections.said.isVisible()
    assert panel._corrections._first is None


THIRD = HEAD + DEBT.replace("boiler", "furnace") + COAL + CRAB


@pytest.fixture
def of_three(session, panel, qtbot, tmp_path):
    (tmp_path / "third.txt").write_text(THIRD, "utf-8")
    ingest.add(session.archive, [tmp_path / "third.txt"])
    panel.show_three(1, 2, 3)
    qtbot.waitUntil(lambda: panel._compared is not None, timeout=10_000)
    return panel


def test_two_versions_are_held_against_the_first_with_fates_of_their_own(of_three):
    rows = of_three._both.rows()
    debt = next(row for row in rows if row.a and "12,000" in row.a.text)
    assert (debt.fate, debt.third.fate) == ("changed", "changed")
    crabs = next(row for row in rows if row.b and "Crabs" in row.b.text)
    assert crabs.third.b is not None
    assert "Crabs" in crabs.third.b.text
    said = of_three._summary.text()
    assert "Second: = same 2" in said
    assert "Third: " in said
    assert "not in the first 1" in said
    assert of_three._strips["c"].isVisibleTo(of_three)


def test_of_three_the_words_that_any_two_have_not_in_common_are_marked(of_three):
    rows = of_three._both.rows()
    at = next(at for at, row in enumerate(rows) if row.a and "12,000" in row.a.text)
    cells = of_three._both._laid_out(at)
    marked = {
        side: [
            rows[at].passage(side).text[look.start : look.start + look.length]
            for look in cells[side].layout.formats()
        ]
        for side in "abc"
    }
    assert marked == {"a": ["12,000", "boiler"], "b": ["9,000"], "c": ["furnace"]}


def test_the_keys_reach_the_third_column_and_its_figures(of_three, qtbot):
    view = of_three._both
    at = next(at for at, row in enumerate(view.rows()) if row.a and "12,000" in row.a.text)
    view.go_to(at)
    row = [of_three._model.index(0, column).data() for column in range(5)]
    assert (row[1], row[3]) == ("≠ differs", "= same")
    assert "12,000" in row[4]
    with qtbot.waitSignal(of_three.place_activated) as opened:
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
            qtbot.keyClick(view, key)
    assert opened.args[0].source_id == 3
    of_three._locked.setChecked(False)
    assert of_three._alone["c"].isVisibleTo(of_three)


def test_a_correction_in_the_third_column_is_one_of_the_first_and_the_third(of_three, qtbot):
    view = of_three._both
    at = next(at for at, row in enumerate(view.rows()) if row.a and "12,000" in row.a.text)
    view.go_to(at)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    before = of_three._compared
    of_three._corrections.part()
    qtbot.waitUntil(lambda: of_three._compared not in (None, before), timeout=10_000)
    row = next(row for row in view.rows() if row.a and "12,000" in row.a.text)
    assert (row.fate, row.third.fate) == ("changed", "only_a")


def test_without_a_third_the_comparison_is_of_two_again(of_three, qtbot):
    of_three._third.setCurrentIndex(0)
    of_three._third.activated.emit(0)
    qtbot.waitUntil(lambda: of_three._compared.c is None, timeout=10_000)
    assert not of_three._strips["c"].isVisibleTo(of_three)
    assert of_three._figures.isColumnHidden(4)
