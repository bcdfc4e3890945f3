"""Findings kept up to date while figures and sources change, at the price of what changed."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from db import disagreements, findings, looked_at

if TYPE_CHECKING:
    from db.archive import Archive
    from db.looked_at import Group, Seen


class Upkeep:
    """Remembers what the last look saw; one for as long as an archive is open."""

    def __init__(self) -> None:
        self._seen: Seen | None = None

    def look(
        self, archive: "Archive", progress: Callable[[int, int, str], None] | None = None
    ) -> bool:
        """Look at what has changed since the last look; whether there was anything.

        The sums, shares and ladders of the sources that changed are found anew, and the
        disagreements of each matter in which a figure changed; the rest stays as it is, and
        nothing is written where nothing follows from the changes. An archive that was last
        looked at by other rules, or by nobody, is looked at whole.
        """
        seen, before = looked_at.now(archive), self._seen
        if looked_at.is_current(archive, seen):
            self._seen = seen
            return False
        if before is None:
            findings.find(archive, progress)
        else:
            changed = {each for each in before.keys() | seen.keys() if _differs(each, before, seen)}
            findings.find_again(
                archive,
                {source_id for source_id, _, _ in changed},
                {disagreements.matter(unit, per) for _, unit, per in changed},
                progress,
            )
            looked_at.keep(archive, seen)
        self._seen = seen
        return True


def _differs(group: "Group", before: "Seen", seen: "Seen") -> bool:
    return before.get(group) != seen.get(group)
