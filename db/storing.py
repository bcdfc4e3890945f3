"""Writes what was read into the archive: originals, sources, texts and passages."""

import hashlib
import json
import uuid as uuids
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db import errors, folding, intake
from db import figures as figure_rows
from db.archive import now
from db.records import Block, Document, Extraction, Part
from db.sources import RECOGNITION, VISIBLE, with_days

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.archive import Archive

ROWS_A_TRANSACTION = 500  # some 90 ms at the longest; more rows gain nothing worth having
UNFINISHED = "unfinished"  # the reason of a text version that is still being made
# The rules of figures whose value stands in the document's own markup.
IS_GIVEN = "figures.rules LIKE '%\"given.%'"
IndexRows = list[tuple[int, str]]
TEXT_A_TRANSACTION = 400_000  # characters: a few long passages weigh as much as many short ones


@dataclass(frozen=True, slots=True)
class Original:
    """The file a source comes from, as it was when it was read."""

    path: Path
    sha256: str
    media_type: str
    data: bytes | None = None  # of a file inside another; `path` is then its name
    holder: str = ""
    keep: bool = True  # its bytes; else only where it lies


@dataclass(frozen=True, slots=True)
class Piece:
    """What becomes one source: a whole file, or one `part` of it with offsets of its own."""

    document: Document
    blocks: tuple[Block, ...]
    part: Part | None
    described: Mapping[str, str | int] = field(default_factory=dict)
    parent: int | None = None  # which of the pieces stored with it this one lies below


def store(
    archive: "Archive",
    import_id: int,
    original: Original,
    pieces: Sequence[Piece],
    described: Mapping[str, str],
    parent_id: int | None,
    index: IndexRows | None = None,
) -> list[int]:
    """The new sources' ids; they show when the import is completed.

    Where an `index` is given, the rows of the index are put there for `write_index`.
    """
    data = _same_bytes(original)
    with archive.writing("sources", urgent=False) as database:
        original_id = _original(database, original, data)
        source_ids: list[int] = []
        for position, piece in enumerate(pieces):
            row = _source_row(original, piece, described if piece.part is None else {})
            row |= {"import_id": import_id, "original_id": original_id, "parent_id": parent_id}
            if piece.parent is not None:
                row |= {"parent_id": source_ids[piece.parent], "position": position}
            source_ids.append(insert(database, "sources", row))
        is_small = len(pieces) == 1 and fits_one_transaction(pieces[0].blocks)
        if is_small:
            store_text(archive, source_ids[0], pieces[0], index)
    if not is_small:
        for source_id, piece in zip(source_ids, pieces, strict=True):
            store_text(archive, source_id, piece, index)
    return source_ids


def write_index(database: "Database", index: IndexRows) -> None:
    """Put passages into the index; a savepoint between two of them makes FTS5 write a part each."""
    database.conn.executemany("INSERT INTO passages_fts (rowid, words) VALUES (?, ?)", index)


def fits_one_transaction(blocks: Sequence[Block]) -> bool:
    """Whether passages are few and short enough to be stored in one transaction."""
    if len(blocks) > ROWS_A_TRANSACTION:
        return False
    # Reckoned one by one only where their place in the text does not tell.
    at_most = blocks[-1].end - blocks[0].start if blocks else 0
    if at_most <= TEXT_A_TRANSACTION:
        return True
    return sum(block.end - block.start for block in blocks) <= TEXT_A_TRANSACTION


def describe_only(
    archive: "Archive", import_id: int, described: Mapping[str, str], parent_id: int | None
) -> int:
    """A source without a file: a fonds or series of the tree."""
    with archive.writing("sources", urgent=False) as database:
        row: dict[str, Any] = {"uuid": str(uuids.uuid4()), "added_at": now()}
        row |= with_days(described) | {"import_id": import_id, "parent_id": parent_id}
        row["grammar"] = ""
        return insert(database, "sources", row)


def described_as(
    archive: "Archive",
    import_id: int,
    described: Mapping[str, str],
    parent_id: int | None,
    besides: Collection[int],
) -> tuple[int, bool] | None:
    """The source without a file that this description has made already, and whether in this import.

    It goes by title, reference code and place; `besides` are sources that other descriptions are.
    """
    sql = f"""
        SELECT sources.id, sources.import_id IS :import
          FROM sources
         WHERE sources.parent_id IS :parent AND sources.title IS :title
           AND sources.reference_code IS :code
           AND sources.original_id IS NULL AND sources.text_id IS NULL
           AND ({VISIBLE} OR sources.deleted_at IS NULL AND sources.import_id = :import)
         ORDER BY sources.id
    """
    values = {"import": import_id, "parent": parent_id, "title": described.get("title"),
              "code": described.get("reference_code")}  # fmt: skip
    found = archive.reading().execute(sql, values).fetchall()
    return next(((int(a), bool(b)) for a, b in found if a not in besides), None)


def source_with(archive: "Archive", sha256: str, import_id: int) -> int | None:
    """The source that came from the same bytes and shows, or came earlier in this import."""
    sql = """
        SELECT sources.id
          FROM sources
          JOIN originals ON originals.id = sources.original_id
          JOIN imports ON imports.id = sources.import_id
         WHERE originals.sha256 = ? AND sources.deleted_at IS NULL
           AND (imports.completed_at IS NOT NULL OR imports.id = ?)
         ORDER BY sources.id
    """
    row = archive.reading().execute(sql, [sha256, import_id]).fetchone()
    return int(row[0]) if row else None


def stored_whole(archive: "Archive", import_id: int) -> dict[str, tuple[tuple[int, ...], int]]:
    """SHA-256 -> (source ids, passages) of the files an unfinished import has stored already."""
    sql = """
        SELECT originals.sha256, sources.id, sources.passages
          FROM sources
          JOIN originals ON originals.id = sources.original_id
         WHERE sources.import_id = ?
         ORDER BY sources.id
    """
    found: dict[str, tuple[tuple[int, ...], int]] = {}
    for digest, source_id, passages in archive.reading().execute(sql, [import_id]).fetchall():
        ids, count = found.get(digest, ((), 0))
        found[digest] = (*ids, source_id), count + passages
    return found


def sources_of(archive: "Archive", import_id: int) -> list[int]:
    """The sources of an import, in the order they came in."""
    sql = "SELECT id FROM sources WHERE import_id = ? ORDER BY id"
    return [int(row[0]) for row in archive.reading().execute(sql, [import_id]).fetchall()]


def drop_halves(archive: "Archive", import_id: int) -> None:
    """Remove the files of which a kill left only a part; of a split file, all its parts."""
    sql = """
        SELECT id FROM sources
         WHERE import_id = :import AND original_id IN (
            SELECT original_id FROM sources WHERE import_id = :import AND text_id IS NULL)
    """
    rows = archive.reading().execute(sql, {"import": import_id}).fetchall()
    drop(archive, [int(row[0]) for row in rows])


def drop(archive: "Archive", source_ids: Iterable[int]) -> None:
    """Remove sources for good, in short transactions, and the originals that nothing needs now."""
    passages = "SELECT id FROM passages WHERE source_id = ? LIMIT ?"
    for source_id in source_ids:
        gone = ROWS_A_TRANSACTION
        while gone == ROWS_A_TRANSACTION:
            with archive.writing("sources", "passages", urgent=False) as database:
                gone = database.execute(
                    f"DELETE FROM passages WHERE id IN ({passages})",
                    [source_id, ROWS_A_TRANSACTION],
                ).rowcount
                if gone < ROWS_A_TRANSACTION:
                    database.execute("DELETE FROM sources WHERE id = ?", [source_id])
    # Once for all of them: it looks through the whole history.
    with archive.writing("sources", urgent=False) as database:
        database.execute(
            "DELETE FROM originals WHERE id NOT IN"
            " (SELECT original_id FROM sources WHERE original_id IS NOT NULL)"
            # What a replaced file was is still there for undo.
            " AND id NOT IN (SELECT value FROM history_rows, json_each(before)"
            " WHERE \"table\" = 'sources' AND key = 'original_id' AND value IS NOT NULL)"
        )


def _same_bytes(original: Original) -> bytes:
    """The bytes of the file; Unreadable where it changed or went since it was read."""
    try:
        data = original.path.read_bytes() if original.data is None else original.data
    except OSError as error:
        raise errors.Unreadable("changed_meanwhile") from error
    if hashlib.sha256(data).hexdigest() != original.sha256:
        raise errors.Unreadable("changed_meanwhile")
    return data


def _original(database: "Database", original: Original, data: bytes) -> int:
    row = database.execute(
        "SELECT id, bytes IS NOT NULL FROM originals WHERE sha256 = ?", [original.sha256]
    ).fetchone()
    if row is not None:
        if original.keep and not row[1]:
            database.execute("UPDATE originals SET bytes = ? WHERE id = ?", [data, row[0]])
        return int(row[0])
    return insert(
        database,
        "originals",
        {
            "uuid": str(uuids.uuid4()),
            "sha256": original.sha256,
            "size": len(data),
            "media_type": original.media_type,
            "file_name": intake.shown_name(original.path.name),
            "path": original.holder or intake.shown_name(str(original.path.absolute())),
            "bytes": data if original.keep else None,
            "taken_in_at": now(),
        },
    )


def _source_row(original: Original, piece: Piece, described: Mapping[str, str]) -> dict[str, Any]:
    document, part = piece.document, piece.part
    row: dict[str, Any] = {
        "uuid": str(uuids.uuid4()),
        "title": document.title or intake.shown_name(original.path.stem),
        "creator": document.creator,
        "date": document.date,
        "language": document.language,
        "genre": document.genre,
        "file_name": intake.shown_name(original.path.name),
        "encoding": document.encoding,
        "part_start": part.start if part else None,
        "part_end": part.end if part else None,
        "added_at": now(),
    }
    if document.recognition is not None:
        # An element of a description is a string; this one is JSON again.
        row["description"] = json.dumps({RECOGNITION: json.dumps(asdict(document.recognition))})
    return with_days(row | dict(piece.described) | dict(described))


def store_text(
    archive: "Archive",
    source_id: int,
    piece: Piece,
    index: IndexRows | None = None,
    *,
    version: int = 1,
) -> int:
    """Store a text with its passages; its id. The first version shows, a later one not yet.

    A later one says "unfinished" of itself until `db.versions` has read its figures too.
    """
    text = piece.document.text
    is_first = version == 1
    with archive.writing("passages", urgent=False) as database:
        text_id = insert(
            database,
            "texts",
            {
                "uuid": str(uuids.uuid4()),
                "source_id": source_id,
                "version": version,
                "text": text,
                "sha256": hashlib.sha256(text.encode()).hexdigest(),
                "made_at": now(),
                "reason": "import" if is_first else UNFINISHED,
            },
        )
        chunks = _chunks(piece.blocks)
        _passages(database, source_id, text_id, text, next(chunks, []), index)
        rest = list(chunks)
        if not rest:
            _finish(database, source_id, text_id, piece, is_first=is_first)
    for number, chunk in enumerate(rest):
        with archive.writing("passages", urgent=False) as database:
            _passages(database, source_id, text_id, text, chunk, index)
            if number == len(rest) - 1:
                _finish(database, source_id, text_id, piece, is_first=is_first)
    return text_id


def store_original(archive: "Archive", original: Original) -> int:
    """Keep the bytes of a file; its id. Raises Unreadable where it changed since it was read."""
    data = _same_bytes(original)
    with archive.writing("sources", urgent=False) as database:
        return _original(database, original, data)


def _passages(
    database: "Database",
    source_id: int,
    text_id: int,
    text: str,
    chunk: Sequence[tuple[int, Block]],
    index: IndexRows | None,
) -> None:
    # Ids are given out here so that the index needs no question back: one writer at a time.
    (last,) = database.execute("SELECT coalesce(max(id), 0) FROM passages").fetchone()
    rows = []
    own: IndexRows = []
    is_ascii = text.isascii()
    for passage_id, (ordinal, block) in enumerate(chunk, last + 1):
        said = text[block.start : block.end]
        words = None if is_ascii else folding.index_words(said)
        rows.append(
            (
                passage_id, source_id, text_id, ordinal, block.start, block.end, block.kind,
                block.level, block.page, said, words,
            )
        )  # fmt: skip
        own.append((passage_id, said if words is None else words))
    database.conn.executemany(
        'INSERT INTO passages (id, source_id, text_id, ordinal, start, "end", kind, level, page,'
        " text, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    if index is None:
        write_index(database, own)
    else:
        index += own


def _finish(
    database: "Database", source_id: int, text_id: int, piece: Piece, *, is_first: bool
) -> None:
    """The figures that the document itself gives; of a first text also that it shows."""
    if is_first:
        database.execute(
            "UPDATE sources SET text_id = ?, passages = ? WHERE id = ?",
            [text_id, len(piece.blocks), source_id],
        )
    cruft = [block for block in piece.blocks if block.kind == "boilerplate"]
    figures = tuple(
        each
        for each in piece.document.figures
        if not any(block.start < each.end and each.start < block.end for block in cruft)
    )
    given = Extraction(figures, piece.document.periods)
    if given.figures or given.periods:
        places = places_of(database, text_id)
        figure_rows.store(database, source_id, text_id, given, places)


def places_of(database: "Database", text_id: int) -> figure_rows.Places:
    """Where the passages of a text begin."""
    sql = "SELECT start, id FROM passages WHERE text_id = ? ORDER BY start"
    found = database.execute(sql, [text_id]).fetchall()
    return figure_rows.Places([start for start, _ in found], [each for _, each in found])


def _chunks(blocks: Sequence[Block]) -> Iterator[list[tuple[int, Block]]]:
    if blocks and fits_one_transaction(blocks):
        yield list(enumerate(blocks))
        return
    chunk: list[tuple[int, Block]] = []
    size = 0
    for ordinal, block in enumerate(blocks):
        chunk.append((ordinal, block))
        size += block.end - block.start
        if len(chunk) >= ROWS_A_TRANSACTION or size >= TEXT_A_TRANSACTION:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def insert(database: "Database", table: str, row: Mapping[str, Any]) -> int:
    """Add a row within an open transaction, unrecorded; its id."""
    names = ", ".join(f'"{name}"' for name in row)
    slots = ", ".join("?" * len(row))
    cursor = database.execute(
        f'INSERT INTO "{table}" ({names}) VALUES ({slots})', list(row.values())
    )
    return int(cursor.lastrowid or 0)
