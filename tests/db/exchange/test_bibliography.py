"""Sources go out as references in three formats and come in again, matched or new."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import errors, exchange, history, sources
from db.exchange import bibtex, csl, reference, ris, taking
from db.exchange.reference import Name, Reference

READERS = {"bib": bibtex.read, "ris": ris.read, "csl.json": csl.read}


@pytest.mark.parametrize("name", READERS)
def test_references_go_out_and_come_in_the_same(tree, all_going, tmp_path, name):
    path = tmp_path / f"out.{name}"
    exchange.write(tree, name, path, restricted=True)
    wanted = reference.all(all_going)
    assert READERS[name](path) == wanted
    assert wanted[0].key == "reed1938letter"
    assert wanted[0].authors == (Name(family="Reed", given="Ada"), Name(literal="Harbour office"))


# Without line ends, which RIS has none of within a value, and without what the readers trim.
LINE = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs", "Cf", "Co", "Cn"])
    | st.sampled_from("\\{}$&%#_^~"),
    min_size=1,
    max_size=12,
)


@given(LINE, LINE)
@settings(max_examples=150, deadline=None)
def test_any_title_comes_through_tex(title, notes):
    fields = bibtex._fields(Reference("k", title, notes=notes))
    found = {name: bibtex._plain(value) for name, value in fields}
    assert (found["title"], found["note"]) == (title, notes)


@pytest.mark.parametrize("date", ["1938", "1938-03", "1938-03-03", "1938/1940", "193X", "1938~",
                                  "1940-21", "../1938", "-0044-03-15", "1938-03~/1939"])  # fmt: skip
def test_any_date_comes_through(tmp_path, date):
    made = Reference("k", "T", date=date)
    assert csl._reference(csl.item(made)).date == date
    lines = {}
    for tag, value in ris._lines(made):
        lines.setdefault(tag, []).append(value)
    assert ris._reference(lines).date == date
    assert bibtex._date(dict(bibtex._fields(made))) == date


def test_what_other_programs_write_is_read(tmp_path):
    (tmp_path / "a.bib").write_text(
        "@comment{x}\n@string{p = {Port Press}}\n@article{k, author = {de la Cruz, Mar{\\'i}a and"
        " {Port Office} and Ann Lee}, title = {On {B}oilers \\& pumps}, year = 1938, month = mar}",
        "utf-8",
    )
    (found,) = bibtex.read(tmp_path / "a.bib")
    assert found.title == "On Boilers & pumps"
    assert found.authors == (
        Name(family="de la Cruz", given="María"), Name("Port Office"), Name("Ann Lee"),
    )  # fmt: skip
    assert (found.date, found.kind) == ("1938-03", "article-journal")
    (tmp_path / "a.ris").write_bytes(
        b"TY  - NEWS\r\nT1  - A long\r\n title\r\nA1  - Lee, Ann\r\nY1  - 1938/03/04/\r\n"
        b"N1  - one\r\nER  - \r\n\r\nTY  - BOOK\r\nER  -\r\n"
    )
    (found,) = ris.read(tmp_path / "a.ris")
    assert (found.title, found.date, found.notes) == ("A long title", "1938-03-04", "one")
    (tmp_path / "a.csl.json").write_text(
        '{"items": [{"id": 7, "type": "book", "title": "T", "author": [{"family": "Berg",'
        ' "given": "A", "non-dropping-particle": "van"}], "issued": {"date-parts": [["1938", 3]]}}]}',
        "utf-8",
    )
    (found,) = csl.read(tmp_path / "a.csl.json")
    assert (found.key, found.creator, found.date) == ("7", "van Berg, A", "1938-03")


@pytest.mark.parametrize(("name", "words"), [("a.bib", "no entry"), ("a.ris", "TI  - x"),
                                            ("a.csl.json", "{")])  # fmt: skip
def test_what_is_no_bibliography_is_refused(archive, tmp_path, name, words):
    (tmp_path / name).write_text(words, "utf-8")
    with pytest.raises(errors.Unreadable):
        taking.take_in(archive, tmp_path / name)
    with pytest.raises(errors.Unreadable):
        taking.take_in(archive, tmp_path / f"missing-{name}")


@pytest.mark.parametrize("name", READERS)
def test_what_went_out_is_recognised_and_changes_nothing(tree, tmp_path, name):
    path = tmp_path / f"out.{name}"
    exchange.write(tree, name, path)
    before = sources.all(tree)
    taken = taking.take_in(tree, path)
    assert (taken.matched, taken.source_ids, taken.conflicts) == (1, (), ())
    assert sources.all(tree) == before


def test_a_reference_completes_makes_or_differs_and_all_is_undone_at_once(tree, tmp_path):
    before = sources.all(tree)
    (tmp_path / "in.ris").write_text(
        "TY  - GEN\nTI  - another title\nCN  - hp/2/1\nLA  - fr\nAU  - Berg, Olav\nER  - \n"
        "TY  - BOOK\nTI  - A new book\nDA  - 1950///\nER  - \n",
        "utf-8",
    )
    taken = taking.take_in(tree, tmp_path / "in.ris")
    note = sources.get(tree, next(s.id for s in before if s.reference_code == "HP/2/1"))
    assert (note.title, note.creator, note.language) == ("A closed note", "Berg, Olav", "en")
    assert [(c.field, c.ours, c.theirs) for c in taken.conflicts] == [("language", "en", "fr")]
    new = sources.get(tree, taken.source_ids[0])
    assert (new.title, new.date, new.passages, new.text_id) == ("A new book", "1950", 0, None)
    history.undo(tree)
    assert sources.all(tree) == before


def test_two_of_one_title_are_not_guessed_between(tree, tmp_path):
    with tree.writing("sources") as database:
        database.execute("UPDATE sources SET title = 'Twin', reference_code = NULL")
    (tmp_path / "in.ris").write_text("TY  - GEN\nTI  - Twin\nER  - \n", "utf-8")
    assert taking.take_in(tree, tmp_path / "in.ris").matched == 0


@pytest.mark.parametrize(
    ("name", "text", "date"),
    [
        ("in.csl.json", '[{"title": "T", "custom": {"muniment": {"tags": 5, "date": "x"}}}]', None),
        ("in.csl.json", '[{"title": "T", "issued": {"date-parts": [[Infinity]]}}]', None),
        ("in.csl.json", '[{"title": {"a": 1}}, {"title": "T"}]', None),
        ("in.bib", "@book{x, title={T}, year={1938²}, month=jan}", None),
        ("in.bib", "@book{x, title={T}, year={938}, month=jan}", "0938-01"),
    ],
)
def test_what_is_oddly_made_comes_in_without_what_cannot_be(tree, tmp_path, name, text, date):
    (tmp_path / name).write_text(text, "utf-8")
    (added,) = taking.take_in(tree, tmp_path / name).source_ids
    found = sources.get(tree, added)
    assert (found.title, found.date) == ("T", date)


def test_half_a_character_in_a_title_is_no_reason_to_fail(tree, tmp_path):
    (tmp_path / "in.csl.json").write_text('[{"title": "\\ud800x"}]', "utf-8")
    (added,) = taking.take_in(tree, tmp_path / "in.csl.json").source_ids
    assert sources.get(tree, added).title == "\ufffdx"
