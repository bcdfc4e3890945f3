"""Projects of QualCoder and Taguette come in with their texts, codes and words at their places."""

import sqlite3
from contextlib import closing

import pytest

from db import annotations, errors, sources, tags
from db.exchange import other_projects, taking

TEXT = "Harbour diary\n\nThe 🚢 brought 30 barrels of oil. The pilot was pleased.\n"


@pytest.fixture
def qualcoder(tmp_path):
    """A project as QualCoder lays it out, in our own words."""
    folder = tmp_path / "diary.qda"
    folder.mkdir()
    with closing(sqlite3.connect(folder / "data.qda")) as database:
        database.executescript(
            "CREATE TABLE source (id INTEGER, name TEXT, fulltext TEXT, mediapath TEXT, memo TEXT,"
            " owner TEXT, date TEXT);"
            "CREATE TABLE code_cat (catid INTEGER, name TEXT, owner TEXT, date TEXT, memo TEXT,"
            " supercatid INTEGER);"
            "CREATE TABLE code_name (cid INTEGER, name TEXT, memo TEXT, catid INTEGER, owner TEXT,"
            " date TEXT, color TEXT);"
            "CREATE TABLE code_text (cid INTEGER, fid INTEGER, seltext TEXT, pos0 INTEGER,"
            " pos1 INTEGER, owner TEXT, date TEXT, memo TEXT);"
            "CREATE TABLE annotation (anid INTEGER, fid INTEGER, pos0 INTEGER, pos1 INTEGER,"
            " memo TEXT, owner TEXT, date TEXT);"
            "CREATE TABLE journal (jid INTEGER, name TEXT, jentry TEXT, date TEXT, owner TEXT);"
        )
        day = "2024-05-06 07:08:09"
        database.execute("INSERT INTO source VALUES (1, 'diary.txt', ?, NULL, 'found in a drawer',"
                         " 'ada', ?)", [TEXT, day])  # fmt: skip
        database.execute("INSERT INTO source VALUES (2, 'quay.jpg', NULL, '/images/quay.jpg', '',"
                         " 'ada', ?)", [day])  # fmt: skip
        database.execute("INSERT INTO code_cat VALUES (1, 'cargo', 'ada', ?, '', NULL)", [day])
        database.execute("INSERT INTO code_cat VALUES (2, 'wet', 'ada', ?, 'liquids', 1)", [day])
        database.execute("INSERT INTO code_name VALUES (1, 'oil/fat', 'for lamps', 2, 'ada', ?,"
                         " '#FF0000')", [day])  # fmt: skip
        database.execute("INSERT INTO code_name VALUES (2, 'joy', '', NULL, 'ada', ?, NULL)", [day])
        for code, words in ((1, "30 barrels"), (2, "30 barrels"), (2, "pleased")):
            at = TEXT.index(words)
            database.execute("INSERT INTO code_text VALUES (?, 1, ?, ?, ?, 'olav', ?, '')",
                             [code, words, at, at + len(words), day])  # fmt: skip
        at = TEXT.index("🚢")
        database.execute("INSERT INTO annotation VALUES (1, 1, ?, ?, 'which one?', 'ada', ?)",
                         [at, at + 1, day])  # fmt: skip
        database.execute("INSERT INTO journal VALUES (1, 'Monday', 'began', ?, 'ada')", [day])
        database.commit()
    return folder


@pytest.mark.parametrize("name", ["", "data.qda"])
def test_a_qualcoder_project_comes_in_whole(archive, qualcoder, name):
    taken = taking.take_in(archive, qualcoder / name if name else qualcoder)
    assert taken.left_out == ("Source: quay.jpg",)
    assert (len(taken.source_ids), taken.orphaned) == (1, 0)
    (source,) = sources.all(archive)
    assert (source.title, source.notes) == ("diary.txt", "found in a drawer")
    assert sources.text(archive, source.id) == TEXT
    rows = annotations.rows(archive, annotations.ids(archive)).values()
    paths = {tag_id: path for path, tag_id in tags.paths(archive).items()}
    told = {
        (row.kind, row.exact, row.body, row.person, tuple(sorted(paths[t] for t in row.tag_ids)))
        for row in rows
    }
    assert told == {
        ("highlight", "30 barrels", None, "olav", ("cargo/wet/oil∕fat", "joy")),
        ("highlight", "pleased", None, "olav", ("joy",)),
        ("note", "🚢", "which one?", "ada", ()),
        ("journal", None, "Monday\n\nbegan", "ada", ()),
    }
    assert {row.made_at for row in rows} == {"2024-05-06T07:08:09+00:00"}
    again = taking.take_in(archive, qualcoder)
    assert (again.annotations, again.source_ids, again.tags) == (0, (), 0)


CONTENTS = (
    "<h1>Harbour diary</h1><!-- no words --><p>The 🚢 brought <b>30 barrels</b> of oil.</p>"
    "<p>The pilot was pleased.</p>"
)
BARE = "Harbour diaryThe 🚢 brought 30 barrels of oil.The pilot was pleased."


@pytest.fixture
def taguette(tmp_path):
    """A project as Taguette exports it, in our own words."""
    path = tmp_path / "diary.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            "CREATE TABLE documents (id INTEGER, name TEXT, description TEXT, filename TEXT,"
            " contents TEXT);"
            "CREATE TABLE tags (id INTEGER, path TEXT, description TEXT);"
            "CREATE TABLE highlights (id INTEGER, document_id INTEGER, start_offset INTEGER,"
            " end_offset INTEGER, snippet TEXT);"
            "CREATE TABLE highlight_tags (highlight_id INTEGER, tag_id INTEGER);"
        )
        database.execute(
            "INSERT INTO documents VALUES (1, 'Diary', 'a copy', 'd.html', ?)", [CONTENTS]
        )
        database.execute("INSERT INTO tags VALUES (1, 'cargo.oil', 'for lamps')")
        database.execute("INSERT INTO tags VALUES (2, 'people', '')")
        for n, words in enumerate(("30 barrels", "oil.", "The pilot", "oil.The pilot"), 1):
            start = len(BARE[: BARE.index(words)].encode("utf-8"))
            end = start + len(words.encode("utf-8"))
            database.execute("INSERT INTO highlights VALUES (?, 1, ?, ?, '')", [n, start, end])
            database.execute("INSERT INTO highlight_tags VALUES (?, ?)", [n, 1 if n < 3 else 2])
        database.commit()
    return path


def test_a_taguette_project_comes_in_whole(archive, taguette):
    taken = taking.take_in(archive, taguette)
    (source,) = sources.all(archive)
    assert (source.title, source.notes) == ("Diary", "a copy")
    assert sources.text(archive, source.id) == (
        "Harbour diary\n\nThe 🚢 brought 30 barrels of oil.\n\nThe pilot was pleased."
    )
    rows = annotations.rows(archive, annotations.ids(archive)).values()
    paths = {tag_id: path for path, tag_id in tags.paths(archive).items()}
    assert {(row.exact, *(paths[tag] for tag in row.tag_ids)) for row in rows} == {
        ("30 barrels", "cargo/oil"), ("oil.", "cargo/oil"), ("The pilot", "people"),
        ("oil.\n\nThe pilot", "people"),
    }  # fmt: skip
    assert (taken.annotations, taken.orphaned) == (4, 0)
    assert taking.take_in(archive, taguette).annotations == 0


def test_what_is_no_such_project_is_refused_and_left_as_it_is(archive, tmp_path):
    (tmp_path / "a.sqlite3").write_bytes(b"no database at all, only words")
    before = (tmp_path / "a.sqlite3").read_bytes()
    with closing(sqlite3.connect(tmp_path / "b.qda")) as database:
        database.executescript("CREATE TABLE other (id); CREATE VIEW source AS SELECT 1 AS id;")
    for name in ("a.sqlite3", "b.qda", "missing.qda"):
        with pytest.raises(errors.Unreadable):
            taking.take_in(archive, tmp_path / name)
    assert (tmp_path / "a.sqlite3").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".qda") == ["b.qda"]


def test_our_own_archive_is_no_project_of_others(archive, tmp_path):
    archive.backup(tmp_path / "copy.sqlite3")
    with pytest.raises(errors.Unreadable):
        other_projects.taguette(tmp_path / "copy.sqlite3")
