"""Which figures the findings rest on as of the last look, so that the next looks at what changed."""

import hashlib
from typing import TYPE_CHECKING

from db.sources import VISIBLE

if TYPE_CHECKING:
    from db.archive import Archive

# One number for the figures of a source that have one unit: a row changed, added or gone changes it.
Group = tuple[int, str | None, str | None]  # source, unit, per
Seen = dict[Group, int]

RULES = "findings 2"
_KEY = "findings_looked_at"
_ROOM = 1 << 64


def now(archive: "Archive") -> Seen:
    """The figures there are; 3 s for a million of them."""
    seen: Seen = {}
    # Row by row, not fetchall: many rows freed in one stroke hold every thread.
    for source_id, unit, per, *told in archive.reading().execute(_FIGURES):
        group = source_id, unit, per
        seen[group] = (seen.get(group, 0) + _number(repr(told))) % _ROOM
    return seen


def is_current(archive: "Archive", seen: Seen) -> bool:
    """Whether the findings were last looked for in exactly these figures, by these rules."""
    return archive.meta(_KEY) == _digest(seen)


def keep(archive: "Archive", seen: Seen) -> None:
    """Note that the findings were looked for in these figures; writes nothing where it is noted."""
    if is_current(archive, seen):
        return
    with archive.writing("meta", urgent=False) as database:
        database.execute(
            "INSERT INTO meta (key, value) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [_KEY, _digest(seen)],
        )


def _number(words: str) -> int:
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), "little")


def _digest(seen: Seen) -> str:
    told = repr((RULES, sorted((repr(group), number) for group, number in seen.items())))
    return hashlib.sha256(told.encode()).hexdigest()


_FIGURES = f"""
    SELECT figures.source_id, figures.unit, figures.per,
           figures.id, figures.text_id, figures.start, figures."end", figures.kind, figures.value,
           figures.value_high, figures.approx, figures.of, figures.giver, figures.receiver,
           figures.modality, figures.nature, figures.date, figures.date_basis,
           figures.status = 'rejected', sources.language
      FROM figures
      JOIN sources ON sources.id = figures.source_id AND sources.text_id = figures.text_id
     WHERE {VISIBLE}
"""
