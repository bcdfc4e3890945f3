"""REFI-QDA: valid by its schema, the same after a round trip, and others' positions understood."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from db import annotations, errors, exchange, history, sources, tags
from db.archive import Archive
from db.exchange import qdpx_read, taking
from db.exchange.qdpx_places import Positions
from db.exchange.qdpx_read import Selection
from tests.db.exchange.annotated import annotate, told

CORPUS = Path(__file__).resolve().parents[4] / "shared/corpus/d_refi_qda"
SPACE = {"q": "urn:QDA-XML:project:1.0"}


@pytest.fixture
def written(archive, ids, twin, tmp_path):
    annotate(archive, ids)
    exchange.write(archive, "qdpx", tmp_path / "out.qdpx")
    return tmp_path / "out.qdpx"


def project(path):
    with zipfile.ZipFile(path) as package:
        return etree.fromstring(package.read("project.qde"))


def kept(said):
    """What REFI-QDA has a place for: not what marks are (only words), nor memos of figures."""
    notes = []
    for note, paths in said["notes"]:
        if note.figure_id is None and note.series_id is None and note.kind != "bookmark":
            notes.append((note.uuid, note.source_id, note.start, note.end, note.exact, note.body,
                          note.kind, note.person, note.made_at, paths))  # fmt: skip
    return notes


def test_what_goes_out_comes_in_the_same(archive, twin, written):
    taken = taking.take_in(twin, written)
    assert (taken.orphaned, taken.left_out) == (0, ())
    ours, theirs = told(archive), told(twin)
    assert [row for row in kept(theirs) if row[0] in {each[0] for each in kept(ours)}] == (
        kept(ours)
    )
    assert theirs["tags"] == ours["tags"]
    assert [row[:3] for row in theirs["links"] if row[1] == "tells of"] == [
        row[:3] for row in ours["links"] if row[1] == "tells of"
    ]
    assert len(theirs["links"]) == 2
    by_name = {tag.name: tag for tag in tags.all(twin)}
    assert (by_name["fire"].colour, by_name["fire"].description) == ("red", "What burned")
    assert taken.source_ids == ()
    assert taking.take_in(twin, written).annotations == 0


def test_a_project_makes_an_empty_archive_the_same(archive, written, ids, tmp_path, home):
    with Archive.create(tmp_path / "empty.muniment") as empty:
        taken = taking.take_in(empty, written)
        assert (len(taken.source_ids), taken.orphaned, taken.left_out) == (3, 0, ())
        assert kept(told(empty))[:5] != []
        ours = {each.uuid: sources.text(archive, each.id) for each in sources.all(archive)}
        theirs = {each.uuid: sources.text(empty, each.id) for each in sources.all(empty)}
        assert theirs == ours
        rows = annotations.rows(empty, annotations.ids(empty)).values()
        assert {row.person for row in rows} == {"Ada Reed", "Olav Berg"}
        assert all(check.ok for check in empty.check())


def test_positions_are_code_points_and_the_end_stands_after_the_last(written):
    for each in project(written).iterfind(".//q:PlainTextSelection", SPACE):
        path = each.getparent().get("plainTextPath").removeprefix("internal://")
        with zipfile.ZipFile(written) as package:
            text = package.read(f"sources/{path}").decode("utf-8")
        words = text[int(each.get("startPosition")) : int(each.get("endPosition"))]
        assert " ".join(words.split()) == each.get("name")


@pytest.mark.corpus
@pytest.mark.parametrize("state", ["annotated", "bare"])
def test_a_project_is_valid(archive, ids, twin, written, tmp_path, state):
    if not CORPUS.exists():
        pytest.skip("the schema is not here")
    if state == "bare":
        exchange.write(twin, "qdpx", written)
    schema = etree.XMLSchema(etree.parse(CORPUS / "spec" / "Project-mrt2019.xsd"))
    schema.assertValid(project(written))


def test_a_codebook_goes_out_and_comes_in_the_same(archive, ids, twin, tmp_path):
    annotate(archive, ids)
    exchange.write(archive, "qdc", tmp_path / "out.qdc")
    root = etree.parse(tmp_path / "out.qdc").getroot()
    assert root.tag == "{urn:QDA-XML:codebook:1.0}CodeBook"
    taken = taking.take_in(twin, tmp_path / "out.qdc")
    assert taken.tags == 3

    def bare(made):
        return [(t.uuid, t.name, t.colour, t.description) for t in tags.all(made)]

    assert bare(twin) == bare(archive)
    history.undo(twin)
    assert tags.all(twin) == []


def test_an_empty_codebook_is_still_one(archive, tmp_path):
    exchange.write(archive, "qdc", tmp_path / "out.qdc")
    assert qdpx_read.read(tmp_path / "out.qdc").codes[0].path == ("(none)",)


RAW = "\ufeffOne ring 🚢 of\r\ngranola\r\nin a bowl"


def package(path, selections, raw=RAW, folder="Sources"):
    """A project of another program with one text."""
    body = "".join(
        f'<PlainTextSelection guid="0000000{n}-0000-4000-8000-000000000000" name="{name}"'
        f' startPosition="{start}" endPosition="{end}"/>'
        for n, (name, start, end) in enumerate(selections)
    )
    xml = (
        f'<Project xmlns="{SPACE["q"]}" name="p"><Sources><TextSource name="T.docx"'
        ' guid="{69A4332D-5B31-4915-B520-5275CFC21B40}"'
        f' plainTextPath="internal://t.txt">{body}</TextSource>'
        '<PictureSource guid="79A4332D-5B31-4915-B520-5275CFC21B40" name="p.jpg"/></Sources></Project>'
    )
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("Project.qde", xml)
        made.writestr(f"{folder}/t.txt", raw.encode())
    return path


WAYS = {
    "the place after": (RAW[1:], 0),
    "the last character": (RAW[1:], -1),
    "CRLF as one": (RAW[1:].replace("\r\n", "\n"), 0),
    "CRLF as one, the last": (RAW[1:].replace("\r\n", "\n"), -1),
    "the mark counted": (RAW, 0),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_names_say_how_a_file_counts(archive, tmp_path, way):
    text, last = WAYS[way]
    wanted = ["granola", "ring 🚢", "bowl"]
    places = [(word, text.index(word), text.index(word) + len(word) + last) for word in wanted]
    taken = taking.take_in(archive, package(tmp_path / "in.qdpx", places))
    rows = annotations.rows(archive, annotations.ids(archive)).values()
    assert {row.exact for row in rows} == set(wanted)
    assert taken.left_out == ("PictureSource: p.jpg",)
    (source,) = sources.all(archive)
    assert (source.title, source.uuid) == ("T.docx", "69a4332d-5b31-4915-b520-5275cfc21b40")
    for row in rows:
        words = sources.text(archive, source.id)[row.target.start : row.target.end]
        assert words == row.exact


def test_without_names_the_end_stands_after_the_last_character(archive, tmp_path):
    start = RAW[1:].index("granola")
    taking.take_in(archive, package(tmp_path / "in.qdpx", [("", start, start + 7)]))
    (row,) = annotations.rows(archive, annotations.ids(archive)).values()
    assert row.exact == "granola"


@given(
    st.lists(st.sampled_from(["a", "🚢", "é", "\r\n", " ", "\r", "\n"]), min_size=1, max_size=25),
    st.data(),
)
@settings(max_examples=150, deadline=None)
def test_every_place_of_a_file_is_that_place_of_the_stored_text(parts, data):
    raw = "".join(parts)
    at = data.draw(st.integers(0, len(parts) - 1))
    to = data.draw(st.integers(at + 1, len(parts)))
    start, end = len("".join(parts[:at])), len("".join(parts[:to]))
    if raw[:start].endswith("\r") or raw[:end].endswith("\r"):
        return  # inside a CRLF there is no place of the stored text
    made = Selection("", "", start, end, None, (), None, None, None)
    positions = Positions(raw, (made,))
    found = positions.span(made)
    assert found is not None
    lf = raw[start:end].replace("\r\n", "\n").replace("\r", "\n")
    assert positions.text[found[0] : found[1]] == lf


@pytest.mark.parametrize("data", [b"", b"PK", b"<a/>", b"<CodeBook", b"\x00" * 50])
def test_what_is_no_project_is_refused(archive, tmp_path, data):
    (tmp_path / "in.qdpx").write_bytes(data)
    with pytest.raises(errors.Unreadable):
        taking.take_in(archive, tmp_path / "in.qdpx")
    with zipfile.ZipFile(tmp_path / "in.qdpx", "w") as made:
        made.writestr("project.qde", data)
    with pytest.raises(errors.Unreadable):
        taking.take_in(archive, tmp_path / "in.qdpx")


def test_a_part_that_does_not_unpack_is_refused(archive, tmp_path):
    path = tmp_path / "in.qdpx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("project.qde", "<Project/>" * 300)
    data = bytearray(path.read_bytes())
    at = data.index(b"project.qde") + len("project.qde")
    data[at : at + 8] = bytes(byte ^ 0xFF for byte in data[at : at + 8])
    path.write_bytes(data)
    with pytest.raises(errors.Unreadable):
        taking.take_in(archive, path)
    (tmp_path / "folder.qdpx").mkdir()
    with pytest.raises(errors.Unreadable):
        taking.take_in(archive, tmp_path / "folder.qdpx")


def test_words_whose_place_is_no_number_are_found_by_their_name(archive, tmp_path):
    taken = taking.take_in(archive, package(tmp_path / "in.qdpx", [("granola", "²", 26)]))
    assert (taken.annotations, taken.orphaned) == (1, 0)
    (row,) = annotations.rows(archive, annotations.ids(archive)).values()
    assert row.exact == "granola"


def test_a_part_too_large_is_refused(archive, tmp_path, monkeypatch):
    monkeypatch.setattr(qdpx_read, "LARGEST_PART", 20)
    with pytest.raises(errors.Unreadable):
        taking.take_in(archive, package(tmp_path / "in.qdpx", []))


def test_texts_the_package_lacks_become_sources_and_their_words_wait(archive, tmp_path):
    path = package(tmp_path / "in.qdpx", [("granola", 19, 26)])
    bare = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(bare, "w") as new:
        new.writestr("project.qde", old.read("Project.qde"))
    path.write_bytes(bare.getvalue())
    taken = taking.take_in(archive, path)
    assert (len(taken.source_ids), taken.orphaned) == (1, 1)
    (shelf,) = annotations.ids(archive, state="orphaned")
    assert annotations.rows(archive, [shelf])[shelf].exact == "granola"


@pytest.mark.corpus
def test_the_project_of_the_standard_is_taken_in(archive):
    if not CORPUS.exists():
        pytest.skip("the corpus is not here")
    told_ = qdpx_read.read(CORPUS / "sky_loom" / "TestProject.qdpx")
    taken = taking.take_in(archive, CORPUS / "sky_loom" / "TestProject.qdpx")
    assert len(taken.source_ids) == len(told_.texts) > 5
    assert taken.annotations == sum(len(each.selections) for each in told_.texts) + len(told_.notes)
    assert taken.tags == len(told_.codes) > 10
    # The package holds no texts: nothing can be placed, everything waits.
    assert taken.orphaned == sum(len(each.selections) for each in told_.texts)
    assert {name.split(":")[0] for name in taken.left_out} <= {
        "AudioSource", "VideoSource", "PictureSource", "Case", "Graph", "Link", "Set"
    }  # fmt: skip


def test_a_path_in_a_package_reaches_nothing_outside(archive, tmp_path):
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    path = package(tmp_path / "in.qdpx", [], folder="../x")
    taken = taking.take_in(archive, path)
    assert [sources.text(archive, each) for each in taken.source_ids] == [""]


def test_what_lies_together_comes_in_together(tree, tmp_path, home):
    exchange.write(tree, "qdpx", tmp_path / "out.qdpx", restricted=True)
    with Archive.create(tmp_path / "empty.muniment") as empty:
        taken = taking.take_in(empty, tmp_path / "out.qdpx")
        found = {source.id: source for source in sources.all(empty)}
        above = {
            source.title: found[source.parent_id].title
            for source in found.values()
            if source.parent_id is not None
        }
        assert above == {
            "=Letter on {boilers} & 50% ~ pumps": "Harbour papers", "A closed note": "Closed file"
        }  # fmt: skip
        assert len(taken.source_ids) == 2
        assert all(check.ok for check in empty.check())
        history.undo(empty)
        assert len(sources.all(empty)) == 2


def codebook_schema():
    """The schema of codebooks, which stands in the words of the standard with a figure across it."""
    lines = (CORPUS / "spec" / "REFI-QDA-1.5.txt").read_text("utf-8").splitlines()
    first = next(n for n, line in enumerate(lines) if "urn:QDA-XML:codebook:1.0" in line) - 1
    last = next(n for n, line in enumerate(lines) if n > first and "</xsd:schema>" in line)
    text = "\n".join(lines[first : last + 1])
    text = text[: text.index("Code\n- GUID")] + text[text.index('<xsd:element name="Sets"') :]
    return etree.XMLSchema(etree.fromstring(text.replace("[0-\n9a-fA-F]", "[0-9a-fA-F]").encode()))


@pytest.mark.corpus
def test_a_codebook_is_valid(archive, tmp_path):
    if not CORPUS.exists():
        pytest.skip("the standard is not here")
    schema = codebook_schema()
    exchange.write(archive, "qdc", tmp_path / "empty.qdc")
    schema.assertValid(etree.parse(tmp_path / "empty.qdc"))
    tag_id = tags.at_path(archive, "events/fire/great")
    tags.change(archive, tag_id, colour="red", description="What <burned> & when")
    exchange.write(archive, "qdc", tmp_path / "full.qdc")
    schema.assertValid(etree.parse(tmp_path / "full.qdc"))
