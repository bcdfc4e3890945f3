"""How many of the cases that other extractors are tested with the grammar reads, too.

The least numbers are what was read last; they may only rise. Half of the English number words are
sums no prose holds ("a hundred trillionths", "1.1^23").
"""

import csv
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
# Missed are lengths of time inside dates ("3 years ago"), powers of ten and units of physics.
QUANTITIES_WITH_A_UNIT = 67
# Missed are the moneys of today's web shops that no archive's table needs.
PRICES = 604
QUADRILLION = 1e15
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


def hits_of(model: str, language: str) -> int:
    """How many of the values of `model` the grammar reads."""
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
    return hits


@pytest.mark.parametrize(
    ("model", "language", "least"),
    [
        ("NumberWithUnit/CurrencyModel", "English", 108),
        ("NumberWithUnit/DimensionModel", "English", 56),
        ("NumberWithUnit/TemperatureModel", "English", 18),
        ("Number/PercentModel", "English", 9),
        ("Number/PercentModel", "German", 12),
        ("NumberWithUnit/CurrencyModel", "German", 26),
    ],
)
def test_most_units_and_sums_of_other_extractors_are_read(
    model: str, language: str, least: int
) -> None:
    assert hits_of(model, language) >= least


@pytest.mark.parametrize(("language", "least"), [("English", 121), ("German", 48)])
def test_most_number_words_of_other_extractors_are_read(language: str, least: int) -> None:
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
    assert hits >= least


def spelt(text: str, code: str) -> float | None:
    """The number that `text` spells out, None where it is not one number from end to end."""
    tokens = read(text, 0, len(text), code)
    number = Reader(tokens, code, ".").at(0) if tokens else None
    return number.value if number is not None and number.last == len(tokens) else None


@pytest.mark.parametrize("code", ["en", "ru"])
def test_number_words_of_a_parser_of_many_languages_are_read(code: str) -> None:
    folders = ("hundreds", "permutations")  # ordinals are no figures, and their file is left out
    read_right, wrong, total = 0, [], 0
    for folder in folders:
        for path in sorted(
            (CASES / "number_parser" / "tests" / "data" / folder).glob(f"{code}_*.csv")
        ):
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    value, text = float(row["number"]), row["text"].strip().lower()
                    if value == 0 or value >= QUADRILLION:
                        continue  # what nobody counts, and what is not there
                    total += 1
                    right = spelt(text, code) == value
                    read_right += right
                    wrong += [] if right else [text]
    print(f"number words {code}: {read_right} of {total}; not read: {wrong[:8]}")
    assert read_right == total > 300


def test_quantities_of_a_unit_parser_are_read() -> None:
    path = CASES / "quantulum3" / "quantulum3" / "_lang" / "en_US" / "tests" / "quantities.json"
    hits = total = 0
    missed = []
    for row in json.loads(path.read_text(encoding="utf-8")):
        figures = quantities.figures(row["req"], Context(language="en"))
        ends = {end for one in figures for end in (one.value, one.value_high) if end is not None}
        for wanted in row["res"]:
            if wanted.get("unit", "dimensionless") == "dimensionless":
                continue  # a number that counts and measures nothing is no figure
            apart = wanted.get("uncertainty") or 0.0
            total += 1
            hit = any(
                abs(end - each) <= 1e-6 * max(1.0, abs(each))
                for end in ends
                for each in (wanted["value"] - apart, wanted["value"] + apart)
            )
            hits += hit
            missed += [] if hit else [wanted["surface"]]
    print(f"quantities with a unit: {hits} of {total}; not read: {missed[:12]}")
    assert hits >= QUANTITIES_WITH_A_UNIT


def test_prices_of_a_price_parser_are_read() -> None:
    path = CASES.parent / "d_edtf" / "price_parser_examples.json"
    hits = total = out = 0
    missed = []
    for sign, price, currency, _, amount, *_ in json.loads(path.read_text("utf-8"))["examples"]:
        text = f"{price}" if currency and str(currency) in str(price) else f"{sign or ''} {price}"
        if amount is None or not currency:
            out += 1  # no price, or no money named
            continue
        total += 1
        figures = quantities.figures(f"It costs {text}", Context(language="en"))
        hit = any(abs(one.value - amount) < 0.011 for one in figures)
        hits += hit
        missed += [] if hit else [text]
    print(f"prices: {hits} of {total}, {out} out of scope; not read: {missed[:12]}")
    assert hits >= PRICES
