"""How many of the cases that other extractors are tested with the grammar reads, too.

Half of the English number words are sums no prose holds ("a hundred trillionths", "1.1^23").
"""

import json
from pathlib import Path
from typing import Any

import pytest

from db import quantities
from db.quantities.number_words import Reader
from db.quantities.tokens import read
from db.records import Context

CASES = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "e_quantities"
SPECS = CASES / "ms_recognizers" / "Specs"
LANGUAGES = {"English": "en", "German": "de"}

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not SPECS.exists(), reason="the corpus of other extractors is not here"),
]


def cases(model: str, language: str) -> list[tuple[str, list[float]]]:
    """(text, values) of one file of cases; those without a plain value are left out."""
    path = SPECS / f"{model.split('/')[0]}/{language}/{model.split('/')[1]}.json"
    if not path.exists():
        return []
    found: list[tuple[str, list[float]]] = []
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8-sig"))
    for row in rows:
        values: list[float] = []
        for result in row.get("Results") or []:
            stated = str((result.get("Resolution") or {}).get("value"))
            try:
                values.append(float(stated.rstrip("%")))
            except ValueError:
                break
        else:
            if values and "python" not in str(row.get("NotSupported", "")).lower():
                found.append((row["Input"], values))
    return found


def share(model: str, language: str) -> float:
    """The share of the values of `model` that the grammar reads."""
    hits = total = 0
    for text, values in cases(model, language):
        code = LANGUAGES[language]
        got: list[float] = []
        for one in quantities.figures(text, Context(language=code)):
            got += [one.value, *([one.value_high] if one.value_high is not None else [])]
            if one.kind == "money":
                got += [one.value * 100]
        for value in values:
            total += 1
            hits += any(abs(value - other) <= 1e-6 * max(1.0, abs(value)) for other in got)
    print(f"{model} {language}: {hits} of {total} values")
    return hits / total if total else 1.0


@pytest.mark.parametrize(
    ("model", "language", "least"),
    [
        ("NumberWithUnit/CurrencyModel", "English", 0.85),
        ("NumberWithUnit/DimensionModel", "English", 0.75),
        ("NumberWithUnit/TemperatureModel", "English", 0.6),
        ("Number/PercentModel", "English", 0.6),
        ("Number/PercentModel", "German", 0.9),
        ("NumberWithUnit/CurrencyModel", "German", 0.95),
    ],
)
def test_most_units_and_sums_of_other_extractors_are_read(
    model: str, language: str, least: float
) -> None:
    assert share(model, language) >= least


@pytest.mark.parametrize(("language", "least"), [("English", 0.5), ("German", 0.8)])
def test_most_number_words_of_other_extractors_are_read(language: str, least: float) -> None:
    code = LANGUAGES[language]
    hits = total = 0
    for text, values in cases("Number/NumberModel", language):
        tokens = read(text, 0, len(text), code)
        reader = Reader(tokens, code, "," if code == "de" else ".")
        got: set[float] = set()
        at = 0
        while at < len(tokens):
            number = reader.at(at)
            at = number.last if number else at + 1
            if number:
                got.add(round(number.value, 6))
        total += len(values)
        hits += sum(round(abs(value), 6) in got for value in values)
    print(f"number words {language}: {hits} of {total}")
    assert total
    assert hits / total >= least
