"""Accounts in the window: rows of a matter, columns of sources, cells that lead to their words."""

import csv
import io

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from db import figures, ingest, series
from db.archive import Archive
from db.exchange import tables
from desktop import judged
from desktop.models.accounts import AccountsModel
from desktop.panels.accounts import AccountsPanel

TOLD = {
    "cable": "In July 1941 the mission asked for 1,000 aircraft. In 1942 some 300 aircraft came.",
    "diary": "In 1941 they agreed to 435 aircraft, and we were glad. =cmd was written beside it.",
    "memoir": "The 435 aircraft of 1941 are well remembered. By 1942 about 310 aircraft had come.",
}


@pytest.fixture
def filled(tmp_path, qapp, qtbot, settings):
    from desktop import app
    from desktop.session import Session

    app.make()
    for name, text in TOLD.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    path = tmp_path / "told.muniment"
    with Archive.create(path, "Told") as archive:
        ingest.add(archive, [tmp_path / f"{name}.txt" for name in TOLD])
        series_id = next(each.id for each in series.all(archive) if each.unit == "aircraft")
        figure_id = figures.all(archive)[0].id
    session = Session(settings)
    session.open(path, pytest.fail, adopt=True)
    qtbot.waitUntil(session.is_open, timeout=10_000)
    panel = AccountsPanel(session)
    qtbot.addWidget(panel)
    panel.resize(1000, 600)
    panel.show()
    qtbot.waitExposed(panel)
    panel.reload()
    qtbot.waitUntil(lambda: panel._series.count() > 2, timeout=5000)
    yield panel, series_id, figure_id
    assert session.jobs.stop()
    session.close()


def ask_series(panel, series_id, qtbot):
    at = panel._series.findData(series_id)
    panel._series.setCurrentIndex(at)
    panel._series.activated.emit(at)
    qtbot.waitUntil(lambda: panel._model.rowCount() > 0, timeout=5000)


def told(panel, row):
    """What each source says in a row, by the source's title."""
    model = panel._model
    return {
        model.headerData(at, Qt.Orientation.Horizontal): model.index(row, at).data()
        for at in range(1, model.columnCount())
    }


def cells(panel):
    model = panel._model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def matters(panel):
    return [row[0].splitlines()[0] for row in cells(panel)]


def test_a_series_is_told_source_by_source_with_a_sign_for_what_differs(filled, qtbot):
    panel, series_id, _ = filled
    QAbstractItemModelTester(
        panel._model, QAbstractItemModelTester.FailureReportingMode.Fatal, panel
    )
    ask_series(panel, series_id, qtbot)
    assert matters(panel) == ["aircraft, 1941", "aircraft, 1942"]
    asked = told(panel, 0)
    assert "1,000" in asked["cable"]
    assert {each[0] for each in asked.values() if "435" in each} <= {"4", "=", "⇢"}
    assert "⇢" in "".join(asked.values())
    assert sorted(each[:1] for each in told(panel, 1).values() if each)[-1] == "≈"


def test_only_differences_leaves_out_rows_that_agree(filled, qtbot):
    panel, series_id, _ = filled
    ask_series(panel, series_id, qtbot)
    for key, wanted in (("differing", ["aircraft, 1941"]), ("agreeing", ["aircraft, 1942"])):
        at = panel._wanted.findData(key)
        panel._wanted.setCurrentIndex(at)
        panel._wanted.activated.emit(at)
        assert matters(panel) == wanted


def test_a_cell_shows_its_words_and_enter_leads_to_them(filled, qtbot):
    panel, series_id, _ = filled
    ask_series(panel, series_id, qtbot)
    with qtbot.waitSignal(panel.figure_chosen) as chosen:
        at = list(told(panel, 0)).index("diary") + 1
        panel._table.setCurrentIndex(panel._model.index(1, at))
        panel._table.setCurrentIndex(panel._model.index(0, at))
    assert chosen.args[0].figure.text == "435 aircraft"
    assert "we were glad" in panel._chosen._words.toPlainText()
    first = panel._model.first(0)
    assert first is not None
    kept = panel._accounts.figures[first.figure_id]
    assert panel._first._words.toPlainText() == TOLD[kept.source_title]
    with qtbot.waitSignal(panel.figure_activated) as activated:
        qtbot.keyClick(panel._table, Qt.Key.Key_Return)
    assert activated.args[0].id == chosen.args[0].id


def test_a_search_and_a_figure_can_be_asked_about_and_no_answer_is_said(filled, qtbot):
    panel, _, figure_id = filled
    panel._words.setText("glad")
    panel._words.asked.emit("glad")
    qtbot.waitUntil(lambda: panel._model.rowCount() == 1, timeout=5000)
    panel.ask_figure(figure_id)
    qtbot.waitUntil(lambda: panel._model.columnCount() == 4, timeout=5000)
    panel._words.asked.emit("nobodysaysthis")
    qtbot.waitUntil(lambda: panel._stack.currentIndex() == 0, timeout=5000)
    assert "No figure" in panel._empty.text()


def test_the_table_is_copied_as_it_is_seen(filled, qtbot):
    panel, series_id, _ = filled
    ask_series(panel, series_id, qtbot)
    before = list(told(panel, 0))
    panel._table.horizontalHeader().moveSection(1, 3)
    qtbot.mouseClick(panel._copy, Qt.MouseButton.LeftButton)
    rows = list(csv.reader(io.StringIO(QGuiApplication.clipboard().text())))
    assert rows[0] == ["Matter", before[1], before[2], before[0]]
    assert rows[1][rows[0].index("cable")].lstrip("⇢ ").startswith("1,000")
    assert all(not cell.startswith("=") for row in rows for cell in row)


def test_an_empty_table_of_accounts_has_no_rows(qapp, qtmodeltester):
    model = AccountsModel()
    qtmodeltester.check(model)
    assert model.rowCount() == 0


def test_a_figure_rejected_meanwhile_leaves_the_table_and_the_cell_stays_chosen(filled, qtbot):
    panel, series_id, _ = filled
    ask_series(panel, series_id, qtbot)
    panel._table.setCurrentIndex(panel._model.index(1, 1 + list(told(panel, 1)).index("memoir")))
    gone = panel._model.first(0)
    judged.decide(panel._session.archive, (gone.figure_id,), "rejected")
    qtbot.waitUntil(lambda: gone.figure_id not in panel._accounts.figures, timeout=5000)
    index = panel._table.currentIndex()
    assert index.row() == 1
    assert panel._entries()


def test_agreement_is_counted_by_origins_and_a_copy_is_none_of_its_own(filled, tmp_path, qtbot):
    panel, _, _ = filled
    said = "By the count of the harbour master 4,310 sacks lay on the quay in March 1951"
    (tmp_path / "report.txt").write_text(f"{said}.", "utf-8")
    (tmp_path / "copied.txt").write_text(f"{said}, and the rats had them.", "utf-8")
    (tmp_path / "own.txt").write_text("In March 1951 I myself saw 4,310 sacks there.", "utf-8")
    files = [tmp_path / f"{name}.txt" for name in ("report", "copied", "own")]
    ingest.add(panel._session.archive, files)
    panel._words.asked.emit("sacks")
    qtbot.waitUntil(lambda: panel._model.columnCount() == 4, timeout=5000)
    (row,) = cells(panel)
    assert row[0].splitlines() == ["sack, 1951", "3 figures agree, 2 independent origins"]
    panel._table.setCurrentIndex(panel._model.index(0, 1))
    assert panel._origins.isVisibleTo(panel)
    assert "one copies the other's wording: report; copied" in panel._origins.text()


def shown(panel):
    """The heads of the columns as they are seen, the matter and pinned ones first."""
    model = panel._model
    return [model.headerData(at, Qt.Orientation.Horizontal) for at in panel._grid.order()]


def test_by_keyboard_a_source_is_pinned_and_moved_and_stays_so(filled, qtbot):
    panel, series_id, _ = filled
    ask_series(panel, series_id, qtbot)
    panel.activateWindow()
    _, first, second, third = shown(panel)
    panel._table.setCurrentIndex(panel._model.index(0, 3))
    panel._table.setFocus()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(panel._table, Qt.Key.Key_Left, keys)
    assert shown(panel) == ["Matter", first, third, second]
    qtbot.keyClick(panel._table, Qt.Key.Key_P, keys)
    assert shown(panel) == ["Matter", third, first, second]
    pins = panel._grid.pins
    assert not pins.isColumnHidden(3)
    assert panel._table.isColumnHidden(3)
    qtbot.keyClick(pins, Qt.Key.Key_Right)
    assert (
        panel._model.headerData(panel._table.currentIndex().column(), Qt.Orientation.Horizontal)
        == first
    )
    qtbot.keyClick(panel._table, Qt.Key.Key_Left)
    assert panel._table.currentIndex().column() == 3
    ask_series(panel, series_id, qtbot)
    assert shown(panel) == ["Matter", third, first, second]
    qtbot.keyClick(pins, Qt.Key.Key_P, keys)
    assert not panel._table.isColumnHidden(3)


def test_the_table_is_written_as_it_is_seen_without_restricted_sources(filled, tmp_path, qtbot):
    panel, series_id, _ = filled
    with panel._session.archive.writing("sources") as database:
        database.execute("UPDATE sources SET restricted = 1 WHERE title = 'diary'")
    ask_series(panel, series_id, qtbot)
    for suffix in ("csv", "xlsx"):
        with qtbot.waitSignal(panel.noted, timeout=5000) as noted:
            panel.save(tmp_path / f"accounts.{suffix}")
        assert "1 restricted source left out" in noted.args[0]
        names = [list(row) for row in tables.read(tmp_path / f"accounts.{suffix}")]
        assert sorted(names[0]) == ["Matter", "cable", "memoir"]
        assert len(names) == 2


def test_rows_can_be_series_with_their_dates_in_the_cells(filled, qtbot):
    panel, series_id, _ = filled
    ask_series(panel, series_id, qtbot)
    panel._rows.setCurrentIndex(1)
    panel._rows.activated.emit(1)
    qtbot.waitUntil(lambda: panel._model.rowCount() == 1, timeout=5000)
    assert ": aircraft" in matters(panel)[0]
    assert told(panel, 0)["memoir"].splitlines()[1].startswith("1942: ≈ ")
