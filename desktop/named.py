"""What the window asks about controlled names, as plain functions for jobs.

As in desktop/asked.py, db is imported when first asked, and nothing here may know a widget.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.archive import Archive
    from db.names import Name


def names(archive: "Archive") -> "list[Name]":
    import db.names

    return db.names.all(archive)


def nameless(archive: "Archive") -> list[str]:
    """The creators in use that no name stands for yet."""
    import db.names

    return db.names.from_creators(archive)


def save(
    archive: "Archive",
    name_id: int | None,
    kind: str,
    name: str,
    variants: Sequence[str],
    notes: str | None,
) -> None:
    """A new name, or another one as it shall be."""
    import db.names

    if name_id is None:
        db.names.add(archive, kind, name, variants, notes)
    else:
        db.names.change(archive, name_id, kind=kind, name=name, variants=variants, notes=notes)


def merge(archive: "Archive", into: int, others: Sequence[int]) -> None:
    import db.names

    db.names.merge(archive, into, others)


def remove(archive: "Archive", ids: Sequence[int]) -> None:
    import db.names

    db.names.remove(archive, ids)


def use(archive: "Archive", name_id: int) -> int:
    import db.names

    return db.names.use(archive, name_id)


def words_of(name: str) -> str:
    """The name as one would search for it: its plain words, so that no sign in it is an operator."""
    from db import folding, query

    return query.written(tuple(folding.words(name)))
