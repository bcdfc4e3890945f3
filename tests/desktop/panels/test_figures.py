"""The table of figures: what the selected rows come to, each unit by itself."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView

from db import ingest
from db.archive import Archive
from desktop.panels.figures import FiguresPanel

TEXT = (
    "The depot bought 40 horses and 25 mules in 1931. It lent $3,000 in May and $2,500 in June."
    " A further 60 horses came, some 30 per cent of them lame. They cost $70 to $90 each.\n"
)


@pytest.fixture
def panel(tmp_path, qapp, qtbot, settings):
    from desktop import app
    from desktop.session import Session

    app.make()
    (tmp_path / "depot.txt").write_text(TEXT, "utf-8")
    path = tmp_path / "depot.muniment"
    with Archive.create(path, "Depot") as archive:
        ingest.add(archive, [tmp_path / "depot.txt"])
    session = Session(settings)
    session.open(path, pytest.fail, adopt=True)
    qtbot.waitUntil(session.is_open, timeout=10_000)
    panel = FiguresPanel(session, [])
    qtbot.addWidget(panel)
    panel.resize(900, 400)
    panel.show()
    panel.reload()
    qtbot.waitUntil(lambda: panel._model.rowCount() > 5, timeout=5000)
    yield panel
    assert session.jobs.stop()
    session.close()


def test_selected_figures_are_added_unit_by_unit_and_never_across(panel, qtbot):
    panel._table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    panel._table.selectAll()
    qtbot.waitUntil(lambda: "selected" in panel._count.text(), timeout=5000)
    told = panel._count.text().split(" · ")
    assert {"horse 100", "mule 25", "USD 5,500"} <= set(told)
    assert "2 not added" in told


def test_a_single_row_tells_only_how_many_there_are(panel, qtbot):
    panel._table.selectRow(0)
    assert panel._count.text() == f"{panel._model.rowCount()} figures"


def test_figures_of_a_restricted_source_are_not_copied(panel, qtbot):
    with panel._session.archive.writing("sources") as database:
        database.execute("UPDATE sources SET restricted = 1")
    panel.copy()
    qtbot.waitUntil(lambda: "left out" in panel._count.text(), timeout=5000)
    assert panel._count.text().startswith("0 figures copied")
    assert QGuiApplication.clipboard().text().count("\n") == 1
