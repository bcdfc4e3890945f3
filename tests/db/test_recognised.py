"""What an engine read in pictures says how sure it was, until a person corrects it."""

import os
import sys

import pytest

from db import ingest, sources, versions
from db.archive import Archive
from tests.db.readers.made import engine, pdf


@pytest.mark.skipif(sys.platform == "win32", reason="stands in with a shell script")
def test_how_sure_the_engine_was_is_kept_for_each_passage(tmp_path, monkeypatch):
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "tesseract").write_text("#!/bin/sh\n" + engine("eng"))
    (programs / "tesseract").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    (tmp_path / "scan.pdf").write_bytes(pdf([(60, 700, 10, "Before.")], []))
    with Archive.create(tmp_path / "a.muniment") as archive:
        report = ingest.add(archive, [tmp_path / "scan.pdf"], ocr="eng")
        assert report.imported[0].remarks == ("recognised:75",)
        assert sure(archive) == [None, 90, 60]
        sources.describe_all(archive, [1], {}, {"scopecontent": "Of mills."})
        assert sure(archive) == [None, 90, 60]
        versions.correct(archive, 1, "Before.\n\nThe mill ground oats.")
        assert sure(archive) == [None, None]


def sure(archive):
    return [sources.recognised(archive, each.id) for each in sources.passages(archive, 1)]
