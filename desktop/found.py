"""What the window asks about findings, as plain functions for jobs.

As in desktop/asked.py, db is imported when first asked, and nothing here may know a widget.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.records import KeptFigure
from desktop.jobs import Progress

if TYPE_CHECKING:
    from db.archive import Archive
    from db.findings import Finding, Judgement
    from db.independence import Origin
    from db.upkeep import Upkeep


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with the title of the source it stands in."""

    finding: "Finding"
    title: str


def everything(archive: "Archive") -> list[Found]:
    """All findings, dismissed ones among them, by source and place."""
    import db.findings
    import db.sources

    found = db.findings.all(archive)
    if not found:
        return []
    titles = {source.id: source.title for source in db.sources.all(archive)}
    return [Found(each, titles.get(each.source_id or 0, "")) for each in found]


def in_source(archive: "Archive", source_id: int) -> list["Finding"]:
    """The findings of one source that have not been dismissed, by place."""
    import db.findings

    return [
        each
        for each in db.findings.all(archive)
        if each.source_id == source_id and each.judgement != "dismissed" and each.start is not None
    ]


@dataclass(frozen=True, slots=True)
class Rests:
    """The figures a finding rests on, in its order; where they come from, if of several sources."""

    figures: tuple[KeptFigure, ...]
    origins: "tuple[Origin, ...]" = ()
    titles: dict[int, str] = field(default_factory=dict)


def rests_on(archive: "Archive", ids: Sequence[int]) -> Rests:
    """What a finding rests on; a figure that has gone is left out."""
    import db.figures
    import db.independence

    rows = db.figures.rows(archive, ids)
    kept = tuple(rows[each] for each in ids if each in rows)
    if len({each.source_id for each in kept}) < 2:
        return Rests(kept)
    origins = tuple(db.independence.origins(archive, [each.id for each in kept]))
    return Rests(kept, origins, {each.source_id: each.source_title for each in kept})


def judge(
    archive: "Archive",
    finding_id: int,
    judgement: "Judgement | None",
    reason: str = "",
    verdict: str | None = None,
) -> None:
    import db.findings

    db.findings.judge(archive, finding_id, judgement, reason, verdict=verdict)


def take_back(archive: "Archive", finding_id: int, was_changed: bool) -> None:
    """Undo a judgement as a judgement of its own; a changed type is reckoned anew."""
    import db.findings

    db.findings.judge(archive, finding_id, None)
    if was_changed:
        db.findings.reckon_again(archive, finding_id)


def look(archive: "Archive", progress: Progress) -> int:
    """Look at all figures anew; how many findings there are."""
    import db.findings

    progress(0, 0, "")
    return db.findings.find(archive)


def upkeep() -> "Upkeep":
    """What remembers, while an archive is open, in which figures findings were looked for."""
    import db.upkeep

    return db.upkeep.Upkeep()


def keep_up(archive: "Archive", progress: Progress, upkeep: "Upkeep") -> bool:
    """Look at what has changed since the last look; whether there was anything."""
    progress(0, 0, "")
    return upkeep.look(archive, progress)
