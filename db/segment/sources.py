"""Where one file seems to hold several sources: titles with authors, leftovers of web pages, breaks.

Strong signs open a part by themselves; weak ones (a return to earlier years with another manner of
paragraph, a summing-up before a fresh beginning) only where strong signs have shown that the file
was put together from several. A book with chapters is one source.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from db.records import Block, Document, Part
from db.segment.boilerplate import is_similar_article, is_site_notice
from db.segment.kinds import is_chapter

_LEAST = 400  # characters of text that make a source
_WINDOW = 4000
_MOST_BLOCKS = 4000
_NAME = r"[^\W\d_][^\d\n,;:()]{2,60}"
_COPYRIGHT = re.compile(
    rf"(?:©|\(c\)|copyright)\s{{0,3}}(?:©\s?)?(\d{{4}})?,?\s{{0,3}}({_NAME})?", re.I
)
_BYLINE = re.compile(
    rf"(?:by|author\s?:|автор(?:ы)?\s?:|von|autor(?:in)?\s?:|par|auteur\s?:|作者[:：])\s{{0,3}}({_NAME})$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?:document|article|item|record|text|документ|статья|dokument)\s\d{1,5}\s(?:of|из|von|de|/)\s\d{1,5}\b",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"(?:={8,200}|_{8,200}|-{12,200}|#{8,200})$")
_BOOK_WORDS = ("Project Gutenberg", "Contents", "CONTENTS")
_BOOK = re.compile(r"Project Gutenberg|^Contents$|^CONTENTS\b|^TABLE OF CONTENTS", re.MULTILINE)
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]\d\d|20\d\d)(?!\d)")
_SUMMING_UP = re.compile(
    r"(?:^|[.!?]\s{1,3})(?:all\sthis|all\sof\sthis|thus|in\s(?:conclusion|sum|short)|to\ssum\sup|"
    r"in\sgeneral,|on\sthe\swhole|вс[её]\sэто|таким\sобразом|в\sцелом|в\sзаключение|итак|"
    r"insgesamt|zusammenfassend|somit|ainsi|en\ssomme|en\sconclusion)\b[^.!?]{1,400}[.!?…\"”»]{1,3}$",
    re.IGNORECASE,
)
# A paragraph that begins so goes on with what was said.
_GOES_ON = re.compile(
    r"[\"“„«—–(]|(?:by\s(?:this|that)\stime|at\s(?:the\ssame|this|that)|in\s(?:this|that|these|response|"
    r"connection|addition|turn|particular|other)|however|but|and|so|then|thus|also|he|she|it|they|"
    r"his|her|their|this|that|these|those|here|such|therefore|moreover|nevertheless|meanwhile|"
    r"after\sthat|on\sthe\sother|for\s(?:example|this)|of\scourse|"
    r"однако|но|и|а|это|этот|эта|эти|он|она|они|при\sэтом|в\sэто[мт]|кроме\sтого|поэтому|также|тем|"
    r"aber|und|doch|er|sie|es|dies\w{0,2}|dabei|so|mais|et|il|elle|ils|ce|cette|ces|ainsi)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{4,30}")


def parts(document: Document, blocks: Sequence[Block]) -> tuple[Part, ...]:
    """The sources that the file seems to hold, one after the other; empty where it is one.

    They follow each other without a gap: cruft goes with what stands above it.
    """
    text = document.text
    if document.blocks or not blocks or _is_book(text, blocks):
        return ()  # what has structure of its own says itself where it ends
    starts = _strong(text, blocks)
    if not starts:
        return ()
    starts |= _weak(text, blocks, starts)
    first = next((i for i, block in enumerate(blocks) if block.kind != "boilerplate"), 0)
    ordered = _with_words(blocks, [first, *sorted(index for index in starts if index > first)])
    if len(ordered) < 2:
        return ()
    out = []
    for number, index in enumerate(ordered):
        start = blocks[index].start if number else blocks[0].start
        above = ordered[number + 1] - 1 if number + 1 < len(ordered) else len(blocks) - 1
        end = blocks[above].end
        title, creator, date = _said(text, blocks[index : above + 1])
        out.append(Part(start, end, title, creator, date, starts.get(index, "beginning")))
    return tuple(out)


def _is_book(text: str, blocks: Sequence[Block]) -> bool:
    head = text[:20_000]
    # Looked for as words first: the expression alone takes 0.5 ms a text.
    if any(word in head for word in _BOOK_WORDS) and _BOOK.search(head):
        return True
    chapters = sum(
        1 for block in blocks
        if block.kind == "heading" and is_chapter(text[block.start : block.end])
    )  # fmt: skip
    return chapters >= 2


def _strong(text: str, blocks: Sequence[Block]) -> dict[int, str]:
    """Where a source begins for certain: index of its first block and the sign."""
    starts: dict[int, str] = {}
    ended = ""
    for index, block in enumerate(blocks):
        words = text[block.start : min(block.end, block.start + 200)]
        if _COUNTED.match(words):
            starts[index] = "counted"
        elif block.kind == "boilerplate":
            if is_similar_article(words):
                ended = "similar articles"
            elif _SEPARATOR.match(words):
                ended = ended or "rule"
            elif is_site_notice(text[block.start : block.end]):
                ended = ended or "site notice"
        elif block.kind == "footnote":
            ended = "end notes" if not words.startswith("[") else ended
        else:
            is_titled = _is_title(text, block) and not is_chapter(words)
            if is_titled and index and _has_author(text, blocks, index):
                starts[index] = "title and author"
            elif (
                ended == "similar articles"
                or (ended and is_titled)
                or (ended in ("end notes", "site notice") and not _GOES_ON.match(words))
            ):
                starts[index] = ended
            ended = ""
    return starts


def _is_title(text: str, block: Block) -> bool:
    words = text[block.start : block.end]
    return block.kind == "heading" or (
        8 <= len(words) <= 150
        and "\n" not in words
        and words[-1] not in ".,;:!…"
        and words[0].isupper()
    )


def _has_author(text: str, blocks: Sequence[Block], index: int) -> bool:
    """Whether a byline or a copyright line stands in the two blocks below a title."""
    for block in blocks[index + 1 : index + 3]:
        if block.end - block.start > 120:
            return False
        words = text[block.start : block.end]
        found = _COPYRIGHT.match(words)
        if _BYLINE.match(words) or (found is not None and found.group(2)):
            return True
    return False


def _weak(text: str, blocks: Sequence[Block], strong: dict[int, str]) -> dict[int, str]:
    """Breaks without a mark, between the strong ones."""
    if len(blocks) > _MOST_BLOCKS:
        return {}
    prose = [i for i, b in enumerate(blocks) if b.kind not in ("boilerplate", "footnote")]
    bags = {i: _words_of(text[blocks[i].start : blocks[i].end]) for i in prose}
    rarity = Counter(word for bag in bags.values() for word in bag)
    starts: dict[int, str] = {}
    since: list[int] = []
    for at, index in enumerate(prose):
        block = blocks[index]
        if index in strong:
            since = []
        if len(since) >= 2 and block.end - block.start >= 200:
            words = text[block.start : block.end]
            size = median(blocks[i].end - blocks[i].start for i in since[-6:])
            before = text[blocks[since[-1]].start : blocks[since[-1]].end]
            sign = ""
            if block.end - block.start > max(1000, 4 * size) and len(since) >= 4:
                sign = "another manner" if _goes_back(text, blocks, since, words) else ""
            elif (
                _SUMMING_UP.search(before[-500:])
                and not _GOES_ON.match(words)
                and _YEAR.search(words[:300])
                and _cohesion(prose, bags, rarity, at, len(since), strong) < 0.2
            ):
                sign = "a fresh beginning"
            if sign:
                starts[index] = sign
                since = []
        since.append(index)
    return starts


def _goes_back(text: str, blocks: Sequence[Block], since: list[int], words: str) -> bool:
    """Whether the years begin anew, before all that was said since the source began."""
    told = [int(y) for i in since for y in _YEAR.findall(text[blocks[i].start : blocks[i].end])]
    years = [int(year) for year in _YEAR.findall(words[:800])]
    return bool(told and years) and years[0] < min(told)


def _words_of(text: str) -> Counter[str]:
    """The longer words, cut to six letters, which is a stemmer for every language at once."""
    return Counter(word[:6] for word in _WORD.findall(text.lower()))


def _cohesion(
    prose: list[int],
    bags: dict[int, Counter[str]],
    rarity: Counter[str],
    at: int,
    since: int,
    strong: dict[int, str],
) -> float:
    """How alike the words before and after prose[at] are: neighbouring paragraphs have 0.2 to 0.4."""
    before: Counter[str] = Counter()
    for index in reversed(prose[at - since : at]):
        before.update(bags[index])
        if before.total() > _WINDOW // 8:
            break
    after: Counter[str] = Counter()
    for index in prose[at:]:
        if (index in strong and after) or after.total() > _WINDOW // 8:
            break
        after.update(bags[index])
    weigh = {
        word: math.log(len(prose) / rarity[word] + 0.1) for word in before.keys() | after.keys()
    }
    left = {word: (1 + math.log(n)) * weigh[word] for word, n in before.items()}
    right = {word: (1 + math.log(n)) * weigh[word] for word, n in after.items()}
    norm = math.sqrt(sum(v * v for v in left.values()) * sum(v * v for v in right.values()))
    return sum(v * right[word] for word, v in left.items() if word in right) / norm if norm else 1.0


def _with_words(blocks: Sequence[Block], starts: list[int]) -> list[int]:
    """The starts below which there is enough text to be a source."""
    kept: list[int] = []
    for start, stop in zip(starts, [*starts[1:], len(blocks)], strict=True):
        size = sum(b.end - b.start for b in blocks[start:stop] if b.kind != "boilerplate")
        if size >= _LEAST or not kept:
            kept.append(start)
    return kept


def _said(text: str, blocks: Sequence[Block]) -> tuple[str, str | None, str | None]:
    """Title, author and date as the first blocks of a part state them."""
    title, creator, date = "", None, None
    for number, block in enumerate(blocks[:6]):
        words = text[block.start : block.end]
        if not title and block.kind == "heading" and number < 3:
            title = " ".join(words.split())
        found = _COPYRIGHT.match(words) if len(words) <= 200 else None
        byline = _BYLINE.match(words) if len(words) <= 120 else None
        if found is not None:
            creator = creator or (found.group(2) or "").strip() or None
            date = date or found.group(1)
        elif byline is not None:
            creator = creator or byline.group(1).strip()
    if not title:
        first = next((b for b in blocks if b.kind != "boilerplate"), blocks[0])
        opening = text[first.start : first.start + 200].lstrip("•*- ").split()
        title = " ".join(opening[:9])[:90] + ("…" if len(opening) > 9 else "")
    return title, creator, date
