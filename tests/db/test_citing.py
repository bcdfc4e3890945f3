"""References in a style say what is known of a source and nothing else."""

import threading

import pytest

from db import citing, sources
from db.records import Span
from tests.db.annotated_archive import LETTER, add_source


def described(archive, **fields):
    source_id, _ = add_source(archive, "Letter on boilers & <pumps>", LETTER)
    sources.describe(archive, source_id, **fields)
    return source_id


@pytest.mark.parametrize(
    ("style", "wanted"),
    [
        (
            "note",
            "Ada Reed and Harbour office, ‘Letter on boilers & <pumps>’, letter, 3 March 1938,"
            " HP/1, An archive.",
        ),
        (
            "author-date",
            "Reed, Ada and Harbour office (1938) ‘Letter on boilers & <pumps>’, HP/1, An archive.",
        ),
        ("no such style", None),
    ],
)
def test_each_style_has_its_order(archive, style, wanted):
    source_id = described(
        archive, creator="Reed, Ada; Harbour office", date="1938-03-03", genre="letter",
        reference_code="HP/1",
    )  # fmt: skip
    cited = citing.cite(archive, source_id, Span(0, 4), style)
    assert cited.reference == wanted or (wanted is None and cited.reference)
    assert cited.link.endswith("/1#0,4")


@pytest.mark.parametrize(
    ("date", "words"),
    [("1938~", "about 1938"), ("1940-21", "spring 1940"), ("1938/1940", "1938 to 1940"),
     ("1938", "1938"), ("1938-03", "March 1938")],
)  # fmt: skip
def test_an_uncertain_date_stays_uncertain(archive, date, words):
    cited = citing.cite(archive, described(archive, date=date), Span(0, 4))
    assert f", {words}, An archive" in cited.reference


def test_a_source_of_which_only_the_title_is_known(archive):
    cited = citing.cite(archive, described(archive), Span(0, 4))
    assert cited.reference == "‘Letter on boilers & <pumps>’, An archive."


def test_the_page_of_the_words_is_named(archive):
    source_id = described(archive)
    with archive.writing("passages") as database:
        database.execute("UPDATE passages SET page = '12' WHERE ordinal = 1")
    at = LETTER.index("Nobody")
    assert citing.cite(archive, source_id, Span(at, at + 6)).reference.endswith(", p. 12.")
    assert "p. 12" not in citing.cite(archive, source_id, Span(0, 4)).reference


def test_two_threads_cite_at_once(archive):
    source = sources.get(archive, described(archive, creator="Reed, Ada"))
    said = []

    def many():
        said.extend(citing.reference(source, "A") for _ in range(20))

    threads = [threading.Thread(target=many) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(said)) == 1
    assert len(said) == 40
