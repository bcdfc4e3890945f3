"""A person's own units and nouns: read, told of where they are wrong, used by the grammar."""

import pytest

from db import figures, ingest, own_words, quantities
from db.quantities import lexicon
from db.records import Context

TABLE = """language,unit,kind,words
en,picnic hamper,count,hamper; hampers
en,wispel,other,wispel; wispels

# a remark
de,chest,count,Kiste; Kisten
"""


@pytest.fixture
def table(home):
    home.mkdir(parents=True, exist_ok=True)
    path = own_words.place()
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _forgotten():
    yield
    lexicon.use(())


def test_without_a_table_there_are_no_words(home):
    assert own_words.read() == ((), [])


def test_the_words_are_read(table):
    words, wrong = own_words.read()
    assert wrong == []
    assert [(word.language, word.unit, word.kind) for word in words] == [
        ("en", "picnic hamper", "count"),
        ("en", "wispel", "other"),
        ("de", "chest", "count"),
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("en,catty", "too_few_columns"),
        ("xx,catty,mass,catty", "unknown_language"),
        ("en,,mass,catty", "no_unit"),
        ("en,catty,weight,catty", "unknown_kind"),
        ("en,catty,mass,;", "no_words"),
    ],
)
def test_a_bad_line_is_told_by_its_number_and_the_others_are_used(table, line, problem):
    table.write_text(TABLE + line + "\nen,keg,count,keg; kegs\n", encoding="utf-8")
    words, wrong = own_words.read()
    assert [(error.facts["line"], error.facts["problem"]) for error in wrong] == [(7, problem)]
    assert words[-1].unit == "keg"


def test_the_grammar_uses_them_until_they_are_taken_away(table):
    lexicon.use(own_words.read()[0])
    (figure,) = quantities.figures("They sent 12 hampers.", Context(language="en"))
    assert figure.unit == "picnic hamper"
    (figure,) = quantities.figures("They sold 40 wispels.", Context(language="en"))
    assert (figure.unit, figure.kind) == ("wispel", "other")
    lexicon.use(())
    (figure,) = quantities.figures("They sent 12 hampers.", Context(language="en"))
    assert figure.unit == "hamper"


def test_an_import_uses_them(archive, table, tmp_path):
    (tmp_path / "note.txt").write_text("In 1940 they sent 12 hampers.")
    ingest.add(archive, [tmp_path / "note.txt"])
    assert [kept.figure.unit for kept in figures.all(archive)] == ["picnic hamper"]
