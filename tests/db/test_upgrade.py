"""An archive of an older format is copied, upgraded in one step, and read; a kill leaves old or new."""

import sqlite3

import pytest

from db import errors, inspection, schema
from db.archive import Archive, version
from desktop import wording
from tests.db.test_archive import add_source, titles


@pytest.fixture
def next_format(monkeypatch):
    """A program one format ahead of this one."""
    migrations = type(schema.migrations)("archive")
    migrations._migrations.extend(schema.migrations._migrations)

    @migrations()
    def m002_colours(db):
        db.executescript("ALTER TABLE tags ADD COLUMN shape TEXT;")

    monkeypatch.setattr(schema, "migrations", migrations)
    monkeypatch.setattr(schema, "FORMAT", 2)
    monkeypatch.setattr("db.archive.version", lambda: "0.9.0rc1")
    inspection._schema_of_format.cache_clear()
    yield
    inspection._schema_of_format.cache_clear()


@pytest.fixture
def old(archive):
    add_source(archive, "Letter")
    archive.close()
    return archive.path


def columns(path):
    connection = sqlite3.connect(path)
    names = [row[1] for row in connection.execute("PRAGMA table_info(tags)")]
    connection.close()
    return names


def test_it_is_upgraded_when_opened_and_a_copy_of_the_old_one_stays(old, next_format):
    with Archive.open(old) as upgraded:
        assert titles(upgraded) == ["Letter"]
        assert upgraded.meta("format") == "2"
    assert "shape" in columns(old)
    kept = old.with_name("a.before-format-2.muniment")
    assert "shape" not in columns(kept)
    with Archive.open(old) as again:
        assert titles(again) == ["Letter"]


def test_reading_an_older_archive_changes_nothing(old, next_format):
    before = old.read_bytes()
    with Archive.open(old, writable=False) as reading:
        assert titles(reading) == ["Letter"]
    assert old.read_bytes() == before


def test_an_upgrade_that_fails_leaves_the_old_archive(old, next_format, monkeypatch):
    @schema.migrations()
    def m003_breaks(db):
        db.executescript("CREATE TABLE half (x) STRICT;")

    with pytest.raises(sqlite3.OperationalError):
        Archive.open(old)
    assert "shape" not in columns(old)
    schema.migrations._migrations.pop()
    with Archive.open(old) as upgraded:
        assert titles(upgraded) == ["Letter"]


def test_the_program_before_refuses_the_upgraded_one(old, next_format, monkeypatch):
    Archive.open(old).close()
    monkeypatch.setattr(schema, "FORMAT", 1)
    with pytest.raises(errors.NewerArchive) as refused:
        Archive.open(old)
    assert "Install Muniment 0.9.0rc1 or newer" in wording.describe(refused.value)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE meta SET value = '9.9 <img src=http://x>' WHERE key = 'last_writer'",
        "UPDATE meta SET value = '0' WHERE key = 'last_writer'",
        "DELETE FROM meta WHERE key = 'last_writer'",
        "DROP TABLE meta",
        "ALTER TABLE meta RENAME TO m;"
        "CREATE VIEW meta AS SELECT key, '9.9' || hex(zeroblob(400000000)) AS value FROM m",
    ],
)
def test_what_a_newer_archive_says_of_its_program_is_not_trusted(old, harm):
    connection = sqlite3.connect(old)
    connection.executescript(f"{harm}; PRAGMA user_version = 9;")
    connection.close()
    with pytest.raises(errors.NewerArchive) as refused:
        Archive.open(old)
    assert wording.describe(refused.value).endswith("Install the newest Muniment to open it.")


def test_who_wrote_last_is_noted_with_what_was_written(old):
    connection = sqlite3.connect(old)
    connection.execute("UPDATE meta SET value = '0.0.9' WHERE key = 'last_writer'")
    connection.commit()
    connection.close()
    with Archive.open(old) as opened:
        assert opened.meta("last_writer") == "0.0.9"
        add_source(opened, "Reply")
        assert opened.meta("last_writer") == version()
