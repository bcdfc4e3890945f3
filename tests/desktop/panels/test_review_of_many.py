"""10,000 waiting proposals: ids first, and each key acts on what is shown alone."""

import time

import pytest

import db.figures
import db.history
import db.review
from desktop.panels.review import ReviewPanel
from desktop.review_queue import CARDS_A_PAGE
from tests.many_figures import multiply

MANY = 10_000


@pytest.fixture
def many(session):
    multiply(session.archive, MANY)
    return session


@pytest.fixture
def panel(many, qtbot, settle):
    panel = ReviewPanel(many)
    qtbot.addWidget(panel)
    panel.resize(1200, 320)
    panel.show()
    qtbot.waitExposed(panel)
    qtbot.waitUntil(lambda: panel.shown() is not None, timeout=20_000)
    settle()
    return panel


class Counted:
    """Counts the statements and the rows that the archive's readers are asked for."""

    def __init__(self, archive, monkeypatch):
        self.statements = []
        self.rows = 0
        self._archive = archive
        import db.review

        cards, waiting = db.review.cards, db.review.waiting

        def counted_cards(archive, ids):
            found = cards(archive, ids)
            self.rows += len(found)
            return found

        def counted_waiting(archive, wanted=None):
            found = waiting(archive, wanted)
            self.rows += len(found.ids)
            return found

        monkeypatch.setattr(db.review, "cards", counted_cards)
        monkeypatch.setattr(db.review, "waiting", counted_waiting)

    def __enter__(self):
        # Statements run on the threads of the jobs: every connection there is, is listened to.
        for connection in self._archive._connections:
            connection.set_trace_callback(self.statements.append)
        return self

    def __exit__(self, *_):
        for connection in self._archive._connections:
            connection.set_trace_callback(None)


def test_opening_reads_ids_and_one_page_of_proposals(many, qtbot, settle, monkeypatch):
    read = []
    cards = db.review.cards
    monkeypatch.setattr(
        db.review, "cards", lambda archive, ids: read.append(len(ids)) or cards(archive, ids)
    )
    panel = ReviewPanel(many)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitUntil(lambda: panel.shown() is not None, timeout=20_000)
    settle()
    assert panel.waiting() >= MANY
    assert sum(read) <= CARDS_A_PAGE


def test_a_key_reads_and_writes_what_is_shown_alone(panel, many, qtbot, settle, monkeypatch):
    presses = 40
    ids = db.review.queue(many.archive)
    with Counted(many.archive, monkeypatch) as counted:
        for at in range(presses):
            qtbot.keyClick(panel._card, "AXS"[at % 3])
            qtbot.waitUntil(lambda: panel.shown() is not None, timeout=5000)
        settle()
    asked = [each for each in counted.statements if each.lstrip().upper().startswith("SELECT")]
    # Two rows of ids ahead at most, and never the queue of 10,000 again.
    assert counted.rows <= presses + 2 * CARDS_A_PAGE
    assert len(asked) <= presses * 6
    assert not [each for each in asked if "ORDER BY figures.source_id" in each]
    changed = [each for each in counted.statements if each.startswith('UPDATE "figures"')]
    assert len(changed) == sum("AXS"[at % 3] != "S" for at in range(presses))
    assert panel.waiting() == len(ids) - len(changed)


def test_keys_do_not_wait_for_the_archive(panel, many, qtbot, settle):
    spent = []
    for _ in range(10):
        qtbot.waitUntil(lambda: panel.shown() is not None, timeout=5000)
        started = time.perf_counter()
        panel.do("A")
        spent.append(time.perf_counter() - started)
    settle()
    assert sorted(spent)[len(spent) // 2] < 0.05
    told = db.review.progress(many.archive)
    assert sum(each.reviewed for each in told) == 10


def test_accepting_all_is_one_job_one_change_and_one_undo(panel, many, qtbot, settle, monkeypatch):
    began = []
    decide = db.figures.decide
    monkeypatch.setattr(
        db.figures,
        "decide",
        lambda archive, ids, status: began.append(len(ids)) or decide(archive, ids, status),
    )
    ids = db.review.queue(many.archive)
    lines = len(db.history.log(many.archive))
    panel.do("Q")
    assert f"{len(ids):,} waiting figures" in panel._offer.text() or str(len(ids)) in (
        panel._offer.text()
    )
    panel._offer.accept_button().click()
    assert panel.waiting() == 0
    qtbot.waitUntil(lambda: db.review.queue(many.archive) == [], timeout=20_000)
    settle()
    assert began == [len(ids)]
    assert len(db.history.log(many.archive)) == lines + 1
    panel.do("U")
    qtbot.waitUntil(lambda: panel.waiting() == len(ids), timeout=20_000)
    settle()
    assert db.review.queue(many.archive) == ids
