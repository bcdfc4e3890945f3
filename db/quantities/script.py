"""Which language's lexicon reads a passage, by its letters, and how plain text falls apart."""

import re

from db.quantities.lexicon import LANGUAGES
from db.records import Block

_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_HAN = re.compile(r"[\u3400-\u9fff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]")
_SAMPLE = 600


def language(text: str, usual: str | None) -> str:
    """The language to read `text` in: the usual one unless its letters are of another script."""
    usual = (usual or "").split("-")[0].lower()
    sample = text[:_SAMPLE]
    if sample.isascii():
        return usual if usual in ("en", "de", "fr") else "en"
    han = len(_HAN.findall(sample))
    cyrillic = len(_CYRILLIC.findall(sample))
    latin = len(_LATIN.findall(sample))
    # A Chinese character says as much as a word of three letters.
    if 3 * han > latin + cyrillic:
        return "zh"
    if cyrillic > latin:
        return "ru"
    return usual if usual in LANGUAGES and usual not in ("ru", "zh") else "en"


def paragraphs(text: str) -> tuple[Block, ...]:
    """The paragraphs of plain text: what stands between blank lines."""
    blocks: list[Block] = []
    start = 0
    for gap in _BLANK.finditer(text):
        if gap.start() > start:
            blocks.append(Block(start, gap.start()))
        start = gap.end()
    if start < len(text):
        blocks.append(Block(start, len(text)))
    return tuple(blocks)
