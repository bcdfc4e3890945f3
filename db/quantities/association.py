"""The date each figure speaks of, with the rule that chose it and the words it rests on."""

import re
from bisect import bisect_right
from dataclasses import replace

import db.edtf
from db.quantities import (
    association_frames,
    association_marks,
    association_rows,
    association_scope,
    association_words,
    dateline,
    period_days,
    script,
)
from db.quantities.association_clauses import CLAUSE_END, Clauses
from db.quantities.association_lengths import REACH, Lengths
from db.quantities.association_marks import Choice, Mark, Marks, own
from db.records import Block, Context, Figure, Period

_CHARACTERS_TO_A_TIME = 24
_DAYS_OF_A_MONTH = 31
_LONGEST_CHAIN = 4


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


class _Dating:
    """Goes through the figures in order; what a duration implies counts from its place on."""

    def __init__(
        self,
        figures: tuple[Figure, ...],
        periods: tuple[Period, ...],
        text: str,
        blocks: tuple[Block, ...],
        context: Context,
    ) -> None:
        language = script.language(text, context.language)
        self._text = text
        self._figures = figures
        self._periods = {period.start: period for period in periods}
        self._context = context
        self._words = association_words.vocabulary(language)
        self._scope = association_scope.of(text, blocks, language)
        self._marks = Marks(periods, text, language)
        self._datelines = association_marks.datelines(periods, text, context, language)
        self._lengths = Lengths(text, self._words, self._scope, self._marks, self._datelines)
        self._starts = sorted(figure.start for figure in figures)
        self._rows = association_rows.Rows(text, figures, self._words.row)
        self._taken: set[int] = set()
        self._used: set[int] = set()
        self._clauses = Clauses(
            text,
            self._words,
            self._scope,
            self._marks,
            self._datelines,
            self._lengths,
            self._starts,
            self._taken,
        )

    def dated(self) -> list[Figure]:
        """The figures in the order they came in."""
        found: dict[int, Figure] = {}
        for index in sorted(range(len(self._figures)), key=lambda i: self._figures[i].start):
            figure = self._figures[index]
            choice = self._chosen(figure)
            if choice.period is not None and choice.rule in ("date.before", "date.behind"):
                self._used.add(choice.period.start)
            why = figure.why
            if choice.period is not None:
                words = choice.period
                why = (*why, ("date", words.text, words.start, words.end), *self._chain(words))
            rules = (*figure.rules, choice.rule)
            found[index] = replace(
                figure, date=choice.date, date_basis=choice.basis, rules=rules, why=why
            )
        return [found[index] for index in range(len(self._figures))]

    def _chain(self, period: Period) -> list[tuple[str, str, int, int]]:
        """The dates that a date was reckoned from: "a month later" from "22 October 1940"."""
        found: list[tuple[str, str, int, int]] = []
        while period.counted_from is not None and len(found) < _LONGEST_CHAIN:
            words, start, end = period.counted_from
            found.append(("date_from", words, start, end))
            if start >= period.start or start not in self._periods:
                break
            period = self._periods[start]
        return found

    # -- the cascade ---------------------------------------------------------------------------

    def _chosen(self, figure: Figure) -> Choice:
        start, end = self._scope.sentence(figure.start)
        if both := self._from_one_to_another(figure, end):
            return both
        before = self._marks.last_before(figure.start, start)
        before = self._clauses.outside_clause(figure, start, before)
        # "20 bales and 30 sacks in 1938": what is said behind a row holds for all of it.
        row_end = figure if before else self._rows.last(figure)
        behind = self._marks.first_behind(row_end.end, end)
        if behind and dateline.ENTRY in behind.period.rules:
            end, behind = behind.start, None  # the entry before ends here
        if behind and self._clauses.is_right_behind(row_end, behind, before):
            self._taken.add(behind.start)
            return self._of_several(figure, behind, "date.behind")
        if row_end is not figure:
            behind = self._marks.first_behind(figure.end, end)
        if clause := self._clauses.own_clause(figure, before, end):
            return clause
        if then := self._then(figure, start, before):
            return then
        if grown := self._grown(figure, start, before):
            return grown
        if duration := self._lengths.dated(figure, before) or self._in_that_time(figure, before):
            return duration
        floor = before.end if before else start
        if now := self._now(figure, floor):
            return now
        if year := self._year_round(figure, floor, before):
            return year
        if before:
            return self._of_several(figure, before, "date.before")
        if behind and self._words.row and self._clauses.is_verb_behind(figure, behind):
            return self._of_several(figure, behind, "date.after")
        if behind and not before and self._clauses.closes(behind, end):
            return own(behind, "date.in-brackets")
        inherited = self._inherited(figure, start)
        # A date further on in the sentence is its figure's in 5 of 25 cases where the text
        # already has another.
        if inherited.date is None and behind:
            closes = self._text[behind.start - 1 : behind.start] == "(" and end - behind.end < 12
            # "services 37%; commerce 22%; utilities 2% (1985 est.)": of the whole list.
            if closes or self._clauses.is_of_one_clause(figure, behind):
                return own(behind, "date.after")
        return inherited

    def _from_one_to_another(self, figure: Figure, end: int) -> Choice | None:
        """Of "from 9 tons in 1920 to 12 in 1929": the years from the first to the second."""
        first = self._marks.first_behind(figure.start, figure.end)
        last = self._marks.first_behind(figure.end, end)
        if first is None or last is None or figure.value_high is None or "/" in first.date:
            return None
        if len(self._text[figure.end : last.start].split()) > 2:
            return None
        date = f"{first.date.rstrip('~')}/{last.period.date.split('/')[-1].rstrip('~')}"
        if not db.edtf.is_valid(date):
            return None
        self._taken.add(last.start)
        return Choice(date, last.period.basis, "date.from-to", last.period)

    def _of_several(self, figure: Figure, mark: Mark, rule: str) -> Choice:
        """Of "22 and 9 tons in 1941 and 1942" each its own; of "in 1875 and 1876" both."""
        marks = self._marks.together(mark)
        if len(marks) == 1:
            return own(mark, rule)
        row = self._rows.row(figure)
        if len(row) == len(marks):
            return own(marks[row.index(figure)], rule)
        date = association_rows.union(marks)
        return Choice(date, mark.period.basis, rule, mark.period) if date else own(mark, rule)

    def _inherited(self, figure: Figure, sentence: int) -> Choice:
        paragraph, _ = self._scope.paragraph(figure.start)
        section, _ = self._scope.section(figure.start)
        document = self._datelines.at(figure.start)
        if document and self._is_present(sentence, figure):
            return Choice(document, "document", "date.document")
        if (entry := self._entry(sentence, paragraph)) is not None:
            return own(entry, "date.entry")
        told = None if document else self._told_last(sentence, paragraph)
        mark = told or self._marks.story_before(sentence, paragraph)
        if mark:
            if whole := self._whole(sentence, figure.start, paragraph, mark):
                return whole
            return self._from_afar(figure, mark, sentence, "date.paragraph")
        if document:
            return Choice(document, "document", "date.document")
        if mark := self._marks.last_before(sentence, paragraph, own=False):
            return self._from_afar(figure, mark, sentence, "date.paragraph")
        if mark := self._marks.story_before(sentence, max(section, sentence - REACH)):
            return self._from_afar(figure, mark, sentence, "date.section")
        if self._context.coverage:
            return Choice(self._context.coverage, "inherited", "date.coverage")
        return Choice(None, "none", "date.none")

    def _entry(self, sentence: int, paragraph: int) -> Mark | None:
        """The head of the entry of a log or diary that the sentence belongs to."""
        floor = max(paragraph, sentence - REACH)
        for mark in reversed(self._marks.within(floor, sentence)):
            if dateline.ENTRY in mark.period.rules:
                return mark
            if not mark.is_aside and mark.period.basis == "stated":
                return None
        return None

    def _told_last(self, sentence: int, paragraph: int) -> Mark | None:
        """The one date of the sentence before, where its figures are of that date.

        "Its balance sheet for 1929 had shown $9. It controlled 47 firms": then, too.
        """
        if sentence <= paragraph:
            return None
        start, _ = self._scope.sentence(sentence - 1)
        marks = self._marks.within(max(start, paragraph, sentence - REACH), sentence)
        if len(marks) != 1 or marks[0].start not in self._used:
            return None
        mark = marks[0]
        if mark.period.rules[0] == "date.duration":
            return None
        if not self._words.is_spaced and period_days.is_pluperfect(self._text, mark.end, "zh"):
            return None
        return (
            mark if mark.is_aside and not (mark.is_base or mark.is_other or mark.is_told) else None
        )

    def _in_that_time(self, figure: Figure, before: Mark | None) -> Choice | None:
        """Of "fell by 40 per cent in three years": the time said right behind it."""
        place = bisect_right(self._starts, figure.start)
        if place == len(self._starts) or self._starts[place] - figure.end > _CHARACTERS_TO_A_TIME:
            return None
        length = self._rows.at(place)
        gap = self._text[figure.end : length.start].lower().split()
        if length.kind != "duration" or figure.kind == "duration" or not 1 <= len(gap) <= 3:
            return None
        if gap[-1] not in self._words.in_time or re.search(r"[.!?;:,]", gap[0]):
            return None
        return self._lengths.dated(length, before)

    def _whole(self, sentence: int, end: int, paragraph: int, mark: Mark) -> Choice | None:
        """Of "In all 812 cases": from the first to the last date of the paragraph's story."""
        opening = self._text[sentence : min(end, sentence + 40)].lower().lstrip()
        if not opening.startswith(self._words.totals):
            return None
        first = self._marks.first_behind(paragraph, sentence)
        low = db.edtf.bounds(first.date)[0] if first else None
        high = db.edtf.bounds(mark.date)[1]
        if first is None or first is mark or low is None or high is None or low >= high:
            return None
        date = f"{first.date.split('/')[0].rstrip('~')}/{mark.date.split('/')[-1].rstrip('~')}"
        if not db.edtf.is_valid(date):
            return None
        implied = Period(sentence, end, opening, date, "relative", ("date.whole",))
        self._marks.add(implied, is_aside=True)
        return Choice(date, "inherited", "date.whole", first.period)

    def _from_afar(self, figure: Figure, mark: Mark, sentence: int, rule: str) -> Choice:
        """An inherited date, no finer than the text lets it be."""
        framed = self._framed(mark, sentence) if rule == "date.paragraph" else None
        date = framed or mark.later
        opening = self._text[sentence : figure.start].lower()[:160]
        tail = self._text[figure.end : figure.end + 24].lower().lstrip()
        elsewhere = any(word in opening for word in self._words.elsewhere)
        if elsewhere or tail.startswith(self._words.asked_before):
            year = date[:4]
            if year.isdecimal() and "/" not in date:
                return Choice(year, "inherited", "date.elsewhere", mark.period)
        if (
            self._words.is_spaced
            and rule == "date.section"
            and date[:4].isdecimal()
            and not self._is_sentence_before(mark, sentence)
        ):
            # Out of another paragraph comes the year, not the day: with dates, F1 on the first
            # text that was marked rose from .94 to .98.
            low, high = db.edtf.bounds(date)
            if "/" not in date or (low and high and (high - low).days < _DAYS_OF_A_MONTH):
                date = date[:4]
        return Choice(date, "inherited", rule, mark.period)

    def _is_sentence_before(self, mark: Mark, sentence: int) -> bool:
        """Whether the date stands in the last sentence before this one: "... fell on 1 May."."""
        return self._scope.sentence(mark.start)[1] == sentence

    def _framed(self, mark: Mark, sentence: int) -> str | None:
        """What the paragraph tells of, where a day in the midst of it was named last."""
        if len(mark.later) != 10:
            return None
        paragraph, _ = self._scope.paragraph(mark.start)
        if self._scope.sentence(mark.start)[0] <= paragraph:
            return None
        stepped = mark.period.rules[0] in ("date.step", "date.that-year")
        if stepped and mark.start not in self._used and self._is_sentence_before(mark, sentence):
            return None  # "Two days later it was attacked. The fight lasted four hours"
        marks = self._marks.story_within(max(paragraph, sentence - REACH), sentence)
        return association_frames.frame(marks) if len(marks) > 1 else None

    # -- single rules --------------------------------------------------------------------------

    def _now(self, figure: Figure, floor: int) -> Choice | None:
        """Of "Now has 61,300": the writer's day, or where the story stands."""
        lead = self._text[max(floor, figure.start - 120) : figure.start].lower()
        if self._words.is_spaced:
            if self._words.now.isdisjoint(lead.replace(",", " ").split()):
                return None
        elif not any(word in lead for word in self._words.now):
            return None
        if document := self._datelines.at(figure.start):
            return Choice(document, "document", "date.now")
        today = self._context.document_date
        if not self._words.today.isdisjoint(lead.replace(",", " ").split()):
            # "In 1945 there were two dozen democracies. Today, there are 122."
            return Choice(today, "document" if today else "none", "date.now")
        section, _ = self._scope.section(figure.start)
        mark = self._marks.story_before(figure.start, max(section, figure.start - REACH))
        return Choice(mark.later, "inherited", "date.now", mark.period) if mark else None

    def _year_round(self, figure: Figure, floor: int, before: Mark | None) -> Choice | None:
        """Of "全年", "dans l'année": the year of the day or month where the story stands."""
        if not self._words.year_round:
            return None
        lead = self._text[max(floor, figure.start - 80) : figure.start].lower()
        if not any(words in lead for words in self._words.year_round):
            return None
        anchor = before or self._lengths.running(figure.start)
        low, high = db.edtf.bounds(anchor.date) if anchor else (None, None)
        if anchor is None or low is None or high is None or low.year != high.year:
            return None
        return Choice(f"{low.year:04}", "relative", "date.year-round", anchor.period)

    def _is_present(self, sentence: int, figure: Figure) -> bool:
        """Whether the sentence speaks of the writer's own time: "I have accepted", "is sold"."""
        words = self._text[max(sentence, figure.start - 200) : figure.start].lower().split()
        if self._words.looks_ahead:
            # "Deux compagnies, soit 260 sapeurs, travaillent": the verb comes behind.
            tail = self._text[figure.end : figure.end + 60].lower()
            words += re.split(r"[.;!?]", tail, maxsplit=1)[0].replace(",", " ").split()
        return not self._words.present.isdisjoint(words)

    def _grown(self, figure: Figure, sentence: int, before: Mark | None) -> Choice | None:
        """Of "The increase amounts to 12 per cent": between the two years named last."""
        if figure.kind == "duration" or figure.value_high is not None:
            return None
        floor = max(sentence, before.end if before else 0, figure.start - 100)
        lead = self._text[floor : figure.start].lower()
        if not self._words.growth.search(CLAUSE_END.split(lead)[-1] or lead):
            return None
        if before is not None and CLAUSE_END.search(self._text, before.end, figure.start) is None:
            return None  # "In 1900 the increase was 12 per cent"
        paragraph, _ = self._scope.paragraph(figure.start)
        last = self._scope.sentence(max(paragraph, sentence - 2))[0]
        marks = self._marks.within(max(paragraph, last), figure.start)[-2:]
        years = [mark.date[:4] for mark in marks if len(mark.date) in (4, 7, 10)]
        if len(years) < 2 or not all(year.isdecimal() for year in years) or years[0] >= years[1]:
            return None
        date = f"{years[0]}/{years[1]}"
        return Choice(date, "relative", "date.grown", marks[1].period)

    def _then(self, figure: Figure, sentence: int, before: Mark | None) -> Choice | None:
        """Of "Before that time", "since then": up to, or from, the date the story has reached."""
        floor = max(sentence, figure.start - 120, before.end if before else 0)
        lead = self._text[floor : figure.start].lower()
        tail = CLAUSE_END.split(self._text[figure.end : figure.end + 40].lower(), maxsplit=1)[0]
        tail = re.split(r"[.!?]", tail, maxsplit=1)[0]
        phrases = ((self._words.then_before, True), (self._words.then_after, False))
        for wanted, is_before in phrases:
            if not any(phrase in lead or phrase in tail for phrase in wanted):
                continue
            anchor = before or self._lengths.running(sentence)
            if anchor is None:
                return None
            point = anchor.date.split("/")[0 if is_before else -1].rstrip("~")
            if point == "..":
                point = anchor.later.split("/")[-1].rstrip("~")
            date = f"../{point}" if is_before else f"{point}/.."
            return Choice(date, "relative", "date.then", anchor.period)
        return None
