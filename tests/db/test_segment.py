"""Passages of plain text: in order, disjoint, whole, and rightly named."""

from hypothesis import given, settings
from hypothesis import strategies as st

from db.records import Block, Document
from db.segment import LONGEST, passages

PIECES = st.sampled_from(
    ["\n", "\n\n", "\n \t\n", " ", "\f", "word", "Heading Of Two", "1. ", "• ", "- ", "[1] ", "“",
     "”", '"', "。", "一二三。", ". ", "© 2001", "Context", "a" * 300, "é\u0301", "😀\u200d", "\t|\t",
     "   gap   gap", "* * *", "\u00a0", "\x85", "Reuters 10.10.2017", "SMITH JOHN - 2010", "¹"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=60).map("".join)


def kinds(text: str) -> list[str]:
    return [block.kind for block in passages(Document(text))]


def words(text: str) -> list[str]:
    return [text[block.start : block.end] for block in passages(Document(text))]


def assert_whole(text: str, blocks: tuple[Block, ...]) -> None:
    at = 0
    for block in blocks:
        assert at <= block.start < block.end <= len(text)
        assert not text[at : block.start].strip()
        piece = text[block.start : block.end]
        assert piece == piece.strip()
        assert len(piece) <= LONGEST
        at = block.end
    assert not text[at:].strip()


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_every_character_that_is_not_blank_lies_in_exactly_one_passage(text: str) -> None:
    assert_whole(text, passages(Document(text)))


@given(TEXTS, st.integers(0, 40), st.integers(1, 40), st.integers(0, 40))
@settings(max_examples=80, deadline=None)
def test_the_gaps_between_a_documents_own_blocks_are_filled(
    text: str, start: int, length: int, gap: int
) -> None:
    own = (
        Block(start, start + length, "quotation"),
        Block(start + length + gap, start + 2 * length + gap, "table"),
    )
    assert_whole(text, passages(Document(text, blocks=own)))


def test_blank_lines_part_passages_and_line_ends_alone_do_not() -> None:
    assert words("One line\nof two.\n \n\nAnother.\n") == ["One line\nof two.", "Another."]
