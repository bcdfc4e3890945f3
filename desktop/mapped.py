"""What the window asks about the columns of tables, as plain functions for jobs.

As in desktop/asked.py, db is imported when first asked, and nothing here may know a widget.
"""

from typing import TYPE_CHECKING

from db.records import Figure

if TYPE_CHECKING:
    from db.archive import Archive
    from db.columns import Mapping, Row, Table

MOST_SHOWN = 500


def table(archive: "Archive", source_id: int) -> "tuple[str, Table, list[Figure]]":
    """The title of a source, its table, and what the first guess would make of it."""
    import db.columns
    import db.sources

    found = db.columns.table(archive, source_id)
    title = db.sources.get(archive, source_id).title
    return title, found, figures(archive, found, found.guess)


def figures(_archive: "Archive", table: "Table", mapping: "Mapping") -> list[Figure]:
    """What a mapping would make of the table."""
    import db.columns

    return [figure for _, figure in db.columns.read(table, mapping)]


def take(archive: "Archive", source_id: int, mapping: "Mapping") -> int:
    """Make the figures; how many."""
    import db.columns

    return db.columns.take(archive, source_id, mapping)


def shown(row: "Row", column: int) -> str:
    """What a row says in a column."""
    cell = row.cell(column)
    return cell.words if cell is not None else ""
