"""How well extracted figures and periods agree with those a person marked: F1, three ways."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import db.edtf
from db.records import Extraction

GOLD = Path(__file__).parents[2] / "data" / "figures"
# A marked figure of another tier may be found or missed: neither is counted.
_COUNTED = "core"

_SAME_UNIT = {
    "aeroplane": "aircraft",
    "airplane": "aircraft",
    "plane": "aircraft",
    "people": "person",
    "human": "person",
    "individual": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "feet": "foot",
    "%": "percent",
    "per cent": "percent",
    "dollar": "USD",
    "us dollar": "USD",
    "pound sterling": "GBP",
    "yuan": "CNY",
    "rouble": "RUB",
    "ruble": "RUB",
    "rupee": "INR",
    "franc": "FRF",
    "french franc": "FRF",
    "meter": "metre",
    "kilometer": "kilometre",
    "liter": "litre",
    "laborer": "labourer",
    "gramme": "gram",
    "kilogramme": "kilogram",
    "metric ton": "tonne",
}


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with what a person marked in it; rows are the gold's own lines."""

    name: str
    language: str
    held: bool
    text: str
    figures: tuple[dict[str, Any], ...]
    dates: tuple[dict[str, Any], ...]


@dataclass(slots=True)
class Tally:
    """Hits, findings and gold of one measure over any number of texts."""

    hits: int = 0
    found: int = 0
    gold: int = 0

    def f1(self) -> float:
        return 2 * self.hits / (self.found + self.gold) if self.found + self.gold else 0.0

    def add(self, hits: int, found: int, gold: int) -> None:
        self.hits += hits
        self.found += found
        self.gold += gold


@dataclass(frozen=True, slots=True)
class Score:
    """The three measures: value and unit, the same with the date, and dates by themselves."""

    value_unit: Tally
    value_unit_date: Tally
    periods: Tally

    @classmethod
    def empty(cls) -> "Score":
        return cls(Tally(), Tally(), Tally())


def marked_texts(folder: Path = GOLD) -> list[Marked]:
    """Every text of the gold, ordered by language and name."""
    texts = []
    for path in sorted(folder.glob("*/*.txt")):
        name = path.name.removesuffix(".txt")
        texts.append(
            Marked(
                name=name,
                language=path.parent.name,
                held=name.endswith(".held"),
                text=path.read_text(encoding="utf-8"),
                figures=tuple(_rows(path.with_name(f"{name}.figures.jsonl"))),
                dates=tuple(_rows(path.with_name(f"{name}.dates.jsonl"))),
            )
        )
    return texts


def add_to(score: Score, marked: Marked, extraction: Extraction) -> None:
    """Counts one text's extraction into `score`."""
    found = extraction.figures
    pairs = _pairs(
        [(row["start"], row["end"]) for row in marked.figures],
        [(figure.start, figure.end) for figure in found],
        lambda i, j: _values_agree(marked.figures[i], found[j].value, found[j].value_high),
    )
    optional = {i for i, row in enumerate(marked.figures) if row["tier"] != _COUNTED}
    free = {j for i, j in pairs.items() if i in optional}
    free |= {
        j
        for j, figure in enumerate(found)
        if j not in pairs.values()
        and any(
            figure.start < marked.figures[i]["end"] and marked.figures[i]["start"] < figure.end
            for i in optional
        )
    }
    unit = dated = 0
    for i, j in pairs.items():
        if i in optional:
            continue
        row, figure = marked.figures[i], found[j]
        if not _values_agree(row, figure.value, figure.value_high):
            continue
        if not units_agree(row, figure.unit):
            continue
        unit += 1
        dated += row["date"] is None or _dates_agree(
            [row["date"], *row.get("date_alt", ())], figure.date
        )
    counted, gold = len(found) - len(free), len(marked.figures) - len(optional)
    score.value_unit.add(unit, counted, gold)
    score.value_unit_date.add(dated, counted, gold)

    periods = extraction.periods
    pairs = _pairs(
        [(row["start"], row["end"]) for row in marked.dates],
        [(period.start, period.end) for period in periods],
        lambda i, j: _dates_agree(_edtf(marked.dates[i]), periods[j].date),
    )
    optional = {i for i, row in enumerate(marked.dates) if row.get("tier", _COUNTED) != _COUNTED}
    right = sum(
        _dates_agree(_edtf(marked.dates[i]), periods[j].date)
        for i, j in pairs.items()
        if i not in optional
    )
    free = {j for i, j in pairs.items() if i in optional}
    score.periods.add(right, len(periods) - len(free), len(marked.dates) - len(optional))


def units_agree(row: dict[str, Any], unit: str | None) -> bool:
    """Whether `unit` is one that the gold allows; of what is counted the last noun decides."""
    if not unit:
        return False
    allowed = {_unit(name) for name in (row["unit"], *row.get("unit_alt", ()))}
    given = _unit(unit)
    if given in allowed:
        return True
    if row["kind"] != "count":
        return False
    return _unit(given.rsplit(" ", 1)[-1]) in {_unit(name.rsplit(" ", 1)[-1]) for name in allowed}


def _rows(path: Path) -> Iterable[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _edtf(row: dict[str, Any]) -> list[str]:
    return [row["edtf"], *row.get("edtf_alt", ())]


def _pairs(
    gold: Sequence[tuple[int, int]], found: Sequence[tuple[int, int]], agrees: Any
) -> dict[int, int]:
    """Gold to found, one to one, the best first: same meaning, then the larger shared part."""
    ranked = []
    for i, (start, end) in enumerate(gold):
        for j, (left, right) in enumerate(found):
            shared = min(end, right) - max(start, left)
            if shared > 0:
                whole = max(end, right) - min(start, left)
                ranked.append((-shared / whole - 0.5 * bool(agrees(i, j)), i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(ranked):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _values_agree(row: dict[str, Any], value: float, high: float | None) -> bool:
    if row["value_high"] is None:
        one = high is None or _close(high, value)
        return one and any(_close(v, value) for v in (row["value"], *row.get("value_alt", ())))
    if high is None:
        return False
    ends = (row["value"], row["value_high"])
    return any(_close(ends[0], a) and _close(ends[1], b) for a, b in ((value, high), (high, value)))


def _close(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-6 * max(abs(a), abs(b))


def _dates_agree(allowed: Sequence[str], date: str | None) -> bool:
    if date is None:
        return False
    given = db.edtf.bounds(date)
    return given != (None, None) and any(db.edtf.bounds(edtf) == given for edtf in allowed)


def _unit(name: str) -> str:
    name = " ".join(name.split())
    if len(name) == 3 and name.isupper():
        return name
    name = name.lower()
    head, _, last = name.rpartition(" ")
    name = f"{head} {_singular(last)}".strip()
    return _SAME_UNIT.get(name, name)


def _singular(noun: str) -> str:
    noun = _SAME_UNIT.get(noun, noun)
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "xes", "ches", "shes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and len(noun) > 2:
        return noun[:-1]
    return noun
