"""A table's rows as figures: which column holds the value, the date, what is counted; each in its cell.

Rows are those of the stored text (a line a row, a tab between cells), so it is one for CSV, XLSX,
ODS and tables inside documents. The figures count as decided: a person has said what they mean.
"""

import json
import re
import uuid as uuids
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from db import carrying, edtf, errors, history, quantities
from db import figures as figure_rows
from db.records import Context, Figure, FigureKind

if TYPE_CHECKING:
    from db.archive import Archive

RULE = "given.table"
LABEL = "map columns"
MOST_GUESSED_FROM = 200
Progress = Callable[[int, int, str], None]

_BLANKS = re.compile(r"[\s'’_]+")
_NUMBER = re.compile(r"([^\d+\-−.,]{0,6})([+\-−]?[\d.,]{1,40})([^\d.,]{0,6})$")
_DAY_FIRST_OR_LAST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})$")
_YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})(?:[./-](\d{1,2}))?(?:[T ][\d:.Z+]{4,20})?$")
_QUARTER = re.compile(r"(?:(\d{4})[\s-]{0,2}Q([1-4])|Q([1-4])[\s-]{0,2}(\d{4}))$")
_YEAR = re.compile(r"[12]\d{3}$")


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of a cell and where they stand in the source's text."""

    start: int
    words: str

    @property
    def end(self) -> int:
        """Where they end."""
        return self.start + len(self.words)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table and the passage it stands in."""

    passage_id: int
    cells: tuple[Cell, ...]

    def cell(self, column: int | None) -> Cell | None:
        """The cell of a column; None where the row is too short or says nothing there."""
        if column is None or column >= len(self.cells) or not self.cells[column].words:
            return None
        return self.cells[column]


@dataclass(frozen=True, slots=True)
class Mapping:
    """What the columns of a table mean; `of` is a column or the words for all rows, `unit` words."""

    value: int
    date: int | None = None
    of: int | str | None = None
    unit: str = ""
    decimal: str = "."
    day_first: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a source's tables, what their columns are called, and a first guess at them."""

    rows: tuple[Row, ...]
    names: tuple[str, ...]
    guess: Mapping
    language: str | None = None


def table(archive: "Archive", source_id: int) -> Table:
    """The tables of a source's present text, one below the other; no rows where it has none."""
    database = archive.reading()
    found = database.execute(
        "SELECT texts.text, sources.language FROM texts JOIN sources ON sources.text_id = texts.id"
        " WHERE sources.id = ?",
        [source_id],
    ).fetchone()
    text, language = found if found is not None else ("", None)
    passages = database.execute(
        'SELECT passages.id, passages.start, passages."end" FROM passages'
        " JOIN sources ON sources.text_id = passages.text_id"
        " WHERE sources.id = ? AND passages.kind = 'table' ORDER BY passages.ordinal",
        [source_id],
    ).fetchall()
    rows = tuple(row for each in passages for row in _rows(text, *each))
    width = max((len(row.cells) for row in rows), default=0)
    guess = _guess(rows, width, language)
    return Table(rows, _names(rows, width, guess), guess, language)


def read(table: Table, mapping: Mapping) -> list[tuple[Row, Figure]]:
    """The figures of the rows that have a number in the value's column, each with its row."""
    unit, kind, factor = _unit(mapping.unit, table.language)
    dates = cache(lambda words: date_of(words, mapping.day_first, table.language))
    found = []
    for row in table.rows:
        cell = row.cell(mapping.value)
        value = number_in(cell.words, mapping.decimal) if cell is not None else None
        if cell is None or value is None:
            continue
        why = [("value", cell.words, cell.start, cell.end)]
        when = row.cell(mapping.date)
        date = dates(when.words) if when is not None else None
        if when is not None and date is not None:
            why.append(("date", when.words, when.start, when.end))
        of = mapping.of if isinstance(mapping.of, str) else None
        named = row.cell(mapping.of) if isinstance(mapping.of, int) else None
        if named is not None:
            of = named.words
            why.append(("of", named.words, named.start, named.end))
        is_percent = not unit and cell.words.endswith("%")
        figure = Figure(
            start=cell.start,
            end=cell.end,
            text=cell.words,
            kind="percent" if is_percent else kind,
            value=value * factor,
            unit="percent" if is_percent else unit,
            of=(of or "").strip()[:200] or None,
            date=date,
            date_basis="stated" if date else "none",
            rules=(RULE,),
            why=tuple(why),
        )
        found.append((row, figure))
    return found


def take(
    archive: "Archive", source_id: int, mapping: Mapping, progress: Progress | None = None
) -> int:
    """Make figures of a source's table, as one undoable command; how many there are.

    A cell that a person has judged already keeps its figure; what the grammar proposed in a cell
    makes way. `progress` may raise Cancelled before anything is written.
    """
    found = table(archive, source_id)
    made = read(found, mapping)
    if progress is not None:
        progress(0, 1, "")
    if not made:
        raise errors.BadFigure(problem="value")
    with history.command(archive, LABEL, "figures", facts={"count": len(made)}) as recording:
        database = recording.database
        shown = "SELECT text_id FROM sources WHERE id = ?"
        text_id = int(database.execute(shown, [source_id]).fetchone()[0])
        held = sorted(
            (int(start), int(end))
            for start, end in database.execute(
                f'SELECT start, "end" FROM figures WHERE text_id = ? AND {carrying.HELD}', [text_id]
            ).fetchall()
        )
        new = [each for each in made if not _overlaps(held, each[1])]
        carrying.clear_ground(recording, text_id, [(each.start, each.end) for _, each in new])
        rows = [_figure_row(source_id, text_id, row, figure) for row, figure in new]
        recording.insert_many("figures", rows)
    return len(new)


def number_in(words: str, decimal: str = ".") -> float | None:
    """The number a cell holds, with a sign of money or a unit beside it; None where it holds none."""
    match = _NUMBER.match(_BLANKS.sub("", words))
    if match is None:
        return None
    digits = match.group(2).replace("−", "-").replace("," if decimal == "." else ".", "")
    try:
        value = float(digits.replace(",", "."))
    except ValueError:
        return None
    return value if abs(value) < 1e300 else None


def date_of(words: str, day_first: bool = True, language: str | None = None) -> str | None:
    """The date a cell holds, as EDTF; None where it holds none."""
    words = words.strip()
    if not words or len(words) > 60:
        return None
    if edtf.is_valid(words) and ":" not in words:  # an hour says nothing here
        return words
    date = None
    if match := _DAY_FIRST_OR_LAST.match(words):
        first, second, year = (int(each) for each in match.groups())
        day, month = (first, second) if day_first else (second, first)
        date = f"{year:04}-{month:02}-{day:02}"
    elif match := _YEAR_FIRST.match(words):
        date = "-".join(each.zfill(2) for each in match.groups() if each)
    elif match := _QUARTER.match(words):
        date = f"{match[1] or match[4]}-{32 + int(match[2] or match[3])}"
    else:
        date = edtf.from_words(words, language or "en")
    return date if date is not None and edtf.is_valid(date) else None


# -- a first guess ------------------------------------------------------------------------------


def _guess(rows: Sequence[Row], width: int, language: str | None) -> Mapping:
    """The column that is mostly dates, then the first that is mostly numbers."""
    some = rows[:MOST_GUESSED_FROM]
    columns = [[cell.words for row in some if (cell := row.cell(at))] for at in range(width)]
    dates = [_share(column, _looks_dated) for column in columns]
    date = max(range(width), key=lambda at: dates[at], default=None)
    if date is not None and dates[date] < 0.6:
        date = None
    numbers = [_share(column, lambda words: number_in(words) is not None) for column in columns]
    of_numbers = [at for at in range(width) if at != date and numbers[at] >= 0.5]
    value = of_numbers[-1] if of_numbers else 0
    guess = Mapping(value, date)
    if width:
        commas = sum(bool(re.search(r"\d,\d{1,2}$|\.\d{3},", each)) for each in columns[value])
        points = sum(bool(re.search(r"\d\.\d{1,2}$|,\d{3}\.", each)) for each in columns[value])
        month_first = date is not None and any(
            (found := _DAY_FIRST_OR_LAST.match(each)) and int(found[2]) > 12
            for each in columns[date]
        )
        guess = replace(guess, decimal="," if commas > points else ".", day_first=not month_first)
    head = _names(rows, width, guess)
    named = [at for at in range(width) if at not in (date, value) and numbers[at] < 0.5
             and len(set(columns[at])) > 1 and dates[at] < 0.5]  # fmt: skip
    return replace(guess, of=named[0] if named else (head[value] if head else None))


def _looks_dated(words: str) -> bool:
    return any(each.match(words) for each in (_YEAR, _YEAR_FIRST, _DAY_FIRST_OR_LAST, _QUARTER))


def _share(column: Sequence[str], is_one: Callable[[str], bool]) -> float:
    return sum(map(is_one, column)) / len(column) if column else 0.0


def _names(rows: Sequence[Row], width: int, guess: Mapping) -> tuple[str, ...]:
    """The cells of the first row where it is a head; nothing where it is not."""
    head = rows[0] if rows else None
    value = head.cell(guess.value) if head is not None else None
    has_head = value is not None and number_in(value.words) is None
    named = [head.cell(at) if head is not None and has_head else None for at in range(width)]
    return tuple(cell.words if cell is not None else "" for cell in named)


# -- rows ---------------------------------------------------------------------------------------


def _rows(text: str, passage_id: int, start: int, end: int) -> list[Row]:
    while text[start - 1 : start] == "\t":  # cells that say nothing, before the passage begins
        start -= 1
    found = []
    for line in text[start:end].split("\n"):
        cells = []
        at = start
        for words in line.split("\t"):
            inside = words.strip()
            cells.append(Cell(at + words.find(inside), inside))
            at += len(words) + 1
        found.append(Row(passage_id, tuple(cells)))
        start += len(line) + 1
    return found


def _unit(words: str, language: str | None) -> tuple[str | None, FigureKind, float]:
    """A unit by the name the lexicon knows it by, its kind, and what one of it is worth in it."""
    words = words.strip()
    if not words:
        return None, "count", 1.0
    if words in ("%", "percent"):
        return "percent", "percent", 1.0
    for said in (f"5 {words}", f"{words} 5"):
        for figure in quantities.figures(said, Context(language=language or "en")):
            if figure.unit is not None and figure.value_high is None:
                return figure.unit, figure.kind, figure.value / 5
    return words[:60], "other", 1.0


def _overlaps(held: Sequence[tuple[int, int]], figure: Figure) -> bool:
    at = bisect_left(held, (figure.end, 0))
    return any(end > figure.start for _, end in held[max(0, at - 4) : at])


def _figure_row(source_id: int, text_id: int, row: Row, figure: Figure) -> dict[str, object]:
    earliest, latest = figure_rows.days(figure.date)
    made: dict[str, object] = {name: getattr(figure, name) for name in figure_rows.FIELDS}
    return made | {
        "uuid": str(uuids.uuid4()),
        "source_id": source_id,
        "text_id": text_id,
        "passage_id": row.passage_id,
        "earliest": earliest,
        "latest": latest,
        "rules": json.dumps(figure.rules),
        "why": json.dumps(figure.why, ensure_ascii=False),
        "status": "accepted",
    }
