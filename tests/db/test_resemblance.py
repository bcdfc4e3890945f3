"""What a file is already, or much like: by its bytes, and by runs of words."""

import pytest

from db import resemblance, sources
from db.archive import Archive
from db.records import Block


@pytest.fixture
def archive(harbour):
    with Archive.open(harbour) as archive:
        yield archive


def blocks_of(text):
    blocks, at = [], 0
    for part in text.split("\n\n"):
        blocks.append(Block(at, at + len(part)))
        at += len(part) + 2
    return [block for block in blocks if block.end > block.start]


def runs_of(text):
    return resemblance.runs(text, blocks_of(text))


def test_a_text_that_was_copied_with_changes_is_found_and_others_are_not(archive):
    (ledger, _) = sources.all(archive)
    text = sources.text(archive, ledger.id)
    (found,) = resemblance.alike(archive, runs_of(text))
    assert (found.source_id, found.title, found.share) == (ledger.id, ledger.title, 1.0)
    changed = (
        text.replace("a new boiler", "an engine") + "\n\nAll this was copied by a clerk in May.\n"
    )
    (found,) = resemblance.alike(archive, runs_of(changed))
    assert found.source_id == ledger.id
    assert 0.5 <= found.share < 1
    other = "The weather was fine all week and nobody went to the quay.\n\n" * 3
    assert (
        resemblance.alike(archive, runs_of(other + "Rain fell on the roofs of the sheds again."))
        == []
    )
    sources.remove(archive, [ledger.id])
    assert resemblance.alike(archive, runs_of(text)) == []


def test_too_little_text_is_not_compared():
    assert runs_of("Dear sir, I have the honour to be.") == ()
    assert resemblance.share((), ()) == 0.0


def test_runs_are_spread_over_a_long_text_and_few():
    text = "\n\n".join(f"passage {n} says that {n} ships came in from the east" for n in range(900))
    found = runs_of(text)
    assert len(found) == resemblance.MOST_RUNS
    assert found[0][1] == "0"
    assert int(found[-1][1]) > 800
    assert resemblance.share(found, found[: len(found) // 2]) == 1.0


def test_a_chinese_text_is_found_again(archive):
    assert (
        len(runs_of("港口的船隻在早上離開了碼頭，載著三十桶油和許多箱茶葉，往東邊的島嶼去了。"))
        >= 4
    )


def test_files_are_known_by_their_bytes_and_only_those_of_a_fitting_size_are_read(
    archive, files, tmp_path
):
    (ledger, _) = sources.all(archive)
    copy = tmp_path / "again.txt"
    copy.write_bytes((files / "ledger.txt").read_bytes())
    other = tmp_path / "other.txt"
    other.write_bytes(copy.read_bytes()[:-1] + b"!")
    asked = [copy, other, tmp_path / "gone.txt"]
    assert resemblance.same(archive, asked) == {copy: (ledger.id, ledger.title)}
    sources.remove(archive, [ledger.id])
    assert resemblance.same(archive, asked) == {}
