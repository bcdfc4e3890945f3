"""Where sentences, paragraphs and sections of a text begin and end, for the dating of figures."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from db.quantities import lexicon
from db.records import Block

# An end mark, what closes a quotation, and room; or the end of a Chinese sentence; or a break.
_END = re.compile(
    r"[.!?…][”\"»’'“)\]]{0,3}(?=\s)|[。！？][”」』）]{0,3}|\n[^\S\n]*\n|[.!?…][”\"»’'“)\]]{0,3}$"
)
_WORD_BEFORE = re.compile(r"([^\W\d_]+(?:\.[^\W\d_]+){0,3}|\d+)$")
_NUMBER_BEFORE = re.compile(r"\d\s?(?:тыс|млн|млрд)?[.]?\s?$")
_BREAK = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(slots=True)
class Scope:
    """The borders of one text: ask it for the sentence, paragraph or section around an offset."""

    sentences: list[int]
    paragraphs: list[int]
    sections: list[int]
    length: int

    def sentence(self, offset: int) -> tuple[int, int]:
        """The sentence that holds `offset`."""
        return _around(self.sentences, offset, self.length)

    def paragraph(self, offset: int) -> tuple[int, int]:
        """The paragraph that holds `offset`; one broken by a page is whole again."""
        return _around(self.paragraphs, offset, self.length)

    def section(self, offset: int) -> tuple[int, int]:
        """From the heading or border above `offset` to the next."""
        return _around(self.sections, offset, self.length)


def _around(borders: list[int], offset: int, length: int) -> tuple[int, int]:
    index = bisect_right(borders, offset)
    start = borders[index - 1] if index else 0
    return start, borders[index] if index < len(borders) else length


def of(text: str, blocks: tuple[Block, ...], language: str) -> Scope:
    """The borders of `text`; without blocks an empty line ends a paragraph."""
    sentences = _sentence_starts(text, _abbreviations(language), language)
    if blocks:
        starts = [block.start for block in blocks]
        sections = _section_starts(blocks)
    else:
        starts = [0] + [match.end() for match in _BREAK.finditer(text)]
        sections = [0]
    paragraphs = [start for start in starts if not _continues(text, start)]
    joined = set(starts) - set(paragraphs)
    sentences = sorted(({*sentences, *paragraphs}) - joined)
    return Scope(sentences, paragraphs, sections, len(text))


def _section_starts(blocks: tuple[Block, ...]) -> list[int]:
    """Headings begin a section, and what follows boilerplate between two articles does too."""
    starts = [0]
    before = "paragraph"
    for block in blocks:
        if block.kind == "heading" and before != "heading":
            starts.append(block.start)
        before = block.kind
    return sorted(set(starts))


def _sentence_starts(text: str, abbreviations: frozenset[str], language: str) -> list[int]:
    starts = [0]
    length = len(text)
    for match in _END.finditer(text):
        if text[match.start()] == ".":
            word = _WORD_BEFORE.search(text, max(0, match.start() - 24), match.start())
            glued = word is not None and text[word.start() - 1 : word.start()].isdecimal()
            if (
                word
                and _is_abbreviation(word[1], abbreviations, language, glued)
                and not _ends_a_sum(text, word.start(), match.end(), language)
            ):
                continue
        at = match.end()
        while at < length and text[at].isspace():
            at += 1
        # "1s. 2d.", "Rs. 14,36,000": a number behind a short word goes on with the sentence.
        if at < length and text[at].isdecimal() and text[match.start()] == ".":
            last = _WORD_BEFORE.search(text, max(0, match.start() - 24), match.start())
            if last and last[1].isalpha() and len(last[1]) <= 3:
                continue
        if at < length and (not text[at].islower() or text[match.start()] in "。！？\n"):
            starts.append(at)
    return starts


def _ends_a_sum(text: str, start: int, end: int, language: str) -> bool:
    """Whether "190 млн. Во втором", "44 fr. Le pain": a unit cut short also ends its sentence."""
    if language not in ("ru", "fr") or not text[start : start + 1].islower():
        return False
    if not _NUMBER_BEFORE.search(text, max(0, start - 12), start):
        return False
    behind = text[end : end + 40].lstrip()
    return len(behind) > 1 and behind[0].isupper() and (behind[1].islower() or behind[1] == " ")


def _is_abbreviation(word: str, abbreviations: frozenset[str], language: str, glued: bool) -> bool:
    if word.isdecimal():
        return language == "de" and len(word) <= 2
    return (len(word) == 1 and word.isalpha() and not glued) or word.lower() in abbreviations


def _continues(text: str, start: int) -> bool:
    """Whether a paragraph goes on with the sentence that a page break cut in two."""
    begin = start
    while begin < len(text) and text[begin].isspace():
        begin += 1
    if begin == 0 or begin >= len(text) or not text[begin].islower():
        return False
    before = text[max(0, start - 200) : start].rstrip()[-1:]
    return before.isalnum() or before in (",", ";", "-", "—")


@cache
def _abbreviations(language: str) -> frozenset[str]:
    words = lexicon.load(f"dates.{language}").get("association", {})
    return frozenset(words.get("abbreviations", ()))
