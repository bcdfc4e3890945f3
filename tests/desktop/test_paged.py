from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt

from db.errors import ArchiveBusy
from desktop.models.paged import PAGE, PAGES_KEPT, Column, PagedModel, RecordRole


@dataclass(frozen=True)
class Row:
    id: int


COLUMNS = (Column("Id", lambda row: f"p{row.id}"), Column("Twice", lambda row: str(row.id * 2)))


class Fetcher:
    def __init__(self):
        self.asked = []

    def __call__(self, ids):
        self.asked.append(list(ids))
        return {i: Row(i) for i in ids}


@pytest.fixture
def fetch():
    return Fetcher()


def test_the_model_keeps_qts_rules_while_it_changes(qapp, qtmodeltester, fetch):
    model = PagedModel(COLUMNS, fetch)
    qtmodeltester.check(model)
    model.show(range(1, 500))
    model.renew()
    model.show([])
    qtmodeltester.check(model)


def test_only_the_page_looked_at_is_fetched(qapp, fetch):
    model = PagedModel(COLUMNS, fetch)
    model.show(range(1000, 100_000))
    assert model.index(70_000, 0).data() == "p71000"
    assert [len(ids) for ids in fetch.asked] == [PAGE]


def test_100_000_rows_scroll_to_the_end_and_select_all_in_a_few_fetches(qtbot, fetch):
    from PySide6.QtWidgets import QTableView

    model = PagedModel(COLUMNS, fetch)
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(model)
    view.resize(400, 300)
    view.show()
    qtbot.waitExposed(view)
    model.show(range(1, 100_001))
    view.scrollToBottom()
    view.selectAll()
    view.viewport().grab()
    assert len(view.selectionModel().selectedRows()) == 100_000
    assert len(fetch.asked) <= 4


def test_pages_long_unseen_are_let_go(qapp, fetch):
    model = PagedModel(COLUMNS, fetch)
    model.show(range(100_000))
    for page in range(PAGES_KEPT + 1):
        model.index(page * PAGE, 0).data()
    model.index(0, 0).data()
    assert len(fetch.asked) == PAGES_KEPT + 2


def test_a_busy_archive_shows_placeholders_until_the_rows_come(qtbot):
    waiting = []

    def busy(ids):
        raise ArchiveBusy(path="a")

    model = PagedModel(COLUMNS, busy, lambda ids, deliver, failed: waiting.append((ids, deliver)))
    model.show(range(1, 251))
    assert model.index(120, 0).data() == "…"
    assert model.index(120, 0).data(RecordRole) is None
    assert len(waiting) == 1
    ids, deliver = waiting[0]
    with qtbot.waitSignal(model.dataChanged) as changed:
        deliver({i: Row(i) for i in ids})
    assert (changed.args[0].row(), changed.args[1].row()) == (100, 199)
    assert model.index(120, 0).data() == "p121"


def test_rows_that_come_too_late_are_not_shown(qapp):
    waiting = []

    def busy(ids):
        raise ArchiveBusy(path="a")

    model = PagedModel(COLUMNS, busy, lambda ids, deliver, failed: waiting.append((ids, deliver)))
    model.show([1, 2])
    model.index(0, 0).data()
    model.show([7, 8])
    ids, deliver = waiting[0]
    deliver({i: Row(i) for i in ids})
    assert model.index(0, 0).data() == "…"


def test_a_row_deleted_meanwhile_says_so(qapp):
    model = PagedModel(COLUMNS, lambda ids: {})
    model.show([1])
    assert "no longer" in model.index(0, 0).data()
    assert model.index(0, 1).data() is None


def test_a_tip_never_becomes_markup(qapp):
    model = PagedModel((Column("T", lambda row: "<b>bold</b> & 'more'"),), lambda ids: {1: Row(1)})
    model.show([1])
    tip = model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;" in tip
    assert model.index(0, 0).data() == "<b>bold</b> & 'more'"


def test_an_archive_that_stays_busy_is_asked_again(qtbot):
    tries = []

    def busy(ids):
        raise ArchiveBusy(path="a")

    def fill(ids, deliver, failed):
        tries.append(ids)
        failed() if len(tries) == 1 else deliver({i: Row(i) for i in ids})

    model = PagedModel(COLUMNS, busy, fill)
    model.dataChanged.connect(lambda first, last: first.data())
    model.show([1, 2])
    assert model.index(0, 0).data() == "…"
    qtbot.waitUntil(lambda: model.index(0, 0).data() == "p1")
    assert len(tries) == 2
