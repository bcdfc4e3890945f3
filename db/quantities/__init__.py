"""The grammar of figures: text in, figures and periods out. Knows no archive."""

from db.explaining import Reason, explain
from db.quantities import association, chinese, linter, numerals, passage, periods, script
from db.records import Block, Context, Extraction, Figure, Period

__all__ = ["GRAMMAR", "Reason", "explain", "extract", "figures"]

# Stored with every proposal: a newer grammar shows what it would change.
GRAMMAR = "1"


def extract(
    text: str, blocks: tuple[Block, ...], context: Context, *, boilerplate: bool = False
) -> Extraction:
    """Every figure and period of a whole source, in the order of its text.

    `blocks` are its passages; where there are none, paragraphs parted by blank lines stand in.
    Boilerplate gives no figures, and with `boilerplate` nothing else does. No figure crosses from
    one block into the next.
    """
    blocks = blocks or script.paragraphs(text)
    found = periods.find(text, blocks, context)
    drawn = _figures(text, blocks, context, found, boilerplate)
    dated = association.date(tuple(drawn), found, text, blocks, context)
    told = linter.remarks(text, blocks, dated, script.language(text[:4000], context.language))
    return Extraction(figures=dated, periods=found, remarks=told, grammar=GRAMMAR)


def figures(text: str, context: Context) -> list[Figure]:
    """The figures of one piece of text."""
    return list(extract(text, (), context).figures)


def _figures(
    text: str,
    blocks: tuple[Block, ...],
    context: Context,
    found: tuple[Period, ...],
    boilerplate: bool,
) -> list[Figure]:
    usual = script.language(text[:4000], context.language)
    decimal = numerals.decimal_mark(text, usual)
    masks = [(period.start, period.end) for period in found]
    drawn: list[Figure] = []
    at = 0
    for block in blocks:
        if (block.kind == "boilerplate") is not boilerplate:
            continue
        while at < len(masks) and masks[at][1] <= block.start:
            at += 1
        upto = at
        while upto < len(masks) and masks[upto][0] < block.end:
            upto += 1
        language = script.language(text[block.start : block.end], usual)
        read = chinese.figures if language == "zh" else passage.figures
        drawn += read(text, block.start, block.end, masks[at:upto], language, decimal, context)
    return drawn
