"""Which sources a file is already, or much like: by its bytes, and by runs of words it shares."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from db import expansion, folding, vocabulary
from db.query import Words
from db.records import Block
from db.sources import VISIBLE

if TYPE_CHECKING:
    from db.archive import Archive

RUN = 6  # words side by side; fewer are common to texts that have nothing to do with each other
MOST_RUNS = 24
FEWEST_RUNS = 4
ALIKE_FROM = 0.5
_BLOCKS_READ = 96
_LONGEST_READ = 4_000
_MOST_PASSAGES = 400
_MOST_ALIKE = 3

Run = tuple[str, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Alike:
    """A source that shares this much of the runs looked for."""

    source_id: int
    title: str
    share: float


def runs(text: str, blocks: Sequence[Block]) -> tuple[Run, ...]:
    """Runs of words spread over a text, none across passages; none of a text too short to tell."""
    wanted = _spread([each for each in blocks if each.kind != "boilerplate"], _BLOCKS_READ)
    found: list[Run] = []
    for block in wanted:
        words = folding.words(text[block.start : min(block.end, block.start + _LONGEST_READ)])
        found += [tuple(words[at : at + RUN]) for at in range(0, len(words) - RUN + 1, RUN)]
    found = list(dict.fromkeys(found))
    return tuple(_spread(found, MOST_RUNS)) if len(found) >= FEWEST_RUNS else ()


def alike(archive: "Archive", wanted: Sequence[Run]) -> list[Alike]:
    """The sources that hold at least half of these runs, the likest first."""
    counted: Counter[int] = Counter()
    for run in wanted:
        counted.update(_holding(archive, run))
    most = counted.most_common(_MOST_ALIKE)
    near = {each: count / len(wanted) for each, count in most if count >= ALIKE_FROM * len(wanted)}
    rows = archive.reading().execute(
        "SELECT id, title FROM sources WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(near))],
    )
    titles = {int(source_id): str(title) for source_id, title in rows.fetchall()}
    return [Alike(each, titles.get(each, ""), share) for each, share in near.items()]


def share(one: Sequence[Run], other: Sequence[Run]) -> float:
    """How much of the shorter's runs the other has, too."""
    fewer = min(len(one), len(other))
    return len({*one} & {*other}) / fewer if fewer else 0.0


def same(archive: "Archive", files: Sequence[Path]) -> dict[Path, tuple[int, str]]:
    """The files that are sources already, byte for byte: the source's id and title.

    Only files as large as an original are read.
    """
    database = archive.reading()
    sizes = {int(row[0]) for row in database.execute("SELECT DISTINCT size FROM originals")}
    digests: dict[str, list[Path]] = {}
    for path in files:
        try:
            if path.stat().st_size in sizes:
                with path.open("rb") as file:
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
                digests.setdefault(digest, []).append(path)
        except OSError:
            continue  # the import will say what is the matter with it
    rows = database.execute(
        "SELECT originals.sha256, sources.id, sources.title FROM originals"
        " JOIN sources ON sources.original_id = originals.id"
        f" WHERE {VISIBLE} AND originals.sha256 IN (SELECT value FROM json_each(?))"
        " ORDER BY sources.id DESC",
        [json.dumps(list(digests))],
    )
    return {
        path: (int(source_id), str(title))
        for digest, source_id, title in rows.fetchall()
        for path in digests[digest]
    }


def _holding(archive: "Archive", run: Run) -> set[int]:
    expression = expansion.expression(archive, Words(run, "phrase"))
    sql = "SELECT rowid FROM passages_fts WHERE passages_fts MATCH ? LIMIT ?"

    def ask() -> list[int]:
        rows = archive.reading().conn.execute(sql, [expression, _MOST_PASSAGES])
        return [row[0] for row in rows]

    ids = vocabulary.unless_damaged(ask, list)
    rows = archive.reading().execute(
        "SELECT DISTINCT sources.id FROM passages"
        " JOIN sources ON sources.id = passages.source_id AND sources.text_id = passages.text_id"
        f" WHERE {VISIBLE} AND passages.id IN (SELECT value FROM json_each(?))",
        [json.dumps(ids)],
    )
    return {int(row[0]) for row in rows.fetchall()}


def _spread(things: Sequence[T], most: int) -> list[T]:
    """Up to `most` of the things, as far apart as can be."""
    if len(things) <= most:
        return list(things)
    return [things[at * len(things) // most] for at in range(most)]
