"""What a merge tells of itself: what comes, what both changed, and rows in a few words."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from sqlite_utils import Database

Choice = Literal["ours", "theirs"]
SHOWN = 400  # characters of a value that a conflict shows


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field that both changed, each in another way.

    Conflicts with the same `key` are decided together. `about` names the row in words; a field
    "deleted" means that one side removed what the other changed.
    """

    table: str
    uuid: str
    field: str
    ours: Any
    theirs: Any
    about: str = ""
    unit: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.table, self.uuid, self.unit


@dataclass(slots=True)
class Merged:
    """What a merge brought or would bring: rows by table, and what was decided for ours."""

    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    removed: dict[str, int] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)

    def brings(self) -> bool:
        """Whether there is anything to take over as it is."""
        return bool(self.added or self.changed or self.removed)

    def is_empty(self) -> bool:
        return not (self.brings() or self.conflicts)


def label(database: "Database", table: str, row_id: int | None) -> str:
    """A row in a few words."""
    sql = _LABELS.get(table)
    if sql is None or row_id is None:
        return ""
    row = database.execute(sql, [row_id]).fetchone()
    return short(str(row[0])) if row and row[0] is not None else ""


def short(said: str) -> str:
    """As much of a value as a conflict shows."""
    return said if len(said) <= SHOWN else said[: SHOWN - 1] + "…"


_LABELS = {
    "sources": "SELECT title FROM sources WHERE id = ?",
    "tags": "SELECT name FROM tags WHERE id = ?",
    "series": "SELECT name FROM series WHERE id = ?",
    "plots": "SELECT name FROM plots WHERE id = ?",
    "searches": "SELECT name FROM searches WHERE id = ?",
    "names": "SELECT name FROM names WHERE id = ?",
    "people": "SELECT name FROM people WHERE id = ?",
    "figures": "SELECT text FROM figures WHERE id = ?",
    "findings": "SELECT message FROM findings WHERE id = ?",
    "texts": "SELECT version FROM texts WHERE id = ?",
    "originals": "SELECT file_name FROM originals WHERE id = ?",
    "accessions": "SELECT number FROM accessions WHERE id = ?",
    "annotations": "SELECT coalesce(exact, body, kind) FROM annotations WHERE id = ?",
    "passages": "SELECT substr(text, 1, 80) FROM passages WHERE id = ?",
    "series_figures": "SELECT series.name || ': ' || figures.text FROM series_figures"
    " JOIN series ON series.id = series_id JOIN figures ON figures.id = figure_id"
    " WHERE series_figures.id = ?",
    "taggings": "SELECT name FROM taggings JOIN tags ON tags.id = tag_id WHERE taggings.id = ?",
    "links": "SELECT relation FROM links WHERE id = ?",
    "name_variants": "SELECT variant FROM name_variants WHERE id = ?",
}
