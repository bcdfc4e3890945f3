"""The Chinese lexicon of figures, ready to be asked."""

from dataclasses import dataclass
from functools import cache

from db.quantities import lexicon
from db.quantities.units import Unit, rows


@dataclass(frozen=True, slots=True)
class Words:
    """The Chinese lexicon, ready to be asked."""

    units: dict[str, Unit]
    longest_unit: int
    measures: dict[str, str]
    defaults: dict[str, str]
    nouns: dict[str, str]
    longest_noun: int
    not_numbers: tuple[str, ...]
    lists: dict[str, tuple[str, ...]]
    currencies: dict[str, str]


@cache
def words() -> Words:
    """The lexicon, made once."""
    data = lexicon.load("quantities.zh")
    units: dict[str, Unit] = {}
    currencies: dict[str, str] = {}
    for row in rows():
        for word in row.get("zh", ()):
            units.setdefault(word, Unit(row["name"], row["kind"], float(row.get("part", 1.0))))
            if row["kind"] == "money" and len(word) > 1:
                currencies.setdefault(word, row["name"])
    nouns: dict[str, str] = {}
    for form, unit in lexicon.counted("zh"):
        nouns.setdefault(form, unit)
    lists = {
        key: tuple(sorted(value, key=len, reverse=True))
        for key, value in data.get("words", {}).items()
    }
    return Words(
        units,
        max(map(len, units), default=1),
        dict(data.get("measures", {})),
        dict(data.get("defaults", {})),
        nouns,
        max(map(len, nouns), default=1),
        lists.get("not_numbers", ()),
        lists,
        currencies,
    )


lexicon.made_of_words(words.cache_clear)
