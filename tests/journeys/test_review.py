"""Reviewing in the real window: a queue by keys, the figure window, the history."""

import db.figures
import db.sources
from db.records import Span


def opened(window, qtbot, idle, path):
    window.open_archive(path)
    qtbot.waitUntil(window.session.is_open, timeout=10_000)
    idle(window)


def statuses(window):
    return [kept.status for kept in db.figures.all(window.session.archive)]


def test_keys_in_the_queue_judge_what_is_shown_and_undo_takes_it_back(window, qtbot, idle, harbour):
    opened(window, qtbot, idle, harbour)
    window.command("review")
    panel = window.desk.docks.review_dock.widget()
    qtbot.waitUntil(lambda: panel.shown() is not None, timeout=5000)
    first = panel.shown().id
    qtbot.keyClick(panel._card, "A")
    qtbot.waitUntil(lambda: panel.shown() is not None and panel.shown().id != first, timeout=5000)
    qtbot.waitUntil(lambda: "accepted" in statuses(window), timeout=5000)
    qtbot.keyClick(panel._card, "X")
    qtbot.waitUntil(lambda: "rejected" in statuses(window), timeout=5000)
    idle(window)
    window.command("history")
    history = window.desk.docks.history_dock.widget()
    qtbot.waitUntil(lambda: "Reject 1 figure" in history.text(), timeout=5000)
    window.command("undo")
    qtbot.waitUntil(lambda: "rejected" not in statuses(window), timeout=5000)
    idle(window)


def test_selected_words_become_a_figure(window, qtbot, idle, harbour):
    opened(window, qtbot, idle, harbour)
    before = len(statuses(window))
    every = db.sources.all(window.session.archive)
    letter = next(source for source in every if source.title == "letter")
    window.desk.read_source(letter.id)
    idle(window)
    text = window.desk.reader._opened.text
    start = text.index("cousin")
    assert window.desk.reader._text.find("cousin")
    assert window.desk.reader.selected() == Span(start, start + len("cousin"))
    window.command("new_figure")
    figure_window = window.desk.docks._window_of_figures()
    qtbot.waitUntil(figure_window.isVisible, timeout=5000)
    figure_window.form()._value.setText("1")
    figure_window.form()._save.click()
    qtbot.waitUntil(lambda: len(statuses(window)) == before + 1, timeout=5000)
    made = db.figures.all(window.session.archive)
    assert "cousin" in [kept.figure.text for kept in made]
    idle(window)
