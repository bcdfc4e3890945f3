"""A full disk: one sentence, and the archive as it was before."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from db import errors, ingest, sources
from db.archive import Archive

ROOT = Path(__file__).resolve().parent.parent.parent
MEGABYTE = 1 << 20


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 6 MB; skips where one may not be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if not mounted or mounted.returncode:
        pytest.skip("no small disk can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False)


def paper(folder, name, size):
    path = folder / name
    line = f"{name}: the depot held %d lorries and nothing else of note that winter.\n\n"
    path.write_text("".join(line % number for number in range(size // len(line))))
    return path


@pytest.mark.faults
def test_an_import_that_meets_a_full_disk_leaves_the_archive_as_it_was(
    small_disk, tmp_path, monkeypatch
):
    monkeypatch.setattr(ingest, "BYTES_OF_HEADROOM", 0)
    monkeypatch.setattr(ingest, "DISK_FOR_EACH_BYTE", 0)  # so that the import begins at all
    with Archive.create(small_disk / "a.muniment") as archive:
        ingest.add(archive, [paper(tmp_path, "small.txt", 50_000)])
        before = sources.all(archive)
        with pytest.raises(errors.DiskFull):
            ingest.add(archive, [paper(tmp_path, "large.txt", 4 * MEGABYTE)])
        assert sources.all(archive) == before
        subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
        ((import_id, _, _),) = ingest.unfinished(archive)
        ingest.discard(archive, import_id)
        assert [result for result in archive.check() if not result.ok] == []
    with Archive.open(small_disk / "a.muniment") as archive:
        assert sources.all(archive) == before
    assert os.listdir(small_disk) == ["a.muniment"]


@pytest.mark.faults
def test_the_command_line_says_so_in_one_sentence(small_disk, tmp_path):
    large = paper(tmp_path, "large.txt", 4 * MEGABYTE)
    command = [
        sys.executable,
        "-m",
        "desktop",
        "import",
        str(small_disk / "a.muniment"),
        str(large),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "room" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
