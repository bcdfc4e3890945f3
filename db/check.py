"""Verifies an archive: SQLite's structure, the search index, every span, every original."""

import hashlib
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from db.records import CheckResult

if TYPE_CHECKING:
    from db.archive import Archive

Progress = Callable[[int, int, str], None]
_SHOWN = 3  # what is wrong is named this many times; the rest is counted


def run(archive: "Archive", progress: Progress | None = None) -> list[CheckResult]:
    """One result for each thing looked at, in a fixed order."""
    checks: list[tuple[str, Callable[[Archive], CheckResult]]] = [
        ("structure", _structure),
        ("foreign keys", _foreign_keys),
        ("search index", _search_index),
        ("texts", _texts),
        ("spans", _spans),
        ("originals", _originals),
        ("imports", _imports),
    ]
    results = []
    for done, (name, look) in enumerate(checks):
        if progress:
            progress(done, len(checks), name)
        try:
            results.append(look(archive))
        except sqlite3.Error as error:
            results.append(CheckResult(name, ok=False, detail=str(error)))
    return results


def _structure(archive: "Archive") -> CheckResult:
    rows = archive.reading().execute("PRAGMA integrity_check(10)").fetchall()
    said = [str(row[0]) for row in rows]
    return CheckResult("structure", said == ["ok"], "; ".join(said))


def _foreign_keys(archive: "Archive") -> CheckResult:
    rows = archive.reading().execute("PRAGMA foreign_key_check").fetchmany(1000)
    if not rows:
        return CheckResult("foreign keys", ok=True, detail="every row has its parent")
    tables = sorted({str(row[0]) for row in rows})
    return CheckResult("foreign keys", ok=False, detail=f"{len(rows)} rows of {', '.join(tables)}")


def _search_index(archive: "Archive") -> CheckResult:
    # The index can only be checked by a statement that looks like a write, so a copy is checked:
    # that works on a read-only medium and while another program holds the archive, too.
    with tempfile.TemporaryDirectory(prefix="muniment-check-") as folder:
        copy = sqlite3.connect(Path(folder) / "copy", isolation_level=None)
        try:
            archive.reading().conn.backup(copy, pages=2000, sleep=0)
            copy.execute(
                "INSERT INTO passages_fts (passages_fts, rank) VALUES ('integrity-check', 1)"
            )
            indexed, kept = copy.execute(
                "SELECT (SELECT count(*) FROM passages_fts_docsize), (SELECT count(*) FROM passages)"
            ).fetchone()
        except sqlite3.DatabaseError as error:
            return CheckResult("search index", ok=False, detail=str(error))
        finally:
            copy.close()
    detail = f"{indexed} of {kept} passages are indexed"
    return CheckResult("search index", indexed == kept, detail)


def _texts(archive: "Archive") -> CheckResult:
    wrong = []
    count = 0
    for _, title, text, digest in _each_text(archive):
        count += 1
        if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != digest:
            wrong.append(f"the text of “{title}” has changed")
    return _result("texts", wrong, f"{count} texts are as they were taken in")


def _spans(archive: "Archive") -> CheckResult:
    database = archive.reading()
    wrong: list[str] = []
    count = 0
    for text_id, title, text, _ in _each_text(archive):
        for table, words in (
            ("passages", "text"),
            ("figures", "text"),
            ("periods", "text"),
            ("annotations", "exact"),
        ):
            rows = database.execute(
                f'SELECT id, start, "end", {words} FROM {table}'
                f" WHERE text_id = ? AND {words} IS NOT NULL",
                [text_id],
            )
            for row_id, start, end, said in rows.fetchall():
                count += 1
                if text[start:end] != said:
                    wrong.append(f"{table} {row_id} of “{title}” does not stand at {start}–{end}")
    return _result("spans", wrong, f"{count} spans hold their words")


def _originals(archive: "Archive") -> CheckResult:
    database = archive.reading()
    wrong = []
    count = 0
    for (original_id,) in database.execute("SELECT id FROM originals ORDER BY id").fetchall():
        data, digest, size, name = database.execute(
            "SELECT bytes, sha256, size, file_name FROM originals WHERE id = ?", [original_id]
        ).fetchone()
        if data is None:
            continue
        count += 1
        if len(data) != size or hashlib.sha256(data).hexdigest() != digest:
            wrong.append(f"the original “{name}” is not the file that was taken in")
    return _result("originals", wrong, f"{count} originals match their SHA-256")


def _imports(archive: "Archive") -> CheckResult:
    (unfinished,) = (
        archive.reading()
        .execute("SELECT count(*) FROM imports WHERE completed_at IS NULL")
        .fetchone()
    )
    # Not a fault: what an unfinished import left is not shown, and the import can be taken up.
    return CheckResult("imports", ok=True, detail=f"{unfinished} unfinished")


def _each_text(archive: "Archive") -> Iterator[tuple[int, str, str, str]]:
    database = archive.reading()
    for (text_id,) in database.execute("SELECT id FROM texts ORDER BY id").fetchall():
        row = database.execute(
            "SELECT texts.id, sources.title, texts.text, texts.sha256 FROM texts"
            " JOIN sources ON sources.id = texts.source_id WHERE texts.id = ?",
            [text_id],
        ).fetchone()
        if row is not None:
            yield row


def _result(name: str, wrong: list[str], fine: str) -> CheckResult:
    if not wrong:
        return CheckResult(name, ok=True, detail=fine)
    more = f" and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
    return CheckResult(name, ok=False, detail="; ".join(wrong[:_SHOWN]) + more)
