"""Every date a text names, in order, as EDTF: "mid-1941", "September 13", "a month later"."""

import datetime
from dataclasses import dataclass, replace

import db.edtf
from db.quantities import period_doubts, period_grammar, period_words
from db.quantities.period_grammar import Reading, Step
from db.quantities.period_parts import Point, edtf, moved
from db.records import Block, Context, Period

# Genres whose writer means their own day by "today" and a bare "13 September".
DATED_GENRES = frozenset(
    {"letter", "cable", "telegram", "newspaper", "diary", "speech", "memorandum", "minutes"}
)
_OUTSIDE_THE_NARRATIVE = frozenset({"boilerplate", "footnote"})
# How far a "by 2030" may lie ahead and still carry the narrative with it.
_YEARS_AHEAD = 5


def find(text: str, blocks: tuple[Block, ...], context: Context) -> tuple[Period, ...]:
    """The dates and periods of `text` in order and disjoint; boilerplate and notes included."""
    language = context.language if context.language in _GRAMMARS else "en"
    words = period_words.of(text, language)
    readings = [r for r in period_grammar.readings(words) if period_doubts.is_credible(words, r)]
    readings = _day_first_or_month_first(words, readings, language)
    return tuple(_Narrative(words, readings, blocks, context).periods())


_GRAMMARS = ("en", "ru", "de", "fr")


def _day_first_or_month_first(
    words: period_words.Words, readings: list[Reading], language: str
) -> list[Reading]:
    """Figures such as 10/16/2017 read as the document's clear ones vote, for each separator."""
    votes: dict[str, int] = {}
    numeric = [r for r in readings if r.rule == "date.numeric"]
    for reading in numeric:
        point = reading.start
        if not isinstance(point, Point):
            continue
        sign = words.word(reading.first).strip("0123456789")[:1]
        day_first = (point.day or 0) > 12
        month_first = (point.month or 0) > 12
        votes[sign] = votes.get(sign, 0) + day_first - month_first
    found: list[Reading] = []
    for reading in readings:
        point = reading.start
        if reading.rule == "date.numeric" and isinstance(point, Point):
            sign = words.word(reading.first).strip("0123456789")[:1]
            vote = votes[sign]
            by_default = sign == "/" and language == "en"
            is_month_first = vote < 0 if vote else by_default
            if ((point.month or 0) > 12 or is_month_first) and (point.day or 0) <= 12:
                point = replace(point, day=point.month, month=point.day)
            if not 1 <= (point.month or 0) <= 12 or not 1 <= (point.day or 0) <= 31:
                continue
            reading = replace(reading, start=point)
        found.append(reading)
    return found


@dataclass(slots=True)
class _Running:
    """Where the narrative stands: the first day of the date named last, and its grain."""

    day: datetime.date | None = None
    grain: str = "year"
    is_ours: bool = False


class _Narrative:
    """Reads the dates in order and keeps the running date that completes the partial ones."""

    def __init__(
        self,
        words: period_words.Words,
        readings: list[Reading],
        blocks: tuple[Block, ...],
        context: Context,
    ) -> None:
        self._words = words
        self._readings = readings
        self._blocks = blocks
        self._block = 0
        self._today = _first_day(context.document_date)
        self._is_dated = (context.genre or "").lower() in DATED_GENRES
        self._coverage = _first_day(context.coverage)
        self._running = _Running()

    def periods(self) -> list[Period]:
        found = []
        for index, reading in enumerate(self._readings):
            kind = self._kind_at(self._words.starts[reading.first])
            period = self._period(index, reading)
            if period is None:
                continue
            found.append(period)
            if kind not in _OUTSIDE_THE_NARRATIVE and not self._is_in_a_name(reading):
                self._move_on(reading, period)
        return found

    def _kind_at(self, offset: int) -> str:
        blocks = self._blocks
        while self._block < len(blocks) - 1 and blocks[self._block].end <= offset:
            self._block += 1
        return blocks[self._block].kind if self._block < len(blocks) else "paragraph"

    def _period(self, index: int, reading: Reading) -> Period | None:
        words = self._words
        basis: str = "stated"
        start, stop = reading.start, reading.stop
        if isinstance(start, Step):
            date = self._stepped(start)
            basis = "relative"
        else:
            if start.is_open or (stop is not None and stop.is_open):
                basis = "relative"
                completed = self._completed(index, start)
                if completed is None:
                    return None
                start = completed
                if stop is not None and stop.is_open:
                    stop = period_grammar.later(start, stop)
            date = _written(start, stop, reading.direction)
        if date is None:
            return None
        begin, end = words.starts[reading.first], words.ends[reading.last - 1]
        rules = (reading.rule,) + ((f"date.{reading.direction}",) if reading.direction else ())
        text = words.text[begin:end]
        if basis == "stated":
            return Period(begin, end, text, date, "stated", rules)
        return Period(begin, end, text, date, "relative", rules)

    def _completed(self, index: int, point: Point) -> Point | None:
        """The point with the year that the narrative gives it."""
        if point.rule == "date.this-century" or (point.shift is not None and point.grain == "year"):
            day = self._today or self._running.day or self._nearest_day(index)
            return replace(point, century=day.year // 100 + 1, shift=None) if day else None
        if point.decade is not None:
            day = self._running.day or self._coverage
            century = day.year - day.year % 100 if day else 1900
            return replace(point, decade=century + point.decade)
        anchor = self._running.day
        if anchor is None or (self._is_dated and self._today and not self._running.is_ours):
            anchor = self._today or anchor or self._nearest_day(index) or self._coverage
        if anchor is None:
            return None
        if point.shift is not None:
            return replace(point, year=anchor.year + point.shift)
        month = point.month or {21: 3, 22: 6, 23: 9, 24: 12}.get(point.season or 0, 1)
        year = anchor.year
        if anchor.month - month >= 9 and self._running.grain != "year":
            year += 1
        elif anchor == self._today and self._running.day is None and month - anchor.month >= 6:
            year -= 1
        return replace(point, year=year)

    def _nearest_day(self, index: int) -> datetime.date | None:
        """The next date that stands on a month or a day: what a text that begins so is near to."""
        for reading in self._readings[index + 1 : index + 40]:
            point = reading.start
            if isinstance(point, Point) and point.year and point.month:
                return _first_day(edtf(replace(point, about=False)))
        for reading in self._readings[index + 1 : index + 40]:
            point = reading.start
            if isinstance(point, Point) and point.year:
                return _first_day(edtf(replace(point, about=False, stage=None)))
        return None

    def _stepped(self, step: Step) -> str | None:
        anchor = self._running.day
        grain = self._running.grain
        if step.from_today:
            if not (self._is_dated and self._today):
                return None
            anchor, grain = self._today, "day"
        if anchor is None:
            return None
        if step.unit == "y":
            return f"{anchor.year + step.count:04}" if 0 < anchor.year + step.count < 9999 else None
        if step.unit == "n":
            day = moved(anchor, step.count)
            return f"{day.year:04}-{day.month:02}" if day and grain != "year" else None
        if grain != "day":
            return None
        try:
            day = anchor + datetime.timedelta(step.count * (7 if step.unit == "w" else 1))
        except OverflowError:
            return None
        return day.isoformat()

    def _is_in_a_name(self, reading: Reading) -> bool:
        """Whether the year only tells one treaty from another: "the Convention of 1925"."""
        kinds, at = self._words.kinds, reading.first
        if kinds[at - 1 : at] == "f":
            return kinds[at - 2 : at - 1] == "z"
        return kinds[reading.last : reading.last + 1] == "z"

    def _move_on(self, reading: Reading, period: Period) -> None:
        first, last = db.edtf.bounds(period.date)
        day = first or last
        if day is None:
            return
        ahead = day.year - self._running.day.year if self._running.day else 0
        if reading.direction == "by" and ahead > _YEARS_AHEAD:
            return
        start = reading.start
        if isinstance(start, Step):
            grain = {"y": "year", "n": "month"}.get(start.unit, "day")
        else:
            grain = start.grain
        if grain in ("decade", "century"):
            return
        self._running = _Running(day, grain, True)


def _written(start: Point, stop: Point | None, direction: str) -> str | None:
    date = edtf(start)
    if date is None or stop is None:
        return _with_direction(date, direction) if date else None
    until = edtf(stop)
    if until is None:
        return date
    return f"{date.split('/')[0]}/{until.split('/')[-1]}"


def _with_direction(date: str, direction: str) -> str:
    if direction in ("by", "before"):
        return f"../{date.split('/')[-1].rstrip('~')}"
    if direction in ("from", "after"):
        return f"{date.split('/')[0].rstrip('~')}/.."
    return date


def _first_day(date: str | None) -> datetime.date | None:
    if not date:
        return None
    first, last = db.edtf.bounds(date)
    return first or last
