"""What looks wrong in a translated or scanned text: remarks for a person, never edits."""

import calendar
import re
from collections.abc import Iterator, Sequence

from db.quantities import lexicon, names
from db.records import Block, Figure, Remark

# A lower-case word of four letters or more with one or two digits stuck to its end, before a space
# or a mark; "km2" is shorter, "Fe2" has a capital, "covid19" would pass and is told.
_GLUED = re.compile(r"(?<![\w-])([^\W\d_]{3,30}[a-zа-яß-ÿ])(\d{1,2})(?=[\s.,;:)\]”»]|$)")
_NUMERIC_DATE = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?![\d/-])")
_DAY_MONTH = re.compile(r"(?<![\w.,])(\d{1,2})(?:st|nd|rd|th|\.)? ([^\W\d_]{3,12})\.?(?: (\d{4}))?")
_MONTH_DAY = re.compile(
    r"(?<!\w)([A-Z][a-z]{2,8}) (\d{1,2})(?:st|nd|rd|th)?(?:, (\d{4}))?(?![\d.,]*\d)"
)
_LIKE_A_NUMBER = re.compile(r"(?<![\w.,])[\dlI][\dlIO.,]{1,10}[\dlIO](?!\w)")

_DOUBTS = {
    "ambiguous_separator": "“{text}” can be read with a decimal or with a thousands mark.",
    "million_or_milliard": "“{text}” may mean thousand millions or million millions.",
    "mended_digits": "“{text}” has letters that stand for digits.",
}


def remarks(
    text: str, blocks: Sequence[Block], figures: Sequence[Figure], language: str | None
) -> tuple[Remark, ...]:
    """Everything noticed, in the order of the text; boilerplate is left alone."""
    found = [
        *_glued(text),
        *_dates(text, language),
        *_doubtful(figures, language),
        *_letters(text, figures),
    ]
    found += names.remarks(text)
    cruft = [(block.start, block.end) for block in blocks if block.kind == "boilerplate"]
    kept = {
        (remark.start, remark.end, remark.kind): remark
        for remark in found
        if not any(start <= remark.start < end for start, end in cruft)
    }
    return tuple(sorted(kept.values(), key=lambda remark: (remark.start, remark.end)))


def _glued(text: str) -> Iterator[Remark]:
    for match in _GLUED.finditer(text):
        message = f"“{match[0]}” may be “{match[1]}” with the number of a footnote, {match[2]}."
        yield Remark(match.start(), match.end(), "numeral", message)


def _dates(text: str, language: str | None) -> Iterator[Remark]:
    for match in _NUMERIC_DATE.finditer(text):
        one, other, year = int(match[1]), int(match[3]), int(match[4])
        if not (_is_day(one, other, year) or _is_day(other, one, year)):
            yield _impossible(match)
    months = _months(language)
    for match in _DAY_MONTH.finditer(text):
        month = months.get(match[2].lower())
        if month and not _is_day(int(match[1]), month, int(match[3] or 4)):
            yield _impossible(match)
    for match in _MONTH_DAY.finditer(text):
        month = months.get(match[1].lower())
        # "May 45 men" is no date: only a number that could be meant as a day is told of.
        if (
            month
            and 28 < int(match[2]) < 33
            and not _is_day(int(match[2]), month, int(match[3] or 4))
        ):
            yield _impossible(match)


def _impossible(match: re.Match[str]) -> Remark:
    message = f"There is no day “{match[0]}” in the calendar."
    return Remark(match.start(), match.end(), "numeral", message)


def _is_day(day: int, month: int, year: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(max(year, 1), month)[1]


def _doubtful(figures: Sequence[Figure], language: str | None) -> Iterator[Remark]:
    for figure in figures:
        for doubt in figure.doubts:
            # A measure may well have three decimals in English, "1.435 metres"; a count has none.
            if doubt == "ambiguous_separator" and language == "en" and figure.kind != "count":
                continue
            if doubt in _DOUBTS:
                message = _DOUBTS[doubt].format(text=figure.text)
                yield Remark(figure.start, figure.end, "numeral", message)


def _letters(text: str, figures: Sequence[Figure]) -> Iterator[Remark]:
    told = [(figure.start, figure.end) for figure in figures if "mended_digits" in figure.doubts]
    for match in _LIKE_A_NUMBER.finditer(text):
        digits = sum(letter.isdigit() for letter in match[0])
        letters = sum(letter.isalpha() for letter in match[0])
        if not digits or not letters or any(a <= match.start() < b for a, b in told):
            continue
        message = f"“{match[0]}” may be a number in which letters stand for digits."
        yield Remark(match.start(), match.end(), "numeral", message)


def _months(language: str | None) -> dict[str, int]:
    listed = lexicon.load(f"dates.{language or 'en'}").get("months", ())
    return {word: number for number, words in enumerate(listed, 1) for word in words}
