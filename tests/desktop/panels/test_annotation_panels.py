"""The panels of annotation in the real window: what they list, what they change, what undo gives back."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication

import db.annotations
import db.links
import db.shelf
import db.sources
import db.tags
import db.versions
from db.exchange import tables
from db.records import Tag, Target
from desktop.models.tags import TagTree
from desktop.panels.shelf import Excerpt


@pytest.fixture
def opened(window, qtbot, idle, harbour):
    """The window with the ledger of the harbour in the reader."""
    window.session.settings.person = "Ada"
    window.open_archive(harbour)
    qtbot.waitUntil(window.session.is_open, timeout=10_000)
    idle(window)
    ledger = next(s for s in db.sources.all(window.session.archive) if s.title != "letter")
    window.desk.read_source(ledger.id)
    idle(window)
    return window


def span(window, words):
    source = window.desk.reader.source()
    start = window.desk.reader._opened.text.index(words)
    return Target(source_id=source.id, start=start, end=start + len(words))


def panel(window, command):
    window.command(command)
    docks = window.desk.note_docks
    found = {
        "annotations": docks.table_dock,
        "tags": docks.tags_dock,
        "notes": docks.notes_dock,
        "links": docks.links_dock,
        "shelf": docks.shelf_dock,
    }
    return found[command].widget()


def test_the_model_of_tags_keeps_the_rules_of_qt(qtmodeltester, qapp):
    model = TagTree()
    tags = [
        Tag(1, "a", None, "economy", count_below=3),
        Tag(2, "b", 1, "loans", letter="l", count=3, count_below=3),
        Tag(3, "c", 2, "terms"),
        Tag(4, "d", None, "people", description="who is named"),
    ]
    model.show(tags, {})
    qtmodeltester.check(model)
    assert model.path(3) == "economy/loans/terms"
    model.narrow("named")
    qtmodeltester.check(model)
    assert model.matching() == 1
    model.narrow("terms")
    assert model.matching() == 3
    model.show([], {})
    qtmodeltester.check(model)


def test_a_dropped_tag_asks_to_be_moved_and_stays_until_the_archive_says_so(qapp):
    model = TagTree()
    model.show([Tag(1, "a", None, "one"), Tag(2, "b", None, "two")], {})
    asked = []
    model.move_requested.connect(lambda ids, parent: asked.append((ids, parent)))
    data = model.mimeData([model.index_of(2), model.index(1, 1)])
    assert not model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, model.index_of(1))
    assert not model.dropMimeData(QMimeData(), Qt.DropAction.MoveAction, -1, -1, model.index_of(1))
    assert asked == [([2], 1)]
    assert model.rowCount() == 2


def test_the_table_lists_narrows_and_goes_to_the_words(opened, qtbot, idle):
    archive = opened.session.archive
    db.annotations.add(archive, "highlight", span(opened, "30 barrels"), colour="blue")
    db.annotations.add(archive, "note", span(opened, "boiler"), body="of what make?")
    table = panel(opened, "annotations")
    qtbot.waitUntil(lambda: len(table._model.ids()) == 2, timeout=5000)
    table._filter.setText("make")
    qtbot.waitUntil(lambda: len(table._model.ids()) == 1, timeout=5000)
    idle(opened)
    table._list.activated.emit(table._model.index(0, 0))
    idle(opened)
    reader = opened.desk.reader
    assert reader._text.caret() == span(opened, "boiler").start
    table._list.selectRow(0)
    qtbot.waitUntil(table._remove.isEnabled, timeout=5000)
    qtbot.mouseClick(table._remove, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(table._model.ids()) == 0, timeout=5000)
    assert "No annotation fits" in table._empty.text()
    table._filter.setText("")
    table._kind.setCurrentIndex(table._kind.findData("removed"))
    table._kind.activated.emit(table._kind.currentIndex())
    qtbot.waitUntil(lambda: len(table._model.ids()) == 1, timeout=5000)
    idle(opened)  # the list is asked for again when the removal has been written
    table._list.selectRow(0)
    assert table._remove.text() == "Restore"
    table._remove.click()
    qtbot.waitUntil(lambda: len(db.annotations.ids(archive)) == 2, timeout=5000)


def test_what_the_table_lists_is_exported_and_nothing_else(opened, qtbot, idle, tmp_path):
    archive = opened.session.archive
    table = panel(opened, "annotations")
    idle(opened)
    assert not table._export_button.isEnabled()
    db.annotations.add(archive, "highlight", span(opened, "30 barrels"), colour="blue")
    db.annotations.add(archive, "note", span(opened, "boiler"), body="=of what make?")
    qtbot.waitUntil(lambda: len(table._model.ids()) == 2, timeout=5000)
    table._filter.setText("make")
    qtbot.waitUntil(lambda: len(table._model.ids()) == 1, timeout=5000)
    assert table._export_button.isEnabled()
    with qtbot.waitSignal(table.noted, timeout=10_000) as noted:
        table._export.write(tmp_path / "a.csv", table._model.ids())
    assert noted.args == ["1 annotation exported to “a.csv”."]
    (row,) = tables.read(tmp_path / "a.csv")
    assert (row["text"], row["body"]) == ("boiler", "=of what make?")
    assert "'=of what make?" in (tmp_path / "a.csv").read_text("utf-8")
    with qtbot.waitSignal(table.noted, timeout=10_000):
        table._export.write(tmp_path / "a.xlsx", table._model.ids())
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")


def test_the_table_is_grouped_and_a_group_narrows_it(opened, qtbot, idle):
    archive = opened.session.archive
    db.annotations.add(archive, "highlight", span(opened, "30 barrels"), colour="blue")
    db.annotations.add(archive, "highlight", span(opened, "boiler"), colour="red")
    loans = db.tags.at_path(archive, "economy/loans")
    db.tags.put(archive, [loans], [span(opened, "lent the cannery")])
    table = panel(opened, "annotations")
    qtbot.waitUntil(lambda: len(table._model.ids()) == 3, timeout=5000)

    def group(by):
        table._by.setCurrentIndex(table._by.findData(by))
        table._by.activated.emit(table._by.currentIndex())
        idle(opened)
        model = table._group_model
        return [(model.record(n).name, model.record(n).number) for n in range(model.rowCount())]

    assert group("colour") == [("All", 3), ("(none)", 1), ("blue", 1), ("red", 1)]
    for row, number in ((1, 1), (2, 1), (0, 3)):
        table._group_list.selectRow(row)
        idle(opened)
        assert len(table._model.ids()) == number
    assert group("tag") == [("All", 3), ("economy/loans", 1)]
    assert len(table._model.ids()) == 3
    assert group("") == []
    assert not table._group_list.isVisible()


def test_what_carries_a_tag_is_listed_and_some_of_it_split_off(opened, qtbot, idle):
    archive = opened.session.archive
    loans = db.tags.at_path(archive, "economy/loans")
    db.tags.put(archive, [loans], [span(opened, "lent the cannery"), span(opened, "30 barrels")])
    db.annotations.add(archive, "highlight", span(opened, "boiler"), colour="blue")
    tree = panel(opened, "tags")
    qtbot.waitUntil(lambda: tree._model.total() == 2, timeout=5000)
    tree.choose(loans)
    tree._tree.activated.emit(tree._tree.currentIndex())
    table = opened.desk.note_docks.table_dock.widget()
    qtbot.waitUntil(lambda: len(table._model.ids()) == 2, timeout=5000)
    assert "economy/loans" in table._only_tag.text()
    idle(opened)
    row = next(n for n in (0, 1) if table._model.record(n).annotation.exact == "30 barrels")
    table._list.selectRow(row)
    table._split.click()
    table._asking._line.setText("goods")
    qtbot.keyClick(table._asking._line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(table._model.ids()) == 1, timeout=5000)
    counts = {tag.name: tag.count for tag in db.tags.all(archive)}
    assert counts == {"economy": 0, "loans": 1, "goods": 1}


def test_tags_are_made_renamed_merged_moved_and_removed_in_their_panel(opened, qtbot, idle):
    archive = opened.session.archive
    tree = panel(opened, "tags")
    qtbot.waitUntil(lambda: "No tags yet" in tree._empty.text(), timeout=5000)
    for name in ("fire", "flood"):
        tree._tree.clearSelection()
        tree._ask_new()
        tree._asking._line.setText(name)
        qtbot.keyClick(tree._asking._line, Qt.Key.Key_Return)
        idle(opened)
        qtbot.waitUntil(lambda name=name: name in names(archive), timeout=5000)
    qtbot.waitUntil(lambda: tree._model.total() == 2, timeout=5000)
    fire, flood = (tag.id for tag in db.tags.all(archive))
    tree._move([flood], fire)
    qtbot.waitUntil(lambda: db.tags.get(archive, flood).parent_id == fire, timeout=5000)
    idle(opened)
    tree.choose(flood)
    tree._fill()
    said = [action.text() for action in tree._menu.actions() if action.text()]
    assert said[1:4] == ["Rename…", "Letter…", "Description…"]
    tree._change(db.tags.get(archive, flood), "letter", "7")
    assert db.tags.get(archive, flood).letter is None
    tree._change(db.tags.get(archive, flood), "letter", "W")
    qtbot.waitUntil(lambda: db.tags.get(archive, flood).letter == "w", timeout=5000)
    idle(opened)
    tree._tree.selectAll()
    tree._merge()
    qtbot.waitUntil(lambda: names(archive) == ["fire"], timeout=5000)
    idle(opened)
    opened.command("undo")
    qtbot.waitUntil(lambda: names(archive) == ["fire", "flood"], timeout=5000)
    idle(opened)


def names(archive):
    return [tag.name for tag in db.tags.all(archive)]


def test_a_tag_chosen_in_the_tree_is_given_to_the_selected_words(opened, qtbot, idle):
    archive = opened.session.archive
    tag = db.tags.add(archive, "goods")
    tree = panel(opened, "tags")
    qtbot.waitUntil(lambda: tree._model.total() == 1, timeout=5000)
    tree.choose(tag)
    assert opened.desk.reader._text.find("30 barrels")
    tree._give.click()
    qtbot.waitUntil(lambda: db.tags.get(archive, tag).count == 1, timeout=5000)
    (made,) = db.annotations.ids(archive)
    assert db.annotations.get(archive, made).exact == "30 barrels"


def test_a_memo_is_written_on_the_source_changed_and_removed(opened, qtbot, idle):
    archive = opened.session.archive
    source_id = opened.desk.reader.source().id
    notes = panel(opened, "notes")
    idle(opened)
    notes._text.setPlainText("A careful hand.")
    qtbot.keyClick(notes._text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(notes._model.ids()) == 1, timeout=5000)
    (memo,) = db.annotations.of(archive, Target(source_id=source_id))
    assert (memo.kind, memo.body, memo.person) == ("memo", "A careful hand.", "Ada")
    idle(opened)
    notes._text.setPlainText("A careful hand, of 1938.")
    notes.keep()
    changed = "A careful hand, of 1938."
    qtbot.waitUntil(lambda: db.annotations.get(archive, memo.id).body == changed, timeout=5000)
    qtbot.waitUntil(lambda: notes._editing is not None, timeout=5000)
    notes._throw_away()
    qtbot.waitUntil(lambda: db.annotations.ids(archive) == [], timeout=5000)


def test_the_journal_and_what_is_typed_when_the_archive_closes_are_kept(opened, qtbot, idle):
    notes = panel(opened, "notes")
    idle(opened)
    notes._which.setCurrentIndex(notes._which.findData("journal"))
    notes._which.activated.emit(notes._which.currentIndex())
    idle(opened)
    notes._text.setPlainText("Began with the ledger.")
    path = opened.session.archive.path
    opened.command("close")
    qtbot.waitUntil(lambda: not opened.session.is_open(), timeout=5000)
    from db.archive import Archive

    with Archive.open(path) as archive:
        (entry,) = db.annotations.of(archive, Target())
        assert (entry.kind, entry.body) == ("journal", "Began with the ledger.")


def test_a_note_in_the_text_is_opened_in_the_notes_when_it_is_noted_again(opened, qtbot, idle):
    archive = opened.session.archive
    target = span(opened, "boiler")
    db.annotations.add(archive, "note", target, body="of what make?")
    view = opened.desk.reader._text
    qtbot.waitUntil(lambda: len(view._annotations) == 1, timeout=5000)
    cursor = view.textCursor()
    cursor.setPosition(view._to_qt(target.start + 2))
    view.setTextCursor(cursor)
    opened.command("annotate_note")
    notes = opened.desk.note_docks.notes_dock.widget()
    qtbot.waitUntil(lambda: notes._text.toPlainText() == "of what make?", timeout=5000)


def test_a_series_chosen_in_its_panel_can_have_a_memo(opened, qtbot, idle):
    import db.figures
    import db.series

    archive = opened.session.archive
    ids = [kept.id for kept in db.figures.all(archive) if "barrels" in kept.figure.text]
    series_id = db.series.make(archive, "Barrels", ids)
    opened.command("series")
    panel = opened.desk.docks.series_dock.widget()
    qtbot.waitUntil(lambda: panel._model.row_of(series_id) >= 0, timeout=5000)
    panel.choose(series_id)
    opened.activateWindow()
    panel._list.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is panel._list, timeout=5000)
    opened.command("notes")
    notes = opened.desk.note_docks.notes_dock.widget()
    assert notes._about.full() == "Barrels"
    idle(opened)
    notes._text.setPlainText("Of oil, all of them?")
    notes.keep()
    target = Target(series_id=series_id)
    qtbot.waitUntil(lambda: len(db.annotations.of(archive, target)) == 1, timeout=5000)
    idle(opened)


def test_a_memo_in_the_list_leads_to_what_it_is_on(opened, qtbot, idle):
    import db.figures
    import db.plots
    import db.series

    archive = opened.session.archive
    kept = next(each for each in db.figures.all(archive) if "barrels" in each.figure.text)
    series_id = db.series.make(archive, "Barrels", [kept.id])
    plot_id = db.plots.save(archive, "All there is", {})
    for target in (Target(figure_id=kept.id), Target(series_id=series_id), Target(plot_id=plot_id)):
        db.annotations.add(archive, "memo", target, body="see")
    idle(opened)
    table = panel(opened, "annotations")
    qtbot.waitUntil(lambda: len(table._model.ids()) == 3, timeout=5000)

    def activate(wanted):
        rows = db.annotations.rows(archive, table._model.ids())
        row = next(at for at, each in enumerate(rows.values()) if each.target == wanted)
        assert list(rows)[row] == table._model.ids()[row]
        table._list.activated.emit(table._model.index(row, 0))
        idle(opened)

    targets = {each.target for each in db.annotations.rows(archive, table._model.ids()).values()}
    by_kind = {
        "figure": next(each for each in targets if each.figure_id is not None),
        "series": next(each for each in targets if each.series_id is not None),
        "plot": next(each for each in targets if each.plot_id is not None),
    }
    activate(by_kind["series"])
    listed = opened.desk.docks.series_dock.widget()
    qtbot.waitUntil(lambda: listed.chosen() is not None, timeout=5000)
    assert listed.chosen().name == "Barrels"
    activate(by_kind["figure"])
    assert opened.session.selection.now.figure.id == kept.id
    activate(by_kind["plot"])
    qtbot.waitUntil(lambda: opened.desk.plot.kept_plot() is not None, timeout=10_000)
    assert opened.desk.plot.kept_plot()[1] == "All there is"
    idle(opened)


def test_both_ends_of_a_link_are_a_double_click_away(opened, qtbot, idle):
    archive = opened.session.archive
    letter = next(s for s in db.sources.all(archive) if s.title == "letter")
    words = db.sources.text(archive, letter.id)
    start = words.index("14 of them")
    other = Target(source_id=letter.id, start=start, end=start + 10)
    db.links.add(archive, "repeats", span(opened, "30 barrels"), other)
    links = panel(opened, "links")
    qtbot.waitUntil(lambda: len(links._model.ids()) == 1, timeout=5000)
    for column, source_title, begins in ((3, "letter", start), (0, None, None)):
        index = links._model.index(0, column)
        links._list.setCurrentIndex(index)
        links._list.activated.emit(index)
        idle(opened)
        if source_title:
            qtbot.waitUntil(lambda: opened.desk.reader.source().id == letter.id, timeout=5000)
            assert opened.desk.reader._text.caret() == begins
    qtbot.waitUntil(lambda: opened.desk.reader.source().id != letter.id, timeout=5000)
    links._list.selectRow(0)
    links._remove()
    qtbot.waitUntil(lambda: db.links.ids(archive) == [], timeout=5000)


def test_a_corrected_text_sends_what_it_hurt_to_the_shelf_and_a_person_puts_it_back(
    opened, qtbot, idle
):
    archive = opened.session.archive
    source = opened.desk.reader.source()
    calm = db.annotations.add(archive, "note", span(opened, "Ledger"), body="whose?")
    hurt = db.annotations.add(archive, "highlight", span(opened, "a new boiler"), colour="red")
    opened.command("edit_text")
    editor = opened.desk.note_docks._editor
    qtbot.waitUntil(lambda: "boiler" in editor.text(), timeout=5000)
    assert not editor._keep.isEnabled()
    cursor = editor._text.document().find("a new boiler")
    cursor.insertText("a brand-new boiler")
    assert editor._keep.isEnabled()
    editor.keep()
    shelf_dock = opened.desk.note_docks.shelf_dock
    qtbot.waitUntil(lambda: shelf_dock.widget() is not None, timeout=20_000)
    shelf = shelf_dock.widget()
    qtbot.waitUntil(lambda: bool(shelf._places), timeout=5000)
    assert db.annotations.get(archive, calm).orphaned_at is None
    assert db.annotations.get(archive, hurt).orphaned_at is not None
    assert shelf._current().words == "a new boiler"
    assert shelf._places[0].words == "a brand-new boiler"
    qtbot.waitUntil(lambda: "brand-new" in opened.desk.reader._opened.text, timeout=5000)
    idle(opened)  # the shelf is asked for anew when the figures have followed the text
    shelf._buttons["put"].click()
    qtbot.waitUntil(lambda: db.shelf.count(archive) == 0, timeout=20_000)
    assert db.annotations.get(archive, hurt).exact == "a brand-new boiler"
    idle(opened)
    opened.command("undo")
    qtbot.waitUntil(lambda: db.shelf.count(archive) == 1, timeout=5000)
    idle(opened)
    opened.command("undo")
    qtbot.waitUntil(
        lambda: (
            db.annotations.get(archive, hurt).exact == "a new boiler"
            and db.shelf.count(archive) == 0
        ),
        timeout=5000,
    )
    qtbot.waitUntil(lambda: "brand-new" not in opened.desk.reader._opened.text, timeout=5000)
    assert len(db.versions.all(archive, source.id)) == 2
    editor.close()


def test_a_correction_that_was_stopped_stands_in_the_editor_to_be_kept(opened, idle):
    archive = opened.session.archive
    opened.command("edit_text")
    editor = opened.desk.note_docks._editor
    idle(opened)
    source = opened.desk.reader.source()
    editor._text.document().find("a new boiler").insertText("a brand-new boiler")
    editor.keep()
    opened.session.jobs.cancel_all()
    idle(opened)
    assert len(db.versions.all(archive, source.id)) == 1
    assert "brand-new" in editor.text()
    assert editor._keep.isEnabled()
    editor.keep()
    idle(opened)
    assert "brand-new" in db.sources.text(archive, source.id)
    editor.close()


def test_the_editor_gives_back_to_the_letter_what_it_was_given(opened, qtbot, idle):
    editor_text = "A narrow\u00a0space, a soft\u00adhyphen, 🚢 and cafe\u0301.\n\n\tEnd"
    opened.command("edit_text")
    editor = opened.desk.note_docks._editor
    idle(opened)
    editor._show((editor_text, []))
    assert editor.text() == editor_text
    assert editor._is_faithful
    # What Qt would take for the end of a frame cannot be edited here without loss.
    editor._show(("odd \ufdd0 letter", []))
    assert not editor._is_faithful
    assert editor._text.isReadOnly()
    editor.close()


def test_an_excerpt_marks_its_words_behind_wide_characters(qtbot):
    excerpt = Excerpt("Old", None)
    qtbot.addWidget(excerpt)
    excerpt.show_words("🚢🚢 before ", "the words", " after")
    (mark,) = excerpt.extraSelections()
    assert mark.cursor.selectedText() == "the words"
    assert QApplication.instance() is not None
