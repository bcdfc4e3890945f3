"""Agreement between readers: how often two people put the same tag on the same passages.

Only passages of sources that both have tagged are counted. Cohen's kappa takes away the agreement
that chance alone would bring: 1 is full agreement, 0 is what chance gives, None where one of them
put the tag on all the passages or on none and the other did the same.
"""

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from db.sources import VISIBLE

if TYPE_CHECKING:
    from db.archive import Archive


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two readers and one tag over the `passages` they share: tagged by both, by one, by none."""

    tag_id: int
    tag: str
    one: str
    other: str
    both: int
    only_one: int
    only_other: int
    neither: int

    @property
    def passages(self) -> int:
        return self.both + self.only_one + self.only_other + self.neither

    @property
    def share(self) -> float:
        """The part of the passages on which they agree."""
        return (self.both + self.neither) / self.passages if self.passages else 0.0

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa; None where it is not defined."""
        return kappa(self.both, self.only_one, self.only_other, self.neither)


def kappa(both: int, only_one: int, only_other: int, neither: int) -> float | None:
    """Cohen's kappa of a table of two by two."""
    total = both + only_one + only_other + neither
    if not total:
        return None
    observed = (both + neither) / total
    one, other = (both + only_one) / total, (both + only_other) / total
    expected = one * other + (1 - one) * (1 - other)
    return None if expected == 1 else (observed - expected) / (1 - expected)


def between_readers(archive: "Archive") -> list[Agreement]:
    """Every pair of readers who tagged in the same sources, a line a tag either has used there."""
    tagged: dict[str, dict[int, set[int]]] = {}
    worked: dict[str, set[int]] = {}
    names: dict[int, str] = {}
    for person, tag_id, tag, source_id, passage_id in archive.reading().execute(_TAGGED).fetchall():
        tagged.setdefault(person, {}).setdefault(tag_id, set()).add(passage_id)
        worked.setdefault(person, set()).add(source_id)
        names[tag_id] = tag
    found = []
    for one, other in combinations(sorted(tagged), 2):
        shared = _passages(archive, worked[one] & worked[other])
        if not shared:
            continue
        for tag_id in sorted(tagged[one].keys() | tagged[other].keys(), key=names.__getitem__):
            a = tagged[one].get(tag_id, set()) & shared
            b = tagged[other].get(tag_id, set()) & shared
            if a or b:
                found.append(
                    Agreement(
                        tag_id, names[tag_id], one, other, len(a & b), len(a - b), len(b - a),
                        len(shared - a - b),
                    )
                )  # fmt: skip
    return found


def _passages(archive: "Archive", source_ids: set[int]) -> set[int]:
    sql = """
        SELECT passages.id FROM passages JOIN sources ON sources.text_id = passages.text_id
         WHERE sources.id = ? AND passages.kind <> 'boilerplate'
    """
    database = archive.reading()
    return {int(row[0]) for each in source_ids for row in database.execute(sql, [each]).fetchall()}


# A passage counts as tagged where the span of the annotation touches it.
_TAGGED = f"""
    SELECT people.name, tags.id, tags.name, sources.id, passages.id
      FROM taggings
      JOIN tags ON tags.id = taggings.tag_id
      JOIN annotations ON annotations.id = taggings.annotation_id
      JOIN people ON people.id = annotations.person_id
      JOIN sources ON sources.id = annotations.source_id
                  AND sources.text_id = annotations.text_id
      JOIN passages ON passages.text_id = annotations.text_id
                   AND passages.start < annotations."end" AND passages."end" > annotations.start
     WHERE annotations.deleted_at IS NULL AND annotations.orphaned_at IS NULL
       AND annotations.start IS NOT NULL AND passages.kind <> 'boilerplate' AND {VISIBLE}
"""
