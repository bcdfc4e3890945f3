"""Describing and arranging in the real window: what is typed is written, and Undo takes it back."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

import db.accessions
import db.sources
from desktop.described import Subjects
from desktop.isad_words import FOLDED
from desktop.models.tree import SourceTree
from desktop.panels.description import DescriptionForm


@pytest.fixture
def opened(window, qtbot, idle, harbour):
    """The window with two sources below a fonds, the first of them chosen."""
    window.open_archive(harbour)
    qtbot.waitUntil(window.session.is_open, timeout=10_000)
    idle(window)
    archive = window.session.archive
    files = [source.id for source in db.sources.all(archive)]
    fonds = db.sources.add(archive, "Harbour 港口", "fonds")
    db.sources.move(archive, files, fonds)
    qtbot.waitUntil(lambda: window.desk.library.total() == 3, timeout=5_000)
    window.desk.read_source(files[0])
    idle(window)
    window.desk.library.setFocus()
    return window


def sources(window):
    return {source.title: source for source in db.sources.all(window.session.archive)}


def choose(window, *ids):
    tree, model = window.desk.library._tree, window.desk.library._model
    clear = QItemSelectionModel.SelectionFlag.ClearAndSelect
    tree.selectionModel().setCurrentIndex(model.index_of(ids[0]), clear)
    for source_id in ids[1:]:
        tree.selectionModel().select(
            model.index_of(source_id), QItemSelectionModel.SelectionFlag.Select
        )


def form_of(window, qtbot, idle, command="describe"):
    window.command(command)
    idle(window)
    shown = window.desk.describing.description_window()
    qtbot.waitUntil(shown.isVisible, timeout=5_000)
    return shown.form()


def save(form, window, idle):
    form._save.click()
    idle(window)


def undo(window, idle):
    window.command("undo")
    idle(window)


def test_a_description_typed_by_keyboard_is_written_as_one_step(opened, qtbot, idle):
    before = db.sources.all(opened.session.archive)
    form = form_of(opened, qtbot, idle)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is form.field("reference_code"))
    qtbot.keyClicks(QApplication.focusWidget(), "H/1")
    for words in (None, "by 1939"):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if words:
            qtbot.keyClicks(QApplication.focusWidget(), words)
    assert form.date_meant().startswith("= ../1939:")
    form.field("extent").setText("3 boxes")
    form.field("scope").setPlainText("What the office wrote.")
    form.restricted().click()
    qtbot.keyClick(
        QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    shown = opened.desk.describing.description_window()
    qtbot.waitUntil(lambda: not shown.isVisible(), timeout=5_000)
    idle(opened)
    source = db.sources.get(opened.session.archive, before[1].id)
    assert (source.reference_code, source.date, source.restricted) == ("H/1", "../1939", True)
    said = db.sources.elements(opened.session.archive, [source.id])[source.id]
    assert said == {"extent": "3 boxes", "scope": "What the office wrote."}
    undo(opened, idle)
    assert db.sources.all(opened.session.archive) == before
    assert db.sources.elements(opened.session.archive, [source.id]) == {source.id: {}}


def test_a_bad_date_is_told_and_cannot_be_saved(opened, qtbot, idle):
    form = form_of(opened, qtbot, idle)
    form.field("date").setText("soon perhaps")
    assert "not understood as a date" in form.date_meant()
    assert not form._save.isEnabled()
    form.field("date").setText("")
    form.field("title").setText(" ")
    assert not form.is_sound()


def test_several_sources_change_only_in_what_was_changed(opened, qtbot, idle):
    archive = opened.session.archive
    files = [s.id for s in db.sources.all(archive) if s.level == "item"]
    titles = {s.title for s in db.sources.all(archive)}
    db.sources.describe(archive, files[0], creator="Ada", restricted=1)
    choose(opened, *files)
    form = form_of(opened, qtbot, idle)
    assert form.field("creator").text() == ""
    assert "differ" in form.field("creator").placeholderText()
    assert form.restricted().checkState() == Qt.CheckState.PartiallyChecked
    form.field("rights").setText("free")
    save(form, opened, idle)
    both = [db.sources.get(archive, each) for each in files]
    assert [s.rights for s in both] == ["free", "free"]
    assert [(s.creator, s.restricted) for s in both] == [("Ada", True), (None, False)]
    assert {s.title for s in db.sources.all(archive)} == titles
    undo(opened, idle)
    assert {db.sources.get(archive, each).rights for each in files} == {None}


def test_what_was_not_saved_is_only_discarded_when_asked_twice(opened, qtbot, idle):
    form = form_of(opened, qtbot, idle)
    shown = opened.desk.describing.description_window()
    form.field("creator").setText("Ada")
    qtbot.keyClick(form.field("creator"), Qt.Key.Key_Escape)
    assert shown.isVisible()
    assert "Not saved" in form.problem()
    qtbot.keyClick(form.field("creator"), Qt.Key.Key_Escape)
    assert not shown.isVisible()
    form = form_of(opened, qtbot, idle)
    assert form.field("creator").text() == ""
    qtbot.keyClick(form.field("creator"), Qt.Key.Key_Escape)
    assert not shown.isVisible()


def test_nothing_changed_is_no_step_of_the_history(opened, qtbot, idle):
    import db.history

    steps = len(db.history.log(opened.session.archive))
    save(form_of(opened, qtbot, idle), opened, idle)
    assert len(db.history.log(opened.session.archive)) == steps


def test_a_new_one_is_made_beside_an_item_and_chosen(opened, qtbot, idle):
    form = form_of(opened, qtbot, idle, "new_source")
    assert form.level().currentData() == "series"
    assert not form.is_sound()
    form.field("title").setText("Letters")
    save(form, opened, idle)
    made = sources(opened)["Letters"]
    assert (made.level, made.parent_id) == ("series", sources(opened)["Harbour 港口"].id)
    assert opened.session.selection.now.source_id == made.id
    undo(opened, idle)
    assert "Letters" not in sources(opened)


def test_the_bin_says_what_goes_and_gives_it_back(opened, qtbot, idle):
    before = db.sources.all(opened.session.archive)
    choose(opened, sources(opened)["Harbour 港口"].id)
    opened.command("remove_source")
    idle(opened)
    (message,) = opened.findChildren(QMessageBox, "to_the_bin")
    assert message.text().startswith("Into the bin go 3 source")
    assert message.defaultButton().text() in ("Cancel", "&Cancel")
    go = next(b for b in message.findChildren(QPushButton) if b.text() == "Move to the Bin")
    go.click()
    idle(opened)
    assert db.sources.all(opened.session.archive) == []
    opened.command("bin")
    idle(opened)
    shown = opened.desk.describing.bin_window()
    assert shown.rows().count() == 1
    assert "with 2 below it" in shown.rows().item(0).text()
    shown.restore()
    idle(opened)
    assert db.sources.all(opened.session.archive) == before
    qtbot.waitUntil(shown.is_empty, timeout=5_000)


def test_a_source_moves_to_a_place_that_was_chosen_and_up_and_down(opened, qtbot, idle):
    archive = opened.session.archive
    first, second = [s.id for s in db.sources.all(archive) if s.level == "item"]
    choose(opened, second)
    opened.command("source_up")
    idle(opened)
    assert [s.id for s in db.sources.all(archive) if s.level == "item"] == [second, first]
    opened.command("move_source")
    idle(opened)
    place = opened.desk.describing.place_window()
    shown = place.tree().model()
    assert shown.index_of(second) == QModelIndex()
    place.tree().setCurrentIndex(shown.index_of(first))
    qtbot.keyClick(place.tree(), Qt.Key.Key_Return)
    idle(opened)
    assert db.sources.get(archive, second).parent_id == first
    assert not place.isVisible()


def test_a_drop_says_where_to_and_never_below_itself(opened, qtbot, idle):
    archive = opened.session.archive
    fonds, first, second = (s.id for s in db.sources.all(archive))
    model = opened.desk.library._model
    move, nowhere = Qt.DropAction.MoveAction, QModelIndex()
    dragged = model.mimeData([model.index_of(second)])
    model.dropMimeData(dragged, move, 0, 0, model.index_of(fonds))
    idle(opened)
    assert [s.id for s in db.sources.all(archive)] == [fonds, second, first]
    qtbot.waitUntil(lambda: model.index_of(second).row() == 0, timeout=5_000)
    whole = model.mimeData([model.index_of(fonds)])
    assert not model.canDropMimeData(whole, move, -1, -1, model.index_of(second))
    assert not model.canDropMimeData(whole, move, -1, -1, model.index_of(fonds))
    model.dropMimeData(model.mimeData([model.index_of(first)]), move, -1, -1, nowhere)
    idle(opened)
    assert db.sources.get(archive, first).parent_id is None


def test_the_tree_keeps_qts_rules_though_it_can_be_dragged(qapp, qtmodeltester, harbour):
    from db.archive import Archive

    with Archive.open(harbour) as archive:
        tree = SourceTree()
        tree.show(db.sources.all(archive))
        qtmodeltester.check(tree)


def test_the_form_offers_every_element_that_can_be_exported(qapp, qtbot):
    from db.exchange.isad import ELEMENTS

    assert {"extent", *dict(FOLDED)} == ELEMENTS.keys()
    form = DescriptionForm()
    qtbot.addWidget(form)
    form.show_new("file", "", Subjects(()))
    assert form.elements_changed() == {}
    assert form.columns_changed() == {"level": "file"}


def test_what_is_selected_elsewhere_is_shown_alone_though_ctrl_is_held(opened, qtbot, idle):
    first, second = [s.id for s in db.sources.all(opened.session.archive) if s.level == "item"]
    library = opened.desk.library
    choose(opened, first)
    qtbot.keyPress(library._tree, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    opened.session.selection.choose_source(second)
    assert library.chosen_ids() == [second]
    qtbot.keyRelease(library._tree, Qt.Key.Key_Control)


def test_a_level_of_another_program_stays_until_it_is_changed(qapp, qtbot, harbour):
    from dataclasses import replace

    from db.archive import Archive

    with Archive.open(harbour) as archive:
        source = replace(db.sources.all(archive)[0], level="otherlevel")
    form = DescriptionForm()
    qtbot.addWidget(form)
    form.show_subjects(Subjects((source,), ({},)))
    assert form.level().currentData() == "otherlevel"
    assert not form.has_changes()


def test_a_new_source_is_offered_the_next_code_and_a_branch_is_numbered_at_once(
    opened, qtbot, idle
):
    archive = opened.session.archive
    fonds = next(each.id for each in sources(opened).values() if each.level == "fonds")
    db.sources.describe(archive, fonds, reference_code="H")
    idle(opened)
    choose(opened, fonds)
    form = form_of(opened, qtbot, idle, "new_source")
    assert form.field("reference_code").text() == "H/1"
    assert form.has_only_proposals()
    form.field("title").setText("Maps")
    save(form, opened, idle)
    assert sources(opened)["Maps"].reference_code == "H/1"
    qtbot.waitUntil(lambda: opened.desk.library.total() == 4, timeout=5_000)
    opened.desk.read_source(fonds)
    idle(opened)
    opened.command("number_sources")
    idle(opened)
    shown = opened.desk.describing.numbering_window()
    qtbot.waitUntil(shown.isVisible, timeout=5_000)
    assert [each.then for each in shown.rows()] == ["H/2", "H/3"]
    shown.also_those_with_codes().setChecked(True)
    qtbot.waitUntil(lambda: len(shown.rows()) == 3, timeout=5_000)
    shown.number()
    idle(opened)
    assert sources(opened)["Maps"].reference_code == "H/3"
    undo(opened, idle)
    assert sources(opened)["Maps"].reference_code == "H/1"


def test_an_accession_is_entered_and_sources_are_put_into_it(opened, qtbot, idle):
    opened.command("accessions")
    idle(opened)
    shown = opened.desk.describing.accessions_window()
    assert shown.field("number").text().endswith("/1")
    shown.field("received").setText("soon")
    assert not shown._save.isEnabled()
    shown.field("received").setText("spring 1941")
    shown.field("received_from").setText("The pilots")
    shown.field("provenance").setPlainText("Kept in the loft.")
    shown._save.click()
    qtbot.waitUntil(lambda: shown._model.rowCount() == 1, timeout=5_000)
    (entry,) = db.accessions.all(opened.session.archive)
    assert (entry.received, entry.provenance) == ("1941-21", "Kept in the loft.")
    assert shown.field("received").text() == "1941-21"
    fonds = next(each.id for each in sources(opened).values() if each.level == "fonds")
    opened.desk.read_source(fonds)
    idle(opened)
    shown._put.click()
    qtbot.waitUntil(lambda: "3 sources" in shown._held.text(), timeout=5_000)
    shown._new.click()
    assert shown.field("number").text().endswith("/2")
    assert not shown._put.isEnabled()
    shown.choose(entry.id)
    shown.field("notes").setPlainText("Goes with it.")
    shown._remove.click()
    qtbot.waitUntil(lambda: shown._model.rowCount() == 0, timeout=5_000)
    assert shown.field("notes").toPlainText() == ""
    undo(opened, idle)
    assert db.accessions.all(opened.session.archive)[0].sources == 3
    shown.close()


def test_a_template_fills_what_is_empty_and_changes_nothing_else(opened, qtbot, idle):
    form = form_of(opened, qtbot, idle)
    templates = opened.desk.describing.description_window().templates()
    form.field("title").setText("The ledger")
    form.field("rights").setText("Free to use")
    form.field("access").setPlainText("By appointment.")

    def entry(said):
        templates.fill()
        return next(each for each in templates.menu().actions() if said in each.text())

    entry("Save as Template").trigger()
    templates.asking()._line.setText("Usual && free")
    qtbot.keyClick(templates.asking()._line, Qt.Key.Key_Return)
    assert form.isVisible()
    save(form, opened, idle)
    other = next(each.id for each in sources(opened).values() if each.title == "letter")
    db.sources.describe(opened.session.archive, other, rights="Ask Ada")
    opened.desk.read_source(other)
    idle(opened)
    form = form_of(opened, qtbot, idle)
    assert not form._folded.isVisible()
    entry("Usual").trigger()
    assert "filled in" in form.problem()
    assert form.field("access").toPlainText() == "By appointment."
    assert form.columns_changed().keys() <= {"language"}
    assert form._folded.isVisible()
    save(form, opened, idle)
    found = sources(opened)["letter"]
    assert (found.rights, found.title) == ("Ask Ada", "letter")
    templates.fill()
    removal = next(each.menu() for each in templates.menu().actions() if each.menu())
    removal.actions()[0].trigger()
    assert opened.session.settings.templates == {}


def test_what_is_typed_into_the_log_stays_while_the_archive_changes(opened, qtbot, idle):
    archive = opened.session.archive
    opened.command("accessions")
    idle(opened)
    shown = opened.desk.describing.accessions_window()
    shown.field("received_from").setText("港務局")
    db.sources.add(archive, "Ledgers", "series")
    qtbot.waitUntil(lambda: opened.desk.library.total() == 4, timeout=5_000)
    idle(opened)
    assert shown.field("received_from").text() == "港務局", "the log was empty, and still is"
    shown._save.click()
    idle(opened)
    shown.field("notes").setPlainText("Half wet.")
    shown._put.click()
    qtbot.waitUntil(lambda: shown._held.text().startswith("1 source"), timeout=5_000)
    assert shown.field("notes").toPlainText() == "Half wet."
    shown._new.click()
    shown.field("received_from").setText("مكتب الميناء")
    (file_id,) = opened.desk.library.chosen_ids()
    db.sources.describe(archive, file_id, title="Another title")
    (first,) = db.accessions.all(archive)
    qtbot.waitUntil(lambda: shown._entries == {first.id: first}, timeout=5_000)
    idle(opened)
    assert shown.field("received_from").text() == "مكتب الميناء"
    shown._save.click()
    qtbot.waitUntil(lambda: shown._model.rowCount() == 2, timeout=5_000)
    shown.choose(first.id)
    assert shown.field("notes").toPlainText() == ""
