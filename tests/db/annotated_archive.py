"""An archive of two sources with texts, made row by row: no worker, a few milliseconds."""

import hashlib
import uuid as uuids

from db import storing
from db.records import Block, Document

LETTER = "Dear Ada,\n\nthe mill burned down on Tuesday. 🔥 Nobody was hurt.\n\nYour uncle\n"
REPORT = "Fire at the mill\n\nThe mill burned on Monday; two hands were hurt.\n"


def add_source(archive, title, text):
    """A source whose passages are its paragraphs; returns (source id, text id)."""
    with archive.writing("sources") as database:
        cursor = database.execute(
            "INSERT INTO sources (uuid, title, added_at) VALUES (?, ?, 'now')",
            [str(uuids.uuid4()), title],
        )
        source_id = cursor.lastrowid
    at, blocks = 0, []
    for part in text.split("\n\n"):
        if part.strip():
            blocks.append(Block(at, at + len(part.rstrip("\n"))))
        at += len(part) + 2
    piece = storing.Piece(Document(text), tuple(blocks), None)
    storing.store_text(archive, source_id, piece)
    row = archive.reading().execute("SELECT text_id FROM sources WHERE id = ?", [source_id])
    return source_id, row.fetchone()[0]


def add_figure(archive, source_id, text_id, start, end, status="accepted"):
    """A figure on words of a text; returns its id."""
    database = archive.reading()
    text = database.execute("SELECT text FROM texts WHERE id = ?", [text_id]).fetchone()[0]
    passage_id = database.execute(
        'SELECT id FROM passages WHERE text_id = ? AND start <= ? AND "end" >= ?',
        [text_id, start, end],
    ).fetchone()[0]
    with archive.writing("figures") as writer:
        return writer.execute(
            'INSERT INTO figures (uuid, source_id, text_id, passage_id, start, "end", text, kind,'
            " value, approx, date_basis, status)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, 'count', 2, 'exact', 'none', ?)",
            [
                str(uuids.uuid4()),
                source_id,
                text_id,
                passage_id,
                start,
                end,
                text[start:end],
                status,
            ],
        ).lastrowid


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def dump(archive, tables=("annotations", "tags", "taggings", "links", "series", "sources")):
    """Every row of the tables, to be compared."""
    return {
        table: archive.reading().execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
        for table in tables
    }
