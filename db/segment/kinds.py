"""What a paragraph of plain text is: heading, list, quotation, footnote, table or just that."""

import re
from collections.abc import Iterator

from db.records import Block, PassageKind, Span

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n|\f")

_CHAPTER = re.compile(
    r"(?i:(?P<high>book|part|volume|книга|часть|том|buch|teil|band|livre|tome|partie)|"
    r"chapter|section|article|appendix|annex|act|scene|lecture|letter|canto|глава|раздел|статья|"
    r"приложение|лекция|письмо|kapitel|abschnitt|artikel|anhang|chapitre|section|annexe)"
    r"\s{1,3}(?:[0-9]{1,4}|[IVXLCDM]{1,8}|[A-Z]|(?i:one|two|three|four|five|six|seven|eight|nine|"
    r"ten|the\s(?:first|last|second|third)|перв\w{2}|втор\w{2}|треть\w|eins|zwei|drei|premi\w{2,3}))"
    r"\b"
    r"|第[0-9一二三四五六七八九十百零〇两]{1,5}[章节節部编編卷篇回]"
    r"|(?i:preface|foreword|introduction|conclusions?|epilogue|prologue|contents|"
    r"table\sof\scontents|index|bibliography|references|(?:foot|end)?notes|appendix|acknowledge?ments|"
    r"abstract|summary|предисловие|введение|заключение|выводы|содержание|оглавление|"
    r"примечания|литература|список\sлитературы|vorwort|einleitung|inhalt|anmerkungen|literatur|"
    r"schluss|nachwort|préface|introduction|conclusion|sommaire|"
    r"前言|序言|引言|结论|結論|目录|目錄|注释|注釋|参考文献|參考文獻|附录|附錄)\s{0,2}[.:：]?$"
)
_CHAPTER_LIST = (
    "book part volume книга часть том buch teil band livre tome partie chapter section article "
    "appendix annex act scene lecture letter canto глава раздел статья приложение лекция письмо "
    "kapitel abschnitt artikel anhang chapitre annexe preface foreword introduction conclusion "
    "conclusions epilogue prologue contents table index bibliography references footnotes endnotes "
    "notes acknowledgements acknowledgments abstract summary предисловие введение заключение "
    "выводы содержание оглавление примечания литература список vorwort einleitung inhalt "
    "anmerkungen literatur schluss nachwort préface sommaire"
)
_CHAPTER_WORDS = frozenset(_CHAPTER_LIST.split())
_CHAPTER_HAN_LIST = "前言 序言 引言 结论 結論 目录 目錄 注释 注釋 参考文献 參考文獻 附录 附錄"
_CHAPTER_HAN = frozenset(_CHAPTER_HAN_LIST.split())
_NO_HEADING_ENDS = frozenset(".!,;:…،，；：。")
_NUMBERED = re.compile(r"(?:(\d{1,2}(?:\.\d{1,2}){0,4})\.?|[IVXLC]{1,7}\.|§\s?\d{1,4}\.?)\s{1,4}\S")
_BULLET = re.compile(r"(?:[•‣◦▪●○■□➢➤✓∙⁃*+-]|[–—](?=\s{2}))\s{1,8}\S")
_ITEM = re.compile(
    r"(?:\(?\d{1,3}[.)]|\(?[a-zа-я]\)|\([ivx]{1,4}\)|[①-⑳])\s{1,8}\S|[一二三四五六七八九十]{1,3}、"
)
_NOTE = re.compile(r"\[\^?\w{1,4}\]:?\s{0,4}\S|[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]{0,2}\s{0,4}\S|\{\d{1,3}\}\s")
_NOTES_HEADING = re.compile(
    r"(?i:(?:foot|end)?notes|references|bibliography|sources|works\scited|примечания|сноски|"
    r"литература|список\sлитературы|источники|anmerkungen|fußnoten|literatur|quellen|"
    r"notes\sde\sbas\sde\spage|références|bibliographie|注释|注釋|参考文献|參考文獻)\s{0,2}[.:：]?$"
)
# A page reference or a year of print where a citation ends: "Vol. 3. S. 283."
_CITED = re.compile(
    r"(?:(?:\bpp?|\bSS?|\bP|\bСС?|\bс|\bss?|\bстр|\bff?|\bSeiten?|\bЛЛ?|\bл|\bBl)\.?\s{0,2}"
    r"\d{1,5}(?:\s{0,2}[-–—,]\s{0,2}\d{1,5}){0,4}"
    r"|第?\s?\d{1,4}(?:[-–—]\d{1,4})?\s?页|(?i:ibid|там\sже|ebd|ebenda|op\.\scit))\s{0,2}\.{0,3}$"
)
_CITED_ENDS = ("页", "ibid", "там же", "ebd", "ebenda", "cit")
_BYLINES = ("by ", "author:", "автор:", "авторы:", "von ", "autor:", "par ", "auteur:", "作者")
_GAP = re.compile(r"\S(?: {3,}|\t| ?\| ?)\S")
_RULED = re.compile(r"^[ \t]{0,40}[|+]?[-=+|: ]{4,}[|+]?$", re.MULTILINE)
_DEDENTED = re.compile(r"^ {0,3}\S", re.MULTILINE)
_WORDS = re.compile(r"[^\W\d_]{1,40}")
_SMALL_WORDS = (
    "a an and as at but by for from in into nor of off on or over per so the to up via vs with "
    "between during against under after before within without "
    "и в во на с со к о об от до по за из для при у не und der die das von zu im am mit für des "
    "de la le les du et en au aux à dans pour sur"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_QUOTES = {"“": "”", "„": "“”", "«": "»", '"': '"', "「": "」", "『": "』", "‘": "’"}


def paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    """What lies between blank lines and page breaks, without the blanks around it."""
    at = start
    for gap in _BLANK_LINE.finditer(text, start, end):
        span = _trimmed(text, at, gap.start())
        if span is not None:
            yield span
        at = gap.end()
    span = _trimmed(text, at, end)
    if span is not None:
        yield span


def classified(text: str, start: int, end: int) -> list[Block]:
    """The paragraphs of plain text[start:end] with their kinds."""
    spans = list(paragraphs(text, start, end))
    blocks: list[Block] = []
    in_notes = False
    is_indented = _is_indented(text, spans)
    last = len(spans) - 1
    for index, span in enumerate(spans):
        words = text[span.start : span.end]
        level = 0
        if len(words) <= 160 and index < last:
            below = spans[index + 1]
            level = _heading_level(words, below.end - below.start)
            if not level and _is_title(words, text[below.start : below.start + 12], index == 0):
                level = 1
        kind: PassageKind
        if level:
            kind = "heading"
            in_notes = _NOTES_HEADING.match(words) is not None
        elif in_notes and _is_note(words):
            kind = "footnote"
        else:
            kind = _kind(text, span, words, is_indented)
        blocks.append(Block(span.start, span.end, kind, None, level))
    _mark_citations(text, blocks)
    return blocks


def _is_indented(text: str, spans: list[Span]) -> bool:
    """Whether paragraphs are indented as a rule, so that an indent marks no quotation."""
    step = max(1, len(spans) // 400)
    sample = spans[::step]
    indented = sum(span.start - text.rfind("\n", 0, span.start) > 3 for span in sample)
    return indented * 2 > len(sample)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    if start < end <= len(text) and not (text[start].isspace() or text[end - 1].isspace()):
        return Span(start, end)  # as nearly all are
    piece = text[start:end]
    left = piece.lstrip()
    if not left:
        return None
    start += len(piece) - len(left)
    return Span(start, start + len(left.rstrip()))


def _heading_level(words: str, following: int) -> int:
    """1 and more for a heading, 0 for anything else. `following` is the next paragraph's length."""
    if words.count("\n") > 2 or "\t" in words:
        return 0
    words = words.strip("*_= \t")
    if not words:
        return 0
    first = words.split(None, 1)[0].rstrip(".:：").lower()
    is_chapter = first in _CHAPTER_WORDS or first[:1] == "第" or first in _CHAPTER_HAN
    if not is_chapter and words[-1] in _NO_HEADING_ENDS:
        return 0
    chapter = _CHAPTER.match(words) if is_chapter else None
    if chapter is not None and words[-1] not in ",;" and len(words) - chapter.end() < 90:
        rest = words[chapter.end() :].lstrip()
        if not rest or rest[0] in ".:—–-\n" or not rest[0].islower():
            return 1 if chapter.group("high") else 2
    if words[-1] in ",;:…،，；：。" or words.endswith("--") or words[0] in "•-–—*\"“«„([©/'":
        return 0
    if "\u3400" <= words[0] <= "\u9fff":
        return 3 if len(words) <= 30 and "\n" not in words and following > 2 * len(words) else 0
    if not words[0].isupper() and not words[0].isdigit():
        return 0
    found = _WORDS.findall(words)
    letters = sum(map(len, found))
    if letters * 2 < len(words) or letters < 3:
        return 0
    if letters >= 4 and len(words) <= 120 and sum(map(str.isupper, words)) * 10 >= letters * 8:
        return 2
    if len(words) > 100 or words.count("\n") > 1:
        return 0
    numbered = _NUMBERED.match(words)
    if numbered is not None:
        return 2 + (numbered.group(1) or "").count(".") if following > len(words) else 0
    if words[0].isdigit() or ". " in words or "  " in words:
        return 0
    if not 1 <= len(found) <= 14:
        return 0
    weighty = [word for word in found if word.lower() not in _SMALL]
    capital = sum(word[0].isupper() for word in weighty)
    if weighty and capital * 10 >= len(weighty) * 7 and following > 40:
        return 3
    # A short line with no stop above a long paragraph.
    return 3 if len(words) <= 70 and following >= 200 and len(found) >= 2 else 0


def is_chapter(words: str) -> bool:
    """Whether a heading counts a chapter or a part: "Chapter IV", "Teil 2", "第三章"."""
    found = _CHAPTER.match(words.strip("*_= \t"))
    return found is not None and any(c.isdigit() or c.isspace() or c == "第" for c in found.group())


def is_notes_heading(words: str) -> bool:
    """Whether notes or a list of works follow: "Footnotes", "Литература", "参考文献"."""
    return _NOTES_HEADING.match(words) is not None


def _is_title(words: str, below: str, is_first: bool) -> bool:
    """A short line at the very beginning, or above years in brackets, a copyright, a name."""
    if len(words) > 120 or "\n" in words or words[-1] in ".,;:!…。，；：" or "\t" in words:
        return False
    if not words[0].isupper() and not "\u3400" <= words[0] <= "\u9fff":
        return False
    return is_first or (
        len(words) >= 8 and (below[0] in "(©" or below.lower().startswith(_BYLINES))
    )


def _kind(text: str, span: Span, words: str, is_indented: bool) -> PassageKind:
    first = words[0]
    if first.isalpha() and "\n" not in words:
        return "table" if "\t" in words and words.count("\t") > 1 else "paragraph"
    if not first.isalpha():
        if _NOTE.match(words):
            return "footnote"
        if _BULLET.match(words) or _ITEM.match(words):
            return "list"
        if first == ">" and all(line.startswith(">") for line in words.split("\n")):
            return "quotation"
        if first in _QUOTES and _is_quoted(words):
            return "quotation"
    if "\n" in words:
        if ("   " in words or "\t" in words or "|" in words) and _is_table(words):
            return "table"
        return _kind_of_lines(text, span, words, is_indented)
    return "paragraph"


def _kind_of_lines(text: str, span: Span, words: str, is_indented: bool) -> PassageKind:
    lines = words.split("\n")
    marked = sum(
        1 for line in lines if (_BULLET.match(line.lstrip()) or _ITEM.match(line.lstrip()))
    )
    if marked >= 2 and marked * 3 >= len(lines):
        return "list"
    if is_indented:
        return "paragraph"
    line_start = text.rfind("\n", 0, span.start) + 1
    if span.start - line_start >= 4 and not _DEDENTED.search(text, line_start, span.end):
        return "quotation"
    return "paragraph"


def _is_quoted(words: str) -> bool:
    """Wholly in one pair of quotation marks."""
    closing = _QUOTES[words[0]]
    body = words.rstrip(" .,;0123456789[]()")
    if len(body) < 2 or body[-1] not in closing:
        return False
    inner = body[1:-1]
    if words[0] == '"':
        return '"' not in inner
    opened = 1
    for character in inner:
        if character in closing:
            opened -= 1
        elif character == words[0]:
            opened += 1
        if opened == 0:
            return False
    return True


def _is_table(words: str) -> bool:
    """Two lines or more with a gap, a tab or a rule at most of them."""
    if _RULED.search(words):
        return True
    lines = words.count("\n") + 1
    gaps = sum(1 for line in words.split("\n") if _GAP.search(line.strip()))
    return gaps >= 2 and gaps * 10 >= lines * 6


def _is_note(words: str) -> bool:
    return len(words) < 1500


def _mark_citations(text: str, blocks: list[Block]) -> None:
    """Three short paragraphs in a row that end as citations do are notes."""
    run: list[int] = []
    for index, block in enumerate([*blocks, None]):
        if block is not None and block.kind in ("paragraph", "list", "heading"):
            tail = text[max(block.start, block.end - 40) : block.end].rstrip(". ")
            if (
                block.end - block.start <= 400
                and (tail[-1:].isdigit() or tail.lower().endswith(_CITED_ENDS))
                and _CITED.search(tail)
            ):
                run.append(index)
                continue
        if len(run) >= 3:
            for at in run:
                noted = blocks[at]
                blocks[at] = Block(noted.start, noted.end, "footnote", noted.page)
        run = []
