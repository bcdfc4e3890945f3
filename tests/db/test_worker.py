"""Workers: answers in order, and a document that misbehaves takes only its worker with it."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from db import errors, worker
from db.records import Block, Context

ROOT = Path(__file__).resolve().parent.parent.parent


def never():
    return False


def test_replies_come_in_the_order_of_the_requests(tmp_path):
    asked = []
    for number in range(9):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"Text {number}. " * (2000 if number == 0 else 1))
        asked.append((number, worker.read_request(path, None), 30.0))
    replies = list(worker.Crew(2).map(asked, never))
    assert [key for key, _ in replies] == list(range(9))
    texts = [worker.document_of(reply)[0].text[:6] for _, reply in replies]
    assert texts == [f"Text {number}" for number in range(9)]


def test_a_request_that_takes_too_long_is_ended_and_the_next_one_answered(tmp_path):
    pipe = tmp_path / "slow.txt"
    pipe.write_text("x")
    one = worker.Worker()
    request = worker.extract_request("word " * 2_000_000, [Block(0, 10_000_000)], Context())
    started = time.monotonic()
    reply = one.ask(request, 0.2, never)
    assert time.monotonic() - started < 10
    with pytest.raises(errors.Unreadable, match="timed_out"):
        worker.extraction_of(reply)
    document, *_ = worker.document_of(one.ask(worker.read_request(pipe, None), 30, never))
    assert document.text == "x"
    one.close()


def test_cancelling_ends_the_work(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x")
    one = worker.Worker()
    with pytest.raises(errors.Cancelled):
        one.ask(worker.read_request(path, None), 30, lambda: True)


@pytest.mark.skipif(sys.platform == "win32", reason="counts processes through /proc")
def test_workers_end_with_their_parent():
    code = (
        "from db import worker; import os, time\n"
        "from pathlib import Path\n"
        "one = worker.Worker()\n"
        "one.ask(worker.read_request(Path('pyproject.toml').absolute(), None), 30, lambda: False)\n"
        "print(one._process.pid, flush=True)\n"
        "os.kill(os.getpid(), 9)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    pid = int(done.stdout)
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists() or _is_zombie(pid):
            return
        time.sleep(0.05)
    os.kill(pid, 9)
    pytest.fail("the worker outlived its parent")


def _is_zombie(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"
    except FileNotFoundError:
        return True
