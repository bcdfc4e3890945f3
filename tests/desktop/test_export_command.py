"""`muniment export` keeps the contract: names of formats, restriction, one sentence for a failure."""

import json

import pytest
from click.testing import CliRunner

from db import exchange, sources
from db.archive import Archive
from desktop import exported
from desktop.command_line import cli


def run(*words, code=0):
    done = CliRunner().invoke(cli, [str(word) for word in words])
    assert done.exit_code == code, done.output
    return done


@pytest.fixture
def closed(harbour):
    """The harbour archive with one source marked restricted."""
    with Archive.open(harbour) as archive:
        found = next(each for each in sources.all(archive) if each.file_name == "letter.txt")
        sources.describe(archive, found.id, restricted=True)
    return harbour


def test_every_format_that_the_archive_writes_is_offered():
    assert set(exchange.FORMATS) <= set(exported.NAMES)


@pytest.mark.parametrize("name", sorted(exchange.FORMATS))
def test_a_format_is_written_and_restricted_sources_are_left_out_unless_asked_for(
    closed, tmp_path, name
):
    done = run("export", closed, name, tmp_path / "out")
    assert done.stderr == "Left out because it is restricted: one source.\n"
    assert done.stdout == ""
    less = (tmp_path / "out").read_bytes()
    done = run("export", closed, name, tmp_path / "out", "--restricted")
    assert done.output == ""
    if name not in ("annotations.csv", "annotations.xlsx", "webannotation.jsonld", "qdc"):
        assert len((tmp_path / "out").read_bytes()) > len(less)


def test_a_place_that_cannot_be_written_is_one_sentence(closed, tmp_path):
    done = run("export", closed, "figures.csv", tmp_path / "none" / "out.csv", code=1)
    assert done.stderr.strip() == f"There is no folder “{tmp_path / 'none'}” to write into."
    done = run("export", closed, "figures.csv", closed, code=1)
    assert "the archive itself" in done.stderr
    run("check", closed)
    with Archive.create(tmp_path / "other.muniment"):
        pass
    done = run("export", closed, "figures.csv", tmp_path / "other.muniment", code=1)
    assert "is an archive, which nothing is written over" in done.stderr
    run("check", tmp_path / "other.muniment")


def test_an_unknown_format_is_wrong_usage(closed, tmp_path):
    run("export", closed, "figures.doc", tmp_path / "out", code=2)
    run("export", closed, code=2)
    run("export", closed, "figures.csv", tmp_path / "out", "--source", 99, code=1)


def test_some_sources_alone(closed, tmp_path):
    run("export", closed, "sources.csv", tmp_path / "out.csv", "--source", 1)
    assert len((tmp_path / "out.csv").read_text("utf-8").splitlines()) == 2


def test_import_takes_files_of_other_programs_as_the_window_does(harbour, tmp_path):
    run("export", harbour, "qdpx", tmp_path / "out.qdpx")
    run("export", harbour, "bib", tmp_path / "out.bib")
    (tmp_path / "bad.ris").write_text("nothing", "utf-8")
    paths = [tmp_path / name for name in ("out.qdpx", "out.bib", "bad.ris")]
    done = run("import", harbour, *paths, "--json", code=1)
    report = json.loads(done.stdout)
    assert [each["path"] for each in report["imported"]] == [str(path) for path in paths[:2]]
    assert [each["path"] for each in report["failed"]] == [str(paths[2])]
    assert "known already" in done.stderr
    new = tmp_path / "new.muniment"
    report = json.loads(run("import", new, tmp_path / "out.qdpx", "--json").stdout)
    (imported,) = report["imported"]
    assert len(imported["source_ids"]) == 2
    made = json.loads(run("sources", new, "--json").stdout)
    assert imported["passages"] == sum(each["passages"] for each in made) > 5
    assert imported["figures"] == sum(each["figures"] for each in made) > 5
