"""Keyword in context: every match of a result on a line of its own, to be sorted by neighbours."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from db import folding
from db.matching import Matcher
from db.query import Query
from db.snippets import on_one_line, stated_in, with_stated

if TYPE_CHECKING:
    from db.archive import Archive

WIDTH = 60
DEEPEST = 3

Sort = Literal["text", "left", "right"]

_PAGE = """
    SELECT passages.id, passages.source_id, passages.start, passages.text, sources.title
      FROM passages
      JOIN sources ON sources.id = passages.source_id
     WHERE passages.id IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Context:
    """A match with the words around it; `start` and `end` are the match's in the source's text."""

    passage_id: int
    source_id: int
    start: int
    end: int
    left: str
    match: str
    right: str
    source_title: str = ""


def contexts(
    archive: "Archive", ids: Sequence[int], query: Query, *, width: int = WIDTH
) -> list[Context]:
    """Every match in the passages `ids`, in their order, with up to `width` characters on each side.

    Figures and dates that a field asks for are among them.
    """
    matcher = Matcher(archive, query)
    page = json.dumps(list(ids))
    rows = archive.reading().conn.execute(_PAGE, [page]).fetchall()
    stated = stated_in(archive, page, query)
    by_id = {row[0]: row[1:] for row in rows}
    found = []
    for passage_id in ids:
        if passage_id not in by_id:
            continue
        source_id, offset, text, title = by_id[passage_id]
        for start, end, _ in with_stated(matcher.find(text), stated.get(passage_id), offset):
            left, right = text[max(0, start - width) : start], text[end : end + width]
            found.append(
                Context(
                    passage_id,
                    source_id,
                    offset + start,
                    offset + end,
                    on_one_line(left),
                    on_one_line(text[start:end]),
                    on_one_line(right),
                    title,
                )
            )
    return found


def ordered(found: Sequence[Context], sort: Sort, depth: int = DEEPEST) -> list[Context]:
    """The lines sorted by the nearest `depth` words on one side; "text" leaves them as they are.

    Lines without any come last.
    """
    if sort == "text":
        return list(found)

    def key(each: Context) -> tuple[bool, list[str]]:
        if sort == "left":
            words = folding.words(each.left)[: -depth - 1 : -1]
        else:
            words = folding.words(each.right)[:depth]
        return not words, words

    return sorted(found, key=key)
