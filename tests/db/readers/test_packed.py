"""Files inside files come in below what holds them, within limits, and nothing touches the disk."""

import contextlib

import pytest

import db.ingest
import db.readers
from db import errors
from db.archive import Archive
from db.readers import zipped
from tests.db.readers.made import docx, packed
from tests.db.readers.test_mail import letter


def taken(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    archive = Archive.create(tmp_path / "a.muniment")
    return archive, db.ingest.add(archive, [path], figures=False)


def rows(archive):
    return archive.reading().execute(
        "SELECT sources.title, parents.title, originals.file_name FROM sources"
        " LEFT JOIN sources AS parents ON parents.id = sources.parent_id"
        " JOIN originals ON originals.id = sources.original_id ORDER BY sources.id"
    ).fetchall()  # fmt: skip


def test_what_a_zip_holds_comes_in_below_it(tmp_path) -> None:
    inner = packed({"deep.txt": "words of the deep"})
    mail = letter().as_bytes()
    written = docx("<w:p><w:r><w:t>Rye.</w:t></w:r></w:p>")
    data = packed(
        {
            "../../escape.txt": "stays inside",
            "in/a.docx": written,
            "in/b.zip": inner,
            "c.eml": mail,
            "__MACOSX/x": "no",
            "d.exe": b"\x7fELF" + b"\0" * 60,
        }
    )
    before = set(tmp_path.parent.iterdir())
    archive, report = taken(tmp_path, "box.zip", data)
    with archive:
        assert rows(archive) == [
            ("box", None, "box.zip"),
            ("escape", "box", "escape.txt"),
            ("a", "box", "a.docx"),
            ("b", "box", "b.zip"),
            ("Of mills", "box", "c.eml"),
            ("deep", "b", "deep.txt"),
            ("2-.._rye", "Of mills", "2-.._rye.csv"),
        ]
        assert [path.rpartition("/")[2] for path, _ in report.failed] == ["d.exe"]
        assert len(report.imported) == 7
        kept = archive.reading().execute(
            "SELECT bytes FROM originals WHERE file_name = 'a.docx'"
        ).fetchone()  # fmt: skip
        assert kept[0] == written
        again = db.ingest.add(archive, [tmp_path / "box.zip"], figures=False)
        assert len(again.duplicates) == 1
        assert not again.imported
    assert set(tmp_path.parent.iterdir()) == before


def test_zips_in_zips_end_somewhere(tmp_path) -> None:
    data = b"words"
    for number in range(8):
        data = packed({f"{number}.zip" if number else "a.txt": data})
    archive, report = taken(tmp_path, "box.zip", data)
    with archive:
        assert len(report.imported) == 5
        ((_, refusal),) = report.failed
        assert isinstance(refusal, errors.Unreadable)
        assert "deep" in str(refusal)


def test_a_zip_that_says_it_holds_too_much_is_refused_whole(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(zipped, "LARGEST_TOTAL", 1000)
    data = packed({"a": b"x" * 900, "b": b"y" * 900})
    with pytest.raises(errors.Unreadable, match="beyond all measure"):
        db.readers.of_bytes(tmp_path / "a.zip", data)


def test_what_is_too_many_is_told_once_for_each_holder(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(db.ingest, "MOST_INSIDE", 3)
    inner = packed({f"{number}.txt": f"leaf {number}" for number in range(40)})
    archive, report = taken(tmp_path, "box.zip", packed({"a.txt": "one", "b.zip": inner}))
    with archive:
        assert [row[0] for row in rows(archive)] == ["box", "a", "b", "0"]
        ((path, refusal),) = report.failed
        assert path.endswith("box.zip/b.zip/…")
        assert "more files in files" in str(refusal)


def test_a_stopped_import_finds_what_it_had_not_taken_out_of_a_zip(tmp_path) -> None:
    path = tmp_path / "box.zip"
    path.write_bytes(packed({f"{n}.txt": f"words {n}" for n in range(4)}))

    def stop(done: int, of: int, what: str) -> None:
        if done == 2:
            raise errors.Cancelled

    with Archive.create(tmp_path / "a.muniment") as archive:
        with contextlib.suppress(errors.Cancelled):
            db.ingest.add(archive, [path], stop, figures=False)
        db.ingest.add(archive, [path], figures=False)
        titles = sorted(title for title, parent, _ in rows(archive) if parent == "box")
        assert titles == ["0", "1", "2", "3"]
