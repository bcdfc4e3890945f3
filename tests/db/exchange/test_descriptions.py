"""Descriptions as EAD and Dublin Core hold all that a source says, and valid XML."""

import csv
from pathlib import Path

import pytest
from lxml import etree

from db import edtf, exchange, ingest, sources
from db.archive import Archive
from db.exchange import dublin_core, ead, isad
from db.exchange.isad import LANGUAGES

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"


def parsed(path):
    return etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()


def words(element, path):
    found = element.xpath(path, namespaces={"e": etree.QName(element).namespace})
    return "".join(found[0].itertext()).strip() if found else None


def unit(element):
    """What a finding aid says of one unit, in the words of a source."""
    code = element.find("./{*}did/{*}langmaterial/{*}language")
    languages = {three: two for two, (three, _) in LANGUAGES.items()}
    date = words(element, "e:did/e:unitdate")
    return {
        "level": element.get("level"),
        "title": words(element, "e:did/e:unittitle"),
        "reference_code": words(element, "e:did/e:unitid"),
        "creator": words(element, "e:did/e:origination"),
        "date": date and edtf.from_words(date),
        "language": None if code is None else languages[code.get("langcode")],
        "genre": words(element, "e:controlaccess/e:genreform"),
        "rights": words(element, "e:userestrict"),
        "notes": words(element, "e:odd[not(e:head)]"),
    }


@pytest.mark.parametrize("name", ["ead3.xml", "ead2002.xml"])
def test_a_finding_aid_says_all_that_the_sources_do(tree, all_going, tmp_path, name):
    exchange.write(tree, name, tmp_path / name, restricted=True)
    root = parsed(tmp_path / name)
    found = [root.find("{*}archdesc"), *root.iter("{*}c")]
    fields = unit(found[0]).keys()
    assert [unit(each) for each in found] == [
        {field: getattr(each.source, field) for field in fields} for each in all_going
    ]
    description = found[0]
    assert [p.text for p in description.find("{*}scopecontent")] == ["Boilers.", "Pumps."]
    assert words(description, "e:did/e:physdesc") == "2 folders"
    assert words(description, "e:odd[e:head='own word']/e:p") == "kept"
    assert len(root.findall(".//{*}accessrestrict")) == 1


@pytest.mark.parametrize("name", ["ead3.xml", "ead2002.xml"])
def test_several_trees_make_one_finding_aid_of_the_archive(tree, tmp_path, name):
    with tree.writing("sources") as database:
        database.execute("UPDATE sources SET parent_id = NULL")
    exchange.write(tree, name, tmp_path / name)
    top = parsed(tmp_path / name).find("{*}archdesc")
    assert (top.get("otherlevel"), words(top, "e:did/e:unittitle")) == ("archive", "An archive")
    assert len(top.findall("{*}dsc/{*}c")) == 3


@pytest.mark.corpus
@pytest.mark.parametrize(("name", "schema"), [("ead3.xml", "ead3.xsd"), ("ead2002.xml", "ead.xsd")])
def test_a_finding_aid_is_valid(tree, tmp_path, name, schema):
    found = next(iter(CORPUS.glob(f"a_ead/**/{schema}")), None)
    if found is None:
        pytest.skip(f"no {schema} in the corpus")
    fonds = sources.all(tree)[0].id
    sources.describe_all(tree, [fonds], {}, {"coverage": "Oslo; Bergen", "appraisal": "None."})
    exchange.write(tree, name, tmp_path / name)
    etree.XMLSchema(etree.parse(found)).assertValid(parsed(tmp_path / name))


def test_dublin_core_says_the_same_as_csv_and_xml(tree, going, tmp_path):
    exchange.write(tree, "dc.csv", tmp_path / "dc.csv")
    exchange.write(tree, "dc.xml", tmp_path / "dc.xml")
    said = [dublin_core.elements(going, each) for each in going]
    with (tmp_path / "dc.csv").open(encoding="utf-8", newline="") as file:
        rows = [{name: cell for name, cell in row.items() if cell} for row in csv.DictReader(file)]
    for row, elements in zip(rows, said, strict=True):
        # The title begins with a sign that a spreadsheet would act on.
        assert {name: cell.lstrip("'") for name, cell in row.items()} == {
            name: " | ".join(values) for name, values in elements.items()
        }
    records = []
    for record in parsed(tmp_path / "dc.xml"):
        found = {}
        for each in record:
            found.setdefault(etree.QName(each).localname, []).append(each.text)
        records.append(found)
    assert records == said
    assert said[1]["relation"] == ["Is part of: HP"]
    assert said[1]["date"] == ["1938-03~"]


def test_signs_that_xml_cannot_hold_are_replaced_one_for_one(tree, tmp_path):
    ids = [source.id for source in sources.all(tree)]
    sources.describe(tree, ids[0], title="a\x01b\ufffec", notes="x\ry")
    for name in ("ead3.xml", "ead2002.xml", "dc.xml"):
        exchange.write(tree, name, tmp_path / name)
        assert "a\ufffdb\ufffdc" in etree.tostring(parsed(tmp_path / name), encoding="unicode")


def test_a_deep_tree_is_written(tree, tmp_path):
    import uuid

    with tree.writing("sources") as database:
        above = 1
        for _ in range(3000):
            above = database.execute(
                "INSERT INTO sources (uuid, parent_id, title, added_at) VALUES (?, ?, 'd', '')",
                [str(uuid.uuid4()), above],
            ).lastrowid
    assert exchange.write(tree, "dc.csv", tmp_path / "dc.csv").count > 3000
    assert exchange.write(tree, "ead3.xml", tmp_path / "e.xml").count > 3000


def test_dates_have_their_days_where_they_have_any():
    assert ead.normal("1938-03-03") == "1938-03-03"
    assert ead.normal("1938/1940") == "1938-01-01/1940-12-31"
    assert ead.normal("1938/..") is None


@pytest.mark.parametrize("name", ["ead3.xml", "ead2002.xml"])
def test_each_place_is_a_name_of_its_own(tree, tmp_path, name):
    fonds = sources.all(tree)[0].id
    sources.describe_all(tree, [fonds], {}, {"coverage": "Oslo; Bergen"})
    exchange.write(tree, name, tmp_path / name)
    found = parsed(tmp_path / name).findall(".//{*}geogname")
    assert ["".join(each.itertext()).strip() for each in found] == ["Oslo", "Bergen"]
    exchange.write(tree, "dc.csv", tmp_path / "dc.csv")
    assert "Oslo | Bergen" in (tmp_path / "dc.csv").read_text("utf-8")


def all_said(archive):
    """Every source with all that is said of it, by title."""
    found = sources.all(archive)
    said = sources.elements(archive, [each.id for each in found])
    titles = {each.id: each.title for each in found}
    fields = ("level", "reference_code", "creator", "date", "language", "genre", "rights", "notes")
    return {
        each.title: (
            {field: getattr(each, field) for field in fields},
            bool(each.restricted),
            titles.get(each.parent_id),
            said[each.id],
        )
        for each in found
    }


@pytest.mark.parametrize("name", ["ead3.xml", "ead2002.xml"])
def test_a_finding_aid_of_ours_comes_back_with_every_element(tmp_path, name):
    every = {key: f"Words of {key}.\n\nMore of it." for key in isad.ELEMENTS if key != "extent"}
    every |= {"extent": "2 folders", "coverage": "Lampwick; Owlbridge", "own word": "kept"}
    with Archive.create(tmp_path / "a.muniment") as archive:
        top = sources.add(
            archive, "Mill papers", "fonds", said=every, reference_code="M", creator="Ada Quill",
            date="1940~", language="en", genre="ledger", rights="Ours.", notes="Damp.\n\nTorn.",
            restricted=True,
        )  # fmt: skip
        below = sources.add(archive, "Letters", "series", top, date="../1939", language="en")
        closed = {"access": "Closed until 2030."}
        sources.add(archive, "To the miller", "item", below, closed, language="de")
        before = all_said(archive)
        exchange.write(archive, name, tmp_path / name, restricted=True)
    with Archive.create(tmp_path / "b.muniment") as archive:
        report = ingest.add(archive, [tmp_path / name], figures=False)
        assert report.imported[0].remarks == ()
        assert all_said(archive) == before


def test_what_a_finding_aid_says_in_other_elements_is_reported_as_words_of_the_text(tmp_path):
    (tmp_path / "guide.xml").write_text(
        "<ead><archdesc level='fonds'><did><unittitle>Mill</unittitle><container>Box 3</container>"
        "<physdesc><extent>3 boxes</extent></physdesc></did><scopecontent><head>Scope</head><p>All."
        "</p></scopecontent><accessrestrict><p>Closed.</p></accessrestrict><controlaccess><subject>"
        "Mills</subject><geogname>Lampwick</geogname></controlaccess></archdesc></ead>"
    )
    with Archive.create(tmp_path / "a.muniment") as archive:
        report = ingest.add(archive, [tmp_path / "guide.xml"], figures=False)
        assert report.imported[0].remarks == ("elements_as_words:container (1), subject (1)",)
        assert sources.elements(archive, [1])[1] == {
            "extent": "3 boxes", "scope": "All.", "access": "Closed.", "coverage": "Lampwick",
        }  # fmt: skip
        assert sources.get(archive, 1).rights == "Closed."
        passages = [each.text for each in sources.passages(archive, 1)]
        assert "Box 3" in passages
