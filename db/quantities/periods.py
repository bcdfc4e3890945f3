"""Every date a text names, in order, as EDTF: "mid-1941", "September 13", "a month later"."""

from dataclasses import replace

from db.quantities import (
    dateline,
    period_chinese,
    period_doubts,
    period_grammar,
    period_narrative,
    period_words,
    script,
)
from db.quantities.period_parts import Point, Reading, edtf
from db.quantities.period_words import Words
from db.records import Block, Context, Period


def find(text: str, blocks: tuple[Block, ...], context: Context) -> tuple[Period, ...]:
    """The dates and periods of `text` in order and disjoint; boilerplate and notes included.

    `date` is what the words of the period mean by themselves: "by", "since" and "before" stand
    outside the span and in `rules`, and move the date of the figure (see association).
    """
    language = script.language(text, context.language)
    if language == "zh":
        words, found = period_chinese.readings(text)
    else:
        words = period_words.of(text, language)
        found = [r for r in period_grammar.readings(words) if period_doubts.is_credible(words, r)]
        found = _day_first_or_month_first(words, found, language)
    datelines = dateline.find(text, _days(words, found), context, language)
    narrative = period_narrative.Narrative(words, found, blocks, context, datelines)
    return tuple(narrative.periods())


def _days(words: Words, readings: list[Reading]) -> list[tuple[int, int, str]]:
    days = []
    for reading in readings:
        point = reading.start
        if isinstance(point, Point) and point.day and point.year and reading.stop is None:
            date = edtf(point)
            if date:
                start, end = words.starts[reading.first], words.ends[reading.last - 1]
                days.append((start, end, date))
    return days


def _day_first_or_month_first(
    words: Words, readings: list[Reading], language: str
) -> list[Reading]:
    """Figures such as 10/16/2017 read as the document's clear ones vote, for each separator."""
    votes: dict[str, int] = {}
    for reading in readings:
        point = reading.start
        if reading.rule == "date.numeric" and isinstance(point, Point):
            sign = _separator(words, reading)
            clear = ((point.day or 0) > 12) - ((point.month or 0) > 12)
            votes[sign] = votes.get(sign, 0) + clear
    found: list[Reading] = []
    for reading in readings:
        point = reading.start
        if reading.rule == "date.numeric" and isinstance(point, Point):
            day, month = point.day or 0, point.month or 0
            sign = _separator(words, reading)
            vote = votes[sign]
            month_first = vote < 0 if vote else sign == "/" and language == "en"
            if month > 12 or (month_first and day <= 12):
                day, month = month, day
            if not 1 <= month <= 12 or not 1 <= day <= 31:
                continue
            reading = replace(reading, start=replace(point, day=day, month=month))
        found.append(reading)
    return found


def _separator(words: Words, reading: Reading) -> str:
    return words.word(reading.first).strip("0123456789")[:1]
