"""Jobs in their turn: one at a time, in order, and none lost when the archive closes."""

import threading
from functools import partial

import pytest

from desktop.in_turn import InTurn
from desktop.session import Session


@pytest.fixture
def session(settings, harbour, qtbot):
    session = Session(settings)
    session.open(harbour, lambda error: None)
    qtbot.waitUntil(session.is_open, timeout=10_000)
    yield session
    assert session.jobs.stop()
    session.close()


def note(number, seen, gate, _archive):
    gate.wait(5)
    seen.append(number)
    return number


def test_one_begins_when_the_one_before_has_come_home(session, qtbot):
    writer, seen, home = InTurn(session), [], []
    gate = threading.Event()
    for number in range(4):
        work = partial(note, number, seen, gate)
        writer.add(lambda work=work: work, home.append, pytest.fail)
    assert session.jobs.running() == 1
    gate.set()
    with qtbot.waitSignal(writer.emptied, timeout=5000):
        pass
    assert seen == home == [0, 1, 2, 3]


def test_what_fails_does_not_stop_what_follows(session, qtbot):
    from db.errors import ArchiveBusy

    writer, seen, failed = InTurn(session), [], []

    def busy(_archive):
        raise ArchiveBusy

    gate = threading.Event()
    gate.set()
    writer.add(lambda: busy, pytest.fail, failed.append)
    writer.add(lambda: None, pytest.fail, pytest.fail)
    writer.add(lambda: partial(note, 1, seen, gate), lambda _number: None, pytest.fail)
    qtbot.waitUntil(lambda: writer.waiting() == 0, timeout=5000)
    assert seen == [1]
    assert isinstance(failed[0], ArchiveBusy)


def test_what_waits_is_done_before_the_archive_closes(session, qtbot):
    writer, seen = InTurn(session), []
    gate = threading.Event()
    gate.set()
    for number in range(3):
        work = partial(note, number, seen, gate)
        writer.add(lambda work=work: work, lambda _number: None, pytest.fail)
    session.jobs.cancel_all()
    session.jobs.stop()
    session.close()
    assert set(seen) == {0, 1, 2}
    assert writer.waiting() == 0
