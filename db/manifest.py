"""The table of an import: which files to take, and how each is described."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from db import edtf, errors
from db.readers import opening, plain

COLUMNS = (
    "title", "creator", "date", "language", "genre", "level", "reference_code", "parent",
    "rights", "notes",
)  # fmt: skip
LEVELS = ("fonds", "series", "file", "item")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `path` is None where it describes a source without a file."""

    line: int
    path: Path | None
    described: dict[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def parent(self) -> str | None:
        """Reference code or title of the row this one lies below."""
        return self.described.get("parent")


def read(path: Path) -> list[Row]:
    """The rows of the table at `path`; raises BadManifest with the line and what is wrong."""
    try:
        text = plain.read(path, opening.load(path)).text
    except errors.Unreadable as unreadable:
        raise errors.BadManifest(path=path, line=0, problem=unreadable.reason) from unreadable
    try:
        dialect = csv.Sniffer().sniff(text[:4096].splitlines()[0] if text else "", ",;\t")
    except (csv.Error, IndexError):
        dialect = csv.excel
    lines = csv.DictReader(io.StringIO(text), dialect=dialect, strict=True)
    try:
        names = [(name or "").strip().lower() for name in lines.fieldnames or ()]
        if "path" not in names:
            raise errors.BadManifest(path=path, line=1, problem="no_path_column")
        lines.fieldnames = names
        rows = [_row(path, number, line) for number, line in enumerate(lines, 2)]
    except csv.Error as error:
        raise errors.BadManifest(path=path, line=lines.line_num, problem="not_csv") from error
    _refuse_unknown_parents(path, rows)
    return rows


def _row(table: Path, number: int, line: dict[str, str | None]) -> Row:
    named = (line.get("path") or "").strip()
    described = {name: (line.get(name) or "").strip() for name in COLUMNS}
    described = {name: value for name, value in described.items() if value}
    remarks = []
    date = described.get("date")
    if date and not edtf.is_valid(date):
        # The words are kept where a person reads them; a wrong date would be worse than none.
        del described["date"]
        notes = [described["notes"]] if "notes" in described else []
        described["notes"] = "\n".join([*notes, f"Date in the table: {date}"])
        remarks.append(f"date_not_edtf:{date}")
    level = described.get("level", "").lower()
    if level and level not in LEVELS:
        del described["level"]
        remarks.append(f"unknown_level:{level}")
    if not named and "title" not in described:
        raise errors.BadManifest(path=table, line=number, problem="neither_path_nor_title")
    path = (table.parent / named) if named else None
    return Row(number, path, described, tuple(remarks))


def _refuse_unknown_parents(table: Path, rows: Sequence[Row]) -> None:
    known: set[str] = set()
    for row in rows:
        if row.parent and row.parent not in known:
            raise errors.BadManifest(
                path=table, line=row.line, problem="unknown_parent", parent=row.parent
            )
        known |= {
            row.described[name] for name in ("title", "reference_code") if name in row.described
        }
        if row.path is not None:
            known.add(row.path.stem)
