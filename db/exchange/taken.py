"""What taking a file of another program in did, for the report."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that says one thing here and another in the file; ours was kept."""

    title: str
    field: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What came in.

    `matched` counts what was here already and was completed or left as it was; `orphaned` the
    annotations whose words were not found just once, which wait on the shelf; `left_out` names
    what this archive has no place for. `described` counts the descriptions that a table changed:
    its `conflicts` are then what was and what is now.
    """

    path: Path
    source_ids: tuple[int, ...] = ()
    matched: int = 0
    annotations: int = 0
    orphaned: int = 0
    tags: int = 0
    conflicts: tuple[Conflict, ...] = ()
    left_out: tuple[str, ...] = ()
    described: int = 0
