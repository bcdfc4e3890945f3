"""The date words of a language and the letter that each class of them is read as."""

import re
from functools import cache
from typing import Any

from db.quantities import calendars, lexicon

# One token: a number with its separators and a short ending, a word, a sign, an empty line.
# The number comes before the word: "1930s" and "17-го" are numbers, "program4" is a word.
TOKEN = re.compile(
    r"\d{1,20}(?:[.,/:\-–—−’'\u00a0\u202f]\d{1,20}){0,6}(?:[-‐‑–'’]?[^\W\d_]{1,4}\b)?"
    r"|\w+|\n[^\S\n]*\n|[^\w\s]"
)


# One letter a class of words; the grammar in period_grammar.py is written in these letters.
_LETTERS = {
    "the": "t",
    "of": "f",
    "in": "i",
    "beginning": "b",
    "middle": "m",
    "end": "e",
    "half": "h",
    "quarter": "q",
    "century": "C",
    "decade": "d",
    "fortnight": "w",
    "fiscal": "c",
    "year": "y",
    "years": "y",
    "month": "n",
    "months_of_time": "n",
    "week": "w",
    "weeks": "w",
    "day": "u",
    "days": "u",
    "later": "L",
    "earlier": "l",
    "through_time": "P",
    "ago": "G",
    "next": "x",
    "previous": "v",
    "last": "a",
    "same": "s",
    "this": "S",
    "from": "F",
    "since": "Q",
    "until": "U",
    "to": "J",
    "by": "B",
    "before": "<",
    "after": ">",
    "about": "~",
    "between": "=",
    "and": "&",
    "today": "V",
    "yesterday": "V",
    "tomorrow": "V",
    "before_yesterday": "V",
    "after_tomorrow": "V",
    "next_year": "r",
    "same_year": "r",
    "previous_year": "r",
    "next_day": "r",
    "previous_day": "r",
    "last_year": "r",
    "day_after_next": "r",
    "previous_week": "r",
    "next_week": "r",
    "previous_month": "r",
    "next_month": "r",
    "same_day": "r",
    "two_days_before": "r",
    "half_year_later": "r",
    "year_and_half_later": "r",
    "half_century_later": "r",
    "year_end": "r",
    "year_start": "r",
    "month_end": "r",
    "month_start": "r",
    "morning": "g",
    "ad": "D",
    "bc": "Z",
    "onward": "o",
    "old_style": "j",
    "reference": "!",
    "counted": "k",
    "named": "z",
    "more": "+",
    "ending": "0",
    "plain": "1",
    "instant": "2",
    "ultimo": "2",
    "proximo": "2",
    "eve": "p",
}


# The kind of a word that begins a phrase of several, and the mark of what has a table row of its own.
PHRASE = "phrase"


ALONE = "\0"


_PLURALS = {"years", "months_of_time", "weeks", "days"}


_WORD_VALUES = {
    "fortnight": 2,
    "instant": 0,
    "ultimo": -1,
    "proximo": 1,
    "today": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "before_yesterday": -2,
    "after_tomorrow": 2,
    "next_year": ("y", 1),
    "same_year": ("y", 0),
    "previous_year": ("y", -1),
    "next_day": ("u", 1),
    "previous_day": ("u", -1),
    "last_year": ("y", -1, True),
    "day_after_next": ("u", 2),
    "previous_week": ("w", -1, True),
    "next_week": ("w", 1, True),
    "previous_month": ("n", -1),
    "next_month": ("n", 1),
    "same_day": ("u", 0),
    "two_days_before": ("u", -2),
    "half_year_later": ("n", 6),
    "year_and_half_later": ("n", 18),
    "half_century_later": ("y", 50),
    "year_end": ("end", 0),
    "year_start": ("start", 0),
    "month_end": ("month end", 0),
    "month_start": ("month start", 0),
}


Vocabulary = tuple[dict[str, tuple[str, Any]], frozenset[str], frozenset[str]]


@cache
def vocabulary(language: str) -> Vocabulary:
    words = lexicon.load(f"dates.{language}")
    table: dict[str, tuple[str, Any]] = {}
    phrases: list[tuple[str, str, Any]] = []

    def know(forms: list[str], kind: str, value: Any = None, capitals: bool = False) -> None:
        for form in forms:
            if not form.isalnum():
                phrases.append((form, kind, value))
                continue
            variants = {form.capitalize(), form.upper()} if capitals and len(form) > 1 else set()
            if not capitals:
                variants = {form, form.capitalize(), form.upper()}
            for variant in variants:
                table.setdefault(variant, (kind, value))

    capitals = bool(words.get("capitals"))
    for number, forms in enumerate(words.get("months", ()), 1):
        know(forms, "M", number, capitals)
    for number, forms in enumerate(words.get("republican_months", ()), 1):
        know(forms, "5", number)
    for number, forms in enumerate(words.get("weekdays", ()), 1):
        know(forms, "W", number, capitals)
    for code, forms in words.get("seasons_by_themselves", {}).items():
        know(forms, "E", int(code) + 100)
    for code, forms in words.get("seasons", {}).items():
        know(forms, "E", int(code))
    for number, forms in enumerate(words.get("decades", ()), 1):
        know(forms, "K", number * 10)
    for number, forms in enumerate(words.get("ordinals", ()), 1):
        know(forms, "O", number)
    for number, forms in words.get("years_in_words", {}).items():
        know(forms, "4", int(number))
    for number, forms in enumerate(words.get("numbers", ()), 1):
        know(forms, "A", number)
    for era in calendars.era_names():
        if era.isascii():
            know([era], "3", calendars.era_year(era, 1), capitals=True)
    for date, forms in words.get("feasts", {}).items():
        month, _, day = date.partition("-")
        know(forms, "8", (int(month), int(day)), capitals=True)
    for offset, forms in words.get("movable_feasts", {}).items():
        know(forms, "8", (0, int(offset)), capitals=True)
    for name, forms in words.get("words", {}).items():
        value = _WORD_VALUES.get(name)
        know(forms, _LETTERS[name], "many" if name in _PLURALS else value)
    for form, kind, value in sorted(phrases, key=lambda phrase: -len(phrase[0])):
        table[form + ALONE] = (kind, value)
        first = TOKEN.match(form)
        word = first[0] if first else form
        for variant in {word, word.capitalize(), word.upper()}:
            known = table.get(variant)
            if known is not None and known[0] == PHRASE:
                known[1].append(form)
                continue
            if known is not None:
                table[word + ALONE] = known
            table[variant] = (PHRASE, [form])
    decade_endings = frozenset(words.get("decade_endings", ()))
    return table, decade_endings, frozenset(words.get("ordinal_endings", ()))
