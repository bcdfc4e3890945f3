"""Archives: made, opened, locked, written, refused, copied and checked."""

import hashlib
import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from db import errors, history, known
from db.archive import Archive

ROOT = Path(__file__).resolve().parent.parent.parent


def add_source(archive, title="A letter"):
    with history.command(archive, "add", "sources") as recording:
        return recording.insert("sources", {"uuid": title, "title": title, "added_at": "now"})


def titles(archive):
    return [row[0] for row in archive.reading().execute("SELECT title FROM sources").fetchall()]


def test_an_archive_is_one_file_that_names_itself(archive):
    add_source(archive)
    archive.close()
    assert archive.path.read_bytes()[68:72] == b"MUNI"
    assert os.listdir(archive.path.parent) == ["a.muniment"]


def test_what_was_written_is_there_after_reopening(archive):
    add_source(archive, "Ledger")
    archive.close()
    with Archive.open(archive.path) as again:
        assert titles(again) == ["Ledger"]
        assert again.title == "An archive"


def test_making_an_archive_over_a_file_is_refused(archive):
    with pytest.raises(FileExistsError):
        Archive.create(archive.path)


def test_a_mistyped_path_makes_no_file(tmp_path):
    with pytest.raises(errors.MissingArchive):
        Archive.open(tmp_path / "typo.muniment")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("content", "found"),
    [(b"", "empty"), (b"hello", "other"), (b"SQLite format 3\x00" + bytes(200), "database")],
)
def test_a_file_that_is_no_archive_is_refused_and_left_alone(tmp_path, content, found):
    path = tmp_path / "x.muniment"
    path.write_bytes(content)
    with pytest.raises(errors.NotAnArchive) as refused:
        Archive.open(path)
    assert refused.value.facts["found"] == found
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused(tmp_path):
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.commit()
    connection.close()
    with pytest.raises(errors.NotAnArchive) as refused:
        Archive.open(path)
    assert refused.value.facts["found"] == "database"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_archive_is_refused_with_a_reason(archive, share):
    archive.close()
    content = archive.path.read_bytes()
    archive.path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(errors.DamagedArchive):
        Archive.open(archive.path)


def test_a_newer_archive_is_refused_and_its_bytes_are_unchanged(archive):
    archive.close()
    connection = sqlite3.connect(archive.path)
    connection.execute("PRAGMA user_version = 99")
    connection.commit()
    connection.close()
    before = hashlib.sha256(archive.path.read_bytes()).digest()
    with pytest.raises(errors.NewerArchive) as refused:
        Archive.open(archive.path)
    assert refused.value.facts["format"] == 99
    assert hashlib.sha256(archive.path.read_bytes()).digest() == before


def test_a_trigger_somebody_put_in_keeps_the_archive_closed(archive):
    add_source(archive)
    archive.close()
    connection = sqlite3.connect(archive.path)
    connection.execute(
        "CREATE TRIGGER harm AFTER INSERT ON annotations BEGIN DELETE FROM sources; END"
    )
    connection.commit()
    connection.close()
    with pytest.raises(errors.ForeignArchive) as refused:
        Archive.open(archive.path)
    assert "harm" in refused.value.facts["refused"]


def test_an_archive_written_elsewhere_is_read_but_not_written_until_adopted(archive, home):
    add_source(archive)
    archive.close()
    for note in (home / "archives").iterdir():
        note.unlink()
    with Archive.open(archive.path, writable=False) as reading:
        assert titles(reading) == ["A letter"]
    with pytest.raises(errors.ForeignArchive):
        Archive.open(archive.path)
    with Archive.open(archive.path, adopt=True) as adopted:
        add_source(adopted, "Another")
    with Archive.open(archive.path) as ours:
        assert titles(ours) == ["A letter", "Another"]


def test_a_colleague_who_wrote_on_makes_it_foreign(archive):
    archive.close()
    connection = sqlite3.connect(archive.path)
    connection.execute("UPDATE meta SET value = '500' WHERE key = 'write_seq'")
    connection.commit()
    connection.close()
    with pytest.raises(errors.ForeignArchive):
        Archive.open(archive.path)


def test_an_archive_that_is_closed_leaves_no_file_beside_it(archive):
    add_source(archive)
    archive.close()
    assert os.listdir(archive.path.parent) == [archive.path.name]


def test_a_second_writer_is_refused_by_name_and_a_reader_is_not(archive):
    add_source(archive)
    with pytest.raises(errors.ArchiveInUse) as refused:
        Archive.open(archive.path)
    assert str(os.getpid()) in refused.value.facts["holder"]
    with Archive.open(archive.path, writable=False) as reading:
        assert titles(reading) == ["A letter"]
        with pytest.raises(errors.ReadOnlyArchive), reading.writing("sources"):
            pass


def test_a_killed_program_lets_go_of_its_archive(tmp_path):
    path = tmp_path / "killed.muniment"
    code = (
        "from db.archive import Archive; import os\n"
        f"archive = Archive.create({str(path)!r})\n"
        "with archive.writing('sources') as database:\n"
        "    database.execute(\"INSERT INTO sources (uuid, title, added_at) VALUES ('u', 'T', '')\")\n"
        "context = archive.writing('sources'); database = context.__enter__()\n"
        "database.execute('PRAGMA cache_size = 1')\n"
        "database.execute(\"UPDATE sources SET title = 'half'\")\n"
        'database.execute("INSERT INTO read_me SELECT 1000 + value, hex(randomblob(500))"\n'
        '    " FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n"\n'
        '    " LIMIT 2000) SELECT value FROM n)")\n'
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert path.with_name("killed.muniment-journal").exists()
    with Archive.open(path) as again:
        assert titles(again) == ["T"]
        assert all(result.ok for result in again.check())


def test_a_journal_beside_an_archive_we_did_not_leave_open_keeps_it_closed(archive, tmp_path):
    archive.close()
    victim = tmp_path / "victim.txt"
    victim.write_text("precious")
    journal = archive.path.with_name("a.muniment-journal")
    journal.write_bytes(bytes.fromhex("d9d505f920a163d7") + bytes(504) + str(victim).encode())
    with pytest.raises(errors.ForeignArchive) as refused:
        Archive.open(archive.path)
    assert refused.value.facts["refused"] == "journal"
    assert victim.read_text() == "precious"


def test_a_reading_connection_cannot_write(archive):
    with pytest.raises(sqlite3.OperationalError):
        archive.reading().execute("DELETE FROM meta")


def test_a_failed_transaction_leaves_nothing(archive):
    with pytest.raises(ZeroDivisionError), archive.writing("sources") as database:
        database.execute("INSERT INTO sources (uuid, title, added_at) VALUES ('u', 'T', '')")
        raise ZeroDivisionError
    assert titles(archive) == []
    add_source(archive, "after")
    assert titles(archive) == ["after"]


def test_a_transaction_within_another_is_part_of_it(archive):
    with pytest.raises(ZeroDivisionError), archive.writing("sources"):
        add_source(archive)
        raise ZeroDivisionError
    assert titles(archive) == []


def test_listeners_hear_which_tables_changed_after_the_commit(archive):
    heard = []
    stop = archive.on_change(lambda tables: heard.append((tables, titles(archive))))
    add_source(archive)
    stop()
    add_source(archive, "unheard")
    assert heard == [(frozenset({"history", "sources"}), ["A letter"])]


def test_an_urgent_writer_goes_before_a_waiting_import(archive):
    order = []
    inside = threading.Event()
    go_on = threading.Event()

    def hold():
        with archive.writing("meta"):
            inside.set()
            go_on.wait(5)

    def write(name, urgent):
        with archive.writing("meta", urgent=urgent):
            order.append(name)

    first = threading.Thread(target=hold)
    first.start()
    inside.wait(5)
    waiting = [
        threading.Thread(target=write, args=("import", False)),
        threading.Thread(target=write, args=("note", True)),
    ]
    waiting[0].start()
    waiting[1].start()
    while archive._turn._urgent_waiting < 1:
        pass
    go_on.set()
    for thread in (first, *waiting):
        thread.join(5)
    assert order == ["note", "import"]


def test_a_statement_stops_soon_after_it_is_cancelled(archive):
    endless = (
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    )
    with pytest.raises(errors.Cancelled), archive.cancellable(lambda: True):
        archive.reading().execute(endless).fetchall()
    assert titles(archive) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the place of an open file")
def test_a_file_put_in_the_place_of_an_open_archive_is_noticed(archive, tmp_path):
    add_source(archive)
    archive._looked_at = 0.0
    other = tmp_path / "other"
    other.write_bytes(b"from the cloud")
    other.replace(archive.path)
    with pytest.raises(errors.ArchiveMoved):
        add_source(archive, "lost?")


def test_a_backup_is_a_whole_archive(archive, tmp_path):
    add_source(archive)
    archive.backup(tmp_path / "copies" / "b.muniment")
    with Archive.open(tmp_path / "copies" / "b.muniment", writable=False) as copy:
        assert titles(copy) == ["A letter"]
        assert copy.uuid == archive.uuid
    assert os.listdir(tmp_path / "copies") == ["b.muniment"]


def test_a_backup_over_the_archive_itself_is_refused(archive):
    with pytest.raises(errors.ArchiveInUse):
        archive.backup(archive.path)


def test_a_backup_takes_the_place_of_an_older_one_and_of_nothing_else(archive, tmp_path):
    older = tmp_path / "older.muniment"
    older.touch()  # an empty file, as mktemp makes one, is nobody's work
    archive.backup(older)
    add_source(archive)
    archive.backup(older)
    with Archive.open(older, writable=False) as copy:
        assert titles(copy) == ["A letter"]
        # Two paths in the wrong order: what came after the backup would be gone.
        archive.backup(older)
    add_source(archive, "Later")
    with Archive.open(older, writable=False) as copy, pytest.raises(errors.NotWritten) as refused:
        copy.backup(archive.path)
    assert refused.value.facts["problem"] == "newer_copy"
    (tmp_path / "letter.txt").write_text("Dear cousin")
    with Archive.create(tmp_path / "other.muniment"):
        pass
    for name in ("letter.txt", "other.muniment"):
        before = (tmp_path / name).read_bytes()
        with pytest.raises(errors.NotWritten) as refused:
            archive.backup(tmp_path / name)
        assert refused.value.facts["problem"] == "not_a_copy"
        assert (tmp_path / name).read_bytes() == before


def test_a_backup_over_a_copy_that_someone_works_in_is_refused(archive, tmp_path):
    archive.backup(tmp_path / "b.muniment")
    add_source(archive)
    with Archive.open(tmp_path / "b.muniment", adopt=True), pytest.raises(errors.ArchiveInUse):
        archive.backup(tmp_path / "b.muniment")


def test_a_sound_archive_passes_every_check(archive):
    add_source(archive)
    assert [result.name for result in archive.check() if not result.ok] == []


def test_the_file_explains_itself_in_any_sqlite_browser(archive):
    archive.close()
    connection = sqlite3.connect(archive.path)
    told = " ".join(row[0] for row in connection.execute("SELECT text FROM read_me"))
    tables = [
        row[0]
        for row in connection.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
            " AND name NOT LIKE 'passages\\_fts\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'"
            " AND name NOT LIKE '\\_sqlite%' ESCAPE '\\'"
        )
    ]
    connection.close()
    untold = [name for name in tables if name not in told]
    assert set(untold) <= {"people", "passage_words", "finding_figures", "read_me"}


def test_known_archives_are_told_from_strangers(tmp_path):
    path = tmp_path / "k.muniment"
    known.remember("u-1", path, 10, is_open=False)
    assert known.is_ours("u-1", path, 10)
    assert known.is_ours("u-1", path, 4)
    assert not known.is_ours("u-1", path, 11)
    assert not known.is_ours("u-2", path, 1)
    known.remember("u-1", path, 10, is_open=True)
    assert known.is_ours("u-1", path, 11)
    assert not known.is_ours("u-1", tmp_path / "elsewhere", 11)


def test_a_threads_first_question_to_a_locked_archive_says_that_it_is_busy(archive):
    other = sqlite3.connect(archive.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    told = []

    def ask():
        try:
            with archive.patient(0.02):
                archive.reading().execute("SELECT count(*) FROM sources").fetchone()
        except Exception as error:
            told.append(type(error))

    try:
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert told == [errors.ArchiveBusy]


def test_a_large_change_keeps_no_reader_out_before_it_is_committed(archive):
    found = []

    def read():
        with archive.patient(0.02):
            sql = "SELECT count(*) FROM originals"
            found.append(archive.reading().execute(sql).fetchone()[0])

    with archive.writing("sources") as database:
        # More than the connection's cache holds: it would be spilled into the file, which locks.
        database.execute(
            "INSERT INTO originals (uuid, sha256, size, bytes, taken_in_at)"
            " VALUES ('u', 's', 24000000, zeroblob(24000000), '2020-01-01')"
        )
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
    assert found == [0]
    read()
    assert found == [0, 1]


def test_it_counts_how_often_a_table_was_written_to(archive):
    before = archive.times_written("sources", "tags")
    add_source(archive)
    with pytest.raises(ZeroDivisionError), archive.writing("tags"):
        raise ZeroDivisionError
    with archive.writing("tags"), archive.writing("sources"):
        pass
    assert archive.times_written("sources", "tags") == before + 3
    assert archive.times_written("figures") == 0
