"""From the library to two sources side by side, and from a difference to its words."""

from PySide6.QtCore import Qt


def test_a_source_is_compared_with_another_and_a_difference_leads_to_its_words(
    window, qtbot, idle, harbour
):
    window.open_archive(harbour)
    qtbot.waitUntil(window.session.is_open, timeout=10_000)
    idle(window)
    window.desk.library.source_chosen.emit(1)
    idle(window)
    window.command("compare_with")
    idle(window)
    panel = window.desk.comparison
    assert window.desk.tab() == "compare"
    assert panel._left.source_id() == 1
    panel._right.setCurrentIndex(panel._right.findData(2))
    panel._right.activated.emit(panel._right.currentIndex())
    qtbot.waitUntil(lambda: panel._compared is not None, timeout=10_000)
    idle(window)
    at = [row.b is not None and "14 of them" in row.b.text for row in panel._both.rows()].index(
        True
    )
    panel._both.go_to(at)
    qtbot.keyClick(panel._both, Qt.Key.Key_Right)
    assert window.session.selection.now.source_id == 2
    qtbot.keyClick(panel._both, Qt.Key.Key_Return)
    idle(window)
    assert window.desk.tab() == "read"
    passage = panel._both.rows()[at].b
    assert window.desk.reader._text.caret() == passage.start
    window.command("back")
    assert window.desk.tab() == "compare"
    window.command("findings")
    idle(window)
    assert window.desk.docks.findings_dock.isVisible()


def test_two_sources_that_are_compared_give_their_accounts_and_a_figure_asks_who_else(
    window, qtbot, idle, harbour
):
    window.open_archive(harbour)
    qtbot.waitUntil(window.session.is_open, timeout=10_000)
    idle(window)
    window.command("tab_compare")
    idle(window)
    window.desk.comparison.show_pair(1, 2)
    qtbot.waitUntil(lambda: window.desk.comparison._compared is not None, timeout=10_000)
    window.command("accounts")
    accounts = window.desk.compare.accounts()
    qtbot.waitUntil(lambda: accounts._model.rowCount() > 0, timeout=10_000)
    assert set(accounts._accounts.sources) == {1, 2}
    assert accounts._series.currentText() == "The sources that are compared"
    kept = next(iter(accounts._accounts.figures.values()))
    window.desk._choose_figure(kept)
    window.command("who_else")
    idle(window)
    assert kept.id in accounts._accounts.figures
    assert window.desk.tab() == "compare"
