"""Originals: byte for byte again, checked against their SHA-256 with a date, or only linked."""

import hashlib
import os
import stat

import pytest

from db import errors, ingest, originals, sources, storing
from db.archive import Archive

WORDS = b"\xef\xbb\xbfThe boat came in.\r\n"


@pytest.fixture
def archive(tmp_path):
    with Archive.create(tmp_path / "held.muniment") as archive:
        yield archive


def take_in(archive, folder, names=("boat.txt",), *, keep=True):
    """Sources with an original each, as an import leaves them; without one, which takes 1 s."""
    folder.mkdir(exist_ok=True)
    found = {}
    for number, name in enumerate(names):
        data = WORDS + str(number).encode()
        (folder / name).write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        original = storing.Original(folder / name, digest, "text/plain", keep=keep)
        original_id = storing.store_original(archive, original)
        found[name] = sources.add(archive, name, file_name=name, original_id=original_id)
    return found


def test_a_private_copy_is_the_file_again_and_no_one_else_may_read_or_change_it(archive, tmp_path):
    source_id = take_in(archive, tmp_path / "box")["boat.txt"]
    private = tmp_path / "private"
    private.mkdir()
    copy = originals.private_copy(archive, source_id, private)
    assert (copy.name, copy.read_bytes()) == ("boat.txt", WORDS + b"0")
    assert originals.private_copy(archive, source_id, private) == copy
    if os.name == "posix":
        assert stat.S_IMODE(copy.stat().st_mode) == stat.S_IRUSR
        assert stat.S_IMODE(copy.parent.stat().st_mode) == stat.S_IRWXU


def test_originals_are_written_out_byte_for_byte_and_over_nothing(archive, tmp_path):
    ids = take_in(archive, tmp_path / "box", ("boat.txt", "quay.txt"))
    out = tmp_path / "out"
    out.mkdir()
    (out / "boat.txt").write_bytes(b"mine")
    written = originals.export(archive, list(ids.values()), out)
    assert [path.name for path in written.paths] == ["boat (2).txt", "quay.txt"]
    assert (out / "boat.txt").read_bytes() == b"mine"
    assert (out / "boat (2).txt").read_bytes() == WORDS + b"0"
    one = originals.export(archive, [ids["quay.txt"]], tmp_path / "one.bin")
    assert one.paths[0].read_bytes() == WORDS + b"1"


def test_what_is_restricted_is_left_out_unless_it_is_asked_for(archive, tmp_path):
    ids = take_in(archive, tmp_path / "box", ("boat.txt", "quay.txt"))
    sources.describe(archive, ids["boat.txt"], restricted=1)
    out = tmp_path / "out"
    out.mkdir()
    written = originals.export(archive, list(ids.values()), out)
    assert ([path.name for path in written.paths], written.restricted) == (["quay.txt"], 1)
    assert len(originals.export(archive, list(ids.values()), out, restricted=True).paths) == 2


def test_a_linked_file_is_read_where_it_lies_as_long_as_it_is_the_same(archive, tmp_path):
    source_id = take_in(archive, tmp_path / "box", keep=False)["boat.txt"]
    original = originals.of_source(archive, source_id)
    assert not original.kept
    out = tmp_path / "out.txt"
    assert originals.export(archive, [source_id], out).paths[0].read_bytes() == WORDS + b"0"
    assert originals.check(archive).wrong == ()
    (tmp_path / "box" / "boat.txt").write_bytes(WORDS + b"1")
    out.unlink()
    with pytest.raises(errors.NoOriginal) as problem:
        originals.export(archive, [source_id], out)
    assert problem.value.facts["problem"] == "changed"
    assert not out.exists()
    (tmp_path / "box" / "boat.txt").unlink()
    (wrong,) = originals.check(archive).wrong
    assert (wrong.problem, wrong.file_name) == ("missing", "boat.txt")


def test_an_import_may_only_link_to_its_files_and_a_later_one_keep_them(archive, tmp_path):
    file = tmp_path / "boat.txt"
    file.write_bytes(WORDS)
    ingest.add(archive, [file], figures=False, keep_originals=False)
    (source,) = sources.all(archive)
    assert "boat" in sources.text(archive, source.id)
    original = originals.of_source(archive, source.id)
    assert (original.kept, original.path) == (False, str(file))
    sources.remove(archive, [source.id])
    ingest.add(archive, [file], figures=False)
    (source,) = sources.all(archive)
    assert originals.of_source(archive, source.id).kept


@pytest.mark.parametrize(
    "path", ["//far/share/boat.txt", "\\\\far\\share\\boat.txt", "", "/dev/zero"]
)
def test_no_other_machine_and_no_device_is_asked_for_an_original(archive, tmp_path, path):
    source_id = take_in(archive, tmp_path / "box", keep=False)["boat.txt"]
    with archive.writing("originals") as database:
        database.execute("UPDATE originals SET path = ?", [path])
    with pytest.raises(errors.NoOriginal) as problem:
        originals.private_copy(archive, source_id, tmp_path)
    assert problem.value.facts["problem"] == "missing"


def test_a_check_keeps_what_it_found_with_its_date_and_who_asked(archive, tmp_path):
    take_in(archive, tmp_path / "box", ("boat.txt", "quay.txt"))
    archive.person = "Ada"
    first = originals.check(archive)
    assert (first.originals, first.wrong, first.person) == (2, (), "Ada")
    with archive.writing("originals") as database:
        database.execute("UPDATE originals SET bytes = x'00' WHERE file_name = 'quay.txt'")
    told = []
    second = originals.check(archive, lambda done, of, what: told.append((done, of)))
    assert [(each.file_name, each.problem) for each in second.wrong] == [("quay.txt", "changed")]
    assert told == [(0, 2), (1, 2), (2, 2)]
    assert originals.checks(archive) == [second, first]


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("../../etc/passwd", "_.._etc_passwd"), ("a\x00b\n.pdf", "a_b_.pdf"), ("…", "…"),
        ("", "original"), ("con: 1?.txt", "con_ 1_.txt"), ("x" * 400 + ".tar.gz", "x" * 120 + ".gz"),
    ],
)  # fmt: skip
def test_the_name_of_a_copy_leads_nowhere_else(said, named):
    original = originals.Original(1, said, 0, "", None, None, "", kept=True)
    name = originals.name_for(original)
    assert name == named
    assert "/" not in name
