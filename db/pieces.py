"""One document as the sources it becomes: whole, in its parts, or as a tree of descriptions."""

import json
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from db.records import Block, Described, Document, Part, Recognition
from db.storing import Piece


def of(document: Document, blocks: Sequence[Block], parts: Sequence[Part]) -> list[Piece]:
    """What becomes one source each; `parts` are those wanted, several or none."""
    if document.tree:
        return [_described_piece(document, blocks, each) for each in document.tree]
    if len(parts) > 1:
        return [_piece(document, blocks, part) for part in _covering(document.text, parts)]
    return [Piece(document, tuple(blocks), None)]


def _described_piece(document: Document, blocks: Sequence[Block], each: Described) -> Piece:
    """One description of a finding aid, with the words that are its own."""
    part = None if each.parent is None else Part(each.start, each.end, each.title)
    span = Part(each.start, each.end, each.title, each.creator, each.date)
    piece = _piece(document, blocks, span)
    named = {"level": each.level, "reference_code": each.reference_code, "rights": each.rights,
             "language": each.language, "genre": each.genre, "notes": each.notes,
             "restricted": int(each.restricted)}  # fmt: skip
    described: dict[str, str | int] = {name: value for name, value in named.items() if value}
    if each.said:
        described["description"] = json.dumps(dict(each.said), ensure_ascii=False)
    return replace(piece, part=part, described=described, parent=each.parent)


def _covering(text: str, parts: Sequence[Part]) -> list[Part]:
    # What lies between two parts (boxes, disclaimers) goes with the one before: nothing is lost.
    covering = []
    for index, part in enumerate(parts):
        start = part.start if index else 0
        end = parts[index + 1].start if index + 1 < len(parts) else len(text)
        covering.append(replace(part, start=start, end=start + len(text[start:end].rstrip())))
    return covering


def _piece(document: Document, blocks: Sequence[Block], part: Part) -> Piece:
    start, end = part.start, part.end
    first = bisect_left(blocks, start, key=lambda block: block.start)
    last = bisect_left(blocks, end, key=lambda block: block.start)
    inside = tuple(
        block._replace(start=block.start - start, end=block.end - start)
        for block in blocks[first:last]
        if block.end <= end
    )
    own = replace(
        document,
        text=document.text[start:end],
        title=part.title,
        creator=part.creator,
        date=part.date,
        recognition=_recognised_in(document, start, end),
        figures=tuple(
            replace(
                each,
                start=each.start - start,
                end=each.end - start,
                why=tuple((name, words, a - start, b - start) for name, words, a, b in each.why),
            )
            for each in document.figures
            if start <= each.start and each.end <= end
        ),
        periods=tuple(
            replace(each, start=each.start - start, end=each.end - start)
            for each in document.periods
            if start <= each.start and each.end <= end
        ),
    )
    return Piece(own, inside, part)


def _recognised_in(document: Document, start: int, end: int) -> Recognition | None:
    found = document.recognition
    if found is None:
        return None
    inside = tuple((at - start, sure) for at, sure in found.passages if start <= at < end)
    return replace(found, passages=inside)
