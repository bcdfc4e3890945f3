"""The sample archive: made anew from the program's own texts, so that it always fits the program."""

from collections.abc import Callable
from pathlib import Path

import resources
from db import ingest
from db.archive import Archive

TITLE = "Aid to China, 1937–1945: a sample"


def write(path: Path | str, progress: Callable[[int, int, str], None] | None = None) -> None:
    """The sample archive at `path`; FileExistsError where something already lies there."""
    with Archive.create(path, TITLE) as archive:
        ingest.add(archive, [], progress, manifest=resources.path("sample/sample.csv"))
