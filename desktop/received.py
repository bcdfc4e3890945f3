"""What the window asks about the accession log, as plain functions for jobs.

As in desktop/asked.py, db is imported when first asked, and nothing here may know a widget.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from desktop import judged

if TYPE_CHECKING:
    from db.accessions import Accession
    from db.archive import Archive


def accessions(archive: "Archive") -> "tuple[list[Accession], str]":
    """The log, and the number of the next entry."""
    import db.accessions

    judged.warm(archive)  # the form says at each letter what a date means
    year = datetime.date.today().year
    return db.accessions.all(archive), db.accessions.next_number(archive, year)


def save(archive: "Archive", accession_id: int | None, fields: Mapping[str, str | None]) -> int:
    """A new entry, or another one as it shall be; its id."""
    import db.accessions

    if accession_id is None:
        return db.accessions.add(archive, fields)
    db.accessions.change(archive, accession_id, fields)
    return accession_id


def remove(archive: "Archive", accession_id: int) -> None:
    import db.accessions

    db.accessions.remove(archive, accession_id)


def assign(archive: "Archive", source_ids: Sequence[int], accession_id: int | None) -> None:
    import db.accessions

    db.accessions.assign(archive, source_ids, accession_id)
