"""Which passages are cruft: what a web site, a journal or a library put around the text."""

import re
from collections.abc import Sequence
from itertools import pairwise

from db.records import Block
from db.segment.kinds import is_chapter, is_notes_heading

# Nothing longer is cruft line by line; a cookie notice is the longest that was seen.
_LONGEST = 600
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|"
    r"окт|ноя|дек|mär|mai|okt|dez|janv|févr|mars|avr|juin|juil|août|déc)[a-zа-яé]{0,9}\.?"
)
_DAY = (
    r"(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}"
    rf"|\d{{1,2}}\.?\s{_MONTH}\s(?:19|20)\d\d|{_MONTH}\s\d{{1,2}},?\s(?:19|20)\d\d"
    r"|(?:19|20)\d\d年\d{1,2}月\d{1,2}日)"
)
# "The Daily Gazette 10/16/2017", "11.10.2017", "Reuters, 3 May 2020, 14:05"
_DATELINE = re.compile(
    rf"[^.!?:;()\n]{{0,60}}?[\s,|–—-]{{0,4}}{_DAY}(?:,?\s{{1,3}}\d\d:\d\d)?$", re.IGNORECASE
)
# "SMITH JOHN - 2010", "Smith J. A. – 2010", as libraries list similar articles
_AUTHOR_YEAR = re.compile(r"[^\W\d_][^\d\n:;!?]{2,80}\s{0,2}[-–—,]\s{0,2}(?:18|19|20)\d\d$")
_BULLET = re.compile(r"[•‣◦▪●○■□➢►»*·-]\s{1,8}")

# Labels of boxes. The first kind are words for other things too: they need a dateline below.
_BOX = re.compile(
    r"(?:context|multimedia|background|media|video|photos?|gallery|timeline|контекст|мультимедиа|"
    r"видео|фото|справка|досье|hintergrund|mediathek|contexte|multimédia|背景|多媒体)\s?:?$",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"(?:related(?:\s(?:articles?|stories|links|news|posts|content|topics|documents))?|"
    r"(?:similar|recommended|suggested|popular|latest)\s(?:articles?|stories|news|posts|works)|"
    r"read\s(?:also|more|next)|see\salso|also\sread|more\s(?:on\sthis|from|stories|news)[^.\n]{0,40}|"
    r"you\smay\s(?:also\s)?(?:like|be\sinterested[^.\n]{0,20})|most\s(?:read|popular|viewed)|"
    r"trending(?:\snow)?|editors?['’]?s?\s(?:choice|picks)|top\sstories|further\sreading\son\sthis\ssite|"
    r"читайте\s(?:также|ещ[её]|по\sтеме)|см(?:отрите|\.)\sтакже|по\sтеме|материалы\sпо\sтеме|"
    r"похожие\s\w{3,12}|другие\s(?:новости|материалы|статьи)|популярное|самое\sчитаемое|ещ[её]\sпо\sтеме|"
    r"lesen\ssie\s(?:auch|mehr)|mehr\szum\sthema|das\skönnte\ssie\s[^.\n]{0,30}|auch\sinteressant|"
    r"(?:à\s)?lire\s(?:aussi|également)|voir\saussi|sur\sle\smême\s(?:sujet|thème)|"
    r"相关(?:阅读|新闻|文章|报道|链接)|延伸阅读|推荐阅读|热门(?:文章|新闻))\s?[:：]?$",
    re.IGNORECASE,
)
# Names of a site's sections, cruft only beside other cruft or above a title.
_RUBRIC = re.compile(
    r"(?:history|politics|economy|economics|business|society|culture|science|technology|world|"
    r"opinions?|comment|analysis|news|sport|sports|health|education|features?|archive|home|military|"
    r"defen[cs]e|international|история|политика|экономика|общество|культура|наука|мир|мнения|"
    r"новости|спорт|аналитика|архив|главная|статьи|в\sмире|военное\sдело|geschichte|politik|"
    r"wirtschaft|gesellschaft|kultur|wissenschaft|meinung|nachrichten|welt|startseite|histoire|"
    r"politique|économie|société|monde|actualités|opinion|历史|政治|经济|社会|文化|国际|新闻|首页)$",
    re.IGNORECASE,
)
_LINES = re.compile(
    r"(?:©|\(c\)\s?(?:19|20)|copyright\s(?:©|\(c\)|(?:19|20)\d\d|by\s|held\s)|"
    r"(?:все\sправа\s(?:защищены|сохранены)|all\srights\sreserved|alle\srechte\svorbehalten|"
    r"tous\sdroits\sréservés|版权所有)|"
    r"(?:key\s?words?(?:\sand\sphrases)?|ключевые\sслова|schlüsselwörter|schlagw[oö]rte?r?|"
    r"mots[-\s]clés|关键词|关键字|關鍵詞|tags?|теги|метки)\s{0,2}[:：—–]|"
    r"(?:udc|удк|ббк|doi|issn|eissn|isbn|jel\sclassification|гр?нти)\s?:?\s{0,3}[\d.(:/a-z]|"
    r"\(?(?:ending|end|the\send|continued|continuation|to\sbe\scontinued|continues|beginning|"
    r"concluded|conclusion|окончание|продолжение|начало|fortsetzung|schluss|suite|fin)\b"
    r"[^.!?\n]{0,30}\.?\s?(?:(?:the\s)?(?:beginning|start|begins|began|see|from|in|at|follows|folgt|"
    r"следует|см|начало|in\sthe\snext|au\sprochain|im\snächsten)\b[^!?\n]{0,80})?"
    r"(?:№|no\.|nos\.|nr\.|issue|номер|heft|page|pp?\.|стр|с\.)\s?\d[^!?\n]{0,40}\)?$|"
    r"(?:to\sbe\scontinued|продолжение\sследует|fortsetzung\sfolgt|à\ssuivre|未完待续)\W{0,5}$|"
    r"(?:received|accepted|поступила|принята|eingegangen|reçu)\b[^\n]{0,40}\d{4}[^\n]{0,40}$)",
    re.IGNORECASE,
)
_SHARING = re.compile(
    r"(?:share(?:\s(?:this|on|via|to)\b|\s?:|$)|tweet(?:\sthis)?$|print(?:\sthis)?(?:\s(?:page|article|version))?$|"
    r"e-?mail\s(?:this|to\sa\sfriend)|comments?\s?(?:\(\d{1,5}\)|:?\s\d{1,5})?$|\d{1,5}\scomments?$|leave\sa\s(?:comment|reply)|"
    r"add\sa\scomment|post\sa\scomment|subscribe(?:\s(?:to|now|for|here)\b|$)|sign\s(?:up|in)\b[^.]{0,60}$|log\s?in$|follow\sus\b|"
    r"like\sus\son|join\sus\son|download\s(?:the\s)?(?:pdf|app|article)|back\sto\stop|skip\sto\s(?:main\s)?content|"
    r"click\shere\b|advertisement$|sponsored(?:\scontent)?$|loading\.{0,3}$|views?\s?:?\s\d{1,7}$|\d{1,7}\sviews?$|"
    r"поделиться\b|версия\sдля\sпечати|распечатать$|комментари(?:и|ев|й)\b[^.]{0,20}$|оставить\sкомментарий|подпис(?:аться|ывайтесь)\b|"
    r"просмотров\s?:?\s?\d|наверх$|реклама$|источник\s?:\s?https?:|войти$|"
    r"teilen$|drucken$|kommentare?(?:\s\(?\d{1,5}\)?)?$|anzeige$|nach\soben$|abonnieren$|"
    r"partager$|imprimer$|commentaires?(?:\s\(?\d{1,5}\)?)?$|publicité$|s['’]abonner|分享到?$|打印$|评论$|"
    r"(?:source|url|link|permalink|retrieved\sfrom|accessed\sat|available\sat)\s?:\s?https?://\S{1,300}$|https?://\S{1,300}$)",
    re.IGNORECASE,
)
_COOKIES = re.compile(
    r"(?:we|this\s(?:web\s?)?site|our\s(?:web\s?)?site|by\s(?:continuing|using))\b[^\n]{0,120}\bcookies?\b|"
    r"(?:accept|manage|allow|reject)\s(?:all\s)?cookies|файл\w{0,3}\scookies?|cookie[-\s]?(?:policy|notice|settings)|"
    r"(?:verwende[nt]|nutz[te]n?)\b[^\n]{0,60}\bcookies|(?:utilise|utilisons)\b[^\n]{0,60}\bcookies",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"(?:do(?:es)?\snot\s(?:necessarily\s)?(?:reflect|represent|coincide)|may\snot\s(?:reflect|coincide)|"
    r"не\s(?:отража\w{2,4}|совпада\w{2,4})|может\sне\sсовпадать|are\sthose\sof\sthe\sauthors?|"
    r"nicht\s(?:unbedingt\s)?die\smeinung|n['’]engag\w{1,5}\sque|不代表)[^\n]{0,200}",
    re.IGNORECASE,
)
_DISCLAIMED = re.compile(
    r"\b(?:editor\w{0,6}|publish\w{0,5}|site|website|views?|opinions?|position|policy|"
    r"редакци\w{1,3}|мнени\w{1,2}|позици\w{1,2}|сайт\w{0,2}|redaktion|rédaction|auteurs?)\b|立场|观点",
    re.IGNORECASE,
)
_DISCLAIMERS = (
    "reflect", "represent", "coincide", "those of the author", "отража", "совпада",
    "die meinung", "engag", "不代表",
)  # fmt: skip
_MAIL = re.compile(
    r"(?:[\w.+-]{1,40}@[\w-]{1,40}\.[\w.]{2,20}|\[email\sprotected\]|e-?mail\s?:)", re.IGNORECASE
)
_POST = re.compile(
    r"\b(?:doctor|professor|candidate|ph\.?d|fellow|lecturer|researcher|academy|university|institute|"
    r"department|faculty|journalist|correspondent|editor|доктор|профессор|кандидат|доцент|академи\w{1,3}|"
    r"университет\w{0,2}|институт\w{0,2}|кафедр\w{1,2}|научный|сотрудник|журналист|корреспондент|"
    r"universität|institut|dozent|professeur|université|docteur)\b",
    re.IGNORECASE,
)
_RULE = re.compile(r"[\s*_=~·•⁂#+.-]{1,200}$")
_PAGE = re.compile(
    r"(?:[-–—]\s?\d{1,4}\s?[-–—]|(?:page|стр(?:аница)?\.?|seite)\s\d{1,4}"
    r"(?:\s(?:of|из|von)\s\d{1,4})?|\[?pg\.?\s\d{1,4}\]?|第\s?\d{1,4}\s?页)$",
    re.IGNORECASE,
)
_GUTENBERG_START = re.compile(
    r"\*{2,}\s?START\sOF\s(?:THIS|THE)\sPROJECT\sGUTENBERG|"
    r"\*{2,}\s?END\W{1,10}THE\sSMALL\sPRINT|\*END\W{0,3}THE\sSMALL\sPRINT",
    re.IGNORECASE,
)
_GUTENBERG_END = re.compile(
    r"\*{2,}\s?END\sOF\s(?:THIS|THE)\sPROJECT\sGUTENBERG|^End\sof\s(?:the\s)?Project\sGutenberg",
    re.IGNORECASE,
)
_GUTENBERG_HEAD = 120_000


# How the passages begin that the long patterns above can match; tried first, for of a hundred
# paragraphs one begins so and the patterns cost 20 microseconds each.
_BEGINNING_LIST = (
    "© (c co al ke ud do is ei js je to be en th fi re ac sh tw pr e- em le ad po su si lo fo li "
    "jo dw ba sk cl sp vi so ur pe av ht mo yo tr ed se pa ph ga ti me bu sc cu te wo op an ne he "
    "fe ar ho mi de in hi ec st na dr kü da au ge wi ku we ei im s' s’ à lu vo mu éc éd ré pu "
    "вс кл уд бб гр гн ок пр на по ве ра ко ос ре ис во те ме чи см ма др са ещ ви фо сп до мн об "
    "ку ми ан гл ст в эк "
    "版权 关键 關鍵 未完 分享 打印 评论 相关 延伸 推荐 热门 背景 多媒 历史 政治 经济 社会 文化 国际 新闻 首页"
)
_BEGINNINGS = frozenset(_BEGINNING_LIST.split()) | {"в "}


def marked(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the cruft among them named boilerplate; nothing is dropped or joined."""
    out = list(blocks)
    cruft: set[int] = set()
    likely: set[int] = set()
    dated: list[int] = []
    authored: list[int] = []
    lower = text.lower()
    # Looked for in the whole text first: most texts have none of them.
    marks = [mark for mark in ("cookie", *_DISCLAIMERS) if mark in lower]
    for index, block in enumerate(out):
        size = block.end - block.start
        if block.kind == "boilerplate":
            cruft.add(index)
        if size > _LONGEST:
            continue
        words = text[block.start : block.end]
        begins = words[:2].lower() in _BEGINNINGS or not words[0].isalpha()
        if begins and size <= 60:
            likely.add(index)
        if _is_line(words, marks, begins=begins):
            cruft.add(index)
        if size <= 100 and (words[-1].isdigit() or words[-1] == "日") and "\n" not in words:
            if size <= 80 and _DATELINE.match(words):
                dated.append(index)
            elif _AUTHOR_YEAR.match(words.lstrip("•‣◦▪●○■*·- ")) and _is_shouted(words):
                authored.append(index)
    cruft |= _boxes(text, out, likely, dated)
    cruft |= _similar_articles(text, out, authored)
    cruft |= _gutenberg(text, out)
    cruft |= _rubrics(text, out, cruft, likely)
    for index in cruft:
        out[index] = out[index]._replace(kind="boilerplate", level=0)
    return _bullets_parted(text, out, cruft)


def _is_line(words: str, marks: Sequence[str], *, begins: bool) -> bool:
    if begins:
        if _RULE.match(words) or _PAGE.match(words):
            return True
        if _LINES.match(words):
            return len(words) <= 250 or words[0] not in "©(Cc"
        if len(words) <= 120 and _SHARING.match(words):
            return True
    if marks:
        lower = words.lower()
        here = [mark for mark in marks if mark in lower]
        if "cookie" in here and _COOKIES.search(words):
            return True
        if here and here != ["cookie"]:
            found = _DISCLAIMER.search(words)
            if found is not None and _DISCLAIMED.search(words) and words.count(". ") <= 2:
                return True
    if len(words) > 400:
        return False
    end = words[-80:]
    if "@" not in end and "mail" not in end.lower():
        return False
    return _MAIL.search(end) is not None and _POST.search(words) is not None


def is_similar_article(words: str) -> bool:
    """Whether a line names an article as libraries list them: author in capitals and year."""
    found = _AUTHOR_YEAR.match(words.lstrip("•‣◦▪●○■*·- "))
    return found is not None and _is_shouted(words)


def is_site_notice(words: str) -> bool:
    """Whether it is what sites put below an article: whose opinion it is, whose rights."""
    found = _DISCLAIMER.search(words)
    return found is not None and _DISCLAIMED.search(words) is not None


def _boxes(text: str, blocks: list[Block], likely: set[int], dated: list[int]) -> set[int]:
    """Headlines with outlet and date, under a label or three in a row; lists under "Read also"."""
    cruft: set[int] = set()
    labels = {index: _label(text, blocks[index]) for index in sorted(likely)}
    for index, label in labels.items():
        if not label:
            continue
        end, datelines = _entries(text, blocks, index + 1, set(dated))
        if not datelines and label == "related":
            end = _links(text, blocks, index + 1)
        if datelines or label == "related":
            cruft.update(range(index, end))
    for first, third in zip(dated, dated[2:], strict=False):
        # Three datelines, each with its headline, and nothing but short lines between.
        if third - first == 4:
            start = max(0, first - 1)
            end, datelines = _entries(text, blocks, start, set(dated))
            if datelines >= 3:
                cruft.update(range(start, end))
    return cruft


def _label(text: str, block: Block) -> str:
    words = _short(text, block, 60)
    if not words:
        return ""
    return "related" if _RELATED.match(words) else "box" if _BOX.match(words) else ""


def _entries(text: str, blocks: list[Block], at: int, dated: set[int]) -> tuple[int, int]:
    """Where a run of entries ends, each at most two short lines and a dateline; how many."""
    end, count = at, 0
    while at < len(blocks) and at - end < 3:
        words = _short(text, blocks[at], 140)
        if not words or words[-1] in ".;:,":
            break
        at += 1
        if at - 1 in dated:
            end, count = at, count + 1
    return end, count


def _links(text: str, blocks: list[Block], at: int) -> int:
    """Where the short lines without a full stop end that follow a label such as "Read also"."""
    start = at
    while at < len(blocks) and at - start < 12:
        words = _short(text, blocks[at], 140)
        kind = blocks[at].kind
        if not words or (words[-1] in ".!…:;" and kind != "list"):
            break
        if kind in ("footnote", "table", "quotation"):
            break
        if kind == "heading" and (is_chapter(words) or is_notes_heading(words)):
            break
        at += 1
    # The last one may be the heading of what follows.
    return at - 1 if at - start >= 2 and blocks[at - 1].kind == "heading" else at


def _similar_articles(text: str, blocks: list[Block], found: list[int]) -> set[int]:
    """Titles with author and year, one below the other: "SMITH JOHN - 2010"."""
    cruft: set[int] = set()
    for first, second in pairwise(found):
        between = blocks[first + 1 : second]
        if len(between) <= 2 and all(_short(text, block, 200) for block in between):
            cruft.update(range(first, second + 1))
    return cruft


def _is_shouted(words: str) -> bool:
    """Mostly capitals, or initials: a name and not a heading that ends with a year."""
    letters = [c for c in words if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return capitals * 10 >= len(letters) * 8 or re.search(r"\b[A-ZА-Я]\.", words) is not None


def _gutenberg(text: str, blocks: list[Block]) -> set[int]:
    """Project Gutenberg's header and licence around the book."""
    if "Gutenberg" not in text[:5000] and "GUTENBERG" not in text[:5000]:
        return set()
    cruft: set[int] = set()
    for index, block in enumerate(blocks):
        if block.start > _GUTENBERG_HEAD:
            break
        if _GUTENBERG_START.search(text, block.start, min(block.end, block.start + 400)):
            cruft = set(range(index + 1))
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if len(text) - block.start > _GUTENBERG_HEAD:
            break
        if _GUTENBERG_END.search(text, block.start, min(block.end, block.start + 400)):
            cruft |= set(range(index, len(blocks)))
            break
    return cruft


def _rubrics(text: str, blocks: list[Block], cruft: set[int], likely: set[int]) -> set[int]:
    """Names of a site's sections that stand beside cruft, with a title below."""
    found: set[int] = set()
    for index in likely - cruft:
        block = blocks[index]
        if not _RUBRIC.match(text[block.start : block.end]) or index + 1 == len(blocks):
            continue
        below = blocks[index + 1]
        if below.end - below.start > 200:
            continue
        if index - 1 in cruft or index + 1 in cruft or index == 0:
            found.add(index)
    return found


def _bullets_parted(text: str, blocks: list[Block], cruft: set[int]) -> list[Block]:
    """A bullet left over from a list of links goes with the list, the paragraph stands free."""
    out: list[Block] = []
    for index, block in enumerate(blocks):
        bullet = _BULLET.match(text, block.start, block.end) if block.kind == "list" else None
        if (
            bullet is not None
            and index - 1 in cruft
            and block.end - block.start > 250
            and any(_BULLET.match(text, blocks[at].start) for at in range(max(0, index - 4), index))
        ):
            out.append(Block(block.start, block.start + 1, "boilerplate", block.page))
            out.append(Block(bullet.end(), block.end, "paragraph", block.page))
        else:
            out.append(block)
    return out


def _short(text: str, block: Block, limit: int) -> str:
    """The block's words if they are one line of at most `limit` characters, else nothing."""
    if block.end - block.start > limit:
        return ""
    words = text[block.start : block.end]
    return "" if "\n" in words else words
