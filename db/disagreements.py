"""Figures on one matter that do not say the same, each pair with the sort of its difference.

Long because the sorts are tried in one order, and each rests on those before it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from db import cues, edtf, folding
from db.freeing import let_go
from db.noticed import (
    Noticed,
    Sentence,
    Stated,
    Told,
    number,
    passages_of,
    sentences,
    term,
)

COMMON = 200  # a word in more claims than this says nothing about their matter
RARE = 12  # claims at most that hold a word which can name a matter
RARE_SHARED = 2
MOST_IN_A_SENTENCE = 4
MOST_OF_TWO_SOURCES = 50
SHARED_WORDS = 3
OVERLAP = 0.5
OVERLAP_IN_ONE_SOURCE = 0.6
OVERLAP_OF_SHARES = 0.7  # every text has percentages of something
MONTHS_APART = 24
_DAYS_OF_A_MONTH = 31

# Units of one dimension by their worth in the first; money is never converted.
_WORTH: dict[str, tuple[str, float]] = {
    "gram": ("kilogram", 0.001), "kilogram": ("kilogram", 1), "tonne": ("kilogram", 1000),
    "quintal": ("kilogram", 100), "pood": ("kilogram", 16.38), "pound": ("kilogram", 0.45359237),
    "hundredweight": ("kilogram", 50.802), "picul": ("kilogram", 60.478),
    "metre": ("metre", 1), "kilometre": ("metre", 1000), "centimetre": ("metre", 0.01),
    "mile": ("metre", 1609.344), "yard": ("metre", 0.9144), "foot": ("metre", 0.3048),
    "inch": ("metre", 0.0254), "verst": ("metre", 1066.8),
    "hectare": ("square metre", 1e4), "acre": ("square metre", 4046.86),
    "square kilometre": ("square metre", 1e6), "square mile": ("square metre", 2.59e6),
    "desyatina": ("square metre", 10925), "square metre": ("square metre", 1),
    "litre": ("litre", 1), "hectolitre": ("litre", 100), "gallon": ("litre", 4.546),
    "second": ("second", 1), "minute": ("second", 60), "hour": ("second", 3600),
}  # fmt: skip
_SAME_NAME = {
    "usa": "us", "american": "us", "america": "us", "soviet": "ussr", "russian": "ussr",
    "russia": "ussr", "chinese": "china", "british": "britain", "england": "britain",
    "english": "britain", "japanese": "japan", "german": "germany", "french": "france",
    "indian": "india", "burmese": "burma", "italian": "italy", "polish": "poland",
}  # fmt: skip
# Units that never tell a matter two sources could state differently: ratios and parts of books.
_NO_MATTER = frozenset({"times", "fraction", "page", "line", "chapter", "volume", "document"})


Matter = tuple[str, str | None]


def matter(unit: str | None, per: str | None) -> Matter:
    """What figures must share to be held against each other: the unit they come to, and its per."""
    return _WORTH.get(unit or "", (unit or "", 1.0))[0], per


@dataclass(frozen=True, slots=True)
class _Claim:
    """A figure and what tells its matter: the words around it, the parties, the days."""

    stated: Stated
    sentence: Sentence
    words: frozenset[str]
    days: edtf.Days | None
    base: str
    worth: float

    @property
    def source_id(self) -> int:
        return self.sentence.passage.source_id


def find(
    sources: Iterable[tuple[Sequence[Told], str | None]],
    parts: dict[int, frozenset[float]],
    only: Collection[Matter] | None = None,
    kept: Mapping[tuple[int, ...], int] | None = None,
) -> list[Noticed]:
    """The disagreements between the figures of all sources, and those within one.

    `parts` are the values of the parts of each figure that is a whole: a total does not disagree
    with its parts. Only the matters asked for are looked at, if any are; `kept` then says how
    many disagreements on others are kept of the same sources.
    """
    matters: dict[Matter, list[_Claim]] = {}
    for passages, language in sources:
        for claim in _claims(passages, language, only):
            matters.setdefault((claim.base, claim.stated.figure.per), []).append(claim)
    found: list[tuple[float, Noticed]] = []
    taken: set[int] = set()
    for each in list(matters):
        claims = matters.pop(each)
        for score, noticed in _on_one_matter(claims):
            if noticed.verdict == "conflict" and _is_whole_and_part(noticed, parts):
                continue
            found.append((score, noticed))
            taken |= {stated.id for stated, _ in noticed.figures}
        found += [(1.0, noticed) for noticed in _same_sum_other_time(claims, taken)]
        let_go(claims)
    return _capped(found, kept or {})


def parts_of_wholes(related: Iterable[Noticed]) -> dict[int, frozenset[float]]:
    """The values of the parts of each figure that a sum or a share calls a whole."""
    parts: dict[int, frozenset[float]] = {}
    for noticed in related:
        whole = [stated for stated, role in noticed.figures if role in ("total", "whole")]
        others = [stated.value for stated, role in noticed.figures if role == "part"]
        for stated in whole:
            parts[stated.id] = parts.get(stated.id, frozenset()) | frozenset(others)
    return parts


def _is_whole_and_part(noticed: Noticed, parts: dict[int, frozenset[float]]) -> bool:
    (one, _), (other, _) = noticed.figures[:2]
    return other.value in parts.get(one.id, ()) or one.value in parts.get(other.id, ())


def _capped(
    found: list[tuple[float, Noticed]], there: Mapping[tuple[int, ...], int]
) -> list[Noticed]:
    """Two editions of one book differ in a thousand places; the comparison shows those better."""
    counts = Counter(there)
    kept = []
    for _, noticed in sorted(found, key=lambda each: -each[0]):
        sources = tuple(noticed.arithmetic["sources"])
        counts[sources] += 1
        if counts[sources] <= MOST_OF_TWO_SOURCES:
            kept.append(noticed)
    return sorted(kept, key=lambda each: each.figures[0][0].figure.start)


# -- claims ---------------------------------------------------------------------------------------


def _claims(
    passages: Sequence[Told], language: str | None, only: Collection[Matter] | None
) -> Iterator[_Claim]:
    for passage in passages:
        if passage.kind in ("table", "footnote"):
            continue
        if only is not None and not any(
            matter(each.figure.unit, each.figure.per) in only for each in passage.figures
        ):
            continue
        for sentence in sentences(passage, language):
            alike = Counter(each.figure.unit for each in sentence.figures)
            for stated in sentence.figures:
                figure = stated.figure
                if figure.kind in ("money", "count", "mass", "other", "percent") and figure.unit:
                    if figure.unit in _NO_MATTER or figure.value <= 0:
                        continue
                    base, worth = _WORTH.get(figure.unit, (figure.unit, 1.0))
                    if only is not None and (base, figure.per) not in only:
                        continue
                    days = edtf.earliest_latest(figure.date) if figure.date else None
                    # In an enumeration the words do not tell one member from another.
                    listed = alike[figure.unit] > MOST_IN_A_SENTENCE
                    words = frozenset() if listed else _words(sentence, stated)
                    yield _Claim(stated, sentence, words, days, base, worth)


def _words(sentence: Sentence, stated: Stated) -> frozenset[str]:
    """The telling words around a figure, up to its neighbours of the same unit."""
    alike = [each for each in sentence.figures if each.figure.unit == stated.figure.unit]
    at = alike.index(stated)
    start = alike[at - 1].figure.end if at else sentence.start
    end = alike[at + 1].figure.start if at + 1 < len(alike) else sentence.end
    told = sentence.passage.between(start, stated.figure.start)
    told += " " + sentence.passage.between(stated.figure.end, end)
    told += " " + (stated.figure.of or "")
    found = set()
    for token in folding.tokens(told):
        word = _stem(token.folded)
        if len(word) > 2 and word not in cues.SAYS_NOTHING and not word[0].isdigit():
            found.add(_SAME_NAME.get(word, word))
    return frozenset(found - {str(stated.figure.unit)})


def _stem(word: str) -> str:
    for ending in ("ingly", "ing", "ies", "ied", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word


# -- one matter by its words ----------------------------------------------------------------------


def _on_one_matter(claims: Sequence[_Claim]) -> Iterator[tuple[float, Noticed]]:
    postings: dict[str, list[int]] = {}
    for at, claim in enumerate(claims):
        for word in claim.words:
            postings.setdefault(word, []).append(at)
    for at, claim in enumerate(claims):
        shared: Counter[int] = Counter()
        for word in claim.words:
            if len(postings[word]) <= COMMON:
                shared.update(other for other in postings[word] if other > at)
        for other, count in sorted(shared.items()):
            both = claim.words & claims[other].words
            telling = sum(len(postings[word]) <= RARE for word in both)
            if count >= SHARED_WORDS and telling >= RARE_SHARED:
                yield from _typed(claim, claims[other])


def _typed(one: _Claim, other: _Claim) -> Iterator[tuple[float, Noticed]]:
    if one.sentence.passage.id == other.sentence.passage.id:
        return
    if _says_too(one.sentence, other) or _says_too(other.sentence, one):
        return
    within = one.source_id == other.source_id
    shared = len(one.words & other.words)
    overlap = shared / max(1, min(len(one.words), len(other.words)))
    least = OVERLAP_IN_ONE_SOURCE if within else OVERLAP
    if one.stated.figure.unit == "percent":
        least = OVERLAP_OF_SHARES
    if overlap < least:
        return
    if not _parties_fit(one, other):
        return
    sort = _sort(one, other, within=within)
    if sort:
        yield overlap, _noticed(one, other, sort)


def _says_too(sentence: Sentence, claim: _Claim) -> bool:
    """Whether a sentence states this very figure beside its own: a copy does not contradict it."""
    figure = claim.stated.figure
    return any(
        each.figure.unit == figure.unit and each.figure.value == figure.value
        for each in sentence.figures
    )


def _parties_fit(one: _Claim, other: _Claim) -> bool:
    for name in ("giver", "receiver"):
        mine = (getattr(one.stated.figure, name) or "").lower()
        theirs = (getattr(other.stated.figure, name) or "").lower()
        if mine and theirs:
            mine, theirs = _stem(mine), _stem(theirs)
            if _SAME_NAME.get(mine, mine) != _SAME_NAME.get(theirs, theirs):
                return False
    return True


def _sort(one: _Claim, other: _Claim, *, within: bool) -> str:
    mine, theirs = one.stated.value * one.worth, other.stated.value * other.worth
    apart = _are_apart(one, other)
    if mine == theirs and one.worth == other.worth:
        return ""
    if apart:
        near = _months_between(one, other) <= 3 * 12
        return (
            "" if within or not near or _says_stage(one) != _says_stage(other) else "other period"
        )
    if one.worth != other.worth:
        return "same after unit" if _meet(one, other, 0.01) else "conflict"
    if _meet(one, other, 0.0):
        return "same after rounding"
    if _is_power_of_ten(mine / theirs):
        return "scale slip"
    if cues.REVISED.search(one.sentence.text) or cues.REVISED.search(other.sentence.text):
        return "revision"
    if _says_stage(one) != _says_stage(other):
        return "" if within else "other modality"
    if _other_scope(one, other):
        return "" if within else "other scope"
    if within and not (one.days and other.days):
        return ""
    return "conflict" if 0.2 <= mine / theirs <= 5 else ""


def _says_stage(claim: _Claim) -> bool:
    """Whether a figure was only asked, offered or planned."""
    return claim.stated.figure.modality in ("asked", "offered", "planned")


def _other_scope(one: _Claim, other: _Claim) -> bool:
    mine, theirs = _of_words(one), _of_words(other)
    return mine != theirs and bool(mine and theirs) and (mine < theirs or theirs < mine)


def _of_words(claim: _Claim) -> frozenset[str]:
    words = (_stem(token.folded) for token in folding.tokens(claim.stated.figure.of or ""))
    return frozenset(word for word in words if word not in cues.SAYS_NOTHING and len(word) > 2)


def _meet(one: _Claim, other: _Claim, slack: float) -> bool:
    low, high = one.stated.low * one.worth, one.stated.high * one.worth
    least, most = other.stated.low * other.worth, other.stated.high * other.worth
    return low * (1 - slack) <= most and least <= high * (1 + slack)


def _is_power_of_ten(ratio: float) -> bool:
    ratio = max(ratio, 1 / ratio)
    return any(abs(ratio / power - 1) < 0.005 for power in (10, 100, 1000, 1e6))


def _are_apart(one: _Claim, other: _Claim) -> bool:
    return edtf.days_apart(one.days, other.days) > 0


def _months_between(one: _Claim, other: _Claim) -> float:
    return edtf.days_apart(one.days, other.days) / _DAYS_OF_A_MONTH


# -- one sum told with two dates ------------------------------------------------------------------


def _same_sum_other_time(claims: Sequence[_Claim], taken: set[int]) -> Iterator[Noticed]:
    """A loan of one amount that two passages date differently, where no other passage fits it."""
    told: dict[tuple[str, float], list[_Claim]] = {}
    for claim in claims:
        figure = claim.stated.figure
        dated = figure.date_basis in ("stated", "relative") and claim.days is not None
        if figure.kind != "money" or not dated or _says_stage(claim) or claim.stated.id in taken:
            continue
        if match := cues.SORTS_OF_MONEY.search(claim.sentence.text):
            sort = str(match.lastgroup).partition("_")[0]
            told.setdefault((sort, figure.value), []).append(claim)
    for group in told.values():
        lonely = [
            claim
            for claim in group
            if not any(
                claim.sentence.passage.id != other.sentence.passage.id
                and not _are_apart(claim, other)
                for other in group
            )
        ]
        for at, one in enumerate(lonely):
            for other in lonely[at + 1 :]:
                apart = one.sentence.passage.id != other.sentence.passage.id
                if (
                    apart
                    and _parties_fit(one, other)
                    and _months_between(one, other) <= MONTHS_APART
                ):
                    yield _noticed(one, other, "other period")


# -- telling it -----------------------------------------------------------------------------------


def _noticed(one: _Claim, other: _Claim, sort: str) -> Noticed:
    within = one.source_id == other.source_id
    stated, computed = one.stated.value, other.stated.value
    return Noticed(
        kind="disagreement",
        verdict=sort,
        message=_message(one, other, sort, within=within),
        figures=((one.stated, "one"), (other.stated, "other")),
        passage_ids=passages_of([one.sentence.passage, other.sentence.passage]),
        stated=stated,
        computed=computed,
        arithmetic={
            "rule": "one matter",
            "terms": [term(one.stated, "one"), term(other.stated, "other")],
            "difference": float(f"{computed * other.worth - stated * one.worth:.12g}"),
            "unit": one.base,
            "quotations": [one.sentence.text.strip(), other.sentence.text.strip()],
            "sources": sorted({one.source_id, other.source_id}),
        },
    )


def _message(one: _Claim, other: _Claim, sort: str, *, within: bool) -> str:
    where = "The text states" if within else "One source states"
    there = "and elsewhere" if within else "and another"
    opening = f"{where} {_told(one)} {there} {_told(other)}"
    unit = one.worth != other.worth
    difference = abs(one.stated.value * one.worth - other.stated.value * other.worth)
    by = f"{number(float(f'{difference:.6g}'))}{' ' + one.base if unit else ''}"
    if difference == 0:
        return f"{opening}: the same amount at different dates."
    return f"{opening}: {_SORTS[sort]}; they are {by} apart."


_SORTS = {
    "same after rounding": "the same when rounded",
    "same after unit": "the same in one unit",
    "other period": "they speak of different periods",
    "other scope": "they do not count the same things",
    "other modality": "one was asked, offered or planned, the other not",
    "revision": "one corrects the other",
    "scale slip": "one is a power of ten of the other",
    "conflict": "they speak of one matter and do not meet",
}


def _told(claim: _Claim) -> str:
    figure = claim.stated.figure
    when = f" ({figure.date})" if figure.date and figure.date_basis != "none" else ""
    return f"“{figure.text}”{when}"
