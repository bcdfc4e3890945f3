"""Sums and shares in short texts: right ones agree, wrong ones differ, others raise nothing."""

import csv
from pathlib import Path

import pytest

from db import findings, quantities
from db.noticed import Stated, Told, half_unit
from db.records import Context

_TABLE = Path(__file__).parents[1] / "data" / "findings" / "prose.tsv"
with _TABLE.open(encoding="utf-8", newline="") as _file:
    CASES = [tuple(row.values()) for row in csv.DictReader(_file, delimiter="\t")]
TOLD = [case for case in CASES if case[1]]
UNRELATED = [(language, text) for language, kind, _, text in CASES if not kind]


def noticed_in(text, language="en"):
    read = quantities.figures(text, Context(language=language))
    figures = tuple(Stated(at, figure, half_unit(figure)) for at, figure in enumerate(read))
    return findings.in_source([Told(1, 1, 0, 0, "paragraph", text, figures)], language)


@pytest.mark.parametrize(("language", "kind", "verdict", "text"), TOLD)
def test_a_text_raises_one_finding_with_the_verdict_its_numbers_give(language, kind, verdict, text):
    assert [(each.kind, each.verdict) for each in noticed_in(text, language)] == [(kind, verdict)]


@pytest.mark.parametrize(("language", "text"), UNRELATED)
def test_numbers_that_have_nothing_to_do_with_each_other_raise_nothing(language, text):
    assert noticed_in(text, language) == []


def test_no_message_speaks_of_an_error():
    for language, *_, text in TOLD:
        for each in noticed_in(text, language):
            assert "error" not in each.message.lower()
            assert each.message.endswith(".")
