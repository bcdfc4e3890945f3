"""`muniment merge` keeps to the contract of the command line."""

import json
import shutil

from click.testing import CliRunner

from db import sources
from db.archive import Archive
from desktop.command_line import cli


def run(*arguments):
    return CliRunner().invoke(cli, [str(each) for each in arguments])


def test_a_dry_run_says_what_comes_and_a_merge_brings_it(harbour, tmp_path):
    other = shutil.copy(harbour, tmp_path / "copy.muniment")
    with Archive.open(other, adopt=True) as theirs:
        first = sources.all(theirs)[0]
        sources.describe(theirs, first.id, title="The book of the office")
    before = harbour.read_bytes()
    told = json.loads(run("merge", harbour, other, "--dry-run", "--json").stdout)
    assert told == {"added": {}, "changed": {"sources": 1}, "removed": {}, "conflicts": []}
    assert harbour.read_bytes() == before
    assert json.loads(run("merge", harbour, other, "--json").stdout) == told
    with Archive.open(harbour, writable=False) as ours:
        assert sources.get(ours, first.id).title == "The book of the office"


def test_conflicts_are_listed_and_ours_stays(harbour, tmp_path):
    other = shutil.copy(harbour, tmp_path / "copy.muniment")
    for path, title in ((other, "Theirs"), (harbour, "Ours")):
        with Archive.open(path, adopt=True) as archive:
            first = sources.all(archive)[0]
            sources.describe(archive, first.id, title=title)
    told = json.loads(run("merge", harbour, other, "--json").stdout)
    (conflict,) = told["conflicts"]
    assert conflict["about"] == "Ours"
    assert {name: conflict[name] for name in ("table", "uuid", "field", "ours", "theirs")} == {
        "table": "sources", "uuid": first.uuid, "field": "title", "ours": "Ours",
        "theirs": "Theirs",
    }  # fmt: skip


def test_what_is_no_archive_is_refused_in_a_sentence(harbour, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear cousin")
    answer = run("merge", harbour, tmp_path / "letter.txt", "--json")
    assert answer.exit_code == 1
    assert "is not a Muniment archive" in answer.stderr
