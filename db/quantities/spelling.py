"""The number words of each language, as its lexicon has them."""

from dataclasses import dataclass
from functools import cache

from db.quantities import lexicon


@dataclass(frozen=True, slots=True)
class Spelling:
    """The number words of one language."""

    small: dict[str, float]
    scales: dict[str, float]
    abbreviated: frozenset[str]
    bare: frozenset[str]
    articles: frozenset[str]
    joiners: frozenset[str]
    halves: frozenset[str]
    and_half: tuple[tuple[tuple[str, ...], float], ...]
    half_of: dict[str, float]
    parts: dict[str, float]
    lone_parts: dict[str, float]
    vague: frozenset[str]
    of: frozenset[str]
    compounds: bool
    doubtful: frozenset[str]
    half_next: frozenset[str]
    half_last: frozenset[str]
    half_before: frozenset[str]
    half_behind: frozenset[str]
    half_about: frozenset[str]
    half_verbs: frozenset[str]
    times: dict[str, float]
    sure_times: frozenset[str]
    each: frozenset[str]
    ordinals: dict[str, float]
    points: frozenset[str]
    part_nouns: frozenset[str]
    softeners: frozenset[str]


@cache
def spelling(language: str) -> Spelling:
    """The number words of `language` out of its lexicon."""
    data = lexicon.load(f"quantities.{language}").get("numbers", {})
    and_half = [
        (tuple(words.split()), float(worth)) for words, worth in data.get("and_half", {}).items()
    ]
    return Spelling(
        small={word: float(worth) for word, worth in data.get("small", {}).items()},
        scales={word: float(worth) for word, worth in data.get("scales", {}).items()},
        abbreviated=frozenset(data.get("abbreviated", ())),
        bare=frozenset(data.get("bare", ())),
        articles=frozenset(data.get("articles", ())),
        joiners=frozenset(data.get("joiners", ())),
        halves=frozenset(data.get("halves", ())),
        and_half=tuple(sorted(and_half, key=lambda pair: -len(pair[0]))),
        half_of={word: float(worth) for word, worth in data.get("half_of", {}).items()},
        parts={word: float(worth) for word, worth in data.get("parts", {}).items()},
        lone_parts={word: float(worth) for word, worth in data.get("lone_parts", {}).items()},
        vague=frozenset(data.get("vague", ())),
        of=frozenset(data.get("of", ())),
        compounds=bool(data.get("compounds", False)),
        doubtful=frozenset(data.get("doubtful", ())),
        half_next=frozenset(data.get("half_next", ())),
        half_last=frozenset(data.get("half_last", ())),
        half_before=frozenset(data.get("half_before", ())),
        half_behind=frozenset(data.get("half_behind", ())),
        half_about=frozenset(data.get("half_about", ())),
        half_verbs=frozenset(data.get("half_verbs", ())),
        times={word: float(worth) for word, worth in data.get("times", {}).items()},
        sure_times=frozenset(data.get("sure_times", ())),
        each=frozenset(data.get("each", ())),
        points=frozenset(data.get("points", ())),
        part_nouns=frozenset(data.get("part_nouns", ())),
        softeners=frozenset(data.get("softeners", ())),
        ordinals={word: float(rank) for word, rank in data.get("ordinals", {}).items()},
    )


@cache
def compound(word: str, language: str) -> float | None:
    """The worth of a number written as one German word ("fünfundzwanzigtausend")."""
    words = spelling(language).small
    if word in words:
        return words[word]
    if len(word) > 60:
        return None
    if word.endswith("einhalb"):
        whole = compound(word[: -len("einhalb")], language)
        return None if whole is None else whole + 0.5
    for name, worth in (("tausend", 1000.0), ("hundert", 100.0)):
        left, found, right = word.partition(name)
        if found:
            # "Tausende" and "hunderter" are no numbers: both sides must be.
            many = compound(left, language) if left else 1.0
            rest = compound(right.removeprefix("und"), language) if right else 0.0
            return None if many is None or rest is None else many * worth + rest
    one, found, ten = word.partition("und")
    if found and one in words and ten in words and words[one] < 10 <= words[ten]:
        return words[one] + words[ten]
    return None
