"""A file an export writes is whole or as it was; what may not leave does not."""

import os

import pytest

from db import errors, exchange, sources
from db.exchange import chosen, whole_file


def test_a_block_that_fails_leaves_what_was_there(tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("as it was", "utf-8")
    with pytest.raises(RuntimeError), whole_file.replacing(path) as file:
        file.write(b"half of")
        raise RuntimeError
    assert path.read_text("utf-8") == "as it was"
    assert os.listdir(tmp_path) == ["out.csv"]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.csv").write_text("old", "utf-8")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    with whole_file.replacing(tmp_path / "link.csv") as file:
        file.write(b"new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text("utf-8") == "new"


@pytest.mark.parametrize(
    ("name", "problem"),
    [(".", "folder"), ("missing/out.csv", "missing_folder"), ("a.muniment", "archive"),
     ("pipe", "not_a_file"), ("x" * 300, "system")],
)  # fmt: skip
def test_a_place_that_cannot_be_written_is_told(archive, tmp_path, name, problem):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(errors.NotWritten) as told:
        exchange.write(archive, "sources.csv", tmp_path / name)
    assert told.value.facts["problem"] == problem


def test_a_full_disk_is_told_and_leaves_what_was_there(tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("as it was", "utf-8")
    with pytest.raises(errors.NotWritten) as told, whole_file.replacing(path):
        raise OSError(28, "No space left on device")
    assert "No space" in str(told.value.facts["detail"])
    assert path.read_text("utf-8") == "as it was"


def test_restricted_sources_and_what_lies_below_them_stay(tree):
    titles = [each.source.title for each in chosen.choose(tree)]
    assert titles == ["Harbour papers", "=Letter on {boilers} & 50% ~ pumps"]
    assert chosen.choose(tree).left_out == 2
    everything = chosen.choose(tree, restricted=True)
    assert [each.source.title for each in everything][2:] == ["Closed file", "A closed note"]
    assert [each.depth for each in everything] == [0, 1, 1, 2]


def test_a_parent_in_the_bin_still_closes_what_lies_below_it(tree):
    ids = {source.title: source.id for source in sources.all(tree)}
    with tree.writing("sources") as database:
        database.execute("UPDATE sources SET deleted_at = 'now' WHERE id = ?", [ids["Closed file"]])
    assert "A closed note" not in [each.source.title for each in chosen.choose(tree)]


def test_chosen_sources_go_with_what_lies_below_them(tree):
    ids = {source.title: source.id for source in sources.all(tree)}
    going = chosen.choose(tree, [ids["Closed file"]], restricted=True)
    assert [each.source.title for each in going] == ["Closed file", "A closed note"]
    assert [each.parent for each in going] == [None, 0]
    assert len(chosen.choose(tree, [ids["A closed note"]])) == 0


@pytest.mark.parametrize("name", sorted(exchange.FORMATS))
def test_no_format_lets_restricted_words_out(tree, tmp_path, name):
    path = tmp_path / "out"
    told = exchange.write(tree, name, path)
    assert told.restricted == 2
    written = path.read_bytes()
    if written.startswith(b"PK"):
        import zipfile

        with zipfile.ZipFile(path) as packed:
            written = b"".join(packed.read(each) for each in packed.namelist())
    for word in (b"Oslo", b"99,000", b"closed note", b"HP/2", b"Thrown away"):
        assert word not in written
    assert b"\r\n" not in written or name.endswith("xlsx")


def test_a_cancelled_export_leaves_nothing(tree, tmp_path):
    def stop(done, of, what):
        raise errors.Cancelled

    with pytest.raises(errors.Cancelled):
        exchange.write(tree, "figures.csv", tmp_path / "out.csv", progress=stop)
    assert not list(tmp_path.glob("*out.csv*"))
