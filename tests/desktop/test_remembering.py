"""Settings, the shared selection, places visited, and text that stays text."""

from pathlib import Path

from PySide6.QtCore import Qt

from db.records import Figure, KeptFigure
from desktop.plain import Label, Message, ShortLabel, menu_text, tip
from desktop.selection import Place, Selected, Selection, Visited


def test_the_archive_opened_last_stands_first_and_ten_are_kept(settings):
    for number in range(12):
        settings.add_recent(Path(f"{number}.muniment"))
    settings.add_recent(Path("5.muniment"))
    assert [path.stem for path in settings.recent][:3] == ["5", "11", "10"]
    assert len(settings.recent) == 10
    settings.forget_recent(Path("5.muniment"))
    assert Path("5.muniment") not in settings.recent


def test_settings_of_another_hand_do_no_harm(settings):
    settings._store.setValue("theme", "plaid")
    settings._store.setValue("reader/zoom", "huge")
    settings._store.setValue("window/geometry", 7)
    assert settings.theme == "system"
    assert settings.reader_zoom == 0
    assert settings.geometry.isEmpty()


def test_choosing_the_same_again_tells_no_one(qapp):
    selection, told = Selection(), []
    selection.changed.connect(told.append)
    selection.choose_source(4)
    selection.choose_source(4)
    assert told == [Selected(source_id=4)]


def test_a_figure_that_was_decided_elsewhere_is_renewed_only_if_it_is_chosen(qapp):
    figure = Figure(3, 9, "2 tons", "mass", 2.0)
    kept = KeptFigure(1, 4, "Memoir", 2, "proposed", figure)
    selection = Selection()
    selection.choose_figure(kept)
    selection.renew_figure(KeptFigure(9, 4, "Memoir", 2, "rejected", figure))
    assert selection.now.figure is kept
    selection.renew_figure(KeptFigure(1, 4, "Memoir", 2, "accepted", figure))
    assert selection.now.figure.status == "accepted"


def test_back_and_forward_go_through_the_places_visited():
    visited = Visited()
    places = [Place("read", Selected(source_id=number)) for number in range(3)]
    for place in places:
        visited.visit(place)
        visited.visit(place)
    assert visited.back() == places[1]
    assert visited.back() == places[0]
    assert visited.back() is None
    assert visited.forward() == places[1]
    visited.visit(Place("find", Selected()))
    assert not visited.has_forward()
    assert visited.back() == places[1]


def test_labels_and_messages_take_no_text_for_markup(qtbot):
    label = Label("<b>loan</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    message = Message(None, "T", "<img src='file:///etc/passwd'>")
    qtbot.addWidget(message)
    assert message.textFormat() == Qt.TextFormat.PlainText


def test_a_title_that_has_no_room_shows_whole_in_its_tip(qtbot):
    label = ShortLabel("A title of <some> length & more, " * 6)
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show()
    label.grab()
    assert "&lt;some&gt;" in label.toolTip()
    label.resize(4000, 20)
    label.grab()
    assert label.toolTip() == ""


def test_tips_and_menus_show_what_a_name_says():
    assert tip("<a href='x'>") == "<qt>&lt;a href=&#x27;x&#x27;&gt;</qt>"
    assert tip("") == ""
    assert menu_text("Letters & ledgers\n1938") == "Letters && ledgers 1938"
