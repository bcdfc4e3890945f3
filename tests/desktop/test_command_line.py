"""The command line keeps its contract: names, keys, offsets, exit codes."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = "In 1940 the mission asked for 30 lorries and 1,300 rifles.\n\nEleven lorries came in May."


def run(*words, code=0, text=True):
    done = subprocess.run(
        [sys.executable, "-m", "desktop", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done.stdout.decode() if text else done


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def made(tmp_path, letter):
    run("import", tmp_path / "a.muniment", letter)
    return tmp_path / "a.muniment"


def lines(output):
    return [json.loads(line) for line in output.splitlines()]


def test_import_makes_the_archive_and_reports(tmp_path, letter):
    report = json.loads(run("import", tmp_path / "new.muniment", letter, "--json"))
    (imported,) = report["imported"]
    assert imported["path"] == str(letter)
    assert imported["source_ids"] == [1]
    assert imported["passages"] == 2
    assert imported["figures"] == 3
    assert report["duplicates"] == report["failed"] == []


def test_import_again_reports_a_duplicate_and_is_no_failure(made, letter):
    report = json.loads(run("import", made, letter, "--json"))
    assert report["imported"] == []
    assert report["duplicates"] == [{"path": str(letter), "source_id": 1}]


def test_a_file_that_fails_gives_exit_code_1_and_a_sentence(made, tmp_path, letter):
    done = run("import", made, tmp_path / "none.txt", letter, "--json", code=1, text=False)
    report = json.loads(done.stdout)
    assert [each["path"] for each in report["failed"]] == [str(tmp_path / "none.txt")]
    assert report["failed"][0]["reason"].endswith(".")
    assert len(report["duplicates"]) == 1


def test_a_bad_row_of_a_table_gives_exit_code_1_and_stops_no_other(tmp_path, letter):
    (tmp_path / "t.csv").write_text(f"path,title,parent\n,,\n{letter.name},A letter,Nobody\n")
    words = ("import", tmp_path / "t.muniment", "--manifest", tmp_path / "t.csv", "--json")
    done = run(*words, code=1, text=False)
    report = json.loads(done.stdout)
    (imported,), (failed,) = report["imported"], report["failed"]
    assert imported["path"] == str(letter)
    assert "“Nobody”" in imported["remarks"][0]
    assert failed["reason"] == "Line 2 of the table has neither a path nor a title."
    assert failed["reason"] in done.stderr.decode()
    assert imported["remarks"][0] in done.stderr.decode()


def test_a_manifest_that_is_no_table_is_a_failure_of_the_report_and_takes_nothing(tmp_path, letter):
    (tmp_path / "t.csv").write_text("name,title\nletter.txt,A letter\n")
    words = ("import", tmp_path / "t.muniment", letter, "--manifest", tmp_path / "t.csv", "--json")
    done = run(*words, code=1, text=False)
    report = json.loads(done.stdout)
    assert (report["imported"], report["duplicates"]) == ([], [])
    (failed,) = report["failed"]
    assert failed["path"] == str(tmp_path / "t.csv")
    assert failed["reason"].endswith("has no column “path”.")
    assert failed["reason"] in done.stderr.decode()


def test_sources_have_the_keys_of_the_contract(made):
    (source,) = json.loads(run("sources", made, "--json"))
    wanted = {
        "id", "parent_id", "level", "reference_code", "title", "creator", "date", "language",
        "genre", "file_name", "media_type", "sha256", "passages", "figures",
    }  # fmt: skip
    assert wanted <= source.keys()
    assert (source["file_name"], source["language"], source["passages"]) == ("letter.txt", "en", 2)


def test_text_is_the_stored_text_and_nothing_else(made):
    assert run("text", made, 1, text=False).stdout == TEXT.encode()


def test_passages_stand_where_they_say(made):
    found = lines(run("passages", made, 1, "--jsonl"))
    assert [TEXT[each["start"] : each["end"]] for each in found] == [each["text"] for each in found]
    assert found[0].keys() == {"id", "ordinal", "start", "end", "kind", "page", "text"}


def test_search_returns_spans_of_the_source(made):
    found = json.loads(run("search", made, "lorries", "--json"))
    assert (found["total"], found["exact"]) == (2, True)
    for hit in found["hits"]:
        assert {TEXT[start:end] for start, end in hit["matches"]} == {"lorries"}
    assert len(json.loads(run("search", made, "lorries", "--limit", 1, "--json"))["hits"]) == 1


@pytest.mark.parametrize("query", ['"unbalanced AND (', "", "-", "C++", "$25", "a\x01b", "NEAR("])
def test_a_search_that_cannot_be_parsed_is_searched_as_words(made, query):
    found = json.loads(run("search", made, "--json", "--", query))
    assert found["understood"]


def test_1300_finds_1300_with_a_comma(made):
    assert json.loads(run("search", made, "1300", "--json"))["total"] == 1


def test_figures_have_the_keys_of_the_contract(made):
    found = lines(run("figures", made, "--jsonl"))
    assert list(found[0]) == [
        "id", "source_id", "source_title", "passage_id", "start", "end", "text", "kind", "value",
        "value_high", "approx", "unit", "per", "of", "from", "to", "modality", "nature", "date",
        "date_basis", "rules", "status",
    ]  # fmt: skip
    assert [(each["value"], each["unit"]) for each in found] == [
        (30.0, "lorry"),
        (1300.0, "rifle"),
        (11.0, "lorry"),
    ]
    assert lines(run("figures", made, "--source", 1, "--jsonl")) == found
    assert all(TEXT[each["start"] : each["end"]] == each["text"] for each in found)


def test_figures_of_boilerplate_come_when_asked_for_and_are_not_kept(tmp_path):
    words = "In 1940 the road carried 3,000 tons a month, and the depot held 40 lorries. " * 3
    page = f"<nav>Join 12,000 readers</nav><p>{words}</p><footer>Only 25 dollars</footer>"
    (tmp_path / "page.html").write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    archive = tmp_path / "a.muniment"
    run("import", archive, tmp_path / "page.html")
    usual = lines(run("figures", archive, "--jsonl"))
    asked = lines(run("figures", archive, "--boilerplate", "--jsonl", "--source", "1"))
    assert [each for each in asked if each["id"] > 0] == usual
    more = [each for each in asked if each["id"] < 0]
    assert [each["text"] for each in more] == ["12,000 readers", "25 dollars"]
    text = run("text", archive, 1)
    assert all(text[each["start"] : each["end"]] == each["text"] for each in more)
    kinds = {each["id"]: each["kind"] for each in lines(run("passages", archive, 1, "--jsonl"))}
    assert {kinds[each["passage_id"]] for each in more} == {"boilerplate"}
    assert asked == sorted(asked, key=lambda each: each["start"])
    assert lines(run("figures", archive, "--jsonl")) == usual
    (source,) = json.loads(run("sources", archive, "--json"))
    assert source["figures"] == len(usual)


def test_periods_are_edtf(made):
    found = lines(run("periods", made, "--jsonl"))
    assert [each["date"] for each in found] == ["1940", "1940-05"]


@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_a_series_is_drawn_without_a_window(made, tmp_path, ending):
    found = json.loads(run("series", made, "--json"))
    assert {"id", "name", "unit", "points"} <= found[0].keys()
    assert [point["value"] for point in found[0]["points"]] == [30.0, 11.0]
    picture = tmp_path / f"plot.{ending}"
    run("plot", made, "--series", found[0]["id"], "-o", picture)
    assert picture.stat().st_size > 1000


def test_a_series_that_is_not_there_is_one_sentence(made, tmp_path):
    run("plot", made, "--series", 999, "-o", tmp_path / "x.svg", code=1)
    run("plot", made, "--series", 1, "-o", tmp_path / "x.bmp", code=2)


def test_findings_spell_out_what_follows(tmp_path):
    text = "In 1940 it bought 120 lorries in all: 70 lorries in May and 50 lorries in June."
    (tmp_path / "sum.txt").write_text(text, encoding="utf-8")
    run("import", tmp_path / "s.muniment", tmp_path / "sum.txt")
    (found,) = json.loads(run("findings", tmp_path / "s.muniment", "--json"))
    wanted = {"id", "kind", "verdict", "stated", "computed", "figure_ids", "passage_ids", "message"}
    assert wanted <= found.keys()
    assert (found["kind"], found["verdict"]) == ("sum", "agrees")
    assert (found["stated"], found["computed"]) == (120.0, 120.0)


def test_two_sources_are_compared_passage_by_passage(made, tmp_path):
    other = TEXT.replace("30 lorries", "35 lorries") + "\n\nNothing more was heard of them."
    (tmp_path / "other.txt").write_text(other, encoding="utf-8")
    run("import", made, tmp_path / "other.txt")
    compared = json.loads(run("compare", made, 1, 2, "--json"))
    assert [pair["relation"] for pair in compared["pairs"]] == ["changed", "same", "only_b"]
    assert compared["pairs"][1]["similarity"] == 1
    assert [pair["relation"] for pair in compared["figures"]] == ["differs", "same", "same"]
    run("compare", made, 1, 99, code=1)


def test_check_and_backup(made, tmp_path):
    run("backup", made, tmp_path / "copy.muniment")
    checked = json.loads(run("check", tmp_path / "copy.muniment", "--json"))
    assert checked["ok"] is True
    assert {"name", "ok", "detail"} == checked["checks"][0].keys()


def test_check_fails_where_words_have_changed(made):
    connection = sqlite3.connect(made)
    connection.execute("UPDATE texts SET text = replace(text, 'mission', 'missive')")
    connection.commit()
    connection.close()
    checked = json.loads(run("check", made, "--json", code=1))
    assert [each["name"] for each in checked["checks"] if not each["ok"]] == ["texts", "spans"]
    said = run("check", made, code=1, text=False).stderr.decode()
    assert said == "Not everything in the archive holds: texts, spans.\n"


def test_a_file_that_is_no_archive_is_one_sentence(letter):
    done = run("sources", letter, code=1, text=False)
    assert done.stdout == b""
    assert len(done.stderr.decode().strip().splitlines()) == 1


def test_wrong_usage_is_exit_code_2(made):
    run("figures", code=2)
    run("import", made, code=2)
    run("nothing-of-this-name", code=2)
    run("text", made, 99, code=1)


def test_the_sample_is_written_whole(tmp_path):
    run("sample", tmp_path / "sample.muniment")
    found = json.loads(run("sources", tmp_path / "sample.muniment", "--json"))
    assert len([each for each in found if each["level"] == "item"]) >= 10
    assert {"en", "ru", "zh"} <= {each["language"] for each in found}
    assert sum(each["figures"] for each in found) >= 60
    assert json.loads(run("check", tmp_path / "sample.muniment", "--json"))["ok"]
    run("sample", tmp_path / "sample.muniment", code=1)


def test_version_names_what_it_runs_on():
    said = run("--version")
    for name in ("Muniment", "Python", "Qt", "SQLite"):
        assert name in said
