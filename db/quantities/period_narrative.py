"""Completes the dates of a text from one another: the running date of what is told.

Long because what completes a date and what then moves the story are best read in one class.
"""

import datetime
import re
from dataclasses import dataclass, replace
from typing import Literal

import db.edtf
from db.quantities import dateline, period_days
from db.quantities.dateline import Datelines
from db.quantities.period_parts import Point, Reading, Step, edtf, later
from db.quantities.period_places import (
    NEAR,
    is_same_sentence,
    opens_a_paragraph,
    opens_a_sentence,
)
from db.quantities.period_words import Words
from db.records import Block, Context, Period

# The rule of a date that the story looks aside to without moving there.
ASIDE = "date.aside"
_OUTSIDE_THE_NARRATIVE = frozenset({"boilerplate", "footnote"})
# How far a "by 2030" may lie ahead and still carry the narrative with it.
_YEARS_AHEAD = 5
# Months before and after a letter's day within which its bare dates lie.
_MONTHS_BACK, _MONTHS_AHEAD = 8, 4
# A day that a dated text names without its month is of the weeks around.
_DAYS_BESIDE = 40
_MONTH_OF_SEASON = {21: 3, 22: 6, 23: 9, 24: 12}
_LOOK_AHEAD = 40


# "begun in May, was closed": that May, not the next.
_BEGUN = re.compile(
    r"(?:begun|opened|commenced|started|founded|ouverte?s?|commencée?s?|начат[аоы]?|открыт[аоы]?)"
    r" (?:in|on|en|le|в)$"
)
_CLAUSE = re.compile(r"[.;!?]\s|\n")


@dataclass(frozen=True, slots=True)
class _Mention:
    """A date the text has named: its first day, its grain, where it ended."""

    day: datetime.date
    grain: str
    start: int
    end: int
    is_limit: bool = False
    is_week: bool = False
    is_back: bool = False
    last: datetime.date | None = None


class Narrative:
    """Reads the dates in order; `_main` is where the story stands, `_latest` the one named last.

    A look back ("Halvorsen's farthest of 1882") is the latest date but does not move the story.
    """

    def __init__(
        self,
        words: Words,
        readings: list[Reading],
        blocks: tuple[Block, ...],
        context: Context,
        datelines: Datelines,
    ) -> None:
        self._words = words
        self._readings = readings
        self._blocks = blocks
        self._block = 0
        self._datelines = datelines
        self._document = period_days.first_day(context.document_date)
        self._coverage = period_days.first_day(context.coverage)
        self._main: _Mention | None = None
        self._bases = period_days.bases(words.language)
        points = (reading.start for reading in readings)
        years = (point.year or 0 for point in points if isinstance(point, Point))
        self._last_year = max(years, default=0)
        self._latest: _Mention | None = None
        self._last_aside: _Mention | None = None
        self._century: int | None = None
        # The day that completed the date read last.
        self._anchored: datetime.date | None = None
        # The day of a diary's entry, and the dateline it stands under.
        self._entry: tuple[datetime.date | None, str | None] = (None, None)

    def periods(self) -> list[Period]:
        """Every reading that can be completed, as a period."""
        found = []
        text = self._words.text
        for index, reading in enumerate(self._readings):
            start = self._words.starts[reading.first]
            kind = self._kind_at(start)
            period = self._period(index, reading)
            if period is None:
                continue
            if len(period.date) == 10 and dateline.opens_entry(text, start, period.end):
                period = replace(period, rules=(*period.rules, dateline.ENTRY))
                self._entry = (period_days.first_day(period.date), self._datelines.at(start))
            if kind in _OUTSIDE_THE_NARRATIVE or not self._moves_on(reading, period):
                period = replace(period, rules=(*period.rules, ASIDE))
            found.append(period)
        return found

    def _kind_at(self, offset: int) -> str:
        blocks = self._blocks
        while self._block < len(blocks) - 1 and blocks[self._block].end <= offset:
            self._block += 1
        return blocks[self._block].kind if self._block < len(blocks) else "paragraph"

    def _period(self, index: int, reading: Reading) -> Period | None:
        start, stop = reading.start, reading.stop
        is_relative = isinstance(start, Step)
        self._anchored = None
        if isinstance(start, Step):
            date = self._stepped(start, reading)
        else:
            if start.is_open or (stop is not None and stop.is_open):
                is_relative = True
                completed = self._completed(index, start, reading) if start.is_open else start
                if completed is None:
                    return None
                start = completed
                if stop is not None and stop.rule == "date.bare-day":
                    stop = replace(start, day=stop.day)
                if stop is not None and stop.is_open:
                    stop = later(start, stop)
            date = (
                period_days.reaching_back(start, reading.reach)
                if reading.reach
                else period_days.written(start, stop)
            )
        if date is None:
            return None
        words = self._words
        begin, end = words.starts[reading.first], words.ends[reading.last - 1]
        rules = (reading.rule,) + ((f"date.{reading.direction}",) if reading.direction else ())
        text = words.text[begin:end]
        basis: Literal["stated", "relative"] = "relative" if is_relative else "stated"
        return Period(begin, end, text, date, basis, rules, self._counted_from())

    def _counted_from(self) -> tuple[str, int, int] | None:
        """The words of the date that completed the one read last."""
        for mention in (self._latest, self._main):
            if mention is not None and self._anchored in (mention.day, mention.last or mention.day):
                words = self._words.text[mention.start : mention.end]
                return words, mention.start, mention.end
        return None

    def _today(self, offset: int) -> datetime.date | None:
        """The writer's own day at `offset`."""
        under = self._datelines.at(offset)
        day, entered_under = self._entry
        return day if day and entered_under == under else period_days.first_day(under)

    # -- completing ------------------------------------------------------------------------------

    def _completed(self, index: int, point: Point, reading: Reading) -> Point | None:
        """The point with what the narrative adds to it."""
        here = self._words.starts[reading.first]
        today = self._today(here)
        if point.century == 0 and self._century:
            return replace(point, century=self._century + (point.shift or 0), shift=None)
        if point.century == 0:
            day = self._document or today or self._day_of(self._main) or self._nearest_day(index)
            if day is None:
                return None
            return replace(point, century=day.year // 100 + 1 + (point.shift or 0), shift=None)
        if point.decade is not None:
            day = self._day_of(self._main) or self._coverage or today
            return replace(point, decade=period_days.decade(point.decade, day, self._last_year))
        anchor, grain = self._anchor(index, here, today)
        if point.rule == "date.bare-day" and self._main and point.shift is None:
            end = self._words.ends[reading.last - 1]
            if dateline.runs_in(self._words.text, here, end):
                anchor, grain = self._main.day, self._main.grain
        latest = self._latest
        of_that = point.shift == 0 and (point.month or point.season) and point.day is None
        if latest and of_that and not today and here - latest.end < NEAR and self._is_here(here):
            anchor = latest.day  # "im Dezember desselben Jahres": of the year named last
        if point.rule == "date.today-year" or (point.shift is not None and point.month and today):
            anchor = today or anchor
        if anchor is None:
            return None
        self._anchored = anchor
        if point.rule == "date.that-season":
            return self._that_season(point, anchor, grain)
        if point.rule in ("date.bare-day", "date.bare-number"):
            near = today and abs((anchor - today).days) < _DAYS_BESIDE
            foreign = self._words.language != "en" and point.shift is None
            alone = reading.stop is None or reading.rule == "date.days"
            if today and near and foreign and alone:
                return period_days.nearest(point, today)
            is_past = anchor == today and self._words.language == "en" and not reading.direction
            return period_days.on_the_day(point, anchor, grain, is_past)
        if point.rule == "date.feast" and point.shift == -1:
            feast = (point.month or 1, point.day or 1)
            before = feast >= (anchor.month, anchor.day)
            return replace(point, year=anchor.year - before, shift=None)
        if point.rule == "date.short-year":
            return replace(point, year=anchor.year // 100 * 100 + (point.shift or 0), shift=None)
        if point.rule == "date.last-month":
            month = point.month or 1
            behind = month < anchor.month if point.shift == -1 else month <= anchor.month
            year = anchor.year - (not behind) if point.shift == -1 else anchor.year + behind
            return replace(point, year=year, shift=None)
        if point.shift is not None:
            return replace(point, year=anchor.year + point.shift)
        month = point.month or _MONTH_OF_SEASON.get(point.season or 0, 1)
        month = 4 if point.easter is not None else month
        if anchor == today:
            back = 11 if self._was(reading) else _MONTHS_BACK
            months = (month - anchor.month + back - 1) % 12 - back + 1
            return replace(point, year=(anchor.year * 12 + anchor.month - 1 + months) // 12)
        main = self._main
        if main and main.last and anchor == main.day and month < anchor.month:
            within = main.last.year == anchor.year + 1 and month <= main.last.month + 3
            if within:  # "in the winter of 1919-20 ... In March"
                return replace(point, year=anchor.year + 1)
        if main and main.is_limit and anchor == main.day and month - anchor.month >= 6:
            return replace(point, year=anchor.year - 1)
        lead_in = self._words.text[max(0, here - 24) : here].lower().rstrip()
        if month > anchor.month and grain != "year" and lead_in.endswith(self._bases):
            return replace(point, year=anchor.year - 1)  # "dearer than in the autumn"
        # "Rats had been dying since November", told in June: never that far ahead of the story.
        is_ahead = grain != "year" and month - anchor.month >= 4 and self._words.language == "en"
        lead = self._words.kinds[max(0, reading.first - 2) : reading.first].rstrip("t")
        if is_ahead and lead.endswith("Q"):
            return replace(point, year=anchor.year - 1)
        # From September to January the story goes on; from September to June it looks back.
        goes_on = grain in ("month", "day") and month < anchor.month and anchor.month - month >= 7
        goes_on = goes_on and not _BEGUN.search(lead_in)
        return replace(point, year=anchor.year + goes_on)

    def _is_here(self, here: int) -> bool:
        """Whether the date named last is no look back of another sentence: "none since 1840."."""
        latest, main = self._latest, self._main
        if latest is None or main is None or latest.day >= main.day:
            return latest is not None
        return is_same_sentence(self._words, latest.end, here)

    def _was(self, reading: Reading) -> bool:
        """Whether the words around speak of the past: "im Januar waren es 1.100"."""
        words = self._words
        start, end = words.starts[reading.first], words.ends[reading.last - 1]
        around = words.text[max(0, start - 40) : start] + " " + words.text[end : end + 30]
        was = frozenset(period_days.past_words(words.language))
        return not was.isdisjoint(around.lower().replace(",", " ").split())

    def _anchor(
        self, index: int, here: int, today: datetime.date | None
    ) -> tuple[datetime.date | None, str]:
        """What completes a date here: its own sentence, the writer's day, the story, what follows."""
        latest, main = self._latest, self._main
        looks_back = self._readings[index].rule == "date.last-month"
        if (
            latest
            and latest is not main
            and not looks_back
            and is_same_sentence(self._words, latest.end, here)
        ):
            return latest.day, latest.grain
        if (
            main
            and latest
            and latest is not main
            and main.grain == "year"
            and latest.grain in ("month", "day")
            and not latest.is_back
            and not looks_back
            and not today
            and here - latest.end < NEAR
            and 0 < main.day.year - latest.day.year < 20
        ):
            return latest.day, latest.grain
        if today and (main is None or abs(main.day.year - today.year) <= 1):
            return today, "day"
        if main:
            return main.day, main.grain
        day = today or self._document or self._nearest_day(index) or self._coverage
        return day, "month"

    def _that_season(self, point: Point, anchor: datetime.date, grain: str) -> Point:
        """The summer following: this year's if it is still to come, where the month is known."""
        shift = point.shift or 0
        month = _MONTH_OF_SEASON[point.season or 21]
        if shift == 1 and grain != "year" and anchor.month < month:
            shift = 0
        if shift == -1 and grain != "year" and anchor.month > month + 2:
            shift = 0
        return replace(point, year=anchor.year + shift, shift=None)

    @staticmethod
    def _day_of(mention: _Mention | None) -> datetime.date | None:
        return mention.day if mention else None

    def _nearest_day(self, index: int) -> datetime.date | None:
        """The next date that names a month: what a text that begins with a bare one is near to."""
        ahead = self._readings[index + 1 : index + 1 + _LOOK_AHEAD]
        for needs_month in (True, False):
            for reading in ahead:
                point = reading.start
                if isinstance(point, Point) and point.year and (point.month or not needs_month):
                    return period_days.first_day(edtf(replace(point, about=False, stage=None)))
        return None

    # -- steps -----------------------------------------------------------------------------------

    def _stepped(self, step: Step, reading: Reading) -> str | None:
        here = self._words.starts[reading.first]
        today = self._today(here)
        day: datetime.date | None
        if today and not step.from_today and self._is_deictic(step, reading):
            step = replace(step, from_today=True)
        if step.unit == "k" and reading.direction == "by":  # "put off until Thursday"
            step = replace(step, back_from_here=False)
        if step.unit == "k" and step.back_from_here and self._is_awaited(reading):
            step = replace(step, back_from_here=False)
        if step.from_today:
            main = self._main
            day, grain = today, "day"
            if today is None and main and main.grain == "day" and self._is_told(step, reading):
                day = main.day
                if step.unit == "k":  # in a story the next such day, not the last
                    step = replace(step, back_from_here=False)
            if today is None and step.count == 1 and step.unit in "yn" and main:
                day, grain = main.day, main.grain  # "next year" in a story
            if today is None and step.unit == "y" and main and self._words.language != "en":
                day, grain = main.day, main.grain
        elif step.stage or step.back_from_here:
            main = self._main
            day = today or self._day_of(main)
            grain = "day" if today else main.grain if main else "year"
        else:
            near = self._latest if step.count >= 0 and step.unit == "y" else None
            if near and (self._is_deictic(step, reading) or (near.is_back and step.count)):
                near = None  # "годом ранее ..., годом позже" count from the same year
            if (
                near
                and step.count
                and opens_a_paragraph(self._words, reading)
                and not self._is_here(here)
            ):
                near = None
            mention = near if near and here - near.end < NEAR else self._main
            day, grain = (mention.day, mention.grain) if mention else (today, "day")
            self._anchored = day
            if mention and mention.is_week and step.unit == "w" and abs(step.count) == 1:
                return period_days.week_beside(mention.day, step.count)
            if reading.rule == "date.decade-on" and mention and step.count > 0:
                day = mention.last or mention.day
            if reading.rule in ("date.coming", "date.first-years"):
                return period_days.years_on(day, step.count, grain, reading.rule)
            if mention and mention.last and step.count > 0 and not step.span:
                day = mention.last  # "From the 5th to the 19th ...; the next day": the 20th
        self._anchored = day
        return period_days.step(step, day, grain) if day else None

    def _is_deictic(self, step: Step, reading: Reading) -> bool:
        """Whether the words count from the writer's day: "le mois dernier", "на прошлой неделе"."""
        if step.unit not in "ynw" or abs(step.count) > 1 or step.stage or step.back_from_here:
            return False
        words = self._words
        if words.language == "zh":  # 上月, 本月, 下月, 上个月
            return step.unit == "n" and words.word(reading.first)[:1] in "上本下这這"
        if not step.count:
            return False
        said = words.text[words.starts[reading.first] : words.ends[reading.last - 1]].lower()
        return any(word in period_days.deictic_words(words.language) for word in said.split())

    def _is_awaited(self, reading: Reading) -> bool:
        """Whether the clause speaks of what is to come: "are expected on Monday"."""
        words = self._words
        start, end = words.starts[reading.first], words.ends[reading.last - 1]
        before = _CLAUSE.split(words.text[max(0, start - 60) : start].lower())[-1]
        behind = _CLAUSE.split(words.text[end : end + 70].lower())[0]
        return period_days.awaits(words.language).search(f"{before} {behind}") is not None

    def _is_told(self, step: Step, reading: Reading) -> bool:
        """Whether a story may say so of its own day: "on Monday", "this morning"; not "today"."""
        if step.unit == "k":
            return True
        is_today = reading.last - reading.first == 1 and step.count == 0
        return step.unit == "u" and not is_today

    # -- moving on -------------------------------------------------------------------------------

    def _moves_on(self, reading: Reading, period: Period) -> bool:
        """Whether the story moves to this date; if not, the date is a look aside."""
        first, last = db.edtf.bounds(period.date)
        day = first or last
        start = reading.start
        if isinstance(start, Step):
            grain = {"y": "year", "n": "month"}.get(start.unit, "day")
            looks_back = start.count < 0 or start.from_today or bool(start.stage or start.days)
            if start.stage == "end" and start.count == 0 and self._main:
                looks_back = (
                    day is None or day < self._main.day
                )  # "By the end of the year": the story goes on
                grain = "month"
        else:
            grain = start.grain
            looks_back = (start.shift or 0) < 0
        if day is None or grain in ("decade", "century"):
            if isinstance(start, Point) and start.century:
                self._century = start.century
            return True
        self._century = None
        if reading.reach and last:
            day, grain = last, "month" if reading.reach > 0 else "day"
        exact = grain in ("month", "day") and isinstance(start, Point) and not start.stage
        is_limit = reading.direction in ("by", "before") and exact
        mention = _Mention(
            day,
            grain,
            period.start,
            period.end,
            is_limit,
            reading.reach == -7,
            looks_back and isinstance(start, Step),
            last if reading.stop or reading.rule == "date.week" or _is_two_years(start) else None,
        )
        self._latest = mention
        if looks_back:
            # "Yesterday" does not move a letter's own day, and yet what follows happened then.
            if not isinstance(start, Step) or not start.from_today:
                return False
            return start.unit == "k" or (start.unit == "u" and start.count < 0)
        if self._main and self._is_aside(reading, mention, self._main):
            before, self._last_aside = self._last_aside, mention
            # Two looks back to one time, in two sentences: the story itself has moved there.
            if before is None or is_same_sentence(self._words, before.end, period.start):
                return False
            if {grain, before.grain} & {"year", "season"} or abs(before.day.year - day.year) > 1:
                return False
        self._last_aside = None
        self._main = mention
        return True

    def _is_aside(self, reading: Reading, mention: _Mention, main: _Mention) -> bool:
        """A year earlier than the story's within a sentence, a year far ahead, a treaty's year."""
        ahead = mention.day.year - main.day.year
        if reading.direction in ("by", "before") and ahead > _YEARS_AHEAD:
            return True
        if ahead >= 0:
            return False
        if mention.grain in ("month", "day") and opens_a_paragraph(self._words, reading):
            return False
        if mention.grain == "year" and period_days.is_pluperfect(
            self._words.text, mention.end, self._words.language
        ):
            return True  # "In 1890 it had held 40 boats": the story stays where it was
        return not opens_a_sentence(self._words, reading)


def _is_two_years(start: Point | Step) -> bool:
    """Whether it is "the winter of 1919-20", of which March is in the second."""
    return isinstance(start, Point) and start.season is not None and start.last_year is not None
