"""The date each figure speaks of, with the rule that chose it and the words it rests on."""

import datetime
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import cache

import db.edtf
from db.quantities import association_scope, lexicon
from db.quantities.association_scope import Scope
from db.quantities.dateline import DATED_GENRES
from db.records import Block, Context, DateBasis, Figure, Period

# A date further away than this is no longer the one a passage speaks of.
_REACH = 8000
_WORDS_TO_A_DATE_BEHIND = 8
_WORDS_WHERE_ONE_STANDS_BEFORE = 2
_CLAUSE_END = re.compile(r"[;:,。；，()（）]|[-–—]\s")
_CITED = re.compile(
    r"(?:\b(?:No|Nr|Vol|Bd|pp?|S|T|C|с|т|стр)\.?\s?[\dIVXLC][\dIVXLC ,;–-]{0,12}|№\s?[\d ,-]{1,12}|©\s?)$"
)
_AUTHOR_AND_YEAR = re.compile(r"\([^()\d]{2,60},?\s$")
_NOTE = re.compile(
    r"\b(?:[Pp]p?|Vol|S|С|Bd|ed|eds|Ibid|Ebd)\.\s?\d|\bop\.\s?cit|\bIbid\b|\bISBN\b|\bS\. \d"
)


def date(
    figures: tuple[Figure, ...],
    periods: tuple[Period, ...],
    text: str,
    blocks: tuple[Block, ...],
    context: Context,
) -> tuple[Figure, ...]:
    """The figures with `date`, `date_basis` and the reason for both."""
    if not figures:
        return figures
    return tuple(_Dating(figures, periods, text, blocks, context).dated())


@dataclass(frozen=True, slots=True)
class _Choice:
    date: str | None
    basis: DateBasis
    rule: str
    period: Period | None = None


class _Dating:
    """Goes through the figures in order; what a duration or "by then" implies counts from there."""

    def __init__(
        self,
        figures: tuple[Figure, ...],
        periods: tuple[Period, ...],
        text: str,
        blocks: tuple[Block, ...],
        context: Context,
    ) -> None:
        language = context.language or "en"
        self._text = text
        self._figures = figures
        self._context = context
        self._words = _vocabulary(language)
        self._blocks = blocks
        self._block_starts = [block.start for block in blocks]
        self._scope: Scope = association_scope.of(text, blocks, language)
        self._starts_of_figures = sorted(figure.start for figure in figures)
        self._marks = [p for p in periods if not self._is_reference(p)]
        self._starts = [p.start for p in self._marks]
        self._is_dated = (context.genre or "").lower() in DATED_GENRES

    def dated(self) -> list[Figure]:
        found: dict[int, Figure] = {}
        for index in sorted(range(len(self._figures)), key=lambda i: self._figures[i].start):
            figure = self._figures[index]
            choice = self._chosen(figure)
            why = figure.why
            if choice.period is not None:
                words = choice.period
                why = (*why, ("date", words.text, words.start, words.end))
            found[index] = replace(
                figure,
                date=choice.date,
                date_basis=choice.basis,
                rules=(*figure.rules, choice.rule),
                why=why,
            )
        return [found[index] for index in range(len(self._figures))]

    # -- the cascade ---------------------------------------------------------------------------

    def _chosen(self, figure: Figure) -> _Choice:
        start, end = self._scope.sentence(figure.start)
        before = self._last_before(figure.start, start)
        behind = self._first_behind(figure.end, end)
        if behind and self._is_right_behind(figure, behind, before):
            return self._own(figure, behind, "date.behind")
        if then := self._then(figure, start, before):
            return then
        if duration := self._duration(figure, before):
            return duration
        if before:
            return self._own(figure, before, "date.before")
        if behind:
            return self._own(figure, behind, "date.after")
        return self._inherited(figure, start)

    def _inherited(self, figure: Figure, sentence: int) -> _Choice:
        paragraph, _ = self._scope.paragraph(figure.start)
        section, _ = self._scope.section(figure.start)
        if period := self._last_before(sentence, paragraph):
            return self._from_afar(figure, period, sentence, "date.paragraph")
        document = self._context.document_date
        if self._is_dated and document:
            return _Choice(document, "document", "date.document")
        nearest = max(section, sentence - _REACH)
        if period := self._last_before(sentence, nearest, self._kind_at(figure.start)):
            return self._from_afar(figure, period, sentence, "date.section")
        if self._context.coverage:
            return _Choice(self._context.coverage, "inherited", "date.coverage")
        return _Choice(None, "none", "date.none")

    def _own(self, figure: Figure, period: Period, rule: str) -> _Choice:
        return _Choice(period.date, period.basis, rule, period)

    def _from_afar(self, figure: Figure, period: Period, sentence: int, rule: str) -> _Choice:
        """An inherited date, no finer than the text lets it be."""
        date = period.date
        opening = self._text[sentence : figure.start].lower()[:160]
        tail = self._text[figure.end : figure.end + 24].lower().lstrip()
        elsewhere = any(word in opening for word in self._words["elsewhere"])
        if elsewhere or tail.startswith(self._words["asked_before"]):
            year = date[:4]
            if year.isdecimal() and "/" not in date:
                return _Choice(year, "inherited", "date.elsewhere", period)
        return _Choice(date, "inherited", rule, period)

    # -- single rules --------------------------------------------------------------------------

    def _is_right_behind(self, figure: Figure, behind: Period, before: Period | None) -> bool:
        """Whether the date closes the figure's own clause: "$47 million in 1939"."""
        gap = self._text[figure.end : behind.start]
        if len(gap) > 90 or _CLAUSE_END.search(gap):
            return False
        if bisect_left(self._starts_of_figures, behind.start) > bisect_right(
            self._starts_of_figures, figure.start
        ):
            return False
        limit = _WORDS_WHERE_ONE_STANDS_BEFORE if before else _WORDS_TO_A_DATE_BEHIND
        return len(gap.split()) <= limit

    def _then(self, figure: Figure, sentence: int, before: Period | None) -> _Choice | None:
        """ "Before that time", "since then": up to, or from, the date named last."""
        opening = self._text[max(sentence, figure.start - 120) : figure.start].lower()
        if before is not None:
            opening = opening[max(0, before.end - max(sentence, figure.start - 120)) :]
        for words, is_before in (("then_before", True), ("then_after", False)):
            phrase = next((p for p in self._words[words] if p in opening), None)
            if phrase is None:
                continue
            anchor = before or self._running(sentence)
            if anchor is None:
                return None
            point = anchor.date.split("/")[0 if is_before else -1].rstrip("~")
            if point == "..":
                continue
            date = f"../{point}" if is_before else f"{point}/.."
            return _Choice(date, "relative", "date.then", anchor)
        return None

    def _duration(self, figure: Figure, before: Period | None) -> _Choice | None:
        """The years an "in two years" spans; it dates what follows it as well."""
        if figure.kind != "duration" or figure.unit not in ("year", "month", "decade"):
            return None
        if figure.value is None or not 0 < figure.value < 1000:
            return None
        lead = self._text[max(0, figure.start - 40) : figure.start].lower().split()
        way = lead[-1] if lead else ""
        span = figure.value_high or figure.value
        months = round(span * {"year": 12, "month": 1, "decade": 120}[figure.unit])
        if way in self._words["past"]:
            months = -months
        elif way not in self._words["coming"] and way not in self._words["over"]:
            return None
        anchor = before or self._running(figure.start)
        day = self._day_of(anchor, months < 0)
        if anchor is None or day is None:
            return None
        date = _spanned(day, months, figure.unit)
        if date is None:
            return None
        implied = Period(
            figure.start, figure.end, figure.text, date, "relative", ("date.duration",)
        )
        at = bisect_left(self._starts, figure.start)
        if at == len(self._starts) or self._starts[at] != figure.start:
            self._starts.insert(at, figure.start)
            self._marks.insert(at, implied)
        return _Choice(date, "relative", "date.duration", anchor)

    def _running(self, offset: int) -> Period | None:
        section, _ = self._scope.section(offset)
        return self._last_before(offset, max(section, offset - _REACH), self._kind_at(offset))

    def _day_of(self, anchor: Period | None, at_the_end: bool) -> datetime.date | None:
        if anchor is None:
            return db.edtf.bounds(self._context.document_date or "")[0]
        low, high = db.edtf.bounds(anchor.date)
        return (high if at_the_end else low) or high or low

    # -- looking around ------------------------------------------------------------------------

    def _last_before(self, offset: int, floor: int, kind: str = "") -> Period | None:
        index = bisect_left(self._starts, offset) - 1
        while index >= 0:
            period = self._marks[index]
            if period.start < floor:
                return None
            if period.end <= offset and (not kind or self._is_of(period, kind)):
                return period
            index -= 1
        return None

    def _first_behind(self, offset: int, ceiling: int) -> Period | None:
        index = bisect_left(self._starts, offset)
        if index < len(self._marks) and self._marks[index].start < ceiling:
            return self._marks[index]
        return None

    def _is_of(self, period: Period, kind: str) -> bool:
        """Whether a period far off counts: notes and boilerplate only among themselves."""
        own = self._kind_at(period.start)
        return own == kind or own not in ("footnote", "boilerplate")

    def _kind_at(self, offset: int) -> str:
        index = bisect_right(self._block_starts, offset) - 1
        return self._blocks[index].kind if index >= 0 else "paragraph"

    def _is_reference(self, period: Period) -> bool:
        """Whether the date belongs to a citation or to a name: "the Convention of 1925"."""
        if period.rules[:1] != ("date.year",):
            return False
        lead = self._text[max(0, period.start - 70) : period.start]
        if _CITED.search(lead[-24:]):
            return True
        behind = self._text[period.end : period.end + 24]
        if behind[:1] == ")" and _AUTHOR_AND_YEAR.search(lead):
            return lead.rsplit("(", 1)[-1][:1].isupper()
        if behind[:1] in (".", ",") and _NOTE.search(behind + self._text[period.end :][24:60]):
            return True
        before = lead.split()
        if len(before) > 1 and before[-1].lower() in ("of", "de", "von", "от"):
            return before[-2].lower() in self._words["named"] and before[-2][:1].isupper()
        following = behind.split()
        return bool(following) and following[0].lower().strip(".,;") in self._words["named"]


def _spanned(day: datetime.date, months: int, unit: str) -> str | None:
    index = day.year * 12 + day.month - 1
    low, high = sorted((index, index + months))
    if low < 12 or high >= 9999 * 12:
        return None
    if unit != "month":
        return f"{low // 12:04}/{high // 12:04}"
    return f"{low // 12:04}-{low % 12 + 1:02}/{high // 12:04}-{high % 12 + 1:02}"


@cache
def _vocabulary(language: str) -> dict[str, tuple[str, ...]]:
    words = lexicon.load(f"dates.{language}")
    own = words.get("association", {})
    names = ("elsewhere", "asked_before", "then_before", "then_after", "over", "past", "coming")
    found = {name: tuple(own.get(name, ())) for name in names}
    found["named"] = tuple(words.get("words", {}).get("named", ()))
    return found
