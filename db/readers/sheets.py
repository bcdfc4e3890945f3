"""Tables (CSV, XLSX, ODS) as text: a line a row, a tab between cells, a heading for each sheet."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from db.errors import Unreadable
from db.readers import markup, odf, zipped
from db.readers.canonical import canonical
from db.readers.encodings import decode
from db.readers.layout import one_below_the_other
from db.readers.markup import Element, attribute, name_of
from db.readers.origin import creator_of, title_of
from db.records import Block, Document, PassageKind

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
SUFFIXES = {".csv": CSV, ".tsv": CSV, ".tab": CSV, ".xlsx": XLSX, ".xlsm": XLSX, ".ods": ODS}

_ROWS_A_PASSAGE = 40
_MOST_CELLS = 3_000_000
_MOST_COLUMNS = 1024


def read_csv(path: Path, data: bytes, *, encoding: str | None = None) -> Document:
    """A table in text form; where it is none by its commas, its lines as they stand."""
    decoded = decode(data, given=encoding)
    text, replaced = canonical(decoded.text)
    made, blocks = _written([("", _rows_of(text, path.suffix.lower()))])
    return Document(
        text=made,
        blocks=blocks,
        media_type=CSV,
        encoding=decoded.encoding,
        encoding_is_sure=decoded.is_sure,
        replaced=replaced + decoded.replaced,
    )


def read_xlsx(path: Path, data: bytes, *, encoding: str | None = None) -> Document:
    """The values of all sheets, as they were last reckoned."""
    import warnings

    zipped.Package(data).refuse_sizes()
    try:
        import openpyxl

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = []
            left = _MOST_CELLS
            for sheet in book.worksheets:
                rows = []
                for row in sheet.iter_rows(values_only=True):
                    left -= len(row)
                    if left < 0:
                        raise Unreadable("too_large", size=len(data), limit=_MOST_CELLS)
                    rows.append([_shown(cell) for cell in row[:_MOST_COLUMNS]])
                sheets.append((sheet.title, rows))
            said = book.properties
            book.close()
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part makes it raise
        raise Unreadable("damaged", detail=f"{type(error).__name__}: {error}"[:200]) from error
    text, blocks = _written(sheets)
    return Document(
        text=text,
        blocks=blocks,
        media_type=XLSX,
        title=title_of(said.title or ""),
        creator=creator_of(said.creator or ""),
    )


def read_ods(path: Path, data: bytes, *, encoding: str | None = None) -> Document:
    """The words of all cells, as they were shown."""
    package = zipped.Package(data)
    odf.refuse_locked(package)
    root = markup.tree(package.read("content.xml"))
    sheets = []
    left = _MOST_CELLS
    for table in markup.all_of(root, "table"):
        rows: list[list[str]] = []
        for row in markup.all_of(table, "table-row"):
            cells = _ods_cells(row)
            left -= len(cells)
            if left < 0:
                raise Unreadable("too_large", size=len(data), limit=_MOST_CELLS)
            if cells:
                rows += [cells] * (min(_count(row, "number-rows-repeated"), 1000))
        sheets.append((attribute(table, "name") or "", rows))
    text, blocks = _written(sheets)
    return Document(text=text, blocks=blocks, media_type=ODS)


def _ods_cells(row: Element) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if name_of(cell) in ("table-cell", "covered-table-cell"):
            words = " ".join(markup.words_of(part) for part in cell if name_of(part) == "p")
            cells += [words] * min(_count(cell, "number-columns-repeated"), _MOST_COLUMNS)
    while cells and not cells[-1]:
        cells.pop()
    return cells[:_MOST_COLUMNS]


def _count(element: Element, name: str) -> int:
    return max(1, markup.whole(attribute(element, name), 1))


def _rows_of(text: str, suffix: str) -> list[list[str]]:
    head = text[:8192]
    if suffix in (".tsv", ".tab"):
        delimiter = "\t"
    else:
        lines = head.splitlines()[:20]
        # What separates cells stands equally often in every line.
        delimiter = max(
            ",;\t|", key=lambda mark: (min((line.count(mark) for line in lines if line), default=0),
                                       head.count(mark)),
        )  # fmt: skip
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return [[line] for line in text.split("\n")]


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    isoformat = getattr(value, "isoformat", None)
    if isoformat is not None:
        said = str(isoformat())
        return said.removesuffix("T00:00:00")
    return str(value)


def _written(sheets: list[tuple[str, list[list[str]]]]) -> tuple[str, tuple[Block, ...]]:
    return one_below_the_other(_passages(sheets))[:2]


def _passages(
    sheets: list[tuple[str, list[list[str]]]],
) -> Iterator[tuple[str, PassageKind, str | None, int]]:
    for title, rows in sheets:
        lines = []
        for row in rows:
            cells = [" ".join(canonical(cell)[0].split()) for cell in row]
            line = "\t".join(cells).rstrip("\t")
            if line.strip():
                lines.append(line.lstrip(" "))
        if lines and title and len(sheets) > 1:
            yield " ".join(title.split()), "heading", None, 1
        for start in range(0, len(lines), _ROWS_A_PASSAGE):
            yield "\n".join(lines[start : start + _ROWS_A_PASSAGE]), "table", None, 0
