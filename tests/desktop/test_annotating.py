"""Annotating in the real reader with mouse and keys: the stored words are the ones selected."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor

import db.annotations
import db.links
import db.tags
from db import history, ingest, sources
from db.archive import Archive
from db.records import Target

# Four bytes, a joined family, a letter with an accent of its own, right to left, CR LF.
MIXED = (
    "The ship 🚢 sailed on 3 March with 👨‍👩‍👧 aboard.\r\n\r\n"
    "At the cafe\u0301 they paid 12 pounds; nai\u0308ve, said Ada.\r\n\r\n"
    "وصلت السفينة إلى الميناء يوم الثلاثاء\r\n\r\n"
    "𝔉inally 港口 the end came 🔥🔥 late.\r\n"
)


@pytest.fixture(scope="session")
def mixed_once(tmp_path_factory):
    place = tmp_path_factory.mktemp("mixed")
    (place / "mixed.txt").write_bytes(MIXED.encode())
    with Archive.create(place / "mixed.muniment", "Mixed") as archive:
        ingest.add(archive, [place / "mixed.txt"], figures=False)
        backup = place / "copy.muniment"
        archive.backup(backup)
    return backup


@pytest.fixture
def mixed(mixed_once, tmp_path):
    path = tmp_path / "mixed.muniment"
    path.write_bytes(mixed_once.read_bytes())
    with Archive.open(path, adopt=True):
        pass
    return path


@pytest.fixture
def reading(window, qtbot, idle, mixed):
    """The window with the mixed text in the reader, the person known."""
    window.session.settings.person = "Ada"
    window.open_archive(mixed)
    qtbot.waitUntil(window.session.is_open, timeout=10_000)
    idle(window)
    window.desk.read_source(1)
    idle(window)
    qtbot.waitUntil(lambda: window.desk.reader.source() is not None)
    return window


def place(view, unit):
    cursor = QTextCursor(view.document())
    cursor.setPosition(unit)
    return view.cursorRect(cursor)


def select_with_mouse(view, qtbot, words, last=None):
    """Drag from the beginning of `words` to their end, or to the end of `last`."""
    first = view.document().find(words)
    until = first if last is None else view.document().find(last, first)
    start, end = place(view, first.selectionStart()), place(view, until.selectionEnd())
    press = QPoint(start.left(), start.center().y())
    release = QPoint(end.left(), end.center().y())
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(view.viewport(), left, pos=press)
    for step in (0.3, 0.7, 1.0):
        between = press + (release - press) * step
        qtbot.mouseMove(view.viewport(), QPoint(round(between.x()), round(between.y())))
    qtbot.mouseRelease(view.viewport(), left, pos=release)


def made(window):
    archive = window.session.archive
    return list(db.annotations.rows(archive, db.annotations.ids(archive)).values())


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("sailed", None),
        ("🚢", None),
        ("👨‍👩‍👧", None),
        ("cafe\u0301", None),
        ("nai\u0308ve", None),
        ("السفينة", None),
        ("الثلاثاء", None),
        ("港口", None),
        ("𝔉inally", None),
        ("🔥🔥", None),
        ("aboard", "they"),
        ("Ada", "late"),
    ],
)
def test_what_the_mouse_selects_is_what_is_stored(reading, qtbot, words, last):
    view = reading.desk.reader._text
    select_with_mouse(view, qtbot, words, last)
    qtbot.keyClick(view, "2")
    qtbot.waitUntil(lambda: len(made(reading)) == 1, timeout=5000)
    (found,) = made(reading)
    text = sources.text(reading.session.archive, 1)
    start = text.index(words)
    end = start + len(words) if last is None else text.index(last, start) + len(last)
    assert found.exact == text[start:end]
    assert (found.target.start, found.target.end) == (start, end)
    assert (found.colour, found.person) == ("green", "Ada")


def test_a_mark_is_drawn_on_its_words_and_its_card_says_the_note(reading, qtbot, monkeypatch):
    archive = reading.session.archive
    text = sources.text(archive, 1)
    start = text.index("pounds")
    target = Target(source_id=1, start=start, end=start + 6)
    db.annotations.add(archive, "note", target, body="<b>Which</b> pounds?")
    view = reading.desk.reader._text
    qtbot.waitUntil(
        lambda: "pounds" in [each.cursor.selectedText() for each in view.extraSelections()],
        timeout=5000,
    )
    shown = []
    monkeypatch.setattr("desktop.text_view.show_tip", lambda at, said, _widget: shown.append(said))
    at = place(view, view.document().find("pounds").selectionStart()).center() + QPoint(4, 0)
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QHelpEvent
    from PySide6.QtWidgets import QApplication

    event = QHelpEvent(QEvent.Type.ToolTip, at, view.viewport().mapToGlobal(at))
    QApplication.sendEvent(view.viewport(), event)
    assert "<b>Which</b> pounds?" in shown[-1]


def test_the_name_is_asked_once_and_then_signs(reading, qtbot):
    reading.session.settings.person = ""
    reading.session.archive.person = ""
    view, asking = reading.desk.reader._text, reading.desk.reader.asking
    select_with_mouse(view, qtbot, "sailed")
    qtbot.keyClick(view, "1")
    qtbot.waitUntil(asking.isVisible)
    assert made(reading) == []
    asking._line.setText("Grace")
    qtbot.keyClick(asking._line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(made(reading)) == 1, timeout=5000)
    assert made(reading)[0].person == "Grace"
    assert reading.session.settings.person == "Grace"
    select_with_mouse(view, qtbot, "pounds")
    qtbot.keyClick(view, "3")
    qtbot.waitUntil(lambda: len(made(reading)) == 2, timeout=5000)
    assert not asking.isVisible()


def test_a_note_a_tag_the_tag_again_and_a_letter(reading, qtbot, idle):
    archive = reading.session.archive
    view, asking = reading.desk.reader._text, reading.desk.reader.asking
    select_with_mouse(view, qtbot, "sailed")
    reading.command("annotate_note")
    asking._line.setText("From which port?")
    qtbot.keyClick(asking._line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(made(reading)) == 1, timeout=5000)
    assert made(reading)[0].body == "From which port?"
    select_with_mouse(view, qtbot, "pounds")
    reading.command("annotate_tag")
    asking._line.setText("money/prices")
    qtbot.keyClick(asking._line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(made(reading)) == 2, timeout=5000)
    idle(reading)
    (prices,) = (tag for tag in db.tags.all(archive) if tag.name == "prices")
    select_with_mouse(view, qtbot, "港口")
    reading.command("annotate_tag_again")
    qtbot.waitUntil(lambda: db.tags.get(archive, prices.id).count == 2, timeout=5000)
    db.tags.change(archive, prices.id, letter="p")
    qtbot.waitUntil(lambda: reading.desk.annotating._letters == {"p": prices.id}, timeout=5000)
    select_with_mouse(view, qtbot, "late")
    qtbot.keyClick(view, "p")
    qtbot.waitUntil(lambda: db.tags.get(archive, prices.id).count == 3, timeout=5000)
    reading.command("undo")
    qtbot.waitUntil(lambda: db.tags.get(archive, prices.id).count == 2, timeout=5000)


def test_two_places_are_linked_by_asking_twice(reading, qtbot, idle):
    archive = reading.session.archive
    view, asking = reading.desk.reader._text, reading.desk.reader.asking
    select_with_mouse(view, qtbot, "sailed")
    reading.command("annotate_link")
    select_with_mouse(view, qtbot, "late")
    reading.command("annotate_link")
    qtbot.waitUntil(asking.isVisible, timeout=5000)
    asking._line.setText("is part of")
    qtbot.keyClick(asking._line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(db.links.ids(archive)) == 1, timeout=5000)
    (link,) = db.links.rows(archive, db.links.ids(archive)).values()
    assert (link.from_.words, link.relation, link.to.words) == ("sailed", "part_of", "late")


def test_an_annotation_at_the_caret_is_removed_and_undone(reading, qtbot):
    view = reading.desk.reader._text
    select_with_mouse(view, qtbot, "sailed")
    qtbot.keyClick(view, "1")
    qtbot.waitUntil(lambda: len(view._annotations) == 1, timeout=5000)
    at = place(view, view.document().find("sailed").selectionStart() + 2).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    reading.command("annotate_remove")
    qtbot.waitUntil(lambda: made(reading) == [], timeout=5000)
    reading.command("undo")
    qtbot.waitUntil(lambda: len(made(reading)) == 1, timeout=5000)
    newest = history.log(reading.session.archive)[:2]
    assert [change.person for change in newest] == ["Ada", "Ada"]


def test_a_letter_without_a_tag_changes_nothing_and_says_so(reading, qtbot):
    view = reading.desk.reader._text
    said = []
    reading.desk.annotating.noted.connect(said.append)
    qtbot.keyClick(view, "q")
    assert "q" in said[0]
    assert made(reading) == []
