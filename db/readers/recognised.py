"""Words read in pictures by the engine that is installed here (tesseract), with how sure it is.

Each passage keeps the engine's confidence; languages are those asked for, else all that it has.
"""

import csv
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import fmean

from db.readers import converted
from db.readers.canonical import canonical
from db.readers.scanned import flowing
from db.records import Block, Recognition

# The best guess where nobody chose: each language more makes the engine slower and less sure.
_USUAL = ("eng", "rus", "deu", "fra", "chi_sim", "chi_tra", "ukr", "spa", "ita", "pol")
_NOT_OF_A_LANGUAGE = ("osd", "equ")
SECONDS = 540.0  # for all pages of one file; who imports may stop at any time


@dataclass(frozen=True, slots=True)
class Read:
    """A passage as the engine read it, and how sure it is of its words, from 0 to 100."""

    words: str
    confidence: float
    page: int = 1  # of a picture that holds several


def engine() -> str | None:
    """The program that reads pictures, if there is one here."""
    return shutil.which("tesseract")


@cache
def _listed(program: str) -> tuple[str, ...]:
    said = converted.run([program, "--list-langs"]).decode("utf-8", "replace")
    return tuple(
        name for name in said.split() if name.isidentifier() and name not in _NOT_OF_A_LANGUAGE
    )


def languages() -> tuple[str, ...]:
    """What the engine can read, by its own names (eng, deu, chi_sim); nothing without one."""
    program = engine()
    return _listed(program) if program is not None else ()


class Engine:
    """Reads one picture after the other, in the languages asked for, until its time is over."""

    def __init__(self, asked: str = "") -> None:
        installed = languages()
        wanted = [name for name in asked.replace(",", "+").split("+") if name in installed]
        usual = [name for name in _USUAL if name in installed]
        self.languages = "+".join(wanted or usual) or "eng"
        self._until = time.monotonic() + SECONDS

    def has_time(self) -> bool:
        """Whether another page may be begun."""
        return time.monotonic() < self._until

    def read(self, data: bytes, suffix: str) -> list[Read]:
        """The passages of one picture. Raises Unreadable where the engine cannot read it."""
        program = engine()
        if program is None:
            return []
        options = ("stdout", "-l", self.languages, "--psm", "3", "tsv")
        said = converted.run([program], data, suffix, options)
        return list(_passages(canonical(said.decode("utf-8", "replace"))[0]))


def noted(engine: Engine, found: Sequence[tuple[Block, Read]]) -> Recognition:
    """What is kept of a reading: its languages, and of each passage read how sure it is."""
    mean = round(fmean(read.confidence for _, read in found)) if found else 0
    each = tuple((block.start, round(read.confidence)) for block, read in found)
    return Recognition(engine.languages, mean, each)


def _passages(table: str) -> Iterator[Read]:
    """The paragraphs of the engine's table of words, a row a word."""
    lines: dict[tuple[str, ...], dict[str, list[str]]] = {}  # of each paragraph
    sure: dict[tuple[str, ...], list[float]] = {}
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        words = (row.get("text") or "").strip()
        try:
            confidence = float(row.get("conf") or -1)
        except ValueError:
            continue
        if not words or confidence < 0:
            continue
        paragraph = tuple(row[name] or "" for name in ("page_num", "block_num", "par_num"))
        lines.setdefault(paragraph, {}).setdefault(row["line_num"] or "", []).append(words)
        sure.setdefault(paragraph, []).append(confidence)
    for paragraph, confidences in sure.items():
        said = [" ".join(words) for words in lines[paragraph].values()]
        page = int(paragraph[0]) if paragraph[0].isdecimal() else 1
        yield Read(flowing(said).replace("\n", " "), fmean(confidences), page)
