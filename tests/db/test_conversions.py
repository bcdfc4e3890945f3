import json

import pytest

from db import conversions, errors

TABLE = """from,to,factor,first,last,source
GBP,USD,4.03,1939-09,1949-09,Yearbook p. 3

ton,tonne,1.016,,,Act
"""


def written(tmp_path, text):
    path = tmp_path / "rates.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_is_read_with_where_each_rate_stands(tmp_path):
    table = conversions.read(written(tmp_path, TABLE))
    assert table.name == "rates.csv"
    assert [(rate.unit, rate.into, rate.factor, rate.source) for rate in table.rates] == [
        ("GBP", "USD", 4.03, "Yearbook p. 3"), ("ton", "tonne", 1.016, "Act"),
    ]  # fmt: skip
    assert (table.rates[0].first, table.rates[0].last) == ("1939-09", "1949-09")


def test_a_table_comes_back_from_what_is_kept_of_it(tmp_path):
    table = conversions.read(written(tmp_path, TABLE))
    assert conversions.from_data(json.loads(json.dumps(conversions.to_data(table)))) == table
    assert conversions.from_data(conversions.to_data(None)) is None


@pytest.mark.parametrize(
    ("text", "problem", "line"),
    [
        ("", "empty", 0),
        ("a,b\n1,2\n", "columns", 2),
        ("from,to,factor,source\n,USD,2,x\n", "unit", 2),
        ("from,to,factor,source\nGBP,USD,2,\n", "source", 2),
        ("from,to,factor,source\nGBP,USD,many,x\n", "factor", 2),
        ("from,to,factor,source\nGBP,USD,-1,x\n", "factor", 2),
        ("from,to,factor,source\nGBP,USD,nan,x\n", "factor", 2),
        ("from,to,factor,first,source\nGBP,USD,2,soon,x\n", "date", 2),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path, text, problem, line):
    with pytest.raises(errors.BadConversions) as refused:
        conversions.read(written(tmp_path, text))
    assert (refused.value.facts["problem"], refused.value.facts["line"]) == (problem, line)


@pytest.mark.parametrize(
    "data", [None, 7, {}, {"rates": 3}, {"rates": [[1]]}, {"rates": [["a", "b", 0, "c", "", ""]]}]
)
def test_anything_else_is_no_table(data):
    assert conversions.from_data(data) is None
