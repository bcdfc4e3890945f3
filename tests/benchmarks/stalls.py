"""Measures how long one write holds an archive: python -m tests.benchmarks.stalls ARCHIVE.

A copy of a large archive (see tests/benchmarks/search.py) is imported into, corrected and thinned;
FTS5 merges its index as it goes. CPU milliseconds, without the waits for the disk.
"""

import argparse
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

from db import storing
from db.archive import Archive
from tests.benchmarks.pairs import cpu

SEED = 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.archive.parent) as folder:
        path = Path(folder) / "copy.muniment"
        shutil.copyfile(chosen.archive, path)
        with Archive.open(path, adopt=True) as archive:
            measure(archive)


def measure(archive: Archive) -> None:
    """Print the median and the longest of each sort of write."""
    rng = random.Random(SEED)
    connection = archive.reading().conn
    (last,) = connection.execute("SELECT max(id) FROM passages").fetchone()
    texts = [row[0] for row in connection.execute("SELECT text FROM passages WHERE id % 25 = 3")]
    source_id, text_id = connection.execute("SELECT max(id), max(text_id) FROM sources").fetchone()

    def put(run: sqlite3.Connection, number: int) -> None:
        first = last + 1 + number * storing.ROWS_A_TRANSACTION
        ids = range(first, first + storing.ROWS_A_TRANSACTION)
        rows = [(each, source_id, text_id, each, rng.choice(texts)) for each in ids]
        run.executemany("INSERT INTO passages (id, source_id, text_id, ordinal, start, \"end\", kind, text)"
                        " VALUES (?, ?, ?, ?, 0, 1, 'paragraph', ?)", rows)  # fmt: skip
        run.executemany("INSERT INTO passages_fts (rowid, words) VALUES (?, ?)",
                        [(row[0], row[4]) for row in rows])  # fmt: skip

    def correct(run: sqlite3.Connection, _number: int) -> None:
        sql = "UPDATE passages SET text = text || ' corrected' WHERE id = ?"
        run.execute(sql, [rng.randrange(1, last)])

    def remove(run: sqlite3.Connection, _number: int) -> None:
        run.execute("DELETE FROM passages WHERE source_id = ?", [rng.randrange(1, source_id)])

    writes(archive, f"{storing.ROWS_A_TRANSACTION} passages of an import", put, 100)
    writes(archive, "a passage corrected", correct, 60)
    writes(archive, "a source removed", remove, 15)


def writes(
    archive: Archive, name: str, work: Callable[[sqlite3.Connection, int], None], times: int
) -> None:
    """Print how long `times` transactions took, each with its part of merging the index."""

    def write(number: int) -> None:
        with archive.writing() as database:
            work(database.conn, number)

    took = sorted(cpu(lambda number=number: write(number))[0] * 1e3 for number in range(times))
    print(f"{name:<32} median {took[times // 2]:6.1f} ms, longest {took[-1]:6.1f} ms")


if __name__ == "__main__":
    main()
