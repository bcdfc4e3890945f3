"""Findings as rows: known by what they rest on, written only where they have changed."""

import hashlib
import json
import uuid as uuids
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db import looked_at

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.archive import Archive
    from db.noticed import Noticed

ROWS_A_TRANSACTION = 500
_KINDS = "('sum', 'share', 'disagreement', 'ladder')"
_VALUES = (
    "kind", "verdict", "stated", "computed", "message", "arithmetic", "source_id", "passage_id",
    "start", "end", "grammar",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A finding as it is kept: `values` in the order of _VALUES."""

    id: int
    judgement: str | None
    source_id: int | None
    values: tuple[Any, ...]
    figure_ids: tuple[int, ...]

    def sources(self) -> tuple[int, ...]:
        """The sources that a disagreement is between; empty for what is in one source."""
        told = json.loads(self.values[_VALUES.index("arithmetic")])
        return tuple(told.get("sources", ()))


def kept(archive: "Archive") -> dict[str, Row]:
    """The findings that rest on figures, by identity."""
    resting: dict[int, list[int]] = {}
    for finding_id, figure_id in archive.reading().execute(_RESTS_ON).fetchall():
        resting.setdefault(finding_id, []).append(figure_id)
    return {
        str(identity): Row(
            finding_id,
            judgement,
            values[_VALUES.index("source_id")],
            tuple(values),
            tuple(resting.get(finding_id, ())),
        )
        for identity, finding_id, judgement, *values in archive.reading().execute(_ROWS).fetchall()
    }


def keep(
    archive: "Archive", found: Iterable["Noticed"], there: dict[str, Row], others: Collection[str]
) -> int:
    """Put what was found in the place of the rows that are there; unchanged rows stay untouched."""
    wanted = _named(archive, found, others)
    gone = [row for identity, row in there.items() if identity not in wanted]
    gone = [row for row in gone if row.judgement is None or row.figure_ids]
    for chunk in _chunks(gone):
        with archive.writing("findings", urgent=False) as database:
            for row in chunk:
                database.execute("DELETE FROM finding_figures WHERE finding_id = ?", [row.id])
                database.execute(_DELETE, [row.id])
    placed = _placed(archive, wanted.values())
    news = [
        (identity, noticed, values)
        for identity, noticed in wanted.items()
        if (values := _values(noticed, placed)) is not None
        and not _stands(there.get(identity), noticed, values)
    ]
    for chunk in _chunks(news):
        with archive.writing("findings", urgent=False) as database:
            for identity, noticed, values in chunk:
                _write(database, identity, noticed, values, there.get(identity))
    return len(wanted)


def _stands(row: Row | None, noticed: "Noticed", values: dict[str, Any]) -> bool:
    """Whether a finding is kept just so."""
    if row is None or row.figure_ids != tuple(dict.fromkeys(s.id for s, _ in noticed.figures)):
        return False
    mine = dict(zip(_VALUES, row.values, strict=True))
    return all(
        mine[name] == value
        for name, value in values.items()
        if row.judgement != "changed" or name not in ("kind", "verdict")
    )


def _placed(archive: "Archive", found: Iterable["Noticed"]) -> dict[int, tuple[int, int]]:
    """The source and passage of the first figure of each."""
    ids = [each.figures[0][0].id for each in found]
    rows = archive.reading().execute(_PLACES, [json.dumps(ids)]).fetchall()
    return {figure_id: (source_id, passage_id) for figure_id, source_id, passage_id in rows}


def _values(noticed: "Noticed", placed: dict[int, tuple[int, int]]) -> dict[str, Any] | None:
    """What a row says of a finding; None where its figure has gone meanwhile."""
    first = noticed.figures[0][0]
    if first.id not in placed:
        return None  # rejected or read anew meanwhile; the next look finds what is there then
    source_id, passage_id = placed[first.id]
    return {
        "kind": noticed.kind,
        "verdict": noticed.verdict,
        "stated": noticed.stated,
        "computed": noticed.computed,
        "message": noticed.message,
        "arithmetic": json.dumps(noticed.arithmetic, ensure_ascii=False),
        "source_id": source_id,
        "passage_id": passage_id,
        "start": first.figure.start,
        "end": first.figure.end,
        "grammar": looked_at.RULES,
    }


def _named(
    archive: "Archive", found: Iterable["Noticed"], others: Collection[str]
) -> dict[str, "Noticed"]:
    """The findings by identity: the kind, and the place of each figure in a text known by its hash.

    `others` are the identities of rows that stay, which are not given again.
    """
    hashes = {int(row[0]): str(row[1]) for row in archive.reading().execute(_TEXTS).fetchall()}
    texts = dict(archive.reading().execute(_FIGURE_TEXTS).fetchall())
    named: dict[str, Noticed] = {}
    for noticed in found:
        if any(texts.get(stated.id) not in hashes for stated, _ in noticed.figures):
            continue  # read anew or of a corrected text meanwhile; the next look finds what is there
        spans = [
            (hashes[texts[stated.id]], stated.figure.start, stated.figure.end)
            for stated, _ in noticed.figures
        ]
        known = identity(noticed.kind, noticed.arithmetic, spans)
        copy = 1
        while known in named or known in others:  # two sources with the very same text
            copy += 1
            known = f"{known.partition('#')[0]}#{copy}"
        named[known] = noticed
    return named


def identity(
    kind: str, arithmetic: Mapping[str, Any], spans: Iterable[tuple[str, int, int]]
) -> str:
    """What a finding is known by; `spans` are (SHA-256 of the text, start, end) of its figures."""
    told = json.dumps([kind, arithmetic.get("rule") == "a hundred", sorted(spans)])
    return f"{kind}:{hashlib.sha256(told.encode()).hexdigest()}"


def identity_of_remark(
    kind: str, source_id: int, span: tuple[int, int], message: str, version: int
) -> str:
    """What a remark on the words of one version of a text is known by."""
    named = [kind, source_id, *span, message]
    # The same words at the same place of a corrected text are another finding: it has that text's passage.
    return json.dumps(named if version == 1 else [*named, version])


def _write(
    database: "Database",
    identity: str,
    noticed: "Noticed",
    values: dict[str, Any],
    there: Row | None,
) -> None:
    first = noticed.figures[0][0].id
    if database.execute("SELECT 1 FROM figures WHERE id = ?", [first]).fetchone() is None:
        return  # it went since it was read; the next look finds what is there then
    if there is None:
        made = values | {"uuid": str(uuids.uuid4()), "identity": identity}
        names = ", ".join(f'"{name}"' for name in made)
        slots = ", ".join("?" * len(made))
        cursor = database.execute(
            f"INSERT INTO findings ({names}) VALUES ({slots})", list(made.values())
        )
        finding_id = int(cursor.lastrowid or 0)
    else:
        finding_id = there.id
        # Asked again: a person may have judged it since it was read.
        judged = database.execute("SELECT judgement FROM findings WHERE id = ?", [finding_id])
        decided = ("kind", "verdict") if judged.fetchone() == ("changed",) else ()
        renewed = {name: value for name, value in values.items() if name not in decided}
        places = ", ".join(f'"{name}" = ?' for name in renewed)
        database.execute(
            f"UPDATE findings SET {places} WHERE id = ?", [*renewed.values(), finding_id]
        )
        database.execute("DELETE FROM finding_figures WHERE finding_id = ?", [finding_id])
    database.conn.executemany(
        "INSERT OR IGNORE INTO finding_figures (finding_id, figure_id, role, ordinal)"
        " SELECT ?, id, ?, ? FROM figures WHERE id = ?",
        [
            (finding_id, role, ordinal, stated.id)
            for ordinal, (stated, role) in enumerate(noticed.figures)
        ],
    )


def _chunks(items: Sequence[Any]) -> Iterable[Sequence[Any]]:
    for start in range(0, len(items), ROWS_A_TRANSACTION):
        yield items[start : start + ROWS_A_TRANSACTION]


# What a person judged or wrote on stays, unseen: it may be found again.
_DELETE = """
    DELETE FROM findings
     WHERE id = ? AND judgement IS NULL
       AND id NOT IN (SELECT finding_id FROM annotations WHERE finding_id IS NOT NULL)
"""
_TEXTS = "SELECT texts.id, texts.sha256 FROM texts JOIN sources ON sources.text_id = texts.id"
_FIGURE_TEXTS = "SELECT id, text_id FROM figures"
_COLUMNS = ", ".join(f'findings."{name}"' for name in _VALUES)
_ROWS = f"""
    SELECT findings.identity, findings.id,
           CASE WHEN findings.judgement IS NULL AND findings.id IN
                     (SELECT finding_id FROM annotations WHERE finding_id IS NOT NULL)
                THEN 'annotated' ELSE findings.judgement END,
           {_COLUMNS}
      FROM findings
     WHERE findings.kind IN {_KINDS} OR findings.judgement = 'changed'
"""
_RESTS_ON = "SELECT finding_id, figure_id FROM finding_figures ORDER BY finding_id, ordinal"
_PLACES = """
    SELECT id, source_id, passage_id FROM figures WHERE id IN (SELECT value FROM json_each(?))
"""
