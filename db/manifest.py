"""The table of an import: which files to take, and how each is described."""

import csv
import io
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
    """One line of the table; `path` is None where it describes a source without a file.

    `refusal` says why nothing can be made of it.
    """

    line: int
    path: Path | None
    described: dict[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    refusal: errors.Unreadable | None = None


def read(path: Path) -> list[Row]:
    """The rows of the table at `path`; raises BadManifest where it is no table of files at all."""
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
        return [_row(path, lines.line_num, line) for line in lines]
    except csv.Error as error:
        raise errors.BadManifest(path=path, line=lines.line_num, problem="not_csv") from error


def note(described: dict[str, str], words: str) -> None:
    """Keep what the table says and no field can hold where a person reads it."""
    before = [described["notes"]] if "notes" in described else []
    described["notes"] = "\n".join([*before, words])


def _row(table: Path, number: int, line: dict[str, str | None]) -> Row:
    named = (line.get("path") or "").strip()
    described = {name: (line.get(name) or "").strip() for name in COLUMNS}
    described = {name: value for name, value in described.items() if value}
    remarks = []
    date = described.get("date")
    if date and not edtf.is_valid(date):
        del described["date"]  # a wrong date would be worse than none
        note(described, f"Date in the table: {date}")
        remarks.append(f"date_not_edtf:{date}")
    level = described.get("level", "").lower()
    if level and level not in LEVELS:
        del described["level"]
        remarks.append(f"unknown_level:{level}")
    if not named and "title" not in described:
        return Row(number, None, refusal=errors.Unreadable("neither_path_nor_title", line=number))
    path = (table.parent / named) if named else None
    return Row(number, path, described, tuple(remarks))
