"""Tables as CSV and XLSX, out and in again: typed columns, and no cell that acts as a formula."""

import csv
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import zip_longest
from pathlib import Path
from typing import IO, BinaryIO, Literal

from db import errors

Cell = str | int | float | bool | None
Sort = Literal["text", "number", "whole", "flag"]

LONGEST_CELL = 32_767  # what a cell of XLSX holds
MOST_ROWS = 1_048_575  # what a sheet holds below its heading

# A spreadsheet takes a text that begins so for a formula; an apostrophe before it stops that. One
# more apostrophe is put before texts that have some of their own there, so that it comes off again.
_ACTS = re.compile(r"'{0,1000}[=+\-@\t\r\n＝＋－＠]")
_STOPPED = re.compile(r"'{1,1001}[=+\-@\t\r\n＝＋－＠]")
# XML has no place for these; XLSX writes them as _xHHHH_, and a text that looks so as _x005F_xHHHH_.
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name and what stands in it."""

    name: str
    sort: Sort = "text"


def write_csv(file: BinaryIO, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> int:
    """UTF-8 with LF; returns how many rows."""
    out = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    try:
        return write_lines(out, [column.name for column in columns], rows)
    finally:
        out.detach()


def write_lines(out: IO[str], names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """A CSV as text, its columns by name; returns how many rows."""
    writer = csv.writer(out, lineterminator="\n")
    # Before Python 3.13 a lone carriage return is not reason enough for quotation marks.
    quoting = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(names)
    count = 0
    for row in rows:
        cells = [_for_csv(cell) for cell in row]
        has_return = any(isinstance(cell, str) and "\r" in cell for cell in cells)
        (quoting if has_return else writer).writerow(cells)
        count += 1
    return count


def write_xlsx(
    file: BinaryIO, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]
) -> tuple[int, int]:
    """One sheet with a heading that stays in sight; returns how many rows and cells cut short."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for at, column in enumerate(columns, 1):
        wide = 40 if column.name in _LONG else 12
        sheet.column_dimensions[get_column_letter(at)].width = wide
    heading = []
    for column in columns:
        cell = WriteOnlyCell(sheet, column.name)
        cell.font = Font(bold=True)
        heading.append(cell)
    sheet.append(heading)
    count = cut = 0
    for row in rows:
        if count == MOST_ROWS:
            raise errors.NotWritten(path="", problem="too_many_rows", most=MOST_ROWS)
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet)
            if isinstance(value, str):
                text = _NOT_XML.sub(lambda match: f"_x{ord(match[0]):04X}_", value)
                if len(text) > LONGEST_CELL:
                    text, cut = _shortened(text), cut + 1
                # Set as text whatever it looks like: openpyxl would make a formula of "=1".
                cell.value = text
                cell.data_type = "s"
                cell.quotePrefix = bool(_ACTS.match(value))
            else:
                cell.value = value
            cells.append(cell)
        sheet.append(cells)
        count += 1
    book.save(file)
    return count, cut


_LONG = frozenset(
    {"text", "words", "body", "source_title", "title", "notes", "prefix", "suffix", "description"}
)


def _shortened(text: str) -> str:
    # Never within an escape: what is left of it would read as words.
    kept = text[: LONGEST_CELL - 1]
    at = kept.rfind("_x", len(kept) - 6)
    return (kept[:at] if at != -1 else kept) + "…"


def read(path: Path, columns: Sequence[Column] = ()) -> Iterator[dict[str, Cell]]:
    """The rows of a table at `path` by column name, as they were before they were written.

    `columns` say which cells are numbers in a CSV; a column not among them is text. Raises
    Unreadable where the file is no such table.
    """
    is_sheet = path.suffix.lower() == ".xlsx"
    return _rows(_read_xlsx(path) if is_sheet else _read_csv(_decoded(path)), columns)


def _rows(lines: Iterable[list[Cell]], columns: Sequence[Column]) -> Iterator[dict[str, Cell]]:
    sorts = {column.name: column.sort for column in columns}
    names: list[str] | None = None
    for line in lines:
        if names is None:
            names = [str(cell or "") for cell in line]
            continue
        yield {
            name: _typed(cell, sorts.get(name, "text"))
            for name, cell in zip_longest(names, line[: len(names)])
        }


def _read_csv(text: str) -> Iterator[list[Cell]]:
    first = text[:4096].splitlines()[0] if text else ""
    # Spreadsheets of some countries write semicolons.
    mark = ";" if first.count(";") > first.count(",") else ","
    try:
        for line in csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=mark):
            yield [cell[1:] if _STOPPED.match(cell) else cell for cell in line]
    except csv.Error as error:
        raise errors.Unreadable("damaged", detail=str(error)) from error


def _decoded(path: Path) -> str:
    from db.readers import opening, plain

    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return plain.read(path, opening.load(path)).text
    except OSError as error:
        raise errors.Unreadable("missing", detail=error.strerror) from error


def _read_xlsx(path: Path) -> list[list[Cell]]:
    from openpyxl import load_workbook

    from db.readers import zipped

    data = path.read_bytes()
    zipped.Package(data).refuse_sizes()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            return [
                [_unescaped(cell) if isinstance(cell, str) else _plain(cell) for cell in row]
                for row in book.worksheets[0].iter_rows(values_only=True)
            ]
    except MemoryError:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part makes it raise
        raise errors.Unreadable("damaged", detail=f"{type(error).__name__}: {error}") from error


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _plain(cell: object) -> Cell:
    # A spreadsheet makes a moment of "1938-03-04" as soon as it is typed again.
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    return cell if cell is None or isinstance(cell, (int, float, bool)) else str(cell)


def _for_csv(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return int(cell)
    if isinstance(cell, str):
        return f"'{cell}" if _ACTS.match(cell) else cell
    return int(cell) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15 else cell


_FLAGS = dict.fromkeys(("1", "1.0", "true", "yes"), True) | dict.fromkeys(
    ("0", "0.0", "false", "no"), False
)


def _typed(cell: Cell, sort: Sort) -> Cell:
    if cell is None or cell == "":
        return None
    try:
        match sort:
            case "number":
                return float(cell)
            case "whole":
                return int(cell)
            case "flag":
                # What is neither stays a text: a yes in another language must not become a no.
                return _FLAGS.get(str(cell).strip().lower(), str(cell))
    except (ValueError, OverflowError) as error:
        raise errors.Unreadable("damaged", detail=str(error)) from error
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
