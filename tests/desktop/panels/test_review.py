"""The review queue as a person uses it: keys, choices, many at once, and what goes wrong."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

import db.figures
import db.history
import db.review
from desktop.panels.review import ReviewPanel


@pytest.fixture
def panel(session, qtbot, settle):
    panel = ReviewPanel(session)
    qtbot.addWidget(panel)
    panel.resize(1200, 320)
    panel.show()
    qtbot.waitExposed(panel)
    panel.setFocus()
    qtbot.waitUntil(lambda: panel.shown() is not None, timeout=10_000)
    settle()
    return panel


def press(qtbot, panel, keys):
    for key in keys:
        qtbot.keyClick(panel._card, key)


def status_of(session, figure_id):
    return db.figures.rows(session.archive, [figure_id])[figure_id].status


def test_the_proposal_is_spelled_out_beside_its_marked_words(panel):
    kept = panel.shown()
    assert kept.figure.text == "$12,000"
    said = panel._card.described()
    assert "12,000 US dollars, exactly" in said
    assert "3 March 1938 (stated in the sentence)" in said
    assert "Confidence" in said
    assert kept.figure.rules[0] in said
    view = panel._card.passage()
    assert "On 3 March 1938 the office lent" in view.toPlainText()
    marked = [mark.cursor.selectedText() for mark in view.extraSelections()]
    assert marked[-1] == "$12,000"


def test_what_comes_next_is_told(panel, session):
    ids = db.review.queue(session.archive)
    following = db.figures.rows(session.archive, [ids[1]])[ids[1]]
    said = panel._card.described()
    assert f"{len(ids) - 1} more wait" in said
    assert following.figure.text in said


def test_each_key_does_what_its_button_says(panel, session, qtbot, settle):
    ids = db.review.queue(session.archive)
    press(qtbot, panel, "A")
    press(qtbot, panel, "X")
    press(qtbot, panel, "S")
    assert panel.shown().id == ids[3]
    settle()
    assert [status_of(session, each) for each in ids[:3]] == ["accepted", "rejected", "proposed"]
    assert panel._tally.text().startswith(f"2 of {len(ids)} reviewed")


def test_u_takes_back_the_last_answers_one_by_one(panel, session, qtbot, settle):
    ids = db.review.queue(session.archive)
    press(qtbot, panel, "ASX")
    press(qtbot, panel, "U")
    assert panel.shown().id == ids[2]
    press(qtbot, panel, "U")
    assert panel.shown().id == ids[1]
    press(qtbot, panel, "U")
    assert panel.shown().id == ids[0]
    settle()
    assert {status_of(session, each) for each in ids} == {"proposed"}
    assert panel._tally.text().startswith("0 of")
    press(qtbot, panel, "U")
    assert "Nothing was done here yet" in panel.told()


def test_keys_pressed_faster_than_the_disk_are_all_written_in_their_order(
    panel, session, qtbot, settle
):
    ids = db.review.queue(session.archive)
    press(qtbot, panel, "AAXUX")
    settle()
    found = [status_of(session, each) for each in ids[:4]]
    assert found == ["accepted", "accepted", "rejected", "proposed"]
    labels = [change.label for change in db.history.log(session.archive) if not change.undone]
    assert labels[:3] == [
        "mark figures rejected",
        "mark figures accepted",
        "mark figures accepted",
    ]


def test_letters_act_only_while_the_queue_has_the_focus(panel, session, qtbot, settle):
    ids = db.review.queue(session.archive)
    box = panel.findChild(QComboBox)
    box.setFocus()
    qtbot.keyClick(box, "A")
    qtbot.keyClick(panel._card, "A", Qt.KeyboardModifier.ControlModifier)
    settle()
    assert status_of(session, ids[0]) == "proposed"


def test_all_like_this_tells_how_many_before_it_does_it(panel, session, qtbot, settle):
    ids = db.review.queue(session.archive)
    while len(like := db.review.alike(session.archive, panel.shown().id)) == 1:
        press(qtbot, panel, "S")
    press(qtbot, panel, "L")
    qtbot.waitUntil(panel._offer.isVisible, timeout=5000)
    said = panel._offer.text()
    assert said.startswith(f"{len(like)} waiting figures were made by the same rules")
    assert db.review.queue(session.archive) == ids
    qtbot.mouseClick(panel._offer.accept_button(), Qt.MouseButton.LeftButton)
    settle()
    assert {status_of(session, each) for each in like} == {"accepted"}
    assert db.review.queue(session.archive) == [each for each in ids if each not in like]
    qtbot.waitUntil(lambda: panel.waiting() == len(ids) - len(like), timeout=5000)
    press(qtbot, panel, "U")
    settle()
    assert db.review.queue(session.archive) == ids
    qtbot.waitUntil(lambda: panel.waiting() == len(ids), timeout=5000)


def test_a_figure_that_is_like_no_other_is_told_to_be_so(panel, session, qtbot, settle):
    while len(db.review.alike(session.archive, panel.shown().id)) > 1:
        press(qtbot, panel, "S")
    press(qtbot, panel, "L")
    qtbot.waitUntil(lambda: "No other waiting figure" in panel.told(), timeout=5000)
    assert not panel._offer.isVisible()
    settle()


def test_an_offer_that_is_cancelled_changes_nothing(panel, session, qtbot, settle):
    ids = db.review.queue(session.archive)
    panel.do("Q")
    assert panel._offer.text().startswith(f"{len(ids)} waiting figures")
    qtbot.keyClick(panel._offer, Qt.Key.Key_Escape)
    assert not panel._offer.isVisible()
    settle()
    assert db.review.queue(session.archive) == ids


def test_a_choice_narrows_the_queue_to_as_many_as_it_says(panel, session, qtbot, settle):
    box = panel._filters._boxes["kind"]
    at = box.findData("count")
    number = int(box.itemText(at).rsplit("(", 1)[1].rstrip(")"))
    panel._filters.choose("kind", "count")
    settle()
    assert panel.waiting() == number
    assert panel.shown().figure.kind == "count"
    press(qtbot, panel, "A")
    assert box.itemText(box.findData("count")).endswith(f"({number - 1})")
    settle()


def test_choices_that_nothing_fits_offer_to_be_dropped(panel, session, qtbot, settle):
    panel._filters.choose("undated", True)
    panel._filters.choose("kind", "money")
    settle()
    assert panel._stack.currentWidget() is panel._empty
    assert "No waiting figure fits" in panel._empty.text()
    panel._empty.step_chosen.emit()
    settle()
    assert panel.shown() is not None


def test_the_end_of_the_queue_offers_what_was_skipped(panel, session, qtbot, settle):
    ids = db.review.queue(session.archive)
    press(qtbot, panel, "S" * len(ids))
    assert f"{len(ids)} figures were skipped" in panel._empty.text()
    panel._empty.step_chosen.emit()
    assert panel.shown().id == ids[0]
    panel.do("Q")
    qtbot.mouseClick(panel._offer.accept_button(), Qt.MouseButton.LeftButton)
    settle()
    qtbot.waitUntil(
        lambda: f"Every figure has been judged: {len(ids)} of {len(ids)}" in panel._empty.text(),
        timeout=5000,
    )
    with qtbot.waitSignal(panel.figures_requested):
        panel._empty.step_chosen.emit()


def test_an_edit_is_saved_and_the_queue_moves_on(panel, session, qtbot, settle):
    ids = db.review.queue(session.archive)
    press(qtbot, panel, "E")
    form = panel._form
    assert panel._stack.currentWidget() is form
    form._value.setText("13 thousand")
    form._date.setText("spring 1938")
    assert "13,000 US dollars" in form._means.text()
    assert form._dated.text().startswith("= 1938-21: spring 1938")
    qtbot.keyClick(form._date, Qt.Key.Key_Return)
    assert panel.shown().id == ids[1]
    settle()
    kept = db.figures.rows(session.archive, [ids[0]])[ids[0]]
    assert (kept.status, kept.figure.value, kept.figure.date) == ("edited", 13_000.0, "1938-21")
    press(qtbot, panel, "U")
    settle()
    kept = db.figures.rows(session.archive, [ids[0]])[ids[0]]
    assert (kept.status, kept.figure.value) == ("proposed", 12_000.0)
    assert panel.shown().id == ids[0]


def test_leaving_the_form_leaves_the_figure_as_it_was(panel, session, qtbot, settle):
    kept = panel.shown()
    press(qtbot, panel, "E")
    panel._form._value.setText("1")
    qtbot.keyClick(panel._form._value, Qt.Key.Key_Escape)
    assert panel._stack.currentWidget() is panel._card
    settle()
    assert status_of(session, kept.id) == "proposed"


def test_what_could_not_be_written_comes_back_and_is_told(panel, session, qtbot, settle, harbour):
    kept = panel.shown()
    moved = harbour.rename(harbour.with_suffix(".elsewhere"))
    try:
        session.archive._looked_at = 0.0
        press(qtbot, panel, "A")
        assert panel.shown().id != kept.id
        settle()
        assert panel.told().startswith("⚠ Not written: ")
        assert panel.shown().id == kept.id
        assert panel._tally.text().startswith("0 of")
    finally:
        moved.rename(harbour)


def test_a_decision_made_elsewhere_leaves_the_queue_too(panel, session, qtbot, settle):
    ids = db.review.queue(session.archive)
    db.figures.decide(session.archive, [ids[0]], "accepted")
    qtbot.waitUntil(lambda: panel.waiting() == len(ids) - 1, timeout=5000)
    settle()
    assert panel.shown().id == ids[1]
    assert panel._tally.text().startswith("1 of")


def test_what_was_changed_by_others_since_is_not_undone_by_u(panel, session, qtbot, settle):
    ids = db.review.queue(session.archive)
    press(qtbot, panel, "A")
    settle()
    db.figures.decide(session.archive, [ids[3]], "rejected")
    press(qtbot, panel, "U")
    settle()
    assert "Something else was changed since" in panel.told()
    assert status_of(session, ids[0]) == "accepted"
    assert status_of(session, ids[3]) == "rejected"
    qtbot.waitUntil(lambda: panel.waiting() == len(ids) - 2, timeout=5000)


def test_a_decision_is_not_lost_when_the_archive_closes_at_once(panel, session, qtbot, harbour):
    from db.archive import Archive

    kept = panel.shown()
    press(qtbot, panel, "A")
    session.jobs.cancel_all()
    qtbot.waitUntil(lambda: session.jobs.running() == 0, timeout=5000)
    session.close()
    with Archive.open(harbour) as archive:
        assert db.figures.rows(archive, [kept.id])[kept.id].status == "accepted"


def test_the_choice_of_a_proposal_is_told_once_the_person_pauses(panel, qtbot, settle):
    chosen = []
    panel.figure_chosen.connect(chosen.append)
    press(qtbot, panel, "SSS")
    qtbot.waitUntil(lambda: bool(chosen), timeout=2000)
    assert [kept.id for kept in chosen] == [panel.shown().id]


def test_an_archive_without_figures_names_the_next_step(qtbot, settings, tmp_path, qapp):
    from desktop.session import Session

    session = Session(settings)
    session.create(tmp_path / "new.muniment", "New", lambda error: None)
    qtbot.waitUntil(session.is_open, timeout=10_000)
    panel = ReviewPanel(session)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitUntil(lambda: "No figures wait" in panel._empty.text(), timeout=5000)
    with qtbot.waitSignal(panel.import_requested):
        panel._empty.step_chosen.emit()
    assert session.jobs.stop()
    session.close()
