"""Takes files into an archive: read in workers, stored in short transactions, visible when whole.

An import is one row of `imports`; its sources show only once it is completed. One that was killed
is taken up by the next import: what it had stored whole is kept and not read again.
"""

import hashlib
import json
import shutil
import uuid as uuids
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from db import errors, findings, history, intake, own_words, series, storing, worker
from db.archive import now
from db.intake import Item
from db.quantities.lexicon import Word
from db.records import Block, Described, Document, Imported, Part, Report

if TYPE_CHECKING:
    from db.archive import Archive

Progress = Callable[[int, int, str], None]
BYTES_OF_HEADROOM = 16 << 20
DISK_FOR_EACH_BYTE = 3  # the original, its text, its passages and their index
HOLDERS = (".zip", ".eml", ".mbox", ".mbx")  # kinds that hold files
MOST_INSIDE = 5000
LARGEST_INSIDE = 300_000_000
FIGURES_A_TRANSACTION = 500


def add(
    archive: "Archive",
    paths: Sequence[Path | str],
    progress: Progress | None = None,
    *,
    manifest: Path | None = None,
    split: bool = False,
    figures: bool = True,
    encodings: Mapping[str, str] | None = None,
    only_split: Sequence[str] | None = None,
    ocr: bool = True,
    person_id: int | None = None,
) -> Report:
    """Take in files and folders; every path asked for is told of in the report.

    `progress(done, of, what)` may raise Cancelled: what was stored so far stays unfinished and
    invisible, to be taken up by the next `add` or thrown away by `discard`. With `split` the
    proposed parts of a file become sources (of all files, or of `only_split` alone); with `ocr`
    pictures are read where an engine is installed.
    """
    items, left_out = intake.items(paths, manifest, archive.path)
    _refuse_without_room(archive, sum(item.size for item in items))
    report = Report(left_out=left_out)
    import_id = _begin(archive, person_id)
    taking = _Taking(archive, import_id, report, ocr=ocr)
    _take_in(taking, items, progress, dict(encodings or {}), split, only_split)
    _complete(archive, import_id, report, person_id)
    if figures:
        source_ids = [each for imported in report.imported for each in imported.source_ids]
        extract(archive, progress, source_ids=source_ids)
        _count_figures(archive, report)
    return report


def extract(
    archive: "Archive",
    progress: Progress | None = None,
    *,
    source_ids: Sequence[int] | None = None,
) -> int:
    """Propose figures for the sources that have none yet; returns for how many sources.

    Runs in workers on all cores; each source's figures appear whole or not at all, so a run that
    was stopped goes on where it was.
    """
    waiting = storing.without_figures(archive)
    if source_ids is not None:
        wanted = set(source_ids)
        waiting = [each for each in waiting if each in wanted]
    cancelled = _Cancelling(progress)
    words, _ = own_words.read()
    requests = ((each, *_figures_asked(archive, each, words)) for each in waiting)
    for done, (source_id, reply) in enumerate(worker.Crew().map(requests, cancelled)):
        cancelled.tell(done, len(waiting), "figures")
        storing.keep_figures(archive, source_id, reply)
    if waiting:
        series.propose(archive)
        findings.find(archive)
    cancelled.tell(len(waiting), len(waiting), "figures")
    return len(waiting)


def unfinished(archive: "Archive") -> list[tuple[int, str, int]]:
    """Imports that were stopped: (import id, started at, sources stored whole)."""
    sql = """
        SELECT imports.id, imports.started_at,
               (SELECT count(*) FROM sources
                 WHERE import_id = imports.id AND text_id IS NOT NULL)
          FROM imports
         WHERE completed_at IS NULL AND report IS NULL
         ORDER BY imports.id
    """
    # One with a report is what a merge was bringing: the next merge clears it away.
    return [tuple(row) for row in archive.reading().execute(sql).fetchall()]


def unfinished_ranges(archive: "Archive") -> list[tuple[int, int]]:
    """First and last passage id of each import that is not finished; usually none."""
    sql = """
        SELECT min(passages.id), max(passages.id)
          FROM imports
          JOIN sources ON sources.import_id = imports.id
          JOIN passages ON passages.source_id = sources.id
         WHERE imports.completed_at IS NULL
         GROUP BY imports.id
    """
    return [(int(a), int(b)) for a, b in archive.reading().execute(sql).fetchall()]


def keep(archive: "Archive", import_id: int) -> None:
    """Show what a stopped import had stored whole, as if it had been asked for just that."""
    storing.drop_halves(archive, import_id)
    _complete(archive, import_id, Report(), None)


def discard(archive: "Archive", import_id: int) -> None:
    """Throw away what a stopped import had stored."""
    for source_id in storing.sources_of(archive, import_id):
        storing.drop(archive, source_id)
    with archive.writing("imports", "sources", urgent=False) as database:
        database.execute("DELETE FROM imports WHERE id = ?", [import_id])


class _Taking:
    """An import under way: what it has stored, what it tells."""

    def __init__(self, archive: "Archive", import_id: int, report: Report, *, ocr: bool) -> None:
        self.archive = archive
        self.ocr = ocr
        self.import_id = import_id
        self.report = report
        self.by_name: dict[str, int] = {}
        self.resumed = storing.stored_whole(archive, import_id)
        self.seen: set[str] = set()
        self.inside: list[Item] = []  # files found in files, to be read next
        self.held: dict[Path, tuple[int, int]] = {}  # files and bytes taken out of each
        self.fresh: dict[str, int] = {}  # stored in the transaction that is still open

    def known_as(self, digest: str) -> int | None:
        """The source that this file already is, if it shows or came earlier in this import."""
        if digest in self.fresh:
            return self.fresh[digest]
        return storing.source_with(self.archive, digest, self.import_id)

    def look_inside(self, item: Item, names: Sequence[str], source_id: int) -> None:
        """Have the files inside `item` read next, to come in below it."""
        assert item.path is not None
        count, size = self.held.get(item.path, (0, 0))
        for name in names:
            count += 1
            refusal = None
            if count > MOST_INSIDE:
                refusal = errors.Unreadable("damaged", detail="more files in files than are read")
            shown = f"{item.shown}/{intake.shown_name(name)}"
            self.inside.append(
                Item(item.path, shown, refusal=refusal, member=(*item.member, name),
                     parent_id=source_id)
            )  # fmt: skip
        self.held[item.path] = (count, size)

    def weigh(self, item: Item, data: bytes) -> None:
        """Raise Unreadable where a file holds more than can be taken out of it."""
        assert item.path is not None
        count, size = self.held.get(item.path, (0, 0))
        self.held[item.path] = (count, size + len(data))
        if size + len(data) > LARGEST_INSIDE:
            raise errors.Unreadable("damaged", detail="what is in it unpacks beyond all measure")

    def name(self, described: Mapping[str, str], path: Path | None, source_id: int) -> None:
        """Let later rows name this source as their parent."""
        for key in ("reference_code", "title"):
            if key in described:
                self.by_name.setdefault(described[key], source_id)
        if path is not None:
            self.by_name.setdefault(path.stem, source_id)


def _take_in(
    taking: _Taking,
    items: Sequence[Item],
    progress: Progress | None,
    encodings: Mapping[str, str],
    split: bool,
    only_split: Sequence[str] | None,
) -> None:
    while items:
        _take_one_layer(taking, items, progress, encodings, split, only_split)
        items, taking.inside = taking.inside, []


def _take_one_layer(
    taking: _Taking,
    items: Sequence[Item],
    progress: Progress | None,
    encodings: Mapping[str, str],
    split: bool,
    only_split: Sequence[str] | None,
) -> None:
    cancelled = _Cancelling(progress)
    requests = ((item, *_asked(taking, item, encodings)) for item in items)
    together: list[tuple[Item, worker.Reply]] = []
    rows = size = 0
    try:
        for done, (item, reply) in enumerate(worker.Crew().map(requests, cancelled)):
            cancelled.tell(done, len(items), item.shown)
            blocks, length = _weight(reply)
            is_full = rows + blocks > storing.ROWS_A_TRANSACTION
            if is_full or size + length > storing.TEXT_A_TRANSACTION:
                _store_together(taking, together, split, only_split)
                together, rows, size = [], 0, 0
            together.append((item, reply))
            rows, size = rows + blocks + 1, size + length
    except errors.Cancelled:  # what was read is kept, to be taken up by the next import
        _store_together(taking, together, split, only_split)
        raise
    _store_together(taking, together, split, only_split)
    cancelled.tell(len(items), len(items), "")


def _weight(reply: worker.Reply) -> tuple[int, int]:
    """How many passages and how many characters a reply brings."""
    if "document" not in reply:
        return 0, 0
    return len(reply["blocks"]), len(reply["document"]["text"])


def _store_together(
    taking: _Taking,
    together: Sequence[tuple[Item, worker.Reply]],
    split: bool,
    only_split: Sequence[str] | None,
) -> None:
    """Small files share a transaction: each commit takes a wait for the disk and a part of the index.

    A file too large for that is alone here and takes several.
    """
    if not together:
        return
    # Large ones must not hold the writer's turn for all of their transactions.
    is_small = len(together) > 1
    index: storing.IndexRows | None = [] if is_small else None
    with taking.archive.writing(urgent=False) if is_small else nullcontext() as database:
        for item, reply in together:
            try:
                if item.refusal is not None:
                    raise item.refusal
                wanted = split and (only_split is None or item.shown in only_split)
                _store(taking, item, reply, index, split=wanted)
            except errors.Unreadable as refusal:
                taking.report.failed.append((item.shown, refusal))
        if index and database is not None:
            storing.write_index(database, index)
    taking.fresh.clear()


def _asked(
    taking: _Taking, item: Item, encodings: Mapping[str, str]
) -> tuple[worker.Request | None, float]:
    if item.path is None or item.refusal is not None:
        return None, 0.0
    if item.member:
        request = worker.read_request(item.path.absolute(), None, item.member, ocr=taking.ocr)
        return request, worker.SECONDS_FOR_READING
    with suppress(OSError):  # the worker meets the same and says what it is
        digest = _digest(item.path)
        if item.path.suffix.lower() in HOLDERS and digest in taking.resumed:
            pass  # it came in before the import was stopped; what is in it may not have
        elif digest in taking.resumed or taking.known_as(digest) is not None:
            return None, 0.0
    encoding = encodings.get(item.shown)
    request = worker.read_request(item.path.absolute(), encoding, ocr=taking.ocr)
    return request, worker.SECONDS_FOR_READING


def _store(
    taking: _Taking,
    item: Item,
    reply: worker.Reply,
    index: storing.IndexRows | None,
    *,
    split: bool,
) -> None:
    described = dict(item.described)
    parent_id = taking.by_name.get(described.pop("parent", ""), item.parent_id)
    if item.path is None:
        source_id = storing.describe_only(taking.archive, taking.import_id, described, parent_id)
        taking.name(described, None, source_id)
        taking.report.imported.append(Imported(item.shown, (source_id,), 0, 0))
        return
    if not reply:
        _tell_known(taking, item, _digest(item.path), described)
        return
    document, blocks, parts, digest = worker.document_of(reply)
    if digest in taking.resumed:
        ids, passages = taking.resumed.pop(digest)
        taking.report.imported.append(Imported(item.shown, ids, passages, 0))
        taking.look_inside(item, document.members, ids[0])
        return
    known = taking.known_as(digest)
    if known is not None:
        taking.report.duplicates.append((item.shown, known))
        taking.name(described, item.path, known)
        return
    original = storing.Original(item.path, digest, document.media_type)
    if item.member:
        data = worker.bytes_of(reply)
        taking.weigh(item, data)
        name = Path(item.member[-1].replace("\\", "/").rpartition("/")[2] or "member")
        original = replace(original, path=name, data=data, holder=item.shown)
    if document.tree:
        pieces = [_described_piece(document, blocks, each) for each in document.tree]
    elif split and len(parts) > 1:
        pieces = [_piece(document, blocks, part) for part in _covering(document.text, parts)]
    else:
        pieces = [storing.Piece(document, blocks, None)]
    source_ids = storing.store(
        taking.archive, taking.import_id, original, pieces, described, parent_id, index
    )
    if document.tree:
        above = [(source_ids[each.parent], source_ids[number])
                 for number, each in enumerate(document.tree) if each.parent is not None]  # fmt: skip
        storing.put_below(taking.archive, above)
    taking.fresh[digest] = source_ids[0]
    taking.name(described, item.path if not item.member else None, source_ids[0])
    taking.look_inside(item, document.members, source_ids[0])
    taking.report.imported.append(
        Imported(
            path=item.shown,
            source_ids=tuple(source_ids),
            passages=sum(len(piece.blocks) for piece in pieces),
            figures=0,
            encoding=document.encoding,
            encoding_is_sure=document.encoding_is_sure,
            parts_proposed=0 if len(pieces) > 1 else len(parts),
            remarks=_remarks(item, document),
        )
    )


def _tell_known(taking: _Taking, item: Item, digest: str, described: Mapping[str, str]) -> None:
    resumed = taking.resumed.pop(digest, None)
    if resumed is not None:
        source_ids, passages = resumed
        taking.report.imported.append(Imported(item.shown, source_ids, passages, 0))
        taking.name(described, item.path, source_ids[0])
        return
    known = taking.known_as(digest)
    assert known is not None
    taking.report.duplicates.append((item.shown, known))
    taking.name(described, item.path, known)


def _described_piece(document: Document, blocks: Sequence[Block], each: Described) -> storing.Piece:
    """One description of a finding aid, with the words that are its own."""
    part = None if each.parent is None else Part(each.start, each.end, each.title)
    span = Part(each.start, each.end, each.title, each.creator, each.date)
    piece = _piece(document, blocks, span)
    named = {"level": each.level, "reference_code": each.reference_code, "rights": each.rights,
             "language": each.language}  # fmt: skip
    described = {name: value for name, value in named.items() if value}
    return replace(piece, part=part, described=described)


def _covering(text: str, parts: Sequence[Part]) -> list[Part]:
    # What lies between two parts (boxes, disclaimers) goes with the one before: nothing is lost.
    covering = []
    for index, part in enumerate(parts):
        start = part.start if index else 0
        end = parts[index + 1].start if index + 1 < len(parts) else len(text)
        covering.append(replace(part, start=start, end=start + len(text[start:end].rstrip())))
    return covering


def _piece(document: Document, blocks: Sequence[Block], part: Part) -> storing.Piece:
    start, end = part.start, part.end
    first = bisect_left(blocks, start, key=lambda block: block.start)
    last = bisect_left(blocks, end, key=lambda block: block.start)
    inside = tuple(
        replace(block, start=block.start - start, end=block.end - start)
        for block in blocks[first:last]
        if block.end <= end
    )
    own = replace(
        document,
        text=document.text[start:end],
        title=part.title,
        creator=part.creator,
        date=part.date,
        figures=tuple(
            replace(
                each,
                start=each.start - start,
                end=each.end - start,
                why=tuple((name, words, a - start, b - start) for name, words, a, b in each.why),
            )
            for each in document.figures
            if start <= each.start and each.end <= end
        ),
        periods=tuple(
            replace(each, start=each.start - start, end=each.end - start)
            for each in document.periods
            if start <= each.start and each.end <= end
        ),
    )
    return storing.Piece(own, inside, part)


def _remarks(item: Item, document: Document) -> tuple[str, ...]:
    replaced = (f"replaced:{document.replaced}",) if document.replaced else ()
    return (*item.remarks, *document.remarks, *replaced)


def _begin(archive: "Archive", person_id: int | None) -> int:
    stopped = unfinished(archive)
    if stopped:
        import_id = stopped[-1][0]
        storing.drop_halves(archive, import_id)
        return import_id
    with archive.writing("imports") as database:
        cursor = database.execute(
            "INSERT INTO imports (uuid, started_at, person_id) VALUES (?, ?, ?)",
            [str(uuids.uuid4()), now(), person_id],
        )
        return int(cursor.lastrowid or 0)


def _complete(archive: "Archive", import_id: int, report: Report, person_id: int | None) -> None:
    source_ids = storing.sources_of(archive, import_id)
    told = {
        "imported": [imported.path for imported in report.imported],
        "duplicates": report.duplicates,
        "failed": [(path, str(error)) for path, error in report.failed],
    }
    if not source_ids:
        with archive.writing("imports") as database:
            database.execute("DELETE FROM imports WHERE id = ?", [import_id])
        return
    with history.command(
        archive,
        "import",
        "sources",
        "passages",
        "imports",
        facts={"count": len(source_ids)},
        person_id=person_id,
    ) as recording:
        # Undoing an import puts its sources into the bin; the files need not be read again.
        for source_id in source_ids:
            recording.note("sources", source_id, {"deleted_at": now()}, {"deleted_at": None})
        recording.database.execute(
            "UPDATE imports SET completed_at = ?, report = ? WHERE id = ?",
            [now(), json.dumps(told, ensure_ascii=False), import_id],
        )


def _figures_asked(
    archive: "Archive", source_id: int, words: tuple[Word, ...]
) -> tuple[worker.Request | None, float]:
    text, blocks, context = storing.as_read(archive, source_id)
    if not text:
        return None, 0.0
    seconds = worker.SECONDS_FOR_FIGURES + len(text) / worker.CHARACTERS_A_SECOND
    return worker.extract_request(text, blocks, context, words), seconds


def _count_figures(archive: "Archive", report: Report) -> None:
    counts = storing.figure_counts(archive)
    report.imported[:] = [
        replace(imported, figures=sum(counts.get(each, 0) for each in imported.source_ids))
        for imported in report.imported
    ]


def _refuse_without_room(archive: "Archive", size: int) -> None:
    free = shutil.disk_usage(archive.path.parent).free
    needed = size * DISK_FOR_EACH_BYTE + BYTES_OF_HEADROOM
    if free < needed:
        raise errors.DiskFull(path=archive.path, needed=needed, free=free)


class _Cancelling:
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


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
