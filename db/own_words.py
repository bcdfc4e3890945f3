"""Units and counted nouns that a person adds to the lexicons, in a table beside the settings.

The table is CSV with a heading, made to be kept in a spreadsheet:

    language,unit,kind,words
    en,catty,mass,catty; catties
    de,chest,count,Kiste; Kisten
"""

import csv
import io
from pathlib import Path
from typing import get_args

from db import errors, known
from db.quantities.lexicon import LANGUAGES, Word
from db.records import FigureKind

COLUMNS = ("language", "unit", "kind", "words")
_MOST_WORDS = 5_000


def place() -> Path:
    """Where the person's table lies (it need not exist)."""
    return known.folder() / "lexicon.csv"


def read(path: Path | None = None) -> tuple[tuple[Word, ...], list[errors.BadLexicon]]:
    """The words that can be used, and one error for each line that cannot."""
    path = path or place()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return (), []
    except (OSError, UnicodeDecodeError) as error:
        return (), [errors.BadLexicon(path=path, line=0, problem=f"unreadable: {error}")]
    words: list[Word] = []
    wrong: list[errors.BadLexicon] = []
    rows = csv.reader(io.StringIO(text))
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if not any(cells) or cells[0].startswith("#") or tuple(cells[:4]) == COLUMNS:
                continue
            problem = _problem(cells)
            if problem or len(words) >= _MOST_WORDS:
                problem = problem or "too_many"
                wrong.append(errors.BadLexicon(path=path, line=rows.line_num, problem=problem))
                continue
            language, unit, kind, named = cells[:4]
            forms = tuple(form.strip() for form in named.split(";") if form.strip())
            words.append(Word(language, unit, kind or "count", forms))
    except csv.Error:
        wrong.append(errors.BadLexicon(path=path, line=rows.line_num, problem="not_csv"))
    return tuple(words), wrong


def _problem(cells: list[str]) -> str:
    if len(cells) < len(COLUMNS):
        return "too_few_columns"
    language, unit, kind, words = cells[:4]
    if language not in LANGUAGES:
        return "unknown_language"
    if not unit or len(unit.split()) > 3 or unit != unit.strip():
        return "no_unit"
    if kind and kind not in get_args(FigureKind):
        return "unknown_kind"
    if not any(form.strip(" *") for form in words.split(";")):
        return "no_words"
    return ""
