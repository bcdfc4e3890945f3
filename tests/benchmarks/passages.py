"""A seeded archive of made-up passages in any number, for measuring; no figures, no meaning."""

import hashlib
import uuid
from datetime import date
from pathlib import Path

import numpy as np

from db.archive import Archive

SEED = 1941
WORDS_IN_A_PASSAGE = 74
PASSAGES_IN_A_SOURCE = 104
ROWS_AT_ONCE = 10_000

# The head of the list by falling frequency, so that queries can be written by hand.
_COMMON = (
    "the of and to in a was for that on by with as from at were which is had it not be his "
    "this an are government their or china but war have been soviet he aid its would they "
    "million union military all who more loan american american's supply army road during "
    "after other credit japanese no into also between these united some new aircraft material "
    "tank food front air agreement dollar lend lease year general minister foreign country "
    "railway report month truck"
)
_HEAD = tuple(_COMMON.split())
_SPOKEN = (
    "ba be bo ca ce co da de di do fa fe fi ga go ha he ho ka ke ki ko la le li lo ma me mi "
    "mo na ne ni no pa pe po ra re ri ro sa se si so ta te ti to va ve vi wa we za ze zo"
)
_SYLLABLES = tuple(_SPOKEN.split())
_ENDINGS = ("", "", "", "s", "ed", "ing", "er", "ly", "ment", "tion")


def words(count: int, rng: np.random.Generator) -> list[str]:
    """A vocabulary: the head, then made-up words with endings."""
    found = dict.fromkeys(_HEAD)
    while len(found) < count:
        stem = "".join(
            _SYLLABLES[at] for at in rng.integers(len(_SYLLABLES), size=rng.integers(2, 5))
        )
        found.setdefault(stem + _ENDINGS[rng.integers(len(_ENDINGS))])
    return list(found)


def build(path: Path, passages: int, *, seed: int = SEED) -> Archive:
    """An archive of about `passages` passages at `path`, the same for the same seed."""
    rng = np.random.default_rng(seed)
    vocabulary = words(min(250_000, 20_000 + passages // 4), rng)
    weights = 1.0 / (np.arange(len(vocabulary)) + 2.7) ** 1.05
    cumulated = np.cumsum(weights) / weights.sum()
    archive = Archive.create(path, "Measured")
    with archive.writing() as database:
        database.conn.execute(
            "INSERT INTO passages_fts(passages_fts, rank) VALUES('hashsize', 67108864)"
        )
    sources = max(1, passages // PASSAGES_IN_A_SOURCE)
    shares = np.array_split(np.arange(passages), sources)
    for first in range(0, sources, ROWS_AT_ONCE // PASSAGES_IN_A_SOURCE):
        block = range(first, min(sources, first + ROWS_AT_ONCE // PASSAGES_IN_A_SOURCE))
        _store(archive, block, shares, vocabulary, cumulated, rng)
    return archive


def _store(archive, block, shares, vocabulary, cumulated, rng) -> None:
    described, kept, rows = [], [], []
    for source in block:
        year = int(rng.integers(1900, 1960))
        first_day = date(year, 1, 1).toordinal()
        lengths = np.clip(
            rng.lognormal(np.log(WORDS_IN_A_PASSAGE) - 0.2, 0.6, len(shares[source])), 8, 600
        )
        topic = vocabulary[int(rng.integers(100, 2_000))]
        texts = []
        for length in lengths.astype(int):
            drawn = np.searchsorted(cumulated, rng.random(length)).tolist()
            said = [vocabulary[at] for at in drawn]
            said[length // 3] = topic
            said[0] = said[0].capitalize()
            if rng.random() < 0.3:
                said[length // 2] = f"{rng.integers(1, 99)},{rng.integers(100, 999)}"
            texts.append(" ".join(said) + ".")
        start = 0
        for ordinal, text in enumerate(texts):
            passage_id = int(shares[source][ordinal]) + 1
            kind = "boilerplate" if passage_id % 50 == 0 else "paragraph"
            rows.append((passage_id, source + 1, ordinal, start, start + len(text), kind, text))
            start += len(text) + 2
        whole = "\n\n".join(texts)
        described.append(
            (
                source + 1,
                _uuid("s", source),
                f"Box {source // 20} folder {source} {topic}",
                str(year),
                first_day,
                first_day + 364,
                "en",
                source + 1,
                len(texts),
            )
        )
        kept.append(
            (
                source + 1,
                _uuid("t", source),
                source + 1,
                whole,
                hashlib.sha256(whole.encode()).hexdigest(),
            )
        )
    with archive.writing("sources", "passages") as database:
        run = database.conn.executemany
        run(
            "INSERT INTO sources (id, uuid, title, date, earliest, latest, language, passages, added_at)"
            " VALUES (?,?,?,?,?,?,?,?,'')",
            [(*row[:7], row[8]) for row in described],
        )
        run(
            "INSERT INTO texts (id, uuid, source_id, version, text, sha256, made_at)"
            " VALUES (?,?,?,1,?,?,'')",
            kept,
        )
        run("UPDATE sources SET text_id = ? WHERE id = ?", [(row[7], row[0]) for row in described])
        run(
            'INSERT INTO passages (id, source_id, text_id, ordinal, start, "end", kind, text)'
            " VALUES (?,?,?,?,?,?,?,?)",
            [(row[0], row[1], *row[1:]) for row in rows],
        )
        run(
            "INSERT INTO passages_fts (rowid, words) VALUES (?, ?)",
            [(row[0], row[6]) for row in rows],
        )


def _uuid(kind: str, number: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{kind}{number}"))
