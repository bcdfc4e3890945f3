"""Whether a number is a year and a word a month: "in 1300" is, "1300 men" and "may" are not."""

from db.quantities import dateline
from db.quantities.period_parts import Point, Reading
from db.quantities.period_words import Words

# Classes of words that only stand before a time.
_BEFORE_A_TIME = frozenset("iBQU<=")
# Before a French "du 12": la journée, la nuit du 12.
_PARTS_OF_A_DAY = frozenset(
    ["journée", "nuit", "matinée", "soirée", "séance", "combat", "affaire", "attaque"]
)
_OWNERS = frozenset(("their", "his", "her", "my", "our", "your", "whose"))
# What may follow a year said in words alone, so that it is no regiment's number.
_SUBJECTS = frozenset(
    ("я", "мы", "он", "она", "они", "его", "ее", "её", "нас", "меня", "был", "была", "было", "были")
)
_ENDS = frozenset("\n.,;:()[]*-/'’*&©%")


def is_credible(words: Words, reading: Reading) -> bool:
    """Whether the reading is a date at all."""
    start = reading.start
    if not isinstance(start, Point):
        return True
    if reading.stop is not None:
        return (
            start.rule != "date.bare-day" or start.shift is not None or _is_in_time(words, reading)
        )
    if start.rule == "date.year":
        return _is_year(words, reading, start.year or 0)
    if start.grain == "month" and start.is_open and start.shift is None and start.stage is None:
        return _is_month(words, reading)
    if start.grain == "season" and start.is_open and start.shift is None:
        return _is_season(words, reading)
    if start.grain == "decade" and words.word(reading.first - 1).lower() in _OWNERS:
        return False  # "children in their twenties"
    if start.grain == "decade" and start.is_open:
        if start.stage or start.slice or words.kinds[reading.last - 1] == "y":
            return True
        return words.kinds[reading.last - 1] == "I" or words.kinds[reading.first] == "t"
    if start.rule == "date.short-year" and words.kinds[reading.last - 1] in "4y":
        return _is_year_in_words(words, reading)
    if start.rule == "date.short-year":
        # "in ’43 the other ’43 volumes": a sign of omission with room before it.
        at = words.starts[reading.first]
        beyond_days = words.kinds[reading.last - 1] == "T"
        if beyond_days and (at == 0 or words.text[at - 1] in " (\u00a0—–"):
            return not _counts(words, reading.last)
        return words.kinds[reading.first - 1 : reading.first] in tuple("iQUBF<>f&")
    if start.rule == "date.bare-number":
        return _is_bare_number(words, reading)
    if start.rule == "date.bare-day" and start.shift is not None:
        return True
    if start.rule == "date.bare-day":
        return reading.stop is not None or _is_bare_day(words, reading)
    if start.rule == "date.feast" and start.is_open and start.shift is None:
        return words.kinds[reading.first - 1 : reading.first] in tuple("iBQU<>J~f")
    if start.grain == "day" and start.is_open and start.shift is None:
        return _is_day(words, reading)
    return True


def _is_year(words: Words, reading: Reading, year: int) -> bool:
    kinds = words.kinds
    before = kinds[reading.first - 1] if reading.first else "\n"
    behind = kinds[reading.last] if reading.last < len(kinds) else "\n"
    if kinds[reading.last - 1] in "DZ" or kinds[reading.first] == "D":
        return True
    # "Rachetée en 1926 pour 4,5 millions": only "pour cent" counts.
    pour = words.word(reading.last) == "pour" and words.word(reading.last + 1) not in (
        "cent",
        "100",
    )
    if before in "!$£€¥#№" or (behind in "k%" and not pour):
        return False
    if behind in "$£€¥":
        # "By midsummer 1796 £84,000 had gone": the sign belongs to what follows.
        followed = words.kinds[reading.last + 1 : reading.last + 2] in tuple("#NTY")
        return followed and 1400 <= year <= 2100
    # "from 2000 to 1200 vehicles": what the range leads to is counted.
    leads = behind in "J-" and words.kinds[reading.last + 1 : reading.last + 2] in tuple("Y#")
    if leads and before in "F=" and _counts(words, reading.last + 2):
        return False
    if before == "." and reading.first > 1 and kinds[reading.first - 2] == "!":
        return False
    # A unit behind it makes a count, unless it is a word for the year itself.
    if behind == "y":
        return reading.last - 1 >= 0 and words.values.get(reading.last) != "many"
    if words.language == "ru" and words.kinds[reading.last : reading.last + 2] == "_y":
        return words.values.get(reading.last + 1) != "many"  # "за 1904 отчётный год"
    if not pour and _counts(words, reading.last):
        return False
    if before in _BEFORE_A_TIME or before in "Qc©y>FJ~MWE":
        return year >= (1000 if behind in _ENDS or before in "iyQ" else 1400)
    if not 1400 <= year <= 2100:
        return False
    if before == "t" and behind == "!" and year >= 1500:
        return True  # "the 1945 volume"
    if (before == "t" or words.word(reading.first - 2) in "'’") and behind in "_H1":
        return 1700 <= year <= 2100
    if before in "f1" or behind == "1" or (words.language == "de" and year >= 1500):
        return True
    if before == "&" or before in _ENDS:
        return behind in _ENDS or behind in "H&tfiJBUQVSsA<>_1Y#N"
    return behind in _ENDS or before == "Y"


def _counts(words: Words, at: int) -> bool:
    """Whether token `at` is a noun in the plural or a unit, so that a number before it counts."""
    if words.kinds[at : at + 1] != "_":
        return words.kinds[at : at + 1] in ("k", "n", "w", "u")
    word = words.word(at)
    if words.language not in ("en", "fr"):
        return False
    # "In 1918 affords": only a round number is likely to count what ends in s.
    if words.number(at - 1) % 10 and 1500 <= words.number(at - 1) <= 2030:
        return False
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "was"))


def _is_in_time(words: Words, reading: Reading) -> bool:
    return words.kinds[reading.first - 1 : reading.first] in tuple("iBQUfF<>J~=")


def _is_bare_day(words: Words, reading: Reading) -> bool:
    """Of "On the 17th"; not "on the 17th Division", nor "the first"."""
    if words.kinds[reading.first] == "W":
        return True
    if words.language == "ru" and words.kinds[reading.last - 1] == "u":
        return words.word(reading.first)[:1].isdecimal()  # "14-го числа"
    if words.kinds[reading.last : reading.last + 1] in ("_", "H"):
        return _is_russian_day(words, reading)
    the = words.kinds[reading.first] == "t"
    in_figures = words.word(reading.first + the)[:1].isdecimal()
    # "The first" and "the second" are seldom days; "on the tenth" is one.
    if not in_figures and (words.number(reading.first + the) < 4 or words.language != "en"):
        return False
    if not the and dateline.runs_in(
        words.text, words.starts[reading.first], words.ends[reading.last - 1]
    ):
        return words.kinds[reading.last : reading.last + 1] == "."  # "paid £4. 14th. Sold ten"
    if not the and words.kinds[reading.first - 1 : reading.first] in ("", "\n"):
        return words.kinds[reading.last : reading.last + 1] in tuple(".-,:")  # "14th. Sold ten"
    if not in_figures:
        return words.word(reading.first - 1).lower() in ("on", "by", "until", "till", "since")
    if words.word(reading.first - 1).lower() == "dated":
        return True
    if words.kinds[reading.first - 2 : reading.first] in ("M,", "Y,"):
        return words.kinds[reading.last : reading.last + 1] == ","  # "in late April, the 29th,"
    return words.kinds[reading.first - 1 : reading.first] in tuple("iBQUfF<>J~=")


def _is_year_in_words(words: Words, reading: Reading) -> bool:
    """Of "в сорок первом"; not "в сорок первом полку"."""
    if words.kinds[reading.last - 1] == "y":
        return True
    if words.kinds[reading.first - 1 : reading.first] not in tuple("iBQU"):
        return False
    behind = words.kinds[reading.last : reading.last + 1]
    return behind in ("", *_ENDS) or words.word(reading.last).lower() in _SUBJECTS


def _is_russian_day(words: Words, reading: Reading) -> bool:
    """Of "в ночь на 13-е разграблены", "с 13-го шли дожди"; not "до 20-го полка"."""
    if words.language != "ru" or reading.last - reading.first != 1:
        return False
    word = words.word(reading.first)
    if not word[:1].isdecimal() or not 1 <= words.number(reading.first) <= 31:
        return False
    return word.endswith("-е") and words.kinds[reading.first - 1 : reading.first] in tuple("iQ")


def _is_bare_number(words: Words, reading: Reading) -> bool:
    """Of "Le 23," in French, "am 7. erreichten wir" in German."""
    first = words.word(reading.first).lower()
    if words.language == "fr":
        lead = words.word(reading.first - 1).lower()
        opens = first == "le" or (first == "au" and words.kinds[reading.first - 1] == "U")
        opens = opens or (first == "du" and lead in _PARTS_OF_A_DAY)
        ends = words.kinds[reading.last + 1 : reading.last + 2] in ("", "\n", "t", "H")
        if words.kinds[reading.last] == "." and first == "le" and not ends:
            return False
        return opens and words.kinds[reading.last] in ",;:)&JiB_1."
    before = words.word(reading.first - 1).lower()
    return words.language == "de" and before in ("am", "vom", "seit", "bis")


def _is_month(words: Words, reading: Reading) -> bool:
    kinds = words.kinds
    if reading.last - reading.first > 1 and kinds[reading.first] == "t":
        return True
    before = kinds[reading.first - 1] if reading.first else "\n"
    behind = kinds[reading.last] if reading.last < len(kinds) else "\n"
    if behind in "#NT" and before not in _BEFORE_A_TIME:
        return False
    if before == "2" and words.language == "fr":
        return True  # "courant mai"
    if before in _BEFORE_A_TIME or before in "aSsxvf~JF>":
        return words.word(reading.first).lower() not in ("may", "march") or before in "iBQUf<"
    return before == "&" and kinds[reading.first - 2 : reading.first - 1] == "M"


def _is_season(words: Words, reading: Reading) -> bool:
    """Of "the fall of France" is none, "in the spring" and "that summer" are."""
    kinds = words.kinds
    if words.number(reading.last - 1) > 100:
        return True
    before = kinds[reading.first - 1] if reading.first else "\n"
    behind = kinds[reading.last] if reading.last < len(kinds) else "\n"
    if before == "J" and words.language != "fr":
        return False  # "to fall short"
    return before in "isaxvBQUfSJ" and behind != "f"


def _is_day(words: Words, reading: Reading) -> bool:
    """Of "In May 25 planes" names a month and a count."""
    kinds = words.kinds
    if kinds[reading.last - 1] in "NO" and kinds[reading.first] == "M":
        before = kinds[reading.first - 1] if reading.first else "\n"
        return not (before == "i" and _counts(words, reading.last))
    return True
