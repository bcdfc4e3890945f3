"""Markdown: stored as it stands, with its structure seen."""

from pathlib import Path

import pytest

import db.readers
from db.segment import passages

NOTES = """---
title: On pumps
author: Ada Quill
date: 1941-05-03
---
# Pumps

Forty were mended.
The town was glad.

Setext too
==========

- one
- two
  more of two

1. first

> We did
> what we could.

| Month | Number |
|-------|--------|
| May   | 12     |

```
code stays

whole
```
***
Words, then a list:
* item

[^1]: Town ledger, p. 12.
"""


@pytest.fixture
def document(tmp_path: Path):
    path = tmp_path / "notes.md"
    path.write_text(NOTES)
    return db.readers.read(path)


def test_the_text_is_not_changed(document) -> None:
    assert document.text == NOTES
    assert document.media_type == "text/markdown"


def test_blocks_are_seen_by_their_marks(document) -> None:
    assert [
        (b.kind, b.level, NOTES[b.start : b.end].splitlines()[0]) for b in passages(document)
    ] == [
        ("boilerplate", 0, "---"),
        ("heading", 1, "# Pumps"),
        ("paragraph", 0, "Forty were mended."),
        ("heading", 1, "Setext too"),
        ("list", 0, "- one"),
        ("list", 0, "1. first"),
        ("quotation", 0, "> We did"),
        ("table", 0, "| Month | Number |"),
        ("paragraph", 0, "```"),
        ("boilerplate", 0, "***"),
        ("paragraph", 0, "Words, then a list:"),
        ("list", 0, "* item"),
        ("footnote", 0, "[^1]: Town ledger, p. 12."),
    ]


def test_the_front_matter_says_what_it_is(document) -> None:
    assert (document.title, document.creator, document.date) == (
        "On pumps",
        "Ada Quill",
        "1941-05-03",
    )


def test_without_front_matter_the_first_heading_is_the_title(tmp_path: Path) -> None:
    path = tmp_path / "short.md"
    path.write_text("## Of wells ##\n\nWords.\n")
    assert db.readers.read(path).title == "Of wells"
