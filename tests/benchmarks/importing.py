"""Measures an import against raw executemany of the same rows: python -m tests.benchmarks.importing.

Goal 8: at least half as fast as rows that fall from heaven, with the same schema, triggers, journal
and transaction size; recoll on the same files where it is installed. Figures are apart. CPU seconds,
those of the workers that read included.
"""

import argparse
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from db import ingest, storing
from db.archive import Archive
from tests.benchmarks import passages
from tests.benchmarks.pairs import ROUNDS

TABLES = ("originals", "sources", "texts", "passages")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=20_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = write_files(folder / "files", chosen.passages)
        measure(folder, size)


def write_files(folder: Path, count: int) -> int:
    """Text files of made-up passages, one a source; how many bytes they are."""
    folder.mkdir()
    with passages.build(folder.parent / "made.muniment", count) as made:
        rows = made.reading().execute("SELECT id, text FROM texts").fetchall()
    for number, text in rows:
        (folder / f"{number:06}.txt").write_text(text, "utf-8")
    return sum(path.stat().st_size for path in folder.iterdir())


def measure(folder: Path, size: int) -> None:
    """Ours and theirs in turns; the same rows are there afterwards."""
    ours, writers, theirs = [], [], []
    for number in range(ROUNDS):
        path = folder / f"ours{number}.muniment"
        with Archive.create(path) as archive:
            start = time.process_time()
            ours.append(cpu(lambda archive=archive: ingest.add(
                archive, [folder / "files"], figures=False)))  # fmt: skip
            writers.append(time.process_time() - start)
            rows, index = everything(archive)
        with Archive.create(folder / f"raw{number}.muniment") as archive:
            theirs.append(cpu(lambda archive=archive, rows=rows, index=index: insert(
                archive, rows, index)))  # fmt: skip
            assert everything(archive)[0] == rows
        path.unlink()
    megabytes = size / 1e6
    best, raw = min(ours), min(theirs)
    print(f"{megabytes:.1f} MB, {len(rows['passages'][1]):,} passages")
    print(f"raw executemany {raw:8.2f} CPU s {megabytes / raw:8.1f} MB/CPU-s")
    print(f"import          {best:8.2f} CPU s {megabytes / best:8.1f} MB/CPU-s"
          f"   {raw / best:.2f} of raw")  # fmt: skip
    writer = min(writers)
    print(f"  what writes   {writer:8.2f} CPU s {megabytes / writer:8.1f} MB/CPU-s"
          f"   {raw / writer:.2f} of raw; the rest reads, on the other cores")  # fmt: skip
    recoll(folder, megabytes, best)


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of this process and of the processes it started and ended."""
    before = os.times()
    work()
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


Rows = dict[str, tuple[list[str], list[tuple[object, ...]]]]


def everything(archive: Archive) -> tuple[Rows, list[tuple[int, str]]]:
    """The rows of the tables an import fills, and those of the index."""
    connection = archive.reading().conn
    found: Rows = {}
    for table in TABLES:
        cursor = connection.execute(f"SELECT * FROM {table} ORDER BY id")
        found[table] = ([each[0] for each in cursor.description], cursor.fetchall())
    sql = "SELECT id, words FROM passage_words ORDER BY id"
    return found, connection.execute(sql).fetchall()


def insert(archive: Archive, rows: Rows, index: list[tuple[int, str]]) -> None:
    """As few statements as SQLite allows, in transactions of as many rows as an import's."""
    for table in TABLES:
        names, values = rows[table]
        slots = ", ".join("?" * len(names))
        quoted = ", ".join(f'"{name}"' for name in names)
        sql = f"INSERT INTO {table} ({quoted}) VALUES ({slots})"
        for at in range(0, len(values), storing.ROWS_A_TRANSACTION):
            with archive.writing() as database:
                run = database.conn
                run.execute("PRAGMA defer_foreign_keys = ON")
                if table == "sources":
                    run.execute("INSERT OR IGNORE INTO imports (id, uuid, started_at)"
                                " VALUES (1, 'raw', '')")  # fmt: skip
                part = values[at : at + storing.ROWS_A_TRANSACTION]
                place = names.index("text_id") if table == "sources" else -1
                if place >= 0:
                    part = [(*row[:place], None, *row[place + 1 :]) for row in part]
                run.executemany(sql, part)
                if table == "passages":
                    run.executemany(
                        "INSERT INTO passages_fts (rowid, words) VALUES (?, ?)",
                        index[at : at + storing.ROWS_A_TRANSACTION],
                    )
    names, values = rows["sources"]
    text_id, source_id = names.index("text_id"), names.index("id")
    with archive.writing() as database:
        database.conn.executemany(
            "UPDATE sources SET text_id = ? WHERE id = ?",
            [(row[text_id], row[source_id]) for row in values],
        )


def recoll(folder: Path, megabytes: float, ours: float) -> None:
    """recollindex over the same files, where it is installed."""
    program = shutil.which("recollindex")
    if program is None:
        print("recoll is not installed")
        return
    settings = folder / "recoll"
    settings.mkdir()
    (settings / "recoll.conf").write_text(f"topdirs = {folder / 'files'}\n", "utf-8")
    seconds = cpu(lambda: subprocess.run(
        [program, "-c", str(settings)], capture_output=True, check=True))  # fmt: skip
    print(f"recollindex     {seconds:8.2f} CPU s {megabytes / seconds:8.1f} MB/CPU-s"
          f"   import {seconds / ours:.1f} x")  # fmt: skip


if __name__ == "__main__":
    main()
