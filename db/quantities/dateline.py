"""The day a text was written, as it shows itself: "Lisbon, March 14, 1943", and who speaks of now."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from db.quantities import lexicon
from db.records import Context

# Genres whose writer means their own day by "today" and by a bare "13 September".
DATED_GENRES = frozenset(
    {
        *("letter", "cable", "telegram", "newspaper", "diary", "speech", "memorandum"),
        *("minutes", "dispatch", "despatch", "report", "debate"),
    }
)
# A dateline stands in its first line or in a short one of its own.
_FIRST_LINE = 160
_SHORT_LINE = 90
_RUN_IN = 30
# How far below the date a letter greets or speaks of today.
_NEAR = 400
_FAR = 2500
_WORD = re.compile(r"[^\W\d_]+")
# What closes a line behind its date: "17 сентября 1942 года", "（民国三十年十月四日）".
_LINE_END = re.compile(r"(?: ?(?:года|г)\b\.?)?[ .)）]{0,3}(?:\n|$)")
_TITLE_WORDS = 3
_ASIDE_FIRST = re.compile(r"\([^()\n]{1,60}\)\s*")
# The rule of a day that opens an entry of a diary or chronicle: "6th. — We left".
ENTRY = "date.entry"
# "... since noon. Friday, 12th. At daylight": the entries of a log that run on.
_RUN_IN_BEFORE = re.compile(
    r"(?:[^\W\d_]{3}|[dsч]|\d)[.!?]\s{1,2}(?:[A-ZÀ-ÞА-ЯЁ][^\W\d_]{2,12},?\s)?$"
)
_RUN_IN_BEHIND = re.compile(r"\.\s{1,3}[A-ZÀ-ÞА-ЯЁ][^\W\d_]")
_ENTRY_BEHIND = re.compile(
    r"[.,:]?\s?[-–—]{1,2}\s?\w|\.—|(?:\s?г)?\.\s{1,3}[А-ЯЁA-ZÀ-Þ]|[。：]|[，　 ]{0,2}(?:星期|[晴阴陰雨])"
)


@dataclass(frozen=True, slots=True)
class Datelines:
    """Where the writer's own day changes, and to what; ask it for the day at an offset."""

    offsets: tuple[int, ...]
    dates: tuple[str, ...]

    def at(self, offset: int) -> str | None:
        """The writer's day as EDTF, None where the text is nobody's letter."""
        index = bisect_right(self.offsets, offset) - 1
        return self.dates[index] if index >= 0 else None


def opens_entry(text: str, start: int, end: int) -> bool:
    """Whether a day stands at the head of an entry, before a dash, or is a sentence by itself."""
    before = text[max(0, start - 3) : start].rstrip(" \t")
    if before and not before.endswith("\n"):
        return runs_in(text, start, end)
    return _ENTRY_BEHIND.match(text, end, end + 8) is not None


def runs_in(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is a sentence by itself within a line."""
    opens = _RUN_IN_BEFORE.search(text, max(0, start - 24), start)
    return opens is not None and _RUN_IN_BEHIND.match(text, end) is not None


def find(
    text: str,
    days: Iterable[tuple[int, int, str]],
    context: Context,
    language: str,
    entries: frozenset[int] = frozenset(),
) -> Datelines:
    """The datelines among the dates (start, end, EDTF) of a text, after what its context says.

    `entries` are the starts of days that head the entries of a diary.
    """
    offsets: list[int] = []
    dates: list[str] = []
    days = list(days)
    if context.document_date and (context.genre or "").lower() in DATED_GENRES:
        offsets.append(0)
        dates.append(context.document_date)
    signs = _signs(language)
    if signs is None:
        return Datelines(tuple(offsets), tuple(dates))
    for start, end, date in days:
        if start in entries:
            offsets.append(start)
            dates.append(date)
            continue
        if not _stands_alone(text, start, end, bool(offsets)):
            continue
        lead = _lead(text, start)
        if not _heads(lead, text, end, language):
            continue
        if _is_title(lead, language) and _LINE_END.match(text, end):
            offsets.append(start if offsets else 0)
            dates.append(date)
            continue
        reach = _FAR if start < _FIRST_LINE and not offsets else _NEAR
        if signs.search(text, end, min(len(text), end + reach)):
            if not offsets:
                start = 0
            offsets.append(start)
            dates.append(date)
    if not offsets and (signed := _signed(text, days, signs)):
        return Datelines((0,), (signed,))
    return Datelines(tuple(offsets), tuple(dates))


def _signed(text: str, days: list[tuple[int, int, str]], signs: re.Pattern[str]) -> str | None:
    """The day under a letter that has it at its foot: "Your loving brother. Valparaiso, 8 April"."""
    if not days:
        return None
    start, end, date = days[-1]
    foot = text[end:].strip(" .\n)")
    greeted = signs.search(text, 0, min(start, _FIRST_LINE)) is not None
    return date if not foot and greeted and start > _FIRST_LINE // 2 else None


def _stands_alone(text: str, start: int, end: int, has_one: bool) -> bool:
    """Whether the date stands in the first lines of the text or in a short line of its own."""
    if start < _FIRST_LINE:
        return not has_one
    line = text.rfind("\n", max(0, start - _SHORT_LINE), start)
    if line < 0:
        return False
    if start - line <= _RUN_IN and text[end : end + 3].lstrip()[:1] in tuple(".—–:-"):
        return True  # "June 3. — We left"
    stop = text.find("\n", end, end + _SHORT_LINE)
    return stop >= 0 and stop - line <= _SHORT_LINE


def _lead(text: str, start: int) -> str:
    """The line up to the date, without "(From our own correspondent.)" before it."""
    lead = text[max(text.rfind("\n", 0, start) + 1, start - _FIRST_LINE) : start].strip()
    return _ASIDE_FIRST.sub("", lead, count=1) if lead.startswith("(") else lead


def _is_title(lead: str, language: str) -> bool:
    """Whether the line names what is written on its day: "Communiqué of the Staff, 14 August"."""
    titles = lexicon.load(f"dates.{language}").get("dateline", {}).get("titles", ())
    if language == "zh":
        return lead.rstrip("（(， ").endswith(tuple(titles))
    return not set(titles).isdisjoint(_WORD.findall(lead.lower())[:_TITLE_WORDS])


def _heads(lead: str, text: str, end: int, language: str) -> bool:
    """Whether the line up to the date is a place or a title and no sentence: "Lisbon, March 14"."""
    if language == "zh":
        whole_line = _LINE_END.match(text, end) is not None
        commas = lead.rstrip("，").count("，")
        return len(lead) <= 30 and commas <= whole_line and not any(sign in lead for sign in "。；")
    before, small = _small_words(language)
    words = _WORD.findall(lead)
    if words and words[-1].lower() in before:
        return False
    if any(word.islower() and word not in small for word in words):
        return _LINE_END.match(text, end) is not None
    return True


@cache
def _small_words(language: str) -> tuple[frozenset[str], frozenset[str]]:
    words = lexicon.load(f"dates.{language}").get("words", {})
    before = {word for name in ("in", "by", "since", "until") for word in words.get(name, ())}
    # "Report ... for the half-year ending 30 June 1873" is a title.
    return frozenset(before - {"for"}), frozenset((*words.get("the", ()), *words.get("of", ())))


@cache
def _signs(language: str) -> re.Pattern[str] | None:
    words = lexicon.load(f"dates.{language}").get("dateline", {}).get("signs", ())
    if not words:
        return None
    if language == "zh":
        return re.compile("|".join(map(re.escape, words)))
    # "yesterday" may open its sentence.
    return re.compile(
        "|".join(
            rf"(?<!\w)(?:{re.escape(word[0])}|{re.escape(word[0].upper())}){re.escape(word[1:])}(?!\w)"
            for word in words
        )
    )
