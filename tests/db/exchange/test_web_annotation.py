"""Web annotations keep to the standard, come back the same, and are placed by their words alone."""

import json
from datetime import datetime
from pathlib import Path

import jsonschema
import pytest
import referencing
import referencing.jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from db import annotations, errors, exchange, history
from db.exchange import chosen, taking
from db.exchange.incoming import place
from tests.db.annotated_archive import LETTER, add_source
from tests.db.exchange.annotated import annotate, told

CORPUS = Path(__file__).resolve().parents[4] / "shared/corpus/d_annotation/w3c_web_annotation_tests"
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:jsonschema")


@pytest.fixture
def written(archive, ids, twin, tmp_path):
    annotate(archive, ids)
    exchange.write(archive, "webannotation.jsonld", tmp_path / "out.jsonld")
    return tmp_path / "out.jsonld"


def items(path):
    return json.loads(path.read_text("utf-8"))["first"]["items"]


def test_what_goes_out_comes_in_the_same(archive, twin, written):
    taken = taking.take_in(twin, written)
    assert told(twin) == told(archive)
    assert (taken.annotations, taken.orphaned, taken.left_out) == (9, 0, ())
    again = taking.take_in(twin, written)
    assert again.annotations == 0
    assert told(twin) == told(archive)


def test_what_came_in_is_undone_at_once(twin, written):
    before = told(twin)
    taking.take_in(twin, written)
    history.undo(twin)
    assert told(twin) == before


def test_positions_are_code_points(written):
    found = [each for each in items(written) if "selector" in each["target"]]
    note = next(each for each in found if "🙂" in json.dumps(each, ensure_ascii=False))
    quote, position = note["target"]["selector"]
    assert LETTER[position["start"] : position["end"]] == quote["exact"]
    assert quote["exact"].startswith("🔥")


def test_a_chosen_source_takes_only_its_own_along(archive, ids, written, tmp_path):
    told_ = exchange.write(
        archive, "webannotation.jsonld", tmp_path / "some.jsonld", source_ids=[ids["letter"]]
    )
    found = items(tmp_path / "some.jsonld")
    assert told_.count == len(found) == 3  # two annotations and the tag on the source
    assert "Report" not in (tmp_path / "some.jsonld").read_text("utf-8")


def foreign(source, **selector):
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld", "id": "http://x.example/1",
        "type": "Annotation", "motivation": "commenting",
        "body": {"type": "TextualBody", "value": "says another"},
        "target": {"source": source, "selector": {"type": "TextQuoteSelector", **selector}},
    }  # fmt: skip


def take(archive, tmp_path, *made):
    path = tmp_path / "in.jsonld"
    path.write_text(json.dumps(list(made)), "utf-8")
    return taking.take_in(archive, path)


def test_words_that_stand_just_once_are_found_on_an_unknown_page(archive, ids, tmp_path):
    taken = take(archive, tmp_path, foreign("http://x.example/page", exact="Nobody was hurt"))
    assert (taken.annotations, taken.left_out) == (1, ())
    (row,) = annotations.rows(archive, annotations.ids(archive)).values()
    assert (row.exact, row.kind, row.target.source_id) == ("Nobody was hurt", "note", ids["letter"])


def test_words_that_two_texts_have_are_not_guessed(archive, ids, tmp_path):
    taken = take(archive, tmp_path, foreign("http://x.example/page", exact="mill burned"))
    assert (taken.annotations, taken.left_out) == (0, ("http://x.example/1",))


def test_words_that_are_no_longer_there_wait_on_the_shelf(archive, ids, tmp_path):
    source = archive.reading().execute("SELECT uuid FROM sources WHERE id = 1").fetchone()[0]
    made = foreign(f"urn:uuid:{source}", exact="the mall", prefix="a ", suffix=" b")
    assert take(archive, tmp_path, made).orphaned == 1
    (shelf,) = annotations.ids(archive, state="orphaned")
    row = annotations.rows(archive, [shelf])[shelf]
    assert (row.exact, row.prefix, row.suffix, row.target.start) == ("the mall", "a ", " b", None)


def test_positions_without_words_are_taken_only_for_our_own_text(archive, ids, tmp_path):
    uuid = archive.reading().execute("SELECT uuid FROM sources WHERE id = 1").fetchone()[0]
    made = foreign(f"urn:uuid:{uuid}")
    made["target"]["selector"] = {"type": "TextPositionSelector", "start": 0, "end": 4}
    assert take(archive, tmp_path, made).left_out == ("http://x.example/1",)
    made["target"]["source"] = f"muniment:{archive.uuid}/{uuid}/1"
    assert take(archive, tmp_path, made).annotations == 1
    (row,) = annotations.rows(archive, annotations.ids(archive)).values()
    assert row.exact == "Dear"


@pytest.mark.parametrize("words", ["", "[]", "{}", '{"type": "Book"}', "[[[[[[[[[[]]]]]]]]]]"])
def test_what_holds_no_annotation_is_refused(archive, tmp_path, words):
    (tmp_path / "in.jsonld").write_text(words, "utf-8")
    with pytest.raises(errors.Unreadable):
        taking.take_in(archive, tmp_path / "in.jsonld")


@given(st.text("ab 🚢\n", max_size=40), st.data())
@settings(max_examples=200, deadline=None)
def test_a_place_that_is_found_has_the_words_and_no_other_could_be_meant(text, data):
    exact = data.draw(st.text("ab 🚢\n", min_size=1, max_size=4))
    prefix = data.draw(st.text("ab ", max_size=3))
    start = data.draw(st.none() | st.integers(-1, 45))
    found = place(text, exact, prefix, "", start)
    places = [at for at in range(len(text)) if text.startswith(exact, at)]  # they may overlap
    if found is None:
        assert len(places) != 1
        return
    assert text[found[0] : found[1]] == exact
    told_by_place = found[0] == start and text[: found[0]].endswith(prefix)
    with_prefix = [at for at in places if text[:at].endswith(prefix)]
    assert told_by_place or with_prefix == [found[0]] or places == [found[0]]


# -- the tests of the standard -------------------------------------------------------------------


def schemas():
    found = {}
    for path in CORPUS.glob("**/*.json"):
        if "samples" not in path.parts and path.name != "package.json":
            found[path.name] = json.loads(path.read_text("utf-8"))
    return found


def broken_musts(made, musts):
    """Which of the standard's demands a document does not keep."""
    known = schemas()
    registry = referencing.Registry().with_resources(
        (name, referencing.Resource.from_contents(
            schema, default_specification=referencing.jsonschema.DRAFT4))
        for name, schema in known.items()
    )  # fmt: skip
    broken = []
    for assertion in json.loads((CORPUS / musts).read_text("utf-8"))["assertions"]:
        schema = json.loads((CORPUS / assertion).read_text("utf-8"))
        # The names of files are the ids the schemas call each other by.
        schema = {name: value for name, value in schema.items() if name != "id"}
        validator = jsonschema.Draft4Validator(
            schema | {"id": Path(assertion).name}, registry=registry,
            format_checker=jsonschema.FormatChecker(),
        )  # fmt: skip
        if validator.is_valid(made) is not (schema.get("expectedResult", "valid") == "valid"):
            broken.append(assertion)
    return broken


@pytest.mark.corpus
def test_every_annotation_keeps_what_the_standard_demands(written):
    if not CORPUS.exists():
        pytest.skip("the tests of the standard are not here")
    for each in items(written):
        assert broken_musts(each, "annotations/annotationMusts.test") == [], each
    whole = json.loads(written.read_text("utf-8"))
    assert broken_musts(whole, "collections/collectionMusts.test") == []
    assert broken_musts({"type": "Annotation"}, "annotations/annotationMusts.test")


@pytest.mark.corpus
def test_the_samples_of_the_standard_are_read(archive, tmp_path):
    if not CORPUS.exists():
        pytest.skip("the tests of the standard are not here")
    add_source(archive, "Page", "Selected text: text before the Selected Text and text after it.")
    for path in sorted((CORPUS / "tools/samples/correct").glob("*.json")):
        copy = tmp_path / f"{path.stem}.jsonld"
        copy.write_bytes(path.read_bytes())
        taking.take_in(archive, copy)
    for path in sorted((CORPUS / "tools/samples/incorrect").glob("*.json")):
        copy = tmp_path / f"bad-{path.stem}.jsonld"
        copy.write_bytes(path.read_bytes())
        try:
            taking.take_in(archive, copy)
        except errors.Unreadable:
            continue
    found = annotations.rows(archive, annotations.ids(archive))
    assert "Selected Text" in {row.exact for row in found.values()}
    assert all(check.ok for check in archive.check())


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({"body": [{"purpose": ["a"], "value": 1}]}, "Ada Reed"),
        ({"creator": {"name": 5}}, "5"),
        ({"creator": [{"name": ["Olav Berg"]}], "created": "nonsense"}, "Olav Berg"),
    ],
)
def test_a_link_of_odd_make_comes_in_with_what_can_be_read_of_it(
    archive, ids, tmp_path, more, wanted
):
    link = chosen.choose(archive).link(chosen.choose(archive).sources[0])
    end = {"purpose": "linking", "source": link}
    made = {"type": "Annotation", "motivation": "linking", "target": link, **more}
    made["body"] = [end, *more.get("body", [])]
    (tmp_path / "in.jsonld").write_text(json.dumps(made), "utf-8")
    assert taking.take_in(archive, tmp_path / "in.jsonld").left_out == ()
    ((made_at, person),) = archive.reading().execute(
        "SELECT links.made_at, people.name FROM links JOIN people ON people.id = person_id"
    )
    assert datetime.fromisoformat(made_at).tzinfo is not None
    assert person == wanted


def test_half_a_character_becomes_the_sign_for_what_cannot_be_read(archive, ids, tmp_path):
    path = tmp_path / "in.jsonld"
    link = chosen.choose(archive).link(chosen.choose(archive).sources[0])
    path.write_text(
        f'{{"type": "Annotation", "body": "\\ud800 and \\ud83d\\udea2", "target": "{link}"}}',
        "utf-8",
    )
    assert taking.take_in(archive, path).annotations == 1
    (row,) = annotations.rows(archive, annotations.ids(archive)).values()
    assert row.body == "\ufffd and 🚢"
