"""A Document becomes passages here: every word in exactly one, cruft marked, nothing lost."""

from collections.abc import Iterator

from db.records import Block, Document
from db.segment.boilerplate import marked
from db.segment.kinds import classified
from db.segment.sentences import cut
from db.segment.sources import parts

__all__ = ["LONGEST", "parts", "passages"]

LONGEST = 4000


def passages(document: Document) -> tuple[Block, ...]:
    """The blocks of the document's text: ordered, disjoint, each non-blank character in one.

    A document's own blocks are respected; what lies between them is filled in.
    """
    text = document.text
    blocks = _filled(text, document.blocks) if document.blocks else classified(text, 0, len(text))
    return tuple(_parted(text, marked(text, blocks)))


def _filled(text: str, own: tuple[Block, ...]) -> list[Block]:
    blocks: list[Block] = []
    at = 0
    for block in own:
        start, end = max(block.start, at), min(block.end, len(text))
        blocks.extend(_gap(text, at, start))
        piece = text[start:end]
        left = piece.lstrip()
        if left:
            start += len(piece) - len(left)
            end = start + len(left.rstrip())
            blocks.append(Block(start, end, block.kind, block.page, block.level))
        at = max(at, end)
    blocks.extend(_gap(text, at, len(text)))
    return blocks


def _gap(text: str, start: int, end: int) -> list[Block]:
    if start >= end or text[start:end].isspace():
        return []
    return classified(text, start, end)


def _parted(text: str, blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.end - block.start <= LONGEST:
            yield block
        else:
            by_lines = block.kind in ("table", "list")
            for span in cut(text, block.start, block.end, LONGEST, by_lines=by_lines):
                yield Block(span.start, span.end, block.kind, block.page, block.level)
