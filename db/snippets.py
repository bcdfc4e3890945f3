"""What a list of results shows of each passage: matches, and the words around the best of them."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from db import field_conditions
from db.matching import Matcher, outermost
from db.query import Query
from db.records import Hit, Span

if TYPE_CHECKING:
    from db.archive import Archive

SNIPPET_LENGTH = 200
_BEFORE = 60
_ELLIPSIS = "…"
# Character for character, so that offsets stand.
_ONE_LINE = {code: " " for code in (*range(0x20), 0x7F, 0x85, 0x2028, 0x2029)}

_PAGE = """
    SELECT passages.id, passages.source_id, sources.title, passages.start, passages."end",
           passages.text, passages.kind, sources.date
      FROM passages
      JOIN sources ON sources.id = passages.source_id
     WHERE passages.id IN (SELECT value FROM json_each(?))
"""

Found = tuple[int, int, int]
_STATED = -1  # the leaf of a figure or date that a field asks for


def hits(
    archive: "Archive", ids: Sequence[int], query: Query, scores: Mapping[int, float] | None = None
) -> dict[int, Hit]:
    """What there is to show of the passages `ids`, in the order of `ids`; those gone are left out.

    Matches are the words found, and the figures and dates that a field asks for. One statement
    for the page, one more where there are such fields. Scores are `scores`, as find() gives them.
    """
    page = json.dumps(list(ids))
    with archive.in_one_state():
        find = Matcher(archive, query).find
        rows = archive.reading().conn.execute(_PAGE, [page]).fetchall()
        stated = stated_in(archive, page, query)
    by_id = {row[0]: row for row in rows}
    found = {}
    for passage_id in ids:
        if passage_id not in by_id:
            continue
        _, source_id, title, start, end, text, kind, date = by_id[passage_id]
        matches = find(text)
        if stated:
            matches = with_stated(matches, stated.get(passage_id), start)
        snippet, snippet_matches = cut(text, matches)
        spans = tuple([Span(start + a, start + b) for a, b, _ in matches])
        score = scores.get(passage_id, 0.0) if scores else 0.0
        # By place: names take a third longer, and this is half of what a page costs.
        found[passage_id] = Hit(
            passage_id, source_id, title, start, end, spans, snippet, snippet_matches, score,
            kind, date,
        )  # fmt: skip
    return found


def stated_in(archive: "Archive", page: str, query: Query) -> dict[int, list[Found]]:
    """The figures and dates that fields of the query ask for, in the passages of a JSON list."""
    stated: dict[int, list[Found]] = {}
    for sql, values in field_conditions.spans(query, page):
        for passage_id, start, end in archive.reading().conn.execute(sql, values):
            stated.setdefault(passage_id, []).append((start, end, _STATED))
    return stated


def with_stated(matches: list[Found], stated: list[Found] | None, start: int) -> list[Found]:
    """Matches of a passage that starts at `start` of its text, and what it states."""
    if not stated:
        return matches
    return outermost([*matches, *((a - start, b - start, leaf) for a, b, leaf in stated)])


def cut(
    text: str, matches: Sequence[Found], length: int = SNIPPET_LENGTH
) -> tuple[str, tuple[Span, ...]]:
    """About `length` characters of `text` on one line, around the most telling of `matches`.

    The spans are those of the matches in the snippet.
    """
    if len(text) <= length:
        return on_one_line(text), tuple([Span(a, b) for a, b, _ in matches])
    first = _best_start(text, matches, length)
    first, last = _at_words(text, first, first + length, matches)
    shown = on_one_line(text[first:last])
    shift = -first
    if first:
        shown, shift = _ELLIPSIS + shown, shift + 1
    if last < len(text):
        shown += _ELLIPSIS
    spans = [Span(a + shift, b + shift) for a, b, _ in matches if a >= first and b <= last]
    return shown, tuple(spans)


def on_one_line(text: str) -> str:
    """The text with a blank for each line's end and tab, every character in its place."""
    return text if text.isprintable() else text.translate(_ONE_LINE)


def _best_start(text: str, matches: Sequence[Found], length: int) -> int:
    """Where the window begins that holds the most different leaves, then the most matches."""
    if not matches or len(text) <= length:
        return 0
    if matches[-1][1] <= matches[0][0] + length - _BEFORE or len(matches) == 1:
        return max(0, min(matches[0][0] - _BEFORE, len(text) - length))
    best, best_worth = 0, (0, 0)
    inside: Counter[int] = Counter()  # the leaves of matches[index:after]
    after = 0
    for index, (start, _, leaf) in enumerate(matches):
        while after < len(matches) and matches[after][1] <= start + length - _BEFORE:
            inside[matches[after][2]] += 1
            after += 1
        if after <= index:  # longer than the window
            after = index + 1
            continue
        worth = (len(inside), after - index)
        if worth > best_worth:
            best, best_worth = start, worth
        inside[leaf] -= 1
        if not inside[leaf]:
            del inside[leaf]
    return max(0, min(best - _BEFORE, len(text) - length))


def _at_words(text: str, first: int, last: int, matches: Iterable[Found]) -> tuple[int, int]:
    """The window without the halves of words at its ends, and with whole matches."""
    if first:
        space = text.find(" ", first, first + 20)
        first = space + 1 if space >= 0 else first
    if last < len(text):
        space = text.rfind(" ", last - 20, last)
        last = space if space > first else last
    for a, b, _ in matches:
        if a < first < b:
            first = a
        if a < last < b:
            last = b
    return first, last
