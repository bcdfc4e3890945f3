"""An archive of an older format is copied, upgraded in one step, and read; a kill leaves old or new."""

import sqlite3

import pytest

from db import errors, inspection, schema
from db.archive import Archive
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
    with pytest.raises(errors.NewerArchive):
        Archive.open(old)
