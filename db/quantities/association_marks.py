"""The dates of a text as a figure may take them: with their direction, and whether they count far off."""

import re
from bisect import bisect_left, insort
from dataclasses import dataclass, field
from functools import cache

import db.edtf
from db.quantities import dateline, lexicon, period_days
from db.quantities.period_narrative import ASIDE
from db.records import Context, DateBasis, Period

_CITED = re.compile(
    r"(?:\b(?:No|Nr|Vol|vol|Bd|pp?|S|T|C|с|т|стр|вып)\.?\s?[\dIVXLC][\dIVXLC ,;–-]{0,12}"
    r"|№\s?[\d ,-]{1,12}|©\s?)$"
)
_AUTHOR_AND_YEAR = re.compile(r"\([^()\d]{2,60},?\s$")
_NOTE = re.compile(
    r"\b(?:[Pp]p?|[Vv]ol|S|С|с|Bd|ed|eds|Ibid|Ebd)\.\s?\d|\bop\.\s?cit|\bIbid\b|\bISBN\b"
)
_NAME_BEFORE = re.compile(r"([^\W\d_]+)[\s,]+(?:of|de|du|von|vom|от|dated|the|,)?\s?(?:the\s)?$")


# Readings of one point of time that lasts some days or months.
_SPANS = ("date.third", "date.slice", "date.stage", "date.that-half", "date.week")
# "It was not until 1885 that": in that year.
_NOT_UNTIL = re.compile(
    r"\b(?:not|never|n't|only)\s(?:\w{1,12}\s){0,3}?(?:until|till|before|by)\s(?:the\s)?$"
    r"|\b(?:erst|nicht vor)\s(?:bis\s|vor\s)?$|\bpas avant\s$"
    r"|\b(?:не раньше|не ранее|лишь|только)\s(?:к\s|в\s|до\s)?$"
)
_UNTIL = frozenset(
    ("until", "till", "up to", "to", "bis", "bis zum", "bis zur", "jusqu'à", "jusqu'au", "jusqu’à",
     "до", "по", "вплоть до", "至", "到")
)  # fmt: skip
# "not until 1914, when", "до 1908 года, когда", "bis 1914, als", "jusqu'en 1914, quand"
_WHEN = re.compile(
    r"(?: года| г\.)?,? (?:when|by which time|at which|когда|als|quand|lorsque|lorsqu['’])\b"
)
_CLAUSE = re.compile(r"[.;:]\s")
# "an increase of 10.9 per cent over 1901", "40,000 more on the previous week"
_GROWN_ON = re.compile(
    r"\b(?:increase|decrease|rise|fall|gain|advance|decline|reduction|improvement|up|down)\b"
    r"[^;:()]{1,60}\s(?:over|on|upon)(?: the)?(?: total of| figure for)?$"
)
# "and at that of 1881 it was", "Celui de 1713 n'en trouve": a count of its own, no base.
_OWN_YEAR = re.compile(
    r"(?:^|[.;:]\s{1,3}|\b(?:at|in|by|for|bei|in|par|dans)\s)"
    r"(?:that of|those of|celui de|celle de|ceux de|celles de|der von|dem von|denen von)$"
)
_PART_BEFORE = re.compile(r"[.;:,]\s|[，。；]")
_COMMA = re.compile(r"(?: год[ау]?| г\.)?,")
_PART_BEHIND = re.compile(r"[.,;:，。；]")


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A date that figures may take.

    `date` holds for the figures of its own sentence, `later` for those that only inherit it. A
    base is what a figure is compared with: "29 per cent more than last year".
    """

    start: int
    end: int
    date: str = field(compare=False)
    later: str = field(compare=False)
    is_aside: bool = field(compare=False)
    is_base: bool = field(compare=False)
    period: Period = field(compare=False)
    is_other: bool = field(compare=False, default=False)
    is_told: bool = field(compare=False, default=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """The date chosen for a figure, by which rule and on which words."""

    date: str | None
    basis: DateBasis
    rule: str
    period: Period | None = None


def own(mark: Mark, rule: str) -> Choice:
    """The date of `mark` itself."""
    return Choice(mark.date, mark.period.basis, rule, mark.period)


class Marks:
    """All marks of a text in order, to be looked up by place."""

    def __init__(self, periods: tuple[Period, ...], text: str, language: str) -> None:
        named, documents = _names(language)
        words = lexicon.load(f"dates.{language}").get("association", {})
        compared = _against(language)
        enacting = frozenset(words.get("enacting", ()))
        bases = period_days.bases(language)
        self._marks: list[Mark] = []
        self._text = text
        joining = words.get("and", ())
        self._joining = frozenset(words.get("joins", ())[:1])
        was_document, behind = False, 0
        for period in periods:
            if _is_reference(text, period, named, enacting):
                continue
            is_document = _names_a_document(text, period, documents) or (
                was_document and text[behind : period.start].strip(" ,") in joining
            )
            was_document, behind = is_document, period.end
            is_aside = ASIDE in period.rules or is_document
            date, later = _with_direction(period)
            before = self._marks[-1] if self._marks else None
            if joined := _from_until(text, before, period, date):
                date = later = joined
            if _NOT_UNTIL.search(text[max(0, period.start - 40) : period.start].lower()):
                date = later = period.date
            if _WHEN.match(text, period.end):
                date = later = period.date  # "not until 1914, when 9.3 million were raised"
            lead = text[max(0, period.start - 24) : period.start].lower().rstrip()
            is_base = lead.endswith(bases) and not _OWN_YEAR.search(
                text[max(0, period.start - 40) : period.start].lower().rstrip()
            )
            clause = _CLAUSE.split(text[max(0, period.start - 60) : period.start].lower())[-1]
            is_base = is_base or _GROWN_ON.search(clause.rstrip()) is not None
            is_other = compared is not None and compared.search(clause) is not None
            is_told = _is_published(text, period, language)
            aside = is_aside or is_base or is_other or is_told
            mark = Mark(
                period.start, period.end, date, later, aside, is_base, period, is_other, is_told
            )
            self._marks.append(mark)
        self._starts = [mark.start for mark in self._marks]

    def last_before(self, offset: int, floor: int, own: bool = True) -> Mark | None:
        """The last mark that lies in [floor, offset) and is no base of a comparison.

        Without `own` no date of another time that figures were set against ("against 40 in 1911").
        """
        index = bisect_left(self._starts, offset) - 1
        while index >= 0 and self._starts[index] >= floor:
            mark = self._marks[index]
            if mark.end > offset or mark.is_base:
                pass
            elif mark.is_told:
                # "tallies, published ten years later, gave 300 dead": not then
                if own and not _COMMA.match(self._text, mark.end):
                    return mark
            elif own or not mark.is_other:
                return mark
            index -= 1
        return None

    def around(self, start: int, end: int) -> Mark | None:
        """The mark whose words hold text[start:end]."""
        index = bisect_left(self._starts, start + 1) - 1
        mark = self._marks[index] if index >= 0 else None
        return mark if mark is not None and mark.start <= start and end <= mark.end else None

    def story_before(self, offset: int, floor: int) -> Mark | None:
        """The last mark in [floor, offset) that the story has moved to."""
        index = bisect_left(self._starts, offset) - 1
        while index >= 0 and self._starts[index] >= floor:
            mark = self._marks[index]
            if mark.end <= offset and not mark.is_aside:
                return mark
            index -= 1
        return None

    def within(self, floor: int, ceiling: int) -> list[Mark]:
        """All marks that begin in [floor, ceiling), in order."""
        return self._marks[bisect_left(self._starts, floor) : bisect_left(self._starts, ceiling)]

    def story_within(self, floor: int, ceiling: int) -> list[Mark]:
        """The marks in [floor, ceiling) that the story has moved to, in order."""
        first, last = bisect_left(self._starts, floor), bisect_left(self._starts, ceiling)
        return [mark for mark in self._marks[first:last] if not mark.is_aside]

    def first_behind(self, offset: int, ceiling: int) -> Mark | None:
        """The first mark that begins in [offset, ceiling)."""
        index = bisect_left(self._starts, offset)
        if index < len(self._marks) and self._starts[index] < ceiling:
            return self._marks[index]
        return None

    def together(self, mark: Mark) -> list[Mark]:
        """The dates joined to `mark` by "and" or a comma, itself among them, in order."""
        place = bisect_left(self._starts, mark.start)
        first = last = place
        while first and last - first < 4 and self._is_joined(first - 1):
            first -= 1
        while last + 1 < len(self._marks) and last - first < 4 and self._is_joined(last):
            last += 1
        return self._marks[first : last + 1]

    def _is_joined(self, place: int) -> bool:
        one, other = self._marks[place], self._marks[place + 1]
        if not len(one.date) == len(other.date) <= 7 or one.is_base or other.is_base:
            return False
        between = self._text[one.end : other.start]
        return len(between) <= 8 and between.replace(",", " ").strip() in self._joining

    def add(self, period: Period, is_aside: bool) -> None:
        """What a duration implies, from its place on."""
        date = period.date
        insort(self._marks, Mark(period.start, period.end, date, date, is_aside, False, period))
        insort(self._starts, period.start)


def _with_direction(period: Period) -> tuple[str, str]:
    """The date with "by", "since" and the like; and as it is inherited."""
    date = period.date
    if "/" in date:
        if period.rules[0] == "date.stage" and not {"date.by", "date.before"}.isdisjoint(
            period.rules
        ):
            date = f"../{date.split('/')[1]}"  # "by the early 1880s"
        elif period.rules[0] in _SPANS and "date.from" in period.rules:
            return f"{date.split('/')[0]}/..", date  # "自九月中旬以来"
        return date, date
    if "date.by" in period.rules or "date.before" in period.rules:
        limit = f"../{date.rstrip('~?%')}"
        # "By the middle of September little was left": what follows happened about then.
        plain = len(date) == 10 or (date.endswith("~") and not date.endswith("-12~"))
        return limit, date if plain else limit
    if "date.from" in period.rules or "date.after" in period.rules:
        return f"{date.rstrip('~?%')}/..", date
    return date, date


def _from_until(text: str, before: Mark | None, period: Period, date: str) -> str | None:
    """Of "from the outbreak on 30 July until last night": from the one day to the other."""
    if before is None or not date.startswith("../") or period.start - before.end > 16:
        return None
    if text[before.end : period.start].strip(" ,").lower() not in _UNTIL:
        return None
    first, last = db.edtf.bounds(before.period.date)[0], db.edtf.bounds(period.date)[1]
    if first is None or last is None or first > last:
        return None
    return (
        f"{before.period.date.split('/')[0].rstrip('~')}/{period.date.split('/')[-1].rstrip('~')}"
    )


def _is_reference(
    text: str, period: Period, named: frozenset[str], enacting: frozenset[str]
) -> bool:
    """Whether the year belongs to a citation or to a name: "the Convention of 1925"."""
    if period.rules[:1] != ("date.year",):
        return False
    lead = text[max(0, period.start - 70) : period.start]
    if _CITED.search(lead[-24:]):
        return True
    behind = text[period.end : period.end + 60]
    if behind[:1] == ")" and _AUTHOR_AND_YEAR.search(lead):
        return lead.rsplit("(", 1)[-1][:1].isupper()
    if behind[:1] in (".", ",") and _NOTE.search(behind[:40]):
        return True
    before = lead.split()
    if len(before) > 1 and before[-1].lower() in ("of", "de", "von", "от"):
        if before[-2].lower() not in named or not before[-2][:1].isupper():
            return False
        # "A second Act of 1797 authorised another £60,000": then it happened.
        return not set(behind.lower().split(maxsplit=3)[:2]) & enacting
    following = behind.split(maxsplit=1)
    return bool(following) and following[0].lower().strip(".,;") in named


def _is_published(text: str, period: Period, language: str) -> bool:
    """Whether something came out then: what it tells of happened before.

    As in "the results were published in 1954", "结果于1954年11月1日公布".
    """
    pattern = _published(language)
    if pattern is None:
        return False
    before = _PART_BEFORE.split(text[max(0, period.start - 40) : period.start])[-1].lower()
    behind = _PART_BEHIND.split(text[period.end : period.end + 16].lower())[0]
    return pattern.search(before) is not None or pattern.search(behind) is not None


@cache
def _published(language: str) -> re.Pattern[str] | None:
    words = lexicon.load(f"dates.{language}").get("association", {}).get("published", ())
    if not words:
        return None
    joined = "|".join(map(re.escape, words))
    return re.compile(joined if language == "zh" else rf"\b(?:{joined})")


def _names_a_document(text: str, period: Period, documents: frozenset[str]) -> bool:
    """Of "Your letter of March 9": the date tells which letter, not when things happened."""
    match = _NAME_BEFORE.search(text, max(0, period.start - 40), period.start)
    return match is not None and match[1].lower() in documents


def datelines(
    periods: tuple[Period, ...], text: str, context: Context, language: str
) -> dateline.Datelines:
    """Where the writer's own day stands, as the periods show it."""
    days = (
        (p.start, p.end, p.date)
        for p in periods
        if (p.basis == "stated" or dateline.ENTRY in p.rules)
        and len(p.date) == 10
        and p.date[4:5] == "-"
        and p.date[7:8] == "-"
    )
    ended = (
        (p.start, p.end, str(last))
        for p in periods[:4]
        if p.rules[:1] == ("date.ending",) and (last := db.edtf.bounds(p.date)[1])
    )
    entries = frozenset(p.start for p in periods if dateline.ENTRY in p.rules)
    return dateline.find(text, sorted((*days, *ended)), context, language, entries)


@cache
def _against(language: str) -> re.Pattern[str] | None:
    """Of "against only 40": a figure of another time comes ("against Japan" is no figure)."""
    words = lexicon.load(f"dates.{language}").get("association", {}).get("compared", ())
    if not words:
        return None
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\s(?:[^\W\d]{{1,12}}\s)?\W?\d")


@cache
def _names(language: str) -> tuple[frozenset[str], frozenset[str]]:
    words = lexicon.load(f"dates.{language}")
    named = words.get("words", {}).get("named", ())
    return frozenset(named), frozenset(words.get("association", {}).get("documents", ()))
