"""The window that makes figures of a table: a guess to be corrected, and what would come of it."""

import pytest

import db.figures
from db import ingest
from desktop.panels.columns import ColumnsWindow

ROWS = "year,rye,oats\n" + "".join(
    f"{year},{year - 1800}.5,{year - 1850}\n" for year in range(1900, 1910)
)


@pytest.fixture
def window(qtbot, session, settle, tmp_path):
    (tmp_path / "harvest.csv").write_text(ROWS)
    report = ingest.add(session.archive, [tmp_path / "harvest.csv"])
    settle()
    window = ColumnsWindow(session)
    qtbot.addWidget(window)
    window.open_for(report.imported[0].source_ids[0])
    qtbot.waitUntil(window.isVisible)
    return window


def test_the_guess_is_shown_and_corrected_and_the_rows_become_figures(
    qtbot, session, settle, window, qtmodeltester
):
    assert (window._value.currentText(), window._date.currentText()) == ("oats", "year")
    assert window._of.currentText() == "oats"
    window._value.setCurrentIndex(1)
    window._of.setEditText("rye")
    window._unit.setText("tonnes")
    qtbot.waitUntil(lambda: window._made[0].unit == "tonne" and window._made[0].value == 100.5)
    qtmodeltester.check(window._figures)
    assert window._count.text().startswith("10 figures from 11")
    said = []
    window.noted.connect(said.append)
    window._make.click()
    qtbot.waitUntil(lambda: not window.isVisible())
    settle()
    made = [each.figure for each in db.figures.all(session.archive) if each.figure.of == "rye"]
    assert [(each.value, each.unit, each.date) for each in made] == [
        (year - 1800 + 0.5, "tonne", str(year)) for year in range(1900, 1910)
    ]
    assert len(said) == 1


def test_a_source_without_a_table_says_so(qtbot, session, settle):
    window = ColumnsWindow(session)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.noted):
        window.open_for(1)
    assert not window.isVisible()
