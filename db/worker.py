"""Reads documents and extracts figures in processes of their own, under limits of time and memory.

A parser that hangs, eats memory or crashes takes only its worker with it; the parent says why.
Requests and replies are JSON in frames: nothing a document can influence is unpickled. A worker
ends when its parent does, because its standard input ends then. Long because both ends of the
conversation are best read together.
"""

import base64
import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db import errors, frames
from db.records import (
    Block,
    Context,
    Described,
    Document,
    Extraction,
    Figure,
    Part,
    Period,
    Recognition,
    Remark,
)

if TYPE_CHECKING:  # the grammar takes 0.2 s to import, and who reads has no use for it
    from db.quantities.lexicon import Word

MEMORY_LIMIT = 1 << 30
SECONDS_FOR_READING = 60.0
SECONDS_FOR_PICTURES = 600.0  # besides, where an engine reads them, page by page
SECONDS_FOR_FIGURES = 60.0
CHARACTERS_A_SECOND = 20_000  # a slow machine still gets through; a hang does not
_POLL_SECONDS = 0.05

Progress = Callable[[int, int, str], None]
Request = dict[str, Any]
Reply = dict[str, Any]


# -- the child ---------------------------------------------------------------------------------


def main() -> None:
    """Answer requests from standard input until it ends."""
    # Whatever a library prints must not get between the frames.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _stand_back()
    _limit_memory()
    requests: queue.Queue[Request | None] = queue.Queue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    while (request := requests.get()) is not None:
        frames.write(replies, _answer(request))


def _listen(requests: "queue.Queue[Request | None]") -> None:
    # Reads ahead on a thread so that the end of the parent is noticed in the middle of work.
    while (request := frames.read(sys.stdin.buffer)) is not None:
        requests.put(request)
    if not requests.empty():
        os._exit(1)
    requests.put(None)
    time.sleep(1)
    os._exit(1)


def _answer(request: Request) -> Reply:
    try:
        if request["do"] == "read":
            return _read(request)
        if request["do"] == "page":
            return _page(request)
        return _extract(request)
    except errors.Unreadable as refusal:
        facts = {name: str(fact) for name, fact in refusal.facts.items()}
        return {"refused": facts}
    except MemoryError:
        return {"refused": {"reason": "too_much_memory"}}
    except RecursionError:
        return {"refused": {"reason": "damaged", "detail": "nested too deeply"}}
    except Exception as error:  # a parser's surprise is a line in the report, not the end
        return {
            "refused": {"reason": "crashed", "detail": f"{type(error).__name__}: {error}"[:300]}
        }


def _read(request: Request) -> Reply:
    import hashlib

    from db import readers, segment

    path = Path(request["path"])
    names = tuple(request.get("member", ()))
    inside: bytes | None = None
    encoding, ocr = request["encoding"], request["ocr"]
    if names:
        document, inside = readers.member(path, names, encoding=encoding, ocr=ocr)
    else:
        document = readers.read(path, encoding=encoding, ocr=ocr)
    blocks = segment.passages(document)
    parts = segment.parts(document, blocks)
    fields = asdict(replace(document, blocks=()))
    if inside is not None:
        digest = hashlib.sha256(inside).hexdigest()
    else:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "document": fields,
        "blocks": blocks,
        "parts": [asdict(part) for part in parts],
        "sha256": digest,
        "bytes": "" if inside is None else base64.b64encode(inside).decode(),
    }


def _page(request: Request) -> Reply:
    from db.readers import page_picture

    page = page_picture.drawn(Path(request["path"]), request["label"])
    return {"page": page | {"dots": base64.b64encode(page["dots"]).decode()}}


def _extract(request: Request) -> Reply:
    from db import quantities
    from db.quantities import lexicon

    lexicon.use(tuple(lexicon.Word(*[*row[:3], tuple(row[3])]) for row in request["words"]))
    blocks = tuple(map(Block._make, request["blocks"]))
    context = Context(**request["context"])
    boilerplate = bool(request["boilerplate"])
    return asdict(quantities.extract(request["text"], blocks, context, boilerplate=boilerplate))


def _stand_back() -> None:
    """Let the window go first: with every core reading, its thread waited up to 40 ms for one."""
    if hasattr(os, "nice"):
        os.nice(5)


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))


# -- the parent --------------------------------------------------------------------------------


def read_request(
    path: Path, encoding: str | None, member: Iterable[str] = (), *, ocr: str | None = None
) -> Request:
    """Asks for a file's Document, its blocks and the parts proposed.

    `member` leads to a file inside of it; the reply then has its bytes too. `ocr` are the
    languages in which pictures are read, "" for all that the engine has, None for not at all.
    """
    return {
        "do": "read",
        "path": str(path),
        "encoding": encoding,
        "member": list(member),
        "ocr": ocr,
    }


def page_request(path: Path, label: str | None) -> Request:
    """Asks for a page of a PDF as a picture; `label` is its number as the passages say it."""
    return {"do": "page", "path": str(path), "label": label}


def extract_request(
    text: str,
    blocks: Iterable[Block],
    context: Context,
    words: "Iterable[Word]" = (),
    *,
    boilerplate: bool = False,
) -> Request:
    """Asks for the figures and periods of a text; `words` are those a person has added.

    With `boilerplate` the figures are those of boilerplate instead.
    """
    return {
        "do": "extract",
        "text": text,
        "blocks": list(blocks),
        "context": asdict(context),
        "boilerplate": boilerplate,
        "words": [(each.language, each.unit, each.kind, each.words) for each in words],
    }


def document_of(reply: Reply) -> tuple[Document, tuple[Block, ...], tuple[Part, ...], str]:
    """What a read request brought: document, blocks, parts, SHA-256; raises Unreadable."""
    _raise_refusal(reply)
    fields = reply["document"]
    for name in ("remarks", "members"):
        fields[name] = tuple(fields[name])
    fields["figures"] = tuple(map(_figure, fields["figures"]))
    fields["periods"] = tuple(map(_period, fields["periods"]))
    recognition = fields["recognition"]
    if recognition is not None:
        recognition["passages"] = tuple(map(tuple, recognition["passages"]))
        fields["recognition"] = Recognition(**recognition)
    fields["tree"] = tuple(
        Described(**(each | {"said": tuple(map(tuple, each["said"]))})) for each in fields["tree"]
    )
    blocks = tuple(map(Block._make, reply["blocks"]))
    return (
        Document(**fields),
        blocks,
        tuple(Part(**part) for part in reply["parts"]),
        reply["sha256"],
    )


def bytes_of(reply: Reply) -> bytes:
    """The bytes of the member that was read."""
    return base64.b64decode(reply["bytes"])


def extraction_of(reply: Reply) -> Extraction:
    """What an extract request brought; raises Unreadable."""
    _raise_refusal(reply)
    figures = tuple(map(_figure, reply["figures"]))
    periods = tuple(map(_period, reply["periods"]))
    remarks = tuple(Remark(**fields) for fields in reply["remarks"])
    return Extraction(figures, periods, remarks, reply["grammar"])


def _figure(fields: dict[str, Any]) -> Figure:
    lists = {name: tuple(fields[name]) for name in ("doubts", "rules")}
    why = tuple(tuple(part) for part in fields["why"])
    return Figure(**(fields | lists | {"why": why}))


def _period(fields: dict[str, Any]) -> Period:
    since = fields.get("counted_from")
    lists = {"rules": tuple(fields["rules"]), "counted_from": tuple(since) if since else None}
    return Period(**(fields | lists))


class Worker:
    """One process; `ask` answers within the time or ends it and says so."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, request: Request, seconds: float, cancelled: Callable[[], bool]) -> Reply:
        """The reply, or a refusal (timed_out, crashed); raises Cancelled."""
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        reply: list[Reply | None] = []
        source, sink = process.stdout, process.stdin

        def exchange() -> None:
            try:
                frames.write(sink, request)
                reply.append(frames.read(source))
            except (OSError, ValueError):
                reply.append(None)

        exchanging = threading.Thread(target=exchange, name="worker-exchange", daemon=True)
        exchanging.start()
        until = time.monotonic() + seconds
        while exchanging.is_alive():
            exchanging.join(_POLL_SECONDS)
            if cancelled():
                self.close()
                exchanging.join()
                raise errors.Cancelled
            if exchanging.is_alive() and time.monotonic() > until:
                self.close()
                exchanging.join()
                return {"refused": {"reason": "timed_out", "seconds": f"{seconds:.0f}"}}
        answer = reply[0]
        if answer is None:
            self.close()
            return {"refused": {"reason": "crashed", "detail": "the reader ended"}}
        return answer

    def close(self) -> None:
        """End the process; harmless twice."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what was not sent is not wanted any more
                    pipe.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(
                _command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=Path(sys.executable).parent,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows shows a console
            )
        return self._process


class Crew:
    """Several workers that answer requests in their order, a few ahead of who asks."""

    def __init__(self, size: int | None = None) -> None:
        self._size = size or max(1, os.cpu_count() or 1)

    def map(
        self,
        requests: Iterable[tuple[Any, Request | None, float]],
        cancelled: Callable[[], bool],
    ) -> Iterator[tuple[Any, Reply]]:
        """(key, reply) for each (key, request, seconds), in order; a None request replies {}."""
        stopped = threading.Event()
        jobs: queue.Queue[tuple[Request, float, queue.Queue[Reply | BaseException]] | None]
        jobs = queue.Queue()
        lanes: list[threading.Thread] = []

        def lane() -> None:
            worker = Worker()
            try:
                while (job := jobs.get()) is not None:
                    request, seconds, answer = job
                    try:
                        answer.put(
                            worker.ask(request, seconds, lambda: stopped.is_set() or cancelled())
                        )
                    except BaseException as error:
                        answer.put(error)
            finally:
                worker.close()

        waiting: list[tuple[Any, queue.Queue[Reply | BaseException]]] = []
        try:
            for key, request, seconds in requests:
                answer: queue.Queue[Reply | BaseException] = queue.Queue()
                waiting.append((key, answer))
                if request is None:
                    answer.put({})
                else:
                    if len(lanes) < self._size:
                        lanes.append(threading.Thread(target=lane, name="crew", daemon=True))
                        lanes[-1].start()
                    jobs.put((request, seconds, answer))
                while waiting and (len(waiting) > self._size or not waiting[0][1].empty()):
                    yield _next(waiting)
            while waiting:
                yield _next(waiting)
        finally:
            stopped.set()
            for _ in lanes:
                jobs.put(None)
            for thread in lanes:
                thread.join()


class Cancelling:
    """Carries a progress callable: asks it often whether to go on, tells it how far it is."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._last: tuple[int, int, str] = (0, 0, "")
        self._is_cancelled = False

    def tell(self, done: int, of: int, what: str) -> None:
        """Raises Cancelled when the person wants no more."""
        self._last = (done, of, what)
        if self._progress is not None:
            self._progress(done, of, what)

    def __call__(self) -> bool:
        if self._progress is not None and not self._is_cancelled:
            try:
                self._progress(*self._last)
            except errors.Cancelled:
                self._is_cancelled = True
        return self._is_cancelled


def _next(
    waiting: "list[tuple[Any, queue.Queue[Reply | BaseException]]]",
) -> tuple[Any, Reply]:
    key, answer = waiting.pop(0)
    reply = answer.get()
    if isinstance(reply, BaseException):
        raise reply
    return key, reply


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        # On Windows the window's program has no standard output; its twin beside it has.
        twin = Path(sys.executable).with_name("muniment-cli.exe")
        return [str(twin) if twin.exists() else sys.executable, "--worker"]
    root = str(Path(__file__).resolve().parent.parent)
    code = f"import sys; sys.path.insert(0, {root!r}); from db import worker; worker.main()"
    return [sys.executable, "-P", "-c", code]


def _raise_refusal(reply: Reply) -> None:
    if "refused" in reply:
        facts = dict(reply["refused"])
        raise errors.Unreadable(facts.pop("reason"), **facts)
