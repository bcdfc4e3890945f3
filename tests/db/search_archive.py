"""Sources with passages and figures put straight into an archive, for tests of searching."""

import uuid
from collections.abc import Sequence

from db import edtf, folding
from db.archive import Archive


def add_source(
    archive: Archive,
    passages: Sequence[str],
    *,
    title: str = "A source",
    date: str | None = None,
    language: str | None = "en",
    creator: str | None = None,
    kinds: Sequence[str] = (),
    import_id: int | None = None,
    parent_id: int | None = None,
) -> list[int]:
    """The ids of the passages of a new source."""
    days = edtf.earliest_latest(date) if date else (None, None)
    text = "\n\n".join(passages)
    with archive.writing("sources", "passages") as database:
        run = database.conn.execute
        source_id = run(
            "INSERT INTO sources (uuid, title, creator, date, earliest, latest, language, import_id,"
            " parent_id, added_at) VALUES (?,?,?,?,?,?,?,?,?,'')",
            [str(uuid.uuid4()), title, creator, date, *days, language, import_id, parent_id],
        ).lastrowid
        text_id = run(
            "INSERT INTO texts (uuid, source_id, version, text, sha256, made_at)"
            " VALUES (?,?,1,?,'','')",
            [str(uuid.uuid4()), source_id, text],
        ).lastrowid
        run("UPDATE sources SET text_id = ? WHERE id = ?", [text_id, source_id])
        ids = []
        start = 0
        for ordinal, passage in enumerate(passages):
            words = folding.index_words(passage)
            kind = kinds[ordinal] if ordinal < len(kinds) else "paragraph"
            passage_id = run(
                'INSERT INTO passages (source_id, text_id, ordinal, start, "end", kind, text, words)'
                " VALUES (?,?,?,?,?,?,?,?)",
                [source_id, text_id, ordinal, start, start + len(passage), kind, passage, words],
            ).lastrowid
            run(
                "INSERT INTO passages_fts (rowid, words) VALUES (?, ?)",
                [passage_id, words or passage],
            )
            ids.append(passage_id)
            start += len(passage) + 2
    return ids


def add_figure(
    archive: Archive, passage_id: int, value: float, unit: str | None, *, date: str | None = None,
    of: str | None = None, status: str = "proposed", kind: str = "money", high: float | None = None,
) -> int:  # fmt: skip
    """The id of a new figure that stands at the beginning of a passage."""
    days = edtf.earliest_latest(date) if date else (None, None)
    with archive.writing("figures") as database:
        return database.conn.execute(
            'INSERT INTO figures (uuid, source_id, text_id, passage_id, start, "end", text, kind,'
            " value, value_high, approx, unit, of, date, date_basis, earliest, latest, status)"
            " SELECT ?, source_id, text_id, id, start, start + 1, \"\", ?, ?, ?, 'exact', ?, ?, ?,"
            " 'stated', ?, ?, ? FROM passages WHERE id = ?".replace('""', "''"),
            [str(uuid.uuid4()), kind, value, high, unit, of, date, *days, status, passage_id],
        ).lastrowid


def add_period(archive: Archive, passage_id: int, date: str) -> None:
    """A period that a passage names."""
    with archive.writing("periods") as database:
        database.conn.execute(
            'INSERT INTO periods (source_id, text_id, passage_id, start, "end", text, date, basis,'
            " earliest, latest) SELECT source_id, text_id, id, start, start + 1, '', ?, 'stated', ?, ?"
            " FROM passages WHERE id = ?",
            [date, *edtf.earliest_latest(date), passage_id],
        )
