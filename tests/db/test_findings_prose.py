"""Sums and shares in short texts: right ones agree, wrong ones differ, others raise nothing."""

import pytest

from db import findings, quantities
from db.noticed import Stated, Told, half_unit
from db.records import Context
from tests.db.finding_cases import FALSE, TRUE, UNRELATED


def noticed_in(text, language="en"):
    read = quantities.figures(text, Context(language=language))
    figures = tuple(Stated(at, figure, half_unit(figure)) for at, figure in enumerate(read))
    return findings.in_source([Told(1, 1, 0, 0, "paragraph", text, figures)], language)


def told(text, language):
    return {(each.kind, each.verdict) for each in noticed_in(text, language)}


@pytest.mark.parametrize(("language", "text", "expected"), TRUE)
def test_what_adds_up_is_said_to_agree(language, text, expected):
    assert told(text, language) == expected


@pytest.mark.parametrize(("language", "text", "expected"), FALSE)
def test_what_does_not_add_up_is_said_to_differ(language, text, expected):
    assert told(text, language) == expected


@pytest.mark.parametrize(("language", "text"), UNRELATED)
def test_numbers_that_have_nothing_to_do_with_each_other_raise_nothing(language, text):
    assert told(text, language) == set()


@pytest.mark.parametrize(("language", "text", "expected"), [*TRUE, *FALSE])
def test_one_statement_raises_one_finding(language, text, expected):
    assert len(noticed_in(text, language)) == len(expected)
