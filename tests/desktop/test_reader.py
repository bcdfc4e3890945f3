import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication

from db.records import Figure, KeptFigure, Passage, Span
from desktop.asked import Opened
from desktop.panels import reader as reader_file
from desktop.panels.reader import Reader
from desktop.session import Session
from desktop.text_view import Shown, TextView

LINE = "In 1940 the mill sent 30 barrels 🚢 down to the quay.\n\n"


def kept(number, start, status="proposed"):
    figure = Figure(start, start + 10, "30 barrels", "count", 30.0, unit="barrel")
    return KeptFigure(number, 1, "Mill", number, status, figure)


def long_text(lines):
    text = LINE * lines
    passages, figures = [], []
    for n in range(lines):
        start = n * len(LINE)
        passages.append(
            Passage(n, 1, n, start, start + len(LINE) - 2, "paragraph", None, LINE.strip())
        )
        figures.append(kept(n, start + LINE.index("30 barrels")))
    return text, tuple(passages), figures


@pytest.fixture
def view(qtbot):
    view = TextView()
    qtbot.addWidget(view)
    view.resize(700, 400)
    view.show()
    qtbot.waitExposed(view)
    return view


def test_marks_are_made_for_what_is_seen_only(view):
    text, passages, figures = long_text(5000)
    view.show_text(Shown(text, 0, passages))
    view.show_figures(figures)
    assert 5 < view.visible_marks() < 120
    view.go_to(Span(figures[-1].figure.start, figures[-1].figure.end))
    marked = [mark.cursor.selectedText() for mark in view.extraSelections()]
    assert marked.count("30 barrels") > 2


def test_a_text_that_was_there_before_the_window_is_as_wide_as_its_column(qtbot):
    view = TextView()
    qtbot.addWidget(view)
    view.resize(1200, 400)
    view.show_text(Shown("word " * 400, 0, ()))
    view.go_to(Span(500, 504))  # lays lines out, as a followed link does
    view.show()
    qtbot.waitExposed(view)
    line = view.document().firstBlock().layout().lineAt(0)
    assert line.width() <= view.viewport().width() < 800
    assert view.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("status", ["proposed", "accepted", "edited", "rejected"])
def test_a_decision_is_told_by_form_and_not_by_colour_alone(view, status):
    text, passages, _ = long_text(1)
    view.show_text(Shown(text, 0, passages))
    view.show_figures([kept(1, LINE.index("30"), status)])
    marks = view.extraSelections()
    look = marks[-1].format
    if status == "proposed":
        assert look.underlineStyle() == QTextCharFormat.UnderlineStyle.DotLine
    elif status == "rejected":
        assert look.fontStrikeOut()
    else:
        assert look.underlineStyle() == QTextCharFormat.UnderlineStyle.SingleUnderline


def test_positions_come_back_as_the_text_counts_them(view):
    text, passages, figures = long_text(50)
    view.show_text(Shown(text, 0, passages))
    for n in (0, 7, 49):
        span = Span(figures[n].figure.start, figures[n].figure.end)
        view.go_to(span)
        assert view.caret() == span.start


def test_copied_words_are_the_stored_ones_even_where_the_view_breaks_the_line(view):
    text = "x" * 2500 + " end"
    passage = Passage(1, 1, 0, 0, len(text), "paragraph", None, text)
    view.show_text(Shown(text, 0, (passage,)))
    assert view.document().blockCount() > 2
    view.selectAll()
    assert view.createMimeDataFromSelection().text() == text


def test_arabic_paragraphs_begin_on_the_right(view):
    text = "وصلت 30 طائرة"
    view.show_text(Shown(text, 0, (Passage(1, 1, 0, 0, len(text), "paragraph", None, text),)))
    assert view.document().firstBlock().layout().lineAt(0).naturalTextRect().left() > 50


def test_a_figures_card_shows_its_words_as_text(view, monkeypatch):
    shown = []
    monkeypatch.setattr("desktop.text_view.show_tip", lambda at, text, widget: shown.append(text))
    text, passages, _ = long_text(1)
    figure = Figure(22, 32, "30 barrels", "count", 30.0, unit="<b>barrel</b>")
    view.show_text(Shown(text, 0, passages))
    view.show_figures([KeptFigure(1, 1, "Mill", 0, "proposed", figure)])
    cursor = view.textCursor()
    cursor.setPosition(25)
    view.setTextCursor(cursor)
    at = view.cursorRect().center() + QPoint(2, 0)
    event = QHelpEvent(QEvent.Type.ToolTip, at, view.viewport().mapToGlobal(at))
    QApplication.sendEvent(view.viewport(), event)
    assert "<b>barrel</b>" in shown[0]


def test_a_double_click_on_a_figure_opens_it(view, qtbot):
    text, passages, figures = long_text(3)
    view.show_text(Shown(text, 0, passages))
    view.show_figures(figures)
    cursor = view.textCursor()
    cursor.setPosition(view._to_qt(figures[1].figure.start + 4))
    view.setTextCursor(cursor)
    at = view.cursorRect().center()
    with qtbot.waitSignal(view.figure_activated) as activated:
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert activated.args == [figures[1]]


@pytest.fixture
def reader(qtbot, settings):
    session = Session(settings)
    reader = Reader(session)
    qtbot.addWidget(reader)
    reader.resize(800, 500)
    reader.show()
    qtbot.waitExposed(reader)
    yield reader
    assert session.jobs.stop()


def show(reader, lines):
    from desktop.selection import Selected

    text, passages, figures = long_text(lines)
    source = source_of(text, passages, figures)
    reader._wanted = Selected(source_id=1)
    reader._show(Opened(source, text, passages, tuple(figures)))
    return text, figures


def source_of(text, passages, figures):
    from db.records import Source

    return Source(
        1, "u", None, "item", None, "Mill", None, None, "en", None, "mill.txt", "text/plain", None,
        len(passages), len(figures),
    )  # fmt: skip


def test_a_long_text_is_shown_a_window_at_a_time_and_every_place_can_be_reached(
    reader, monkeypatch
):
    monkeypatch.setattr(reader_file, "LONGEST_SHOWN", 20_000)
    text, figures = show(reader, 2000)
    assert len(text) > 100_000
    view = reader._text
    assert len(view.toPlainText()) < 21_500
    for n in (1999, 0, 1000):
        start = figures[n].figure.start
        reader._bring(Span(start, start + 10))
        assert view.caret() == start
        assert view.document().find("30 barrels").hasSelection()
    reader._bring(Span(0, 0))
    seen = [view._shown.start]
    while reader._window._later.isEnabled():
        reader._turn(1)
        assert view._shown.start > seen[-1]
        seen.append(view._shown.start)
    assert view._shown.start + len(view._shown.text) == len(text)
    while reader._window._earlier.isEnabled():
        reader._turn(-1)
        assert view._shown.start < seen[-1]
        seen.append(view._shown.start)
    assert view._shown.start == 0


def test_find_goes_round_all_that_is_found(reader, qtbot):
    show(reader, 3)
    reader.open_find()
    qtbot.keyClicks(reader._find.line(), "QUAY")
    qtbot.waitUntil(lambda: reader._find._place.text() == "1 of 3")
    places = []
    for _ in range(4):
        places.append(reader._text.caret())
        reader.find_step(1)
    assert places[0] == places[3] < places[1] < places[2]
    reader.find_step(-1)
    assert reader._text.caret() == places[0]


def test_find_says_when_there_is_nothing(reader, qtbot):
    show(reader, 1)
    reader.open_find()
    qtbot.keyClicks(reader._find.line(), "no such words (")
    qtbot.waitUntil(lambda: reader._find._place.text() == "not found")


def test_evidence_is_the_words_the_value_and_the_place(reader):
    _, figures = show(reader, 2)
    reader._session.selection.choose_figure(figures[1])
    evidence = reader.evidence()
    assert evidence.words == LINE.strip()
    assert "30 barrel" in evidence.stated
    assert reader._opened.text[evidence.span.start : evidence.span.end].strip() == LINE.strip()


def test_a_figure_of_another_source_is_no_evidence_here(reader):
    from dataclasses import replace

    _, figures = show(reader, 2)
    reader._session.selection.choose_figure(replace(figures[1], source_id=77))
    assert reader.evidence() is None
    reader._text.selectAll()
    assert reader.evidence().stated == ""


def test_headings_notes_and_boilerplate_are_set_apart(view):
    text = "Heading\nWords\nShare this page"
    passages = (
        Passage(1, 1, 0, 0, 7, "heading", None, "Heading"),
        Passage(2, 1, 1, 8, 13, "paragraph", None, "Words"),
        Passage(3, 1, 2, 14, 29, "boilerplate", None, "Share this page"),
    )
    view.show_text(Shown(text, 0, passages))
    blocks = [view.document().findBlockByNumber(n) for n in range(3)]
    formats = [block.layout().formats() for block in blocks]
    assert formats[0][0].format.fontWeight() > 400
    assert formats[1] == []
    assert formats[2][0].format.foreground().color().isValid()
    assert [label for _, label in view._lane._visible_labels()] == ["boilerplate"]


def test_paging_past_the_end_of_a_window_turns_to_the_next(reader, qtbot, monkeypatch):
    monkeypatch.setattr(reader_file, "LONGEST_SHOWN", 20_000)
    text, _ = show(reader, 2000)
    view = reader._text
    for _ in range(5000):
        qtbot.keyClick(view, Qt.Key.Key_PageDown)
        if view.caret() >= len(text) - len(LINE):
            break
    assert view._shown.start + len(view._shown.text) == len(text)
    assert not reader._window.can_turn(1)
