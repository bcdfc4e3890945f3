"""The edit form: what is typed, what it means, what is sent, and words chosen in the passage."""

import math
from dataclasses import replace

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QTextCursor

import db.figures
from db.records import Figure, KeptFigure, Span
from db.review import Card
from desktop.date_words import meaning
from desktop.panels.figure_editor import FigureForm, number_of
from desktop.panels.figure_window import FigureWindow

TEXT = "In 1940 🚢 the quay took 30 barrels, and more came by rail."


@pytest.fixture(autouse=True)
def british():
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


def card(**more):
    start = TEXT.index("30 barrels") + 100
    figure = Figure(
        start, start + 10, "30 barrels", "count", 30.0, unit="barrel", date="1940",
        date_basis="stated", why=(("date", "1940", 103, 107),),
    )  # fmt: skip
    kept = KeptFigure(5, 1, "Mill", 2, "proposed", replace(figure, **more))
    return Card(kept, 100, TEXT, "What stood before.", "What follows.", "paragraph", None)


@pytest.fixture
def form(qtbot):
    form = FigureForm()
    qtbot.addWidget(form)
    form.resize(900, 300)
    form.show()
    qtbot.waitExposed(form)
    form.show_card(card(), [("USD", 4), ("barrel", 2)])
    return form


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("30", 30.0),
        ("25,000,000", 25e6),
        ("25 000 000", 25e6),
        ("1,300.5", 1300.5),
        ("25 million", 25e6),
        ("2 1/2 million", 2.5e6),
        ("-35", -35.0),
        ("", None),
        ("barrels", None),
        ("5 or 6", None),
        ("1e400", None),
        ("nan", None),
        ("9" * 200, None),
    ],
)
def test_a_number_is_understood_as_people_write_it(qapp, typed, value):
    assert number_of(typed) == value


def test_a_comma_that_may_be_a_decimal_mark_is_never_dropped(qapp):
    assert number_of("1,5") in (1.5, None)


@given(st.text(alphabet="0123456789 ,.-+eE/x½", max_size=30))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_typed_value_is_a_finite_number_or_none(qapp, typed):
    value = number_of(typed)
    assert value is None or math.isfinite(value)


def test_nothing_changed_means_nothing_sent(form):
    assert form.changes() == {}


@pytest.mark.parametrize("value", [1 / 3, 1e-7, 123456789.123456, 1e20])
def test_a_value_shown_with_fewer_digits_is_not_sent_back(form, value):
    form.show_card(card(value=value), [])
    form._of.setText("oil")
    assert form.changes() == {"of": "oil"}


def test_only_what_was_changed_is_sent(form):
    form._value.setText("40")
    form._high.setText("45")
    form._unit.setEditText("cask")
    form._approx.setCurrentIndex(form._approx.findData("about"))
    form._giver.setText("the mill")
    assert form.changes() == {
        "value": 40.0,
        "value_high": 45.0,
        "unit": "cask",
        "approx": "about",
        "giver": "the mill",
    }
    assert form._means.text() == "= about 40 to 45 casks"


@pytest.mark.parametrize(
    ("typed", "shown", "sent"),
    [
        ("1941-21", "= 1941-21: spring 1941 (from 1 March 1941 to 31 May 1941)", "1941-21"),
        ("by 1939", "= ../1939: by 1939 (up to 31 December 1939)", "../1939"),
        ("22 October 1940", "= 1940-10-22: 22 October 1940", "1940-10-22"),
        ("", "no date", None),
    ],
)
def test_a_date_says_what_it_means_as_one_types(form, typed, shown, sent):
    form._date.setText(typed)
    assert form._dated.text() == shown
    basis = "stated" if sent else "none"
    assert form.changes() == {"date": sent, "date_basis": basis}


def test_what_is_not_understood_cannot_be_saved(form):
    form._date.setText("when the hay was in")
    assert form._dated.text().startswith("✕")
    assert not form._save.isEnabled()
    form._date.setText("1940")
    assert form._save.isEnabled()
    form._value.setText("plenty")
    assert not form._save.isEnabled()


def test_words_selected_in_the_passage_become_the_figures(form, qtbot):
    view = form._passage
    at = view.toPlainText().index("quay took 30 barrels")
    cursor = view.textCursor()
    # Qt counts the ship twice.
    cursor.setPosition(at)
    cursor.setPosition(at + 1 + len("quay took 30 barrels"), QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    view._tell_selected()
    start = TEXT.index("quay") + 100
    assert form.changes() == {"start": start, "end": start + len("quay took 30 barrels")}
    assert "quay took 30 barrels" in form._words.text()


def test_words_of_another_passage_are_not_taken(form):
    view = form._passage
    cursor = view.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(len("What stood"), QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    assert view.selected() is None


def test_the_words_it_rests_on_are_marked(form):
    marked = [mark.cursor.selectedText() for mark in form._passage.extraSelections()]
    assert "1940" in marked
    assert marked[-1] == "30 barrels"


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("1940", "1940 (from 1 January 1940 to 31 December 1940)"),
        ("1941-04-28/..", "from 28 April 1941 on"),
        ("1940-10-22", "22 October 1940"),
    ],
)
def test_a_date_is_told_with_its_first_and_last_day(date, said):
    assert meaning(date) == said


def test_the_window_edits_a_figure_of_the_archive(session, qtbot, settle):
    kept = db.figures.all(session.archive)[0]
    window = FigureWindow(session)
    qtbot.addWidget(window)
    window.open_figure(kept.id)
    qtbot.waitUntil(window.isVisible, timeout=5000)
    window.form()._value.setText("99")
    with qtbot.waitSignal(window.saved, timeout=5000) as saved:
        qtbot.keyClick(window.form()._value, Qt.Key.Key_Return)
    assert saved.args == [kept.id]
    assert db.figures.rows(session.archive, [kept.id])[kept.id].figure.value == 99.0
    assert not window.isVisible()
    settle()


def test_a_new_figure_is_made_of_selected_words(session, qtbot, settle):
    import db.sources

    source = next(s for s in db.sources.all(session.archive) if s.file_name == "ledger.txt")
    at = db.sources.text(session.archive, source.id).index("boiler")
    window = FigureWindow(session)
    qtbot.addWidget(window)
    window.open_new(source.id, Span(at, at + 6))
    qtbot.waitUntil(window.isVisible, timeout=5000)
    form = window.form()
    assert not form._save.isEnabled()
    form._value.setText("1")
    form._unit.setEditText("boiler")
    form._date.setText("March 1938")
    with qtbot.waitSignal(window.saved, timeout=5000) as saved:
        form._save.click()
    made = db.figures.rows(session.archive, saved.args)[saved.args[0]]
    assert (made.figure.text, made.figure.value, made.figure.date) == ("boiler", 1.0, "1938-03")
    assert made.status == "edited"
    settle()


def test_words_across_passages_make_no_figure_and_it_is_told(session, qtbot, settle):
    window = FigureWindow(session)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.noted, timeout=5000) as noted:
        window.open_new(1, Span(0, 120))
    assert "one passage" in noted.args[0]
    assert not window.isVisible()
    settle()
