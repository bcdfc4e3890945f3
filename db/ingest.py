"""Takes files into an archive: read in workers, stored in short transactions, visible when whole.

An import is one row of `imports`; its sources show only once it is completed. One that was killed
is taken up by the next import: what it had stored whole is kept and not read again.
"""

import hashlib
import shutil
import uuid as uuids
from collections.abc import Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from db import errors, extraction, history, import_reports, intake, pieces, storing, worker
from db import manifest as tables
from db.archive import now
from db.intake import Item
from db.readers import zipped
from db.records import UNKNOWN_PARENT, Imported, Report

if TYPE_CHECKING:
    from db.archive import Archive

BYTES_OF_HEADROOM = 16 << 20
DISK_FOR_EACH_BYTE = 3  # the original, its text, its passages and their index
OF_PICTURES = (".pdf", ".tif", ".tiff", ".djvu", ".png", ".jpg", ".jpeg", ".gif", ".webp")
HOLDERS = (".zip", ".eml", ".mbox", ".mbx")  # kinds that hold files
MOST_INSIDE = 5000
LARGEST_INSIDE = 300_000_000


def add(
    archive: "Archive",
    paths: Sequence[Path | str],
    progress: worker.Progress | None = None,
    *,
    manifest: Path | None = None,
    split: bool = False,
    figures: bool = True,
    encodings: Mapping[str, str] | None = None,
    only_split: Sequence[str] | None = None,
    ocr: str | None = "",
    keep_originals: bool = True,
    person_id: int | None = None,
) -> Report:
    """Take in files and folders; every path asked for is told of in the report.

    `progress(done, of, what)` may raise Cancelled: what was stored so far stays unfinished and
    invisible, to be taken up by the next `add` or thrown away by `discard`. With `split` the
    proposed parts of a file become sources (of all files, or of `only_split` alone); `ocr` are
    the languages in which pictures are read where an engine is installed, "" for all it has, None
    for not at all. Without `keep_originals` the archive keeps of a file what it says, its SHA-256
    and where it lies; of files inside others the bytes, too.
    """
    items, left_out = intake.items(paths, manifest, archive.path)
    _refuse_without_room(archive, sum(item.size for item in items))
    report = Report(left_out=left_out)
    import_id = _begin(archive, person_id)
    splits = (frozenset(only_split) if only_split is not None else None) if split else frozenset()
    taking = _Taking(archive, import_id, report, encodings or {}, splits, ocr, keep_originals)
    taking.take_in(items, progress)
    _complete(archive, import_id, report, person_id)
    if figures:
        source_ids = [each for imported in report.imported for each in imported.source_ids]
        extraction.extract(archive, progress, source_ids=source_ids)
        _count_figures(archive, report)
    return report


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


def keep(archive: "Archive", import_id: int) -> None:
    """Show what a stopped import had stored whole, as if it had been asked for just that."""
    storing.drop_halves(archive, import_id)
    _complete(archive, import_id, Report(), None)


def discard(archive: "Archive", import_id: int) -> None:
    """Throw away what a stopped import had stored."""
    storing.drop(archive, storing.sources_of(archive, import_id))
    with archive.writing("imports", "sources", urgent=False) as database:
        database.execute("DELETE FROM imports WHERE id = ?", [import_id])


@dataclass(slots=True)
class _Taking:
    """An import under way: how files are to be read, what it has stored, what it tells."""

    archive: "Archive"
    import_id: int
    report: Report
    encodings: Mapping[str, str]
    splits: frozenset[str] | None  # the files to be split as proposed; None for all
    ocr: str | None
    keep_originals: bool = True
    by_name: dict[str, int] = field(default_factory=dict)
    resumed: dict[str, tuple[tuple[int, ...], int]] = field(init=False)
    inside: list[Item] = field(default_factory=list)  # files found in files, to be read next
    described: set[int] = field(default_factory=set)  # sources without a file that rows are
    digests: dict[Path, str] = field(default_factory=dict)  # of files that are here already
    held: dict[Path, tuple[int, int]] = field(default_factory=dict)  # files and bytes out of each
    fresh: dict[str, int] = field(default_factory=dict)  # stored in the transaction still open

    def __post_init__(self) -> None:
        self.resumed = storing.stored_whole(self.archive, self.import_id)

    def take_in(self, items: Sequence[Item], progress: worker.Progress | None) -> None:
        """Read and store the files, then those found inside them, and so on."""
        while items:
            _take_one_layer(self, items, progress)
            items, self.inside = self.inside, []

    def known_as(self, digest: str) -> int | None:
        """The source that this file already is, if it shows or came earlier in this import."""
        if digest in self.fresh:
            return self.fresh[digest]
        return storing.source_with(self.archive, digest, self.import_id)

    def look_inside(self, item: Item, names: Sequence[str], source_id: int) -> None:
        """Have the files inside `item` read next, to come in below it."""
        assert item.path is not None
        count, size = self.held.get(item.path, (0, 0))
        for name in names[: MOST_INSIDE - count]:
            shown = f"{item.shown}/{intake.shown_name(name)}"
            member = (*item.member, name)
            self.inside.append(Item(item.path, shown, member=member, parent_id=source_id))
        if count + len(names) > MOST_INSIDE:  # one line for all of them: there may be millions
            refusal = errors.Unreadable("damaged", detail="more files in files than are read")
            self.report.failed.append((f"{item.shown}/…", refusal))
        self.held[item.path] = (min(count + len(names), MOST_INSIDE), size)

    def weigh(self, item: Item, data: bytes) -> None:
        """Raise Unreadable where a file holds more than can be taken out of it."""
        assert item.path is not None
        count, size = self.held.get(item.path, (0, 0))
        self.held[item.path] = (count, size + len(data))
        if size + len(data) > LARGEST_INSIDE:
            raise errors.Unreadable("damaged", detail="what is in it unpacks beyond all measure")

    def name(self, item: Item, source_id: int) -> None:
        """Let later rows name this source as their parent."""
        for key in ("reference_code", "title"):
            if key in item.described:
                self.by_name.setdefault(item.described[key], source_id)
        if item.path is not None and not item.member:
            self.by_name.setdefault(item.path.stem, source_id)


def _take_one_layer(
    taking: _Taking, items: Sequence[Item], progress: worker.Progress | None
) -> None:
    cancelled = worker.Cancelling(progress)
    requests = ((item, *_asked(taking, item)) for item in items)
    together: list[tuple[Item, worker.Reply]] = []
    rows = size = 0
    try:
        for done, (item, reply) in enumerate(worker.Crew().map(requests, cancelled)):
            cancelled.tell(done, len(items), item.shown)
            blocks, length = _weight(reply)
            is_full = rows + blocks > storing.ROWS_A_TRANSACTION
            if is_full or size + length > storing.TEXT_A_TRANSACTION:
                _store_together(taking, together)
                together, rows, size = [], 0, 0
            together.append((item, reply))
            rows, size = rows + blocks + 1, size + length
    except errors.Cancelled:  # what was read is kept, to be taken up by the next import
        _store_together(taking, together)
        raise
    _store_together(taking, together)
    cancelled.tell(len(items), len(items), "")


def _weight(reply: worker.Reply) -> tuple[int, int]:
    """How many passages and how many characters a reply brings."""
    if "document" not in reply:
        return 0, 0
    return len(reply["blocks"]), len(reply["document"]["text"])


def _store_together(taking: _Taking, together: Sequence[tuple[Item, worker.Reply]]) -> None:
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
                _store(taking, item, reply, index)
            except errors.Unreadable as refusal:
                taking.report.failed.append((item.shown, refusal))
        if index and database is not None:
            storing.write_index(database, index)
    taking.fresh.clear()


def _asked(taking: _Taking, item: Item) -> tuple[worker.Request | None, float]:
    if item.path is None or item.refusal is not None:
        return None, 0.0
    if item.member:
        request = worker.read_request(item.path.absolute(), None, item.member, ocr=taking.ocr)
        return request, _seconds(taking, item.member[-1])
    with suppress(OSError):  # the worker meets the same and says what it is
        digest = _digest(item.path)
        if item.path.suffix.lower() in HOLDERS and digest in taking.resumed:
            pass  # it came in before the import was stopped; what is in it may not have
        elif digest in taking.resumed or taking.known_as(digest) is not None:
            taking.digests[item.path] = digest
            return None, 0.0
    encoding = taking.encodings.get(item.shown)
    request = worker.read_request(item.path.absolute(), encoding, ocr=taking.ocr)
    return request, _seconds(taking, item.path.name)


def _seconds(taking: _Taking, name: str) -> float:
    """How long reading a file may take: an engine needs some seconds for each page of a scan."""
    is_slow = taking.ocr is not None and name.lower().endswith(OF_PICTURES)
    return worker.SECONDS_FOR_READING + (worker.SECONDS_FOR_PICTURES if is_slow else 0.0)


def _store(
    taking: _Taking, item: Item, reply: worker.Reply, index: storing.IndexRows | None
) -> None:
    described, parent_id, remarks = _placed(taking, item)
    if item.path is None:
        _describe(taking, item, described, parent_id, remarks)
        return
    if not reply:
        if not _tell_known(taking, item, taking.digests[item.path]):
            raise errors.Unreadable("changed_meanwhile")  # what it was known as has gone
        return
    document, blocks, parts, digest = worker.document_of(reply)
    if _tell_known(taking, item, digest, document.members):
        return
    original = storing.Original(item.path, digest, document.media_type, keep=taking.keep_originals)
    if item.member:
        data = worker.bytes_of(reply)
        taking.weigh(item, data)
        name = zipped.name_as_path(item.member[-1])
        original = replace(original, path=name, data=data, holder=item.shown, keep=True)
    is_split = taking.splits is None or item.shown in taking.splits
    becoming = pieces.of(document, blocks, parts if is_split else ())
    source_ids = storing.store(
        taking.archive, taking.import_id, original, becoming, described, parent_id, index
    )
    taking.fresh[digest] = source_ids[0]
    taking.name(item, source_ids[0])
    taking.look_inside(item, document.members, source_ids[0])
    replaced = (f"replaced:{document.replaced}",) if document.replaced else ()
    taking.report.imported.append(
        Imported(
            path=item.shown,
            source_ids=tuple(source_ids),
            passages=sum(len(piece.blocks) for piece in becoming),
            figures=0,
            encoding=document.encoding,
            encoding_is_sure=document.encoding_is_sure,
            parts_proposed=0 if len(becoming) > 1 else len(parts),
            remarks=(*remarks, *document.remarks, *replaced),
        )
    )


def _placed(taking: _Taking, item: Item) -> tuple[dict[str, str], int | None, tuple[str, ...]]:
    """How the item is described, what it lies below, and what is remarked of that."""
    described = dict(item.described)
    parent = described.pop("parent", None)
    if parent is None:
        return described, item.parent_id, item.remarks
    if parent in taking.by_name:
        return described, taking.by_name[parent], item.remarks
    tables.note(described, f"Parent in the table: {parent}")
    return described, item.parent_id, (*item.remarks, f"{UNKNOWN_PARENT}:{parent}")


def _describe(
    taking: _Taking,
    item: Item,
    described: Mapping[str, str],
    parent_id: int | None,
    remarks: tuple[str, ...],
) -> None:
    """A source without a file; the same row again, or after a stop, is the source it was."""
    archive, import_id = taking.archive, taking.import_id
    known = storing.described_as(archive, import_id, described, parent_id, taking.described)
    if known is None:
        known = storing.describe_only(archive, import_id, described, parent_id), True
    source_id, is_new = known
    taking.described.add(source_id)
    taking.name(item, source_id)
    if is_new:
        taking.report.imported.append(Imported(item.shown, (source_id,), 0, 0, remarks=remarks))
    else:
        taking.report.duplicates.append((item.shown, source_id))


def _tell_known(taking: _Taking, item: Item, digest: str, members: Sequence[str] = ()) -> bool:
    """Whether the file is here already, which is told; what is in it may not be."""
    resumed = taking.resumed.pop(digest, None)
    if resumed is not None:
        source_ids, passages = resumed
        taking.report.imported.append(Imported(item.shown, source_ids, passages, 0))
        taking.name(item, source_ids[0])
        taking.look_inside(item, members, source_ids[0])
        return True
    known = taking.known_as(digest)
    if known is None:
        return False
    taking.report.duplicates.append((item.shown, known))
    taking.name(item, known)
    return True


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
            [now(), import_reports.as_json(report), import_id],
        )


def _count_figures(archive: "Archive", report: Report) -> None:
    counts = extraction.counts(archive)
    report.imported[:] = [
        replace(imported, figures=sum(counts.get(each, 0) for each in imported.source_ids))
        for imported in report.imported
    ]


def _refuse_without_room(archive: "Archive", size: int) -> None:
    free = shutil.disk_usage(archive.path.parent).free
    needed = size * DISK_FOR_EACH_BYTE + BYTES_OF_HEADROOM
    if free < needed:
        raise errors.DiskFull(path=archive.path, needed=needed, free=free)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
