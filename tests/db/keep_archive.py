"""Writes the archive that stays of a release: `python -m tests.db.keep_archive`, once.

Run with the program of the release; what it writes to tests/data/archives is never made anew.
"""

import lzma
import os
import sys
import tempfile
from pathlib import Path

from db import (
    annotations,
    figures,
    findings,
    history,
    ingest,
    links,
    plots,
    saved_searches,
    series,
    sources,
    tags,
    versions,
)
from db.archive import Archive, version
from db.records import Target
from tests.conftest import write_files

KEPT = Path(__file__).parents[1] / "data" / "archives"


def fill(archive, folder):
    """Something of everything that a person can leave in an archive."""
    archive.person = "Ada"
    ingest.add(archive, [write_files(folder)])
    ledger, letter = (each.id for each in sources.all(archive))
    first, second, *_ = (each.id for each in figures.in_source(archive, ledger))
    figures.decide(archive, [first], "accepted")
    figures.edit(archive, second, value=4501.0)
    series.make(archive, "Boiler", [first, second])
    findings.find(archive)
    tag = tags.at_path(archive, "money/loans")
    at = sources.text(archive, ledger).index("cannery")
    word = Target(source_id=ledger, start=at, end=at + 7)
    annotations.add(archive, "note", word, body="Which one? 罐頭廠", tag_ids=[tag])
    links.add(archive, "differs from", word, Target(source_id=letter))
    plots.save(archive, "The loan", {"series": []})
    saved_searches.keep(archive, "Loans", "boiler OR loan")
    text = sources.text(archive, letter)
    versions.correct(archive, letter, text.replace("spring of 1938", "spring of 1939"))
    sources.describe(archive, letter, restricted=True)
    tags.put(archive, [tag], [Target(source_id=letter)])
    history.undo(archive)


def main():
    if version() == "0":
        sys.exit(
            "Install the release first (pip install .): an archive says which program made it."
        )
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = folder
        path = Path(folder) / "kept.muniment"
        with Archive.create(path, "Harbour") as archive:
            fill(archive, Path(folder) / "box")
        KEPT.mkdir(exist_ok=True)
        packed = lzma.compress(path.read_bytes(), preset=9 | lzma.PRESET_EXTREME)
        (KEPT / f"{version()}.muniment.xz").write_bytes(packed)


if __name__ == "__main__":
    main()
