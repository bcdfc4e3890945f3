"""What a person judged and wrote on findings stays with them when the text is corrected."""

import shutil

import pytest

from db import annotations, findings, history, ingest, merge, sources, versions
from db.archive import Archive
from db.records import Target

LETTER = """Report of the pier

It was built by the town and is kept by the harbour office, which sends this report.

Of 200 crates 50 were lost, that is 25 per cent.

The fees were 30 dollars in May, 20 dollars in June and 10 dollars in July: 60 dollars in all.

On 31 February 1940 the pier closed.
"""


@pytest.fixture(scope="module")
def report_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    (folder / "report.txt").write_text(LETTER)
    with Archive.create(folder / "made.muniment") as archive:
        ingest.add(archive, [folder / "report.txt"])
        findings.find(archive)
        archive.backup(folder / "copy.muniment")
    return folder / "copy.muniment"


@pytest.fixture
def report(report_once, tmp_path):
    """An archive whose every finding is judged and has a memo."""
    path = shutil.copy(report_once, tmp_path / "a.muniment")
    with Archive.open(path, adopt=True) as archive:
        archive.person = "Ada"
        for each in findings.all(archive):
            findings.judge(archive, each.id, "confirmed", f"read {each.kind}")
            annotations.add(archive, "memo", Target(finding_id=each.id), body=f"on {each.kind}")
        yield archive


def memos(archive, finding_id):
    return [each.body for each in annotations.of(archive, Target(finding_id=finding_id))]


def told(archive):
    """Kind, judgement, reason and memos of what shows, after a look."""
    findings.find(archive)
    return sorted(
        (each.kind, each.judgement, each.reason, *memos(archive, each.id))
        for each in findings.all(archive)
    )


def test_they_go_along_where_the_words_they_rest_on_are_untouched(report):
    before = told(report)
    assert {kind for kind, *_ in before} >= {"share", "numeral"}
    assert all(judgement == "confirmed" and memo for _, judgement, _, *memo in before)
    first = versions.all(report, 1)[0].text_id
    versions.correct(report, 1, "Copied by the clerk.\n\n" + sources.text(report, 1))
    assert told(report) == before
    history.undo(report)
    assert told(report) == before
    history.redo(report)
    assert told(report) == before
    versions.use(report, 1, first)
    assert told(report) == before


def test_a_finding_whose_words_changed_keeps_its_judgement_unseen_until_they_are_back(report):
    before = told(report)
    text = sources.text(report, 1)
    versions.correct(report, 1, text.replace("50 were lost", "60 were lost"))
    after = told(report)
    assert "share" not in {kind for kind, judgement, *_ in after if judgement == "confirmed"}
    assert len(annotations.ids(report)) == len(before)
    history.undo(report)
    assert told(report) == before


def test_one_judged_there_by_itself_is_left_as_it_is(report):
    first = versions.all(report, 1)[0].text_id
    versions.correct(report, 1, sources.text(report, 1).replace("50 were lost", "60 were lost"))
    second = versions.all(report, 1)[0].text_id
    findings.find(report)
    (share,) = [each for each in findings.all(report) if each.kind == "share"]
    findings.judge(report, share.id, "dismissed", "a slip")
    versions.use(report, 1, first)
    assert ("share", "confirmed", "read share", "on share") in told(report)
    versions.use(report, 1, second)
    assert ("share", "dismissed", "a slip") in told(report)


def test_a_text_corrected_in_a_copy_takes_what_was_judged_here_along(report, tmp_path):
    before = told(report)
    report.backup(tmp_path / "copy.muniment")
    with Archive.open(tmp_path / "copy.muniment", adopt=True) as copy:
        versions.correct(copy, 1, "Copied by the clerk.\n\n" + sources.text(copy, 1))
    merge.merge(report, tmp_path / "copy.muniment")
    assert sources.text(report, 1).startswith("Copied")
    assert told(report) == before
