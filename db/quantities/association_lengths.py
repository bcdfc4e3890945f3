"""The date of a length of time, and of what happened in it: "in two years", "within four days"."""

import datetime
import re
from dataclasses import dataclass

import db.edtf
from db.quantities import association_spans
from db.quantities.association_marks import Choice, Mark, Marks
from db.quantities.association_scope import Scope
from db.quantities.association_words import Vocabulary
from db.quantities.dateline import Datelines
from db.records import Figure, Period

# A date further away than this is no longer the one a passage speaks of.
REACH = 8000
# How many dates back a pair is looked for that lies as far apart as "over the same thirty years".
_PAIRS = 6


@dataclass(frozen=True, slots=True)
class Lengths:
    """Lengths of time in one text; those that open a sentence or clause date what follows."""

    _text: str
    _words: Vocabulary
    _scope: Scope
    _marks: Marks
    _datelines: Datelines

    def dated(self, figure: Figure, before: Mark | None) -> Choice | None:
        """The years an "in two years" spans; at the head of a sentence it dates what follows."""
        if figure.kind != "duration" or figure.unit not in association_spans.UNITS:
            return None
        span = figure.value_high or figure.value
        if not 0 < span < 1000:
            return None
        around = self._marks.around(figure.start, figure.end)
        if around is not None and around.period.rules[0] == "date.step":
            return None  # "через три года": a step, and no length that what follows took
        if not self._words.is_spaced:
            return self._chinese(figure, before, span)
        lead = self._text[max(0, figure.start - 40) : figure.start].lower().split()
        way = lead[-1] if lead else ""
        if (known := self._known(figure, span, lead)) is not None:
            return known
        anchor = before or self.running(figure.start)
        backwards = way in self._words.past
        if figure.unit == "year" and way in self._words.over:
            # "Output had grown by 18 per cent in five years": up to where the story stands.
            clause = re.split(r"[,;:.]\s", self._text[max(0, figure.start - 70) : figure.start])
            backwards = not self._words.had.isdisjoint(clause[-1].lower().split())
        if way == "of" and not set(self._words.after).isdisjoint(lead[-5:]):
            way = self._words.after[0]  # "after a passage of 72 days"
        if way in self._words.after:
            # "We sighted the ship on October 29, after fifty-eight days."
            backwards = before is not None and len(before.date) == 10
            if before is None and (today := self._datelines.at(figure.start)):
                return self._lasted(figure, span, today, True)
        elif not self._words.lasting.isdisjoint(lead[-3:]):
            if anchor is None or not association_spans.is_counted_from(anchor.date, figure.unit):
                return None
            self._holds_while(figure, span, anchor)
        elif not backwards and (
            (figure.unit in association_spans.DAYS and way not in self._words.within)
            or (way not in self._words.coming and way not in self._words.over)
        ):
            return None
        if anchor is None:
            return None
        day = _day_of(anchor, backwards)
        low, high = db.edtf.bounds(anchor.date)
        follows = way in self._words.coming and "/" in anchor.date and low and span > 1
        if (
            follows
            and high
            and figure.unit not in association_spans.DAYS
            and self._words.looks_ahead
        ):
            # "С января по март ..., за следующие два месяца": what follows the span.
            day, span = high + datetime.timedelta(1), span - 1
        choice = self._lasted(figure, span, str(day), backwards, anchor) if day else None
        if choice is None or choice.date is None:
            return None
        self._holds_on(figure, choice.date, way)
        return choice

    def _holds_while(self, figure: Figure, span: float, anchor: Mark) -> None:
        """Lets what is told behind it happen in that time: "It took seven years and cost 57 lives"."""
        day = _day_of(anchor, False)
        lasted = self._lasted(figure, span, str(day), False, anchor) if day else None
        if lasted and lasted.date and figure.unit in ("year", "month") and span > 1:
            self._names(figure, lasted.date, is_aside=True)

    def _holds_on(self, figure: Figure, date: str, way: str) -> None:
        """Lets what follows happen in that time, where it opens its sentence or clause."""
        sentence, _ = self._scope.sentence(figure.start)
        # "In two years, they supplied ..." is where the story goes; "a loan for two years" is not.
        opening = self._text[sentence : figure.start].lower()
        if opening.replace(way, "", 1).strip(' "“') == "":
            self._names(figure, date, is_aside=False)
            return
        clause = re.split(r"[,;:]\s", opening)[-1].split()
        if clause and clause[0] in self._words.ands:
            clause = clause[1:]
        if clause == [way] and way in (*self._words.within, *self._words.over):
            # "... a line of its own, and within eighteen months the company lost ..."
            self._names(figure, date, is_aside=True)

    def _names(self, figure: Figure, date: str, *, is_aside: bool) -> None:
        """Takes a length of time for a date of its own, the time that it covers."""
        rules = ("date.duration",)
        implied = Period(figure.start, figure.end, figure.text, date, "relative", rules)
        self._marks.add(implied, is_aside=is_aside)

    def _known(self, figure: Figure, span: float, lead: list[str]) -> Choice | None:
        """Of "over the same thirty years": those between two dates that were just named."""
        if figure.unit != "year" or span < 2:
            return None
        if (apart := self._last_two(figure, span)) is not None:
            return apart
        if self._words.over_any.isdisjoint(lead[-4:]):
            return None
        if lead[-1] in self._words.coming:
            return None
        section, _ = self._scope.section(figure.start)
        marks = self._marks.within(max(section, figure.start - REACH), figure.start)[-_PAIRS:]
        years = [_years(mark) for mark in marks]
        for place in range(len(years) - 1, -1, -1):
            low, high = years[place]
            if low and high - low == span:
                return self._between(low, high, figure, marks[place])
        paragraph, _ = self._scope.paragraph(figure.start)
        if not years or "same" not in lead[-4:] or marks[-1].start < paragraph:
            return None
        last = years[-1][1]
        for mark, (low, _high) in zip(reversed(marks[:-1]), reversed(years[:-1]), strict=True):
            if low and last - low == span:
                return self._between(low, last, figure, mark)
        return None

    def _last_two(self, figure: Figure, span: float) -> Choice | None:
        """Of "la perte serait de 13 % en quinze ans": the two years named last lie so far apart."""
        if span < 3:
            return None
        paragraph, _ = self._scope.paragraph(figure.start)
        marks = self._marks.within(max(paragraph, figure.start - REACH), figure.start)[-2:]
        if len(marks) < 2:
            return None
        low, high = sorted(_years(mark)[0] for mark in marks)
        return self._between(low, high, figure, marks[0]) if low and high - low == span else None

    def _between(self, low: int, high: int, figure: Figure, mark: Mark) -> Choice:
        date = f"{low:04}/{high:04}"
        self._names(figure, date, is_aside=True)
        return Choice(date, "relative", "date.duration", mark.period)

    def _chinese(self, figure: Figure, before: Mark | None, span: float) -> Choice | None:
        """Of "十一年间": the years up to where the story stands, or on from "自1937年起"."""
        tail = self._text[figure.end - 1 : figure.end + 3]
        anchor = before or self.running(figure.start)
        after = self._text[figure.start - 1 : figure.start] in ("后", "後")  # "灾后两年"
        if anchor is None or not (after or any(word in tail for word in self._words.over)):
            return None
        within = any(word in tail for word in self._words.within)
        onward = after or anchor.date.endswith("/..") or (within and len(anchor.date) == 10)
        day = _day_of(anchor, not onward)
        choice = self._lasted(figure, span, str(day), not onward, anchor) if day else None
        if choice is None or choice.date is None:
            return None
        if onward or self._scope.sentence(figure.start)[0] == figure.start:
            self._names(figure, choice.date, is_aside=True)
        return choice

    def _lasted(
        self, figure: Figure, span: float, day: str, backwards: bool, anchor: Mark | None = None
    ) -> Choice | None:
        """What so long a time from, or up to, a day covers."""
        counted_from = anchor.date if anchor else day
        date = association_spans.spanned(day, span, figure.unit or "", backwards, counted_from)
        if date is None:
            return None
        return Choice(date, "relative", "date.duration", anchor.period if anchor else None)

    def running(self, offset: int) -> Mark | None:
        """Where the story stands at `offset`."""
        section, _ = self._scope.section(offset)
        return self._marks.story_before(offset, max(section, offset - REACH))


def _years(mark: Mark) -> tuple[int, int]:
    """The first and last year of a date of years, 0 and 0 of another."""
    low, high = db.edtf.bounds(mark.period.date)
    if low is None or high is None or len(mark.period.date.split("/")[0]) != 4:
        return 0, 0
    return low.year, high.year


def _day_of(anchor: Mark, at_the_end: bool) -> datetime.date | None:
    low, high = db.edtf.bounds(anchor.date)
    return (high if at_the_end else low) or high or low
