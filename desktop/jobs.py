"""Work off the window's thread: progress, cancellation, and the latest of a name wins."""

import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from db.errors import Cancelled

if TYPE_CHECKING:
    from db.archive import Archive

Result = TypeVar("Result")
Progress = Callable[[int, int, str], None]
Work = Callable[["Archive"], Result]
LongWork = Callable[["Archive", Progress], Result]

# Two for quick questions, one for long work, so that an import never makes a search wait.
QUICK_WORKERS = 2
LONG_WORKERS = 1
SECONDS_BETWEEN_REPORTS = 0.1


class Ticket:
    """One job, for whoever started it: may be cancelled, says whether it was."""

    def __init__(self, title: str = "") -> None:
        self.title = title
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        self._cancelled.set()

    def cancelled(self) -> bool:
        return self._cancelled.is_set()


class Jobs(QObject):
    """Runs functions of an archive on worker threads and brings the results home.

    Nothing handed to a worker may refer to a widget: whoever drops the last reference destroys
    it, and a widget destroyed off the window's thread takes the program down. So the callbacks
    wait here, on the window's thread, and the worker knows only the ticket.
    """

    began = Signal(object)  # a titled job: its ticket
    progressed = Signal(object, object, object, object)  # ticket, done, of, what
    ended = Signal(object)  # a titled job is over, however it went
    idle = Signal()  # nothing is running any more

    _landed = Signal(object, object, object)
    _moved = Signal(object, object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.archive: Archive | None = None
        self._waiting: dict[Ticket, tuple[Callable[[Any], None], Callable[[Exception], None]]] = {}
        self._latest: dict[str, Ticket] = {}
        self._running: set[Ticket] = set()
        self._quick = _Workers(QUICK_WORKERS, "job-quick")
        self._long = _Workers(LONG_WORKERS, "job-long")
        self._is_stopped = False
        self._landed.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._moved.connect(self._report, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Work[Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None],
        *,
        replaces: str = "",
    ) -> Ticket:
        """Start `work(archive)`; later call `done(result)` or `failed(error)` here, never both.

        A job named by `replaces` cancels the one before it of that name. A cancelled job calls
        neither.
        """
        _refuse_widgets(work)
        ticket = self._ticket("", done, failed, replaces)
        archive = self._open_archive()
        return self._begin(self._quick, ticket, archive, partial(work, archive))

    def run_long(
        self,
        title: str,
        work: LongWork[Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None],
        *,
        replaces: str = "",
    ) -> Ticket:
        """As `run`, for `work(archive, progress)` that a person sees under `title`.

        `progress(done, of, what)` may be called as often as the work likes; it raises Cancelled
        once the ticket is.
        """
        _refuse_widgets(work)
        ticket = self._ticket(title, done, failed, replaces)
        archive = self._open_archive()
        call = partial(work, archive, _Reporter(ticket, self._moved.emit))
        return self._begin(self._long, ticket, archive, call)

    def run_outside(
        self,
        work: Callable[[Progress], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None],
        *,
        title: str = "",
        replaces: str = "",
    ) -> Ticket:
        """As `run`, for work that needs no open archive: opening one, looking at files."""
        _refuse_widgets(work)
        ticket = self._ticket(title, done, failed, replaces)
        call = partial(work, _Reporter(ticket, self._moved.emit))
        return self._begin(self._long if title else self._quick, ticket, None, call)

    def running(self) -> int:
        """How many jobs are not over yet, cancelled ones included."""
        return len(self._running)

    def cancel_all(self) -> None:
        """Ask every job to stop; `idle` follows when the last has."""
        for ticket in self._running:
            ticket.cancel()

    def stop(self, seconds: float = 5.0) -> bool:
        """Cancel everything and end the threads for good; false if one ran on after `seconds`.

        A job asked for later, by a timer that was still under way, is cancelled at once: it would
        begin a thread that nobody ends.
        """
        self._is_stopped = True
        self.cancel_all()
        self._waiting.clear()
        deadline = time.monotonic() + seconds
        ended = all([workers.stop(deadline) for workers in (self._quick, self._long)])
        if ended:
            self._running.clear()
        return ended

    def _begin(
        self,
        workers: "_Workers",
        ticket: Ticket,
        archive: "Archive | None",
        call: Callable[[], object],
    ) -> Ticket:
        if self._is_stopped:
            ticket.cancel()
            self._waiting.pop(ticket, None)
            self._running.discard(ticket)
        else:
            workers.submit(partial(self._work, ticket, archive, call))
        return ticket

    def _open_archive(self) -> "Archive":
        if self.archive is None:
            raise RuntimeError("a job of the archive was started while none was open")
        return self.archive

    def _ticket(
        self,
        title: str,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        replaces: str,
    ) -> Ticket:
        ticket = Ticket(title)
        self._waiting[ticket] = done, failed
        self._running.add(ticket)
        if replaces:
            if earlier := self._latest.get(replaces):
                earlier.cancel()
            self._latest[replaces] = ticket
        if title:
            self.began.emit(ticket)
        return ticket

    def _work(self, ticket: Ticket, archive: "Archive | None", call: Callable[[], object]) -> None:
        """On a worker thread."""
        result: object = None
        error: Exception | None = None
        try:
            if not ticket.cancelled():
                if archive is None:
                    result = call()
                else:
                    with archive.cancellable(ticket.cancelled):
                        result = call()
        except Exception as any_error:  # the one place that catches everything: it is delivered
            error = any_error
        self._landed.emit(ticket, result, error)

    @Slot(object, object, object)
    def _deliver(self, ticket: Ticket, result: object, error: Exception | None) -> None:
        """On the window's thread."""
        self._running.discard(ticket)
        callbacks = self._waiting.pop(ticket, None)
        if ticket.title:
            self.ended.emit(ticket)
        try:
            if callbacks is None or ticket.cancelled() or isinstance(error, Cancelled):
                return
            done, failed = callbacks
            if error is None:
                done(result)
            else:
                failed(error)
        finally:
            if not self._running:
                self.idle.emit()

    @Slot(object, object, object, object)
    def _report(self, ticket: Ticket, done: int, of: int, what: str) -> None:
        if ticket in self._waiting and not ticket.cancelled():
            self.progressed.emit(ticket, done, of, what)


class _Reporter:
    """The `progress` of one job: raises Cancelled when asked to stop, reports now and then."""

    def __init__(self, ticket: Ticket, tell: Callable[[Ticket, int, int, str], None]) -> None:
        self._ticket = ticket
        self._tell = tell
        self._next = 0.0

    def __call__(self, done: int, of: int, what: str) -> None:
        if self._ticket.cancelled():
            raise Cancelled
        now = time.monotonic()
        if now >= self._next or done >= of:
            self._next = now + SECONDS_BETWEEN_REPORTS
            self._tell(self._ticket, done, of, what)


class _Workers:
    """Daemon threads that take calls from one queue.

    Not ThreadPoolExecutor: it joins its threads at exit, so one file that takes a minute to read
    would keep a process without a window alive for that minute. A transaction cut off by the exit
    is rolled back when the archive is next opened.
    """

    def __init__(self, count: int, name: str) -> None:
        self._count = count
        self._name = name
        self._calls: deque[Callable[[], None] | None] = deque()
        self._something = threading.Semaphore(0)
        self._threads: list[threading.Thread] = []
        self._free = 0
        self._lock = threading.Lock()

    def submit(self, call: Callable[[], None]) -> None:
        with self._lock:
            self._calls.append(call)
            if len(self._threads) < self._count and self._free < len(self._calls):
                name = f"{self._name}-{len(self._threads)}"
                thread = threading.Thread(target=self._serve, name=name, daemon=True)
                self._threads.append(thread)
                thread.start()
        self._something.release()

    def stop(self, deadline: float) -> bool:
        with self._lock:
            self._calls.clear()
            self._calls.extend([None] * len(self._threads))
            threads, self._threads = self._threads, []
        for _ in threads:
            self._something.release()
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in threads)

    def _serve(self) -> None:
        while True:
            with self._lock:
                self._free += 1
            self._something.acquire()
            with self._lock:
                self._free -= 1
                # stop() may have emptied the queue under a call that was counted already
                call = self._calls.popleft() if self._calls else _NOTHING
            if call is None:
                return
            call()


def _NOTHING() -> None:
    """What a worker does when the queue was emptied under it."""


def _refuse_widgets(work: object) -> None:
    """Raise if `work` holds a QObject: by being its method, or in an argument or a closure."""
    held: list[object] = [getattr(work, "__self__", None)]
    if isinstance(work, partial):
        held += [*work.args, *work.keywords.values()]
        _refuse_widgets(work.func)
    for cell in getattr(work, "__closure__", None) or ():
        try:
            held.append(cell.cell_contents)
        except ValueError:  # a name that is not bound yet
            continue
    if any(isinstance(thing, QObject) for thing in held):
        raise TypeError("work for a thread may not hold a widget")


def report_bug(error: Exception) -> None:
    """Hand an error that no one words to the exception window."""
    sys.excepthook(type(error), error, error.__traceback__)
