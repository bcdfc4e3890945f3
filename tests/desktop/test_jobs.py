import threading
import time

import pytest
from PySide6.QtCore import QObject

from db.archive import Archive
from db.errors import Cancelled
from desktop.jobs import Jobs


def fail(error):
    raise error


def test_a_result_comes_home_to_the_windows_thread(jobs, qtbot):
    came = []
    jobs.run_outside(
        lambda _progress: threading.current_thread().name,
        lambda name: came.append((name, threading.current_thread() is threading.main_thread())),
        fail,
    )
    qtbot.waitUntil(lambda: bool(came))
    assert came[0][0].startswith("job-")
    assert came[0][1] is True


def test_an_error_comes_home_instead_of_the_result(jobs, qtbot):
    came = []
    jobs.run_outside(lambda _progress: 1 // 0, lambda _: came.append("done"), came.append)
    qtbot.waitUntil(lambda: bool(came))
    assert isinstance(came[0], ZeroDivisionError)


def test_the_latest_of_a_name_wins(jobs, qtbot):
    came = []
    go = threading.Event()

    def slow(_progress):
        go.wait(5)
        return "old"

    jobs.run_outside(slow, came.append, fail, replaces="search")
    jobs.run_outside(lambda _progress: "new", came.append, fail, replaces="search")
    qtbot.waitUntil(lambda: bool(came))
    go.set()
    qtbot.waitUntil(lambda: jobs.running() == 0)
    assert came == ["new"]


def test_a_cancelled_job_calls_nobody(jobs, qtbot):
    came = []
    begun = threading.Event()

    def work(progress):
        while True:
            begun.set()
            progress(0, 1, "")
            time.sleep(0.001)

    ticket = jobs.run_outside(work, came.append, came.append, title="Long work")
    assert begun.wait(5)
    with qtbot.waitSignal(jobs.ended) as ended:
        ticket.cancel()
    assert ended.args == [ticket]
    assert came == []


def test_progress_is_told_at_most_ten_times_a_second(jobs, qtbot):
    told, came = [], []
    jobs.progressed.connect(lambda ticket, done, of, what: told.append((done, of, what)))

    def work(progress):
        for n in range(10_000):
            progress(n, 10_000, "file.txt")
        progress(10_000, 10_000, "")

    jobs.run_outside(work, came.append, fail, title="Counting")
    qtbot.waitUntil(lambda: bool(came))
    assert told[-1] == (10_000, 10_000, "")
    assert len(told) < 50


def test_a_query_of_the_archive_is_stopped_from_inside(jobs, qtbot, tmp_path):
    archive = Archive.create(tmp_path / "a.muniment")
    jobs.archive = archive
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT count(*) FROM n"
    ticket = jobs.run(lambda archive: archive.reading().execute(endless).fetchone(), fail, fail)
    ticket.cancel()
    qtbot.waitUntil(lambda: jobs.running() == 0)
    assert jobs.stop()
    archive.close()


def test_long_work_does_not_keep_quick_work_waiting(jobs, qtbot):
    came = []
    go = threading.Event()
    jobs.run_outside(lambda _progress: go.wait(10), lambda _: None, fail, title="Long")
    jobs.run_outside(lambda _progress: "quick", came.append, fail)
    qtbot.waitUntil(lambda: came == ["quick"])
    go.set()
    qtbot.waitUntil(lambda: jobs.running() == 0)


class Panel(QObject):
    def work(self, _progress):
        return None


@pytest.mark.parametrize("bind", ["method", "closure", "argument"])
def test_work_that_holds_a_widget_is_refused(jobs, bind):
    from functools import partial

    panel = Panel()
    work = {
        "method": panel.work,
        "closure": lambda _progress: panel,
        "argument": partial(lambda _panel, _progress: None, panel),
    }[bind]
    with pytest.raises(TypeError):
        jobs.run_outside(work, fail, fail)


def test_stopping_ends_every_thread_and_delivers_nothing(jobs, qtbot):
    came = []
    begun = threading.Event()

    def work(progress):
        begun.set()
        while True:
            progress(0, 1, "")
            time.sleep(0.001)

    jobs.run_outside(work, came.append, came.append, title="Long")
    assert begun.wait(5)
    assert jobs.stop()
    assert came == []


def test_cancelled_work_that_never_began_does_not_begin(jobs, qtbot):
    began = []
    go = threading.Event()
    jobs.run_outside(lambda _p: go.wait(5), lambda _: None, fail, title="First")
    second = jobs.run_outside(began.append, fail, fail, title="Second")
    second.cancel()
    go.set()
    qtbot.waitUntil(lambda: jobs.running() == 0)
    assert began == []


def test_cancelled_raised_by_the_work_itself_is_not_told(jobs, qtbot):
    came = []

    def work(_progress):
        raise Cancelled

    jobs.run_outside(work, came.append, came.append)
    qtbot.waitUntil(lambda: jobs.running() == 0)
    assert came == []


def test_a_job_asked_for_after_the_end_begins_no_thread(qapp):
    jobs = Jobs()
    assert jobs.stop()
    ticket = jobs.run_outside(lambda _progress: 1, pytest.fail, pytest.fail)
    assert ticket.cancelled()
    assert jobs.running() == 0
    assert not [each for each in threading.enumerate() if each.name.startswith("job-")]
