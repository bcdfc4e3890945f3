"""Finding aids become a tree of descriptions, each with its own words."""

import hashlib

import pytest

import db.ingest
from db import extraction, figures, pieces, segment, storing
from db.archive import Archive
from tests.db.readers.made import read

EAD = """<ead><eadheader><filedesc><titlestmt><titleproper>Guide to the mill papers</titleproper>
</titlestmt></filedesc></eadheader><archdesc level="collection"><did><unittitle>Mill papers
</unittitle><unitid>M 7</unitid><unitdate normal="1861/1895">then</unitdate><origination>Ada Quill
</origination><langmaterial><language langcode="eng">English</language></langmaterial></did>
<accessrestrict><p>Closed until 2030.</p></accessrestrict><scopecontent><head>Scope</head><p>All
that was <emph>left</emph>.</p></scopecontent><dsc><{c1} level="series"><did><unittitle>Letters
</unittitle><unitid>M 7/1</unitid></did><{c2} level="item"><did><unittitle>To the miller</unittitle>
<unitdate normal="1862-05-02/1862-05-02">2 May 1862</unitdate></did></{c2}></{c1}>
<{c1} level="series"><did><unittitle>Ledgers</unittitle></did></{c1}></dsc></archdesc></ead>"""


@pytest.mark.parametrize("names", [("c01", "c02"), ("c", "c")])
def test_each_component_is_a_description_below_its_own(tmp_path, names) -> None:
    document = read(tmp_path, "a.xml", EAD.replace("{c1}", names[0]).replace("{c2}", names[1]))
    tree = document.tree
    assert [(each.title, each.level, each.parent) for each in tree] == [
        ("Mill papers", "fonds", None),
        ("Letters", "series", 0),
        ("To the miller", "item", 1),
        ("Ledgers", "series", 0),
    ]
    assert (tree[0].reference_code, tree[0].date, tree[0].language) == ("M 7", "1861/1895", "en")
    assert (tree[0].creator, tree[0].rights) == ("Ada Quill", "Closed until 2030.")
    assert tree[2].date == "1862-05-02"
    own = [document.text[each.start : each.end] for each in tree]
    assert "All that was left." in own[0]
    assert own[2] == "To the miller\n\n2 May 1862"
    assert "\n\n".join(own) == document.text


def test_the_tree_comes_into_the_archive(tmp_path) -> None:
    path = tmp_path / "guide.xml"
    path.write_text(EAD.replace("{c1}", "c01").replace("{c2}", "c02"))
    with Archive.create(tmp_path / "a.muniment") as archive:
        report = db.ingest.add(archive, [path], figures=False)
        (imported,) = report.imported
        assert len(imported.source_ids) == 4
        rows = archive.reading().execute(
            "SELECT title, level, parent_id, reference_code FROM sources ORDER BY id"
        ).fetchall()  # fmt: skip
        first, second = imported.source_ids[:2]
        assert rows == [
            ("Mill papers", "fonds", None, "M 7"),
            ("Letters", "series", first, "M 7/1"),
            ("To the miller", "item", second, None),
            ("Ledgers", "series", first, None),
        ]
        again = db.ingest.add(archive, [path], figures=False)
        assert len(again.duplicates) == 1


def test_given_values_are_kept_beside_what_the_grammar_reads(tmp_path) -> None:
    path = tmp_path / "mill.xml"
    path.write_text(
        '<TEI><text><body><p>They ground <measure quantity="40" unit="sack">two score sacks</measure>'
        ' and sold 12 tons in <date when="1911">that year</date>.</p></body></text></TEI>'
    )
    with Archive.create(tmp_path / "a.muniment") as archive:
        db.ingest.add(archive, [path])
        read_back = archive.reading().execute(
            "SELECT text, value, rules, status FROM figures ORDER BY start"
        ).fetchall()  # fmt: skip
        assert read_back[0] == ("two score sacks", 40.0, '["given.tei"]', "proposed")
        assert [row[1] for row in read_back] == [40.0, 12.0]
        periods = archive.reading().execute("SELECT text, date FROM periods").fetchall()
        assert ("that year", "1911") in periods


def test_given_values_of_boilerplate_are_no_figures_until_asked_for(tmp_path) -> None:
    words = "The mill ground forty sacks of rye a day for the town and its garrison. " * 3
    (tmp_path / "mill.xml").write_text(
        f"<TEI><text><body><p>{words}</p><p>© 2001, the mill; copies for "
        '<measure quantity="3" unit="usd">3 dollars</measure></p></body></text></TEI>'
    )
    with Archive.create(tmp_path / "a.muniment") as archive:
        db.ingest.add(archive, [tmp_path / "mill.xml"])
        assert "3 dollars" not in [each.figure.text for each in figures.all(archive)]
        found, refused = extraction.of_boilerplate(archive)
        assert [each.figure.text for each in found] == ["3 dollars"]
        assert refused == []


def test_a_tree_is_never_stored_flat_whatever_comes_between(tmp_path) -> None:
    guide = EAD.replace("{c1}", "c01").replace("{c2}", "c02")
    (tmp_path / "guide.xml").write_text(guide, encoding="utf-8")
    document = read(tmp_path, "guide.xml", guide)
    digest = hashlib.sha256((tmp_path / "guide.xml").read_bytes()).hexdigest()
    original = storing.Original(tmp_path / "guide.xml", digest, document.media_type)
    with Archive.create(tmp_path / "a.muniment") as archive:
        with archive.writing("imports") as database:
            row = {"uuid": "u", "started_at": "2024-01-01T00:00:00Z"}
            import_id = storing.insert(database, "imports", row)
        becoming = pieces.of(document, segment.passages(document), ())
        # What is stored here is what a kill leaves behind: nothing is arranged afterwards.
        ids = storing.store(archive, import_id, original, becoming, {}, None)
        found = archive.reading().execute("SELECT id, parent_id FROM sources ORDER BY id")
        assert found.fetchall() == [
            (ids[0], None), (ids[1], ids[0]), (ids[2], ids[1]), (ids[3], ids[0]),
        ]  # fmt: skip
